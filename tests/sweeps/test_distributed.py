"""Dask arrays in, dask arrays out, on a local cluster of two workers."""

import numpy as np
import pytest
import xarray as xr

from deterrence.errors import PointError
from deterrence.sweeps import StoreError, SweepError, grid, sweep, sweep_to
from tests.sweeps.points import FIXED, solved

da = pytest.importorskip("dask.array")


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
