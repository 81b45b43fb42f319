"""Over which parameters a map is drawn where nobody says."""

from __future__ import annotations

import sympy as sp

from deterrence.equilibria import Equilibria
from deterrence.regions.logic import literals

__all__ = ["map_axes"]


def map_axes(eqs: Equilibria) -> tuple[sp.Symbol, sp.Symbol] | None:
    """The two parameters a paper would take: of those on which the conditions rest, probabilities first.

    None if the conditions rest on fewer than two.
    """
    known = eqs.game.assumptions
    used = {s for e in eqs for f in literals(e.condition.formula) for s in e.condition.assumptions.ring.used(f.poly)}
    found = [s for s in known.symbols if s in used]
    found.sort(key=lambda s: known[s].kind not in ("probability", "distribution"))
    return (found[0], found[1]) if len(found) > 1 else None
