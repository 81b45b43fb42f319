"""Alliances and war: a reduced form after Smith (1995); its conditions are derived by us."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    exists_iff,
    folklore,
    holds,
    in_equilibrium,
    never_occurs,
    outcome_probability,
    published,
    sign_of,
    threshold,
    when_types_known,
)

P = dt.Parameters()
a_2, a_SQ, a_1, a_C = P.ordered(
    "a_2 < a_SQ < a_1 < a_C",
    descriptions=[
        "Attacker: war against both",
        "Attacker: status quo",
        "Attacker: war against the Target alone",
        "Attacker: the Target concedes",
    ],
    samples=[0, 3, 4, 5],
)
b_1, b_C, b_2 = P.ordered(
    "b_1 < b_C < b_2",
    descriptions=["Target: war alone", "Target: concession", "Target: war with its ally"],
    samples=[0, 1, 5],
)
b_SQ = P.real("b_SQ", description="Target: status quo (plays no part)", sample=6)
j_m, j_p = P.ordered(
    "j_m < 0 < j_p",
    descriptions=["Unreliable Ally: worth of joining", "Reliable Ally: worth of joining"],
    samples=[-1, 1],
)
rho = P.probability("rho", description="reliability: probability that the Ally joins", sample="1/10")

r_A = P.define("r_A", (a_1 - a_SQ) / (a_1 - a_2), "reliability above which the Attacker is deterred by resistance")
r_B = P.define("r_B", (b_C - b_1) / (b_2 - b_1), "reliability above which the Target resists")

game = dt.ExtensiveGame(
    "Alliances and war",
    parameters=P,
    players={"Attacker": None, "Target": None, "Ally": dt.types(Reliable=rho, Unreliable=1 - rho)},
    tree=dt.move(
        "Attacker",
        "begin",
        wait=dt.outcome("Status Quo", Attacker=a_SQ, Target=b_SQ, Ally=0),
        attack=dt.move(
            "Target",
            "answer",
            concede=dt.outcome("Concession", Attacker=a_C, Target=b_C, Ally=0),
            resist=dt.move(
                "Ally",
                "honour",
                join=dt.outcome("Joint War", Attacker=a_2, Target=b_2, Ally=dt.by_type(Reliable=j_p, Unreliable=j_m)),
                abandon=dt.outcome("War Alone", Attacker=a_1, Target=b_1, Ally=0),
            ),
        ),
    ),
)

BEGIN, ANSWER = ("Attacker", "begin"), ("Target", "answer")
seen = (r_A + r_B) / 2  # mean reliability in the wars that are seen, if reliability is uniform on (0, 1)

CLAIMS = (
    derived("The Target concedes if and only if rho <= r_B", exists_iff("Concession", rho <= r_B)),
    derived("War if and only if r_B <= rho <= r_A", exists_iff("War", sp.And(rho >= r_B, rho <= r_A))),
    derived(
        "Deterrence if and only if rho >= r_A and rho >= r_B", exists_iff("Deterrence", sp.And(rho >= r_A, rho >= r_B))
    ),
    derived("One of the three always exists", always_exists("Concession", "War", "Deterrence")),
    published(
        "Unreliable allies are attacked, reliable ones are not: every attacked Target has rho <= max(r_A, r_B)",
        in_equilibrium(["War", "Concession"], sp.Or(rho <= r_A, rho <= r_B)),
        "Smith, ISQ 39 (1995), abstract; the reduced form is ours",
    ),
    derived(
        "Mean reliability among the wars seen is (r_A + r_B)/2, for reliability uniform on (0, 1)",
        threshold((r_A**2 - r_B**2) / 2, seen * (r_A - r_B)),
    ),
    derived(
        "The wars seen understate reliability, which has mean 1/2, exactly where r_A + r_B < 1",
        holds(sp.Or(seen < sp.Rational(1, 2), r_A + r_B >= 1)),
    ),
    derived(
        "Allies seen in war are less reliable than those whose wars were deterred",
        holds(seen < (r_A + 1) / 2, on=r_B < r_A),
    ),
    derived("In war the ally joins with probability rho", outcome_probability("War", "Joint War", rho)),
    derived("In war the ally joins more often as it is more reliable", sign_of("Joint War", rho, "increasing", "War")),
    derived("A reliable ally, known to be so, deters", when_types_known("Status Quo", Ally="Reliable")),
    derived("An unreliable ally, known to be so, is worth nothing", when_types_known("Concession", Ally="Unreliable")),
    derived(
        "Where the Target resists only with an ally that deters, no Target fights alone (off the boundary)",
        never_occurs("War Alone", ["Concession", "War", "Deterrence"], on=r_A < r_B),
    ),
    folklore("Wars always understate how reliable allies are", holds(seen < sp.Rational(1, 2), on=r_B < r_A)),
    folklore("A more reliable alliance never brings war", never_occurs("Joint War")),
    folklore("An alliance that makes the Target resist deters", exists_iff("Deterrence", rho >= r_B)),
)

model = dt.Model(
    title="Alliances and war",
    game=game,
    citation="Smith, ISQ 39 (1995); reduced form ours",
    strand="Extended deterrence",
    row=2,
    question="When does an ally's reliability deter, when is there war, and which reliability is then observed?",
    picture=("rho", "b_2"),
    sweep={"b_2": ("3/2", 8, 14), "rho": (0, 1, 41)},
    story=(
        "An attacker may attack a target whose ally is reliable with some probability. The target concedes or resists; "
        "if it resists, the ally joins or abandons it. What is seen of the reliability of alliances is seen in wars, "
        "and wars are not a fair sample of alliances."
    ),
    names={
        "Concession": {BEGIN: "attack", ANSWER: "concede"},
        "War": {BEGIN: "attack", ANSWER: "resist"},
        "Deterrence": {BEGIN: "wait", ANSWER: "resist"},
    },
    claims=CLAIMS,
)
