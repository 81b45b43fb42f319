"""Every map of the catalogue by geometry: wide enough, every region named, every equation led to its own curve."""

import numpy as np
import pytest
import sympy as sp

import deterrence as dt
from deterrence.catalogue import names
from deterrence.plot import probability, regions
from deterrence.plot.chart import DOMAIN, chart
from deterrence.plot.drawing import points
from deterrence.plot.naming import ALONE
from deterrence.polynomials import to_flint
from deterrence.views.axes import map_axes
from tests.plot.boxes import boxes, overlapping

SLOW = {"zagare_kilgour_2000/asymmetric_escalation"}  # solved in the tests of what was published
FLAT = {"theory/buck_passing"}  # one parameter, so no plane
MAPS = [n for n in names() if n not in SLOW | FLAT]


def axes_of(model):
    return map_axes(model.solve()) or [p.symbol for p in model.parameters][:2]


@pytest.mark.parametrize("name", MAPS)
def test_every_map(name):
    model = dt.load(name)
    eqs, axes = model.solve(), axes_of(model)
    ax = regions(eqs, *axes, at="sample", held=True)
    found = chart(eqs, *axes, at="sample")
    assert overlapping(boxes(ax)) == []
    wide_enough(ax)
    every_region_is_named(ax, found)
    leaders_end_on_their_curve(ax, found)
    curves_satisfy_their_equation(ax, found)


@pytest.mark.parametrize("by", ["name", "outcome", "each"])
@pytest.mark.parametrize("name", ["unilateral_deterrence", "generalized_mutual_deterrence", "protege_defender"])
def test_every_grouping_names_every_region(name, by):
    model = dt.load(name)
    axes = axes_of(model)
    ax = regions(model, *axes, "sample", by=by)
    found = chart(model, *axes, "sample", by=by)
    every_region_is_named(ax, found)
    assert overlapping(boxes(ax)) == []
    shown = [g.name for k, g in enumerate(found.groups) if any(k in m for m in found.sets())]
    assert len(set(shown)) == len(shown)


def wide_enough(ax):
    """At least 60% of what the picture is cut to."""
    figure = ax.get_figure()
    whole = figure.get_tightbbox(figure.canvas.get_renderer()).width * figure.dpi
    assert ax.get_window_extent().width >= 0.6 * whole


def every_region_is_named(ax, found):
    """Each combination has a text or the end of a pointer inside it, which says who is in it."""
    notes = dict(_letters(ax))
    pointers = {t.get_position(): t.xy for t in ax.texts if t.get_gid() == "pointer"}
    said = {}
    for text in (t for t in ax.texts if t.get_gid() == "name"):
        words = notes.get(text.get_text(), text.get_text()).replace("\n", " ")
        said.setdefault(_there(found, pointers.get(text.get_position(), text.get_position())), set()).add(words)
    assert set(said) == set(found.sets())
    for members, words in said.items():
        wanted = [found.groups[k].name for k in sorted(members)]
        if not wanted:
            wanted = [found.groups[found.throughout[0]].name if len(found.throughout) == 1 else ALONE]
            wanted = wanted if found.throughout else ["none"]
        assert any(_squeezed(" + ".join(wanted)) == _squeezed(w) for w in words), (wanted, words)


def _squeezed(text):
    return "".join(text.split())


def _letters(ax):
    for text in (t.get_text() for t in ax.texts if t.get_gid() == "notes"):
        head, colon, rest = text.partition(": ")
        if colon and len(head) == 1:
            yield head, rest


def _there(found, point):
    """Who exists at a point, by the conditions themselves."""
    members = found.cells.members(*(to_flint(sp.Rational(float(v))) for v in point))
    assert DOMAIN in members
    return found.shown(members)


def leaders_end_on_their_curve(ax, found):
    """Each leader begins on a curve, and on that of the equation that it ends at."""
    texts = {t.get_position(): t.get_text() for t in ax.texts if t.get_gid() == "boundary"}
    leaders = [line.get_xydata() for line in ax.lines if line.get_gid() == "leader"]
    assert len(leaders) == len(texts) == len(found.labels)
    for path in leaders:
        (x, y), end = path[0], path[-1]
        (text,) = [t for at, t in texts.items() if np.allclose(np.array(at) - end, (0.005, 0)) or _above(at, end)]
        lines = found.labels.get(text) or [line for lines in found.labels.values() for line in lines]
        assert min(_distance(ax, line, (x, y)) for line in lines) < 2e-3, text


def _above(at, end):
    return np.allclose(np.array(at) - end, (0, 0.005))


def _distance(ax, line, place):
    """From a point in fractions of the axes to a piece of a curve."""
    xs, ys = points(line, 300)
    corners = np.column_stack([xs, ys])
    steps = np.linspace(0, len(xs) - 1, 1200)
    dense = np.column_stack([np.interp(steps, np.arange(len(xs)), corners[:, k]) for k in (0, 1)])
    low, high = np.array([ax.get_xlim(), ax.get_ylim()]).T
    return np.min(np.hypot(*((dense - low) / (high - low) - place).T))


def curves_satisfy_their_equation(ax, found):
    """The drawn points are zeros of the exact equation, relative to the size of its terms."""
    drawn = [line for line in ax.lines if str(line.get_gid()).startswith(("boundary ", "knife-edge "))]
    assert drawn or not found.labels
    for line in drawn:
        label = str(line.get_gid()).partition(" ")[2]
        equations = {piece.arc.equation for piece in found.labels[label]}
        xs, ys = line.get_data()
        errors = []
        for equation in equations:
            terms = [
                sp.lambdify((found.plane.x, found.plane.y), t)(xs, ys) for t in sp.Add.make_args(sp.expand(equation))
            ]
            errors.append(np.max(np.abs(sum(terms)) / np.maximum(1, sum(np.abs(t) for t in terms))))
        assert min(errors) < 1e-9


def test_equations_are_solved_for_the_axes(unilateral):
    for axes in (("a_SQ", "b_DC"), ("p_A", "p_B"), ("b_DC", "p_A")):
        found = chart(unilateral, *axes, at="sample")
        latex = {str(s): sp.latex(s) for s in (found.plane.x, found.plane.y)}
        for text in found.labels:
            assert text.strip("$").split(" = ")[0] in latex.values(), text


def test_a_named_sum_gives_way_to_the_axis():
    P = dt.Parameters()
    p, q, _ = P.distribution("p q r")
    c = P.probability("c", sample="1/2")
    P.define("s", p + q)
    game = dt.ExtensiveGame(
        "Sum", parameters=P, players=["A"],
        tree=dt.move("A", "go", no=dt.outcome("No", A=0), yes=dt.outcome("Yes", A=p + q - c)),
    )  # fmt: skip
    (text,) = [t for t in chart(dt.solve(game), p, q, "sample").labels if "c" in t]
    assert text == "$q = c - p$"
    words = " ".join(t.get_text() for t in regions(dt.solve(game), "s", q, "sample", held=True).texts)
    assert "$s$ moves with $p$: $s = p + q$" in words and "$c = 1/2$" in words


def test_stripes_show_each_equilibrium(protege):
    axes = axes_of(protege)
    ax = regions(protege, *axes, "sample")
    found = chart(protege, *axes, "sample")
    for members in found.sets():
        gid = " + ".join(found.groups[k].name for k in sorted(members))
        fills = [a for a in [*ax.patches, *ax.collections] if a.get_gid() == gid]
        colours = {tuple(np.round(np.atleast_2d(a.get_facecolor())[0], 6)) for a in fills}
        assert len(colours) == max(1, len(members))


def test_boundaries_of_a_short_curve_are_led_to_it():
    """The curve that ends at the top of the map has its equation above that end, not beside another's."""
    P = dt.Parameters()
    p, q = P.probability("p q")
    threat, yielding = 3 * (1 - p) - 8 * p * q, 5 * q - 3
    payoffs = {a: {b: (i * threat, j * yielding) for j, b in enumerate("dw")} for i, a in enumerate("nt")}
    game = dt.StrategicGame("Brink", parameters=P, actions={"A": ["n", "t"], "B": ["d", "w"]}, payoffs=payoffs)
    ax = regions(dt.solve(game), "p", "q")
    starts = [tuple(line.get_xydata()[0]) for line in ax.lines if line.get_gid() == "leader"]
    assert len(set(starts)) == len(starts) == 2
    assert any(y == pytest.approx(1) and x < 0.3 for x, y in starts)


@pytest.mark.parametrize("select", ["highest", "lowest", "first"])
def test_shades_are_the_exact_probabilities(unilateral, select):
    eqs, at = unilateral.solve(), unilateral.sample_point()
    ax = probability(eqs, "Conflict", "p_A", "p_B", at, select=select) if select != "first" else _first(eqs, at)
    figure = ax.get_figure()
    figure.draw_without_rendering()
    rng = np.random.default_rng(3)
    for x, y in rng.random((12, 2)).round(4):
        there = eqs.at({**{str(k): v for k, v in at.items()}, "p_A": str(x), "p_B": str(y)})
        exact = [float(e.outcomes["Conflict"]) for e in there.generic]
        wanted = {"highest": max, "lowest": min, "first": lambda values: values[0]}[select](exact)
        assert _shade(ax, x, y) == pytest.approx(wanted, abs=2e-3)


def _first(eqs, at):
    with pytest.warns(UserWarning, match="never shown.*Steadfast"):
        return probability(eqs, "Conflict", "p_A", "p_B", at, select="first")


def _shade(ax, x, y):
    """What the mesh over a point holds there, between its corners."""
    for mesh in (c for c in ax.collections if c.get_gid() == "shade"):
        path = mesh.get_clip_path()
        clip = path.get_fully_transformed_path() if hasattr(path, "get_fully_transformed_path") else None
        if clip is not None and clip.contains_point(ax.transData.transform((x, y))):
            grid = mesh.get_coordinates()
            xs, ys = grid[0, :, 0], grid[:, 0, 1]
            values = np.asarray(mesh.get_array()).reshape(len(ys), len(xs))
            return float(np.interp(y, ys, [np.interp(x, xs, row) for row in values]))
    raise AssertionError((x, y))


def test_the_picture_says_which_equilibria_count(unilateral):
    ax = probability(unilateral, "Conflict", "p_A", "p_B", "sample")
    names = {t.get_text().replace("\n", " ") for t in ax.texts if t.get_gid() == "name"}
    assert {"Bluff", "Attack", "Separating"} <= names
    assert any("give the probability shown" in t.get_text() for t in ax.texts)
    assert "highest among" in " ".join(a.get_xlabel() for a in ax.get_figure().axes)


def test_too_many_equilibria_are_drawn_with_a_warning(unilateral, monkeypatch):
    monkeypatch.setattr("deterrence.plot.naming.MANY", 3)
    with pytest.warns(UserWarning, match="shows 6 equilibria"):
        regions(unilateral, "p_A", "p_B", "sample", by="each")


def test_equilibria_of_one_name_are_told_apart_by_what_they_do(unilateral):
    ax = regions(unilateral, "p_A", "p_B", "sample", by="each")
    (note,) = [t.get_text() for t in ax.texts if t.get_text().startswith("Throughout")]
    told = " ".join(note.split()).split("Steadfast Deterrence")[1:]
    assert len(told) == 2 and told[0] != told[1] and all("respond" in part for part in told)


def test_a_line_that_the_assumptions_leave_out_is_no_boundary_and_strikes_no_name():
    P = dt.Parameters()
    a, b = P.positive("a b", samples=[1, 2])
    P.assume(sp.Ne(a, 1))
    yes = dt.outcome("Yes", A=b - 1)
    game = dt.ExtensiveGame(
        "Two", parameters=P, players=["A"], tree=dt.move("A", "go", no=dt.outcome("No", A=0), yes=yes)
    )
    ax = regions(dt.solve(game), a, b, "sample", x_range=(0, 2), y_range=(0, 2))
    assert any((line.get_gid() or "").startswith("excluded") for line in ax.lines)
    assert not any("boundary $a = 1$" in (line.get_gid() or "") for line in ax.lines)
    assert any(t.get_text().startswith("Dashed: outside the assumptions") for t in ax.texts)
    middle = ax.transData.transform((1, 1))[0]
    inside = [box for _, box in boxes(ax, lambda t: t.get_gid() == "name")]
    assert inside and not any(box.x0 < middle < box.x1 for box in inside)


def test_numbers_of_equations_go_with_the_reading_of_the_margins():
    model = dt.load("target_choice")
    ax = regions(model, *axes_of(model), "sample")
    numbered = [t for t in ax.texts if t.get_gid() == "boundary" and t.get_text().startswith("(")]
    above = sorted((t for t in numbered if t.get_va() == "bottom"), key=lambda t: t.get_position()[0])
    beside = sorted((t for t in numbered if t.get_va() != "bottom"), key=lambda t: -t.get_position()[1])
    assert [t.get_text() for t in (*above, *beside)] == [f"({k + 1})" for k in range(len(numbered))]
    assert len(numbered) == 3


def test_a_boundary_is_solved_for_an_axis_though_the_sign_of_its_coefficient_is_open():
    """The action pays iff a (b - c) > d: for the axis a it is d/(b - c), be b below or above c."""
    P = dt.Parameters()
    a, b, c, d = P.positive("a b c d", samples=[2, 3, 1, 2])
    p = P.probability("p")
    yes = dt.outcome("Yes", A=a * (b - c) - d)
    game = dt.ExtensiveGame(
        "Turn", parameters=P, players=["A"], tree=dt.move("A", "go", no=dt.outcome("No", A=0), yes=yes)
    )
    (text,) = chart(dt.solve(game), a, p, "sample").labels
    assert text == r"$a = \dfrac{d}{b - c}$"
