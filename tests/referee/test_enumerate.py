"""Nothing is lost: the cuts of the search against none, the linear programmes against breakpoints, and traps."""

from fractions import Fraction as F
from itertools import pairwise, product

import pytest

from . import games
from .builders import bystander, divided, dominated, random_signalling, strategy_of, twice
from .check import action_values, check_perfect_bayesian, check_weak, show
from .enumerate import enumerate_perfect_bayesian, support_of, undominated
from .exists import assemble, exists_perfect_bayesian, perfect_bayesian_beliefs
from .numeric import Leaf, Move, build
from .points import random_points
from .weak import exists_weak, weak_beliefs

SHAPES = [(2, 1, False), (2, 2, False), (3, 1, False), (2, 1, True)]


@pytest.mark.parametrize("seed", range(16))
def test_cutting_supports_loses_nothing(seed):
    game = random_signalling(seed, *SHAPES[seed % len(SHAPES)])
    assert enumerate_perfect_bayesian(game).statuses == enumerate_perfect_bayesian(game, prune=False).statuses


def test_cutting_supports_loses_nothing_in_the_published_games():
    for spec, make in ((games.UNILATERAL, games.unilateral), (games.PROTEGE, games.protege)):
        for values in random_points(spec, 4, 31):
            game = make(values)
            assert enumerate_perfect_bayesian(game).statuses == enumerate_perfect_bayesian(game, prune=False).statuses


def breakpoints(game, strategy, key):
    """Beliefs about the first of two sender types at which the best reply may change, and points in between."""
    sure = [{node: F(k == j) for k, node in enumerate(game.information_sets[key])} for j in range(2)]
    worth = [action_values(game, strategy, key, belief, False) for belief in sure]
    cuts = {F(0), F(1)}
    for a, b in product(game.actions(key), repeat=2):
        gaps = [w[a] - w[b] for w in worth]
        if gaps[0] != gaps[1]:
            cuts.add(gaps[1] / (gaps[1] - gaps[0]))
    inside = sorted(c for c in cuts if 0 <= c <= 1)
    return inside + [(x + y) / 2 for x, y in pairwise(inside)]


@pytest.mark.parametrize("seed", range(40))
def test_existence_of_beliefs_against_breakpoints(seed):
    """Pure play of two sender types and a receiver without types: try every belief that could make a difference."""
    game = random_signalling(seed, 2, 1)
    keys = list(game.information_sets)
    replies = [key for key in keys if key[0] == "R"]
    for picks in product(*(game.actions(key) for key in keys)):
        strategy = strategy_of(game, dict(zip(keys, picks, strict=True)))
        found = False
        for chances in product(*(breakpoints(game, strategy, key) for key in replies)):
            beliefs = {k: {n: w / sum(v.values()) for n, w in v.items()} for k, v in prior_weights(game, keys).items()}
            for key, chance in zip(replies, chances, strict=True):
                first, second = game.information_sets[key]
                beliefs[key] = implied(game, strategy, key) or {first: chance, second: 1 - chance}
            found = found or check_perfect_bayesian(game, strategy, beliefs) == []
        assert exists_perfect_bayesian(game, strategy) == found == exists_weak(game, strategy)


def prior_weights(game, keys):
    return {key: {n: game.prior[n[1]] for n in game.information_sets[key]} for key in keys if key[0] == "S"}


def implied(game, strategy, key):
    message = key[-1].split()[-1]
    weights = {
        n: game.prior[n[1]] * strategy["S", n[1][0], "message"].get(message, 0) for n in game.information_sets[key]
    }
    total = sum(weights.values())
    return {n: w / total for n, w in weights.items()} if total else None


@pytest.mark.parametrize("seed", range(12))
def test_perfect_implies_weak_and_beliefs_pass_their_checks(seed):
    game = random_signalling(seed, 2, 2)
    keys = list(game.information_sets)
    for picks in product(*(game.actions(key) for key in keys)):
        strategy = strategy_of(game, dict(zip(keys, picks, strict=True)))
        perfect, weak = perfect_bayesian_beliefs(game, strategy), weak_beliefs(game, strategy)
        assert weak or not perfect
        assert not perfect or check_perfect_bayesian(game, strategy, perfect) == [], show(strategy)
        assert not weak or check_weak(game, strategy, weak) == []


def test_every_random_game_has_an_equilibrium():
    for seed in range(100, 115):
        assert enumerate_perfect_bayesian(random_signalling(seed, 3, 2, generic=True)).found


def test_definition_traps_are_met_by_the_enumeration():
    played = {entry.strategy["R", "first"].get("stop", 0) for entry in enumerate_perfect_bayesian(twice()).found}
    assert played == {0}
    both_out = [e for e in enumerate_perfect_bayesian(dominated()).found if "out" in e.strategy["S", "G", "enter"]]
    assert both_out
    deterred = [e for e in enumerate_perfect_bayesian(divided()).found if "out" in e.strategy["S", "G", "enter"]]
    assert deterred == []
    (only,) = enumerate_perfect_bayesian(bystander()).found
    assert only.strategy["B", "enter"] == {"in": 1}


def test_indifference_alone_is_a_family():
    tree = Move("A", "m", {"a": Leaf({"A": 1}), "b": Leaf({"A": 1}), "c": Leaf({"A": 0})})
    found = enumerate_perfect_bayesian(build({"A": None}, tree))
    assert sorted((e.support["A", "m"], e.status) for e in found.found) == [
        (("a",), "point"),
        (("a", "b"), "family"),
        (("b",), "point"),
    ]
    mixed = {("A", "m"): {"a": F(1, 3), "b": F(2, 3), "c": F(0)}}
    assert found.matching(mixed).family
    assert found.statuses[support_of(mixed)] == "family"
    assert found.matching({("A", "m"): {"c": F(1)}}) is None


def test_the_escalation_game_is_complete_and_holds_the_published_rows():
    for values in random_points(games.ESCALATION, 2, 32):
        game = games.escalation(values)
        live = undominated(game)
        assert sum(len(actions) > 1 for actions in live.values()) == 8
        found = enumerate_perfect_bayesian(game)
        assert found.found
        assert found.complete
        published = escalation_rows(values)
        for name, (choices, holds) in published.items():
            assert (found.matching(strategy_of(game, choices)) is not None) == holds, name


def escalation_rows(v):
    last = {("Ch", "H", "3b"): "E", ("Ch", "S", "3b"): "D"}
    last |= {("Def", t, "4"): "E" if t[1] == "H" else "D" for t in ("HH", "HS", "SH", "SS")}
    q_h = (v["cED"] - v["cDD"]) / (v["cED"] - v["cEEp"])
    c_t = (v["cDC"] - v["cSQ"]) / (v["cDC"] - v["cDD"])
    r_h = (v["dDE"] - v["dDC"]) / (v["dDE"] - v["dEEp"])
    tactical = v["pHH"] + v["pHS"]

    def row(x, replies, w):
        moves = {("Ch", t, "1"): x for t in "HS"} | {("Ch", t, "3a"): w for t in "HS"}
        return (
            last | moves | {("Def", t, "2"): reply for t, reply in zip(("HH", "HS", "SH", "SS"), replies, strict=True)}
        )

    strong = v["pHH"] / tactical >= q_h
    return {
        "no response": (row("D", "CCCC", "E"), v["pCh"] >= r_h),
        "limited response": (row("D", "DDCC", "D"), strong and tactical <= c_t and v["pCh"] >= r_h),
        "deterrence": (row("C", "DDCC", "D"), strong and tactical >= c_t),
    }


def test_assembled_beliefs_are_distributions():
    game = games.mutual(next(random_points(games.MUTUAL, 1, 33)))
    strategy = {key: {a: F(1, 2) for a in game.actions(key)} for key in game.information_sets}
    about = {p: dict.fromkeys(_sequences(game, p), game.marginals[p]) for p in game.players}
    assert all(sum(b.values()) == 1 for b in assemble(game, strategy, about).values())


def _sequences(game, player):
    return {game.sequence(player, place.index) for place in game.places}
