"""Real solutions of polynomial equations with rational coefficients, exactly.

Every solution is written through one algebraic number: a root of an irreducible polynomial, of which
all levels are polynomials (the rational univariate representation; Rouillier 1999).  Signs at such
a point are decided exactly: a remainder says whether a quantity vanishes, an enclosure on which
side of zero it lies otherwise.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from math import prod

import sympy as sp
from sympy.polys.matrices import DomainMatrix

__all__ = ["AlgebraicPoint", "points", "real_points"]

T = sp.Dummy("t", real=True)
MOST_SOLUTIONS = 20
MOST_BEZOUT = 20
DIGITS = 3000


@dataclass(frozen=True)
class AlgebraicPoint:
    """Levels that are polynomials of one algebraic number.

    Attributes
    ----------
    root : expression
        A rational, a radical or a `CRootOf`.
    minimal : Poly or None
        Its irreducible polynomial in `T`; None if it is rational.
    images : mapping of symbol to expression in `T`
    """

    root: sp.Expr
    minimal: sp.Poly | None
    images: Mapping[sp.Symbol, sp.Expr]

    @cached_property
    def values(self) -> dict[sp.Symbol, sp.Expr]:
        """The levels as exact numbers."""
        found = {s: sp.sympify(e).subs(T, self.root) for s, e in self.images.items()}
        return {s: sp.radsimp(sp.expand(v)) if not v.has(sp.CRootOf) else v for s, v in found.items()}

    @cached_property
    def degree(self) -> int:
        """The degree of the algebraic number; 1 if it is rational."""
        return 1 if self.minimal is None else int(self.minimal.degree())

    @property
    def how_known(self) -> tuple[str, str]:
        """How well records can give numbers at the point, and what that rests on: see `shown`."""
        if self.degree <= 2:
            return "exact", ""
        return (
            "certified",
            f"the one solution of its equations at a root of degree {self.degree} that is isolated exactly",
        )

    def shown(self, expr: sp.Expr) -> sp.Expr:
        """An expression at the point: exactly where radicals of degree 2 do, else to 30 digits."""
        value = sp.sympify(expr).subs(self.values)
        return sp.expand(value) if self.degree <= 2 else sp.N(value, 30)

    def extended(self, more: Mapping[sp.Symbol, sp.Expr]) -> AlgebraicPoint:
        """The point with further levels, given as rational functions of those it has."""
        images = dict(self.images)
        for s, e in more.items():
            images[s] = sp.together(sp.sympify(e).subs(self.images))
        return AlgebraicPoint(self.root, self.minimal, images)

    def sign(self, expr: sp.Expr) -> int:
        """The exact sign of a rational function of the levels, which must be defined at the point."""
        num, den = sp.fraction(sp.together(sp.sympify(expr).subs(self.images)))
        return self._sign(num) * self._sign(den)

    def vanishes(self, expr: sp.Expr) -> bool:
        """Whether a polynomial in the levels is zero at the point."""
        num, _ = sp.fraction(sp.together(sp.sympify(expr).subs(self.images)))
        return self._sign(num) == 0

    def _sign(self, expr: sp.Expr) -> int:
        rest = sp.Poly(expr, T, domain="QQ")
        if self.minimal is None:
            value = rest.eval(self.root)
        else:
            rest = rest.rem(self.minimal)
            value = sp.S.Zero if rest.is_zero else rest.as_expr().subs(T, self.root).evalf(15, maxn=DIGITS, strict=True)
        return int(bool(value > 0)) - int(bool(value < 0))


def real_points(polynomial: sp.Expr, unknown: sp.Symbol) -> list[AlgebraicPoint]:
    """All real roots of one polynomial that is not zero, in order within each irreducible factor."""
    _, factors = sp.Poly(polynomial, unknown, domain="QQ").factor_list()
    return [point for factor, _ in factors for point in _roots(factor.replace(factor.gen, T), {unknown: T})]


def points(equations: Sequence[sp.Expr], unknown: Sequence[sp.Symbol]) -> list[AlgebraicPoint] | None:
    """All real solutions; None if there is a continuum (also of complex ones) or more than can be handled."""
    live = [e for e in map(sp.expand, equations) if e != 0]
    if any(e.is_number for e in live):
        return []
    if not live or len(live) < len(unknown):
        return None
    if len(unknown) == 1:
        common = reduce(sp.gcd, [sp.Poly(e, unknown[0], domain="QQ") for e in live])
        return real_points(common.as_expr(), unknown[0]) if common.degree() > 0 else []
    return _several(live, tuple(unknown))


def _several(equations: Sequence[sp.Expr], unknown: tuple[sp.Symbol, ...]) -> list[AlgebraicPoint] | None:
    if _bezout(equations, unknown) > MOST_BEZOUT:
        return None
    quotient = _Quotient.of(equations, unknown)
    if quotient is None:
        return None
    if quotient.size == 0:
        return []
    single = [quotient.minimal(s) for s in unknown]
    parts = [sp.Poly(m.as_expr(), T).sqf_part().as_expr().subs(T, s) for m, s in zip(single, unknown, strict=True)]
    radical = _Quotient.of([*equations, *parts], unknown)  # Seidenberg's lemma
    if radical is None or radical.size == 0:
        return []
    for weight in itertools.count(1):
        form = sp.Add(*(weight**k * s for k, s in enumerate(unknown)))
        polynomial = radical.minimal(form)
        if polynomial.degree() == radical.size:
            break
    images = radical.through(form, unknown)
    _, factors = polynomial.factor_list()
    return [p for factor, _ in factors for p in _roots(factor, images)]


def _bezout(equations: Sequence[sp.Expr], unknown: tuple[sp.Symbol, ...]) -> int:
    """How many solutions there can be, if finitely many: the product of the smallest degrees (Bezout)."""
    degrees = sorted(int(sp.Poly(e, *unknown).total_degree()) for e in equations)
    return prod(degrees[: len(unknown)])


def _roots(factor: sp.Poly, images: Mapping[sp.Symbol, sp.Expr]) -> list[AlgebraicPoint]:
    """The real roots of an irreducible polynomial in `T`."""
    reduced = {s: sp.rem(e, factor.as_expr(), T, domain="QQ") for s, e in images.items()}
    if factor.degree() == 1:
        (root,) = sp.roots(factor)
        return [AlgebraicPoint(root, None, {s: sp.sympify(e).subs(T, root) for s, e in reduced.items()})]
    return [AlgebraicPoint(r, factor, reduced) for r in factor.real_roots(multiple=True)]


class _Quotient:
    """Polynomials modulo equations with finitely many solutions, as a vector space over the rationals."""

    def __init__(self, basis: sp.GroebnerBasis, unknown: tuple[sp.Symbol, ...]) -> None:
        self.basis, self.unknown = basis, unknown
        leading = [sp.Poly(p, *unknown).monoms(order="grevlex")[0] for p in basis.exprs]
        bounds = [min(m[k] for m in leading if sum(m) == m[k]) for k in range(len(unknown))]
        self.monomials = [
            m
            for m in itertools.product(*map(range, bounds))
            if not any(all(a <= b for a, b in zip(d, m, strict=True)) for d in leading)
        ]

    @classmethod
    def of(cls, equations: Sequence[sp.Expr], unknown: tuple[sp.Symbol, ...]) -> _Quotient | None:
        """The quotient; None if it is not finite, or larger than can be handled."""
        basis = sp.groebner(list(equations), *unknown, order="grevlex", domain="QQ")
        if basis.exprs != [1] and not basis.is_zero_dimensional:
            return None
        made = cls(basis, unknown)
        return made if made.size <= MOST_SOLUTIONS else None

    @property
    def size(self) -> int:
        """The dimension: the number of complex solutions with multiplicity."""
        return len(self.monomials)

    def row(self, expr: sp.Expr) -> list[sp.Rational]:
        """The normal form of a polynomial by monomials."""
        rest = sp.Poly(self.basis.reduce(sp.expand(expr))[1], *self.unknown, domain="QQ")
        terms = dict(rest.terms())
        return [terms.get(m, sp.S.Zero) for m in self.monomials]

    def _powers(self, element: sp.Expr, number: int) -> list[list[sp.Rational]]:
        rows, power = [], sp.S.One
        for _ in range(number):
            rows.append(self.row(power))
            power = self.basis.reduce(sp.expand(power * element))[1]
        return rows

    def minimal(self, element: sp.Expr) -> sp.Poly:
        """The polynomial of least degree that an element solves."""
        rows = self._powers(element, self.size + 1)
        for degree in range(1, self.size + 1):
            found = _combination(rows[:degree], rows[degree])
            if found is not None:
                return sp.Poly(T**degree - sp.Add(*(c * T**k for k, c in enumerate(found))), T, domain="QQ")
        raise AssertionError("every element of a finite algebra is algebraic")

    def through(self, element: sp.Expr, unknown: Sequence[sp.Symbol]) -> dict[sp.Symbol, sp.Expr]:
        """The unknowns as polynomials in `T`, which stands for an element whose powers span everything."""
        rows = self._powers(element, self.size)
        images = {}
        for s in unknown:
            found = _combination(rows, self.row(s))
            images[s] = sp.Add(*(c * T**k for k, c in enumerate(found or ())))
        return images


def _combination(rows: list[list[sp.Rational]], target: list[sp.Rational]) -> list[sp.Rational] | None:
    """The coefficients with which rows that are independent sum to the target; None if they cannot."""
    system = DomainMatrix.from_Matrix(sp.Matrix([*rows, target]).T).to_field()
    reduced, pivots = system.rref()
    if len(rows) in pivots:
        return None
    return [sp.sympify(reduced.to_Matrix()[k, len(rows)]) for k in range(len(rows))]
