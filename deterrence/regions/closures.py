"""Closure and interior of a formula: signs relaxed or tightened, and when that is exact.

Making strict signs weak gives a closed set that contains the closure, but it may contain more.  It
is the closure where one direction leads from every point of the relaxed piece into the strict one:
a direction along which every literal increases, as the signs of derivatives show.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from deterrence.parameters import Assumptions
from deterrence.regions.coordinates import coordinates
from deterrence.regions.logic import Formula, Literal, conjunction, disjunction, disjunctive, map_literals

__all__ = ["closure_is_exact", "proved_closure", "relaxed", "tightened"]

Direction = dict[int, int]  # place of a symbol -> 1 or -1
_MOST_DIRECTIONS = 3000


def relaxed(formula: Formula) -> Formula:
    """Strict signs made weak."""

    def change(f: Literal) -> Formula:
        if f.op == "!=":
            return True
        return Literal(">=", f.poly) if f.op == ">" else f

    return map_literals(formula, change)


def tightened(formula: Formula) -> Formula:
    """Weak signs made strict; equations leave nothing."""

    def change(f: Literal) -> Formula:
        if f.op == "==":
            return False
        return Literal(">", f.poly) if f.op == ">=" else f

    return map_literals(formula, change)


def proved_closure(formula: Formula, assumptions: Assumptions) -> Formula:
    """As much as is shown to lie in the closure: pieces relaxed where that is exact, the others as they are."""
    pieces = disjunctive(formula)
    if pieces is None:
        return formula
    closed = (relaxed(conjunction(*piece)) if _reaches(piece, assumptions) else conjunction(*piece) for piece in pieces)
    return disjunction(*closed)


def closure_is_exact(formula: Formula, assumptions: Assumptions) -> bool:
    """Whether it is shown that relaxing every strict sign gives exactly the closure."""
    pieces = disjunctive(formula)
    if pieces is None:
        return False
    return all(_reaches(piece, assumptions) for piece in pieces)


def _reaches(piece: list[Literal], assumptions: Assumptions) -> bool:
    """Whether some direction leads from the relaxed piece into the piece, everywhere."""
    if all(f.op in (">=", "==") for f in piece):
        return True
    slopes = [_slopes(f, assumptions) for f in piece]
    directions = _directions(piece, slopes, _movable(assumptions))
    return any(all(_good(f.op, s, d) for f, s in zip(piece, slopes, strict=True)) for d in directions)


def _movable(assumptions: Assumptions) -> frozenset[int]:
    """The places of symbols that can always be moved a little: all they obey is strict."""
    stuck = {s for r in assumptions.relations if r.rel_op not in ("<", ">") for s in r.free_symbols}
    return frozenset(k for k, s in enumerate(assumptions.ring.symbols) if s not in stuck)


def _slopes(f: Literal, assumptions: Assumptions) -> dict[int, int]:
    """For each symbol of a literal, the sign of the derivative: 1, -1, 2, -2, or 0 for unknown."""
    sign = coordinates(assumptions).sign
    return {k: sign(f.poly.derivative(k)) for k, degree in enumerate(f.poly.degrees()) if degree > 0}


def _directions(piece: list[Literal], slopes: list[dict[int, int]], movable: frozenset[int]) -> Iterator[Direction]:
    """Directions in which every strict literal has a symbol that makes it grow."""
    sure = [[(k, s) for k, s in slope.items() if abs(s) == 1 and k in movable] for slope in slopes]
    choices = [c for f, c in zip(piece, sure, strict=True) if f.op == ">"]
    if not choices:
        yield from ({k: s} for c in sure for k, s in c)
    for combination in itertools.islice(itertools.product(*choices), _MOST_DIRECTIONS if choices else 0):
        direction = dict(combination)
        if all(direction[k] == s for k, s in combination):
            yield direction


def _good(op: str, slopes: dict[int, int], direction: Direction) -> bool:
    """Whether a literal holds a little way along the direction, from wherever it holds relaxed."""
    growth = [slopes[k] * step for k, step in direction.items() if k in slopes]
    if any(s == 0 for s in growth):
        return False
    if op == "==":
        return not growth
    rising, falling = any(s == 1 for s in growth), any(s == -1 for s in growth)
    if op == "!=":
        return (rising and all(s > 0 for s in growth)) or (falling and all(s < 0 for s in growth))
    if op == ">":
        return rising and all(s > 0 for s in growth)
    return all(s > 0 for s in growth)
