"""Illusory deterrence: shares of peace against a count of types by hand, and the function on other games."""

from fractions import Fraction

import pytest
import sympy as sp

import deterrence as dt
from deterrence.errors import GameError, UnknownName
from deterrence.illusory import counterfactual, peace_by_type, shares, without
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
    found = shares(solved, THREAT, ["Peace"])
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
    absent = counterfactual(solved.game, *THREAT)
    assert len(absent) == 1
    kept = peace_by_type(absent[0], ["Peace"])
    assert {types[0]: int(p) for types, p in kept.items()} == {"Bold": 0, "Cautious": 0, "Content": 1}
    assert absent.game.types["Defender"] == (None,)


def test_a_published_game_without_its_threat():
    game = dt.load("zagare_kilgour_2000/rudimentary_asymmetric_deterrence").game
    player, label = next(key for key in game.labels if key[0] != game.players[0])
    threat = (player, label, game.labels[player, label].actions[-1])
    removed = without(game, *threat)
    assert (player, label) not in removed.labels and removed.outcomes
    found = shares(dt.solve(game), threat, ["Status Quo"])
    assert {s.share for s in found if s.peace != 0} == {sp.Integer(1)}  # its Challenger always wants to attack


def test_unknown_threats_are_named(solved):
    with pytest.raises(UnknownName, match="a move"):
        without(solved.game, "Defender", "reply", "resist")
    with pytest.raises(UnknownName, match="an action"):
        without(solved.game, "Defender", "answer", "resits")
    with pytest.raises(UnknownName, match="an outcome"):
        peace_by_type(solved[0], ["Peaces"])


def test_games_of_other_types_are_not_compared(solved):
    from deterrence.illusory import share

    other = dt.load("theory/two_sided_resolve").solve()
    with pytest.raises(GameError, match="the types of the game"):
        share(solved[0], other[0], ["Peace"])
