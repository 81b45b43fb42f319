"""What the front page shows is true."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import deterrence as dt
from deterrence.cli import main

ROOT = Path(__file__).resolve().parent.parent
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
TEN_LINES, OWN_MODEL = (text for kind, text in BLOCKS if kind == "python")


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("DETERRENCE_CACHE", str(tmp_path / "cache"))


def test_the_ten_lines_run_and_print_what_they_say(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exec(TEN_LINES, {})
    printed = capsys.readouterr().out
    condition = re.search(r"print\(bluff.condition\) +# (.*)", TEN_LINES)[1]
    assert f"\n{condition}\n" in printed
    assert "proved" in printed.splitlines()[-1]
    assert (tmp_path / "map.svg").exists()
    assert len([line for line in TEN_LINES.splitlines() if line]) <= 10


def test_the_model_of_ones_own_solves(own_model):
    found = dt.load(own_model).solve()
    assert [e.name for e in found] == ["Deterrence", "Challenge"]
    assert str(found["Deterrence"].condition) == "p >= (gain - status_quo)/(gain - war)"


@pytest.fixture
def own_model(tmp_path, monkeypatch):
    """A folder with the file that the page tells to write."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "threat.py"
    path.write_text(OWN_MODEL)
    return path


def test_the_commands_print_what_they_say(own_model, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "Agg")
    sessions = [text for kind, text in BLOCKS if kind == "console"]
    steps = [step for text in sessions for step in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]]
    asked = [step.partition("\n") for step in steps if step.startswith("deterrence ")]
    assert any("threat.py" in line for line, _, _ in asked)
    for line, _, wanted in asked:
        done = CliRunner().invoke(main, line.split(">")[0].split()[1:])
        assert done.exit_code == 0, line
        if wanted.strip():
            assert done.output.strip() == wanted.strip()
    assert all((own_model.parent / name).stat().st_size for name in ("threat.svg", "threat.html"))


def test_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)]+)\)", (ROOT / "README.md").read_text()):
        assert (ROOT / target).exists()
