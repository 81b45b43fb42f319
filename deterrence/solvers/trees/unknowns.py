"""The unknown probabilities of a profile of supports, and what the signs of coefficients tell of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sympy as sp

from deterrence.polynomials import Polynomial, Ring
from deterrence.regions.coordinates import homogenise
from deterrence.regions.logic import quick_key

__all__ = ["Signs", "Unknowns"]


@dataclass(frozen=True)
class Unknowns:
    """The unknown probabilities of a profile, by group: each group's members sum to one.

    Attributes
    ----------
    groups : tuple of (members, closed)
        Generator symbols of each group; the last one is eliminated.  Members of a closed group
        may be zero (beliefs), those of an open one may not (mixing).
    """

    groups: tuple[tuple[tuple[sp.Symbol, ...], bool], ...]

    @property
    def symbols(self) -> tuple[sp.Symbol, ...]:
        """The independent unknowns, mixing probabilities before beliefs."""
        mixing = [s for members, closed in self.groups if not closed for s in members[:-1]]
        return (*mixing, *(s for members, closed in self.groups if closed for s in members[:-1]))


class Signs:
    """Signs of polynomials over positive coordinates and unknown probabilities, by coefficients."""

    def __init__(self, ring: Ring, positive: Iterable[sp.Symbol], unknowns: Unknowns) -> None:
        self.ring = ring
        self.strict = {ring.index[s] for s in positive}
        self.groups = []
        self.weak: set[int] = set()
        for members, closed in unknowns.groups:
            places = tuple(ring.index[s] for s in members)
            self.groups.append((places, sum((ring.gen(s) for s in members), ring.zero)))
            (self.weak if closed else self.strict).update(places)
        self._known: dict[str, int] = {}

    def __call__(self, poly: Polynomial) -> int:
        """1 or -1 if strictly of that sign, 2 or -2 if weakly, 0 if unknown or zero."""
        k = quick_key(poly)
        if k not in self._known:
            self._known[k] = self._sign(poly)
        return self._known[k]

    def _sign(self, poly: Polynomial) -> int:
        for places, total in self.groups:
            degree = max((sum(m[k] for k in places) for m in poly.monoms()), default=0)
            if degree:
                poly = homogenise(self.ring, poly, places, total, degree)
        signs = {1 if c > 0 else -1 for c in poly.coeffs()}
        if len(signs) != 1:
            return 0
        known = self.strict | self.weak
        monomials = poly.monoms()
        if any(e % 2 and k not in known for m in monomials for k, e in enumerate(m)):
            return 0
        sure = any(all(not e or k in self.strict for k, e in enumerate(m)) for m in monomials)
        return signs.pop() * (1 if sure else 2)
