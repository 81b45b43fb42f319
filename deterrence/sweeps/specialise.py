"""From a source and the values of a sweep to a task: what is scalar is put in, exactly.

Relations that scalars settle disappear, fractions are reduced again, and what is left becomes one
array program over the parameters that vary.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import sympy as sp

from deterrence.polynomials import Polynomial, Ring, primitive, to_fraction
from deterrence.regions.logic import And, Formula, Literal, quick_key
from deterrence.sweeps.program import Builder, ExactPolynomial, Program
from deterrence.sweeps.source import Quotient, Source
from deterrence.sweeps.task import NO_VALUE, Check, Every, Sign, Some, Test, Value

Scaled = tuple[Fraction, Polynomial | None]


class Specialiser:
    """Brings polynomials of a source into a program, with some symbols replaced.

    Parameters
    ----------
    source : Source
    ring : Ring
        The source's ring, perhaps with named expressions behind it.
    images : mapping of sympy.Symbol to polynomial of `ring`
        Scalars as constants, and symbols that follow from named expressions.
    dims : mapping of sympy.Symbol to tuple of str
        Along which dimensions each other parameter varies.
    """

    def __init__(
        self,
        source: Source,
        ring: Ring,
        images: Mapping[sp.Symbol, Polynomial],
        dims: Mapping[sp.Symbol, tuple[str, ...]],
    ) -> None:
        self.source, self.ring, self._dims = source, ring, dims
        self._images = [images.get(s, g) for s, g in zip(ring.symbols, ring.gens, strict=True)]
        self._plain = not images
        self._builder = Builder(ring, {ring.index[s]: d for s, d in dims.items()})
        self._signs: list[Sign] = []
        self._places: dict[str, int] = {}
        self._factors: dict[int, Scaled] = {}
        self.missing: set[sp.Symbol] = set()

    def program(self) -> Program:
        """The array program of all that was asked for."""
        return self._builder.program()

    @property
    def signs(self) -> tuple[Sign, ...]:
        """The polynomials whose sign or size matters."""
        return tuple(self._signs)

    def image(self, poly: Polynomial) -> Polynomial:
        """A polynomial of the source with the symbols replaced."""
        poly = self.ring.convert(poly, self.source.ring)
        return poly if self._plain or not self.ring.symbols else poly.compose(*self._images)

    def check(self, formula: Formula) -> Check:
        """A formula over the source's ring."""
        return self.check_image(formula, self.image)

    def check_image(self, formula: Formula, image: Any = None) -> Check:
        """A formula; `image` brings its polynomials into the ring (as they are, if there is none)."""
        if isinstance(formula, bool):
            return formula
        if isinstance(formula, Literal):
            return self._test(formula, image(formula.poly) if image else formula.poly)
        every = isinstance(formula, And)
        parts: dict[Check, None] = {}
        for part in formula.parts:
            made = self.check_image(part, image)
            if isinstance(made, bool):
                if made is not every:
                    return made
            else:
                parts[made] = None
        if len(parts) < 2:
            return next(iter(parts), every)
        return Every(tuple(parts)) if every else Some(tuple(parts))

    def _test(self, literal: Literal, poly: Polynomial) -> Check:
        scale, part = self._scaled(poly)
        if part is None:
            return literal.sign_holds(scale)
        return Test(literal.op, self.sign(part), scale < 0)

    def _scaled(self, poly: Polynomial) -> Scaled:
        """A polynomial as a number times a primitive one (None if it is constant)."""
        if poly.is_constant():
            return (to_fraction(poly.coeffs()[0]) if poly != 0 else Fraction(0)), None
        _, part = primitive(poly)
        return to_fraction(poly.leading_coefficient()) / to_fraction(part.leading_coefficient()), part

    def sign(self, part: Polynomial) -> int:
        """The place of a primitive polynomial in the table of signs; notes symbols without a value."""
        name = quick_key(part)
        if name not in self._places:
            lacking = [s for s in self.ring.used(part) if s not in self._dims]
            self.missing.update(lacking)
            node = -1 if lacking else self._builder.polynomial(part)
            self._places[name] = len(self._signs)
            self._signs.append(Sign(node, ExactPolynomial(part)))
        return self._places[name]

    def value(self, quotient: Quotient) -> Value:
        """A fraction of the source."""
        parts = [(*self._factor(place), power) for place, power in quotient.powers]
        return self._combined(quotient.constant, parts)

    def _factor(self, place: int) -> Scaled:
        if place not in self._factors:
            self._factors[place] = self._scaled(self.image(self.source.factors[place]))
        return self._factors[place]

    def polynomial(self, poly: Polynomial) -> Value:
        """A polynomial of the ring, with the symbols already replaced."""
        scale, part = self._scaled(poly)
        return self._combined(Fraction(1), [(scale, part, 1)])

    def _combined(self, constant: Fraction, parts: Iterable[tuple[Fraction, Polynomial | None, int]]) -> Value:
        powers: dict[str, int] = {}
        polys: dict[str, Polynomial] = {}
        for scale, part, power in sorted(parts, key=lambda p: p[2]):
            if scale == 0:
                if power < 0:
                    return NO_VALUE
                return self._constant(Fraction(0))
            constant *= scale**power
            if part is not None:
                name = quick_key(part)
                powers[name], polys[name] = powers.get(name, 0) + power, part
        kept = [(polys[name], power) for name, power in powers.items() if power]
        signs = [(self.sign(part), power) for part, power in kept]
        if any(self._signs[s].node < 0 for s, _ in signs):
            return NO_VALUE
        above = [p for p, power in kept for _ in range(power)]
        below = [p for p, power in kept for _ in range(-power)]
        return Value(self._builder.quotient(constant, above, below), constant, tuple(signs))

    def _constant(self, number: Fraction) -> Value:
        return Value(self._builder.quotient(number, (), ()), number)
