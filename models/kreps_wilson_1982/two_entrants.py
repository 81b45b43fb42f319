"""Reputation over two stages: the chain store of Kreps and Wilson (1982) with two entrants."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    believes,
    derived,
    exists_iff,
    folklore,
    in_equilibrium,
    never_occurs,
    outcome_probability,
    plays,
    recalled,
    sign_of,
)
from deterrence.games import Node

P = dt.Parameters()
b = P.probability(
    "b", description="Entrant: gain from entry that is not fought; 1 - b is the loss if it is", sample="1/2"
)
a, z = P.ordered(
    "1 < a < z",
    descriptions=["Incumbent: a stage without entry", "Strong Incumbent: loss from not fighting"],
    samples=[2, 3],
)
p = P.probability("p", description="probability that the Incumbent is Strong", sample="1/8")


def last(history: str, past: tuple[sp.Expr, sp.Expr, sp.Expr]) -> Node:
    """The last stage; `past` is what First, a Weak and a Strong Incumbent have so far."""
    first, weak, strong = past

    def end(name: str, second: sp.Expr, more_weak: sp.Expr, more_strong: sp.Expr) -> Node:
        return dt.outcome(
            f"{history}, {name}",
            First=first,
            Second=second,
            Incumbent=dt.by_type(Weak=weak + more_weak, Strong=strong + more_strong),
        )

    return dt.move(
        "Second",
        f"after {history}",
        out=end("out", sp.Integer(0), a, a),
        enter=dt.move(
            "Incumbent",
            f"last, after {history}",
            acquiesce=end("acquiescence", b, sp.Integer(0), -z),
            fight=end("fight", b - 1, sp.Integer(-1), sp.Integer(0)),
        ),
    )


ZERO = sp.Integer(0)
game = dt.ExtensiveGame(
    "Two entrants",
    parameters=P,
    players={"First": None, "Second": None, "Incumbent": dt.types(Strong=p, Weak=1 - p)},
    tree=dt.move(
        "First",
        "enter first",
        out=last("out", (ZERO, a, a)),
        enter=dt.move(
            "Incumbent",
            "respond",
            acquiesce=last("acquiescence", (b, ZERO, -z)),
            fight=last("fight", (b - 1, sp.Integer(-1), ZERO)),
        ),
    ),
)

FIRST, WEAK, STRONG = ("First", "enter first"), ("Incumbent", "Weak", "respond"), ("Incumbent", "Strong", "respond")
AFTER_OUT, AFTER_FIGHT = ("Second", "after out"), ("Second", "after fight")
x, y, r = sp.symbols("x y r", real=True)
CITED = "Kreps and Wilson, JET 27 (1982) 253-279, for two stages; derived again"

CLAIMS = (
    recalled(
        "The first Entrant stays out if and only if p >= b^2", exists_iff(["Reputation", "Strength"], p >= b**2), CITED
    ),
    recalled("It enters if and only if p <= b^2", exists_iff("Test", p <= b**2), CITED),
    derived(
        "Reputation deters the first Entrant and not the last if and only if b^2 <= p <= b",
        exists_iff("Reputation", sp.And(b**2 <= p, p <= b)),
    ),
    derived("Both stay out if and only if p >= b", exists_iff("Strength", p >= b)),
    recalled(
        "When tested, the Weak fight with probability (1 - b) p/((1 - p) b)",
        in_equilibrium(["Test", "Reputation"], sp.Eq(x, (1 - b) * p / ((1 - p) * b)), {x: plays(WEAK, "fight")}),
        CITED,
    ),
    recalled(
        "After a fight the last Entrant believes that the Incumbent is Strong with probability b",
        in_equilibrium(
            ["Test", "Reputation"], sp.Eq(r, b), {r: believes("Second", "after fight", "Incumbent", "Strong")}
        ),
        CITED,
    ),
    recalled(
        "After a fight in a test the last Entrant stays out with probability 1/a",
        in_equilibrium("Test", sp.Eq(y, 1 / a), {y: plays(AFTER_FIGHT, "out")}),
        CITED,
    ),
    derived("Some equilibrium always exists", always_exists()),
    derived(
        "A test ends without a fight with probability 1 - p/b",
        outcome_probability("Test", "acquiescence, acquiescence", 1 - p / b),
    ),
    derived(
        "The likelier the Incumbent is Strong, the more often a test is fought twice",
        sign_of("fight, fight", p, "increasing", "Test"),
    ),
    folklore("Reputation adds nothing: both stay out wherever the first does", exists_iff("Strength", p >= b**2)),
    folklore("Reputation protects to the end", never_occurs("out, acquiescence")),
    folklore("The Weak never fight", in_equilibrium(["Test", "Reputation"], sp.Eq(x, 0), {x: plays(WEAK, "fight")})),
)

model = dt.Model(
    title="Reputation with two entrants",
    game=game,
    citation="Kreps and Wilson, Reputation and Imperfect Information, JET 27 (1982) 253-279",
    strand="The crisis canon",
    row=15,
    question="How much reputation does it take to deter the first of two entrants, and the last?",
    picture=("p", "b"),
    sweep={"z": ("9/4", 6, 16), "p": (0, 1, 41)},
    story=(
        "An incumbent meets two entrants in turn. The weak incumbent would rather give way to each; the strong one "
        "likes to fight. The last entrant sees what was done to the first, so that a weak incumbent may fight "
        "in order to be taken for a strong one."
    ),
    names={
        "Test": {FIRST: "enter", STRONG: "fight", WEAK: ("acquiesce", "fight")},
        "Reputation": {FIRST: "out", AFTER_OUT: "enter", STRONG: "fight"},
        "Strength": {FIRST: "out", AFTER_OUT: "out", STRONG: "fight"},
    },
    claims=CLAIMS,
)
