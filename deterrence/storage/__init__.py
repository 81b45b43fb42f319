"""Answers in files: one JSON document holds a game and everything that was found, exactly.

Expressions are stored as text and read back by `deterrence.notation`, which evaluates no code.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deterrence.errors import DeterrenceError, ModelError
from deterrence.files import writable

if TYPE_CHECKING:
    from deterrence.equilibria import Equilibria

__all__ = ["FORMAT", "load", "save"]

FORMAT = 2
"""Number of the file format; files of another number are refused."""


def save(equilibria: Equilibria, path: str | Path) -> None:
    """Write an answer to a file; the file is complete or not there at all.

    Raises
    ------
    FileError
        If the file cannot be written.
    """
    target = writable(path, "Answer")
    from deterrence.storage.answers import answer_data
    from deterrence.storage.games import game_data

    document = {
        "deterrence": FORMAT,
        "game": game_data(equilibria.game),
        "answer": answer_data(equilibria),
    }
    write_whole(target, json.dumps(document, ensure_ascii=False, indent=1))


def load(path: str | Path) -> Equilibria:
    """Read an answer that `save` wrote; nothing in the file is run.

    Raises
    ------
    OSError
        If the file cannot be read.
    ModelError
        If it does not hold an answer, or one of another format.
    """
    from deterrence.storage.answers import read_answer
    from deterrence.storage.games import read_game

    document = _document(Path(path))
    try:
        return read_answer(document["answer"], read_game(document["game"]))
    except (DeterrenceError, LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise ModelError(
            subject=f"File {path}",
            wanted="an answer that Equilibria.save wrote",
            got=f"one that is damaged ({type(error).__name__}: {error})",
            hint="solve again and save the answer",
        ) from error


def _document(path: Path) -> dict[str, Any]:
    """The JSON of a file, if it says that it is ours and in our format."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        document = None
    if not isinstance(document, dict) or "deterrence" not in document:
        raise ModelError(subject=f"File {path}", wanted="an answer that Equilibria.save wrote", got="another file")
    if document["deterrence"] != FORMAT:
        raise ModelError(
            subject=f"File {path}",
            wanted=f"file format {FORMAT}",
            got=str(document["deterrence"]),
            hint="solve again and save the answer with this version",
        )
    return document


def write_whole(path: Path, text: str) -> None:
    """Write a file beside its place and move it there, so that no reader sees half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        _as_usual(Path(name))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _as_usual(path: Path) -> None:
    """Give a temporary file, which is private, the rights of an ordinary new file."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)
