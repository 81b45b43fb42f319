"""Which blocks of a file are finished, kept beside it so that a sweep can be resumed.

The first line says to which sweep the file belongs; each further line is a finished block.  A line
that a kill cut short does not count, and is cut off before the next one is written.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import deterrence
from deterrence.sweeps.columns import Column
from deterrence.sweeps.errors import StoreError
from deterrence.sweeps.evaluate import Tally
from deterrence.sweeps.grids import Grid
from deterrence.sweeps.layout import Layout, Slices
from deterrence.sweeps.task import Task


def fingerprint(task: Task, columns: Mapping[str, Column], layout: Layout, places: list[Slices], extra: str) -> str:
    """Text that tells sweeps apart: equal only if program, values, shape and blocks are."""
    digest = hashlib.sha256()
    header = (deterrence.__version__, task, sorted(layout.outputs.items()), layout.shape, places, extra)
    digest.update(repr(header).encode())
    for name, column in sorted(columns.items()):
        digest.update(repr((name, column.dims, column.floats.shape, column.rounded)).encode())
        digest.update(column.floats.tobytes())
        if isinstance(column.exact, Grid):
            digest.update(repr(column.exact).encode())
        elif column.exact is not None:
            digest.update(repr(column.exact.tolist()).encode())
    return digest.hexdigest()


class Journal:
    """The record of finished blocks of one file.

    Parameters
    ----------
    path : pathlib.Path
        Of the journal itself.
    name : str
        The sweep's fingerprint.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.name = path, name
        self.done: dict[int, dict[str, Any]] = {}
        self.laid_out = False
        self._file: Any = None

    def read(self) -> bool:
        """Read what an earlier run left; False if there is nothing.

        Raises
        ------
        StoreError
            If the journal is of another sweep.
        """
        if not self.path.exists():
            return False
        text = self.path.read_bytes()
        whole = text[: text.rfind(b"\n") + 1]
        lines = whole.decode().splitlines()
        if not lines:
            return False
        if json.loads(lines[0])["sweep"] != self.name:
            raise StoreError(
                subject=str(self.path),
                wanted="the journal of this very sweep",
                got="one of a sweep with other values, outputs, model or version",
                hint="choose another path, or overwrite=True to start anew",
            )
        for entry in map(json.loads, lines[1:]):
            if "block" in entry:
                self.done[int(entry["block"])] = entry
            else:
                self.laid_out = True
        if len(whole) < len(text):
            os.truncate(self.path, len(whole))
        return True

    def start(self) -> None:
        """Begin a new journal."""
        self.done.clear()
        self.laid_out = False
        self.path.write_text(json.dumps({"sweep": self.name}) + "\n")

    def note_layout(self) -> None:
        """Record that the file is laid out."""
        self._write({"laid_out": True})
        self.laid_out = True

    def note(self, block: int, tally: Tally, **more: Any) -> None:
        """Record a block whose data are safely in the file."""
        entry = {
            "block": block,
            "points": tally.points,
            "outside": tally.outside,
            "rechecked": tally.rechecked,
            "labels": tally.labels,
            **more,
        }
        self._write(entry)
        self.done[block] = entry

    def _write(self, entry: dict[str, Any]) -> None:
        if self._file is None:
            self._file = self.path.open("a")
        self._file.write(json.dumps(entry) + "\n")
        self._file.flush()

    def total(self) -> Tally:
        """The tally of all finished blocks."""
        total = Tally()
        for entry in self.done.values():
            labels = tuple((int(k), int(n)) for k, n in entry["labels"])
            total = total + Tally(entry["points"], entry["outside"], entry["rechecked"], labels)
        return total

    def close(self) -> None:
        """Stop writing."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def remove(self) -> None:
        """The sweep is finished."""
        self.close()
        self.path.unlink(missing_ok=True)
