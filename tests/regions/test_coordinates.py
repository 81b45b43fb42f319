"""Positive coordinates: the change of coordinates is faithful, and its signs are never wrong."""

import itertools
import random

import pytest
import sympy as sp

import deterrence as dt
from deterrence.regions.coordinates import Coordinates, _some_stays
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


def test_signs_are_read_under_many_closed_distributions():
    """Forty of them have 3**40 corners, which nobody can visit one by one."""
    chances = [sp.symbols(f"p{k} q{k}", real=True) for k in range(40)]
    A = dt.Parameters().snapshot().extend(closed=chances)
    rest = [1 - p - q for p, q in chances]
    coordinates = Coordinates(A)

    def sign(expr):
        return coordinates.sign(A.ring.from_sympy(sp.expand(expr)))

    (p, q), (s, t) = chances[:2]
    assert sign(p + q * s) == 2
    assert sign(p + q + rest[0] ** 2) == 1
    assert sign(p + q + rest[0] * (s + t + rest[1] ** 2)) == 1
    assert sign(p + q + rest[0] * (s + rest[1] ** 2)) == 2


@pytest.mark.parametrize("seed", range(5))
def test_terms_stay_exactly_where_they_do_at_every_corner(seed):
    draw = random.Random(seed)
    for _ in range(400):
        sizes = [draw.randint(2, 3) for _ in range(draw.randint(0, 4))]
        ends = list(itertools.accumulate(sizes, initial=0))
        groups = [frozenset(range(a, b)) for a, b in itertools.pairwise(ends)]
        places = range(ends[-1] + 2)  # two that belong to no group
        terms = {
            frozenset(draw.sample(places, min(len(places), draw.randint(1, 3)))) for _ in range(draw.randint(1, 9))
        }
        corners = itertools.product(*groups)
        assert _some_stays(terms, groups) == all(any(t <= set(kept) for t in terms) for kept in corners)
