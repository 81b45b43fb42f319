"""The map of equilibria in a plane of two parameters."""

from __future__ import annotations

import string
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy as sp
from matplotlib.axes import Axes

from deterrence.equilibria import Equilibria, Equilibrium
from deterrence.errors import ParameterError
from deterrence.plot.cells import Cells, Line
from deterrence.plot.drawing import HATCHES, boundary_labels, compound, draw_fill, draw_lines, shortened
from deterrence.plot.equations import equation_of, equations
from deterrence.plot.groups import Group, distinct, everyone, grouped
from deterrence.plot.placing import Room, fitted
from deterrence.plot.plane import Plane, require, window
from deterrence.plot.style import new_axes, settled, styled, tint
from deterrence.plot.words import mathematics, wrapped
from deterrence.regions import Region
from deterrence.regions.logic import Formula, disjunction

__all__ = ["Chart", "chart", "regions"]

DOMAIN = "admissible"
EDGE = "knife-edge"
PASSES = 5


@dataclass(frozen=True)
class Chart:
    """A map before it is drawn: who exists where, exactly.

    Attributes
    ----------
    plane : Plane
    groups : tuple of Group
    cells : Cells
        Its members are indices of groups, "admissible", and "knife-edge".
    throughout : tuple of int
        Groups that exist wherever the assumptions hold in the window.
    labels : dict of str to list of Line
        The boundaries by their equation.
    """

    plane: Plane
    groups: tuple[Group, ...]
    cells: Cells
    throughout: tuple[int, ...]
    labels: dict[str, list[Line]]

    def sets(self) -> list[frozenset[int]]:
        """The combinations of equilibria that occur, those that exist throughout left out."""
        found = {s.members for s in self.cells.strips if DOMAIN in s.members}
        return sorted({self.shown(m) for m in found}, key=lambda m: (len(m), sorted(m)))

    def shown(self, members: frozenset[Any]) -> frozenset[int]:
        """The groups among what holds in a cell, without those that exist throughout."""
        return frozenset(m for m in members if isinstance(m, int) and m not in self.throughout)


def chart(
    equilibria: Any,
    x: Any,
    y: Any,
    at: Mapping[Any, Any] | None = None,
    *,
    x_range: tuple[Any, Any] | None = None,
    y_range: tuple[Any, Any] | None = None,
    by: str | None = None,
    knife_edges: bool = True,
) -> Chart:
    """Cut the plane into the cells where each equilibrium exists; see `regions` for the arguments."""
    members = everyone(equilibria, "Map of equilibria")
    game = members[0].game
    subject = f'Map of "{game.name}"'
    plane = Plane.of(subject, game.assumptions, x, y, at)
    edges = equilibria.knife_edges if knife_edges and isinstance(equilibria, Equilibria) else ()
    require(subject, plane.assumptions, plane.missing(e.condition for e in (*members, *edges)))
    cut = _Cutter(plane)
    groups, unions = _present(grouped(members, plane.values(), by), cut)
    formulas: dict[Any, Formula] = dict(enumerate(unions))
    formulas[DOMAIN] = plane.formula(Region.everything(game.assumptions))
    if edges:
        formulas[EDGE] = cut.union(edges)
    spans = [
        window(subject, game.assumptions, s, plane.values(), r) for s, r in ((plane.x, x_range), (plane.y, y_range))
    ]
    cells = Cells(plane.ring, formulas, spans[0], spans[1])
    inside = [s.members for s in cells.strips if DOMAIN in s.members]
    if not inside:
        raise ParameterError(
            subject=subject, wanted="a window in which the assumptions hold somewhere", got=f"{spans[0]} x {spans[1]}"
        )
    there = frozenset().union(*inside)
    throughout = tuple(k for k in range(len(groups)) if all(k in m for m in inside))
    named = iter(distinct(g for k, g in enumerate(groups) if k in there))
    groups = tuple(next(named) if k in there else g for k, g in enumerate(groups))
    return Chart(plane, groups, cells, throughout, _labelled(plane, cells, [*members, *edges]))


class _Cutter:
    """Conditions in the plane; those that are the same are cut once."""

    def __init__(self, plane: Plane) -> None:
        self.plane = plane
        self.known: dict[Any, Formula] = {}

    def union(self, members: tuple[Equilibrium, ...]) -> Formula:
        """Where at least one of them exists."""
        return disjunction(*dict.fromkeys(self._one(e.condition) for e in members))

    def _one(self, region: Region) -> Formula:
        mark = (region.formula, region.assumptions, region.pending)
        if mark not in self.known:
            self.known[mark] = self.plane.formula(region)
        return self.known[mark]


def _present(groups: tuple[Group, ...], cut: _Cutter) -> tuple[tuple[Group, ...], list[Formula]]:
    """The groups that may exist in the plane, with their conditions there."""
    found = [(g, cut.union(g.members)) for g in groups]
    kept = [(g, f) for g, f in found if f is not False]
    return tuple(g for g, _ in kept), [f for _, f in kept]


def _labelled(plane: Plane, cells: Cells, members: list[Equilibrium]) -> dict[str, list[Line]]:
    """The boundaries of admissible cells by their equation."""
    lines = [line for line in cells.lines if any(DOMAIN in side for side in (*line.sides, line.on))]
    domain = Region(sp.And(*plane.assumptions.relations), plane.assumptions)
    known = equations(plane, [domain, *(e.condition for e in members)], [line.arc._poly for line in lines])
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(equation_of(plane, line.arc._poly, known), []).append(line)
    return found


def regions(
    equilibria: Any,
    x: Any,
    y: Any,
    at: Mapping[Any, Any] | None = None,
    *,
    x_range: tuple[Any, Any] | None = None,
    y_range: tuple[Any, Any] | None = None,
    by: str | None = None,
    knife_edges: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """Draw where each equilibrium exists.

    Parameters
    ----------
    equilibria : Equilibria, or iterable of Equilibrium
    x, y : sympy.Symbol or str
        The axes: two parameters, independent or defined.
    at : mapping
        Exact values of the other parameters that the conditions use.
    x_range, y_range : pair of numbers, optional
        The window; by default what the assumptions leave.
    by : {"name", "outcome", "each"}, optional
        What shares a colour: equilibria of one name, or with the same outcomes.  By default names
        where every equilibrium has one, otherwise outcomes.
    knife_edges : bool
        Draw the lines on which an equilibrium exists that needs an equation.
    ax : Axes, optional

    Returns
    -------
    Axes
        Fills and curves are exact; the equation of each boundary stands in the margin.  Where
        several equilibria exist the fill is striped in the colour of the second.

    Raises
    ------
    PointError
        If a value is missing or breaks an assumption.
    ParameterError
        If an axis cannot be one, or nothing is admissible in the window.
    """
    found = chart(equilibria, x, y, at, x_range=x_range, y_range=y_range, by=by, knife_edges=knife_edges)
    with styled():
        own = ax is None
        ax = new_axes(ax, (6.6, 4.9))
        frame(ax, found)
        for members in {s.members for s in found.cells.strips}:
            _fill(ax, found, members)
        outline(ax, found)
        decorate(ax, found, own)
    return ax


def decorate(ax: Axes, found: Chart, own: bool, names: bool = True) -> None:
    """Equations in the margin, names inside, notes below.

    Notes take room from the axes (or, of an own figure, make it higher) and so change which names
    fit; all is placed anew until the notes stay as they are.
    """
    before = set(ax.get_children())
    figure: Any = ax.get_figure(root=True)
    notes: list[str] = []
    for _ in range(PASSES):
        for artist in set(ax.get_children()) - before:
            artist.remove()
        lines = _notes(ax, notes)
        if own:
            figure.set_figheight(4.9 + 0.18 * lines)
        labels, further = shortened(ax, found.labels)
        _margins(ax, labels)
        last, notes = notes, [*(_general(found) if names else []), *(_names(ax, found) if names else []), *further]
        if notes == last:
            break
    if own:
        figure.set_layout_engine("none")


def _margins(ax: Axes, labels: Mapping[str, list[Line]]) -> None:
    """The equations, placed twice: their width narrows the axes that they are placed by."""
    first = boundary_labels(ax, settled(ax), labels)
    renderer = settled(ax)
    for artist in first:
        artist.remove()
    boundary_labels(ax, renderer, labels)


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
    if DOMAIN not in members:
        draw_fill(ax, path, "0.93", "0.8", "....").set_gid("outside")
        return
    shown = sorted(found.shown(members))
    if not shown:
        draw_fill(ax, path, "white").set_gid("none")
        return
    stripes = tint(shown[1], 0.55) if len(shown) > 1 else None
    patch = draw_fill(ax, path, tint(shown[0]), stripes, HATCHES[shown[-1] % len(HATCHES)] if stripes else "")
    patch.set_gid(" + ".join(found.groups[k].name for k in shown))


def outline(ax: Axes, found: Chart) -> None:
    """Boundaries and knife-edges."""
    for lines in found.labels.values():
        for line in lines:
            edge = EDGE in line.on
            change = _changes(line)
            if change:
                draw_lines(ax, line, color="black", lw=1.0, zorder=3)
            if edge:
                draw_lines(ax, line, color="black", lw=3.2, ls=(0, (0.01, 3)), dash_capstyle="round", zorder=3.1)


def _changes(line: Line) -> bool:
    """Whether a boundary is more than a knife-edge."""
    first, second = (side - {EDGE} for side in line.sides)
    return first != second or (line.on - {EDGE}) != first


def _names(ax: Axes, found: Chart) -> list[str]:
    """Write the names inside; what does not fit gets a letter, explained in the notes."""
    room = Room(ax, settled(ax))
    raster = found.cells.raster(room.xs, room.ys)
    shown = {m: found.shown(m) if DOMAIN in m else None for m in set(raster.ravel())}
    table = np.frompyfunc(shown.__getitem__, 1, 1)(raster)
    letters = iter(string.ascii_uppercase + string.ascii_lowercase)
    notes = []
    masks = {m: np.frompyfunc(lambda cell, m=m: cell == m, 1, 1)(table).astype(bool) for m in found.sets()}
    for members, mask in sorted(masks.items(), key=lambda item: int(item[1].sum())):
        names = [found.groups[k].name for k in sorted(members)]
        if not names and found.throughout:
            continue
        full = [" + ".join(names) if names else "none"]
        stacked = "\n+ ".join(wrapped(n) for n in names) if names else "none"

        box = {"boxstyle": "square,pad=0.1", "fc": "white", "ec": "none", "alpha": 0.8} if len(names) > 1 else None

        def write(text: str, mask: np.ndarray = mask, box: Any = box) -> Any | None:
            return room.place(mask, text, fontsize=10, zorder=5, linespacing=1.05, bbox=box)

        texts = [stacked, *full] if stacked.count("\n") < 4 else []
        if fitted(write, texts) is None:
            letter = next(letters)
            if room.place(mask, letter, margin=0, fontsize=9, zorder=5) is None:
                _pointed(ax, room, mask, letter)
            notes.append(f"{letter}: {full[0]}")
    return notes


def _pointed(ax: Axes, room: Room, mask: np.ndarray, letter: str) -> None:
    """A letter beside a region that is too small for it, with a line into it."""
    rows, columns = np.nonzero(mask)
    if not len(rows):
        return
    k = len(rows) // 2
    x, y = float(room.xs[columns[k]]), float(room.ys[rows[k]])
    placed = room.place(np.ones_like(mask), letter, margin=1, fontsize=9, zorder=5)
    if placed is not None:
        ax.annotate(
            "",
            (x, y),
            placed.get_position(),
            arrowprops={"arrowstyle": "-", "lw": 0.5, "shrinkA": 5, "shrinkB": 0},
            zorder=5,
        )


def _general(found: Chart) -> list[str]:
    """What holds for the whole map."""
    notes = []
    if found.throughout:
        names = ", ".join(found.groups[k].name for k in found.throughout)
        notes.append(f"Throughout: {names}")
    inside = {k for m in found.sets() for k in m} | set(found.throughout)
    notes += [f"{found.groups[k].name}: {found.groups[k].detail}" for k in sorted(inside) if found.groups[k].detail]
    wide = [
        found.groups[k].name for k in sorted(inside) if any(e.how_known != "exact" for e in found.groups[k].members)
    ]
    if wide:
        notes.append(f"Drawn where local conditions hold, which may be wider than where it exists: {', '.join(wide)}")
    if any(EDGE in line.on for lines in found.labels.values() for line in lines):
        notes.append("Dotted: a knife-edge equilibrium exists on the line only")
    if any(len(m) > 1 for m in found.sets()):
        notes.append("Striped: several equilibria exist")
    if any(DOMAIN not in s.members for s in found.cells.strips):
        notes.append("Grey: outside the assumptions")
    return notes


def _notes(ax: Axes, notes: list[str]) -> int:
    """Write the notes below the axes; gives the number of lines."""
    if not notes:
        return 0
    lines = [line for n in notes for line in ([n] if "$" in n else textwrap.wrap(n, 88, subsequent_indent="     "))]
    ax.annotate(
        "\n".join(lines),
        (0, 0),
        (0, -34),
        xycoords="axes fraction",
        textcoords="offset points",
        ha="left",
        va="top",
        fontsize=9,
        linespacing=1.25,
    ).set_gid("notes")
    return len(lines) + sum("frac" in line for line in lines)
