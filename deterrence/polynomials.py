"""Exact polynomials over the rationals in named symbols.

A `Ring` is Q[x_1, ..., x_n] for a fixed tuple of SymPy symbols.  Its elements are FLINT
multivariate polynomials: exact, and two to three orders of magnitude faster than SymPy
expressions.  SymPy stays the language of the user: every polynomial goes back and forth
without loss.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

import flint
import sympy as sp

from deterrence.errors import NotPolynomial

Polynomial = Any  # flint.fmpq_mpoly: the package ships no type information
Key = tuple[tuple[tuple[int, ...], str], ...]


def to_flint(number: sp.Rational) -> Any:
    """Turn a SymPy rational into a FLINT rational."""
    return flint.fmpq(int(number.p), int(number.q))


def to_rational(number: Any) -> sp.Rational:
    """Turn a FLINT rational into a SymPy rational."""
    number = flint.fmpq(number)
    return sp.Rational(int(number.p), int(number.q))


def to_fraction(number: Any) -> Fraction:
    """Turn a FLINT rational into a fraction of Python."""
    number = flint.fmpq(number)
    return Fraction(int(number.p), int(number.q))


class Ring:
    """The polynomial ring over the rationals in the given symbols.

    Parameters
    ----------
    symbols : iterable of sympy.Symbol
        The generators, in order; no two may share a name.
    """

    __slots__ = ("__dict__", "symbols")

    def __init__(self, symbols: Iterable[sp.Symbol]) -> None:
        self.symbols: tuple[sp.Symbol, ...] = tuple(symbols)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ring) and self.symbols == other.symbols

    def __hash__(self) -> int:
        return hash(self.symbols)

    def __repr__(self) -> str:
        return f"Ring({', '.join(s.name for s in self.symbols)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Ring, (self.symbols,)

    @cached_property
    def context(self) -> Any:
        """The FLINT context; generator k is called v<k>, so that any symbol name is allowed."""
        names = [f"v{k}" for k in range(max(1, len(self.symbols)))]
        return flint.fmpq_mpoly_ctx.get(names, "degrevlex")

    @cached_property
    def index(self) -> dict[sp.Symbol, int]:
        """Position of each symbol among the generators."""
        return {s: k for k, s in enumerate(self.symbols)}

    @cached_property
    def gens(self) -> tuple[Polynomial, ...]:
        """The generators as polynomials."""
        return tuple(self.context.gens())[: len(self.symbols)]

    @cached_property
    def zero(self) -> Polynomial:
        """The zero polynomial."""
        return self.context.constant(0)

    @cached_property
    def one(self) -> Polynomial:
        """The constant one."""
        return self.context.constant(1)

    def gen(self, symbol: sp.Symbol) -> Polynomial:
        """The generator that stands for `symbol`."""
        return self.gens[self.index[symbol]]

    def constant(self, number: Any) -> Polynomial:
        """A rational number (int, Fraction, SymPy or FLINT rational) as a constant polynomial."""
        if isinstance(number, flint.fmpq | flint.fmpz):
            return self.context.constant(number)
        return self.context.constant(to_flint(sp.Rational(number)))

    def extend(self, symbols: Iterable[sp.Symbol]) -> Ring:
        """The ring with more generators behind the present ones."""
        return Ring(self.symbols + tuple(s for s in symbols if s not in self.index))

    def from_sympy(self, expr: Any) -> Polynomial:
        """Turn a polynomial SymPy expression into an element of this ring.

        Raises
        ------
        NotPolynomial
            If `expr` is not a polynomial in the ring's symbols with rational coefficients.
        """
        num, den = self.fraction(expr)
        if not den.is_constant():
            raise NotPolynomial(
                subject=f"expression {expr}",
                wanted="a polynomial in the declared parameters",
                got=f"the denominator {self.to_sympy(den)}",
                hint="multiply the denominator out",
            )
        return num / den.coeffs()[0]

    def fraction(self, expr: Any) -> tuple[Polynomial, Polynomial]:
        """Numerator and denominator (lowest terms) of a rational SymPy expression."""
        num, den = self._fraction(sp.sympify(expr))
        if den.is_constant():
            return num / den.coeffs()[0], self.one
        common = num.gcd(den)
        return (num, den) if common.is_constant() else (num / common, den / common)

    def _fraction(self, expr: sp.Expr) -> tuple[Polynomial, Polynomial]:
        if expr in self.index:
            return self.gen(expr), self.one
        if expr.is_Rational:
            return self.constant(expr), self.one
        if expr.is_Add or expr.is_Mul:
            return self._combine(expr)
        if expr.is_Pow and expr.exp.is_Integer:
            num, den = self._fraction(expr.base)
            power = int(expr.exp)
            if power < 0 and num == 0:
                raise NotPolynomial(subject=f"expression {expr}", wanted="a rational expression", got="a division by 0")
            return (num**power, den**power) if power >= 0 else (den**-power, num**-power)
        raise self._refuse(expr)

    def _combine(self, expr: sp.Expr) -> tuple[Polynomial, Polynomial]:
        parts = [self._fraction(arg) for arg in expr.args]
        num, den = parts[0]
        for n, d in parts[1:]:
            if expr.is_Mul:
                num, den = num * n, den * d
            elif d == den:
                num = num + n
            else:
                common = den.gcd(d)  # over the least common denominator, so that sums stay small
                num, den = num * (d / common) + n * (den / common), den * (d / common)
        return num, den

    def _refuse(self, expr: sp.Expr) -> NotPolynomial:
        unknown = sorted(s.name for s in expr.free_symbols - set(self.symbols))
        if expr.is_Symbol or unknown:
            got = f"the undeclared symbol{'s' if len(unknown) > 1 else ''} {', '.join(unknown)}"
            hint = "declare it, for example with Parameters.real(...)"
        else:
            got = f"the term {expr}"
            hint = "only +, -, *, / and whole powers of parameters and rational numbers are decided exactly"
        return NotPolynomial(
            subject=f"expression {expr}", wanted="a rational function of declared parameters", got=got, hint=hint
        )

    def to_sympy(self, poly: Polynomial) -> sp.Expr:
        """Turn an element of this ring into an expanded SymPy expression."""
        terms = []
        for monomial, coefficient in poly.to_dict().items():
            powers = [s**e for s, e in zip(self.symbols, monomial, strict=False) if e]
            terms.append(sp.Mul(to_rational(coefficient), *powers))
        return sp.Add(*terms)

    def factored(self, poly: Polynomial) -> sp.Expr:
        """Turn an element of this ring into a SymPy expression in factored form."""
        constant, factors = poly.factor()
        return sp.Mul(to_rational(constant), *[self.to_sympy(f) ** e for f, e in factors])

    def convert(self, poly: Polynomial, source: Ring) -> Polynomial:
        """Bring a polynomial of the ring `source` into this ring.

        Raises
        ------
        KeyError
            If the polynomial uses a symbol that this ring lacks.
        """
        if source.symbols == self.symbols:
            return poly
        width = self.context.nvars()
        places = [self.index.get(s, -1) for s in source.symbols]
        terms = {}
        for monomial, coefficient in poly.to_dict().items():
            image = [0] * width
            for place, power, symbol in zip(places, monomial, source.symbols, strict=False):
                if power:
                    if place < 0:
                        raise KeyError(symbol.name)
                    image[place] = power
            terms[tuple(image)] = coefficient
        return self.context.from_dict(terms)

    def used(self, poly: Polynomial) -> tuple[sp.Symbol, ...]:
        """The symbols that occur in `poly`, in ring order."""
        return tuple(s for s, d in zip(self.symbols, poly.degrees(), strict=False) if d)

    def degree(self, poly: Polynomial, symbol: sp.Symbol) -> int:
        """Degree of `poly` in one symbol (0 for the zero polynomial)."""
        return max(0, poly.degrees()[self.index[symbol]]) if poly != 0 else 0

    def coefficients(self, poly: Polynomial, symbol: sp.Symbol) -> list[Polynomial]:
        """Coefficients of `poly` as a polynomial in `symbol`, lowest power first."""
        place = self.index[symbol]
        parts: list[dict[tuple[int, ...], Any]] = [{} for _ in range(self.degree(poly, symbol) + 1)]
        for monomial, coefficient in poly.to_dict().items():
            rest = (*monomial[:place], 0, *monomial[place + 1 :])
            parts[monomial[place]][rest] = coefficient
        return [self.context.from_dict(p) for p in parts]

    def compose(self, poly: Polynomial, images: Mapping[sp.Symbol, Polynomial]) -> Polynomial:
        """Replace symbols by polynomials of the same ring, all at once."""
        if not images:
            return poly
        return poly.compose(*self._padded([images.get(s, g) for s, g in zip(self.symbols, self.gens, strict=True)]))

    def evaluate(self, poly: Polynomial, point: Mapping[sp.Symbol, Any]) -> Polynomial:
        """Replace some symbols by rational numbers."""
        numbers = {s: self.constant(v) for s, v in point.items() if s in self.index}
        return self.compose(poly, numbers)

    def value(self, poly: Polynomial, point: Mapping[sp.Symbol, Any]) -> sp.Rational:
        """The exact value at a point that gives every symbol which occurs in `poly`."""
        numbers = [to_flint(sp.Rational(point[s])) if d else flint.fmpq(0) for s, d in self._degrees(poly)]
        return to_rational(poly(*self._padded(numbers)))

    def _degrees(self, poly: Polynomial) -> Iterable[tuple[sp.Symbol, int]]:
        return zip(self.symbols, poly.degrees(), strict=False)

    def _padded(self, values: list[Any]) -> list[Any]:
        return values if self.symbols else [self.zero]


def key(poly: Polynomial) -> Key:
    """A hashable form: equal polynomials of one ring, and only they, have equal keys."""
    return tuple(sorted((monomial, str(c)) for monomial, c in poly.to_dict().items()))


def primitive(poly: Polynomial) -> tuple[int, Polynomial]:
    """Sign and primitive part: ``poly = sign * positive number * part``, coprime whole coefficients.

    The part's leading coefficient is positive, so that ``x - y`` and ``2*y - 2*x`` share a part.
    """
    coefficients = [flint.fmpq(c) for c in poly.coeffs()]
    if not coefficients:
        return 1, poly
    numerator, denominator = flint.fmpz(0), flint.fmpz(1)
    for c in coefficients:
        numerator, denominator = numerator.gcd(c.p), denominator.lcm(c.q)
    lead = 1 if flint.fmpq(poly.leading_coefficient()) > 0 else -1
    return lead, poly * flint.fmpq(lead * denominator, numerator)


def tidy(expr: sp.Expr) -> sp.Expr:
    """One fraction in lowest terms, numerator and denominator factored; other expressions as they are.

    A number with roots is written without roots below.
    """
    expr = sp.sympify(expr)
    if expr.is_Atom:
        return expr
    if not expr.free_symbols and not expr.is_Rational:
        return sp.expand(sp.radsimp(sp.sqrtdenest(sp.expand(expr))))
    ring = Ring(sorted(expr.free_symbols, key=lambda s: str(s.name)))
    try:
        num, den = ring.fraction(expr)
    except NotPolynomial:
        return expr
    return ring.factored(num) / ring.factored(den) if num != 0 else sp.S.Zero
