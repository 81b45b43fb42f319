"""Models and their solutions, solved once for all tests of a session."""

import os
from functools import cache

import pytest

import deterrence as dt

EXHAUSTIVE = os.environ.get("DETERRENCE_EXHAUSTIVE") == "1"


@cache
def solved(name, concept="perfect bayesian", beliefs="free"):
    """The game and its equilibria, by default the perfect Bayesian ones, without any cache on disk."""
    game = dt.load(name).game
    return game, dt.solve(game, concept, beliefs=beliefs)


@pytest.fixture
def solution():
    """A function from a model's name (and concept, and rule for beliefs) to its game and equilibria."""
    return solved
