"""Illusory deterrence: shares of peace against a count of types by hand, and the function on other games."""

from fractions import Fraction

import pytest
import sympy as sp

import deterrence as dt
from deterrence.claims import share_of_peace
from deterrence.counterfactuals import without_threat
from deterrence.errors import GameError, UnknownName
from deterrence.illusory import compare, counterfactual, deterrence_shares, peace_by_type
from tests.models.formulas import Said, chance, number, points

MODEL = "theory/peace_as_success"
THREAT = ("Defender", "answer", "resist")


def draw(rng):
    g_C, g_B = sorted([number(rng), number(rng)])
    t_B, t_C = chance(rng) / 2, chance(rng) / 2
    point = {n: number(rng) for n in ("n", "w", "f_p")}
    return {**point, "f_m": -number(rng), "g_C": g_C, "g_B": g_B, "t_B": t_B, "t_C": t_C, "p": chance(rng)}


def by_hand(p):
    """The name of the equilibrium, and the share of peace that is deterrence, type by type."""
    share = {"Bold": p["t_B"], "Cautious": p["t_C"], "Content": 1 - p["t_B"] - p["t_C"]}
    gain = {"Bold": p["g_B"], "Cautious": p["g_C"], "Content": -p["n"]}
    attack = {k: (1 - p["p"]) * g - p["p"] * p["w"] > 0 for k, g in gain.items()}
    attack_anyway = {k: g > 0 for k, g in gain.items()}
    peace = sum(s for k, s in share.items() if not attack[k])
    deterred = sum(s for k, s in share.items() if attack_anyway[k] and not attack[k])
    name = {0: "Full", 1: "Partial", 2: "None deterred"}[sum(attack.values())]
    return name, deterred / peace


@pytest.fixture(scope="module")
def solved():
    return dt.load(MODEL).solve()


def test_claims_against_a_count_of_types():
    said = Said(MODEL)
    for p in points(draw, said):
        name, wanted = by_hand(p)
        assert [n for n in ("Full", "Partial", "None deterred") if said.exists(p, n)] == [name]
        check = next(c for c in said.claims if type(c).__name__ == "ShareOfPeace" and name in c.names)
        assert said.value(check.expression, p) == wanted


def test_the_function_against_a_count_of_types(solved):
    said = Said(MODEL)
    found = deterrence_shares(solved, THREAT, ["Peace"])
    for p in points(draw, said)[:10]:
        name, wanted = by_hand(p)
        there = [s for s in found if s.region.contains(p)]
        assert [(s.equilibrium.name, said.value(s.share, p)) for s in there] == [(name, wanted)]


def test_equal_peace_with_unequal_deterrence():
    """Peace alone does not identify deterrence: two points at which all that is seen is the same."""
    base = {"g_C": 1, "g_B": 5, "n": 1, "w": 3, "f_p": 1, "f_m": -1, "p": Fraction(2, 5), "t_B": Fraction(1, 10)}
    seen = []
    for cautious in (Fraction(1, 10), Fraction(8, 10)):
        said = Said(MODEL)
        point = {k: Fraction(v) for k, v in {**base, "t_C": cautious}.items()}
        assert by_hand(point)[0] == "Partial" and said.exists(point, "Partial")
        seen.append((1 - point["t_B"], by_hand(point)[1]))
    assert seen[0][0] == seen[1][0] and seen[0][1] != seen[1][1]


def test_without_the_threat_nobody_resists(solved):
    absent = counterfactual(solved.game, (THREAT,))
    assert len(absent) == 1
    kept = peace_by_type(absent[0], ["Peace"])
    assert {types[0]: int(p) for types, p in kept.items()} == {"Bold": 0, "Cautious": 0, "Content": 1}
    assert absent.game.types["Defender"] == (None,)


def test_a_published_game_without_its_threat():
    game = dt.load("zagare_kilgour_2000/rudimentary_asymmetric_deterrence").game
    player, label = next(key for key in game.labels if key[0] != game.players[0])
    threat = (player, label, game.labels[player, label].actions[-1])
    removed = without_threat(game, threat)
    assert (player, label) not in removed.labels and removed.outcomes
    found = deterrence_shares(dt.solve(game), threat, ["Status Quo"])
    assert {s.share for s in found if s.peace != 0} == {sp.Integer(1)}  # its Challenger always wants to attack


def test_unknown_threats_and_outcomes_are_named(solved):
    with pytest.raises(UnknownName, match="a move"):
        without_threat(solved.game, ("Defender", "reply", "resist"))
    with pytest.raises(UnknownName, match="an action"):
        without_threat(solved.game, ("Defender", "answer", "resits"))
    for peace in (["Peaces"], "Peaces"):
        with pytest.raises(UnknownName, match="an outcome"):
            deterrence_shares(solved, THREAT, peace)
    with pytest.raises(GameError, match="count as peace, got none"):
        deterrence_shares(solved, THREAT, [])
    for wrong in ("resist", ("Defender", "resist"), [("Defender", "resist")], []):
        with pytest.raises(GameError, match="wanted a threat"):
            deterrence_shares(solved, wrong, "Peace")
    with pytest.raises(GameError, match="got neither"):
        deterrence_shares(solved, peace="Peace")
    with pytest.raises(GameError, match="got both"):
        deterrence_shares(solved, THREAT, "Peace", keep=THREAT)
    with pytest.raises(GameError, match="an action that is left"):
        deterrence_shares(solved, [THREAT, ("Defender", "answer", "yields")], "Peace")


def test_a_game_without_a_tree_is_refused():
    P = dt.Parameters()
    b = P.positive("b")
    game = dt.SymmetricGame("V", parameters=P, players=3, actions=["fight", "yield"], payoff=lambda own, others: b)
    with pytest.raises(GameError, match="a game with a tree"):
        deterrence_shares(dt.solve(game), THREAT, "Peace")


def test_one_outcome_may_be_given_by_its_name(solved):
    one, several = (deterrence_shares(solved, THREAT, peace) for peace in ("Peace", ["Peace"]))
    assert [s.share for s in one] == [s.share for s in several]


def test_games_of_other_types_are_not_compared(solved):
    other = dt.load("theory/two_sided_resolve").solve()
    with pytest.raises(GameError, match="the types of the game"):
        compare(solved[0], other[0], ["Peace"])


@pytest.fixture(scope="module")
def graded():
    """A defender that yields, resists in a limited way or in full; either resistance deters."""
    P = dt.Parameters()
    g, w = P.positive("g w")
    answer = dt.move(
        "D",
        "answer",
        yields=dt.outcome("Loss", C=g, D=-1),
        limited=dt.outcome("Limited War", C=-w, D=0),
        full=dt.outcome("Full War", C=-2 * w, D=1),
    )
    tree = dt.move("C", "begin", wait=dt.outcome("Peace", C=0, D=2), attack=answer)
    return dt.solve(dt.ExtensiveGame("Graded", parameters=P, players=["C", "D"], tree=tree))


def test_a_lesser_threat_that_is_left_is_said(graded):
    found = deterrence_shares(graded, ("D", "answer", "full"), "Peace")
    assert [s.share for s in found] == [0]  # limited resistance still deters
    assert found.left == {("D", "answer"): ("yields", "limited")}
    assert "left at D, answer: yields or limited" in str(found)


def test_a_threat_of_several_parts(graded):
    parts = [("D", "answer", "full"), ("D", "answer", "limited")]
    for found in (
        deterrence_shares(graded, parts, "Peace"),
        deterrence_shares(graded, keep=("D", "answer", "yields"), peace="Peace"),
    ):
        assert [s.share for s in found] == [1]
        assert found.left == {("D", "answer"): ("yields",)}


@pytest.fixture(scope="module")
def indifferent():
    """Without the threat a Content challenger does not care whether it attacks."""
    P = dt.Parameters()
    g, w = P.positive("g w")
    t = P.probability("t")
    answer = dt.move(
        "D",
        "answer",
        yields=dt.outcome("Loss", C=dt.by_type(Keen=g, Content=0), D=-1),
        resist=dt.outcome("War", C=-w, D=0),
    )
    tree = dt.move("C", "begin", wait=dt.outcome("Peace", C=0, D=1), attack=answer)
    players = {"C": dt.types(Keen=t, Content=1 - t), "D": None}
    return dt.solve(dt.ExtensiveGame("Indifferent", parameters=P, players=players, tree=tree))


def test_an_open_counterfactual_gives_a_range(indifferent):
    found = deterrence_shares(indifferent, ("D", "answer", "resist"), "Peace")
    assert len(found) == 3 and found.complete and any(s.free for s in found)
    region = found.range(found[0].equilibrium.title)
    for t in (Fraction(1, 5), Fraction(2, 3)):
        for share in [t + (1 - t) * Fraction(n, 10) for n in range(11)]:  # the keen, and any part of the content
            assert region.contains({"t": t, "share": share})
        for share in (t - Fraction(1, 100), Fraction(101, 100)):
            assert not region.contains({"t": t, "share": share})


def test_shares_at_a_point_are_numbers(solved):
    model = dt.load(MODEL)
    found = deterrence_shares(solved.at(model.sample_point()), THREAT, "Peace")
    assert [(s.equilibrium.name, s.share) for s in found] == [("Partial", sp.Rational(2, 9))]


@pytest.fixture(scope="module")
def entry():
    eqs = dt.load("kreps_wilson_1982/two_entrants").solve()
    return deterrence_shares(eqs, ("Incumbent", "respond", "fight"), "out, out")


def test_pairs_that_meet_on_a_boundary_only_are_left_out(entry):
    for s in entry:
        b, p = (s.region.assumptions.resolve(n) for n in ("b", "p"))
        assert (s.region & dt.Region(sp.Ne(b, p), s.region.assumptions)).is_empty().refuted


def test_no_peace_has_no_share(entry):
    assert any(s.peace == 0 and s.share is None for s in entry)


@pytest.fixture(scope="module")
def torn():
    """A Torn challenger does not care whether it attacks, with the threat or without it; a Keen one attacks."""
    P = dt.Parameters()
    t = P.probability("t")
    attack = dt.move(
        "D",
        "answer",
        resist=dt.outcome("War", C=dt.by_type(Torn=0, Keen=-1), D=dt.by_type("C", Torn=-3, Keen=1)),
        cede=dt.outcome("Loss", C=dt.by_type(Torn=0, Keen=1), D=-1),
    )
    tree = dt.move("C", "begin", wait=dt.outcome("Peace", C=dt.by_type(Torn=0, Keen=-5), D=2), attack=attack)
    players = {"C": dt.types(Torn=t, Keen=1 - t), "D": None}
    names = {
        "Mixed": {("C", "Torn", "begin"): ("wait", "attack"), ("D", "answer"): "resist"},
        "War": {("C", "Torn", "begin"): "attack"},
    }
    return dt.Model(title="Torn", game=dt.ExtensiveGame("Torn", parameters=P, players=players, tree=tree), names=names)


def test_what_is_free_in_both_games_is_free_in_each_by_itself(torn):
    found = deterrence_shares(torn.solve(), ("D", "answer", "resist"), "Peace").of("Mixed")
    (both,) = [s for s in found if s.equilibrium.free and s.counterfactual.free]
    mixing, anew = both.free
    assert sp.expand(both.share - (1 - anew)) == 0 and mixing != anew
    # D resists only if few of the Torn attack; without the threat any part of them may
    for t in (Fraction(1, 4), Fraction(3, 4), Fraction(9, 10)):
        for share in [Fraction(n, 10) for n in range(1, 10)]:
            assert both.range.contains({"t": t, "share": share})


def test_a_share_that_a_family_leaves_open_or_that_speaks_of_no_peace_is_not_proved(torn):
    def said(name, share):
        return share_of_peace(name, "Peace", share, threat=("D", "answer", "resist")).verdict(torn)

    assert said("Mixed", 1).refuted and said("Mixed", 0).refuted
    assert said("War", 7).undecided and "vacuous" in said("War", 7).reason
