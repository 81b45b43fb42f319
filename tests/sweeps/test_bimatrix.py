"""Batched numeric solving against Nashpy and against the definition."""

import warnings
from fractions import Fraction

import nashpy
import numpy as np
import pytest

from deterrence.errors import GameError
from deterrence.sweeps import solve_bimatrix


def random_games(seed, n, rows, columns):
    draw = np.random.default_rng(seed)
    return draw.normal(size=(n, rows, columns)), draw.normal(size=(n, rows, columns))


def test_two_by_two_games_by_hand():
    dilemma = solve_bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    assert [(list(x), list(y)) for x, y in dilemma.of_game(0)] == [([0, 1], [0, 1])]
    chicken = solve_bimatrix([[0, -1], [1, -10]], [[0, 1], [-1, -10]])
    found = {(tuple(np.round(x, 12)), tuple(np.round(y, 12))) for x, y in chicken.of_game(0)}
    assert found == {((1, 0), (0, 1)), ((0, 1), (1, 0)), ((0.9, 0.1), (0.9, 0.1))}
    pennies = solve_bimatrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    assert [(list(x), list(y)) for x, y in pennies.of_game(0)] == [([0.5, 0.5], [0.5, 0.5])]
    assert not (dilemma.degenerate[0] or chicken.degenerate[0] or pennies.degenerate[0])


@pytest.mark.parametrize(("rows", "columns", "n"), [(2, 2, 300), (3, 3, 60), (2, 3, 100), (3, 2, 100), (4, 4, 8)])
def test_nothing_is_missed_against_nashpy(rows, columns, n):
    A, B = random_games(rows * columns, n, rows, columns)
    found = solve_bimatrix(A, B)
    assert not found.degenerate.any()
    assert (found.count % 2 == 1).all()  # Wilson 1971: nondegenerate games have an odd number
    for k in range(n):
        ours = found.of_game(k)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = list(nashpy.Game(A[k], B[k]).support_enumeration())
        for x, y in theirs:
            assert any(np.allclose(x, u) and np.allclose(y, v) for u, v in ours)


@pytest.mark.parametrize(("rows", "columns"), [(2, 2), (3, 3), (3, 4)])
def test_regret_is_what_the_definition_says(rows, columns):
    A, B = random_games(7, 500, rows, columns)
    found = solve_bimatrix(A, B)
    for k in range(500):
        for s in np.flatnonzero(found.exists[k]):
            x, y = found.row[k, s], found.column[k, s]
            assert abs(x.sum() - 1) < 1e-12 and abs(y.sum() - 1) < 1e-12 and x.min() >= 0 and y.min() >= 0
            regret = max((A[k] @ y).max() - x @ A[k] @ y, (x @ B[k]).max() - x @ B[k] @ y)
            assert abs(regret - found.regret[k, s]) < 1e-12 and regret < 1e-9
    assert np.isnan(found.row[~found.exists]).all()


def test_degenerate_games_are_marked():
    tie = solve_bimatrix([[1, 1], [1, 0]], [[1, 1], [1, 0]])
    flat = solve_bimatrix(np.zeros((2, 2)), np.zeros((2, 2)))
    clear = solve_bimatrix([[2, 0], [0, 1]], [[1, 0], [0, 2]])
    assert tie.degenerate[0] and flat.degenerate[0] and not clear.degenerate[0]


def test_scale_does_not_matter():
    A, B = random_games(3, 200, 3, 3)
    plain, scaled = solve_bimatrix(A, B), solve_bimatrix(A * 1e-7, B * 1e9 + 1e3)
    assert (plain.exists == scaled.exists).all()


@pytest.mark.parametrize(
    "bad",
    [
        (np.zeros((2, 2)), np.zeros((2, 3))),
        (np.zeros(4), np.zeros(4)),
        (np.full((2, 2), np.nan), np.zeros((2, 2))),
        (np.zeros((12, 12)), np.zeros((12, 12))),
        ([["a", "b"]], [["a", "b"]]),
        ([["1", "2"]], [["1", "2"]]),
        ([[1, 2], [3]], [[1, 2], [3]]),
        (np.ones((2, 2)) * 1j, np.ones((2, 2))),
        ([[None, 1]], [[0, 1]]),
    ],
)
def test_bad_games_are_refused(bad):
    with pytest.raises(GameError):
        solve_bimatrix(*bad)


def test_fractions_are_numbers():
    third = Fraction(1, 3)
    assert list(solve_bimatrix([[third, 0], [0, third]], [[1, 0], [0, 1]]).count) == [3]


@pytest.mark.parametrize("tolerance", [-1, 2, float("nan")])
def test_bad_tolerances_are_refused(tolerance):
    with pytest.raises(GameError):
        solve_bimatrix(np.eye(2), np.eye(2), tolerance=tolerance)
