"""Payoffs with denominators: the same equilibria as with the denominators multiplied out."""

import pytest
import sympy as sp

import deterrence as dt
from deterrence.errors import NotPolynomial


def contest(P, win, cost, prize):
    rest = (1 - win) * prize
    fight = dt.outcome("war", A=win * prize - cost, B=dt.by_type(Hard=rest, Soft=rest - cost))
    give = dt.outcome("peace", A=prize, B=prize / 2)
    tree = dt.move(
        "A", "demand", no=dt.outcome("sq", A=prize / 2, B=prize), yes=dt.move("B", "reply", fight=fight, give=give)
    )
    p = P.probability("p")
    return dt.ExtensiveGame("contest", parameters=P, players={"A": None, "B": dt.types(Hard=p, Soft=1 - p)}, tree=tree)


def test_a_contest_success_function_as_payoff():
    P = dt.Parameters()
    a, b, k, v = P.positive("a b k v")
    game = contest(P, a / (a + b), k, v)
    eqs = dt.solve(game)
    assert eqs.complete
    assert eqs.covers().proved
    for e in eqs:
        if all(q in (0, 1) for row in e.strategy.values() for q in row.values()):
            assert dt.verify(game, {s: dict(row) for s, row in e.strategy.items()}).region.equals(e.condition).proved
    deterred = [
        e for e in eqs if e.strategy["A", "demand"]["no"] == 1 and e.strategy["B", "Soft", "reply"]["give"] == 1
    ]
    hard_fights = next(e for e in deterred if e.strategy["B", "Hard", "reply"]["fight"] == 1)
    share, p = a / (a + b), game.assumptions.resolve("p")
    worth = p * (share * v - k) + (1 - p) * v
    # Hard fights iff (1 - share) v >= v/2, Soft gives iff (1 - share) v - k <= v/2, A stays out iff v/2 >= worth
    by_hand = sp.And(1 - share >= sp.Rational(1, 2), (1 - share) * v - k <= v / 2, v / 2 >= worth)
    assert hard_fights.closure.equals(dt.Region(by_hand, game.assumptions)).proved


def test_gains_stay_in_units_of_payoff():
    P = dt.Parameters()
    a, b = P.positive("a b")
    tree = dt.move("A", "go", stay=dt.outcome("s", A=0), leave=dt.outcome("l", A=a / (a + b)))
    game = dt.ExtensiveGame("alone", parameters=P, players=["A"], tree=tree)
    answer = dt.verify(game, {("A", "go"): "stay"}, at={"a": 1, "b": 3})
    assert [d.gain for d in answer.deviations] == [sp.Rational(1, 4)]


def test_a_denominator_of_unknown_sign_is_refused_with_the_player():
    P = dt.Parameters()
    a, b = P.real("a b")
    P.assume(sp.Ne(a, b))
    tree = dt.move("A", "go", stay=dt.outcome("s", A=0), leave=dt.outcome("l", A=1 / (a - b)))
    game = dt.ExtensiveGame("open", parameters=P, players=["A"], tree=tree)
    with pytest.raises(NotPolynomial, match="payoffs of A"):
        dt.solve(game)


def test_type_probabilities_with_denominators():
    def build(chance, P):
        tree = dt.move(
            "B",
            "trust",
            no=dt.outcome("n", A=0, B=0),
            yes=dt.move(
                "A", "act", keep=dt.outcome("k", A=dt.by_type(Good=1, Bad=-1), B=1), cheat=dt.outcome("c", A=0, B=-1)
            ),
        )
        players = {"A": dt.types(Good=chance, Bad=1 - chance), "B": None}
        return dt.ExtensiveGame("trust", parameters=P, players=players, tree=tree)

    P = dt.Parameters()
    a, b = P.positive("a b")
    eqs = dt.solve(build(a / (a + b), P))
    trusts = next(e for e in eqs if e.strategy["B", "trust"]["yes"] == 1)
    assert trusts.closure.equals(dt.Region(a >= b, P)).proved
    assert sp.simplify(trusts.outcomes["k"] - a / (a + b)) == 0
