"""Whether two conditions are the same up to their boundaries.

Two regions are alike if neither contains an open set that misses the other, and each lies within
the other once strict signs are made weak.  That is how "exists if and only if" of the literature
is meant: the conditions there are weak, while a support with proper mixtures ends strictly inside.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from deterrence.parameters import Assumptions
from deterrence.regions.closures import relaxed, tightened
from deterrence.regions.given import Given
from deterrence.regions.region import Region
from deterrence.regions.verdict import Verdict

__all__ = ["alike", "apart", "open_part", "statement_holds"]


def alike(found: Region, claimed: Region, *, seconds: float = 10.0) -> Verdict:
    """Settle whether two regions are the same up to their boundaries.

    Parameters
    ----------
    found, claimed : Region
    seconds : float
        For all questions together.

    Returns
    -------
    Verdict
        Refuted by a point of one that lies away from the other.
    """
    share = seconds / 4
    parts = []
    for left, right in ((found, claimed), (claimed, found)):
        parts.append(open_part(left & ~right).is_empty(seconds=share))
        if parts[-1].refuted:
            return parts[-1]
    for left, right in ((found, claimed), (claimed, found)):
        parts.append(left.implies(Region(relaxed(right.formula), right.assumptions), seconds=share))
        if parts[-1].refuted:
            return parts[-1]
    return Verdict.all_of(parts)


def apart(left: Region, right: Region, *, seconds: float = 10.0) -> Verdict:
    """Settle whether two regions share no open set (their boundaries may touch)."""
    return open_part(left & right).is_empty(seconds=seconds)


def open_part(region: Region) -> Region:
    """An open part that is empty exactly if the region contains no open set."""
    bare = region.eliminate() if region.pending else region
    source = None if bare.given is None else Given("open part", (bare.given,))
    return Region._made(tightened(bare.formula), bare.assumptions, (), source)


def statement_holds(condition: Any, assumptions: Assumptions, point: Mapping[sp.Symbol, Any]) -> bool | None:
    """The truth of a condition as it was typed, by substitution alone; None if SymPy cannot tell."""
    return Given("is", (condition,)).holds(assumptions, point)
