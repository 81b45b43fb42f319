"""Whether a point lies in a region, and the slice of a region at a point."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import sympy as sp

from deterrence.errors import DeterrenceError, PointError
from deterrence.parameters import Assumptions
from deterrence.regions import combine
from deterrence.regions.algebraic import holds_at_algebraic, is_irrational
from deterrence.regions.decide import satisfiable
from deterrence.regions.logic import Formula, conjunction, holds
from deterrence.regions.points import assumed

if TYPE_CHECKING:
    from deterrence.regions.region import Region

__all__ = ["contains", "sliced"]


def contains(region: Region, point: Mapping[Any, Any], seconds: float) -> bool:
    """Whether a point lies in the region (exact); see `Region.contains`."""
    if any(map(is_irrational, point.values())):
        return holds_at_algebraic(region.to_sympy(), region.assumptions, point, region.pending)
    exact = region.assumptions.exact_point(point)
    missing = [s.name for s in region.symbols if s not in exact]
    if missing:
        raise PointError(
            subject="point", wanted=f"a value for {', '.join(missing)}", got=", ".join(map(str, exact)) or "none"
        )
    if region.assumptions.violated(exact):
        return False
    if not region.pending and not holds(region.formula, region.assumptions.ring, exact):
        return False
    return _completes(region, exact, seconds)


def _completes(region: Region, exact: Mapping[sp.Symbol, Any], seconds: float) -> bool:
    """Whether what the point leaves open can be filled in."""
    known = region.assumptions
    rest = combine.fixed(known, exact)
    linked = any(r.free_symbols & set(exact) and r.free_symbols - set(exact) for r in known.relations)
    if not region.pending and not linked:
        return True
    formula = combine.at_point(region.formula, known, exact, rest) if region.pending else True
    answer = satisfiable(conjunction(assumed(rest), formula), rest, seconds=seconds)
    if answer.status == "unknown":
        raise DeterrenceError(
            subject="membership", problem=f"not decided within {seconds:g} s ({', '.join(answer.tried)})"
        )
    return answer.status == "sat"


def sliced(region: Region, point: Mapping[Any, Any]) -> tuple[Formula, Assumptions, dict[sp.Symbol, sp.Rational]]:
    """The formula and the assumptions once some parameters have given values, and these.

    Raises
    ------
    PointError
        If the values break an assumption.
    """
    exact = region.assumptions.exact_point(point)
    broken = region.assumptions.violated(exact)
    if broken:
        raise PointError(
            subject=", ".join(f"{s} = {v}" for s, v in exact.items()),
            wanted="a point where the assumptions hold",
            got=f"one that breaks {', '.join(map(str, broken))}",
        )
    rest = combine.fixed(region.assumptions, exact)
    return combine.at_point(region.formula, region.assumptions, exact, rest), rest, exact
