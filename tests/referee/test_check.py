"""The checker accepts the closed forms, and says what is wrong with everything else."""

from fractions import Fraction as F

import pytest

from . import games
from .builders import strategy_of
from .check import check_nash, check_perfect_bayesian, check_weak
from .exists import perfect_bayesian_beliefs
from .numeric import Leaf, Move, build
from .points import random_points

LAST = {("A", "H", "press"): "D", ("A", "S", "press"): "C"}
POINT = {"aDDm": 0, "aCD": 1, "aDDp": 2, "aSQ": 3, "aDC": 5, "bDDm": 0, "bDC": 1, "bDDp": 2, "bCD": 3, "bSQ": 4}
RESPOND_S, RESPOND_H = ("B", "S", "respond"), ("B", "H", "respond")


def profile(game, x_hard, x_soft, y_hard, y_soft):
    moves = {("A", "H", "initiate"): x_hard, ("A", "S", "initiate"): x_soft}
    return strategy_of(game, moves | {RESPOND_H: y_hard, RESPOND_S: y_soft} | LAST)


@pytest.fixture
def bluff():
    """cS = 1/2, rt = 2/3; with pA = pB = 1/4 the soft challenger bluffs with 1/6, the soft defender with 1/3."""
    game = games.unilateral(POINT | {"pA": F(1, 4), "pB": F(1, 4)})
    strategy = profile(game, 1, F(1, 6), 1, F(1, 3))
    return game, strategy, perfect_bayesian_beliefs(game, strategy)


def test_the_bluff_is_accepted_with_its_posterior(bluff):
    game, strategy, beliefs = bluff
    assert {node[1][0]: w for node, w in beliefs[RESPOND_S].items()} == {"H": F(2, 3), "S": F(1, 3)}
    for check in (check_perfect_bayesian, check_weak):
        assert check(game, strategy, beliefs) == []
    assert check_nash(game, strategy) == []


@pytest.mark.parametrize(
    ("key", "action"), [(("A", "S", "initiate"), "D"), (RESPOND_S, "C"), (("A", "H", "press"), "C")]
)
def test_any_other_play_of_one_information_set_is_refused(bluff, key, action):
    game, strategy, _ = bluff
    changed = strategy | {key: {action: F(1)}}
    assert perfect_bayesian_beliefs(game, changed) == {}


@pytest.mark.parametrize("key", [RESPOND_S, RESPOND_H, ("A", "S", "press"), ("A", "H", "initiate")])
def test_wrong_beliefs_are_refused_even_where_the_play_is_right(bluff, key):
    game, strategy, beliefs = bluff
    nodes = list(beliefs[key])
    wrong = beliefs | {key: {nodes[0]: F(9, 10), nodes[1]: F(1, 10)}}
    for check in (check_perfect_bayesian, check_weak):
        found = check(game, strategy, wrong)
        assert "belief" in {w.kind for w in found}
        assert key in {w.information_set for w in found}


def test_malformed_assessments_are_refused(bluff):
    game, strategy, beliefs = bluff
    short = {k: v for k, v in strategy.items() if k != RESPOND_S}
    assert [w.kind for w in check_perfect_bayesian(game, short, beliefs)] == ["strategy"]
    heavy = strategy | {RESPOND_S: {"C": F(1, 2), "D": F(1, 3)}}
    assert [w.information_set for w in check_weak(game, heavy, beliefs)] == [RESPOND_S]
    alien = beliefs | {RESPOND_S: {(0, ("H", "S")): F(1)}}
    assert [w.kind for w in check_perfect_bayesian(game, strategy, alien)] == ["belief"]


def test_an_incredible_threat_is_nash_but_not_perfect():
    game = games.rudimentary({"aDD": 0, "aSQ": 1, "aDC": 2, "bDDm": 0, "bDC": 1, "bDDp": 2, "bSQ": 3, "pB": F(1, 4)})
    bluster = strategy_of(game, {("A", "initiate"): "C", RESPOND_H: "D", RESPOND_S: "D"})
    assert check_nash(game, bluster) == []
    assert perfect_bayesian_beliefs(game, bluster) == {}
    beliefs = {k: {n: F(1, len(v)) for n in v} for k, v in game.information_sets.items()}
    beliefs["A", "initiate"] = {(0, (None, "H")): F(1, 4), (0, (None, "S")): F(3, 4)}
    (wrong,) = check_perfect_bayesian(game, bluster, beliefs)
    assert (wrong.kind, wrong.information_set, wrong.action, wrong.gain) == ("incentive", RESPOND_S, "C", 1)


def test_a_change_of_the_whole_continuation_is_seen_where_no_single_move_gains():
    """One player alone: each move alone loses, both together win."""
    tree = Move("A", "one", {"a": Leaf({"A": 1}), "b": Move("A", "two", {"c": Leaf({"A": 0}), "d": Leaf({"A": 2})})})
    game = build({"A": None}, tree)
    lazy = {("A", "one"): {"a": F(1)}, ("A", "two"): {"c": F(1)}}
    beliefs = {key: dict.fromkeys(nodes, F(1)) for key, nodes in game.information_sets.items()}
    found = {w.information_set: w.gain for w in check_perfect_bayesian(game, lazy, beliefs)}
    assert found == {("A", "one"): 1, ("A", "two"): 2}
    assert len(check_nash(game, lazy)) == 1


def test_an_unwritten_belief_must_explain_all_that_follows_from_it():
    """After a surprise the sender moves again; the two later beliefs must come from one belief in between."""
    ends = {a: Move("R", f"after {a}", {"l": Leaf({"S": 0, "R": 0}), "r": Leaf({"S": 0, "R": 0})}) for a in ("u", "v")}
    tree = Move("S", "enter", {"out": Leaf({"S": 1, "R": 0}), "in": Move("S", "again", ends)})
    game = build({"S": {"G": F(1, 2), "B": F(1, 2)}, "R": None}, tree)
    half = {"u": F(1, 2), "v": F(1, 2)}
    strategy = {("S", t, "enter"): {"out": F(1)} for t in "GB"} | {("S", t, "again"): half for t in "GB"}
    strategy |= {("R", "after u"): {"l": F(1)}, ("R", "after v"): {"l": F(1)}}
    beliefs = perfect_bayesian_beliefs(game, strategy)
    assert check_perfect_bayesian(game, strategy, beliefs) == []
    for label, sure in (("after u", "G"), ("after v", "B")):
        beliefs["R", label] = {n: F(n[1][0] == sure) for n in game.information_sets["R", label]}
    assert [w.kind for w in check_perfect_bayesian(game, strategy, beliefs)] == ["belief"]
    assert check_weak(game, strategy, beliefs) == []


def test_common_beliefs_need_independent_types():
    prior = {("H", "H"): F(1, 2), ("S", "S"): F(1, 2)}
    tree = Move("A", "m", {"a": Leaf({"A": 0, "B": 0}), "b": Leaf({"A": 0, "B": 0})})
    game = build({"A": {"H": 1, "S": 1}, "B": {"H": 1, "S": 1}}, tree, prior)
    with pytest.raises(ValueError, match="independent"):
        check_perfect_bayesian(game, {}, {})


def test_random_profiles_of_the_escalation_game_are_refused_by_check_whenever_no_beliefs_exist():
    """Passing random beliefs never makes a strategy an equilibrium for which `exists` found none."""
    for k, values in enumerate(random_points(games.ESCALATION, 30, 3)):
        game = games.escalation(values)
        strategy = {key: {game.actions(key)[(k + n) % 2]: F(1)} for n, key in enumerate(game.information_sets)}
        beliefs = {key: {node: F(1, len(nodes)) for node in nodes} for key, nodes in game.information_sets.items()}
        if check_perfect_bayesian(game, strategy, beliefs) == []:
            assert perfect_bayesian_beliefs(game, strategy)
