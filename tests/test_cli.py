"""The command line: what it says, and its exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import deterrence as dt
from deterrence.cli import main
from deterrence.notation import parse, parse_condition
from deterrence.regions import Region

UNILATERAL = "zagare_kilgour_2000/unilateral_deterrence"


@pytest.fixture(autouse=True, scope="module")
def own_cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DETERRENCE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


def run(*arguments):
    result = CliRunner().invoke(main, arguments)
    assert "Traceback" not in result.output
    return result


def test_list_shows_every_model():
    from deterrence.catalogue import entries

    text = run("list").output
    data = json.loads(run("list", "--json").output)
    assert [entry["name"] for entry in data] == [entry.name for entry in entries()]
    for entry in data:
        assert set(entry) == {"name", "title", "citation", "strand", "row", "question", "claims"}
        assert all(str(entry[key]) in text for key in ("name", "title", "citation", "strand"))


def test_solve_prints_each_equilibrium_with_its_condition():
    result = run("solve", UNILATERAL)
    assert result.exit_code == 0
    found = dt.load(UNILATERAL).solve()
    for e in found:
        assert e.name in result.output
        assert f"exists iff  {e.condition}" in result.output


def test_json_conditions_mean_the_same():
    result = run("solve", UNILATERAL, "--json")
    data = json.loads(result.output)
    found = dt.load(UNILATERAL).solve()
    symbols = {p.name: p.symbol for p in found.game.assumptions.parameters}
    assert data["complete"] and len(data["equilibria"]) == len(found)
    for shown, e in zip(data["equilibria"], found, strict=True):
        read = Region(parse_condition(shown["condition"]["text"], symbols), found.game.assumptions)
        assert read.equals(e.condition).proved
        names = symbols | {s.name: s for s in e.free}
        for name, text in shown["outcomes"].items():
            assert (parse(text, names) - e.outcomes[name]).simplify() == 0


@pytest.mark.parametrize("at", [["sample"], ["sample,p_A=1/3"], ["sample", "p_A=0.25"], ["p_A=0.25,p_B=1/8", "sample"]])
def test_a_point_leaves_what_exists_there(at):
    model = dt.load(UNILATERAL)
    result = run("solve", UNILATERAL, *(x for value in at for x in ("--at", value)))
    assert result.exit_code == 0
    given = dict(piece.split("=") for value in at for piece in value.split(",") if "=" in piece)
    point = {**{s.name: v for s, v in model.sample_point().items()}, **given}
    for e in model.solve():
        assert (f". {e.name}\n" in result.output) == any(
            other.condition.contains(point) for other in model.solve().named(e.name)
        )


def test_demo_prints_the_answer_and_the_same_at_the_sample():
    result = run("solve", UNILATERAL, "--demo")
    assert result.exit_code == 0
    assert "At the sample values" in result.output
    assert result.output.count("perfect Bayesian equilibria") == 2


def test_latex_is_a_table():
    output = run("solve", UNILATERAL, "--latex").output
    assert output.count(r"\begin{tabular}") == output.count(r"\end{tabular}") == 1
    assert r"\frac{a_{DC} - a_{SQ}}{a_{DC} - a_{CD}}" in output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["solve", "unilatral_deterrence"], ["Did you mean", "unilateral_deterrence"]),
        (["solve", UNILATERAL, "--at", "p_a=1/3"], ["Did you mean 'p_A'"]),
        (["solve", UNILATERAL, "--at", "p_A=1/3"], ["wanted a value for", "a_SQ", "--at sample"]),
        (["solve", UNILATERAL, "--at", "sample,p_A=2"], ["p_A < 1"]),
        (["solve", UNILATERAL, "--at", "sample,p_A=half"], ["p_A", "strictly between 0 and 1", "1/4"]),
        (["solve", UNILATERAL, "--at", "sample,a_SQ=99"], ["a_SQ < a_DC"]),
        (["solve", UNILATERAL, "--at", "p_A"], ["NAME=VALUE"]),
        (["solve", UNILATERAL, "--at", "p_A=1/3,p_A=1/2"], ["two different values"]),
        (["solve", UNILATERAL, "--concept", "nsh"], ["Did you mean 'nash'"]),
        (["solve", UNILATERAL, "--beliefs", "pasive"], ["Did you mean 'passive'"]),
        (["solve", UNILATERAL, "--time-limit", "-1"], ["x>0"]),
        (["solve", UNILATERAL, "--time-limit", "soon"], ["soon"]),
        (["solve", "no/such/file.py"], ["no file of that name"]),
        (["solve"], ["MODEL"]),
        (["check"], ["--all"]),
        (["export", UNILATERAL, "--efg"], ["wanted a value for", "--at sample"]),
        (["export", UNILATERAL, "--efg", "--at", "sample", "-o", "/no/such/folder/game.efg"], ["/no/such/folder"]),
        (["sovle"], ["No such command"]),
    ],
)
def test_misuse_is_said_in_a_line_and_ends_with_2(arguments, words):
    result = run(*arguments)
    assert result.exit_code == 2
    assert all(word in result.output for word in words)


def test_a_time_limit_keeps_what_is_found_and_ends_with_1():
    result = run("solve", UNILATERAL, "--time-limit", "1e-9", "--no-cache")
    assert result.exit_code == 1
    assert "undecided" in result.output and "time limit" in result.output


def test_an_interrupt_keeps_what_is_found(monkeypatch):
    def interrupted(self, candidate):
        raise KeyboardInterrupt

    monkeypatch.setattr("deterrence.solvers.trees.assembly.Assembly.add", interrupted)
    result = run("solve", UNILATERAL, "--no-cache")
    assert result.exit_code == 1
    assert "interrupted" in result.output


def test_a_fault_of_the_library_is_no_traceback(monkeypatch):
    monkeypatch.delenv("DETERRENCE_DEBUG", raising=False)
    monkeypatch.setattr("deterrence.catalogue.load", lambda name: 1 / 0)
    result = run("solve", UNILATERAL)
    assert result.exit_code == 3
    assert "ZeroDivisionError" in result.output and "DETERRENCE_DEBUG" in result.output


def test_a_model_without_claims_says_so(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(MINE)
    result = run("check", str(path))
    assert result.exit_code == 0
    assert "no claims" in result.output
    assert json.loads(run("check", str(path), "--json").output) == [{"model": str(path), "claims": []}]


@pytest.mark.parametrize(("expected", "code"), [("proved", 0), ("refuted", 1)])
def test_check_ends_with_0_only_if_every_verdict_is_expected(tmp_path, expected, code):
    path = tmp_path / "mine.py"
    claim = f'dt.Claim("Low is below high.", holds(low < high), label="derived", expected="{expected}")'
    path.write_text(MINE.replace("game=game", f"game=game, claims=({claim},)") .replace(
        "import deterrence as dt", "import deterrence as dt\nfrom deterrence.claims import holds"))  # fmt: skip
    assert run("check", str(path)).exit_code == code
    (report,) = json.loads(run("check", str(path), "--json").output)
    assert [c["as_expected"] for c in report["claims"]] == [code == 0]


MINE = """
import deterrence as dt
P = dt.Parameters()
low, high = P.ordered("low < high", samples=[0, 1])
game = dt.ExtensiveGame("Mine", parameters=P, players=["A"],
    tree=dt.move("A", "start", stay=dt.outcome("Stay", A=low), dare=dt.outcome("Dare", A=high)))
model = dt.Model(title="My model", game=game)
"""


def test_a_file_works_where_a_name_does(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(MINE)
    assert "1 subgame perfect equilibrium" in run("solve", str(path)).output
    assert run("export", str(path), "--efg", "--at", "sample").output.startswith('EFG 2 R "Mine"')


def test_export_writes_the_game_at_a_point(tmp_path):
    from deterrence.interchange import to_efg

    model = dt.load(UNILATERAL)
    target = tmp_path / "game.efg"
    assert run("export", UNILATERAL, "--efg", "--at", "sample", "-o", str(target)).exit_code == 0
    assert target.read_text() == to_efg(model.game, model.sample_point())


@pytest.mark.parametrize("command", [[], ["list"], ["solve"], ["check"], ["export"]])
def test_help_teaches(command):
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "\b" not in result.output
    if command in ([], ["solve"]):
        assert "\n    deterrence solve unilateral_deterrence --at sample" in result.output.replace("    d", "    d")


def test_the_command_itself_first_and_from_the_cache(tmp_path):
    command = Path(sys.executable).parent / "deterrence"
    environment = {**os.environ, "DETERRENCE_CACHE": str(tmp_path)}
    outputs = []
    for _ in range(2):
        done = subprocess.run(
            [command, "solve", UNILATERAL], env=environment, capture_output=True, text=True, check=False
        )
        outputs.append(done.stdout)
        assert (done.returncode, done.stderr) == (0, "")
    assert outputs[0] == outputs[1]
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("solve", UNILATERAL, "--json", "--latex"), "Give --json or --latex, not both"),
        (("solve", UNILATERAL, "--at", "sample", "--at", "p_A=2"), "p_A is strictly between 0 and 1"),
        (
            ("export", UNILATERAL, "--efg", "--at", "sample", "-o", "/nonexistent/game.efg"),
            "File /nonexistent/game.efg: no such file or directory",
        ),
    ],
)
def test_misuse_is_said_in_words(arguments, words):
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.output and "Errno" not in result.output


def test_a_file_is_named_once_in_its_error(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("no model", encoding="utf-8")
    result = run("solve", str(path))
    assert result.exit_code == 2
    assert result.output.count("Model file") == 1
