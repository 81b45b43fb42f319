"""Three states and one threat: who balances; the game is Diekmann's, its reading as buck-passing is ours.

Sources: Diekmann, Volunteer's Dilemma, Journal of Conflict Resolution 29 (1985); Christensen and Snyder, Chain
Gangs and Passed Bucks, International Organization 44 (1990) 137-168.
"""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    folklore,
    in_equilibrium,
    never_occurs,
    outcome_probability,
    plays,
    recalled,
    sign_of,
)

P = dt.Parameters()
r = P.probability("r", description="root of the cost of balancing, as a share of what balancing saves", sample="1/2")
STATES = ("First", "Second", "Third")


def cell(*profile: str) -> tuple[sp.Expr, ...]:
    """All are saved if one balances; who balances pays."""
    saved = sp.Integer(int("balance" in profile))
    return tuple(saved - (r**2 if own == "balance" else 0) for own in profile)


game = dt.StrategicGame("Buck-passing", parameters=P, actions={s: ["balance", "pass"] for s in STATES}, payoffs=cell)
FIRST, SECOND, THIRD = ((state, "choice") for state in STATES)
MIX = ("balance", "pass")
ONE = ("First balances", "Second balances", "Third balances")
PAIRS = ("First out", "Second out", "Third out")
x, y = sp.symbols("x y", real=True)  # the Second passes, the Third passes
DIEKMANN = "Diekmann (1985), from memory; derived again"

CLAIMS = (
    recalled(
        "Where three states share the dilemma each passes with probability r, the root of the cost-benefit ratio",
        in_equilibrium("Three mix", sp.Eq(x, r), {x: plays(SECOND, "pass")}),
        DIEKMANN,
    ),
    recalled(
        "Where two share it each passes with the probability of the ratio itself, r^2",
        in_equilibrium(
            "First out", sp.And(sp.Eq(x, r**2), sp.Eq(y, r**2)), {x: plays(SECOND, "pass"), y: plays(THIRD, "pass")}
        ),
        DIEKMANN,
    ),
    recalled(
        "Among three nobody balances with probability r^3",
        outcome_probability("Three mix", "pass, pass, pass", r**3),
        DIEKMANN,
    ),
    recalled(
        "Among two, the third standing out, nobody balances with probability r^4",
        outcome_probability(PAIRS, "pass, pass, pass", r**4),
        DIEKMANN,
    ),
    derived(
        "Dearer balancing makes failure likelier wherever the buck may be passed by all who could balance",
        sign_of("pass, pass, pass", r, "increasing", ["Three mix", *PAIRS]),
    ),
    derived(
        "Among two the cost is paid twice with probability (1 - r^2)^2",
        outcome_probability("First out", "pass, balance, balance", (1 - r**2) ** 2),
    ),
    derived(
        "The First may be left with the burden whatever it costs, and so, by symmetry, may any other",
        always_exists("First balances"),
    ),
    derived("Where one state is known to balance nobody else does", never_occurs("balance, balance, balance", ONE)),
    derived("Where one state is known to balance balancing never fails", never_occurs("pass, pass, pass", ONE)),
    derived(
        "Where two share the dilemma the third never adds its weight", never_occurs("balance, balance, balance", PAIRS)
    ),
    folklore(
        "Three who could balance fail to no oftener than two",
        outcome_probability("Three mix", "pass, pass, pass", r**4),
    ),
    folklore("A threat to all is balanced by somebody", never_occurs("pass, pass, pass")),
)

model = dt.Model(
    title="Who Balances: Buck-Passing among Three",
    game=game,
    citation=(
        "Diekmann, Volunteer's Dilemma, JCR 29 (1985); after Christensen and Snyder, Chain Gangs and Passed "
        "Bucks, International Organization 44 (1990) 137-168"
    ),
    strand="Chain-ganging and buck-passing",
    row=9,
    question="How likely is it that all pass the buck, and how does that depend on the cost of balancing?",
    sweep={"r": (0, 1, 101)},
    story=(
        "Three states face one threat. If at least one balances, all are saved, and whoever balances pays. Where two "
        "share the dilemma and the third is known to stand out, the world is bipolar; where three do, it is "
        "multipolar. The cost-benefit ratio is written as the square of r, so that no roots appear. Names are ours."
    ),
    names={
        "First balances": {FIRST: "balance", SECOND: "pass", THIRD: "pass"},
        "Second balances": {FIRST: "pass", SECOND: "balance", THIRD: "pass"},
        "Third balances": {FIRST: "pass", SECOND: "pass", THIRD: "balance"},
        "First out": {FIRST: "pass", SECOND: MIX, THIRD: MIX},
        "Second out": {FIRST: MIX, SECOND: "pass", THIRD: MIX},
        "Third out": {FIRST: MIX, SECOND: MIX, THIRD: "pass"},
        "Three mix": {FIRST: MIX, SECOND: MIX, THIRD: MIX},
    },
    claims=CLAIMS,
)
