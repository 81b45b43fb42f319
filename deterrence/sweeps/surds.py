"""Values with a square root at the points of a frame.

Floats are kept where their error bound leaves a relative accuracy of 1.5e-8 at worst, as everywhere
in a sweep.  Elsewhere, where terms cancel, the value is made again from exact numbers: with opposite
signs ``a + b*s`` is ``(a**2 - b**2*s**2) / (a - b*s)``, in which nothing cancels.
"""

from __future__ import annotations

from math import isqrt
from typing import Any

import flint
import numpy as np

from deterrence.sweeps.bounds import UNIT
from deterrence.sweeps.frame import KEPT, Frame, Mask
from deterrence.sweeps.task import Surd, Value
from deterrence.sweeps.values import exact_number, value_at

_BITS = 120


def number_at(frame: Frame, entry: Value | Surd, mask: Mask) -> tuple[Any, int]:
    """Floats of a number that are right where the mask holds, and how many were computed exactly."""
    return value_at(frame, entry, mask) if isinstance(entry, Value) else surd_at(frame, entry, mask)


def surd_at(frame: Frame, surd: Surd, mask: Mask) -> tuple[Any, int]:
    """Floats of a value with a root that are right where the mask holds, and how many were computed exactly."""
    p, q = (_with_error(frame, v) for v in (surd.p, surd.q))
    root = np.sqrt(p[0] / q[0])
    loose = (p[1] / np.abs(p[0]) + q[1] / np.abs(q[0])) / 2 + 4 * UNIT  # relative error of the root
    above, sure = _sum(frame, surd.a, surd.b, root, loose)
    below, also = _sum(frame, surd.c, surd.d, root, loose)
    floats = above / below
    wanted = np.argwhere(np.broadcast_to(~(sure & also & np.isfinite(floats)), frame.shape) & mask)
    if not len(wanted):
        return floats, 0
    repaired = np.array(np.broadcast_to(floats, frame.shape))
    for place in wanted:
        index = tuple(map(int, place))
        repaired[index] = exact_surd(frame, surd, index)
    return repaired, len(wanted)


def _with_error(frame: Frame, value: Value) -> tuple[Any, float]:
    return frame.value(value.node), frame.facts.error_of(value.node)


def _sum(frame: Frame, plain: Value, factor: Value, root: Any, loose: Any) -> tuple[Any, Any]:
    """``plain + factor*root``, and where it is known well enough."""
    a, b = (_with_error(frame, v) for v in (plain, factor))
    if not factor.constant:
        return a[0], np.abs(a[0]) > KEPT * a[1]
    term = b[0] * root
    total = a[0] + term
    error = a[1] + b[1] * root + np.abs(term) * loose + UNIT * np.abs(total)
    return total, np.abs(total) > KEPT * error


def exact_surd(frame: Frame, surd: Surd, index: tuple[int, ...]) -> float:
    """The value at one point, from exact numbers; NaN if a denominator is zero or the root is not real."""
    a, b, c, d, p, q = (exact_number(frame, v, index) for v in surd.parts)
    if q == 0 or p / q < 0:
        return float("nan")
    square = p / q
    root = _root(square)
    above, below = _accurate(a, b, square, root), _accurate(c, d, square, root)
    if below == 0:
        return float("nan")
    number = above / below
    return int(number.p) / int(number.q)


def _accurate(a: Any, b: Any, square: Any, root: Any) -> Any:
    """``a + b*root`` to the relative accuracy of the root."""
    if a * b >= 0:
        return a + b * root
    return (a * a - b * b * square) / (a - b * root)


def _root(square: Any) -> Any:
    """The square root of a rational number, to a relative accuracy of about 2**-`_BITS`."""
    product = int(square.p) * int(square.q)
    shift = max(0, _BITS - product.bit_length() // 2)
    return flint.fmpq(isqrt(product << 2 * shift), int(square.q) << shift)
