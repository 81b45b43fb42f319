"""The referee and Gambit agree: on the outcomes of Nash equilibria that survive, and on nothing less."""

import pytest

from . import games
from .builders import random_signalling
from .check import check_nash
from .enumerate import enumerate_perfect_bayesian
from .gambit import equilibria, outcome, surviving
from .nash import enumerate_nash
from .points import random_points

pytestmark = pytest.mark.gambit
MODELS = [
    (games.RUDIMENTARY, games.rudimentary, 10),
    (games.UNILATERAL, games.unilateral, 4),
    (games.MUTUAL, games.mutual, 1),
    (games.PROTEGE, games.protege, 20),
]


def compare(game):
    """What Gambit finds and survives is found here; what is found here and isolated is among Gambit's outcomes."""
    nash = equilibria(game)
    assert all(check_nash(game, strategy) == [] for strategy in nash)
    found = enumerate_perfect_bayesian(game)
    assert all(check_nash(game, entry.strategy) == [] for entry in found.found)
    assert all(found.matching(strategy) for strategy in surviving(game).values())
    known = {outcome(game, strategy) for strategy in nash}
    assert all(outcome(game, entry.strategy) in known for entry in found.found if not entry.family)


@pytest.mark.parametrize(("spec", "make", "n"), MODELS, ids=["rudimentary", "unilateral", "mutual", "protege"])
def test_published_games(spec, make, n):
    for k, values in enumerate(random_points(spec, 2 * n, 21)):
        if k % 2:
            compare(make(values))


@pytest.mark.parametrize("seed", range(8))
def test_random_signalling_games(seed):
    senders, receivers = ((2, 1), (3, 1))[seed % 2]
    compare(random_signalling(seed, senders, receivers, generic=True))


@pytest.mark.parametrize("seed", range(4))
def test_all_nash_equilibria(seed):
    game = random_signalling(seed, 2, 1 + seed % 2, generic=True)
    found = enumerate_nash(game)
    nash = equilibria(game)
    assert all(any(entry.holds(strategy) for entry in found) for strategy in nash)
    known = {outcome(game, strategy) for strategy in nash}
    assert all(outcome(game, entry.strategy) in known for entry in found if not entry.family)


def test_a_sender_with_a_last_move():
    for seed in range(2):
        compare(random_signalling(seed, 2, 1, last_move=True, generic=True))
