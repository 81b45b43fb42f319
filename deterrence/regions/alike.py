"""Two conditions compared up to their boundaries.

Conditions in the literature are weak, while a support with proper mixtures ends strictly inside; so
"exists if and only if" is a comparison of closures, and "never coexist" allows a meeting on a
boundary.  Relative to the assumptions,

* two sets are *alike* if they have the same closure: each point of one is a point of the other or a
  limit of such points;
* two sets are *apart* if what they have in common is nowhere dense in either: as close as one likes
  to every common point there are points that belong to the first alone, and points that belong to
  the second alone.  A set without interior (a knife-edge) is held to this within itself: the line
  ``p == t`` and the half-plane ``p >= t`` are not apart, for the whole line lies in both; the
  half-planes ``p <= t`` and ``p >= t`` are.

Making strict signs weak may give more than the closure, so a point is called a limit only where that
is shown (`closures`, `limits`), and called away only where it fails the weak signs too.  Between the
two lies "undecided".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from deterrence.errors import DeterrenceError
from deterrence.parameters import Assumptions
from deterrence.regions.clock import Clock
from deterrence.regions.closures import proved_closure, relaxed, tightened
from deterrence.regions.given import Given
from deterrence.regions.limits import doubtful
from deterrence.regions.logic import Formula
from deterrence.regions.region import Region
from deterrence.regions.trust import backed, merged
from deterrence.regions.verdict import Verdict

__all__ = ["alike", "apart", "open_part", "statement_holds", "within_closure"]

_ASKING = 0.6  # share of the time for the questions; the rest is for what was taken on an engine's word
_NOT_SHOWN = "it is not shown which points of the boundary are limits"


def alike(found: Region, claimed: Region, *, seconds: float = 60.0) -> Verdict:
    """Settle whether two regions have the same closure.

    Parameters
    ----------
    found, claimed : Region
    seconds : float
        For all questions together.

    Returns
    -------
    Verdict
        Refuted by a point of one that lies away from the other.

    Examples
    --------
    >>> from deterrence.parameters import Parameters
    >>> P = Parameters()
    >>> p, t = P.probability("p t")
    >>> print(alike(Region(p > t, P), Region(p >= t, P)))
    proved (certified)
    >>> alike(Region(sp.Eq(p, t), P), Region(False, P)).refuted
    True
    """
    clock = Clock(seconds)
    one, other = _untaken(found), _untaken(claimed)
    asking = Clock(seconds * _ASKING)
    parts = []
    for left, right, share in ((one, other, 0.5), (other, one, 1.0)):
        parts.append(_within(left, right, asking.left * share))
        if parts[-1].refuted:
            return parts[-1]
    return backed(Verdict.all_of(parts), merged(found.taken, claimed.taken), clock.left)


def apart(left: Region, right: Region, *, seconds: float = 60.0) -> Verdict:
    """Settle whether two regions meet at most on a boundary, as said above.

    Returns
    -------
    Verdict
        Refuted by a common point around which one of the regions lies inside the other.

    Examples
    --------
    >>> from deterrence.parameters import Parameters
    >>> P = Parameters()
    >>> p, t = P.probability("p t")
    >>> apart(Region(p <= t, P), Region(p >= t, P)).proved
    True
    >>> apart(Region(sp.Eq(p, t), P), Region(p >= t, P)).refuted
    True
    """
    clock = Clock(seconds)
    verdict = _apart(_untaken(left), _untaken(right), clock.left * _ASKING)
    return backed(verdict, merged(left.taken, right.taken), clock.left)


def _apart(left: Region, right: Region, seconds: float) -> Verdict:
    clock = Clock(seconds)
    common = left & right
    touching = open_part(common).is_empty(seconds=seconds / 4)
    if touching.refuted:
        return touching
    nowhere = common.is_empty(seconds=seconds / 4)
    if nowhere.proved:
        return nowhere
    try:
        sides = (left & right._complement(clock), right & left._complement(clock))
    except DeterrenceError as error:
        return Verdict.unknown(str(error), tried=("elimination",))
    parts = []
    for alone in sides:
        parts.append(_within(common, alone, seconds / 4))
        if parts[-1].refuted:
            return parts[-1]
    return Verdict.all_of(parts)


def within_closure(left: Region, right: Region, *, seconds: float = 10.0) -> Verdict:
    """Settle whether every point of a region belongs to another or is a limit of its points.

    Returns
    -------
    Verdict
        Refuted by a point that has a neighbourhood without points of the other region.
    """
    clock = Clock(seconds)
    verdict = _within(_untaken(left), _untaken(right), clock.left * _ASKING)
    return backed(verdict, merged(left.taken, right.taken), clock.left)


def _within(left: Region, right: Region, seconds: float) -> Verdict:
    clock = Clock(seconds)
    inside = left.implies(right, seconds=seconds / 4)
    if inside.proved:
        return inside
    bare = (right.eliminate(seconds=seconds / 4) if right.pending else right).simplify(seconds=seconds / 4)
    if bare.pending:
        return Verdict.unknown("quantified symbols are left in the condition", tried=("elimination",))
    away = left.implies(_with(bare, relaxed(bare.formula)), seconds=seconds / 4)
    if not away.proved:
        return away
    closure = proved_closure(bare.formula, bare.assumptions)
    if closure == relaxed(bare.formula):
        return away
    verdict = left.implies(_with(bare, closure), seconds=seconds / 8)
    if not verdict.proved:
        verdict = _reached(left, bare, right, clock.left)
    return verdict if verdict.proved else Verdict.unknown(_NOT_SHOWN, tried=verdict.tried, seconds=verdict.seconds)


def _reached(left: Region, bare: Region, right: Region, seconds: float) -> Verdict:
    """Whether a direction leads from every point of a region that is not in another into that one."""
    found = doubtful(bare.formula, bare.assumptions)
    if found is None:
        return Verdict.unknown(_NOT_SHOWN)
    try:
        outside = left & right._complement(Clock(seconds / 2))
    except DeterrenceError as error:
        return Verdict.unknown(str(error), tried=("elimination",))
    return (outside & Region(*found, taken=bare.taken)).is_empty(seconds=seconds)


def _untaken(region: Region) -> Region:
    """The region as if nothing had been taken on an engine's word: that is shown once, at the end."""
    return Region._made(region.formula, region.assumptions, region.pending, region.given)


def _with(region: Region, formula: Formula) -> Region:
    return Region(formula, region.assumptions, taken=region.taken)


def open_part(region: Region) -> Region:
    """An open part that is empty exactly if the region contains no open set."""
    bare = region.eliminate() if region.pending else region
    source = None if bare.given is None else Given("open part", (bare.given,))
    return Region._made(tightened(bare.formula), bare.assumptions, (), source, bare.taken)


def statement_holds(condition: Any, assumptions: Assumptions, point: Mapping[sp.Symbol, Any]) -> bool | None:
    """The truth of a condition as it was typed, by substitution alone; None if SymPy cannot tell."""
    return Given("is", (condition,)).holds(assumptions, point)
