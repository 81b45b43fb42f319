"""War is least likely where shares match power: the reasoning is Powell's (1996, 1999), the formulas are ours."""

import sympy as sp

import deterrence as dt
from deterrence.claims import always_exists, derived, exists_iff, folklore, holds, quantity, sign_of

P = dt.Parameters()
q = P.probability("q", description="the Dissatisfied's share of the status quo", sample="1/5")
p = P.probability("p", description="probability that the Dissatisfied wins a war", sample="3/5")
lo, hi = P.ordered(
    "0 <= lo < hi", descriptions=["the Dissatisfied's least cost of war", "its greatest"], samples=[0, "1/2"]
)
s = P.positive("s", description="the Satisfied's cost of war", sample="1/10")
P.assume(q < p - lo, p - q <= hi)  # the most resolute would fight for more; not all would
x = sp.Symbol("x", real=True)  # what is offered to the Dissatisfied
war = (p - x - lo) / (hi - lo)  # it fights if its cost is less than p - x

game = dt.ContinuousGame(
    "Shares and power",
    parameters=P,
    levels={"Satisfied": {x: (q, p - lo)}},
    payoffs={"Satisfied": (1 - war) * (1 - x) + war * (1 - p - s)},
)

NOTHING, SOME, ALL = "No concession", "Some concession", "Full appeasement"
CLAIMS = (
    derived(
        "The Satisfied concedes nothing if and only if q >= p - (hi - s)/2", exists_iff(NOTHING, q >= p - (hi - s) / 2)
    ),
    derived("It appeases fully if and only if war costs it much: s >= hi - 2 lo", exists_iff(ALL, s >= hi - 2 * lo)),
    derived("In between it offers p - (hi - s)/2", quantity(SOME, x, p - (hi - s) / 2)),
    derived("There is always a best offer", always_exists()),
    derived(
        "Without concessions war has probability (p - q - lo)/(hi - lo)",
        quantity(NOTHING, war, (p - q - lo) / (hi - lo)),
    ),
    derived(
        "With some it is (hi - s - 2 lo)/(2 (hi - lo)), whatever the shares",
        quantity(SOME, war, (hi - s - 2 * lo) / (2 * (hi - lo))),
    ),
    derived("Full appeasement keeps the peace", quantity(ALL, war, 0)),
    derived(
        "Without concessions war is likelier the further power runs ahead of shares",
        sign_of(war, p, "increasing", NOTHING),
    ),
    derived(
        "and less likely the better the status quo serves the Dissatisfied", sign_of(war, q, "decreasing", NOTHING)
    ),
    derived(
        "Where some is conceded the balance of power leaves the risk of war as it is", sign_of(war, p, "constant", SOME)
    ),
    derived(
        "The risk of no concession is never more than that of some",
        holds(2 * (p - q - lo) <= hi - s - 2 * lo, on=q >= p - (hi - s) / 2),
    ),
    folklore("Equal power keeps the peace", quantity(NOTHING, war, 0, on=sp.Eq(p, sp.Rational(1, 2)))),
    folklore("Concessions prevent war", quantity(SOME, war, 0)),
    folklore("The more powerful the Dissatisfied, the likelier war", sign_of(war, p, "increasing", SOME)),
)

model = dt.Model(
    title="Shares and power",
    game=game,
    citation="Powell, In the Shadow of Power (1999), ch. 3; Powell, World Politics 48 (1996): abstract; formulas ours",
    strand="Balance of power",
    row=6,
    question="When does a satisfied state concede, and how likely is war?",
    picture=("q", "p"),
    sweep={"q": ("1/100", "3/5", 60), "s": ("1/100", "3/5", 60)},
    story=(
        "A satisfied state may concede a part of the status quo to a dissatisfied one, which accepts or fights. How "
        "much a war would cost the dissatisfied state is its own knowledge."
    ),
    names={NOTHING: {x: "low"}, SOME: {x: "interior"}, ALL: {x: "high"}},
    claims=CLAIMS,
)
