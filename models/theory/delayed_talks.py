"""Talks that may wait for better plans: outside options and delay told apart; the game is ours.

Sources: Poast, Arguing about Alliances (2019), verbal; Binmore, Shaked and Sutton for outside options in bargaining.
"""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    earns,
    exists_iff,
    folklore,
    never_coexist,
    never_occurs,
    quantity,
)
from deterrence.games import Node

P = dt.Parameters()
m, M = P.ordered(
    "0 < m < M < 1",
    descriptions=["worth of an alliance with the plans as they are", "its worth once the plans are made compatible"],
    samples=["1/2", "4/5"],
)
o_1, o_2 = P.positive(
    "o_1 o_2", descriptions=["outside option of the first state", "of the second"], samples=["1/5", "1/10"]
)
delta = P.probability("delta", description="worth of tomorrow as a share of today", sample="4/5")
P.assume(o_1 + o_2 < M)
x, y, z = sp.symbols("x y z", real=True)  # the first state's share


def later(proposer: str, replier: str, share: sp.Symbol) -> Node:
    """The last offer, when the plans are compatible."""
    reply = dt.move(
        replier,
        f"last reply of the {replier}",
        sign=dt.outcome("Late Alliance", First=delta * share * M, Second=delta * (1 - share) * M),
        leave=dt.outcome("Late Failure", First=delta * o_1, Second=delta * o_2),
    )
    return dt.offer(proposer, f"last offer of the {proposer}", share, reply)


half = sp.Rational(1, 2)
tomorrow = dt.chance(
    "who offers", first=(half, later("First", "Second", y)), second=(half, later("Second", "First", z))
)
today = dt.move(
    "Second",
    "reply",
    sign=dt.outcome("Alliance", First=x * m, Second=(1 - x) * m),
    wait=tomorrow,
    leave=dt.outcome("Failure", First=o_1, Second=o_2),
)
game = dt.BargainingGame(
    "Delayed talks",
    parameters=P,
    players=["First", "Second"],
    tree=dt.move(
        "First",
        "open",
        talk=dt.offer("First", "offer", x, today),
        leave=dt.outcome("No Talks", First=o_1, Second=o_2),
    ),
)

OPEN, OFFER, REPLY = ("First", "open"), ("First", "offer"), ("Second", "reply")
nash_1, nash_2 = o_1 + (M - o_1 - o_2) / 2, o_2 + (M - o_1 - o_2) / 2  # the Nash split of tomorrow's alliance
OUTSIDE, WAITING, DELAY = "Signed on the outside option", "Signed on the terms of delay", "Delay"
NOTHING = ("No talks", "Talks fail")

CLAIMS = (
    derived(
        "Talks are delayed exactly where waiting makes the plans so much better that delta M >= m, and what each "
        "expects of it is worth more than its outside option",
        exists_iff(DELAY, sp.And(delta * M >= m, delta * nash_1 >= o_1, delta * nash_2 >= o_2)),
    ),
    derived(
        "Where the second state would rather leave than wait, it gets its outside option and no more, "
        "if m >= o_1 + o_2",
        exists_iff(OUTSIDE, sp.And(o_2 >= delta * nash_2, m >= o_1 + o_2)),
    ),
    derived(
        "Where it would rather wait, it is bought off with what delay is worth to it, if plans are good enough now",
        exists_iff(WAITING, sp.And(delta * nash_2 >= o_2, m >= delta * M, m >= o_1 + delta * nash_2)),
    ),
    derived(
        "Otherwise there is no alliance",
        exists_iff(
            NOTHING,
            sp.Or(
                sp.And(o_2 >= delta * nash_2, m <= o_1 + o_2),
                sp.And(delta * nash_2 >= o_2, o_1 >= delta * nash_1, m <= o_1 + delta * nash_2),
            ),
        ),
    ),
    derived("One of these always exists", always_exists()),
    derived("Signing on the outside option excludes delay", never_coexist(OUTSIDE, DELAY)),
    derived("A second state that would leave gets o_2", quantity(OUTSIDE, earns("Second"), o_2)),
    derived("One that would wait gets delta times its Nash split", quantity(WAITING, earns("Second"), delta * nash_2)),
    derived("In delay each expects its Nash split, a day later", quantity(DELAY, earns("First"), delta * nash_1)),
    derived("Talks that are delayed do not fail", never_occurs("Late Failure")),
    derived(
        "Hold-up: the prospect of better plans prevents an alliance that both would sign today, where the second state "
        "would wait and the first would not",
        always_exists(
            "No talks",
            on=sp.And(m > o_1 + o_2, delta * nash_2 > o_2, delta * nash_1 < o_1, m < o_1 + delta * nash_2),
        ),
    ),
    derived(
        "Nobody waits where plans improve by less than the discount takes",
        never_occurs("Late Alliance", on=delta * M < m),
    ),
    folklore("Outside options are always added to half of the surplus", quantity(OUTSIDE, earns("Second"), nash_2)),
    folklore("What is worth waiting for is waited for", exists_iff(DELAY, delta * M >= m)),
    folklore(
        "An alliance is signed wherever it beats both outside options",
        always_exists(OUTSIDE, WAITING, DELAY, on=m > o_1 + o_2),
    ),
)

model = dt.Model(
    title="Delayed Talks",
    game=game,
    citation="After Poast, Arguing about Alliances (2019)",
    strand="Alliance negotiations",
    row=8,
    question="When do talks wait for better plans, and when does an outside option, rather than delay, set the terms?",
    picture=("m", "delta"),
    sweep={"o_1": ("1/20", "3/5", 12), "delta": (0, 1, 41)},
    story=(
        "Two states talk of an alliance. The first offers a division of what it is worth with the plans as they are; "
        "the second signs, leaves for its outside option, or waits until the plans are compatible, when either may "
        "make the last offer. The outside option matters in itself only to a state that would rather leave than wait."
    ),
    names={
        "No talks": {OPEN: "leave"},
        "Talks fail": {OPEN: "talk", REPLY: "leave"},
        DELAY: {OPEN: "talk", REPLY: "wait"},
        OUTSIDE: {OPEN: "talk", OFFER: 1 - o_2 / m},
        WAITING: {OPEN: "talk", REPLY: "sign"},
    },
    claims=CLAIMS,
)
