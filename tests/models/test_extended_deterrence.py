"""Alliances, tripwires and moral hazard: the formulas of the claims against payoffs compared by hand."""

from fractions import Fraction
from itertools import product

from deterrence.models.smith_1995 import alliances_and_war

from tests.models.formulas import Said, chain, chance, number, points


def signal(rng):
    w_H, v_H = sorted([number(rng), number(rng)])
    return {
        "v_L": number(rng),
        "w_H": w_H,
        "v_H": v_H,
        "k": number(rng),
        "g": number(rng),
        "l": number(rng),
        "h": chance(rng),
    }


def profits(p, waits_seen, waits_unseen):
    """What each Patron gets by signing less what it gets without, for chances that the Challenger waits."""
    high = [p["w_H"] + w * (p["v_H"] - p["w_H"]) for w in (waits_seen, waits_unseen)]
    low = [w * p["v_L"] for w in (waits_seen, waits_unseen)]
    return high[0] - p["k"] - high[1], low[0] - p["k"] - low[1]


def test_costly_alliance():
    said = Said("morrow_1994/costly_alliance")
    for p in points(signal, said):
        high, low = profits(p, 1, 0)
        attacks = lambda belief: (1 - belief) * p["g"] - belief * p["l"] > 0  # noqa: B023, E731
        assert said.exists(p, "Separating") == (high >= 0 >= low)
        assert said.exists(p, "Pooling on the alliance") == (not attacks(p["h"]) and low >= 0 and high >= 0)
        wait = p["k"] / p["v_L"]  # leaves the Low indifferent
        mixed = wait <= 1 and attacks(p["h"]) and profits(p, wait, 0)[0] >= 0
        assert said.exists(p, "Bluff") == mixed
        assert wait > 1 or profits(p, wait, 0)[1] == 0


def test_bluffing_leaves_the_challenger_indifferent():
    said = Said("morrow_1994/costly_alliance")
    bluff = next(c for c in said.claims if type(c).__name__ == "InEquilibrium" and str(c.condition.lhs) == "x")
    for p in points(signal, said):
        low_signs = said.value(bluff.condition.rhs, p)
        high, low = p["h"], (1 - p["h"]) * low_signs
        assert low * p["g"] == high * p["l"]


def smith(rng):
    names = ("a_2", "a_SQ", "a_1", "a_C", "b_1", "b_C", "b_2")
    values = [*chain(rng, 4), *chain(rng, 3)]
    return {
        **dict(zip(names, values, strict=True)),
        "b_SQ": Fraction(0),
        "j_m": -number(rng),
        "j_p": number(rng),
        "rho": chance(rng),
    }


def test_alliances_and_war():
    said = Said("smith_1995/alliances_and_war")
    for p in points(smith, said):
        rho = p["rho"]
        resists = rho * p["b_2"] + (1 - rho) * p["b_1"] > p["b_C"]
        fights = rho * p["a_2"] + (1 - rho) * p["a_1"] > p["a_SQ"]
        assert said.exists(p, "Concession") == (not resists)
        assert said.exists(p, "War") == (resists and fights)
        assert said.exists(p, "Deterrence") == (resists and not fights)


def test_reliability_seen_in_wars_is_a_biased_sample():
    """The mean of a uniform reliability over the interval in which there is war, by midpoints of equal cells."""
    said, steps = Said("smith_1995/alliances_and_war"), 50
    for p in points(smith, said):
        low, high = (said.value(said.game.assumptions.resolve(name), p) for name in ("r_B", "r_A"))
        assert low == (p["b_C"] - p["b_1"]) / (p["b_2"] - p["b_1"])
        assert high == (p["a_1"] - p["a_SQ"]) / (p["a_1"] - p["a_2"])
        grid = [low + (high - low) * Fraction(2 * n + 1, 2 * steps) for n in range(steps)]
        assert sum(grid) / steps == said.value(alliances_and_war.seen, p)


def troops(rng):
    names = ("a_W", "a_SQ", "a_G", "d_W", "d_L", "d_SQ")
    values = [*chain(rng, 3), *chain(rng, 3)]
    return {**dict(zip(names, values, strict=True)), "e": number(rng), "q": chance(rng)}


def test_tripwire():
    said = Said("theory/tripwire")
    for p in points(troops, said):
        attack = p["q"] * p["a_W"] + (1 - p["q"]) * p["a_G"]
        laid = attack < p["a_SQ"] and p["d_SQ"] - p["e"] > p["d_L"]
        assert said.exists(p, "Tripwire") == laid
        assert said.exists(p, "Abandonment") == (not laid)


def hazard(rng):
    c_L, c_H = sorted([number(rng), number(rng)])
    point = {n: number(rng) for n in ("v", "tau", "G", "K", "B", "w")}
    return {**point, "c_L": c_L, "c_H": c_H, "p": chance(rng)}


def test_moral_hazard():
    said = Said("theory/moral_hazard")
    for p in points(hazard, said):
        fights = Fraction(1) if p["v"] + p["tau"] > p["c_H"] else p["p"]  # after a promise
        peace = {
            True: fights * -p["K"] + (1 - fights) * p["G"] < 0,
            False: p["p"] * -p["K"] + (1 - p["p"]) * p["G"] < 0,
        }
        assert said.exists(p, "Deterrence by moral hazard") == (fights == 1)
        assert said.exists(p, "Peace without a promise") == peace[False]
        attacked = said.exists(p, "Attack without a promise", "Attack in spite of a promise")
        assert attacked == (not peace[True] and not peace[False])


def triple(rng):
    """Rankings of the three sides, each of one of its two types."""
    c = chain(rng, 6)
    d = chain(rng, 6)
    p = chain(rng, 6)
    determined, staunch, disloyal = (rng.random() < 0.5 for _ in range(3))
    low, mid = (c[0], c[1]) if determined else (c[1], c[0])
    point = {"c_CC": low, "c_C": mid, "c_SQ": c[2], "c_PC": c[3], "c_PL": c[4], "c_PR": c[5], "d_PR": d[0]}
    point |= dict(zip(("d_PL", "d_C") if staunch else ("d_C", "d_PL"), d[1:3], strict=True))
    point |= dict(zip(("d_PC", "d_CC", "d_SQ"), d[3:], strict=True))
    point |= dict(zip(("p_PL", "p_PR") if disloyal else ("p_PR", "p_PL"), p[:2], strict=True))
    return point | dict(zip(("p_PC", "p_C", "p_CC", "p_SQ"), p[2:], strict=True))


def test_a_crisis_of_three_by_backward_induction():
    said, seen = Said("zagare_kilgour_2003/tripartite_crisis"), set()
    for p in points(triple, said):
        worth = lambda who, end: p[f"{who}_{end}"]  # noqa: B023, E731
        alone = max(("PL", "PR"), key=lambda end: worth("p", end))
        supported = max(("CC", "C"), key=lambda end: worth("c", end))
        held = max((supported, alone), key=lambda end: worth("d", end))
        answer = max(("PC", held), key=lambda end: worth("p", end))
        end = max(("SQ", answer), key=lambda end: worth("c", end))
        assert said.exists(p, "Concession") == (end == "PC")
        assert said.exists(p, "Deterrence") == (end == "SQ")
        seen.add((alone, supported, p["d_C"] > p["d_PL"]))
    assert seen == set(product(("PL", "PR"), ("CC", "C"), (True, False)))


def targets(rng):
    point = {n: number(rng) / 4 for n in ("theta", "D", "S", "v", "L")}
    return {**point, "c": chance(rng), "d": chance(rng), "s": chance(rng), "l_m": Fraction(-1), "l_p": Fraction(1)}


def test_target_choice():
    said, seen = Said("quackenbush_2006/target_choice"), set()
    for p in points(targets, said):
        prevails = lambda defence: p["theta"] / (p["theta"] + defence)  # noqa: B023, E731
        worth = {"Deterrence": Fraction(0)}
        for name, prize, own, other, comes in (("Defender", p["v"], "D", "S", "s"), ("Protege", 1, "S", "D", "d")):
            alone, joint = prevails(p[own]) * prize, prevails(p[own] + p[other]) * prize
            worth[f"Attack on the {name}"] = p[comes] * joint + (1 - p[comes]) * alone - p["c"]
        best = max(worth, key=worth.get)
        for name in worth:
            assert said.exists(p, name) == (name == best)
        seen.add(best)
    assert len(seen) == 3
