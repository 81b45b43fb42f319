"""Generalized mutual deterrence: two challengers move at once, each unsure that the other would retaliate."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    exists_iff,
    folklore,
    holds,
    in_equilibrium,
    never_coexist,
    never_occurs,
    outcome_probability,
    plays,
    recalled,
    sign_of,
    threshold,
    unique_iff,
    when_types_known,
)

P = dt.Parameters()
a_DDm, a_CD, a_DDp, a_SQ, a_DC = P.ordered(
    "a_DDm < a_CD < a_DDp < a_SQ < a_DC",
    descriptions=["Soft A: conflict", "A: B wins", "Hard A: conflict", "A: status quo", "A: A wins"],
    samples=[0, 1, 2, 4, 6],
)
b_DDm, b_DC, b_DDp, b_SQ, b_CD = P.ordered(
    "b_DDm < b_DC < b_DDp < b_SQ < b_CD",
    descriptions=["Soft B: conflict", "B: A wins", "Hard B: conflict", "B: status quo", "B: B wins"],
    samples=[0, 1, 2, 4, 6],
)
p_A = P.probability("p_A", description="credibility of A: probability that it is Hard", sample="1/4")
p_B = P.probability("p_B", description="credibility of B: probability that it is Hard", sample="1/4")

conflict = dt.outcome("Conflict", A=dt.by_type(Hard=a_DDp, Soft=a_DDm), B=dt.by_type(Hard=b_DDp, Soft=b_DDm))
game = dt.ExtensiveGame(
    "Generalized mutual deterrence",
    parameters=P,
    players={"A": dt.types(Hard=p_A, Soft=1 - p_A), "B": dt.types(Hard=p_B, Soft=1 - p_B)},
    tree=dt.move(
        "A",
        "first",
        cooperate=dt.move(
            "B",
            "first",
            cooperate=dt.outcome("Status Quo", A=a_SQ, B=b_SQ),
            defect=dt.move("A", "retaliate", concede=dt.outcome("B Wins", A=a_CD, B=b_CD), resist=conflict),
        ),
        defect=dt.move(
            "B",
            "first",
            cooperate=dt.move("B", "retaliate", concede=dt.outcome("A Wins", A=a_DC, B=b_DC), resist=conflict),
            defect=conflict,
        ),
    ),
)

A_HARD, A_SOFT = ("A", "Hard", "first"), ("A", "Soft", "first")
B_HARD, B_SOFT = ("B", "Hard", "first"), ("B", "Soft", "first")

STAY, UPSET, EITHER = "cooperate", "defect", ("cooperate", "defect")


Actions = str | tuple[str, ...]


def first(a_hard: Actions, a_soft: Actions, b_hard: Actions, b_soft: Actions) -> dict[tuple[str, str, str], Actions]:
    """What each type does at its first move."""
    return {A_HARD: a_hard, A_SOFT: a_soft, B_HARD: b_hard, B_SOFT: b_soft}


t_B, t_A = (a_DC - a_SQ) / (a_DC - a_DDp), (b_CD - b_SQ) / (b_CD - b_DDp)
s_B = (a_DC - a_SQ) / (a_DC - a_SQ + a_CD - a_DDm)
s_A = (b_CD - b_SQ) / (b_CD - b_SQ + b_DC - b_DDm)
u_B, u_A = (a_DC - a_SQ) / (a_DC - a_DDm), (b_CD - b_SQ) / (b_CD - b_DDm)
B_ATTACKS = ("B attacks, A separates", "B attacks, A is deterred", "B attacks, Hard A mixes")
A_ATTACKS = ("A attacks, B separates", "A attacks, B is deterred", "A attacks, Hard B mixes")
x_H, x_S, y_H, y_S = sp.symbols("x_H x_S y_H y_S", real=True)
PLAY = {x_H: plays(A_HARD, UPSET), x_S: plays(A_SOFT, UPSET), y_H: plays(B_HARD, UPSET), y_S: plays(B_SOFT, UPSET)}

FOUR_CLASSES = "Kilgour and Zagare, AJPS 35 (1991); recalled, the conditions derived again"
CLAIMS = (
    # what everybody knows
    derived(
        "With both sides known to be Hard, the status quo is an equilibrium",
        when_types_known("Status Quo", only=False, A="Hard", B="Hard"),
    ),
    derived(
        "and so is conflict: a Hard side is indifferent against one that upsets the status quo",
        when_types_known("Conflict", only=False, A="Hard", B="Hard"),
    ),
    derived("With types known, a Hard A wins against a Soft B", when_types_known("A Wins", A="Hard", B="Soft")),
    derived("With types known, a Hard B wins against a Soft A", when_types_known("B Wins", A="Soft", B="Hard")),
    # thresholds
    derived(
        "Thresholds are probabilities: 0 < u_B < t_B < 1 and 0 < u_B < s_B < 1",
        holds(sp.And(u_B > 0, u_B < t_B, t_B < 1, u_B < s_B, s_B < 1)),
    ),
    derived(
        "Thresholds are probabilities: 0 < u_A < t_A < 1 and 0 < u_A < s_A < 1",
        holds(sp.And(u_A > 0, u_A < t_A, t_A < 1, u_A < s_A, s_A < 1)),
    ),
    derived(
        "Against a deterred B of credibility t_B a Hard A is indifferent",
        threshold((1 - t_B) * a_DC + t_B * a_DDp, a_SQ),
    ),
    derived(
        "Against a separating B of credibility s_B a Soft A is indifferent",
        threshold((1 - s_B) * a_DC + s_B * a_DDm, (1 - s_B) * a_SQ + s_B * a_CD),
    ),
    derived(
        "Against a deterred B of credibility u_B a Soft A is indifferent",
        threshold((1 - u_B) * a_DC + u_B * a_DDm, a_SQ),
    ),
    # where each equilibrium exists
    derived(
        "Sure-Thing Deterrence exists if and only if p_A >= t_A and p_B >= t_B",
        exists_iff("Sure-Thing Deterrence", sp.And(p_A >= t_A, p_B >= t_B)),
    ),
    derived(
        "Separating exists if and only if p_A >= s_A and p_B >= s_B",
        exists_iff("Separating", sp.And(p_A >= s_A, p_B >= s_B)),
    ),
    derived(
        "Bluff exists if and only if p_A <= s_A and p_B <= s_B", exists_iff("Bluff", sp.And(p_A <= s_A, p_B <= s_B))
    ),
    derived(
        "Both Hard types mix, both Soft types stay, if and only if p_A >= t_A and p_B >= t_B",
        exists_iff("Hard types mix", sp.And(p_A >= t_A, p_B >= t_B)),
    ),
    derived("B attacks and A separates if and only if p_A <= s_A", exists_iff(B_ATTACKS[0], p_A <= s_A)),
    derived("B attacks and A is deterred if and only if p_A <= u_A", exists_iff(B_ATTACKS[1], p_A <= u_A)),
    derived("B attacks and a Hard A mixes if and only if p_A <= s_A", exists_iff(B_ATTACKS[2], p_A <= s_A)),
    derived("A attacks and B separates if and only if p_B <= s_B", exists_iff(A_ATTACKS[0], p_B <= s_B)),
    derived("A attacks and B is deterred if and only if p_B <= u_B", exists_iff(A_ATTACKS[1], p_B <= u_B)),
    derived("A attacks and a Hard B mixes if and only if p_B <= s_B", exists_iff(A_ATTACKS[2], p_B <= s_B)),
    recalled(
        "Sure-Thing Deterrence exists where both sides are credible",
        always_exists("Sure-Thing Deterrence", on=sp.And(p_A >= t_A, p_B >= t_B)),
        FOUR_CLASSES,
    ),
    recalled(
        "Bluffing is an equilibrium where neither side is credible",
        always_exists("Bluff", on=sp.And(p_A < s_A, p_B < s_B)),
        FOUR_CLASSES,
    ),
    # what is played
    derived(
        "In Bluff a Soft A upsets with probability (s_A - p_A) / (1 - p_A)",
        in_equilibrium("Bluff", sp.Eq(x_S, (s_A - p_A) / (1 - p_A)), PLAY),
    ),
    derived(
        "In Bluff a Soft B upsets with probability (s_B - p_B) / (1 - p_B)",
        in_equilibrium("Bluff", sp.Eq(y_S, (s_B - p_B) / (1 - p_B)), PLAY),
    ),
    derived(
        "Where both Hard types mix, that of A so often that p_A (1 - x_H) (b_SQ - b_DDp) = (1 - p_A) (b_CD - b_SQ)",
        in_equilibrium("Hard types mix", sp.Eq(p_A * (1 - x_H) * (b_SQ - b_DDp), (1 - p_A) * (b_CD - b_SQ)), PLAY),
    ),
    derived(
        "Where B attacks and a Hard A mixes, it upsets so often that a Soft B still attacks",
        in_equilibrium(
            B_ATTACKS[2],
            (1 - p_A) * (b_CD - b_SQ) - p_A * (1 - x_H) * (b_SQ - b_DDm) - p_A * x_H * (b_DC - b_DDm) >= 0,
            PLAY,
        ),
    ),
    # all of them together
    derived("At least one equilibrium exists everywhere", always_exists()),
    derived(
        "Separating and the attacks on a separating side leave no gap",
        always_exists("Separating", B_ATTACKS[0], A_ATTACKS[0]),
    ),
    derived("Separating and Bluff never coexist", never_coexist("Separating", "Bluff")),
    derived("Separating never coexists with an attack by B", never_coexist("Separating", B_ATTACKS[0])),
    derived("Separating never coexists with an attack by A", never_coexist("Separating", A_ATTACKS[0])),
    derived(
        "Separating is alone if and only if p_A >= s_A, p_B >= s_B and p_A <= t_A or p_B <= t_B",
        unique_iff("Separating", sp.And(p_A >= s_A, p_B >= s_B, sp.Or(p_A <= t_A, p_B <= t_B))),
    ),
    # predictions
    derived(
        "Sure-Thing Deterrence keeps the status quo", outcome_probability("Sure-Thing Deterrence", "Status Quo", 1)
    ),
    derived(
        "Separating leads to conflict with probability p_A p_B",
        outcome_probability("Separating", "Conflict", p_A * p_B),
    ),
    derived(
        "Separating keeps the status quo with probability (1 - p_A) (1 - p_B)",
        outcome_probability("Separating", "Status Quo", (1 - p_A) * (1 - p_B)),
    ),
    derived(
        "Bluff leads to conflict with probability s_A s_B, whatever the credibilities",
        outcome_probability("Bluff", "Conflict", s_A * s_B),
    ),
    derived(
        "Bluff keeps the status quo with probability (1 - s_A) (1 - s_B)",
        outcome_probability("Bluff", "Status Quo", (1 - s_A) * (1 - s_B)),
    ),
    derived("An attack by B leads to conflict with probability p_A", outcome_probability(B_ATTACKS, "Conflict", p_A)),
    derived("An attack by A leads to conflict with probability p_B", outcome_probability(A_ATTACKS, "Conflict", p_B)),
    derived(
        "If one side attacks for certain, the status quo never survives",
        never_occurs("Status Quo", [*B_ATTACKS, *A_ATTACKS]),
    ),
    derived("Under Sure-Thing Deterrence conflict never occurs", never_occurs("Conflict", "Sure-Thing Deterrence")),
    # comparative statics
    derived(
        "In Separating conflict is more likely as A is more credible",
        sign_of("Conflict", p_A, "increasing", "Separating"),
    ),
    derived(
        "In Separating conflict is more likely as B is more credible",
        sign_of("Conflict", p_B, "increasing", "Separating"),
    ),
    derived("In Bluff conflict does not depend on the credibility of A", sign_of("Conflict", p_A, "constant", "Bluff")),
    derived("In Bluff conflict does not depend on the credibility of B", sign_of("Conflict", p_B, "constant", "Bluff")),
    derived(
        "In Bluff conflict is less likely as A likes the status quo better",
        sign_of("Conflict", a_SQ, "decreasing", "Bluff"),
    ),
    derived(
        "In Bluff conflict is more likely as conflict hurts a Soft A less",
        sign_of("Conflict", a_DDm, "increasing", "Bluff"),
    ),
    derived(
        "When B attacks, conflict is more likely as A is more credible",
        sign_of("Conflict", p_A, "increasing", B_ATTACKS),
    ),
    derived(
        "Where both Hard types mix, the status quo is less likely as A is more credible",
        sign_of("Status Quo", p_A, "decreasing", "Hard types mix"),
    ),
    # what is often said, and false
    folklore(
        "The equilibrium is unique where both sides are credible",
        unique_iff("Sure-Thing Deterrence", sp.And(p_A >= t_A, p_B >= t_B)),
    ),
    folklore(
        "Sure-Thing Deterrence and the mixing of Hard types never coexist",
        never_coexist("Sure-Thing Deterrence", "Hard types mix"),
    ),
    folklore(
        "Bluff is the only equilibrium where neither side is credible",
        unique_iff("Bluff", sp.And(p_A <= s_A, p_B <= s_B)),
    ),
    folklore(
        "Sure-Thing Deterrence, Separating and Bluff leave no gap",
        always_exists("Sure-Thing Deterrence", "Separating", "Bluff"),
    ),
    folklore(
        "Deterrence needs no more than one credible side",
        exists_iff("Sure-Thing Deterrence", sp.Or(p_A >= t_A, p_B >= t_B)),
    ),
    folklore(
        "More credibility of A makes conflict less likely in Separating",
        sign_of("Conflict", p_A, "decreasing", "Separating"),
    ),
    folklore("War never occurs", never_occurs("Conflict")),
)

model = dt.Model(
    title="Generalized Mutual Deterrence Game",
    game=game,
    citation=(
        "Kilgour and Zagare, Credibility, Uncertainty, and Deterrence, AJPS 35 (1991) 305-334; "
        "Perfect Deterrence (2000), ch. 4"
    ),
    strand="Deterrence",
    row=1,
    question="When do two states that would each like to upset the status quo deter one another?",
    picture=("p_A", "p_B"),
    sweep={"a_DDm": (-4, "1/2", 10), "p_A": (0, 1, 41), "p_B": (0, 1, 41)},
    story=(
        "Two states choose at the same time whether to accept the status quo or to upset it. If both upset it, there "
        "is conflict. If one does, the other retaliates, which is conflict, or concedes. A Hard state prefers "
        "retaliation to concession, a Soft one does not, and each knows only its own type. "
        "The names Hard types mix, B attacks, A attacks are ours."
    ),
    names={
        "Sure-Thing Deterrence": dict.fromkeys([A_HARD, A_SOFT, B_HARD, B_SOFT], "cooperate"),
        "Separating": {A_HARD: "defect", A_SOFT: "cooperate", B_HARD: "defect", B_SOFT: "cooperate"},
        "Bluff": {
            A_HARD: "defect",
            A_SOFT: ("cooperate", "defect"),
            B_HARD: "defect",
            B_SOFT: ("cooperate", "defect"),
        },
        "Hard types mix": first(EITHER, STAY, EITHER, STAY),
        "B attacks, A separates": first(UPSET, STAY, UPSET, UPSET),
        "B attacks, A is deterred": first(STAY, STAY, UPSET, UPSET),
        "B attacks, Hard A mixes": first(EITHER, STAY, UPSET, UPSET),
        "A attacks, B separates": first(UPSET, UPSET, UPSET, STAY),
        "A attacks, B is deterred": first(UPSET, UPSET, STAY, STAY),
        "A attacks, Hard B mixes": first(UPSET, UPSET, EITHER, STAY),
    },
    claims=CLAIMS,
)
