"""Grids of exact numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, overload

import numpy as np

from deterrence.errors import PointError
from deterrence.numbers import as_fraction, exact_number


@dataclass(frozen=True)
class Grid:
    """The `size` numbers ``start, start + step, ...``, exact.

    A sweep leaves out an end point at which a strict assumption, such as ``p > 0``, becomes an
    equality.  `numpy.asarray` gives the nearest floats.
    """

    start: Fraction
    step: Fraction
    size: int

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Fraction]:
        return (self.exact(k) for k in range(self.size))

    @overload
    def __getitem__(self, part: slice) -> Grid: ...
    @overload
    def __getitem__(self, part: int) -> Fraction: ...
    def __getitem__(self, part: slice | int) -> Grid | Fraction:
        """One number, or the grid of some of them."""
        if not isinstance(part, slice):
            return self.exact(range(self.size)[part])
        first, _, stride = part.indices(self.size)
        count = len(range(*part.indices(self.size)))
        return Grid(self.start + first * self.step, self.step * stride, count)

    def exact(self, k: int) -> Fraction:
        """The number in place `k`."""
        return self.start + k * self.step

    @property
    def stop(self) -> Fraction:
        """The last number."""
        return self.exact(self.size - 1)

    def floats(self) -> np.ndarray:
        """The numbers as floats, each rounded once (for whole numbers below 2**53, else twice)."""
        common = self.start.denominator * self.step.denominator
        first, by = int(self.start * common), int(self.step * common)
        if max(abs(first), abs(first + by * self.size), common) < 2**53:
            return (first + by * np.arange(self.size)) / common
        return np.array([float(x) for x in self])

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return self.floats().astype(dtype or float)

    def __str__(self) -> str:
        return f"{self.start} to {self.stop} in {self.size} steps"


def grid(lo: Any, hi: Any, n: int) -> Grid:
    """`n` evenly spaced exact numbers from `lo` to `hi`, for an axis of a sweep.

    Parameters
    ----------
    lo, hi : int, float, fraction, text or sympy.Rational
        Ends, with ``lo < hi``; a float means its shortest decimal text.  Where the parameter may
        not take an end (a probability is strictly between 0 and 1) the sweep leaves it out.
    n : int
        How many numbers, ends included; at least 2.

    Raises
    ------
    PointError
        If an end is no number, or the grid would be empty.

    Examples
    --------
    >>> [str(x) for x in grid(0, 1, 5)]
    ['0', '1/4', '1/2', '3/4', '1']
    """
    low, high = as_fraction(exact_number(lo, "grid")), as_fraction(exact_number(hi, "grid"))
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 2 or low >= high:
        raise PointError(subject="grid", wanted="lo < hi and a whole number n >= 2", got=f"{lo}, {hi}, {n}")
    return Grid(low, (high - low) / (int(n) - 1), int(n))
