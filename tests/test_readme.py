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


def test_the_model_of_ones_own_solves(tmp_path):
    path = tmp_path / "threat.py"
    path.write_text(OWN_MODEL)
    found = dt.load(path).solve()
    assert "Deterrence" in [e.name for e in found]
    assert str(found["Deterrence"].condition) == "p >= (gain - status_quo)/(gain - war)"


def test_the_commands_are_understood(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = [x for _, text in BLOCKS for x in text.splitlines() if x.startswith("$ deterrence ")]
    for line in lines:
        words = line.split(">")[0].split()[2:]
        assert CliRunner().invoke(main, words).exit_code == 0, line


def test_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)]+)\)", (ROOT / "README.md").read_text()):
        assert (ROOT / target).exists()
