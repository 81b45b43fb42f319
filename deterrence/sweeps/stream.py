"""Sweeps that do not fit memory: block by block into a file, with a checkpoint after each one.

While it grows, the file is called ``<path>.part``, and ``<path>.journal`` says which blocks are done.
A sweep that was killed continues where it stopped when it is started again in the same way: blocks
that are still as the journal says are kept, the others are computed again.  A file that is to be
replaced stays in its place until the new one is complete.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np
import xarray as xr

from deterrence.equilibria import Equilibria
from deterrence.profiles import FormEquilibria
from deterrence.sweeps.blocks import check_jobs, check_progress, compute
from deterrence.sweeps.compile import USUAL, read_wishes
from deterrence.sweeps.dataset import dataset
from deterrence.sweeps.errors import StoreError, SweepError
from deterrence.sweeps.evaluate import Tally
from deterrence.sweeps.forms import form_sweep_to
from deterrence.sweeps.journal import Journal, fingerprint
from deterrence.sweeps.layout import BLOCK, Slices, blocks
from deterrence.sweeps.netcdf import NetcdfStore
from deterrence.sweeps.planned import Plan, plan_of
from deterrence.sweeps.stores import COUNTS, Store, Written, check_format, check_replaceable
from deterrence.sweeps.tables import CsvStore, ParquetStore, Rows
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
        Whether to replace a file that exists (once the new one is complete), or what another sweep left
        half-written.
    progress : callable, optional
        Called with the number of points just finished.

    Returns
    -------
    Written

    Raises
    ------
    StoreError
        If the file exists, belongs to another sweep or is being written by another process, or cannot be
        written; what is finished is kept.
    UnknownName, PointError, SweepError
        As `sweep`.
    """
    wishes = read_wishes(outputs, outcomes, payoffs, select, order, dtype)
    target, jobs, report = _read_path(path), check_jobs(n_jobs), check_progress(progress)
    size = _read_block(block)
    if isinstance(eqs, FormEquilibria):
        return form_sweep_to(
            target, eqs, values, wishes, knife_edges=knife_edges, overwrite=overwrite, progress=progress
        )
    plan = plan_of(eqs, values, wishes, knife_edges)
    _check_held(plan)
    return _Stream(plan, blocks(plan.inputs.shape, size), target, jobs, report).run(overwrite)


def _read_path(path: Any) -> Path:
    if not isinstance(path, str | os.PathLike):
        raise StoreError(subject="sweep_to", wanted="a path, as text or pathlib.Path", got=repr(path))
    target = Path(path)
    check_format(target)
    return target


def _read_block(block: Any) -> int:
    if isinstance(block, bool) or not isinstance(block, int | np.integer) or block < 1:
        raise SweepError(subject="sweep_to", wanted="a whole number of points for each block", got=repr(block))
    return int(block)


def _check_held(plan: Plan) -> None:
    if plan.inputs.lazy:
        raise SweepError(
            subject="sweep_to",
            wanted="arrays in memory",
            got="arrays held by dask",
            hint="write the result of sweep(...) with to_zarr or to_netcdf instead",
        )


def _skeleton(plan: Plan) -> xr.Dataset:
    """The result without its content: dimensions, coordinates and attributes."""
    layout = plan.layout
    empty = {n: np.broadcast_to(np.zeros((), o.dtype), (*o.lead, *layout.shape)) for n, o in layout.outputs.items()}
    return dataset(plan, empty)


class _Stream:
    """One sweep on its way into one file."""

    def __init__(
        self, plan: Plan, places: list[Slices], target: Path, n_jobs: int, progress: Callable[[int], object]
    ) -> None:
        self.plan, self.places, self.target, self.n_jobs, self.progress = plan, places, target, n_jobs, progress
        self.skeleton = _skeleton(plan)
        self.part = target.with_name(target.name + ".part")
        self.replaced = target.with_name(target.name + ".replaced")
        name = fingerprint(plan.task, plan.columns, plan.layout, places, target.suffix)
        self.journal = Journal(target.with_name(target.name + ".journal"), name)
        self.resumed = self.repaired = 0

    def run(self, overwrite: bool) -> Written:
        """Compute and write what is not finished yet."""
        began = monotonic()
        try:
            self._prepare(overwrite)
            self._complete()
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
            self.resumed,
            monotonic() - began,
            self.repaired,
        )

    # -- before ----------------------------------------------------------------------------------

    def _prepare(self, overwrite: bool) -> None:
        """Take up an earlier run, or begin a new one; nothing is removed before the new one can begin."""
        if not self.target.parent.is_dir():
            raise StoreError(subject=str(self.target), wanted="a folder that exists", got=str(self.target.parent))
        check_replaceable(self.target)
        self.journal.open()
        try:
            owner = self.journal.read()
        except StoreError:
            if not overwrite:
                raise
            owner = ""
        ours = owner == self.journal.name
        if not overwrite:
            self._refuse_to_overwrite(owner, ours)
        if not ours:
            self._check_room()
            _remove(self.part)
            self.journal.start()

    def _refuse_to_overwrite(self, owner: str, ours: bool) -> None:
        """Refuse where something stands in the way."""
        if owner and not ours:
            raise StoreError(
                subject=str(self.journal.path),
                wanted="the journal of this very sweep",
                got="one of a sweep with other values, outputs, blocks, model or version",
                hint="choose another path, or overwrite=True to start anew",
            )
        if self.target.exists() and not self.journal.finished:
            raise StoreError(
                subject=str(self.target),
                wanted="a path that is free, or a sweep that was interrupted there",
                got="a finished file",
                hint="choose another path, or overwrite=True to replace it",
            )
        if self.part.exists() and not owner:
            raise StoreError(
                subject=str(self.part),
                wanted="a path that is free, or a sweep that was interrupted there",
                got="a half-written file without a journal, which does not tell what is finished",
                hint="choose another path, or overwrite=True to replace it",
            )

    def _check_room(self) -> None:
        """Refuse what cannot fit the disk."""
        if self.target.suffix == ".nc":
            layout = self.plan.layout
            needed = layout.point_bytes * int(np.prod(layout.shape, dtype=np.int64))
            free = shutil.disk_usage(self.target.parent).free
            free += self.part.stat().st_size if self.part.is_file() else 0
            if needed > free:
                raise StoreError(
                    subject=str(self.target),
                    wanted=f"{needed / 1e9:,.3f} GB of room",
                    got=f"{free / 1e9:,.3f} GB free",
                    hint='ask for fewer outputs, or dtype="float32"',
                )

    # -- the work --------------------------------------------------------------------------------

    def _complete(self) -> None:
        """Bring the complete file into its place."""
        if self.journal.finished:
            source = self.part.parent / self.journal.finished
            if source.exists() or self.target.exists():
                self._resume()
                if source.exists():
                    self._place(source)
                return
            self.journal.start()
        source = self._fill()
        self.journal.note_finished(str(source.relative_to(self.part.parent)))
        self._place(source)

    def _fill(self) -> Path:
        """All blocks that are missing, then the last touches; where the complete file is."""
        plan, journal = self.plan, self.journal
        store = self._store()
        try:
            self._take_up(store)
            store.open()
            todo = [k for k in range(len(self.places)) if k not in journal.done]
            places = [self.places[k] for k in todo]
            results = compute(plan.task, plan.columns, plan.layout, places, self.n_jobs)
            for k, (where, arrays, tally) in zip(todo, results, strict=True):
                journal.note(k, tally, store.write(k, where, arrays))
                self.progress(tally.points)
            total = journal.total()
            return store.finish(dict(zip(COUNTS, (total.points, total.outside, total.rechecked), strict=True)))
        finally:
            store.close()

    def _take_up(self, store: Store) -> None:
        """Keep the finished blocks that are intact; lay the file out where there is none."""
        journal = self.journal
        if journal.layout is not None and store.recognises(journal.layout):
            self.repaired = journal.drop(set(journal.done) - store.intact(journal.done))
        else:
            self.repaired = journal.total().points
            journal.start()
            journal.note_layout(store.create(self.skeleton))
        self._resume()

    def _resume(self) -> None:
        """Count what an earlier run had finished."""
        self.resumed = self.journal.total().points
        self.progress(self.resumed)

    def _store(self) -> Store:
        plan = self.plan
        if self.target.suffix == ".nc":
            return NetcdfStore(self.part, plan.layout, self.places)
        if self.target.suffix == ".zarr":
            return ZarrStore(self.part, plan.layout, self.places)
        rows = Rows(plan.task, plan.columns, plan.layout, self.skeleton, plan.source.titles)
        if self.target.suffix == ".csv":
            return CsvStore(self.part, rows)
        return ParquetStore(self.part, rows, len(self.places))

    # -- after -----------------------------------------------------------------------------------

    def _place(self, source: Path) -> None:
        """Put the complete file where it belongs; a folder there steps aside first."""
        if self.target.is_dir():
            _remove(self.replaced)
            self.target.rename(self.replaced)
        source.replace(self.target)

    def _clean(self) -> None:
        """Nothing but the file itself is left."""
        _remove(self.part)
        _remove(self.replaced)
        self.journal.remove()

    def _failure(self, error: OSError) -> StoreError:
        """What went wrong, and what is kept."""
        done, whole = len(self.journal.done), len(self.places)
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
