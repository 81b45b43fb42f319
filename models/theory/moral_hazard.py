"""Moral hazard and deterrence, a toy of ours after Benson, Meirowitz and Ramsay (2014), whose text we have not seen."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    exists_iff,
    folklore,
    never_coexist,
    never_occurs,
    outcome_probability,
    sign_of,
)
from deterrence.games import Node

P = dt.Parameters()
v = P.positive("v", description="Target: what fighting is worth before its cost", sample=2)
tau = P.positive("tau", description="transfer that the Patron promises to a Target that fights", sample=3)
c_L, c_H = P.ordered(
    "c_L < c_H",
    descriptions=["Strong Target: cost of fighting", "Weak Target: cost of fighting"],
    samples=[1, 4],
)
G = P.positive("G", description="Challenger: gain if the Target yields", sample=3)
K = P.positive("K", description="Challenger: loss from war", sample=2)
B = P.positive("B", description="Patron: loss if the Target yields", sample=6)
w = P.positive("w", description="Patron: loss from war, before the transfer", sample=1)
p = P.probability("p", description="probability that the Target is Strong", sample="1/3")
P.assume(c_L < v, v < c_H, c_L > 0)

t = P.define("t", G / (G + K), "probability of a fight that deters the Challenger")


def crisis(after: str, help_: sp.Expr) -> Node:
    """The crisis after the Patron's promise, with what a Target that fights is given."""
    return dt.move(
        "Challenger",
        f"after {after}",
        wait=dt.outcome("Peace", Patron=0, Challenger=0, Target=0),
        attack=dt.move(
            "Target",
            f"attacked after {after}",
            yields=dt.outcome("Conquest", Patron=-B, Challenger=G, Target=0),
            fight=dt.outcome(
                "War", Patron=-w - help_, Challenger=-K, Target=dt.by_type(Strong=v + help_ - c_L, Weak=v + help_ - c_H)
            ),
        ),
    )


game = dt.ExtensiveGame(
    "Moral hazard",
    parameters=P,
    players={"Patron": None, "Challenger": None, "Target": dt.types(Strong=p, Weak=1 - p)},
    tree=dt.move("Patron", "promise", help=crisis("a promise", tau), nothing=crisis("no promise", sp.Integer(0))),
)

PROMISE, AFTER, ALONE = ("Patron", "promise"), ("Challenger", "after a promise"), ("Challenger", "after no promise")
WEAK = ("Target", "Weak", "attacked after a promise")
risky = v + tau >= c_H  # the promise makes even the Weak fight

CLAIMS = (
    derived(
        "Deterrence that rests on moral hazard exists if and only if v + tau >= c_H",
        exists_iff("Deterrence by moral hazard", risky),
    ),
    derived(
        "Without moral hazard there is peace if and only if p >= t: the Strong alone deter",
        exists_iff("Peace without a promise", p >= t),
    ),
    derived(
        "The Target is attacked and the Weak yield if and only if p <= t and v + tau <= c_H",
        exists_iff(["Attack without a promise", "Attack in spite of a promise"], sp.And(p <= t, v + tau <= c_H)),
    ),
    derived("One of them always exists", always_exists()),
    derived(
        "Where moral hazard makes the Weak fight and the Strong would not deter, a promise never leads to war",
        never_occurs("War", on=sp.And(v + tau > c_H, p < t)),
    ),
    derived(
        "In an attack war has probability p",
        outcome_probability("Attack without a promise", "War", p),
    ),
    derived(
        "Without moral hazard more strong targets mean more war",
        sign_of("War", p, "increasing", "Attack without a promise"),
    ),
    derived(
        "Moral hazard and attack exclude each other",
        never_coexist("Deterrence by moral hazard", "Attack without a promise"),
    ),
    folklore(
        "Where the promise makes even the Weak fight, there is war",
        outcome_probability("Deterrence by moral hazard", "War", 1),
    ),
    folklore("A promise deters wherever the Strong alone do not", exists_iff("Deterrence by moral hazard", p <= t)),
)

model = dt.Model(
    title="Moral hazard and deterrence",
    game=game,
    citation="Benson, Meirowitz and Ramsay, JCR 58 (2014), abstract, for the idea; the toy is ours",
    strand="Extended deterrence",
    row=2,
    question="When does a promise to an ally deter, although it makes the ally bolder?",
    picture=("p", "tau"),
    sweep={"K": ("1/4", 8, 32), "p": (0, 1, 41)},
    story=(
        "A patron may promise help to a target that fights. Help makes fighting attractive to a target that would "
        "otherwise yield: moral hazard. But a challenger that expects every target to fight may not attack at all."
    ),
    names={
        "Deterrence by moral hazard": {PROMISE: "help", AFTER: "wait", WEAK: "fight"},
        "Peace without a promise": {PROMISE: "nothing", ALONE: "wait"},
        "Attack without a promise": {PROMISE: "nothing", ALONE: "attack"},
        "Attack in spite of a promise": {PROMISE: "help", AFTER: "attack"},
    },
    claims=CLAIMS,
)
