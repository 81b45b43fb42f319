"""Points for the tests: random ones, many of them exactly on boundaries of conditions or next to them."""

from fractions import Fraction
from random import Random

import numpy as np
import sympy as sp

from deterrence.polynomials import to_rational
from deterrence.regions.logic import holds_at, literals, values_of
from tests.referee.points import random_points


def boundary_points(eqs, n, seed):
    """Exact points inside the assumptions; about half of them moved onto a boundary along one parameter."""
    assumptions = eqs.game.assumptions
    draw = Random(seed)
    edges = [f.poly for e in eqs for f in literals(e.condition.formula)]
    for k, point in enumerate(random_points(assumptions, n, seed)):
        yield moved(assumptions, dict(point), draw.choice(edges), draw) if edges and k % 2 else point


def moved(assumptions, point, poly, draw):
    """The point with one parameter changed so that the polynomial vanishes, if it can be."""
    ring = assumptions.ring
    for symbol in draw.sample(ring.used(poly), len(ring.used(poly))):
        if ring.degree(poly, symbol) != 1:
            continue
        offset, slope = (ring.evaluate(c, {s: sp.Rational(v.numerator, v.denominator) for s, v in point.items()})
                         for c in ring.coefficients(poly, symbol))
        if slope == 0:
            continue
        root = to_rational((-offset / slope.coeffs()[0]).coeffs()[0]) if offset != 0 else sp.S.Zero
        tried = {**point, symbol: Fraction(int(root.p), int(root.q))}
        if assumptions.holds({s: sp.Rational(v.numerator, v.denominator) for s, v in tried.items()}):
            return tried
    return point


def rational(point):
    """A point of fractions for SymPy."""
    return {s: sp.Rational(Fraction(v).numerator, Fraction(v).denominator) for s, v in point.items()}


def exact_masks(eqs, point):
    """Which generic equilibria exist, from the formulas by exact arithmetic; None outside the assumptions."""
    exact = rational(point)
    if not eqs.game.assumptions.holds(exact):
        return None
    return [holds_at(e.condition.formula, values_of(e.condition.assumptions.ring, exact)) for e in eqs]


def as_lists(points, symbols):
    """Exact columns: an object array for each symbol."""
    table = {}
    for s in symbols:
        column = np.empty(len(points), dtype=object)
        column[:] = [p[s] for p in points]
        table[s] = column
    return table


def as_floats(points, symbols):
    """The nearest floats of each coordinate, and the exact points that these floats are."""
    table = {s: np.array([float(p[s]) for p in points]) for s in symbols}
    exact = [{s: Fraction(float(table[s][k])) for s in symbols} for k in range(len(points))]
    return table, exact
