"""Random two-player trees with types, simultaneous stages, chance and repeated moves, against the referee."""

import itertools
import random

import pytest

import deterrence as dt
from tests.referee.numeric import from_game
from tests.solvers.compare import agree, check_right


def random_tree(seed, depth, kinds=(2, 2), span=3):
    """Alternating moves; now and then a simultaneous stage or a chance move in the open; payoffs by types."""
    draw = random.Random(seed)
    names = itertools.count()
    types = {p: [f"{p}{k}" for k in range(n)] for p, n in zip("AB", kinds, strict=True)}

    def number():
        return draw.randint(-span, span)

    def payoff(player):
        if draw.random() < 0.3:
            return number()
        owner = player if len(types[player]) > 1 and draw.random() < 0.7 else draw.choice("AB")
        if len(types[owner]) == 1:
            return number()
        return dt.by_type(owner, {t: number() for t in types[owner]})

    def leaf():
        # each payoff speaks of the player's own type, so that no type is without use
        own = {p: dt.by_type(p, {t: number() for t in types[p]}) if len(types[p]) > 1 else number() for p in "AB"}
        return dt.outcome(f"end{next(names)}", {p: own[p] + payoff(p) for p in "AB"})

    def grow(level, mover):
        if level == 0:
            return leaf()
        other = "B" if mover == "A" else "A"
        chance = draw.random()
        k = next(names)
        if chance < 0.2:
            events = {"x": ("1/3", grow(level - 1, mover)), "y": ("2/3", grow(level - 1, mover))}
            return dt.chance(f"c{k}", events)
        if chance < 0.45 and level >= 2:
            second = {a: {b: grow(level - 2, mover) for b in "lr"} for a in "lr"}
            return dt.move(mover, f"s{k}", {a: dt.move(other, f"t{k}", second[a]) for a in "lr"})
        stop = leaf() if draw.random() < 0.5 else grow(level - 1, other)
        return dt.move(mover, f"m{k}", {"l": stop, "r": grow(level - 1, other)})

    def drawn(player):
        weights = [draw.randint(1, 3) for _ in types[player]]
        if len(weights) == 1:
            return None
        return dt.types({t: f"{w}/{sum(weights)}" for t, w in zip(types[player], weights, strict=True)})

    players = {p: drawn(p) for p in "AB"}
    return dt.ExtensiveGame(f"tree {seed}", players=players, tree=grow(depth, "A"))


@pytest.mark.parametrize("seed", range(30))
def test_two_moves_two_types_each(seed):
    game = random_tree(seed, 2)
    assert agree(dt.solve(game, "perfect bayesian"), game, {}) >= 1


@pytest.mark.parametrize("seed", range(100, 120))
def test_three_moves_one_side_typed(seed):
    game = random_tree(seed, 3, kinds=(2, 1), span=9)
    assert agree(dt.solve(game, "perfect bayesian"), game, {}) >= 1


@pytest.mark.parametrize("seed", range(200, 206))
def test_three_moves_both_sides_typed(seed):
    game = random_tree(seed, 3, span=9)
    assert agree(dt.solve(game, "perfect bayesian"), game, {}) >= 1


@pytest.mark.parametrize("seed", range(300, 312))
def test_weak_equilibria_are_right(seed):
    game = random_tree(seed, 2, span=4)
    eqs = dt.solve(game, "weak perfect bayesian")
    assert check_right(eqs, {}, from_game(game, {}), weak=True)
