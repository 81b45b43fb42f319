"""The range of a value over the free probabilities of a family.

The value is a quotient of polynomials of degree at most one in each free probability, and each of
these lies in an interval of its own.  Such a quotient is monotone in each of them, so that its
least and greatest values are at corners of the box.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from deterrence.sweeps.frame import Frame, Mask
from deterrence.sweeps.task import Bound, Range, Value
from deterrence.sweeps.values import value_at


def value_range(frame: Frame, entry: Range, mask: Mask) -> tuple[Any, Any]:
    """The least and the greatest value (infimum and supremum); NaN where it is not settled."""
    if not entry.known:
        return np.nan, np.nan
    box = [_interval(frame, bounds, mask) for bounds in entry.bounds]
    low, high = np.inf, -np.inf
    for corner in itertools.product(*box):
        value = _at(frame, entry.above, corner, mask) / _at(frame, entry.below, corner, mask)
        low, high = np.minimum(low, value), np.maximum(high, value)
    return low, high


def _interval(frame: Frame, bounds: tuple[Bound, ...], mask: Mask) -> tuple[Any, Any]:
    low: Any = np.float64(0.0)
    high: Any = np.float64(1.0)
    for bound in bounds:
        slope, offset = _floats(frame, bound.slope, mask), _floats(frame, bound.offset, mask)
        limit = -offset / slope
        low = np.where(slope > 0, np.fmax(low, limit), low)
        high = np.where(slope < 0, np.fmin(high, limit), high)
    return low, high


def _at(frame: Frame, terms: tuple[tuple[tuple[int, ...], Value], ...], corner: tuple[Any, ...], mask: Mask) -> Any:
    total: Any = 0.0
    for places, coefficient in terms:
        term = _floats(frame, coefficient, mask)
        for place in places:
            term = term * corner[place]
        total = total + term
    return total


def _floats(frame: Frame, value: Value, mask: Mask) -> Any:
    return value_at(frame, value, mask)[0]
