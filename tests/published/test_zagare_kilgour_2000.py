"""Zagare and Kilgour (2000), and the rows that the summary of the literature leaves out.

Conditions are stated here by hand, from the literature or from our own derivation on paper; each test asks for a
proof that the solver's region is the same set.
"""

import pytest
import sympy as sp

from tests.published.where import ALWAYS, matches, same, symbols

pytestmark = pytest.mark.published("Zagare and Kilgour 2000")

RADG = "zagare_kilgour_2000/rudimentary_asymmetric_deterrence"
UDG = "zagare_kilgour_2000/unilateral_deterrence"
GMDG = "zagare_kilgour_2000/generalized_mutual_deterrence"
AEG = "zagare_kilgour_2000/asymmetric_escalation"


def profile(game, **rows):
    """Pattern from label__player keywords: one support for each type, in the order of the types."""
    pattern = {}
    for key, choices in rows.items():
        player, label = key.split("__")
        for kind, choice in zip(game.types[player], choices, strict=True):
            s = next(s for s in game.information_sets if s[0] == player and s[-1] == label.replace("_", " "))
            own = (player, label.replace("_", " ")) if kind is None else (player, kind, s[-1])
            pattern[own] = choice
    return pattern


def test_rudimentary_game_has_one_equilibrium_off_the_line(solution):
    game, eqs = solution(RADG)
    v = symbols(game)
    threshold = (v["a_DC"] - v["a_SQ"]) / (v["a_DC"] - v["a_DD"])
    assert len(eqs) == 2
    for e in eqs:
        opening = next(row for s, row in e.strategy.items() if s[0] == game.players[0])
        stays = opening[next(iter(opening))] == 1
        wanted = v["p_B"] >= threshold if stays else v["p_B"] <= threshold
        assert e.closure.equals(_region(game, wanted)).proved
    assert len(eqs.knife_edges) == 1
    assert eqs.knife_edges[0].condition.equals(_region(game, sp.Eq(v["p_B"], threshold))).proved


def _region(game, condition):
    import deterrence as dt

    return dt.Region(condition, game.assumptions)


def unilateral_rows(v):
    soft = (v["a_DC"] - v["a_SQ"]) / (v["a_DC"] - v["a_CD"])
    hard = (v["a_DC"] - v["a_SQ"]) / (v["a_DC"] - v["a_DDp"])
    belief = (v["b_CD"] - v["b_DC"]) / (v["b_CD"] - v["b_DDm"])
    c, d, mix = "cooperate", "defect", ("cooperate", "defect")
    yields, fights, either = "concede", "resist", ("concede", "resist")
    return {
        "Certain Deterrence": ((c, c), (fights, yields), v["p_B"] >= hard),
        "Separating": ((d, c), (fights, yields), sp.And(v["p_B"] >= soft, v["p_B"] <= hard)),
        "Attack": ((d, d), (fights, yields), sp.And(v["p_B"] <= soft, v["p_A"] >= belief)),
        "Bluff": ((d, mix), (fights, either), sp.And(v["p_B"] <= soft, v["p_A"] <= belief)),
        "Steadfast, pure": ((c, c), (fights, fights), ALWAYS),
        "Steadfast, mixed": ((c, c), (fights, either), ALWAYS),
    }


def test_unilateral_game_row_by_row_and_nothing_else(solution):
    game, eqs = solution(UDG)
    rows = unilateral_rows(symbols(game))
    for name, (initiate, respond, condition) in rows.items():
        pattern = profile(game, Challenger__initiate=initiate, Defender__respond=respond)
        assert sum(matches(e, pattern) for e in eqs) == 1, name
        assert same(eqs, pattern, condition).proved, name
    assert len(eqs) == len(rows)
    assert eqs.covers().proved


def test_bluff_has_the_printed_mixing_probabilities_and_belief(solution):
    game, eqs = solution(UDG)
    v = symbols(game)
    soft = (v["a_DC"] - v["a_SQ"]) / (v["a_DC"] - v["a_CD"])
    belief = (v["b_CD"] - v["b_DC"]) / (v["b_CD"] - v["b_DDm"])
    bluff = next(e for e in eqs if e.kind["Challenger", "initiate"] == "semi-separating")
    x = v["p_A"] * (1 - belief) / ((1 - v["p_A"]) * belief)
    y = (soft - v["p_B"]) / (1 - v["p_B"])
    assert sp.simplify(bluff.strategy["Challenger", "Soft", "initiate"]["defect"] - x) == 0
    assert sp.simplify(bluff.strategy["Defender", "Soft", "respond"]["resist"] - y) == 0
    assert sp.simplify(bluff.posterior("Defender", "respond")["Challenger"]["Hard"] - belief) == 0


def mutual_rows(v):
    t_b = (v["a_DC"] - v["a_SQ"]) / (v["a_DC"] - v["a_DDp"])
    t_a = (v["b_CD"] - v["b_SQ"]) / (v["b_CD"] - v["b_DDp"])
    s_b = (v["a_DC"] - v["a_SQ"]) / (v["a_DC"] - v["a_SQ"] + v["a_CD"] - v["a_DDm"])
    s_a = (v["b_CD"] - v["b_SQ"]) / (v["b_CD"] - v["b_SQ"] + v["b_DC"] - v["b_DDm"])
    u_b = (v["a_DC"] - v["a_SQ"]) / (v["a_DC"] - v["a_DDm"])
    u_a = (v["b_CD"] - v["b_SQ"]) / (v["b_CD"] - v["b_DDm"])
    p_a, p_b = v["p_A"], v["p_B"]
    return {  # Hard and Soft of A; Hard and Soft of B: 0 cooperate, 1 defect, 2 both
        "Sure-Thing Deterrence": ("00", "00", sp.And(p_a >= t_a, p_b >= t_b)),
        "Separating": ("10", "10", sp.And(p_a >= s_a, p_b >= s_b)),
        "Bluff": ("12", "12", sp.And(p_a <= s_a, p_b <= s_b)),
        "Hard mix": ("20", "20", sp.And(p_a >= t_a, p_b >= t_b)),
        "B attacks a separating A": ("10", "11", p_a <= s_a),
        "B attacks, A deterred": ("00", "11", p_a <= u_a),
        "B attacks, A Hard mixes": ("20", "11", p_a <= s_a),
        "A attacks a separating B": ("11", "10", p_b <= s_b),
        "A attacks, B deterred": ("11", "00", p_b <= u_b),
        "A attacks, B Hard mixes": ("11", "20", p_b <= s_b),
    }


def test_mutual_game_row_by_row_and_nothing_else(solution):
    game, eqs = solution(GMDG)
    label = game.labels[next(iter(game.labels))].label
    actions = list(game.labels[game.players[0], label].actions)
    codes = {"0": actions[0], "1": actions[1], "2": tuple(actions)}
    rows = mutual_rows(symbols(game))
    for name, (a, b, condition) in rows.items():
        pattern = {
            (player, kind, label): codes[code]
            for player, letters in zip(game.players, (a, b), strict=True)
            for kind, code in zip(("Hard", "Soft"), letters, strict=True)
        }
        assert sum(matches(e, pattern) for e in eqs) == 1, name
        assert same(eqs, pattern, condition).proved, name
    assert len(eqs) == len(rows)
    assert eqs.covers().proved


def escalation_rows(game, v):
    tactical = v["p_HH"] + v["p_HS"]
    q_h = (v["c_ED"] - v["c_DD"]) / (v["c_ED"] - v["c_EEp"])
    c_t = (v["c_DC"] - v["c_SQ"]) / (v["c_DC"] - v["c_DD"])
    r_h = (v["d_DE"] - v["d_DC"]) / (v["d_DE"] - v["d_EEp"])
    strong = v["p_HH"] >= q_h * tactical
    limited = ("defy", "defy", "concede", "concede")
    return {
        "No-Response": ("demand", ("concede",) * 4, "escalate", v["p_Ch"] >= r_h),
        "Constrained Limited Response": (
            "demand",
            limited,
            "desist",
            sp.And(strong, tactical <= c_t, v["p_Ch"] >= r_h),
        ),
        "Limited-Response Deterrence": ("cooperate", limited, "desist", sp.And(strong, tactical >= c_t)),
    }


def test_escalation_game_published_rows(solution):
    game, eqs = solution(AEG)
    assert eqs.complete
    for name, (opening, replies, next_move, condition) in escalation_rows(game, symbols(game)).items():
        pattern = {("Challenger", t, "initiate"): opening for t in ("Hard", "Soft")}
        pattern |= {("Challenger", t, "after defiance"): next_move for t in ("Hard", "Soft")}
        pattern |= {("Defender", t, "respond"): r for t, r in zip(game.types["Defender"], replies, strict=True)}
        assert same(eqs, pattern, condition).proved, name


def test_no_response_with_passive_beliefs(solution):
    """After defiance, a surprise, the belief stays with the tactically Hard types: defiance is dominated for others."""
    game, eqs = solution(AEG, "perfect bayesian", "passive undominated")
    v = symbols(game)
    q_h = (v["c_ED"] - v["c_DD"]) / (v["c_ED"] - v["c_EEp"])
    r_h = (v["d_DE"] - v["d_DC"]) / (v["d_DE"] - v["d_EEp"])
    pattern = {("Challenger", t, "initiate"): "demand" for t in ("Hard", "Soft")}
    pattern |= {("Defender", t, "respond"): "concede" for t in game.types["Defender"]}
    condition = sp.And(v["p_Ch"] >= r_h, v["p_HH"] <= q_h * (v["p_HH"] + v["p_HS"]))
    assert same(eqs, pattern, condition).proved
