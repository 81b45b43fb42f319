"""Levels at one point: whether they lie where they should, and whether any deviation in the whole range gains.

Rational payoffs of one own level are settled exactly, by the places where they can be greatest;
others by interval arithmetic, with the bound on any gain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.games.continuous import ContinuousGame
from deterrence.solvers.levels.active_sets import Places
from deterrence.solvers.levels.algebraic_points import AlgebraicPoint
from deterrence.solvers.levels.best_reply import deviation_gain
from deterrence.solvers.levels.beyond_rational import is_rational, needs
from deterrence.solvers.levels.exact_replies import Unsettled, better_reply

__all__ = ["Known", "algebraic", "at_point", "judged", "settled"]

TOLERANCE = 1e-6


@dataclass(frozen=True)
class Known:
    """How well levels are known to be an equilibrium: a word, words, and the bound on any gain."""

    how: str
    evidence: str = ""
    regret: float = 0.0


def at_point(game: ContinuousGame, point: Mapping[sp.Symbol, Any]) -> ContinuousGame:
    """The game with numbers in place of its parameters."""
    put = dict(point)
    levels: dict[str, dict[sp.Symbol, tuple[Any, Any]]] = {p: {} for p in game.players}
    for x in game.levels:
        high = None if x.high is None else sp.sympify(x.high).subs(put)
        levels[x.owner][x.symbol] = (sp.sympify(x.low).subs(put), high)
    payoffs = {p: u.subs(put) for p, u in game.payoffs.items()}
    return ContinuousGame(game.name, levels=levels, payoffs=payoffs)


def settled(game: ContinuousGame, places: Places, point: AlgebraicPoint, sure: Iterable[str]) -> Known | None:
    """Whether levels are an equilibrium of a game without parameters and with rational slopes; None if not.

    Parameters
    ----------
    game : ContinuousGame
    places : mapping from level to place
        Where each level is said to be.
    point : AlgebraicPoint
    sure : iterable of str
        Players whose payoffs are known to be concave in their own levels.
    """
    if not _defined(game, point) or not _in_place(game, places, point):
        return None
    left = []
    for player in game.players:
        if player not in set(sure):
            try:
                if _reply(game, player, point) is not None:
                    return None
            except Unsettled:
                left.append(player)
    return Known("exact") if not left else judged(game, point.values, {}, left)


def _defined(game: ContinuousGame, point: AlgebraicPoint) -> bool:
    relations = [r for u in game.payoffs.values() for r in needs(u)]
    return all(bool(r.func(point.sign(r.lhs - r.rhs), 0)) for r in relations)


def _in_place(game: ContinuousGame, places: Places, point: AlgebraicPoint) -> bool:
    for x in game.levels:
        place = places[x.symbol]
        if place == "interior":
            if point.sign(x.symbol - x.low) <= 0 or (x.high is not None and point.sign(x.high - x.symbol) <= 0):
                return False
        elif point.sign(game.slope(x.symbol)) * (1 if place == "low" else -1) > 0:
            return False
    return True


def _reply(game: ContinuousGame, player: str, point: AlgebraicPoint) -> sp.Expr | None:
    """A level that is worth more to a player, if there is one; `Unsettled` where that is not known exactly."""
    own = game.own(player)
    others = {s: point.values[s] for s in point.images if s not in {x.symbol for x in own}}
    if len(own) != 1 or not all(v.is_Rational for v in others.values()) or not is_rational(game.payoffs[player]):
        raise Unsettled
    (x,) = own
    alone = AlgebraicPoint(point.root, point.minimal, {x.symbol: point.images[x.symbol]})
    return better_reply(game.payoffs[player].subs(others), x.symbol, x.low, x.high, alone)


def judged(
    game: ContinuousGame,
    values: Mapping[sp.Symbol, Any],
    point: Mapping[sp.Symbol, Any],
    players: Iterable[str] | None = None,
) -> Known | None:
    """How well levels are known to be an equilibrium at a point, by interval arithmetic; None if they are not."""
    checks = [deviation_gain(game, p, values, point, TOLERANCE) for p in players or game.players]
    if any(c.better is not None for c in checks):
        return None
    worst = max(c.gain for c in checks)
    reach = "; ".join(c.reach for c in checks)
    evidence = f"no deviation gains more than {worst:.1e} for {reach} (interval arithmetic)"
    return Known("certified" if worst <= 100 * TOLERANCE else "numeric", evidence, worst)


def algebraic(game: ContinuousGame) -> bool:
    """Whether all slopes, and all that payoffs need to be defined, are rational functions: logarithms of such are."""
    asked = [r.lhs - r.rhs for u in game.payoffs.values() for r in needs(u) if r not in (sp.true, sp.false)]
    return all(map(is_rational, [*(game.slope(x.symbol) for x in game.levels), *asked]))
