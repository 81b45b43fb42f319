"""The spiral as mutual insurance: the argument is verbal (Jervis 1976, 1978; Kydd 1997), the game is ours."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    exists_iff,
    folklore,
    in_equilibrium,
    never_occurs,
    outcome_probability,
    plays,
    sign_of,
    unique_iff,
    worse_for_all,
)
from deterrence.games import Node
from deterrence.games.payoffs import ByType

P = dt.Parameters()
theta = P.probability("theta", description="probability that a state is a Revisionist", sample="1/5")
d, D = P.ordered(
    "0 < d < D",
    descriptions=["loss by a Revisionist against which one is insured", "loss by one against which one is not"],
    samples=[1, 6],
)
k = P.positive("k", description="cost of insurance", sample="1/2")
a = P.positive("a", description="loss if the other state, though Secure, is insured: its ally and its arms", sample=2)
e = P.positive("e", description="what is lost besides by meeting them uninsured", sample=1)
g = P.positive("g", description="Revisionist: gain from a Secure state that is not insured", sample=3)

SECURE = {  # a Secure state's loss, by what it does and by what the other state is and does
    ("rest", "rest"): (D, sp.Integer(0)),
    ("rest", "insure"): (D, a + e),
    ("insure", "rest"): (k + d, k),
    ("insure", "insure"): (k + d, k + a),
}


def worth(own: str, other: str, name: str) -> ByType:
    """What a state has, by its own type and by the type of the other, whose name is given."""
    revisionist, secure = SECURE[own, other]
    cost = k if own == "insure" else sp.Integer(0)
    prey = g if other == "rest" else sp.Integer(0)
    return dt.by_type(
        Secure=dt.by_type(name, Revisionist=-revisionist, Secure=-secure),
        Revisionist=dt.by_type(name, Revisionist=-cost, Secure=prey - cost),
    )


def second(first: str) -> Node:
    """B's choice, made without seeing A's."""
    ends = {y: dt.outcome(f"{first}, {y}", A=worth(first, y, "B"), B=worth(y, first, "A")) for y in ("rest", "insure")}
    return dt.move("B", "insure", ends)


game = dt.ExtensiveGame(
    "Mutual insurance",
    parameters=P,
    players={
        "A": dt.types(Secure=1 - theta, Revisionist=theta),
        "B": dt.types(Secure=1 - theta, Revisionist=theta),
    },
    tree=dt.move("A", "insure", rest=second("rest"), insure=second("insure")),
)

A, B = ("A", "Secure", "insure"), ("B", "Secure", "insure")
saved = theta * (D - d)  # what insurance saves, in expectation, whatever the other Secure state does
fear = (1 - theta) * e  # and what it saves besides if the other is insured
x = sp.Symbol("x", real=True)

CLAIMS = (
    derived("Secure states trust if and only if theta (D - d) <= k", exists_iff("Trust", saved <= k)),
    derived(
        "They insure against each other if and only if theta (D - d) + (1 - theta) e >= k",
        exists_iff("Spiral", saved + fear >= k),
    ),
    derived("Insurance is the only equilibrium if and only if theta (D - d) >= k", unique_iff("Spiral", saved >= k)),
    derived(
        "Insuring makes all worse, the Revisionists too, wherever theta (D - d) < k + (1 - theta) a, although each "
        "state's insurance is its best reply",
        worse_for_all("Spiral", "Trust", on=saved < k + (1 - theta) * a),
    ),
    derived(
        "Where trust is an equilibrium beside it, the spiral always makes all worse: it is fear of fear",
        worse_for_all("Spiral", "Trust", on=saved <= k),
    ),
    derived(
        "Between trust and the spiral each Secure state insures with probability (k - theta (D - d))/((1 - theta) e)",
        in_equilibrium("Wavering", sp.Eq(x, (k - saved) / fear), {x: plays(A, "insure")}),
    ),
    derived("Some equilibrium always exists", always_exists("Trust", "Spiral")),
    derived(
        "In the spiral both are insured with probability (1 - theta)^2, against states that threaten nobody",
        outcome_probability("Spiral", "insure, insure", (1 - theta) ** 2),
    ),
    derived(
        "The rarer Revisionists are, the more often a spiral sets two harmless states against each other",
        sign_of("insure, insure", theta, "decreasing", "Spiral"),
    ),
    folklore("A spiral makes all worse wherever it occurs", worse_for_all("Spiral", "Trust")),
    folklore(
        "States insure only where the risk is worth the price: there is no spiral for theta (D - d) < k",
        never_occurs("insure, insure", on=saved < k),
    ),
    folklore(
        "A spiral needs dearly missed insurance: where meeting an insured state uninsured costs less than "
        "insurance, e < k, there is none",
        never_occurs("insure, insure", on=e < k),
    ),
)

model = dt.Model(
    title="Mutual insurance and the spiral",
    game=game,
    citation="Jervis, Perception and Misperception (1976), ch. 3; Kydd, World Politics 49 (1997): verbal; game ours",
    strand="Insecurity and insurance",
    row=4,
    question="When does mutual insurance leave both states worse off?",
    picture=("k", "theta"),
    sweep={"k": ("1/10", 4, 40), "theta": (0, 1, 41)},
    story=(
        "Two states do not know whether the other is a Revisionist, which preys on whoever is not insured. Each may "
        "insure itself, by arms or an ally, without seeing what the other does. Insurance helps against a Revisionist, "
        "but it threatens a state that was only Secure, and the more if that state has none. Each is right to insure, "
        "and all may be worse off for it. Names are ours."
    ),
    names={
        "Trust": {A: "rest", B: "rest"},
        "Spiral": {A: "insure", B: "insure"},
        "Wavering": {A: ("rest", "insure"), B: ("rest", "insure")},
    },
    claims=CLAIMS,
)
