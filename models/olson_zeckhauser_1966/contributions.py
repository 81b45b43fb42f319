"""Two allies contribute to a common defence: the theory of Olson and Zeckhauser, with Cobb-Douglas tastes."""

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
    recalled,
    sign_of,
    unique_iff,
)

P = dt.Parameters()
alpha = P.probability("alpha", description="weight of the common defence in the allies' tastes", sample="1/2")
w_2, w_1 = P.ordered(
    "0 < w_2 < w_1", descriptions=["wealth of the smaller ally", "wealth of the greater ally"], samples=[2, 3]
)
q_1, q_2 = sp.symbols("q_1 q_2", real=True)


def utility(own: sp.Expr, wealth: sp.Expr) -> sp.Expr:
    """The logarithm of ``(w - q)**(1 - alpha) * (q_1 + q_2)**alpha``."""
    return (1 - alpha) * sp.log(wealth - own) + alpha * sp.log(q_1 + q_2)


game = dt.ContinuousGame(
    "Contributions",
    parameters=P,
    levels={"Great": {q_1: (0, w_1)}, "Small": {q_2: (0, w_2)}},
    payoffs={"Great": utility(q_1, w_1), "Small": utility(q_2, w_2)},
)

BOTH, ALONE = "Both contribute", "The great alone"
W = w_1 + w_2
Q = alpha * W / (2 - alpha)  # what two contributors give together
spared = (1 - alpha) * W / (2 - alpha)  # what each of them keeps
SOURCE = "Olson and Zeckhauser 1966, from memory; derived again"

CLAIMS = (
    recalled(
        "Both contribute if and only if the smaller ally is not too small: w_2 > (1 - alpha) w_1",
        exists_iff(BOTH, w_2 > (1 - alpha) * w_1),
        SOURCE,
    ),
    derived("Otherwise the greater ally bears the whole defence", exists_iff(ALONE, w_2 <= (1 - alpha) * w_1)),
    derived("There is always an equilibrium", always_exists()),
    derived("and only one", unique_iff(BOTH, w_2 > (1 - alpha) * w_1)),
    recalled("Each contributor keeps the same, whatever its wealth", quantity(BOTH, w_1 - q_1, spared), SOURCE),
    recalled("so does the smaller", quantity(BOTH, w_2 - q_2, spared), SOURCE),
    recalled(
        "The great are exploited by the small: the greater ally gives the greater share of its wealth",
        in_equilibrium(BOTH, q_1 / w_1 > q_2 / w_2, {q_1: q_1, q_2: q_2}),
        SOURCE,
    ),
    derived(
        "What the great give for each unit of the small is (w_1 - (1 - alpha) w_2)/(w_2 - (1 - alpha) w_1)",
        quantity(BOTH, q_1 / q_2, (w_1 - (1 - alpha) * w_2) / (w_2 - (1 - alpha) * w_1)),
    ),
    recalled(
        "Neutrality: the common defence depends on the wealth of both together, not on who has it",
        quantity(BOTH, q_1 + q_2, Q),
        "Warr 1983, from memory; derived again",
    ),
    derived(
        "The defence is sub-optimal: 1/(2 - alpha) of the efficient alpha (w_1 + w_2)",
        quantity(BOTH, (q_1 + q_2) / (alpha * W), 1 / (2 - alpha)),
    ),
    derived(
        "An ally's contribution falls as the other grows richer",
        sign_of(q_1, w_2, "decreasing", BOTH),
    ),
    derived("The great alone gives the fraction alpha of its wealth", quantity(ALONE, q_1, alpha * w_1)),
    folklore("Each gives the same fraction of its wealth", quantity(BOTH, q_1 / w_1, Q / W)),
    folklore(
        "Wealth handed from the small to the great never changes the common defence",
        holds(sp.Eq(alpha * w_1, Q), on=w_2 <= (1 - alpha) * w_1),
    ),
    folklore("Both allies contribute whatever their wealth", exists_iff(BOTH, True)),
)

model = dt.Model(
    title="Contributions to a common defence",
    game=game,
    citation="Olson and Zeckhauser, Review of Economics and Statistics 48 (1966) 266-279",
    strand="Burden sharing",
    row=14,
    question="Who pays for a common defence, and how much of it is there?",
    picture=("alpha", "w_2"),
    sweep={"alpha": (0, 1, 41), "w_2": ("1/10", "29/10", 29)},
    story=(
        "Two allies divide their wealth between their own use and a defence that protects both. What one contributes "
        "serves the other as well, so that each would rather leave it to the other."
    ),
    names={BOTH: {q_1: "interior", q_2: "interior"}, ALONE: {q_1: "interior", q_2: "low"}},
    claims=CLAIMS,
)
