"""Brinkmanship with the risk chosen on a continuum: critical risk as what a solved game chooses; conditions are ours.

Sources: Ellsberg 1959 and Snyder and Diesing 1977 for critical risk; Dixit and Skeath, Games of Strategy, for the game.
"""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    chooses,
    derived,
    earns,
    exists_iff,
    folklore,
    holds,
    never_coexist,
    quantity,
    recalled,
)

P = dt.Parameters()
p = P.probability("p", description="probability that the Opponent is hard-line", sample="1/4")
D, S, W = P.ordered(
    "D < S < W",
    descriptions=["soft Opponent: disaster", "Opponent: submission", "Opponent: to prevail"],
    samples=[-8, -4, 2],
)
h = P.positive("h", description="hard-line Opponent: by how much disaster is better than submission", sample=1)
l, w = P.ordered(  # noqa: E741 - what is lost
    "0 < l < w",
    descriptions=["State: loss if the Opponent prevails", "State: loss from disaster; its gain if it prevails is 1"],
    samples=[2, 10],
)
q = sp.Symbol("q", real=True)  # the risk of disaster that the threat carries if it is defied


def answer(kind: str, disaster: sp.Expr) -> dt.games.Node:
    """The Opponent withdraws or defies, and then risks disaster."""
    return dt.move(
        "Opponent",
        f"{kind} answer",
        withdraw=dt.outcome("Withdrawal", State=1, Opponent=S),
        defy=dt.outcome("Brink", State=-(1 - q) * l - q * w, Opponent=(1 - q) * W + q * disaster),
    )


kinds = dt.chance("kind", hard=(p, answer("hard-line", S + h)), soft=(1 - p, answer("soft", D)))
game = dt.BargainingGame(
    "Chosen risk", parameters=P, players=["State", "Opponent"], tree=dt.offer("State", "risk", q, kinds)
)

THREAT, NONE = "Threat", "No threat"
RISK = ("State", "risk")
critical = (W - S) / (W - D)  # the risk up to which the soft rather defy
bearable = (1 - p) * (1 + l) / (p * (w - l))  # the risk up to which the State rather threatens
CUBA = {D: -8, S: -4, W: 2, l: 2, w: 10}

CLAIMS = (
    recalled(
        "The risk chosen is the soft Opponent's critical risk, (W - S)/(W - D): no less deters, no more is needed",
        quantity(THREAT, chooses("State risk"), critical),
        "Ellsberg 1959; Snyder and Diesing 1977, for the critical risk; derived again",
    ),
    derived(
        "A threat is made if and only if the critical risk is bearable: at most (1 - p)(1 + l)/(p (w - l))",
        exists_iff(THREAT, critical <= bearable),
    ),
    derived("Otherwise no risk is run", exists_iff(NONE, critical >= bearable)),
    derived("One of the two always exists", always_exists(THREAT, NONE)),
    derived("and never both", never_coexist(THREAT, NONE)),
    derived("Without a threat the State loses l", quantity(NONE, earns("State"), -l)),
    derived(
        "With one it has 1 from the soft, and from the hard-line the brink",
        quantity(THREAT, earns("State"), 1 - p - p * (l + critical * (w - l))),
    ),
    derived("The more disaster hurts the soft, the smaller the risk that deters", holds(sp.diff(critical, D) > 0)),
    derived("The less submission hurts, the smaller the risk that deters", holds(sp.diff(critical, S) < 0)),
    recalled(
        "With the Cuban numbers the risk is 3/5",
        holds(sp.Eq(critical, sp.Rational(3, 5)), on=sp.And(*(sp.Eq(k, v) for k, v in CUBA.items()))),
        "Dixit and Skeath, numbers recalled; derived again",
    ),
    recalled(
        "and is run if and only if p <= 5/13",
        holds(
            sp.Equivalent(critical <= bearable, p <= sp.Rational(5, 13)),
            on=sp.And(*(sp.Eq(k, v) for k, v in CUBA.items())),
        ),
        "Dixit and Skeath, numbers recalled; derived again",
    ),
    folklore("A small enough risk is always worth running", exists_iff(THREAT, True)),
    folklore(
        "The more likely a hard-line Opponent, the smaller the risk that the State chooses",
        quantity(THREAT, chooses("State risk"), critical * (1 - p)),
    ),
    folklore("A threat of certain disaster is as good as any that deters", quantity(THREAT, chooses("State risk"), 1)),
)

model = dt.Model(
    title="Brinkmanship on a continuum",
    game=game,
    citation="Ellsberg (1959); Snyder and Diesing (1977); Dixit and Skeath, Games of Strategy; conditions ours",
    strand="The crisis canon",
    row=15,
    question="Which risk of disaster does a state choose, if it may choose any?",
    picture=("p", "w"),
    sweep={"w": (3, 30, 28), "p": (0, 1, 41)},
    story=(
        "A state may threaten its opponent with any risk of disaster from none to certainty, and once it is defied "
        "the risk is out of its hands. A hard-line opponent defies every threat; a soft one withdraws if the risk is "
        "at least its critical risk. A risk that deters is run in vain against the hard-line."
    ),
    names={THREAT: {RISK: critical}, NONE: {RISK: 0}},
    claims=CLAIMS,
)
