"""Half-written files that were damaged, replaced or locked, or whose disk is full: nothing finished is lost."""

import errno
import os
import resource
import shutil
import signal

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from deterrence.sweeps import StoreError, sweep_to
from deterrence.sweeps.journal import Journal
from tests.sweeps.points import FIXED, solved
from tests.sweeps.test_stream import SQUARE, opened

FORMATS = (".nc", ".zarr", ".csv", ".parquet")
OPTIONS = {"block": 300, "outputs": ("exists", "label", "outcome")}
POINTS = 59 * 39


class Killed(BaseException):
    """Ends a sweep as abruptly as can be within one process."""


def interrupted(path, blocks=4, values=SQUARE, **options):
    """Leave a sweep after some blocks."""
    left = [blocks]

    def progress(points):
        left[0] -= points > 0
        if left[0] < 0:
            raise Killed

    with pytest.raises(Killed):
        sweep_to(path, solved("unilateral"), values, progress=progress, **OPTIONS, **options)
    return path.with_name(path.name + ".part"), path.with_name(path.name + ".journal")


def run(path, values=SQUARE, **options):
    return sweep_to(path, solved("unilateral"), values, **OPTIONS, **options)


def content(path):
    """What a reader finds in the file."""
    if path.suffix == ".csv":
        return pd.read_csv(path)
    return pd.read_parquet(path) if path.suffix == ".parquet" else opened(path)


def same(a, b):
    a, b = content(a), content(b)
    return a.identical(b) if isinstance(a, xr.Dataset) else a.equals(b)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A sweep in every format that nothing happened to."""
    folder = tmp_path_factory.mktemp("whole")
    for suffix in FORMATS:
        run(folder / f"out{suffix}")
    return folder


def files(part):
    return sorted(p for p in part.rglob("*") if p.is_file()) if part.is_dir() else [part]


def data_files(part):
    """The files that hold results."""
    return [
        p for p in files(part) if p.parent.name in ("outcome", "out.parquet.part") and p.name[0].isdigit()
    ] or files(part)


def cut_short(part):
    file = data_files(part)[0]
    os.truncate(file, file.stat().st_size // 2)


def flip_a_byte(part):
    """In the middle of results: the file stays readable."""
    file = data_files(part)[0]
    text = bytearray(file.read_bytes())
    place = len(text) // 8
    text[place] ^= 0xFF
    file.write_bytes(text)


def garble_everything(part):
    for file in files(part):
        file.write_bytes(b"garbage")


def remove_one(part):
    data_files(part)[0].unlink()


def remove_all(part):
    shutil.rmtree(part) if part.is_dir() else part.unlink()


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("damage", [cut_short, flip_a_byte, garble_everything, remove_one, remove_all])
def test_damaged_blocks_are_computed_again(tmp_path, whole, suffix, damage):
    path = tmp_path / f"out{suffix}"
    part, _ = interrupted(path)
    damage(part)
    done = run(path)
    assert done.points == POINTS
    assert done.resumed + done.repaired >= 4 * 300 - 39 * 3
    if damage is not flip_a_byte or suffix != ".nc":  # a byte of room that is not written yet does no harm
        assert done.repaired > 0 and "computed again" in str(done)
    assert same(path, whole / path.name)
    assert sorted(p.name for p in tmp_path.iterdir()) == [path.name]


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_interrupted_replacement_resumes_and_the_old_file_stays(tmp_path, whole, suffix):
    path = tmp_path / f"out{suffix}"
    other = {**SQUARE, "a_SQ": 5}
    run(path, other)
    shutil.copytree(path, tmp_path / "old.zarr") if path.is_dir() else shutil.copy(path, tmp_path / f"old{suffix}")
    interrupted(path, overwrite=True)
    assert same(path, tmp_path / f"old{suffix}")
    with pytest.raises(StoreError, match="overwrite=True"):
        run(path)
    assert same(path, tmp_path / f"old{suffix}")
    done = run(path, overwrite=True)
    assert done.resumed > 0 and same(path, whole / path.name)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_full_disk_leaves_the_old_file(tmp_path, suffix, monkeypatch):
    path = tmp_path / f"out{suffix}"
    run(path)
    before = content(path)

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("deterrence.sweeps.stream._Stream._check_room", full)
        with pytest.raises(StoreError, match="No space left"):
            run(path, {**SQUARE, "a_SQ": 5}, overwrite=True)
    after = content(path)
    assert after.identical(before) if isinstance(after, xr.Dataset) else after.equals(before)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("limit", [900, 5_000])
def test_a_full_disk_under_a_zarr_store(tmp_path, whole, limit):
    """A limit on the size of files stands for a full disk."""
    path = tmp_path / "out.zarr"
    old, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, old[1]))
        with pytest.raises(StoreError, match="can be written"):
            run(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, handler)
    run(path)
    assert same(path, whole / "out.zarr")


@pytest.mark.parametrize("text", ["garbage\n", "[1, 2]\n", '{"block": 0}\n', "\x00\x01\n"])
def test_a_journal_that_is_none_is_refused(tmp_path, whole, text):
    path = tmp_path / "out.csv"
    part, journal = interrupted(path)
    journal.write_text(text)
    with pytest.raises(StoreError, match="journal of a sweep"):
        run(path)
    assert part.exists() and journal.read_text() == text
    run(path, overwrite=True)
    assert same(path, whole / "out.csv")


def test_a_damaged_line_of_the_journal_does_not_count(tmp_path, whole):
    path = tmp_path / "out.nc"
    _, journal = interrupted(path)
    lines = journal.read_text().splitlines()
    lines[3] = lines[3][:-9] + "x"
    journal.write_text("\n".join(lines) + "\n")
    done = run(path)
    assert 0 < done.resumed < 4 * 300 and same(path, whole / "out.nc")


def test_a_kill_between_completion_and_replacement_is_noticed(tmp_path, whole, monkeypatch):
    for suffix in FORMATS:
        path = tmp_path / f"out{suffix}"
        run(path, {**SQUARE, "a_SQ": 5})

        def killed(*_):
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr("deterrence.sweeps.stream._Stream._place", killed)
            with pytest.raises(Killed):
                run(path, overwrite=True)
        done = run(path, overwrite=True)
        assert done.resumed == POINTS and same(path, whole / path.name)


def test_two_processes_cannot_write_to_one_file(tmp_path, whole):
    path = tmp_path / "out.csv"
    _, journal = interrupted(path)
    other = Journal(journal, "another")
    other.open()
    before = journal.read_bytes()
    for overwrite in (False, True):
        with pytest.raises(StoreError, match="other process"):
            run(path, overwrite=overwrite)
    assert journal.read_bytes() == before
    other.close()
    assert run(path).resumed > 0 and same(path, whole / "out.csv")


def test_what_is_no_sweep_is_not_replaced(tmp_path):
    (tmp_path / "out.nc").mkdir()
    (tmp_path / "out.zarr").mkdir()
    (tmp_path / "out.zarr" / "diary.txt").write_text("dear diary")
    for suffix in (".nc", ".zarr"):
        with pytest.raises(StoreError):
            run(tmp_path / f"out{suffix}", overwrite=True)
    assert (tmp_path / "out.zarr" / "diary.txt").exists()


@pytest.mark.parametrize("suffix", FORMATS)
def test_one_point_has_no_dimension(tmp_path, suffix):
    path = tmp_path / f"out{suffix}"
    done = run(path, {**FIXED, "p_A": "1/4", "p_B": "1/3"})
    assert done.points == 1
    found = content(path)
    if isinstance(found, xr.Dataset):
        assert found.label.shape == () and found.exists.values[int(found.label)]
    else:
        assert len(found) == 1


@pytest.mark.parametrize("suffix", [".nc", ".zarr"])
def test_files_count_their_points(tmp_path, suffix):
    path = tmp_path / f"out{suffix}"
    run(path, {**FIXED, "p_A": np.linspace(-0.5, 0.75, 11), "p_B": np.linspace(0, 1, 9)})
    found = opened(path).attrs
    assert found["points"] == 99 and found["points_outside_assumptions"] == 99 - 6 * 7
    assert found["decided_again_exactly"] >= 0
