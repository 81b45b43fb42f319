"""A proof is no better than the answers by which its condition was shortened."""

import pickle
from dataclasses import replace

import pytest
import sympy as sp

import deterrence as dt
from deterrence.parameters import Parameters
from deterrence.profile import ProfileEquilibrium
from deterrence.regions.decide import EnginesDisagree
from deterrence.regions.eliminate import eliminate
from deterrence.regions.region import Region
from deterrence.regions.rescope import rescoped
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


MARK = Taken(Region(MOTZKIN < 0, P).formula, P.snapshot())


@pytest.fixture
def marked(monkeypatch):
    """Every elimination rests on one more answer of an engine."""
    plain = eliminate

    def marking(*args, **more):
        done = plain(*args, **more)
        return replace(done, taken=(*done.taken, MARK))

    monkeypatch.setattr("deterrence.regions.region.eliminate", marking)


def offered():
    shares, known = sp.Symbol("share", real=True), Parameters()
    p, cost = known.probability("p"), known.positive("c")
    war = dt.outcome("War", A=p, B=1 - p - cost)
    deal = dt.outcome("Deal", A=shares, B=1 - shares)
    tree = dt.offer("A", "demand", shares, dt.move("B", "reply", accept=deal, fight=war))
    return dt.BargainingGame("Demand", parameters=known, players=["A", "B"], tree=tree)


def two_peaks():
    level, known = sp.Symbol("level", real=True), Parameters()
    payoff = level * (3 - level**2) + known.real("h") * level
    return dt.ContinuousGame("Peaks", parameters=known, levels={"A": {level: (-3, 1)}}, payoffs={"A": payoff})


@pytest.mark.parametrize("game", [offered, two_peaks], ids=["offers", "levels"])
def test_records_keep_what_an_elimination_on_the_way_to_them_took(game, marked):
    answer = dt.solve(game())
    assert len(answer) and all(MARK in e.condition.taken for e in answer)


def test_what_a_quantified_record_leaves_open_keeps_it():
    condition = Region(sp.And(M > X, M < Y), P, exists=[M], taken=[MARK])
    record = ProfileEquilibrium(two_peaks(), {"level": X}, condition)
    assert record.system.taken == (MARK,)


def test_a_condition_over_fewer_symbols_keeps_it():
    few = Parameters()
    few.probability("q t")
    assert rescoped(Region(Q > T, P, taken=[MARK]), few.snapshot()).taken == (MARK,)
