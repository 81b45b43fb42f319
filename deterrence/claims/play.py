"""What is played and believed in an equilibrium, as quantities that claims speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.errors import UnknownName

__all__ = ["Belief", "Play", "entry"]


@dataclass(frozen=True)
class Play:
    """The probability of an action at an information set, or at another entry of the strategy."""

    information_set: Any
    action: str

    def of(self, eq: Any) -> sp.Expr:
        """Its value in an equilibrium.

        Raises
        ------
        UnknownName
            If there is no such information set or action.
        """
        row = entry(eq.strategy, self.information_set, f"equilibrium {eq.title}", "an information set")
        return sp.sympify(entry(row, self.action, _shown(self.information_set), "an action"))


@dataclass(frozen=True)
class Belief:
    """The probability that `player`, when it moves at `label`, gives to a type of another player."""

    player: str
    label: str
    about: str
    type: str

    def of(self, eq: Any) -> sp.Expr:
        """Its value in an equilibrium.

        Raises
        ------
        UnknownName
            If there is no such player or type.
        """
        row = entry(eq.posterior(self.player, self.label), self.about, f"beliefs at {self.label}", "another player")
        return sp.sympify(entry(row, self.type, f"beliefs about {self.about}", "a type"))


def entry(table: Mapping[Any, Any], key: Any, subject: str, wanted: str) -> Any:
    """What a table of an answer says under a key.

    Raises
    ------
    UnknownName
        If it has no such key.
    """
    if key not in table:
        raise UnknownName(subject=subject, wanted=wanted, got=_shown(key), known=map(_shown, table))
    return table[key]


def _shown(key: Any) -> str:
    return " / ".join(map(str, key)) if isinstance(key, tuple) else str(key)
