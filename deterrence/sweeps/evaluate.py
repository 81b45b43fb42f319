"""A task at a block of points: tile by tile into arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from deterrence.sweeps.choice import NONE, OUTSIDE, both, first, without
from deterrence.sweeps.columns import Column
from deterrence.sweeps.families import value_range
from deterrence.sweeps.frame import Frame, Mask, Workspace
from deterrence.sweeps.highest import Highest
from deterrence.sweeps.layout import ENDS, Layout, tiles
from deterrence.sweeps.surds import number_at
from deterrence.sweeps.task import Entry, Range, Task, Value

Slices = tuple[slice, ...]


@dataclass(frozen=True)
class Tally:
    """How a block went: points outside the assumptions, decisions and values made again exactly, labels."""

    points: int = 0
    outside: int = 0
    rechecked: int = 0
    labels: tuple[tuple[int, int], ...] = ()

    def __add__(self, other: Tally) -> Tally:
        counts = dict(self.labels)
        for label, n in other.labels:
            counts[label] = counts.get(label, 0) + n
        return Tally(
            self.points + other.points,
            self.outside + other.outside,
            self.rechecked + other.rechecked,
            tuple(sorted(counts.items())),
        )


def evaluate(
    task: Task,
    columns: Mapping[str, Column],
    layout: Layout,
    out: Mapping[str, np.ndarray] | None = None,
    work: Workspace | None = None,
) -> tuple[Mapping[str, np.ndarray], Tally]:
    """Compute a task at all points of a block.

    Parameters
    ----------
    task : Task
    columns : mapping of str to Column
        The values of the block's points.
    layout : Layout
        Of the block's results.
    out : mapping of str to numpy.ndarray, optional
        Where to write; made if there is none.
    work : Workspace, optional
        Of an earlier block, so that its memory is used again.

    Returns
    -------
    The arrays, and how it went.
    """
    arrays = layout.empty() if out is None else out
    with np.errstate(all="ignore"):
        block = Frame(task, columns, layout.shape)
        work, tally = work or Workspace(), Tally()
        for where in tiles(layout.shape):
            frame = block.tile(where, work)
            tally = tally + _Part(task, frame, where, arrays).run()
            frame.close()
    return arrays, tally + Tally(rechecked=block.rechecked)


class _Part:
    """One tile on its way into the arrays."""

    def __init__(self, task: Task, frame: Frame, where: Slices, arrays: Mapping[str, np.ndarray]) -> None:
        self.task, self.frame, self.arrays = task, frame, arrays
        self.where = where
        self.redone = 0

    def run(self) -> Tally:
        """Fill the tile."""
        self._existence()
        chosen = self._chosen()
        self._labels(chosen)
        self._ends()
        for group in self.task.values:
            if group in self.task.outputs:
                self._group(group, chosen)
        points = int(np.prod(self.frame.shape, dtype=np.int64))
        inside = _count(self.inside, points)
        counts = {} if chosen is None else {k: _count(mask, points) for k, mask in chosen}
        counts[NONE] = inside - sum(counts.values()) if chosen is not None else 0
        return Tally(
            points, points - inside, self.frame.rechecked + self.redone, tuple((k, n) for k, n in counts.items() if n)
        )

    @cached_property
    def inside(self) -> Mask:
        """Where the assumptions hold."""
        return self.frame.check(self.task.domain)

    @cached_property
    def masks(self) -> list[Mask]:
        """Where each equilibrium exists."""
        if self.inside is False:
            return [False] * len(self.task.conditions)
        return [both(self.frame.check(c), self.inside) for c in self.task.conditions]

    def _target(self, name: str, *lead: int) -> Any:
        """The tile of an output (its leading indices given)."""
        index: Any = (*lead, *self.where, ...)
        return self.arrays[name][index]

    def _existence(self) -> None:
        if "exists" in self.arrays:
            for k, mask in enumerate(self.masks):
                self._target("exists", k)[...] = mask
        if "outside" in self.arrays:
            self._target("outside")[...] = ~np.asarray(self.inside)
        if "count" in self.arrays:
            target = self._target("count")
            sure = sum(1 for m in self.masks if m is True)
            target[...] = sure
            for mask in self.masks:
                if not isinstance(mask, bool):
                    target += mask
            self._blank(target, OUTSIDE + 1)

    def _blank(self, target: Any, value: Any) -> None:
        """Mark the points outside the assumptions."""
        if self.inside is False:
            target[...] = value
        elif self.inside is not True:
            np.copyto(target, value, where=np.logical_not(self.inside))

    def _chosen(self) -> list[tuple[int, Mask]] | None:
        """The chosen equilibria with their points; None if there is no choice."""
        if self.task.rule == "all":
            return None
        if self.task.rule == "first":
            return list(first(self.masks, self.task.order, self.inside))
        search = Highest(self.frame, self.task.values["best"][self.task.rule])
        chosen = search.chosen(self.masks, self.task.order)
        self.redone += search.redone
        return chosen

    def _labels(self, chosen: list[tuple[int, Mask]] | None) -> None:
        if "label" not in self.arrays:
            return
        target = self._target("label")
        if chosen is None:
            target[...] = 0
            for k, mask in enumerate(self.masks):
                if mask is True:
                    target += 1 << k
                elif mask is not False:
                    np.add(target, 1 << k, out=target, where=mask)
        elif len(chosen) == 1 and chosen[0][1] is True:
            target[...] = chosen[0][0]
        else:
            target[...] = NONE
            for k, mask in chosen:
                np.copyto(target, k, where=mask)
        self._blank(target, OUTSIDE)

    def _group(self, group: str, chosen: list[tuple[int, Mask]] | None) -> None:
        """Values of the chosen equilibria, or of all of them one below the other."""
        names = (group, f"{group}_low", f"{group}_high") if group in self.task.ranged else (group,)
        rows = list(self.task.values[group].values())
        if chosen is not None:
            rest = self._rest(chosen)
            for place, row in enumerate(rows):
                self._choose(names, [(row[k], mask) for k, mask in chosen], rest, place)
            return
        for k, mask in enumerate(self.masks):
            blank = 0.0 if mask is True else np.nan if mask is False else np.where(mask, 0.0, np.nan)
            for place, row in enumerate(rows):
                if mask is False:
                    self._clear(names, k, place)
                    continue
                for name, value in zip(names, self._floats(row[k], mask), strict=False):
                    np.add(value, blank, out=self._target(name, k, place), casting="same_kind")
                self._written(row[k])

    def _ends(self) -> None:
        """The least and the greatest probability of each outcome over the equilibria that exist."""
        if ENDS[0] not in self.arrays:
            return
        for place, row in enumerate(self.task.values["outcome"].values()):
            low, high = (self._target(name, place) for name in ENDS)
            low[...], high[...] = np.inf, -np.inf
            for entry, mask in zip(row, self.masks, strict=True):
                if mask is False:
                    continue
                _, least, greatest = self._floats(entry, mask)
                np.fmin(low, np.where(np.isnan(least), 0.0, least), out=low, where=mask, casting="same_kind")
                np.fmax(high, np.where(np.isnan(greatest), 1.0, greatest), out=high, where=mask, casting="same_kind")
                self._written(entry)
            none = low > high
            low[none] = high[none] = np.nan

    def _rest(self, chosen: list[tuple[int, Mask]]) -> Mask:
        """Where nothing is chosen."""
        left: Mask = True
        for _, mask in chosen:
            left = without(left, mask)
            if left is False:
                break
        return left

    def _choose(self, names: tuple[str, ...], entries: list[tuple[Entry, Mask]], rest: Mask, place: int) -> None:
        """One row: the first value everywhere, then the others where they are chosen."""
        if rest is True:
            self._clear(names, place)
            return
        for k, (entry, mask) in enumerate(entries):
            for name, value in zip(names, self._floats(entry, mask), strict=False):
                if k == 0:
                    self._target(name, place)[...] = value
                else:
                    np.copyto(self._target(name, place), value, where=mask, casting="same_kind")
            self._written(entry)
        if rest is not False:
            for name in names:
                np.copyto(self._target(name, place), np.nan, where=rest)

    def _written(self, entry: Entry) -> None:
        """A value is not needed any more."""
        if isinstance(entry, Value) and entry.node >= 0:
            self.frame.used(entry.node)

    def _clear(self, names: tuple[str, ...], *lead: int) -> None:
        for name in names:
            self._target(name, *lead)[...] = np.nan

    def _floats(self, entry: Entry, mask: Mask) -> tuple[Any, Any, Any]:
        """A value with its least and greatest."""
        if not isinstance(entry, Range):
            value, redone = number_at(self.frame, entry, mask)
            self.redone += redone
            return value, value, value
        return (np.nan, *value_range(self.frame, entry, mask))


def _count(mask: Mask, points: int) -> int:
    if isinstance(mask, bool):
        return points if mask else 0
    # a mask that broadcasts stands for several points at each place
    return int(np.count_nonzero(mask)) * (points // mask.size)
