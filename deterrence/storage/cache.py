"""Answers kept on disk, so that the second question is answered at once.

An entry is found by a fingerprint of the game, the concept, the rule for beliefs, the versions of
what solves and the text of this package.  The cache may be missing, damaged or not writable: then
the game is solved again and nothing is said.  ``DETERRENCE_CACHE`` names its folder; set to
nothing it turns the cache off.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deterrence.games import ExtensiveGame
from deterrence.storage import FORMAT, write_whole
from deterrence.versions import versions

if TYPE_CHECKING:
    from deterrence.equilibria import Equilibria

__all__ = ["folder", "keep", "solved"]


def folder() -> Path | None:
    """Where answers are kept: DETERRENCE_CACHE, or the platform's folder for caches; None if turned off."""
    chosen = os.environ.get("DETERRENCE_CACHE")
    if chosen is not None:
        return Path(chosen).expanduser() if chosen.strip() else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "deterrence"


def solved(
    game: ExtensiveGame,
    concept: str | None = None,
    *,
    beliefs: str = "free",
    time_limit: float | None = None,
    progress: Callable[[int, int], None] | None = None,
    cache: bool = True,
) -> Equilibria:
    """The answer of `deterrence.solve`, from the cache if it is there; complete answers are kept.

    Parameters are those of `deterrence.solve`; ``cache=False`` neither reads nor writes.  Answers of
    games without a tree, whose payoffs may be functions, are not kept.
    """
    place = _place(game, concept, beliefs) if cache and isinstance(game, ExtensiveGame) else None
    found = _read(place, game) if place is not None else None
    if found is not None:
        return found
    from deterrence.solvers import solve

    answer = solve(game, concept, beliefs=beliefs, time_limit=time_limit, progress=progress)
    if place is not None and answer.complete:
        _write(place, answer)
    return answer


def keep(equilibria: Equilibria, concept: str | None, beliefs: str) -> None:
    """Store a complete answer again, with what was found of it since; `concept` is the one that was asked for."""
    from deterrence.equilibrium import renamed

    place = _place(equilibria.game, concept, beliefs)
    if place is None or not equilibria.complete:
        return
    generic, edges = (tuple(renamed(e, "") for e in group) for group in (equilibria.generic, equilibria.knife_edges))
    _write(place, replace(equilibria, generic=generic, knife_edges=edges))


def _place(game: ExtensiveGame, concept: str | None, beliefs: str) -> Path | None:
    """The file of an answer."""
    from deterrence.storage.games import game_data

    root = folder()
    if root is None:
        return None
    question = [FORMAT, type(game).__name__, game_data(game), concept, beliefs, versions(), _source()]
    digest = sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()
    return root / f"{digest[:32]}.json"


@lru_cache(maxsize=1)
def _source() -> str:
    """A fingerprint of this package's own text, so that a change of the code is a new question."""
    digest = sha256()
    root = Path(__file__).resolve().parent.parent
    for part in ("", "games", "notation", "regions", "solvers", "storage"):
        for path in sorted((root / part).glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(place: Path, game: ExtensiveGame) -> Equilibria | None:
    """The answer in a file, or None if there is none that can be read."""
    from deterrence.storage.answers import read_answer

    try:
        data: Any = json.loads(place.read_text(encoding="utf-8"))
        return read_answer(data, game)
    except Exception:  # noqa: BLE001 - whatever is wrong with a cached file, the game is solved again
        return None


def _write(place: Path, answer: Equilibria) -> None:
    """Keep an answer; a folder that cannot be written is left alone."""
    from deterrence.storage.answers import answer_data

    text = json.dumps(answer_data(answer), ensure_ascii=False)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, text)
    except OSError:
        return
