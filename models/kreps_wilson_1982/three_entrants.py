"""Reputation over three stages; what follows acquiescence, which reveals the Weak, is replaced by its value."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    believes,
    derived,
    exists_iff,
    folklore,
    in_equilibrium,
    never_coexist,
    outcome_probability,
    plays,
    recalled,
    sign_of,
)
from deterrence.games import Node

P = dt.Parameters()
b = P.probability("b", description="Entrant: gain if the Incumbent acquiesces; 1 less if it fights", sample="1/2")
a, z = P.ordered(
    "1 < a < z",
    descriptions=["Incumbent: a stage without entry", "Strong Incumbent: loss from not fighting"],
    samples=[2, 3],
)
p = P.probability("p", description="probability that the Incumbent is Strong", sample="1/16")
ENTRANTS = ("First", "Second", "Third")
ZERO = sp.Integer(0)


def stage(history: tuple[str, ...], weak: sp.Expr, strong: sp.Expr, entrants: dict[str, sp.Expr]) -> Node:
    """What is left after a history; the sums are what everybody has so far."""
    if len(history) == len(ENTRANTS):
        return dt.outcome(", ".join(history), Incumbent=dt.by_type(Weak=weak, Strong=strong), **entrants)
    who, after = ENTRANTS[len(history)], ", ".join(history) or "nothing"
    given_way = {**entrants, **dict.fromkeys(ENTRANTS[len(history) :], b)}  # all who follow enter too, and are let in
    revealed = dt.outcome(
        ", ".join((*history, "acquiescence")), Incumbent=dt.by_type(Weak=weak, Strong=strong - z), **given_way
    )
    return dt.move(
        who,
        f"after {after}",
        out=stage((*history, "out"), weak + a, strong + a, {**entrants, who: ZERO}),
        enter=dt.move(
            "Incumbent",
            f"entered after {after}",
            acquiesce=revealed,
            fight=stage((*history, "fight"), weak - 1, strong, {**entrants, who: b - 1}),
        ),
    )


game = dt.ExtensiveGame(
    "Three entrants",
    parameters=P,
    players={**dict.fromkeys(ENTRANTS), "Incumbent": dt.types(Strong=p, Weak=1 - p)},
    tree=stage((), ZERO, ZERO, {}),
)

FIRST, SECOND, THIRD = ("First", "after nothing"), ("Second", "after out"), ("Third", "after out, out")
SECOND_FOUGHT = ("Second", "after fight")
WEAK, WEAK_SECOND = ("Incumbent", "Weak", "entered after nothing"), ("Incumbent", "Weak", "entered after out")
x, y, r = sp.symbols("x y r", real=True)
CITED = "Kreps and Wilson, JET 27 (1982) 253-279, for three stages; derived again"

CLAIMS = (
    recalled("All three stay out if and only if p >= b", exists_iff("Strength", p >= b), CITED),
    recalled(
        "The first two stay out and the last enters if and only if b^2 <= p <= b",
        exists_iff("Reputation for two", sp.And(b**2 <= p, p <= b)),
        CITED,
    ),
    recalled(
        "The first alone stays out if and only if b^3 <= p <= b^2",
        exists_iff("Reputation for one", sp.And(b**3 <= p, p <= b**2)),
        CITED,
    ),
    recalled("Even the first enters if and only if p <= b^3", exists_iff("Test", p <= b**3), CITED),
    recalled(
        "Tested by the first the Weak fight with probability (1 - b^2) p/((1 - p) b^2), where that is less than 1",
        in_equilibrium(
            ["Test", "Reputation for one"],
            sp.Eq(x, (1 - b**2) * p / ((1 - p) * b**2)),
            {x: plays(WEAK, "fight")},
        ),
        CITED,
    ),
    recalled(
        "Where b^2 <= p they fight the first for certain",
        in_equilibrium(["Strength", "Reputation for two"], sp.Eq(x, 1), {x: plays(WEAK, "fight")}),
        CITED,
    ),
    recalled(
        "A fight in the test leaves the second Entrant with the belief b^2, which makes it indifferent",
        in_equilibrium(
            ["Test", "Reputation for one"],
            sp.Eq(r, b**2),
            {r: believes("Second", "after fight", "Incumbent", "Strong")},
        ),
        CITED,
    ),
    recalled(
        "It stays out then with probability 1/a",
        in_equilibrium("Test", sp.Eq(y, 1 / a), {y: plays(SECOND_FOUGHT, "out")}),
        CITED,
    ),
    derived(
        "The nearer the end, the less the Weak fight for their name: against the second no oftener than the first",
        in_equilibrium("Reputation for two", x >= y, {x: plays(WEAK, "fight"), y: plays(WEAK_SECOND, "fight")}),
    ),
    derived(
        "One of the four always exists", always_exists("Strength", "Reputation for two", "Reputation for one", "Test")
    ),
    derived(
        "A test and reputation for one exclude each other off their boundary",
        never_coexist("Test", "Reputation for one"),
    ),
    derived(
        "A test ends at once, with acquiescence, with probability 1 - p/b^2",
        outcome_probability("Test", "acquiescence", 1 - p / b**2),
    ),
    derived(
        "The likelier the Incumbent is Strong, the rarer that is",
        sign_of("acquiescence", p, "decreasing", "Test"),
    ),
    folklore(
        "Two stages of reputation are as good as three: the first stays out only where p >= b^2",
        exists_iff(["Strength", "Reputation for two"], p >= b**3),
    ),
    folklore(
        "The Weak fight every entrant alike",
        in_equilibrium("Reputation for two", sp.Eq(x, y), {x: plays(WEAK, "fight"), y: plays(WEAK_SECOND, "fight")}),
    ),
    folklore("A Weak Incumbent that is tested gives way", outcome_probability("Test", "acquiescence", 1 - p)),
)

model = dt.Model(
    title="Reputation with three entrants",
    game=game,
    citation="Kreps and Wilson, Reputation and Imperfect Information, JET 27 (1982) 253-279",
    strand="The crisis canon",
    row=15,
    question="For how many stages is a weak incumbent's threat believed?",
    picture=("b", "p"),
    sweep={"b": (0, 1, 41), "p": (0, 1, 41)},
    story=(
        "An incumbent meets three entrants in turn; each sees what was done to those before. The weak incumbent would "
        "rather give way to each, the strong one likes to fight. Whoever acquiesces is known to be weak, and is "
        "entered upon from then on. With n stages to go an entrant stays out where the incumbent is believed to be "
        "strong with probability b^n or more."
    ),
    names={
        "Test": {FIRST: "enter", SECOND: "enter", THIRD: "enter", WEAK: ("acquiesce", "fight")},
        "Reputation for one": {FIRST: "out", SECOND: "enter", THIRD: "enter"},
        "Reputation for two": {FIRST: "out", SECOND: "out", THIRD: "enter"},
        "Strength": {FIRST: "out", SECOND: "out", THIRD: "out"},
    },
    claims=CLAIMS,
)
