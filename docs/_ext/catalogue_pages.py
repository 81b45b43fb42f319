"""One page for each published model, written from the model itself when the site is built.

A page is written again only if the package, the model's file or this folder has changed since.
`DETERRENCE_DOCS_MODELS` limits the pages that are solved to models whose name contains one of its
words (separated by commas; "none" for no model), `DETERRENCE_DOCS_SECONDS` the time of solving
each, and `DETERRENCE_DOCS_CLAIMS=0` leaves the verdicts on claims out; the page says so.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from parts import (
    Wanted,
    claims_part,
    equilibria_part,
    game_part,
    head_part,
    map_part,
    map_svg,
    picture,
    plain,
    source_part,
    table,
)
from sphinx.util import logging

HERE = Path(__file__).resolve().parent
_LOG = logging.getLogger(__name__)


def setup(app: Any) -> dict[str, Any]:
    """Write the pages before Sphinx looks for them."""
    app.connect("builder-inited", lambda app: write(Path(app.srcdir)))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def write(docs: Path) -> None:
    """All pages of the catalogue, its index, and the map on the front page."""
    import deterrence as dt

    target, drawn = docs / "catalogue", docs / "_generated"
    found = _models()
    for folder in (target, drawn):
        folder.mkdir(exist_ok=True)
    _keep(target / "index.md", "\n".join(_index(found)))
    kept = {"index"} | {_stem(model.name) for model in found}
    for old in target.glob("*.md"):
        if old.stem not in kept:
            old.unlink()
    for model in found:
        page = target / f"{_stem(model.name)}.md"
        stamp = f"% {_fingerprint(model.name)}"
        if page.exists() and page.read_text(encoding="utf-8").startswith(stamp):
            continue
        _LOG.info("catalogue: %s", model.name)
        _keep(page, f"{stamp}\n\n{_page(model)}")
    _keep(drawn / "strands.md", "\n".join(_strands(found)) + "\n")
    _keep(drawn / "commands.md", "\n".join(_commands()))
    _keep(drawn / "unilateral.html", picture(map_svg(dt.load("unilateral_deterrence"), "p_A", "p_B")))


def _models() -> list[Any]:
    """Every published model; one whose file is broken is left out, with a warning."""
    import deterrence as dt
    from deterrence.catalogue import names
    from deterrence.errors import DeterrenceError

    found = []
    for name in names():
        try:
            found.append(dt.load(name))
        except DeterrenceError as error:
            _LOG.warning("catalogue: %s", error)
    return found


def _stem(name: str) -> str:
    return name.replace("/", "-")


def _index(found: Any) -> Iterator[str]:
    yield from ("# Catalogue", "")
    yield "Every page here is written by the library from the model's file: what it says was computed, not typed."
    yield "A model is loaded by its name, `dt.load(name)`, or by the last part of it."
    for (row, strand), members in _by_strand(found):
        yield from ("", f"## {f'{row}. ' if row else ''}{strand or 'Further models'}", "")
        for m in members:
            yield f"[{plain(m.title)}]({_stem(m.name)}.md)"
            asked = f"*{plain(m.question)}* " if m.question else ""
            yield f":   {asked}{plain(m.citation)}" + (f" ({len(m.claims)} claims.)" if m.claims else "")
            yield ""
    yield from ("", "```{toctree}", ":hidden:", "", *(_stem(m.name) for m in found), "```", "")


def _by_strand(found: Any) -> list[tuple[tuple[int | None, str], list[Any]]]:
    """The models by row and strand, those that stand in no row last."""
    groups: dict[tuple[int | None, str], list[Any]] = {}
    for m in found:
        groups.setdefault((m.row, m.strand), []).append(m)
    return sorted(groups.items(), key=lambda item: (item[0][0] is None, item[0][0] or 0, item[0][1]))


def _strands(found: Any) -> Iterator[str]:
    """The table of strands: what is asked, and which models answer."""
    rows = [("", "Strand", "What is asked, and the model that answers")]
    for (row, strand), members in _by_strand(found):
        asked = [
            f"[{plain(m.title)}](/catalogue/{_stem(m.name)}.md): {plain(m.question)}".rstrip(": ") for m in members
        ]
        rows.append((str(row or ""), plain(strand or "Further models"), "\n\n    ".join(asked)))
    yield table("strands", "5 25 70", rows)


def _page(model: Any) -> str:
    from deterrence.catalogue import folder

    wanted = wishes(model.name)
    eqs = model.solve(time_limit=wanted.seconds) if wanted.solve else None
    parts = [head_part(model), game_part(model)]
    parts += [equilibria_part(eqs), map_part(model, eqs), claims_part(model, eqs, wanted)]
    parts.append(source_part(model, (folder() / f"{model.name}.py").read_text(encoding="utf-8")))
    return "\n\n".join(part for part in parts if part) + "\n"


def wishes(name: str) -> Wanted:
    """What the environment asks for."""
    words = [w.strip() for w in os.environ.get("DETERRENCE_DOCS_MODELS", "").split(",") if w.strip()]
    solve = not words or any(word in name for word in words)
    seconds = float(os.environ.get("DETERRENCE_DOCS_SECONDS", "600"))
    return Wanted(solve, seconds, os.environ.get("DETERRENCE_DOCS_CLAIMS", "1") != "0")


def _fingerprint(name: str) -> str:
    """What a page depends on."""
    import deterrence
    from deterrence.catalogue import folder

    digest = sha256(repr(wishes(name)).encode())
    root = Path(deterrence.__file__).resolve().parent
    for path in [*sorted(root.rglob("*.py")), folder() / f"{name}.py", *sorted(HERE.glob("*.py"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


def _commands() -> Iterator[str]:
    """What each command says of itself."""
    import click

    from deterrence.cli import main

    whole = click.Context(main, info_name="deterrence")
    for name in main.list_commands(whole):
        command = main.get_command(whole, name)
        if command is not None:
            text = command.get_help(click.Context(command, info_name=name, parent=whole))
            yield from (f"## {name}", "", "```text", text, "```", "")


def _keep(path: Path, text: str) -> None:
    """Write a file if it says something new, so that Sphinx reads it again only then."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
