"""Relations with roots, logarithms and powers: proved by exact argument, refuted at a point, or left open."""

import math

import pytest
import sympy as sp

import deterrence as dt
from deterrence import claims as c
from deterrence.kernels import always, never
from deterrence.parameters import Parameters
from deterrence.regions import Region

P = Parameters()
C, B = P.ordered("0 < c < b")
N = P.real("n")
P.assume(N >= 2)
R = P.real("r")
ALL = Region.everything(P)
SHARE = (C / B) ** (1 / (N - 1))

FALSE_EVERYWHERE = [
    sp.sqrt(C / B) >= 1,
    sp.Ne(sp.sqrt(C * B) / B, sp.sqrt(C / B)),
    sp.Ne(sp.log(C / B), sp.log(C) - sp.log(B)),
    sp.log(C) >= sp.log(B),
    sp.log(1 + B) < 0,
    sp.exp(-B) >= 1,
    sp.Ne(sp.exp(B - C) * sp.exp(C), sp.exp(B)),
    sp.Or(SHARE <= 0, SHARE >= 1),
    sp.Ne(SHARE**N, (C / B) ** (N / (N - 1))),
    sp.diff((C / B) ** (N / (N - 1)), N) <= 0,
    sp.sqrt(2) * C >= sp.sqrt(3) * B,
    sp.log(2) * C >= sp.log(3) * B,
]
TRUE_SOMEWHERE = [
    sp.sqrt(C * B) > C,
    sp.log(B) > 1,
    sp.log(B) < -1,
    sp.Ne(SHARE**N, (C / B) ** (N / (N - 1)) * (C / B)),
    sp.exp(R) < sp.Rational(1, 2),
]
NOT_DECIDED = [sp.sin(B) > 2, sp.sqrt(R) < 0, sp.Ne(sp.sqrt(R**2), R)]


@pytest.mark.parametrize("relation", FALSE_EVERYWHERE, ids=str)
def test_what_never_holds_is_proved(relation):
    assert never(relation, ALL).proved


@pytest.mark.parametrize("relation", TRUE_SOMEWHERE, ids=str)
def test_what_holds_somewhere_is_refuted_where_floats_agree(relation):
    verdict = never(relation, ALL)
    assert verdict.refuted
    point = {s: float(v) for s, v in verdict.counterexample.items()}
    assert 0 < point[C] < point[B] and point[N] >= 2
    assert bool(relation.subs(point))


@pytest.mark.parametrize("relation", NOT_DECIDED, ids=str)
def test_what_has_no_exact_argument_is_never_proved(relation):
    assert not never(relation, ALL).proved


def test_a_relation_must_be_defined_to_hold_always():
    assert always(sp.Ge(sp.sqrt(B) / (B - C), 0), ALL).proved
    assert not always(sp.Ge(sp.sqrt(B) / (R - 1) ** 2, 0), ALL).proved


def test_the_volunteers_dilemma_for_any_number():
    """Diekmann (1985): nobody volunteers with probability (c/b)**(n/(n-1)), which rises with n."""
    Q = dt.Parameters()
    cost, benefit = Q.ordered("0 < c < b")
    n = sp.Symbol("n", real=True)
    game = dt.SymmetricGame(
        "Volunteer",
        parameters=Q,
        players=n,
        actions=["volunteer", "wait"],
        payoff=lambda own, others: (
            benefit - cost if own == "volunteer" else sp.Piecewise((0, sp.Eq(others["volunteer"], 0)), (benefit, True))
        ),
    )
    nobody = (cost / benefit) ** (n / (n - 1))
    claims = (
        c.outcome_probability("All mix", "nobody: volunteer", nobody),
        c.sign_of("nobody: volunteer", cost, "increasing", "All mix"),
        c.quantity("All mix", c.plays("n players mixing", "volunteer"), 1 - (cost / benefit) ** (1 / (n - 1))),
        c.in_equilibrium("All mix", sp.Gt(n, 2), {}),
        c.outcome_probability("All mix", "nobody: volunteer", (cost / benefit) ** n),
    )
    model = dt.Model(
        title="V", game=game, names={"All mix": {"mixing": "all"}}, claims=[c.derived("-", x) for x in claims]
    )
    found = [r.verdict for r in model.check()]
    assert [v.status for v in found] == ["proved", "proved", "proved", "refuted", "refuted"]
    point = {s: float(v) for s, v in found[4].counterexample.items()}
    share = point[cost] / point[benefit]
    assert not math.isclose(share ** (point[n] / (point[n] - 1)), share ** point[n])


def test_trends_of_roots_are_proved():
    Q = dt.Parameters()
    cost, benefit = Q.ordered("0 < c < b")
    game = dt.SymmetricGame(
        "V",
        parameters=Q,
        players=3,
        actions=["on", "off"],
        payoff=lambda own, others: benefit - cost if own == "on" else benefit * min(1, others["on"]),
    )
    mixed = next(e for e in dt.solve(game) if e.facts["mixing"] == 3)
    assert mixed.sign(mixed.strategy["3 players mixing"]["on"], cost).direction == "decreasing"
    assert mixed.sign(mixed.outcomes["nobody: on"], benefit).direction == "decreasing"
