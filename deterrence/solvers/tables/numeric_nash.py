"""Payoff tables with numbers, given to Nashpy; what comes back is judged by exact regret.

Nashpy (Knight and Campbell 2018, JOSS 3:904) computes with floats.  Each of its profiles is first
read as the simple fractions it stands for; if no player can gain by a deviation from these it is
exact.  Otherwise the floats themselves are taken as exact numbers and the most that a player can
gain, the regret, is computed without rounding.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import sympy as sp

from deterrence.equilibria import checked_point
from deterrence.errors import ConceptError, UnknownName
from deterrence.games.strategic import StrategicGame
from deterrence.notebook import ShownInNotebooks

__all__ = ["METHODS", "NumericEquilibria", "NumericProfile", "numeric_nash", "regret"]

METHODS = {
    "support enumeration": "not complete for degenerate games: of a continuum it lists some members or none",
    "vertex enumeration": "not complete for degenerate games: of a continuum it lists extreme members only",
    "lemke howson": "not complete: one equilibrium for each initial label, some of them the same",
}
TOLERANCE = Fraction(1, 10**9)
_SIMPLE = 10**6
_POSITIVE = 1e-12  # a smaller share belongs to a smaller support

Mixture = dict[str, Fraction]


@dataclass(frozen=True)
class NumericProfile(ShownInNotebooks):
    """One profile at one point.

    Attributes
    ----------
    strategy : mapping of (player, label) to mapping of action to Fraction
    regret : Fraction
        The most that any player can gain by a deviation, computed without rounding.
    """

    strategy: Mapping[tuple[str, str], Mapping[str, Fraction]]
    regret: Fraction

    @property
    def how_known(self) -> str:
        """Exact if nobody gains at all, certified if the regret is stated."""
        return "exact" if self.regret == 0 else "certified"


@dataclass(frozen=True)
class NumericEquilibria(ShownInNotebooks):
    """What one numeric method found at one point.

    Attributes
    ----------
    profiles : tuple of NumericProfile
        Those whose regret is at most the tolerance.
    rejected : tuple of NumericProfile
        What Nashpy called an equilibrium although a deviation gains more.
    note : str
        In which sense the list is not complete.
    """

    profiles: tuple[NumericProfile, ...]
    rejected: tuple[NumericProfile, ...]
    method: str
    note: str


def numeric_nash(
    game: StrategicGame, at: Mapping[Any, Any] | None = None, *, method: str = "support enumeration"
) -> NumericEquilibria:
    """Nash equilibria of a table at one point by a numeric method of Nashpy, each with its exact regret.

    Parameters
    ----------
    game : StrategicGame
        With two players.
    at : mapping from parameter to number
    method : {"support enumeration", "vertex enumeration", "lemke howson"}

    Raises
    ------
    ConceptError
        If the game has not two players.
    UnknownName
        If there is no such method.

    Examples
    --------
    >>> game = StrategicGame("Pennies", actions={"A": ["h", "t"], "B": ["h", "t"]},
    ...     payoffs={"A": [[1, -1], [-1, 1]], "B": [[-1, 1], [1, -1]]})
    >>> (only,) = numeric_nash(game).profiles
    >>> only.strategy["A", "choice"]["h"], only.how_known
    (Fraction(1, 2), 'exact')
    """
    if method not in METHODS:
        raise UnknownName(subject="numeric_nash", wanted="a method", got=method, known=METHODS)
    if len(game.players) != 2:
        raise ConceptError(
            subject=f'Game "{game.name}"', wanted="two players for Nashpy", got=str(len(game.players)),
            hint='solve(game, "nash") takes any number',
        )  # fmt: skip
    point = checked_point(game, at or {})
    tables = [_numbers(game.matrix(player), point) for player in game.players]
    found: dict[Any, NumericProfile] = {}
    for row, column in _ask(tables, method):
        profile = _profile(game, tables, row, column)
        found.setdefault(tuple(tuple(m.items()) for m in profile.strategy.values()), profile)
    good = tuple(p for p in found.values() if p.regret <= TOLERANCE)
    bad = tuple(p for p in found.values() if p.regret > TOLERANCE and method != "support enumeration")
    return NumericEquilibria(good, bad, method, METHODS[method])


def regret(tables: list[list[list[Fraction]]], row: list[Fraction], column: list[Fraction]) -> Fraction:
    """The most that either player can gain by a deviation, exactly."""
    first, second = tables
    rows = [sum((a * q for a, q in zip(line, column, strict=True)), Fraction(0)) for line in first]
    lines = list(zip(*second, strict=True))
    columns = [sum((b * p for b, p in zip(line, row, strict=True)), Fraction(0)) for line in lines]
    gains = (max(v) - sum(w * x for w, x in zip(m, v, strict=True)) for m, v in ((row, rows), (column, columns)))
    return max(Fraction(0), *gains)


def _numbers(matrix: list[list[sp.Expr]], point: Mapping[sp.Symbol, Any]) -> list[list[Fraction]]:
    values = [[e.xreplace(dict(point)) for e in row] for row in matrix]
    missing = sorted({s.name for row in values for e in row for s in e.free_symbols})
    if missing:
        raise ConceptError(
            subject="numeric_nash", wanted="a number for every parameter", got=f"none for {', '.join(missing)}"
        )
    return [[Fraction(int(sp.Rational(e).p), int(sp.Rational(e).q)) for e in row] for row in values]


def _ask(tables: list[list[list[Fraction]]], method: str) -> list[tuple[Any, Any]]:
    """Nashpy's profiles as floats; its warnings on degeneracy are said by the note."""
    import nashpy
    import numpy as np

    # equilibria stay the same when a constant is added; the polytopes want positive payoffs
    least = [min(min(row) for row in t) for t in tables]
    shifted = ([[float(v - low + 1) for v in row] for row in t] for t, low in zip(tables, least, strict=True))
    game = nashpy.Game(*map(np.array, shifted))
    ask = {
        "support enumeration": partial(_candidates, game),
        "vertex enumeration": game.vertex_enumeration,
        "lemke howson": game.lemke_howson_enumeration,
    }[method]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [(row, column) for row, column in ask() if np.isfinite(row).all() and np.isfinite(column).all()]


def _candidates(game: Any) -> Iterator[tuple[Any, Any]]:
    """What makes the other side indifferent, support by support, within the table of the support alone.

    On the whole table Nashpy refuses mixtures in which rounding has made a zero negative, and its
    last step compares floats by ``==``, so that it denies equilibria that it has just found.
    Regret takes the place of both.
    """
    from nashpy.algorithms.support_enumeration import potential_support_pairs

    first, second = game.payoff_matrices
    for rows, columns in potential_support_pairs(first, second):
        row = _mixture(second.T, columns, rows)
        column = _mixture(first, rows, columns)
        if row is not None and column is not None:
            yield row, column


def _mixture(payoffs: Any, own: tuple[int, ...], other: tuple[int, ...]) -> Any:
    """The mixture on `other` that makes `own` indifferent, if there is one."""
    import numpy as np
    from nashpy.algorithms.support_enumeration import solve_indifference

    if len(own) != len(other):
        return None
    found = solve_indifference(payoffs[np.ix_(own, other)], range(len(own)), range(len(other)))
    if found is False or min(found) < _POSITIVE:
        return None
    whole = np.zeros(payoffs.shape[1])
    whole[list(other)] = found
    return whole


def _profile(game: StrategicGame, tables: list[list[list[Fraction]]], row: Any, column: Any) -> NumericProfile:
    """The profile in simple fractions where these are exact, else with the floats' own values."""
    raw = [[max(Fraction(0), Fraction(float(v))) for v in mixture] for mixture in (row, column)]
    if any(sum(m) == 0 or len(m) != len(a) for m, a in zip(raw, game.actions.values(), strict=True)):
        raw = [[Fraction(int(k == 0)) for k in range(len(a))] for a in game.actions.values()]
    simple = [_normal([v.limit_denominator(_SIMPLE) for v in m]) for m in raw]
    chosen = simple if regret(tables, *simple) == 0 else [_normal(m) for m in raw]
    keys = game.information.values()
    names = game.actions.values()
    strategy = {k: dict(zip(a, m, strict=True)) for k, a, m in zip(keys, names, chosen, strict=True)}
    return NumericProfile(strategy, regret(tables, *chosen))


def _normal(mixture: list[Fraction]) -> list[Fraction]:
    total = sum(mixture)
    return [v / total for v in mixture]
