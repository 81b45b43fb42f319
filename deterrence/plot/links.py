"""Information sets of a drawn tree: dashed links that touch their own nodes and no others."""

from __future__ import annotations

import itertools

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from deterrence.games import ExtensiveGame
from deterrence.plot.columns import Place, Sheet

__all__ = ["draw_links"]


def draw_links(ax: Axes, game: ExtensiveGame, sheet: Sheet) -> None:
    """A dashed link between neighbours of each information set.

    It runs straight from node to node where nothing lies between them, and otherwise beside them,
    each set in a lane of its own.
    """
    for name, label in game.labels.items():
        members = sorted((p for p in label.positions if p in sheet.places), key=lambda p: sheet.places[p].y)
        for low, high in itertools.pairwise(members):
            path = _path(sheet.places[low], sheet.places[high], sheet.lanes.get(name, 0.0))
            link = PathPatch(path, fill=False, ls=(0, (4, 3)), color="black", lw=1.1, joinstyle="round", zorder=2)
            link.set_gid(f"information set {label.player} {label.label}")
            ax.add_patch(link)


def _path(low: Place, high: Place, way: float) -> Path:
    """From node to node: straight, bent around what lies between, or slanted to another column."""
    ends = [(low.x, low.y), (high.x, high.y)]
    if not way or low.x != high.x:
        return Path(ends)
    slant = min(way, (high.y - low.y) / 3)
    return Path([ends[0], (low.x - way, low.y + slant), (low.x - way, high.y - slant), ends[1]])
