"""Labels, choices among several equilibria, ranges of families, orders."""

from fractions import Fraction

import numpy as np
import pytest

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
    import sympy as sp

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
