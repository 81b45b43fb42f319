"""Notes below a picture: plain words, colours explained, long equations."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes

from deterrence.plot.style import measured
from deterrence.plot.words import plain

__all__ = ["BELOW", "Note", "draw_notes", "reserve", "sealed"]

WIDTH = 88  # letters of a note
BELOW = 37.0  # points from the axes to the first note
PITCH = 1.28  # of the size of letters, from line to line
GAP = 4.0  # points around a note with fractions


@dataclass(frozen=True)
class Note:
    """One entry below a map; with a colour it begins with a patch of it.

    Attributes
    ----------
    text : str
        In lines already if `ready`, with mathematics; otherwise plain, to be wrapped.
    colour : colour or None
    ready : bool
    """

    text: str
    colour: Any = None
    ready: bool = False


def draw_notes(ax: Axes, notes: list[Note], start: float = BELOW) -> tuple[list[Any], float]:
    """Write the notes below the axes, from so many points on; gives the texts and their height in points."""
    texts: list[Any] = []
    down = 0.0
    for note in notes:
        if note.colour is not None:
            patch = {"boxstyle": "square,pad=0.0", "fc": note.colour, "ec": "0.4", "lw": 0.5}
            texts.append(_below(ax, "    ", 2.0, start + down, bbox=patch))
        text = note.text if note.ready else _wrapped(note.text)
        down += GAP / 2 if "frac" in text else 0.0
        texts.append(_below(ax, text, 0.0 if note.colour is None else 20.0, start + down, **_spacing(text)))
        down += measured(ax, text, fontsize=9, **_spacing(text))[1] + (GAP / 2 if "frac" in text else 0.0)
    return texts, down


def _spacing(text: str) -> dict[str, Any]:
    """Lines of one height, single or not; those with fractions take what they need."""
    return {} if "frac" in text else {"linespacing": PITCH}


def _below(ax: Axes, text: str, across: float, down: float, **style: Any) -> Any:
    """A text so many points below the axes."""
    place: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "ha": "left", "va": "top"}
    found = ax.annotate(text, (0, 0), (across, -down), fontsize=9, **place, **style)
    found.set_gid("notes")
    return found


def _wrapped(text: str) -> str:
    return "\n".join(plain(line) for line in textwrap.wrap(text, WIDTH, subsequent_indent="     "))


def reserve(figure: Any, notes: list[Any], base: float, height: float) -> None:
    """A band at the foot of a figure for its notes.

    Parameters
    ----------
    figure : Figure
        With a constrained layout.
    notes : list of Text
    base : float
        Inches of the figure without notes.
    height : float
        Points of the notes.
    """
    for text in notes:
        text.set_in_layout(False)
    whole = base + height / 72
    figure.set_figheight(whole)
    figure.get_layout_engine().set(rect=(0, 1 - base / whole, 1, base / whole))


def sealed(figure: Any, notes: list[Any]) -> None:
    """Let nothing move any more, and let the notes count when the figure is cut to its contents."""
    figure.set_layout_engine("none")
    for text in notes:
        text.set_in_layout(True)
