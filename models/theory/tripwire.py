"""The tripwire: the literature is verbal (Schelling, Arms and Influence, 1966), the formalisation is ours."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    exists_iff,
    folklore,
    in_equilibrium,
    never_coexist,
    never_occurs,
    outcome_probability,
)
from deterrence.games import Node

P = dt.Parameters()
a_W, a_SQ, a_G = P.ordered(
    "a_W < a_SQ < a_G",
    descriptions=["Challenger: war with the Defender", "Challenger: status quo", "Challenger: takes the protege"],
    samples=[-4, 0, 2],
)
d_W, d_L, d_SQ = P.ordered(
    "d_W < d_L < d_SQ",
    descriptions=["Defender: war", "Defender: the protege is lost", "Defender: status quo"],
    samples=[-6, -2, 0],
)
e = P.positive("e", description="Defender: cost of stationing the troops", sample="1/2")
q = P.probability("q", description="probability that an attack on the troops brings war of itself", sample="1/2")

p_star = P.define("p_star", (a_G - a_SQ) / (a_G - a_W), "risk of war that deters the Challenger")


def lost(cost: sp.Expr) -> Node:
    """The protege is lost without a fight."""
    return dt.outcome("Fait Accompli", Challenger=a_G, Defender=d_L - cost)


def war(cost: sp.Expr) -> Node:
    """War between Challenger and Defender."""
    return dt.outcome("War", Challenger=a_W, Defender=d_W - cost)


game = dt.ExtensiveGame(
    "Tripwire",
    parameters=P,
    players=["Defender", "Challenger"],
    tree=dt.move(
        "Defender",
        "station",
        troops=dt.move(
            "Challenger",
            "facing troops",
            wait=dt.outcome("Status Quo", Challenger=a_SQ, Defender=d_SQ - e),
            attack=dt.chance(
                "troops fall",
                escalates=(q, war(e)),
                contained=(1 - q, dt.move("Defender", "after the troops", fight=war(e), yields=lost(e))),
            ),
        ),
        nothing=dt.move(
            "Challenger",
            "facing nothing",
            wait=dt.outcome("Status Quo", Challenger=a_SQ, Defender=d_SQ),
            attack=dt.move("Defender", "after nothing", fight=war(sp.Integer(0)), yields=lost(sp.Integer(0))),
        ),
    ),
)

STATION, TROOPS, BARE = ("Defender", "station"), ("Challenger", "facing troops"), ("Challenger", "facing nothing")
CLAIMS = (
    derived(
        "The tripwire deters if and only if q >= p_star and the troops cost no more than the protege is worth",
        exists_iff("Tripwire", sp.And(q >= p_star, e <= d_SQ - d_L)),
    ),
    derived(
        "The protege is left alone if and only if q <= p_star or the troops cost more than it is worth",
        exists_iff("Abandonment", sp.Or(q <= p_star, e >= d_SQ - d_L)),
    ),
    derived("One of the two always exists", always_exists("Tripwire", "Abandonment")),
    derived("They never coexist", never_coexist("Tripwire", "Abandonment")),
    derived(
        "The Defender would not choose to fight: without troops nobody is deterred",
        outcome_probability("Abandonment", "Fait Accompli", 1),
    ),
    derived(
        "A tripwire that is laid off the boundary never leads to war", never_occurs("War", ["Tripwire", "Abandonment"])
    ),
    derived(
        "How bad war is for the Defender plays no part, though it would never choose war: only the Challenger's "
        "risk counts",
        in_equilibrium("Tripwire", q * a_W + (1 - q) * a_G <= a_SQ),
    ),
    folklore("A tripwire is laid wherever it would deter", exists_iff("Tripwire", q >= p_star)),
    folklore("Troops deter whatever the risk of war, if they are cheap", exists_iff("Tripwire", e <= d_SQ - d_L)),
    folklore(
        "Who would rather lose the protege than fight cannot protect it",
        exists_iff("Abandonment", True),
    ),
)

model = dt.Model(
    title="Tripwire",
    game=game,
    citation="Schelling, Arms and Influence (1966): verbal; formalisation ours",
    strand="Extended deterrence",
    row=2,
    question="When do troops that cannot win deter, by the risk that an attack on them brings war?",
    picture=("q", "e"),
    sweep={"e": ("1/10", 6, 60), "q": (0, 1, 41)},
    story=(
        "A defender that would rather lose its protege than fight may station a few troops there. They cannot hold "
        "the ground, but an attack on them brings war of itself with some probability, whatever the defender would "
        "then prefer. The challenger sees the troops, and waits or attacks."
    ),
    names={
        "Tripwire": {STATION: "troops", TROOPS: "wait"},
        "Abandonment": {STATION: "nothing", BARE: "attack"},
    },
    claims=CLAIMS,
)
