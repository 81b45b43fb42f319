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


def outcomes_found(exact, found, places):
    """Whether each outcome distribution of the closed form is among the numeric ones, wherever it exists."""
    checked = 0
    for k in places:
        for at in np.argwhere(exact.exists.values[k]):
            here = found.outcome.values[(slice(None), slice(None), *at)]
            wanted = exact.outcome.values[(k, slice(None), *at)]
            if np.isnan(wanted).any():
                continue  # a family with a range
            assert np.isclose(here, wanted).all(axis=1).any(), (k, at)
            checked += 1
    return checked


def test_ties_off_the_path_are_told_from_degenerate_games():
    """Steadfast Deterrence is a continuum everywhere; a tie that changes what happens is on a threshold only."""
    eqs = solved("unilateral")
    p_A, p_B = ["1/4", "1/2", "3/4", "9/10"], ["1/5", "2/5", "9/20", "1/2", "4/5"]
    values = {**FIXED, "p_A": p_A, "p_B": p_B}  # thresholds: 2/5 and 1/2 for p_B; 3/4 for p_A, where p_B <= 2/5
    on = np.array([[b in ("2/5", "1/2") or (a == "3/4" and b == "1/5") for b in p_B] for a in p_A])
    for undominated in (False, True):
        found = solve_numeric(eqs.game, values, undominated=undominated)
        assert (found.degenerate.values == on).all()
        assert found.off_path.values.all()
        clear = sweep(eqs, values, select="all")
        clear["exists"] = clear.exists & xr.DataArray(~on, dims=("p_A", "p_B"))
        assert outcomes_found(clear, found, range(len(eqs))) >= 5 * (~on).sum() // 2


def test_without_dominated_actions_no_perfect_bayesian_outcome_is_lost():
    game = samples.mutual()
    eqs = solved("mutual")
    draw = np.random.default_rng(4)
    probabilities = {p: xr.DataArray(draw.uniform(size=60), dims="q") for p in ("p_A", "p_B")}
    values = {**FIXED, "b_CD": 6, "b_SQ": 4, **probabilities}
    form = strategic_form(game, undominated=True)
    assert len(form.rows) == len(form.columns) == 4  # hard states fight and soft ones give in
    found = solve_numeric(game, values, undominated=True)
    assert not found.degenerate.any() and np.nanmax(found.regret) < 1e-8
    assert outcomes_found(sweep(eqs, values, select="all"), found, range(len(eqs))) > 60


def test_blocks_and_workers_give_the_same(monkeypatch):
    game = samples.unilateral()
    values = {**FIXED, "p_A": grid("-1/10", 1, 9), "p_B": grid(0, 1, 7)}
    whole = solve_numeric(game, values)
    monkeypatch.setattr("deterrence.sweeps.numeric.BLOCK_NUMBERS", 36 * 11)
    reported = []
    xr.testing.assert_allclose(whole, solve_numeric(game, values, n_jobs=2, progress=reported.append))
    assert len(reported) > 3 and sum(reported) == whole.outside.size


def test_a_single_point_has_no_dimension():
    found = solve_numeric(samples.unilateral(), {**FIXED, "p_A": "1/4", "p_B": "1/5"})
    assert found["count"].shape == () and int(found["count"]) >= 2


def test_names_that_clash_are_refused():
    with pytest.raises(SweepError, match="row"):
        solve_numeric(samples.unilateral(), {**FIXED, "p_A": xr.DataArray([0.5, 0.6], dims="row"), "p_B": "1/2"})
