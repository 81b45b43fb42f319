"""Regions as users meet them: algebra, membership, verdicts, slices, bad input."""

import pickle
import random

import pytest
import sympy as sp
from random_regions import condition, points, scopes

from deterrence.errors import DeterrenceError, NotPolynomial, ParameterError, PointError, UnknownParameter
from deterrence.parameters import Parameters
from deterrence.regions.region import Region

SCOPES = scopes()
HALF = sp.Rational(1, 2)


@pytest.fixture
def unilateral():
    """Thresholds of the unilateral deterrence game, and its regions."""
    P = Parameters()
    _, a_back, a_hard, a_sq, a_win = P.ordered("a_DDm < a_CD < a_DDp < a_SQ < a_DC")
    b_war, b_concede, _, b_win = P.ordered("b_DDm < b_DC < b_DDp < b_CD")
    p_A, p_B = P.probability("p_A p_B")
    soft, hard = (a_win - a_sq) / (a_win - a_back), (a_win - a_sq) / (a_win - a_hard)
    fights = (b_win - b_concede) / (b_win - b_war)
    regions = {
        "certain": Region(p_B >= hard, P),
        "separating": Region(sp.And(soft <= p_B, p_B <= hard), P),
        "attack": Region(sp.And(p_B <= soft, p_A >= fights), P),
        "bluff": Region(sp.And(p_B <= soft, p_A <= fights), P),
    }
    return P, regions


def test_regions_that_cover_are_proved_to(unilateral):
    _, regions = unilateral
    certain, separating, attack, bluff = regions.values()
    assert certain.covers(separating, attack, bluff).proved
    gap = certain.covers(separating, attack)
    assert gap.refuted and bluff.contains(gap.counterexample)
    assert not any(r.contains(gap.counterexample) for r in (certain, separating, attack))


def test_implication_and_its_refutation(unilateral):
    P, regions = unilateral
    assert regions["certain"].implies(Region(P["p_B"].symbol > 0, P)).proved
    verdict = regions["separating"].implies(regions["certain"])
    assert verdict.refuted
    assert regions["separating"].contains(verdict.counterexample)
    assert not regions["certain"].contains(verdict.counterexample)


def test_neighbours_meet_on_their_common_boundary_only(unilateral):
    _, regions = unilateral
    meeting = regions["certain"].disjoint(regions["separating"])
    assert meeting.refuted
    assert regions["certain"].interior.disjoint(regions["separating"]).proved
    assert regions["certain"].disjoint(regions["attack"]).proved


def test_union_and_complement(unilateral):
    _, regions = unilateral
    both = (regions["attack"] | regions["bluff"]).simplify()
    assert str(both) == "p_B <= (a_DC - a_SQ)/(a_DC - a_CD)"
    assert str(~both) == "p_B > (a_DC - a_SQ)/(a_DC - a_CD)"
    assert (both | ~both).simplify().formula is True
    assert (both & ~both).is_empty().proved


@pytest.mark.parametrize("seed", range(40))
def test_algebra_agrees_with_membership(seed):
    rng = random.Random(seed)
    scope = rng.choice(SCOPES)
    one, two = (Region(condition(rng, list(scope.symbols), 1), scope) for _ in range(2))
    for point in points(rng, scope, (one | two).formula, 12):
        in_one, in_two = one.contains(point), two.contains(point)
        assert (one & two).contains(point) is (in_one and in_two)
        assert (one | two).contains(point) is (in_one or in_two)
        assert (~one).contains(point) is not in_one


@pytest.mark.parametrize("seed", range(30))
def test_a_slice_is_the_region_at_those_values(seed):
    rng = random.Random(seed)
    scope = rng.choice(SCOPES)
    region = Region(condition(rng, list(scope.symbols), 2), scope)
    for point in points(rng, scope, region.formula, 6):
        fixed = dict(rng.sample(list(point.items()), 2))
        rest = {s: v for s, v in point.items() if s not in fixed}
        assert region.at(fixed).contains(rest) is region.contains(point)


@pytest.mark.parametrize("seed", range(40))
def test_witnesses_lie_inside(seed):
    rng = random.Random(seed)
    scope = rng.choice(SCOPES)
    region = Region(condition(rng, list(scope.symbols), 1), scope)
    answer = region.find(seconds=1)
    if answer.status == "sat" and all(v.is_Rational for v in answer.point.values()):
        assert region.contains(answer.point)


def test_membership_needs_only_what_the_condition_uses(unilateral):
    _, regions = unilateral
    point = {"p_B": "1/2", "a_DC": 5, "a_SQ": 4, "a_CD": 2, "a_DDp": 3}
    assert regions["separating"].contains(point)
    assert not regions["separating"].contains({**point, "p_B": "0.3333"})
    assert regions["separating"].contains({**point, "p_B": "1/3"})
    with pytest.raises(PointError, match="wanted a value for a_DDp"):
        regions["separating"].contains({k: v for k, v in point.items() if k != "a_DDp"})


def test_points_outside_the_assumptions_are_outside(unilateral):
    _, regions = unilateral
    assert not regions["certain"].contains({"p_B": 2, "a_DC": 5, "a_SQ": 4, "a_DDp": 3})
    # a_DDp lies between a_CD and a_SQ, so nothing completes this point
    assert not regions["certain"].contains({"p_B": "1/2", "a_DC": 5, "a_SQ": 4, "a_DDp": 3, "a_CD": 3})
    with pytest.raises(PointError, match=r"p_B = 2.*breaks p_B < 1"):
        regions["certain"].at({"p_B": 2})


def test_a_quantified_region_contains_what_some_value_allows():
    P = Parameters()
    x, y = P.real("x y")
    z = sp.Symbol("z", real=True)
    region = Region(sp.And(sp.Eq(z**5 + z, x), z > y), P, exists=[z])
    assert region.contains({x: 2, y: 0}) and not region.contains({x: 2, y: 1})
    assert region.symbols == (x, y)
    with pytest.raises(DeterrenceError, match=r"quantified symbol z could not be eliminated"):
        ~region.eliminate() if region.eliminate().pending else ~region
    assert Region(x > 34, P).implies(region).undecided


def test_quantified_symbols_of_two_regions_are_different_symbols():
    P = Parameters()
    x, y = P.real("x y")
    z = sp.Symbol("z", real=True)
    one = Region(sp.And(z > x, z < x + 1), P, exists=[z])
    two = Region(sp.And(z > x + 2, z < y), P, exists=[z])
    both = one & two
    assert len(both.pending) == 2 and both.is_empty().refuted
    assert both.eliminate().equals(Region(y > x + 2, P)).proved
    either = (one | two).eliminate()
    assert either.formula is True


def test_a_domain_of_a_quantified_symbol_belongs_to_its_region_alone():
    P = Parameters()
    x = P.real("x")
    m = sp.Symbol("m", real=True)
    belief = P.snapshot().extend(closed=[(m,)])
    region = Region(x > 2, P) | Region(sp.Eq(m, x), belief, exists=[m])
    assert region.eliminate().equals(Region(sp.Or(x > 2, sp.And(x >= 0, x <= 1)), P)).proved


def test_regions_under_more_assumptions_keep_them():
    P = Parameters()
    x, y = P.real("x y")
    wide = P.snapshot()
    narrow = wide.assume(x > y)
    both = Region(x > 0, wide) | Region(y > 0, narrow)
    assert both.equals(Region(sp.Or(x > 0, sp.And(y > 0, x > y)), wide)).proved
    assert both.simplify().formula == Region(x > 0, wide).formula


def test_one_name_with_two_meanings_is_refused():
    P, Q = Parameters(), Parameters()
    P.real("x y")
    P.define("z", P["x"].symbol + 1)
    Q.real("x y z")
    with pytest.raises(ParameterError, match="wanted one meaning"):
        Region(True, P) & Region(True, Q)


def test_regions_are_values(unilateral):
    P, regions = unilateral
    again = pickle.loads(pickle.dumps(regions))
    assert again == regions
    assert len({*regions.values(), *again.values()}) == 4
    with pytest.raises(AttributeError):
        regions["certain"].formula = True
    rebuilt = Region(regions["bluff"].to_sympy(), P)
    assert rebuilt == regions["bluff"]


def test_everything_and_nothing():
    P = Parameters()
    P.real("x")
    assert Region.nothing(P).is_empty().proved
    assert Region.everything(P).covers().proved
    assert str(Region.nothing(P)) == "never" and str(Region.everything(P)) == "always"
    assert Region.nothing(P).witness() is None


def test_witness_of_a_curve_is_algebraic():
    P = Parameters()
    p = P.probability("p")
    point = Region(sp.Eq(2 * p**2, 1), P).witness()
    assert point == {p: sp.sqrt(2) / 2}


def test_no_time_is_undecided_not_false():
    P = Parameters()
    names = P.real(" ".join(f"x{k}" for k in range(5)))
    hard = Region(sp.Eq(sum(s**3 for s in names), 7) & sp.Eq(sp.prod(names), 3) & sp.Eq(sum(s**2 for s in names), 9), P)
    verdict = hard.is_empty(seconds=0)
    assert verdict.undecided
    with pytest.raises(TypeError):
        bool(verdict)
    with pytest.raises(DeterrenceError, match="undecided"):
        hard.witness(seconds=0)


def test_an_undeclared_symbol_is_refused_with_near_matches(unilateral):
    P, regions = unilateral
    with pytest.raises(UnknownParameter, match=r"'p_C'. Did you mean"):
        Region(sp.Symbol("p_C") > 0, P)
    with pytest.raises(UnknownParameter, match="a_dc"):
        regions["certain"].eliminate("a_dc")


def test_a_dependent_parameter_cannot_be_eliminated():
    P = Parameters()
    P.distribution("q1 q2 q3")
    with pytest.raises(ParameterError, match=r"independent parameter.*q3 = "):
        Region(P["q1"].symbol > 0, P).eliminate("q3")


def test_symbols_are_found_by_name():
    P = Parameters()
    P.probability("p")
    assert Region(sp.Symbol("p") > sp.Rational(1, 2), P) == Region(P["p"].symbol > sp.Rational(1, 2), P)


def test_a_region_is_no_truth_value_and_asks_for_regions():
    P = Parameters()
    p, q = P.probability("p q")
    region = Region(p > q, P)
    with pytest.raises(TypeError, match="not a truth value"):
        bool(region)
    for ask in (region.implies, region.disjoint, region.equals, region.covers, region.__and__, region.__or__):
        for other in ("p", p > 0, [region], None):
            with pytest.raises(ParameterError, match="wanted another Region"):
                ask(other)


@pytest.mark.parametrize("seconds", ["a", -1, float("nan"), None, True])
def test_a_time_limit_is_a_number(seconds):
    P = Parameters()
    region = Region(P.real("x") > 0, P)
    for ask in (region.is_empty, region.simplify, region.eliminate, region.find):
        with pytest.raises(ParameterError, match="number of seconds"):
            ask(seconds=seconds)


def test_no_time_for_a_complement_is_undecided():
    P = Parameters()
    x, y = P.real("x y")
    m = sp.Symbol("m", real=True)
    quantified = Region(sp.And(m * x > y, m < y), P, exists=[m])
    verdict = Region(x > 0, P).implies(quantified, seconds=0)
    assert verdict.undecided and "could not be eliminated" in verdict.reason


def test_what_is_divided_by_must_not_vanish_even_where_it_cancels():
    P = Parameters()
    x, y = P.real("x y")
    removable = Region((2 * y + 1) / (y + HALF) >= 1, P)
    assert not removable.contains({y: -HALF}) and removable.contains({y: 0})
    assert removable.covers().counterexample[y] == -HALF
    both = Region(sp.Ne((x - 1) / (x - y), (y - 1) / (x - y), evaluate=False), P)
    assert not both.contains({x: 1, y: 1})
    assert Region(sp.Eq((x - 1) / (x - y), 0), P).implies(Region(x > y + 5, P)).counterexample[y] != 1
    vanishing = (Region(sp.Eq(x, 1), P) & Region(sp.Eq(y, 1), P)).implies(Region(sp.Eq((x - 1) / (x - y), 0), P))
    assert vanishing.refuted, str(vanishing)
    quotient = Region((x**2 - y**2) / (x - y) > 0, P)
    assert not quotient.contains({x: 1, y: 1}) and quotient.contains({x: 2, y: 1})
    assert (quotient & Region(sp.Eq(x, y), P)).is_empty().proved


@pytest.mark.parametrize(
    ("condition", "same"),
    [
        (lambda x, y: sp.Abs(x - y) > 1, lambda x, y: sp.Or(x > y + 1, y > x + 1)),
        (lambda x, y: sp.Max(x, y, 1) <= 2, lambda x, y: sp.And(x <= 2, y <= 2)),
        (lambda x, y: sp.Min(x, 2 * y) > sp.Abs(y), lambda x, y: sp.And(y > 0, x > y)),
        (lambda x, y: sp.Piecewise((x, x > y), (y, True)) >= 1, lambda x, y: sp.Or(x >= 1, y >= 1)),
        (lambda x, y: sp.Contains(x, sp.Interval.Lopen(0, 1)), lambda x, y: sp.And(x > 0, x <= 1)),
    ],
)
def test_functions_by_cases_and_intervals_are_rewritten(condition, same):
    P = Parameters()
    x, y = P.real("x y")
    assert Region(condition(x, y), P).equals(Region(same(x, y), P)).proved


def test_what_cannot_be_decided_is_refused_with_a_hint():
    P = Parameters()
    x = P.real("x")
    with pytest.raises(NotPolynomial, match=r"irrational number is written by its equation"):
        Region(x > sp.sqrt(2), P)
    with pytest.raises(NotPolynomial, match=r"powers up to 1000, got the power 100000"):
        Region(x**100000 > 2, P)
    with pytest.raises(ParameterError, match="wanted a SymPy relation"):
        Region(sp.Contains(x, sp.S.Integers), P)
    assert Region(x**900 - 2 * x**2 > 7, P).is_empty(seconds=1).refuted
