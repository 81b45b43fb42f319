"""Exact arcs: they predict the truth on either side, meet at exact ends, and nothing else is drawn."""

import pickle
import random

import flint
import numpy as np
import pytest
import sympy as sp

from deterrence.errors import ParameterError, PointError
from deterrence.parameters import Parameters
from deterrence.polynomials import to_rational
from deterrence.regions.boundary import boundary
from deterrence.regions.region import Region
from deterrence.regions.roots import Root, between, rational_root, real_roots


def plane(kind="probability"):
    P = Parameters()
    x, y = getattr(P, kind)("x y")
    return P, x, y


def predicted(arcs, x, y):
    """Whether a rational point lies in the region according to the curves above and below it; None if none does."""
    below, above = None, None
    for arc in arcs:
        if arc.vertical or not arc.start < rational_root(x) < arc.end:
            continue
        poly = sp.Poly(arc.equation.subs(arc.x, to_rational(x)), arc.y)
        height = real_roots([flint.fmpq(int(c.p), int(c.q)) for c in reversed(poly.all_coeffs())])[arc.branch]
        if height < rational_root(y):
            below = max(below or (height, arc), (height, arc), key=lambda e: e[0])
        else:
            above = min(above or (height, arc), (height, arc), key=lambda e: e[0])
    answers = set()
    if below is not None:
        answers.add(below[1].inside in ("above", "off"))
    if above is not None:
        answers.add(above[1].inside in ("below", "off"))
    assert len(answers) < 2, "two neighbouring arcs contradict one another"
    return answers.pop() if answers else None


def check(region, x, y, at=None, x_range=(0, 1), y_range=(0, 1), points=60):
    arcs = boundary(region, x, y, at, x_range, y_range)
    rng = random.Random(0)
    (x0, x1), (y0, y1) = x_range, y_range
    for _ in range(points):
        px = flint.fmpq(rng.randint(1, 9972), 9973) * (x1 - x0) + x0
        py = flint.fmpq(rng.randint(1, 9966), 9967) * (y1 - y0) + y0
        answer = predicted(arcs, px, py)
        truth = region.contains({**(at or {}), x: to_rational(px), y: to_rational(py)})
        if answer is not None:
            assert answer == truth, (px, py)
    for arc in arcs:
        equation = sp.lambdify((x, y), arc.equation, "numpy")
        xs, ys = arc.sample(41)
        assert np.all(np.abs(equation(xs, ys)) < 1e-9)
        assert np.all((xs >= x0 - 1e-9) & (xs <= x1 + 1e-9) & (ys >= y0 - 1e-9) & (ys <= y1 + 1e-9))
        if arc.curve is not None and not arc.vertical:
            assert np.allclose(sp.lambdify(x, arc.curve, "numpy")(xs[5:-5]) + 0 * xs[5:-5], ys[5:-5])
        assert pickle.loads(pickle.dumps(arc)) == arc
    return arcs


def test_two_thresholds_of_a_game():
    P = Parameters()
    a = P.ordered("a_DDm < a_CD < a_SQ < a_DC")
    b = P.ordered("b_DDm < b_DC < b_CD")
    p, q = P.probability("p_A p_B")
    low = (a[3] - a[2]) / (a[3] - a[1])
    t = (b[2] - b[1]) / (b[2] - b[0])
    at = dict(zip((*a, *b), (0, 1, 2, 4, 0, 1, 3), strict=True))
    arcs = check(Region(sp.And(q <= low, p > t), P), p, q, at)
    flat, upright = arcs if not arcs[0].vertical else arcs[::-1]
    assert (flat.curve, flat.interval, flat.inside, flat.closed) == (
        sp.Rational(2, 3),
        (sp.Rational(2, 3), 1),
        "below",
        True,
    )
    assert (upright.curve, upright.interval, upright.inside, upright.closed) == (
        sp.Rational(2, 3),
        (0, sp.Rational(2, 3)),
        "right",
        False,
    )


def test_a_band_between_hyperbolas():
    P, x, y = plane()
    arcs = check(Region(sp.And(x * y >= sp.Rational(1, 5), x * y < sp.Rational(2, 5)), P), x, y)
    assert sorted(str(a.curve) for a in arcs) == ["1/(5*x)", "2/(5*x)"]
    assert [a.closed for a in sorted(arcs, key=lambda a: str(a.curve))] == [True, False]


def test_a_circle_has_two_branches_with_algebraic_ends():
    P, x, y = plane("real")
    arcs = check(Region((x - 1) ** 2 + y**2 <= 2, P), x, y, None, (-1, 3), (-2, 2))
    assert {a.inside for a in arcs} == {"above", "below"} and len(arcs) == 2
    assert {a.interval for a in arcs} == {(1 - sp.sqrt(2), 1 + sp.sqrt(2))}


def test_a_cubic_has_no_closed_form_but_a_branch():
    P, x, y = plane("real")
    arcs = check(Region(y**3 - y + x > 0, P), x, y, None, (-1, 1), (-2, 2))
    assert all(a.curve is None for a in arcs) and {a.branch for a in arcs} == {0, 1, 2}
    assert "root" in str(arcs[0])


def test_vertical_lines_at_irrational_places():
    P, x, y = plane("real")
    arcs = check(Region(sp.And(x**2 > 2, y < x), P), x, y, None, (0, 2), (0, 3))
    upright = [a for a in arcs if a.vertical]
    assert [a.curve for a in upright] == [sp.sqrt(2)]
    assert upright[0].interval == (0, sp.sqrt(2)) and upright[0].inside == "right"


def test_only_true_boundaries_are_drawn():
    P, x, y = plane()
    half = sp.Rational(1, 2)
    assert boundary(Region(sp.Or(x > half, x <= half), P), x, y) == ()
    split = sp.Or(sp.And(x >= half, y >= x / 2), sp.And(x <= half, y >= x / 2))
    (arc,) = check(Region(split, P), x, y)
    assert arc.curve == x / 2 and arc.interval == (0, 1)


def test_knife_edges_and_punctures():
    P, x, y = plane()
    (on,) = check(Region(sp.Eq(x, y), P), x, y)
    (off,) = check(Region(sp.Ne(x, y), P), x, y)
    assert (on.inside, on.closed, off.inside, off.closed) == ("on", True, "off", False)


def test_assumptions_bound_the_region_too():
    P, x, y = plane()
    P.assume(x > y)
    (arc,) = check(Region(True, P), x, y)
    assert arc.curve == x and arc.inside == "below" and not arc.closed


def test_quadratic_cutoff():
    P = Parameters()
    h, c, k = P.positive("h c k")
    region = Region(sp.And(h > k, (h - k) ** 2 >= 4 * h * c), P)
    arcs = check(region, k, h, {c: "1/2"}, (0, 4), (0, 10))
    assert len(arcs) == 1 and arcs[0].inside == "above"


def test_wrong_questions_say_what_is_wrong():
    P = Parameters()
    x, y, z = P.real("x y z")
    d = P.define("d", x + y)
    region = Region(x + y > z, P)
    with pytest.raises(PointError, match="a value for z"):
        boundary(region, x, y)
    with pytest.raises(ParameterError, match="two different parameters"):
        boundary(region, x, x)
    with pytest.raises(ParameterError, match="independent parameter"):
        boundary(region, d, x)
    with pytest.raises(ParameterError, match="a lower and a higher"):
        boundary(region, x, y, {z: 0}, x_range=(1, 0))


@pytest.mark.parametrize("seed", range(12))
def test_random_regions(seed):
    rng = random.Random(seed)
    P, x, y = plane("real")

    def relation():
        terms = [rng.randint(-3, 3) * x**i * y**j for i in range(3) for j in range(3) if i + j <= 2]
        return rng.choice([sp.Gt, sp.Ge])(sp.Add(*terms) + x * y * 5 + 1, 0)

    condition = sp.Or(sp.And(relation(), relation()), relation())
    check(Region(condition, P), x, y, None, (-2, 2), (-2, 2), points=40)


def test_roots_are_exact_and_ordered():
    roots = real_roots([2, -2, -1, 1])
    assert [r.exact for r in roots] == [-sp.sqrt(2), 1, sp.sqrt(2)]
    third = rational_root(flint.fmpq(1, 3))
    close = rational_root(flint.fmpq(1, 3) + flint.fmpq(1, 10**60))
    assert third < close and third < rational_root(between(third, close)) < close
    assert real_roots([1, 0, 1]) == [] and real_roots([5]) == [] and real_roots([]) == []
    assert pickle.loads(pickle.dumps(roots)) == roots
    assert isinstance(roots[0], Root) and hash(roots[0]) == hash(real_roots([-2, 0, 1])[0])
