"""The tutorial makes the pictures that it shows, with public names only."""

import re

from tests.test_docs import DOCS, KINDS, blocks

PAGE = DOCS / "tutorial.md"


def test_the_tutorial_makes_its_pictures(tmp_path, monkeypatch):
    monkeypatch.setenv("DETERRENCE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("MPLBACKEND", "Agg")
    monkeypatch.chdir(tmp_path)
    names = {"__name__": "__main__"}
    for kind, text in blocks(PAGE):
        KINDS[kind](text, names, "tutorial.md")
    made = {p.name for p in tmp_path.iterdir()} - {"cache"}
    assert made == {"threat_tree.svg", "threat_map.svg", "threat_war.svg", "threat.html"}


def test_the_tutorial_uses_public_names_only():
    used = re.findall(r"(?:import|from) (deterrence[.\w]*)", PAGE.read_text(encoding="utf-8"))
    assert set(used) == {"deterrence"}
