"""Elimination is exact: at every point the formula says whether the fibre above it is empty."""

import random

import pytest
import sympy as sp
from random_regions import points, region_formula, scopes

from deterrence.parameters import Parameters
from deterrence.regions.eliminate import eliminate
from deterrence.regions.engines import ask_z3
from deterrence.regions.formula import Literal, from_sympy, holds
from deterrence.regions.points import assumed
from deterrence.regions.region import Region
from deterrence.regions.second import ask_cvc5

SCOPES = scopes()


def fibre(formula, scope, point):
    """Whether z3 (or cvc5) finds values above a point: "sat", "unsat" or "unknown"."""
    ring = scope.ring
    fixed = [Literal("==", ring.gen(s) - ring.constant(v)) for s, v in point.items()]
    question = [assumed(scope), formula, *fixed]
    status, _ = ask_z3(question, len(ring.symbols), 1000, "qfnra-nlsat")
    return status if status != "unknown" else ask_cvc5(question, len(ring.symbols), 1000)


@pytest.mark.parametrize("seed", range(80))
def test_a_point_is_in_the_shadow_exactly_if_its_fibre_is_not_empty(seed):
    rng = random.Random(seed)
    scope = rng.choice(SCOPES)
    formula = region_formula(rng, scope, depth=rng.choice((1, 2)))
    gone = rng.sample(list(scope.symbols), rng.randint(1, 2))
    done = eliminate(formula, scope, gone, seconds=3)
    if done.pending:
        assert set(done.pending) <= set(gone)
        return
    left = done.assumptions
    shadows = [{s: v for s, v in p.items() if s in left.ring.index} for p in points(rng, scope, formula, 6)]
    for point in shadows + points(rng, left, done.formula, 6):
        if left.holds(point):
            above = fibre(formula, scope, point)
            assert above == "unknown" or (above == "sat") is holds(done.formula, left.ring, point), point


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
