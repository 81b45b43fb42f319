"""Writing trees: moves, draws, outcomes, and what careless users write in their place."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import sympy as sp

from deterrence.errors import GameError
from deterrence.games import Outcome, by_type, chance, move, outcome, types
from tests.games.samples import pay

X = sp.Symbol("x", real=True)


def test_keywords_and_mappings_mean_the_same():
    assert move("A", "start", up=pay(), down=pay(1)) == move("A", "start", {"up": pay(), "down": pay(1)})
    assert outcome("War", {"United States": 1}, Cuba=2).payoffs == (("United States", 1), ("Cuba", 2))
    assert chance("die", {"6": ("1/6", pay()), "other": ("5/6", pay())}).branches[0][:2] == ("6", sp.Rational(1, 6))
    assert types({"Very hard": X, "Soft": 1 - X}).names == ("Very hard", "Soft")


def test_arguments_of_the_functions_are_free_as_names():
    tree = move("A", "start", player=pay(), label=pay(), branches=pay(), named=pay())
    assert [name for name, _ in tree.branches] == ["player", "label", "branches", "named"]
    assert outcome("End", name=1, payoffs=2).payoffs == (("name", 1), ("payoffs", 2))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (3, 3),
        ("1/4", sp.Rational(1, 4)),
        (" -0.25 ", sp.Rational(-1, 4)),
        ("1e-3", sp.Rational(1, 1000)),
        (0.1, sp.Rational(1, 10)),
        (Fraction(2, 3), sp.Rational(2, 3)),
        (Decimal("0.7"), sp.Rational(7, 10)),
        (np.int64(5), 5),
        (np.float64(0.3), sp.Rational(3, 10)),
        (sp.Rational(1, 3), sp.Rational(1, 3)),
        (0.1 * X, X / 10),
        (X**2 / 3, X**2 / 3),
    ],
)
def test_numbers_are_exact(written, meant):
    ((_, payoff),) = outcome("End", A=written).payoffs
    assert payoff == meant and isinstance(payoff, sp.Expr) and not payoff.has(sp.Float)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (float("nan"), "wanted a finite number or an expression in declared parameters, got nan"),
        (float("inf"), "got inf"),
        (sp.oo, "got oo"),
        (sp.nan, "got nan"),
        (sp.I * X, "got I*x"),
        (1j, "got 1j"),
        (True, "got True (bool). Write 1 or 0 for a number."),
        ("a_SQ", "got 'a_SQ'. Text is read as a number such as \"1/4\" and nothing else"),
        ("__import__('os').getcwd()", "Text is read as a number"),
        ("1e999999999", "Text is read as a number"),
        ("1/0", "Text is read as a number"),
        ((1, 2), "got (1, 2) (tuple). One quantity is wanted; for a payoff that depends on a type, use by_type(...)"),
        ({"Hard": 1}, "use by_type(...)"),
        (np.array([1.0, 2.0]), "(ndarray)"),
        (X > 1, "A relation is no quantity"),
        (None, "got None (NoneType)"),
    ],
)
def test_what_is_no_number_is_refused(written, said):
    with pytest.raises(GameError) as caught:
        outcome("End", A=written)
    assert str(caught.value).startswith('Outcome "End", payoff of A: ')
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("branch", "said"),
    [
        (None, "got None. Every branch ends in outcome(...)"),
        ({"A": 1}, "got {'A': 1} (dict). Wrap it: outcome(name, {player: payoff})"),
        ("War", "got 'War' (str). Wrap it: outcome(\"War\", ...) with a payoff for each player"),
        (("1/2", pay()), "A probability belongs into chance(...)"),
        (outcome, "Call the function"),
        (3, "got 3 (int)"),
    ],
)
def test_a_branch_of_a_move_is_a_node(branch, said):
    with pytest.raises(GameError) as caught:
        move("A", "start", go=branch)
    message = str(caught.value)
    assert message.startswith(
        'Move "start" of A, action "go": wanted a node: move(...), chance(...) or outcome(...), got '
    )
    assert said in message


@pytest.mark.parametrize(
    ("branch", "said"),
    [
        (pay(), 'wanted a pair (probability, subtree), got outcome "End". Write (1/2, subtree)'),
        ((pay(), "1/2"), "got a pair (subtree, ...). Swap them."),
        (("1/2",), "wanted a pair (probability, subtree)"),
        (("1/2", None), "wanted a node"),
        (("half", pay()), "probability: wanted a finite number"),
    ],
)
def test_a_branch_of_a_draw_is_a_pair(branch, said):
    with pytest.raises(GameError) as caught:
        chance("weather", sun=branch)
    assert str(caught.value).startswith('Chance move "weather", event "sun"')
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (lambda: move("A", "start", {1: pay()}), 'wanted text as the name of the action, got 1 (int). Write "1".'),
        (lambda: move("A", "start", {" ": pay()}), "wanted a name for the action, got ' '. A name must not be blank."),
        (lambda: move("A", "start", {"go": pay()}, go=pay()), 'wanted each action once, got "go" twice'),
        (lambda: move(None, "start", go=pay()), "wanted text as the name of the player, got None (NoneType)"),
        (lambda: move("A", pay()), "wanted text as the name of the move"),
        (lambda: move("A", "start", [pay()]), "wanted a mapping from each action to its value, or keywords"),
        (lambda: outcome(3), "wanted text as the name of the outcome, got 3 (int)"),
        (lambda: outcome("End", {"A": 1}, A=2), 'Outcome "End": wanted each player once, got "A" twice'),
        (lambda: types("Hard", "Hard"), 'types: wanted each type once, got "Hard" twice. Rename one of them.'),
        (types, "types: wanted at least one type, got none. Write types(Hard=p, Soft=1 - p)."),
        (lambda: types("Hard", Soft=1), "wanted a probability for every type, or for none"),
        (lambda: types(0.5, 0.5), "wanted text as the name of the type, got 0.5 (float)"),
    ],
)
def test_names_are_text_and_stand_once(write, said):
    with pytest.raises(GameError) as caught:
        write()
    assert said in str(caught.value)


def test_nodes_are_values():
    assert pay(1) == pay("1.0") and hash(pay(1)) == hash(pay("1.0"))
    assert isinstance(pay(), Outcome) and by_type(H=1) == by_type({"H": 1})
