"""What the tiles of a block have in common: arrays to work in, and facts about the whole block."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from deterrence.sweeps.bounds import ErrorBounds
from deterrence.sweeps.task import Entry, Surd, Task, Value

_MOST_SHARED = 2**18


class Workspace:
    """Arrays that are used again as soon as nothing needs them, so that they stay in the cache."""

    def __init__(self) -> None:
        self._free: dict[int, list[np.ndarray]] = {}

    def take(self, shape: tuple[int, ...]) -> np.ndarray:
        """An array of 64-bit floats with undefined content; the one given back last, if there is one."""
        size = math.prod(shape)
        free = self._free.get(size)
        return (free.pop() if free else np.empty(size)).reshape(shape)

    def give(self, array: np.ndarray) -> None:
        """Take an array back."""
        self._free.setdefault(array.size, []).append(array.reshape(-1))


class Workspaces:
    """A workspace for each block that is under way; the next block takes over what one has left."""

    def __init__(self) -> None:
        self._free: list[Workspace] = []

    @contextmanager
    def one(self) -> Iterator[Workspace]:
        """A workspace for one block; threads may ask at the same time."""
        try:
            work = self._free.pop()
        except IndexError:
            work = Workspace()
        yield work
        self._free.append(work)


class Facts:
    """What holds throughout a block: which nodes its tiles share, and how far rounding can go.

    Attributes
    ----------
    shared : list of bool
        By node: whether it is computed for the block and not for each tile.
    error : list of float
        By sign: a bound on the error of its floats.
    is_exact : list of bool
        By sign: whether the sign of its floats is always right.
    uses : list of int
        By node: how often it is used, by other nodes and in the results.
    """

    def __init__(self, task: Task, bounds: ErrorBounds, shape: tuple[int, ...]) -> None:
        sizes = dict(zip(task.dims, shape, strict=True))
        whole = len(task.dims)
        self.shared = [
            not n.dims or (len(n.dims) < whole and math.prod(sizes[d] for d in n.dims) <= _MOST_SHARED)
            for n in task.program.nodes
        ]
        nodes = [sign.node for sign in task.signs]
        self.error = [float(bounds.error(n)) for n in nodes]
        self.is_exact = [bounds.sign_is_exact(n) for n in nodes]
        self.uses = _uses(task)
        self._bounds = bounds
        self._finite: dict[int, bool] = {}
        self._errors: dict[int, float] = {}

    def is_finite(self, node: int) -> bool:
        """Whether nothing can overflow on the way to a node."""
        if node not in self._finite:
            self._finite[node] = bool(np.isfinite(self._bounds.size(node)))
        return self._finite[node]

    def error_of(self, node: int) -> float:
        """A bound on the error of a node."""
        if node not in self._errors:
            self._errors[node] = float(self._bounds.error(node))
        return self._errors[node]


def _uses(task: Task) -> list[int]:
    """How often each node is used; what signs and ranges rest on counts once more, and is never given back."""
    uses = [0] * len(task.program)
    for step in task.program.nodes:
        for node in (step.left, step.right):
            if node >= 0:
                uses[node] += 1
    for sign in task.signs:
        uses[sign.node] += 1
    for group, table in task.values.items():
        for row in table.values():
            for entry in row:
                for value in _parts(entry):
                    if value.node >= 0:
                        uses[value.node] += task.writes(group) if _is_written(entry, group) else 2
    return uses


def _is_written(entry: Entry, group: str) -> bool:
    """Whether a value is given back once it is written."""
    return isinstance(entry, Value) and group != "best"


def _parts(entry: Entry) -> list[Value]:
    if isinstance(entry, Value):
        return [entry]
    if isinstance(entry, Surd):
        return list(entry.parts)
    bounds = [v for group in entry.bounds for bound in group for v in (bound.slope, bound.offset)]
    return bounds + [v for _, v in entry.above + entry.below]
