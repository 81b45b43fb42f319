"""Whether a level is a best reply against all others, not only against neighbours.

A payoff that is concave in a player's own levels, wherever the assumptions hold, has no other
maximum: that is proved with regions.  Elsewhere the payoff at a point is bounded by interval
arithmetic over its whole range, which certifies how much any deviation can gain.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import mpmath
import sympy as sp

from deterrence.errors import NotPolynomial
from deterrence.games.continuous import ContinuousGame, Level
from deterrence.regions import Verdict
from deterrence.solvers.clock import Clock
from deterrence.solvers.levels.beyond_rational import never
from deterrence.solvers.levels.notes import holes, inside

__all__ = ["GlobalCheck", "concave", "deviation_gain"]

SECONDS = 2.0
MOST_BOXES = 4000
FAR = 10**6

Box = list[tuple[float, float]]


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


def concave(game: ContinuousGame, player: str, seconds: float = SECONDS) -> Verdict:
    """Whether a player's payoff is concave in its own levels wherever the assumptions and bounds hold.

    It must be defined throughout: on either side of a pole two concave pieces are no concave whole.
    """
    clock = Clock(seconds)
    if holes(game, player, clock):
        return Verdict.unknown("the payoff is not shown to be defined throughout")
    own = [x.symbol for x in game.own(player)]
    hessian = sp.hessian(game.payoffs[player], own)
    scope, verdicts = inside(game), []
    try:
        for size in range(1, len(own) + 1):
            for chosen in itertools.combinations(range(len(own)), size):
                minor = sp.together(hessian.extract(list(chosen), list(chosen)).det() * (-1) ** size)
                verdicts.append(never("<", minor, scope, seconds=clock.at_most(SECONDS)))
                if not verdicts[-1].proved:
                    return verdicts[-1]
    except NotPolynomial:
        return Verdict.unknown("the second derivatives hold functions of which no signs are known")
    return Verdict.all_of(verdicts)


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
    levels = {s: _number(v) for s, v in levels.items()}
    others = {s: v for s, v in levels.items() if s not in {x.symbol for x in own}}
    payoff = game.payoffs[player].subs({**point, **others})
    symbols = [x.symbol for x in own]
    worth = _Worth(payoff, symbols)
    value = sp.N(payoff.subs(dict(levels)))
    if not value.is_real:
        return GlobalCheck(player, math.inf, {}, "nothing: the payoff is no real number there")
    here = float(value)
    scale = tolerance * max(1.0, abs(here))
    box = [_range(x, point, levels) for x in own]
    reach = ", ".join(f"{x.symbol} in [{low:g}, {high:g}]" for x, (low, high) in zip(own, box, strict=True))
    return _search(player, worth, box, here, scale, symbols, reach)


def _number(value: Any) -> sp.Expr:
    """A level as a rational, roots to 40 digits."""
    exact = sp.sympify(value)
    if exact.is_Rational or exact.is_Float or not exact.is_real:
        return exact
    return sp.Rational(str(sp.N(exact, 40)))


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


class _Worth:
    """A payoff and its slopes over boxes of own levels."""

    def __init__(self, payoff: sp.Expr, own: Sequence[sp.Symbol]) -> None:
        self.worth = _interval_function(payoff, own)
        self.slopes = [_interval_function(sp.diff(payoff, s), own) for s in own]

    def upper(self, box: Box) -> float:
        """An upper bound over a box: where a slope has one sign only the better end counts, but for poles inside."""
        if _over(self.worth, box)[1] == math.inf:
            return math.inf
        slopes = [_over(f, box) for f in self.slopes]
        ends: Box = []
        for (low, high), (least, most) in zip(box, slopes, strict=True):
            ends.append((high, high) if least >= 0 else (low, low) if most <= 0 else (low, high))
        plain = _over(self.worth, ends)[1]
        middle = [((a + b) / 2, (a + b) / 2) for a, b in ends]
        around = _over(self.worth, middle)[1]
        for (a, b), (least, most) in zip(ends, slopes, strict=True):
            if b > a:
                around += max(abs(least), abs(most)) * (b - a) * 0.5000001
        return min(plain, around)

    def lower(self, place: list[float]) -> float:
        """A lower bound at a place."""
        return _over(self.worth, [(x, x) for x in place])[0]


def _over(function: Any, box: Box) -> tuple[float, float]:
    """Bounds over a box; infinite where the function is not defined on all of it."""
    try:
        value = mpmath.iv.mpf(function(*(mpmath.iv.mpf([a, b]) for a, b in box)))
        low, high = float(value.a), float(value.b)
    except (ValueError, ZeroDivisionError, ArithmeticError, mpmath.libmp.ComplexResult):
        wide = any(b - a > 1e-12 for a, b in box)
        return float("-inf"), (float("inf") if wide else float("-inf"))
    return float("-inf") if math.isnan(low) else low, float("inf") if math.isnan(high) else high


def _search(
    player: str, worth: _Worth, box: Box, here: float, scale: float, own: list[sp.Symbol], reach: str
) -> GlobalCheck:
    count = itertools.count()
    heap = [(-worth.upper(box), next(count), box)]
    if heap[0][0] == -math.inf:  # halving goes where the payoff is not defined; better levels are looked for first
        for place in _lattice(box):
            value = worth.lower(place)
            if value > here + scale:
                return GlobalCheck(player, value - here, dict(zip(own, place, strict=True)), reach)
    for _ in range(MOST_BOXES):
        top, _, box = heap[0]
        if -top <= here + scale:
            break
        heapq.heappop(heap)
        middle = [(a + b) / 2 for a, b in box]
        value = worth.lower(middle)
        if value > here + scale:
            return GlobalCheck(player, value - here, dict(zip(own, middle, strict=True)), reach)
        for half in _split(box):
            heapq.heappush(heap, (-worth.upper(half), next(count), half))
    return GlobalCheck(player, max(0.0, -heap[0][0] - here), None, reach)


def _lattice(box: Box) -> Iterator[list[float]]:
    """Some 60 places inside a box, or more in three dimensions and beyond."""
    steps = max(3, round(60 ** (1 / len(box))))
    for chosen in itertools.product(range(1, steps), repeat=len(box)):
        yield [low + (high - low) * k / steps for k, (low, high) in zip(chosen, box, strict=True)]


def _split(box: Box) -> list[Box]:
    """Halve the longest side; wide ranges near zero by a power of their length."""
    k = max(range(len(box)), key=lambda i: box[i][1] - box[i][0])
    low, high = box[k]
    cut = (low + high) / 2 if high - low < 64 else low + (high - low) / 16
    return [[*box[:k], part, *box[k + 1 :]] for part in ((low, cut), (cut, high))]
