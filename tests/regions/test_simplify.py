"""Simplification reaches the form that a theorist would print (that no point moves: see `test_fuzz`)."""

import sympy as sp

from deterrence.parameters import Parameters
from deterrence.regions.formula import disjunctive, from_sympy
from deterrence.regions.region import Region


def _threshold_scope():
    P = Parameters()
    chain = P.ordered("a1 < a2 < a3 < a4")
    p = P.probability("p")
    h, s, c = P.positive("h s c")
    return P, chain, p, h, s, c


def test_one_threshold_out_of_many():
    P, (a1, a2, a3, a4), p, *_ = _threshold_scope()
    parts = [
        p * a1 + (1 - p) * a4 <= a2,
        p * a1 + (1 - p) * a4 <= a3,
        p * a1 + (1 - p) * a3 <= a4,
        p * (a4 - a1) >= a4 - a2,
        p >= (a4 - a3) / (a4 - a1),
        (a4 - a2) * p >= 0,
    ]
    region = Region(sp.And(*parts), P).simplify()
    assert str(region) == "p >= (a4 - a2)/(a4 - a1)"


def test_pieces_and_boundary_become_one_inequality():
    P, _, p, h, s, c = _threshold_scope()
    gain = p * h - (1 - p) * s
    split = sp.Or(gain > c, sp.And(sp.Eq(gain, c), h > c), sp.And(sp.Eq(p * h, c + (1 - p) * s), h > s))
    assert Region(split, P).simplify().formula == from_sympy(gain >= c, P.snapshot())
    cases = sp.Or(sp.And(h > s, p * h >= s), sp.And(h <= s, p * h >= s))
    assert Region(cases, P).simplify().formula == from_sympy(p * h >= s, P.snapshot())


def test_a_union_of_half_spaces_stays_a_union_of_two():
    P, _, p, h, s, c = _threshold_scope()
    union = sp.Or(sp.And(h > s, p * h >= s), h > c, sp.And(h > c, s > c), sp.And(p * h >= s, c > h))
    pieces = disjunctive(Region(union, P).simplify().formula)
    assert sorted(map(len, pieces)) == [1, 1]


def test_factors_fixed_by_the_rest_go():
    P, _, p, h, s, c = _threshold_scope()
    region = Region(sp.And(h > s, (h - s) * (p - c) >= 0), P).simplify()
    assert region.formula == from_sympy(sp.And(h > s, p >= c), P.snapshot())


def test_impossible_pieces_go():
    P, _, p, h, s, c = _threshold_scope()
    region = Region(sp.Or(sp.And(h > s, s > c, c > h), p > c), P).simplify()
    assert region.formula == from_sympy(p > c, P.snapshot())
