"""Asymmetric escalation: what is played on the path, and where.

An equilibrium is written as the challenger's two types' first moves, the four defender types' replies (HH, HS, SH,
SS) and, where the limited response is played, the challenger's answers to it; brackets are mixtures.  The rows
beyond those of the literature were derived here by hand and hold as equivalences off the threshold lines.
"""

from . import games
from .enumerate import enumerate_perfect_bayesian
from .points import random_points

TYPES = ("HH", "HS", "SH", "SS")


def letters(actions):
    return actions[0] if len(actions) == 1 else f"({''.join(actions)})"


def on_path(support):
    first = [support["Ch", t, "1"] for t in "HS"]
    words = ["".join(letters(actions) for actions in first)]
    if any("D" in actions for actions in first):
        replies = [support["Def", t, "2"] for t in TYPES]
        words.append("".join(letters(actions) for actions in replies))
        if any("D" in actions for actions in replies):
            words.append("".join(letters(support["Ch", t, "3a"]) for t, a in zip("HS", first, strict=True) if "D" in a))
    return " ".join(words)


def thresholds(v):
    return {
        "qH": (v["cED"] - v["cDD"]) / (v["cED"] - v["cEEp"]),
        "cT": (v["cDC"] - v["cSQ"]) / (v["cDC"] - v["cDD"]),
        "cE": (v["cDC"] - v["cSQ"]) / (v["cDC"] - v["cDE"]),
        "rH": (v["dDE"] - v["dDC"]) / (v["dDE"] - v["dEEp"]),
        "rS": (v["dDE"] - v["dDC"]) / (v["dDE"] - v["dEEm"]),
        "rD": (v["dDE"] - v["dDDp"]) / (v["dDE"] - v["dEEp"]),
        "ratio": (v["cDC"] - v["cDD"]) / (v["cDC"] - v["cDE"]),
    }


def rows(v):
    t, p, hh, hs, sh, ss = (thresholds(v), *(v[k] for k in ("pCh", "pHH", "pHS", "pSH", "pSS")))
    tactical, strategic, share = hh + hs, hh + sh, hh / (hh + hs)
    all_limited = t["cE"] - tactical * t["ratio"]  # escalation that leaves the soft challenger indifferent
    some_limited = t["cE"] - hh / t["qH"] * t["ratio"]
    below, far_below = p < t["rH"], p < t["rS"]
    between = max(t["rS"], t["rD"]) < p < t["rH"]
    return {
        "CC": True,
        "DD CCCC": p > t["rH"],
        "DD ECEC": t["rS"] < p < t["rH"] and strategic < t["cE"],
        "D(CD) (CE)C(CE)C": below and strategic > t["cE"],
        "D(CD) CC(CE)C": below and sh > t["cE"],
        "D(CD) (CE)CCC": below and hh > t["cE"],
        "D(CD) EC(CE)C": below and hh < t["cE"] < strategic,
        "D(CD) (CE)CEC": below and sh < t["cE"] < strategic,
        "D(CD) E(CE)E(CE)": far_below and strategic < t["cE"],
        "D(CD) ECE(CE)": far_below and strategic < t["cE"] < strategic + ss,
        "D(CD) E(CE)EC": far_below and strategic < t["cE"] < strategic + hs,
        "D(CD) E(CE)EE": far_below and strategic + ss < t["cE"],
        "D(CD) EEE(CE)": far_below and strategic + hs < t["cE"],
        "DD DDCC DD": share > t["qH"] and tactical < t["cT"] and p > t["rH"],
        "DD DDEC DD": share > t["qH"] and between and all_limited > sh,
        "D(CD) DD(CE)C DD": share > t["qH"] and below and 0 < all_limited < sh,
        "D(CD) DDE(CE) DD": share > t["qH"] and t["rD"] < t["rS"] and far_below and sh < all_limited < sh + ss,
        "DD D(CD)CC (DE)D": share < t["qH"] and p > t["rH"] and hh / t["qH"] < t["cT"],
        "D(CD) D(CD)(CE)C (DE)D": share < t["qH"] and below and 0 < some_limited < sh,
    }


def test_play_on_the_path():
    for k, v in enumerate(random_points(games.ESCALATION, 6, 71)):
        if k % 2:
            found = {on_path(e.support) for e in enumerate_perfect_bayesian(games.escalation(v)).found}
            expected = rows(v)
            assert {name for name in expected if name in found} == {name for name, holds in expected.items() if holds}
