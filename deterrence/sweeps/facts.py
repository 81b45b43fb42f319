"""What the tiles of a block have in common: arrays to work in, and facts about the whole block."""

from __future__ import annotations

import math

import numpy as np

from deterrence.sweeps.bounds import ErrorBounds
from deterrence.sweeps.task import Task

_MOST_SHARED = 2**18


class Workspace:
    """Arrays that are used again from tile to tile, so that they stay in the cache."""

    def __init__(self) -> None:
        self._floats: list[np.ndarray] = []
        self._next = 0

    def take(self, shape: tuple[int, ...]) -> np.ndarray:
        """An array of 64-bit floats with undefined content."""
        size = math.prod(shape)
        if self._next == len(self._floats):
            self._floats.append(np.empty(size))
        held = self._floats[self._next]
        if held.size < size:
            held = self._floats[self._next] = np.empty(size)
        self._next += 1
        return held[:size].reshape(shape)

    def mark(self) -> int:
        """How much is in use."""
        return self._next

    def release(self, mark: int) -> None:
        """Give back what was taken since the mark."""
        self._next = mark


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
