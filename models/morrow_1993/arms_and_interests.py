"""Arms cost domestic resources, alliances cost interests: Morrow's contrast, with payoffs of our own."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    exists_iff,
    folklore,
    holds,
    in_equilibrium,
    quantity,
    sign_of,
)

P = dt.Parameters()
sigma, iota, kappa = P.positive(
    "sigma iota kappa",
    descriptions=["weight of security", "weight of interests kept", "weight of wealth kept: political cost of arms"],
    samples=[2, 1, 1],
)
theta = P.positive("theta", description="security that an ally gives for one unit of interests", sample=1)
W, Y = P.positive("W Y", descriptions=["domestic resources", "interests that can be given up"], samples=[4, 4])
a, l = sp.symbols("a l", real=True)  # noqa: E741 - arms and concessions to an ally

game = dt.ContinuousGame(
    "Arms and interests",
    parameters=P,
    levels={"State": {a: (0, W), l: (0, Y)}},
    payoffs={"State": sigma * sp.log(a + theta * l) + iota * sp.log(Y - l) + kappa * sp.log(W - a)},
)

MIX, ARMS, ALLIES = "Arms and allies", "Arms alone", "Allies alone"
unit = (W + theta * Y) / (sigma + iota + kappa)

CLAIMS = (
    derived(
        "The costlier arms are at home, the more a state relies on allies",
        sign_of(l, kappa, "increasing", MIX),
    ),
    derived("Arms are W - kappa (W + theta Y)/(sigma + iota + kappa)", quantity(MIX, a, W - kappa * unit)),
    derived(
        "Concessions are Y - iota (W + theta Y)/(theta (sigma + iota + kappa))",
        quantity(MIX, l, Y - iota * unit / theta),
    ),
    derived("Security is sigma (W + theta Y)/(sigma + iota + kappa)", quantity(MIX, a + theta * l, sigma * unit)),
    derived(
        "A state uses both exactly where neither is too dear: kappa unit < W and iota unit < theta Y",
        exists_iff(MIX, sp.And(kappa * unit <= W, iota * unit <= theta * Y)),
    ),
    derived("It relies on allies alone where arms are too dear", exists_iff(ALLIES, kappa * unit >= W)),
    derived("and on arms alone where interests are too dear", exists_iff(ARMS, iota * unit >= theta * Y)),
    derived("One of the three is always the best", always_exists()),
    derived("Richer states make fewer concessions to allies", sign_of(l, W, "decreasing", MIX)),
    derived("Richer states are more secure, and pay for it with arms", sign_of(a, W, "increasing", MIX)),
    derived(
        "Arms and allies are substitutes: more interests to give up mean fewer arms", sign_of(a, Y, "decreasing", MIX)
    ),
    derived("Allies that give more security for the same price mean fewer arms", sign_of(a, theta, "decreasing", MIX)),
    derived(
        "Where both are used, the price of one unit of security is the same by either way",
        in_equilibrium(MIX, sp.Eq(iota / (theta * (Y - l)), kappa / (W - a)), {a: a, l: l}),
    ),
    folklore("A state that can buy arms needs no allies", exists_iff(MIX, False)),
    folklore("More wealth means more of both, arms and allies", sign_of(l, W, "increasing", MIX)),
    folklore(
        "A state without political costs of arms relies on arms alone", holds(iota * unit >= theta * Y, on=kappa < 1)
    ),
)

model = dt.Model(
    title="Arms and interests",
    game=game,
    citation="Morrow, Arms versus Allies, International Organization 47 (1993) 207-233: verbal; payoffs ours",
    strand="Arms versus allies",
    row=11,
    question="How does a state divide its security between arms and allies?",
    picture=("kappa", "iota"),
    sweep={"kappa": ("1/10", 6, 60), "iota": ("1/10", 6, 60)},
    story=(
        "A state buys security with arms, which cost resources at home, and with concessions to an ally, which cost "
        "interests abroad. It chooses how much of each."
    ),
    names={
        MIX: {a: "interior", l: "interior"},
        ARMS: {a: "interior", l: "low"},
        ALLIES: {a: "low", l: "interior"},
    },
    claims=CLAIMS,
)
