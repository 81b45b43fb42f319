"""Whether a relation can hold somewhere in a region; undecided where no exact argument exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sympy as sp
from sympy.core.relational import Relational

from deterrence.errors import NotPolynomial
from deterrence.regions.region import Region
from deterrence.regions.verdict import Verdict

__all__ = ["always", "never"]


def always(relation: Any, region: Region) -> Verdict:
    """The verdict on: the relation holds everywhere in the region, where it must also be defined."""
    if isinstance(relation, Region):
        return region.implies(relation)
    try:
        return region.implies(Region(relation, region.assumptions))
    except NotPolynomial:
        return never(sp.Not(relation), region)


def never(relation: Any, region: Region) -> Verdict:
    """The verdict on: nowhere in the region does the relation hold.

    Parameters
    ----------
    relation : SymPy boolean
    region : Region

    Returns
    -------
    Verdict
        For relations that are not between rational functions never proved: refuted if they hold at the
        sample point or at some point of the region, by exact substitution, else undecided.
    """
    try:
        return (region & Region(relation, region.assumptions)).is_empty()
    except NotPolynomial as error:
        point = next((p for p in _tries(region) if _holds(relation, p)), None)
        if point is not None:
            return Verdict.refutation(point)
        return Verdict.unknown(f"{relation} is beyond rational functions ({error.got})")


def _tries(region: Region) -> Iterator[dict[sp.Symbol, Any]]:
    """The sample point, if it is complete and in the region, and some point of the region."""
    sample = region.assumptions.sample_point()
    if set(sample) == set(region.assumptions.ring.symbols) and region.contains(sample):
        yield sample
    found = region.find()
    if found.point is not None:
        yield found.point


def _holds(relation: Any, point: Mapping[sp.Symbol, Any]) -> bool:
    """Whether a relation between two sides whose difference is rational at the point holds there."""
    if not isinstance(relation, Relational):
        return False
    difference = (relation.lhs - relation.rhs).subs(point)
    return bool(difference.is_Rational and relation.func(difference, 0) == sp.true)
