"""Models with levels and with many states: what their claims say against best replies found by plain search."""

import math
from fractions import Fraction
from functools import partial
from itertools import combinations

import pytest
from scipy.optimize import minimize_scalar

from tests.models.formulas import Said, chain, chance, number, points

NEAR = 1e-4


def best(payoff, low, high):
    """The level with the highest payoff: a grid, then golden section around its best point."""
    grid = [low + (high - low) * k / 60 for k in range(61)]
    k = max(range(61), key=lambda k: payoff(grid[k]))
    around = grid[max(0, k - 1)], grid[min(60, k + 1)]
    found = minimize_scalar(lambda x: -payoff(x), bounds=around, method="bounded", options={"xatol": 1e-12})
    return max((float(found.x), *around), key=payoff)


def settled(payoffs, bounds, rounds=150):
    """Where steps half-way to best replies come to rest: one payoff function of all levels, and one range, a level."""
    levels = [low + (high - low) / 3 for low, high in bounds]
    for _ in range(rounds):
        for k, payoff in enumerate(payoffs):
            reply = partial(_with, payoff, levels, k)
            levels[k] = (levels[k] + best(reply, *bounds[k])) / 2
    return levels


def _with(payoff, levels, k, x):
    return payoff(*levels[:k], x, *levels[k + 1 :])


def log(x):
    return math.log(x) if x > 0 else -math.inf


def quantities(said, name, point):
    """What the claims say of the quantities of an equilibrium, by what they are about."""
    found = [c for c in said.claims if type(c).__name__ == "Quantity" and name in c.names and c.on is True]
    return [(c.what, float(said.value(c.expression, point))) for c in found]


def agrees(said, name, point, levels):
    """Whether every closed form is what the levels found make of its quantity."""
    values = {**levels, **{k: float(v) for k, v in point.items()}}
    for what, claimed in quantities(said, name, point):
        measured = float(what.subs({s: values[s.name] for s in what.free_symbols}))
        assert measured == pytest.approx(claimed, abs=NEAR), (what, point)


def contributions(rng):
    small, great = sorted((number(rng), number(rng)))
    return {"alpha": chance(rng), "w_2": small, "w_1": great}


def test_contributions_to_a_common_defence():
    said = Said("olson_zeckhauser_1966/contributions")
    for point in points(contributions, said)[:20]:
        a, w_2, w_1 = (float(point[k]) for k in ("alpha", "w_2", "w_1"))
        great = partial(lambda x, y, a, w: (1 - a) * log(w - x) + a * log(x + y), a=a, w=w_1)
        small = partial(lambda x, y, a, w: (1 - a) * log(w - y) + a * log(x + y), a=a, w=w_2)
        q_1, q_2 = settled([great, small], [(0, w_1), (0, w_2)])
        both = said.exists(point, "Both contribute")
        assert both == (q_2 > NEAR) and said.exists(point, "The great alone") == (not both)
        agrees(said, "Both contribute" if both else "The great alone", point, {"q_1": q_1, "q_2": q_2})


def political(rng):
    weights = {k: number(rng, 1, 6) for k in ("sigma", "iota", "kappa", "theta")}
    return {**weights, "W": number(rng, 1, 40), "Y": number(rng, 1, 6)}


def security(a, l, s, i, k, t, w, y):  # noqa: E741
    return s * log(a + t * l) + i * log(y - l) + k * log(w - a)


def test_arms_and_interests():
    said, seen = Said("morrow_1993/arms_and_interests"), set()
    for point in points(political, said)[:20]:
        s, i, k, t, w, y = (float(point[n]) for n in ("sigma", "iota", "kappa", "theta", "W", "Y"))
        worth = partial(security, s=s, i=i, k=k, t=t, w=w, y=y)
        a, l = settled([worth, worth], [(0, w), (0, y)])  # noqa: E741
        name = "Arms alone" if l < NEAR else "Allies alone" if a < NEAR else "Arms and allies"
        assert said.exists(point, name), (point, a, l)
        agrees(said, name, point, {"a": a, "l": l})
        seen.add(name)
    assert len(seen) == 3


def uncertain(rng):
    lo, hi = sorted((Fraction(rng.randint(0, 400), 1000), Fraction(rng.randint(1, 500), 1000)))
    return {"lo": lo, "hi": hi}


def costs(rng):
    return {"p": chance(rng), "c_A": Fraction(rng.randint(1, 400), 1000), **uncertain(rng)}


def demanded(x, p, c, lo, hi):
    fights = min(1.0, max(0.0, (x - p - lo) / (hi - lo)))
    return (1 - fights) * x + fights * (p - c)


def test_a_demand_under_uniform_costs():
    said = Said("fearon_1995/uniform_costs")
    for point in points(costs, said):
        p, c, lo, hi = (float(point[k]) for k in ("p", "c_A", "lo", "hi"))
        x = best(partial(demanded, p=p, c=c, lo=lo, hi=hi), p + lo, 1.0)  # any demand, also one that nobody accepts
        risky = said.exists(point, "Risk")
        assert risky == (x > p + lo + NEAR)
        agrees(said, "Risk" if risky else "Safe", point, {"x": x})


def shares(rng):
    return {"p": chance(rng), "q": chance(rng), "s": Fraction(rng.randint(1, 400), 1000), **uncertain(rng)}


def conceded(x, p, s, lo, hi):
    fights = min(1.0, max(0.0, (p - x - lo) / (hi - lo)))
    return (1 - fights) * (1 - x) + fights * (1 - p - s)


def test_shares_and_power():
    said, seen = Said("theory/shares_and_power"), set()
    for point in points(shares, said):
        q, p, lo, hi, s = (float(point[k]) for k in ("q", "p", "lo", "hi", "s"))
        x = best(partial(conceded, p=p, s=s, lo=lo, hi=hi), q, p)
        name = "No concession" if x < q + NEAR else "Full appeasement" if x > p - lo - NEAR else "Some concession"
        if name != "Some concession":
            assert said.exists(point, name), (point, x)
        agrees(said, name, point, {"x": x})
        seen.add(name)
    assert len(seen) == 3


def stakes(rng):
    return {k: number(rng) for k in ("theta", "V_A", "V_D")}


def test_an_arming_contest():
    said = Said("theory/arming_contest")
    for point in points(stakes, said)[:15]:
        theta, v, w = (float(point[k]) for k in ("theta", "V_A", "V_D"))
        attack = partial(lambda a, d, t, v: v * t * a / (t * a + d) - a, t=theta, v=v)
        defend = partial(lambda a, d, t, w: w * d / (t * a + d) - d, t=theta, w=w)
        tiny = 1e-9
        a, d = settled([attack, defend], [(tiny, v), (tiny, w)])
        agrees(said, "Both arm", point, {"A": a, "D": d})


def test_volunteers_are_indifferent_and_as_many_as_claimed():
    said = Said("diekmann_1985/volunteers")
    mix, nobody = (c.expression for c in said.claims[:2])
    for n, root in ((2, 1), (3, 2), (4, 3), (6, 5)):
        point = {"c": Fraction(1), "b": Fraction(3) ** root, "n": Fraction(n)}
        p = said.value(mix, point)
        assert point["b"] - 1 == point["b"] * (1 - (1 - p) ** (n - 1))  # joining and passing are worth the same
        assert said.value(nobody, point) == (1 - p) ** n


def test_two_of_three_are_needed():
    said = Said("theory/joint_balancing")

    def draw(rng):
        return dict(zip(("c", "b"), sorted((number(rng), number(rng))), strict=True))

    for point in points(draw, said):
        c, b = point["c"], point["b"]
        most = max(2 * p * (1 - p) for p in (Fraction(k, 1000) for k in range(1001)))
        assert said.exists(point, "All mix") == (most * b >= c)  # to be pivotal is worth the cost at some p
        sure, out = (said.value(q.expression, point) for q in said.claims if type(q).__name__ == "Quantity")
        assert (1 - sure) * b == c and out * b == c  # of two who mix: pivotal if the other passes, or joins


def test_stable_systems_by_counting_coalitions():
    said = Said("niou_ordeshook_1986/system_stability")
    checks = [c for c in said.claims if type(c).__name__ == "RegionIs"]

    def draw(rng):
        return dict(zip(("r_3", "r_2", "r_1"), chain(rng, 3), strict=True))

    for point in points(draw, said):
        r = [point[k] for k in ("r_1", "r_2", "r_3")]
        groups = [set(g) for k in (1, 2, 3) for g in combinations(range(3), k)]
        wins = [g for g in groups if 2 * sum(r[i] for i in g) > sum(r)]
        needed = [any(i in g and g - {i} not in wins for g in wins) for i in range(3)]
        truth = [all(needed), needed[1] and needed[2], needed[0], {1, 2} in wins]
        assert [said.value(c.condition, point) for c in checks] == truth
