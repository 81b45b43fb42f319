"""Normal forms never change membership, and formulas behave as values."""

import pickle
import random

import pytest
import sympy as sp
from random_regions import RELATIONS, expression, points, region_formula, scopes

from deterrence.errors import NotPolynomial, ParameterError, UnknownParameter
from deterrence.parameters import Parameters
from deterrence.regions.formula import (
    And,
    Literal,
    Or,
    conjunction,
    disjunction,
    disjunctive,
    factors,
    from_sympy,
    holds,
    negate,
    normalise,
    to_sympy,
)

SCOPES = scopes()


@pytest.mark.parametrize("seed", range(120))
def test_clearing_denominators_and_factoring_keep_every_point(seed):
    rng = random.Random(seed)
    scope = rng.choice(SCOPES)
    symbols = list(scope.symbols)
    top, bottom = expression(rng, symbols) * expression(rng, symbols), expression(rng, symbols)
    if bottom == 0:
        bottom = symbols[0]
    relation = rng.choice(RELATIONS)(top * rng.choice(symbols), 0)
    num, den = scope.ring.fraction(top * rng.choice(symbols) / bottom)
    for op in ("<", "<=", ">", ">=", "==", "!="):
        formula = normalise(op, num, den, lambda _: 0)
        compare = {"<": sp.Lt, "<=": sp.Le, ">": sp.Gt, ">=": sp.Ge, "==": sp.Eq, "!=": sp.Ne}[op]
        for point in points(rng, scope, formula, 8):
            below = scope.ring.value(den, point)
            expected = below != 0 and bool(compare(scope.ring.value(num, point) / below, 0))
            assert holds(formula, scope.ring, point) is expected, (op, point)
    formula = from_sympy(relation, scope)
    for point in points(rng, scope, formula, 8):
        assert holds(formula, scope.ring, point) is bool(sp.sympify(relation).subs(point))


@pytest.mark.parametrize("seed", range(60))
def test_negation_disjunctive_form_and_sympy_keep_every_point(seed):
    rng = random.Random(seed)
    scope = rng.choice(SCOPES)
    formula = region_formula(rng, scope)
    ring = scope.ring
    pieces = disjunctive(formula, 400)
    again = from_sympy(to_sympy(formula, ring), scope)
    for point in points(rng, scope, formula, 20):
        inside = holds(formula, ring, point)
        assert holds(negate(formula), ring, point) is not inside
        assert holds(again, ring, point) is inside
        assert pieces is None or any(all(holds(f, ring, point) for f in p) for p in pieces) is inside


def test_formulas_are_values():
    scope = SCOPES[1]
    x, y, z = scope.symbols
    one = from_sympy(sp.And(x > y, sp.Or(z > 1, y >= 2 * x)), scope)
    other = from_sympy(sp.And(sp.Or(2 * y - 4 * x >= 0, 3 * z > 3), 2 * x - 2 * y > 0), scope)
    assert one == other and hash(one) == hash(other)
    assert pickle.loads(pickle.dumps(one)) == one
    assert isinstance(one, And) and any(isinstance(p, Or) for p in one.parts)


def test_contradictions_and_repetitions_fold():
    scope = SCOPES[1]
    x, y, _ = scope.symbols
    above, below = from_sympy(x > y, scope), from_sympy(x <= y, scope)
    assert conjunction(above, below) is False
    assert disjunction(above, below) is True
    assert conjunction(above, above) == above
    assert conjunction() is True and disjunction() is False


def test_known_signs_drop_factors():
    P = Parameters()
    low, high = P.ordered("low < high")
    p = P.probability("p")
    scope = P.snapshot()
    formula = from_sympy(p * (high - low) * (2 * p - 1) ** 3 > 0, scope)
    assert formula == from_sympy(p > sp.Rational(1, 2), scope)
    assert from_sympy((high - low) / p > 0, scope) is True
    assert from_sympy(sp.Eq(p * (high - low), 0), scope) is False


def test_a_denominator_of_unknown_sign_must_not_vanish():
    scope = SCOPES[1]
    x, y, z = scope.symbols
    formula = from_sympy(x / y >= 0, scope)
    assert not holds(formula, scope.ring, {x: 0, y: 0, z: 0})
    assert holds(formula, scope.ring, {x: -1, y: -2, z: 0})


def test_factors_multiply_back():
    ring = SCOPES[1].ring
    x, y, _ = ring.gens
    sign, primes = factors(-6 * (x - y) ** 2 * (y - 2 * x))
    product = ring.one * sign
    for prime, power in primes:
        product *= prime**power
    assert product * 6 == -6 * (x - y) ** 2 * (y - 2 * x)


def test_decimal_numbers_mean_their_text():
    scope = SCOPES[0]
    p = scope.resolve("p")
    assert from_sympy(p > 0.1, scope) == from_sympy(p > sp.Rational(1, 10), scope)


def test_literals_read_their_operator():
    scope = SCOPES[1]
    x = scope.ring.gens[0]
    assert [Literal(op, x).sign_holds(0) for op in (">", ">=", "==", "!=")] == [False, True, True, False]


@pytest.mark.parametrize(
    ("condition", "error", "words"),
    [
        (sp.log(sp.Symbol("x")) > 0, NotPolynomial, r"log\(x\) > 0.*got the term log\(x\)"),
        (sp.Symbol("x") ** sp.Symbol("y") > 0, NotPolynomial, r"x\*\*y"),
        (sp.sqrt(sp.Symbol("x")) >= 1, NotPolynomial, r"sqrt\(x\)"),
        (sp.Symbol("X") > 0, UnknownParameter, r"got 'X'. Did you mean 'x'"),
        ("x > 0", ParameterError, "wanted a SymPy relation"),
        (sp.Symbol("x"), ParameterError, "wanted a SymPy relation"),
    ],
)
def test_what_is_no_condition_is_refused_with_the_place(condition, error, words):
    with pytest.raises(error, match=words):
        from_sympy(condition, SCOPES[1])
