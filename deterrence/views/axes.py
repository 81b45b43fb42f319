"""Over which parameters a map is drawn where nobody says."""

from __future__ import annotations

from typing import Any

import sympy as sp

from deterrence.equilibria import Equilibria
from deterrence.regions.logic import literals

__all__ = ["map_axes"]


def map_axes(eqs: Equilibria, picture: tuple[Any, Any] | None = None) -> tuple[sp.Symbol, sp.Symbol] | None:
    """The two parameters of a model's picture; else of those on which the conditions rest, probabilities first.

    None if there is no picture and the conditions rest on fewer than two.
    """
    known = eqs.game.assumptions
    if picture is not None:
        return known.resolve(picture[0]), known.resolve(picture[1])
    used = {s for e in eqs for f in literals(e.condition.formula) for s in e.condition.assumptions.ring.used(f.poly)}
    found = [s for s in known.symbols if s in used]
    found.sort(key=lambda s: known[s].kind not in ("probability", "distribution"))
    return (found[0], found[1]) if len(found) > 1 else None
