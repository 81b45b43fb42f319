"""Maps by geometry: what is drawn satisfies its equations, is named, and nothing lies over anything else."""

import numpy as np
import pytest
import sympy as sp

import deterrence as dt
from deterrence.errors import DeterrenceError, ParameterError, PointError, UnknownName
from deterrence.plot import probability, regions
from deterrence.plot.drawing import points
from deterrence.plot.regions import DOMAIN, chart
from deterrence.regions.boundary import boundary
from tests.plot.boxes import boxes, overlapping


@pytest.fixture(scope="module")
def eqs(unilateral):
    return unilateral.solve()


@pytest.fixture(scope="module")
def found(unilateral, eqs):
    return chart(eqs, "p_A", "p_B", unilateral.sample_point())


def test_curves_satisfy_their_equation(found):
    assert found.labels
    for lines in found.labels.values():
        for line in lines:
            xs, ys = points(line, 80)
            value = sp.lambdify((found.plane.x, found.plane.y), line.arc.equation)(xs, ys)
            assert np.max(np.abs(value)) < 1e-9


def test_curved_boundaries_satisfy_their_equation():
    P = dt.Parameters()
    p, q = P.probability("p q")
    game = dt.ExtensiveGame(
        "Hyperbola", parameters=P, players=["A"],
        tree=dt.move("A", "go", no=dt.outcome("No", A=0), yes=dt.outcome("Yes", A=p * q - sp.Rational(1, 4))),
    )  # fmt: skip
    drawn = chart(dt.solve(game), p, q)
    (lines,) = drawn.labels.values()
    xs, ys = points(lines[0], 80)
    assert len(xs) == 80 and np.max(np.abs(xs * ys - 0.25)) < 1e-9


def test_lines_are_those_of_the_exact_boundary(unilateral, eqs, found):
    drawn = {sp.factor(line.arc.equation) for lines in found.labels.values() for line in lines}
    for e in eqs:
        for arc in boundary(e.condition, "p_A", "p_B", unilateral.sample_point()):
            assert sp.factor(arc.equation) in drawn


def test_cells_say_what_exists(unilateral, eqs, found):
    rng = np.random.default_rng(7)
    grid = found.cells.raster(xs := rng.random(6), ys := rng.random(5))
    for (row, y), (column, x) in ((a, b) for a in enumerate(ys) for b in enumerate(xs)):
        point = {**unilateral.sample_point(), "p_A": str(round(x, 6)), "p_B": str(round(y, 6))}
        named = {e.name for e in eqs.at({str(k): v for k, v in point.items()})}
        assert {found.groups[k].name for k in grid[row, column] if isinstance(k, int)} == named


def test_every_region_is_named_and_nothing_overlaps(unilateral, eqs):
    ax = regions(eqs, "p_A", "p_B", unilateral.sample_point())
    found = boxes(ax)
    words = " ".join(text for text, _ in found).replace("\n", " ")
    for name in unilateral.names:
        assert name in words
    assert overlapping(found) == []


def test_names_lie_inside_their_regions(protege):
    eqs, at = protege.solve(), protege.sample_point()
    ax = regions(eqs, *_probabilities(protege), at)
    drawn = chart(eqs, *_probabilities(protege), at)
    assert overlapping(boxes(ax)) == []
    inside = ax.get_window_extent()
    for text, box in boxes(ax, lambda t: t.get_gid() == "name"):
        assert inside.x0 <= box.x0 and box.x1 <= inside.x1 and inside.y0 <= box.y0 and box.y1 <= inside.y1, text
        corners = ax.transData.inverted().transform([(box.x0, box.y0), (box.x1, box.y1)])
        cells = drawn.cells.raster(np.linspace(*corners[:, 0], 5), np.linspace(*corners[:, 1], 5))
        shown = {drawn.shown(m) for m in cells.ravel() if DOMAIN in m}
        assert len(shown) == 1, text


def test_equations_are_written_as_the_paper_does(found):
    assert r"$p_{A} = \dfrac{b_{CD} - b_{DC}}{b_{CD} - b_{DDm}}$" in found.labels


def test_knife_edges_are_lines(found):
    edges = [line for lines in found.labels.values() for line in lines if "knife-edge" in line.on]
    assert len({line.arc.equation for line in edges}) == 3


def test_a_given_axes_is_used_and_returned(unilateral, eqs):
    import matplotlib.pyplot as plt

    _, ax = plt.subplots()
    assert regions(eqs, "p_A", "a_SQ", unilateral.sample_point(), ax=ax) is ax
    assert ax.get_ylim() == (2.0, 6.0)


def test_defined_axes_are_moved_by_what_they_are_made_of():
    P = dt.Parameters()
    p, q, _ = P.distribution("p q r")
    P.define("s", p + q)
    game = dt.ExtensiveGame(
        "Sum", parameters=P, players=["A"],
        tree=dt.move("A", "go", no=dt.outcome("No", A=0), yes=dt.outcome("Yes", A=p + q - sp.Rational(1, 2))),
    )  # fmt: skip
    drawn = chart(dt.solve(game), "s", "q")
    assert {sp.factor(line.arc.equation) for lines in drawn.labels.values() for line in lines} >= {
        2 * drawn.plane.x - 1
    }


@pytest.mark.parametrize(
    ("arguments", "kind", "words"),
    [
        (("p_A", "p_B", {"a_SQ": 4}), PointError, "b_DDm"),
        (("a_SQ", "p_B", {"p_A": "3/2"}), PointError, "p_A < 1"),
        (("p_A", "p_A", {}), ParameterError, "two different"),
        (("p_A", "p_X", {}), UnknownName, "p_X"),
    ],
)
def test_misuse_is_explained(eqs, arguments, kind, words):
    with pytest.raises(kind, match=words):
        regions(eqs, *arguments)


def test_nothing_to_draw_is_said():
    with pytest.raises(DeterrenceError, match="none"):
        regions((), "p", "q")


def test_the_rule_of_selection_is_stated(unilateral, eqs):
    ax = probability(eqs, "Conflict", "p_A", "p_B", unilateral.sample_point(), select="highest")
    labels = [a.get_xlabel() for a in ax.get_figure().axes]
    assert any("highest among the equilibria" in label for label in labels)
    with pytest.raises(UnknownName, match="highest"):
        probability(eqs, "Conflict", "p_A", "p_B", unilateral.sample_point(), select="higest")
    with pytest.raises(UnknownName, match="Conflict"):
        probability(eqs, "Conflcit", "p_A", "p_B", unilateral.sample_point())


def _probabilities(model):
    return [p.name for p in model.parameters if p.kind == "probability"][:2]
