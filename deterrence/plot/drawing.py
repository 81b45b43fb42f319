"""Cells and boundaries on an Axes: compound paths, stripes where several hold, curves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from deterrence.plot.cells import Cells, Line, straight

__all__ = ["compound", "draw_fill", "draw_hatched", "draw_lines", "points"]

BAND = 0.02  # of the axes


def compound(cells: Cells, members: frozenset[Any]) -> Path | None:
    """All cells where exactly these conditions hold, as one path."""
    outlines = [cells.outline(s) for s in cells.strips if s.members == members]
    closed = [Path(np.vstack([o, o[:1]]), closed=True) for o in outlines]
    return Path.make_compound_path(*closed) if closed else None


def draw_fill(ax: Axes, path: Path, colours: Sequence[Any], gid: str) -> None:
    """Fill a path in one colour, or in stripes of several: one for each equilibrium that exists there."""
    patch = PathPatch(path, facecolor=colours[0], edgecolor="none", linewidth=0, zorder=1, gid=gid)
    ax.add_patch(patch)
    for k, colour in enumerate(colours[1:], 1):
        bands = PolyCollection(
            _bands(k, len(colours)), facecolor=colour, edgecolor="none", transform=ax.transAxes, zorder=1.1, gid=gid
        )
        bands.set_clip_path(path, ax.transData)
        ax.add_collection(bands, autolim=False)


def _bands(which: int, count: int) -> list[list[tuple[float, float]]]:
    """Slanted bands across the axes: every so many-th of them, from the given one on."""
    width = max(BAND * 2 / count, BAND / 2)
    starts = np.arange(-1.0 + which * width, 1.0, count * width)
    return [[(s, 0.0), (s + width, 0.0), (s + width + 1.0, 1.0), (s + 1.0, 1.0)] for s in starts.tolist()]


def draw_hatched(ax: Axes, path: Path, fill: str, ink: str, hatch: str, gid: str) -> None:
    """Fill a path with a pattern that stands for no equilibrium."""
    ax.add_patch(PathPatch(path, facecolor=fill, edgecolor=ink, hatch=hatch, linewidth=0, zorder=1, gid=gid))


def draw_lines(ax: Axes, line: Line, **style: Any) -> Any:
    """Draw one piece of a boundary."""
    xs, ys = points(line, 80)
    (drawn,) = ax.plot(xs, ys, solid_capstyle="butt", **style)
    return drawn


def points(line: Line, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Points on a piece of a boundary: its two ends if it is straight."""
    arc = line.arc
    if arc.vertical:
        return arc.sample(2)
    if arc._poly.total_degree() == 1:
        xs = np.array([float(arc.start), float(arc.end)])
        return xs, straight(arc._ring, arc._poly, xs)
    return arc.sample(count)
