"""Streaming to one netCDF file that is whole at every moment.

The file is laid out first: all coordinates and attributes, and room for every variable in one
piece.  From then on blocks are written straight into that room, so that no kill can harm the
file's structure.
"""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from deterrence.sweeps.blocks import Arrays
from deterrence.sweeps.layout import Layout, Slices

COUNTS = {
    "points_outside_assumptions": "points that break the assumptions of the model",
    "decided_again_exactly": "decisions and values that were made again in exact arithmetic",
}


class NetcdfStore:
    """A netCDF-4 file under construction."""

    def __init__(self, path: Path, layout: Layout) -> None:
        self.path, self.layout = path, layout
        self._file: Any = None
        self._offsets: dict[str, int] = {}

    def create(self, skeleton: xr.Dataset) -> None:
        """Lay the file out; `skeleton` has its dimensions, coordinates, attributes and variables' attributes."""
        import h5netcdf

        bare = skeleton.drop_vars(list(skeleton.data_vars))
        self._ask_for_room(bare.nbytes)
        bare.to_netcdf(self.path, engine="h5netcdf")
        with h5netcdf.File(self.path, "a") as file:
            for dim, size in skeleton.sizes.items():
                if dim not in file.dimensions:
                    file.dimensions[str(dim)] = size
            for name, variable in skeleton.data_vars.items():
                kind = np.dtype("int8") if variable.dtype == bool else variable.dtype
                made = file.create_variable(str(name), tuple(map(str, variable.dims)), kind, dcpl=_early())
                made.attrs.update(variable.attrs | ({"dtype": "bool"} if variable.dtype == bool else {}))
                others = [str(c) for c in skeleton.coords if c not in skeleton.dims]
                if others:
                    made.attrs["coordinates"] = " ".join(others)
            for name, text in COUNTS.items():
                made = file.create_variable(name, (), np.dtype("int64"), data=np.int64(0))
                made.attrs["long_name"] = text
        with self.path.open("r+b") as raw:
            os.posix_fallocate(raw.fileno(), 0, self.path.stat().st_size)

    def _ask_for_room(self, coordinates: int) -> None:
        """Take the room that the file will need, so that a full disk is met here and not inside HDF5."""
        needed = self.layout.point_bytes * math.prod(self.layout.shape) + 2 * coordinates + 2**16
        try:
            with self.path.open("wb") as raw:
                os.posix_fallocate(raw.fileno(), 0, needed)
        except OSError:
            self.path.unlink(missing_ok=True)
            raise

    def open(self) -> None:
        """Find the room of each variable."""
        import h5py

        with h5py.File(self.path, "r") as file:
            self._offsets = {name: file[name].id.get_offset() for name in (*self.layout.outputs, *COUNTS)}
        self._file = self.path.open("r+b", buffering=0)

    def write(self, block: int, where: Slices, arrays: Arrays) -> dict[str, Any]:
        """Write one block, and wait until it is on the disk."""
        shape = self.layout.shape
        start = int(np.ravel_multi_index([w.start for w in where], shape)) if shape else 0
        for name, array in arrays.items():
            output = self.layout.outputs[name]
            rows = array.reshape(math.prod(output.lead), -1)
            for k, row in enumerate(rows):
                place = self._offsets[name] + (k * math.prod(shape) + start) * row.itemsize
                _write_at(self._file.fileno(), np.ascontiguousarray(row), place)
        os.fdatasync(self._file.fileno())
        return {}

    def finish(self, counts: dict[str, int]) -> Path:
        """Add what is only known at the end."""
        for name in COUNTS:
            _write_at(self._file.fileno(), np.array([counts[name]], dtype=np.int64), self._offsets[name])
        os.fdatasync(self._file.fileno())
        self.close()
        return self.path

    def close(self) -> None:
        """Stop writing."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _early() -> Any:
    """Space for a variable is taken when it is created, and not filled."""
    import h5py

    creation = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    creation.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    creation.set_fill_time(h5py.h5d.FILL_TIME_NEVER)
    return creation


def _write_at(handle: int, row: np.ndarray, place: int) -> None:
    data = row.data.cast("B")
    while len(data):
        written = os.pwrite(handle, data, place)
        data, place = data[written:], place + written
