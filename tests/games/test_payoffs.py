"""Payoffs by type: they nest, and take arithmetic type by type."""

import pickle

import pytest
import sympy as sp

from deterrence.errors import GameError
from deterrence.games.payoffs import ByType, by_type, expressions_in, resolve

a, b, k = sp.symbols("a b k", real=True)
OWN = by_type(Hard=a, Soft=b)


@pytest.mark.parametrize(
    ("written", "hard", "soft"),
    [
        (OWN, a, b),
        (OWN - k, a - k, b - k),
        (k - OWN, k - a, k - b),
        (OWN + 1, a + 1, b + 1),
        (1 + OWN, a + 1, b + 1),
        (k + OWN, a + k, b + k),
        (sp.Integer(2) * OWN, 2 * a, 2 * b),
        (2 * OWN, 2 * a, 2 * b),
        (k * OWN, a * k, b * k),
        ("1/2" * OWN, a / 2, b / 2),
        (0.1 * OWN, a / 10, b / 10),
        (OWN / k, a / k, b / k),
        (k / OWN, k / a, k / b),
        (1 / OWN, 1 / a, 1 / b),
        (-OWN, -a, -b),
        (+OWN, a, b),
        (OWN**2, a**2, b**2),
        (OWN + OWN, 2 * a, 2 * b),
        (OWN - OWN, 0, 0),
        (OWN * by_type(Soft=k, Hard=1), a, b * k),
        (by_type(Hard=OWN, Soft=k), a, k),
    ],
)
def test_arithmetic_type_by_type(written, hard, soft):
    assert resolve(written, "A", {"A": "Hard"}) == hard
    assert resolve(written, "A", {"A": "Soft"}) == soft


def test_types_of_two_players_combine():
    payoff = 2 * by_type("B", Hard=1, Soft=0) + OWN - k
    for own, value in (("Hard", a), ("Soft", b)):
        for other, extra in (("Hard", 2), ("Soft", 0)):
            assert sp.expand(resolve(payoff, "A", {"A": own, "B": other}) - (extra + value - k)) == 0


def test_own_type_and_the_same_player_by_name_agree():
    payoff = OWN + by_type("A", Hard=k, Soft=0)
    assert resolve(payoff, "A", {"A": "Hard"}) == a + k


def test_the_result_of_arithmetic_has_no_player_twice():
    assert OWN - k == by_type(Hard=a - k, Soft=b - k)
    assert list(expressions_in(OWN + OWN)) == [2 * a, 2 * b]


def test_payoffs_are_values():
    assert pickle.loads(pickle.dumps(OWN)) == OWN and hash(by_type(Hard=a, Soft=b)) == hash(OWN)
    assert isinstance(by_type({"Very hard": a}), ByType)
    assert by_type("B", {"Very hard": a}).values == (("Very hard", a),)


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (by_type, "by_type: wanted a payoff for each type, got none. Write by_type(Hard=..., Soft=...)."),
        (lambda: by_type("B"), 'by_type("B"): wanted a payoff for each type, got none'),
        (lambda: by_type(3, Hard=1), "by_type: wanted the name of a player, or one mapping from types to payoffs"),
        (lambda: by_type(Hard=None), 'by_type, type "Hard": wanted a finite number'),
        (lambda: by_type("B", Hard="x"), 'by_type("B"), type "Hard": wanted a finite number'),
        (lambda: OWN + None, "arithmetic with by_type: wanted a finite number"),
        (lambda: by_type(Hard=0, Soft=1) ** -1, "arithmetic with by_type: wanted a finite number"),
        (lambda: OWN / 0, "arithmetic with by_type: wanted a finite number"),
    ],
)
def test_misuse_is_named(write, said):
    with pytest.raises(GameError) as caught:
        write()
    assert said in str(caught.value)


def test_types_do_not_compare():
    with pytest.raises(TypeError):
        k > OWN  # noqa: B015
