import random
from fractions import Fraction

import pytest
import sympy as sp

from deterrence.errors import ConceptError
from deterrence.games.strategic import StrategicGame
from deterrence.iterated_dominance import dominance
from deterrence.parameters import Parameters
from deterrence.regions import Region
from deterrence.selection import payoff_dominance, risk_dominance

ACTIONS = {"A": ["C", "D"], "B": ["C", "D"]}


def symmetric(chain):
    P = Parameters()
    P.ordered(chain)
    R, S, T, Q = (P[x].symbol for x in "RSTP")
    cells = {("C", "C"): (R, R), ("C", "D"): (S, T), ("D", "C"): (T, S), ("D", "D"): (Q, Q)}
    return StrategicGame("Symmetric", parameters=P, actions=ACTIONS, payoffs=cells), (R, S, T, Q)


def test_prisoners_dilemma_is_solved_by_strict_dominance():
    game, _ = symmetric("S < P < R < T")
    result = dominance(game)
    assert result.solved and dict(result.remaining) == {"A": ("D",), "B": ("D",)}
    assert [(d.round, d.player, d.action, d.by) for d in result.steps] == [(1, "A", "C", ("D",)), (1, "B", "C", ("D",))]


def test_rounds_are_shown_in_order():
    game = StrategicGame(
        "Rounds",
        actions={"A": ["u", "d"], "B": ["l", "m", "r"]},
        payoffs={"A": [[1, 1, 0], [0, 0, 2]], "B": [[0, 2, 1], [3, 1, 0]]},
    )
    result = dominance(game)
    assert [(d.round, d.player, d.action) for d in result.steps] == [(1, "B", "r"), (2, "A", "d"), (3, "B", "l")]
    assert "round 2: A never d" in str(result)


def test_a_mixture_dominates_where_no_pure_action_does():
    table = {"A": [[4, 0], [0, 4], [1, 1]], "B": [[0, 0], [0, 0], [0, 0]]}
    game = StrategicGame("Mixture", actions={"A": ["u", "m", "d"], "B": ["l", "r"]}, payoffs=table)
    assert dominance(game).steps[0].by == ("u", "m")
    assert not dominance(game, mixtures=False).steps


def test_a_mixture_dominates_weakly():
    table = {"A": [[4, 0, 1], [0, 4, 1], [1, 1, 1]], "B": [[0] * 3] * 3}
    game = StrategicGame("Mixture", actions={"A": ["u", "m", "d"], "B": ["l", "c", "r"]}, payoffs=table)
    assert not dominance(game).steps
    assert next((d.action, d.by) for d in dominance(game, "weak").steps) == ("d", ("u", "m"))
    assert not dominance(game, "weak", mixtures=False).steps


@pytest.mark.parametrize("kind", ["strict", "weak"])
def test_what_goes_in_the_first_round_is_dominated_by_a_mixture_and_nothing_else_is(kind):
    rng = random.Random(8)
    for _ in range(12):
        rows = [[rng.randint(0, 3) for _ in range(3)] for _ in range(3)]
        game = StrategicGame(
            "Drawn", actions={"A": ["u", "m", "d"], "B": ["l", "c", "r"]}, payoffs={"A": rows, "B": [[0] * 3] * 3}
        )
        gone = {d.action for d in dominance(game, kind).steps if d.player == "A" and d.round == 1}
        for k, name in enumerate("umd"):
            one, two = (rows[j] for j in range(3) if j != k)
            found = False
            for share in range(37):  # payoffs are small: mixtures by 36ths hit every case
                gains = [
                    Fraction(share, 36) * a + Fraction(36 - share, 36) * b - c
                    for a, b, c in zip(one, two, rows[k], strict=True)
                ]
                found |= min(gains) > 0 if kind == "strict" else min(gains) >= 0 and max(gains) > 0
            assert (name in gone) is found or (kind == "weak" and found and len(gone) > 0)


def test_weak_dominance_warns_of_the_order_and_symbols_give_regions():
    P = Parameters()
    a, b = P.real("a b")
    game = StrategicGame(
        "Regions", parameters=P, actions={"A": ["x", "y"], "B": ["l", "r"]},
        payoffs={"A": [[a, a], [b, 0]], "B": [[1, 1], [1, 1]]},
    )  # fmt: skip
    strict, weak = dominance(game), dominance(game, "weak")
    assert strict.where["A", "x"].equals(Region((a < b) & (a < 0), P)).proved
    assert weak.where["A", "y"].equals(Region((a >= b) & (a >= 0) & ((a > b) | (a > 0)), P)).proved
    assert "order" in weak.note and not weak.steps


def test_never_all_actions_of_a_player_go():
    game = StrategicGame("Same", actions={"A": ["x", "y"]}, payoffs={"x": [1], "y": [1]})
    assert not dominance(game, "weak").steps


def test_stag_hunt_cooperation_is_risk_dominant_iff_trust_threshold_is_below_one_half():
    game, (R, S, T, P) = symmetric("S < P < T < R")
    selected = risk_dominance(game).where
    assert selected["C", "C"].equals(Region(R - T > P - S, game.assumptions)).proved
    threshold = (P - S) / ((R - T) + (P - S))
    assert selected["C", "C"].equals(Region(threshold < sp.Rational(1, 2), game.assumptions)).proved
    assert payoff_dominance(game).where["C", "C"].covers().proved
    assert ("D", "D") not in payoff_dominance(game).where


def test_jervis_numbers_lie_on_the_line():
    game, _ = symmetric("S < P < T < R")
    assert risk_dominance(game).at({"R": 4, "T": 3, "P": 2, "S": 1}) is None
    assert risk_dominance(game).at({"R": 4, "T": 3, "P": 2, "S": "3/2"}) == ("C", "C")


def test_nothing_is_selected_in_chicken_by_payoffs():
    game, _ = symmetric("P < S < R < T")
    assert not payoff_dominance(game).where and not risk_dominance(game).where


def test_wrong_games_are_refused():
    game = StrategicGame("One", actions={"A": ["x"]}, payoffs={"x": [1]})
    with pytest.raises(ConceptError, match="two actions each"):
        risk_dominance(game)
    with pytest.raises(KeyError, match="strict"):
        dominance(game, "strikt")
