"""A verdict cannot pass for a truth value, cannot contradict itself, and combines by the worst."""

import json
import pickle

import pytest
import sympy as sp

from deterrence.regions.verdict import Verdict

P = sp.Symbol("p", real=True)
PROVED = Verdict.proof("certified")
REFUTED = Verdict.refutation({P: sp.Rational(1, 4)}, reason="p > 1/2 fails")
OPEN = Verdict.unknown("time limit", tried=("z3", "cvc5"), seconds=3.0)


@pytest.mark.parametrize("verdict", [PROVED, REFUTED, OPEN])
def test_no_verdict_is_a_truth_value(verdict):
    with pytest.raises(TypeError, match=r"ask .proved, .refuted or .undecided"):
        bool(verdict)
    assert [verdict.proved, verdict.refuted, verdict.undecided].count(True) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "true"},
        {"status": "proved", "grade": "certain"},
        {"status": "proved"},
        {"status": "refuted", "grade": "certified"},
        {"status": "proved", "grade": "certified", "counterexample": {P: sp.S.One}},
    ],
)
def test_contradictory_records_are_refused(fields):
    with pytest.raises(ValueError, match=r"grade|status|counterexample"):
        Verdict(**fields)


def test_all_of_is_the_worst_status_and_the_weakest_grade():
    weak = Verdict.proof("one engine", seconds=0.25)
    assert Verdict.all_of([]).grade == "certified"
    assert Verdict.all_of([PROVED, weak, Verdict.proof("two engines", seconds=0.5)]).grade == "one engine"
    assert Verdict.all_of([PROVED, weak]).seconds == 0.25
    assert Verdict.all_of([PROVED, OPEN]).undecided
    both = Verdict.all_of([OPEN, PROVED, REFUTED])
    assert both.refuted and both.counterexample == REFUTED.counterexample
    assert both.tried == ("z3", "cvc5") and both.seconds == 3.0


def test_text_json_and_pickle():
    assert str(REFUTED) == "refuted at p = 1/4: p > 1/2 fails"
    assert str(OPEN) == "undecided: time limit (tried z3, cvc5; 3.00 s)"
    data = json.loads(json.dumps(REFUTED.to_json()))
    assert data["counterexample"] == {"p": "1/4"} and data["status"] == "refuted"
    for verdict in (PROVED, REFUTED, OPEN):
        assert pickle.loads(pickle.dumps(verdict)) == verdict
        assert hash(verdict) == hash(pickle.loads(pickle.dumps(verdict)))
