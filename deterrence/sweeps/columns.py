"""Columns: the values of one parameter, as floats for speed and as exact numbers for decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import flint
import numpy as np

from deterrence.errors import PointError
from deterrence.sweeps.grids import Grid


@dataclass(frozen=True)
class Column:
    """The values of a parameter along named dimensions.

    Attributes
    ----------
    name : str
    dims : tuple of str
    floats : numpy.ndarray
        64-bit floats, one axis for each of `dims`.
    exact : numpy.ndarray or Grid or None
        What the floats stand for: integers or fractions of the same shape, a grid of exact
        numbers, or None where the floats themselves are meant.
    rounded : bool
        Whether some float differs from its exact number.
    """

    name: str
    dims: tuple[str, ...]
    floats: np.ndarray
    exact: Any = None
    rounded: bool = False

    def part(self, where: dict[str, slice]) -> Column:
        """The values within slices of the dimensions."""
        cut = tuple(where.get(d, slice(None)) for d in self.dims)
        exact = self.exact
        if isinstance(exact, Grid):
            exact = exact[cut[0]]
        elif exact is not None:
            exact = exact[cut]
        return replace(self, floats=self.floats[cut], exact=exact)

    def rational(self, index: tuple[int, ...]) -> Any:
        """One value as a FLINT rational."""
        if self.exact is None:
            return flint.fmpq(*float(self.floats[index]).as_integer_ratio())
        value = self.exact.exact(index[0]) if isinstance(self.exact, Grid) else self.exact[index]
        if isinstance(value, Fraction):
            return flint.fmpq(value.numerator, value.denominator)
        return flint.fmpq(int(value))

    def along(self, dims: Sequence[str]) -> np.ndarray:
        """The floats with an axis for each of `dims`, of length 1 where nothing varies."""
        order = [self.dims.index(d) for d in dims if d in self.dims]
        array = self.floats.transpose(order)
        sizes = iter(array.shape)
        return array.reshape([next(sizes) if d in self.dims else 1 for d in dims])


def from_grid(name: str, values: Grid) -> Column:
    """A column of exact, evenly spaced numbers along its own dimension."""
    floats = values.floats()
    rounded = _is_rounded(values)
    return Column(name, (name,), floats, values if rounded else None, rounded)


def _is_rounded(values: Grid) -> bool:
    """Whether floats cannot hold the grid: they can if start and step are short binary fractions."""
    common = values.start.denominator * values.step.denominator
    largest = max(abs(values.start), abs(values.stop)) * common
    return bool(common & (common - 1)) or largest >= 2**53 or common >= 2**53


def from_numbers(name: str, dims: tuple[str, ...], values: Sequence[Fraction]) -> Column:
    """A column of exact numbers typed by hand."""
    exact = np.empty(len(values), dtype=object)
    exact[:] = values
    floats = np.array([float(v) for v in values])
    rounded = any(Fraction(float(v)) != v for v in values)
    return Column(name, dims, floats, exact if rounded else None, rounded)


def from_array(name: str, dims: tuple[str, ...], values: np.ndarray) -> Column:
    """A column of binary values: floats mean exactly what they hold, whole numbers themselves.

    Raises
    ------
    PointError
        If a value is not a finite number.
    """
    if values.dtype.kind in "iu":
        floats = values.astype(np.float64)
        large = bool(values.size) and (int(values.max()) > 2**53 or int(values.min()) < -(2**53))
        return Column(name, dims, floats, values if large else None, large)
    if values.dtype.kind != "f" or values.dtype.itemsize > 8:
        raise PointError(subject=f"parameter {name}", wanted="an array of numbers", got=f"dtype {values.dtype}")
    floats = values.astype(np.float64, copy=False)
    if values.size and not np.isfinite(floats.sum()):
        refuse_unfinite(name, floats)
    return Column(name, dims, floats)


def refuse_unfinite(name: str, floats: np.ndarray) -> None:
    """Raise an error if some value is not finite, saying how many and where the first one is."""
    wrong = ~np.isfinite(floats)
    if wrong.any():
        first = tuple(int(k) for k in np.argwhere(wrong)[0])
        place = first[0] if len(first) == 1 else first
        raise PointError(
            subject=f"parameter {name}",
            wanted="finite numbers",
            got=f"{int(wrong.sum())} that are not (the first, {floats[first]}, in place {place})",
            hint="drop these points, for example with dropna",
        )
