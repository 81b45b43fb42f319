"""The cross-check of region questions sees a wrong answer, from either side."""

import sympy as sp

from deterrence.parameters import Parameters
from deterrence.regions.decide import observers
from deterrence.regions.region import Region

from .conftest import CrossCheck


def test_questions_are_recorded(cross_checked):
    P = Parameters()
    x, y = P.real("cross checked")
    region = Region(sp.And(x > y, x < y**2 - 3), P)
    assert cross_checked in observers
    assert region.is_empty().refuted
    assert cross_checked.asked[region.formula, region.assumptions] == "sat"


def test_a_wrong_answer_is_seen():
    P = Parameters()
    x, y = P.real("x y")
    full, void = Region(x > y, P), Region(sp.And(x**2 + y**2 < 1, x * y > 1), P)
    check = CrossCheck()
    for region, status in ((full, "sat"), (void, "unsat")):
        check(region.formula, region.assumptions, status)
    assert not list(check.contradictions(5))
    wrong = CrossCheck()
    for region, status in ((full, "unsat"), (void, "sat")):
        wrong(region.formula, region.assumptions, status)
    assert len(list(wrong.contradictions(5))) == 2
