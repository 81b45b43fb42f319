"""The answer as a record: coverage, points, assumptions, groups."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

import deterrence as dt
from deterrence.errors import (
    ConceptError,
    ContradictoryAssumptions,
    ParameterError,
    PointError,
    UnknownName,
    UnknownParameter,
)

MODEL = "zagare_kilgour_2000/unilateral_deterrence"


@pytest.fixture(scope="module")
def eqs():
    model = dt.load(MODEL)
    return model.named(dt.solve(model.game))


@pytest.fixture(scope="module")
def sample():
    return dt.load(MODEL).sample_point()


def symbols(eqs):
    return {p.name: p.symbol for p in eqs.game.assumptions.parameters}


def test_coverage_is_proved_only_if_every_point_is_covered(eqs):
    assert eqs.covers().proved
    without_deterrence = replace(eqs, generic=tuple(e for e in eqs if "Deterrence" not in e.name), knife_edges=())
    verdict = without_deterrence.covers()
    assert verdict.refuted
    v = symbols(eqs)
    point = verdict.counterexample
    hard = (v["a_DC"] - v["a_SQ"]) / (v["a_DC"] - v["a_DDp"])
    assert (v["p_B"] - hard).xreplace(point) > 0
    assert eqs.game.assumptions.holds(point)


def test_an_incomplete_answer_refutes_no_coverage(eqs):
    left = replace(eqs, generic=(), knife_edges=(), undecided=(dt.equilibria.Undecided((), "time limit"),))
    assert left.covers().undecided


def test_nothing_covers_nothing(eqs):
    assert replace(eqs, generic=(), knife_edges=()).covers().refuted


def test_probabilities_of_outcomes_sum_to_one(eqs):
    for e in (*eqs, *eqs.knife_edges):
        assert sp.simplify(sum(e.outcomes.values()) - 1) == 0


def test_payoffs_of_types_average_to_the_player(eqs):
    v = symbols(eqs)
    for e in eqs:
        mean = v["p_A"] * e.payoffs["Challenger", "Hard"] + (1 - v["p_A"]) * e.payoffs["Challenger", "Soft"]
        assert sp.simplify(mean - e.payoffs["Challenger"]) == 0


def test_at_a_point_everything_is_a_number(eqs, sample):
    here = eqs.at(sample)
    assert 0 < len(here) <= len(eqs)
    for e in here:
        free = set(e.free) | set(e.free_beliefs)
        assert all(p.is_Rational for p in e.outcomes.values())
        assert all(set(p.free_symbols) <= free for row in e.strategy.values() for p in row.values())


def test_what_exists_at_a_point_is_what_the_conditions_say(eqs, sample):
    names = {e.title for e in eqs.at(sample)}
    assert names == {e.title for e in eqs if e.condition.contains(sample)}


def test_more_assumptions_drop_what_they_rule_out(eqs):
    v = symbols(eqs)
    soft = (v["a_DC"] - v["a_SQ"]) / (v["a_DC"] - v["a_CD"])
    left = eqs.assume(v["p_B"] > soft)
    assert {e.name for e in left} == {"Certain Deterrence", "Separating", "Steadfast Deterrence"}
    assert all(e.condition.implies(dt.Region(v["p_B"] > soft, eqs.game.assumptions)).proved for e in left)


@pytest.fixture(scope="module")
def assumed(eqs):
    return eqs.assume("p_B > 1/2")


def test_coverage_is_asked_within_what_was_assumed(eqs, assumed):
    p_B = symbols(eqs)["p_B"]
    assert assumed.covers().proved
    one = replace(assumed, generic=assumed.named("Separating"), knife_edges=()).covers()
    assert one.refuted and one.counterexample[p_B] > sp.Rational(1, 2)
    assert assumed.assume(p_B < sp.Rational(3, 4)).covers().proved


def test_a_point_outside_what_was_assumed_is_refused(assumed, sample):
    point = {s.name: v for s, v in sample.items()}
    assert len(assumed.at({**point, "p_B": "3/4"}))
    with pytest.raises(PointError, match="p_B > 1/2, got p_B = 1/4"):
        assumed.at({**point, "p_B": "1/4"})


def test_what_was_assumed_is_said_and_saved(assumed, tmp_path):
    assert "assuming also p_B > 1/2" in str(assumed).split("1.")[0]
    assert "p_B > 1/2" in assumed.to_json()["assumptions"]
    assert "assuming" in assumed.latex() and "assuming also" in assumed._repr_html_()
    assumed.save(tmp_path / "assumed.json")
    again = dt.Equilibria.load(tmp_path / "assumed.json")
    assert again == assumed and again.covers().proved


@pytest.mark.parametrize(
    ("relation", "error", "words"),
    [
        ("p_B > 2", ContradictoryAssumptions, "can hold together"),
        ("p_C > 1/2", UnknownParameter, "p_B"),
        ("p_B +", ParameterError, "text"),
        (3, ParameterError, "relation"),
        (True, ParameterError, "relation"),
    ],
)
def test_assumptions_that_are_none_are_refused(eqs, relation, error, words):
    with pytest.raises(error, match=words):
        eqs.assume(relation)


def test_what_an_answer_holds_cannot_be_changed(eqs):
    e = eqs[0]
    tables = [e.strategy, e.beliefs, e.outcomes, e.payoffs, e.kind, eqs.counts]
    for table in (*tables, *e.strategy.values(), *e.beliefs.values()):
        with pytest.raises(TypeError):
            table["x"] = 1
        assert not hasattr(table, "update")
    assert hash(e) == hash(pickle.loads(pickle.dumps(e)))


@pytest.mark.parametrize(
    ("look", "words"),
    [
        (lambda e: e.strategy["Challenger", "Sft", "press"], "'Challenger, Soft, press'"),
        (lambda e: e.strategy["Challenger", "Soft", "press"]["figt"], "'fight'"),
        (lambda e: e.outcomes["Conflct"], "'Conflict'"),
        (lambda e: e.kind["Challenger", "pres"], "'Challenger, press'"),
        (lambda e: e.payoffs["Challnger"], "'Challenger'"),
        (lambda e: e.beliefs["Defender", "Hard", "respnd"], "'Defender, Hard, respond'"),
    ],
)
def test_a_wrong_key_is_told_the_nearest(eqs, look, words):
    with pytest.raises(KeyError, match=words):
        look(eqs[0])


@pytest.mark.parametrize("point", [None, [1], {"p_A": np.array([0.1, 0.2])}])
def test_what_is_no_point_is_refused(eqs, point):
    with pytest.raises(PointError):
        eqs.at(point)


def test_without_names_the_error_says_so(eqs):
    bare = replace(eqs, generic=tuple(replace(e, name="") for e in eqs))
    with pytest.raises(UnknownName, match="none has a name"):
        bare["Bluff"]


def test_a_model_is_no_thing_without_a_name():
    with pytest.raises(UnknownName, match="a model's name"):
        dt.load(None)


def test_groups_by_outcome_count_knife_edges_where_they_hold(eqs, sample):
    v = symbols(eqs)
    soft = (v["a_DC"] - v["a_SQ"]) / (v["a_DC"] - v["a_CD"])
    here = eqs.at({**sample, v["p_B"]: soft.xreplace(sample)})
    assert here.knife_edges
    assert sum(len(g) for g in here.by_outcome().values()) == len(here) + len(here.knife_edges)


def test_groups_by_outcome(eqs):
    groups = eqs.by_outcome()
    (peace,) = [group for key, group in groups.items() if dict(key) == {"Status Quo": 1}]
    assert {e.name for e in peace} == {"Certain Deterrence", "Steadfast Deterrence"}
    assert sum(len(g) for g in groups.values()) == len(eqs)


def test_kinds_are_derived_from_the_strategies(eqs):
    kinds = {e.name: e.kind["Challenger", "initiate"] for e in eqs}
    assert kinds == {
        "Certain Deterrence": "pooling on cooperate",
        "Steadfast Deterrence": "pooling on cooperate",
        "Separating": "separating",
        "Attack": "pooling on defect",
        "Bluff": "semi-separating",
    }


def test_answers_are_picklable_and_equal_after(eqs):
    again = pickle.loads(pickle.dumps(eqs))
    assert [e.title for e in again] == [e.title for e in eqs]
    assert [str(e.condition) for e in again] == [str(e.condition) for e in eqs]
    assert again.game == eqs.game


def test_an_unknown_name_suggests_the_nearest(eqs):
    with pytest.raises(UnknownName, match="Bluff"):
        eqs["Bluf"]


@pytest.mark.parametrize(
    ("change", "words"),
    [({"p_A": 2}, "p_A < 1"), ({"a_SQ": 100}, "a_SQ < a_DC"), ({"p_A": "abc"}, "finite real number")],
)
def test_points_that_break_an_assumption_are_refused(eqs, sample, change, words):
    with pytest.raises(PointError, match=words):
        eqs.at({**{s.name: v for s, v in sample.items()}, **change})


def test_a_missing_parameter_is_named(eqs, sample):
    short = {s: v for s, v in sample.items() if s.name != "p_B"}
    with pytest.raises(PointError, match="p_B"):
        eqs.at(short)


def test_an_assessment_fills_what_is_free(eqs, sample):
    family = next(e for e in eqs if e.free)
    assessment = family.assessment_at(sample)
    assert all(p.is_Rational for row in assessment.strategy.values() for p in row.values())
    assert all(sum(row.values()) == 1 for row in assessment.beliefs.values())


def test_what_stands_at_a_point_may_be_asked_there_again(eqs, sample):
    for there in eqs.at(sample):
        assert there.assessment_at({}).strategy == there.assessment_at(sample).strategy
        assert there.at(sample).strategy == there.strategy
        with pytest.raises(PointError, match="has been filled in"):
            there.at({s: "1/1000" if str(s) == "p_A" else v for s, v in sample.items()})
    with pytest.raises(ConceptError, match=r"survivors\.at"):
        dt.refine(eqs.at(sample))
