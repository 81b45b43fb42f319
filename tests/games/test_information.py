"""Positions, labels, and whether actions are observed."""

import pytest
from sympy import Rational

from deterrence.games import ExtensiveGame, chance, move, outcome
from tests.games.samples import escalation, hidden_draw, mutual, pay, two, unilateral


def _three(a):
    return outcome("End", A=a, B=0, C=-a)


def _of_three(tree):
    return ExtensiveGame("Three", players=["A", "B", "C"], tree=tree)


def simultaneous_then_observed():
    """A and B move simultaneously, then B moves again and sees everything."""

    def again(label):
        return move("B", label, yes=pay(1), no=pay(2))

    return two(
        move(
            "A",
            "first",
            l=move("B", "first", l=again("ll"), r=again("lr")),
            r=move("B", "first", l=again("rl"), r=pay(0, 3)),
        )
    )


def partly_hidden():
    """B tells L apart, but not M from R."""
    hidden = move("B", "after M or R", l=pay(1), r=pay(2))
    return two(move("A", "first", L=move("B", "after L", l=pay(), r=pay()), M=hidden, R=hidden))


def hidden_across_stages():
    """B does not see A's first move; A sees B's reply and moves again; then B still does not know."""

    def stage(first):
        def again(reply):
            last = move("B", f"last after {reply}", l=pay(1), r=pay(2))
            return move("A", f"again after {first} {reply}", go=last, stop=pay())

        return move("B", "reply", yes=again("yes"), no=again("no"))

    return two(move("A", "first", L=stage("L"), R=stage("R")))


def seen_by_one_only():
    """B sees A's move, a third player sees neither."""
    last = move("C", "last", l=_three(1), r=_three(2))

    def reply(label):
        return move("B", label, yes=last, no=last)

    return _of_three(move("A", "first", L=reply("after L"), R=reply("after R")))


def sees_the_first_of_two_simultaneous_moves():
    """A and B move simultaneously; C sees what A did and not what B did."""

    def stage(label):
        last = move("C", label, l=_three(1), r=_three(2))
        return move("B", "first", l=last, r=last)

    return _of_three(move("A", "first", L=stage("after L"), R=stage("after R")))


def three_at_once():
    """Three players move simultaneously."""
    last = move("C", "first", l=_three(1), r=_three(2))
    middle = move("B", "first", l=last, r=last)
    return _of_three(move("A", "first", l=middle, r=middle))


def hidden_later():
    """The draw is hidden from A, and from B who sees A's move: it stays hidden across stages."""

    def stage():
        return move("A", "plan", go=move("B", "reply", l=pay(1), r=pay(2)), stay=pay())

    return two(chance("weather", sun=("1/3", stage()), rain=("2/3", stage())))


def hidden_within_a_simultaneous_stage():
    """The draw is hidden from A and B, who move simultaneously."""

    def stage():
        reply = move("B", "plan", l=pay(1), r=pay(2))
        return move("A", "plan", go=reply, stay=reply)

    return two(chance("weather", sun=("1/3", stage()), rain=("2/3", stage())))


def two_hidden_draws_that_differ():
    """Nature's second draw depends on the first, and A sees neither."""
    plan = move("A", "plan", go=pay(1), stay=pay())

    def second(p):
        return chance("wind", strong=(p, plan), weak=(1 - p, plan))

    return two(chance("weather", sun=("1/3", second(Rational(1, 4))), rain=("2/3", second(Rational(1, 2)))))


@pytest.mark.parametrize(
    ("make", "observed"),
    [
        (unilateral, True),
        (escalation, True),
        (mutual, True),
        (simultaneous_then_observed, True),
        (three_at_once, True),
        (hidden_draw, True),
        (lambda: hidden_draw("sunny plan", "rainy plan"), True),
        (hidden_within_a_simultaneous_stage, True),
        (lambda: two(pay()), True),
        (partly_hidden, False),
        (hidden_across_stages, False),
        (seen_by_one_only, False),
        (sees_the_first_of_two_simultaneous_moves, False),
        (hidden_later, False),
        (two_hidden_draws_that_differ, False),
    ],
)
def test_observed_actions(make, observed):
    assert make().observed_actions is observed


def test_a_shared_subtree_has_several_positions():
    game = partly_hidden()
    assert len(game.positions) == 10
    assert game.labels["B", "after M or R"].positions == (4, 7)
    assert [str(game.positions[i]) for i in (0, 4, 8)] == ["the start", "M", "R, l"]


def test_draws_stand_in_paths():
    game = hidden_draw()
    step = game.positions[2].path[0]
    assert (step.kind, step.player, step.label, step.action) == ("chance", None, "weather", "sun")
    assert [game.positions[i].node.label for i in game.positions[0].children] == ["plan", "plan"]
