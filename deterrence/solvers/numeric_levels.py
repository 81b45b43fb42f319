"""Equilibria of games of levels at one point, by Newton's method from many starts.

What comes out is judged by interval arithmetic over the whole range of every level; the list is
never complete.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

import sympy as sp

from deterrence.games.continuous import ContinuousGame, Level
from deterrence.profiles import FormEquilibria, ProfileEquilibrium, answer, point_of, provenance
from deterrence.regions import Region
from deterrence.solvers.active_sets import Places, assignments
from deterrence.solvers.level_points import judged

__all__ = ["numeric_levels"]

NOTE = "not complete: equilibria at one point, found from {} starts"
CLOSE = 1e-7


def numeric_levels(game: ContinuousGame, at: Mapping[Any, Any], *, starts: int = 12, seed: int = 0) -> FormEquilibria:
    """Nash equilibria in levels at a point, each labelled "certified" or "numeric" with the bound on any gain.

    Parameters
    ----------
    game : ContinuousGame
    at : mapping from parameter to number
        All parameters.
    starts : int
        Starting points for each assignment of levels to bounds.
    """
    point = point_of(game, at)
    rng = random.Random(seed)
    found: list[dict[sp.Symbol, Any]] = []
    records = []
    for places in assignments(game.levels):
        for values in _solved(game, places, point, starts, rng):
            if not any(all(abs(values[s] - other[s]) < 1e-6 for s in values) for other in found):
                found.append(values)
                records += _record(game, values, point)
    made = provenance("nash", "no deviation in the range gains", "Newton's method from many starts", 0.0)
    return answer(game, records, made, notes=[NOTE.format(starts)])


def _bounds(x: Level, point: Mapping[sp.Symbol, Any]) -> tuple[float, float]:
    low = float(sp.sympify(x.low).subs(dict(point)))
    return low, low + 10.0 if x.high is None else float(sp.sympify(x.high).subs(dict(point)))


def _solved(
    game: ContinuousGame, places: Places, point: Mapping[sp.Symbol, Any], starts: int, rng: random.Random
) -> Sequence[dict[sp.Symbol, Any]]:
    """Levels at which interior slopes vanish and slopes at bounds point outwards."""
    import numpy as np
    from scipy.optimize import root

    ranges = {x.symbol: _bounds(x, point) for x in game.levels}
    fixed = {s: ranges[s][0 if place == "low" else 1] for s, place in places.items() if place != "interior"}
    inner = [s for s, place in places.items() if place == "interior"]
    slopes = {x.symbol: game.slope(x.symbol).subs({**point, **fixed}) for x in game.levels}
    if any(e.has(sp.zoo, sp.nan) for e in slopes.values()):
        return []
    compute = sp.lambdify([inner], [slopes[s] for s in inner], "numpy")
    found = []
    for _ in range(starts if inner else 1):
        start = [ranges[s][0] + rng.random() ** 2 * (ranges[s][1] - ranges[s][0]) for s in inner]
        if inner:
            with np.errstate(all="ignore"):
                result = root(lambda x: np.array(compute(x), dtype=float), start)
            if not result.success or not np.isfinite(result.x).all():
                continue
            start = [float(v) for v in result.x]
        values = {**fixed, **dict(zip(inner, start, strict=True))}
        if _fits(game, places, values, slopes, point):
            found.append(values)
    return found


def _fits(
    game: ContinuousGame,
    places: Places,
    values: Mapping[sp.Symbol, Any],
    slopes: Mapping[sp.Symbol, sp.Expr],
    point: Any,
) -> bool:
    for x in game.levels:
        low, high = _bounds(x, point)
        if places[x.symbol] == "interior":
            if values[x.symbol] <= low + CLOSE or (x.high is not None and values[x.symbol] >= high - CLOSE):
                return False
            continue
        slope = sp.N(slopes[x.symbol].subs(dict(values)))
        if not slope.is_real or (slope > CLOSE if places[x.symbol] == "low" else slope < -CLOSE):
            return False
    return True


def _record(
    game: ContinuousGame, values: Mapping[sp.Symbol, Any], point: Mapping[sp.Symbol, Any]
) -> list[ProfileEquilibrium]:
    known = judged(game, values, point)
    if known is None:
        return []
    how, evidence, worst = known.how, known.evidence, known.regret
    strategy = {s.name: sp.Float(v) for s, v in values.items()}
    payoffs = {p: sp.N(u.subs({**point, **values})) for p, u in game.payoffs.items()}
    region = Region.everything(game.assumptions)
    return [
        ProfileEquilibrium(
            game, strategy, region, payoffs=payoffs, how_known=how, evidence=evidence, facts={"regret": worst}
        )
    ]
