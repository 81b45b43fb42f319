"""The closed forms of the literature at random exact points, boundaries included.

A support is written as one letter for each live information set: 0 and 1 for the first and the second action,
m for a mixture.  On coarse points, where thresholds are met exactly, only the pure rows are compared.
"""

from __future__ import annotations

from fractions import Fraction as F

from . import games
from .enumerate import Enumeration, enumerate_perfect_bayesian
from .points import random_points


def rows(found: Enumeration) -> dict[str, str]:
    """Support -> status, over the information sets with more than one undominated action."""
    table = {}
    for entry in found.found:
        letters = []
        for key, actions in found.live.items():
            if len(actions) > 1:
                picked = entry.support[key]
                letters.append(str(actions.index(picked[0])) if len(picked) == 1 else "m")
        table["".join(letters)] = entry.status
    return table


def pure(table: dict[str, str]) -> set[str]:
    return {letters for letters in table if "m" not in letters}


def test_rudimentary_deterrence():
    for v in random_points(games.RUDIMENTARY, 100, 11):
        limit = (v["aDC"] - v["aSQ"]) / (v["aDC"] - v["aDD"])
        expected = {"0": v["pB"] >= limit, "1": v["pB"] <= limit, "m": v["pB"] == limit}
        found = rows(enumerate_perfect_bayesian(games.rudimentary(v)))
        assert found == {
            letters: "family" if letters == "m" else "point" for letters, holds in expected.items() if holds
        }


def unilateral_rows(v):
    """x_H, x_S, y_S at a point off the threshold lines; y_H = 1 throughout."""
    c_soft = (v["aDC"] - v["aSQ"]) / (v["aDC"] - v["aCD"])
    c_hard = (v["aDC"] - v["aSQ"]) / (v["aDC"] - v["aDDp"])
    r = (v["bCD"] - v["bDC"]) / (v["bCD"] - v["bDDm"])
    p_a, p_b = v["pA"], v["pB"]
    table = {
        "000": ("point", p_b >= c_hard),
        "100": ("point", c_soft <= p_b <= c_hard),
        "110": ("point", p_b <= c_soft and p_a >= r),
        "1mm": ("point", p_b < c_soft and p_a < r),
        "001": ("point", True),
        "00m": ("family", True),
    }
    mixtures = {"x_S": p_a * (1 - r) / ((1 - p_a) * r), "y_S": (c_soft - p_b) / (1 - p_b)}
    return {letters: status for letters, (status, holds) in table.items() if holds}, mixtures


def test_unilateral_deterrence():
    for k, v in enumerate(random_points(games.UNILATERAL, 120, 12)):
        expected, mixtures = unilateral_rows(v)
        result = enumerate_perfect_bayesian(games.unilateral(v))
        found = rows(result)
        assert pure(found) == pure(expected)
        if k % 2:
            assert found == expected
        if found.get("1mm") == "point":
            bluff = next(f for f in result.found if len(f.support["A", "S", "initiate"]) == 2)
            assert bluff.strategy["A", "S", "initiate"]["D"] == mixtures["x_S"]
            assert bluff.strategy["B", "S", "respond"]["D"] == mixtures["y_S"]


def mutual_rows(v):
    """x_H, x_S, y_H, y_S off the threshold lines; three rows are published, the others were found here."""
    t_b = (v["aDC"] - v["aSQ"]) / (v["aDC"] - v["aDDp"])
    t_a = (v["bCD"] - v["bSQ"]) / (v["bCD"] - v["bDDp"])
    s_b = (v["aDC"] - v["aSQ"]) / (v["aDC"] - v["aSQ"] + v["aCD"] - v["aDDm"])
    s_a = (v["bCD"] - v["bSQ"]) / (v["bCD"] - v["bSQ"] + v["bDC"] - v["bDDm"])
    u_b = (v["aDC"] - v["aSQ"]) / (v["aDC"] - v["aDDm"])
    u_a = (v["bCD"] - v["bSQ"]) / (v["bCD"] - v["bDDm"])
    p_a, p_b = v["pA"], v["pB"]
    table = {
        "0000": ("point", p_a >= t_a and p_b >= t_b),
        "1010": ("point", p_a >= s_a and p_b >= s_b),
        "1m1m": ("point", p_a < s_a and p_b < s_b),
        "m0m0": ("point", p_a > t_a and p_b > t_b),
        "1011": ("point", p_a <= s_a),
        "0011": ("point", p_a <= u_a),
        "m011": ("family", p_a < s_a),
        "1110": ("point", p_b <= s_b),
        "1100": ("point", p_b <= u_b),
        "11m0": ("family", p_b < s_b),
    }
    mixtures = {
        "1m1m": (F(1), (s_a - p_a) / (1 - p_a), F(1), (s_b - p_b) / (1 - p_b)),
        "m0m0": (
            1 - (1 - p_a) * (v["bCD"] - v["bSQ"]) / (p_a * (v["bSQ"] - v["bDDp"])),
            F(0),
            1 - (1 - p_b) * (v["aDC"] - v["aSQ"]) / (p_b * (v["aSQ"] - v["aDDp"])),
            F(0),
        ),
    }
    return {letters: status for letters, (status, holds) in table.items() if holds}, mixtures


def test_mutual_deterrence():
    openers = [("A", "H", "open"), ("A", "S", "open"), ("B", "H", "open"), ("B", "S", "open")]
    for k, v in enumerate(random_points(games.MUTUAL, 80, 13)):
        expected, mixtures = mutual_rows(v)
        result = enumerate_perfect_bayesian(games.mutual(v))
        found = rows(result)
        assert found
        assert pure(found) == pure(expected)
        if k % 2:
            assert found == expected
            for letters, odds in mixtures.items():
                for entry in result.found if letters in found else ():
                    if [len(entry.support[key]) for key in openers] == [1 + (c == "m") for c in letters]:
                        played = tuple(entry.strategy[key].get("D", F(0)) for key in openers)
                        assert played == odds or entry.family


def test_protege_and_defender():
    """Two rows are published, for both types holding firm; the rest was found here."""
    for k, v in enumerate(random_points(games.PROTEGE, 120, 14)):
        b = (v["dPL"] - v["dCm"]) / (v["dPL"] - v["dPR"])
        s_loyal = (v["pPC"] - v["pPL"]) / (v["pC"] - v["pPL"])
        s_disloyal = (v["pPC"] - v["pPR"]) / (v["pC"] - v["pPR"])
        dl, st = v["dl"], v["st"]
        # disloyal, loyal (1: hold), perfidious (0: support)
        expected = {
            "110": ("point", dl >= b),
            "111": ("point", dl <= b and st >= s_loyal),
            "001": ("point", st <= s_disloyal),
            "00m": ("family", st < s_disloyal),
            "1mm": ("point", dl < b and st < s_loyal),
        }
        expected = {letters: status for letters, (status, holds) in expected.items() if holds}
        found = rows(enumerate_perfect_bayesian(games.protege(v)))
        assert pure(found) == pure(expected)
        if k % 2:
            assert found == expected
