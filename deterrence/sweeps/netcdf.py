"""Streaming to one netCDF file that is whole at every moment.

The file is laid out first: all coordinates and attributes, and room for every variable in one
piece.  From then on blocks are written straight into that room, so that no kill can harm the
file's structure.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import xarray as xr

from deterrence.sweeps.blocks import Arrays
from deterrence.sweeps.layout import Layout, Slices
from deterrence.sweeps.stores import COUNTS, Finished


class NetcdfStore:
    """A netCDF-4 file under construction."""

    def __init__(self, path: Path, layout: Layout, places: Sequence[Slices]) -> None:
        self.path, self.layout, self._places = path, layout, places
        self._file: Any = None
        self._offsets: dict[str, int] = {}

    def create(self, skeleton: xr.Dataset) -> Mapping[str, Any]:
        """Lay the file out; `skeleton` has its dimensions, coordinates, attributes and variables' attributes."""
        import h5netcdf

        bare = skeleton.drop_vars(list(skeleton.data_vars)).assign_attrs(dict.fromkeys(COUNTS, np.int64(0)))
        self._ask_for_room(bare.nbytes)
        bare.to_netcdf(self.path, engine="h5netcdf")
        with h5netcdf.File(self.path, "a") as file:
            for dim, size in skeleton.sizes.items():
                if dim not in file.dimensions:
                    file.dimensions[str(dim)] = size
            for name, variable in skeleton.data_vars.items():
                kind = np.dtype("int8") if variable.dtype == bool else variable.dtype
                dims = tuple(map(str, variable.dims))
                data = None if dims else np.zeros((), kind)  # a single number has room only once it is written
                made = file.create_variable(str(name), dims, kind, data=data, dcpl=_early())
                made.attrs.update(variable.attrs | ({"dtype": "bool"} if variable.dtype == bool else {}))
                others = [str(c) for c in skeleton.coords if c not in skeleton.dims]
                if others:
                    made.attrs["coordinates"] = " ".join(others)
        with self.path.open("r+b") as raw:
            reserve(raw.fileno(), self.path.stat().st_size)
        return {"coordinates": self._coordinates()}

    def _ask_for_room(self, coordinates: int) -> None:
        """Take the room that the file will need, so that a full disk is met here and not inside HDF5."""
        needed = self.layout.point_bytes * math.prod(self.layout.shape) + 2 * coordinates + 2**16
        try:
            with self.path.open("wb") as raw:
                reserve(raw.fileno(), needed)
        except OSError:
            self.path.unlink(missing_ok=True)
            raise

    def _coordinates(self) -> int:
        """A checksum of all that is no output."""
        import h5py

        total = 0
        with h5py.File(self.path, "r") as file:
            for name in sorted(set(file) - set(self.layout.outputs)):
                if not file[name].id.get_storage_size():  # a dimension without coordinates
                    continue
                data = file[name][...]
                total = crc32(repr(data.tolist()).encode() if data.dtype == object else data.tobytes(), total)
        return total

    def recognises(self, layout: Mapping[str, Any]) -> bool:
        """Whether the file is there, whole, and has the coordinates that it had."""
        try:
            self._find()
            return self._coordinates() == layout["coordinates"]
        except (OSError, KeyError, RuntimeError, TypeError, AttributeError):  # whatever HDF5 says of a damaged file
            return False

    def _find(self) -> None:
        """Find the room of each variable."""
        import h5py

        with h5py.File(self.path, "r") as file:
            self._offsets = {name: int(file[name].id.get_offset()) for name in self.layout.outputs}

    def open(self) -> None:
        """Make ready for writing."""
        self._find()
        self._file = self.path.open("r+b", buffering=0)

    def intact(self, done: Finished) -> set[int]:
        """The blocks whose rows have the checksum that they had."""
        with self.path.open("rb", buffering=0) as file:
            return {k for k, entry in done.items() if self._checksum(file.fileno(), self._places[k]) == entry["crc"]}

    def _checksum(self, handle: int, where: Slices) -> int:
        total = 0
        for name, output in self.layout.outputs.items():
            size = math.prod(w.stop - w.start for w in where) * np.dtype(output.dtype).itemsize
            for place in self._rows(name, where):
                total = crc32(os.pread(handle, size, place), total)
        return total

    def _rows(self, name: str, where: Slices) -> list[int]:
        """Where each row of a block begins in the file."""
        shape, output = self.layout.shape, self.layout.outputs[name]
        start = int(np.ravel_multi_index([w.start for w in where], shape)) if shape else 0
        size = np.dtype(output.dtype).itemsize
        return [self._offsets[name] + (k * math.prod(shape) + start) * size for k in range(math.prod(output.lead))]

    def write(self, block: int, where: Slices, arrays: Arrays) -> Mapping[str, Any]:
        """Write one block, and wait until it is on the disk."""
        total = 0
        for name in self.layout.outputs:
            places = self._rows(name, where)
            for place, row in zip(places, arrays[name].reshape(len(places), -1), strict=True):
                data = np.ascontiguousarray(row).data.cast("B")
                total = crc32(data, total)
                _write_at(self._file.fileno(), data, place)
        _sync(self._file.fileno())
        return {"crc": total}

    def finish(self, counts: Mapping[str, int]) -> Path:
        """Add what is only known at the end."""
        import h5py

        self.close()
        with h5py.File(self.path, "r+") as file:
            for name in COUNTS:
                file.attrs.modify(name, np.int64(counts[name]))
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


def reserve(handle: int, size: int) -> None:
    """Take room on the disk for a file, or (where the system cannot) give it its size."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(handle, 0, size)
    else:
        os.ftruncate(handle, size)


def _sync(handle: int) -> None:
    """Wait until the data are on the disk."""
    getattr(os, "fdatasync", os.fsync)(handle)


def _write_at(handle: int, data: memoryview, place: int) -> None:
    while len(data):
        written = os.pwrite(handle, data, place)
        data, place = data[written:], place + written
