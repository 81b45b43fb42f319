"""Chicken and critical risk: the game is folklore (Schelling 1960; Snyder and Diesing 1977); conditions are ours."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    derived,
    exists_iff,
    folklore,
    holds,
    in_equilibrium,
    never_occurs,
    outcome_probability,
    plays,
    recalled,
    sign_of,
    threshold,
)

P = dt.Parameters()
W_P, W_S, W_R, W_T = P.ordered(
    "P < S < R < T",
    descriptions=["disaster: both dare", "submission: swerving alone", "both swerve", "win: daring alone"],
    samples=[0, 1, 2, 4],
)

game = dt.StrategicGame(
    "Chicken",
    parameters=P,
    actions={"Row": ["swerve", "dare"], "Column": ["swerve", "dare"]},
    payoffs={
        "swerve": {"swerve": (W_R, W_R), "dare": (W_S, W_T)},
        "dare": {"swerve": (W_T, W_S), "dare": (W_P, W_P)},
    },
)

ROW, COLUMN = ("Row", "choice"), ("Column", "choice")
dare = (W_T - W_R) / (W_T - W_R + W_S - W_P)  # how often both dare in the mixed equilibrium
critical = (W_T - W_S) / (W_T - W_P)  # the greatest risk of disaster worth running to win rather than submit
x, y = sp.symbols("x y", real=True)

CLAIMS = (
    recalled(
        "In the mixed equilibrium each dares with probability (T - R)/(T - R + S - P)",
        in_equilibrium("Both gamble", sp.Eq(x, dare), {x: plays(ROW, "dare")}),
        "textbook; derived again",
    ),
    derived("The gamble exists everywhere beside them", exists_iff("Both gamble", True)),
    recalled("Row may win everywhere", exists_iff("Row wins", True), "textbook; derived again"),
    recalled("And so may Column", exists_iff("Column wins", True), "textbook; derived again"),
    derived(
        "How often each dares in the gamble lies between two critical risks: the one worth running rather than "
        "compromise, (T - R)/(T - P), and the one worth running rather than submit",
        holds(sp.And(dare > (W_T - W_R) / (W_T - W_P), dare < critical)),
    ),
    recalled(
        "The risk (T - S)/(T - P) leaves a side indifferent between standing firm and submitting",
        threshold(critical * W_P + (1 - critical) * W_T, W_S),
        "Ellsberg 1959; Snyder and Diesing 1977; derived again",
    ),
    derived(
        "Disaster has probability dare^2 in the gamble",
        outcome_probability("Both gamble", "dare, dare", dare**2),
    ),
    derived(
        "Disaster is less likely the worse it is",
        sign_of("dare, dare", W_P, "increasing", "Both gamble"),
    ),
    derived(
        "Disaster is more likely as submission hurts more",
        sign_of("dare, dare", W_S, "decreasing", "Both gamble"),
    ),
    derived(
        "The gamble pays less than both swerving",
        holds(dare * W_S + (1 - dare) * W_R < W_R),
    ),
    folklore("Disaster never happens", never_occurs("dare, dare")),
    folklore("The worse disaster is, the more likely it is", sign_of("dare, dare", W_P, "decreasing", "Both gamble")),
    folklore(
        "Who gambles dares half the time",
        in_equilibrium("Both gamble", sp.Eq(y, sp.Rational(1, 2)), {y: plays(COLUMN, "dare")}),
    ),
    folklore("In the gamble disaster is the least likely of the four outcomes", holds(dare <= 1 - dare)),
)

model = dt.Model(
    title="Chicken",
    game=game,
    citation="Schelling, The Strategy of Conflict (1960); Snyder and Diesing, Conflict among Nations (1977)",
    strand="The crisis canon",
    row=15,
    question="Who swerves, and how much risk of disaster does each side bear?",
    picture=("P", "S"),
    sweep={"P": (-4, "9/10", 50)},
    story=(
        "Two sides race towards each other. Daring against one that swerves wins; if both dare, there is disaster, "
        "which each would avoid even by submitting."
    ),
    names={
        "Row wins": {ROW: "dare", COLUMN: "swerve"},
        "Column wins": {ROW: "swerve", COLUMN: "dare"},
        "Both gamble": {ROW: ("swerve", "dare"), COLUMN: ("swerve", "dare")},
    },
    claims=CLAIMS,
)
