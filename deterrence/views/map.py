"""The map of a model in a document: its axes, what is held fixed, and the picture as SVG."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from deterrence.equilibria import Equilibria
from deterrence.views.axes import map_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from deterrence.model import Model

__all__ = ["map_of", "svg"]


def svg(ax: Axes) -> str:
    """A picture as SVG that may stand inside a page; its figure is closed."""
    import matplotlib.pyplot as plt

    from deterrence.plot.style import styled

    figure: Any = ax.get_figure(root=True)
    buffer = io.StringIO()
    with styled():
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight")
    plt.close(figure)
    text = buffer.getvalue()
    return re.sub(r"<metadata>.*?</metadata>", "", text[text.index("<svg") :], flags=re.DOTALL)


def map_of(
    model: Model, eqs: Equilibria, x: Any, y: Any, at: Mapping[Any, Any] | None
) -> tuple[Axes, dict[Any, Any]] | None:
    """The map, and what is held fixed in it; None where fewer than two parameters matter."""
    from deterrence.plot import regions

    axes = map_axes(eqs, model.picture)
    if axes is None and (x is None or y is None):
        return None
    known = eqs.game.assumptions
    usual = [s for s in axes or () if s not in {known.resolve(a) for a in (x, y) if a is not None}]
    first = known.resolve(x) if x is not None else usual.pop(0)
    second = known.resolve(y) if y is not None else usual[0]
    point = {**model.sample_point(), **(known.exact_point(at) if at else {})}
    ax = regions(eqs, first, second, point)
    return ax, {s: v for s, v in point.items() if s not in (first, second)}
