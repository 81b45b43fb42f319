"""Every block of code in the documentation runs and prints what the page says."""

from __future__ import annotations

import ast
import doctest
import graphlib
import importlib
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import deterrence as dt
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


def test_every_public_name_stands_in_the_reference():
    listed = {
        word
        for page in (DOCS / "reference").glob("*.md")
        for word in re.findall(r"auto(?:class|function|exception|data):: (\w+)", page.read_text(encoding="utf-8"))
    }
    assert set(dt.__all__) - {"__version__", "plot", "contests"} <= listed
    rooms = (
        "catalogue",
        "claims",
        "contests",
        "games",
        "interchange",
        "notation",
        "plot",
        "regions",
        "storage",
        "sweeps",
    )
    for name in rooms:
        assert set(importlib.import_module(f"deterrence.{name}").__all__) <= listed, name


@pytest.fixture
def parts(monkeypatch):
    """The module that writes the pages of the catalogue."""
    monkeypatch.syspath_prepend(str(DOCS / "_ext"))
    return importlib.import_module("parts")


def test_a_formula_is_broken_between_its_conditions_only(parts):
    whole = r"p < \frac{a \land b}{c} \land \left(q < 1 \lor r < 1\right) \land s > 0"
    assert parts.formula(whole) == r"$p < \frac{a \land b}{c}$ and $\left(q < 1 \lor r < 1\right)$ and $s > 0$"


def test_a_page_of_the_catalogue_says_what_the_library_says(parts, cache, monkeypatch):
    monkeypatch.setenv("DETERRENCE_CACHE", str(cache))
    monkeypatch.setenv("MPLBACKEND", "Agg")
    model = dt.load("rudimentary_asymmetric_deterrence")
    eqs = model.solve()
    wanted = parts.Wanted(solve=True, seconds=60.0, claims=True)
    shown = parts.equilibria_part(eqs)
    for e in eqs:
        assert f"{parts.plain(e.name)}" in shown
        assert parts.condition(e.condition.latex()) in shown
    claims = parts.claims_part(model, eqs, wanted)
    assert all(parts.plain(c.statement) in claims for c in model.claims)
    assert "not as expected" not in claims
    game = parts.game_part(model)
    assert all(parts.plain(p.description) in game for p in model.parameters)
    assert "<svg" in game


SOURCE = Path(dt.__file__).resolve().parent
ROOMS = {p.name for p in SOURCE.iterdir() if (p / "__init__.py").exists()}


def modules():
    """The file of each module by its name."""
    found = {}
    for path in SOURCE.rglob("*.py"):
        *folders, last = path.relative_to(SOURCE).with_suffix("").parts
        found[".".join(["deterrence", *folders, *([] if last == "__init__" else [last])])] = path
    return found


def imported(body):
    """The names that a module imports when it is loaded itself."""
    for node in body:
        if isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.unparse(node.test):
            yield from imported([*node.body, *node.orelse])
        elif isinstance(node, ast.Try):
            yield from imported(node.body)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", node.module) for alias in node.names)


def arrows():
    """Which modules each one imports."""
    known = modules()
    return {
        name: {one if one in known else other for one, other in imported(ast.parse(path.read_text("utf-8")).body)}
        & (known.keys() - {name})
        for name, path in known.items()
    }


def room(name):
    return name.split(".")[1] if "." in name else name


def inner_room(name):
    """One of the rooms inside of `solvers`; any other module is a room of its own."""
    return ".".join(name.split(".")[:3]) if name.startswith("deterrence.solvers.") else name


def test_no_chain_of_imports_is_a_circle():
    between = arrows()
    graphlib.TopologicalSorter(between).prepare()
    for place in (room, inner_room):
        rooms = {}
        for name, others in between.items():
            rooms.setdefault(place(name), set()).update(place(o) for o in others if place(o) != place(name))
        graphlib.TopologicalSorter(rooms).prepare()


def test_the_map_of_the_house_names_every_room():
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(?:\w+/)*(\w+)(?:\.py|/)`", text))
    inside = (SOURCE / "solvers").rglob("*")
    wanted = {path.stem for path in SOURCE.glob("*.py")} | {path.stem for path in inside if "__" not in path.name}
    missing = {name for name in wanted | ROOMS if name not in named and not name.startswith("__")}
    assert not missing
    known = {path.stem for path in modules().values()} | ROOMS | wanted
    assert not {n for n in named if n not in known} - {"models", "benchmarks", "referee", "test_docs"}
