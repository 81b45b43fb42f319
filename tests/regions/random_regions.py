"""Random scopes, conditions and exact points (many of them on boundaries) for the tests of regions."""

from __future__ import annotations

import random

import sympy as sp

from deterrence.parameters import Assumptions, Parameters
from deterrence.regions.formula import And, Formula, Literal, from_sympy, holds, literals, relation_to_sympy
from deterrence.regions.points import pool

RELATIONS = (sp.Gt, sp.Ge, sp.Lt, sp.Le, sp.Eq, sp.Ne)


def scopes() -> list[Assumptions]:
    """Assumptions of every kind: orders, probabilities, distributions, beliefs, products, none at all."""
    made = []
    P = Parameters()
    P.ordered("a < b < c")
    P.probability("p")
    made.append(P.snapshot())
    P = Parameters()
    P.real("x y z")
    made.append(P.snapshot())
    P = Parameters()
    P.distribution("q1 q2 q3")
    P.positive("k")
    P.real("w")
    P.define("q12", sp.Symbol("q1", real=True) + sp.Symbol("q2", real=True))
    made.append(P.snapshot())
    P = Parameters()
    P.ordered("0 < a <= b < 1")
    x, y = P.real("x y")
    P.assume(x * y > P["a"].symbol)
    made.append(P.snapshot())
    P = Parameters()
    P.ordered("a < b")
    P.ordered("a < d")
    P.probability("p")
    r, s = sp.symbols("r s", real=True)
    made.append(P.snapshot().extend(closed=[(r, s)]))
    return made


def expression(rng: random.Random, symbols: list[sp.Symbol]) -> sp.Expr:
    """A short polynomial, of the kinds that incentives are made of."""
    total = sp.Integer(0)
    for _ in range(rng.randint(1, 3)):
        factors = rng.choices([*symbols, sp.Integer(1)], k=rng.choice((1, 1, 2, 2, 3)))
        total += rng.choice((-3, -2, -1, -1, 1, 1, 2, sp.Rational(1, 2))) * sp.Mul(*factors)
    return sp.expand(total + rng.choice((0, 0, 0, 1, -1)))


def relation(rng: random.Random, symbols: list[sp.Symbol], quotients: bool = True) -> sp.Basic:
    """A random relation, at times between quotients or products."""
    left, right = expression(rng, symbols), expression(rng, symbols)
    kind = rng.random()
    if quotients and kind < 0.15 and right != 0:
        left, right = left / right, rng.choice((sp.Integer(0), sp.Integer(1), rng.choice(symbols)))
    elif kind < 0.3:
        left, right = left * right, sp.Integer(0)
    elif kind < 0.6:
        right = sp.Integer(0)
    return rng.choices(RELATIONS, weights=(4, 4, 4, 4, 1, 1))[0](left, right)


def condition(rng: random.Random, symbols: list[sp.Symbol], depth: int = 2, quotients: bool = True) -> sp.Basic:
    """A random boolean combination."""
    if depth == 0 or rng.random() < 0.2:
        return relation(rng, symbols, quotients)
    parts = [condition(rng, symbols, depth - 1, quotients) for _ in range(rng.randint(2, 3))]
    return (sp.And if rng.random() < 0.5 else sp.Or)(*parts)


def region_formula(rng: random.Random, scope: Assumptions, depth: int = 2, quotients: bool = True) -> Formula:
    """A random formula over a scope, neither always true nor always false."""
    while True:
        formula = from_sympy(condition(rng, list(scope.symbols), depth, quotients), scope)
        if not isinstance(formula, bool):
            return formula


def points(rng: random.Random, scope: Assumptions, formula: Formula, count: int) -> list[dict[sp.Symbol, sp.Rational]]:
    """Exact points where the assumptions hold, about half of them on the boundary of some literal."""
    ring = scope.ring
    base = [
        dict(zip(ring.symbols, (sp.Rational(int(v.p), int(v.q)) for v in p), strict=False)) for p in pool(scope).points
    ]
    found = []
    lits = list(literals(formula))
    for _ in range(6 * count):
        if len(found) >= count or not base:
            break
        point = dict(rng.choice(base))
        for s in rng.sample(list(point), k=min(len(point), rng.randint(0, 2))):
            point[s] = point[s] + sp.Rational(rng.randint(-6, 6), rng.choice((1, 2, 4, 8)))
        if lits and rng.random() < 0.7:
            for literal in rng.sample(lits, k=min(len(lits), rng.randint(1, 2))):
                point = onto_boundary(rng, literal, scope, point)
        if scope.holds(point):
            found.append(point)
    return found


def onto_boundary(
    rng: random.Random, literal: Literal, scope: Assumptions, point: dict[sp.Symbol, sp.Rational]
) -> dict[sp.Symbol, sp.Rational]:
    """The point moved along one coordinate to where the literal's polynomial vanishes, if it can be."""
    ring = scope.ring
    linear = [s for s in ring.used(literal.poly) if ring.degree(literal.poly, s) == 1]
    rng.shuffle(linear)
    for s in linear:
        offset, slope = ring.coefficients(literal.poly, s)
        divisor = ring.value(slope, point)
        if divisor != 0:
            return {**point, s: -ring.value(offset, point) / divisor}
    return point


def sympy_holds(formula: Formula, scope: Assumptions, point: dict[sp.Symbol, sp.Rational]) -> bool:
    """Membership by SymPy's own arithmetic, literal by literal."""
    if isinstance(formula, bool):
        return formula
    if isinstance(formula, Literal):
        return bool(sp.sympify(relation_to_sympy(formula, scope.ring)).subs(point))
    combine = all if isinstance(formula, And) else any
    return combine(sympy_holds(p, scope, point) for p in formula.parts)


__all__ = ["condition", "expression", "holds", "points", "region_formula", "relation", "scopes", "sympy_holds"]
