r"""All equilibria of many two-player games at once, in floats and certified by regret.

A game gives payoffs :math:`A_{ij}` to the row player and :math:`B_{ij}` to the column player.  In a
nondegenerate game both supports of an equilibrium have one size (Nash 1951; von Stengel 2002,
section 2), and given supports I and J the mixtures solve linear equations: all rows of I are worth
the same against y, all columns of J against x.  So each pair of supports is tried, for all games
together.  What passes carries its regret: the most that either player could gain by another
strategy.  A game in which some quantity that decides is zero within the tolerance is marked as
degenerate, since it may have further equilibria, even a continuum of them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from math import comb
from typing import Any

import numpy as np

from deterrence.errors import GameError

TOLERANCE = 1e-9
CHUNK = 2**13
MOST_SUPPORTS = 20_000
Support = tuple[int, ...]
SupportPair = tuple[Support, Support]


@dataclass(frozen=True)
class BimatrixEquilibria:
    """The equilibria of many games.

    Attributes
    ----------
    supports : tuple of pairs of tuples of int
        The pairs of supports that were tried, K in number.
    exists : numpy.ndarray
        Whether there is an equilibrium, shape (N, K).
    row, column : numpy.ndarray
        The mixtures, shape (N, K, m) and (N, K, n); NaN where there is none.
    regret : numpy.ndarray
        The most that either player could gain, shape (N, K), in units of the payoffs.
    degenerate : numpy.ndarray
        Games that may have more equilibria than are given, shape (N,).
    tolerance : float
        Relative to the spread of each player's payoffs.
    """

    supports: tuple[SupportPair, ...]
    exists: np.ndarray
    row: np.ndarray
    column: np.ndarray
    regret: np.ndarray
    degenerate: np.ndarray
    tolerance: float = TOLERANCE
    how_known: str = field(default="certified", init=False)

    def __len__(self) -> int:
        return len(self.exists)

    @cached_property
    def count(self) -> np.ndarray:
        """How many equilibria each game has."""
        return np.count_nonzero(self.exists, axis=1)

    def of_game(self, k: int) -> list[tuple[np.ndarray, np.ndarray]]:
        """The equilibria of one game."""
        return [(self.row[k, s], self.column[k, s]) for s in np.flatnonzero(self.exists[k])]


def solve_bimatrix(A: Any, B: Any, *, tolerance: float = TOLERANCE) -> BimatrixEquilibria:
    """All equilibria of N bimatrix games.

    Parameters
    ----------
    A, B : array of shape (N, m, n) or (m, n)
        Payoffs of the row and of the column player.
    tolerance : float
        What counts as zero, relative to the spread of each player's payoffs in the game.

    Raises
    ------
    GameError
        If the shapes differ, a payoff is not finite, or there are too many pairs of supports.

    Examples
    --------
    >>> found = solve_bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    >>> found.count, found.supports[int(found.exists[0].argmax())]
    (array([1]), ((1,), (1,)))
    """
    a, b = (_payoffs(p) for p in (A, B))
    if not 0 <= tolerance < 1:
        raise GameError(subject="bimatrix", wanted="a tolerance of at least 0 and below 1", got=repr(tolerance))
    if a.shape != b.shape or a.ndim not in (2, 3) or 0 in a.shape:
        raise GameError(
            subject="bimatrix", wanted="two arrays of one shape (N, m, n) or (m, n)", got=f"{a.shape} and {b.shape}"
        )
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        raise GameError(subject="bimatrix", wanted="finite payoffs", got="NaN or infinity")
    a, b = a.reshape(-1, *a.shape[-2:]), b.reshape(-1, *b.shape[-2:])
    pairs = support_pairs(a.shape[1], a.shape[2], MOST_SUPPORTS)
    return _all_chunks(a, b, pairs, tolerance)


def _payoffs(given: Any) -> np.ndarray:
    """Payoffs as an array of floats."""
    try:
        array = np.asarray(given)
        if array.dtype.kind in "iuf":
            return array.astype(float, copy=False)
        whole = array.astype(object)  # fractions and the like; text and complex numbers are refused
        if any(isinstance(x, str | bytes | complex | np.complexfloating) for x in whole.flat):
            raise TypeError("text or complex numbers")
        return whole.astype(float)
    except (TypeError, ValueError) as error:
        raise GameError(
            subject="bimatrix", wanted="rows of equal length of real numbers", got=f"something else: {error}"
        ) from error


def support_pairs(rows: int, columns: int, most: int) -> tuple[SupportPair, ...]:
    """All pairs of supports of one size, pure ones first.

    Raises
    ------
    GameError
        If there are more than `most`.
    """
    count = comb(rows + columns, rows) - 1  # Vandermonde
    if count > most:
        raise GameError(subject="bimatrix", wanted=f"at most {most:,} pairs of supports", got=f"{count:,}")
    return tuple(_pairs(rows, columns))


def _pairs(rows: int, columns: int) -> Iterator[SupportPair]:
    for size in range(1, min(rows, columns) + 1):
        yield from itertools.product(
            itertools.combinations(range(rows), size), itertools.combinations(range(columns), size)
        )


def _all_chunks(a: np.ndarray, b: np.ndarray, pairs: tuple[SupportPair, ...], tolerance: float) -> BimatrixEquilibria:
    count, rows, columns = a.shape
    exists = np.zeros((len(pairs), count), dtype=bool)
    row, column = np.empty((len(pairs), rows, count)), np.empty((len(pairs), columns, count))
    regret, degenerate = np.full((len(pairs), count), np.nan), np.zeros(count, dtype=bool)
    for start in range(0, count, CHUNK):
        part = slice(start, start + CHUNK)
        games = Games(np.ascontiguousarray(a[part].T), np.ascontiguousarray(b[part].T), tolerance)
        for k, (rows_in, columns_in) in enumerate(pairs):
            with np.errstate(all="ignore"):
                tried = games.attempt(rows_in, columns_in)
            exists[k, part], regret[k, part] = tried.ok, tried.regret
            row[k, :, part], column[k, :, part] = tried.row, tried.column
        degenerate[part] = games.degenerate
    return BimatrixEquilibria(
        pairs, exists.T, row.transpose(2, 0, 1), column.transpose(2, 0, 1), regret.T, degenerate, tolerance
    )


@dataclass(frozen=True)
class Attempt:
    """One pair of supports, tried for N games.

    Attributes
    ----------
    whole_row, whole_column : numpy.ndarray
        The mixtures over all strategies, shape (m, N) and (n, N).
    regret : numpy.ndarray
        NaN where it is no equilibrium.
    ok : numpy.ndarray
        Where it is one.
    border : numpy.ndarray
        Where it would be one but for a share within the tolerance of 0.
    ties : pair of numpy.ndarray
        Which strategies of either player outside the supports are as good as those inside.
    """

    whole_row: np.ndarray
    whole_column: np.ndarray
    regret: np.ndarray
    ok: np.ndarray
    border: np.ndarray
    ties: tuple[np.ndarray, np.ndarray]

    @property
    def row(self) -> np.ndarray:
        """The row player's mixture; NaN where it is no equilibrium."""
        return np.where(self.ok, self.whole_row, np.nan)

    @property
    def column(self) -> np.ndarray:
        """The column player's mixture; NaN where it is no equilibrium."""
        return np.where(self.ok, self.whole_column, np.nan)


class Games:
    """Some games; `a[j, i]` and `b[j, i]` are arrays over the games."""

    def __init__(self, a: np.ndarray, b: np.ndarray, tolerance: float) -> None:
        self.a, self.b = a, b
        # a game whose payoffs are all one number is worth the same everywhere
        self.tiny_a = tolerance * np.ptp(a, axis=(0, 1))
        self.tiny_b = tolerance * np.ptp(b, axis=(0, 1))
        self.top_a, self.top_b = a.max(axis=1), b.max(axis=0)
        self.tolerance = tolerance
        self.degenerate = np.zeros(a.shape[2], dtype=bool)

    def attempt(self, rows_in: Support, columns_in: Support) -> Attempt:
        """Mixtures over two supports, their regret, and where they are an equilibrium."""
        if len(rows_in) == 1:
            return self._pure(rows_in[0], columns_in[0])
        columns, rows, _ = self.a.shape
        y = _indifferent(self.a[np.ix_(columns_in, rows_in)].transpose(1, 0, 2))
        x = _indifferent(self.b[np.ix_(columns_in, rows_in)])
        inside = (x > self.tolerance).all(axis=0) & (y > self.tolerance).all(axis=0)
        near = (x > -self.tolerance).all(axis=0) & (y > -self.tolerance).all(axis=0)
        worth_rows = _worth(self.a[list(columns_in)], y)
        worth_columns = _worth(self.b.transpose(1, 0, 2)[list(rows_in)], x)
        gain_a = worth_rows.max(axis=0) - (worth_rows[list(rows_in)] * x).sum(axis=0)
        gain_b = worth_columns.max(axis=0) - (worth_columns[list(columns_in)] * y).sum(axis=0)
        fair = (gain_a <= self.tiny_a) & (gain_b <= self.tiny_b)
        ok, possible = inside & fair, near & fair
        ties = _tied(worth_rows, rows_in, self.tiny_a), _tied(worth_columns, columns_in, self.tiny_b)
        tied = ties[0].any(axis=0) | ties[1].any(axis=0)
        self.degenerate |= possible & (tied | ~inside)
        regret = np.where(ok, np.maximum(np.maximum(gain_a, gain_b), 0.0), np.nan)
        return Attempt(
            _spread(x, rows_in, rows),
            _spread(y, columns_in, columns),
            regret,
            ok,
            possible & ~inside,
            (ties[0] & ok, ties[1] & ok),
        )

    def _pure(self, i: int, j: int) -> Attempt:
        """The same for a pair of pure strategies, with less to compute."""
        columns, rows, count = self.a.shape
        gain_a, gain_b = self.top_a[j] - self.a[j, i], self.top_b[i] - self.b[j, i]
        ok = (gain_a <= self.tiny_a) & (gain_b <= self.tiny_b)
        ties = _tied(self.a[j], (i,), self.tiny_a) & ok, _tied(self.b[:, i], (j,), self.tiny_b) & ok
        for tied in (row for table in ties for row in table):
            self.degenerate |= tied
        row, column = np.zeros((rows, count)), np.zeros((columns, count))
        row[i], column[j] = 1.0, 1.0
        regret = np.where(ok, np.maximum(gain_a, gain_b), np.nan)
        return Attempt(row, column, regret, ok, np.zeros(count, dtype=bool), ties)


def _tied(worth: np.ndarray, support: Support, tiny: np.ndarray) -> np.ndarray:
    """Which strategies outside the support are as good as those inside."""
    tied: np.ndarray = worth >= worth[list(support)].max(axis=0) - tiny
    tied[list(support)] = False
    return tied


def _worth(payoffs: np.ndarray, mixture: np.ndarray) -> np.ndarray:
    """What each strategy is worth against a mixture."""
    total = payoffs[0] * mixture[0]
    for k in range(1, len(mixture)):
        total = total + payoffs[k] * mixture[k]
    return total


def _indifferent(M: np.ndarray) -> np.ndarray:
    """The mixture z, summing to 1, with all entries of ``M z`` equal; M has shape (k, k, N).

    It is orthogonal to the differences of rows: for k = 2 and 3 their cross product.
    """
    size = len(M)
    if size == 1:
        return np.ones((1, M.shape[2]))
    d = M[1:] - M[0]
    if size == 2:
        z = np.stack([d[0, 1], -d[0, 0]])
    elif size == 3:
        p, q = d
        z = np.stack([p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]])
    else:
        z = _minors(d)
    return z / z.sum(axis=0)


def _minors(d: np.ndarray) -> np.ndarray:
    """The generalised cross product of k - 1 rows: signed determinants with one column left out."""
    size = d.shape[1]
    matrices = d.transpose(2, 0, 1)
    kept = [[c for c in range(size) if c != left] for left in range(size)]
    return np.stack([(-1) ** left * np.linalg.det(matrices[:, :, columns]) for left, columns in enumerate(kept)])


def _spread(mixture: np.ndarray, support: Support, size: int) -> np.ndarray:
    """The mixture over all strategies."""
    whole = np.zeros((size, mixture.shape[1]))
    whole[list(support)] = mixture
    return whole
