"""A bid for hegemony: balanced, not balanced, or bandwagoned with; the literature is mostly verbal, the game is ours.

Sources: Levy, What Do Great Powers Balance Against and When? (2004); Wohlforth and others, Testing Balance-of-Power
Theory in World History, EJIR 13 (2007).  The strength of each of the two other states is the unit of strength.
"""

import sympy as sp

import deterrence as dt
from deterrence.claims import always_exists, derived, exists_iff, folklore, holds, never_coexist, never_occurs
from deterrence.contests import ratio
from deterrence.games import Node

P = dt.Parameters()
h = P.positive("h", description="strength of the bidder, in units of each other state's", sample="1/2")
c = P.positive("c", description="cost of resisting, with independence as 1", sample="1/50")
s = P.probability("s", description="what a state that accommodates keeps under a hegemon", sample="1/10")
K = P.probability("K", description="cost of a bid, with hegemony as 1", sample="1/10")

alone, together = ratio(h, 1), ratio(h, 2)  # the bid succeeds against one, and against two
# resisting beside another, resisting alone, accommodating while the other resists, and while nobody does, or no bid
RESIST_TWO, RESIST_ONE, AVOID_ONE, AVOID_TWO, FREE = 1 - together - c, 1 - alone - c, 1 - alone + alone * s, s, 1
NO_BID, BID_TWO, BID_ONE, BID_FREE = 0, together - K, alone - K, 1 - K


def answer(first: str) -> Node:
    """The other state's answer, given without seeing the first one's."""
    both, one = ("Balanced by Two", "Balanced by One")
    if first == "resist":
        return dt.move(
            "Y",
            "answer",
            resist=dt.outcome(both, Bidder=BID_TWO, X=RESIST_TWO, Y=RESIST_TWO),
            accommodate=dt.outcome(one, Bidder=BID_ONE, X=RESIST_ONE, Y=AVOID_ONE),
        )
    return dt.move(
        "Y",
        "answer",
        resist=dt.outcome(one, Bidder=BID_ONE, X=AVOID_ONE, Y=RESIST_ONE),
        accommodate=dt.outcome("Hegemony", Bidder=BID_FREE, X=AVOID_TWO, Y=AVOID_TWO),
    )


game = dt.ExtensiveGame(
    "Hegemonic bid",
    parameters=P,
    players=["Bidder", "X", "Y"],
    tree=dt.move(
        "Bidder",
        "bid",
        no=dt.outcome("No Bid", Bidder=NO_BID, X=FREE, Y=FREE),
        yes=dt.move("X", "answer", resist=answer("resist"), accommodate=answer("accommodate")),
    ),
)
BID, X, Y = ("Bidder", "bid"), ("X", "answer"), ("Y", "answer")
TWO, ONE = ("Balanced by two", "Deterred by two"), ("X balances", "Y balances", "Deterred by X", "Deterred by Y")
beside = h * (1 - 2 * s - s * h) - c * (1 + h) * (2 + h)  # the sign of the gain from resisting beside another
first = (1 - s) * (1 + h) - h - c * (1 + h)  # the sign of the gain from resisting alone

CLAIMS = (
    derived(
        "Both resist exactly where h (1 - 2 s - s h) >= c (1 + h) (2 + h)",
        exists_iff(TWO, beside >= 0),
    ),
    derived(
        "Both resist and do not deter exactly where, besides, h/(h + 2) >= K",
        exists_iff("Balanced by two", sp.And(beside >= 0, h >= K * (h + 2))),
    ),
    derived(
        "One alone resists exactly where one is worth its cost and a second is not",
        exists_iff(ONE, sp.And(first >= 0, beside <= 0)),
    ),
    derived(
        "A hegemon forms unopposed exactly where resisting alone is not worth its cost",
        exists_iff("Bandwagoning", first <= 0),
    ),
    derived(
        "Two resist, one alone resists, or none: one of these always exists",
        always_exists(*TWO, "X balances", "Deterred by X", "Bandwagoning"),
    ),
    derived(
        "A bidder too strong, s h >= 1 - 2 s, is never balanced by both",
        holds(beside < 0, on=s * h >= 1 - 2 * s),
    ),
    derived(
        "A bidder too weak to be feared, h <= 2 c, is never balanced by both either",
        holds(beside < 0, on=h <= 2 * c),
    ),
    derived("Resistance by both and bandwagoning exclude each other", never_coexist("Balanced by two", "Bandwagoning")),
    folklore("Bids for hegemony are balanced: no hegemon forms", never_occurs("Hegemony")),
    folklore(
        "The stronger the bidder, the surer it is resisted by both: it is wherever h > 1",
        always_exists(*TWO, on=h > 1),
    ),
    folklore("Balancing by both deters a bid", never_occurs("Balanced by Two")),
)

model = dt.Model(
    title="Bid for Hegemony",
    game=game,
    citation="After Levy (2004) and Wohlforth and others, Testing Balance-of-Power Theory, EJIR 13 (2007)",
    strand="Balance of power",
    row=6,
    question="When is a bid for hegemony balanced, and when does a hegemon form?",
    picture=("h", "c"),
    sweep={"c": ("1/200", "1/4", 50), "K": (0, 1, 41)},
    story=(
        "A state may bid for hegemony over two others of equal strength, who resist or accommodate without seeing each "
        "other's answer. Resistance costs, and together it is the likelier to succeed; under a hegemon those who "
        "resisted lose their independence, and those who accommodated keep a share of it. Names are ours."
    ),
    names={
        "Balanced by two": {BID: "yes", X: "resist", Y: "resist"},
        "Deterred by two": {BID: "no", X: "resist", Y: "resist"},
        "X balances": {BID: "yes", X: "resist", Y: "accommodate"},
        "Y balances": {BID: "yes", X: "accommodate", Y: "resist"},
        "Deterred by X": {BID: "no", X: "resist", Y: "accommodate"},
        "Deterred by Y": {BID: "no", X: "accommodate", Y: "resist"},
        "Bandwagoning": {BID: "yes", X: "accommodate", Y: "accommodate"},
    },
    claims=CLAIMS,
)
