"""Alike and apart mean what they say: closures compared exactly, never more than is shown."""

import itertools
import random

import pytest
import sympy as sp
from random_regions import points, region_formula, scopes

from deterrence.parameters import Parameters
from deterrence.regions.alike import alike, apart, within_closure
from deterrence.regions.logic import literals
from deterrence.regions.region import Region

P = Parameters()
X, Y, Z = P.real("x y z")
Q, T = P.probability("q t")
HALF = sp.Rational(1, 2)


def region(condition):
    return Region(condition, P)


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        (X > Y, X >= Y, "proved"),
        (sp.Ne(X, Y), True, "proved"),
        (X * Y > 0, X * Y >= 0, "proved"),
        (sp.Or(X > Y, X < Y), True, "proved"),
        (sp.And(X * Y > 0, X * Z > 0, sp.Ne(X, 0)), sp.And(X * Y >= 0, X * Z >= 0, Y * Z >= 0), "proved"),
        (sp.And(sp.Eq(X, Y), Z > 0), sp.And(sp.Eq(X, Y), Z >= 0), "proved"),
        (X**2 + Y**2 < 1, X**2 + Y**2 <= 1, "proved"),
        # relaxed, the left sides would be the right ones
        (sp.And(X > Y, X < Y, evaluate=False), sp.Eq(X, Y), "refuted"),
        (sp.And(X * Z > Y, X * Z < Y, evaluate=False), sp.Eq(X * Z, Y), "refuted"),
        (False, sp.Eq(Q, T), "refuted"),
        (X > Y, X > Z, "refuted"),
        (sp.Or(X > Y, sp.Eq(Z, 0)), X >= Y, "refuted"),
        # an isolated point of the weak form is no limit: nothing here proves it one
        (X**2 * (X - 1) > Y**2, X**2 * (X - 1) >= Y**2, "undecided"),
    ],
)
def test_closures_are_compared(one, other, status):
    for left, right in itertools.permutations((one, other)):
        verdict = alike(region(left), region(right))
        assert verdict.status == status, str(verdict)
        if verdict.refuted:
            point = verdict.counterexample
            assert region(left).contains(point) != region(right).contains(point)


@pytest.mark.parametrize(
    ("one", "other", "proved"),
    [
        (Q <= T, Q >= T, True),
        (Q < T, Q > T, True),
        (sp.Eq(Q, T), sp.Eq(X, Y), True),  # two knife-edges that cross
        (sp.Eq(Q, T), Q > T, True),
        (sp.And(X >= 0, Y >= 0), sp.And(X <= 0, Y <= 0), True),
        (sp.Eq(Q, T), Q >= T, False),  # the whole line lies in both
        (sp.Eq(Q, T), sp.Eq(Q, T), False),
        (sp.And(sp.Eq(Q, T), X > 0), sp.And(Q <= T, X > 1), False),
        (sp.Or(Q >= T, sp.Eq(X, HALF)), Q <= T, False),  # a whisker of one inside the other
        (Q <= T, Q >= T * HALF, False),
    ],
)
def test_apart_is_to_meet_nowhere_dense_in_either(one, other, proved):
    for left, right in itertools.permutations((one, other)):
        verdict = apart(region(left), region(right))
        assert verdict.status == ("proved" if proved else "refuted"), str(verdict)
        if verdict.refuted:
            assert region(left).contains(verdict.counterexample) and region(right).contains(verdict.counterexample)


def near(rng, scope, condition, point, tries=400):
    """Whether one of many exact points close by lies in a region."""
    for k in range(tries):
        size = sp.Rational(1, 10 ** (2 + k % 3))
        moved = {s: v + size * rng.randint(-9, 9) / 10 for s, v in point.items()}
        if scope.holds(moved) and condition.contains(moved):
            return True
    return False


@pytest.mark.parametrize("seed", range(30))
def test_what_is_called_a_limit_has_points_close_by(seed):
    rng = random.Random(seed)
    scope = rng.choice(scopes()[:3])
    right = Region(region_formula(rng, scope, 1), scope)
    if any(f.op == "==" for f in literals(right.formula)):
        return  # points on a curve are not met at random
    left = Region(region_formula(rng, scope, 0), scope) & right.closure
    verdict = within_closure(left, right, seconds=2)
    held = [p for p in points(rng, scope, left.formula, 20) if left.contains(p) and not right.contains(p)]
    if verdict.proved:
        assert all(near(rng, scope, right, p) for p in held[:3])
    if verdict.refuted:
        assert left.contains(verdict.counterexample)
        assert not near(rng, scope, right, verdict.counterexample, 60)
