"""A witness without rational coordinates can be checked where it was found."""

import pytest
import sympy as sp

import deterrence as dt
from deterrence.errors import PointError


def test_a_region_contains_its_algebraic_witness():
    P = dt.Parameters()
    x, y = P.real("x y")
    curve = dt.Region(sp.Eq(x**2, 2), P)
    assert curve.contains(curve.witness())
    assert curve.contains({x: sp.sqrt(2)})
    assert not curve.contains({x: sp.sqrt(3)})
    assert dt.Region(x * y > 2, P).contains({x: sp.sqrt(2), y: "3/2"})
    assert not dt.Region(x * y > 2, P).contains({x: sp.sqrt(2), y: sp.sqrt(2)})


def test_assumptions_hold_there_too():
    P = dt.Parameters()
    x = P.positive("x")
    assert not dt.Region(sp.Eq(x**2, 2), P).contains({x: -sp.sqrt(2)})


def test_what_is_missing_is_named():
    P = dt.Parameters()
    x, y = P.real("x y")
    with pytest.raises(PointError, match="a value for y"):
        dt.Region(x * y > 2, P).contains({x: sp.sqrt(2)})
