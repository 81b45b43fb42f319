"""Sweeps against exact answers, point by point, on boundaries and next to them."""

import numpy as np
import pytest
import xarray as xr

from deterrence.sweeps import grid, sweep
from tests.sweeps.points import FIXED, as_floats, as_fractions, boundary_points, exact_masks, rational, solved

pytestmark = pytest.mark.filterwarnings("error")


def scattered(table):
    return {s: xr.DataArray(v, dims="point") for s, v in table.items()}


def compare(eqs, points, found, knife_edges=False):
    """Existence, count and masks at every point; how many points lie outside the assumptions."""
    outside = 0
    for k, point in enumerate(points):
        masks = exact_masks(eqs, point, knife_edges)
        outside += masks is None
        assert bool(found.outside[k]) == (masks is None)
        assert list(found.exists.values[:, k]) == (masks or [False] * found.sizes["equilibrium"]), point
        assert found["count"].values[k] == (-1 if masks is None else sum(masks))
    assert found.attrs["points_outside_assumptions"] == outside
    return outside


@pytest.mark.parametrize(("name", "n"), [("unilateral", 5_000), ("mutual", 500)])
def test_ten_thousand_points_half_exact_half_next_to_a_boundary(name, n):
    eqs = solved(name)
    symbols = eqs.game.assumptions.symbols
    points = list(boundary_points(eqs, n, 1))
    outputs = ("exists", "count", "outside")
    compare(eqs, points, sweep(eqs, scattered(as_fractions(points, symbols)), outputs=outputs))
    table, exact = as_floats(points, symbols)
    found = sweep(eqs, scattered(table), outputs=outputs)
    compare(eqs, exact, found)
    assert found.attrs["decided_again_exactly"] > n / 5


def test_knife_edges_are_found_where_they_are():
    eqs = solved("unilateral")
    points = list(boundary_points(eqs, 600, 2))
    table = scattered(as_fractions(points, eqs.game.assumptions.symbols))
    found = sweep(eqs, table, outputs=("exists", "count", "outside"), knife_edges=True)
    compare(eqs, points, found, knife_edges=True)
    assert found.exists.values[len(eqs) :].sum() > 50


def test_points_agree_with_the_answer_at_a_point():
    eqs = solved("unilateral")
    points = list(boundary_points(eqs, 40, 3))
    found = sweep(
        eqs,
        scattered(as_fractions(points, eqs.game.assumptions.symbols)),
        select="all",
        outputs=("exists", "outcome", "payoff", "strategy"),
    )
    for k, point in enumerate(points):
        here = [e.at(rational(point)) for e in eqs]
        assert [e is not None for e in here] == list(found.exists.values[:, k])
        for place, e in enumerate(here):
            values = found.isel(equilibrium=place, point=k)
            if e is None:
                assert np.isnan(values.outcome).all() and np.isnan(values.payoff).all()
                continue
            close(values.outcome.values, e.outcomes.values())
            close(values.payoff.values, e.payoffs.values())
            shares = [p for row in e.strategy.values() for p in row.values()]
            for got, want in zip(values.strategy.values, shares, strict=True):
                assert np.isnan(got) if want.free_symbols else abs(got - float(want)) < 1e-9


def close(got, want):
    assert np.allclose(got, [float(v) for v in want], rtol=1e-9, atol=1e-9)


def test_grid_is_exact_on_boundaries():
    eqs = solved("unilateral")
    found = sweep(eqs, {**FIXED, "p_A": grid(0, 1, 31), "p_B": grid(0, 1, 41)}, outputs=("exists", "count"))
    assert found.sizes["p_A"] == 29 and found.sizes["p_B"] == 39  # the ends of (0, 1) are left out
    separating = found.exists.values[3]  # 2/5 <= p_B <= 1/2, both on the grid
    inside = separating.all(axis=0)
    assert [round(40 * x) for x in found.p_B.values[inside]] == list(range(16, 21))


def test_scattered_and_grid_agree():
    eqs = solved("mutual")
    fixed = {**FIXED, "b_CD": 6, "b_SQ": 4}
    one = sweep(eqs, {**fixed, "p_A": grid(0, 1, 23), "p_B": grid(0, 1, 19)}, dtype="float32")
    stacked = one.stack(point=("p_A", "p_B"))
    again = sweep(
        eqs,
        {**fixed, "p_A": stacked.p_A.drop_vars(stacked.p_A.coords), "p_B": stacked.p_B.drop_vars(stacked.p_B.coords)},
        dtype="float32",
    )
    same = one.exists.values.reshape(again.exists.shape) == again.exists.values
    assert same.mean() > 0.95  # the grid is exact, its floats may fall to either side of a boundary
    assert one.outcome.dtype == np.float32
    rows = same.all(axis=0)
    assert np.allclose(
        one.outcome.values.reshape(again.outcome.shape)[:, rows], again.outcome.values[:, rows], equal_nan=True
    )


def test_nothing_leaks_from_zero_denominators():
    """Where payoffs are so close that denominators vanish in floats, values are still right."""
    eqs = solved("unilateral")
    tiny = {k: v for k, v in FIXED.items() if k.startswith("b")}
    steps = [1 + k * 2.0**-52 for k in range(5)]
    a = dict(zip(("a_DDm", "a_CD", "a_DDp", "a_SQ", "a_DC"), steps, strict=True))
    values = {**tiny, **{k: np.array([v]) for k, v in a.items()}, "p_A": grid(0, 1, 9), "p_B": grid(0, 1, 9)}
    shared = {k: (xr.DataArray(v, dims="q") if isinstance(v, np.ndarray) else v) for k, v in values.items()}
    found = sweep(eqs, shared, select="all", outputs=("exists", "outcome"))
    ratio = sweep(
        eqs,
        {**tiny, "a_DDm": 0, "a_CD": 1, "a_DDp": 2, "a_SQ": 3, "a_DC": 4, "p_A": grid(0, 1, 9), "p_B": grid(0, 1, 9)},
        select="all",
        outputs=("exists", "outcome"),
    )
    assert (found.exists.values[:, 0] == ratio.exists.values).all()
    assert np.allclose(found.outcome.values[:, :, 0], ratio.outcome.values, rtol=1e-12, equal_nan=True)
    assert (np.isfinite(found.outcome.values).all(axis=1) == found.exists.values).all()


def test_huge_and_tiny_values_are_decided_exactly():
    eqs = solved("unilateral")
    for scale in (2.0**600, 2.0**-600):
        values = {k: xr.DataArray(np.array([float(v)] * 3) * scale, dims="q") for k, v in FIXED.items()}
        values["p_A"] = xr.DataArray([0.25, 0.5, 0.75], dims="q")
        values["p_B"] = xr.DataArray([0.25, 0.5, 0.75], dims="q")
        plain = {k: xr.DataArray(np.array([float(v)] * 3), dims="q") for k, v in FIXED.items()} | {
            k: values[k] for k in ("p_A", "p_B")
        }
        big, usual = (sweep(eqs, v, outputs=("exists", "outcome"), select="all") for v in (values, plain))
        assert (big.exists.values == usual.exists.values).all()
        assert np.allclose(big.outcome.values, usual.outcome.values, equal_nan=True)
