"""Whether a level is a best reply against all others, not only against neighbours.

A payoff that is concave in a player's own levels, wherever the assumptions hold, has no other
maximum: that is proved with regions.  Elsewhere the payoff at a point is bounded by interval
arithmetic over its whole range, which certifies how much any deviation can gain.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import mpmath  # type: ignore[import-untyped]
import sympy as sp

from deterrence.errors import NotPolynomial
from deterrence.games.continuous import ContinuousGame, Level
from deterrence.regions import Region, Verdict

__all__ = ["GlobalCheck", "concave", "deviation_gain"]

SECONDS = 2.0
MOST_BOXES = 4000
FAR = 10**6


@dataclass(frozen=True)
class GlobalCheck:
    """A bound on what a player can gain by any deviation at a point.

    Attributes
    ----------
    player : str
    gain : float
        No deviation within the range gains more (interval arithmetic).
    better : mapping or None
        Levels that do gain, if there are any beyond the tolerance.
    reach : str
        The range that was searched.
    """

    player: str
    gain: float
    better: Mapping[sp.Symbol, float] | None
    reach: str


def concave(game: ContinuousGame, player: str) -> Verdict:
    """Whether a player's payoff is concave in its own levels wherever the assumptions and bounds hold."""
    own = [x.symbol for x in game.own(player)]
    hessian = sp.hessian(game.payoffs[player], own)
    verdicts = []
    try:
        for size in range(1, len(own) + 1):
            for chosen in itertools.combinations(range(len(own)), size):
                minor = sp.together(hessian.extract(list(chosen), list(chosen)).det() * (-1) ** size)
                verdicts.append(_never_negative(minor, game))
                if not verdicts[-1].proved:
                    return verdicts[-1]
    except NotPolynomial:
        return Verdict.unknown("the second derivatives are not rational functions")
    return Verdict.all_of(verdicts)


def _never_negative(expr: sp.Expr, game: ContinuousGame) -> Verdict:
    if expr.is_number:
        return Verdict.proof("certified") if expr >= 0 else Verdict.refutation({})
    num, den = sp.fraction(sp.cancel(expr))
    inside = Region(sp.Ne(den, 0), game.scope) & Region(sp.Lt(num * den, 0), game.scope)
    return inside.is_empty(seconds=SECONDS, certify=False)


# -- at points ------------------------------------------------------------------------------------


def deviation_gain(
    game: ContinuousGame,
    player: str,
    levels: Mapping[sp.Symbol, Any],
    point: Mapping[sp.Symbol, Any],
    tolerance: float = 1e-6,
) -> GlobalCheck:
    """The most that a player can gain at a point, the others' levels fixed.

    Boxes of own levels are halved, the most promising first, until interval arithmetic shows that
    nothing in any of them beats the present payoff by more than the tolerance.
    """
    own = game.own(player)
    others = {s: v for s, v in levels.items() if s not in {x.symbol for x in own}}
    payoff = game.payoffs[player].subs({**point, **others})
    worth = _interval_function(payoff, [x.symbol for x in own])
    here = float(sp.N(payoff.subs(dict(levels))))
    scale = tolerance * max(1.0, abs(here))
    boxes = [[_range(x, point, levels) for x in own]]
    reach = ", ".join(f"{x.symbol} in [{low:g}, {high:g}]" for x, (low, high) in zip(own, boxes[0], strict=True))
    return _search(player, worth, boxes[0], here, scale, [x.symbol for x in own], reach)


def _range(x: Level, point: Mapping[sp.Symbol, Any], levels: Mapping[sp.Symbol, Any]) -> tuple[float, float]:
    low = float(sp.sympify(x.low).subs(dict(point)))
    if x.high is not None:
        return low, float(sp.sympify(x.high).subs(dict(point)))
    return low, low + max(FAR, 1000 * abs(float(levels[x.symbol]) - low))


def _interval_function(payoff: sp.Expr, own: Sequence[sp.Symbol]) -> Any:
    iv = mpmath.iv
    names = {"log": iv.log, "exp": iv.exp, "sqrt": iv.sqrt, "sin": iv.sin, "cos": iv.cos, "pi": iv.pi}
    exact = payoff.xreplace({r: sp.Function("ratio")(r.p, r.q) for r in payoff.atoms(sp.Rational) if r.q != 1})
    return sp.lambdify(list(own), exact, modules=[{**names, "ratio": lambda p, q: iv.mpf(p) / iv.mpf(q)}])


def _search(
    player: str, worth: Any, box: list[tuple[float, float]], here: float, scale: float, own: list[sp.Symbol], reach: str
) -> GlobalCheck:
    count = itertools.count()
    heap = [(-_upper(worth, box), next(count), box)]
    for _ in range(MOST_BOXES):
        top, _, box = heap[0]
        if -top <= here + scale:
            break
        heapq.heappop(heap)
        middle = [(a + b) / 2 for a, b in box]
        value = _lower(worth, middle)
        if value > here + scale:
            return GlobalCheck(player, value - here, dict(zip(own, middle, strict=True)), reach)
        for half in _split(box):
            heapq.heappush(heap, (-_upper(worth, half), next(count), half))
    return GlobalCheck(player, max(0.0, -heap[0][0] - here), None, reach)


def _split(box: list[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Halve the longest side; wide ranges near zero by a power of their length."""
    k = max(range(len(box)), key=lambda i: box[i][1] - box[i][0])
    low, high = box[k]
    cut = (low + high) / 2 if high - low < 64 else low + (high - low) / 16
    return [[*box[:k], part, *box[k + 1 :]] for part in ((low, cut), (cut, high))]


def _upper(worth: Any, box: list[tuple[float, float]]) -> float:
    """An upper bound of the payoff over a box; infinite where it is not defined on all of it."""
    try:
        value = worth(*(mpmath.iv.mpf([a, b]) for a, b in box))
        bound = float(mpmath.iv.mpf(value).b)
    except (ValueError, ZeroDivisionError, ArithmeticError, mpmath.libmp.ComplexResult):
        return float("inf") if any(b - a > 1e-12 for a, b in box) else float("-inf")
    return float("inf") if math.isnan(bound) else bound


def _lower(worth: Any, place: list[float]) -> float:
    try:
        value = worth(*(mpmath.iv.mpf(x) for x in place))
        bound = float(mpmath.iv.mpf(value).a)
    except (ValueError, ZeroDivisionError, ArithmeticError, mpmath.libmp.ComplexResult):
        return float("-inf")
    return float("-inf") if math.isnan(bound) else bound
