"""What is printed is the region (read back point by point), in the form of the papers."""

import random
import re
from fractions import Fraction

import pytest
import sympy as sp
from random_regions import points, region_formula, scopes

from deterrence.parameters import Parameters
from deterrence.regions.formula import holds
from deterrence.regions.present import repeated_thresholds
from deterrence.regions.region import Region

SCOPES = scopes()


def read(text, values):
    """Evaluate printed text with fractions: it is Python as it stands."""
    exact = re.sub(r"(?<![\w.*])(\d+)(?![\w.])", r"Fraction(\1)", text)
    return eval(exact, {"Fraction": Fraction, "always": True, "never": False}, values)


@pytest.mark.parametrize("seed", range(100))
def test_the_text_says_what_the_region_is(seed):
    rng = random.Random(seed)
    scope = rng.choice(SCOPES)
    formula = region_formula(rng, scope)
    region = Region(formula, scope)
    text = region.text(*rng.sample(list(scope.symbols), rng.randint(0, 2)))
    for point in points(rng, scope, formula, 15):
        exact = {**point, **{s: e.xreplace(point) for s, e in scope.definitions}}
        values = {s.name: Fraction(int(v.p), int(v.q)) for s, v in exact.items()}
        assert read(text, values) is holds(formula, scope.ring, point), (text, point)
    assert region.latex().count(r"\left(") == region.latex().count(r"\right)")


@pytest.fixture
def P():
    P = Parameters()
    P.ordered("a_DDm < a_CD < a_DDp < a_SQ < a_DC")
    P.probability("p_A p_B")
    P.distribution("p_HH p_HS p_SH p_SS")
    P.define("p_Tac", P["p_HH"].symbol + P["p_HS"].symbol)
    P.positive("c k")
    return P


def names(P, text):
    return [P[n].symbol for n in text.split()]


def test_thresholds_have_positive_denominators(P):
    p, low, mid, high = names(P, "p_B a_CD a_SQ a_DC")
    assert str(Region(p * low + (1 - p) * high <= mid, P)) == "p_B >= (a_DC - a_SQ)/(a_DC - a_CD)"
    assert str(Region(p * low + (1 - p) * high > mid, P)) == "p_B < (a_DC - a_SQ)/(a_DC - a_CD)"
    assert str(Region(sp.Eq(p * (high - low), high - mid), P)) == "p_B == (a_DC - a_SQ)/(a_DC - a_CD)"


def test_two_bounds_stand_as_a_chain(P):
    p, low, sq, high = names(P, "p_B a_CD a_SQ a_DC")
    band = sp.And(p * (high - low) >= high - sq, 2 * p < 1)
    assert str(Region(band, P)) == "(a_DC - a_SQ)/(a_DC - a_CD) <= p_B < 1/2"


def test_latex(P):
    p, low, mid, high = names(P, "p_B a_CD a_SQ a_DC")
    region = Region(p * low + (1 - p) * high <= mid, P)
    assert region.latex() == r"p_{B} \geq \frac{a_{DC} - a_{SQ}}{a_{DC} - a_{CD}}"
    assert region._repr_latex_() == f"${region.latex()}$"


def test_dependent_and_defined_names_stand_where_that_is_shorter(P):
    hh, hs, _, ss, c, k = names(P, "p_HH p_HS p_SH p_SS c k")
    assert str(Region((hh + hs) * (c + k) <= k, P)) == "p_Tac <= k/(c + k)"
    assert str(Region(ss * (c + k) <= k, P)) == "p_SS <= k/(c + k)"
    assert str(Region(hh <= c, P)) == "p_HH <= c"


def test_a_preferred_symbol_is_solved_for(P):
    p, c, k = names(P, "p_B c k")
    region = Region(p * (c + k) >= c, P)
    assert str(region) == "p_B >= c/(c + k)"
    assert region.text(k) == "k >= c*(1 - p_B)/p_B"
    assert region.text("c") == "c <= k*p_B/(1 - p_B)"


def test_what_cannot_be_solved_has_two_positive_sides(P):
    low, high, c, k = names(P, "a_CD a_DC c k")
    assert str(Region(c * low >= k * high - 1, P)) == "a_CD*c + 1 >= a_DC*k"
    assert str(Region(c**2 < 2, P)) == "c**2 < 2"


def test_disjunctions_have_parentheses(P):
    p, q, c = names(P, "p_A p_B c")
    region = Region(sp.Or(sp.And(p > c, q > c), q < c / 2), P)
    assert str(region) in ("(p_A > c and p_B > c) or p_B < c/2", "p_B < c/2 or (p_A > c and p_B > c)")
    assert repr(region) == f"Region({region})"


def test_a_defined_threshold_is_named():
    P = Parameters()
    low, mid, high = P.ordered("low < mid < high")
    p, q = P.probability("p q")
    P.define("t", (high - mid) / (high - low))
    region = Region(sp.And(p * low + (1 - p) * high <= mid, q * (high - low) < high - mid), P)
    assert str(region) == "p >= t and q < t"
    assert region.latex() == r"p \geq t \land q < t"


def test_repeated_thresholds_get_names():
    P = Parameters()
    low, mid, high = P.ordered("low < mid < high")
    p = P.probability("p")
    cut = (high - mid) / (high - low)
    regions = [Region(p >= cut, P), Region(p < cut, P), Region(p < sp.Rational(1, 3), P)]
    named = repeated_thresholds(regions)
    assert list(named.values()) == ["t1"]
    assert sp.simplify(next(iter(named)) - cut) == 0
    assert [r.text(names=named) for r in regions] == ["p >= t1", "p < t1", "p < 1/3"]


def test_quantified_symbols_are_announced():
    P = Parameters()
    x = P.real("x")
    z = sp.Symbol("z", real=True)
    region = Region(z**3 > x, P, exists=[z])
    assert str(region) == "for some z: z**3 > x"
    assert region.latex() == r"\exists z:\ z^{3} > x"


def test_a_difference_of_open_sign_takes_the_minus_into_it():
    """Both ways of one threshold read alike: (v - d)/v, not -(d - v)/v."""
    P = Parameters()
    v, d = P.positive("v d")
    w = P.probability("w")
    for relation in (v * w + d <= v, v * w + d >= v):
        assert str(Region(relation, P)).split("= ")[1] == "(v - d)/v"
