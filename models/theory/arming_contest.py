"""How much two states arm when arms decide a contest: offence, defence and stakes; the formulas are ours."""

import sympy as sp

import deterrence as dt
from deterrence.claims import derived, exists_iff, folklore, in_equilibrium, quantity, sign_of
from deterrence.contests import ratio

P = dt.Parameters()
theta = P.positive("theta", description="offence-defence balance: above 1 attack has the advantage", sample=1)
V_A, V_D = P.positive("V_A V_D", descriptions=["the Attacker's stake", "the Defender's stake"], samples=[4, 6])
A, D = sp.symbols("A D", real=True)
wins = ratio(A, D, theta=theta)

game = dt.ContinuousGame(
    "Arming contest",
    parameters=P,
    levels={"Attacker": {A: (0, None)}, "Defender": {D: (0, None)}},
    payoffs={"Attacker": V_A * wins - A, "Defender": V_D * (1 - wins) - D},
)

ARMED = "Both arm"
chance = theta * V_A / (theta * V_A + V_D)

CLAIMS = (
    derived("Both arm, whatever the stakes and the balance of offence and defence", exists_iff(ARMED, True)),
    derived("The attack succeeds with probability theta V_A/(theta V_A + V_D)", quantity(ARMED, wins, chance)),
    derived("The Attacker spends V_A P (1 - P)", quantity(ARMED, A, V_A * chance * (1 - chance))),
    derived("The Defender spends V_D P (1 - P)", quantity(ARMED, D, V_D * chance * (1 - chance))),
    derived("Each arms in proportion to its stake: A/D = V_A/V_D", quantity(ARMED, A / D, V_A / V_D)),
    derived("Offence advantage helps the attack", sign_of(wins, theta, "increasing", ARMED)),
    derived("So does a greater stake of the Attacker", sign_of(wins, V_A, "increasing", ARMED)),
    derived(
        "Arms are most where the contest is even: no pair spends more than a quarter of its stakes",
        in_equilibrium(ARMED, A + D <= (V_A + V_D) / 4, {A: A, D: D}),
    ),
    folklore("Offence advantage makes states arm more", sign_of(A + D, theta, "increasing", ARMED)),
    folklore("Offence advantage makes states arm less", sign_of(A + D, theta, "decreasing", ARMED)),
    folklore(
        "The Defender answers a greater stake of the Attacker with more arms", sign_of(D, V_A, "increasing", ARMED)
    ),
    folklore("Whoever has the advantage arms more", in_equilibrium(ARMED, (A - D) * (theta - 1) >= 0, {A: A, D: D})),
)

model = dt.Model(
    title="Arming contest",
    game=game,
    citation="Jervis, World Politics 30 (1978), for the offence-defence balance; contest in ratio form; formulas ours",
    strand="Posture",
    row=5,
    question="How much do attacker and defender arm, and who gains by offence advantage?",
    picture=("theta", "V_A"),
    sweep={"theta": ("1/10", 5, 50), "V_A": (1, 12, 45)},
    story=(
        "An attacker and a defender each spend on arms. The attack succeeds with a probability that rises with the "
        "ratio of arms, weighted by how much technology favours offence."
    ),
    names={ARMED: {A: "interior", D: "interior"}},
    claims=CLAIMS,
)
