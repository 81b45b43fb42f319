"""Treaties signed before plans are agreed: the objection to compatibility as a condition; the game is ours.

Source of the question: Poast, Arguing about Alliances (2019).  Both states are alike, so that what one gains the other
gains, and whoever leaves breaks the treaty for both.
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
    outcome_probability,
    sign_of,
)
from deterrence.games import Node

P = dt.Parameters()
mu = P.probability("mu", description="probability that the war plans turn out compatible", sample="1/2")
u, o, v = P.ordered(
    "u < o < v",
    descriptions=[
        "worth of an alliance whose plans are incompatible",
        "worth of the outside option",
        "worth of an alliance whose plans are compatible",
    ],
    samples=[-1, 0, 3],
)
b = P.positive("b", description="deterrence that a treaty gives while plans are still being made", sample=1)
d = P.positive("d", description="cost of planning first, without a treaty", sample="1/2")
f = P.positive("f", description="cost to each of breaking a treaty", sample="1/2")


def learned(label: str, worth: sp.Expr) -> Node:
    """With the treaty signed and the plans known, either may leave."""
    broken = dt.outcome("Treaty Broken", First=o + b - f, Second=o + b - f)
    kept = dt.outcome("Hollow Alliance" if worth == u else "Alliance", First=worth + b, Second=worth + b)
    return dt.move("Second", label, keep=dt.move("First", label, keep=kept, leave=broken), leave=broken)


game = dt.ExtensiveGame(
    "Treaty before plans",
    parameters=P,
    players=["First", "Second"],
    tree=dt.move(
        "First",
        "sequence",
        treaty=dt.chance(
            "plans under a treaty",
            compatible=(mu, learned("compatible", v)),
            incompatible=(1 - mu, learned("incompatible", u)),
        ),
        plans=dt.chance(
            "plans without a treaty",
            compatible=(
                mu,
                dt.move(
                    "Second",
                    "plans fit",
                    sign=dt.outcome("Late Alliance", First=v - d, Second=v - d),
                    leave=dt.outcome("No Alliance", First=o - d, Second=o - d),
                ),
            ),
            incompatible=(
                1 - mu,
                dt.move(
                    "Second",
                    "plans do not fit",
                    sign=dt.outcome("Late Hollow Alliance", First=u - d, Second=u - d),
                    leave=dt.outcome("No Alliance", First=o - d, Second=o - d),
                ),
            ),
        ),
        neither=dt.outcome("No Talks", First=o, Second=o),
    ),
)
SEQUENCE, MISFIT = ("First", "sequence"), ("First", "incompatible")
BROKEN, HOLLOW = "Treaty first, broken if plans do not fit", "Treaty first, hollow if plans do not fit"
loss = o - u  # what an alliance with incompatible plans costs
chance = mu * (v - o)  # what plans may bring
now = b + d  # what is gained by signing before planning

CLAIMS = (
    derived(
        "A treaty comes first, and is broken if plans do not fit, exactly where f <= o - u, b + d >= (1 - mu) f, "
        "and mu (v - o) + b >= (1 - mu) f",
        exists_iff(BROKEN, sp.And(f <= loss, now >= (1 - mu) * f, chance + b >= (1 - mu) * f)),
    ),
    derived(
        "A treaty comes first, and is kept though hollow, exactly where the same holds with o - u <= f in place of f",
        exists_iff(HOLLOW, sp.And(loss <= f, now >= (1 - mu) * loss, chance + b >= (1 - mu) * loss)),
    ),
    derived(
        "Plans come first exactly where they may bring d and b + d is at most (1 - mu) times the lesser of f and o - u",
        exists_iff("Plans first", sp.And(chance >= d, now <= (1 - mu) * f, now <= (1 - mu) * loss)),
    ),
    derived(
        "Nothing is signed exactly where neither order is worth its cost",
        exists_iff("Neither", sp.And(chance <= d, chance + b <= (1 - mu) * f, chance + b <= (1 - mu) * loss)),
    ),
    derived("One of the four always exists", always_exists(BROKEN, HOLLOW, "Plans first", "Neither")),
    derived(
        "Where a treaty deters in the meantime as much as breaking it costs, plans never come first",
        never_occurs("Late Alliance", on=b >= f),
    ),
    derived("A broken treaty and a hollow one exclude each other", never_coexist(BROKEN, HOLLOW)),
    derived(
        "A treaty signed first ends broken with probability 1 - mu",
        outcome_probability(BROKEN, "Treaty Broken", 1 - mu),
    ),
    derived(
        "Treaties break the rarer, the likelier plans fit",
        sign_of("Treaty Broken", mu, "decreasing", BROKEN),
    ),
    derived("Plans first never leave an alliance hollow", never_occurs("Late Hollow Alliance")),
    folklore("Plans are made compatible before a treaty is signed", never_occurs("Alliance")),
    folklore("What is signed before plans are known is broken if they do not fit", never_occurs("Hollow Alliance")),
    folklore(
        "A treaty that is dear to break, f > b + d, is not signed before plans are known",
        never_occurs("Alliance", on=f > b + d),
    ),
    folklore(
        "Incompatible plans prevent an alliance: where plans are likelier not to fit, none is signed unseen",
        never_occurs("Alliance", on=mu < sp.Rational(1, 2)),
    ),
)

model = dt.Model(
    title="Treaty before Plans",
    game=game,
    citation="After Poast, Arguing about Alliances (2019), and the objection that plans often follow the treaty",
    strand="Alliance negotiations",
    row=8,
    question="When is a treaty signed before it is known whether the war plans fit?",
    picture=("mu", "d"),
    sweep={"d": ("1/20", 3, 60), "mu": (0, 1, 41)},
    story=(
        "Two states sign a treaty at once, or plan first, or do neither. Whether their war plans are compatible is "
        "learned later. Under a treaty both are deterred against meanwhile, and when the plans are known either may "
        "leave, which costs both something; without one they wait unprotected and sign if the plans fit. "
        "Names are ours."
    ),
    names={
        BROKEN: {SEQUENCE: "treaty", MISFIT: "leave"},
        HOLLOW: {SEQUENCE: "treaty", MISFIT: "keep"},
        "Plans first": {SEQUENCE: "plans"},
        "Neither": {SEQUENCE: "neither"},
    },
    claims=CLAIMS,
)
