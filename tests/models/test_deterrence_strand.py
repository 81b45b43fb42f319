"""Denial, punishment and resolve: the formulas of the claims against payoffs compared by hand."""

from fractions import Fraction

import pytest

import deterrence as dt
from tests.models.formulas import Said, chance, number, points


@pytest.fixture(scope="module")
def mix():
    return Said("theory/denial_and_punishment")


def prepared(rng):
    s_D, s_0 = sorted([chance(rng), chance(rng)])
    point = {name: number(rng) for name in "VckduL"}
    return {**point, "s_D": s_D, "s_0": s_0, "r": chance(rng)}


def best(p):
    """The cheapest posture that leaves the Challenger worse off by attacking, and None if there is none."""
    cost = {"Denial": p["d"], "Punishment": p["u"], "Both": p["d"] + p["u"]}
    success = {"Denial": p["s_D"], "Punishment": p["s_0"], "Both": p["s_D"]}
    harm = {"Denial": 0, "Punishment": p["r"] * p["k"], "Both": p["r"] * p["k"]}
    works = [n for n in cost if success[n] * p["V"] - p["c"] - harm[n] < 0]
    return min(works, key=cost.__getitem__) if works else None


def test_the_cheapest_posture_that_deters_is_prepared(mix):
    for point in points(prepared, mix):
        chosen = best(point) or "Undeterrable"
        for name in ("Denial", "Punishment", "Both", "Undeterrable"):
            assert mix.exists(point, name) == (name == chosen), (name, point)


def test_punishment_and_denial_trade_at_V_over_r(mix):
    for p in points(prepared, mix):
        needed = {s: (p[s] * p["V"] - p["c"]) / p["r"] for s in ("s_0", "s_D")}
        check = next(c for c in mix.claims if type(c).__name__ == "Threshold")
        assert mix.value(check.equals, p) == needed["s_0"] - needed["s_D"]


def resolve(rng):
    V_L, V_H = sorted([number(rng), number(rng)])
    f_m, f_p = -number(rng), number(rng)
    point = {n: number(rng) for n in "ckL"}
    return {**point, "V_L": V_L, "V_H": V_H, "f_m": f_m, "f_p": f_p, **{n: chance(rng) for n in "spq"}}


def test_types_attack_where_their_expected_payoff_is_positive():
    said = Said("theory/two_sided_resolve")
    for p in points(resolve, said):
        pays = {kind: p["s"] * p[f"V_{kind}"] - p["c"] - p["p"] * p["k"] > 0 for kind in "LH"}
        assert said.exists(p, "Deterrence") == (not pays["H"])
        assert said.exists(p, "Selection") == (pays["H"] and not pays["L"])
        assert said.exists(p, "Attack") == pays["L"]
        assert said.probability(p, "Selection", "Punishment") == p["q"] * p["p"]


def budget(rng):
    b, L = sorted([number(rng), number(rng)])
    point = {"N": number(rng) / 4, "V": number(rng) / 12, "d": number(rng), "u": number(rng)}
    return {**point, "b": b, "L": L, "r": chance(rng), "g": chance(rng)}


def effects(p, money):
    """What money takes from the worth of an attack, all spent on one instrument or half on each."""
    share = lambda part: part if part in (0, 1) else (1 + p["g"]) * part  # noqa: E731
    spent = {"Denial": (1, 0), "Punishment": (0, 1), "Mix": (Fraction(1, 2), Fraction(1, 2))}
    rates = (p["V"] / p["d"], p["r"] / p["u"])
    return {n: money * sum(share(part) * rate for part, rate in zip(x, rates, strict=True)) for n, x in spent.items()}


def test_what_a_budget_buys():
    said = Said("theory/deterrence_budget")
    seen = set()
    for p in points(budget, said):
        works = {name for name, effect in effects(p, p["b"]).items() if effect >= p["N"]}
        for name in ("Denial", "Punishment", "Mix"):
            assert said.exists(p, name) == (name in works)
        assert said.exists(p, "Undeterrable") == (not works)
        seen |= works or {"none"}
    assert seen == {"Denial", "Punishment", "Mix", "none"}


def test_the_cheapest_deterrent_may_be_a_mix():
    """The money that each takes to undo the worth of an attack, and which takes least."""
    said = Said("theory/deterrence_budget")
    seen = set()
    for p in points(budget, said):
        money = {name: p["N"] / effect for name, effect in effects(p, Fraction(1)).items()}
        cheapest = min(money, key=money.get)
        rates = sorted((p["V"] / p["d"], p["r"] / p["u"]))
        assert (cheapest == "Mix") == ((1 - p["g"]) * rates[1] < (1 + p["g"]) * rates[0])
        seen.add(cheapest)
    assert seen == {"Denial", "Punishment", "Mix"}
    eqs = dt.load("theory/deterrence_budget").solve()
    point = {"N": 12, "V": 20, "r": "1/2", "d": 40, "u": 1, "g": "1/2", "b": 18, "L": 60}
    assert {e.name for e in eqs.at(point)} == {"Mix"}  # 9 by either instrument alone, 13 1/2 by half of each


def private(rng):
    s_D, s_0 = sorted([chance(rng), chance(rng)])
    sizes = {"V": 3 * number(rng), "c": number(rng) / 8, "L": number(rng), "d": number(rng) / 8}
    sizes["k"] = s_0 * sizes["V"] * (1 + chance(rng))
    return {**sizes, "s_D": s_D, "s_0": s_0, "f_m": -number(rng), "f_p": number(rng) / 4, "r": chance(rng)}


def test_denial_beside_a_private_resolve():
    """Each pooled preparation with each answer, by the deviation of either type that the other posture invites."""
    said, seen = Said("theory/one_sided_resolve"), set()
    names = {"Denial deters": ("D", False), "Denial is fought": ("D", True)}
    names |= {"Resolve deters": ("0", False), "Nothing is fought": ("0", True)}
    for p in points(private, said):
        pays = {x: p[f"s_{x}"] * p["V"] - p["c"] - p["r"] * p["k"] for x in "D0"}  # attack, at the prior

        def worth(kind, x, attacked, p=p):
            cost = p["d"] if x == "D" else 0
            return -cost + (attacked and -p[f"s_{x}"] * p["L"] + (p["f_p"] if kind == "Resolute" else 0))

        for name, (x, attacked) in names.items():
            other = "0" if x == "D" else "D"
            stays = any(  # some answer to the other posture, which beliefs off the path may bring about, deters both
                all(worth(kind, x, attacked) >= worth(kind, other, there) for kind in ("Resolute", "Irresolute"))
                for there in (True, False)
            )
            there = (pays[x] >= 0) == attacked and stays
            assert said.exists(p, name) == there, (name, p)
            seen |= {name} if there else set()
    assert seen == set(names)
