"""How pictures look: a journal's plain style, colours that the colour-blind tell apart, grey-safe.

Colours are those of Okabe and Ito (2008), as tints under black text.  Colour never carries meaning
alone: regions are named and overlaps hatched, lines have dashes of their own.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

__all__ = ["COLOURS", "DASHES", "HATCHES", "RC", "colour", "dash", "measured", "new_axes", "settled", "styled", "tint"]

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#7F7F7F")
DASHES: tuple[Any, ...] = (
    "-",
    (0, (5, 1.5)),
    (0, (1.5, 1.2)),
    (0, (6, 1.5, 1.5, 1.5)),
    (0, (9, 2)),
    (0, (3, 1, 1, 1, 1, 1)),
)
HATCHES = ("//", "\\\\", "..", "xx", "--", "||", "oo", "++")
RC: dict[Any, Any] = {
    "font.family": ["STIXGeneral", "DejaVu Serif"],
    "mathtext.fontset": "stix",
    "font.size": 10.0,
    "axes.labelsize": 12.0,
    "axes.titlesize": 11.0,
    "axes.linewidth": 0.8,
    "xtick.labelsize": 9.5,
    "ytick.labelsize": 9.5,
    "hatch.linewidth": 2.2,
    "svg.fonttype": "path",
    "svg.hashsalt": "deterrence",
    "pdf.fonttype": 42,
}


def colour(index: int) -> str:
    """The colour of the member of that number; after the last they begin again."""
    return COLOURS[index % len(COLOURS)]


def dash(index: int) -> Any:
    """The dashes of the line of that number."""
    return DASHES[index % len(DASHES)]


def tint(index: int) -> tuple[float, float, float]:
    """A colour mixed with white, light enough for black text; after the last colour paler, then stronger.

    Examples
    --------
    >>> all(0.5 < part <= 1 for part in tint(1))
    True
    """
    strength = (0.42, 0.2, 0.65)[index // len(COLOURS) % 3]
    red, green, blue = (1 - strength * (1 - part) for part in to_rgb(colour(index)))
    return red, green, blue


@contextmanager
def styled() -> Iterator[None]:
    """The style, for what is made inside."""
    import matplotlib as mpl

    with mpl.rc_context(RC):
        yield


def new_axes(ax: Axes | None, size: tuple[float, float]) -> Axes:
    """`ax`, or the axes of a new figure of that size in inches.

    Without a display the figure is drawn off the screen, where it can still be saved.
    """
    if ax is not None:
        return ax
    import matplotlib as mpl

    if _no_display() and "matplotlib.pyplot" not in sys.modules and not os.environ.get("MPLBACKEND"):
        mpl.use("Agg")
    import matplotlib.pyplot as plt

    try:
        figure = plt.figure(figsize=size, layout="constrained")
    except (ImportError, RuntimeError):
        plt.switch_backend("Agg")
        figure = plt.figure(figsize=size, layout="constrained")
    return figure.add_subplot()


def _no_display() -> bool:
    """Whether windows cannot be shown here."""
    return sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def settled(ax: Axes) -> Any:
    """Lay out the figure as it stands, and give the renderer that measures text."""
    figure: Any = ax.get_figure(root=True)
    with styled():
        figure.draw_without_rendering()
    return figure.canvas.get_renderer() if hasattr(figure.canvas, "get_renderer") else figure._get_renderer()


def measured(ax: Axes, text: str, **style: Any) -> tuple[float, float]:
    """Width and height of a text in points, however large the axes are."""
    figure: Any = ax.get_figure(root=True)
    canvas = figure.canvas
    renderer = canvas.get_renderer() if hasattr(canvas, "get_renderer") else figure._get_renderer()
    probe = ax.text(0, 0, text, **style)
    box = probe.get_window_extent(renderer)
    probe.remove()
    return float(box.width * 72 / figure.dpi), float(box.height * 72 / figure.dpi)
