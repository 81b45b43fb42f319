"""Is my profile an equilibrium?  Checked against the printed conditions and plain arithmetic."""

import pytest
import sympy as sp

import deterrence as dt
from deterrence.errors import GameError, PointError, UnknownName

MODEL = "zagare_kilgour_2000/unilateral_deterrence"
ATTACK = {
    ("Challenger", "initiate"): "defect",
    ("Defender", "Hard", "respond"): "resist",
    ("Defender", "Soft", "respond"): "concede",
    ("Challenger", "Hard", "press"): "fight",
    ("Challenger", "Soft", "press"): "back_down",
}
POINT = {
    "a_DDm": 0,
    "a_CD": 1,
    "a_DDp": 2,
    "a_SQ": 3,
    "a_DC": 4,
    "b_DDm": 0,
    "b_DC": 1,
    "b_DDp": 2,
    "b_CD": 3,
    "b_SQ": 1,
    "p_A": "1/2",
    "p_B": "1/2",
}


@pytest.fixture
def game():
    return dt.load(MODEL).game


def test_symbolic_profile_gives_the_region_where_it_is_one(game):
    v = {p.name: p.symbol for p in game.assumptions.parameters}
    soft = (v["a_DC"] - v["a_SQ"]) / (v["a_DC"] - v["a_CD"])
    belief = (v["b_CD"] - v["b_DC"]) / (v["b_CD"] - v["b_DDm"])
    answer = dt.verify(game, ATTACK)
    assert answer.verdict.refuted
    assert answer.region.equals(dt.Region(sp.And(v["p_B"] <= soft, v["p_A"] >= belief), game.assumptions)).proved


def test_at_a_point_the_profitable_deviations_have_their_exact_gains(game):
    answer = dt.verify(game, ATTACK, at=POINT)
    assert answer.verdict.refuted
    gains = {(d.information_set, d.action): d.gain for d in answer.deviations}
    # Soft Challenger: 1/2*4 + 1/2*1 = 5/2 against 3; Soft Defender: 1/2*0 + 1/2*3 = 3/2 against 1
    assert gains == {
        (("Challenger", "Soft", "initiate"), "cooperate"): sp.Rational(1, 2),
        (("Defender", "Soft", "respond"), "resist"): sp.Rational(1, 2),
    }


def test_at_a_point_inside_it_is_an_equilibrium(game):
    answer = dt.verify(game, ATTACK, at={**POINT, "p_A": "9/10", "p_B": "1/10"})
    assert answer.verdict.proved
    assert answer.deviations == ()


def test_an_off_path_belief_is_given_the_benefit_of_the_doubt(game):
    steadfast = {**ATTACK, ("Challenger", "initiate"): "cooperate", ("Defender", "Soft", "respond"): "resist"}
    assert dt.verify(game, steadfast).verdict.proved


def test_a_mixture_is_checked_symbolically(game):
    model = dt.load(MODEL)
    bluff = model.solve()["Bluff"]
    profile = {s: {a: p for a, p in row.items() if p != 0} for s, row in bluff.strategy.items()}
    answer = dt.verify(game, profile)
    assert answer.region.equals(bluff.condition).proved


def test_a_dominated_action_is_found_out(game):
    silly = {**ATTACK, ("Challenger", "Hard", "press"): "back_down"}
    answer = dt.verify(game, silly)
    assert answer.region.is_empty().proved
    assert any(d.information_set == ("Challenger", "Hard", "press") and d.action == "fight" for d in answer.deviations)


@pytest.mark.parametrize(
    ("profile", "error", "words"),
    [
        ({}, GameError, "a choice at every information set"),
        ({**ATTACK, ("Challenger", "pres"): "fight"}, UnknownName, "press"),
        ({**ATTACK, ("Challenger", "Hard", "press"): "figt"}, UnknownName, "fight"),
        ({**ATTACK, ("Challenger", "Hard", "press"): {"fight": "1/2"}}, GameError, "sum to 1"),
        ({**ATTACK, ("Challenger", "Hard", "press"): {"fight": 2, "back_down": -1}}, GameError, "in \\[0, 1\\]"),
    ],
)
def test_profiles_that_do_not_fit_are_refused(game, profile, error, words):
    with pytest.raises(error, match=words):
        dt.verify(game, profile)


def test_a_point_outside_the_assumptions_is_refused(game):
    with pytest.raises(PointError, match="a_SQ < a_DC"):
        dt.verify(game, ATTACK, at={**POINT, "a_SQ": 5})


def test_a_probability_without_a_value_is_refused_in_words():
    P = dt.Parameters()
    a = P.real("a")
    ends = {
        x + y: dt.outcome(x + y, A=v, B=v) for x, y, v in (("l", "l", a), ("r", "r", 1), ("l", "r", 0), ("r", "l", 0))
    }
    tree = dt.move("A", "go", {x: dt.move("B", "come", {y: ends[x + y] for y in "lr"}) for x in "lr"})
    game = dt.ExtensiveGame("Meeting", parameters=P, players=["A", "B"], tree=tree)
    for share, at in ((1 / (1 + a), -1), (sp.sqrt(a), -1)):
        profile = {("A", "go"): "r", ("B", "come"): {"l": share, "r": 1 - share}}
        verdict = dt.verify(game, profile, at={a: at}).verdict
        assert verdict.refuted and "is not defined" in verdict.reason
    mixed = {(p, s): {"l": 1 / (1 + a), "r": a / (1 + a)} for p, s in (("A", "go"), ("B", "come"))}
    assert dt.verify(game, mixed, at={a: 2}).verdict.proved
