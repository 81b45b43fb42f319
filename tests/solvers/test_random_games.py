"""Random signalling games: the solver against exhaustive enumeration by the referee."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import deterrence as dt
from tests.referee.builders import random_signalling
from tests.referee.numeric import from_game
from tests.referee.weak import exists_weak
from tests.solvers.compare import agree, check_right, extensive, fractions, records, supports

SHAPES = [(2, 1, False), (2, 2, False), (3, 1, False), (2, 1, True), (3, 2, False), (2, 3, False), (3, 3, False)]


@pytest.mark.parametrize("shape", SHAPES[:6], ids=str)
@pytest.mark.parametrize("seed", range(6))
def test_right_and_complete(seed, shape):
    senders, receivers, last = shape
    game = extensive(random_signalling(seed, senders, receivers, last, generic=seed % 2 == 1))
    assert agree(dt.solve(game), game, {}) >= 1


@settings(max_examples=15, deadline=None, derandomize=True)
@given(seed=st.integers(1000, 10**6), shape=st.sampled_from(SHAPES), generic=st.booleans())
def test_drawn_games_are_right_and_complete(seed, shape, generic):
    senders, receivers, last = shape
    game = extensive(random_signalling(seed, senders, receivers, last, generic=generic))
    assert agree(dt.solve(game), game, {}) >= 1


@pytest.mark.parametrize("seed", range(12))
def test_weak_equilibria_are_right_and_no_pure_one_is_missed(seed):
    game = extensive(random_signalling(seed, 2, 1 + seed % 2, seed % 3 == 0, generic=seed % 4 == 1))
    numeric = from_game(game, {})
    eqs = dt.solve(game, "weak perfect bayesian")
    assert eqs.complete
    found = {supports(s) for s in check_right(eqs, {}, numeric, weak=True)}
    sets = list(numeric.information_sets)
    for choice in itertools.product(*(numeric.actions(s) for s in sets)):
        strategy = {s: {b: b == a for b in numeric.actions(s)} for s, a in zip(sets, choice, strict=True)}
        pure = {s: {b: int(w) for b, w in row.items()} for s, row in strategy.items()}
        assert exists_weak(numeric, pure) == (supports(pure) in found), choice


@pytest.mark.parametrize("seed", range(4))
def test_perfect_equilibria_are_weak_ones(seed):
    game = extensive(random_signalling(seed, 2, 2))
    weak = {supports(fractions(e.assessment_at({}).strategy)) for e in records(dt.solve(game, "weak perfect bayesian"))}
    perfect = {supports(fractions(e.assessment_at({}).strategy)) for e in records(dt.solve(game))}
    assert perfect <= weak
