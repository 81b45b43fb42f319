"""Denial, punishment and resolve: the formulas of the claims against payoffs compared by hand."""

from fractions import Fraction

import pytest

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


def test_a_budget_is_best_spent_on_one_instrument():
    said = Said("theory/deterrence_budget")

    def draw(rng):
        b, L = sorted([number(rng), number(rng)])
        point = {n: number(rng) for n in ("N", "V", "d", "u")}
        return {**point, "b": b, "L": L, "r": chance(rng), "m": chance(rng)}

    for p in points(draw, said):
        taken = {"Denial": p["b"] / p["d"] * p["V"], "Punishment": p["b"] / p["u"] * p["r"]}
        for name, effect in taken.items():
            assert said.exists(p, name) == (p["N"] - effect <= 0)
        shares = [Fraction(n, 10) for n in range(11)]
        best = max(share * taken["Denial"] + (1 - share) * taken["Punishment"] for share in shares)
        assert said.exists(p, "Undeterrable") == (p["N"] >= best)
