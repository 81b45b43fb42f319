"""From an engine's model to an exact point: rational wherever possible, short numbers, verified by substitution.

A model may hold irrational algebraic numbers.  Each is replaced by a rational near it and the
engine asked again; where no rational will do (the region has no interior there), the algebraic number
stays.  Whatever comes out is checked in the formula, exactly, before anyone sees it.
"""

from __future__ import annotations

import time
from fractions import Fraction
from typing import Any

import flint
import sympy as sp

from deterrence.numbers import as_fraction
from deterrence.polynomials import Ring, to_rational
from deterrence.regions.engines import Model, ask_z3
from deterrence.regions.logic import And, Formula, Literal, holds_at, literals

__all__ = ["algebraic_point", "expressed", "holds_algebraically", "is_rational", "rationalise", "shorten"]

_LARGEST_DEGREE = 24


def is_rational(value: Any) -> bool:
    """Whether a model's value is a FLINT rational."""
    return isinstance(value, flint.fmpq)


def _flint(value: Fraction) -> Any:
    return flint.fmpq(value.numerator, value.denominator)


def rationalise(formula: Formula, model: Model, deadline: float) -> Model:
    """A model with as few irrational coordinates as can be had before the deadline."""
    fixed: list[Formula] = []
    for k in range(len(model)):
        if is_rational(model[k]):
            continue
        centre = as_fraction(model[k].near)
        for denominator in (1, 10, 1000, 10**6, 10**12):
            left = int(1000 * (deadline - time.monotonic()))
            if left <= 0:
                return model
            constraint = _equal(len(model), k, _flint(centre.limit_denominator(denominator)))
            question = [formula, *fixed, constraint]
            status, found = ask_z3(question, len(model), min(left, 500), "qfnra-nlsat")
            if status == "sat" and found is not None:
                model, fixed = found, [*fixed, constraint]
                break
    return model


def _equal(width: int, place: int, number: Any) -> Literal:
    """``variable == number``."""
    context = flint.fmpq_mpoly_ctx.get([f"v{k}" for k in range(width)], "degrevlex")
    return Literal("==", context.gens()[place] - number)


def shorten(formula: Formula, values: tuple[Any, ...]) -> tuple[Any, ...]:
    """The same kind of point with shorter numbers, as far as the formula stays true at it."""
    current = list(values)
    for k, value in enumerate(values):
        exact = as_fraction(value)
        for candidate in dict.fromkeys(exact.limit_denominator(d) for d in (1, 2, 4, 10, 100, 1000)):
            if candidate == exact:
                break
            current[k] = _flint(candidate)
            if holds_at(formula, current):
                break
            current[k] = value
    return tuple(current)


# -- algebraic points -----------------------------------------------------------------------------


def algebraic_point(ring: Ring, model: Model) -> dict[sp.Symbol, sp.Expr]:
    """The model as SymPy numbers: rationals, radicals and roots of polynomials."""
    t = sp.Dummy("t")
    point: dict[sp.Symbol, sp.Expr] = {}
    for symbol, value in zip(ring.symbols, model, strict=False):
        if is_rational(value):
            point[symbol] = to_rational(value)
            continue
        coefficients = [to_rational(c) for c in value.poly]
        roots = sp.Poly(list(reversed(coefficients)), t).real_roots(multiple=False)
        point[symbol] = roots[value.index - 1][0]
    return point


def expressed(formula: Formula, ring: Ring, point: dict[sp.Symbol, sp.Expr]) -> dict[sp.Symbol, sp.Expr]:
    """The same point, an irrational coordinate in terms of the others where an equation is linear in it.

    ``z == x + y`` at ``x = sqrt(2), y = sqrt(3)`` gives ``z = sqrt(2) + sqrt(3)``, where an engine knows z as the
    root of a polynomial of degree four.
    """
    found = dict(point)
    settled: set[sp.Symbol] = set()
    for f in literals(formula):
        linear = [s for s in ring.used(f.poly) if f.op == "==" and ring.degree(f.poly, s) == 1]
        for s in sorted(linear, key=lambda s: _complexity(point[s]), reverse=True):
            if found[s].is_Rational or s in settled:
                continue
            offset, slope = (ring.to_sympy(c).xreplace(found) for c in ring.coefficients(f.poly, s))
            value = sp.expand(-offset / slope) if slope.is_Rational and slope != 0 else None
            if value is not None and abs((value - found[s]).evalf(40)) < sp.Float("1e-25"):
                found[s] = value
                settled.add(s)
                break
    return found


def _complexity(value: sp.Expr) -> int:
    """How hard an algebraic number is to calculate with: the degree of its polynomial, or how long it is."""
    return 100 * value.poly.degree() if isinstance(value, sp.polys.rootoftools.ComplexRootOf) else value.count_ops()


def holds_algebraically(formula: Formula, ring: Ring, point: dict[sp.Symbol, sp.Expr]) -> bool | None:
    """Whether the formula holds at a point with algebraic coordinates; None if that could not be settled."""
    if isinstance(formula, bool):
        return formula
    if isinstance(formula, Literal):
        sign = _sign(ring, formula.poly, point)
        return None if sign is None else formula.sign_holds(sign)
    answers = {holds_algebraically(p, ring, point) for p in formula.parts}
    decisive = not isinstance(formula, And)
    if decisive in answers:
        return decisive
    return None if None in answers else not decisive


def _sign(ring: Ring, poly: Any, point: dict[sp.Symbol, sp.Expr]) -> int | None:
    rational = {s: v for s, v in point.items() if v.is_Rational}
    rest = ring.evaluate(poly, rational)
    irrational = ring.used(rest)
    expr = ring.to_sympy(rest)
    if not irrational:
        return int(sp.sign(expr))
    if len(irrational) == 1:
        vanishes: bool | None = _vanishes_at(expr, irrational[0], point[irrational[0]])
    else:
        vanishes = _vanishes(expr.xreplace({s: point[s] for s in irrational}))
    if vanishes is None or vanishes:
        return None if vanishes is None else 0
    return _numeric_sign(expr.xreplace({s: point[s] for s in irrational}))


def _vanishes_at(expr: sp.Expr, symbol: sp.Symbol, value: sp.Expr) -> bool:
    minimal = sp.Poly(sp.minimal_polynomial(value, symbol), symbol)
    return bool(sp.Poly(expr, symbol).rem(minimal).is_zero)


def _vanishes(expr: sp.Expr) -> bool | None:
    """Whether a number made of several algebraic numbers is zero, by its minimal polynomial."""
    value = expr.evalf(60)
    if value.is_comparable and abs(value) > sp.Float("1e-40"):
        return False
    atoms = expr.atoms(sp.Pow, sp.polys.rootoftools.ComplexRootOf)
    degree = sp.prod([a.poly.degree() if hasattr(a, "poly") else 2 for a in atoms])
    if degree > _LARGEST_DEGREE:
        return None
    t = sp.Dummy("t")
    return bool(sp.minimal_polynomial(expr, t) == t)


def _numeric_sign(expr: sp.Expr) -> int | None:
    """The sign of a number that is known not to vanish."""
    for digits in (30, 60, 120, 240):
        value = expr.evalf(digits)
        if value.is_comparable and abs(value) > sp.Float(10) ** (-digits // 2):
            return 1 if value > 0 else -1
    return None
