"""What every format of a streamed sweep has in common."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from zlib import crc32

import xarray as xr

from deterrence.sweeps.blocks import Arrays
from deterrence.sweeps.errors import StoreError
from deterrence.sweeps.layout import Slices

FORMATS = {".nc": ("h5netcdf", "h5py"), ".zarr": ("zarr", "dask"), ".csv": ("pandas",), ".parquet": ("pyarrow",)}


COUNTS = ("points", "points_outside_assumptions", "decided_again_exactly")
Finished = Mapping[int, Mapping[str, Any]]


class Store(Protocol):
    """Where blocks go, and how what is there is checked when a sweep is taken up again."""

    path: Path

    def create(self, skeleton: xr.Dataset) -> Mapping[str, Any]:
        """Lay the file out; what the journal must keep to recognise it."""

    def recognises(self, layout: Mapping[str, Any]) -> bool:
        """Whether the file is there, and laid out as the journal says."""

    def intact(self, done: Finished) -> set[int]:
        """Those of the finished blocks whose data are as the journal says."""

    def open(self) -> None:
        """Make ready for writing."""

    def write(self, block: int, where: Slices, arrays: Arrays) -> Mapping[str, Any]:
        """Write one block; what the journal must keep to check it."""

    def finish(self, counts: Mapping[str, int]) -> Path:
        """Complete the file, and say where it is."""

    def close(self) -> None:
        """Stop writing."""


def checksum(path: Path) -> int:
    """A checksum of a file's content."""
    total = 0
    with path.open("rb") as file:
        while piece := file.read(2**20):
            total = crc32(piece, total)
    return total


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
    repaired : int
        Points that an earlier run had finished, but whose data were damaged since and were made again.
    """

    path: Path
    points: int
    outside: int
    rechecked: int
    labels: dict[str, int]
    resumed: int
    seconds: float
    repaired: int = 0

    def __str__(self) -> str:
        lines = [f"{self.path}: {self.points:,} points in {self.seconds:.1f} s"]
        if self.resumed:
            lines[0] += f" ({self.resumed:,} from an earlier run)"
        if self.repaired:
            lines.append(f"  {self.repaired:,} points from an earlier run were damaged and were computed again")
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


def check_replaceable(target: Path) -> None:
    """Refuse what stands at the path and is of another kind: it would not be a sweep that is replaced."""
    if target.suffix != ".zarr" and target.is_dir():
        raise StoreError(subject=str(target), wanted="a file, or a path that is free", got="a folder")
    if target.suffix == ".zarr" and target.exists():
        known = (".zgroup", ".zarray", "zarr.json")
        if not target.is_dir() or not (any((target / n).exists() for n in known) or not any(target.iterdir())):
            raise StoreError(
                subject=str(target), wanted="a Zarr store, or a path that is free", got="something else is there"
            )
