"""Values that a family leaves open, prepared for their range over the free probabilities."""

from __future__ import annotations

import sympy as sp

from deterrence.equilibria import Equilibrium
from deterrence.polynomials import Polynomial
from deterrence.regions.logic import And, Formula, Literal
from deterrence.regions.scope import carry
from deterrence.sweeps.source import Quotient, Source
from deterrence.sweeps.specialise import Specialiser
from deterrence.sweeps.task import Bound, Range, Value

_MOST_FREE = 4
_UNKNOWN = Range(known=False)
Terms = tuple[tuple[tuple[int, ...], Value], ...]


def range_of(work: Specialiser, source: Source, equilibrium: Equilibrium, quotient: Quotient) -> Range:
    """The range of a value over a family, if the corners of a box settle it.

    That is so when each condition on the free probabilities is linear in one of them alone, and the
    value's numerator and denominator are of degree at most one in each.
    """
    free = equilibrium.free
    bounds = _bounds(work, source, equilibrium)
    if bounds is None or len(free) > _MOST_FREE:
        return _UNKNOWN
    above, below = work.ring.one * work.ring.constant(quotient.constant), work.ring.one
    for place, power in quotient.powers:
        factor = work.image(source.factors[place]) ** abs(power)
        above, below = (above * factor, below) if power > 0 else (above, below * factor)
    upper, lower = _terms(work, above, free), _terms(work, below, free)
    if upper is None or lower is None:
        return _UNKNOWN
    return Range(bounds, upper, lower)


def _terms(work: Specialiser, poly: Polynomial, free: tuple[sp.Symbol, ...]) -> Terms | None:
    """Coefficients of the products of free probabilities; None if one occurs squared."""
    ring = work.ring
    parts: dict[tuple[int, ...], Polynomial] = {(): poly}
    for place, symbol in enumerate(free):
        if any(ring.degree(p, symbol) > 1 for p in parts.values()):
            return None
        split = {}
        for places, part in parts.items():
            for power, coefficient in enumerate(ring.coefficients(part, symbol)):
                if coefficient != 0:
                    split[(*places, place) if power else places] = coefficient
        parts = split
    return tuple((places, work.polynomial(p)) for places, p in parts.items())


def _bounds(work: Specialiser, source: Source, equilibrium: Equilibrium) -> tuple[tuple[Bound, ...], ...] | None:
    """Bounds on each free probability; None if conditions tie several together or are not linear."""
    region, free = equilibrium.free_range, equilibrium.free
    if region.pending or any(len(set(free) & r.free_symbols) > 1 for r in region.assumptions.relations):
        return None
    formula = carry(region.formula, region.assumptions.ring, source.ring)
    table: dict[sp.Symbol, list[Bound]] = {s: [] for s in free}
    for literal in _conjuncts(formula):
        used = source.ring.used(literal.poly) if isinstance(literal, Literal) else free
        held = [s for s in free if s in used]
        if not held:
            continue
        if not isinstance(literal, Literal) or len(held) > 1 or literal.op not in (">", ">="):
            return None
        poly = work.image(literal.poly)
        parts = work.ring.coefficients(poly, held[0])
        if len(parts) > 2:
            return None
        slope = parts[1] if len(parts) == 2 else work.ring.zero
        table[held[0]].append(Bound(work.polynomial(slope), work.polynomial(parts[0])))
    return tuple(tuple(table[s]) for s in free)


def _conjuncts(formula: Formula) -> list[Formula]:
    if isinstance(formula, bool):
        return []
    return list(formula.parts) if isinstance(formula, And) else [formula]
