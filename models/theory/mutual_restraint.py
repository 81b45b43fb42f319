"""Two rivals bind each other by treaty, without any common enemy; the source is verbal and the game is ours.

Source: Schroeder, Alliances, 1815-1945: Weapons of Power and Tools of Management (1976; reprinted 2004).
"""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    exists_iff,
    folklore,
    never_coexist,
    never_occurs,
)
from deterrence.games import Node

P = dt.Parameters()
w = P.probability("w", description="probability that an adventure is seen in time under the treaty", sample="3/4")
g_A, g_B = P.positive(
    "g_A g_B", descriptions=["A: gain from an adventure", "B: gain from an adventure"], samples=[1, 2]
)
l_A, l_B = P.positive("l_A l_B", descriptions=["A: loss by B's adventure", "B: loss by A's adventure"], samples=[4, 3])
s = P.positive("s", description="loss of a state that is restrained", sample=4)
k = P.positive("k", description="cost of the treaty to each", sample="1/2")
T = P.real("T", description="what each gains by the treaty against a third state; 0 without one", sample=0)
P.assume(T >= 0)

GAIN, LOSS = {"A": g_A, "B": g_B}, {"A": l_A, "B": l_B}


def worth(state: str, own: str, other: str, treaty: bool) -> sp.Expr:
    """Adventures succeed where there is no treaty; under one those that are seen are restrained."""
    free = 1 - w if treaty else sp.Integer(1)
    gain = free * GAIN[state] - (w * s if treaty else 0) if own == "venture" else 0
    loss = free * LOSS[state] if other == "venture" else 0
    return gain - loss + (T - k if treaty else 0)


def conduct(name: str) -> Node:
    """Both venture or refrain, neither seeing what the other does."""
    treaty = name == "bound"

    def second(own: str) -> Node:
        ends = {
            other: dt.outcome(
                f"{own}, {other}, {name}", A=worth("A", own, other, treaty), B=worth("B", other, own, treaty)
            )
            for other in ("venture", "refrain")
        }
        return dt.move("B", name, ends)

    return dt.move("A", name, venture=second("venture"), refrain=second("refrain"))


game = dt.ExtensiveGame(
    "Mutual restraint",
    parameters=P,
    players=["A", "B"],
    tree=dt.move(
        "A",
        "offer",
        treaty=dt.move("B", "answer", sign=conduct("bound"), refuse=conduct("refused")),
        none=conduct("free"),
    ),
)
OFFER, ANSWER = ("A", "offer"), ("B", "answer")
A_BOUND, B_BOUND = ("A", "bound"), ("B", "bound")
binds_A, binds_B = (1 - w) * g_A <= w * s, (1 - w) * g_B <= w * s
PACT = {OFFER: "treaty", ANSWER: "sign"}

BOUND = ("Both bound", "A bound", "B bound", "Neither bound")
CLAIMS = (
    derived(
        "A treaty that keeps both from adventures forms exactly where being seen deters both, and each gains more by "
        "the other's restraint, and against the third state, than it gives up and pays",
        exists_iff("Both bound", sp.And(binds_A, binds_B, T + l_A >= g_A + k, T + l_B >= g_B + k)),
    ),
    derived(
        "With no third state, T = 0, it forms where it deters and each loses more than it gains and pays",
        always_exists(
            "Both bound",
            on=sp.And(sp.Eq(T, 0), (1 - w) * g_A < w * s, (1 - w) * g_B < w * s, l_A > g_A + k, l_B > g_B + k),
        ),
    ),
    derived(
        "And only there: with T = 0 nobody binds itself for less than it loses",
        never_occurs("refrain, refrain, bound", on=sp.And(sp.Eq(T, 0), sp.Or(l_A < g_A + k, l_B < g_B + k))),
    ),
    derived(
        "A treaty that keeps A alone from adventures forms exactly where it deters A alone, the adventures of B it "
        "stops are worth A's own and the cost to A, and B bears restraint for being safe from A",
        exists_iff(
            "A bound",
            sp.And(binds_A, (1 - w) * g_B >= w * s, T + w * l_A >= g_A + k, T + l_B >= w * (g_B + s) + k),
        ),
    ),
    derived(
        "A treaty that deters neither forms exactly where what it stops is worth what it costs to both",
        exists_iff(
            "Neither bound",
            sp.And(
                (1 - w) * g_A >= w * s,
                (1 - w) * g_B >= w * s,
                T + w * l_A >= w * (g_A + s) + k,
                T + w * l_B >= w * (g_B + s) + k,
            ),
        ),
    ),
    derived("Treaty or none, one of these always exists", always_exists(*BOUND, "Not offered")),
    derived("One that binds both leaves no room for one that binds none", never_coexist("Both bound", "Neither bound")),
    derived("Where it binds both they do not do without it", never_coexist("Both bound", "Not offered")),
    folklore("No treaty forms without a common enemy", never_occurs("refrain, refrain, bound", on=sp.Eq(T, 0))),
    folklore(
        "Rivals who could bind each other do",
        always_exists("Both bound", on=sp.And((1 - w) * g_A < w * s, (1 - w) * g_B < w * s)),
    ),
    folklore(
        "No state binds itself to one that stays free: with T = 0 both or neither",
        never_occurs("refrain, venture, bound", on=sp.Eq(T, 0)),
    ),
    folklore("A partner to the treaty does not venture", never_occurs("venture, venture, bound")),
)

model = dt.Model(
    title="Mutual Restraint",
    game=game,
    citation="After Schroeder, Alliances, 1815-1945: Weapons of Power and Tools of Management (1976; reprinted 2004)",
    strand="Managing the ally",
    row=13,
    question="When do two rivals without a common enemy bind each other by treaty?",
    picture=("w", "k"),
    sweep={"w": (0, 1, 41), "k": ("1/10", 4, 40)},
    story=(
        "Two rivals are each tempted by adventures at the other's cost. A offers a treaty, and B signs or refuses. "
        "Under it each is consulted and watched, so that an adventure may be seen and restrained. No third state need "
        "threaten them: the treaty is worth what it keeps each from doing to the other. Names are ours."
    ),
    names={
        "Both bound": {**PACT, A_BOUND: "refrain", B_BOUND: "refrain"},
        "A bound": {**PACT, A_BOUND: "refrain", B_BOUND: "venture"},
        "B bound": {**PACT, A_BOUND: "venture", B_BOUND: "refrain"},
        "Neither bound": {**PACT, A_BOUND: "venture", B_BOUND: "venture"},
        "Not offered": {OFFER: "none"},
        "Refused": {OFFER: "treaty", ANSWER: "refuse"},
    },
    claims=CLAIMS,
)
