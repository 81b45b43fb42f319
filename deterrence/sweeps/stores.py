"""What every format of a streamed sweep has in common."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import xarray as xr

from deterrence.sweeps.blocks import Arrays
from deterrence.sweeps.errors import StoreError
from deterrence.sweeps.layout import Slices

FORMATS = {".nc": ("h5netcdf", "h5py"), ".zarr": ("zarr", "dask"), ".csv": ("pandas",), ".parquet": ("pyarrow",)}


class Store(Protocol):
    """Where blocks go."""

    path: Path

    def create(self, skeleton: xr.Dataset) -> None:
        """Lay the file out."""

    def open(self) -> None:
        """Make ready for writing."""

    def write(self, block: int, where: Slices, arrays: Arrays) -> dict[str, Any]:
        """Write one block; what the journal must keep besides."""

    def finish(self, counts: dict[str, int]) -> Path:
        """Complete the file, and say where it is."""

    def close(self) -> None:
        """Stop writing."""


@dataclass(frozen=True)
class Written:
    """What a streamed sweep left on the disk.

    Attributes
    ----------
    path : pathlib.Path
    points, outside : int
        How many points, and how many of them break the assumptions.
    rechecked : int
        Decisions and values made again in exact arithmetic.
    labels : dict of str to int
        At how many points each equilibrium was chosen ("none": where none exists).
    resumed : int
        Points that an earlier run had finished.
    seconds : float
    """

    path: Path
    points: int
    outside: int
    rechecked: int
    labels: dict[str, int]
    resumed: int
    seconds: float

    def __str__(self) -> str:
        lines = [f"{self.path}: {self.points:,} points in {self.seconds:.1f} s"]
        if self.resumed:
            lines[0] += f" ({self.resumed:,} from an earlier run)"
        inside = max(1, self.points - self.outside)
        lines += [f"  {n / inside:7.2%}  {name}" for name, n in self.labels.items()]
        if self.outside:
            lines.append(f"  {self.outside:,} points break the assumptions and are masked")
        return "\n".join(lines)


def check_format(target: Path) -> None:
    """Refuse endings without a format, and formats whose packages are missing."""
    if target.suffix not in FORMATS:
        raise StoreError(subject=str(target), wanted=f"a name that ends in {', '.join(FORMATS)}", got=target.name)
    missing = [p for p in FORMATS[target.suffix] if importlib.util.find_spec(p) is None]
    if missing:
        raise StoreError(
            subject=str(target),
            wanted=f"the packages that write {target.suffix}",
            got=f"no {', '.join(missing)}",
            hint="pip install 'deterrence[distributed]'",
        )
