"""Declaring symbols, and what a snapshot knows of them."""

import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
import sympy as sp

import deterrence as dt
from deterrence.errors import NotPolynomial, ParameterError, PointError, UnknownParameter
from deterrence.numbers import exact_number


def test_several_chains_may_share_symbols():
    P = dt.Parameters()
    a, b, c = P.ordered("a < b < c")
    again, d = P.ordered("a < d")
    assert again == a
    known = P.snapshot()
    assert {b > a, c > b, d > a} == {r.reversed if r.rel_op == "<" else r for r in known.relations}


def test_symbols_carry_nothing_but_real():
    P = dt.Parameters()
    p = P.probability("p")
    assert p.is_real
    assert p.is_positive is None
    assert (p < 0) not in (sp.true, sp.false)


def test_a_contradictory_order_is_shown():
    P = dt.Parameters()
    P.ordered("a < b < c")
    with pytest.raises(ParameterError, match=r"a < \.\.\. < a|c < \.\.\. < c|turn one of the chains round"):
        P.ordered("c < a")


@pytest.mark.parametrize(
    ("declare", "words"),
    [
        (lambda P: P.real("1x"), "letters, digits"),
        (lambda P: P.real(""), "one or more names"),
        (lambda P: (P.real("x"), P.real("x")), "declared once"),
        (lambda P: P.ordered("a"), "names joined by <"),
        (lambda P: P.ordered("a < < b"), "names joined by <"),
        (lambda P: P.distribution("p"), "two names or more"),
        (lambda P: P.assume(True), "compare different parameters"),
        (lambda P: P.real("a b", samples=[1]), "2 descriptions or samples"),
    ],
)
def test_misuse_is_refused(declare, words):
    with pytest.raises(ParameterError, match=words):
        declare(dt.Parameters())


def test_an_undeclared_symbol_gets_the_nearest_match():
    P = dt.Parameters()
    P.real("a_SQ")
    with pytest.raises(UnknownParameter, match="Did you mean 'a_SQ'"):
        P.assume(sp.Symbol("a_sq", real=True) > 0)


def test_distributions_have_a_dependent_last_member():
    P = dt.Parameters()
    p, q, r = P.distribution("p q r")
    A = P.snapshot()
    assert A.symbols == (p, q)
    assert A.expand(r) == 1 - p - q
    point = A.exact_point({"p": "1/4", "r": "1/4"})
    assert point == {p: sp.Rational(1, 4), q: sp.Rational(1, 2)}
    with pytest.raises(PointError, match="agrees with r = "):
        A.exact_point({p: "1/4", q: "1/4", r: "1/4"})


def test_named_expressions_stand_for_what_they_name():
    P = dt.Parameters()
    p, q = P.real("p q")
    total = P.define("total", p + q, description="both")
    twice = P.define("twice", 2 * total)
    A = P.snapshot()
    assert A.expand(twice) == 2 * (p + q)
    assert A["total"].description == "both"
    assert A.exact_point({"p": 1, "twice": 6}) == {p: 1, q: 2}


def test_descriptions_and_samples():
    P = dt.Parameters()
    P.ordered("a < b", descriptions=["low", "high"], samples={"a": 0, "b": "1/2"})
    P.describe("a", sample=-1)
    A = P.snapshot()
    assert (A["a"].description, A["a"].sample, A["b"].sample) == ("low", -1, sp.Rational(1, 2))
    assert A.holds(A.sample_point())


def test_violated_assumptions_are_named():
    P = dt.Parameters()
    a, b = P.ordered("a < b")
    A = P.snapshot()
    assert A.violated({a: sp.Integer(2), b: sp.Integer(1)}) == (a < b,)
    assert A.violated({a: sp.Integer(2)}) == ()


def test_snapshots_compare_hash_and_pickle():
    def build():
        P = dt.Parameters()
        a, _ = P.ordered("a < b")
        P.probability("p")
        P.assume(a > 0)
        return P.snapshot()

    first, second = build(), build()
    assert first == second
    assert hash(first) == hash(second)
    assert first.holds({s: sp.Rational(k + 1, 4) for k, s in enumerate(first.symbols)})
    assert pickle.loads(pickle.dumps(first)) == first


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1/4", sp.Rational(1, 4)),
        (" 0.25 ", sp.Rational(1, 4)),
        ("1e-3", sp.Rational(1, 1000)),
        (0.1, sp.Rational(1, 10)),
        (3, sp.Integer(3)),
        (Fraction(2, 3), sp.Rational(2, 3)),
        (Decimal("0.7"), sp.Rational(7, 10)),
        (sp.Rational(5, 7), sp.Rational(5, 7)),
    ],
)
def test_numbers_mean_what_is_seen(typed, meant):
    assert exact_number(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "abc",
        "",
        "1/0",
        "nan",
        "inf",
        float("nan"),
        float("inf"),
        True,
        1j,
        None,
        [1],
        "__import__('os')",
        "1e999999999",
    ],
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(PointError, match="finite real number"):
        exact_number(typed)


@pytest.mark.parametrize("make", [sp.log, sp.exp, sp.sqrt, lambda x: 2**x, lambda x: x ** sp.Symbol("n", real=True)])
def test_functions_that_are_not_rational_are_refused_by_name(make):
    P = dt.Parameters()
    x = P.positive("x")
    with pytest.raises(NotPolynomial, match="rational function of declared parameters"):
        P.snapshot().ring.from_sympy(make(x))


@pytest.mark.parametrize(
    ("declare", "words"),
    [
        (lambda P: P.probability("p", sample=2), "p < 1, got p = 2"),
        (lambda P: P.positive("k", sample=0), "k > 0, got k = 0"),
        (lambda P: P.ordered("a < b", samples=[2, 1]), "a < b, got a = 2, b = 1"),
        (lambda P: P.distribution("a b c", samples=["1/2", "1/2", "1/4"]), "a \\+ b < 1"),
        (lambda P: P.distribution("a b c", samples=["1/4", "1/4", "1/4"]), "a value that agrees"),
        (lambda P: (P.probability("p"), P.describe("p", sample=-1)), "p > 0, got p = -1"),
    ],
)
def test_samples_lie_where_the_parameters_do(declare, words):
    with pytest.raises((ParameterError, PointError), match=words):
        declare(dt.Parameters())


def test_samples_can_be_given_anew_one_by_one():
    P = dt.Parameters()
    P.ordered("a < b", samples=[0, 1])
    P.describe("a", sample=5)
    P.describe("b", sample=6)
    assert P.snapshot().holds(P.snapshot().sample_point())
