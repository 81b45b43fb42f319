"""Nash equilibria: the incredible threat is among them, and none is lost."""

from fractions import Fraction as F
from itertools import product

import pytest

from . import games
from .builders import random_signalling, strategy_of, twice
from .check import check_nash
from .enumerate import enumerate_perfect_bayesian
from .nash import enumerate_nash
from .numeric import Leaf, Move, build
from .points import random_points


def test_the_rudimentary_game_has_the_incredible_threat():
    v = {"aDD": 0, "aSQ": 1, "aDC": 2, "bDDm": 0, "bDC": 1, "bDDp": 2, "bSQ": 3, "pB": F(1, 4)}
    game = games.rudimentary(v)
    found = enumerate_nash(game)
    bluster = strategy_of(game, {("A", "initiate"): "C", ("B", "H", "respond"): "D", ("B", "S", "respond"): "D"})
    assert any(entry.holds(bluster) for entry in found)
    attack = strategy_of(game, {("A", "initiate"): "D", ("B", "H", "respond"): "D", ("B", "S", "respond"): "C"})
    assert [entry.family for entry in found if entry.holds(attack)] == [False]
    assert all(check_nash(game, entry.strategy) == [] for entry in found)


@pytest.mark.parametrize("seed", range(10))
def test_pure_profiles_one_by_one(seed):
    game = random_signalling(seed, 2, 1 + seed % 2)
    found = enumerate_nash(game)
    assert all(check_nash(game, entry.strategy) == [] for entry in found)
    keys = list(game.information_sets)
    for picks in product(*(game.actions(key) for key in keys)):
        strategy = strategy_of(game, dict(zip(keys, picks, strict=True)))
        assert any(entry.holds(strategy) for entry in found) == (check_nash(game, strategy) == [])


def test_every_perfect_equilibrium_is_one():
    for make, spec in ((games.unilateral, games.UNILATERAL), (games.protege, games.PROTEGE)):
        for values in random_points(spec, 3, 51):
            game = make(values)
            found = enumerate_nash(game)
            for entry in enumerate_perfect_bayesian(game).found:
                assert any(n.holds(entry.strategy) for n in found)


def test_the_receiver_who_moves_twice_may_stop_here():
    game = twice()
    stop = strategy_of(
        game, {("S", "G", "enter"): "out", ("S", "B", "enter"): "out", ("R", "first"): "stop", ("R", "second"): "left"}
    )
    assert any(entry.holds(stop) for entry in enumerate_nash(game))


def test_hidden_moves_matching_pennies():
    def coin(a, b):
        return Leaf({"A": 1 if a == b else -1, "B": -1 if a == b else 1})

    tree = Move("A", "m", {a: Move("B", "n", {b: coin(a, b) for b in "ht"}) for a in "ht"})
    (found,) = enumerate_nash(build({"A": None, "B": None}, tree))
    assert found.strategy == {("A", "m"): {"h": F(1, 2), "t": F(1, 2)}, ("B", "n"): {"h": F(1, 2), "t": F(1, 2)}}
    assert not found.family


def test_correlated_types():
    """B learns from its own type what A's type is, and guesses it."""

    def end(guess):
        return Leaf({"A": 0, "B": lambda t: int(t["A"] == guess)})

    tree = Move("B", "guess", {"x": end("x"), "y": end("y")})
    prior = {("x", "u"): F(1, 3), ("y", "u"): F(1, 6), ("x", "v"): F(1, 6), ("y", "v"): F(1, 3)}
    (found,) = enumerate_nash(build({"A": {"x": 1, "y": 1}, "B": {"u": 1, "v": 1}}, tree, prior))
    assert (found.strategy["B", "u", "guess"], found.strategy["B", "v", "guess"]) == ({"x": 1}, {"y": 1})
