"""Exact polynomials: there and back, and arithmetic against SymPy."""

import pickle
import random

import pytest
import sympy as sp

from deterrence.errors import NotPolynomial
from deterrence.polynomials import Ring, key, primitive, tidy

X, Y, Z = sp.symbols("x y z", real=True)
RING = Ring((X, Y, Z))


def random_polynomial(draw):
    return sp.Add(
        *(
            sp.Rational(draw.randint(-9, 9), draw.randint(1, 9))
            * X ** draw.randint(0, 3)
            * Y ** draw.randint(0, 2)
            * Z ** draw.randint(0, 2)
            for _ in range(5)
        )
    )


@pytest.mark.parametrize("seed", range(20))
def test_there_and_back_and_arithmetic(seed):
    draw = random.Random(seed)
    f, g = random_polynomial(draw), random_polynomial(draw)
    a, b = RING.from_sympy(f), RING.from_sympy(g)
    assert sp.expand(RING.to_sympy(a) - f) == 0
    assert sp.expand(RING.to_sympy(a * b) - f * g) == 0
    assert sp.expand(RING.factored(a * b) - f * g) == 0
    point = {s: sp.Rational(draw.randint(-5, 5), draw.randint(1, 5)) for s in (X, Y, Z)}
    assert RING.value(a, point) == f.xreplace(point)
    assert sum(RING.to_sympy(c) * X**k for k, c in enumerate(RING.coefficients(a, X))).expand() == sp.expand(f)
    assert sp.expand(RING.to_sympy(RING.compose(a, {X: b})) - f.xreplace({X: g})) == 0


def test_fractions_come_in_lowest_terms():
    num, den = RING.fraction((X**2 - Y**2) / (X - Y))
    assert RING.to_sympy(num) == X + Y
    assert den == RING.one


def test_a_true_denominator_is_refused_as_a_polynomial():
    with pytest.raises(NotPolynomial, match="denominator"):
        RING.from_sympy(1 / X)


def test_division_by_zero_is_refused():
    with pytest.raises(NotPolynomial, match="division by 0"):
        RING.fraction(sp.Pow(X - X + sp.Mul(0, Y, evaluate=False), -1, evaluate=False))


def test_an_undeclared_symbol_is_named():
    with pytest.raises(NotPolynomial, match="undeclared symbol w"):
        RING.from_sympy(sp.Symbol("w") + X)


def test_primitive_parts_are_shared_by_multiples():
    f = RING.from_sympy(X - Y)
    sign, part = primitive(f * -6 / 5)
    assert sign * primitive(f)[0] == -1
    assert key(part) == key(primitive(f)[1])
    assert {abs(int(c)) for c in part.coeffs()} == {1}


def test_rings_convert_and_pickle():
    larger = RING.extend([sp.Symbol("w", real=True)])
    f = RING.from_sympy(X * Y - 3)
    assert larger.to_sympy(larger.convert(f, RING)) == X * Y - 3
    assert pickle.loads(pickle.dumps(RING)) == RING
    with pytest.raises(KeyError):
        Ring((X,)).convert(f, RING)


def test_tidy_gives_one_factored_fraction():
    assert tidy(1 / X + 1 / Y) == (X + Y) / (X * Y)
    assert tidy(sp.sqrt(2) * sp.sqrt(2)) == 2
