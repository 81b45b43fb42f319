"""Errors say who, what was wanted, what was got and what to try."""

import inspect
import pickle

import pytest

from deterrence import errors
from deterrence.errors import DeterrenceError, GameError, UnknownName, UnknownParameter, nearest

KINDS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, DeterrenceError)]


def test_a_message_has_all_four_parts():
    error = GameError(subject='Game "X"', wanted="a player", got="none", hint="Add one")
    assert str(error) == 'Game "X": wanted a player, got none. Add one.'


def test_a_problem_takes_the_place_of_wanted_and_got():
    error = GameError(subject="Here", wanted="1", got="2", problem="it sums to 2, not 1")
    assert str(error) == "Here: it sums to 2, not 1"
    assert (error.wanted, error.got) == ("1", "2")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_of_the_family_and_pickles(kind):
    error = kind(subject="S", wanted="w", got="g")
    twin = pickle.loads(pickle.dumps(error))
    assert isinstance(error, DeterrenceError)
    assert type(twin) is kind and str(twin) == str(error) and twin.args == error.args


def test_children_of_built_in_errors():
    assert issubclass(GameError, ValueError)
    assert issubclass(UnknownName, KeyError)
    assert issubclass(UnknownParameter, ValueError)


def test_an_unknown_name_suggests_the_nearest():
    error = UnknownParameter(subject="Game", wanted="a parameter", got="p_a", known=["p_A", "p_B", "a_SQ"])
    assert str(error) == "Game: wanted a parameter, got 'p_a'. Did you mean 'p_A' or 'p_B'?"
    assert error.known == ("p_A", "p_B", "a_SQ")


def test_an_unknown_name_shows_all_when_none_is_near():
    assert str(UnknownName(got="zz", wanted="a letter", known=["a", "b"])).endswith("got 'zz'. Known are 'a', 'b'.")
    assert str(UnknownName(got="zz", wanted="a letter")) == "wanted a letter, got 'zz'"


def test_nearest_prefers_the_best_match():
    assert nearest("defender", ["Defender", "Challenger"]) == ("Defender",)
    assert nearest("xyz", ["Defender"]) == ()
