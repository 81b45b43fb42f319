"""Games written as .efg files say exactly what the game says."""

from fractions import Fraction

import pytest

from deterrence.errors import PointError, UnknownParameter
from deterrence.games import ExtensiveGame, by_type, chance, move, outcome, types
from deterrence.interchange import to_efg, write_efg
from deterrence.interchange.names import distinct_names, plain
from deterrence.parameters import Parameters
from tests.games.samples import escalation, hidden_draw, mutual, pay, two, unilateral
from tests.interchange.reader import Reader, leaves

UNILATERAL = {
    **{"a_DDm": 0, "a_CD": "1/3", "a_DDp": 2, "a_SQ": 3, "a_DC": 4.5},
    **{"b_DDm": -1, "b_DC": 0, "b_DDp": "5/7", "b_CD": 2, "b_SQ": 3},
    **{"p_A": "1/4", "p_B": 0.7},
}
MUTUAL = {key: value for key, value in UNILATERAL.items() if key != "b_SQ"} | {"b_SQ": 1}
ESCALATION = {
    **{"c_EEm": 0, "c_DE": 20, "c_EEp": 25, "c_DD": 40, "c_ED": 45, "c_SQ": 60, "c_DC": 100},
    **{"d_EEm": 0, "d_ED": 20, "d_EEp": 30, "d_DDm": 40, "d_DC": 50, "d_DDp": 60, "d_DE": 90, "d_SQ": 100},
    **{"p_Ch": "1/3", "p_HH": "1/8", "p_HS": "1/4", "p_SH": "1/2"},
}
GAMES = [(unilateral, UNILATERAL), (mutual, MUTUAL), (escalation, ESCALATION), (hidden_draw, {})]


def expected(game, point):
    """Every play of the game at the point: what each player saw and did, Nature's probability, payoffs."""
    values = game.assumptions.exact_point(point)

    def number(expression):
        value = game.assumptions.expand(expression).xreplace(values)
        return Fraction(int(value.p), int(value.q))

    for profile, prior in game.prior.items():
        for position in game.positions:
            if position.children:
                continue
            weight, seen = number(prior), []
            for step in position.path:
                node = game.positions[step.position].node
                if step.kind == "chance":
                    weight *= number(next(p for event, p, _ in node.branches if event == step.action))
                else:
                    own = profile[game.players.index(step.player)]
                    seen.append(((step.player, own, step.label), step.action))
            payoffs = tuple(number(game.payoff(position.index, player, profile)) for player in game.players)
            yield tuple(seen), weight, payoffs


@pytest.mark.parametrize(("make", "point"), GAMES)
def test_every_play_is_written_exactly(make, point):
    game = make()
    read = Reader(to_efg(game, point))
    assert read.title == game.name and tuple(read.players) == game.players
    numbered = {}
    plays = list(zip(leaves(read.root), expected(game, point), strict=True))
    for (path, weight, leaf), (seen, expected_weight, payoffs) in plays:
        assert (weight, leaf.payoffs) == (expected_weight, payoffs)
        moves = [(game.players[player - 1], number, action) for player, number, action in path if player]
        for (player, number, action), (key, expected_action) in zip(moves, seen, strict=True):
            assert action == expected_action and player == key[0]
            assert numbered.setdefault((player, number), key) == key
    assert len(set(numbered.values())) == len(numbered) == len(game.information_sets)


def test_probabilities_of_nature_sum_to_one_exactly():
    root = Reader(to_efg(escalation(), ESCALATION)).root
    assert sum(root.probabilities) == 1 and len(root.probabilities) == 8
    assert root.branches[0] == "Hard, HH" and root.probabilities[0] == Fraction(1, 24)


def test_outcomes_of_one_name_are_told_apart_by_types():
    found = {leaf.name: leaf.payoffs for _, _, leaf in leaves(Reader(to_efg(unilateral(), UNILATERAL)).root)}
    assert found["Conflict (Hard, Soft)"] == (2, -1) and found["Conflict (Soft, Hard)"] == (0, Fraction(5, 7))
    assert found["Status Quo"] == (3, 3)


def test_a_game_without_types_has_no_draw_at_the_root():
    assert to_efg(two(move("A", "start", go=pay(1), stay=pay("-1/3")))) == (
        'EFG 2 R "Small" { "A" "B" }\n"At no parameters"\n\n'
        'p "" 1 1 "start" { "go" "stay" } 0\nt "" 1 "End" { 1, 0 }\nt "" 2 "End_2" { -1/3, 0 }\n'
    )


def test_a_draw_inside_the_tree_keeps_its_events():
    root = Reader(to_efg(hidden_draw())).root
    assert (root.kind, root.name, root.branches, root.probabilities) == (
        "c",
        "weather",
        ("sun", "rain"),
        (Fraction(1, 3), Fraction(2, 3)),
    )


def odd_names():
    """A game whose names Gambit does not take."""
    tree = move("Chance", 'the "move"', {"höld": outcome("Ende  gut", {"Chance": 1}), "hold": outcome("\\", Chance=0)})
    return ExtensiveGame("中国", players=["Chance"], tree=tree)


def test_names_that_gambit_does_not_take():
    text = to_efg(odd_names())
    assert text.isascii()
    read = Reader(text)
    assert (read.title, read.players, read.root.name) == ("game", ["Chance_2"], 'the "move"')
    assert read.root.branches == ("hold", "hold_2")
    assert [child.name for child in read.root.children] == ["Ende gut", "/"]


def test_plain_names():
    assert plain("a\tb\n c", "x") == "a b c"
    assert plain("back\u2013down", "x") == "back-down"
    assert distinct_names(["a", "a_2", "a"], "x") == ["a", "a_2", "a_3"]


def test_the_file_is_written(tmp_path):
    write_efg(unilateral(), tmp_path / "udg.efg", UNILATERAL)
    assert (tmp_path / "udg.efg").read_text() == to_efg(unilateral(), UNILATERAL)


@pytest.mark.parametrize(
    ("change", "kind", "said"),
    [
        ({"p_A": None}, PointError, "p_A"),
        ({"p_A": "p"}, PointError, "p_A"),
        ({"p_A": 2}, PointError, 'Game "Unilateral deterrence": wanted a point that satisfies the assumptions, '),
        ({"a_SQ": 0}, PointError, "got one that breaks"),
        ({"p_a": "1/2"}, UnknownParameter, "Did you mean 'p_A'"),
    ],
)
def test_bad_points(change, kind, said):
    with pytest.raises(kind) as caught:
        to_efg(unilateral(), UNILATERAL | change)
    assert said in str(caught.value)


def test_only_parameters_that_the_game_uses_are_required():
    game = unilateral()
    short = {key: value for key, value in UNILATERAL.items() if key not in ("p_A", "b_CD")}
    with pytest.raises(PointError, match=r"wanted a value for each parameter of the game, got none for b_CD, p_A\."):
        to_efg(game, short)
    tree = outcome("End", A=by_type(X=1, Y=0), B=0)
    P = Parameters()
    P.real("unused")
    p = P.probability("p")
    small = ExtensiveGame("Small", parameters=P, players={"A": types(X=p, Y=1 - p), "B": None}, tree=tree)
    assert Reader(to_efg(small, {p: "1/3"})).root.probabilities == (Fraction(1, 3), Fraction(2, 3))


def test_a_draw_behind_types_is_numbered_for_each_profile():
    tree = chance("luck", x=("1/2", outcome("End", A=by_type(X=1, Y=0))), y=("1/2", outcome("End", A=0)))
    game = ExtensiveGame("Small", players={"A": types(X="1/2", Y="1/2")}, tree=tree)
    root = Reader(to_efg(game)).root
    assert [child.information_set for child in root.children] == [2, 3]
