"""Tables of pandas and dask, and bare arrays, as arrays with named dimensions and labels along them.

The rows of a table are points: all its columns share one dimension, called like the index, or
"point" if that has no name.  A dask table stays with dask; only its index is read, so that rows
that do not belong together are never paired.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr

from deterrence.sweeps.errors import SweepError

POINT = "point"


def labelled(name: str, value: Any, seen: dict[str, Any]) -> xr.DataArray | None:
    """A value with dimensions as an array with names for them; None if it has none.

    Parameters
    ----------
    name : str
        The parameter.
    value : Any
    seen : dict
        Indices of dask tables that were read already, filled on the way.

    Raises
    ------
    SweepError
        For an array of several dimensions without names.
    """
    if isinstance(value, xr.DataArray):
        return value
    if _is_series(value, "pandas", "to_numpy"):
        return _from_pandas(value)
    if _is_series(value, "dask", "to_dask_array"):
        return _from_dask(value, seen)
    if hasattr(value, "ndim") and hasattr(value, "shape") and value.ndim > 0:
        return _axis(name, value)
    return None


def is_shown(dim: str, labels: np.ndarray) -> bool:
    """Whether labels tell a reader more than the places of the points."""
    if labels.dtype == object and any(isinstance(label, tuple) for label in labels):
        return False
    counted = labels.dtype.kind in "iu" and np.array_equal(labels, np.arange(len(labels)))
    return not (dim == POINT and counted)


def _is_series(value: Any, package: str, method: str) -> bool:
    return type(value).__module__.split(".")[0].startswith(package) and hasattr(value, method) and value.ndim == 1


def _from_pandas(series: Any) -> xr.DataArray:
    """A Series or Index as an array along its index."""
    if not hasattr(series, "index") or callable(series.index):
        return xr.DataArray(series.to_numpy(), dims=[POINT])
    return _along(series.to_numpy(), series.index)


def _from_dask(series: Any, seen: dict[str, Any]) -> xr.DataArray:
    """A column of a dask table as a dask array along its index."""
    from dask.base import tokenize

    name = tokenize(series.index)
    if name not in seen:
        seen[name] = series.index.compute(), tuple(series.map_partitions(len).compute())
    index, lengths = seen[name]
    return _along(series.to_dask_array(lengths=lengths), index)


def _along(data: Any, index: Any) -> xr.DataArray:
    dim = index.name if index.nlevels == 1 and isinstance(index.name, str) else POINT
    labels = np.empty(len(index), dtype=object)
    if index.nlevels > 1:
        labels[:] = list(index)
    else:
        labels = index.to_numpy()
    return xr.DataArray(data, dims=[dim], coords={dim: (dim, labels)})


def _axis(name: str, value: Any) -> xr.DataArray:
    """A bare one-dimensional array as an axis of the grid."""
    if value.ndim != 1:
        raise SweepError(
            subject=f"parameter {name}",
            wanted="one dimension, or dimensions with names",
            got=f"an array of shape {tuple(value.shape)}",
            hint="give an xarray.DataArray with named dimensions",
        )
    return xr.DataArray(value, dims=[name])
