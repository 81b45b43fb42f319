"""The map of equilibria in a plane of two parameters."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from deterrence.plot.cells import Line
from deterrence.plot.chart import DOMAIN, EDGE, Chart, chart, excluded
from deterrence.plot.drawing import compound, draw_fill, draw_hatched, draw_lines, points
from deterrence.plot.inputs import checked_axes
from deterrence.plot.margins import boundary_labels
from deterrence.plot.naming import Atlas, general_notes, key_notes, names_in, too_many, write_names
from deterrence.plot.notes import BELOW, Note, draw_notes, reserve, sealed
from deterrence.plot.placing import Room, arranged
from deterrence.plot.style import new_axes, settled, styled, tint
from deterrence.plot.words import mathematics

__all__ = ["Chart", "chart", "frame", "outline", "regions", "surround"]

MOST = 12  # colours in one region
HEIGHT = 4.9  # inches of an own figure, without its notes


def regions(
    equilibria: Any,
    x: Any,
    y: Any,
    at: Mapping[Any, Any] | str | None = None,
    *,
    x_range: tuple[Any, Any] | None = None,
    y_range: tuple[Any, Any] | None = None,
    by: str | None = None,
    knife_edges: bool = True,
    held: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw where each equilibrium exists.

    Parameters
    ----------
    equilibria : Equilibria, Model, or iterable of Equilibrium
    x, y : sympy.Symbol or str
        The axes: two parameters, independent or defined.
    at : mapping or "sample"
        Exact values of the other parameters that the conditions use; "sample" takes the values that
        they were given to try.
    x_range, y_range : pair of numbers, optional
        The window; by default what the assumptions leave, wide enough for the boundaries at the samples.
    by : {"name", "outcome", "each"}, optional
        What shares a colour: equilibria of one name, or with the same outcomes.  By default those of
        one name, and of the nameless those with the same outcomes.
    knife_edges : bool
        Draw the lines on which an equilibrium exists that needs an equation.
    held : bool
        Write below what is held fixed.
    ax : Axes, optional

    Returns
    -------
    Axes
        Fills and curves are exact; the equation of each boundary stands in the margin.  Where
        several equilibria exist there is a stripe in the colour of each.

    Raises
    ------
    PointError
        If a value is missing or breaks an assumption.
    ParameterError
        If there are no equilibria, an axis cannot be one, or nothing is admissible in the window.

    Warns
    -----
    UserWarning
        If there are too many equilibria to explain each.
    """
    found = chart(equilibria, x, y, at, x_range=x_range, y_range=y_range, by=by, knife_edges=knife_edges)
    if count := too_many(found):
        warnings.warn(
            f"this map shows {count} equilibria, too many to explain; group them by names or outcomes, or choose some",
            stacklevel=2,
        )
    with styled():
        own = checked_axes(ax) is None
        ax = new_axes(ax, (6.6, HEIGHT))
        frame(ax, found)
        for members in {s.members for s in found.cells.strips}:
            _fill(ax, found, members)
        outline(ax, found)
        room = Room(ax, settled(ax))
        atlas = Atlas.of(room, found)

        def inside(drawn: Axes, room: Room) -> list[Note]:
            letters = write_names(drawn, atlas, room, lambda members: names_in(found, members))
            key = key_notes(found, bool(letters))
            return [*general_notes(found, bool(key), held), *key, *letters]

        surround(ax, found, own, inside)
    return ax


def surround(ax: Axes, found: Chart, own: bool, inside: Any, below: float = BELOW) -> None:
    """Equations in the margin, names inside, notes below, until all of it stands still.

    Parameters
    ----------
    ax : Axes
    found : Chart
    own : bool
        Whether the figure may be made higher for the notes.
    inside : function
        Writes what stands inside into a `Room` of the axes, and gives the notes that explain it.
    below : float
        Points from the axes to the first note.
    """
    figure: Any = ax.get_figure(root=True)
    written: list[Any] = []

    def write(renderer: Any) -> None:
        equations = boundary_labels(ax, found.labels)
        notes = [*inside(ax, _room(ax, found, renderer)), *(Note(text, ready=True) for text in equations)]
        written[:], height = draw_notes(ax, notes, below)
        if own:
            reserve(figure, written, HEIGHT, height)

    arranged(ax, write)
    if own:
        sealed(figure, written)


def _room(ax: Axes, found: Chart, renderer: Any) -> Room:
    """The inside of the axes, without lines that run through a region and the lines to the margins."""
    room = Room(ax, renderer)
    for leader in (line for line in ax.lines if line.get_gid() == "leader"):
        across, up = (np.asarray(leader.get_data(orig=True)[k], dtype=float)[:2] for k in (0, 1))
        (x0, x1), (y0, y1) = ax.get_xlim(), ax.get_ylim()
        room.block(x0 + (x1 - x0) * across, y0 + (y1 - y0) * up)
    for line in (line for lines in found.labels.values() for line in lines):
        if EDGE in line.on or line.sides[0] == line.sides[1]:
            room.block(*points(line, 40))
    return room


def frame(ax: Axes, found: Chart) -> None:
    """Limits and names of the axes."""
    cells = found.cells
    ax.set_xlim(*(float(r) for r in cells.across))
    ax.set_ylim(*(float(r) for r in cells.up))
    ax.set_xlabel(mathematics(found.plane.x))
    ax.set_ylabel(mathematics(found.plane.y))
    ax.tick_params(direction="out", length=3)


def _fill(ax: Axes, found: Chart, members: frozenset[Any]) -> None:
    path = compound(found.cells, members)
    if path is None:
        return
    shown = sorted(found.shown(members))
    if DOMAIN not in members:
        draw_hatched(ax, path, "0.93", "0.8", "....", "outside")
    elif not shown:
        draw_fill(ax, path, ["white"], "none")
    else:
        draw_fill(ax, path, [tint(k) for k in shown[:MOST]], " + ".join(found.groups[k].name for k in shown))


def outline(ax: Axes, found: Chart) -> None:
    """Boundaries and knife-edges."""
    for text, lines in found.labels.items():
        for line in lines:
            if excluded(line):
                draw_lines(ax, line, color="0.45", lw=0.8, ls=(0, (5, 3)), zorder=3, gid=f"excluded {text}")
            elif _changes(line):
                draw_lines(ax, line, color="black", lw=1.0, zorder=3, gid=f"boundary {text}")
            if EDGE in line.on:
                dots: dict[str, Any] = {"ls": (0, (0.01, 3)), "dash_capstyle": "round"}
                draw_lines(ax, line, color="black", lw=3.2, zorder=3.1, gid=f"knife-edge {text}", **dots)


def _changes(line: Line) -> bool:
    """Whether a boundary is more than a knife-edge."""
    first, second = (side - {EDGE} for side in line.sides)
    return first != second or (line.on - {EDGE}) != first
