"""Names that Gambit accepts: printable ASCII, single spaces, no two alike where they must differ."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

__all__ = ["distinct_names", "plain", "quote"]


def plain(text: str, fallback: str) -> str:
    """`text` in printable ASCII with single spaces; `fallback` where nothing is left of it.

    Examples
    --------
    >>> plain("Österreich  – Ungarn", "player")
    'Osterreich - Ungarn'
    >>> plain("中国", "player")
    'player'
    """
    dashes = text.translate({0x2013: "-", 0x2014: "-", 0x2212: "-", 0x2019: "'", 0x5C: "/"})
    ascii_only = unicodedata.normalize("NFKD", dashes).encode("ascii", "ignore").decode()
    printable = "".join(c if c.isprintable() else " " for c in ascii_only)
    return " ".join(printable.split()) or fallback


def distinct_names(names: Iterable[str], fallback: str, reserved: Iterable[str] = ()) -> list[str]:
    """The names made plain, with a number behind any that would repeat an earlier one.

    Examples
    --------
    >>> distinct_names(["hold", "Höld", "hold ", "Hold"], "action")
    ['hold', 'Hold', 'hold_2', 'Hold_2']
    """
    taken = set(reserved)
    chosen: list[str] = []
    for name in names:
        first = candidate = plain(name, fallback)
        number = 1
        while candidate in taken:
            number += 1
            candidate = f"{first}_{number}"
        taken.add(candidate)
        chosen.append(candidate)
    return chosen


def quote(text: str) -> str:
    """`text` between quotation marks, those inside it escaped."""
    return '"' + text.replace('"', '\\"') + '"'
