"""Power indices: the Shapley value and the Banzhaf index, exactly.

A weighted game with numbers is settled by counting, for all subsets of the other players at once,
how often a player turns losing into winning; with many players by dynamic programming over the
weights that subsets can have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import factorial, lcm
from typing import Any

import sympy as sp

from deterrence.errors import ConceptError
from deterrence.games.coalition import CoalitionGame
from deterrence.notebook import ShownInNotebooks
from deterrence.profiles import point_of

__all__ = ["Power", "banzhaf", "shapley", "turned"]

MOST_LISTED = 20
MOST_SYMBOLIC = 12
MOST_STATES = 2_000_000


@dataclass(frozen=True)
class Power(ShownInNotebooks):
    """An index for every player.

    Attributes
    ----------
    index : {"shapley", "banzhaf"}
    values : mapping from player to exact expression
        The Banzhaf index is the share of coalitions of the others that the player makes winning;
        `normalised` divides by the sum.
    """

    index: str
    values: Mapping[str, sp.Expr]

    @property
    def normalised(self) -> dict[str, sp.Expr]:
        """The values as shares of their sum.

        Raises
        ------
        ConceptError
            If all of them are 0, because nobody makes any coalition winning.
        """
        total = sp.Add(*self.values.values())
        if total == 0:
            raise ConceptError(
                subject=f"{self.index} index", wanted="some coalition that a player makes winning", got="none",
                hint="the quota is more than all have together, or all worths are 0",
            )  # fmt: skip
        return {p: sp.cancel(v / total) for p, v in self.values.items()}

    def __getitem__(self, player: str) -> sp.Expr:
        return self.values[player]


def shapley(game: CoalitionGame, at: Mapping[Any, Any] | None = None) -> Power:
    """The Shapley value (Shapley 1953; of weighted games, Shapley and Shubik 1954).

    Parameters
    ----------
    game : CoalitionGame
        Worths may be symbols; resources need numbers (by themselves or by `at`).
    at : mapping from parameter to number, optional

    Examples
    --------
    >>> game = CoalitionGame("Three", resources={"A": 2, "B": 1, "C": 1})
    >>> shapley(game).values
    {'A': 2/3, 'B': 1/6, 'C': 1/6}
    """
    n = len(game.players)
    if game.weighted:
        swings = _swings(game, at or {})
        orders = factorial(n)
        return Power(
            "shapley",
            {
                p: sp.Rational(sum(c * factorial(s) * factorial(n - 1 - s) for s, c in enumerate(counts)), orders)
                for p, counts in swings.items()
            },
        )
    weights = [sp.Rational(factorial(s) * factorial(n - 1 - s), factorial(n)) for s in range(n)]
    return Power("shapley", _marginal(game, at or {}, weights))


def banzhaf(game: CoalitionGame, at: Mapping[Any, Any] | None = None) -> Power:
    """The Banzhaf index (Penrose 1946; Banzhaf 1965).

    Examples
    --------
    >>> game = CoalitionGame("Three", resources={"A": 2, "B": 1, "C": 1})
    >>> banzhaf(game).values
    {'A': 3/4, 'B': 1/4, 'C': 1/4}
    """
    n = len(game.players)
    if game.weighted:
        swings = _swings(game, at or {})
        return Power("banzhaf", {p: sp.Rational(sum(counts), 2 ** (n - 1)) for p, counts in swings.items()})
    return Power("banzhaf", _marginal(game, at or {}, [sp.Rational(1, 2 ** (n - 1))] * n))


def _marginal(game: CoalitionGame, at: Mapping[Any, Any], weights: list[sp.Rational]) -> dict[str, sp.Expr]:
    """Weighted sums of what a player adds to coalitions of the others."""
    number = len(game.players)
    if game.partition_worth is not None or number > MOST_LISTED:
        raise ConceptError(
            subject=game.subject, wanted=f"a characteristic function of at most {MOST_LISTED} players, or resources",
            got="partition_worth" if game.partition_worth is not None else f"{number} players",
        )  # fmt: skip
    point = point_of(game, at)
    if number > MOST_SYMBOLIC:
        return _added(game, point, weights)
    worth = {c: game.worth_of(c).subs(point) for c in game.coalitions(empty=True)}
    values = {}
    for player in game.players:
        terms = [weights[len(c)] * (worth[c | {player}] - value) for c, value in worth.items() if player not in c]
        values[player] = sp.expand(sp.Add(*terms))
    return values


def _added(game: CoalitionGame, point: Mapping[Any, Any], weights: list[sp.Rational]) -> dict[str, sp.Expr]:
    """The same for many players and worths that are numbers, all coalitions side by side."""
    import numpy as np

    whole, scale = _whole([0, *(_plain(game, c, point) for c in _by_mask(game.players))])
    kind = np.int64 if max(*whole, -min(whole)) < 2**40 else object
    array = np.array(whole, dtype=kind)
    places = np.arange(len(whole))
    sizes = np.array([place.bit_count() for place in range(len(whole))], dtype=np.int8)
    values = {}
    for k, player in enumerate(game.players):
        without = places[(places >> k) & 1 == 0]
        added, size = array[without | (1 << k)] - array[without], sizes[without]
        sums = [int(added[size == s].sum()) for s in range(len(game.players))]
        values[player] = sp.Add(*(w * total for w, total in zip(weights, sums, strict=True))) / scale
    return values


def _by_mask(players: tuple[str, ...]) -> Iterator[frozenset[str]]:
    """Every coalition but the empty one; the k-th player is in it if bit k of its number is set."""
    half = len(players) // 2
    low, high = (
        [frozenset(p for k, p in enumerate(part) if mask >> k & 1) for mask in range(1 << len(part))]
        for part in (players[:half], players[half:])
    )
    every = (above | below for above in high for below in low)
    next(every)
    return every


def _whole(worths: list[Any]) -> tuple[list[int], int]:
    """Numbers as whole ones, all times one positive number, which comes second."""
    if all(type(v) is int for v in worths):
        return worths, 1
    scale = lcm(*{v.denominator for v in worths})
    return [v.numerator * (scale // v.denominator) for v in worths], scale


def _plain(game: CoalitionGame, coalition: frozenset[str], point: Mapping[Any, Any]) -> Any:
    """A worth as a whole number or a fraction."""
    value = game.plain_worth(coalition)
    if type(value) is int or type(value) is Fraction:
        return value
    exact = sp.sympify(value).subs(point)
    if not exact.is_Rational:
        raise ConceptError(
            subject=game.subject, wanted=f"worths in numbers for more than {MOST_SYMBOLIC} players", got=str(exact),
            hint="give at={parameter: value, ...}",
        )  # fmt: skip
    return Fraction(int(exact.p), int(exact.q))


def turned(game: CoalitionGame) -> dict[str, bool]:
    """Of a game of resources in numbers: whether each player makes some coalition winning."""
    return {p: any(counts) for p, counts in _swings(game, {}).items()}


def _swings(game: CoalitionGame, at: Mapping[Any, Any]) -> dict[str, list[int]]:
    """For each player, how many coalitions of the others of each size it makes winning."""
    point = point_of(game, at)
    numbers = [sp.sympify(e).subs(point) for e in (*game.resources.values(), game.quota)]
    if not all(v.is_Rational for v in numbers):
        raise ConceptError(
            subject=game.subject, wanted="resources in numbers", got="symbols", hint="give at={parameter: value, ...}"
        )
    scale = lcm(*(int(v.q) for v in numbers))
    *weights, quota = (int(v * scale) for v in numbers)
    if len(weights) <= MOST_LISTED and sum(weights) < 2**62:
        rows = [_listed(weights, k, quota) for k in range(len(weights))]
    else:
        rows = [_counted(weights[:k] + weights[k + 1 :], weights[k], quota) for k in range(len(weights))]
    return dict(zip(game.players, rows, strict=True))


def _listed(weights: list[int], k: int, quota: int) -> list[int]:
    """All subsets of the others side by side."""
    import numpy as np

    sums, sizes = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int8)
    for w in weights[:k] + weights[k + 1 :]:
        sums, sizes = np.concatenate([sums, sums + w]), np.concatenate([sizes, sizes + 1])
    turned = sizes[(sums <= quota) & (sums + weights[k] > quota)]
    return [int(c) for c in np.bincount(turned, minlength=len(weights))]


def _counted(others: list[int], own: int, quota: int) -> list[int]:
    """Subsets of the others by weight and size."""
    table: dict[int, list[int]] = {0: [1] + [0] * len(others)}
    for w in others:
        for total, counts in sorted(table.items(), reverse=True):
            if total + w <= quota:
                old = table.setdefault(total + w, [0] * (len(others) + 1))
                for size, c in enumerate(counts[:-1]):
                    old[size + 1] += c
        if len(table) > MOST_STATES:
            raise ConceptError(
                subject="power index", wanted=f"at most {MOST_STATES:,} different weights of coalitions", got="more"
            )
    turned = [0] * (len(others) + 1)
    for total, counts in table.items():
        if total + own > quota:
            turned = [a + b for a, b in zip(turned, counts, strict=True)]
    return turned
