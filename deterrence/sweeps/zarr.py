"""Streaming to a Zarr store: one file a block and variable, so that several programs may read along."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import xarray as xr

from deterrence.sweeps.blocks import Arrays
from deterrence.sweeps.layout import Layout, Slices


class ZarrStore:
    """A Zarr store under construction; its chunks are the blocks of the sweep."""

    def __init__(self, path: Path, layout: Layout, block: tuple[int, ...]) -> None:
        self.path, self.layout, self._block = path, layout, block
        self._group: Any = None

    def create(self, skeleton: xr.Dataset) -> None:
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

    def _chunks(self, name: str) -> tuple[int, ...]:
        return (*self.layout.outputs[name].lead, *self._block)

    def open(self) -> None:
        """Make ready for writing."""
        import zarr

        self._group = zarr.open_group(self.path, mode="r+", zarr_format=2)

    def write(self, block: int, where: Slices, arrays: Arrays) -> dict[str, Any]:
        """Write one block."""
        for name, array in arrays.items():
            self._group[name][(..., *where)] = array
        return {}

    def finish(self, counts: dict[str, int]) -> Path:
        """Add what is only known at the end."""
        import zarr

        self._group.attrs.update(counts)
        zarr.consolidate_metadata(self._group.store, zarr_format=2)
        return self.path

    def close(self) -> None:
        """Nothing is held open."""
