"""Values at the points of a frame, made again in exact arithmetic where a denominator is lost in rounding."""

from __future__ import annotations

from typing import Any

import flint
import numpy as np

from deterrence.sweeps.bounds import SLACK, UNIT
from deterrence.sweeps.frame import Frame, Mask
from deterrence.sweeps.program import DIVIDE
from deterrence.sweeps.task import Value


def value_at(frame: Frame, value: Value, mask: Mask) -> tuple[Any, int]:
    """Floats of a value that are right where the mask holds, and how many were computed exactly."""
    if value.node < 0:
        return np.nan, 0
    floats = frame.value(value.node)
    lost = _lost(frame, value, floats) if value.powers else None
    if lost is None:
        return floats, 0
    wanted = np.nonzero(np.broadcast_to(lost, frame.shape) & mask)
    if not len(wanted[0]):
        return floats, 0
    repaired = np.array(np.broadcast_to(floats, frame.shape))
    for k in range(len(wanted[0])):
        index = tuple(int(p[k]) for p in wanted)
        repaired[index] = exact_value(frame, value, index)
    return repaired, len(wanted[0])


def _lost(frame: Frame, value: Value, floats: Any) -> Any:
    """Where the floats cannot be relied on: overflow, or a denominator near its error; None if nowhere."""
    step = frame.task.program.nodes[value.node]
    divided = step.op == DIVIDE
    finite = frame.facts.is_finite(step.left if divided else value.node)
    overflow = None if finite else ~np.isfinite(floats)
    near_zero = frame.near_zero(step.right) if divided else None
    if overflow is None or near_zero is None:
        return near_zero if overflow is None else overflow
    return overflow | near_zero


def exact_value(frame: Frame, value: Value, index: tuple[int, ...]) -> float:
    """The value at one point, from exact arithmetic; NaN if a denominator is zero."""
    number = exact_number(frame, value, index)
    if number is None:
        return float("nan")
    try:
        return int(number.p) / int(number.q)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")


def exact_number(frame: Frame, value: Value, index: tuple[int, ...]) -> Any:
    """The value at one point as a FLINT rational; None if a denominator is zero."""
    number = flint.fmpq(value.constant.numerator, value.constant.denominator)
    for sign, power in value.powers:
        poly = frame.task.signs[sign].exact
        factor = poly(frame.point(poly.places, index))
        if factor == 0 and power < 0:
            return None
        number = number * flint.fmpq(factor) ** power
    return number


def error_at(frame: Frame, value: Value, floats: Any) -> Any:
    """A bound on how far the floats of a value may lie from it; infinite where a denominator may be zero."""
    step = frame.task.program.nodes[value.node]
    if step.op != DIVIDE:
        return frame.facts.error_of(value.node)
    above, below = frame.facts.error_of(step.left), frame.facts.error_of(step.right)
    room = np.abs(frame.value(step.right)) - below
    size = np.abs(floats)
    return np.where(room > 0, (above + size * below) / room * SLACK + 2 * UNIT * size, np.inf)
