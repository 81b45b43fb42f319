"""The cheapest mix of denial and punishment that deters: the question is verbal (Glenn Snyder 1961), the game is ours.

With constant returns one instrument is enough, see deterrence under a budget; here every further unit is dearer.
"""

import sympy as sp

import deterrence as dt
from deterrence.claims import always_exists, derived, earns, exists_iff, folklore, holds, quantity, sign_of

P = dt.Parameters()
V = P.positive("V", description="Challenger: value of the prize", sample=10)
c = P.positive("c", description="Challenger: cost of fighting", sample=2)
s = P.probability("s", description="success of an attack without denial", sample="4/5")
r = P.probability("r", description="credibility: probability that the punishment is carried out", sample="1/2")
alpha, beta = P.positive(
    "alpha beta",
    descriptions=["how fast denial grows dearer", "how fast punishment grows dearer"],
    samples=[40, 1],
)
P.assume(s * V > c)
d = sp.Symbol("d", real=True)  # denial: by how much the success of an attack is lowered

need = s * V - c  # worth of an attack on a Defender that has prepared nothing
k = (need - V * d) / r  # punishment that deters together with denial d
spent = (alpha * d**2 + beta * k**2) / 2

game = dt.ContinuousGame(
    "Cheapest mix", parameters=P, levels={"Defender": {d: (0, need / V)}}, payoffs={"Defender": -spent}
)

MIX = "Mix"
both = beta * V**2 + alpha * r**2
cost = need**2 * alpha * beta / (2 * both)
by_denial, by_punishment = alpha * (need / V) ** 2 / 2, beta * (need / r) ** 2 / 2  # what either alone would cost

CLAIMS = (
    derived("With concave returns both are always used, however dear either is", exists_iff(MIX, True)),
    derived("There is always a cheapest mix", always_exists()),
    derived("Denial is beta V (s V - c)/(beta V^2 + alpha r^2)", quantity(MIX, d, beta * V * need / both)),
    derived("Punishment is alpha r (s V - c)/(beta V^2 + alpha r^2)", quantity(MIX, k, alpha * r * need / both)),
    derived(
        "The least budget that deters is alpha beta (s V - c)^2/(2 (beta V^2 + alpha r^2))",
        quantity(MIX, earns("Defender"), -cost),
    ),
    derived(
        "The mix is cheaper than either alone, as two resistors in parallel: 1/cost is the sum of theirs",
        holds(sp.Eq(1 / cost, 1 / by_denial + 1 / by_punishment)),
    ),
    derived(
        "What is spent on denial is to what is spent on punishment as beta V^2 to alpha r^2",
        quantity(MIX, alpha * d**2 / (beta * k**2), beta * V**2 / (alpha * r**2)),
    ),
    derived("More credible punishment replaces denial", sign_of(d, r, "decreasing", MIX)),
    derived("and makes deterrence cheaper", sign_of(spent, r, "decreasing", MIX)),
    derived("The dearer fighting is of itself, the less denial is needed", sign_of(d, c, "decreasing", MIX)),
    derived("and the less deterrence costs", sign_of(spent, c, "decreasing", MIX)),
    derived(
        "More credible punishment is prepared more exactly up to alpha r^2 = beta V^2",
        holds(sp.Equivalent(sp.diff(alpha * r * need / both, r) >= 0, alpha * r**2 <= beta * V**2)),
    ),
    folklore("The more credible punishment is, the more of it is prepared", sign_of(k, r, "increasing", MIX)),
    folklore(
        "Denial that is dearer than punishment is not used",
        quantity(MIX, d, 0, on=by_denial > by_punishment),
    ),
    folklore(
        "The cheaper instrument alone is the cheapest deterrent", holds(cost >= by_denial, on=by_denial < by_punishment)
    ),
)

model = dt.Model(
    title="Cheapest mix",
    game=game,
    citation="G. Snyder, Deterrence and Defense (1961): verbal; formalisation ours",
    strand="Deterrence",
    row=1,
    question="How are denial and punishment mixed most cheaply, if every further unit of either is dearer?",
    picture=("r", "alpha"),
    sweep={"c": ("1/4", 7, 28), "r": (0, 1, 41)},
    story=(
        "A defender wants to make an attack not worth while, s*V - c - r*k <= 0, as cheaply as it can: by denial, "
        "which lowers s, and by punishment k. The first units of either are cheap and further ones dearer."
    ),
    names={MIX: {d: "interior"}},
    claims=CLAIMS,
)
