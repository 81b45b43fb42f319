"""Names inside the regions of a map, and the notes below it: letters, colours, what holds throughout."""

from __future__ import annotations

import string
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from deterrence.plot.chart import DOMAIN, EDGE, Chart, samples
from deterrence.plot.equations import held, moved
from deterrence.plot.placing import Room, fitted
from deterrence.plot.style import measured, tint
from deterrence.plot.words import plain, wrapped

__all__ = ["Atlas", "Note", "draw_notes", "general_notes", "key_notes", "names_in", "write_names"]

WIDTH = 88  # letters of a note
BELOW = 34.0  # points from the axes to the first note
ALONE = "only what exists throughout"


@dataclass(frozen=True)
class Note:
    """One entry below a map; with a colour it begins with a patch of it."""

    text: str
    colour: Any = None


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
    notes = []
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
            letter = next(letters, "*")
            if not mask.any() or room.place(mask, letter, margin=0, fontsize=9, zorder=5) is None:
                _pointed(ax, room, atlas.points[members], letter)
            notes.append(Note(f"{letter}: {full}"))
    return notes


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
    entries = [Note(_explained(found, k), tint(k)) for k in inside]
    striped = [Note("Stripes: each colour is one of the equilibria that exist there")]
    return entries + (striped if any(len(m) > 1 for m in sets) else [])


def _explained(found: Chart, k: int) -> str:
    group = found.groups[k]
    return f"{group.name}: {group.detail}" if group.detail else group.name


def general_notes(found: Chart, keyed: bool, fixed: bool) -> list[Note]:
    """What holds for the whole map, and how to read it."""
    notes = []
    if found.throughout:
        notes.append("Throughout: " + ", ".join(_explained(found, k) for k in found.throughout))
    if not keyed:
        inside = sorted({k for m in found.sets() for k in m})
        notes += [_explained(found, k) for k in inside if found.groups[k].detail]
    shown = {k for m in found.sets() for k in m} | set(found.throughout)
    wide = [g.name for g in (found.groups[k] for k in sorted(shown)) if any(e.how_known != "exact" for e in g.members)]
    if wide:
        notes.append(f"Drawn where local conditions hold, which may be wider than where it exists: {', '.join(wide)}")
    if any(EDGE in line.on for lines in found.labels.values() for line in lines):
        notes.append("Dotted: a knife-edge equilibrium exists on the line only")
    if any(DOMAIN not in s.members for s in found.cells.strips):
        notes.append("Grey: outside the assumptions")
    notes += moved(found.plane)
    values = held(found.plane, found.used) if fixed else ""
    return [Note(n) for n in [*notes, *([f"Held fixed: {values}"] if values else [])]]


def draw_notes(ax: Axes, notes: list[Note]) -> float:
    """Write the notes below the axes; gives their height in points."""
    down = 0.0
    for note in notes:
        text = note.text if "$" in note.text else _wrapped(note.text)
        height = measured(ax, text, fontsize=9, linespacing=1.25)[1]
        if note.colour is not None:
            patch = {"boxstyle": "square,pad=0.0", "fc": note.colour, "ec": "0.4", "lw": 0.5}
            _below(ax, "    ", 2.0, down, bbox=patch)
        _below(ax, text, 0.0 if note.colour is None else 20.0, down)
        down += height + 2.5
    return down


def _below(ax: Axes, text: str, across: float, down: float, **style: Any) -> None:
    """A text so many points below the axes."""
    place: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "ha": "left", "va": "top"}
    at = (across, -BELOW - down)
    ax.annotate(text, (0, 0), at, fontsize=9, linespacing=1.25, gid="notes", **place, **style)


def _wrapped(text: str) -> str:
    return "\n".join(plain(line) for line in textwrap.wrap(text, WIDTH, subsequent_indent="     "))
