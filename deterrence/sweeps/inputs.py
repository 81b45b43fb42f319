"""From what a user hands over to columns with named dimensions.

A scalar is exact.  A `Grid`, list or one-dimensional array is an axis of the grid, named for the
parameter.  An object of xarray, pandas or dask keeps its own dimensions, so that parameters which
share one vary together, point by point.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
import sympy as sp
import xarray as xr

from deterrence.errors import PointError
from deterrence.numbers import as_fraction, exact_number
from deterrence.parameters import Assumptions
from deterrence.sweeps.columns import Column, from_array, from_grid, from_numbers
from deterrence.sweeps.errors import SweepError
from deterrence.sweeps.grids import Grid
from deterrence.sweeps.labelled import is_shown, labelled
from deterrence.sweeps.layout import RESERVED
from deterrence.sweeps.memory import check_memory


@dataclass(frozen=True)
class Inputs:
    """The values of a sweep, sorted out.

    Attributes
    ----------
    scalars : dict of sympy.Symbol to sympy.Rational
    columns : dict of sympy.Symbol to Column
    sizes : dict of str to int
        The dimensions in order of first mention.
    labels : dict of str to array
        Labels along dimensions, by which the parameters are held to belong together.
    coordinates : dict of str to array
        Those that a reader wants to see.
    lazy : dict of sympy.Symbol to xarray.DataArray
        Values held by dask; they have no column yet.
    """

    scalars: dict[sp.Symbol, sp.Rational] = field(default_factory=dict)
    columns: dict[sp.Symbol, Column] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    labels: dict[str, Any] = field(default_factory=dict)
    coordinates: dict[str, Any] = field(default_factory=dict)
    lazy: dict[sp.Symbol, xr.DataArray] = field(default_factory=dict)

    @property
    def symbols(self) -> tuple[sp.Symbol, ...]:
        """All parameters that are given."""
        return (*self.scalars, *self.columns, *self.lazy)

    @property
    def dims(self) -> tuple[str, ...]:
        """The dimensions in order."""
        return tuple(self.sizes)

    @property
    def shape(self) -> tuple[int, ...]:
        """Their sizes."""
        return tuple(self.sizes.values())

    def dims_of(self, symbol: sp.Symbol) -> tuple[str, ...]:
        """Along which dimensions a parameter varies."""
        if symbol in self.columns:
            return self.columns[symbol].dims
        return tuple(map(str, self.lazy[symbol].dims)) if symbol in self.lazy else ()


def read_inputs(values: Any, assumptions: Assumptions, reserved: Collection[str] = RESERVED) -> Inputs:
    """Sort out the values of a sweep.

    Parameters
    ----------
    values : mapping, pandas.DataFrame, dask.dataframe.DataFrame or xarray.Dataset
        Symbols or names to scalars, grids, arrays, or objects with dimensions.
    assumptions : Assumptions
    reserved : collection of str
        Names that the result needs for itself.

    Raises
    ------
    UnknownParameter
        For a name that is not declared.
    PointError
        For something that is no number, or not finite.
    SweepError
        For arrays that do not fit together, and names that clash.
    """
    if not hasattr(values, "items"):
        raise SweepError(subject="sweep", wanted="a mapping of parameters to values", got=type(values).__name__)
    inputs = Inputs()
    seen: dict[sp.Symbol, Any] = {}
    indices: dict[str, Any] = {}
    for given, value in values.items():
        symbol = assumptions.resolve(given if isinstance(given, sp.Symbol) else str(given))
        if symbol in seen:
            raise SweepError(subject=f"parameter {symbol.name}", wanted="one entry", got="two, by symbol and by name")
        seen[symbol] = value
        _read(symbol, value, inputs, indices)
    grids = {s: v for s, v in seen.items() if isinstance(v, Grid)}
    _drop_open_ends(grids, inputs, assumptions)
    for symbol in seen:
        if symbol not in inputs.scalars:
            _measure(symbol, inputs)
    _check_names(inputs, reserved)
    return inputs


def _read(symbol: sp.Symbol, value: Any, inputs: Inputs, indices: dict[str, Any]) -> None:
    name = str(symbol.name)
    if isinstance(value, Grid):
        check_memory(8 * len(value), f"parameter {name}", "cut the grid into parts")
        inputs.columns[symbol] = from_grid(name, value)
    elif isinstance(value, list | tuple | range):
        numbers = [as_fraction(exact_number(v, f"parameter {name}")) for v in value]
        inputs.columns[symbol] = from_numbers(name, (name,), numbers)
    elif (array := labelled(name, value, indices)) is not None:
        _read_labelled(symbol, array, inputs)
    else:
        inputs.scalars[symbol] = exact_number(value, f"parameter {name}")


def _read_labelled(symbol: sp.Symbol, array: xr.DataArray, inputs: Inputs) -> None:
    name = str(symbol.name)
    if array.ndim == 0:
        inputs.scalars[symbol] = exact_number(array.values[()], f"parameter {name}")
        return
    for dim in array.dims:
        if dim in array.coords:
            _take_labels(str(dim), array.coords[dim].values, name, inputs)
    if array.chunks is not None:
        inputs.lazy[symbol] = array
    elif array.dtype == object:
        inputs.columns[symbol] = _exact_objects(name, array)
    else:
        inputs.columns[symbol] = from_array(name, tuple(map(str, array.dims)), np.asarray(array.values))


def _exact_objects(name: str, array: xr.DataArray) -> Column:
    """An array of fractions, text or other exact numbers."""
    dims = tuple(map(str, array.dims))
    flat = [as_fraction(exact_number(v, f"parameter {name}")) for v in array.values.ravel()]
    column = from_numbers(name, dims, flat)
    exact = column.exact.reshape(array.shape) if column.exact is not None else None
    return Column(name, dims, column.floats.reshape(array.shape), exact, column.rounded)


def _take_labels(dim: str, labels: np.ndarray, name: str, inputs: Inputs) -> None:
    known = inputs.labels.setdefault(dim, labels)
    if known is not labels and not np.array_equal(known, labels):
        raise SweepError(
            subject=f"parameter {name}",
            wanted=f'the same labels along "{dim}" as the parameters before',
            got="different ones",
            hint="align the objects first, for example with xarray.align or DataFrame.join",
        )
    if is_shown(dim, labels):
        inputs.coordinates.setdefault(dim, labels)


def _check_names(inputs: Inputs, reserved: Collection[str]) -> None:
    """Refuse dimensions and parameters whose names the result needs for something else."""
    for symbol in inputs.symbols:
        if symbol.name in reserved:
            raise SweepError(
                subject=f"parameter {symbol.name}",
                wanted="a name that the result does not need for itself",
                got=f'"{symbol.name}"',
                hint="give the parameter another name in the game",
            )
    for dim in inputs.sizes:
        own = next((s for s in inputs.symbols if s.name == dim), None)
        if dim in reserved or (own is not None and inputs.dims_of(own) != (dim,)):
            raise SweepError(
                subject=f'dimension "{dim}"',
                wanted="a name that nothing else in the result has",
                got="the name of a parameter" if own is not None else "a name that the result needs for itself",
                hint=f"give the dimension (or index) another name, for example .rename({dim}=...)",
            )


def _measure(symbol: sp.Symbol, inputs: Inputs) -> None:
    """Note the size of each dimension; all parameters along it must agree."""
    held = inputs.columns[symbol].floats.shape if symbol in inputs.columns else inputs.lazy[symbol].shape
    for dim, size in zip(inputs.dims_of(symbol), held, strict=True):
        if inputs.sizes.setdefault(dim, size) != size:
            raise SweepError(
                subject=f"parameter {symbol.name}",
                wanted=f'{inputs.sizes[dim]} values along "{dim}" as the parameters before',
                got=f"{size} values",
                hint="parameters that vary together need a shared dimension of one length",
            )
        if size == 0:
            raise SweepError(subject=f"parameter {symbol.name}", wanted="at least one value", got="none")
    if symbol in inputs.columns and inputs.dims_of(symbol) == (symbol.name,):
        inputs.coordinates.setdefault(str(symbol.name), inputs.columns[symbol].floats)


def _drop_open_ends(grids: Mapping[sp.Symbol, Grid], inputs: Inputs, assumptions: Assumptions) -> None:
    """Leave out the ends of exact grids at which a strict assumption becomes an equality."""
    for symbol, whole in grids.items():
        known = {*inputs.scalars, symbol}
        strict = [
            r
            for r in assumptions.relations
            if r.rel_op in ("<", ">") and symbol in r.free_symbols and r.free_symbols <= known
        ]

        def open_at(end: Fraction, symbol: sp.Symbol = symbol, strict: list[Any] = strict) -> bool:
            point = {**inputs.scalars, symbol: sp.Rational(end.numerator, end.denominator)}
            return any((r.lhs - r.rhs).xreplace(point) == 0 for r in strict)

        kept = whole[int(open_at(whole.start)) : whole.size - int(open_at(whole.stop))]
        if not len(kept):
            raise PointError(
                subject=f"parameter {symbol.name}", wanted="a grid with a number inside its domain", got=str(whole)
            )
        inputs.columns[symbol] = from_grid(str(symbol.name), kept)
