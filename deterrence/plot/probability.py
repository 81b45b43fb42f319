"""How likely an outcome is over a plane of two parameters, under a stated rule of selection."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import sympy as sp
from matplotlib.axes import Axes

from deterrence.errors import UnknownName
from deterrence.plot.chart import DOMAIN, Chart, chart
from deterrence.plot.drawing import compound, draw_hatched
from deterrence.plot.groups import outcome_of
from deterrence.plot.inputs import checked_axes
from deterrence.plot.naming import Atlas, general_notes, write_names
from deterrence.plot.notes import BELOW, Note
from deterrence.plot.placing import Room
from deterrence.plot.regions import frame, outline, surround
from deterrence.plot.style import new_axes, settled, styled
from deterrence.plot.words import plain

__all__ = ["SELECTIONS", "probability"]

SELECTIONS = {
    "highest": "the highest among the equilibria that exist",
    "lowest": "the lowest among the equilibria that exist",
    "first": "the first equilibrium that exists, in the order of the answer",
}
TIED = 3  # names of equilibria that tie
STEPS = 121
BAR = 52.0  # points that the scale takes below the axes
TIE = 1e-9  # of probabilities, below what a shade shows


def probability(
    equilibria: Any,
    outcome: str,
    x: Any,
    y: Any,
    at: Mapping[Any, Any] | str | None = None,
    *,
    select: str = "highest",
    x_range: tuple[Any, Any] | None = None,
    y_range: tuple[Any, Any] | None = None,
    held: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw the probability of an outcome as shades of grey-safe colour.

    Parameters
    ----------
    equilibria : Equilibria, Model, or iterable of Equilibrium
        Their order matters to ``select="first"``; choose some of them to impose a refinement.
    outcome : str
    x, y : sympy.Symbol or str
    at : mapping or "sample"
        Exact values of the other parameters that matter.
    select : {"highest", "lowest", "first"}
        Which equilibrium counts where several exist; written beside the scale, and the equilibria
        that give what is shown are named in each region.
    x_range, y_range : pair of numbers, optional
    held : bool
        Write below what is held fixed.
    ax : Axes, optional

    Returns
    -------
    Axes
        Shades meet at the exact boundaries.  Hatched: no equilibrium that settles the probability.

    Raises
    ------
    UnknownName
        If there is no such outcome or rule.

    Warns
    -----
    UserWarning
        If ``select="first"`` hides an equilibrium behind others wherever it exists.
    """
    if select not in SELECTIONS:
        raise UnknownName(subject="select", wanted="a rule of selection", got=select, known=SELECTIONS)
    found = chart(equilibria, x, y, at, x_range=x_range, y_range=y_range, by="each", knife_edges=False)
    shades = _Shades.of(found, outcome, select)
    if select == "first" and (hidden := shades.hidden()):
        warnings.warn(
            f"never shown, because an equilibrium that comes first exists wherever they do: {', '.join(hidden)}; "
            'select="highest" or "lowest" compares all',
            stacklevel=2,
        )
    with styled():
        own = checked_axes(ax) is None
        ax = new_axes(ax, (6.9, 4.9))
        frame(ax, found)
        drawn = [shades.draw(ax, members) for members in {s.members for s in found.cells.strips}]
        outline(ax, found)
        mesh = next((m for m in drawn if m is not None), None)
        if mesh is not None:
            figure: Any = ax.get_figure(root=True)
            bar = figure.colorbar(mesh, ax=ax, location="bottom", fraction=0.05, pad=0.02, aspect=40)
            bar.set_label(f"Probability of {plain(outcome)}: {SELECTIONS[select]}", fontsize=10)
        atlas = Atlas.of(Room(ax, settled(ax)), found)

        def inside(drawn: Axes, room: Room) -> list[Note]:
            letters = write_names(drawn, atlas, room, shades.names, boxed=True)
            return [*_explained(shades, held), *letters]

        surround(ax, found, own, inside, BELOW + BAR if own else BELOW)
    return ax


@dataclass(frozen=True)
class _Shades:
    """What each equilibrium says of an outcome, and which one counts where.

    Attributes
    ----------
    values : tuple
        The probability in each group of the map over the axes; None where the equilibrium leaves it open.
    functions : dict
        The same for arrays, without what is open.
    """

    found: Chart
    values: tuple[sp.Expr | None, ...]
    functions: Mapping[int, Callable[[np.ndarray, np.ndarray], np.ndarray]]
    select: str
    _known: dict[frozenset[int], list[int]] = field(default_factory=dict, hash=False)

    @classmethod
    def of(cls, found: Chart, outcome: str, select: str) -> _Shades:
        """The probabilities in all equilibria of a map by "each"."""
        fixed, axes = found.plane.values(), {found.plane.x, found.plane.y}
        values = [outcome_of(g.members[0], outcome, fixed) for g in found.groups]
        known = tuple(v if v.free_symbols <= axes else None for v in values)
        functions = {k: _compiled(v, found) for k, v in enumerate(known) if v is not None}
        return cls(found, known, functions, select)

    def candidates(self, members: frozenset[Any]) -> list[int]:
        """The equilibria of a cell that settle the probability and may count under the rule."""
        there = sorted(m for m in members if isinstance(m, int) and self.values[m] is not None)
        return there[:1] if self.select == "first" else there

    def shade(self, members: Sequence[int], xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
        """The probability shown at some points, where these equilibria are candidates."""
        layers = self._layers(members, xs, ys)
        return layers.min(axis=0) if self.select == "lowest" else layers.max(axis=0)

    def _layers(self, members: Sequence[int], xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
        return np.array([self.functions[k](xs, ys) for k in members])

    def draw(self, ax: Axes, members: frozenset[Any]) -> Any | None:
        """Shade a cell; None where nothing can be shaded."""
        path = compound(self.found.cells, members)
        if path is None:
            return None
        if DOMAIN not in members:
            draw_hatched(ax, path, "0.93", "0.8", "....", "outside")
            return None
        candidates = self.candidates(members)
        if not candidates:
            draw_hatched(ax, path, "white", "0.6", "xx", "open")
            return None
        (x0, y0), (x1, y1) = path.get_extents().min, path.get_extents().max
        xs, ys = np.meshgrid(np.linspace(x0, x1, STEPS), np.linspace(y0, y1, STEPS))
        inner = [np.clip(grid, *_inside(grid)) for grid in (xs, ys)]
        style: dict[str, Any] = {"cmap": "cividis_r", "vmin": 0, "vmax": 1, "shading": "gouraud", "zorder": 1}
        mesh = ax.pcolormesh(xs, ys, self.shade(candidates, *inner), rasterized=True, gid="shade", **style)
        mesh.set_clip_path(path, ax.transData)
        return mesh

    def counting(self, members: frozenset[int]) -> list[int]:
        """The equilibria that give what is shown somewhere in the cells of a combination."""
        if members not in self._known:
            self._known[members] = self._counting(members)
        return self._known[members]

    def _counting(self, members: frozenset[int]) -> list[int]:
        full = frozenset({*members, *self.found.throughout})
        candidates = self.candidates(full)
        if len(candidates) < 2:
            return candidates
        paths = [compound(self.found.cells, s) for s in self._cells(full)]
        points = np.vstack([_points_in(p) for p in paths if p is not None])
        layers = self._layers(candidates, points[:, 0], points[:, 1])
        best = layers.min(axis=0) if self.select == "lowest" else layers.max(axis=0)
        return [k for k, layer in zip(candidates, layers, strict=True) if np.any(np.abs(layer - best) < TIE)]

    def _cells(self, full: frozenset[int]) -> set[frozenset[Any]]:
        cells = {s.members for s in self.found.cells.strips if DOMAIN in s.members}
        return {m for m in cells if frozenset(k for k in m if isinstance(k, int)) == full}

    def names(self, members: frozenset[int]) -> list[str]:
        """The names of what counts in a combination; of many that tie only some."""
        counting = self.counting(members)
        named = list(dict.fromkeys(self.name(k) for k in counting))
        if not named:
            return ["open" if members or self.found.throughout else "none"]
        return [" / ".join(named[:TIED]) + (f" and {len(named) - TIED} more" if len(named) > TIED else "")]

    def name(self, k: int) -> str:
        """The name of an equilibrium, which others may share; of a nameless one that of its group."""
        return self.found.groups[k].members[0].name or self.found.groups[k].name

    def hidden(self) -> list[str]:
        """The names of equilibria that exist somewhere and count nowhere."""
        sets = self.found.sets()
        there = {k for m in sets for k in m} | set(self.found.throughout)
        counting = {self.name(k) for m in sets for k in self.counting(m)}
        return [n for n in dict.fromkeys(self.name(k) for k in sorted(there)) if n not in counting]


def _explained(shades: _Shades, held: bool) -> list[Note]:
    """What the names in the picture stand for, and what is left out."""
    found = shades.found
    inside = {k for m in found.sets() for k in m} | set(found.throughout)
    counting = sorted({k for m in found.sets() for k in shades.counting(m)})
    notes = [Note("Named in each region: the equilibria that give the probability shown there")]
    numbered = [found.groups[k] for k in counting if shades.name(k) == found.groups[k].name and found.groups[k].detail]
    notes += [Note(f"{g.name}: {g.detail}") for g in numbered]
    left = list(dict.fromkeys(shades.name(k) for k in sorted(inside) if shades.values[k] is None))
    if left:
        notes.append(Note(f"Not counted, because they leave the probability open: {'; '.join(left)}"))
    return notes + [n for n in general_notes(found, True, held) if not n.text.startswith("Throughout")]


def _points_in(path: Any) -> np.ndarray:
    """Points inside a path, hardly one on its diagonals; its middle if it is too thin for the grid."""
    (x0, y0), (x1, y1) = path.get_extents().min, path.get_extents().max
    xs, ys = np.meshgrid(np.linspace(x0, x1, 44)[1:-1], np.linspace(y0, y1, 38)[1:-1])
    grid = np.column_stack([xs.ravel(), ys.ravel()])
    inside = path.contains_points(grid)
    return grid[inside] if inside.any() else np.mean(path.vertices, axis=0, keepdims=True)


def _inside(grid: np.ndarray) -> tuple[float, float]:
    """Just inside the edges, where no denominator vanishes."""
    low, high = float(grid.min()), float(grid.max())
    return low + 1e-9 * (high - low), high - 1e-9 * (high - low)


def _compiled(expr: sp.Expr, found: Chart) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    """A probability as a function of the axes, for arrays."""
    function = sp.lambdify((found.plane.x, found.plane.y), expr, "numpy")

    def evaluated(xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
        with np.errstate(all="ignore"):
            result = np.asarray(function(xs, ys), dtype=float)
        return np.clip(np.broadcast_to(np.nan_to_num(result), xs.shape), 0.0, 1.0)

    return evaluated
