"""Mixing probabilities that are algebraic: roots of one equation that is not linear in its unknown.

A quadratic equation has two solutions in closed form; which one is meant is itself a sign condition
(``2*a*x + b`` at least or below 0), so that existence stays a question about polynomials.  An
equation of higher degree without parameters has finitely many real roots, each isolated between
rational bounds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import sympy as sp

from deterrence.polynomials import Polynomial, Ring
from deterrence.regions.logic import Literal
from deterrence.solvers.trees.resolve import Branch


@dataclass(frozen=True)
class Root:
    """One root of an equation: ``x`` is (-b + sign*sqrt(b**2 - 4*a*c))/(2*a), or a number.

    ``coefficients`` are c, b, a; ``number`` is used where the equation has no parameters.
    """

    symbol: sp.Symbol
    coefficients: tuple[Polynomial, ...] = ()
    sign: int = 1
    number: sp.Expr | None = None


class NotSettled(Exception):
    """A profile of supports that stays undecided, and why: no closed form, or no answer of the engines."""


def split_roots(branch: Branch, ring: Ring, unknowns: tuple[sp.Symbol, ...]) -> list[tuple[Branch, Root | None]]:
    """The branch once for each root of its non-linear equation, with conditions that single the root out.

    Raises
    ------
    NotSettled
        For several such equations, or one with parameters of degree 3 or more.
    """
    if not branch.roots:
        return [(branch, None)]
    if len(branch.roots) > 1:
        raise NotSettled("several indifference equations are not linear in any unknown")
    (equation,) = branch.roots
    inside = [s for s in unknowns if equation.degrees()[ring.index[s]]]
    x = min(inside, key=lambda s: ring.degree(equation, s))
    if len(ring.used(equation)) == 1:
        return _numbers(branch, ring, x, equation)
    if ring.degree(equation, x) == 2:
        return _quadratic(branch, ring, x, equation)
    raise NotSettled(f"an indifference equation has degree {ring.degree(equation, x)} in {x} and parameters in it")


def _quadratic(branch: Branch, ring: Ring, x: sp.Symbol, equation: Polynomial) -> list[tuple[Branch, Root | None]]:
    coefficients = tuple(ring.coefficients(equation, x))
    slope = 2 * coefficients[2] * ring.gen(x) + coefficients[1]
    cases: list[tuple[Branch, Root | None]] = []
    for sign, op in ((1, ">="), (-1, ">")):
        extra = (Literal(op, slope * sign), Literal("!=", coefficients[2]))
        grown = replace(branch, conditions=branch.conditions + extra)
        cases.append((grown, Root(x, coefficients, sign)))
    return cases


def _numbers(branch: Branch, ring: Ring, x: sp.Symbol, equation: Polynomial) -> list[tuple[Branch, Root | None]]:
    poly = sp.Poly(ring.to_sympy(equation), x)
    cases: list[tuple[Branch, Root | None]] = []
    for root, interval in zip(sorted(set(poly.real_roots())), _intervals(poly), strict=True):
        low, high = (ring.constant(end) for end in interval)
        gen = ring.gen(x)
        bounds = (Literal(">=", gen - low), Literal(">=", high - gen))
        grown = replace(branch, conditions=branch.conditions + bounds)
        cases.append((grown, Root(x, number=sp.sympify(root))))
    return cases


def _intervals(poly: sp.Poly) -> list[tuple[sp.Rational, sp.Rational]]:
    """Rational bounds of each distinct real root, disjoint, in increasing order."""
    return [tuple(map(sp.Rational, interval)) for interval, _ in poly.sqf_part().intervals()]
