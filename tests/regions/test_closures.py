"""Closure and interior: contained where they must be, and exact only where that is shown."""

import random

import pytest
import sympy as sp
from random_regions import points, region_formula, scopes

from deterrence.parameters import Parameters
from deterrence.regions.region import Region

SCOPES = scopes()


@pytest.mark.parametrize("seed", range(25))
def test_the_region_lies_between_interior_and_closure(seed):
    rng = random.Random(seed)
    scope = rng.choice(SCOPES)
    region = Region(region_formula(rng, scope, 1), scope)
    inner, outer = region.interior, region.closure
    for point in points(rng, scope, region.formula, 25):
        assert not inner.contains(point) or region.contains(point)
        assert not region.contains(point) or outer.contains(point)


def test_thresholds_become_weak():
    P = Parameters()
    low, mid, high = P.ordered("low < mid < high")
    p, q = P.probability("p q")
    region = Region(sp.And(p * (high - low) > high - mid, q < sp.Rational(1, 2)), P)
    assert str(region.closure) == "p >= (high - mid)/(high - low) and q <= 1/2"
    assert region.closure_is_exact()
    assert region.closure.interior.equals(region).proved


def test_no_exactness_is_claimed_where_relaxing_adds_points():
    P = Parameters()
    x, y = P.real("x y")
    isolated = Region(x**2 * (x - 1) > y**2, P)
    assert isolated.closure.contains({x: 0, y: 0})
    assert not isolated.closure_is_exact()


def test_an_excluded_point_is_a_limit():
    P = Parameters()
    x, y = P.real("x y")
    region = Region(sp.And(sp.Ne(x, y), x > 0), P)
    assert region.closure.formula == Region(x >= 0, P).formula
    assert region.closure_is_exact()


def test_a_symbol_under_a_weak_assumption_does_not_move():
    P = Parameters()
    x, y, z = P.real("x y z")
    P.assume(x <= 0, z <= 0)
    assert Region(x > y, P).closure_is_exact()  # y can move
    edge = Region(sp.And(x + z > -1, x + z >= 0), P)
    assert not Region(x > z, P).closure_is_exact() and edge.simplify().closure.contains({x: 0, z: 0})
