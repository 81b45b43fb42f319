"""The page's program finds what Python finds: 200 points, many of them exactly on boundaries, and the map."""

import os
from fractions import Fraction

import pytest
import sympy as sp

import deterrence as dt
from deterrence.explorer.data import page_data
from deterrence.regions.logic import holds
from tests.explorer.pages import UNILATERAL, data_in, evaluated, model, page_of
from tests.sweeps.points import boundary_points, rational

pytestmark = pytest.mark.node

MUTUAL = "zagare_kilgour_2000/generalized_mutual_deterrence"
ESCALATION = pytest.param(
    "zagare_kilgour_2000/asymmetric_escalation",
    marks=pytest.mark.skipif(not os.environ.get("DETERRENCE_EXHAUSTIVE"), reason="takes minutes: make exhaustive"),
)


def functions(game, exprs):
    symbols = game.assumptions.symbols
    expanded = [game.assumptions.expand(e) for e in exprs]
    return sp.lambdify([symbols], expanded, "math"), symbols


@pytest.mark.parametrize("name", [UNILATERAL, MUTUAL, ESCALATION])
def test_numbers_equal_pythons_at_200_points(name):
    eqs = model(name).solve()
    points = [rational(p) for p in boundary_points(eqs, 200, 5)]
    answers = evaluated(data_in(page_of(name)), points)["answers"]
    equilibria = [*eqs.generic, *eqs.knife_edges]
    on_boundary = compared = 0
    for e, found in zip(equilibria, zip(*(a["found"] for a in answers), strict=True), strict=True):
        values, symbols = None, ()
        if not e.free:
            values, symbols = functions(e.game, [*e.outcomes.values(), *(e.payoffs[p] for p in e.game.players)])
        for point, here in zip(points, found, strict=True):
            exact = holds(e.condition.formula, e.condition.assumptions.ring, point)
            assert (here is not None) == exact, (e.title, point)
            if here is None:
                continue
            on_boundary += here["equal"] > 0
            assert sum(here["outcomes"]) == pytest.approx(1)
            if values is None:
                continue
            wanted = [float(v) for v in values([Fraction(int(point[s].p), int(point[s].q)) for s in symbols])]
            assert [*here["outcomes"], *here["payoffs"]] == pytest.approx(wanted, rel=1e-9, abs=1e-9)
            compared += 1
    assert all(a["inside"] for a in answers)
    assert on_boundary > 20
    assert compared > 200


def test_map_is_where_the_conditions_hold():
    eqs = model().solve()
    data = data_in(page_of())
    sample = {p["name"]: p["value"] for p in data["parameters"]}
    names = [p["name"] for p in data["parameters"]]
    n = 200
    for x, y in (("p_A", "p_B"), ("a_SQ", "b_CD")):
        kx, ky = names.index(x), names.index(y)
        answer = evaluated(data, [], {"n": n, "x": kx, "y": ky, "at": sample})["map"]
        axes = [data["parameters"][k] for k in (kx, ky)]
        for cell in range(17, n * n, 397):
            row, column = divmod(cell, n)
            centre = [
                sp.Rational(str(p["low"])) + sp.Rational(2 * place + 1, 2 * n) * sp.Rational(str(p["high"] - p["low"]))
                for p, place in zip(axes, (column, row), strict=True)
            ]
            point = {
                **eqs.game.assumptions.exact_point(sample),
                **eqs.game.assumptions.exact_point(dict(zip((x, y), centre, strict=True))),
            }
            groups = answer["combinations"][answer["cells"][cell]]
            if not eqs.game.assumptions.holds(point):
                assert groups is None
                continue
            exact = {data["equilibria"][k]["group"] for k, e in enumerate(eqs) if e.condition.contains(point)}
            assert set(groups) == exact


def test_the_map_by_name_is_the_picture_of_regions():
    """At each place the page has the groups whose members exist there: those that `dt.plot.regions` fills."""
    from deterrence.plot.groups import grouped

    eqs = model().solve()
    data = data_in(page_of())
    point = {s: v for s, v in model().sample_point().items() if s.name not in ("p_A", "p_B")}
    drawn = {group.name: group.members for group in grouped(eqs, point, None)}
    assert {g["title"] for g in data["groups"]} == set(drawn)
    names = [p["name"] for p in data["parameters"]]
    sample = {p["name"]: p["value"] for p in data["parameters"]}
    n = 20
    asked = {"n": n, "x": names.index("p_A"), "y": names.index("p_B"), "at": sample}
    answer = evaluated(data, [], asked)["map"]
    for cell in range(n * n):
        row, column = divmod(cell, n)
        place = {"p_A": Fraction(2 * column + 1, 2 * n), "p_B": Fraction(2 * row + 1, 2 * n)}
        here = eqs.game.assumptions.exact_point({**{str(s): v for s, v in point.items()}, **place})
        exact = {name for name, members in drawn.items() if any(e.condition.contains(here) for e in members)}
        found = answer["combinations"][answer["cells"][cell]]
        assert {data["groups"][g]["title"] for g in found} == exact


def family():
    """A game in which a free probability decides how probable an outcome is: the responder is indifferent."""
    P = dt.Parameters()
    bad, good = P.ordered("bad < good", samples=[0, 1])
    p = P.probability("p", sample="1/3")
    return dt.ExtensiveGame(
        "Indifferent",
        parameters=P,
        players={"A": dt.types(Keen=p, Calm=1 - p), "B": None},
        tree=dt.move(
            "A",
            "open",
            yes=dt.move(
                "B",
                "answer",
                left=dt.outcome("Left", A=good, B=0),
                right=dt.outcome("Right", A=dt.by_type(Keen=bad, Calm=bad - 1), B=0),
            ),
            no=dt.outcome("Out", A=(bad + good) / 2, B=0),
        ),
    )


def test_family_in_its_range():
    eqs = dt.solve(family())
    data = page_data(eqs)
    families = [k for k, e in enumerate(data["equilibria"]) if e.get("free") and e["free"][0][3]]
    assert families
    points = [{"bad": 0, "good": 1, "p": Fraction(1, 3)}, {"bad": -2, "good": Fraction(3, 4), "p": Fraction(9, 10)}]
    for point, answer in zip(points, evaluated(data, points)["answers"], strict=True):
        for k in families:
            e = [*eqs.generic, *eqs.knife_edges][k]
            found = answer["found"][k]
            if found is None:
                continue
            exact = {s: sp.Rational(str(v)) for s, v in e.game.assumptions.exact_point(point).items()}
            for (value, low, high), symbol in zip(found["free"], e.free, strict=True):
                assert low <= value <= high
                if len(e.free) > 1:
                    continue
                for share in (sp.Rational(1, 50), sp.Rational(49, 50)):
                    inside = sp.Rational(str(low)) + share * sp.Rational(str(high - low))
                    assert e.free_range.contains({**exact, symbol: inside})
                for outside in (low - 0.01, high + 0.01):
                    if 0 < outside < 1:
                        assert not e.free_range.contains({**exact, symbol: sp.Rational(str(outside))})
            assert sum(found["outcomes"]) == pytest.approx(1)
