"""The International Interaction Game: demands, replies and force between two states that know each other's preferences.

The tree, the restrictions on preferences and the Basic War Theorem are recalled; the other conditions are ours.
"""

from itertools import combinations, pairwise

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    exists_iff,
    folklore,
    in_equilibrium,
    never_occurs,
    recalled,
    unique_iff,
)
from deterrence.games import Node

P = dt.Parameters()
OUTCOMES = {
    "SQ": "status quo",
    "AcqA": "A acquiesces in a demand",
    "AcqB": "B acquiesces in a demand",
    "Neg": "negotiation",
    "CapA": "A capitulates, attacked",
    "CapB": "B capitulates, attacked",
    "WarA": "war that A begins",
    "WarB": "war that B begins",
}


def chains(me: str, other: str) -> tuple[tuple[str, ...], ...]:
    """What the game assumes of a state's preferences, the worst first."""
    return (
        (f"Cap{me}", f"Acq{me}", "SQ", f"Acq{other}"),
        (f"Acq{me}", "Neg", f"Acq{other}"),
        (f"War{other}", f"War{me}", "Neg"),
        (f"War{me}", f"Cap{other}", f"Acq{other}"),
    )


def declare(me: str, other: str) -> dict[str, sp.Symbol]:
    """A worth for each outcome, ordered as far as the game assumes; pairs that are left open are not equal."""
    above: dict[str, set[str]] = {o: set() for o in OUTCOMES}
    for chain in chains(me, other):
        P.ordered(" < ".join(f"{me.lower()}_{o}" for o in chain))
        for low, high in pairwise(chain):
            above[low].add(high)
    for middle, low in ((m, o) for m in OUTCOMES for o in OUTCOMES):
        if middle in above[low]:
            above[low] |= above[middle]
    worth = {o: P[f"{me.lower()}_{o}"].symbol for o in OUTCOMES}
    for first, second in combinations(OUTCOMES, 2):
        if second not in above[first] and first not in above[second]:
            P.assume(sp.Ne(worth[first], worth[second]))
    return worth


a, b = declare("A", "B"), declare("B", "A")
SAMPLE_A, SAMPLE_B = "WarB CapA AcqA WarA CapB SQ Neg AcqB", "CapB AcqB WarA WarB SQ Neg CapA AcqA"
for worth, order, state in ((a, SAMPLE_A, "A"), (b, SAMPLE_B, "B")):
    for place, name in enumerate(order.split()):
        P.describe(worth[name], f"{state}: {OUTCOMES[name]}", place)


def end(name: str) -> Node:
    """An outcome with its worth to both."""
    return dt.outcome(name, A=a[name], B=b[name])


def crisis(first: str, second: str) -> Node:
    """Each may use force in turn; whoever is attacked fights or capitulates."""
    attacked = dt.move(second, f"attacked by {first}, first", fight=end(f"War{first}"), capitulate=end(f"Cap{second}"))
    struck = dt.move(first, f"attacked by {second}, second", fight=end(f"War{second}"), capitulate=end(f"Cap{first}"))
    waited = dt.move(second, f"after {first} waits", {"force": struck, "no force": end("Neg")})
    return dt.move(first, f"crisis, {first} first", {"force": attacked, "no force": waited})


game = dt.ExtensiveGame(
    "International interaction",
    parameters=P,
    players=["A", "B"],
    tree=dt.move(
        "A",
        "begin",
        {
            "demand": dt.move("B", "reply", {"acquiesce": end("AcqB"), "counter": crisis("A", "B")}),
            "no demand": dt.move(
                "B",
                "its turn",
                {
                    "demand": dt.move("A", "reply", {"acquiesce": end("AcqA"), "counter": crisis("B", "A")}),
                    "no demand": end("SQ"),
                },
            ),
        },
    ),
)

DEMAND, REPLY, TURN, ANSWER = ("A", "begin"), ("B", "reply"), ("B", "its turn"), ("A", "reply")
NEGOTIATION = ("A's demand negotiated", "B's demand negotiated", "Negotiation, whoever demands")
PEACE = ("Status quo", "A's demand negotiated", "A acquiesces", "B acquiesces")
war = sp.And(a["CapA"] > a["WarB"], a["WarA"] > a["AcqA"], b["WarA"] > b["AcqB"], b["CapA"] > b["Neg"])
safe_A = sp.Or(a["WarB"] > a["CapA"], b["Neg"] > b["CapA"])  # A would fight back, or B would rather negotiate
safe_B = sp.Or(b["WarA"] > b["CapB"], a["Neg"] > a["CapB"])
open_A = sp.And(a["CapA"] > a["WarB"], b["CapA"] > b["Neg"])  # B would use force on A, and A would give in
open_B = sp.And(b["CapB"] > b["WarA"], a["CapB"] > a["Neg"])
BOOK = "Bueno de Mesquita and Lalman, War and Reason (1992)"

CLAIMS = (
    recalled(
        "Basic War Theorem: war that A begins if and only if A prefers CapA to WarB and WarA to AcqA, and B prefers "
        "WarA to AcqB and CapA to Neg",
        exists_iff("War", war),
        f"{BOOK}, from memory; derived again",
    ),
    derived(
        "There is then no other outcome: war with complete information is no choice among equilibria",
        unique_iff("War", war),
    ),
    derived(
        "The status quo holds if and only if both prefer it to negotiation, and each would fight back if attacked "
        "or faces a state that would rather negotiate than see it capitulate",
        exists_iff("Status quo", sp.And(a["SQ"] > a["Neg"], b["SQ"] > b["Neg"], safe_A, safe_B)),
    ),
    derived(
        "There are negotiations if and only if neither can be exploited by force and one of them prefers "
        "negotiation to the status quo",
        exists_iff(NEGOTIATION, sp.And(sp.Or(a["Neg"] > a["SQ"], b["Neg"] > b["SQ"]), safe_A, safe_B)),
    ),
    derived(
        "B acquiesces if and only if A can exploit it by force, or A, itself exploitable, would use force first "
        "and B would not fight, or rather acquiesce than fight",
        exists_iff(
            "B acquiesces",
            sp.Or(
                open_B,
                sp.And(open_A, a["CapB"] > a["CapA"], b["CapB"] > b["WarA"]),
                sp.And(open_A, a["WarA"] > a["CapA"], b["AcqB"] > b["WarA"]),
            ),
        ),
    ),
    derived(
        "A acquiesces if and only if B can exploit it by force, and A has no use of force first that B would not "
        "resist and that is better than to capitulate, nor one that is better than to acquiesce",
        exists_iff(
            "A acquiesces",
            sp.And(
                open_A,
                sp.Or(
                    a["CapA"] > a["CapB"],
                    sp.And(b["WarA"] > b["CapB"], a["CapA"] > a["WarA"]),
                    sp.And(b["WarA"] > b["AcqB"], a["AcqA"] > a["WarA"]),
                ),
            ),
        ),
    ),
    derived(
        "One of the five always exists: where there are negotiations, A's demand may begin them",
        always_exists(*PEACE, "War"),
    ),
    derived(
        "A never capitulates: force that it would give in to is foreseen, and it acquiesces or does not demand",
        never_occurs("CapA"),
    ),
    derived("B never capitulates either", never_occurs("CapB")),
    derived("B, who moves second, never begins a war", never_occurs("WarB")),
    derived(
        "No war is begun by a state that would fight back if it were attacked: the exploitable one strikes first",
        never_occurs("WarA", on=a["WarB"] > a["CapA"]),
    ),
    folklore(
        "War needs incomplete information: between states that know each other there is none", never_occurs("WarA")
    ),
    folklore("Who begins a war prefers it to the status quo", in_equilibrium("War", a["WarA"] > a["SQ"])),
    folklore(
        "Who begins a war would rather fight than capitulate if attacked", in_equilibrium("War", a["WarB"] > a["CapA"])
    ),
    folklore("A state that is ready to fight is not attacked", never_occurs("WarA", on=b["WarA"] > b["CapB"])),
    folklore(
        "Where both prefer the status quo to negotiation it holds",
        exists_iff("Status quo", sp.And(a["SQ"] > a["Neg"], b["SQ"] > b["Neg"])),
    ),
    folklore(
        "Where both prefer negotiation to the status quo, they negotiate",
        always_exists(*NEGOTIATION, on=sp.And(a["Neg"] > a["SQ"], b["Neg"] > b["SQ"])),
    ),
)

model = dt.Model(
    title="International Interaction Game",
    game=game,
    citation="Bueno de Mesquita and Lalman, War and Reason (1992)",
    strand="The crisis canon",
    row=15,
    question="When do two states that know each other's preferences go to war?",
    picture=("a_WarA", "b_CapA"),
    sweep={"a_WarA": ("1/4", "15/4", 8), "b_CapA": ("13/4", "27/4", 8)},
    story=(
        "A makes a demand of B or not; if not, B may make one. Whoever faces a demand acquiesces or counters, and then "
        "there is a crisis: the state whose demand was countered uses force or waits, the other does likewise, and "
        "whoever is attacked fights or capitulates. If neither uses force they negotiate. Preferences over the eight "
        "outcomes are known to both; each state likes the other's acquiescence best, prefers negotiation to war and "
        "to acquiescing, and would rather begin a war than be attacked. The names of the equilibria are ours."
    ),
    names={
        "War": {DEMAND: "demand", REPLY: "counter", ("A", "crisis, A first"): "force"},
        "A's demand negotiated": {DEMAND: "demand", REPLY: "counter", ("A", "crisis, A first"): "no force"},
        "Negotiation, whoever demands": {DEMAND: ("demand", "no demand")},
        "B acquiesces": {DEMAND: "demand", REPLY: "acquiesce"},
        "A acquiesces": {DEMAND: "no demand", TURN: "demand", ANSWER: "acquiesce"},
        "B's demand negotiated": {DEMAND: "no demand", TURN: "demand", ANSWER: "counter"},
        "Status quo": {DEMAND: "no demand", TURN: "no demand"},
    },
    claims=CLAIMS,
)
