"""Trust in the security dilemma: after Jervis (1978) and Kydd (2005), whose normalisation we have not seen."""

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
    recalled,
    sign_of,
    threshold,
    unique_iff,
)
from deterrence.games import Node

P = dt.Parameters()
W_S, W_P, W_T, W_R = P.ordered(
    "S < P < T < R",
    descriptions=[
        "cooperating alone",
        "both arm",
        "arming alone, for a Trustworthy state",
        "both cooperate",
    ],
    samples=[1, 2, 3, 4],
)
g = P.positive("g", description="what a Greedy state gains over R by arming alone", sample=1)
t = P.probability("t", description="trust: probability that the other is Trustworthy", sample="2/3")


def end(row: str, column: str, first: sp.Expr, second: sp.Expr, greedy: tuple[int, int]) -> Node:
    """What two choices lead to; a Greedy state that arms alone has R + g."""
    pairs = zip((first, second), greedy, strict=True)
    tempted = [dt.by_type(Trustworthy=u, Greedy=W_R + g) if alone else u for u, alone in pairs]
    return dt.outcome(f"{row}, {column}", A=tempted[0], B=tempted[1])


game = dt.ExtensiveGame(
    "Trust",
    parameters=P,
    players={s: dt.types(Trustworthy=t, Greedy=1 - t) for s in ("A", "B")},
    tree=dt.move(
        "A",
        "choose",
        cooperate=dt.move(
            "B",
            "choose",
            cooperate=end("cooperate", "cooperate", W_R, W_R, (0, 0)),
            arm=end("cooperate", "arm", W_S, W_T, (0, 1)),
        ),
        arm=dt.move(
            "B",
            "choose",
            cooperate=end("arm", "cooperate", W_T, W_S, (1, 0)),
            arm=end("arm", "arm", W_P, W_P, (0, 0)),
        ),
    ),
)

A, A_GREEDY, B = ("A", "Trustworthy", "choose"), ("A", "Greedy", "choose"), ("B", "Trustworthy", "choose")
p_star = (W_P - W_S) / ((W_R - W_T) + (W_P - W_S))  # how likely cooperation must be to be worth a try
x = sp.Symbol("x", real=True)
CITED = "Jervis, World Politics 30 (1978); Kydd, Trust and Mistrust (2005); derived again"

CLAIMS = (
    recalled(
        "The Trustworthy cooperate in some equilibrium if and only if t >= p_star",
        exists_iff("Trust", t >= p_star),
        CITED,
    ),
    recalled("Mutual arming is an equilibrium everywhere", exists_iff("Spiral", True), CITED),
    derived("Fear without greed: mutual arming is alone if and only if t <= p_star", unique_iff("Spiral", t <= p_star)),
    recalled(
        "Cooperation risk-dominates in the stag hunt, p_star < 1/2, if and only if R - T > P - S",
        threshold(p_star - sp.Rational(1, 2), ((W_P - W_S) - (W_R - W_T)) / (2 * (W_R - W_T + W_P - W_S))),
        "textbook; derived again",
    ),
    derived(
        "In Half trust the Trustworthy cooperate with probability p_star/t",
        in_equilibrium("Half trust", sp.Eq(x, p_star / t), {x: plays(A, "cooperate")}),
    ),
    derived(
        "In Half trust, more trust does not make cooperation more likely",
        sign_of("cooperate, cooperate", t, "constant", "Half trust"),
    ),
    derived("Both cooperate with probability t^2 in Trust", outcome_probability("Trust", "cooperate, cooperate", t**2)),
    derived(
        "Even in Trust each side cooperates alone with probability t(1 - t)",
        outcome_probability("Trust", "cooperate, arm", t * (1 - t)),
    ),
    derived(
        "The more it hurts to cooperate alone, the more trust is needed: p_star falls as S rises",
        threshold(sp.diff(p_star, W_S), -(W_R - W_T) / (W_R - W_T + W_P - W_S) ** 2),
    ),
    derived("Some equilibrium always exists", always_exists()),
    folklore("With enough trust both never arm", never_occurs("arm, arm", on=t > p_star)),
    folklore(
        "Enough trust makes cooperation certain: nobody is left in the spiral where t > p_star",
        exists_iff("Spiral", t <= p_star),
    ),
    folklore("A majority of Trustworthy states is enough trust", exists_iff("Trust", t >= sp.Rational(1, 2))),
)

model = dt.Model(
    title="Trust and the security dilemma",
    game=game,
    citation="Jervis, World Politics 30 (1978); Kydd, Trust and Mistrust in International Relations (2005)",
    strand="Insecurity and insurance",
    row=4,
    question="How much trust does it take for states in a security dilemma to cooperate?",
    picture=("t", "P"),
    sweep={"g": ("1/4", 4, 16), "t": (0, 1, 41)},
    story=(
        "Two states choose at the same time to cooperate or to arm. A Trustworthy state would rather cooperate if the "
        "other does, but to cooperate alone is worst; a Greedy state arms whatever the other does. Neither knows what "
        "the other is."
    ),
    names={
        "Trust": {A: "cooperate", B: "cooperate", A_GREEDY: "arm"},
        "Spiral": {A: "arm", B: "arm", A_GREEDY: "arm"},
        "Half trust": {A: ("cooperate", "arm"), B: ("cooperate", "arm")},
    },
    claims=CLAIMS,
)
