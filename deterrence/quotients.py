"""Expressions of an answer as it holds them: one fraction in lowest terms, positive factors where signs are known."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sympy as sp

from deterrence.errors import NotPolynomial
from deterrence.parameters import Assumptions
from deterrence.polynomials import Polynomial, tidy, to_rational
from deterrence.regions.coordinates import coordinates

__all__ = ["oriented"]


def oriented(expr: Any, assumptions: Assumptions) -> sp.Expr:
    """One fraction, above and below factored, each factor turned so that it is positive where its sign is known.

    Symbols that are not declared count as probabilities.  What is no quotient of polynomials stays as it is.

    Examples
    --------
    >>> from deterrence.parameters import Parameters
    >>> P = Parameters()
    >>> low, high = P.ordered("low < high")
    >>> p = P.probability("p")
    >>> print(oriented((p * low - low) / (low - high), P.snapshot()))
    low*(1 - p)/(high - low)
    """
    expr = sp.sympify(expr)
    if expr.is_Atom or not expr.free_symbols:
        return tidy(expr)
    missing = tuple(sorted((s for s in expr.free_symbols if s not in assumptions), key=str))
    scope = _extended(assumptions, missing)
    try:
        num, den = scope.ring.fraction(scope.expand(expr))
    except NotPolynomial:
        return expr
    if num == 0:
        return sp.S.Zero
    (above, top), (below, bottom) = _factored(num, scope), _factored(den, scope)
    number, loose = above / below, [k for k, (_, power, known) in enumerate(top) if known == 0 and power % 2]
    if number < 0 and loose:
        (prime, power, known), number = top[loose[0]], -number
        top[loose[0]] = (-prime, power, known)
    return number * (_product(top, scope) / _product(bottom, scope))


@lru_cache(maxsize=256)
def _extended(assumptions: Assumptions, missing: tuple[sp.Symbol, ...]) -> Assumptions:
    return assumptions.extend(closed=[(s,) for s in missing]) if missing else assumptions


def _factored(poly: Polynomial, scope: Assumptions) -> tuple[sp.Rational, list[tuple[Polynomial, int, int]]]:
    """A number, and the factors with their powers and signs."""
    constant, primes = poly.factor()
    number, found = to_rational(constant), []
    for prime, power in primes:
        known = coordinates(scope).sign(prime)
        number *= (-1) ** power if known < 0 else 1
        found.append((-prime if known < 0 else prime, power, abs(known)))
    return number, found


def _product(parts: list[tuple[Polynomial, int, int]], scope: Assumptions) -> sp.Expr:
    return sp.Mul(*(scope.ring.to_sympy(p) ** power for p, power, _ in parts))
