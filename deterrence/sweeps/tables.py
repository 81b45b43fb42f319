"""Streaming to tables with one row for each point: CSV and Parquet."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import xarray as xr

from deterrence.sweeps.blocks import Arrays
from deterrence.sweeps.columns import Column
from deterrence.sweeps.layout import Layout, Slices
from deterrence.sweeps.stores import Finished, checksum
from deterrence.sweeps.task import Task


class Rows:
    """Turns a block into columns of a table: the parameters that vary, then the outputs."""

    def __init__(
        self, task: Task, columns: Mapping[str, Column], layout: Layout, skeleton: xr.Dataset, titles: tuple[str, ...]
    ) -> None:
        self._task, self._columns, self._layout, self._titles = task, columns, layout, titles
        self._names = {name: [str(v) for v in skeleton[name].values] for name in _lead_dims(layout)}
        self._labels = {d: skeleton[d].values for d in task.dims if d in skeleton.coords and d not in columns}
        # labels -1 and -2 stand for the last of these and the last but one
        self._meanings = np.array([*titles, "outside the assumptions", "none"], dtype=object)

    def of_block(self, where: Slices, arrays: Arrays) -> dict[str, np.ndarray]:
        """Names and values of the table's columns for the points of a block, in the order of the grid."""
        cut = dict(zip(self._task.dims, where, strict=True))
        shape = tuple(w.stop - w.start for w in where)
        table: dict[str, np.ndarray] = {}
        for dim, labels in self._labels.items():
            axis = [1] * len(shape)
            axis[self._task.dims.index(dim)] = -1
            table[dim] = np.broadcast_to(labels[cut[dim]].reshape(axis), shape).ravel()
        for name, column in self._columns.items():
            table[name] = np.broadcast_to(column.part(cut).along(self._task.dims), shape).ravel()
        for name, array in arrays.items():
            table.update(self._output(name, array))
        return table

    def _output(self, name: str, array: np.ndarray) -> dict[str, np.ndarray]:
        output = self._layout.outputs[name]
        if name == "label" and self._task.rule != "all":
            return {name: self._meanings[array.ravel().astype(np.int64)]}
        if not output.lead:
            return {name: array.ravel()}
        rows = array.reshape(*output.lead, -1)
        heads = [self._names[d] for d in output.lead_dims]
        index = np.ndindex(*output.lead)
        return {f"{name} " + ", ".join(h[k] for h, k in zip(heads, at, strict=True)): rows[at] for at in index}


def _lead_dims(layout: Layout) -> dict[str, None]:
    return dict.fromkeys(d for o in layout.outputs.values() for d in o.lead_dims)


class CsvStore:
    """A CSV file under construction; the journal keeps where each block begins and ends."""

    def __init__(self, path: Path, rows: Rows) -> None:
        self.path, self._rows, self._length = path, rows, 0
        self._file: Any = None

    def create(self, skeleton: xr.Dataset) -> Mapping[str, Any]:
        """Begin with an empty file."""
        self.path.write_bytes(b"")
        return {}

    def recognises(self, layout: Mapping[str, Any]) -> bool:
        """Whether the file is there."""
        return self.path.is_file()

    def intact(self, done: Finished) -> set[int]:
        """The blocks up to the first whose text is not what it was: what follows it cannot stay."""
        found: set[int] = set()
        self._length = 0
        with self.path.open("rb") as file:
            for block, entry in sorted(done.items(), key=lambda item: int(item[1]["start"])):
                text = file.read(entry["length"] - self._length) if entry["start"] == self._length else b""
                if crc32(text) != entry["crc"] or not text:
                    break
                self._length = entry["length"]
                found.add(block)
        return found

    def open(self) -> None:
        """Cut off what no checkpoint covers."""
        self._file = self.path.open("r+b")
        self._file.truncate(self._length)
        self._file.seek(self._length)

    def write(self, block: int, where: Slices, arrays: Arrays) -> Mapping[str, Any]:
        """Append the rows of one block."""
        import pandas as pd

        start = self._length
        frame = pd.DataFrame(self._rows.of_block(where, arrays))
        text = frame.to_csv(index=False, header=start == 0).encode()
        self._file.write(text)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._length = self._file.tell()
        return {"start": start, "length": self._length, "crc": crc32(text)}

    def finish(self, counts: Mapping[str, int]) -> Path:
        """All rows are there."""
        self.close()
        return self.path

    def close(self) -> None:
        """Stop writing."""
        if self._file is not None:
            self._file.close()
            self._file = None


class ParquetStore:
    """A folder of pieces, one a block, that become one Parquet file at the end."""

    def __init__(self, path: Path, rows: Rows, count: int) -> None:
        self.path, self._rows, self._count = path, rows, count

    def create(self, skeleton: xr.Dataset) -> Mapping[str, Any]:
        """Begin with an empty folder."""
        self.path.mkdir(exist_ok=True)
        return {}

    def recognises(self, layout: Mapping[str, Any]) -> bool:
        """Whether the folder is there."""
        return self.path.is_dir()

    def intact(self, done: Finished) -> set[int]:
        """The blocks whose pieces have the checksum that they had."""
        pieces = {k: self._piece(k) for k in done}
        return {k for k, piece in pieces.items() if piece.is_file() and checksum(piece) == done[k]["crc"]}

    def open(self) -> None:
        """Nothing is held open."""

    def _piece(self, block: int) -> Path:
        return self.path / f"{block:08d}.parquet"

    def write(self, block: int, where: Slices, arrays: Arrays) -> Mapping[str, Any]:
        """Write one block."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        fresh = self.path / "fresh"
        pq.write_table(pa.table(self._rows.of_block(where, arrays)), fresh)
        fresh.replace(self._piece(block))
        return {"crc": checksum(self._piece(block))}

    def finish(self, counts: Mapping[str, int]) -> Path:
        """Make one file of all pieces."""
        import pyarrow.parquet as pq

        target, writer = self.path / "whole", None
        try:
            for block in range(self._count):
                table = pq.read_table(self._piece(block))
                if writer is None:
                    notes = {k.encode(): str(v).encode() for k, v in counts.items()}
                    writer = pq.ParquetWriter(target, table.schema.with_metadata(notes))
                writer.write_table(table.replace_schema_metadata(writer.schema.metadata))
        finally:
            if writer is not None:
                writer.close()
        return target

    def close(self) -> None:
        """Nothing is held open."""
