"""Exact points where the assumptions hold: made from positive coordinates, kept ready for questions.

Most questions of a search are satisfiable, and one of a few dozen scattered points shows it in
microseconds, exactly and without an engine.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import flint
import sympy as sp

from deterrence.parameters import Assumptions
from deterrence.polynomials import Ring, to_flint
from deterrence.regions.coordinates import coordinates
from deterrence.regions.formula import normalise
from deterrence.regions.logic import And, Formula, conjunction, holds_at, literals

__all__ = ["Pool", "assumed", "pool", "relevant"]

Values = tuple[Any, ...]  # FLINT rationals in ring order
_GAPS = [flint.fmpq(*f) for f in ((1, 1), (2, 1), (1, 2), (3, 1), (1, 4), (5, 1), (1, 10), (10, 1))]


@lru_cache(maxsize=256)
def assumed(assumptions: Assumptions) -> Formula:
    """All assumptions as one formula over their ring (nothing taken for granted in writing it)."""
    ring = assumptions.ring
    parts = [normalise(r.rel_op, *ring.fraction(r.lhs - r.rhs), lambda _: 0) for r in assumptions.relations]
    return conjunction(*parts)


@lru_cache(maxsize=256)
def _groups(assumptions: Assumptions) -> tuple[tuple[frozenset[int], Formula], ...]:
    """The assumptions part by part, each with the places of the symbols it uses."""
    whole = assumed(assumptions)
    parts: tuple[Formula, ...] = whole.parts if isinstance(whole, And) else () if whole is True else (whole,)
    return tuple((places(part), part) for part in parts)


def places(formula: Formula) -> frozenset[int]:
    """The places (in the ring) of the symbols that a formula uses."""
    return frozenset(k for f in literals(formula) for k, degree in enumerate(f.poly.degrees()) if degree > 0)


def relevant(assumptions: Assumptions, used: frozenset[int]) -> tuple[Formula, Formula]:
    """The assumptions that are linked to the used symbols through common symbols, and the others."""
    near: list[Formula] = []
    rest, reach = list(_groups(assumptions)), set(used)
    while True:
        linked = [g for g in rest if not g[0] or g[0] & reach]
        if not linked:
            return conjunction(*near), conjunction(*(part for _, part in rest))
        rest = [g for g in rest if g[0] and not g[0] & reach]
        for symbols, part in linked:
            reach |= symbols
            near.append(part)


class Pool:
    """Points that satisfy some assumptions, most recently useful first.

    Parameters
    ----------
    assumptions : Assumptions
        What every point satisfies, checked exactly.
    size : int
        How many points to keep.
    """

    def __init__(self, assumptions: Assumptions, size: int = 64) -> None:
        self.assumptions = assumptions
        self.ring: Ring = assumptions.ring
        self.size = size
        self.points: deque[Values] = deque(maxlen=size)
        rng = random.Random(20)
        for values in self._drawn(rng, 3 * size):
            if len(self.points) >= size * 3 // 4:
                break
            self.add(values)
        self._add_sample()

    def _add_sample(self) -> None:
        sample = self.assumptions.sample_point()
        if len(sample) == len(self.ring.symbols):
            self.add(tuple(to_flint(sample[s]) for s in self.ring.symbols))

    def _drawn(self, rng: random.Random, count: int) -> Iterator[Values]:
        """Points from random positive coordinates: orders and distributions hold by construction."""
        coords = coordinates(self.assumptions)
        signed = coords.strict | coords.weak
        for k in range(count):
            gaps = _GAPS[: 3 + k % 6]
            drawn = {
                s: rng.choice(gaps) if s in signed else flint.fmpq(rng.randint(-4, 4), rng.choice((1, 1, 2)))
                for s in coords.ring.symbols
            }
            drawn.update({s: flint.fmpq(0) for s in coords.weak if rng.random() < 0.3})
            yield self._to_user(drawn)

    def _to_user(self, drawn: dict[sp.Symbol, Any]) -> Values:
        coords = coordinates(self.assumptions)
        for weights in coords.weights:
            total = sum((drawn[s] for s in (*weights.symbols, weights.last)), flint.fmpq(0))
            if total == 0:
                drawn[weights.last] = total = flint.fmpq(1)
            drawn.update({s: drawn[s] / total for s in weights.symbols})
        values = [drawn[s] for s in coords.ring.symbols] or [flint.fmpq(0)]
        return tuple(p(*values) for p in coords._embedding)

    def add(self, values: Values) -> bool:
        """Keep a point if the assumptions hold there."""
        values = tuple(values) or (flint.fmpq(0),)
        if values in self.points or not holds_at(assumed(self.assumptions), values):
            return False
        self.points.appendleft(values)
        return True

    def find(self, formula: Formula) -> Values | None:
        """A point where the formula holds too, if one is at hand."""
        for k, values in enumerate(self.points):
            if holds_at(formula, values):
                if k > 8:
                    del self.points[k]
                    self.points.appendleft(values)
                return values
        return None


@lru_cache(maxsize=128)
def pool(assumptions: Assumptions) -> Pool:
    """The (shared) pool of some assumptions."""
    return Pool(assumptions)
