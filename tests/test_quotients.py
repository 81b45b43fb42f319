"""How an answer holds its expressions: positive factors, one whole denominator below roots."""

import random

import pytest
import sympy as sp

import deterrence as dt
from deterrence.expressions import as_latex, as_text
from deterrence.polynomials import tidy
from deterrence.quotients import oriented


@pytest.fixture(scope="module")
def answer():
    return dt.load("zagare_kilgour_2000/unilateral_deterrence").solve()


def test_factors_of_known_sign_are_positive(answer):
    point = answer.game.assumptions.sample_point()
    for e in answer:
        for p in (p for row in e.strategy.values() for p in row.values()):
            _, den = sp.fraction(p)
            assert all(f.xreplace(point) > 0 for f in sp.Mul.make_args(den) if f.free_symbols <= set(point))


@pytest.mark.parametrize("seed", range(20))
def test_the_value_stays(seed):
    P = dt.Parameters()
    low, high = P.ordered("low < high")
    p, q = P.probability("p"), sp.Symbol("q", real=True)
    draw = random.Random(seed)
    terms = [low, high, p, q, 1 - p, low - high, p - 1, sp.Integer(draw.randint(1, 5))]
    expr = draw.choice(terms) * draw.choice(terms) / (low - high) + draw.choice(terms) / (p - 1)
    held = oriented(expr, P.snapshot())
    assert sp.cancel(held - expr) == 0
    assert oriented(held, P.snapshot()) == held


def test_numbers_with_roots_have_one_whole_denominator():
    root = sp.sqrt(277)
    number = tidy((sp.Rational(121, 4) - 7 * root / 4) / (13 * (sp.Rational(19, 4) - root / 4)))
    assert number == sp.Rational(30, 91) - root / 91
    assert as_text(number) == "(30 - sqrt(277))/91 ~ 0.1468"
    assert as_latex(number) == r"\\frac{30 - \\sqrt{277}}{91}".replace("\\\\", "\\")
