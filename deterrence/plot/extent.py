"""A window wide enough for the boundaries that can be seen from the sample values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sympy as sp

from deterrence.parameters import Assumptions
from deterrence.plot.plane import Window
from deterrence.regions import Region
from deterrence.regions.logic import literals

__all__ = ["changes", "widened"]

FARTHEST = 10  # widths of the window: what lies farther is left out


def widened(
    span: Window,
    assumptions: Assumptions,
    symbol: sp.Symbol,
    point: Mapping[sp.Symbol, Any],
    regions: Iterable[Region],
) -> Window:
    """The window of a parameter, widened to where a condition changes with all else held at a point.

    Only places that the assumptions allow count, and only conditions that are linear in the parameter there.

    Examples
    --------
    >>> from deterrence.parameters import Parameters
    >>> P = Parameters()
    >>> c = P.positive("c")
    >>> widened((0, 2), P.snapshot(), c, {}, [Region(c <= 4, P)])
    (0, 5)
    """
    low, high = span
    reach = FARTHEST * (high - low)
    seen = [r for r in changes(assumptions, symbol, point, regions) if low - reach <= r <= high + reach]
    first, last = min([low, *seen]), max([high, *seen])
    margin = (last - first) / 4
    return (first - margin if first < low else low, last + margin if last > high else high)


def changes(
    assumptions: Assumptions, symbol: sp.Symbol, point: Mapping[sp.Symbol, Any], regions: Iterable[Region]
) -> set[sp.Rational]:
    """Where the assumptions allow a parameter to be, and a condition changes with all else held at a point."""
    return {r for r in _places(symbol, point, regions) if not assumptions.violated({**point, symbol: r})}


def _places(symbol: sp.Symbol, point: Mapping[sp.Symbol, Any], regions: Iterable[Region]) -> set[sp.Rational]:
    """Where a condition changes along the parameter."""
    found, done = set(), set()
    for region in (r for r in regions if not r.pending):
        for literal in literals(region.formula):
            if literal.key in done:
                continue
            done.add(literal.key)
            expr = sp.expand(region.assumptions.ring.to_sympy(literal.poly).xreplace(dict(point)))
            if expr.free_symbols == {symbol} and sp.degree(expr, symbol) == 1:
                slope, offset = sp.Poly(expr, symbol).all_coeffs()
                found.add(-offset / slope)
    return found
