"""Expressions and conditions as text and back."""

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from deterrence.errors import ParameterError, UnknownParameter
from deterrence.notation import parse, parse_condition, write, write_condition

NAMES = ("a_DC", "p_A", "Pr(back down | Soft)", 'quoted "name"', "and", "sqrt", "größe")
SYMBOLS = {name: sp.Symbol(name, real=True) for name in NAMES}
a, p, mix, quoted, word, *_ = SYMBOLS.values()

expressions = st.recursive(
    st.sampled_from(list(SYMBOLS.values())) | st.fractions(max_denominator=9).map(lambda f: sp.Rational(str(f))),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: pair[0] + pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] - pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] * pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] / pair[1] if pair[1] != 0 else pair[0]),
        st.tuples(inner, st.integers(2, 3)).map(lambda pair: pair[0] ** pair[1]),
    ),
    max_leaves=12,
)


@given(expressions)
def test_an_expression_comes_back_the_same(expression):
    assert parse(write(expression), SYMBOLS) == expression


@given(expressions, expressions, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]))
def test_a_relation_comes_back_the_same(left, right, sign):
    relation = sp.core.relational.Relational(left, right, sign)
    assert parse_condition(write_condition(relation), SYMBOLS) == relation


def test_algebraic_numbers_come_back():
    x = sp.Symbol("x")
    roots = (sp.sqrt(sp.factor(2 * a + 2 * p)), (p - sp.sqrt(sp.factor(8 * a**2 * p - 4 * a**2))) / (2 * a - 2))
    for number in (
        *roots,
        sp.factor(3 * a - 3 * p),
        sp.sqrt(2) * p,
        sp.CRootOf(x**5 - x - 1, 0) + a,
        sp.Rational(2, 3) ** sp.Rational(1, 3),
    ):
        assert parse(write(number), SYMBOLS) == number


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("0 < p_A <= 1/2", sp.Lt(0, p) & (p <= sp.Rational(1, 2))),
        ("p_A < 0.1 or a_DC == 2 and not (a_DC > 1)", (p < sp.Rational(1, 10)) | (sp.Eq(a, 2) & sp.Not(a > 1))),
        ("(a_DC - 1)*2*p_A > -p_A**2", 2 * p * (a - 1) > -(p**2)),
        ("always", sp.true),
        ("never", sp.false),
    ],
)
def test_conditions_read_as_they_are_written_on_paper(text, meaning):
    assert parse_condition(text, SYMBOLS) == meaning


@pytest.mark.parametrize(
    "text",
    ["", "a_DC +", "a_DC p_A", "__import__('os')", "a_DC**p_A", "a_DC**99999", "1/0", "(a_DC", "a_DC)", "(" * 5000,
     "((2**1000)**1000)**1000", "a_DC.real", "p_A < 1", "(p_A < 1) + 1", "lambda: 1", "root(1, 2)", "1e999999999"],
)  # fmt: skip
def test_anything_else_is_refused(text):
    with pytest.raises((ParameterError, ValueError)):
        parse(text, SYMBOLS)


def test_an_unknown_name_gets_the_nearest_ones():
    with pytest.raises(UnknownParameter, match="Did you mean 'a_DC'"):
        parse("a_dc + 1", SYMBOLS)


def test_a_quantity_is_no_condition():
    for text in ("p_A", "p_A and a_DC", "not p_A"):
        with pytest.raises(ParameterError):
            parse_condition(text, SYMBOLS)
