"""Trust, insurance and posture: the formulas of the claims against payoffs compared by hand."""

import itertools
from fractions import Fraction

from deterrence.models.theory import insurance, trust

import deterrence as dt
from deterrence.claims import worse_for_all
from tests.models.formulas import Said, chain, chance, number, points


def test_trust():
    said = Said("theory/trust")

    def draw(rng):
        return {**dict(zip(("S", "P", "T", "R"), chain(rng, 4), strict=True)), "g": number(rng), "t": chance(rng)}

    for p in points(draw, said):
        gain = lambda c: c * (p["R"] - p["T"]) + (1 - c) * (p["S"] - p["P"])  # noqa: B023, E731
        assert said.exists(p, "Trust") == (gain(p["t"]) >= 0)
        assert gain(said.value(trust.p_star, p)) == 0
        assert gain(0) < 0 and said.exists(p, "Spiral")
        assert said.probability(p, "Trust", "cooperate, cooperate") == p["t"] * p["t"]


def test_insurance():
    said = Said("theory/insurance")

    def draw(rng):
        return {
            **{n: number(rng) for n in ("d", "k", "a", "e", "f", "g")},
            "D": number(rng, 3, 40),
            "theta": chance(rng),
        }

    for p in points(draw, said):
        spiral = p["f"] > p["e"]
        insured = -p["k"] - (1 - p["theta"]) * (p["a"] if spiral else 0)
        bare = -p["theta"] * p["D"]
        assert said.exists(p, "Insurance and spiral") == (spiral and insured > bare)
        assert said.exists(p, "Insurance") == (not spiral and insured > bare)
        assert said.exists(p, "No insurance") == (insured <= bare)
        at = said.value(insurance.spiral, p)
        assert -p["k"] - (1 - at) * p["a"] == -at * p["D"]


def posture(rng):
    D_o, D_d = sorted([number(rng), number(rng)])
    h_G, h_F = sorted([number(rng), 8 * number(rng)])
    sizes = {"theta": number(rng), "k": number(rng), "L": number(rng), "w": number(rng), "c": number(rng) / 2}
    return {**sizes, "V": 2 * number(rng), "D_o": D_o, "D_d": D_d, "h_G": h_G, "h_F": h_F} | {
        "q": chance(rng),
        "g": 1 - chance(rng) / 3,
    }


def chosen_posture(p):
    """By hand: what each type does before each posture, and which one loses the State less."""
    s_d, s_o = (p["theta"] / (p["theta"] + p[name]) for name in ("D_d", "D_o"))
    value, harm = {"Greedy": p["V"], "Fearful": 0}, {"Greedy": p["h_G"], "Fearful": p["h_F"]}
    share = {"Greedy": p["g"], "Fearful": 1 - p["g"]}
    loss, attacks = {"denial": 0, "offence": 0}, {}
    for kind, prize in value.items():
        attacks[kind, "denial"] = s_d * prize - p["c"] > 0
        attacks[kind, "offence"] = s_o * prize - p["c"] - p["k"] > -p["q"] * harm[kind]
        loss["denial"] += share[kind] * (s_d * p["L"] + p["w"] if attacks[kind, "denial"] else 0)
        war = s_o * p["L"] + p["w"] if attacks[kind, "offence"] else p["q"] * p["w"]
        loss["offence"] += share[kind] * war
    chosen = min(loss, key=loss.__getitem__)
    if chosen == "denial":
        return "War" if attacks["Greedy", "denial"] else "Denial deters"
    assert not attacks["Greedy", "offence"]
    return "Provocation" if attacks["Fearful", "offence"] else "Offence deters"


def test_posture():
    said, seen = Said("theory/posture"), set()
    for p in points(posture, said):
        chosen = chosen_posture(p)
        for name in ("Denial deters", "Offence deters", "Provocation"):
            assert said.exists(p, name) == (name == chosen)
        seen.add(chosen)
    assert seen == {"Denial deters", "Offence deters", "Provocation", "War"}


def mutual(rng):
    d, D = sorted([number(rng), number(rng)])
    sizes = {"a": number(rng, 3, 40), "e": number(rng), "g": number(rng), "k": number(rng, 1, 6) / 2}
    return {"theta": chance(rng), "d": d, "D": D, **sizes}


def expected(p, kind, own, other):
    """What a type of a state expects from its choice, if the Secure of the other side insure with chance `other`."""
    total = Fraction(0)
    for secure, odds in ((True, 1 - p["theta"]), (False, p["theta"])):
        insured_odds = other if secure else Fraction(0)
        for insured, part in ((True, insured_odds), (False, 1 - insured_odds)):
            pay = -p["k"] if own == "insure" else Fraction(0)
            if kind == "Secure" and not secure:
                pay -= p["d"] if own == "insure" else p["D"]
            if kind == "Secure" and secure and insured:
                pay -= p["a"] + (p["e"] if own == "rest" else 0)
            if kind == "Revisionist" and secure and not insured:
                pay += p["g"]
            total += odds * part * pay
    return total


def test_mutual_insurance():
    said = Said("theory/mutual_insurance")
    eqs = dt.load("theory/mutual_insurance").solve()
    kinds, names = ("Secure", "Revisionist"), {"Trust": ("rest", 0), "Spiral": ("insure", 1)}
    seen = set()
    for p in points(mutual, said):
        gain = {x: expected(p, "Secure", "insure", x) - expected(p, "Secure", "rest", x) for x in (0, 1)}
        there = {"Trust": gain[0] <= 0, "Spiral": gain[1] >= 0}
        for name, (own, other) in names.items():
            assert said.exists(p, name) == there[name]
            for player, kind in itertools.product("AB", kinds):
                does = own if kind == "Secure" else "rest"
                found = said.value(eqs[name].payoffs[player, kind], p)
                assert found == expected(p, kind, does, other)
        worse = all(
            expected(p, kind, "insure" if kind == "Secure" else "rest", 1) < expected(p, kind, "rest", 0)
            for kind in kinds
        )
        claimed = [c for c in said.claims if type(c).__name__ == "WorseForAll" and said.value(c.on, p)]
        assert worse or not (claimed and there["Spiral"])
        seen.add((there["Trust"], there["Spiral"], worse))
    assert {(False, True, True), (False, True, False), (True, True, True)} <= seen


def test_what_is_not_worse_for_all_is_refuted():
    model = dt.load("theory/mutual_insurance")
    assert worse_for_all("Trust", "Spiral").verdict(model).refuted
    assert worse_for_all("Spiral", "Spiral").verdict(model).refuted
    nowhere = worse_for_all("Spiral", "Trust", on=model.game.assumptions.resolve("k") < 0)
    assert nowhere.verdict(model).undecided
