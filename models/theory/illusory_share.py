"""The share of peace that is deterrence, with gains on a continuum: verbal (Lebow and Stein), formalisation ours."""

import sympy as sp

import deterrence as dt
from deterrence.claims import always_exists, derived, exists_iff, folklore, holds, in_equilibrium, quantity, sign_of

P = dt.Parameters()
s = P.probability("s", description="Challenger: value of the status quo", sample="3/5")
R = P.probability("R", description="Defender: resolve, the probability that it answers", sample="1/2")
k = P.positive("k", description="Challenger: harm done by the answer", sample="2/5")
x = sp.Symbol("x", real=True)  # the gain from which the Challenger attacks; gains are even on [0, 1]

game = dt.ContinuousGame(
    "Share of deterrence",
    parameters=P,
    levels={"Challenger": {x: (0, 1)}},
    payoffs={"Challenger": (1 - x**2) / 2 - R * k * (1 - x) + s * x},
)

SOME, FULL = "Some attack", "Nobody attacks"
share = (x - s) / x  # of the x who keep the peace, s would do so without any threat

CLAIMS = (
    derived("Some attack if and only if s + R k <= 1", exists_iff(SOME, s + R * k <= 1)),
    derived("Nobody attacks if and only if s + R k >= 1", exists_iff(FULL, s + R * k >= 1)),
    derived("There is always a best rule", always_exists()),
    derived("Peace is kept with probability s + R k", quantity(SOME, x, s + R * k)),
    derived("Of this the share R k/(s + R k) is deterrence", quantity(SOME, share, R * k / (s + R * k))),
    derived("Where nobody attacks the share is 1 - s, however great the threat", quantity(FULL, share, 1 - s)),
    derived("More resolve means that more of the peace is deterrence", sign_of(share, R, "increasing", SOME)),
    derived("A better status quo means more peace", sign_of(x, s, "increasing", SOME)),
    derived("of which less is deterrence", sign_of(share, s, "decreasing", SOME)),
    derived(
        "Not identified: peace depends on content and threat only by their sum",
        holds(sp.Eq(sp.diff(s + R * k, s) * k, sp.diff(s + R * k, R))),
    ),
    derived(
        "Peace counted as success overstates deterrence: of those who want to attack fewer are deterred",
        in_equilibrium(SOME, x >= (x - s) / (1 - s), {x: x}),
    ),
    derived(
        "A threat so great that it deters all is no more deterrence than one that just does",
        sign_of(share, k, "constant", FULL),
    ),
    folklore("Much peace means that most of it is deterrence", quantity(SOME, share, s + R * k)),
    folklore("Less of the peace is deterrence than there is peace", in_equilibrium(SOME, share <= x, {x: x})),
    folklore("Where nobody attacks, peace is deterrence", quantity(FULL, share, 1)),
    folklore("The more peace, the more of it is deterrence", sign_of(share, s, "increasing", SOME)),
)

model = dt.Model(
    title="Share of deterrence",
    game=game,
    citation="Lebow and Stein, JSI 43 (1987); World Politics 42 (1990): verbal; formalisation ours",
    strand="Illusory deterrence",
    row=3,
    question="How much of the peace is deterrence, if gains from attack are spread evenly?",
    picture=("s", "R"),
    sweep={"k": ("1/20", 1, 20), "R": (0, 1, 41)},
    story=(
        "What a challenger would gain by an attack differs from crisis to crisis. It attacks where the gain exceeds "
        "the value of the status quo and the harm to be expected. Without the threat it would still keep the peace "
        "where the gain is less than the status quo: that part of the peace is no deterrence."
    ),
    names={SOME: {x: "interior"}, FULL: {x: "high"}},
    claims=CLAIMS,
)
