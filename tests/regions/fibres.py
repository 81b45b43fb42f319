"""An exact oracle for the elimination of one symbol, sharing no code with it: roots by SymPy, cells by hand."""

from __future__ import annotations

import itertools
from functools import lru_cache

import sympy as sp

from deterrence.regions.logic import And, Literal, literals

T = sp.Symbol("t")


@lru_cache(maxsize=4096)
def real_roots(coefficients):
    """The distinct real roots of a polynomial (highest coefficient first), in order."""
    poly = sp.Poly(list(coefficients), T)
    return tuple(sorted(dict.fromkeys(poly.real_roots()), key=lambda r: r.evalf(40))) if poly.degree() > 0 else ()


def value_at(coefficients, root):
    """The sign of a polynomial at an algebraic number."""
    poly = sp.Poly(list(coefficients), T)
    if root.is_Rational:
        return sp.sign(poly.eval(root))
    minimal = sp.Poly(sp.minimal_polynomial(root, T), T)
    if poly.rem(minimal).is_zero:
        return 0
    number = poly.as_expr().subs(T, root).evalf(60)
    assert abs(number) > sp.Float("1e-40")
    return sp.sign(number)


def holds(formula, signs):
    """The truth of a formula once the sign of every literal's polynomial is known."""
    if isinstance(formula, bool):
        return formula
    if isinstance(formula, Literal):
        return formula.sign_holds(signs[formula])
    return (all if isinstance(formula, And) else any)(holds(p, signs) for p in formula.parts)


def fibre_is_empty(formula, ring, symbol, point):
    """Whether no value of the symbol makes the formula true above a rational point that gives all others."""
    rows = {}
    for f in literals(formula):
        parts = ring.coefficients(f.poly, symbol)
        row = [ring.value(c, {**point, symbol: 0}) for c in reversed(parts)]
        while len(row) > 1 and row[0] == 0:
            row.pop(0)
        rows[f] = tuple(row)
    roots = sorted(dict.fromkeys(r for row in rows.values() for r in real_roots(row)), key=lambda r: r.evalf(40))
    return all(not holds(formula, {f: value_at(row, t) for f, row in rows.items()}) for t in (*roots, *between(roots)))


def between(roots):
    """A rational number in every cell that the roots leave."""
    if not roots:
        return [sp.Integer(0)]
    near = [sp.Rational(str(r.evalf(40))) for r in roots]
    return [near[0] - 1, *((a + b) / 2 for a, b in itertools.pairwise(near)), near[-1] + 1]
