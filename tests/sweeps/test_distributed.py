"""Dask arrays in, dask arrays out, on a local cluster of two workers."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from deterrence.errors import PointError
from deterrence.sweeps import StoreError, SweepError, grid, sweep, sweep_to
from tests.sweeps.points import FIXED, solved

da = pytest.importorskip("dask.array")
dd = pytest.importorskip("dask.dataframe")


@pytest.fixture(scope="module")
def cluster():
    from distributed import Client, LocalCluster

    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with LocalCluster(**options) as local, Client(local) as client:
        yield client


def points(n):
    draw = np.random.default_rng(5)
    return {k: xr.DataArray(draw.uniform(0.01, 0.99, n), dims="point") for k in ("p_A", "p_B")}


def test_a_cluster_gives_what_memory_gives(cluster):
    eqs = solved("unilateral")
    whole = points(20_000)
    lazy = {k: v.chunk(point=3_000) for k, v in whole.items()}
    found = sweep(eqs, {**FIXED, **lazy})
    assert all(found[name].chunks is not None for name in found.data_vars)
    assert found.outcome.chunks[-1] == (3_000,) * 6 + (2_000,)
    workers = {w for done in cluster.run(lambda: __import__("os").getpid()).items() for w in done[:1]}
    assert len(workers) == 2
    expected = sweep(eqs, {**FIXED, **whole})
    for name in expected.data_vars:
        assert np.array_equal(found[name].values, expected[name].values, equal_nan=name in ("outcome", "payoff"))


def test_a_lazy_axis_beside_a_grid(cluster):
    eqs = solved("unilateral")
    axis = np.linspace(0.01, 0.99, 50)
    found = sweep(eqs, {**FIXED, "p_A": da.from_array(axis, chunks=20), "p_B": grid(0, 1, 33)}, select="all")
    expected = sweep(eqs, {**FIXED, "p_A": axis, "p_B": grid(0, 1, 33)}, select="all")
    assert found["count"].dims == ("p_A", "p_B")
    assert (found.exists.values == expected.exists.values).all()
    assert np.array_equal(found.outcome.values, expected.outcome.values, equal_nan=True)


def test_bad_values_are_found_by_the_workers(cluster):
    eqs = solved("unilateral")
    bad = da.from_array(np.array([0.5, np.nan, 0.5, 0.5]), chunks=2)
    found = sweep(eqs, {**FIXED, "p_A": xr.DataArray(bad, dims="q"), "p_B": "1/2"})
    with pytest.raises(PointError, match="not"):
        found.label.compute()


def test_pieces_of_unknown_size_are_refused():
    eqs = solved("unilateral")
    unknown = da.from_array(np.linspace(0.1, 0.9, 9), chunks=3)
    unknown = unknown[unknown > 0.3]
    with pytest.raises((SweepError, ValueError)):
        sweep(eqs, {**FIXED, "p_A": unknown, "p_B": "1/2"})


def test_streaming_takes_arrays_in_memory(tmp_path):
    eqs = solved("unilateral")
    lazy = da.from_array(np.linspace(0.1, 0.9, 9), chunks=3)
    with pytest.raises((SweepError, StoreError), match="to_zarr"):
        sweep_to(tmp_path / "out.nc", eqs, {**FIXED, "p_A": lazy, "p_B": "1/2"})


def test_rows_of_a_dask_table_stay_points():
    eqs = solved("unilateral")
    rows = pd.DataFrame({k: v.values for k, v in points(60).items()})
    for table in (rows, rows.set_index(np.arange(60)[::-1] + 7)):
        lazy = dd.from_pandas(table, npartitions=3, sort=False)
        expected = sweep(eqs, table.assign(**FIXED))
        for found in (sweep(eqs, lazy.assign(**FIXED)), sweep(eqs, {**FIXED, "p_A": lazy["p_A"], "p_B": lazy["p_B"]})):
            assert found.label.chunks is not None and found.label.dims == ("point",)
            assert (found.label.values == expected.label.values).all()
            assert np.array_equal(found.outcome.values, expected.outcome.values, equal_nan=True)


def test_rows_of_two_tables_are_not_paired_by_place():
    eqs = solved("unilateral")
    rows = pd.DataFrame({k: v.values for k, v in points(20).items()})
    one, two = (dd.from_pandas(t, npartitions=2, sort=False) for t in (rows, rows.set_index(np.arange(20) + 5)))
    with pytest.raises(SweepError, match="labels"):
        sweep(eqs, {**FIXED, "p_A": one["p_A"], "p_B": two["p_B"]})


def test_points_outside_are_counted_when_they_are_known():
    eqs = solved("unilateral")
    values = np.array([-0.1, 0.2, 0.5, 0.7, 1.2])
    lazy = xr.DataArray(da.from_array(values, chunks=2), dims="q")
    found = sweep(eqs, {**FIXED, "p_A": lazy, "p_B": grid(0, 1, 5)})
    assert found.points_outside_assumptions.chunks is not None
    whole = sweep(eqs, {**FIXED, "p_A": xr.DataArray(values, dims="q"), "p_B": grid(0, 1, 5)})
    assert int(found.points_outside_assumptions) == whole.attrs["points_outside_assumptions"] == 6
