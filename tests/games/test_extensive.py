"""The record of an extensive game: what it holds, that it is a value, how it prints."""

import copy
import pickle

import pytest
import sympy as sp

from deterrence.errors import GameError
from deterrence.games import ExtensiveGame, Outcome, by_type, chance, move, outcome, types
from deterrence.parameters import Parameters
from tests.games.samples import escalation, mutual, pay, two, unilateral

SAMPLES = [unilateral, mutual, escalation]


def test_parts_of_the_unilateral_game():
    game = unilateral()
    assert game.players == ("Challenger", "Defender")
    assert game.types == {"Challenger": ("Hard", "Soft"), "Defender": ("Hard", "Soft")}
    assert list(game.labels) == [("Challenger", "initiate"), ("Defender", "respond"), ("Challenger", "press")]
    assert game.labels["Defender", "respond"].actions == ("concede", "resist")
    assert game.information_sets[:3] == (
        ("Challenger", "Hard", "initiate"),
        ("Challenger", "Soft", "initiate"),
        ("Defender", "Hard", "respond"),
    )
    assert game.outcomes == ("Status Quo", "Challenger Wins", "Defender Wins", "Conflict")
    assert game.notes == ()


def test_positions_come_depth_first_with_their_paths():
    game = unilateral()
    assert [p.index for p in game.positions] == list(range(7))
    assert game.positions[0].path == () and game.positions[0].children == (1, 2)
    last = game.positions[6]
    assert [(s.position, s.kind, s.player, s.label, s.action) for s in last.path] == [
        (0, "move", "Challenger", "initiate", "defect"),
        (2, "move", "Defender", "respond", "resist"),
        (4, "move", "Challenger", "press", "fight"),
    ]
    assert isinstance(last.node, Outcome) and last.node.name == "Conflict"


def test_payoffs_depend_on_the_types_drawn():
    game = unilateral()
    assert str(game.payoff(6, "Challenger", ("Hard", "Soft"))) == "a_DDp"
    assert str(game.payoff(6, "Defender", ("Hard", "Soft"))) == "b_DDm"
    with pytest.raises(GameError, match="wanted the position of an outcome"):
        game.payoff(0, "Challenger", ("Hard", "Soft"))


def test_the_prior_of_independent_types_is_a_product():
    game = unilateral()
    p_A, p_B = (game.assumptions.resolve(name) for name in ("p_A", "p_B"))
    assert game.independent
    assert game.prior["Hard", "Soft"] == p_A * (1 - p_B)
    assert game.marginals["Defender"] == {"Hard": p_B, "Soft": 1 - p_B}


def test_players_without_types():
    game = two(move("A", "start", go=move("B", "reply", yes=pay(), no=pay(1, 1)), stay=pay()))
    assert game.types == {"A": (None,), "B": (None,)}
    assert game.prior == {(None, None): 1}
    assert game.information_sets == (("A", "start"), ("B", "reply"))
    assert game.marginals["A"] == {None: 1}


def correlated(prior, parameters=None):
    tree = move("A", "start", go=outcome("Go", A=by_type(H=1, S=0), B=by_type("A", H=1, S=2), C=by_type("C", X=1, Y=2)))
    players = {"A": types("H", "S"), "B": None, "C": types("X", "Y")}
    return ExtensiveGame("Correlated", parameters=parameters, players=players, tree=tree, prior=prior)


def test_a_joint_prior_keeps_every_profile():
    game = correlated({("H", "X"): "1/2", ("S", "Y"): "1/2"})
    assert game.prior == {
        ("H", None, "X"): sp.Rational(1, 2),
        ("H", None, "Y"): 0,
        ("S", None, "X"): 0,
        ("S", None, "Y"): sp.Rational(1, 2),
    }
    assert not game.independent
    with pytest.raises(GameError, match="wanted independent types"):
        game.marginals  # noqa: B018


def test_a_joint_prior_that_is_a_product_is_independent():
    P = Parameters()
    p, q = P.probability("p q")
    prior = {("H", "X"): p * q, ("H", "Y"): p * (1 - q), ("S", None, "X"): (1 - p) * q, ("S", "Y"): (1 - p) * (1 - q)}
    game = correlated(prior, P)
    assert game.independent
    assert sp.expand(game.marginals["A"]["H"]) == p


def test_the_dependent_member_of_a_distribution_stays_a_symbol():
    game = escalation()
    assert str(game.prior["Hard", "SS"]) == "p_Ch*p_SS"
    assert game.independent and len(game.prior) == 8


@pytest.mark.parametrize("make", SAMPLES)
def test_games_are_values(make):
    game, same = make(), make()
    assert game == same and hash(game) == hash(same)
    for twin in (pickle.loads(pickle.dumps(game)), copy.deepcopy(game)):
        assert twin == game and hash(twin) == hash(game)
        assert twin.labels == game.labels and twin.marginals == game.marginals
    assert game != "a game"


def test_games_differ_by_any_part():
    assert unilateral() != mutual()
    assert two(pay(1)) != two(pay(2))
    assert two(pay(1)) == two(pay("1.0")) == two(pay(1.0))


@pytest.mark.parametrize("make", SAMPLES)
def test_games_are_immutable(make):
    game = make()
    with pytest.raises(AttributeError, match="immutable"):
        game.name = "Other"
    with pytest.raises(AttributeError, match="immutable"):
        del game.tree
    with pytest.raises(TypeError):
        game.prior["Hard", "Soft"] = 0
    with pytest.raises(AttributeError):
        game.tree.label = "other"


def test_a_game_keeps_the_parameters_as_they_were():
    P = Parameters()
    a = P.real("a")
    game = ExtensiveGame("Small", parameters=P, players=["A"], tree=outcome("End", A=a))
    P.assume(a > 1)
    assert game.assumptions.relations == ()


def test_a_game_prints_as_a_readable_tree():
    assert str(unilateral()).splitlines() == [
        'Game "Unilateral deterrence"',
        "Players: Challenger (Hard: p_A, Soft: 1 - p_A); Defender (Hard: p_B, Soft: 1 - p_B)",
        "Assumed: " + str(unilateral().assumptions),
        'Challenger: "initiate"',
        "├─ cooperate: Status Quo (Challenger a_SQ, Defender b_SQ)",
        '└─ defect: Defender: "respond"',
        "   ├─ concede: Challenger Wins (Challenger a_DC, Defender b_DC)",
        '   └─ resist: Challenger: "press"',
        "      ├─ back_down: Defender Wins (Challenger a_CD, Defender b_CD)",
        "      └─ fight: Conflict (Challenger {Hard: a_DDp, Soft: a_DDm}, Defender {Hard: b_DDp, Soft: b_DDm})",
    ]
    shown = '<ExtensiveGame "Unilateral deterrence": 2 players, 3 labels, 6 information sets, 4 outcomes>'
    assert repr(unilateral()) == shown


def test_draws_and_joint_priors_print_their_probabilities():
    game = two(chance("weather", sun=("1/3", pay()), rain=("2/3", pay(1, 1))))
    assert "├─ sun [1/3]: End (A 0, B 0)" in str(game)
    assert "Prior: (H, X): 1/2, (H, Y): 0" in str(correlated({("H", "X"): "1/2", ("S", "Y"): "1/2"}))


def test_actions_under_one_label_get_one_order():
    first = move("B", "reply", yes=pay(1), no=pay(2))
    second = move("B", "reply", no=pay(4), yes=pay(3))
    game = two(move("A", "start", up=first, down=second))
    assert [[name for name, _ in game.positions[i].node.branches] for i in game.labels["B", "reply"].positions] == [
        ["yes", "no"],
        ["yes", "no"],
    ]
    assert [p.node.payoffs[0][1] for p in game.positions if isinstance(p.node, Outcome)] == [1, 2, 3, 4]


def test_one_outcome_name_at_several_leaves():
    game = two(move("A", "start", up=pay(1), down=pay(2)))
    assert game.outcomes == ("End",)


def test_one_label_of_two_players_is_two_labels():
    game = two(move("A", "choose", up=move("B", "choose", l=pay(), r=pay()), down=pay()))
    assert list(game.labels) == [("A", "choose"), ("B", "choose")]


def test_a_long_game_is_a_value_too():
    def centipede(stages):
        node = pay(stages, stages)
        for k in reversed(range(stages)):
            node = move("AB"[k % 2], f"stage {k}", {"go on": node, "take": pay(k, stages - k)})
        return two(node)

    game = centipede(200)
    assert pickle.loads(pickle.dumps(game)) == game == centipede(200)
    assert hash(game) == hash(centipede(200)) and len(str(game).splitlines()) == 403 and game.observed_actions
