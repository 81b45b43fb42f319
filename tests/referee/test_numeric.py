"""Games with numbers: the conversion, public histories, and random points."""

from fractions import Fraction as F

import pytest
from sympy import Rational

from deterrence.games import ExtensiveGame, by_type, chance, move, outcome, types
from deterrence.parameters import Parameters

from . import games
from .check import check_perfect_bayesian
from .enumerate import enumerate_perfect_bayesian
from .exists import perfect_bayesian_beliefs
from .numeric import Chance, Leaf, Move, as_fractions, build, from_game
from .points import random_points


@pytest.fixture
def parameters():
    P = Parameters()
    P.ordered("aDDm < aCD < aDDp < aSQ < aDC")
    P.ordered("bDDm < bDC < bDDp < bSQ < bCD")
    P.probability("pA pB")
    return P


def symbolic_mutual(P):
    names = "aDDm aCD aDDp aSQ aDC bDDm bDC bDDp bSQ bCD pA pB"
    s = {name: P[name].symbol for name in names.split()}
    war = outcome("War", A=by_type(H=s["aDDp"], S=s["aDDm"]), B=by_type(H=s["bDDp"], S=s["bDDm"]))
    calm = outcome("Status Quo", A=s["aSQ"], B=s["bSQ"])
    first, second = outcome("DC", A=s["aDC"], B=s["bDC"]), outcome("CD", A=s["aCD"], B=s["bCD"])
    after_c = move("B", "open", C=calm, D=move("A", "answer", C=second, D=war))
    after_d = move("B", "open", C=move("B", "answer", C=first, D=war), D=war)
    sides = {"A": types(H=s["pA"], S=1 - s["pA"]), "B": types(H=s["pB"], S=1 - s["pB"])}
    return ExtensiveGame("Mutual", parameters=P, players=sides, tree=move("A", "open", C=after_c, D=after_d))


def test_conversion_gives_the_game_written_by_hand(parameters):
    game = symbolic_mutual(parameters)
    for point in random_points(game.assumptions, 4, 41):
        values = {symbol.name: value for symbol, value in point.items()}
        assert from_game(game, point) == games.mutual(values)


def test_conversion_of_chance_distributions_and_defined_names():
    P = Parameters()
    p1, p2, p3 = P.distribution("p1 p2 p3")
    x = P.positive("x")
    k = P.define("k", x / 2)
    storm = chance("weather", storm=(p1 + p3, outcome("Storm", A=by_type(u=k, v=-k))), calm=(p2, outcome("Calm", A=x)))
    tree = move("A", "go", sail=storm, stay=outcome("Stay", A=0))
    game = ExtensiveGame("Sail", parameters=P, players={"A": types(u=p1, v=1 - p1)}, tree=tree)
    numeric = from_game(game, {"p1": F(1, 4), "p2": F(1, 2), "x": 3})
    assert [place.kind for place in numeric.places] == ["move", "chance", "leaf", "leaf", "leaf"]
    assert numeric.places[1].odds == (F(1, 2), F(1, 2))
    assert numeric.places[2].payoffs == {("A", ("u",)): F(3, 2), ("A", ("v",)): F(-3, 2)}
    assert numeric.prior == {("u",): F(1, 4), ("v",): F(3, 4)}
    (found,) = enumerate_perfect_bayesian(numeric).found
    assert found.strategy["A", "v", "go"] == {"sail": 1}


def test_symbolic_rationals_become_fractions():
    table = {("A", "m"): {"a": Rational(1, 3), "b": 1 - Rational(1, 3), "c": 0}}
    assert as_fractions(table) == {("A", "m"): {"a": F(1, 3), "b": F(2, 3), "c": F(0)}}


def test_a_simultaneous_stage_is_one_public_history():
    game = games.mutual(next(random_points(games.MUTUAL, 1, 42)))
    assert game.observed_actions
    assert game.start("B", "open") == game.start("A", "open") == 0
    assert game.labels["B", "open"] == (1, 6)
    assert len(game.information_sets["B", "H", "open"]) == 4


def test_a_hidden_move_is_not_observed():
    """B does not see which of two demands A made, though it sees that there was one."""
    end = Leaf({"A": 0, "B": 0})
    reply = {"yes": end, "no": end}
    tree = Move("A", "demand", {"none": end, "low": Move("B", "reply", reply), "high": Move("B", "reply", reply)})
    game = build({"A": None, "B": None}, tree)
    assert not game.observed_actions
    with pytest.raises(ValueError, match="observed actions"):
        enumerate_perfect_bayesian(game)


def test_a_hidden_draw_of_chance_is_not_observed():
    end = Leaf({"A": 0})
    draws = {e: (F(1, 2), Move("A", "guess", {"x": end, "y": end})) for e in ("heads", "tails")}
    assert not build({"A": None}, Chance("coin", draws)).observed_actions


def test_three_players_with_one_uncertain_type():
    """A's type matters to C only; B moves in between and its surprise says nothing about A."""
    war = Leaf({"A": {"H": 1, "S": -2}, "B": -1, "C": lambda t: -1 if t["A"] == "H" else 1})
    reply = Move("C", "reply", {"resist": war, "yield": Leaf({"A": 2, "B": 1, "C": 0})})
    join = Move("B", "join", {"out": Leaf({"A": -1, "B": 0, "C": 0}), "in": reply})
    tree = Move("A", "demand", {"no": Leaf({"A": 0, "B": 0, "C": 0}), "yes": join})
    game = build({"A": {"H": F(1, 4), "S": F(3, 4)}, "B": None, "C": None}, tree)
    found = enumerate_perfect_bayesian(game)
    assert found.found
    for entry in found.found:
        if entry.status != "unresolved":
            assert check_perfect_bayesian(game, entry.strategy, perfect_bayesian_beliefs(game, entry.strategy)) == []


def test_random_points_satisfy_their_assumptions(parameters):
    known = parameters.snapshot()
    for point in random_points(known, 6, 43):
        assert known.holds(known.exact_point(point))
    assert list(random_points(known, 3, 44)) == list(random_points(known, 3, 44))
    spec = games.ESCALATION
    for v in random_points(spec, 6, 45):
        assert v["pHH"] + v["pHS"] + v["pSH"] + v["pSS"] == 1
        assert v["cEEm"] < v["cDE"] < v["cEEp"] < v["cDD"] < v["cED"] < v["cSQ"] < v["cDC"]


def test_random_points_of_shared_chains_and_extra_relations():
    P = Parameters()
    a, b, c = P.ordered("a < b < c")
    P.ordered("a < d < c")
    d = P["d"].symbol
    P.distribution("p q r")
    P.assume(a + b > d, a > 0)
    known = P.snapshot()
    for point in random_points(known, 8, 46):
        assert point[a] < point[d] < point[c]
        assert point[a] + point[b] > point[d]
        assert known.holds(known.exact_point(point))
