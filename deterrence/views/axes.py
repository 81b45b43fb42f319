"""Over which parameters a map is drawn where nobody says."""

from __future__ import annotations

from typing import Any

import sympy as sp

from deterrence.equilibria import Equilibria
from deterrence.plot.extent import changes
from deterrence.regions.logic import literals

__all__ = ["map_axes"]


def map_axes(eqs: Equilibria, picture: tuple[Any, Any] | None = None) -> tuple[sp.Symbol, sp.Symbol] | None:
    """The two parameters of a model's picture; else of those on which the conditions rest.

    Those first with which, at the samples of the others, a condition changes; of these probabilities first.
    None if there is no picture and the conditions rest on fewer than two.
    """
    known = eqs.game.assumptions
    if picture is not None:
        return known.resolve(picture[0]), known.resolve(picture[1])
    used = {s for e in eqs for f in literals(e.condition.formula) for s in e.condition.assumptions.ring.used(f.poly)}
    found = [s for s in known.symbols if s in used]
    samples = {s: known[s].sample for s in known.symbols if known[s].sample is not None}
    still = {s for s in found if not _changes(eqs, s, {t: v for t, v in samples.items() if t != s})}
    found.sort(key=lambda s: (s in still, known[s].kind not in ("probability", "distribution")))
    return (found[0], found[1]) if len(found) > 1 else None


def _changes(eqs: Equilibria, symbol: sp.Symbol, point: dict[sp.Symbol, Any]) -> bool:
    """Whether a condition changes along a parameter, inside the assumptions."""
    return bool(changes(eqs.game.assumptions, symbol, point, [e.condition for e in eqs]))
