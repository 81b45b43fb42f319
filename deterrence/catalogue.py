"""The published models by name, and models from a user's own files.

A name is a path: ``zagare_kilgour_2000/unilateral_deterrence`` is the file of that name in the
folder of models.  `entries` reads what a list shows from the text of the files, so that listing
solves nothing and builds no game.
"""

from __future__ import annotations

import ast
import difflib
import importlib
import importlib.util
import os
import re
import sys
import traceback
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from deterrence.errors import DeterrenceError, ModelError, UnknownName

if TYPE_CHECKING:
    from deterrence.model import Model

__all__ = ["Entry", "entries", "load", "names"]

_FIELDS = ("title", "citation", "strand")


@dataclass(frozen=True)
class Entry:
    """One line of the catalogue."""

    name: str
    title: str
    citation: str
    strand: str
    claims: int
    row: int | None = None
    question: str = ""


def folder() -> Path:
    """Where the published models lie."""
    package = importlib.import_module("deterrence.models")
    return Path(next(iter(package.__path__)))


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """The names of all published models, in order.

    Examples
    --------
    >>> "zagare_kilgour_2000/unilateral_deterrence" in names()
    True
    """
    root = folder()
    files = (
        p for p in root.rglob("*.py") if not any(part.startswith(("_", ".")) for part in p.relative_to(root).parts)
    )
    return tuple(sorted(p.relative_to(root).with_suffix("").as_posix() for p in files))


def entries() -> tuple[Entry, ...]:
    """What a list shows of every published model, by the rows of the table of strands."""
    root = folder()
    found = [_entry(name, root / f"{name}.py") for name in names()]
    return tuple(sorted(found, key=lambda e: (e.row is None, e.row or 0, e.strand, e.name)))


def load(name: str | os.PathLike[str]) -> Model:
    """A published model by its name, or the model of a Python file by its path.

    Parameters
    ----------
    name : str or path
        ``"zagare_kilgour_2000/unilateral_deterrence"``, its last part where that is enough, or
        the path of a file that defines ``model = dt.Model(...)``.  Loading a file runs it.

    Raises
    ------
    UnknownName
        If there is no such model, with the nearest names.
    ModelError
        If the file cannot be run or defines no model, with file and line.

    Examples
    --------
    >>> load("unilateral_deterrence").strand
    'Deterrence'
    """
    if not isinstance(name, str | os.PathLike):
        raise UnknownName(subject="Catalogue", wanted="a model's name or the path of a file", got=name, known=names())
    text = os.fspath(name)
    if text in names():
        return _published(text)
    path = Path(text)
    if path.is_file():
        return _from_file(path)
    if path.suffix == ".py":
        near = "" if path.parent.is_dir() else f"The folder {path.parent} does not exist"
        raise ModelError(subject=f"Model file {text}", wanted="a file", got="no file of that name", hint=near)
    short = [known for known in names() if known.rpartition("/")[2] == text]
    if len(short) == 1:
        return _published(short[0])
    raise _unknown(text)


def _unknown(text: str) -> UnknownName:
    """The error for a name that is none, with names near the whole of it or its last part."""
    last = {known.rpartition("/")[2]: known for known in names()}
    error = UnknownName(subject="Catalogue", wanted="a model", got=text, known=names())
    if "Did you mean" not in error.hint:
        by_part = UnknownName(subject="Catalogue", wanted="a model", got=text.rpartition("/")[2], known=last)
        if "Did you mean" in by_part.hint:
            return UnknownName(subject="Catalogue", wanted="a model", got=text, known=names(), hint=by_part.hint)
    return error


@cache
def _published(name: str) -> Model:
    path = folder() / f"{name}.py"
    return _model_of(lambda: importlib.import_module("deterrence.models." + name.replace("/", ".")), path, name)


def _from_file(path: Path) -> Model:
    """Run a file as a module of its own and take its model."""
    full = path.resolve()
    module_name = f"deterrence_model_{sha256(str(full).encode()).hexdigest()[:12]}"
    spec = importlib.util.spec_from_file_location(module_name, full)
    if spec is None or spec.loader is None:
        raise ModelError(subject=f"Model file {path}", wanted="a Python file (.py)", got=path.name)
    loader = spec.loader

    def run() -> ModuleType:
        module = importlib.util.module_from_spec(spec)
        sys.modules[module_name] = module
        loader.exec_module(module)
        return module

    return _model_of(run, full, path.stem)


def _model_of(run: Any, path: Path, name: str) -> Model:
    """The model of a module, with everything that can be wrong with it said in one sentence."""
    from deterrence.model import Model

    try:
        module = run()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a model file is foreign code; whatever it raises is reported
        raise _broken(error, path) from None
    model = getattr(module, "model", None)
    if not isinstance(model, Model):
        got = "no such name" if model is None else type(model).__name__
        raise ModelError(
            subject=f"Model file {path}",
            wanted="a name `model` that holds a dt.Model",
            got=got,
            hint="End the file with: model = dt.Model(title=..., game=game)",
        )
    return replace(model, name=name)


def _broken(error: BaseException, path: Path) -> ModelError:
    """An error inside a model file as one sentence with its place."""
    hint = ""
    if isinstance(error, SyntaxError):
        place, message = error.lineno, f"the line is no Python: {error.msg}"
        if error.filename and Path(error.filename).resolve() != path.resolve():
            place = None
    else:
        frames = traceback.extract_tb(error.__traceback__)
        lines = [f.lineno for f in frames if Path(f.filename).resolve() == path.resolve()]
        place = lines[-1] if lines else None
        message = str(error) if isinstance(error, DeterrenceError) else f"{type(error).__name__}: {error}"
        hint = _hint(error, message)
    where = f"Model file {path}" + (f", line {place}" if place else "")
    return ModelError(subject=where, problem=message, hint=hint)


def _hint(error: BaseException, message: str) -> str:
    """What to try where Python's own words do not say it."""
    if "truth value of Relational" in message or re.search(r"operand type\(s\) for [&|]:", message):
        return "join relations by & and |, each in brackets: (p >= a) & (p < 1)"
    if isinstance(error, NameError) and error.name and error.__traceback__:
        frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
        near = difflib.get_close_matches(error.name, [*frames[-1].f_locals, *frames[-1].f_globals], 1)
        return (
            f"Did you mean {near[0]!r}?" if near else "Declare it first, such as by P.positive(...) or P.ordered(...)"
        )
    return ""


# -- the list, read without running anything ------------------------------------------------------


def _entry(name: str, path: Path) -> Entry:
    """What the text of a file says; where it does not say it plainly, the model is loaded."""
    try:
        module = ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError as error:
        raise _broken(error, path) from None
    given = {k.arg: k.value for call in ast.walk(module) if _makes_model(call) for k in call.keywords}  # type: ignore[attr-defined]
    texts = {field: _text(given.get(field)) for field in _FIELDS}
    claims = _length(given.get("claims"), module)
    placed = [given[k] for k in ("row", "question") if k in given]
    if None in texts.values() or claims is None or not all(isinstance(node, ast.Constant) for node in placed):
        model = load(name)
        return Entry(name, model.title, model.citation, model.strand, len(model.claims), model.row, model.question)
    row, question = (getattr(given.get(k), "value", None) for k in ("row", "question"))
    return Entry(name, str(texts["title"]), str(texts["citation"]), str(texts["strand"]), claims, row, question or "")


def _makes_model(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "Model"


def _text(node: ast.AST | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _length(node: ast.AST | None, module: ast.Module) -> int | None:
    """How many members a tuple written out (there, or under a name of the module) has."""
    if node is None:
        return 0
    if isinstance(node, ast.Name):
        values = [s.value for s in module.body if isinstance(s, ast.Assign) and _is_name(s.targets, node.id)]
        node = values[0] if len(values) == 1 else None
    if not isinstance(node, ast.Tuple | ast.List) or any(isinstance(e, ast.Starred) for e in node.elts):
        return None
    return len(node.elts)


def _is_name(targets: list[ast.expr], name: str) -> bool:
    return len(targets) == 1 and isinstance(targets[0], ast.Name) and targets[0].id == name
