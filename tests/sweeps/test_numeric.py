"""Numeric solving at many points against the symbolic answer and against the definition."""

import numpy as np
import pytest
import xarray as xr

import deterrence as dt
from deterrence.errors import GameError, PointError
from deterrence.sweeps import SweepError, grid, solve_numeric, sweep
from deterrence.sweeps.plans import strategic_form
from tests.games import samples
from tests.sweeps.points import FIXED, solved


def test_plans_that_differ_off_the_path_are_one():
    form = strategic_form(samples.unilateral())
    assert len(form.rows) == 9 and len(form.columns) == 4  # cooperate, or defect and then two actions, a type


def test_isolated_equilibria_of_the_closed_form_are_found():
    eqs = solved("unilateral")
    values = {**FIXED, "p_A": grid(0, 1, 9), "p_B": grid("1/20", "19/20", 8)}
    exact = sweep(eqs, values, select="all")
    found = solve_numeric(eqs.game, values)
    checked = 0
    for k in (3, 4, 5):
        for at in np.argwhere(exact.exists.values[k]):
            here = found.outcome.values[(slice(None), slice(None), *at)]
            wanted = exact.outcome.values[(k, slice(None), *at)]
            assert np.isclose(here, wanted).all(axis=1).any()
            checked += 1
    assert checked > 20
    assert np.nanmax(found.regret.values) < 1e-8
    assert found.attrs["how_known"] == "certified"


def test_payoffs_are_those_of_the_mixtures():
    eqs = solved("unilateral")
    found = solve_numeric(eqs.game, {**FIXED, "p_A": "1/2", "p_B": np.array([0.3, 0.7])})
    total = found.outcome.sum("outcome_name", skipna=False).values
    assert np.allclose(total[found.exists.values], 1)
    assert np.isnan(total[~found.exists.values]).all()
    assert np.isfinite(found.payoff.values.sum(axis=1)[found.exists.values]).all()


def test_points_outside_are_masked():
    eqs = solved("unilateral")
    p = xr.DataArray([0.5, 1.5], dims="q")
    found = solve_numeric(eqs.game, {**FIXED, "p_A": p, "p_B": "1/2"})
    assert list(found.outside.values) == [False, True]
    assert found["count"].values[1] == -1 and not found.exists.values[:, 1].any()
    with pytest.raises(PointError):
        solve_numeric(eqs.game, {**FIXED, "p_A": "3/2", "p_B": "1/2"})


def test_large_games_and_other_numbers_of_players_are_refused():
    with pytest.raises(GameError, match="plans"):
        solve_numeric(samples.escalation(), {})
    alone = dt.ExtensiveGame(
        "Alone", players=["A"], tree=dt.move("A", "x", y=dt.outcome("Y", A=1), z=dt.outcome("Z", A=0))
    )
    with pytest.raises(SweepError, match=r"eqs\.game"):
        solve_numeric(solved("unilateral"), {})
    with pytest.raises(GameError, match="two players"):
        solve_numeric(alone, {})
