"""Answers of the ladder: points are exact, engines agree, and "unknown" stays unknown."""

import random

import pytest
import sympy as sp
from random_regions import points, region_formula, scopes

from deterrence.parameters import Parameters
from deterrence.regions.decide import Probe, is_empty, satisfiable
from deterrence.regions.engines import ask_z3
from deterrence.regions.formula import conjunction, from_sympy, holds, holds_at, negate
from deterrence.regions.points import assumed, pool
from deterrence.regions.second import ask_cvc5

SCOPES = scopes()


@pytest.mark.parametrize("seed", range(60))
def test_z3_cvc5_and_sampling_agree(seed):
    rng = random.Random(seed)
    scope = rng.choice(SCOPES)
    formula = conjunction(region_formula(rng, scope, 1), region_formula(rng, scope, 1))
    answer = satisfiable(formula, scope, seconds=1)
    second = ask_cvc5([assumed(scope), formula], len(scope.ring.symbols), 1000)
    assert {answer.status, second} != {"sat", "unsat"}
    if answer.status == "sat" and all(v.is_Rational for v in answer.point.values()):
        assert holds(formula, scope.ring, answer.point) and scope.holds(answer.point)
    if answer.status == "unsat":
        assert not any(holds(formula, scope.ring, p) for p in points(rng, scope, formula, 40))


def test_a_proof_rests_on_signs_certificate_or_engines():
    P = Parameters()
    low, mid, high = P.ordered("low < mid < high")
    p, q = P.probability("p q")
    scope = P.snapshot()
    plain = is_empty(from_sympy(p * (high - low) < 0, scope), scope)
    assert plain.proved and plain.grade == "certified"
    hard = from_sympy(sp.And(p * q >= (mid - low) / (high - low), p < (mid - low) / (high - low)), scope)
    assert is_empty(hard, scope).proved
    assert is_empty(hard, scope, certify=False).grade in ("two engines", "one engine")
    assert is_empty(hard, scope, certify=False, second_engine=False).grade == "one engine"


def test_a_refutation_carries_an_exact_point():
    P = Parameters()
    x, y = P.real("x y")
    scope = P.snapshot()
    formula = from_sympy(sp.And(x**2 + y**2 < 2, x * y > sp.Rational(9, 10)), scope)
    verdict = is_empty(formula, scope)
    assert verdict.refuted and holds(formula, scope.ring, verdict.counterexample)


@pytest.mark.parametrize(
    ("relations", "name", "value"),
    [
        (lambda x, y: [sp.Eq(x**2, 2), x > 0], "x", sp.sqrt(2)),
        (lambda x, y: [sp.Eq(x**2, 2), sp.Eq(y**2, 3), x > y], "y", -sp.sqrt(3)),
        (lambda x, y: [sp.Eq(x**3 - x - 1, 0), y > x], "x", sp.CRootOf(sp.Symbol("t") ** 3 - sp.Symbol("t") - 1, 0)),
    ],
)
def test_without_interior_the_point_is_algebraic_and_verified(relations, name, value):
    P = Parameters()
    x, y = P.real("x y")
    scope = P.snapshot()
    answer = satisfiable(from_sympy(sp.And(*relations(x, y)), scope), scope)
    assert answer.status == "sat"
    found = answer.point[scope.resolve(name)]
    assert abs(sp.N(found - value, 30)) < 1e-25 and not found.is_Rational


def test_no_time_is_unknown_and_never_false():
    P = Parameters()
    symbols = P.real(" ".join(f"x{k}" for k in range(6)))
    scope = P.snapshot()
    formula = from_sympy(
        sp.And(*(sp.Eq(s**3 + t**2, u + 7) for s, t, u in zip(symbols, symbols[1:], symbols[2:], strict=False))), scope
    )
    hopeless = conjunction(formula, from_sympy(sp.Eq(sum(s**2 for s in symbols), 1), scope))
    assert satisfiable(hopeless, scope, seconds=0).status == "unknown"
    assert is_empty(hopeless, scope, seconds=0).undecided


def test_contradictory_assumptions_leave_nothing():
    P = Parameters()
    x, y = P.real("x y")
    P.assume(x > y, y > x + 1)
    scope = P.snapshot()
    assert satisfiable(True, scope).status == "unsat"


@pytest.mark.parametrize("scope", SCOPES)
def test_pool_points_satisfy_the_assumptions(scope):
    held = pool(scope).points
    assert len(held) >= 8
    for values in list(held)[:10]:
        point = dict(zip(scope.ring.symbols, (sp.Rational(int(v.p), int(v.q)) for v in values), strict=True))
        assert scope.holds(point)


def test_probe_keeps_its_stack():
    rng = random.Random(5)
    scope = SCOPES[0]
    width = len(scope.ring.symbols)
    probe = Probe(scope)
    held = []
    for _ in range(60):
        if held and (len(held) > 4 or rng.random() < 0.4):
            probe.pop()
            held.pop()
        else:
            formula = region_formula(rng, scope, 0)
            probe.push()
            probe.add(formula)
            held.append(formula)
        status = probe.check(200)
        fresh = ask_z3([assumed(scope), *held], width, 200)[0]
        assert {status, fresh} != {"sat", "unsat"}
        extra = region_formula(rng, scope, 0)
        both = ask_z3([assumed(scope), *held, extra], width, 200)[0]
        assert {probe.check_with(extra, milliseconds=200), both} != {"sat", "unsat"}
        if status == "sat" and probe.witness is not None:
            assert all(holds_at(f, probe.witness) for f in [assumed(scope), *held])


def test_probe_refuses_to_pop_too_much():
    with pytest.raises(IndexError, match="without push"):
        Probe(SCOPES[0]).pop()


def test_formula_and_complement_exhaust_the_assumptions():
    rng = random.Random(11)
    for scope in SCOPES:
        formula = region_formula(rng, scope)
        assert satisfiable(conjunction(formula, negate(formula)), scope).status == "unsat"


def test_a_worker_that_dies_is_started_again():
    from deterrence.regions import workers

    P = Parameters()
    x, y = P.real("x y")
    scope = P.snapshot()
    formula = from_sympy(sp.And(x * y > 7, x + y < 5, x > 3, y > sp.Rational(1, 2)), scope)
    first = ask_z3([formula], 2, 2000)[0]
    for worker in workers._WORKERS.values():
        worker.end()
    assert ask_z3([formula], 2, 2000)[0] == first
    assert ask_z3([formula], 2, 2000, "no such tactic")[0] == "unknown"
    assert ask_z3([formula], 2, 2000)[0] == first
