"""Elimination of beliefs and mixtures: known results, quantifiers that stay, and what is left alone."""

import random

import pytest
import sympy as sp
from random_regions import points, region_formula, scopes

from deterrence.parameters import Parameters
from deterrence.regions.eliminate import eliminate
from deterrence.regions.formula import from_sympy, holds
from deterrence.regions.region import Region

SCOPES = scopes()


@pytest.mark.parametrize("seed", range(40))
def test_two_symbols_go_as_one_after_the_other(seed):
    """One symbol is checked against an exact oracle in `test_fuzz`; two are no more than that twice."""
    rng = random.Random(seed)
    scope = rng.choice(SCOPES)
    formula = region_formula(rng, scope, depth=1)
    gone = rng.sample(list(scope.ring.symbols), 2)
    both = eliminate(formula, scope, gone, seconds=2)
    for order in (gone, gone[::-1]):
        first = eliminate(formula, scope, order[:1], seconds=2)
        second = eliminate(first.formula, first.assumptions, order[1:], seconds=2)
        if both.pending or first.pending or second.pending:
            continue
        left = both.assumptions
        for point in points(rng, scope, formula, 4) + points(rng, left, both.formula, 4):
            shadow = {s: v for s, v in point.items() if s not in gone}
            if left.holds(shadow):
                assert holds(both.formula, left.ring, shadow) is holds(second.formula, second.assumptions.ring, shadow)
                if len(point) == len(scope.ring.symbols):
                    assert holds(both.formula, left.ring, shadow) or not holds(formula, scope.ring, point)


def _crisis():
    P = Parameters()
    c, k, h = P.positive("c k h")
    return P, c, k, h


def unknown(name):
    return sp.Symbol(name, real=True)


@pytest.mark.parametrize(
    ("names", "matrix", "expected"),
    [
        (
            "m",
            lambda P, m: m * P["x"] + (1 - m) * P["y"] >= P["z"],
            lambda P: sp.Or(P["x"] >= P["z"], P["y"] >= P["z"]),
        ),
        ("m", lambda P, m: m * P["x"] + (1 - m) * P["y"] > P["z"], lambda P: sp.Or(P["x"] > P["z"], P["y"] > P["z"])),
        (
            "m n",
            lambda P, m, n: sp.And(m <= n, m * P["x"] >= P["z"], n * P["y"] <= P["z"]),
            lambda P: sp.And(
                sp.Or(P["z"] <= 0, P["x"] >= P["z"]),
                sp.Or(P["z"] >= 0, P["y"] <= P["z"]),
                sp.Or(P["z"] <= 0, P["y"] * P["z"] <= P["x"] * P["z"], P["y"] <= P["z"]),
            ),
        ),
        (
            "m",
            lambda P, m: sp.Eq(m * P["x"] + (1 - m) * P["y"], P["z"]),
            lambda P: (P["x"] - P["z"]) * (P["y"] - P["z"]) <= 0,
        ),
    ],
)
def test_beliefs(names, matrix, expected):
    P = Parameters()
    x, y, z = P.real("x y z")
    known = {"x": x, "y": y, "z": z}
    beliefs = [unknown(n) for n in names.split()]
    scope = P.snapshot().extend(closed=[(b,) for b in beliefs])
    region = Region(matrix(known, *beliefs), scope, exists=beliefs).eliminate()
    assert not region.pending
    assert region.equals(Region(expected(known), P)).proved


def test_a_quadratic_cutoff():
    P, c, k, h = _crisis()
    x = unknown("x")
    inside = sp.And(x > 0, x < 1, sp.Eq(h * x * (1 - x), c))
    region = Region(inside, P, exists=[x]).eliminate().simplify()
    assert region.equals(Region(h >= 4 * c, P)).proved
    costly = sp.And(x > 0, x < 1, h * x * (1 - x) >= c + k * x)
    expected = Region(sp.And(h > k, (h - k) ** 2 >= 4 * h * c), P)
    assert Region(costly, P, exists=[x]).eliminate().equals(expected).proved


def test_an_order_survives_the_symbol_in_its_middle():
    P = Parameters()
    low, mid, high = P.ordered("low < mid < high")
    region = Region(2 * mid < low + high, P).eliminate(mid)
    assert region.formula is True
    assert [str(r) for r in region.assumptions.relations] == ["high > low"] or str(region.assumptions) == "low < high"


def test_too_high_a_degree_keeps_the_quantifier():
    P = Parameters()
    x, y = P.real("x y")
    z = unknown("z")
    region = Region(sp.Eq(z**5 - z, x * y) & (z > y), P, exists=[z]).eliminate()
    assert region.pending == (z,)
    assert str(region).startswith("for some z: ")
    assert region.is_empty().refuted


def test_no_time_keeps_the_quantifier():
    P = Parameters()
    x, y = P.real("x y")
    z = unknown("z")
    region = Region((z > x) & (z < y), P, exists=[z])
    assert region.eliminate(seconds=0).pending == (z,)
    assert region.eliminate().formula == Region(x < y, P).formula


def test_equations_with_a_pivot_of_unknown_sign_split():
    P = Parameters()
    x, y = P.real("x y")
    z = unknown("z")
    region = Region(sp.Eq(x * z, y) & (z > 1), P, exists=[z]).eliminate()
    expected = sp.Or(sp.And(x > 0, y > x), sp.And(x < 0, y < x), sp.And(sp.Eq(x, 0), sp.Eq(y, 0)))
    assert region.equals(Region(expected, P)).proved


def test_a_formula_without_the_symbol_is_left_alone():
    P = Parameters()
    x, y = P.real("x y")
    scope = P.snapshot()
    wider = scope.extend(closed=[(unknown("m"),)])
    done = eliminate(from_sympy(x > y, wider), wider, [unknown("m")])
    assert done.formula == from_sympy(x > y, scope) and done.assumptions.symbols == scope.symbols
