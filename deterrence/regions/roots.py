"""Real roots of polynomials in one variable over the rationals: exact, and comparable.

A `Root` is an irreducible polynomial and the number of the root among its real roots; ball
arithmetic encloses it as tightly as a comparison needs.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache, total_ordering
from typing import Any

import flint
import sympy as sp

from deterrence.polynomials import to_rational

__all__ = ["Root", "between", "rational_root", "real_roots"]

_BITS = (64, 128, 256, 512, 1024, 4096)


@total_ordering
class Root:
    """A real algebraic number.

    Parameters
    ----------
    coefficients : tuple of int
        Of an irreducible polynomial, lowest power first.
    index : int
        Which of its real roots, counted from the left.
    """

    __slots__ = ("__dict__", "coefficients", "index")

    def __init__(self, coefficients: tuple[int, ...], index: int) -> None:
        self.coefficients, self.index = coefficients, index

    def _key(self) -> tuple[tuple[int, ...], int]:
        return self.coefficients, self.index

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Root) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __lt__(self, other: Root) -> bool:
        if self == other:
            return False
        for bits in _BITS:
            left, right = self.ball(bits), other.ball(bits)
            if left < right:
                return True
            if left > right:
                return False
        raise ArithmeticError(f"two different roots closer than 2**-{_BITS[-1]}: {self}, {other}")

    def __reduce__(self) -> tuple[Any, ...]:
        return Root, (self.coefficients, self.index)

    def __repr__(self) -> str:
        return f"Root({self.exact})"

    @property
    def rational(self) -> Any | None:
        """The value as a FLINT rational, None if it is irrational."""
        if len(self.coefficients) != 2:
            return None
        return flint.fmpq(-self.coefficients[0], self.coefficients[1])

    def ball(self, bits: int = 64) -> Any:
        """A ball that contains the number."""
        if self.rational is not None:
            with flint.ctx.workprec(bits):
                return flint.arb(self.rational)
        return _balls(self.coefficients, bits)[self.index]

    def __float__(self) -> float:
        return float(self.ball().mid())

    @cached_property
    def exact(self) -> sp.Expr:
        """The number as a SymPy expression: rational, with a square root, or a root of a polynomial."""
        if self.rational is not None:
            return to_rational(self.rational)
        if len(self.coefficients) == 3:
            c, b, a = (sp.Integer(k) for k in self.coefficients)
            sign = 1 if self.index else -1  # the leading coefficient is positive
            return sp.expand((-b + sign * sp.sqrt(b**2 - 4 * a * c)) / (2 * a))
        x = sp.Dummy("x")
        return sp.CRootOf(sp.Poly(list(reversed(self.coefficients)), x), self.index)


@lru_cache(maxsize=4096)
def _balls(coefficients: tuple[int, ...], bits: int) -> tuple[Any, ...]:
    """The real roots of an irreducible polynomial as balls, from the left."""
    with flint.ctx.workprec(bits):
        found = flint.fmpz_poly(list(coefficients)).complex_roots()
        return tuple(sorted((r.real for r, _ in found if r.imag == 0), key=lambda ball: ball.mid()))


def rational_root(value: Any) -> Root:
    """A rational number as a root."""
    value = flint.fmpq(value)
    return Root((-int(value.p), int(value.q)), 0)


def real_roots(coefficients: Iterable[Any]) -> list[Root]:
    """The different real roots of a polynomial, from the left; none for a constant or zero polynomial.

    Parameters
    ----------
    coefficients : iterable of FLINT rationals
        Lowest power first.

    Examples
    --------
    >>> [r.exact for r in real_roots([flint.fmpq(2), flint.fmpq(-2), flint.fmpq(-1), flint.fmpq(1)])]
    [-sqrt(2), 1, sqrt(2)]
    """
    poly = flint.fmpq_poly(list(coefficients)).numer()
    if poly.degree() < 1:
        return []
    found = []
    for factor, _ in poly.factor()[1]:
        terms = tuple(int(c) for c in factor.coeffs())
        terms = terms if terms[-1] > 0 else tuple(-c for c in terms)
        count = 1 if len(terms) == 2 else len(_balls(terms, _BITS[0]))
        found += [Root(terms, k) for k in range(count)]
    return sorted(found)


def between(left: Root, right: Root) -> Any:
    """A rational number with a small denominator strictly between two roots, ``left < right``.

    Examples
    --------
    >>> a, b = real_roots([-2, 0, 1])
    >>> between(a, b), between(rational_root(0), b)
    (0, 1)
    """
    for bits in _BITS:
        low, high = _edge(left.ball(bits), 1), _edge(right.ball(bits), -1)
        if low < high:
            denominator = 1
            while True:
                candidate = flint.fmpq(int(((low + high) * denominator / 2).floor()), denominator)
                for value in (candidate, candidate + flint.fmpq(1, denominator)):
                    if low < value < high:
                        return value
                denominator *= 2
    raise ArithmeticError(f"two roots closer than 2**-{_BITS[-1]}: {left}, {right}")


def _edge(ball: Any, side: int) -> Any:
    """The upper (1) or lower (-1) end of a ball as an exact rational."""
    return _fraction(ball.mid()) + side * _fraction(ball.rad())


def _fraction(exact: Any) -> Any:
    """A ball of radius zero as a rational."""
    mantissa, exponent = (int(k) for k in exact.man_exp())
    return flint.fmpq(mantissa * 2 ** max(exponent, 0), 2 ** max(-exponent, 0))
