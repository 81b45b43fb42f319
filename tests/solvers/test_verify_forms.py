"""Profiles of games without a tree, checked by hand."""

import random
from fractions import Fraction
from math import comb

import pytest
import sympy as sp

import deterrence as dt
from deterrence.errors import ConceptError, GameError, UnknownName
from deterrence.solvers.symmetric.deviations import between_zero_and_one

X, Y = sp.symbols("x y", real=True)


def volunteer(n):
    P = dt.Parameters()
    c, b = P.ordered("0 < c < b")
    pay = lambda own, others: b - c if own == "on" else b * min(1, others["on"])  # noqa: E731
    return dt.SymmetricGame("V", parameters=P, players=n, actions=["on", "off"], payoff=pay), c, b


def duopoly(top=None):
    P = dt.Parameters()
    a = P.positive("a")
    payoffs = {"A": X * (a - X - Y), "B": Y * (a - X - Y)}
    game = dt.ContinuousGame("D", parameters=P, levels={"A": {X: (0, top)}, "B": {Y: (0, top)}}, payoffs=payoffs)
    return game, a


def test_counts_of_players():
    game, c, b = volunteer(4)
    assert dt.verify(game, {"on": 1, "off": 3}).verdict.proved
    two = dt.verify(game, {"on": 2, "off": 2}, at={c: 1, b: 3})
    assert two.verdict.refuted and [d.gain for d in two.deviations] == [1]
    assert dt.verify(game, {"off": 4}, at={c: 1, b: 3}).deviations[0].gain == 2


@pytest.mark.parametrize("p", [Fraction(1, 3), Fraction(1, 2)])
@pytest.mark.parametrize("c", [Fraction(1, 4), Fraction(1, 9)])
def test_mixtures_against_a_binomial(p, c):
    game, cost, benefit = volunteer(3)
    found = dt.verify(game, {"on": p, "off": 1 - p}, at={cost: c, benefit: 1})
    some = 1 - sum(comb(2, k) * p**k * (1 - p) ** (2 - k) for k in range(1))
    gains = {"on": (1 - p) * (1 - c - some), "off": p * (some - 1 + c)}
    assert {d.action: Fraction(str(d.gain)) for d in found.deviations} == {a: g for a, g in gains.items() if g > 0}
    assert found.verdict.proved == (c == (1 - p) ** 2)


def test_a_symbolic_mixture_has_a_region():
    game, c, b = volunteer(2)
    assert dt.verify(game, {"on": 1 - c / b, "off": c / b}).verdict.proved
    assert (
        dt.verify(game, {"on": "1/2", "off": "1/2"}).region.equals(dt.Region(sp.Eq(c, b / 2), game.assumptions)).proved
    )


def test_levels_of_concave_payoffs_are_settled_exactly():
    game, a = duopoly()
    assert dt.verify(game, {X: a / 3, Y: a / 3}).verdict.proved
    wrong = dt.verify(game, {X: a / 2, Y: a / 4}, at={a: 4})
    assert wrong.verdict.refuted
    for d in wrong.deviations:
        assert d.gain > 0
    assert {d.information_set for d in wrong.deviations} == {("A",)}  # a/4 is the best reply to a/2
    capped, a = duopoly(top=1)
    assert dt.verify(capped, {"x": 1, "y": 1}).region.equals(dt.Region(a >= 3, capped.assumptions)).proved
    assert dt.verify(capped, {"x": 2, "y": 1}, at={a: 9}).verdict.refuted


def test_levels_of_other_payoffs_are_refuted_or_left_open():
    P = dt.Parameters()
    e = P.real("e")
    game = dt.ContinuousGame("W", parameters=P, levels={"A": {X: (-1, 1)}}, payoffs={"A": X**2 + e * X})
    assert dt.verify(game, {X: -1}).verdict.refuted  # at e = 4, say, the slope at -1 points upwards
    found = dt.verify(game, {X: -1}, at={e: "1/2"})
    assert found.verdict.refuted and found.deviations[0].gain > 0
    assert dt.verify(game, {X: 1}, at={e: "1/2"}).verdict.proved
    P.assume(e < 1)
    game = dt.ContinuousGame("W", parameters=P, levels={"A": {X: (-1, 1)}}, payoffs={"A": X**2 + e * X})
    assert dt.verify(game, {X: -1}).verdict.refuted  # locally best for e < 2, best for e <= 0 only
    own, other = sp.symbols("l m", real=True)
    two = dt.ContinuousGame(
        "Two", parameters=P, levels={"A": {own: (-1, 1), other: (-1, 1)}}, payoffs={"A": own**2 + e * own - other**2}
    )
    found = dt.verify(two, {own: -1, other: 0})
    assert found.verdict.undecided and "only necessary" in found.verdict.reason


@pytest.mark.parametrize("level", [0, 1, 2])
def test_the_region_of_a_convex_payoff_compares_the_whole_range(level):
    P = dt.Parameters()
    t = P.positive("t")
    game = dt.ContinuousGame("V", parameters=P, levels={"A": {X: (0, 2)}}, payoffs={"A": X**2 - t * X})
    region = dt.verify(game, {X: level}).region
    for k in range(1, 25):
        here = Fraction(k, 4)
        worth = [Fraction(i, 8) ** 2 - here * Fraction(i, 8) for i in range(17)]
        best = worth[8 * level] == max(worth)
        assert region.contains({t: here}) is best
        assert dt.verify(game, {X: level}, at={t: here}).verdict.proved is best


def test_tables_take_players_and_other_forms_say_no():
    table = dt.StrategicGame("T", actions={"A": ["u", "d"], "B": ["l"]}, payoffs=lambda a, b: (int(a == "u"), 0))
    assert dt.verify(table, {"A": "u", "B": "l"}).verdict.proved
    assert dt.verify(table, {"A": "d", "B": "l"}).verdict.refuted
    with pytest.raises(ConceptError, match="got CoalitionGame"):
        dt.verify(dt.CoalitionGame("C", resources={"A": 1, "B": 1}), {})
    game, *_ = volunteer(3)
    with pytest.raises(UnknownName, match="Did you mean 'off'"):
        dt.verify(game, {"of": 3})
    with pytest.raises(GameError, match="sum to 1"):
        dt.verify(game, {"on": 2, "off": 2})
    with pytest.raises(GameError, match="every level: y too"):
        dt.verify(duopoly()[0], {X: 1})


def test_records_are_checked_where_they_say_that_they_exist():
    game, c, b = volunteer(3)
    roles = dt.SymmetricGame(
        "R", parameters=game.assumptions, roles={"great": 2, "small": 1}, actions=["on", "off"],
        payoff=lambda role, own, others: b - c if own == "on" else b * min(1, sum(o["on"] for o in others.values())),
    )  # fmt: skip
    levels, _ = duopoly(top=1)
    for played in (game, roles, levels):
        for record in dt.solve(played):
            assert dt.verify(played, record).verdict.proved, record
            assert dt.verify(played, record.strategy).region.equals(record.closure).proved
    assert dt.verify(game, dt.solve(game)[0], at={c: 1, b: 2}).verdict.proved
    wrong = dt.verify(game, {"2 players mixing": {"on": "1/2", "off": "1/2"}, "1 player (off)": {"off": 1}})
    assert wrong.region.equals(dt.Region(sp.Eq(2 * c, b), game.assumptions)).proved
    with pytest.raises(GameError, match="an equilibrium of this game"):
        dt.verify(levels, dt.solve(game)[0])
    with pytest.raises(GameError, match="every player in a group"):
        dt.verify(game, {"2 players (off)": {"off": 1}})


def test_levels_at_which_a_payoff_is_undefined_are_refused():
    game = dt.ContinuousGame("Pole", levels={"A": {X: (0, 2)}}, payoffs={"A": 1 / (X - 1)})
    with pytest.raises(GameError, match="the payoff of A is defined"):
        dt.verify(game, {X: 1})


def test_a_family_of_levels_is_checked_over_all_that_it_leaves_open():
    P = dt.Parameters()
    v = P.positive("v")
    share = v * (X + Y) - (X + Y) ** 2
    game = dt.ContinuousGame(
        "F", parameters=P, levels={"A": {X: (0, None)}, "B": {Y: (0, None)}}, payoffs={"A": share, "B": share}
    )
    families = [e for e in dt.solve(game) if e.free]
    assert families
    for record in families:
        assert dt.verify(game, record).verdict.proved
        assert dt.verify(game, record, at={v: 2}).verdict.proved


def test_levels_with_roots_are_settled_at_points_where_they_are_rational():
    P = dt.Parameters()
    v = P.positive("v")
    game = dt.ContinuousGame("Q", parameters=P, levels={"A": {X: (0, None)}}, payoffs={"A": v * X - X**3 - X**2})
    root = (sp.sqrt(3 * v + 1) - 1) / 3
    assert dt.verify(game, {X: root}).verdict.undecided
    assert dt.verify(game, {X: root}, at={v: 1}).verdict.proved
    assert dt.verify(game, {X: root / 2}, at={v: 1}).verdict.refuted


def test_a_region_that_is_only_necessary_is_called_so_in_a_refutation_too():
    P = dt.Parameters()
    t = P.real("t")
    game = dt.ContinuousGame("Q", parameters=P, levels={"A": {X: (0, 2)}}, payoffs={"A": 3 * X**4 + 2 * X**2 + t * X})
    found = dt.verify(game, {X: 0})
    exact = not found.region.contains({t: -1})  # 30 > 0: the level 2 is better
    assert found.verdict.refuted and (exact or "only necessary" in found.verdict.reason)
    assert dt.verify(game, {X: 0}, at={t: -1}).verdict.refuted
    assert dt.verify(game, {X: 2}, at={t: -1}).verdict.proved


@pytest.mark.parametrize("n", [2, 3, 4])
def test_a_mixture_must_be_one(n):
    """Volunteers are indifferent at 1 - (c/b)**(1/(n - 1)) also where that is no probability."""
    P = dt.Parameters()
    c, b = P.positive("c b")
    game = dt.SymmetricGame(
        "Volunteer", parameters=P, players=n, actions=["act", "pass"],
        payoff=lambda own, others: b - c if own == "act" else b * min(1, others["act"]),
    )  # fmt: skip
    idle = (c / b) ** sp.Rational(1, n - 1)
    found = dt.verify(game, {"act": 1 - idle, "pass": idle})
    assert found.region.equals(dt.Region(c <= b, P)).proved and found.verdict.refuted
    there = dt.verify(game, {"act": 1 - idle, "pass": idle}, at={c: 2, b: 1})
    assert there.verdict.refuted and "the probability of" in there.verdict.reason
    assert dt.verify(game, {"act": 1 - idle, "pass": idle}, at={c: 1, b: 2}).verdict.proved


def test_bounds_of_a_share_with_a_root_hold_exactly_where_it_is_one():
    draw = random.Random(4)
    for _ in range(300):
        rest, slope = sp.Rational(draw.randint(-9, 9), 4), sp.Rational(draw.choice([-7, -3, -1, 1, 2, 5]), 4)
        base, degree = sp.Rational(draw.randint(-3, 20), 5), draw.choice([2, 3, 4])
        t = sp.Symbol("t", real=True)
        bounds = between_zero_and_one(rest + slope * t ** sp.Rational(1, degree))
        held = True if bounds is None else bool(sp.sympify(bounds).subs(t, base))
        if base >= 0:
            share = rest + slope * base ** sp.Rational(1, degree)
            assert held == (0 <= share <= 1)
        else:
            assert not held
