"""Comparative statics: signs of derivatives on whole regions, and jumps where equilibria change."""

from dataclasses import dataclass

import pytest
import sympy as sp

import deterrence as dt
from deterrence.errors import ParameterError, PointError, UnknownName
from deterrence.parameters import Parameters
from deterrence.regions.lines import intervals
from deterrence.regions.region import Region
from deterrence.statics import across, derivative, sign


@dataclass(frozen=True)
class StandIn:
    title: str
    condition: Region
    outcomes: dict


def two_probabilities():
    P = Parameters()
    return P, *P.probability("p q")


@pytest.mark.parametrize(
    ("expression", "direction"),
    [
        (lambda p, q: p * (1 - q), "decreasing"),
        (lambda p, q: q / (1 - p), "increasing"),
        (lambda p, q: p + 1, "constant"),
        (lambda p, q: q * (1 - q), "not monotone"),
        (lambda p, q: (q - p) ** 3, "weakly increasing"),
        (lambda p, q: -((q - p) ** 3), "weakly decreasing"),
        (lambda p, q: 2 * q, "increasing"),
        (lambda p, q: -q / 3, "decreasing"),
    ],
)
def test_direction_on_the_whole_square(expression, direction):
    P, p, q = two_probabilities()
    trend = sign(expression(p, q), q, Region(True, P))
    assert trend.direction == direction
    assert trend.verdict.proved
    with pytest.raises(TypeError, match="not a truth value"):
        bool(trend)


def test_the_region_matters():
    P, p, q = two_probabilities()
    half = sp.Rational(1, 2)
    assert sign(q * (1 - q), q, Region(q < half, P)).direction == "increasing"
    assert sign(q * (1 - q), q, Region(q <= half, P)).direction == "weakly increasing"
    assert sign(q * (1 - q), "q", Region(q > half, P)).direction == "decreasing"
    assert sign(q * (1 - q), q, Region(sp.And(q > p, q < p), P)).direction == "vacuous"
    assert sign(3 * q, q, Region(sp.And(q > p, q < p), P)).direction == "vacuous"
    assert sign(q * (1 - q), q, Region(sp.Eq(q, half), P)).direction == "constant"


def test_both_points_of_not_monotone_are_right():
    P, p, q = two_probabilities()
    trend = sign(q * (p - q), q, Region(True, P))
    up, down = trend.points
    assert trend.derivative.subs(up) > 0 and trend.derivative.subs(down) < 0
    assert "rises at" in str(trend)


def test_dependent_probabilities_move_along():
    P = Parameters()
    a, _b, c = P.distribution("a b c")
    known = P.snapshot()
    assert derivative(c, a, known) == -1
    assert sign(c, a, Region(True, P)).direction == "decreasing"


def test_a_parameter_that_others_settle_cannot_vary_alone():
    P = Parameters()
    a, _b, c = P.distribution("a b c")
    k = P.define("k", 1 - a)
    for settled in (c, k, "k"):
        with pytest.raises(ParameterError, match=r"wanted an independent parameter, got .*use one of a, b"):
            sign(a * c, settled, Region(True, P))
        with pytest.raises(ParameterError, match="independent parameter"):
            derivative(a * c, settled, P.snapshot())


def test_what_is_no_parameter_is_not_taken_for_a_constant():
    P, p, q = two_probabilities()
    level = sp.Symbol("level", real=True)  # defined by an equation somewhere else: it may move with q
    with pytest.raises(ParameterError, match="the symbol level"):
        sign(level * p, q, Region(True, P))


def test_equilibria_differentiate_through_definitions():
    P = dt.Parameters()
    low, mid, high = P.ordered("low < mid < high")
    p = P.probability("p")
    rest = P.define("rest", 1 - p)
    answer = dt.move(
        "Defender", "answer", yield_=dt.outcome("Win", Challenger=high, Defender=0),
        fight=dt.outcome("War", Challenger=low, Defender=dt.by_type(Hard=1, Soft=-1)),
    )  # fmt: skip
    tree = dt.move("Challenger", "go", no=dt.outcome("Peace", Challenger=mid, Defender=0), yes=answer)
    players = {"Challenger": None, "Defender": dt.types(Hard=p, Soft=rest)}
    eqs = dt.solve(dt.ExtensiveGame("Threat", parameters=P, players=players, tree=tree))
    (war,) = (e for e in eqs if e.outcomes["War"] != 0)
    assert war.derivative("Win", "p") == -1 and war.sign("Win", wrt=p).direction == "decreasing"
    for ask in (war.derivative, war.sign):
        with pytest.raises(ParameterError, match="rest = 1 - p"):
            ask("Win", "rest")
        with pytest.raises(UnknownName, match="Did you mean 'Win'"):
            ask("Wins", "p")
    line = eqs.across("Win", p, at={low: 0, mid: 1, high: 2})
    assert [str(s.interval) for s in line.segments] == ["(0, 1/2]", "[1/2, 1)"]


def test_intervals_of_a_line():
    P = Parameters()
    x, y = P.real("x y")
    region = Region(sp.Or(x**2 < 2, sp.Eq(x, 3), x >= 5), P)
    assert list(map(str, intervals(region, x))) == ["(-sqrt(2), sqrt(2))", "[3, 3]", "[5, oo)"]
    assert list(map(str, intervals(Region(sp.Ne(x, y), P), x, {y: "1/2"}))) == ["(-oo, 1/2)", "(1/2, oo)"]
    assert intervals(Region(x**2 < 0, P), x) == ()
    assert list(map(str, intervals(Region(True, P), x))) == ["(-oo, oo)"]
    assert list(map(str, intervals(Region(x**2 >= 2, P), x))) == ["(-oo, -sqrt(2)]", "[sqrt(2), oo)"]
    with pytest.raises(PointError, match="a value for y"):
        intervals(Region(x > y, P), x)


def test_war_jumps_where_one_equilibrium_gives_way_to_another():
    P, p, q = two_probabilities()
    third = sp.Rational(1, 3)
    bluff = StandIn("Bluff", Region(q <= third, P), {"War": p * (1 - q)})
    deter = StandIn("Deterrence", Region(q > third, P), {"War": sp.S.Zero})
    line = across([deter, bluff], "War", q, at={p: "1/2"})
    assert [s.equilibrium for s in line.segments] == ["Bluff", "Deterrence"]
    assert [str(s.interval) for s in line.segments] == ["(0, 1/3]", "(1/3, 1)"]
    (jump,) = line.jumps
    assert (jump.place, jump.before, jump.after, jump.size) == (third, third, 0, -third)
    assert "Bluff 1/3 -> Deterrence 0" in str(line)
    with pytest.raises(UnknownName, match="War"):
        across([bluff], "war", q, at={p: "1/2"})


def test_nothing_is_said_past_a_pole():
    P, p, q = two_probabilities()
    x = P.real("x")
    everywhere = Region(True, P)
    for expression, wrt in ((1 / x, x), (p / (p - q), p), (x / (p - q), x), (1 / (p - q), x)):
        trend = sign(expression, wrt, everywhere)
        assert trend.direction == "undecided" and "is not defined at" in trend.verdict.reason
    assert sign(1 / x, x, Region(x > 0, P)).direction == "decreasing"
    assert sign(p / (p - q), p, Region(p > q, P)).direction == "decreasing"
    assert sign(1 / (p - q), x, Region(p > q, P)).direction == "constant"
