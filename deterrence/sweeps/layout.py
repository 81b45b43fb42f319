"""How results lie in memory, and how a sweep is cut into blocks and tiles.

A block is what one worker computes and one checkpoint covers; a tile is what fits the cache.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from deterrence.sweeps.memory import check_memory
from deterrence.sweeps.task import Task

TILE = 2**17
BLOCK = 2**21
GROUP_DIMS = {"outcome": "outcome_name", "payoff": "player", "strategy": "action"}
ENDS = ("outcome_least", "outcome_greatest")
RESERVED = (
    *("equilibrium", "exists", "count", "label", "outside", "points_outside_assumptions"),
    *GROUP_DIMS.values(),
    *ENDS,
    *(f"{group}{end}" for group in GROUP_DIMS for end in ("", "_low", "_high")),
)
Slices = tuple[slice, ...]


@dataclass(frozen=True)
class Output:
    """One array of results: the sizes before the sweep's dimensions, their names, and its dtype."""

    lead: tuple[int, ...]
    lead_dims: tuple[str, ...]
    dtype: str


@dataclass(frozen=True)
class Layout:
    """Which arrays a sweep of a shape has."""

    outputs: Mapping[str, Output]
    shape: tuple[int, ...]

    def empty(self) -> dict[str, np.ndarray]:
        """Arrays with undefined content.

        Raises
        ------
        SweepError
            If they cannot fit the memory.
        """
        points = math.prod(self.shape)
        check_memory(
            points * self.point_bytes,
            f"sweep at {points:,} points",
            "write block by block with sweep_to, or ask for fewer outputs",
        )
        return {name: np.empty((*o.lead, *self.shape), dtype=o.dtype) for name, o in self.outputs.items()}

    def of_block(self, where: Slices) -> Layout:
        """The layout of a part."""
        return Layout(self.outputs, tuple(w.stop - w.start for w in where))

    @property
    def point_bytes(self) -> int:
        """Bytes for each point."""
        return sum(int(np.prod(o.lead)) * np.dtype(o.dtype).itemsize for o in self.outputs.values())


def layout_of(task: Task, shape: tuple[int, ...]) -> Layout:
    """The arrays that a task fills, for a shape."""
    count = len(task.conditions)
    outputs: dict[str, Output] = {}
    if "exists" in task.outputs:
        outputs["exists"] = Output((count,), ("equilibrium",), "bool")
    if "outside" in task.outputs:
        outputs["outside"] = Output((), (), "bool")
    if "count" in task.outputs:
        outputs["count"] = Output((), (), "int16")
    if "label" in task.outputs:
        kind = "int64" if task.rule == "all" else "int8" if count < 120 else "int16"
        outputs["label"] = Output((), (), kind)
    every = task.rule == "all"
    for group, table in task.values.items():
        if group == "best":
            continue
        if group == "outcome" and "outcome_range" in task.outputs:
            outputs |= {name: Output((len(table),), (group_dim(group),), task.dtype) for name in ENDS}
        if group not in task.outputs:
            continue
        lead = ((count,) if every else ()) + (len(table),)
        dims = (("equilibrium",) if every else ()) + (group_dim(group),)
        names = (group, f"{group}_low", f"{group}_high") if group in task.ranged else (group,)
        outputs.update({name: Output(lead, dims, task.dtype) for name in names})
    return Layout(outputs, shape)


def group_dim(group: str) -> str:
    """The dimension along which a group of values lies."""
    return GROUP_DIMS[group]


def blocks(shape: tuple[int, ...], points: int = BLOCK) -> list[Slices]:
    """The shape cut into blocks of about that many points, whole along the last dimensions."""
    return list(_cut(shape, _whole_last(shape, points)))


def _whole_last(shape: tuple[int, ...], points: int) -> tuple[int, ...]:
    sizes = []
    for size in reversed(shape):
        held = max(1, min(size, points))
        sizes.append(held)
        points = max(1, points // held)
    return tuple(reversed(sizes))


def tiles(shape: tuple[int, ...], points: int = TILE) -> Iterator[Slices]:
    """The shape cut into rectangles of about that many points, nearly square in the last two dimensions."""
    if len(shape) < 2:
        return _cut(shape, _whole_last(shape, points))
    last = min(shape[-1], max(512, points // shape[-2]))
    before = min(shape[-2], max(1, points // last))
    rest = max(1, points // (last * before))
    return _cut(shape, (*_whole_last(shape[:-2], rest), before, last))


def _cut(shape: tuple[int, ...], sizes: tuple[int, ...]) -> Iterator[Slices]:
    axes = [
        [slice(a, min(a + step, size)) for a in range(0, size, step)] for size, step in zip(shape, sizes, strict=True)
    ]
    return itertools.product(*axes)
