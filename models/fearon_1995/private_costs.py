"""Crisis bargaining with private costs of war, after Fearon (1995), with two types; conditions are derived by us."""

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
    outcome_probability,
    recalled,
    sign_of,
    threshold,
    when_types_known,
)
from deterrence.games import Node

P = dt.Parameters()
p = P.probability("p", description="probability that the Proposer wins a war", sample="1/2")
c_A = P.positive("c_A", description="Proposer: cost of war", sample="1/10")
c_T, c_W = P.ordered(
    "0 < c_T < c_W",
    descriptions=["Tough Receiver: cost of war", "Weak Receiver: cost of war"],
    samples=["1/10", "3/10"],
)
w = P.probability("w", description="probability that the Receiver is Weak", sample="1/3")
P.assume(p + c_W < 1, c_A < p)


def demand(share: sp.Expr, label: str) -> Node:
    """The Receiver's answer to a demand of this share of the good."""
    return dt.move(
        "Receiver",
        f"answer {label}",
        accept=dt.outcome(f"Peace, {label}", Proposer=share, Receiver=1 - share),
        refuse=dt.outcome(
            f"War over {label}", Proposer=p - c_A, Receiver=dt.by_type(Weak=1 - p - c_W, Tough=1 - p - c_T)
        ),
    )


m = P.probability("m", description="how much of the Receivers' cost of war the demands leave them", sample="1/100")
safe, risky = p + c_T * (1 - m), p + c_W * (1 - m)  # a little less than each type would just accept
P.assume(c_T < c_W * (1 - m))

game = dt.ExtensiveGame(
    "Private costs",
    parameters=P,
    players={"Proposer": None, "Receiver": dt.types(Weak=w, Tough=1 - w)},
    tree=dt.move("Proposer", "demand", little=demand(safe, "little"), much=demand(risky, "much")),
)

DEMAND = ("Proposer", "demand")
x_little, x_much = safe - (p - c_A), risky - (p - c_A)  # what each demand gains over war if it is accepted
w_star = x_little / x_much  # the share of Weak Receivers from which the risk is worth it

CLAIMS = (
    derived("The Proposer takes the risk if and only if w >= w_star", exists_iff("Risk", w >= w_star)),
    derived("It demands little if and only if w <= w_star", exists_iff("Safety", w <= w_star)),
    derived("One of the two always exists", always_exists("Risk", "Safety")),
    derived("They never coexist", never_coexist("Risk", "Safety")),
    recalled(
        "War with positive probability, 1 - w, where the risk is taken",
        outcome_probability("Risk", "War over much", 1 - w),
        "Fearon, IO 49 (1995); derived again for two types",
    ),
    derived("Where little is demanded there is peace for certain", outcome_probability("Safety", "Peace, little", 1)),
    derived(
        "War is less likely with more Weak Receivers, once the risk is taken",
        sign_of("War over much", w, "decreasing", "Risk"),
    ),
    derived("The threshold does not depend on the balance of power", threshold(sp.diff(w_star, p), 0)),
    derived("A dearer war makes the Proposer more careful: w_star rises with c_A", holds(sp.diff(w_star, c_A) > 0)),
    derived("Known to be Weak, the Receiver gives much without war", when_types_known("Peace, much", Receiver="Weak")),
    derived(
        "Known to be Tough, it is asked for little, without war", when_types_known("Peace, little", Receiver="Tough")
    ),
    folklore("Costly war is never fought, since both prefer a bargain", never_occurs("War over much")),
    folklore("A stronger Proposer takes more risks", holds(sp.diff(w_star, p) < 0)),
    folklore("Wars are fought where Receivers are mostly Tough", exists_iff("Risk", w <= sp.Rational(1, 2))),
)

model = dt.Model(
    title="Crisis bargaining with private costs",
    game=game,
    citation="Fearon, Rationalist Explanations for War, IO 49 (1995); two types",
    strand="The crisis canon",
    row=15,
    question="When does a state that does not know the other's cost of war demand so much that war may come?",
    picture=("w", "c_A"),
    sweep={"c_A": ("1/40", 1, 40), "w": (0, 1, 41)},
    story=(
        "A proposer demands a share of a good; the receiver accepts or fights. How much war would cost the receiver "
        "only the receiver knows. The proposer chooses between a small demand that everybody accepts, and a great one "
        "that only a receiver to whom war is dear accepts. Each demand leaves the receiver meant a small margin, so "
        "that nobody is indifferent."
    ),
    names={"Risk": {DEMAND: "much"}, "Safety": {DEMAND: "little"}},
    claims=CLAIMS,
)
