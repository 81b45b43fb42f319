"""Where a careless definition of perfect Bayesian equilibrium errs."""

from .builders import F, bystander, divided, dominated, strategy_of, twice
from .check import check_nash, check_perfect_bayesian, check_weak
from .exists import exists_perfect_bayesian, perfect_bayesian_beliefs
from .weak import exists_weak, weak_beliefs

OUT = {("S", "G", "enter"): "out", ("S", "B", "enter"): "out"}


def about(game, key, **chances):
    """A belief over the sender's types at an information set with one position."""
    return {node: F(chances.get(node[1][0], 0)) for node in game.information_sets[key]}


def test_beliefs_carry_on_to_the_second_move_of_a_receiver():
    game = twice()
    stop = strategy_of(game, {**OUT, ("R", "first"): "stop", ("R", "second"): "right"})
    assert exists_perfect_bayesian(game, stop) is False
    assert not exists_weak(game, stop)
    prior = {key: about(game, key, **{key[1]: 1}) for key in list(game.information_sets)[:2]}
    junk = prior | {
        ("R", "first"): about(game, ("R", "first"), G=1),
        ("R", "second"): about(game, ("R", "second"), B=1),
    }
    for check in (check_perfect_bayesian, check_weak):
        wrong = check(game, stop, junk)
        assert {(w.kind, w.information_set) for w in wrong} == {
            ("belief", ("R", "second")),
            ("incentive", ("R", "first")),
        }
        assert max(w.gain for w in wrong) == 2
        carried = junk | {("R", "second"): about(game, ("R", "second"), G=1)}
        assert {w.kind for w in check(game, stop, carried)} == {"incentive"}
    assert check_nash(game, stop) == []
    both_in = {("S", "G", "enter"): "in", ("S", "B", "enter"): "in"}
    assert exists_perfect_bayesian(game, strategy_of(game, {**both_in, ("R", "first"): "go", ("R", "second"): "left"}))


def test_a_belief_may_rest_on_a_type_for_which_the_action_was_dominated():
    game = dominated()
    deter = strategy_of(game, {**OUT, ("R", "reply"): "fight"})
    beliefs = perfect_bayesian_beliefs(game, deter)
    assert beliefs
    assert beliefs["R", "reply"][2, ("B", None)] >= F(1, 2)
    assert check_perfect_bayesian(game, deter, beliefs) == []
    assert exists_weak(game, deter)


def test_types_that_need_different_beliefs_are_weak_only():
    game = divided()
    deter = strategy_of(game, {**OUT, ("R", "r1", "reply"): "fight", ("R", "r2", "reply"): "fight"})
    assert exists_perfect_bayesian(game, deter) is False
    beliefs = weak_beliefs(game, deter)
    assert check_weak(game, deter, beliefs) == []
    wrong = check_perfect_bayesian(game, deter, beliefs)
    assert {w.kind for w in wrong} == {"belief"}
    assert "believes" in wrong[0].detail


def test_a_deviation_carries_no_information_that_the_deviator_lacks():
    game = bystander()
    deter = strategy_of(game, {("B", "enter"): "out", ("C", "reply"): "fight"})
    assert exists_perfect_bayesian(game, deter) is False
    beliefs = weak_beliefs(game, deter)
    assert check_weak(game, deter, beliefs) == []
    assert {w.kind for w in check_perfect_bayesian(game, deter, beliefs)} == {"belief"}
    enter = strategy_of(game, {("B", "enter"): "in", ("C", "reply"): "yield"})
    assert check_perfect_bayesian(game, enter, perfect_bayesian_beliefs(game, enter)) == []
