"""Every rule of a well-formed game has its own message."""

import pytest
import sympy as sp

from deterrence.errors import ContradictoryAssumptions, GameError
from deterrence.games import Chance, ExtensiveGame, Move, Outcome, by_type, chance, move, outcome, quantities, types
from deterrence.games.validation import RULES
from deterrence.parameters import Parameters
from deterrence.regions.verdict import Verdict
from tests.games.samples import pay, two

P = Parameters()
p, q = P.probability("p q")
low, high = P.ordered("low < high")
free = P.real("free")
FAIR = types(Hard=p, Soft=1 - p)
TYPED = {"A": by_type(Hard=1, Soft=0), "B": 0}


def game(tree=None, players=("A", "B"), parameters=P, prior=None):
    """A game named G; a single outcome unless a tree is given."""
    return ExtensiveGame("G", parameters=parameters, players=players, tree=tree or pay(), prior=prior)


def leaf(**payoffs):
    return outcome("End", {"A": 0, "B": 0, **payoffs})


def refused(make, *said):
    """The message of the error that `make` raises holds every one of these texts."""
    with pytest.raises(GameError) as caught:
        make()
    for text in said:
        assert text in str(caught.value)
    assert str(caught.value).startswith('Game "G"')


# -- trees -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        (None, "got None: an empty tree. Begin with dt.move"),
        ({}, "got an empty tree"),
        ((), "got an empty tree"),
        ("War", "got 'War' (str)"),
        (pay, "(function)"),
    ],
)
def test_an_empty_tree(tree, said):
    refused(
        lambda: ExtensiveGame("G", players=["A"], tree=tree),
        'Game "G", tree: wanted a node: move(...), chance(...) or outcome(...), got',
        said,
    )


def test_a_move_with_no_action():
    refused(
        lambda: game(move("A", "start")),
        'Game "G", move "start" of A: wanted at least one action, got none. Add action=subtree.',
    )


def test_a_draw_with_no_event():
    refused(lambda: game(chance("luck")), 'Game "G", chance move "luck": wanted at least one event, got none.')


def test_records_made_by_hand_are_checked_too():
    end = pay()
    refused(lambda: game(Move("A", "start", (("go", end), ("go", end)))), 'wanted each action once, got "go" twice')
    refused(lambda: game(Move("A", "start", (("go", None),))), 'action "go": wanted a node, got None')
    refused(lambda: game(Chance("luck", (("x", p, end), ("x", 1 - p, end)))), 'wanted each event once, got "x" twice')
    refused(lambda: game(Outcome("End", (("A", p), ("A", p)))), 'wanted each player once, got "A" twice')


def test_a_tree_that_is_too_large():
    deep = pay()
    for k in range(300):
        deep = move("A", f"stage {k}", go=deep)
    refused(lambda: game(deep), "tree: wanted at most 250 moves on a path and 100000 nodes, got more.")
    wide = pay()
    for k in range(40):
        wide = move("A", f"stage {k}", l=wide, r=wide)
    refused(lambda: game(wide), "a subtree that stands in several places counts each time")


# -- players and types -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("players", "said"),
    [
        (["A", "B", "A"], 'Game "G", players: wanted each player once, got "A" twice'),
        ([], "players: wanted at least one player, got none"),
        ({}, "players: wanted at least one player, got none"),
        ("A", "players: wanted a list of names, or a mapping to types, got 'A'. Write [\"A\"]."),
        ({"A"}, "players: wanted a list of names, or a mapping to types, got {'A'}"),
        (None, "players: wanted a list of names, or a mapping to types, got None"),
        (["A", 2], "players: wanted text as the name of the player, got 2 (int)"),
        ({"A": {"Hard": p}, "B": None}, "types of A: wanted dt.types(...) or None, got {'Hard': p} (dict)"),
        ({"A": types, "B": None}, "types of A: wanted dt.types(...) or None"),
        ({"A": types("Hard", "Soft"), "B": None}, "types of A: wanted a probability for each type, or prior=..."),
    ],
)
def test_players(players, said):
    refused(lambda: game(players=players), said)


def test_a_move_by_an_unknown_player():
    refused(
        lambda: game(move("Chalenger", "start", go=pay()), players=["Challenger", "B"]),
        'Game "G", move "start" of Chalenger: wanted one of the players "Challenger", "B", got "Chalenger".',
        "Did you mean 'Challenger'?",
    )
    refused(lambda: game(move("C", "start", go=pay())), "Add it to players=..., or correct the name.")


def test_a_player_without_a_move_is_allowed():
    assert game(move("A", "start", go=pay())).players == ("A", "B")


def test_types_without_use():
    tree = move("A", "start", go=pay(), stay=pay(1))
    refused(
        lambda: game(tree, {"A": FAIR, "B": None}),
        'Game "G", types of A: wanted types that some payoff depends on, got "Hard", "Soft", which change nothing.',
        "Write a payoff as by_type(...), or give A no types.",
    )
    refused(lambda: game(outcome("End", TYPED), {"A": FAIR, "B": types(Hard=q, Soft=1 - q)}), "types of B")


def test_types_are_used_by_anybodys_payoff_or_as_information():
    of_other = outcome("End", A=0, B=by_type("A", Hard=1, Soft=0))
    assert game(of_other, {"A": FAIR, "B": None}).types["A"] == ("Hard", "Soft")
    signal = move("B", "start", go=outcome("End", TYPED), stay=pay())
    prior = {("Hard", "Hard"): p, ("Soft", "Soft"): 1 - p}
    assert not game(signal, {"A": types("Hard", "Soft"), "B": types("Hard", "Soft")}, prior=prior).independent


# -- labels ----------------------------------------------------------------------------------------


def test_different_actions_under_one_label():
    up, down = move("B", "reply", yes=pay(), no=pay()), move("B", "reply", yes=pay(), never=pay())
    refused(
        lambda: game(move("A", "start", up=up, down=down)),
        'Game "G", move "reply" of B: wanted the same actions wherever the label stands ("yes", "no" after up), '
        'got "yes", "never" after down. Give the moves different labels if B tells these positions apart.',
    )


def test_absent_mindedness():
    exits = move("A", "exit", on=move("A", "exit", on=pay(), off=pay()), off=pay())
    refused(
        lambda: game(exits),
        'a player comes to the same label twice in one play (absent-mindedness): "exit" of A comes again after on.',
        "Give every move on one path its own label.",
    )


def test_imperfect_recall_shows_every_merged_set():
    def later(label):
        return move("A", label, l=pay(), r=pay())

    tree = move(
        "A",
        "start",
        up=move("B", "reply", yes=later("x"), no=later("y")),
        down=move("B", "reply", yes=later("x"), no=later("y")),
    )
    refused(
        lambda: game(tree),
        "labels make a player forget its own moves (imperfect recall): ",
        '"x" of A merges {up, yes} (where A chose "up" at "start") with {down, yes} (where A chose "down" at',
        '"y" of A merges {up, no} (where A chose "up" at "start") with {down, no}',
        "Give these moves different labels.",
    )


def test_forgetting_that_one_has_moved_is_imperfect_recall():
    last = move("A", "last", l=pay(), r=pay())
    refused(
        lambda: game(move("B", "start", up=move("A", "first", go=last), down=last)),
        '"last" of A merges {up, go} (where A chose "go" at "first") with {down} (where A chose nothing)',
    )


# -- outcomes and payoffs --------------------------------------------------------------------------


def test_a_missing_payoff():
    refused(
        lambda: game(outcome("War", A=1)),
        'Game "G", outcome "War": wanted a payoff for each of A, B, got none for B. Add B=...',
    )


def test_a_payoff_of_nobody():
    refused(
        lambda: game(outcome("War", A=1, B=2, C=3)),
        'wanted a payoff for each of A, B, got one for "C", no player of this game.',
    )
    refused(
        lambda: game(outcome("War", Defendr=1, A=2), ["A", "Defender"]),
        "got none for Defender and one for \"Defendr\", no player of this game. Did you mean 'Defender'?",
    )


@pytest.mark.parametrize(
    ("payoff", "said"),
    [
        (by_type("C", Hard=1, Soft=0), 'wanted by_type of one of "A", "B", got by_type of "C"'),
        (by_type("B", Hard=1, Soft=0), "wanted by_type of a player who has types, got by_type of B, who has none"),
        (by_type(Hard=1), 'wanted a payoff for each type of A ("Hard", "Soft"), got "Hard"'),
        (by_type(Hard=1, Soft=2, Weak=3), 'got "Hard", "Soft", "Weak"'),
        (by_type(Hard=1, Sft=2), 'got "Hard", "Sft". Did you mean \'Soft\'?'),
        (by_type(Hard=1, Soft=2) + by_type(Hard=1, Weak=2), "payoff of A: wanted a payoff for each type of A"),
        (by_type(Hard=by_type("B", X=1), Soft=2), "got by_type of B, who has none"),
    ],
)
def test_by_type_names_players_and_types(payoff, said):
    refused(lambda: game(leaf(A=payoff), {"A": FAIR, "B": None}), 'Game "G", outcome "End", payoff of A: wanted', said)


# -- symbols and numbers ---------------------------------------------------------------------------


def test_a_symbol_that_is_not_declared():
    other = Parameters()
    hihg, unlike = other.real("hihg unlike")
    refused(
        lambda: game(leaf(A=hihg + 1)),
        'Game "G", outcome "End", payoff of A: wanted symbols that are declared parameters, '
        "got the symbol hihg in hihg + 1. Did you mean 'high'?",
    )
    refused(lambda: game(leaf(A=unlike)), 'Declare it, for example with P.real("unlike").')
    refused(lambda: game(leaf(A=p), parameters=None), "got the symbol p in p")
    refused(lambda: game(outcome("End", TYPED), {"A": types(Hard=unlike, Soft=1 - unlike), "B": None}), "types of A")
    refused(lambda: game(chance("luck", x=(unlike, pay()), y=(1 - unlike, pay()))), 'chance move "luck", event "x"')


def test_another_symbol_of_the_same_name():
    refused(
        lambda: game(leaf(A=sp.Symbol("high"))),
        "A parameter of that name is declared, but it is another symbol: use P['high'].symbol.",
    )


def test_parameters_of_a_wrong_kind():
    refused(lambda: game(parameters=(p, q)), 'Game "G", parameters: wanted the Parameters in which the symbols are')


def test_what_is_not_rational():
    for payoff in (sp.sqrt(2), sp.exp(p), high**p, sp.pi, sp.Max(low, high)):
        refused(lambda payoff=payoff: game(leaf(A=payoff)), "wanted a rational function of declared parameters")


# -- probabilities ---------------------------------------------------------------------------------


def test_branch_probabilities_that_do_not_sum_to_one():
    refused(
        lambda: game(chance("luck", x=(p, pay()), y=("1/2", pay()))),
        'Game "G", chance move "luck": the branch probabilities sum to p + 1/2, not 1 (under 0 < p < 1)',
    )
    refused(lambda: game(chance("luck", x=("1/2", pay()))), "the branch probabilities sum to 1/2, not 1")


def test_decimals_that_only_nearly_sum_to_one():
    third = 0.3333333333
    refused(
        lambda: game(chance("luck", x=(third, pay()), y=(third, pay()), z=(third, pay()))),
        'not 1. Write fractions exactly, such as "1/3": decimals are taken as they stand.',
    )


def test_type_probabilities_sum_to_one():
    refused(
        lambda: game(outcome("End", TYPED), {"A": types(Hard=p, Soft=q), "B": None}),
        'Game "G", types of A: the branch probabilities sum to p + q, not 1 (under 0 < p < 1, 0 < q < 1)',
    )


def test_a_joint_prior_sums_to_one():
    players = {"A": types("Hard", "Soft"), "B": None}
    end = outcome("End", TYPED)
    refused(
        lambda: game(end, players, prior={"Hard": p, "Soft": p / 2}), 'Game "G", prior: the branch probabilities sum to'
    )
    assert game(end, players, prior={"Hard": p, ("Soft",): 1 - p}).marginals["A"]["Soft"] == 1 - p


def test_a_distribution_and_a_division_sum_to_one():
    Q = Parameters()
    x, y, z = Q.distribution("x y z")
    k = Q.positive("k")
    tree = chance(
        "luck", x=(x, pay()), y=(y, chance("more", u=(k / (1 + k), pay()), v=(1 / (1 + k), pay()))), z=(z, pay())
    )
    assert game(tree, parameters=Q).notes == ()


@pytest.mark.parametrize(
    ("prior", "said"),
    [
        ({("Hard", "Medium"): 1}, "wanted one type of each player that has types, in the order of the players"),
        ({("Hard",): 1}, "got ('Hard',)"),
        ({"Hard": 1}, "got 'Hard'"),
        ([1, 0], "prior: wanted a mapping from profiles of types to probabilities, got [1, 0] (list)"),
        ({("Hard", "Soft"): "x"}, "prior of ('Hard', 'Soft'): wanted a finite number"),
    ],
)
def test_the_keys_of_a_joint_prior(prior, said):
    players = {"A": types("Hard", "Soft"), "B": types("Hard", "Soft")}
    refused(lambda: game(outcome("End", TYPED), players, prior=prior), said)


def test_a_joint_prior_that_forgets_a_type():
    players = {"A": types("Hard", "Soft"), "B": types("X", "Y")}
    end = outcome("End", A=by_type(Hard=1, Soft=0), B=by_type(X=1, Y=0))
    refused(
        lambda: game(end, players, prior={("Hard", "X"): p, ("Soft", "X"): 1 - p}),
        'Game "G", types of B: wanted a profile of positive probability for each type, '
        'got probability 0 in every profile with "Y". Add the profile to prior=..., or drop the type.',
    )


def test_a_joint_prior_takes_the_place_of_probabilities():
    refused(
        lambda: game(outcome("End", TYPED), {"A": FAIR, "B": None}, prior={"Hard": p, "Soft": 1 - p}),
        "types of A: wanted names alone, because prior=... gives the joint distribution",
        "Write dt.types('Hard', 'Soft').",
    )


def test_a_probability_that_is_no_number_between_zero_and_one():
    refused(
        lambda: game(chance("luck", x=("3/2", pay()), y=("-1/2", pay()))),
        'Game "G", chance move "luck", event "x": wanted a probability that stays in [0, 1], got 3/2',
    )


def test_what_is_drawn_can_happen():
    refused(
        lambda: game(chance("luck", x=(1, pay()), y=(0, pay(1)))),
        'event "y": wanted a probability greater than 0, got 0',
    )
    assert game(chance("luck", x=(1, pay()))).notes == ()
    Q = Parameters()
    q = Q.real("q")
    Q.assume(q >= 0, q <= 1)
    tree = move("A", "go", stay=outcome("s", A=0), leave=outcome("l", A=by_type(Hard=1, Soft=2)))
    refused(
        lambda: ExtensiveGame("G", parameters=Q, players={"A": types(Hard=q, Soft=1 - q)}, tree=tree),
        'type "Hard": wanted a probability greater than 0, got q, which is 0 at q = 0',
    )


def test_a_probability_that_can_leave_its_range():
    refused(
        lambda: game(chance("luck", x=(free, pay()), y=(1 - free, pay()))),
        'event "x": wanted a probability that stays in [0, 1], got free, which is ',
        " at free = ",
        "Assumed is nothing of free.",
    )
    refused(
        lambda: game(outcome("End", TYPED), {"A": types(Hard=2 * p, Soft=1 - 2 * p), "B": None}),
        'types of A, type "Hard": wanted a probability that stays in [0, 1], got 2*p, which is ',
        "Assumed is 0 < p < 1.",
    )


def test_the_range_of_a_probability_is_proved_from_the_assumptions():
    Q = Parameters()
    x = Q.real("x")
    y, z = Q.probability("y z")
    Q.assume(x > 0, 3 * x < 1)
    tree = chance("luck", u=(2 * x, pay()), v=(1 - 2 * x, chance("more", s=(y * z, pay()), t=(1 - y * z, pay()))))
    assert game(tree, parameters=Q).notes == ()


def test_probabilities_that_sum_to_one_by_assumption():
    Q = Parameters()
    x, y = Q.probability("x y")
    tree = chance("luck", u=(x, pay()), v=(y, pay()))
    refused(lambda: game(tree, parameters=Q), "the branch probabilities sum to x + y, not 1")
    Q.assume(sp.Eq(x + y, 1))
    assert game(tree, parameters=Q).notes == ()


def test_a_denominator_that_can_vanish():
    refused(
        lambda: game(leaf(A=1 / free)),
        "payoff of A: wanted a quantity that is defined wherever the assumptions hold, "
        "got 1/free, whose denominator free is 0 at free = 0",
    )
    assert game(leaf(A=1 / (high - low))).notes == ()


def test_contradictory_assumptions():
    Q = Parameters()
    x = Q.positive("x")
    Q.assume(x**2 < -1 + x)
    with pytest.raises(ContradictoryAssumptions) as caught:
        game(leaf(A=x), parameters=Q)
    assert 'Game "G": the assumptions contradict one another: x > 0, x**2 < x - 1' in str(caught.value)


def test_what_is_undecided_is_accepted_with_a_note(monkeypatch):
    monkeypatch.setattr(quantities, "never", lambda relation, assumptions: Verdict.unknown("time limit"))
    Q = Parameters()
    x = Q.real("x")
    Q.assume(x**2 < 1)
    notes = game(chance("luck", u=(x, leaf(A=1 / (x - 2))), v=(1 - x, leaf())), parameters=Q).notes
    assert notes == (
        'Game "G", outcome "End", payoff of A: whether the denominator x - 2 can be 0 is undecided (time limit)',
        'Game "G": whether the assumptions can hold together is undecided (time limit)',
        'Game "G", chance move "luck", event "u": whether the probability x stays in [0, 1] is undecided (time limit)',
        'Game "G", chance move "luck", event "v": '
        "whether the probability 1 - x stays in [0, 1] is undecided (time limit)",
    )


def test_named_expressions_stand_for_what_they_name():
    Q = Parameters()
    x, y = Q.probability("x y")
    both = Q.define("both", x * y)
    small = game(chance("luck", u=(both, pay()), v=(1 - both, pay())), parameters=Q)
    assert small.used_symbols == {x, y} and small.tree.branches[0][1] == both


def test_there_is_a_game_that_breaks_no_rule():
    assert len(set(RULES)) == len(RULES)
    assert two(move("A", "start", go=pay(), stay=pay(1))).notes == ()
