"""The published games with numbers, written out by hand, and the closed forms of their equilibria."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .numeric import Leaf, Move, NumericGame, build

Values = Mapping[str, Fraction]

# fmt: off

RUDIMENTARY = {"chains": ["aDD < aSQ < aDC", "bDDm < bDC < bDDp < bSQ"], "probabilities": ["pB"]}
UNILATERAL = {
    "chains": ["aDDm < aCD < aDDp < aSQ < aDC", "bDDm < bDC < bDDp < bCD"],
    "probabilities": ["pA", "pB"],
    "reals": ["bSQ"],
}
MUTUAL = {
    "chains": ["aDDm < aCD < aDDp < aSQ < aDC", "bDDm < bDC < bDDp < bSQ < bCD"],
    "probabilities": ["pA", "pB"],
}
PROTEGE = {"chains": ["pPL < pPR < pPC < pC", "dPR < dCm < dPL < dCp"], "probabilities": ["dl", "st"], "reals": ["dPC"]}
ESCALATION = {
    "chains": ["cEEm < cDE < cEEp < cDD < cED < cSQ < cDC", "dEEm < dED < dEEp < dDDm < dDC < dDDp < dDE < dSQ"],
    "probabilities": ["pCh"],
    "distributions": [["pHH", "pHS", "pSH", "pSS"]],
}


def rudimentary(v: Values) -> NumericGame:
    """Rudimentary asymmetric deterrence."""
    tree = Move("A", "initiate", {
        "C": Leaf({"A": v["aSQ"], "B": v["bSQ"]}),
        "D": Move("B", "respond", {
            "C": Leaf({"A": v["aDC"], "B": v["bDC"]}),
            "D": Leaf({"A": v["aDD"], "B": {"H": v["bDDp"], "S": v["bDDm"]}}),
        }),
    })
    return build({"A": None, "B": {"H": v["pB"], "S": 1 - v["pB"]}}, tree)


def unilateral(v: Values) -> NumericGame:
    """Unilateral deterrence."""
    war = Leaf({"A": {"H": v["aDDp"], "S": v["aDDm"]}, "B": {"H": v["bDDp"], "S": v["bDDm"]}})
    tree = Move("A", "initiate", {
        "C": Leaf({"A": v["aSQ"], "B": v["bSQ"]}),
        "D": Move("B", "respond", {
            "C": Leaf({"A": v["aDC"], "B": v["bDC"]}),
            "D": Move("A", "press", {"C": Leaf({"A": v["aCD"], "B": v["bCD"]}), "D": war}),
        }),
    })
    return build({"A": {"H": v["pA"], "S": 1 - v["pA"]}, "B": {"H": v["pB"], "S": 1 - v["pB"]}}, tree)


def mutual(v: Values) -> NumericGame:
    """Generalized mutual deterrence: a simultaneous first stage, then the victim of a lone defection answers."""
    war = Leaf({"A": {"H": v["aDDp"], "S": v["aDDm"]}, "B": {"H": v["bDDp"], "S": v["bDDm"]}})
    tree = Move("A", "open", {
        "C": Move("B", "open", {
            "C": Leaf({"A": v["aSQ"], "B": v["bSQ"]}),
            "D": Move("A", "answer", {"C": Leaf({"A": v["aCD"], "B": v["bCD"]}), "D": war}),
        }),
        "D": Move("B", "open", {
            "C": Move("B", "answer", {"C": Leaf({"A": v["aDC"], "B": v["bDC"]}), "D": war}),
            "D": war,
        }),
    })
    return build({"A": {"H": v["pA"], "S": 1 - v["pA"]}, "B": {"H": v["pB"], "S": 1 - v["pB"]}}, tree)


def protege(v: Values) -> NumericGame:
    """The protege-defender subgame against a determined challenger."""
    tree = Move("Protege", "answer", {
        "concede": Leaf({"Protege": v["pPC"], "Defender": v["dPC"]}),
        "hold": Move("Defender", "decide", {
            "support": Leaf({"Protege": v["pC"], "Defender": {"Staunch": v["dCp"], "Perfidious": v["dCm"]}}),
            "withhold": Leaf({
                "Protege": {"Disloyal": v["pPR"], "Loyal": v["pPL"]},
                "Defender": lambda t: v["dPR"] if t["Protege"] == "Disloyal" else v["dPL"],
            }),
        }),
    })
    sides: dict[str, Any] = {
        "Protege": {"Disloyal": v["dl"], "Loyal": 1 - v["dl"]},
        "Defender": {"Staunch": v["st"], "Perfidious": 1 - v["st"]},
    }
    return build(sides, tree)


def escalation(v: Values) -> NumericGame:
    """Asymmetric escalation; a Defender type is (tactical, strategic)."""
    kinds = ("HH", "HS", "SH", "SS")
    war = Leaf({
        "Ch": {"H": v["cEEp"], "S": v["cEEm"]},
        "Def": {t: v["dEEp" if t[1] == "H" else "dEEm"] for t in kinds},
    })
    limited = Leaf({"Ch": v["cDD"], "Def": {t: v["dDDp" if t[0] == "H" else "dDDm"] for t in kinds}})
    tree = Move("Ch", "1", {
        "C": Leaf({"Ch": v["cSQ"], "Def": v["dSQ"]}),
        "D": Move("Def", "2", {
            "C": Leaf({"Ch": v["cDC"], "Def": v["dDC"]}),
            "D": Move("Ch", "3a", {
                "D": limited,
                "E": Move("Def", "4", {"D": Leaf({"Ch": v["cED"], "Def": v["dED"]}), "E": war}),
            }),
            "E": Move("Ch", "3b", {"D": Leaf({"Ch": v["cDE"], "Def": v["dDE"]}), "E": war}),
        }),
    })
    return build({"Ch": {"H": v["pCh"], "S": 1 - v["pCh"]}, "Def": {t: v["p" + t] for t in kinds}}, tree)
