"""Every block of code in the documentation runs and prints what the page says."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from deterrence.cli import main

DOCS = Path(__file__).resolve().parent.parent / "docs"
MADE = ("_build", "_generated", "catalogue")  # written when the site is built
PAGES = [p for p in sorted(DOCS.rglob("*.md")) if p.relative_to(DOCS).parts[0] not in MADE]
FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```[ ]*$", re.DOTALL | re.MULTILINE)
CAPTION = re.compile(r":caption: *(\S+)\n+")
RULES = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
OPTIONAL = {"dask": "howto/cluster.md", "h5netcdf": "howto/cluster.md"}


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


def blocks(page: Path) -> list[tuple[str, str]]:
    """Kind and text of each block that is code."""
    found = FENCE.findall(page.read_text(encoding="utf-8"))
    return [(kind, text) for kind, text in found if kind in KINDS or kind.startswith("{code-block} python")]


def run_python(text: str, names: dict, where: str) -> None:
    exec(compile(text, where, "exec"), names)


def run_session(text: str, names: dict, where: str) -> None:
    """A session with its output; an error is compared by its name and message."""
    test = doctest.DocTestParser().get_doctest(text, names, where, None, None)
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=RULES).run(test, out=said.append, clear_globs=False)
    names.update(test.globs)
    assert result.failed == 0, "".join(said)


def run_console(text: str, names: dict, where: str) -> None:
    """Commands of the library succeed, and print what follows them unless nothing follows."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, _, wanted = part.partition("\n")
        words = shlex.split(line, comments=True)
        assert words[0] == "deterrence", f"{where}: {line} would not be run"
        result = CliRunner().invoke(main, words[1:])
        expected = 1 if "# exits with 1" in line else 0
        assert result.exit_code == expected, f"{where}: {line}\n{result.output}"
        if wanted.strip():
            assert doctest.OutputChecker().check_output(wanted, result.output, RULES), f"{where}: {result.output}"


def write_file(text: str) -> None:
    """A block with a file's name is that file."""
    caption = CAPTION.match(text)
    assert caption, "a code-block names its file in :caption:"
    Path(caption[1]).write_text(text[caption.end() :], encoding="utf-8")


KINDS = {"python": run_python, "pycon": run_session, "console": run_console}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(DOCS).as_posix())
def test_page_runs(page, cache, tmp_path, monkeypatch):
    monkeypatch.setenv("DETERRENCE_CACHE", str(cache))
    monkeypatch.setenv("MPLBACKEND", "Agg")
    monkeypatch.chdir(tmp_path)
    where = page.relative_to(DOCS).as_posix()
    for package, needed_by in OPTIONAL.items():
        if needed_by == where:
            pytest.importorskip(package)
    names: dict = {"__name__": "__main__"}
    for kind, text in blocks(page):
        if kind in KINDS:
            KINDS[kind](text, names, where)
        else:
            write_file(text)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(DOCS).as_posix())
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", FENCE.sub("", page.read_text(encoding="utf-8"))):
        place = (page.parent / target).resolve()
        assert target.startswith("http") or place.exists() or "catalogue" in place.parts, target


def test_a_model_fits_forty_lines():
    (text,) = [text for kind, text in blocks(DOCS / "howto" / "model-in-one-file.md") if "caption: threat.py" in text]
    assert len(CAPTION.sub("", text).splitlines()) <= 40
