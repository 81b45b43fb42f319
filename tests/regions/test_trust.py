"""A proof is no better than the answers by which its condition was shortened."""

import pickle

import pytest
import sympy as sp

import deterrence as dt
from deterrence.parameters import Parameters
from deterrence.regions.decide import EnginesDisagree
from deterrence.regions.region import Region
from deterrence.regions.second import have_cvc5
from deterrence.regions.trust import Taken

P = Parameters()
X, Y, Z = P.real("x y z")
Q, T = P.probability("q t")
M = sp.Symbol("m", real=True)
MOTZKIN = X**4 * Y**2 + X**2 * Y**4 - 3 * X**2 * Y**2 + 1  # positive, yet no sum of squares: no certificate is found
ENGINES = "two engines" if have_cvc5() else "one engine"


def regions():
    """Conditions that are empty, or what they say, only because MOTZKIN < 0 has no point."""
    over = Region(sp.And(sp.Or(sp.And(M > 1, M > X), sp.And(M > 2, M > Y)), M < 1 - MOTZKIN), P, exists=[M])
    return over.eliminate(), Region(sp.And(MOTZKIN < 0, X > Y), P).simplify()


@pytest.mark.parametrize("empty", regions(), ids=["eliminated", "simplified"])
def test_what_an_engine_dropped_is_not_certified_later(empty):
    assert empty.formula is False and empty.taken
    assert empty.is_empty().grade == ENGINES
    assert empty.is_empty(certify=False).grade in ("one engine", ENGINES)
    assert pickle.loads(pickle.dumps(empty)).is_empty().grade == ENGINES
    assert (empty & Region(Q > T, P)).is_empty().grade == ENGINES
    assert Region(X > 0, P).implies(~empty).grade == ENGINES
    assert empty.closure.is_empty().grade == ENGINES


def test_a_shortened_condition_keeps_what_it_rests_on():
    short = Region(sp.Or(X > Y, MOTZKIN < 0), P).simplify()
    assert short.formula == Region(X > Y, P).formula
    verdict = short.implies(Region(X > Y, P))
    assert verdict.proved and verdict.grade == ENGINES


def test_a_piece_that_is_certified_costs_no_grade():
    short = Region(sp.Or(Q > T, sp.And(Q > Z, Z > 1)), P).simplify()
    assert short.formula == Region(Q > T, P).formula and short.taken
    verdict = short.implies(Region(Q > T, P))
    assert verdict.grade == "certified" and len(verdict.certificates) >= len(short.taken)
    assert all(c.check() for c in verdict.certificates)


@pytest.mark.skipif(not have_cvc5(), reason="needs the second engine")
def test_a_piece_that_was_dropped_in_error_decides_nothing():
    wrong = Taken(Region(X * Y > 7, P).formula, P.snapshot())
    region = Region(Region(sp.And(X > Y, Y > X), P).formula, P, taken=[wrong])
    with pytest.warns(EnginesDisagree, match="contradict one another"):
        verdict = region.is_empty()
    assert verdict.undecided and "another calls possible" in verdict.reason


def test_files_keep_it(tmp_path):
    model = dt.load("zagare_kilgour_2000/unilateral_deterrence")
    answer = model.solve(cache=False)
    answer.save(tmp_path / "answer.json")
    again = dt.Equilibria.load(tmp_path / "answer.json")
    assert any(e.condition.taken for e in answer)
    assert [e.condition.taken for e in again] == [e.condition.taken for e in answer]
