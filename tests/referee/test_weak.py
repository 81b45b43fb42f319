"""The weak concept: a superset of the perfect one, with the cases that only it holds."""

import pytest

from . import games
from .builders import divided, random_signalling, twice
from .check import check_weak
from .enumerate import enumerate_perfect_bayesian
from .points import random_points
from .weak import exists_weak
from .weak_enumerate import enumerate_weak, pure_weak


@pytest.mark.parametrize("seed", range(8))
def test_every_perfect_support_is_a_weak_one(seed):
    game = random_signalling(seed, 2, 1 + seed % 2, last_move=seed % 4 == 0)
    weak = list(enumerate_weak(game))
    for entry in weak:
        assert entry.status == "unresolved" or check_weak(game, entry.strategy, entry.beliefs) == []
    held = [entry.support for entry in weak]
    for entry in enumerate_perfect_bayesian(game).found:
        assert exists_weak(game, entry.strategy)
        assert entry.support in held
    pure = [e.strategy for e in weak if all(len(a) == 1 for a in e.support.values())]
    assert len(pure) == len(pure_weak(game))


def test_with_one_uninformed_receiver_both_concepts_agree():
    for seed in range(6):
        game = random_signalling(seed, 3, 1)
        perfect = {repr(sorted(e.support.items())) for e in enumerate_perfect_bayesian(game).found}
        weak = {repr(sorted(e.support.items())) for e in enumerate_weak(game) if e.status != "unresolved"}
        assert weak <= perfect


def test_deterrence_by_divided_beliefs_is_weak_only():
    out = [s for s in pure_weak(divided()) if s["S", "G", "enter"] == s["S", "B", "enter"] == {"out": 1}]
    assert len(out) == 1
    assert out[0]["R", "r1", "reply"] == out[0]["R", "r2", "reply"] == {"fight": 1}


def test_a_receiver_who_moves_twice_never_stops_under_the_weak_concept_either():
    decided = [entry for entry in enumerate_weak(twice()) if entry.status != "unresolved"]
    assert decided
    assert all("stop" not in entry.support["R", "first"] for entry in decided)


def test_unilateral_deterrence_is_the_same_under_both_concepts():
    """The hard defender fights whatever it believes, so that one belief off the path is all that matters."""
    for values in random_points(games.UNILATERAL, 10, 61):
        game = games.unilateral(values)
        perfect = {repr(sorted(e.support.items())): e.status for e in enumerate_perfect_bayesian(game).found}
        weak = {repr(sorted(e.support.items())): e.status for e in enumerate_weak(game)}
        assert weak == perfect
