"""Which blocks of a file are finished, kept beside it so that a sweep can be resumed.

The first line says to which sweep the file belongs; each further line is a finished block with a
checksum of its data.  A line that a kill cut short does not count.  While a sweep runs its journal
is locked, so that two processes cannot write to one file.
"""

from __future__ import annotations

import errno
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

    Attributes
    ----------
    done : dict of int to dict
        What is noted of each finished block.
    layout : dict or None
        What is noted of the file's layout, once it is laid out.
    finished : str or None
        The name, beside the journal, of the file that was complete but perhaps not yet in its place.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.name = path, name
        self._file: Any = None
        self._forget()

    def _forget(self) -> None:
        self.done: dict[int, dict[str, Any]] = {}
        self.layout: dict[str, Any] | None = None
        self.finished: str | None = None

    def open(self) -> None:
        """Take the journal, or begin an empty one; no other process can until it is closed.

        Raises
        ------
        StoreError
            If another process is writing to the same file.
        """
        while self._file is None:
            file = self.path.open("a+b")
            if not _locked(file):
                file.close()
                raise StoreError(
                    subject=str(self.path),
                    wanted="a file that no other process writes to",
                    got="one that is being written",
                    hint="wait for the other sweep, or choose another path",
                )
            if self.path.exists() and os.path.samestat(os.fstat(file.fileno()), self.path.stat()):
                self._file = file
            else:  # the other process finished and removed it between the two steps
                file.close()

    def read(self) -> str:
        """Read what an earlier run left, and say to which sweep it belongs; empty text if there is nothing.

        Raises
        ------
        StoreError
            If it is no journal.
        """
        self._forget()
        self._file.seek(0)
        text = self._file.read()
        whole = text[: text.rfind(b"\n") + 1]
        head, *rest = [_entry(line) for line in whole.split(b"\n")[:-1]] or [{"sweep": ""}]
        if "sweep" not in head:
            raise StoreError(
                subject=str(self.path),
                wanted="the journal of a sweep",
                got="a file that is none, or is damaged",
                hint="overwrite=True starts anew; a half-written file cannot be taken up without its journal",
            )
        for entry in rest if head["sweep"] == self.name else ():
            self._take(entry)
        if len(whole) < len(text):
            self._file.truncate(len(whole))
        return str(head["sweep"])

    def _take(self, entry: dict[str, Any]) -> None:
        if "block" in entry:
            self.done[int(entry["block"])] = entry
        elif "layout" in entry:
            self.layout = entry["layout"]
        elif "finished" in entry:
            self.finished = str(entry["finished"])

    def start(self) -> None:
        """Begin anew."""
        self._forget()
        self._file.truncate(0)
        self._write({"sweep": self.name})

    def note_layout(self, layout: Mapping[str, Any]) -> None:
        """Record that the file is laid out, and how it can be checked."""
        self._note({"layout": dict(layout)})

    def note(self, block: int, tally: Tally, checks: Mapping[str, Any]) -> None:
        """Record a block whose data are safely in the file, and how they can be checked."""
        counts = {"points": tally.points, "outside": tally.outside, "rechecked": tally.rechecked}
        self._note({"block": block, **counts, "labels": tally.labels, **checks})

    def note_finished(self, name: str) -> None:
        """Record that a file beside the journal is complete."""
        self._note({"finished": name})

    def drop(self, blocks: set[int]) -> int:
        """Forget blocks whose data are damaged; how many points they have."""
        return sum(int(self.done.pop(k)["points"]) for k in blocks)

    def _note(self, entry: dict[str, Any]) -> None:
        self._write(entry)
        self._take(entry)

    def _write(self, entry: dict[str, Any]) -> None:
        self._file.write(json.dumps(entry).encode() + b"\n")
        self._file.flush()

    def total(self) -> Tally:
        """The tally of all finished blocks."""
        total = Tally()
        for entry in self.done.values():
            labels = tuple((int(k), int(n)) for k, n in entry["labels"])
            total = total + Tally(entry["points"], entry["outside"], entry["rechecked"], labels)
        return total

    def close(self) -> None:
        """Stop writing; a journal in which nothing is written is removed."""
        if self._file is not None:
            if not os.fstat(self._file.fileno()).st_size:
                self.path.unlink(missing_ok=True)
            self._file.close()
            self._file = None

    def remove(self) -> None:
        """The sweep is finished."""
        self.path.unlink(missing_ok=True)
        if self._file is not None:
            self._file.close()
            self._file = None


def _entry(line: bytes) -> dict[str, Any]:
    """One line; a damaged one says nothing."""
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _locked(file: Any) -> bool:
    """Whether the file is ours alone; True where the system or its disks know no locks."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)
    return True
