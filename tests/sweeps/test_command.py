"""The subcommand."""

import json

import pytest
import xarray as xr
from click.testing import CliRunner

import deterrence as dt
from deterrence.cli import main

MODEL = "unilateral_deterrence"


def run(*words):
    return CliRunner().invoke(main, ["sweep", MODEL, *words])


def test_a_file_and_a_summary(tmp_path):
    path = tmp_path / "out.nc"
    result = run("p_A=0:1:21", "p_B=0:1:21", "a_SQ=4", "-o", str(path))
    assert result.exit_code == 0, result.output
    assert "361 points" in result.output and "Bluff" in result.output
    found = xr.open_dataset(path, engine="h5netcdf")
    assert found.label.shape == (19, 19)
    again = run("p_A=0:1:21", "p_B=0:1:21", "a_SQ=4", "-o", str(path))
    assert again.exit_code == 2 and "overwrite" in again.output


def test_json_without_a_file():
    result = run("p_A=0:1:11", "p_B=1/4", "--json")
    data = json.loads(result.stdout)
    assert data["points"] == 9 and data["exists"]["Steadfast Deterrence"] == 1


def test_a_model_has_a_sweep_of_its_own():
    result = run("--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["points"] == 39 * 39  # the ends of both probabilities are left out


def test_a_model_without_a_sweep_says_so(tmp_path):
    path = tmp_path / "bare.py"
    path.write_text(
        "import deterrence as dt\n"
        "game = dt.ExtensiveGame('Bare', players=['A'], tree=dt.move('A', 'start', a=dt.outcome('X', A=1),\n"
        "    b=dt.outcome('Y', A=0)))\nmodel = dt.Model(title='Bare', game=game)\n"
    )
    result = CliRunner().invoke(main, ["sweep", str(path)])
    assert result.exit_code == 2 and "no sweep of its own" in result.output


def test_the_summary_says_what_python_says():
    """The same model and the same grid: the same order of choice, and what another choice could change."""
    data = json.loads(run("p_A=0:1:21", "p_B=0:1:21", "--json").stdout)["outcomes"]["Conflict"]
    model = dt.load(MODEL)
    values = {
        **{s.name: v for s, v in model.sample_point().items()},
        "p_A": dt.grid(0, 1, 21),
        "p_B": dt.grid(0, 1, 21),
    }
    war = dt.sweep(model.solve(), values).sel(outcome_name="Conflict").mean()
    assert data["selected"] == pytest.approx(float(war.outcome)) and data["selected"] > 0.05
    assert data["least"] == float(war.outcome_least) == 0
    assert data["greatest"] == pytest.approx(float(war.outcome_greatest))
    assert "by choice" in run("p_A=0:1:11", "p_B=1/4").output


@pytest.mark.parametrize(
    "words",
    [
        ["p_A"],
        ["p_A=1:2"],
        ["p_A=0:1:x"],
        ["p_C=1"],
        ["p_A=1/2", "p_A=1/3"],
        ["a_SQ=9"],
        ["p_A=0:1:5", "--select", "worst"],
    ],
)
def test_bad_words_are_refused(words):
    result = run(*words)
    assert result.exit_code == 2 and result.output.startswith("Error: ")


def test_help():
    assert "NAME=LOW:HIGH:COUNT" in CliRunner().invoke(main, ["sweep", "--help"]).output


def test_an_interrupt_says_what_is_kept(monkeypatch, tmp_path):
    def stopped(*given, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("deterrence.sweeps.command._run", stopped)
    words = ["unilateral_deterrence", "p_A=0:1:3"]
    alone = CliRunner().invoke(main, ["sweep", *words])
    assert alone.exit_code == 1 and "nothing is kept" in alone.output
    kept = CliRunner().invoke(main, ["sweep", *words, "-o", str(tmp_path / "a.nc")])
    assert kept.exit_code == 1 and "the same command goes on" in kept.output


def test_values_may_be_given_as_other_commands_take_them():
    plain, other = run("p_A=0:1:3", "p_B=1/4"), run("p_A=0:1:3", "--at", "sample,p_B=1/4")
    assert plain.exit_code == other.exit_code == 0 and plain.output == other.output
    assert run("p_A=0:1:3", "--at", "p_A=1/4").exit_code == 2


def test_points_that_all_break_the_assumptions_have_no_averages():
    said = run("p_A=2:3:5", "p_B=1/4")
    assert said.exit_code == 0 and "5 points break the assumptions" in said.output and "nan" not in said.output
    told = json.loads(run("p_A=2:3:5", "p_B=1/4", "--json").output, parse_constant=pytest.fail)
    assert told["outside"] == 5 and told["outcomes"] == {}
