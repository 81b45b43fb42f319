"""Positive coordinates: the change of coordinates is faithful, and its signs are never wrong."""

import random

import pytest
import sympy as sp

import deterrence as dt
from deterrence.regions.coordinates import Coordinates
from tests.referee.points import random_points


def assumptions():
    P = dt.Parameters()
    P.ordered("a < b < c < d")
    P.ordered("b < e < d")
    P.ordered("m < 0 < n")
    P.probability("p")
    P.distribution("q1 q2 q3")
    P.positive("k")
    P.real("z")
    return P.snapshot()


def draw_polynomial(draw, symbols):
    def term():
        return draw.choice([-2, -1, 1, 2]) * sp.Mul(*(draw.choice(symbols) for _ in range(draw.randint(0, 2))))

    differences = [x - y for x in symbols for y in symbols if x != y]
    return sp.expand(draw.choice(differences) * draw.choice([1, *symbols]) + draw.choice([0, 1]) * term())


@pytest.mark.parametrize("seed", range(40))
def test_signs_hold_at_random_points(seed):
    A = assumptions()
    coordinates, draw = Coordinates(A), random.Random(seed)
    points = list(random_points(A, 12, seed))
    for _ in range(25):
        f = draw_polynomial(draw, A.symbols)
        sign = coordinates.sign(A.ring.from_sympy(f))
        values = [f.xreplace({s: sp.Rational(str(v)) for s, v in point.items()}) for point in points]
        if sign in (1, -1):
            assert all(sign * v > 0 for v in values), f
        if sign in (2, -2):
            assert all(sign * v >= 0 for v in values), f


def test_signs_that_can_be_read_are_read():
    A = assumptions()
    v = {s.name: s for s in A.symbols}
    coordinates = Coordinates(A)

    def sign(expr):
        return coordinates.sign(A.ring.from_sympy(A.expand(expr)))

    assert sign(v["d"] - v["a"]) == 1
    assert sign(v["p"] * (v["d"] - v["b"]) + (1 - v["p"]) * (v["c"] - v["a"])) == 1
    assert sign(v["m"] - v["n"]) == -1
    assert sign(v["q1"] + v["q2"] - 1) == -1
    assert sign(v["e"] - v["c"]) == 0
    assert sign(v["z"] ** 2) == 2
    assert sign(v["z"]) == 0
    assert sign(-v["k"]) == -1


@pytest.mark.parametrize("seed", range(10))
def test_there_and_back(seed):
    A = assumptions()
    coordinates, draw = Coordinates(A), random.Random(seed)
    f = A.ring.from_sympy(draw_polynomial(draw, A.symbols))
    assert coordinates.from_positive(coordinates.to_positive(f)) == f


def test_what_coordinates_do_not_contain_is_left_over():
    P = dt.Parameters()
    p, q = P.probability("p q")
    P.assume(p > q)
    assert Coordinates(P.snapshot()).leftover == (p > q,)


def test_beliefs_may_be_zero():
    A = dt.Parameters().snapshot().extend(closed=[(sp.Symbol("x", real=True),)])
    x = A.symbols[0]
    coordinates = Coordinates(A)
    assert coordinates.sign(A.ring.from_sympy(x)) == 2
    assert coordinates.sign(A.ring.from_sympy(1 - x)) == 2
    assert coordinates.sign(A.ring.from_sympy(1 + x)) == 1
    assert coordinates.sign(A.ring.from_sympy(1 + x - x**2)) == 1
