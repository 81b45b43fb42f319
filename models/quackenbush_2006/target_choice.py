"""Whom to attack, the defender or the protege: a reduced form of ours after Quackenbush (2006)."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    exists_iff,
    folklore,
    never_occurs,
    outcome_probability,
    recalled,
    sign_of,
    when_types_known,
)
from deterrence.contests import ratio
from deterrence.games import Node

P = dt.Parameters()
theta = P.positive("theta", description="offence-defence balance: above 1 attack has the advantage", sample=1)
D = P.positive("D", description="strength of the Defender, in units of the Challenger's", sample=1)
S = P.positive("S", description="strength of the Protege, in units of the Challenger's", sample=1)
v = P.positive("v", description="Challenger: prize in the Defender, in units of that in the Protege", sample="11/10")
c = P.positive("c", description="Challenger: cost of war", sample="2/5")
d = P.probability("d", description="probability that the Defender is reliable: that it would join", sample="3/4")
s = P.probability("s", description="probability that the Protege is reliable", sample="1/4")
l_m, l_p = P.ordered(
    "l_m < 0 < l_p",
    descriptions=["unreliable ally: worth of joining", "reliable ally: worth of joining"],
    samples=[-1, 1],
)
L = P.positive("L", description="loss of a state that is attacked", sample=3)

both = ratio(1, D + S, theta=theta)  # the chance to prevail against the two together
on_D, on_S = ratio(1, D, theta=theta) * v - c, ratio(1, S, theta=theta) - c  # worth of an attack on one alone
joint_D, joint_S = both * v - c, both - c  # and of an attack on one that the other joins
P.assume(joint_D < 0, joint_S < 0, on_D > 0, on_S > 0)


def attack(target: str, ally: str, alone: sp.Expr, joint: sp.Expr) -> Node:
    """The ally of the state that is attacked joins it or stands by; a reliable one likes to join."""
    joins = {target: -L, ally: dt.by_type(Reliable=l_p, Unreliable=l_m)}
    return dt.move(
        ally,
        "called",
        join=dt.outcome(f"War over {target}, joined", {"Challenger": joint, **joins}),
        abandon=dt.outcome(f"War on {target} alone", {"Challenger": alone, target: -L, ally: 0}),
    )


game = dt.ExtensiveGame(
    "Target choice",
    parameters=P,
    players={
        "Challenger": None,
        "Defender": dt.types(Reliable=d, Unreliable=1 - d),
        "Protege": dt.types(Reliable=s, Unreliable=1 - s),
    },
    tree=dt.move(
        "Challenger",
        "target",
        none=dt.outcome("Status Quo", Challenger=0, Defender=0, Protege=0),
        defender=attack("Defender", "Protege", on_D, joint_D),
        protege=attack("Protege", "Defender", on_S, joint_S),
    ),
)
TARGET = ("Challenger", "target")
attack_D, attack_S = (
    s * joint_D + (1 - s) * on_D,
    d * joint_S + (1 - d) * on_S,
)  # each is joined if its ally is reliable
IDEA = "Quackenbush, JCR 50 (2006), abstract, recalled; the reduced form is ours"

CLAIMS = (
    recalled(
        "With both known to be reliable the Challenger is deterred",
        when_types_known("Status Quo", Defender="Reliable", Protege="Reliable"),
        IDEA,
    ),
    recalled(
        "With the Defender alone known to be reliable the Challenger attacks it, the more reliable of the two, "
        "for nobody joins it",
        when_types_known("War on Defender alone", Defender="Reliable", Protege="Unreliable"),
        IDEA,
    ),
    recalled(
        "With the Protege alone known to be reliable the Challenger attacks it",
        when_types_known("War on Protege alone", Defender="Unreliable", Protege="Reliable"),
        IDEA,
    ),
    derived(
        "The Challenger is deterred exactly where both are likely enough to be joined",
        exists_iff("Deterrence", sp.And(attack_D <= 0, attack_S <= 0)),
    ),
    derived(
        "It attacks the Defender exactly where that is worth more than peace and than an attack on the Protege",
        exists_iff("Attack on the Defender", sp.And(attack_D >= 0, attack_D >= attack_S)),
    ),
    derived(
        "It attacks the Protege exactly where that is",
        exists_iff("Attack on the Protege", sp.And(attack_S >= 0, attack_S >= attack_D)),
    ),
    derived(
        "One of the three always exists",
        always_exists("Deterrence", "Attack on the Defender", "Attack on the Protege"),
    ),
    derived(
        "An attack on the Defender becomes a war of three with probability s, the reliability of the Protege",
        outcome_probability("Attack on the Defender", "War over Defender, joined", s),
    ),
    derived(
        "Of two equally strong and equally valued states it attacks the more reliable, if either",
        never_occurs("War on Protege alone", on=sp.And(sp.Eq(D, S), sp.Eq(v, 1), d > s)),
    ),
    derived(
        "The more reliable the Protege, the rarer a Defender that is attacked fights alone",
        sign_of("War on Defender alone", s, "decreasing", "Attack on the Defender"),
    ),
    folklore(
        "The less reliable of two equal states is attacked",
        never_occurs("War on Defender alone", on=sp.And(sp.Eq(D, S), sp.Eq(v, 1), d > s)),
    ),
    folklore(
        "A Defender that is sure to help keeps the peace: none is broken with d above 9/10",
        always_exists("Deterrence", on=d > sp.Rational(9, 10)),
    ),
    folklore("The stronger of the two is not attacked", never_occurs("War on Defender alone", on=D > S)),
)

model = dt.Model(
    title="Target Choice in Three-Party Deterrence",
    game=game,
    citation="Quackenbush, JCR 50 (2006), abstract, for the idea; reduced form ours",
    strand="Extended deterrence",
    row=2,
    question="Whom does a challenger attack, and does it attack at all?",
    picture=("d", "s"),
    sweep={"d": (0, 1, 41), "s": (0, 1, 41)},
    story=(
        "A challenger may attack a defender, its protege, or neither. The ally of the state that is attacked joins it "
        "if it is reliable. The challenger prevails by a contest of strength: against one it is worth a war, against "
        "the two together it is not. So it attacks the state whose ally will not come. Names are ours."
    ),
    names={
        "Deterrence": {TARGET: "none"},
        "Attack on the Defender": {TARGET: "defender"},
        "Attack on the Protege": {TARGET: "protege"},
    },
    claims=CLAIMS,
)
