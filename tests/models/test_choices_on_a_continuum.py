"""Models with a choice on a continuum: what their claims say against search and backward induction in fractions."""

from fractions import Fraction
from itertools import product

from tests.models.formulas import Said, chain, chance, number, points

STEPS = 60


def grid(*more):
    """Shares from 0 to 1, with exact ones that matter."""
    return [*(Fraction(k, STEPS) for k in range(STEPS + 1)), *(x for x in more if 0 <= x <= 1)]


def claimed(said, name, k=0):
    """The k-th closed form that is claimed of a named equilibrium."""
    return [c for c in said.claims if type(c).__name__ == "Quantity" and name in c.names][k].expression


def brink(rng):
    low, high = sorted((number(rng), number(rng)))
    values = dict(zip(("D", "S", "W"), chain(rng, 3), strict=True))
    return {**values, "p": chance(rng), "h": number(rng), "l": low, "w": high}


def threatened(q, p, D, S, W, h, l, w):  # noqa: E741
    """What a risk brings the State, if both kinds of Opponent answer it with what is best for them."""
    brink = -(1 - q) * l - q * w
    soft, hard = ((1 - q) * W + q * worst <= S for worst in (D, S + h))
    return (1 - p) * (1 if soft else brink) + p * (1 if hard else brink)


def test_the_risk_that_a_state_chooses():
    said, seen = Said("theory/chosen_risk"), set()
    for point in points(brink, said):
        just = (point["W"] - point["S"]) / (point["W"] - point["D"])
        best = max(grid(just), key=lambda q: threatened(q, **point))
        assert said.exists(point, "Threat") == (best > 0)
        assert said.exists(point, "No threat") == (best == 0)
        if best > 0:
            assert said.value(claimed(said, "Threat"), point) == best
            assert said.value(claimed(said, "Threat", 1), point) == threatened(best, **point)
        seen.add(best > 0)
    assert len(seen) == 2


def mix(rng):
    return {k: number(rng) for k in ("V", "c", "alpha", "beta")} | {"s": chance(rng), "r": chance(rng)}


def test_the_cheapest_mix_is_where_steps_to_both_sides_cost_the_same():
    said = Said("theory/cheapest_mix")
    for point in points(mix, said):
        need = point["s"] * point["V"] - point["c"]

        def cost(d, point=point, need=need):
            k = (need - point["V"] * d) / point["r"]
            return (point["alpha"] * d**2 + point["beta"] * k**2) / 2

        d, k, bill = (said.value(claimed(said, "Mix", n), point) for n in range(3))
        step = Fraction(1, 1000)
        assert cost(d - step) == cost(d + step) > cost(d) == -bill  # of a parabola
        assert 0 < d < need / point["V"] and point["V"] * d + point["r"] * k == need


def illusion(rng):
    return {"s": chance(rng), "R": chance(rng), "k": number(rng, 1, 4) / 2}


def test_the_share_of_deterrence_by_counting_crises():
    said, seen, many = Said("theory/illusory_share"), set(), 2000
    for point in points(illusion, said):
        gains = [Fraction(2 * n + 1, 2 * many) for n in range(many)]
        peaceful = [g for g in gains if g - point["R"] * point["k"] <= point["s"]]
        content = sum(g <= point["s"] for g in peaceful)
        some = len(peaceful) < many
        assert said.exists(point, "Some attack") == some and said.exists(point, "Nobody attacks") == (not some)
        share = said.value(claimed(said, "Some attack", 1) if some else claimed(said, "Nobody attacks"), point)
        assert abs(1 - Fraction(content, len(peaceful)) - share) < Fraction(5, many) / min(point["s"], 1)
        seen.add(some)
    assert len(seen) == 2


def talks(rng):
    m, M = sorted((chance(rng), chance(rng)))
    return {"m": m, "M": M, "o_1": chance(rng) / 2, "o_2": chance(rng) / 2, "delta": chance(rng)}


def talked(m, M, o_1, o_2, delta):
    """The first state's best result and how it comes about, by backward induction."""
    last = [(M - o_2, o_2), (o_1, M - o_1)]  # the one who offers leaves the other its outside option
    wait = tuple(delta * sum(split[i] for split in last) / 2 for i in (0, 1))
    refusal = ("Delay", *wait) if wait[1] > o_2 else ("none", o_1, o_2)
    ways = [("none", o_1, o_2), refusal]
    if refusal[2] <= m:
        ways.append(("Signed on the terms of delay" if wait[1] > o_2 else "Signed on the outside option",
                     m - refusal[2], refusal[2]))  # fmt: skip
    return max(ways, key=lambda way: way[1])


def test_delayed_talks():
    said, seen = Said("theory/delayed_talks"), set()
    for point in points(talks, said):
        how, first, second = talked(**point)
        names = {"Delay", "Signed on the terms of delay", "Signed on the outside option"}
        assert {n for n in names if said.exists(point, n)} == {how} & names, point
        assert said.exists(point, "No talks", "Talks fail") == (how == "none")
        if how != "none":
            assert said.value(claimed(said, how), point) == (first if how == "Delay" else second)
        seen.add(how)
    assert len(seen) == 4


def arming(rng):
    point = {k: number(rng, 1, 4) for k in ("W", "s", "B", "t", "f")}
    return point | {"w": chance(rng), "rho": chance(rng)}


def test_a_minimum_of_arms():
    said, seen = Said("theory/minimum_of_arms"), set()
    places = {"Ally, with the minimum of arms", "Ally, fully armed", "Alone, unarmed", "Alone, armed"}
    for point in points(arming, said):
        W, s, w, rho, B, t = (point[k] for k in ("W", "s", "w", "rho", "B", "t"))

        def worth(a, ally, W=W, s=s, w=w, rho=rho, B=B, t=t):
            bought = s * (1 - w) * a * W
            return bought - a * W if not ally else (B + bought * (1 - rho) - a * W if a * W >= t else -W * 99)

        a, ally = max(product(grid(t / W), (False, True)), key=lambda choice: worth(*choice))
        name = {(0, False): "Alone, unarmed", (1, False): "Alone, armed", (1, True): "Ally, fully armed"}
        found = name.get((a, ally), "Ally, with the minimum of arms")
        assert {n for n in places if said.exists(point, n)} == {found}
        assert found != "Ally, with the minimum of arms" or (ally and a == t / W)
        seen.add(found)
    assert seen == places


def signals(rng):
    low, high = sorted((number(rng, 1, 6), number(rng, 1, 6)))
    point = {"v_L": low, "v_H": high, "a": number(rng, 0, 6), "s": number(rng, 0, 2), "c": number(rng, 1, 4)}
    return point | {k: chance(rng) for k in ("p", "q", "y")} | {k: number(rng) for k in ("g", "d", "e")}


def separates(v_L, v_H, a, s, p, q, c):
    """Whether nobody gains by leaving the separating profile: all continuations of both types tried."""
    war_H, war_L = p * v_H - c, p * v_L - c
    speak_H, speak_L = ({war: q * (war_ if war else -a) + (1 - q) * v - s for war in (True, False)}
                        for v, war_ in ((v_H, war_H), (v_L, war_L)))  # fmt: skip
    return max(speak_H.values()) == speak_H[True] >= max(war_H, 0) and max(speak_L.values()) <= max(war_L, 0)


def test_signals_that_separate_and_that_bluff():
    said, seen = Said("fearon_1997/tying_and_sinking"), set()
    for point in points(signals, said):
        v_L, v_H, a, s, p, q, c, y, g, d = (point[k] for k in ("v_L", "v_H", "a", "s", "p", "q", "c", "y", "g", "d"))
        truth = separates(v_L, v_H, a, s, p, q, c)
        assert said.exists(point, "Only the High signal") == truth
        waits = (a + s) / ((1 - q) * (a + v_L))  # how often the Weak wait, if the Low are indifferent to a bluff
        bluffers = y * d / ((1 - y) * g)  # how often the Low signal, if the Weak are indifferent
        firm = -s + waits * (1 - q) * v_H + (1 - waits * (1 - q)) * (p * v_H - c)
        types = p * v_L - c <= -a <= p * v_H - c and firm >= max(0, p * v_H - c)
        assert said.exists(point, "Bluff") == (waits <= 1 and bluffers <= 1 and types)
        seen.add((truth, said.exists(point, "Bluff")))
    assert len(seen) == 3
