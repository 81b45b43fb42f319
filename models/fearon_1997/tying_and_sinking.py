"""Tying hands or sinking costs: two types of Defender for Fearon's continuum; conditions are derived by us."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    earns,
    exists_iff,
    folklore,
    holds,
    outcome_probability,
    quantity,
    recalled,
    sign_of,
    threshold,
)

P = dt.Parameters()
v_L, v_H = P.ordered(
    "0 < v_L < v_H",
    descriptions=["Low Defender: value of what is disputed", "High Defender: value of what is disputed"],
    samples=[1, 5],
)
p = P.probability("p", description="probability that the Defender wins a war", sample="1/2")
c = P.positive("c", description="Defender: cost of war", sample=2)
q = P.probability("q", description="probability that the Challenger is Tough and fights for sure", sample="1/2")
y = P.probability("y", description="probability that the Defender is High", sample="1/4")
a, s = P.real(
    "a s",
    descriptions=[
        "audience cost of a signal that ties hands: paid if the Defender then concedes",
        "cost of a signal that is sunk: paid at once",
    ],
    samples=[2, 0],
)
g, d, e = P.positive(
    "g d e",
    descriptions=[
        "Challenger: gain if the Defender concedes",
        "Weak Challenger: loss from war",
        "Tough Challenger: gain from war",
    ],
    samples=[1, 2, 1],
)
P.assume(a >= 0, s >= 0, a + s > 0, p * v_L < c)
war_L, war_H = p * v_L - c, p * v_H - c
value, war = dt.by_type(High=v_H, Low=v_L), dt.by_type(High=war_H, Low=war_L)


game = dt.ExtensiveGame(
    "Tying hands or sinking costs",
    parameters=P,
    players={"Defender": dt.types(High=y, Low=1 - y), "Challenger": dt.types(Tough=q, Weak=1 - q)},
    tree=dt.move(
        "Defender",
        "speak",
        signal=dt.move(
            "Challenger",
            "answer",
            wait=dt.outcome("Peace", Defender=value - s, Challenger=0),
            challenge=dt.move(
                "Defender",
                "challenged",
                concede=dt.outcome("Concession", Defender=-s - a, Challenger=g),
                resist=dt.outcome("War", Defender=war - s, Challenger=dt.by_type(Tough=e, Weak=-d)),
            ),
        ),
        silence=dt.move(
            "Defender",
            "challenged in silence",
            concede=dt.outcome("Silent Concession", Defender=0, Challenger=g),
            resist=dt.outcome("Silent War", Defender=war, Challenger=dt.by_type(Tough=e, Weak=-d)),
        ),
    ),
)

HIGH, LOW = ("Defender", "High", "speak"), ("Defender", "Low", "speak")
FIRM, HOLLOW = ("Defender", "High", "challenged"), ("Defender", "Low", "challenged")
WEAK = ("Challenger", "Weak", "answer")
SEPARATING, BLUFF, SILENCE = "Only the High signal", "Bluff", "Silence"
POOLING = "Both signal, and the Low would concede"
U_H, U_L = q * war_H + (1 - q) * v_H, q * war_L + (1 - q) * v_L  # a signal, without its cost, of who then resists
bluff = (1 - q) * v_L - q * a  # and of the Low if they concede
EARNED = earns(("Defender", "High"))

# The same with values v on a continuum; v_H stands for any of them.
v = v_H
v_tie, m_tie = q * c / (1 - q + q * p), c * (1 - q) / (1 - q + p * q)
v_sink, m_sink = c / p, (1 - q) * c / p
U = q * (p * v - c) + (1 - q) * v
ABSTRACT = "Fearon, JCR 41 (1997), abstract; formulas derived, the least separating signals are meant"

CLAIMS = (
    derived(
        "Only the High signal exactly where they then resist, it is worth its cost, and the Low neither bluff "
        "nor fight",
        exists_iff(SEPARATING, sp.And(war_H >= -a, s <= U_H, U_H - s >= war_H, bluff <= s, s >= U_L)),
    ),
    derived(
        "The Low bluff at times exactly where a bluff would pay, the High are few, and only the High fight",
        exists_iff(BLUFF, sp.And(bluff >= s, y <= g / (d + g), war_L <= -a, war_H >= -a)),
    ),
    derived(
        "The Low bluff for sure exactly where it pays and the High are many",
        exists_iff(POOLING, sp.And(bluff >= s, y >= g / (d + g), war_L <= -a, war_H >= -a)),
    ),
    derived(
        "Silence is an equilibrium too, except where a signal would bind even the Low, and is worth its cost",
        exists_iff(SILENCE, sp.Or(war_L <= -a, sp.And(s >= U_H, war_H <= 0), sp.And(U_H - s <= war_H, war_H >= 0))),
    ),
    derived("There is always an equilibrium", always_exists()),
    derived("Hands that are tied cost nothing if they deter", sign_of(EARNED, a, "constant", SEPARATING)),
    derived("A sunk signal costs what it costs", quantity(SEPARATING, EARNED, U_H - s)),
    derived("War then comes from the Tough: y q", outcome_probability(SEPARATING, "War", y * q)),
    derived(
        "Sunk costs alone separate only who would fight without them: with a = 0, p v_H >= c",
        holds(war_H >= 0, on=sp.And(sp.Eq(a, 0), war_H >= -a, s <= U_H)),
    ),
    derived(
        "Hands tied by (1 - q) v_L/q and no more keep the Low from bluffing",
        threshold((1 - q) * v_L - q * ((1 - q) * v_L / q), 0),
    ),
    derived(
        "With a continuum hands are tied by just what makes the lowest signaller fight", threshold(m_tie, c - p * v_tie)
    ),
    derived("and those with v >= v_tie signal", holds(sp.Equivalent(U >= 0, v >= v_tie))),
    derived(
        "Sunk signals are worth their cost to those with v >= v_sink = c/p", holds(sp.Implies(v >= v_sink, m_sink <= U))
    ),
    derived("and not to those who would concede", holds(sp.Equivalent((1 - q) * v <= m_sink, v <= v_sink))),
    recalled("Tying hands carries more risk of war: more resist, v_tie < v_sink", holds(v_tie < v_sink), ABSTRACT),
    recalled(
        "and yet leaders do better by it, whatever their value: each who sinks costs has m_sink less, and those "
        "between v_tie and v_sink gain what they would have lost",
        holds(sp.And(m_sink > 0, sp.Implies(sp.And(v > v_tie, v < v_sink), U > 0))),
        ABSTRACT,
    ),
    folklore("Leaders never bluff, whatever the signal costs", exists_iff(BLUFF, False)),
    folklore(
        "Only what costs the signaller at once, (1 - q) v_L or more, is believed",
        exists_iff(
            SEPARATING, sp.And((1 - q) * v_L <= s, war_H >= -a, s <= U_H, U_H - s >= war_H, bluff <= s, s >= U_L)
        ),
    ),
    folklore("A costlier signal is a better one", sign_of(EARNED, s, "increasing", SEPARATING)),
)

model = dt.Model(
    title="Tying Hands or Sinking Costs",
    game=game,
    citation="Fearon, Signaling Foreign Policy Interests, JCR 41 (1997) 68-90: abstract; game and conditions ours",
    strand="The crisis canon",
    row=15,
    question="When does a costly signal show resolve, and is it better to sink its cost or to tie one's hands?",
    picture=("a", "s"),
    sweep={"a": (0, 4, 33), "s": (0, 2, 33)},
    story=(
        "A defender that values what is disputed much or little signals or is silent. A signal costs something at "
        "once, or later if the defender then concedes. A tough challenger fights anyway; a weak one challenges only "
        "who will concede. Who is silent is challenged. A signal may tie hands (s = 0) or sink costs (a = 0)."
    ),
    names={
        SEPARATING: {HIGH: "signal", LOW: "silence", FIRM: "resist", WEAK: "wait"},
        BLUFF: {
            HIGH: "signal",
            LOW: ("signal", "silence"),
            FIRM: "resist",
            HOLLOW: "concede",
            WEAK: ("wait", "challenge"),
        },
        POOLING: {HIGH: "signal", LOW: "signal", FIRM: "resist", HOLLOW: "concede", WEAK: "wait"},
        "Both signal": {HIGH: "signal", LOW: "signal"},
        SILENCE: {HIGH: "silence", LOW: "silence"},
    },
    claims=CLAIMS,
)
