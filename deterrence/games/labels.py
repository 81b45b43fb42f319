"""Names that people give: of players, types, moves, actions, events and outcomes.

A name is any text that is not blank.  Names come as keywords, or as a mapping where one of them
is not an identifier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from deterrence.errors import GameError

__all__ = ["check_name", "duplicates", "named_items", "quoted"]


def check_name(name: Any, subject: str, kind: str) -> str:
    """`name` itself, if it is text that is not blank.

    Raises
    ------
    GameError
        If it is anything else; the hint shows the name as text.
    """
    if not isinstance(name, str):
        raise GameError(
            subject=subject,
            wanted=f"text as the name of the {kind}",
            got=f"{name!r} ({type(name).__name__})",
            hint=f'Write "{name}"' if isinstance(name, int | float) else "Give it a name in quotation marks",
        )
    if not name.strip():
        raise GameError(
            subject=subject, wanted=f"a name for the {kind}", got=repr(name), hint="A name must not be blank"
        )
    return name


def named_items(
    mapping: Mapping[str, Any] | None, keywords: Mapping[str, Any], *, subject: str, kind: str
) -> tuple[tuple[str, Any], ...]:
    """The (name, value) pairs of a mapping and keywords together, in the order written.

    Raises
    ------
    GameError
        If the mapping is none, a name is not text, or a name stands in both.
    """
    if mapping is not None and not isinstance(mapping, Mapping):
        raise GameError(
            subject=subject,
            wanted=f"a mapping from each {kind} to its value, or keywords",
            got=f"{mapping!r} ({type(mapping).__name__})",
            hint=f'Write {{"{kind}": ...}} or {kind}=...',
        )
    pairs = tuple((mapping or {}).items()) + tuple(keywords.items())
    for name, _ in pairs:
        check_name(name, subject, kind)
    for name in duplicates(name for name, _ in pairs):
        raise GameError(subject=subject, wanted=f"each {kind} once", got=f'"{name}" twice', hint="Rename one of them")
    return pairs


def duplicates(names: Iterable[str]) -> tuple[str, ...]:
    """The names that occur more than once, each once."""
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for name in names:
        if name in seen:
            twice[name] = None
        seen.add(name)
    return tuple(twice)


def quoted(names: Iterable[str]) -> str:
    """Names for a message: ``"a", "b", "c"``."""
    return ", ".join(f'"{name}"' for name in names)
