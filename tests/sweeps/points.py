"""Points for the tests: random ones, many of them exactly on boundaries of conditions or next to them."""

from fractions import Fraction
from functools import lru_cache
from itertools import islice
from random import Random

import numpy as np
import sympy as sp

from deterrence.polynomials import to_flint, to_rational
from deterrence.regions.logic import holds_at, literals, values_of
from deterrence.solvers import solve
from tests.games import samples
from tests.referee.points import random_points


@lru_cache(maxsize=4)
def solved(name):
    """A sample game's equilibria."""
    return solve(getattr(samples, name)())


FIXED = {
    "a_DDm": 0,
    "a_CD": 1,
    "a_DDp": 2,
    "a_SQ": 4,
    "a_DC": 6,
    "b_DDm": 0,
    "b_DC": 1,
    "b_DDp": 2,
    "b_CD": 4,
    "b_SQ": 3,
}


def boundary_points(eqs, n, seed):
    """Exact points inside linear assumptions; two thirds of them moved onto a boundary along one parameter."""
    assumptions = eqs.game.assumptions
    draw = Random(seed)
    base = list(random_points(assumptions, 40, seed))
    edges = [f.poly for e in (*eqs, *eqs.knife_edges) for f in literals(e.condition.formula)]
    for k in range(n):
        p, q = draw.sample(base, 2)
        t = Fraction(draw.randint(0, 16), 16) if k % 2 else Fraction(draw.random())
        point = {s: t * p[s] + (1 - t) * q[s] for s in p}
        yield moved(assumptions, point, draw.choice(edges), draw) if edges and k % 3 else point


def moved(assumptions, point, poly, draw):
    """The point with one parameter changed so that the polynomial vanishes, if it can be."""
    ring = assumptions.ring
    values = [to_flint(sp.Rational(point[s].numerator, point[s].denominator)) for s in ring.symbols]
    for symbol in draw.sample(ring.used(poly), len(ring.used(poly))):
        if ring.degree(poly, symbol) != 1:
            continue
        offset, slope = (c(*values) for c in ring.coefficients(poly, symbol))
        if slope == 0:
            continue
        root = to_rational(-offset / slope)
        tried = {**point, symbol: Fraction(int(root.p), int(root.q))}
        if assumptions.holds(rational(tried)):
            return tried
    return point


def rational(point):
    """A point of fractions for SymPy."""
    return {s: sp.Rational(v.numerator, v.denominator) for s, v in point.items()}


def exact_masks(eqs, point, knife_edges=False):
    """Which equilibria exist, from the formulas by exact arithmetic; None outside the assumptions."""
    exact = rational(point)
    if not eqs.game.assumptions.holds(exact):
        return None
    found = (*eqs, *eqs.knife_edges) if knife_edges else tuple(eqs)
    return [holds_at(e.condition.formula, values_of(e.condition.assumptions.ring, exact)) for e in found]


def as_fractions(points, symbols):
    """Exact columns: an object array for each symbol."""
    table = {}
    for s in symbols:
        table[s] = np.empty(len(points), dtype=object)
        table[s][:] = [p[s] for p in points]
    return table


def as_floats(points, symbols):
    """The nearest floats of each coordinate, and the exact points that these floats are."""
    table = {s: np.array([float(p[s]) for p in points]) for s in symbols}
    exact = [{s: Fraction(float(table[s][k])) for s in symbols} for k in range(len(points))]
    return table, exact


def first(iterable, n):
    """The first n of them."""
    return list(islice(iterable, n))
