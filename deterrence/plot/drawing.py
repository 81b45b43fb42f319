"""Cells and boundaries on an Axes: compound paths, hatched overlaps, equations in the margins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from deterrence.plot.cells import Cells, Line, straight
from deterrence.plot.placing import spread
from deterrence.plot.style import settled

__all__ = ["boundary_labels", "compound", "draw_fill", "draw_lines", "endpoint", "points", "shortened"]

HATCHES = ("//", "\\\\", "--", "||", "xx", "..")


def compound(cells: Cells, members: frozenset[Any]) -> Path | None:
    """All cells where exactly these conditions hold, as one path."""
    outlines = [cells.outline(s) for s in cells.strips if s.members == members]
    closed = [Path(np.vstack([o, o[:1]]), closed=True) for o in outlines]
    return Path.make_compound_path(*closed) if closed else None


def draw_fill(ax: Axes, path: Path, fill: Any, stripes: Any | None = None, hatch: str = "//") -> PathPatch:
    """Fill a path, and stripe it in a second colour where a second equilibrium exists."""
    patch = PathPatch(path, facecolor=fill, edgecolor="none", linewidth=0, zorder=1)
    ax.add_patch(patch)
    if stripes is not None:
        ax.add_patch(PathPatch(path, facecolor="none", edgecolor=stripes, hatch=hatch, linewidth=0, zorder=1.2))
    return patch


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


def endpoint(lines: list[Line]) -> tuple[float, float, bool]:
    """Where a curve comes closest to the margin that its equation is written in, and whether that is the top."""
    last = max(lines, key=lambda line: float(line.arc.end))
    xs, ys = points(last, 20)
    return float(xs[-1]), float(ys[-1]), last.arc.vertical


def boundary_labels(ax: Axes, renderer: Any, labels: Mapping[str, list[Line]], size: float = 9.0) -> list[Any]:
    """Write each equation in the margin, with a thin line to its curve.

    Curves that end at the top (or stand upright) have theirs above the axes, the others at the
    right; texts are moved apart where they would meet.
    """
    box = ax.get_window_extent(renderer)
    (x0, x1), (y0, y1) = ax.get_xlim(), ax.get_ylim()
    right: list[tuple[str, float, float]] = []
    top: list[tuple[str, float, float]] = []
    for text, lines in labels.items():
        x, y, upward = endpoint(lines)
        steep = y >= y1 - 1e-9 * (y1 - y0) and x < x1 - 1e-3 * (x1 - x0)
        (top if upward or steep else right).append((text, (x - x0) / (x1 - x0), (y - y0) / (y1 - y0)))
    return [*_right(ax, renderer, box, right, size), *_top(ax, renderer, box, top, size)]


def shortened(
    ax: Axes, labels: Mapping[str, list[Line]], width: float = 1.5
) -> tuple[dict[str, list[Line]], list[str]]:
    """Equations wider than some inches replaced by numbers, and the notes that explain these."""
    renderer = settled(ax)
    shown: dict[str, list[Line]] = {}
    notes: list[str] = []
    for text, lines in labels.items():
        if _extent(ax, renderer, text, fontsize=9.0).width / renderer.dpi <= width:
            shown[text] = lines
        else:
            small = text.replace("dfrac", "frac")
            notes.append(f"({len(notes) + 1})  {small}")
            shown[f"({len(notes)})"] = lines
    return shown, notes


def _extent(ax: Axes, renderer: Any, text: str, **style: Any) -> Any:
    probe = ax.text(0, 0, text, **style)
    box = probe.get_window_extent(renderer)
    probe.remove()
    return box


def _right(ax: Axes, renderer: Any, box: Any, rows: list[tuple[str, float, float]], size: float) -> list[Any]:
    rows = sorted(rows, key=lambda r: r[2])
    heights = [_extent(ax, renderer, t, fontsize=size).height / box.height for t, _, _ in rows]
    texts = []
    for (text, x, y), place in zip(rows, spread([r[2] for r in rows], heights, 0.012), strict=True):
        texts.append(ax.text(1.05, place, text, transform=ax.transAxes, ha="left", va="center", fontsize=size))
        texts.append(_leader(ax, [x, 1.0, 1.045], [y, y, place]))
    return texts


def _top(ax: Axes, renderer: Any, box: Any, rows: list[tuple[str, float, float]], size: float) -> list[Any]:
    rows = sorted(rows, key=lambda r: r[1])
    flat = [_extent(ax, renderer, t, fontsize=size).width / box.width for t, _, _ in rows]
    upright = sum(flat) + 0.02 * len(flat) > 1.05
    rotation = 90 if upright else 0
    widths = [_extent(ax, renderer, t, fontsize=size, rotation=rotation).width / box.width for t, _, _ in rows]
    texts = []
    for (text, x, y), place in zip(rows, spread([r[1] for r in rows], widths, 0.02), strict=True):
        texts.append(
            ax.text(
                place, 1.05, text, transform=ax.transAxes, ha="center", va="bottom", fontsize=size, rotation=rotation
            )
        )
        texts.append(_leader(ax, [x, x, place], [y, 1.0, 1.045]))
    return texts


def _leader(ax: Axes, xs: list[float], ys: list[float]) -> Any:
    """A thin line from a curve to its equation."""
    (line,) = ax.plot(
        xs,
        ys,
        transform=ax.transAxes,
        color="0.35",
        lw=0.5,
        ls=":",
        clip_on=False,
        zorder=2.5,
        scalex=False,
        scaley=False,
    )
    return line
