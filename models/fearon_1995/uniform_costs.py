"""A demand under uncertainty about the other's cost of war: Fearon's risk-return trade-off, costs spread evenly."""

import sympy as sp

import deterrence as dt
from deterrence.claims import always_exists, derived, exists_iff, folklore, holds, quantity, recalled, sign_of

P = dt.Parameters()
p = P.probability("p", description="probability that A wins a war", sample="1/2")
c_A = P.positive("c_A", description="A's cost of war", sample="1/10")
lo, hi = P.ordered(
    "0 <= lo < hi",
    descriptions=["B's least possible cost of war", "B's greatest possible cost of war"],
    samples=[0, "3/10"],
)
P.assume(p + hi <= 1)
x = sp.Symbol("x", real=True)  # A's demand; B fights if its cost is less than x - p
war = (x - p - lo) / (hi - lo)

game = dt.ContinuousGame(
    "Uniform costs",
    parameters=P,
    levels={"A": {x: (p + lo, p + hi)}},
    payoffs={"A": (1 - war) * x + war * (p - c_A)},
)

RISK, SAFE = "Risk", "Safe"
SOURCE = "Fearon 1995, from memory; derived again"

CLAIMS = (
    recalled("A runs a risk of war if and only if hi > c_A + 2 lo", exists_iff(RISK, hi > c_A + 2 * lo), SOURCE),
    recalled("Its demand is then p + (hi - c_A)/2", quantity(RISK, x, p + (hi - c_A) / 2), SOURCE),
    derived("Otherwise it demands what every B accepts, p + lo", quantity(SAFE, x, p + lo)),
    derived("There is always a best demand", always_exists()),
    recalled(
        "If B's least cost is 0, the probability of war is (hi - c_A)/(2 hi)",
        quantity(RISK, war.subs(lo, 0), (hi - c_A) / (2 * hi), on=sp.Eq(lo, 0)),
        SOURCE,
    ),
    derived(
        "In general it is (hi - c_A - 2 lo)/(2 (hi - lo))", quantity(RISK, war, (hi - c_A - 2 * lo) / (2 * (hi - lo)))
    ),
    derived("War is less likely the more it costs A", sign_of(war, c_A, "decreasing", RISK)),
    derived("War is more likely the greater B's cost may be: A asks for more", sign_of(war, hi, "increasing", RISK)),
    derived("Power alone does not matter for the risk of war", sign_of(war, p, "constant", RISK)),
    derived("Some division is better for both than any war: p - c_A < p + lo", holds(p - c_A < p + lo)),
    folklore("War never happens where both would rather share", quantity(RISK, war, 0)),
    folklore("The more a war may cost B, the less likely it is", sign_of(war, hi, "decreasing", RISK)),
    folklore("A demands no more than its chance in war", quantity(SAFE, x, p)),
)

model = dt.Model(
    title="Demand under uniform costs",
    game=game,
    citation="Fearon, Rationalist Explanations for War, International Organization 49 (1995); war payoffs with costs",
    strand="The crisis canon",
    row=15,
    question="How much does a state demand when it does not know what a war would cost the other?",
    picture=("c_A", "hi"),
    sweep={"c_A": ("1/100", "2/5", 40), "hi": ("1/20", "1/2", 37)},
    story=(
        "A demands a share of what is disputed; B accepts, or fights a war that costs both. A does not know how much a "
        "war would cost B. A greater demand brings more if it is accepted, and is more often refused."
    ),
    names={RISK: {x: "interior"}, SAFE: {x: "low"}},
    claims=CLAIMS,
)
