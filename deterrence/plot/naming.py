"""Names inside the regions of a map, and the notes below it: letters, colours, what holds throughout."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from deterrence.plot.chart import DOMAIN, EDGE, Chart, excluded, samples
from deterrence.plot.equations import held, moved
from deterrence.plot.notes import Note
from deterrence.plot.placing import Room, fitted
from deterrence.plot.style import tint
from deterrence.plot.words import plain, wrapped

__all__ = ["Atlas", "general_notes", "key_notes", "names_in", "too_many", "write_names"]

MANY = 24  # equilibria that are explained one by one
ALONE = "only what exists throughout"


@dataclass(frozen=True)
class Atlas:
    """Where on the grid of an axes each combination exists, and a point inside it."""

    found: Chart
    table: np.ndarray
    points: Mapping[frozenset[int], tuple[float, float]]

    @classmethod
    def of(cls, room: Room, found: Chart) -> Atlas:
        """The grid of a room."""
        raster = found.cells.raster(room.xs, room.ys)
        shown = {m: found.shown(m) if DOMAIN in m else None for m in set(raster.ravel())}
        return cls(found, np.frompyfunc(shown.__getitem__, 1, 1)(raster), samples(found))

    def mask(self, members: frozenset[int]) -> np.ndarray:
        """Where exactly these exist."""
        return np.frompyfunc(lambda cell: cell == members, 1, 1)(self.table).astype(bool)


def write_names(
    ax: Axes, atlas: Atlas, room: Room, names_of: Callable[[frozenset[int]], list[str]], boxed: bool = False
) -> list[Note]:
    """Write the names inside; what does not fit gets a letter, explained in the notes that are returned.

    Parameters
    ----------
    ax : Axes
    atlas : Atlas
    room : Room
        What is free of the axes.
    names_of : function
        What to call a combination.
    boxed : bool
        Put every name on white, not only those over stripes.
    """
    letters = iter(string.ascii_uppercase + string.ascii_lowercase)
    given: dict[str, str] = {}
    masks = {m: atlas.mask(m) for m in atlas.found.sets()}
    for members, mask in sorted(masks.items(), key=lambda item: int(item[1].sum())):
        names = names_of(members)
        over = boxed or len(members) > 1
        box = {"boxstyle": "square,pad=0.1", "fc": "white", "ec": "none", "alpha": 0.85} if over else None

        def write(text: str, mask: np.ndarray = mask, box: Any = box) -> Any | None:
            return room.place(mask, text, fontsize=10, zorder=5, linespacing=1.05, bbox=box)

        full = " + ".join(names)
        stacked = "\n+ ".join(wrapped(n) for n in names)
        texts = [stacked, plain(full)] if stacked.count("\n") < 4 else []
        if fitted(write, texts) is None:
            letter = given.get(full) or next(letters, "*")
            if not mask.any() or room.place(mask, letter, margin=0, fontsize=9, zorder=5) is None:
                _pointed(ax, room, atlas.points[members], letter)
            given[full] = letter
    return [Note(f"{letter}: {full}") for full, letter in given.items()]


def _pointed(ax: Axes, room: Room, point: tuple[float, float], letter: str) -> None:
    """A letter beside a region that is too small for it, with a line into it."""
    placed = room.beside(point, letter, fontsize=9, zorder=5)
    if placed is not None:
        line = {"arrowstyle": "-", "lw": 0.6, "shrinkA": 4, "shrinkB": 0}
        ax.annotate("", point, placed.get_position(), arrowprops=line, zorder=5).set_gid("pointer")


def names_in(found: Chart, members: frozenset[int]) -> list[str]:
    """The names of a combination; of one where nothing exists but what does throughout, that one."""
    if members:
        return [found.groups[k].name for k in sorted(members)]
    if not found.throughout:
        return ["none"]
    return [found.groups[found.throughout[0]].name] if len(found.throughout) == 1 else [ALONE]


def key_notes(found: Chart, letters: bool) -> list[Note]:
    """Which colour is which equilibrium, wherever the names alone do not say it."""
    sets = found.sets()
    if not letters and all(len(m) < 2 for m in sets):
        return []
    inside = sorted({k for m in sets for k in m})
    entries = [Note(_explained(found, k), tint(k)) for k in inside[:MANY]]
    if len(inside) > MANY:
        entries.append(Note(f"and {len(inside) - MANY} more, in further shades"))
    striped = [Note("Stripes: each colour is one of the equilibria that exist there")]
    return entries + (striped if any(len(m) > 1 for m in sets) else [])


def too_many(found: Chart) -> int:
    """How many equilibria a map shows, if these are too many to explain; otherwise 0."""
    count = len({k for m in found.sets() for k in m} | set(found.throughout))
    return count if count > MANY else 0


def _explained(found: Chart, k: int) -> str:
    group = found.groups[k]
    if too_many(found):
        return group.name
    return f"{group.name}: {group.detail}" if group.detail else group.name


def general_notes(found: Chart, keyed: bool, fixed: bool) -> list[Note]:
    """What holds for the whole map, and how to read it."""
    notes = []
    if found.throughout:
        names = [_explained(found, k) for k in found.throughout[:MANY]]
        more = len(found.throughout) - len(names)
        notes.append("Throughout: " + "; ".join(names) + (f" and {more} more" if more else ""))
    if not keyed:
        inside = sorted({k for m in found.sets() for k in m})
        notes += [_explained(found, k) for k in inside if found.groups[k].detail and not too_many(found)]
    shown = {k for m in found.sets() for k in m} | set(found.throughout)
    wide = [g.name for g in (found.groups[k] for k in sorted(shown)) if any(e.how_known != "exact" for e in g.members)]
    if wide:
        notes.append(f"Drawn where local conditions hold, which may be wider than where it exists: {', '.join(wide)}")
    if any(EDGE in line.on for lines in found.labels.values() for line in lines):
        notes.append("Dotted: a knife-edge equilibrium exists on the line only")
    if any(excluded(line) for lines in found.labels.values() for line in lines):
        notes.append("Dashed: outside the assumptions, as only the line is")
    if any(DOMAIN not in s.members for s in found.cells.strips):
        notes.append("Grey: outside the assumptions")
    values = held(found.plane.fixed, found.used) if fixed else ""
    ready = [*moved(found.plane), *([f"Held fixed: {values}"] if values else [])]
    return [*(Note(n) for n in notes), *(Note(n, ready=True) for n in ready)]
