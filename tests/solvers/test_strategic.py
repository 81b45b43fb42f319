import random
from fractions import Fraction

import pytest
import sympy as sp

from deterrence.errors import ConceptError
from deterrence.games.strategic import StrategicGame
from deterrence.parameters import Parameters
from deterrence.regions import Region
from deterrence.solvers.tables.numeric_nash import METHODS, numeric_nash
from deterrence.solvers.tables.strategic import solve_strategic
from tests.solvers.tables import isolated, ordinal_games, table


def names(size, letter):
    return [f"{letter}{k}" for k in range(size)]


def symbolic(rows, columns):
    """A table with a symbol for every payoff, and the symbols of each player in order."""
    P = Parameters()
    cells = [(i, j) for i in range(rows) for j in range(columns)]
    symbols = [P.real(" ".join(f"{who}{i}{j}" for i, j in cells)) for who in "ab"]
    payoffs = [[list(s[i * columns : (i + 1) * columns]) for i in range(rows)] for s in symbols]
    game = StrategicGame(
        "General", parameters=P, actions={"R": names(rows, "r"), "C": names(columns, "c")}, payoffs=payoffs
    )
    return game, symbols


def numeric(first, second):
    actions = {"R": names(len(first), "r"), "C": names(len(first[0]), "c")}
    return StrategicGame("Numbers", actions=actions, payoffs=[first, second])


@pytest.fixture(scope="module")
def two_by_two():
    game, symbols = symbolic(2, 2)
    return solve_strategic(game), symbols


@pytest.fixture(scope="module")
def three_by_three():
    game, symbols = symbolic(3, 3)
    return solve_strategic(game), symbols


def ordered_game(chain, a):
    """A symmetric two-by-two game: R, S, T, P for both cooperating, being let down, winning, both defecting."""
    P = Parameters()
    P.ordered(chain)
    R, S, T, Q = (P[x].symbol for x in "RSTP")
    cells = {("C", "C"): (R, R), ("C", "D"): (S, T), ("D", "C"): (T, S), ("D", "D"): (Q, Q)}
    return StrategicGame("Symmetric", parameters=P, actions={"A": a, "B": a}, payoffs=cells), (R, S, T, Q)


def test_chicken():
    game, (R, S, T, P) = ordered_game("P < S < R < T", ["C", "D"])
    eqs = solve_strategic(game)
    assert sorted(e.title for e in eqs) == [
        "A choice: C; B choice: D",
        "A choice: D; B choice: C",
        "A choice: mixes C/D; B choice: mixes C/D",
    ]
    mixed = eqs["A choice: mixes C/D; B choice: mixes C/D"]
    assert sp.simplify(mixed.strategy["A", "choice"]["D"] - (T - R) / (T - R + S - P)) == 0
    assert all(e.condition.covers().proved for e in eqs) and not eqs.knife_edges and eqs.complete


def test_stag_hunt_and_prisoners_dilemma():
    game, (R, S, T, P) = ordered_game("S < P < T < R", ["C", "D"])
    eqs = solve_strategic(game)
    mixed = next(e for e in eqs if e.strategy["A", "choice"]["C"] not in (0, 1))
    assert len(eqs) == 3 and sp.simplify(mixed.strategy["A", "choice"]["C"] - (P - S) / ((R - T) + (P - S))) == 0
    (only,) = solve_strategic(ordered_game("S < P < R < T", ["C", "D"])[0])
    assert only.payoffs["A"] == sp.Symbol("P", real=True)


def test_matching_pennies_with_symbols():
    P = Parameters()
    win, lose = P.positive("win lose")
    cells = {"h": {"h": (win, -lose), "t": (-lose, win)}, "t": {"h": (-lose, win), "t": (win, -lose)}}
    game = StrategicGame("Pennies", parameters=P, actions={"A": ["h", "t"], "B": ["h", "t"]}, payoffs=cells)
    (only,) = solve_strategic(game)
    assert only.strategy["A", "choice"]["h"] == sp.Rational(1, 2) and only.condition.covers().proved


def test_all_78_ordinal_games(two_by_two):
    eqs, symbols = two_by_two
    games = ordinal_games()
    assert len(games) == 78
    for first, second in games:
        values = [v for matrix in (first, second) for row in matrix for v in row]
        point = dict(zip((*symbols[0], *symbols[1]), values, strict=True))
        expected = isolated(first, second)
        assert table(eqs, point) == expected
        assert table(solve_strategic(numeric(first, second))) == expected
        assert len(expected) in (1, 3)


def random_matrix(rng, rows, columns):
    return [[Fraction(rng.randint(-99, 99), rng.randint(1, 9)) for _ in range(columns)] for _ in range(rows)]


@pytest.mark.parametrize(("size", "points"), [(2, 300), (3, 200)])
def test_right_and_complete_at_random_points(size, points, two_by_two, three_by_three):
    eqs, symbols = two_by_two if size == 2 else three_by_three
    rng = random.Random(size)
    for _ in range(points):
        first, second = random_matrix(rng, size, size), random_matrix(rng, size, size)
        values = [v for m in (first, second) for row in m for v in row]
        found = table(eqs, zip((*symbols[0], *symbols[1]), values, strict=True))
        assert found == isolated(first, second)
        listed = numeric_nash(numeric(first, second))
        assert all(p.how_known == "exact" or p.regret < Fraction(1, 10**9) for p in listed.profiles)
        close = [tuple(tuple(float(v) for v in row.values()) for row in p.strategy.values()) for p in listed.profiles]
        assert len(close) == len(found)
        for ours, theirs in zip(found, sorted(close), strict=True):
            assert all(abs(a - b) < 1e-6 for x, y in zip(ours, theirs, strict=True) for a, b in zip(x, y, strict=True))


def test_ties_make_families_and_every_numeric_equilibrium_is_a_member(two_by_two, three_by_three):
    rng = random.Random(7)
    for size, (eqs, symbols), count in ((2, two_by_two, 60), (3, three_by_three, 12)):
        for _ in range(count):
            first, second = ([[rng.randint(0, 2) for _ in range(size)] for _ in range(size)] for _ in range(2))
            values = [v for m in (first, second) for row in m for v in row]
            point = dict(zip((*symbols[0], *symbols[1]), values, strict=True))
            here = eqs.at(point)
            records = [*here, *here.knife_edges]
            for profile in numeric_nash(numeric(first, second), method="vertex enumeration").profiles:
                if profile.how_known == "exact":
                    assert any(_is_member(e, profile) for e in records), (first, second, profile)


def _is_member(equilibrium, profile):
    """Whether the record, parameters filled in, takes the values of the profile for some free probabilities."""
    equations = []
    for key, row in profile.strategy.items():
        for action, value in row.items():
            ours = equilibrium.strategy[key][action]
            if (ours == 0) != (value == 0):
                return False
            equations.append(ours - sp.Rational(value.numerator, value.denominator))
    put = {s: e for s in equilibrium.free for e in [_value(s, equilibrium, profile)]}
    if any(sp.sympify(e).xreplace(put) != 0 for e in equations):
        return False
    return not put or equilibrium.system.contains(put)


def _value(symbol, equilibrium, profile):
    for key, row in equilibrium.strategy.items():
        for action, e in row.items():
            if e == symbol:
                v = profile.strategy[key][action]
                return sp.Rational(v.numerator, v.denominator)
    raise AssertionError(symbol)


def test_families_without_an_equation_are_generic():
    P = Parameters()
    low, high = P.ordered("low < high")
    cells = {"x": {"l": (high, low), "r": (high, low)}, "y": {"l": (low, high), "r": (low, low)}}
    game = StrategicGame("Idle", parameters=P, actions={"A": ["x", "y"], "B": ["l", "r"]}, payoffs=cells)
    eqs = solve_strategic(game)
    assert [e.status for e in eqs] == ["isolated", "isolated", "family"]
    assert eqs[2].free and eqs[2].condition.covers().proved


def test_symbolic_tables_of_two_and_three_actions():
    for size in (2, 3):
        game, _ = symbolic(size, size)
        eqs = solve_strategic(game)
        assert eqs.complete and len(eqs) == (5 if size == 2 else 19)


def test_three_players_and_limits():
    cells = lambda a, b, c: (int(a == b), int(b == c), int(c != a))  # noqa: E731
    actions = {p: ["l", "r"] for p in ("A", "B", "C")}
    eqs = solve_strategic(StrategicGame("Three", actions=actions, payoffs=cells), time_limit=60)
    assert any(all(row["l"] == sp.Rational(1, 2) for row in e.strategy.values()) for e in (*eqs, *eqs.knife_edges))
    big = StrategicGame("Big", actions={"A": names(12, "a"), "B": names(12, "b")}, payoffs=lambda a, b: (0, 0))
    with pytest.raises(ConceptError, match="dominance"):
        solve_strategic(big)
    with pytest.raises(ConceptError, match="Nash equilibrium of a payoff table"):
        solve_strategic(big, "perfect bayesian")
    game, _ = symbolic(3, 3)
    cut = solve_strategic(game, time_limit=1e-6)
    assert not cut.complete and len(cut.undecided) == 49 and "time limit" in cut.undecided[0].reason


def test_numeric_methods_say_what_they_leave_out():
    game = numeric([[1, 1], [1, 1]], [[1, 0], [0, 1]])
    for method in METHODS:
        found = numeric_nash(game, method=method)
        assert found.note.startswith("not complete")
        assert all(p.regret < Fraction(1, 10**9) for p in found.profiles)
    with pytest.raises(KeyError, match="support enumeration"):
        numeric_nash(game, method="suport enumeration")


def test_critical_risk():
    """Stand firm iff the probability of disaster is at most (W - S)/(W - P)."""
    P = Parameters()
    disaster, submit, win = P.ordered("P < S < W")
    risk = P.probability("q")
    payoffs = {"stand": [risk * disaster + (1 - risk) * win], "submit": [submit]}
    game = StrategicGame("Critical risk", parameters=P, actions={"A": ["stand", "submit"]}, payoffs=payoffs)
    stand = next(e for e in solve_strategic(game) if e.strategy["A", "choice"]["stand"] == 1)
    assert stand.condition.closure.equals(Region(risk <= (win - submit) / (win - disaster), P)).proved
