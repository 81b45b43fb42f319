import random

import pytest
import sympy as sp

from deterrence.contests import conquered, difference, ratio
from deterrence.errors import ConceptError, GameError, ParameterError
from deterrence.games.continuous import ContinuousGame
from deterrence.parameters import Parameters
from deterrence.regions import Region
from deterrence.solvers.levels.best_reply import concave, deviation_gain
from deterrence.solvers.levels.continuous import solve_continuous
from deterrence.solvers.levels.numeric_levels import numeric_levels
from deterrence.solvers.levels.reactions import reaction, response

x, y, a, l = sp.symbols("x y a l", real=True)  # noqa: E741
q = sp.symbols("q1 q2 q3", real=True)


def by_places(eqs):
    return {tuple(e.facts["places"].values()): e for e in eqs}


@pytest.fixture(scope="module")
def arms():
    """Arms cost domestic resources, alliances cost interests (after Morrow 1993)."""
    P = Parameters()
    s = P.positive("al be ga th W A")
    al, be, ga, th, W, A = s
    payoff = al * sp.log(a + th * l) + be * sp.log(A - l) + ga * sp.log(W - a)
    game = ContinuousGame("Arms or allies", parameters=P, levels={"S": {a: (0, W), l: (0, A)}}, payoffs={"S": payoff})
    return solve_continuous(game), s


def test_arms_versus_allies(arms):
    eqs, (al, be, ga, th, W, A) = arms
    assert concave(eqs.game, "S").proved and all(e.how_known == "exact" for e in eqs)
    found = by_places(eqs)
    lam = (W + th * A) / (al + be + ga)
    inner = found["interior", "interior"]
    assert sp.simplify(inner.strategy["a"] - (W - ga * lam)) == 0
    assert sp.simplify(inner.strategy["l"] - (A - be * lam / th)) == 0
    assert sp.simplify(found["interior", "low"].strategy["a"] - al * W / (al + ga)) == 0
    assert sp.simplify(found["low", "interior"].strategy["l"] - al * A / (al + be)) == 0
    assert eqs.covers().proved and len(eqs) == 3


def test_more_resources_mean_more_arms_and_fewer_concessions(arms):
    eqs, (*_, W, _) = arms
    inner = by_places(eqs)["interior", "interior"]
    assert inner.sign(inner.strategy["a"], W).direction == "increasing"
    assert inner.sign(inner.strategy["l"], W).direction == "decreasing"  # allies are a substitute for arms


def burden(n=2):
    P = Parameters()
    al = P.probability("al")
    w = P.positive(" ".join(f"w{k + 1}" for k in range(n)))
    payoffs = {str(k): (1 - al) * sp.log(w[k] - q[k]) + al * sp.log(sum(q[:n])) for k in range(n)}
    levels = {str(k): {q[k]: (0, w[k])} for k in range(n)}
    return ContinuousGame("Burden", parameters=P, levels=levels, payoffs=payoffs), al, w


def test_burden_sharing():
    """Olson and Zeckhauser (1966) with Cobb-Douglas utility."""
    game, al, (w1, w2) = burden()
    eqs = solve_continuous(game)
    found = by_places(eqs)
    both = found["interior", "interior"]
    total = al * (w1 + w2) / (al + 2 * (1 - al))
    assert sp.simplify(both.strategy["q1"] + both.strategy["q2"] - total) == 0
    share = (w1 - (1 - al) * w2) / (w2 - (1 - al) * w1)
    assert sp.simplify(both.strategy["q1"] / both.strategy["q2"] - share) == 0
    larger = Region(w1 >= w2, game.assumptions)
    assert (both.condition & larger).equals(larger & Region(w2 > (1 - al) * w1, game.assumptions)).proved
    assert eqs.covers().proved
    rate = both.strategy["q1"] / w1
    assert both.sign(rate, w1).direction == "increasing"  # the exploitation of the great by the small
    assert both.sign(sum(both.strategy.values()), al).direction == "increasing"


def test_redistribution_among_contributors_leaves_the_total():
    game, _, (w1, w2) = burden()
    both = by_places(solve_continuous(game))["interior", "interior"]
    total = sp.simplify(sum(both.strategy.values()))
    assert sp.simplify(sp.diff(total, w1) - sp.diff(total, w2)) == 0


def test_three_allies():
    game, al, w = burden(3)
    eqs = solve_continuous(game)
    point = {al: "1/2", w[0]: 4, w[1]: 3, w[2]: 1}
    (only,) = eqs.at(point)
    W = 7
    threshold = sp.Rational(1, 2) * W / (sp.Rational(1, 2) + 2 * sp.Rational(1, 2))
    assert [only.strategy[f"q{k + 1}"] for k in range(3)] == [max(0, v - threshold) for v in (4, 3, 1)]
    rng = random.Random(6)
    for _ in range(20):
        values = [sp.Rational(rng.randint(1, 60), rng.randint(1, 6)) for _ in range(3)]
        here = eqs.at({al: sp.Rational(rng.randint(1, 9), 10), **dict(zip(w, values, strict=True))})
        assert len(here) >= 1
        assert len({tuple(e.strategy.values()) for e in here}) == 1


def test_reaction_functions():
    game, al, (w1, _) = burden()
    pieces = by_places(reaction(game, "0"))
    assert sp.simplify(pieces["interior",].strategy["q1"] - (al * w1 - (1 - al) * q[1])) == 0
    assert pieces["low",].condition.equals(Region(al * w1 <= (1 - al) * q[1], pieces["low",].game.assumptions)).proved
    with pytest.raises(KeyError, match="'0'"):
        reaction(game, "O")


def test_only_the_highest_value_contributes_with_quasi_linear_utility():
    P = Parameters()
    v2, v1 = P.ordered("0 < v2 < v1")
    payoffs = {"1": v1 * sp.log(1 + q[0] + q[1]) - q[0], "2": v2 * sp.log(1 + q[0] + q[1]) - q[1]}
    game = ContinuousGame(
        "Pure", parameters=P, levels={"1": {q[0]: (0, None)}, "2": {q[1]: (0, None)}}, payoffs=payoffs
    )
    eqs = solve_continuous(game)
    assert all(e.strategy["q2"] == 0 for e in eqs) and eqs.covers().proved
    assert {str(e.strategy["q1"]) for e in eqs} == {"0", "v1 - 1"}


def contest(m):
    P = Parameters()
    VA, VD, th = P.positive("VA VD th")
    decisive = P.positive("m") if m is None else sp.sympify(m)
    p = ratio(x, y, theta=th, m=decisive)
    game = ContinuousGame(
        "Contest", parameters=P, levels={"A": {x: (0, None)}, "D": {y: (0, None)}},
        payoffs={"A": VA * p - x, "D": VD * (1 - p) - y},
    )  # fmt: skip
    return game, (VA, VD, th, decisive)


def test_contest_with_linear_cost():
    game, (VA, VD, th, _) = contest(1)
    (only,) = solve_continuous(game)
    P = th / (th + VD / VA)
    assert sp.simplify(only.strategy["x"] - VA * P * (1 - P)) == 0 and only.how_known == "exact"
    answers = response(game, "th")
    assert answers[x].word == "changing"  # effort peaks where the odds are even
    assert response(game, "VA")[x].word == "increasing"


def test_contest_with_any_decisiveness_holds_for_small_m_and_fails_for_large():
    game, (VA, VD, th, m) = contest(None)
    eqs = solve_continuous(game)
    (only,) = eqs
    assert only.how_known == "numeric" and "at(point)" in only.evidence and not eqs.complete
    rng = random.Random(1)
    for _ in range(6):
        point = {VA: rng.randint(1, 9), VD: rng.randint(1, 9), th: 1, m: sp.Rational(rng.randint(1, 4), 4)}
        (here,) = eqs.at(point)
        A, D, mm = point[VA], point[VD], point[m]
        P = 1 / (1 + (sp.Integer(D) / A) ** mm)
        assert abs(float(here.strategy["x"]) - float(mm * A * P * (1 - P))) < 1e-9
        assert here.how_known == "certified" and "interval arithmetic" in here.evidence
    assert len(eqs.at({VA: 2, VD: 2, th: 1, m: 5})) == 0  # the interior point loses against giving up


def test_first_order_points_that_are_no_best_replies_are_refused():
    P = Parameters()
    k = P.positive("k")
    payoff = (x - 1) ** 2 * (x + 1) * k
    game = ContinuousGame("Dip", parameters=P, levels={"A": {x: (-2, 3)}}, payoffs={"A": payoff})
    eqs = solve_continuous(game)
    assert not concave(game, "A").proved
    (only,) = eqs  # the whole range is settled by elimination: the local maximum at -1/3 is none
    assert only.strategy["x"] == 3 and only.how_known == "exact" and eqs.complete
    check = deviation_gain(game, "A", {x: sp.Rational(-1, 3)}, {k: sp.Integer(1)})
    assert check.better is not None and check.gain > 0.1


def test_two_peaks_exchange_their_places_where_elimination_says():
    P = Parameters()
    h = P.real("h")
    payoff = x * (3 - x**2) + h * x
    game = ContinuousGame("Peaks", parameters=P, levels={"A": {x: (-3, 1)}}, payoffs={"A": payoff})
    eqs = solve_continuous(game)
    for value in (-12, -4, 0, 2, 9):
        here = eqs.at({h: value})
        assert len(here) == 1
        grid = [sp.Rational(k, 20) - 3 for k in range(81)]
        best = max(payoff.subs({h: value, x: g}) for g in grid)
        assert here[0].payoffs["A"] >= best - sp.Rational(1, 10**5)


def test_roots_that_only_look_complex_are_not_dropped():
    P = Parameters()
    h = P.real("h")
    payoff = -(x**4) + 2 * x**2 + h * x
    game = ContinuousGame("Quartic", parameters=P, levels={"A": {x: (-5, 5)}}, payoffs={"A": payoff})
    eqs = solve_continuous(game)
    assert not eqs.undecided and any(e.implicit for e in eqs)
    (here,) = eqs.at({h: "1/2"})
    assert here.how_known == "exact" and game.slope(x).subs({h: "1/2", **{x: here.strategy["x"]}}).evalf(9) < 1e-15
    grid = [sp.Rational(k, 50) - 5 for k in range(501)]
    assert here.payoffs["A"].evalf(20) >= max(payoff.subs({h: sp.Rational(1, 2), x: g}) for g in grid)
    (found,) = numeric_levels(game, {h: "1/2"})
    assert abs(game.slope(x).subs({h: sp.Rational(1, 2), x: found.strategy["x"]})) < 1e-8


def test_without_concavity_or_elimination_the_answer_says_not_complete():
    P = Parameters()
    k = P.positive("k")
    payoffs = {"A": k * sp.log(1 + x**2) - x, "B": -(y**2)}
    game = ContinuousGame("Log", parameters=P, levels={"A": {x: (0, 50)}, "B": {y: (0, 1)}}, payoffs=payoffs)
    eqs = solve_continuous(game)
    assert any("not complete" in n and "at(point) checks" in n for n in eqs.notes)
    assert any(e.how_known == "local" for e in eqs)
    (here,) = eqs.at({k: 3})
    assert here.how_known == "certified"
    put = {s: here.strategy[s.name] for s in (x, y)}
    assert (
        sp.N(payoffs["A"].subs({k: 3, **put})) >= max(sp.N(payoffs["A"].subs({k: 3, x: g})) for g in range(51)) - 1e-6
    )


def test_unbounded_best_replies_and_knife_edges_are_said():
    P = Parameters()
    s = P.real("s")
    game = ContinuousGame("Line", parameters=P, levels={"A": {x: (0, None)}}, payoffs={"A": s * x})
    eqs = solve_continuous(game)
    assert any("rises without bound in x" in note for note in eqs.notes)
    statuses = {e.status: e for e in (*eqs, *eqs.knife_edges)}
    assert statuses["isolated"].condition.equals(Region(s <= 0, P)).proved
    assert eqs.covers().refuted and eqs.covers().counterexample[s] > 0


def test_a_continuum_is_a_family():
    P = Parameters()
    v = P.positive("v")
    payoffs = dict.fromkeys("12", v * (q[0] + q[1]) - (q[0] + q[1]) ** 2)
    game = ContinuousGame(
        "Pool", parameters=P, levels={"1": {q[0]: (0, None)}, "2": {q[1]: (0, None)}}, payoffs=payoffs
    )
    families = [e for e in solve_continuous(game) if e.status == "family"]
    assert families and families[0].free and sp.simplify(sum(families[0].strategy.values()) - v / 2) == 0


def test_roots_are_told_apart_at_points():
    P = Parameters()
    k = P.positive("k")
    game = ContinuousGame("Cubic", parameters=P, levels={"A": {x: (0, None)}}, payoffs={"A": 3 * k * x - x**3})
    eqs = solve_continuous(game)
    (here,) = eqs.at({k: 2})
    assert here.strategy["x"] == sp.sqrt(2)


def test_beyond_rational_functions():
    P = Parameters()
    v, c = P.positive("v c")
    game = ContinuousGame("Root", parameters=P, levels={"A": {x: (0, None)}}, payoffs={"A": v * sp.sqrt(x + 1) - c * x})
    eqs = solve_continuous(game)
    inner = by_places(eqs)["interior",]
    assert sp.simplify(inner.strategy["x"] - (v**2 / (4 * c**2) - 1)) == 0
    assert [e.strategy["x"] for e in eqs.at({v: 4, c: 1})] == [3]
    assert [e.strategy["x"] for e in eqs.at({v: 1, c: 1})] == [0]


def test_without_a_closed_form_the_answer_says_not_complete_and_points_are_found():
    P = Parameters()
    v = P.positive("v")
    payoffs = {"A": v * difference(x, y) - x**2, "D": 1 - difference(x, y) - sp.exp(y) / 9}
    game = ContinuousGame("Logit", parameters=P, levels={"A": {x: (0, 5)}, "D": {y: (0, 5)}}, payoffs=payoffs)
    eqs = solve_continuous(game)
    assert not eqs.complete and any("not complete" in n for n in eqs.notes)
    found = numeric_levels(game, {v: 1})
    assert len(found) == 1 and found[0].how_known == "certified" and "not complete" in found.notes[0]
    put = {v: 1, x: found[0].strategy["x"], y: found[0].strategy["y"]}
    assert abs(game.slope(x).subs(put)) < 1e-6


def test_demands_under_uncertainty():
    """Fearon (1995): B's cost is uniform on [lo, hi]; A demands min(1, max(p + lo, p + (hi - cA)/2))."""
    P = Parameters()
    lo, hi = P.ordered("0 < lo < hi")
    p, cA = P.probability("p"), P.positive("cA")
    accepts = (hi - (x - p)) / (hi - lo)
    payoff = accepts * x + (1 - accepts) * (p - cA)
    game = ContinuousGame("Demand", parameters=P, levels={"A": {x: (p + lo, p + hi)}}, payoffs={"A": payoff})
    eqs = solve_continuous(game)
    found = by_places(eqs)
    inner = found["interior",]
    assert sp.simplify(inner.strategy["x"] - (p + (hi - cA) / 2)) == 0
    assert found["low",].condition.equals(Region((hi - cA) / 2 <= lo, P)).proved
    assert "high" not in {k[0] for k in found} and eqs.covers().proved
    war = 1 - accepts.subs(x, inner.strategy["x"])
    assert inner.sign(sp.cancel(war), cA).direction == "decreasing"


def join_gain(P):
    A, D1, D2, V, c, th = P.positive("A D1 D2 V c th")
    k = P.probability("kappa")
    p1 = ratio(A, D1, theta=th)
    p12 = ratio(conquered(A, D1, kappa=k), D2, theta=th)
    pJ = ratio(A, D1 + D2, theta=th)
    return V * (p1 * p12 - pJ) - c * (1 - p1), (A, D1, D2, V, c, th, k)


def test_christensen_and_snyder_in_one_formula():
    """Defence advantage: pass the buck; offence advantage: join iff V kappa D2 >= c (A + kappa D1)."""
    P = Parameters()
    gain, (A, D1, D2, V, c, th, k) = join_gain(P)
    assert sp.limit(gain, th, 0) == -c
    leading = sp.limit(gain * th, th, sp.oo)
    scaled = sp.simplify(leading * (A + k * D1) * A)
    sign = sp.expand(V * k * D2 - c * (A + k * D1))
    assert sp.simplify(scaled - D1 * sign) == 0
    always = Region(gain > 0, P).covers()
    assert always.refuted and gain.subs(always.counterexample) <= 0


def test_contest_functions_name_what_is_wrong():
    with pytest.raises(ParameterError, match="more than 0"):
        ratio(x, y, m=-1)
    with pytest.raises(GameError, match="contest success function, theta"):
        ratio(x, y, theta="big")
    assert sp.simplify(difference(x, y, theta=2, m=3) - 2 * sp.exp(3 * x) / (2 * sp.exp(3 * x) + sp.exp(3 * y))) == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"payoffs": {}}, "one for each of A"),
        ({"payoffs": {"A": sp.Symbol("u") * x}}, "the symbol u"),
        ({"payoffs": {"A": sp.Max(x, 1)}}, "differentiated everywhere"),
        ({"levels": {"A": {x: (1, 0)}}}, "low < high"),
        ({"levels": {"A": {x: 3}}}, "(low, high)"),
        ({"levels": {"A": {}}}, "a mapping from level"),
        ({"levels": {}}, "a mapping from player"),
    ],
)
def test_bad_input(change, words):
    with pytest.raises(GameError) as error:
        ContinuousGame("Bad", **{"levels": {"A": {x: (0, 1)}}, "payoffs": {"A": x}, **change})
    assert words in str(error.value)


def test_other_concepts_are_refused():
    game, *_ = burden()
    with pytest.raises(ConceptError, match="nash"):
        solve_continuous(game, "core")
