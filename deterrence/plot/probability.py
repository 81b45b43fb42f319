"""How likely an outcome is over a plane of two parameters, under a stated rule of selection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import sympy as sp
from matplotlib.axes import Axes

from deterrence.errors import UnknownName
from deterrence.plot.drawing import compound, draw_fill
from deterrence.plot.groups import outcome_of
from deterrence.plot.regions import DOMAIN, Chart, chart, decorate, frame, outline
from deterrence.plot.style import new_axes, styled
from deterrence.plot.words import plain

__all__ = ["SELECTIONS", "probability"]

SELECTIONS = {
    "first": "the first equilibrium that exists, in the order of the answer",
    "highest": "the highest among the equilibria that exist",
    "lowest": "the lowest among the equilibria that exist",
}


def probability(
    equilibria: Any,
    outcome: str,
    x: Any,
    y: Any,
    at: Mapping[Any, Any] | None = None,
    *,
    select: str = "first",
    x_range: tuple[Any, Any] | None = None,
    y_range: tuple[Any, Any] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the probability of an outcome as shades of grey-safe colour.

    Parameters
    ----------
    equilibria : Equilibria, or iterable of Equilibrium
        Their order matters to ``select="first"``; choose some of them to impose a refinement.
    outcome : str
    x, y : sympy.Symbol or str
    at : mapping
        Exact values of the other parameters that matter.
    select : {"first", "highest", "lowest"}
        Which equilibrium counts where several exist; written beside the scale.
    x_range, y_range : pair of numbers, optional
    ax : Axes, optional

    Returns
    -------
    Axes
        Shades meet at the exact boundaries.  Hatched: no equilibrium that settles the probability.

    Raises
    ------
    UnknownName
        If there is no such outcome or rule.
    """
    if select not in SELECTIONS:
        raise UnknownName(subject="select", wanted="a rule of selection", got=select, known=SELECTIONS)
    found = chart(equilibria, x, y, at, x_range=x_range, y_range=y_range, by="each", knife_edges=False)
    values = found.plane.values()
    table = {k: _settled(outcome_of(g.members[0], outcome, values), found) for k, g in enumerate(found.groups)}
    with styled():
        own = ax is None
        ax = new_axes(ax, (6.9, 4.9))
        frame(ax, found)
        last = None
        for members in {s.members for s in found.cells.strips}:
            last = _shade(ax, found, members, table, select) or last
        outline(ax, found)
        if last is not None:
            figure: Any = ax.get_figure(root=True)
            bar = figure.colorbar(last, ax=ax, location="bottom", fraction=0.05, pad=0.02, aspect=40)
            bar.set_label(f"Probability of {plain(outcome)}: {SELECTIONS[select]}", fontsize=10)
        decorate(ax, found, own, names=False)
    return ax


def _settled(value: sp.Expr, found: Chart) -> sp.Expr | None:
    """A probability that depends on the axes alone; None if the equilibrium leaves it open."""
    return value if value.free_symbols <= {found.plane.x, found.plane.y} else None


def _shade(
    ax: Axes, found: Chart, members: frozenset[Any], table: Mapping[int, sp.Expr | None], select: str
) -> Any | None:
    path = compound(found.cells, members)
    if path is None:
        return None
    if DOMAIN not in members:
        draw_fill(ax, path, "0.93", "0.8", "....")
        return None
    there = [table[k] for k in sorted(m for m in members if isinstance(m, int))]
    known = [e for e in there if e is not None]
    if not known:
        draw_fill(ax, path, "white", "0.6", "xx")
        return None
    (x0, y0), (x1, y1) = path.get_extents().min, path.get_extents().max
    xs, ys = np.meshgrid(np.linspace(x0, x1, 121), np.linspace(y0, y1, 121))
    inner = [np.clip(grid, *_inside(grid)) for grid in (xs, ys)]
    layers = [_values(e, found, inner) for e in (known[:1] if select == "first" else known)]
    shade = np.minimum.reduce(layers) if select == "lowest" else np.maximum.reduce(layers)
    mesh = ax.pcolormesh(xs, ys, shade, cmap="cividis_r", vmin=0, vmax=1, shading="gouraud", rasterized=True, zorder=1)
    mesh.set_clip_path(path, ax.transData)
    return mesh


def _inside(grid: np.ndarray) -> tuple[float, float]:
    """Just inside the edges, where no denominator vanishes."""
    low, high = float(grid.min()), float(grid.max())
    return low + 1e-9 * (high - low), high - 1e-9 * (high - low)


def _values(expr: sp.Expr, found: Chart, grids: list[np.ndarray]) -> np.ndarray:
    with np.errstate(all="ignore"):
        result = np.asarray(sp.lambdify((found.plane.x, found.plane.y), expr, "numpy")(*grids), dtype=float)
    return np.clip(np.broadcast_to(np.nan_to_num(result), grids[0].shape), 0.0, 1.0)
