"""Gambit reads what is written, and reads it as the same game."""

from fractions import Fraction

import pytest

from deterrence.interchange import to_efg
from tests.interchange.reader import Reader, leaves
from tests.interchange.test_efg import GAMES, odd_names

pytestmark = pytest.mark.gambit


def read(text, tmp_path):
    import pygambit

    path = tmp_path / "game.efg"
    path.write_text(text)
    return pygambit.read_efg(str(path))


def plays(node, path=()):
    """Every terminal node with the names of information sets and actions on the way, and its payoffs."""
    if node.is_terminal:
        players = node.game.players
        yield path, tuple(Fraction(str(node.outcome[player])) for player in players)
    for action, child in zip(node.infoset.actions if node.infoset else (), node.children, strict=True):
        yield from plays(child, (*path, (node.infoset.label, action.label)))


@pytest.mark.parametrize(("make", "point"), GAMES)
def test_gambit_reads_the_same_game(make, point, tmp_path):
    game = make()
    text = to_efg(game, point)
    theirs = read(text, tmp_path)
    assert [player.label for player in theirs.players] == list(game.players)
    assert len(theirs.infosets) == len(game.information_sets)
    assert theirs.is_perfect_recall
    ours = [(tuple(branch for _, _, branch in path), leaf.payoffs) for path, _, leaf in leaves(Reader(text).root)]
    assert [(tuple(action for _, action in path), payoffs) for path, payoffs in plays(theirs.root)] == ours


def test_gambit_takes_odd_names_as_they_are_written(tmp_path):
    theirs = read(to_efg(odd_names()), tmp_path)
    assert [player.label for player in theirs.players] == ["Chance_2"]
    assert [action.label for action in theirs.root.infoset.actions] == ["hold", "hold_2"]
    assert [outcome.label for outcome in theirs.outcomes] == ["Ende gut", "/"]
