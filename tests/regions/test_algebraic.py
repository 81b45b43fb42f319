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


@pytest.mark.parametrize(
    "relations",
    [
        lambda x, y, z: [sp.Eq(x**2, 2), sp.Eq(y**2, 3), sp.Eq(z, x + y)],
        lambda x, y, z: [sp.Eq(x**2, 2), sp.Eq(y**2, 3), sp.Eq(z, x * y)],
        lambda x, y, z: [sp.Eq(x**2, y), sp.Eq(y**2, 2), x > 0, sp.Eq(z, x + y)],
    ],
)
def test_coordinates_that_hang_together_are_found_and_verified(relations):
    P = dt.Parameters()
    x, y, z = P.real("x y z")
    conditions = relations(x, y, z)
    point = dt.Region(sp.And(*conditions), P).witness()
    for relation in conditions:
        gap = (relation.lhs - relation.rhs).subs(point)
        assert gap.equals(0) if isinstance(relation, sp.Eq) else gap > 0
