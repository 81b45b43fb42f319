"""Models of commitments, talks, regimes, arms and burdens: formulas against plain fractions at random points."""

from fractions import Fraction
from itertools import product

import pytest
import sympy as sp

from .formulas import agrees, draws, existing, load, point_of, rational

HALF = Fraction(1, 2)


@pytest.fixture(autouse=True, scope="module")
def own_cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DETERRENCE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


def best(options):
    return max(options, key=options.get)


def dilemma(g, e, L_A, L_E, L_W, w, z, gain, f, r, s, a):
    """From the last move back: the ally, each type of the adversary, the patron."""
    provokes = {"strong": {"Reckless": r > 0, "Prudent": -s > 0}, "weak": {"Reckless": -s > 0, "Prudent": -s > 0}}
    odds = {"Reckless": e, "Prudent": 1 - e}
    patron, presses = {}, {}
    for commitment, types in provokes.items():
        risk = sum(odds[t] for t, does in types.items() if does)
        total = Fraction(0)
        for kind, share in (("Expansionist", g), ("Insecure", 1 - g)):
            pressing = -w if commitment == "strong" else (gain if kind == "Expansionist" else -f)
            press = pressing > -z * risk
            presses[commitment, kind] = press
            loss = (L_W if commitment == "strong" else L_A) if press else (L_E if commitment == "strong" else 0) * risk
            total -= share * loss
        patron[commitment] = total
    assert presses["strong", "Expansionist"] == presses["strong", "Insecure"]
    names = {
        ("strong", False): "Deterrence at the risk of entrapment",
        ("weak", False): "Loose for fear of entrapment",
        ("strong", True): "Spiral to war",
        ("weak", True): "Loose for fear of the spiral",
    }
    return names[best(patron), presses["strong", "Insecure"]]


def test_alliance_dilemma():
    model, seen = load("alliance_dilemma"), set()
    for draw in draws(11):
        values = {n: draw() for n in ("L_A", "L_E", "L_W", "w", "z", "gain", "f", "r", "s", "a")}
        values |= {"g": draw(0, 1), "e": draw(0, 1)}
        expected = dilemma(**values)
        seen.add(expected)
        assert agrees(model, values, {expected})
    assert len(seen) == 4


def rival_arms(p, q, t, greedy, secure, look):
    """What the rival gets by trusting and by arming at a look, if the two types are offensive with these chances."""
    right = {"defensive": (q, 1 - q), "offensive": (1 - q, q)}[look]  # of a defensive and of an offensive posture
    chances = [share * ((1 - x) * right[0] + x * right[1]) for share, x in ((p, greedy), (1 - p, secure))]
    return -chances[0] / sum(chances), -t


def posture_equilibria(q, p, t, G, k):
    """Each named profile is tried: best replies of the state's two types and of the rival, by Bayes' rule."""
    looks, found, natural = ("defensive", "offensive"), set(), Fraction(int(k < 0))
    trusts = lambda x, s: [a > b for a, b in (rival_arms(p, q, t, x, s, at) for at in looks)]  # noqa: E731
    seen_off = lambda y: ((1 - q) * y + q, (1 - q) + q * y)  # noqa: E731 - trusted, in a defensive and an offensive one
    if trusts(1, natural) == [True, True]:
        found.add("Trust")
    if any(trusts(x, natural) == [False, False] for x in (Fraction(0), Fraction(1))):
        found.add("Distrust")
    (defence, offence) = seen_off(0)
    if trusts(1, 0) == [True, False] and G * offence > defence and offence - k < defence:
        found.add("Told apart")
    mix, y = (1 - q) * (t - p) / (p * (1 - t) * (2 * q - 1)), (q - (1 - q) * G) / (q * G - (1 - q))
    if 0 < mix < 1 and 0 < y < 1:
        defence, offence = seen_off(y)
        assert G * offence == defence
        trust, arm = rival_arms(p, q, t, mix, 0, "offensive")
        assert trust == arm
        trust, arm = rival_arms(p, q, t, mix, 0, "defensive")
        if trust >= arm and offence - k < defence:
            found.add("Imitation")
    hedge, y = (p * q * (1 - t) / (t * (1 - p)) - (1 - q)) / (2 * q - 1), 1 + k / (2 * q - 1)
    if 0 < hedge < 1 and 0 < y < 1:
        defence, offence = seen_off(y)
        assert offence - k == defence
        trust, arm = rival_arms(p, q, t, 1, hedge, "offensive")
        assert trust == arm
        trust, arm = rival_arms(p, q, t, 1, hedge, "defensive")
        if trust >= arm and G * offence > defence:
            found.add("Hedging")
    return found


def test_posture_as_a_signal():
    model, seen = load("posture_signal"), set()
    for draw in draws(12):
        values = {"q": draw(HALF, 1), "p": draw(0, 1), "t": draw(0, 1), "G": draw(1, 4)}
        for k in (draw(), draw(-1, 0)):  # defence or offence has the advantage
            expected = posture_equilibria(**values, k=k)
            found, _ = existing(model, point_of(model, **values, k=k))
            assert found == expected
            seen |= expected
    assert seen == {"Trust", "Told apart", "Distrust", "Imitation", "Hedging"}


def plans(m, S, o_1, o_2, d):
    """What the first state proposes, foreseeing what the second signs."""
    half = m * S / 2 - o_1 / 2 - o_2 / 2  # the Nash bargaining solution gives each half of what agreement adds
    shares = {"equal": (m * S / 2, m * S / 2), "split": (o_1 + half, o_2 + half)}
    first = {"none": o_1}
    for terms, (own, other) in shares.items():
        first[terms] = own if other > o_2 - d else o_1 - d
    return best(first)


def test_war_plans_and_outside_options():
    model, seen = load("compatible_war_plans"), set()
    for draw in draws(13):
        o_2 = draw(0, 1)
        values = {"m": draw(0, 1), "S": draw(0, 6), "o_2": o_2, "o_1": o_2 + draw(0, 1), "d": draw(0, 1)}
        proposal = plans(**values)
        seen.add(proposal)
        found, _ = existing(model, point_of(model, **values))
        assert ("Alliance" in found) == (proposal == "split")
        assert any(name.startswith("No talks") for name in found) == (proposal == "none")
    assert seen == {"split", "none"}


def sequence(mu, u, o, v, b, d, f):
    """The better order of treaty and plans, and whether a misfit is left."""
    leaves = o + b - f > u + b
    options = {
        "treaty": mu * (v + b) + (1 - mu) * max(o + b - f, u + b),
        "plans": mu * max(v - d, o - d) + (1 - mu) * max(u - d, o - d),
        "neither": o,
    }
    order = best(options)
    if order != "treaty":
        return {"plans": "Plans first", "neither": "Neither"}[order]
    return f"Treaty first, {'broken' if leaves else 'hollow'} if plans do not fit"


def test_treaty_before_plans():
    model, seen = load("treaty_before_plans"), set()
    for draw in draws(14):
        u = draw(-2, 1)
        o = u + draw(0, 3)
        values = {"mu": draw(0, 1), "u": u, "o": o, "v": o + draw(0, 3), "b": draw(0, 1), "d": draw(0, 1), "f": draw()}
        expected = sequence(**values)
        seen.add(expected)
        assert agrees(model, values, {expected})
    assert len(seen) == 4


def test_regime_likeness():
    model, seen = load("regime_likeness"), set()
    for draw in draws(15):
        low = draw(0, 1)
        chain = [low, low + draw(0, 1), low + 1 + draw(0, 1), low + 2 + draw(0, 1)]
        T, k, delta, w, lam = draw(0, 6), draw(0, 2), draw(0, 1), draw(0, 1), draw(0, 1)
        c_low, a_unlike, c_high, a_like = chain
        signs = {}
        for kind, cost, penalty in (("like", k, a_like), ("unlike", k + delta, a_unlike)):
            honoured = sum(
                share for share, fighting in ((w, c_low), (1 - w, c_high)) if -fighting > -penalty
            )  # those whose cost of fighting is below the penalty
            signs[kind] = honoured * T - cost > 0
        expected = {
            (False, False): "No alliance",
            (True, False): "Only like regimes",
            (True, True): "All regimes",
        }[signs["like"], signs["unlike"]]
        seen.add(expected)
        values = {"T": T, "k": k, "delta": delta, "w": w, "lam": lam}
        values |= {"c_low": c_low, "a_unlike": a_unlike, "c_high": c_high, "a_like": a_like}
        assert agrees(model, values, {expected})
    assert len(seen) == 3


def test_treaty_to_restrain():
    model, seen = load("restraining_treaty"), set()
    for draw in draws(16):
        g, L = draw(), draw()
        values = {n: draw() for n in ("k", "s", "h")} | {"p": draw(0, 1), "w": draw(0, 1), "T": draw(0, 1)}
        values |= {"g": g, "L": L, "z": L * draw(0, 1), "u": g + draw()}
        p, w, T, k, s, z, u = (values[n] for n in ("p", "w", "T", "k", "s", "z", "u"))
        seen_costs = min(z, L)  # the manager restrains or condones what it sees
        assert seen_costs == z
        ventures = w * (T + u - s) + (1 - w) * (T + u + g) > T + u
        bound = T - k - (p * (w * z + (1 - w) * L) if ventures else 0)
        free = -p * L
        name = {
            (True, False): "Pact of restraint",
            (True, True): "Restraint by the hand",
            (False, False): "None though it would bind",
            (False, True): "None and it would not bind",
        }[bound > free, ventures]
        seen.add(name)
        assert agrees(model, values, {name})
    assert len(seen) >= 3


def test_burden_sharing():
    """Pure equilibria of the two by two game by trying every deviation."""
    model, seen = load("burden_sharing"), set()
    label = {
        ("pay", "ride"): "Exploitation of the large",
        ("ride", "pay"): "Exploitation of the small",
        ("pay", "pay"): "Both pay",
        ("ride", "ride"): "Nobody pays",
    }
    for draw in draws(17):
        v_S = draw(0, 2)
        v_L, c, r = v_S + draw(0, 2), draw(0, 3), draw(0, 1)

        def pay(worth, own, other, c=c, r=r):
            units = (own == "pay") + (other == "pay")
            return worth * (0, 1, 1 + r)[units] - (c if own == "pay" else 0)

        expected = {
            label[large, small]
            for large, small in product(("pay", "ride"), repeat=2)
            if all(pay(v_L, large, small) >= pay(v_L, x, small) for x in ("pay", "ride"))
            and all(pay(v_S, small, large) >= pay(v_S, x, large) for x in ("pay", "ride"))
        }
        if {"Exploitation of the large", "Exploitation of the small"} <= expected:
            expected.add("Both mix")
        found, _ = existing(model, point_of(model, v_S=v_S, v_L=v_L, c=c, r=r))
        assert found == expected
        seen |= expected
    assert len(seen) >= 4


def test_arms_and_allies():
    model, seen = load("arms_and_allies"), set()
    for draw in draws(18):
        A, B = draw(), draw()
        values = {"A": A, "B": B, "r": draw(-min(A, B), 2), "a": draw(0, 2), "w": draw(0, 1), "b": draw()}
        values |= {"n": draw(), "y": draw(-1, 1)}
        arms = values["a"] * (1 + values["w"])
        options = {"Neither": Fraction(0), "Arms alone": A - arms}
        options["Ally alone"] = B - values["b"] if values["y"] > 0 else -values["b"] / 2
        options["Arms and an ally"] = A + B + values["r"] - arms - values["b"]  # n > 0: the armed are accepted
        expected = best(options)
        seen.add(expected)
        assert agrees(model, values, {expected})
    assert len(seen) == 4


def test_accuracy_of_one_half_leaves_nothing_to_learn():
    """At q = 1/2 both looks leave the prior as it was, so that the rival acts on the prior alone."""
    for draw in draws(19):
        p, t, x = draw(0, 1), draw(0, 1), draw(0, 1)
        for look in ("defensive", "offensive"):
            assert rival_arms(p, HALF, t, x, 0, look) == (-p, -t)
    p_trust = next(c for c in load("posture_signal").claims if c.statement.startswith("Everybody")).check.condition
    model = load("posture_signal")
    values = {"q": HALF, "p": Fraction(1, 3), "t": Fraction(1, 2), "G": Fraction(2), "k": Fraction(1)}
    assert p_trust.subs(point_of(model, **values)) == sp.true
    assert rational(HALF) == sp.Rational(1, 2)


def test_mutual_restraint():
    """Adventures under the treaty and without one by dominance, then B's answer and A's offer."""
    model, seen = load("mutual_restraint"), set()
    for draw in draws(31):
        values = {"w": draw(0, 1), "T": draw(0, 1), "k": draw(0, HALF), "s": draw(0, 2)}
        values |= {"g_A": draw(0, 2), "g_B": draw(0, 2), "l_A": draw(0, 6), "l_B": draw(0, 6)}
        w, T, k, s = (values[n] for n in ("w", "T", "k", "s"))
        ventures = {x: (1 - w) * values[f"g_{x}"] - w * s > 0 for x in "AB"}
        bound, free = {}, {}
        for x, other in ("AB", "BA"):
            own = (1 - w) * values[f"g_{x}"] - w * s if ventures[x] else 0
            bound[x] = T - k + own - ((1 - w) * values[f"l_{x}"] if ventures[other] else 0)
            free[x] = values[f"g_{x}"] - values[f"l_{x}"]
        signed = bound["A"] > free["A"] and bound["B"] > free["B"]
        kept = "".join(x for x in "AB" if not ventures[x])
        name = {"AB": "Both bound", "A": "A bound", "B": "B bound", "": "Neither bound"}[kept]
        found, asked = existing(model, point_of(model, **values))
        assert found == ({name} & asked if signed else set())
        seen.add(name if signed else "none")
    assert {"Both bound", "none"} <= seen and len(seen) >= 4
