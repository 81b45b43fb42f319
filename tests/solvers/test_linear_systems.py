"""Several indifferences in several unknowns, with signs that nothing settles: one record, right at every point."""

import random

import pytest
import sympy as sp

import deterrence as dt
from deterrence.polynomials import Ring
from deterrence.regions.logic import Literal
from deterrence.solvers.trees.resolve import Resolver, TooManyBranches
from deterrence.solvers.trees.unknowns import Signs, Unknowns
from tests.solvers.compare import agree

MESSAGES, TYPES = ("m", "n"), ("S0", "S1")


def open_signs(guess=1):
    """A sender whose payoff from each message, if it is believed, is open; a receiver who would match."""
    P = dt.Parameters()
    guess = P.real("y") if guess is None else guess
    gain = {(t, m): P.real(f"x_{t}_{m}") for t in TYPES for m in MESSAGES}

    def end(m, a):
        mine = dt.by_type({t: gain[t, m] if a == "l" else k for k, t in enumerate(TYPES)})
        match = dt.by_type("S", {t: guess * int((a == "l") == (t == "S0")) for t in TYPES})
        return dt.outcome(f"{m}{a}", S=mine, R=match)

    tree = dt.move("S", "send", {m: dt.move("R", f"on {m}", {a: end(m, a) for a in "lr"}) for m in MESSAGES})
    players = {"S": dt.types(S0="1/3", S1="2/3"), "R": None}
    return dt.ExtensiveGame("open signs", parameters=P, players=players, tree=tree)


@pytest.fixture(scope="module")
def solved():
    game = open_signs()
    return game, dt.solve(game)


@pytest.mark.parametrize("seed", range(30))
def test_right_and_complete_at_points_with_ties(solved, seed):
    game, eqs = solved
    draw = random.Random(seed)
    agree(eqs, game, {p.name: draw.randint(-2, 2) for p in game.assumptions.parameters})


def test_one_record_for_one_solution(solved):
    _, eqs = solved
    strategies = [str(e.strategy) for e in eqs]
    assert eqs.complete and len(strategies) == len(set(strategies))


def system(matrix, right):
    """A resolver of ``matrix * (x, y) = right`` with both unknowns strictly between 0 and 1."""
    names = sorted({s for e in (*matrix, *right) for s in sp.sympify(e).free_symbols}, key=str)
    x, x_, y, y_ = sp.symbols("x x_ y y_", real=True)
    ring = Ring([*names, x, x_, y, y_])
    unknowns = Unknowns((((x, x_), False), ((y, y_), False)))
    resolver = Resolver(ring, Signs(ring, (), unknowns), unknowns, lambda literals: True)
    rows = [a * x + b * y - c for (a, b), c in zip([matrix[:2], matrix[2:]], right, strict=True)]
    ranges = [Literal(">", ring.from_sympy(e)) for e in (x, 1 - x, y, 1 - y)]
    return resolver.solve([ring.from_sympy(e) for e in rows], ranges), (x, y), ring


def test_the_regular_branch_is_cramers_rule():
    a, b, c, d, e, f = sp.symbols("a b c d e f", real=True)
    branches, (x, y), ring = system((a, b, c, d), (e, f))
    regular = [branch for branch in branches if not branch.edges]
    assert len(regular) == 1
    found = {s: ring.to_sympy(n) / ring.to_sympy(m) for s, (n, m) in regular[0].values.items()}
    assert sp.cancel(found[x] - (e * d - b * f) / (a * d - b * c)) == 0
    assert sp.cancel(found[y] - (a * f - e * c) / (a * d - b * c)) == 0


@pytest.mark.parametrize("seed", range(40))
def test_every_solution_lies_in_a_branch(seed):
    a, b, c, d, e, f = sp.symbols("a b c d e f", real=True)
    branches, (x, y), ring = system((a, b, c, d), (e, f))
    draw = random.Random(seed)
    at = {s: sp.Integer(draw.randint(-1, 1)) for s in (a, b, c, d)}
    solution = {x: sp.Rational(draw.randint(1, 3), 4), y: sp.Rational(draw.randint(1, 3), 4)}
    at |= {e: at[a] * solution[x] + at[b] * solution[y], f: at[c] * solution[x] + at[d] * solution[y]}
    assert any(_holds(branch, {**at, **solution}, ring) for branch in branches)


def _holds(branch, values, ring):
    def value(p):
        return sp.sympify(ring.to_sympy(p)).xreplace(values)

    tests = {">": lambda v: v > 0, ">=": lambda v: v >= 0, "!=": lambda v: v != 0, "==": lambda v: v == 0}
    return (
        all(value(p) == 0 for p in (*branch.edges, *branch.roots))
        and all(tests[c.op](value(c.poly)) for c in branch.conditions)
        and all(value(m) != 0 and value(n) == values[s] * value(m) for s, (n, m) in branch.values.items())
    )


def test_too_many_cases_say_which_signs_are_open(monkeypatch):
    from deterrence.solvers.trees import resolve

    monkeypatch.setattr(resolve, "MOST_BRANCHES", 2)
    a, b, c, d, e, f = sp.symbols("a b c d e f", real=True)
    with pytest.raises(TooManyBranches) as many:
        system((a, b, c, d), (e, f))
    assert many.value.open_signs
    eqs = dt.solve(open_signs(guess=None))
    assert any("too many cases; assume the sign of" in u.reason for u in eqs.undecided)
