"""Rigorous bounds on the rounding error of an array program.

For each node two numbers: a bound on the size of its value (exact and computed), and a bound on the
difference between the two.  They follow from the rules of IEEE arithmetic (Higham, *Accuracy and
Stability of Numerical Algorithms*, 2002, section 3.3: running error analysis), carried out either
once for a whole block, from the largest absolute value of each input, or point by point.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from deterrence.sweeps.program import CONSTANT, DIVIDE, INPUT, MULTIPLY, Program

UNIT = 2.0**-53
SMALLEST = 5e-324
SLACK = 1.0 + 2.0**-30  # covers the rounding of the bounds themselves

Bounds = tuple[Any, Any]


class ErrorBounds:
    """Size and error of nodes, given those of the inputs.

    Parameters
    ----------
    program : Program
    inputs : mapping of node to (size, error)
        Floats, or arrays that broadcast.
    """

    def __init__(self, program: Program, inputs: Mapping[int, Bounds]) -> None:
        self._program = program
        self._known: dict[int, Bounds] = dict(inputs)

    def error(self, node: int) -> Any:
        """A bound on how far the computed value lies from the exact one."""
        with np.errstate(over="ignore", invalid="ignore"):
            return self._of(node)[1] * SLACK

    def size(self, node: int) -> Any:
        """A bound on the absolute value."""
        with np.errstate(over="ignore", invalid="ignore"):
            return self._of(node)[0] * SLACK

    def _of(self, node: int) -> Bounds:
        if node not in self._known:
            self._known[node] = self._bound(node)
        return self._known[node]

    def _bound(self, node: int) -> Bounds:
        step = self._program.nodes[node]
        if step.op == CONSTANT:
            return of_constant(self._program, node)
        if step.op in (DIVIDE, INPUT):
            return np.inf, np.inf
        a, x = self._of(step.left)
        b, y = self._of(step.right)
        if step.op == MULTIPLY:
            size = a * b
            return size, a * y + b * x + UNIT * size + SMALLEST
        return a + b, x + y + UNIT * (a + b)

    def _bare(self, node: int) -> bool:
        """Whether a node is exact (asked of whole blocks only, where bounds are plain floats)."""
        error = self._of(node)[1]
        return isinstance(error, float) and error == 0.0

    def sign_is_exact(self, node: int) -> bool:
        """Whether the sign of the floats is right whatever they are: inputs without rounding, and their differences."""
        step = self._program.nodes[node]
        if step.op in (INPUT, CONSTANT):
            return self._bare(node)
        if step.op in (MULTIPLY, DIVIDE):
            return False
        finite = bool(np.isfinite(self._of(node)[0]))
        leaves = all(self._program.nodes[n].op in (INPUT, CONSTANT) for n in (step.left, step.right))
        return finite and leaves and self._bare(step.left) and self._bare(step.right)


def of_constant(program: Program, node: int) -> Bounds:
    """Size and error of a rational constant as a float."""
    number = program.numbers[node]
    try:
        nearest = float(number)
    except OverflowError:
        return np.inf, np.inf
    size = abs(nearest) * (1 + 4 * UNIT)
    return size, 0.0 if nearest == number else UNIT * size + SMALLEST


def of_input(size: Any, rounded: bool) -> Bounds:
    """Size and error of an input whose floats are exact, or nearest to what is meant.

    Two roundings are allowed for, as `Grid.floats` may need them.
    """
    return size * (1 + 4 * UNIT), (2 * UNIT * size * (1 + 4 * UNIT) + SMALLEST) if rounded else size * 0.0
