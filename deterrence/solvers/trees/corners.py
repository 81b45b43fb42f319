"""Signs at the corners: bounds for expressions that are multilinear in probabilities.

Over a product of simplices (behaviour at information sets, beliefs) a multilinear expression
takes its extremes where every probability is 0 or 1.  If the coefficients have one sign at every
corner, so has the expression everywhere.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from deterrence.polynomials import Polynomial, Ring

UNKNOWN = 2
MOST_CORNERS = 4096
Group = Any


class Corners:
    """Corner signs for polynomials of one ring.

    Parameters
    ----------
    ring : Ring
        Where the polynomials live.
    members : mapping of group to mapping of member to generator index
        The probabilities: each group's members sum to one.
    free : frozenset of int
        Generators of unknown sign.
    """

    def __init__(self, ring: Ring, members: Mapping[Group, Mapping[Any, int]], free: frozenset[int]) -> None:
        self.ring, self.members, self.free = ring, members, free
        self.owner = {k: (g, m) for g, table in members.items() for m, k in table.items()}

    def signs(self, poly: Polynomial, allowed: Mapping[Group, tuple[Any, ...]]) -> set[int]:
        """The signs (1, -1, 0 or `UNKNOWN`) that `poly` takes at the corners.

        Parameters
        ----------
        poly : polynomial
            Multilinear in the groups' members.
        allowed : mapping of group to members
            Members that may have weight; all of them for a group that is not named.
        """
        parts = self._parts(poly)
        groups = {g for chosen in parts for g, _ in chosen}
        choices = {g: [m for m in self.members[g] if m in allowed.get(g, self.members[g])] for g in groups}
        count = 1
        for members in choices.values():
            count *= len(members)
        if count > MOST_CORNERS:
            return {UNKNOWN}
        found: set[int] = set()
        for corner in self._corners(choices):
            found.add(self._sign(parts, corner))
        return found

    @staticmethod
    def _corners(choices: dict[Group, list[Any]]) -> Iterator[frozenset[tuple[Group, Any]]]:
        names = list(choices)
        for combination in itertools.product(*choices.values()):
            yield frozenset(zip(names, combination, strict=True))

    def _parts(self, poly: Polynomial) -> dict[frozenset[tuple[Group, Any]], dict[tuple[int, ...], Any]]:
        """Terms sorted by the probabilities that they carry."""
        parts: dict[frozenset[tuple[Group, Any]], dict[tuple[int, ...], Any]] = {}
        owner = self.owner
        for monomial, coefficient in poly.to_dict().items():
            chosen, rest = [], list(monomial)
            for k, e in enumerate(monomial):
                if e and k in owner:
                    chosen.append(owner[k])
                    rest[k] = 0
            terms = parts.setdefault(frozenset(chosen), {})
            place = tuple(rest)
            terms[place] = terms.get(place, 0) + coefficient
        return parts

    def _sign(self, parts: Mapping[frozenset[Any], Mapping[tuple[int, ...], Any]], corner: frozenset[Any]) -> int:
        total: dict[tuple[int, ...], Any] = {}
        for chosen, terms in parts.items():
            if chosen <= corner:
                for place, coefficient in terms.items():
                    total[place] = total.get(place, 0) + coefficient
        result, sure = 0, False
        for place, coefficient in total.items():
            if coefficient == 0:
                continue
            sign = 1 if coefficient > 0 else -1
            if any(place[k] % 2 for k in self.free) or (result and sign != result):
                return UNKNOWN
            result, sure = sign, sure or not any(place[k] for k in self.free)  # an even power may be zero
        return result if sure or not result else UNKNOWN
