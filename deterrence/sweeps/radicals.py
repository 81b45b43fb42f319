"""Values with roots, brought into a form that arrays and exact arithmetic can evaluate.

Where an indifference is quadratic, probabilities hold one square root ``s = sqrt(R)`` of a rational
expression R in the parameters.  Since ``s**2 = R``, any rational expression in s is

    (a + b*s) / (c + d*s)

with polynomials a, b, c, d.  Algebraic numbers without parameters, such as sqrt(5) or a root of a
polynomial, are replaced by rational numbers that agree with them to `DIGITS` digits: values are
floats in the end, and no decision rests on them.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from deterrence.errors import NotPolynomial
from deterrence.polynomials import Polynomial, Ring

DIGITS = 60
_ROOT = sp.Dummy("root", real=True)


@dataclass(frozen=True)
class Radical:
    """``(a + b*sqrt(p/q)) / (c + d*sqrt(p/q))`` with polynomials of one ring."""

    a: Polynomial
    b: Polynomial
    c: Polynomial
    d: Polynomial
    p: Polynomial
    q: Polynomial


def is_rational(expr: sp.Expr) -> bool:
    """Whether an expression has no roots."""
    return not any(not p.exp.is_Integer for p in expr.atoms(sp.Pow)) and not expr.atoms(sp.CRootOf)


def without_numbers(expr: sp.Expr) -> sp.Expr:
    """The expression with algebraic numbers replaced by rational numbers next to them.

    Raises
    ------
    NotPolynomial
        If a number is not real.
    """
    if expr.is_number and not expr.is_Rational:
        return _nearby(expr)
    if not expr.args:
        return expr
    return expr.func(*map(without_numbers, expr.args))


def _nearby(number: sp.Expr) -> sp.Rational:
    value = sp.N(number, DIGITS)
    if not value.is_Float:
        raise NotPolynomial(subject=f"expression {number}", wanted="a real number", got=str(value))
    return sp.Rational(value)


def read_radical(expr: sp.Expr, ring: Ring) -> Radical:
    """The parts of an expression with one square root.

    Raises
    ------
    NotPolynomial
        If it has several square roots, or roots of another kind.
    """
    powers = [p for p in expr.atoms(sp.Pow) if not p.exp.is_Integer]
    bases = {p.base for p in powers}
    if len(bases) != 1 or any(not (2 * p.exp).is_Integer for p in powers):
        raise NotPolynomial(subject=f"expression {expr}", wanted="one square root", got=f"roots of {bases or expr}")
    p, q = ring.fraction(bases.pop())
    wide = ring.extend([_ROOT])
    above, below = wide.fraction(expr.xreplace({power: _ROOT ** (2 * power.exp) for power in powers}))
    n, m = (_in_root(part, wide, ring) for part in (above, below))
    height = max(len(n), len(m)) // 2
    a, b = _split(n, p, q, height)
    c, d = _split(m, p, q, height)
    return Radical(a, b, c, d, p, q)


def _in_root(poly: Polynomial, wide: Ring, ring: Ring) -> list[Polynomial]:
    """The coefficients of the powers of the root, in the ring without it."""
    return [ring.from_sympy(wide.to_sympy(part)) for part in wide.coefficients(poly, _ROOT)]


def _split(parts: list[Polynomial], p: Polynomial, q: Polynomial, height: int) -> tuple[Polynomial, Polynomial]:
    """Even and odd powers of the root, with its square put in; both times ``q**height``."""
    even, odd = p * 0, p * 0
    for power, part in enumerate(parts):
        term = part * p ** (power // 2) * q ** (height - power // 2)
        even, odd = (even, odd + term) if power % 2 else (even + term, odd)
    return even, odd
