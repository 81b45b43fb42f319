"""Any number of states and one threat: Diekmann's Volunteer's Dilemma, read as buck-passing."""

import sympy as sp

import deterrence as dt
from deterrence.claims import derived, folklore, outcome_probability, plays, quantity, recalled

P = dt.Parameters()
c, b = P.ordered(
    "0 < c < b", descriptions=["cost of balancing alone", "what balancing saves, for every state"], samples=[1, 4]
)
n = P.real("n", description="number of states, a whole number", sample=3)
P.assume(n >= 2)


def payoff(own: str, others: dict) -> sp.Expr:
    """All are saved if one balances; who balances pays."""
    if own == "balance":
        return b - c
    return sp.Piecewise((0, sp.Eq(others["balance"], 0)), (b, True))


game = dt.SymmetricGame("Volunteers", parameters=P, players=n, actions=["balance", "pass"], payoff=payoff)
MIX, EACH = "All mix", "n players mixing"
ratio = c / b
SOURCE = "Diekmann 1985, from memory; derived again"

CLAIMS = (
    recalled(
        "Each of n states balances with probability 1 - (c/b)^(1/(n-1))",
        quantity(MIX, plays(EACH, "balance"), 1 - ratio ** (1 / (n - 1))),
        SOURCE,
    ),
    recalled(
        "Nobody balances with probability (c/b)^(n/(n-1)), which tends to c/b as the states grow many",
        outcome_probability(MIX, "nobody: balance", ratio ** (n / (n - 1))),
        SOURCE,
    ),
    derived(
        "That nobody passes has probability (1 - (c/b)^(1/(n-1)))^n",
        outcome_probability(MIX, "nobody: pass", (1 - ratio ** (1 / (n - 1))) ** n),
    ),
    folklore(
        "Each state balances with the probability that two would: 1 - c/b",
        quantity(MIX, plays(EACH, "balance"), 1 - ratio),
    ),
    folklore("Many states are as sure to be balanced for as one", outcome_probability(MIX, "nobody: balance", 0)),
)

model = dt.Model(
    title="Volunteers",
    game=game,
    citation="Diekmann, Volunteer's Dilemma, Journal of Conflict Resolution 29 (1985) 605-610; reading ours",
    strand="Chain-ganging and buck-passing",
    row=9,
    question="How likely is it that nobody balances, and how does that depend on the number of states?",
    picture=("c", "b"),
    sweep={"c": ("1/10", 3, 30)},
    story=(
        "One threat, and any number of states that could balance it. One that balances saves all, and pays alone: "
        "each would rather pass the buck to the others."
    ),
    names={MIX: {"mixing": "all"}},
    claims=CLAIMS,
)
