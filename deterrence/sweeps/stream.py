"""Sweeps that do not fit memory: block by block into a file, with a checkpoint after each one.

While it grows, the file is called ``<path>.part``, and ``<path>.journal`` says which blocks are done.
A sweep that was killed continues where it stopped when it is started again in the same way.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np
import xarray as xr

from deterrence.equilibria import Equilibria
from deterrence.profiles import FormEquilibria
from deterrence.sweeps.blocks import check_jobs, compute
from deterrence.sweeps.columns import Column
from deterrence.sweeps.compile import USUAL, Wishes, read_wishes, task_of
from deterrence.sweeps.errors import StoreError, SweepError
from deterrence.sweeps.evaluate import Tally
from deterrence.sweeps.forms import form_sweep_to
from deterrence.sweeps.inputs import read_inputs
from deterrence.sweeps.journal import Journal, fingerprint
from deterrence.sweeps.layout import BLOCK, Layout, Slices, blocks, layout_of
from deterrence.sweeps.netcdf import NetcdfStore
from deterrence.sweeps.run import check_equilibria, finished
from deterrence.sweeps.source import Source, source_of
from deterrence.sweeps.stores import Store, Written, check_format
from deterrence.sweeps.tables import CsvStore, ParquetStore, Rows
from deterrence.sweeps.task import Task
from deterrence.sweeps.zarr import ZarrStore


def sweep_to(
    path: str | os.PathLike[str],
    eqs: Equilibria,
    values: Any,
    *,
    outputs: Iterable[str] = USUAL,
    outcomes: Iterable[str] | None = None,
    payoffs: Iterable[Any] | None = None,
    select: str = "first",
    order: Iterable[str] | None = None,
    knife_edges: bool = False,
    dtype: Any = "float64",
    n_jobs: int = 1,
    block: int = BLOCK,
    overwrite: bool = False,
    progress: Callable[[int], object] | None = None,
) -> Written:
    """Sweep into a file, block by block; a sweep that was interrupted is resumed.

    Parameters
    ----------
    path : str or path
        Ends in .nc (netCDF), .zarr, .csv or .parquet.
    eqs, values, outputs, outcomes, payoffs, select, order, knife_edges, dtype, n_jobs
        As for `sweep`.
    block : int
        About how many points lie between two checkpoints.
    overwrite : bool
        Whether to replace a file that exists, or what another sweep left half-written.
    progress : callable, optional
        Called with the number of points just finished.

    Returns
    -------
    Written

    Raises
    ------
    StoreError
        If the file exists, belongs to another sweep, or cannot be written; what is finished is kept.
    UnknownName, PointError, SweepError
        As `sweep`.
    """
    check_equilibria(eqs)
    wishes = read_wishes(outputs, outcomes, payoffs, select, order, dtype)
    if isinstance(eqs, FormEquilibria):
        return form_sweep_to(
            Path(path), eqs, values, wishes, knife_edges=knife_edges, overwrite=overwrite, progress=progress
        )
    plan = _planned(eqs, values, wishes, knife_edges, max(1, int(block)))
    return _Stream(plan, Path(path), check_jobs(n_jobs), progress or _silent).run(overwrite)


@dataclass(frozen=True)
class _Plan:
    """A sweep that is ready to run."""

    source: Source
    task: Task
    columns: dict[str, Column]
    layout: Layout
    places: list[Slices]
    skeleton: xr.Dataset


def _planned(eqs: Equilibria, values: Any, wishes: Wishes, knife_edges: bool, block: int) -> _Plan:
    source = source_of(eqs, knife_edges)
    inputs = read_inputs(values, source.assumptions)
    if inputs.lazy:
        raise SweepError(
            subject="sweep_to",
            wanted="arrays in memory",
            got="arrays held by dask",
            hint="write the result of sweep(...) with to_zarr or to_netcdf instead",
        )
    task = task_of(source, inputs, wishes)
    layout = layout_of(task, inputs.shape)
    columns = {str(s.name): c for s, c in inputs.columns.items()}
    empty = {n: np.broadcast_to(np.zeros((), o.dtype), (*o.lead, *layout.shape)) for n, o in layout.outputs.items()}
    skeleton = finished(eqs, source, inputs, task, layout, empty, None)
    return _Plan(source, task, columns, layout, blocks(inputs.shape, block), skeleton)


class _Stream:
    """One sweep on its way into one file."""

    def __init__(self, plan: _Plan, target: Path, n_jobs: int, progress: Callable[[int], object]) -> None:
        self.plan, self.target, self.n_jobs, self.progress = plan, target, n_jobs, progress
        self.part = target.with_name(target.name + ".part")
        name = fingerprint(plan.task, plan.columns, plan.layout, plan.places, target.suffix)
        self.journal = Journal(target.with_name(target.name + ".journal"), name)

    def run(self, overwrite: bool) -> Written:
        """Compute and write what is not finished yet."""
        began = monotonic()
        check_format(self.target)
        try:
            self._prepare(overwrite)
            before = self.journal.total()
            self.progress(before.points)
            if self.part.exists() or not self.target.exists():
                self._fill()
            total = self.journal.total()
            self._clean()
        except StoreError:
            raise
        except OSError as error:
            raise self._failure(error) from error
        finally:
            self.journal.close()
        return Written(
            self.target,
            total.points,
            total.outside,
            total.rechecked,
            _named(total, self.plan.source.titles),
            before.points,
            monotonic() - began,
        )

    def _prepare(self, overwrite: bool) -> None:
        """Take up an earlier run, or begin a new one."""
        if overwrite:
            self._clean()
            _remove(self.target)
        if self.journal.read():
            return
        for path in (self.target, self.part):
            if path.exists():
                raise StoreError(
                    subject=str(path),
                    wanted="a path that is free, or a sweep that was interrupted there",
                    got="a file without a journal",
                    hint="choose another path, or overwrite=True to replace it",
                )
        if not self.target.parent.is_dir():
            raise StoreError(subject=str(self.target), wanted="a folder that exists", got=str(self.target.parent))
        self._check_room()
        self.journal.start()

    def _check_room(self) -> None:
        """Refuse what cannot fit the disk."""
        if self.target.suffix == ".nc":
            layout = self.plan.layout
            needed = layout.point_bytes * int(np.prod(layout.shape, dtype=np.int64))
            free = shutil.disk_usage(self.target.parent).free
            if needed > free:
                raise StoreError(
                    subject=str(self.target),
                    wanted=f"{needed / 1e9:,.3f} GB of room",
                    got=f"{free / 1e9:,.3f} GB free",
                    hint='ask for fewer outputs, or dtype="float32"',
                )

    def _fill(self) -> None:
        """All blocks that are missing, then the last touches."""
        plan, journal = self.plan, self.journal
        store = self._store()
        try:
            if not journal.laid_out:
                store.create(plan.skeleton)
                journal.note_layout()
            store.open()
            todo = [k for k in range(len(plan.places)) if k not in journal.done]
            places = [plan.places[k] for k in todo]
            results = compute(plan.task, plan.columns, plan.layout, places, self.n_jobs)
            for k, (where, arrays, tally) in zip(todo, results, strict=True):
                journal.note(k, tally, **store.write(k, where, arrays))
                self.progress(tally.points)
            total = journal.total()
            counts = {"points_outside_assumptions": total.outside, "decided_again_exactly": total.rechecked}
            store.finish(counts).replace(self.target)
        finally:
            store.close()

    def _store(self) -> Store:
        plan = self.plan
        if self.target.suffix == ".nc":
            return NetcdfStore(self.part, plan.layout)
        if self.target.suffix == ".zarr":
            first = plan.places[0]
            return ZarrStore(self.part, plan.layout, tuple(w.stop - w.start for w in first))
        rows = Rows(plan.task, plan.columns, plan.layout, plan.skeleton, plan.source.titles)
        if self.target.suffix == ".csv":
            length = max((entry["length"] for entry in self.journal.done.values()), default=0)
            return CsvStore(self.part, rows, length)
        return ParquetStore(self.part, rows, len(plan.places))

    def _clean(self) -> None:
        """Nothing but the file itself is left."""
        _remove(self.part)
        self.journal.remove()

    def _failure(self, error: OSError) -> StoreError:
        """What went wrong, and what is kept."""
        done, whole = len(self.journal.done), len(self.plan.places)
        kept = f"{done} of {whole} blocks are finished and kept; start the same sweep again to go on" if done else ""
        return StoreError(
            subject=str(self.target),
            wanted="a file that can be written",
            got=error.strerror or str(error),
            hint=kept or "choose another path, or make room",
        )


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _named(total: Tally, titles: tuple[str, ...]) -> dict[str, int]:
    """Points by the name of the chosen equilibrium."""
    return {titles[k] if k >= 0 else "none": n for k, n in sorted(total.labels, key=lambda e: -e[1])}


def _silent(_: int) -> None:
    """No progress is shown."""
