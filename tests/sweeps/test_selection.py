"""Labels, choices among several equilibria, ranges of families, orders."""

from fractions import Fraction

import numpy as np
import pytest
import sympy as sp
import xarray as xr

import deterrence as dt
from deterrence.errors import UnknownName
from deterrence.sweeps import grid, sweep
from tests.sweeps.points import FIXED, solved

pytestmark = pytest.mark.filterwarnings("error")
SQUARE = {**FIXED, "p_A": grid(0, 1, 21), "p_B": grid(0, 1, 21)}


def test_first_is_the_first_that_exists_in_order():
    eqs = solved("unilateral")
    every = sweep(eqs, SQUARE, select="all")
    for order in ((0, 1, 2, 3, 4, 5), (5, 3, 4, 0, 2, 1)):
        names = [eqs[k].title for k in order]
        found = sweep(eqs, SQUARE, order=names)
        exists = every.exists.values[list(order)]
        assert (found.label.values == np.array(order)[exists.argmax(axis=0)]).all()
        for name in ("outcome", "payoff"):
            picked = np.take_along_axis(every[name].values, found.label.values[None, None].astype(int), axis=0)[0]
            assert np.array_equal(found[name].values, picked, equal_nan=True)


def test_all_labels_are_sums_of_powers_of_two():
    found = sweep(solved("unilateral"), SQUARE, select="all", outputs=("exists", "label"))
    weights = 2 ** np.arange(6)[:, None, None]
    assert (found.label.values == (found.exists.values * weights).sum(axis=0)).all()


@pytest.mark.parametrize("player", ["Challenger", "Defender", "Challenger Soft"])
def test_best_has_the_highest_payoff(player):
    eqs = solved("unilateral")
    every = sweep(eqs, SQUARE, select="all")
    found = sweep(eqs, SQUARE, select=f"best for {player}")
    highest = np.nanmax(every.payoff.sel(player=player).values, axis=0)
    assert np.allclose(found.payoff.sel(player=player).values, highest)
    exists = np.take_along_axis(every.exists.values, found.label.values[None].astype(int), axis=0)
    assert exists.all()


def first_highest(eqs, exists, payoff, point):
    """By the definition: the first equilibrium whose payoff no other exceeds, in exact arithmetic."""
    exact = {s: dt_rational(v) for s, v in point.items()}
    worth = {k: sp.sympify(e.payoffs[payoff]).xreplace(exact) for k, e in enumerate(eqs) if exists[k]}
    return next(k for k, v in worth.items() if v == max(worth.values()))


@pytest.mark.parametrize("unit", [Fraction(1), Fraction(1, 10**9), Fraction(10**7, 3)])
@pytest.mark.parametrize("far", [0, 2**40])
def test_best_does_not_depend_on_the_unit_or_the_origin_of_payoffs(unit, far):
    eqs = solved("unilateral")
    symbols = {s.name: s for s in eqs.game.assumptions.symbols}
    costs = {k: unit * (far + v) for k, v in FIXED.items()}
    found = sweep(eqs, {**costs, "p_A": grid(0, 1, 9), "p_B": grid(0, 1, 11)}, select="best for Challenger")
    assert len(set(found.label.values.ravel())) > 2
    for at in np.ndindex(found.label.shape):
        point = {"p_A": Fraction(at[0] + 1, 8), "p_B": Fraction(at[1] + 1, 10), **costs}
        exact = {symbols[k]: Fraction(v) for k, v in point.items()}
        wanted = first_highest(eqs, found.exists.values[(slice(None), *at)], "Challenger", exact)
        assert found.label.values[at] == wanted


def test_near_ties_are_decided_exactly():
    """Floats one unit apart round payoffs to the same number; exact arithmetic tells them apart."""
    P = dt.Parameters()
    x, y = P.positive("x y")
    game = dt.StrategicGame(
        "Same interest",
        parameters=P,
        actions={"A": ["left", "right"], "B": ["left", "right"]},
        payoffs={
            ("left", "left"): (x / 3, 1),
            ("left", "right"): (0, 0),
            ("right", "left"): (0, 0),
            ("right", "right"): (y / 3, 1),
        },
    )
    eqs = dt.solve(game)
    left, right = (next(k for k, e in enumerate(eqs) if e.strategy["A", "choice"][a] == 1) for a in ("left", "right"))
    values = {"x": np.ones(3), "y": 1 + np.array([-1, 0, 1]) * 2.0**-52}
    found = sweep(eqs, {k: xr.DataArray(v, dims="q") for k, v in values.items()}, select="best for A")
    assert list(found.label.values) == [left, min(left, right), right]


def test_where_none_exists_nothing_is_given():
    eqs = solved("mutual")
    fixed = {**FIXED, "b_CD": 6, "b_SQ": 4}
    only = dt.Equilibria(eqs.game, eqs.generic[:1], provenance=eqs.provenance)
    found = sweep(only, {**fixed, "p_A": grid(0, 1, 11), "p_B": grid(0, 1, 11)})
    none = found["count"].values == 0
    assert none.any() and not none.all()
    assert (found.label.values[none] == -1).all()
    assert np.isnan(found.outcome.values[:, none]).all()
    assert np.allclose(found.outcome.values[:, ~none].sum(axis=0), 1)


def test_outcome_probabilities_sum_to_one():
    found = sweep(
        solved("mutual"), {**FIXED, "b_CD": 6, "b_SQ": 4, "p_A": grid(0, 1, 31), "p_B": grid(0, 1, 31)}, select="all"
    )
    total = found.outcome.values.sum(axis=1)
    assert np.allclose(total[found.exists.values], 1)
    assert np.isnan(total[~found.exists.values]).all()


def test_a_family_gives_the_range_of_what_it_leaves_open():
    """At p_B = 2/5 the Soft Challenger may mix: checked against the exact family at the same point."""
    eqs = solved("unilateral")
    values = {**FIXED, "p_A": "3/4", "p_B": "2/5"}
    found = sweep(eqs, values, select="all", knife_edges=True)
    k = 6 + next(j for j, e in enumerate(eqs.knife_edges) if e.at(values) is not None)
    assert found.exists.values[k]
    family = eqs.knife_edges[k - 6].at(values)
    (free,) = family.free
    inside = [
        x
        for x in (Fraction(j, 400) for j in range(1, 400))
        if family.system.simplify().at({free: x}).witness() is not None
    ]
    for place, (name, share) in enumerate(family.outcomes.items()):
        seen = [float(share.subs(free, dt_rational(x))) for x in (min(inside), max(inside))]
        low, high = found.outcome_low.values[k, place], found.outcome_high.values[k, place]
        if share.free_symbols:
            assert np.isnan(found.outcome.values[k, place])
            assert low <= min(seen) + 1e-12 and max(seen) - 1e-12 <= high, name
            assert min(seen) - low < 0.01 and high - max(seen) < 0.01, name
        else:
            assert found.outcome.values[k, place] == low == high == float(share)


def dt_rational(x):
    return sp.Rational(x.numerator, x.denominator)


def test_only_what_is_asked_for():
    found = sweep(solved("unilateral"), SQUARE, outputs=("label", "outcome"), outcomes=["Conflict"])
    assert set(found.data_vars) == {"label", "outcome"}
    assert list(found.outcome_name.values) == ["Conflict"]


@pytest.mark.parametrize(
    "wish",
    [
        {"select": "best for Chalenger"},
        {"select": "worst"},
        {"order": ["Bluf"]},
        {"outcomes": ["War"]},
        {"payoffs": ["Nobody"]},
        {"outputs": ("labels",)},
    ],
)
def test_unknown_names_are_refused(wish):
    with pytest.raises(UnknownName):
        sweep(solved("unilateral"), SQUARE, **wish)


def test_attributes_say_what_it_is():
    found = sweep(solved("unilateral"), SQUARE)
    assert found.attrs["title"] == "Unilateral deterrence"
    assert found.attrs["concept"] == "perfect bayesian"
    assert "p_A < 1" in found.attrs["assumptions"]
    assert found.attrs["source"] == f"deterrence {dt.__version__}"
    assert found.label.attrs["flag_meanings"].split("; ")[1] == "none"
    assert found.outcome.attrs["units"] == found.p_A.attrs["units"] == "1"


@pytest.mark.parametrize("rule", ["first", "all"])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_the_range_of_outcomes_spans_all_that_exist(rule, dtype):
    """Also points where none exists, points outside, and families with a range of their own."""
    eqs = solved("unilateral")
    edge = {**FIXED, "p_A": np.array([0.25, 0.75, 2.0]), "p_B": ["1/5", "2/5", "1/2", "3/4"]}
    every = sweep(eqs, edge, select="all", knife_edges=True, dtype=dtype)
    found = sweep(eqs, edge, select=rule, knife_edges=True, outputs=("outcome_range",), dtype=dtype)
    assert set(found.data_vars) == {"outcome_least", "outcome_greatest"}
    low = np.where(np.isnan(every.outcome_low), every.outcome, every.outcome_low)
    high = np.where(np.isnan(every.outcome_high), every.outcome, every.outcome_high)
    for at in np.ndindex(3, 4):
        exists = every.exists.values[(slice(None), *at)]
        least, greatest = (found[n].values[(slice(None), *at)] for n in ("outcome_least", "outcome_greatest"))
        if not exists.any():
            assert np.isnan(least).all() and np.isnan(greatest).all()
            continue
        assert (least == low[(exists, slice(None), *at)].min(axis=0)).all()
        assert (greatest == high[(exists, slice(None), *at)].max(axis=0)).all()
    assert (found.outcome_greatest.values[3, 0, 0] > 0) and (found.outcome_least.values[3, 0, 0] == 0)


def test_a_model_orders_its_answer_by_its_names():
    """The first in order is the first that the model names, in Python as on the command line."""
    model = dt.load("unilateral_deterrence")
    eqs = model.solve()
    place = list(model.names).index
    assert [place(e.name) for e in eqs] == sorted(place(e.name) for e in eqs)
    square = {**{s.name: v for s, v in model.sample_point().items()}, "p_A": grid(0, 1, 21), "p_B": grid(0, 1, 21)}
    found = sweep(eqs, square)
    named = sweep(eqs, square, order=list(model.names))
    assert (found.label == named.label).all()
    war = found.outcome.sel(outcome_name="Conflict")
    assert float(war.mean()) > 0.05
    assert (found.outcome_least.sel(outcome_name="Conflict") == 0).all()  # Steadfast Deterrence exists everywhere
    assert (found.outcome_greatest.sel(outcome_name="Conflict") >= war).all()
