"""Read-only tables: what an answer holds cannot be changed, and a wrong key is told the right ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from deterrence.errors import UnknownName

__all__ = ["Table"]

K = TypeVar("K")
V = TypeVar("V")


class Table(Mapping[K, V]):
    """A mapping that cannot be changed; it compares, prints and pickles like the dict that it was made from.

    Parameters
    ----------
    rows : mapping
    subject, wanted : str
        What the table is and what its keys are, for the error of a wrong key.

    Raises
    ------
    UnknownName
        For a key that is not there (a KeyError), with the nearest ones.

    Examples
    --------
    >>> chances = Table({"War": 1, "Peace": 0}, "outcomes", "an outcome")
    >>> chances["War"], chances == {"War": 1, "Peace": 0}
    (1, True)
    >>> chances["Wa"]
    Traceback (most recent call last):
        ...
    deterrence.errors.UnknownName: outcomes: wanted an outcome, got 'Wa'. Did you mean 'War'?
    """

    __slots__ = ("_rows", "_subject", "_wanted")

    def __init__(self, rows: Mapping[K, V], subject: str = "", wanted: str = "a key") -> None:
        self._rows = dict(rows)
        self._subject, self._wanted = subject, wanted

    def __getitem__(self, key: K) -> V:
        try:
            return self._rows[key]
        except (KeyError, TypeError):  # a list as key is no key either
            raise UnknownName(
                subject=self._subject, wanted=self._wanted, got=_named(key), known=map(_named, self._rows)
            ) from None

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __iter__(self) -> Iterator[K]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, key: K, default: Any = None) -> Any:
        """The value of a key, or the default."""
        return self._rows.get(key, default)

    def __hash__(self) -> int:
        return hash(frozenset(self._rows.items()))

    def __repr__(self) -> str:
        return repr(self._rows)


def _named(key: Any) -> str:
    """A key in words: ``Challenger, Soft, initiate``."""
    return ", ".join(map(str, key)) if isinstance(key, tuple) else str(key)
