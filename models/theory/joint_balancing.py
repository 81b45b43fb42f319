"""Two of three states are needed to balance: a threshold public good; the game is folklore, conditions are ours."""

import deterrence as dt
from deterrence.claims import always_exists, derived, exists_iff, folklore, plays, quantity, sign_of

P = dt.Parameters()
c, b = P.ordered("0 < c < b", descriptions=["cost of joining", "what balancing saves, for every state"], samples=[1, 4])


def payoff(own: str, others: dict[str, int]) -> object:
    """All are saved if two join; who joins pays, also in vain."""
    joined = others["join"] + (own == "join")
    return (b if joined >= 2 else 0) - (c if own == "join" else 0)


game = dt.SymmetricGame("Joint balancing", parameters=P, players=3, actions=["join", "stay out"], payoff=payoff)
TWO, NONE, ALL, SURE, FREE = "Two join", "Nobody joins", "All mix", "One is sure to join", "One stays out"

CLAIMS = (
    derived("Two of three join, whatever the cost", exists_iff(TWO, True)),
    derived("Nobody joins, whatever the cost: alone each would pay in vain", exists_iff(NONE, True)),
    derived("All mix if and only if joining costs less than half of what it saves", exists_iff(ALL, b >= 2 * c)),
    derived(
        "If one is sure to join the others join with probability 1 - c/b",
        quantity(SURE, plays("2 players mixing", "join"), 1 - c / b),
    ),
    derived(
        "If one stays out the others join the more often the more it costs: c/b",
        quantity(FREE, plays("2 players mixing", "join"), c / b),
    ),
    derived("There is always an equilibrium without mixtures", always_exists(TWO)),
    folklore("Three states that can balance will", exists_iff(NONE, False)),
    folklore("States mix whether to join wherever joining pays", exists_iff(ALL, True)),
    folklore(
        "As for a lone volunteer, a higher cost makes those who mix less willing",
        sign_of(plays("2 players mixing", "join"), c, "decreasing", FREE),
    ),
)

model = dt.Model(
    title="Joint balancing",
    game=game,
    citation="Palfrey and Rosenthal, Journal of Public Economics 24 (1984), for such games; this one is ours",
    strand="Chain-ganging and buck-passing",
    row=9,
    question="When two of three states are needed, who joins?",
    picture=("c", "b"),
    sweep={"c": ("1/10", "39/10", 39)},
    story=(
        "Two of three states can stop a threat together, one cannot. Each joins at a cost or stays out. Unlike a lone "
        "volunteer, who joins alone has paid in vain: states may fail out of distrust as well as by passing the buck."
    ),
    names={
        TWO: {"join": 2, "mixing": 0},
        NONE: {"stay out": 3},
        ALL: {"mixing": 3},
        SURE: {"mixing": 2, "join": 1},
        FREE: {"mixing": 2, "stay out": 1},
    },
    claims=CLAIMS,
)
