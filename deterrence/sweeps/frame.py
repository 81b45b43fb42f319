"""Evaluating a task on a rectangle of points.

A `Frame` holds the columns of a rectangle, and computes nodes, signs and checks on demand, each
once.  Arrays have one axis for each dimension of the sweep, of length 1 where nothing varies.  What
varies along some of the dimensions only is computed once for a block and cut into tiles.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from deterrence.sweeps.bounds import ErrorBounds, of_input
from deterrence.sweeps.columns import Column
from deterrence.sweeps.facts import Facts, Workspace
from deterrence.sweeps.program import ADD, CONSTANT, DIVIDE, INPUT, MULTIPLY, SUBTRACT
from deterrence.sweeps.task import Check, Every, Task, Test

Mask = Any  # bool, or an array of bool that broadcasts to the rectangle
_COMPARE = {">": np.greater, ">=": np.greater_equal, "==": np.equal, "!=": np.not_equal}
_UFUNC = {ADD: np.add, SUBTRACT: np.subtract, MULTIPLY: np.multiply, DIVIDE: np.divide}
KEPT = 2.0**26  # a denominator must exceed its error this many times: relative accuracy 1.5e-8


class Frame:
    """A task on the points of some columns.

    Parameters
    ----------
    task : Task
    columns : mapping of str to Column
    shape : tuple of int
        Sizes of the task's dimensions.
    """

    def __init__(self, task: Task, columns: Mapping[str, Column], shape: tuple[int, ...]) -> None:
        self.task, self.columns, self.shape = task, columns, shape
        self.rechecked = 0
        self._values: dict[int, Any] = {}
        self._signed: dict[int, Any] = {}
        self._masks: dict[Test, Mask] = {}
        self._near_zero: dict[int, Any] = {}
        self._shapes: dict[tuple[str, ...], tuple[int, ...]] = {}
        self._inputs = {node: columns[name].along(task.dims) for node, name in task.inputs.items()}
        bounds = ErrorBounds(task.program, {n: self._input_bound(n) for n in task.inputs})
        self.facts = Facts(task, bounds, shape)
        self._work: Workspace | None = None
        self._held: dict[int, np.ndarray] = {}
        self._left = list(self.facts.uses)

    def _input_bound(self, node: int) -> tuple[Any, Any]:
        floats = self._inputs[node]
        size = max(abs(float(floats.max())), abs(float(floats.min())))
        return of_input(size, self.columns[self.task.inputs[node]].rounded)

    # -- values ----------------------------------------------------------------------------------

    def value(self, node: int) -> Any:
        """The floats of a node."""
        found = self._values.get(node)
        if found is None:
            found = self._values[node] = self._compute(node)
        return found

    def _compute(self, node: int) -> Any:
        step = self.task.program.nodes[node]
        if step.op == INPUT:
            return self._inputs[node]
        if step.op == CONSTANT:
            return np.float64(_nearest(self.task.program.numbers[node]))
        left, right = self.value(step.left), self.value(step.right)
        if self._work is None or not step.dims:
            return _UFUNC[step.op](left, right)
        made = self._held[node] = self._work.take(self._shape_along(step.dims))
        _UFUNC[step.op](left, right, made)
        self.used(step.left)
        self.used(step.right)
        return made

    def used(self, node: int) -> None:
        """Note one use of a node; after the last one its array is given back."""
        self._left[node] -= 1
        if self._left[node] == 0 and node in self._held and self._work is not None:
            self._work.give(self._held.pop(node))
            del self._values[node]

    def close(self) -> None:
        """Give all arrays back."""
        if self._work is not None:
            for array in self._held.values():
                self._work.give(array)
        self._held.clear()

    def _shape_along(self, dims: tuple[str, ...]) -> tuple[int, ...]:
        """The shape of what varies along some dimensions."""
        found = self._shapes.get(dims)
        if found is None:
            found = tuple(n if d in dims else 1 for d, n in zip(self.task.dims, self.shape, strict=True))
            self._shapes[dims] = found
        return found

    def _size(self, value: Any) -> Any:
        """Absolute values, for use at once."""
        if self._work is None:
            return np.abs(value)
        size = np.abs(value, self._work.take(value.shape))
        self._work.give(size)
        return size

    def signed(self, sign: int) -> Any:
        """Floats whose sign is right at every point."""
        found = self._signed.get(sign)
        if found is None:
            found = self._signed[sign] = self._decide(sign)
        return found

    def _decide(self, sign: int) -> Any:
        """Floats of a sign, decided again in exact arithmetic wherever rounding could have changed it."""
        node = self.task.signs[sign].node
        value = self.value(node)
        if self.facts.is_exact[sign]:
            return value
        doubtful = self._doubtful(node, value, self.facts.error[sign])
        if doubtful is None:
            return value
        settled = np.array(value)
        for index in doubtful:
            settled[index] = self._exact_sign(sign, index)
        self.rechecked += len(doubtful)
        return settled

    def _doubtful(self, node: int, value: Any, error: Any) -> list[tuple[int, ...]] | None:
        """Where the absolute value does not exceed the error; None if it does everywhere."""
        small = self._size(value)
        if small.min() > error:  # false for NaN
            return None
        places = np.nonzero(~(small > error))
        bounds = self._pointwise(places)
        close = ~(small[places] > bounds.error(node))
        return [tuple(int(p[k]) for p in places) for k in np.flatnonzero(np.broadcast_to(close, places[0].shape))]

    def _pointwise(self, places: tuple[np.ndarray, ...]) -> ErrorBounds:
        """Bounds of their own for some points."""
        table = {}
        for node, floats in self._inputs.items():
            index = tuple(p if floats.shape[k] > 1 else np.zeros_like(p) for k, p in enumerate(places))
            rounded = self.columns[self.task.inputs[node]].rounded
            table[node] = of_input(np.abs(floats[index]), rounded)
        return ErrorBounds(self.task.program, table)

    def _exact_sign(self, sign: int, index: tuple[int, ...]) -> float:
        poly = self.task.signs[sign].exact
        value = poly(self.point(poly.places, index))
        return float(value > 0) - float(value < 0)

    def point(self, places: tuple[int, ...], index: tuple[int, ...]) -> dict[int, Any]:
        """Exact coordinates of a point, by the generator's place."""
        by_dim = dict(zip(self.task.dims, index, strict=True))
        point = {}
        for place in places:
            column = self.columns[self.task.places[place]]
            point[place] = column.rational(tuple(by_dim[d] for d in column.dims))
        return point

    def near_zero(self, node: int) -> Any:
        """Where a denominator may have lost accuracy; None if nowhere."""
        if node not in self._near_zero:
            self._near_zero[node] = self._find_near_zero(node)
        return self._near_zero[node]

    def _find_near_zero(self, node: int) -> Any:
        size = self._size(self.value(node))
        least = KEPT * self.facts.error_of(node)
        return None if size.min() > least else ~(size > least)

    # -- checks ----------------------------------------------------------------------------------

    def check(self, check: Check) -> Mask:
        """Where a check holds: True or False if that is the same everywhere."""
        if isinstance(check, bool):
            return check
        if isinstance(check, Test):
            found = self._masks.get(check)
            if found is None:
                found = self._masks[check] = uniform(self._test(check))
            return found
        return self._joined(check.parts, isinstance(check, Every))

    def _joined(self, parts: tuple[Check, ...], every: bool) -> Mask:
        join = np.logical_and if every else np.logical_or
        masks = []
        for part in parts:
            mask = self.check(part)
            if isinstance(mask, bool):
                if mask is not every:
                    return mask
            else:
                masks.append(mask)
        if not masks:
            return every
        masks.sort(key=lambda m: m.size)
        result = masks[0]
        for mask in masks[1:]:
            result = join(result, mask)
        return uniform(result) if len(masks) > 1 else result

    def _test(self, test: Test) -> Any:
        left, right = self._sides(test.sign)
        if test.flipped:
            left, right = right, left
        return _COMPARE[test.op](left, right)

    def _sides(self, sign: int) -> tuple[Any, Any]:
        """Two numbers whose comparison is that of the sign with 0."""
        step = self.task.program.nodes[self.task.signs[sign].node]
        if self.facts.is_exact[sign] and step.op == SUBTRACT:
            return self.value(step.left), self.value(step.right)
        return self.signed(sign), 0.0

    # -- tiles -----------------------------------------------------------------------------------

    def tile(self, where: tuple[slice, ...], work: Workspace) -> Frame:
        """The frame of a part, which uses what varies along fewer dimensions from here."""
        part = _Tile.__new__(_Tile)
        part.cut_from(self, where, work)
        return part


class _Tile(Frame):
    """A part of a frame."""

    _parent: Frame
    _where: tuple[slice, ...]

    def cut_from(self, parent: Frame, where: tuple[slice, ...], work: Workspace) -> None:
        self.task, self.columns = parent.task, parent.columns
        self.shape = tuple(w.stop - w.start for w in where)
        self.facts = parent.facts
        self.rechecked = 0
        self._values, self._signed, self._masks, self._near_zero = {}, {}, {}, {}
        self._shapes = {}
        self._parent, self._where, self._work = parent, where, work
        self._held, self._left = {}, list(parent.facts.uses)
        self._inputs = {node: self._cut(floats) for node, floats in parent._inputs.items()}

    def _cut(self, array: Any) -> Any:
        if np.ndim(array) == 0:
            return array
        return array[tuple(w if n > 1 else slice(None) for w, n in zip(self._where, array.shape, strict=True))]

    def _compute(self, node: int) -> Any:
        return self._cut(self._parent.value(node)) if self.facts.shared[node] else super()._compute(node)

    def _decide(self, sign: int) -> Any:
        shared = self.facts.shared[self.task.signs[sign].node]
        return self._cut(self._parent.signed(sign)) if shared else super()._decide(sign)

    def _find_near_zero(self, node: int) -> Any:
        if self.facts.shared[node]:
            whole = self._parent.near_zero(node)
            return None if whole is None else self._cut(whole)
        return super()._find_near_zero(node)

    def check(self, check: Check) -> Mask:
        if isinstance(check, Test) and check not in self._masks and self._holds_shared(check):
            whole = self._parent.check(check)
            self._masks[check] = whole if isinstance(whole, bool) else uniform(self._cut(whole))
        return super().check(check)

    def _holds_shared(self, test: Test) -> bool:
        return self.facts.shared[self.task.signs[test.sign].node]

    def point(self, places: tuple[int, ...], index: tuple[int, ...]) -> dict[int, Any]:
        return super().point(places, tuple(i + w.start for i, w in zip(index, self._where, strict=True)))


def uniform(mask: Any) -> Mask:
    """True or False if an array is that throughout, else the array."""
    if mask.all():
        return True
    return mask if mask.any() else False


def _nearest(number: Any) -> float:
    try:
        return float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")
