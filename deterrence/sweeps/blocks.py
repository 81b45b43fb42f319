"""Blocks of a sweep, one after the other or by several workers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import joblib
import numpy as np

from deterrence.sweeps.columns import Column
from deterrence.sweeps.errors import SweepError
from deterrence.sweeps.evaluate import Tally, evaluate
from deterrence.sweeps.facts import Workspaces
from deterrence.sweeps.layout import Layout, Slices
from deterrence.sweeps.task import Task

Arrays = Mapping[str, np.ndarray]


def columns_of(columns: Mapping[str, Column], dims: Sequence[str], where: Slices) -> dict[str, Column]:
    """The values of a block's points."""
    cut = dict(zip(dims, where, strict=True))
    return {name: column.part(cut) for name, column in columns.items()}


def part(array: np.ndarray, where: Slices) -> np.ndarray:
    """A block's place in an array of results."""
    index: Any = (..., *where)
    return array[index]


def fill(
    task: Task, columns: Mapping[str, Column], layout: Layout, places: Sequence[Slices], n_jobs: int, progress: Any
) -> tuple[Arrays, Tally]:
    """All blocks into one set of arrays in memory."""
    whole, total = layout.empty(), Tally()
    if shares_memory(n_jobs):
        spaces = Workspaces()
        work = [_into(task, columns, layout, where, whole, spaces) for where in places]
        for tally in spread(work, n_jobs):
            total = total + tally
            progress(tally.points)
        return whole, total
    for where, arrays, tally in compute(task, columns, layout, places, n_jobs):
        for name, array in arrays.items():
            part(whole[name], where)[...] = array
        total = total + tally
        progress(tally.points)
    return whole, total


def compute(
    task: Task, columns: Mapping[str, Column], layout: Layout, places: Sequence[Slices], n_jobs: int
) -> Iterator[tuple[Slices, Arrays, Tally]]:
    """Each block with its arrays, in order."""
    work = [_fresh(task, columns, layout, where) for where in places]
    for where, (arrays, tally) in zip(places, spread(work, n_jobs), strict=True):
        yield where, arrays, tally


def shares_memory(n_jobs: int) -> bool:
    """Whether the workers are threads of this process (the user may have chosen another backend)."""
    if n_jobs == 1:
        return True
    backend, _ = joblib.parallel.get_active_backend(prefer="threads")
    return bool(getattr(backend, "supports_sharedmem", False))


def check_jobs(n_jobs: Any) -> int:
    """A number of workers; -1 is one for each core.

    Raises
    ------
    SweepError
        If it is no such number.
    """
    if isinstance(n_jobs, bool) or not isinstance(n_jobs, int | np.integer) or n_jobs == 0:
        raise SweepError(subject="sweep", wanted="n_jobs of 1 or more, or -1 for every core", got=repr(n_jobs))
    return int(n_jobs) if n_jobs > 0 else max(1, joblib.cpu_count() + 1 + int(n_jobs))


def check_progress(progress: Any) -> Callable[[int], object]:
    """What to call with the number of points just finished.

    Raises
    ------
    SweepError
        If it cannot be called.
    """
    if progress is None:
        return _silent
    if not callable(progress):
        raise SweepError(
            subject="sweep", wanted="progress that can be called with a number of points", got=repr(progress)
        )
    found: Callable[[int], object] = progress
    return found


def _silent(_: int) -> None:
    """No progress is shown."""


def _into(
    task: Task, columns: Mapping[str, Column], layout: Layout, where: Slices, whole: Arrays, spaces: Workspaces
) -> Any:
    out = {name: part(array, where) for name, array in whole.items()}
    return joblib.delayed(_tally)(task, columns, layout.of_block(where), where, out, spaces)


def _fresh(task: Task, columns: Mapping[str, Column], layout: Layout, where: Slices) -> Any:
    return joblib.delayed(evaluate)(task, columns_of(columns, task.dims, where), layout.of_block(where))


def _tally(
    task: Task, columns: Mapping[str, Column], layout: Layout, where: Slices, out: Arrays, spaces: Workspaces
) -> Tally:
    with spaces.one() as work:
        return evaluate(task, columns_of(columns, task.dims, where), layout, out, work)[1]


def spread(work: Sequence[Any], n_jobs: int) -> Iterator[Any]:
    """Results in order, computed by the workers."""
    if n_jobs == 1 or len(work) == 1:
        return (function(*arguments, **options) for function, arguments, options in work)
    parallel = joblib.Parallel(n_jobs=n_jobs, prefer="threads", return_as="generator", pre_dispatch=f"{n_jobs + 1}")
    results: Iterator[Any] = parallel(work)
    return results
