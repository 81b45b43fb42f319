"""Files: equal to what is computed in memory, whole after a kill, errors that keep what is finished."""

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
import textwrap
import time

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from deterrence.sweeps import StoreError, SweepError, grid, sweep, sweep_to
from tests.sweeps.points import FIXED, solved

SQUARE = {**FIXED, "p_A": grid(0, 1, 61), "p_B": grid(0, 1, 41)}


def opened(path):
    if path.suffix == ".nc":
        return xr.open_dataset(path, engine="h5netcdf").load()
    return xr.open_zarr(path).load()


def assert_same(memory, file):
    for name in memory.data_vars:
        xr.testing.assert_equal(memory[name].reset_coords(drop=True), file[name].reset_coords(drop=True))


@pytest.mark.parametrize("suffix", [".nc", ".zarr"])
@pytest.mark.parametrize("select", ["first", "all"])
def test_files_hold_what_memory_holds(tmp_path, suffix, select):
    path = tmp_path / f"out{suffix}"
    done = sweep_to(path, solved("unilateral"), SQUARE, select=select, block=300, n_jobs=2)
    assert done.points == 59 * 39 and done.outside == 0 and done.resumed == 0
    memory, file = sweep(solved("unilateral"), SQUARE, select=select), opened(path)
    assert_same(memory, file)
    assert file.attrs["title"] == "Unilateral deterrence"
    assert file.label.attrs["long_name"] == memory.label.attrs["long_name"]
    assert sorted(p.name for p in tmp_path.iterdir()) == [path.name]


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_tables_have_a_row_for_each_point(tmp_path, suffix):
    path = tmp_path / f"out{suffix}"
    sweep_to(path, solved("unilateral"), SQUARE, block=300)
    table = pd.read_csv(path) if suffix == ".csv" else pd.read_parquet(path)
    memory = sweep(solved("unilateral"), SQUARE)
    assert len(table) == 59 * 39
    assert np.allclose(table["outcome Conflict"], memory.outcome.sel(outcome_name="Conflict").values.ravel())
    assert (table["label"] == np.array(memory.equilibrium)[memory.label.values.ravel()]).all()
    assert (table["count"] == memory["count"].values.ravel()).all()
    assert np.allclose(table["p_B"], np.tile(memory.p_B.values, 59))


def test_scattered_points_with_labels_go_to_tables(tmp_path):
    rows = pd.DataFrame({"p_A": [0.2, 0.6], "p_B": [0.1, 2.0]}, index=pd.Index(["x", "y"], name="case"))
    sweep_to(tmp_path / "out.csv", solved("unilateral"), {**FIXED, **dict(rows.items())})
    table = pd.read_csv(tmp_path / "out.csv")
    assert list(table.case) == ["x", "y"]
    assert table.label[1] == "outside the assumptions" and np.isnan(table["outcome Conflict"][1])


SLOW = """
    import sys, time
    from deterrence.sweeps import stream, sweep_to
    from tests.sweeps.test_stream import SQUARE, solved
    compute = stream.compute
    def slow(*arguments):
        for result in compute(*arguments):
            time.sleep(0.02)
            yield result
    stream.compute = slow
    sweep_to(sys.argv[1], solved("unilateral"), SQUARE, block=60, progress=lambda n: print(n, flush=True))
"""


def killed_after(path, lines):
    """Start a sweep, and kill it when it has reported some blocks."""
    command = [sys.executable, "-c", textwrap.dedent(SLOW), str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    for _ in range(lines):
        assert process.stdout.readline()
    time.sleep(0.007)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("suffix", [".nc", ".zarr", ".csv", ".parquet"])
def test_a_killed_sweep_resumes_redoes_nothing_and_ends_equal(tmp_path, suffix):
    path = tmp_path / f"out{suffix}"
    for lines in (4, 9):
        killed_after(path, lines)
        assert not path.exists()
    finished = sum('"block"' in line for line in (tmp_path / f"out{suffix}.journal").read_text().splitlines())
    assert finished >= 10
    reported = []
    done = sweep_to(path, solved("unilateral"), SQUARE, block=60, progress=reported.append)
    assert done.resumed == reported[0] >= 10 * 39
    assert len(reported) == 1 + 59 - finished  # one report a block that was left
    assert done.points == sum(reported) == 59 * 39
    whole = tmp_path / f"whole{suffix}"
    again = sweep_to(whole, solved("unilateral"), SQUARE, block=60)
    assert again.labels == done.labels
    if suffix in (".nc", ".zarr"):
        assert_same(sweep(solved("unilateral"), SQUARE), opened(path))
        xr.testing.assert_identical(opened(path), opened(whole))
    elif suffix == ".csv":
        assert path.read_bytes() == whole.read_bytes()
    else:
        pd.testing.assert_frame_equal(pd.read_parquet(path), pd.read_parquet(whole))


def test_a_kill_at_the_very_end_is_noticed(tmp_path):
    """The file is in place, but the journal was not removed any more."""
    path = tmp_path / "out.nc"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("deterrence.sweeps.stream._Stream._clean", lambda _: None)
        sweep_to(path, solved("unilateral"), SQUARE, block=300)
    assert (tmp_path / "out.nc.journal").exists()
    done = sweep_to(path, solved("unilateral"), SQUARE, block=300)
    assert done.resumed == done.points == 59 * 39
    assert not (tmp_path / "out.nc.journal").exists()


def test_a_torn_last_line_of_the_journal_does_not_count(tmp_path):
    path = tmp_path / "out.csv"
    killed_after(path, 5)
    with (tmp_path / "out.csv.journal").open("a") as journal:
        journal.write('{"block": 40, "points"')
    with (tmp_path / "out.csv.part").open("a") as part:
        part.write("half a li")
    sweep_to(path, solved("unilateral"), SQUARE, block=60)
    sweep_to(tmp_path / "whole.csv", solved("unilateral"), SQUARE, block=60)
    assert path.read_bytes() == (tmp_path / "whole.csv").read_bytes()


def test_another_sweep_or_file_at_the_path_is_refused(tmp_path):
    path = tmp_path / "out.nc"
    killed_after(path, 4)
    other = {**SQUARE, "a_SQ": 5}
    with pytest.raises(StoreError, match="another path"):
        sweep_to(path, solved("unilateral"), other, block=60)
    sweep_to(path, solved("unilateral"), SQUARE, block=60)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="overwrite=True"):
        sweep_to(path, solved("unilateral"), SQUARE, block=60)
    assert path.read_bytes() == before
    sweep_to(path, solved("unilateral"), other, block=60, overwrite=True)
    assert opened(path).a_SQ == 5


def test_a_half_written_store_without_its_journal_is_refused(tmp_path):
    path = tmp_path / "out.nc"
    (tmp_path / "out.nc.part").write_bytes(b"something")
    with pytest.raises(StoreError, match="without a journal"):
        sweep_to(path, solved("unilateral"), SQUARE)


@pytest.mark.parametrize("name", ["missing/out.nc", "out.txt", "out"])
def test_paths_that_cannot_be_written(tmp_path, name):
    with pytest.raises(StoreError):
        sweep_to(tmp_path / name, solved("unilateral"), SQUARE)


@pytest.mark.parametrize("block", ["x", 0, 1.5, None, True])
def test_blocks_are_whole_numbers_of_points(tmp_path, block):
    with pytest.raises(SweepError, match="block"):
        sweep_to(tmp_path / "out.nc", solved("unilateral"), SQUARE, block=block)


def test_a_path_is_text_or_a_path():
    with pytest.raises(StoreError, match="path"):
        sweep_to(3, solved("unilateral"), SQUARE)


def test_a_folder_that_is_read_only(tmp_path, monkeypatch):
    def denied(*_):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("deterrence.sweeps.journal.Path.open", denied)
    with pytest.raises(StoreError, match="denied"):
        sweep_to(tmp_path / "out.nc", solved("unilateral"), SQUARE)


def test_room_is_asked_for_before_the_work_begins(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "posix_fallocate", full)
        with pytest.raises(StoreError, match="No space left"):
            sweep_to(tmp_path / "out.nc", solved("unilateral"), SQUARE)
    usage = shutil.disk_usage(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("deterrence.sweeps.stream.shutil.disk_usage", lambda _: usage._replace(free=1_000))
        with pytest.raises(StoreError, match="free"):
            sweep_to(tmp_path / "more.nc", solved("unilateral"), SQUARE)
    sweep_to(tmp_path / "out.nc", solved("unilateral"), SQUARE)
    assert_same(sweep(solved("unilateral"), SQUARE), opened(tmp_path / "out.nc"))


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".nc"])
def test_a_full_disk_is_reported_and_what_is_finished_is_kept(tmp_path, suffix):
    """A limit on the size of files stands for a full disk."""
    path = tmp_path / f"out{suffix}"
    limits = {".csv": 60_000, ".parquet": 9_000, ".nc": 100_000}
    old, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    block = 60 if suffix != ".parquet" else 300
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limits[suffix], old[1]))
        with pytest.raises(StoreError, match="can be written"):
            sweep_to(path, solved("unilateral"), SQUARE, block=block)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, handler)
    done = sweep_to(path, solved("unilateral"), SQUARE, block=block)
    assert done.points == 59 * 39
    if suffix == ".csv":
        assert done.resumed > 0
        sweep_to(tmp_path / "whole.csv", solved("unilateral"), SQUARE, block=block)
        assert path.read_bytes() == (tmp_path / "whole.csv").read_bytes()
