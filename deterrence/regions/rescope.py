"""The same condition over other assumptions, with all that its shortening rests on."""

from __future__ import annotations

from deterrence.parameters import Assumptions
from deterrence.regions.formula import to_sympy
from deterrence.regions.region import Region

__all__ = ["rescoped"]


def rescoped(region: Region, assumptions: Assumptions) -> Region:
    """The same condition over other symbols, none of which it loses; nothing may be quantified in it.

    Parameters
    ----------
    region : Region
        Without pending symbols.
    assumptions : Assumptions
        They declare every symbol that the condition uses.

    Examples
    --------
    >>> from deterrence.parameters import Parameters
    >>> P = Parameters()
    >>> p, q, r = P.probability("p q r")
    >>> small = Parameters()
    >>> _ = small.probability("p q")
    >>> print(rescoped(Region(p < q, P), small.snapshot()))
    p < q
    """
    if region.assumptions == assumptions:
        return region
    return Region(to_sympy(region.formula, region.assumptions.ring), assumptions, taken=region.taken)
