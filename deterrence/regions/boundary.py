"""The exact boundary of a two-dimensional slice of a region.

The curves on which the condition's polynomials vanish cut the window into cells.  Between two
neighbouring critical values of x the curves keep their order, so that one rational sample point a
cell decides its truth; a curve bounds the region where the truth differs across it.  Everything is
decided with exact numbers; floats appear only in `Arc.sample`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import flint
import sympy as sp

from deterrence.errors import DeterrenceError, ParameterError
from deterrence.numbers import exact_number
from deterrence.polynomials import Polynomial, Ring, to_flint
from deterrence.regions.arcs import Arc
from deterrence.regions.clock import Clock
from deterrence.regions.roots import Root, between, rational_root, real_roots
from deterrence.regions.slices import Slice, critical, cut, roots_in, univariate

if TYPE_CHECKING:
    from deterrence.regions.region import Region

__all__ = ["Arc", "boundary"]

Window = tuple[Root, Root]


def boundary(
    region: Region,
    x: Any,
    y: Any,
    at: Mapping[Any, Any] | None = None,
    x_range: tuple[Any, Any] = (0, 1),
    y_range: tuple[Any, Any] = (0, 1),
    seconds: float = 60.0,
) -> tuple[Arc, ...]:
    """Find the arcs that bound a region inside a window of two parameters.

    Parameters
    ----------
    region : Region
        Its assumptions count as part of the condition.
    x, y : sympy.Symbol or str
        Independent parameters.
    at : mapping
        Exact values of the other parameters.
    x_range, y_range : pair of numbers
        The open window; its frame is not a boundary.
    seconds : float
        Time limit, looked at after every arc.

    Returns
    -------
    tuple of Arc
        From left to right; each where the truth differs across it, as long as it goes.

    Examples
    --------
    >>> from deterrence.parameters import Parameters
    >>> from deterrence.regions.region import Region
    >>> P = Parameters()
    >>> p, q = P.probability("p q")
    >>> for arc in boundary(Region(p * q >= sp.Rational(1, 4), P), p, q):
    ...     print(arc)
    q = 1/(4*p) for 1/4 < p < 1, region above, boundary included
    """
    clock, known = Clock(seconds), region.assumptions
    first, second = known.resolve(x), known.resolve(y)
    plane = cut(region, first, second, at or {})
    across, up = _window(x_range, first), _window(y_range, second)
    arcs = []
    for arc in itertools.chain(_curves(plane, across, up), _verticals(plane, across, up)):
        if not clock.left:
            raise DeterrenceError(
                subject="boundary", problem=f"not finished within {seconds:g} s", hint="ask for a smaller window"
            )
        arcs.append(arc)
    return tuple(sorted(_merged(arcs, plane.ring), key=lambda arc: (float(arc.start), arc.vertical, str(arc.equation))))


def _window(limits: tuple[Any, Any], symbol: sp.Symbol) -> Window:
    low, high = (rational_root(to_flint(exact_number(v, f"range of {symbol}"))) for v in limits)
    if not low < high:
        raise ParameterError(subject=f"range of {symbol}", wanted="a lower and a higher number", got=str(limits))
    return low, high


def _inside(roots: Iterable[Root], window: Window) -> list[Root]:
    return [r for r in roots if window[0] < r < window[1]]


def _edges(ring: Ring, window: Window, axis: sp.Symbol) -> list[Polynomial]:
    """The two sides of a window as curves."""
    return [ring.gen(axis) - ring.context.constant(r.rational) for r in window]


# -- curves y = f(x) ---------------------------------------------------------------------------


def _curves(plane: Slice, across: Window, up: Window) -> Iterator[Arc]:
    """The arcs between neighbouring critical values of x."""
    ring = plane.ring
    x, y = ring.symbols
    curves = [f for f in plane.factors if ring.degree(f, y)]
    marks = [across[0], *_inside(critical(ring, [*plane.factors, *_edges(ring, up, y)], x), across), across[1]]
    for start, end in itertools.pairwise(marks):
        sample = between(start, end)
        crossings = [
            (root, curve, n)
            for curve in curves
            for n, root in enumerate(real_roots(univariate(ring, curve, x, sample)))
            if up[0] < root < up[1]
        ]
        crossings.sort(key=lambda c: c[0])
        levels = [up[0], *(root for root, _, _ in crossings), up[1]]
        heights = [between(a, b) for a, b in itertools.pairwise(levels)]
        truths = [plane.holds(sample, h) for h in heights]
        for k, (_, curve, branch) in enumerate(crossings):
            on = plane.holds(sample, heights[k], on=curve)
            side = _side(truths[k], on, truths[k + 1], ("below", "above"))
            if side:
                yield Arc(x, y, ring.to_sympy(curve), False, start, end, branch, side, on)


def _side(before: bool, on: bool, after: bool, names: tuple[str, str]) -> str:
    """Where the region lies next to a curve; empty if the curve is no boundary."""
    if before != after:
        return names[1] if after else names[0]
    if before != on:
        return "on" if on else "off"
    return ""


# -- vertical pieces ---------------------------------------------------------------------------


def _verticals(plane: Slice, across: Window, up: Window) -> Iterator[Arc]:
    """The pieces of lines x = constant that bound the region."""
    ring = plane.ring
    x, y = ring.symbols
    for line in (f for f in plane.factors if not ring.degree(f, y)):
        for branch, place in enumerate(roots_in(ring, line, x)):
            if across[0] < place < across[1]:
                yield from _vertical(plane, line, branch, place, up)


def _vertical(plane: Slice, line: Polynomial, branch: int, place: Root, up: Window) -> Iterator[Arc]:
    ring = plane.ring
    x, y = ring.symbols
    crossing = [f.resultant(line, ring.index[x]) for f in plane.factors if ring.degree(f, y) and ring.degree(f, x)]
    level = [f for f in plane.factors if not ring.degree(f, x)]
    heights = {r for e in [*crossing, *level] if not e.is_constant() for r in roots_in(ring, e, y)}
    marks = [up[0], *_inside(sorted(heights), up), up[1]]
    for start, end in itertools.pairwise(marks):
        sample = between(start, end)
        left, right = _neighbours(plane, place, sample)
        before, after = plane.holds(left, sample), plane.holds(right, sample)
        on = plane.holds(left, sample, on=line)
        side = _side(before, on, after, ("left", "right"))
        if side:
            yield Arc(x, y, ring.to_sympy(line), True, start, end, branch, side, on)


def _neighbours(plane: Slice, place: Root, height: Any) -> tuple[Any, Any]:
    """Rational x to the left and right of a line, with no curve in between at this height."""
    ring = plane.ring
    y = ring.symbols[1]
    others = {r for f in plane.factors for r in real_roots(univariate(ring, f, y, height))} - {place}
    centre = flint.fmpq(round(float(place)))
    low = max((r for r in others if r < place), default=rational_root(centre - 2))
    high = min((r for r in others if r > place), default=rational_root(centre + 2))
    return between(low, place), between(place, high)


# -- merging -----------------------------------------------------------------------------------


def _merged(arcs: Iterable[Arc], ring: Ring) -> list[Arc]:
    """Neighbouring pieces of one branch as one arc, wherever the curve itself runs on."""
    result: list[Arc] = []
    for arc in sorted(arcs, key=lambda a: (a.start, a.branch)):
        joined = next((k for k, last in enumerate(result) if _runs_on(last, arc, ring)), None)
        if joined is None:
            result.append(arc)
        else:
            result[joined] = replace(result[joined], end=arc.end)
    return result


def _runs_on(last: Arc, arc: Arc, ring: Ring) -> bool:
    """Whether an arc continues another: same branch and sides, and no event of the curve where they meet."""
    same = (last.equation, last.vertical, last.branch, last.inside, last.closed) == (
        arc.equation,
        arc.vertical,
        arc.branch,
        arc.inside,
        arc.closed,
    )
    if not same or last.end != arc.start:
        return False
    return arc.vertical or arc.start not in critical(ring, [ring.from_sympy(arc.equation)], ring.symbols[0])
