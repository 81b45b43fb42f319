"""Families of equilibria in levels: their `system` holds exactly where the levels are best replies."""

import itertools
import random
from fractions import Fraction

import pytest
import sympy as sp

import deterrence as dt
from deterrence import claims as claims_of
from deterrence.games.continuous import ContinuousGame
from deterrence.parameters import Parameters
from deterrence.regions import Region
from deterrence.solvers.levels.continuous import solve_continuous

x, y = sp.symbols("x y", real=True)


def game_of(payoffs, parameters, high=1):
    levels = {"A": {x: (0, high)}, "B": {y: (0, high)}}
    return ContinuousGame("Families", parameters=parameters, levels=levels, payoffs=payoffs)


def families(game):
    answer = solve_continuous(game)
    return [e for e in (*answer.generic, *answer.knife_edges) if e.free]


def by_strategy(game):
    return {tuple(map(str, e.strategy.values())): e for e in families(game)}


# -- the definition, in fractions ---------------------------------------------------------------------


def gain(payoff, own, here):
    """What the best level in [0, 1] is worth beyond `here`, for a payoff quadratic in one level."""
    quadratic = sp.Poly(payoff, own)
    c, b, a = (Fraction(str(quadratic.coeff_monomial(own**k))) for k in range(3))
    places = [Fraction(0), Fraction(1)] + ([-b / (2 * a)] if a and 0 <= -b / (2 * a) <= 1 else [])
    worth = lambda z: a * z * z + b * z + c  # noqa: E731
    return max(map(worth, places)) - worth(here)


def is_equilibrium(game, point, values):
    if not all(0 <= v <= 1 for v in values.values()):
        return False
    put = {**point, **{s: sp.Rational(v) for s, v in values.items()}}
    for player, own in (("A", x), ("B", y)):
        others = {s: v for s, v in put.items() if s != own}
        if gain(game.payoffs[player].subs(others), own, values[own]) > 0:
            return False
    return True


def places_hold(record, values):
    place = {"low": lambda v: v == 0, "high": lambda v: v == 1, "interior": lambda v: 0 < v < 1}
    return all(place[record.facts["places"][s.name]](v) for s, v in values.items())


def holds_by_definition(record, point, free):
    """Whether the record's levels, with the free ones filled in, lie where it says and are best replies."""
    there = {s: sp.sympify(record.strategy[s.name]).subs({**point, **free}) for s in (x, y)}
    values = {s: Fraction(int(v.p), int(v.q)) for s, v in there.items()}
    return places_hold(record, values) and is_equilibrium(record.game, point, values)


def drawn(rng, a, b):
    """Payoffs of which some level is left open: by indifference, by a common aim, or on a knife-edge."""
    k, m = rng.choice([-2, -1, 1, 2]), rng.choice([-1, 1, 2])
    reply = rng.choice([y * (k * x - m * b), -((y - k * x + m * b) ** 2), k * y * (x - b), y**2 - m * y * x])
    aim = -((x + k * y - m * a) ** 2)
    return rng.choice(
        [
            {"A": k * b * y, "B": reply},
            {"A": aim, "B": aim},
            {"A": aim, "B": aim * m**2 * 3},
            {"A": k * x * (y - a), "B": m * y * (x - b)},
            {"A": x**2 - a * x * y, "B": k * x},
        ]
    )


@pytest.mark.parametrize("seed", range(6))
def test_the_system_of_a_family_holds_exactly_where_its_levels_are_best_replies(seed):
    rng = random.Random(seed)
    P = Parameters()
    a, b = P.positive("a b")
    checked = 0
    for _ in range(4):
        game = game_of(drawn(rng, a, b), P)
        for e in families(game):
            assert e.how_known == "exact", e
            numbers = [sp.Rational(k, 4) for k in range(1, 7)]
            inner = [sp.Rational(k, 8) for k in range(9)]
            points = list(itertools.product(numbers, numbers, *(inner for _ in e.free)))
            for va, vb, *levels in rng.sample(points, 60):
                point, free = {a: va, b: vb}, dict(zip(e.free, levels, strict=True))
                holds = holds_by_definition(e, point, free)
                assert e.system.contains({**point, **free}) == holds, (e, point, free)
                assert not holds or e.condition.contains(point)
                checked += holds
    assert checked > 0


# -- three games --------------------------------------------------------------------------------------


def test_levels_that_share_a_total_lie_within_it():
    P = Parameters()
    t = P.positive("t")
    aim = -((x + y - t) ** 2)
    (family,) = families(game_of({"A": aim, "B": aim}, P, None))
    (free,) = family.free
    scope = family.system.assumptions
    assert family.system.equals(Region(sp.And(free > 0, free < t), scope)).proved
    assert family.condition.equals(Region.everything(P)).proved


def test_a_claim_that_rests_on_the_range_of_a_family_is_proved():
    P = Parameters()
    t = P.positive("t", sample=1)
    aim = -((x + y - t) ** 2)
    game = game_of({"A": aim, "B": aim}, P, None)
    claims = [claims_of.in_equilibrium("Shared", r) for r in (y <= t, sp.Eq(x + y, t), y <= t / 2)]
    model = dt.Model(
        title="Shared", game=game, names={"Shared": {x: "interior", y: "interior"}},
        claims=[claims_of.derived("-", claim) for claim in claims],
    )  # fmt: skip
    assert [row.verdict.status for row in model.check()] == ["proved", "proved", "refuted"]


def test_a_family_asks_for_the_incentives_of_the_other_player():
    P = Parameters()
    b = P.probability("b")
    found = by_strategy(game_of({"A": -b * y, "B": y * (x - b)}, P))
    high, low = found["x", "1"].system, found["x", "0"].system
    assert high.equals(Region(sp.And(x >= b, x < 1), high.assumptions)).proved
    assert low.equals(Region(sp.And(x <= b, x > 0), low.assumptions)).proved


def test_a_family_on_a_knife_edge_asks_for_the_incentives_of_the_other_player():
    P = Parameters()
    a, b = P.positive("a b")
    found = by_strategy(game_of({"A": x * y - a * x, "B": x * y - b * y}, P))
    system = found["x", "1"].system
    assert system.equals(Region(sp.And(sp.Eq(a, 1), x >= b, x > 0, x < 1), system.assumptions)).proved


# -- in print -----------------------------------------------------------------------------------------


def test_a_family_is_printed_with_the_values_that_its_free_level_can_take():
    P = Parameters()
    b = P.probability("b")
    answer = solve_continuous(game_of({"A": -b * y, "B": y * (x - b)}, P))
    assert "x: x; y: 1 (family)\n  x free, where b <= x < 1\n  where always" in str(answer)
    assert "x free, where 1/3 <= x < 1" in str(answer.at({b: "1/3"}))
    for shown in (answer.latex(), answer._repr_html_()):
        assert r"b \leq x" in shown
    family = next(e for e in answer if e.strategy["y"] == 1)
    assert r"b \leq x" in family.latex() and r"b \leq x" in family._repr_html_()
    assert answer.to_json()["equilibria"][2]["free_range"]["text"] == "b <= x < 1"
    assert family.free_range.equals(family.system).proved


def test_levels_are_fractions_in_lowest_terms():
    P = Parameters()
    a, b = P.positive("a b")
    s, u = P.real("s"), sp.Symbol("u", real=True)
    game = ContinuousGame(
        "Two of one", parameters=P, levels={"A": {x: (0, 1), u: (0, 1)}, "B": {y: (0, 1)}},
        payoffs={"A": x * u * y - a * x**2 / 2 - b * u**2 / 2 + s * x / 4, "B": y * (x - sp.Rational(1, 3))},
    )  # fmt: skip
    inside = next(e for e in solve_continuous(game) if set(e.facts["places"].values()) == {"interior"})
    assert inside.strategy["x"] == sp.Rational(1, 3)
    assert str(sp.fraction(inside.strategy["u"])[1]) == "6*b"


def test_the_condition_of_a_profile_at_its_bounds_is_one_relation():
    P = Parameters()
    b = P.positive("b")
    game = game_of({"A": x * y - x / 8, "B": x * y - b * y}, P)
    for at in (None, {"b": "1/5"}):
        assert str(dt.verify(game, {x: 1, y: 1}, at=at).region) == "b <= 1"
    assert str(dt.verify(game, {x: 0, y: 0}).region) == "always"


def test_a_continuum_whose_conditions_have_no_closed_form_is_undecided():
    P = Parameters()
    a = P.positive("a")
    answer = solve_continuous(game_of({"A": y, "B": y * (x - sp.exp(-a))}, P))
    assert not any(e.free for e in answer) and not answer.complete
    assert any("continuum" in str(u) for u in answer.undecided)
    assert {tuple(e.strategy.values()) for e in answer.at({a: 1})} == {(0, 0), (1, 1)}
