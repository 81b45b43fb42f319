"""Equilibria of games of levels at one point, by Newton's method from many starts.

Half of the starts are random on a logarithmic scale - efforts may be tiny or large - and half are where
best replies in turn lead from there.

What comes out is judged by interval arithmetic over the whole range of every level; the list is
never complete.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

import sympy as sp

from deterrence.errors import PointError
from deterrence.games.continuous import ContinuousGame, Level
from deterrence.profile import ProfileEquilibrium
from deterrence.profiles import FormEquilibria, answer, point_of, provenance
from deterrence.regions import Region
from deterrence.solvers.levels.active_sets import Places, assignments
from deterrence.solvers.levels.points import judged

__all__ = ["numeric_levels"]

NOTE = "not complete: equilibria at one point, found from {} starts"
CLOSE = 1e-7
WIDE = 1e4  # of a level without an upper bound: starts lie below, solutions need not
ROUNDS = 40


def numeric_levels(game: ContinuousGame, at: Mapping[Any, Any], *, starts: int = 12, seed: int = 0) -> FormEquilibria:
    """Nash equilibria in levels at a point, each labelled "certified" or "numeric" with the bound on any gain.

    Parameters
    ----------
    game : ContinuousGame
    at : mapping from parameter to number
        All parameters.
    starts : int
        Random starting points, each of which best replies in turn lead to another one.

    Raises
    ------
    PointError
        If a parameter that a payoff or a bound uses has no value.
    """
    point = point_of(game, at)
    _check(game, point)
    begin = _starts(game, point, starts, seed)
    found: list[dict[sp.Symbol, Any]] = []
    records = []
    for places in assignments(game.levels):
        for values in _solved(game, places, point, begin):
            if not any(all(abs(values[s] - other[s]) < 1e-6 for s in values) for other in found):
                found.append(values)
                records += _record(game, values, point)
    made = provenance("nash", "no deviation in the range gains", "Newton's method from many starts", 0.0)
    return answer(game, records, made, notes=[NOTE.format(starts)])


def _check(game: ContinuousGame, point: Mapping[sp.Symbol, Any]) -> None:
    """That every symbol in payoffs and bounds is a level or has a number."""
    bounds = [sp.sympify(b) for x in game.levels for b in (x.low, x.high) if b is not None]
    used = {s for e in (*game.payoffs.values(), *bounds) for s in e.free_symbols} - set(game.by_symbol)
    missing = sorted(s.name for s in used - set(point))
    if missing:
        raise PointError(
            subject=game.subject, wanted=f"a value for {', '.join(missing)}", got=", ".join(map(str, point)) or "none"
        )


Start = dict[sp.Symbol, float]


def _starts(game: ContinuousGame, point: Mapping[sp.Symbol, Any], number: int, seed: int) -> list[Start]:
    """Random places on a logarithmic scale, and where best replies lead from them."""
    rng = random.Random(seed)
    found: list[Start] = []
    grids = {x.symbol: _grid(*_bounds(x, point)) for x in game.levels}
    payoffs = {p: sp.lambdify(list(game.by_symbol), u.subs(dict(point)), "numpy") for p, u in game.payoffs.items()}
    for _ in range(number):
        start = {s: float(rng.choice(grid)) for s, grid in grids.items()}
        found += [start, _replied(game, start, grids, payoffs)]
    return found


def _grid(low: float, high: float) -> list[float]:
    """Both ends, and places between them whose distance from the lower one, or from the upper one, is of any order."""
    steps = [10 ** (-10 + k / 8) for k in range(80)]
    width = high - low
    return sorted({low, high, *(low + width * s for s in steps), *(high - width * s for s in steps)})


def _replied(game: ContinuousGame, start: Start, grids: Mapping[sp.Symbol, list[float]], payoffs: Any) -> Start:
    """Best replies on the grid, one level after the other, until nothing changes."""
    import numpy as np

    here = dict(start)
    for _ in range(ROUNDS):
        before = dict(here)
        for x in game.levels:
            grid = np.array(grids[x.symbol])
            levels = [grid if s == x.symbol else here[s] for s in game.by_symbol]
            with np.errstate(all="ignore"):
                worth = np.asarray(payoffs[x.owner](*levels), dtype=complex) * np.ones_like(grid)
            real = np.where(np.isfinite(worth.real) & (worth.imag == 0), worth.real, -np.inf)
            here[x.symbol] = float(grid[int(real.argmax())])
        if here == before:
            break
    return here


def _bounds(x: Level, point: Mapping[sp.Symbol, Any]) -> tuple[float, float]:
    low = float(sp.sympify(x.low).subs(dict(point)))
    return low, low + WIDE if x.high is None else float(sp.sympify(x.high).subs(dict(point)))


def _solved(
    game: ContinuousGame, places: Places, point: Mapping[sp.Symbol, Any], starts: Sequence[Start]
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
    for place in starts if inner else starts[:1]:
        start = [place[s] for s in inner]
        if inner:
            with np.errstate(all="ignore"):
                result = root(lambda x: _real(compute(x)), start)
            if not result.success or not np.isfinite(result.x).all():
                continue
            start = [float(v) for v in result.x]
        values = {**fixed, **dict(zip(inner, start, strict=True))}
        if _fits(game, places, values, slopes, point):
            found.append(values)
    return found


def _real(values: Any) -> Any:
    """Slopes as floats; not a number where they are not real."""
    import numpy as np

    found = np.array(values, dtype=complex)
    return np.where(found.imag == 0, found.real, np.nan)


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
