"""Models and their solutions, solved once for all tests of a session."""

import os
from functools import lru_cache

import pytest

import deterrence as dt

EXHAUSTIVE = os.environ.get("DETERRENCE_EXHAUSTIVE") == "1"


@lru_cache(maxsize=None)
def solved(name):
    """The game and its perfect Bayesian equilibria, without any cache on disk."""
    game = dt.load(name).game
    return game, dt.solve(game, "perfect bayesian")


@pytest.fixture
def solution():
    """A function from a model's name to its game and equilibria."""
    return solved
