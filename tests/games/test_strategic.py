import pickle

import pytest
import sympy as sp

from deterrence.errors import GameError
from deterrence.games.strategic import StrategicGame
from deterrence.parameters import Parameters

ACTIONS = {"A": ["C", "D"], "B": ["C", "D"]}
CELLS = {("C", "C"): (3, 3), ("C", "D"): (1, 4), ("D", "C"): (4, 1), ("D", "D"): (2, 2)}


def test_every_form_of_payoffs_says_the_same():
    nested = {"C": {"C": (3, 3), "D": (1, 4)}, "D": {"C": (4, 1), "D": {"A": 2, "B": 2}}}
    arrays = {"A": [[3, 1], [4, 2]], "B": [[3, 4], [1, 2]]}
    forms = [CELLS, nested, arrays, list(arrays.values()), lambda a, b: CELLS[a, b]]
    games = [StrategicGame("Dilemma", actions=ACTIONS, payoffs=form) for form in forms]
    assert len({g.table[profile] for g in games for profile in CELLS}) == 4
    assert all(g == games[0] and hash(g) == hash(games[0]) for g in games)


def test_it_is_an_extensive_game_in_which_nobody_sees_anything():
    game = StrategicGame("Dilemma", actions=ACTIONS, payoffs=CELLS, label="arms")
    assert game.information_sets == (("A", "arms"), ("B", "arms"))
    assert game.outcomes == ("C, C", "C, D", "D, C", "D, D")
    assert pickle.loads(pickle.dumps(game)) == game
    assert "2 x 2" in repr(game) and "(C, D): 1, 4" in str(game)


def test_numbers_are_exact_and_definitions_are_expanded():
    P = Parameters()
    p = P.probability("p")
    q = P.define("q", 1 - p)
    game = StrategicGame("One", parameters=P, actions={"A": ["x", "y"]}, payoffs={"x": ["1/3"], "y": [q]})
    assert game.payoff_at("A", ["x"]) == sp.Rational(1, 3) and game.payoff_at("A", ["y"]) == 1 - p


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"payoffs": {k: v for k, v in CELLS.items() if k != ("C", "D")}}, "every profile"),
        ({"payoffs": {**CELLS, ("C", "E"): (0, 0)}}, "actions of A"),
        ({"payoffs": {**CELLS, ("C", "D"): (1, 2, 3)}}, "2 payoffs, one for each player"),
        ({"payoffs": {"A": [[1, 2], [3]], "B": [[1, 2], [3, 4]]}}, "shape (2, 2) for A"),
        ({"payoffs": {**CELLS, ("C", "D"): {"A": 1}}}, "a payoff for each of A, B"),
        ({"payoffs": 3}, "a nested mapping"),
        ({"actions": {"A": ["C", "C"], "B": ["D"]}}, '"C" twice'),
        ({"actions": {"A": "CD", "B": ["D"]}}, "a list of names"),
        ({"actions": {}}, "a mapping from each player"),
        ({"payoffs": {**CELLS, ("C", "D"): (sp.Symbol("u", real=True), 1)}}, "declared parameters"),
        ({"payoffs": {**CELLS, ("C", "D"): (float("nan"), 1)}}, "a finite number"),
    ],
)
def test_bad_input_is_named(change, words):
    with pytest.raises(GameError) as error:
        StrategicGame("Bad", **{"actions": ACTIONS, "payoffs": CELLS, **change})
    assert words in str(error.value) and 'Game "Bad"' in str(error.value)
