"""Burden sharing in an alliance with indivisible contributions; a finite form, ours, of a published argument.

Source: Olson and Zeckhauser, An Economic Theory of Alliances, Review of Economics and Statistics 48 (1966) 266-279.
"""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    exists_iff,
    folklore,
    holds,
    never_coexist,
    never_occurs,
    unique_iff,
)

P = dt.Parameters()
v_S, v_L = P.ordered(
    "0 < v_S < v_L",
    descriptions=["Small: worth of the first unit of defence", "Large: worth of the first unit of defence"],
    samples=[1, 3],
)
c = P.positive("c", description="cost of a unit of defence", sample=2)
r = P.probability("r", description="worth of the second unit, as a share of that of the first", sample="1/3")


def cell(large: str, small: str) -> tuple[sp.Expr, sp.Expr]:
    """What both have: all enjoy the units, and each pays for its own."""
    units = (large == "pay") + (small == "pay")
    good = (sp.Integer(0), sp.Integer(1), 1 + r)[units]
    return v_L * good - (c if large == "pay" else 0), v_S * good - (c if small == "pay" else 0)


game = dt.StrategicGame(
    "Burden sharing",
    parameters=P,
    actions={"Large": ["pay", "ride"], "Small": ["pay", "ride"]},
    payoffs=cell,
)
LARGE, SMALL = ("Large", "choice"), ("Small", "choice")


CLAIMS = (
    derived(
        "The large is exploited by the small: it pays and the small rides, wherever r v_S <= c <= v_L",
        exists_iff("Exploitation of the large", sp.And(r * v_S <= c, c <= v_L)),
    ),
    derived(
        "That is the only outcome exactly where r v_S <= c <= v_L, and the small will not pay alone or the large twice",
        unique_iff("Exploitation of the large", sp.And(r * v_S <= c, c <= v_L, sp.Or(c >= v_S, c <= r * v_L))),
    ),
    derived(
        "The small pays for the large exactly where it would pay alone and the large would not add: r v_L <= c <= v_S",
        exists_iff("Exploitation of the small", sp.And(r * v_L <= c, c <= v_S)),
    ),
    derived(
        "Both pay exactly where c <= r v_S: the small wants a second unit",
        exists_iff("Both pay", c <= r * v_S),
    ),
    derived(
        "Nobody pays exactly where not even the large would: c >= v_L",
        exists_iff("Nobody pays", c >= v_L),
    ),
    derived(
        "Both mix exactly where either could leave it to the other: r v_L <= c <= v_S",
        exists_iff("Both mix", sp.And(r * v_L <= c, c <= v_S)),
    ),
    derived(
        "Somewhere between nobody and both, the large paying first: one of these three always exists",
        always_exists("Exploitation of the large", "Both pay", "Nobody pays"),
    ),
    derived(
        "Where the small rides too little is provided whenever r (v_L + v_S) > c: the second unit is worth its cost",
        holds(v_L * (1 + r) + v_S * (1 + r) - 2 * c > v_L + v_S - c, on=r * (v_L + v_S) > c),
    ),
    derived("Both pay and exploitation exclude each other", never_coexist("Both pay", "Exploitation of the large")),
    folklore("A small state never pays for a large one", never_occurs("ride, pay")),
    folklore(
        "Defence that is worth its cost to the allies together is provided",
        always_exists("Exploitation of the large", "Both pay", on=v_L + v_S > c),
    ),
    folklore(
        "Where the small rides there is no waste: one unit is all that is worth its cost",
        holds(r * (v_L + v_S) <= c, on=sp.And(r * v_S <= c, c <= v_L)),
    ),
)

model = dt.Model(
    title="Burden Sharing with Indivisible Contributions",
    game=game,
    citation="After Olson and Zeckhauser, An Economic Theory of Alliances, REStat 48 (1966) 266-279",
    strand="Burden sharing",
    row=14,
    question="Who pays for the common defence: does the small exploit the great?",
    picture=("c", "r"),
    sweep={"c": ("1/10", 5, 50), "r": (0, 1, 41)},
    story=(
        "A large and a small ally each provide a unit of defence or ride. What is provided is enjoyed by both, the "
        "second unit less than the first; the large ally values defence more. The published model has contributions "
        "of any size; here they are indivisible. Names are ours."
    ),
    names={
        "Exploitation of the large": {LARGE: "pay", SMALL: "ride"},
        "Exploitation of the small": {LARGE: "ride", SMALL: "pay"},
        "Both pay": {LARGE: "pay", SMALL: "pay"},
        "Nobody pays": {LARGE: "ride", SMALL: "ride"},
        "Both mix": {LARGE: ("pay", "ride"), SMALL: ("pay", "ride")},
    },
    claims=CLAIMS,
)
