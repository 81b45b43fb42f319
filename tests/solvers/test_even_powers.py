"""An even power of a parameter that may be zero is not positive: what exists only where it vanishes is found."""

import pytest
import sympy as sp

import deterrence as dt
from tests.solvers.compare import records, supports


def games():
    x, y, w = sp.symbols("x y w", real=True)
    return [y**2, -(y**2), y**4, x**2 + y**2, x**2 * y**2, w**2, w * y**2]


def table(payoff, parameters):
    return dt.StrategicGame("T", parameters=parameters, actions={"A": ["u", "d"]}, payoffs=[[0, payoff]])


def sender(payoff, parameters):
    worse = dt.by_type("S", a=payoff, b=2 * payoff)
    reply = dt.move("R", "reply", u=dt.outcome("u", S=1, R=0), v=dt.outcome("v", S=-1, R=worse))
    tree = dt.move("S", "send", out=dt.outcome("out", S=0, R=0), on=reply)
    return dt.ExtensiveGame("S", parameters=parameters, players={"S": dt.types(a="1/2", b="1/2"), "R": None}, tree=tree)


@pytest.mark.parametrize("make", [table, sender])
@pytest.mark.parametrize("payoff", games(), ids=str)
def test_what_exists_where_it_vanishes_is_found(make, payoff):
    P = dt.Parameters()
    P.real("x y w")
    P.assume(sp.Symbol("w", real=True) >= 0)
    symbolic = dt.solve(make(payoff, P))
    assert symbolic.complete
    for value in (0, 1, sp.Rational(-1, 2)):
        point = {"x": value, "y": value, "w": abs(value)}
        number = payoff.subs({s: point[s.name] for s in payoff.free_symbols})
        numeric = dt.solve(make(number, dt.Parameters()))
        here = [e for e in records(symbolic) if e.condition.contains(point)]
        assert {supports(e.strategy) for e in here} == {supports(e.strategy) for e in records(numeric)}, value
