"""Regions where several relations hold together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp

from deterrence.parameters import Assumptions
from deterrence.regions.region import Region

__all__ = ["meeting"]


def meeting(relations: Iterable[Any], scope: Assumptions) -> Region:
    """Where all relations hold; those that SymPy has settled already are truth values."""
    region = Region.everything(scope)
    for relation in relations:
        if relation in (sp.true, sp.false, True, False):
            region = region if bool(relation) else Region.nothing(scope)
        else:
            region = region & Region(relation, scope)
    return region
