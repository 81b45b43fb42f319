"""A region cut down to two parameters: its truth at points and at points on one of its curves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import flint
import sympy as sp

from deterrence.errors import ParameterError, PointError
from deterrence.polynomials import Polynomial, Ring, key
from deterrence.regions.logic import And, Formula, Literal, conjunction, literals, map_literals
from deterrence.regions.proof import assumed_literals
from deterrence.regions.roots import Root, real_roots
from deterrence.regions.scope import independent

if TYPE_CHECKING:
    from deterrence.regions.region import Region

__all__ = ["Slice", "cut", "univariate"]


@dataclass(frozen=True)
class Slice:
    """The condition of a region, assumptions included, in two variables.

    Attributes
    ----------
    ring : Ring
        Of x and y.
    formula : Formula
    """

    ring: Ring
    formula: Formula

    @cached_property
    def factors(self) -> list[Polynomial]:
        """The irreducible curves on which some literal of the condition vanishes."""
        found: dict[Any, Polynomial] = {}
        for literal in literals(self.formula):
            for factor, _ in literal.poly.factor()[1]:
                found.setdefault(key(factor), factor)
        return list(found.values())

    @cached_property
    def _vanishing(self) -> dict[Any, set[Literal]]:
        """For each factor the literals whose polynomial it divides."""
        table: dict[Any, set[Literal]] = {}
        for literal in literals(self.formula):
            for factor, _ in literal.poly.factor()[1]:
                table.setdefault(key(factor), set()).add(literal)
        return table

    def holds(self, x: Any, y: Any, on: Polynomial | None = None) -> bool:
        """The truth at a rational point, or on the curve ``on == 0`` next to it.

        On the curve the literals that the curve does not divide have the sign that they have at
        the point, which must lie in a cell next to the curve.
        """
        zero = self._vanishing[key(on)] if on is not None else set()
        return self._holds(self.formula, (x, y), zero)

    def _holds(self, formula: Formula, point: tuple[Any, Any], zero: set[Literal]) -> bool:
        if isinstance(formula, bool):
            return formula
        if isinstance(formula, Literal):
            return formula.op in (">=", "==") if formula in zero else formula.sign_holds(formula.poly(*point))
        parts = (self._holds(p, point, zero) for p in formula.parts)
        return all(parts) if isinstance(formula, And) else any(parts)


def cut(region: Region, x: sp.Symbol, y: sp.Symbol, at: Mapping[Any, Any]) -> Slice:
    """Fix all parameters but two.

    Raises
    ------
    ParameterError
        If an axis is not an independent parameter, or both are the same.
    PointError
        If a parameter that matters is missing, or the values break the assumptions.
    """
    _check_axes(region, x, y)
    bare = region.eliminate() if region.pending else region
    exact = bare.assumptions.exact_point(at)
    rest = bare.at({s: v for s, v in exact.items() if s not in (x, y)})
    if rest.pending:
        names = ", ".join(s.name for s in rest.pending)
        raise ParameterError(
            subject="boundary", wanted="a condition without quantified symbols", got=f"one quantified over {names}"
        )
    ring, plane = rest.assumptions.ring, Ring((x, y))
    domain = [f for f in assumed_literals(rest.assumptions) if {x, y} & set(ring.used(f.poly))]
    whole = conjunction(rest.formula, *sorted(domain, key=lambda f: (f.op, f.key)))
    needed = {s for f in literals(whole) for s in ring.used(f.poly)} - {x, y}
    if needed:
        names = ", ".join(s.name for s in ring.symbols if s in needed)
        raise PointError(subject="boundary", wanted=f"a value for {names}", got="none", hint="give it in at={...}")
    return Slice(plane, map_literals(whole, lambda f: Literal(f.op, plane.convert(f.poly, ring))))


def _check_axes(region: Region, *axes: sp.Symbol) -> None:
    for axis in axes:
        independent(region.assumptions, axis, f"axis {axis}")
    if axes[0] == axes[1]:
        raise ParameterError(subject="axes", wanted="two different parameters", got=f"{axes[0]} twice")


def univariate(ring: Ring, poly: Polynomial, symbol: sp.Symbol, value: Any) -> list[Any]:
    """Coefficients in the other variable, lowest first, once `symbol` is a rational number."""
    (other,) = (s for s in ring.symbols if s != symbol)
    rest = ring.compose(poly, {symbol: ring.context.constant(value)})
    place = ring.index[other]
    coefficients = [flint.fmpq(0)] * (ring.degree(rest, other) + 1)
    for monomial, c in rest.to_dict().items():
        coefficients[int(monomial[place])] = c
    return coefficients


def roots_in(ring: Ring, poly: Polynomial, symbol: sp.Symbol) -> list[Root]:
    """The real roots of a polynomial that uses `symbol` alone."""
    (other,) = (s for s in ring.symbols if s != symbol)
    return real_roots(univariate(ring, poly, other, flint.fmpq(0)))


def critical(ring: Ring, curves: Iterable[Polynomial], along: sp.Symbol) -> list[Root]:
    """Where curves start, end, turn back or cross, measured along one axis."""
    (other,) = (s for s in ring.symbols if s != along)
    place = ring.index[other]
    curves = list(curves)
    flat = [f for f in curves if not ring.degree(f, other)]
    steep = [f for f in curves if ring.degree(f, other)]
    events = list(flat)
    for n, curve in enumerate(steep):
        events.append(ring.coefficients(curve, other)[-1])
        if ring.degree(curve, other) > 1:
            events.append(curve.discriminant(place))
        events += [curve.resultant(rival, place) for rival in steep[:n]]
    return sorted({root for e in events if not e.is_constant() for root in roots_in(ring, e, along)})
