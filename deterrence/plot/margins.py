"""Equations in the margins of a map, each led to its own curve; long ones numbered and noted below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from deterrence.plot.cells import Line
from deterrence.plot.drawing import points
from deterrence.plot.placing import spread
from deterrence.plot.style import measured
from deterrence.plot.words import broken

__all__ = ["Anchor", "anchor", "boundary_labels", "noted", "write_margins"]

WIDEST = 1.45  # inches of an equation in the margin
SIZE = 9.0
LONGEST = 3  # lines of an equation in the notes
LETTERS = 78
WIDTH = 6.0  # inches of a line in the notes
NEAR = 0.008


@dataclass(frozen=True)
class Anchor:
    """Where on its curve an equation is tied, in fractions of the axes, and in which margin it stands."""

    x: float
    y: float
    top: bool


def boundary_labels(ax: Axes, labels: Mapping[str, list[Line]], size: float = SIZE) -> list[str]:
    """Write each equation in the margin, with a thin line to its curve; gives the notes for long ones.

    Curves that end at the top (or stand upright) have theirs above the axes, the others at the
    right; texts are moved apart where they would meet, and numbered where they are too wide.
    """
    level, upright = _straight(ax, [line for lines in labels.values() for line in lines])
    places = {text: anchor(ax, lines, level, upright) for text, lines in labels.items()}
    return write_margins(ax, places, lambda text: _note(ax, text, labels[text]), size)


def write_margins(
    ax: Axes, places: Mapping[str, Anchor], describe: Callable[[str], str], size: float = SIZE
) -> list[str]:
    """Write texts in the margins where they are tied; gives the notes for those that a number stands for.

    Parameters
    ----------
    ax : Axes
    places : mapping of str to Anchor
    describe : function
        What the notes say for a text that is too wide.
    size : float
    """
    numbered = _too_wide(ax, places, size)
    shown: list[tuple[str, Anchor]] = []
    notes: list[str] = []
    for text, place in sorted(places.items(), key=lambda item: _order(item[1])):
        if text in numbered:
            notes.append(f"({len(notes) + 1})  {describe(text)}")
        shown.append((f"({len(notes)})" if text in numbered else text, place))
    _right(ax, [(t, a) for t, a in shown if not a.top], size)
    _top(ax, [(t, a) for t, a in shown if a.top], size)
    return notes


def _order(place: Anchor) -> tuple[bool, float]:
    """As one reads the margins: above from left to right, then at the right downwards."""
    return (not place.top, place.x if place.top else -place.y)


def noted(ax: Axes, text: str) -> str:
    """An equation for the notes: in lines where it is long, its fractions in full size where they fit."""
    found = broken(text, LETTERS)
    return (
        found if measured(ax, found, fontsize=SIZE)[0] / 72 < WIDTH else broken(text.replace("dfrac", "frac"), LETTERS)
    )


def _note(ax: Axes, text: str, lines: list[Line]) -> str:
    """A long equation for the notes, or only its degree."""
    found = noted(ax, text)
    if found.count("\n") < LONGEST:
        return found
    arc = lines[0].arc
    return f"a curve of degree {arc.equation.as_poly(arc.x, arc.y).total_degree()} in {arc.x} and {arc.y}"


def _too_wide(ax: Axes, places: Mapping[str, Anchor], size: float) -> set[str]:
    """The equations that a number stands for: wider than the margin, or than what is left above the axes."""
    widths = {t: measured(ax, t, fontsize=size)[0] / 72 for t in places}
    found = {t for t, width in widths.items() if width > WIDEST}
    room = ax.get_window_extent().width / ax.get_figure(root=True).dpi  # type: ignore[union-attr]
    above = sorted((t for t, a in places.items() if a.top and t not in found), key=lambda t: widths[t])
    used = 0.3 * sum(places[t].top for t in found)
    for text in above:
        used += widths[text] + 0.1
        if used > room:
            found.add(text)
    return found


# -- where a curve is tied -------------------------------------------------------------------------------


def anchor(ax: Axes, lines: Iterable[Line], level: list[Any], upright: list[Any]) -> Anchor:
    """The point of a curve from which the way to a margin is shortest and runs along no other boundary.

    Parameters
    ----------
    ax : Axes
    lines : iterable of Line
        The pieces of the curve.
    level, upright : list
        Boundaries that a thin line could be taken for: (height, from, to), (place, from, to).
    """
    best: tuple[float, Anchor] | None = None
    for x, y, middle in (c for line in lines for c in _candidates(ax, line)):
        for top in (False, True):
            way = (1 - y) if top else (1 - x)
            along, place, low = (upright, x, y) if top else (level, y, x)
            hidden = way > NEAR and any(abs(p - place) < NEAR and b > low + NEAR for p, _, b in along)
            edge = way > NEAR and place < NEAR
            cost = way + (0.0 if way < NEAR else 0.1 + 0.05 * middle) + (1.0 if hidden or edge else 0.0)
            if best is None or cost < best[0] - 1e-9:
                best = (cost, Anchor(x, y, top))
    assert best is not None
    return best[1]


def _candidates(ax: Axes, line: Line) -> list[tuple[float, float, float]]:
    """Points of a piece in fractions of the axes, and how far they are from its middle, up to 1."""
    xs, ys = fractions(ax, line)
    steps = np.linspace(0, len(xs) - 1, 9)
    grid = np.arange(len(xs))
    found = zip(np.interp(steps, grid, xs), np.interp(steps, grid, ys), strict=True) if len(xs) == 2 else None
    if found is None:
        rows = np.unique(steps.round().astype(int))
        found = zip(xs[rows], ys[rows], strict=True)
    pairs = [(float(x), float(y)) for x, y in found]
    return [(x, y, abs(2 * k / (len(pairs) - 1) - 1)) for k, (x, y) in enumerate(pairs)]


def fractions(ax: Axes, line: Line) -> tuple[np.ndarray, np.ndarray]:
    """Points of a piece in fractions of the axes."""
    (x0, x1), (y0, y1) = ax.get_xlim(), ax.get_ylim()
    xs, ys = points(line, 41)
    return (xs - x0) / (x1 - x0), (ys - y0) / (y1 - y0)


def _straight(ax: Axes, lines: Iterable[Line]) -> tuple[list[Any], list[Any]]:
    """The level and the upright pieces among all boundaries."""
    level, upright = [], []
    for line in lines:
        xs, ys = fractions(ax, line)
        if np.ptp(ys) < NEAR:
            level.append((float(ys.mean()), float(xs.min()), float(xs.max())))
        elif np.ptp(xs) < NEAR:
            upright.append((float(xs.mean()), float(ys.min()), float(ys.max())))
    return level, upright


# -- what is written -------------------------------------------------------------------------------------


def _right(ax: Axes, rows: list[tuple[str, Anchor]], size: float) -> None:
    rows = sorted(rows, key=lambda r: r[1].y)
    box = ax.get_window_extent()
    unit = ax.get_figure(root=True).dpi / 72  # type: ignore[union-attr]
    heights = [measured(ax, t, fontsize=size)[1] * unit / box.height for t, _ in rows]
    for (text, a), place in zip(rows, spread([a.y for _, a in rows], heights, 0.012), strict=True):
        _leader(ax, [a.x, 1.0, 1.045], [a.y, a.y, place])
        ax.text(1.05, place, text, transform=ax.transAxes, ha="left", va="center", fontsize=size, gid="boundary")


def _top(ax: Axes, rows: list[tuple[str, Anchor]], size: float) -> None:
    rows = sorted(rows, key=lambda r: r[1].x)
    box = ax.get_window_extent()
    unit = ax.get_figure(root=True).dpi / 72  # type: ignore[union-attr]
    widths = [measured(ax, t, fontsize=size)[0] * unit / box.width for t, _ in rows]
    for (text, a), place in zip(rows, spread([a.x for _, a in rows], widths, 0.02), strict=True):
        _leader(ax, [a.x, a.x, place], [a.y, 1.0, 1.045])
        ax.text(place, 1.05, text, transform=ax.transAxes, ha="center", va="bottom", fontsize=size, gid="boundary")


def _leader(ax: Axes, xs: list[float], ys: list[float]) -> None:
    """A thin line from a curve to its equation."""
    style: dict[str, Any] = {"color": "0.35", "lw": 0.5, "ls": ":", "clip_on": False, "zorder": 2.5}
    ax.plot(xs, ys, transform=ax.transAxes, scalex=False, scaley=False, gid="leader", **style)
