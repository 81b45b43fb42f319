"""From equilibria to a file: the template with its style, script and data put in."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from deterrence.equilibria import Equilibria
from deterrence.errors import DeterrenceError, FileError
from deterrence.explorer.data import page_data
from deterrence.files import writable
from deterrence.games import ExtensiveGame
from deterrence.model import Model
from deterrence.progress import Stages, quiet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

__all__ = ["SCRIPTS", "explore", "page", "script"]

SCRIPTS = ("algebra.js", "play.js", "state.js", "grid.js", "map.js", "tree.js", "sliders.js", "panels.js", "main.js")


def explore(
    source: Model | Equilibria,
    path: str | Path,
    *,
    title: str = "",
    citation: str = "",
    story: str = "",
    picture: tuple[Any, Any] | None = None,
    stages: Stages = quiet,
) -> Path:
    """Write a page in which a reader moves the parameters and sees what exists.

    One file that needs no network and no other file: sliders, a map of two parameters, the tree with
    the played path, the equilibria at the point, and which condition binds.

    Parameters
    ----------
    source : Model or Equilibria
        A model is solved first.
    path : str or Path
        The HTML file to write.
    title, citation, story : str
        Stand at the top; left out, they are the model's own.
    picture : pair of symbols or str, optional
        The axes with which the map begins; left out, the model's own, or some with which something changes.
    stages : callable
        Watches long work, see `deterrence.progress`.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    DeterrenceError
        If the source is neither, or its game has no tree.
    FileError
        If the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import deterrence as dt
    >>> P = dt.Parameters()
    >>> stay, gain = P.ordered("stay < gain", samples=[0, 1])
    >>> game = dt.ExtensiveGame("Dare", parameters=P, players=["A"], tree=dt.move("A", "start",
    ...     stay=dt.outcome("Stay", A=stay), dare=dt.outcome("Dare", A=gain)))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     explore(dt.solve(game), folder + "/dare.html").stat().st_size < 200_000
    True
    """
    target = writable(path, "Page")
    if target.suffix.lower() not in (".html", ".htm"):
        raise FileError(subject=f"Page {target}", wanted="a file that ends in .html", got=target.suffix or "none")
    text = page(source, title=title, citation=citation, story=story, picture=picture, stages=stages)
    target.write_text(text, encoding="utf-8")
    return target


def page(
    source: Model | Equilibria,
    *,
    title: str = "",
    citation: str = "",
    story: str = "",
    picture: tuple[Any, Any] | None = None,
    stages: Stages = quiet,
) -> str:
    """The page as text; see `explore`."""
    data = _data(source, {"title": title, "citation": citation, "story": story, "picture": picture}, stages)
    parts = {
        "TITLE": escape(data["title"]),
        "STYLE": _file("style.css"),
        "DATA": json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
        "SCRIPT": script(),
    }
    text = _file("page.html")
    head, *rest = text.split("{{")
    return head + "".join(parts[name] + after for name, after in (piece.split("}}", 1) for piece in rest))


def script() -> str:
    """The page's program."""
    return "\n".join(_file(name) for name in SCRIPTS)


def _data(source: Model | Equilibria, given: Mapping[str, Any], stages: Stages = quiet) -> Mapping[str, Any]:
    if isinstance(source, Model):
        model = source
        given = {name: value or getattr(model, name) for name, value in given.items()}
        source = _solved(model, stages)
    if isinstance(source, Equilibria) and isinstance(source.game, ExtensiveGame):
        with stages("equilibrium") as progress:
            return page_data(source, **given, progress=progress)
    kind = type(source.game).__name__ if isinstance(source, Equilibria) else type(source).__name__
    raise DeterrenceError(
        subject="explore", wanted="a model, or the equilibria of a game with a tree", got=kind, hint="see dt.solve"
    )


def _solved(model: Model, stages: Stages) -> Equilibria:
    with stages("profile") as progress:
        found = model.solve(progress=progress)
    with stages("family") as progress:
        model.settle_families(found, progress)
    return found


@cache
def _file(name: str) -> str:
    return (files("deterrence.explorer") / "page" / name).read_text(encoding="utf-8")
