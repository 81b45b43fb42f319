"""Whether a relation can hold somewhere in a region; undecided where no exact argument exists."""

from __future__ import annotations

from typing import Any

import sympy as sp

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
        Undecided for relations that are not between rational functions.
    """
    try:
        return (region & Region(relation, region.assumptions)).is_empty()
    except NotPolynomial as error:
        return Verdict.unknown(f"{relation} is beyond rational functions ({error.got})")
