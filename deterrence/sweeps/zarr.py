"""Streaming to a Zarr store: one file a block and variable, so that several programs may read along."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import xarray as xr

from deterrence.sweeps.blocks import Arrays
from deterrence.sweeps.layout import Layout, Slices
from deterrence.sweeps.stores import Finished, checksum


class ZarrStore:
    """A Zarr store under construction; its chunks are the blocks of the sweep."""

    def __init__(self, path: Path, layout: Layout, places: Sequence[Slices]) -> None:
        self.path, self.layout, self._places = path, layout, places
        self._block = tuple(w.stop - w.start for w in places[0])
        self._group: Any = None

    def create(self, skeleton: xr.Dataset) -> Mapping[str, Any]:
        """Write coordinates and attributes, and make room for the variables."""
        import dask.array as da

        if self.path.exists():
            shutil.rmtree(self.path)
        empty = {
            name: (v.dims, da.empty(v.shape, dtype=v.dtype, chunks=self._chunks(str(name))), v.attrs)
            for name, v in skeleton.data_vars.items()
        }
        bare = skeleton.drop_vars(list(skeleton.data_vars)).assign(empty)
        bare.to_zarr(self.path, compute=False, zarr_format=2, consolidated=True)
        return {"coordinates": self._coordinates()}

    def _chunks(self, name: str) -> tuple[int, ...]:
        return (*self.layout.outputs[name].lead, *self._block)

    def _coordinates(self) -> int:
        """A checksum of all that is no output."""
        total = 0
        for path in sorted(self.path.glob("*/*")):
            if path.parent.name not in self.layout.outputs:
                total = crc32(f"{path.parent.name}/{path.name} {checksum(path)}".encode(), total)
        return total

    def recognises(self, layout: Mapping[str, Any]) -> bool:
        """Whether the store is there, can be opened, and has the coordinates that it had."""
        try:
            self.open()
            wanted = {n: (*o.lead, *self.layout.shape) for n, o in self.layout.outputs.items()}
            shapes = {n: self._group[n].shape for n in wanted}
        except (OSError, KeyError, ValueError):  # whatever Zarr says of a damaged store
            return False
        return shapes == wanted and self._coordinates() == layout["coordinates"]

    def intact(self, done: Finished) -> set[int]:
        """The blocks whose chunks have the checksum that they had."""
        return {k for k, entry in done.items() if self._checksum(self._places[k]) == entry["crc"]}

    def _checksum(self, where: Slices) -> int | None:
        """A checksum of a block's files; None if one is missing."""
        paths = list(self._files(where))
        if not all(path.is_file() for path in paths):
            return None
        return crc32(repr([checksum(path) for path in paths]).encode())

    def _files(self, where: Slices) -> Iterator[Path]:
        index = [w.start // size for w, size in zip(where, self._block, strict=True)]
        for name, output in self.layout.outputs.items():
            yield self.path / name / (".".join(map(str, [0] * len(output.lead) + index)) or "0")

    def open(self) -> None:
        """Make ready for writing."""
        import zarr

        self._group = zarr.open_group(self.path, mode="r+", zarr_format=2)

    def write(self, block: int, where: Slices, arrays: Arrays) -> Mapping[str, Any]:
        """Write one block, also where it is empty, so that a missing file is always a loss."""
        import zarr

        with zarr.config.set({"array.write_empty_chunks": True}):
            for name, array in arrays.items():
                self._group[name][(..., *where)] = array
        return {"crc": self._checksum(where)}

    def finish(self, counts: Mapping[str, int]) -> Path:
        """Add what is only known at the end."""
        import zarr

        self._group.attrs.update({name: int(count) for name, count in counts.items()})
        zarr.consolidate_metadata(self._group.store, zarr_format=2)
        return self.path

    def close(self) -> None:
        """Nothing is held open."""
