"""Alliance negotiations over war plans with outside options; the source is verbal and the game is ours.

Source: Poast, Arguing about Alliances (2019): compatible war plans and outside options decide whether talks succeed.
"""

import sympy as sp

import deterrence as dt
from deterrence.claims import always_exists, derived, exists_iff, folklore, holds, never_occurs

P = dt.Parameters()
m = P.probability("m", description="compatibility of the war plans: the share of the surplus they bring", sample="3/4")
S = P.positive("S", description="surplus of a joint plan if the plans were wholly compatible", sample=4)
o_2, o_1 = P.ordered(
    "0 < o_2 < o_1",
    descriptions=[
        "outside option of the second state: the best of passing the buck, going alone and another ally",
        "outside option of the first state, the better one",
    ],
    samples=["1/2", 1],
)
d = P.positive("d", description="what each loses by talks that fail", sample="1/10")

value = m * S  # what the alliance is worth to the two together
rest = value - o_1 - o_2  # what agreement brings beyond the outside options
share_1, share_2 = o_1 + rest / 2, o_2 + rest / 2  # the Nash bargaining solution

game = dt.ExtensiveGame(
    "War plans and outside options",
    parameters=P,
    players=["First", "Second"],
    tree=dt.move(
        "First",
        "propose",
        equal=dt.move(
            "Second",
            "equal shares",
            sign=dt.outcome("Equal Alliance", First=value / 2, Second=value / 2),
            leave=dt.outcome("Talks Fail", First=o_1 - d, Second=o_2 - d),
        ),
        split=dt.move(
            "Second",
            "the Nash split",
            sign=dt.outcome("Split Alliance", First=share_1, Second=share_2),
            leave=dt.outcome("Talks Fail", First=o_1 - d, Second=o_2 - d),
        ),
        none=dt.outcome("No Talks", First=o_1, Second=o_2),
    ),
)
PROPOSE, EQUAL, OWN = ("First", "propose"), ("Second", "equal shares"), ("Second", "the Nash split")
NO_TALKS = ("No talks: both would be refused", "No talks: the terms are poor", "No talks: too dear")

CLAIMS = (
    derived(
        "An alliance is formed exactly where compatible plans beat both outside options: m S >= o_1 + o_2",
        exists_iff("Alliance", value >= o_1 + o_2),
    ),
    derived(
        "There are no talks exactly where m S <= o_1 + o_2",
        exists_iff(
            ["No talks: both would be refused", "No talks: the terms are poor", "No talks: too dear"],
            value <= o_1 + o_2,
        ),
    ),
    derived("No talks fail once they have begun: who foresees refusal does not propose", never_occurs("Talks Fail")),
    derived("The better outside option is never bound by equal shares", never_occurs("Equal Alliance")),
    derived(
        "Where o_1 + o_2 <= m S < 2 o_1 equal shares leave the first state less than its outside option, and the Nash "
        "split leaves neither state less",
        holds(sp.And(value / 2 < o_1, share_1 >= o_1, share_2 >= o_2), on=sp.And(rest >= 0, value < 2 * o_1)),
    ),
    folklore(
        "An alliance is formed wherever it is worth more than either outside option",
        always_exists("Alliance", on=value > o_1),
    ),
    folklore(
        "Mostly compatible plans bring an alliance: it is formed wherever m > 1/2",
        always_exists("Alliance", on=m > sp.Rational(1, 2)),
    ),
    folklore(
        "Equal shares serve wherever some shares do",
        holds(value / 2 >= o_1, on=value >= o_1 + o_2),
    ),
)

model = dt.Model(
    title="War Plans and Outside Options",
    game=game,
    citation="After Poast, Arguing about Alliances (2019)",
    strand="Alliance negotiations",
    row=8,
    question="When do compatible plans beat outside options, so that an alliance is signed?",
    picture=("m", "S"),
    sweep={"d": ("1/20", 2, 40), "m": (0, 1, 41)},
    story=(
        "Two states can pool a surplus if their war plans fit. The first, whose outside option is the better one, "
        "proposes equal shares, or the Nash bargaining solution, or nothing; the second signs or "
        "leaves, and talks that fail have cost both something. The outside option is the best of passing the buck, "
        "going alone and another ally. Names are ours."
    ),
    names={
        "Alliance": {PROPOSE: "split", OWN: "sign"},
        "No talks: both would be refused": {PROPOSE: "none", EQUAL: "leave", OWN: "leave"},
        "No talks: the terms are poor": {PROPOSE: "none", EQUAL: "sign", OWN: "leave"},
        "No talks: too dear": {PROPOSE: "none", EQUAL: "sign", OWN: "sign"},
    },
    claims=CLAIMS,
)
