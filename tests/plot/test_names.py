"""A picture says of no place that a named equilibrium exists where it does not."""

import pytest
from click.testing import CliRunner

import deterrence as dt
from deterrence.cli import main
from deterrence.plot import statics
from deterrence.plot.chart import chart

FILE = """
import deterrence as dt

P = dt.Parameters()
g = P.real("g", sample=0)
c = P.positive("c", sample="1/2")
game = dt.ExtensiveGame("Tripwire", parameters=P, players=["A", "B"], tree=dt.move("A", "deploy",
    send=dt.outcome("Peace", A=1 - c, B=0),
    hold=dt.move("B", "reply", stay=dt.outcome("Peace", A=1, B=0), attack=dt.outcome("War", A=0, B=g))))
model = dt.Model(title="Tripwire", game=game, names={
    "Bare": {("A", "deploy"): "hold", ("B", "reply"): "stay"}, "Wire": {("A", "deploy"): "send"}})
"""


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "wire.py"
    file.write_text(FILE)
    return str(file)


def test_a_region_carries_only_the_names_that_exist_there(path):
    """Bare iff g <= 0, Wire only if g >= 0, and both have the outcome Peace."""
    found = chart(dt.load(path), "g", "c", x_range=(-1, 1), y_range=(0, 2))
    assert {g.name for g in found.groups} == {"Bare", "Wire", "War"}
    for strip in found.cells.samples():
        there = {found.groups[k].name for k in found.shown(strip[3])}
        assert ("Bare" in there) == (strip[0] < 0)
        assert ("Wire" in there) == (strip[0] > 0 and strip[1] < 1)


def test_a_line_carries_only_the_names_that_exist_there(path):
    ax = statics(dt.load(path), "War", "g", "sample", x_range=(-1, 1))
    ends = {(line.get_gid(), round(float(min(line.get_xdata())))) for line in ax.lines if line.get_gid()}
    assert {("Bare", -1), ("Wire", 0)} <= ends


def test_grouped_by_outcome_names_are_alternatives(path):
    found = chart(dt.load(path), "g", "c", x_range=(-1, 1), y_range=(0, 2), by="outcome")
    assert "Bare or Wire" in {g.name for g in found.groups}


@pytest.mark.parametrize("more", [["--by", "outcome"], ["--x-range", "-1:1", "--y-range", "0:3/2"]])
def test_the_command_line_chooses_groups_and_window(path, more, tmp_path):
    out = str(tmp_path / "m.svg")
    done = CliRunner().invoke(main, ["plot", path, "regions", "-x", "g", "-y", "c", *more, "-o", out])
    assert done.exit_code == 0, done.output


def test_a_window_that_is_none_is_refused(path, tmp_path):
    done = CliRunner().invoke(main, ["plot", path, "-x", "g", "--x-range", "3", "-o", str(tmp_path / "m.svg")])
    assert done.exit_code == 2 and "LOW:HIGH" in done.output


def test_the_window_shows_the_boundary_beside_the_sample(tmp_path):
    """A goes on iff c <= 7, with the sample at 1/2."""
    file = tmp_path / "far.py"
    file.write_text(FILE.replace("1 - c", "7 - c").replace("A=1, B=0", "A=0, B=0"))
    model = dt.load(str(file))
    assert chart(model, "g", "c", x_range=(-1, 1)).cells.up[1].rational > 7
    assert chart(model, "g", "c", x_range=(-1, 1), y_range=(0, 2)).cells.up[1].rational == 2
    assert statics(model, "War", "c", "sample").get_xlim()[1] > 7
