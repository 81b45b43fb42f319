"""The tutorial does what it says."""

import re
from pathlib import Path

import matplotlib as mpl

TEXT = (Path(__file__).resolve().parent.parent / "docs" / "tutorial.md").read_text()


def test_every_block_of_the_tutorial_runs(tmp_path, monkeypatch, capsys):
    mpl.use("Agg")
    monkeypatch.setenv("DETERRENCE_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    names = {}
    for block in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL):
        exec(block, names)
    printed = capsys.readouterr().out
    assert "Deterrence exists iff p >= (gain - status_quo)/(gain - war)" in printed
    assert {p.name for p in tmp_path.iterdir()} >= {
        "threat_tree.svg",
        "threat_map.svg",
        "threat_war.svg",
        "threat.html",
    }
