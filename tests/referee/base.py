"""What the checks share: a violation, and the probability of a branch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .numeric import Key, Node, NumericGame, Strategy


@dataclass(frozen=True)
class Violation:
    """One reason why an assessment fails: `kind` is "strategy", "belief" or "incentive"."""

    kind: str
    information_set: Key
    detail: str
    action: str | None = None
    gain: Fraction = Fraction(0)


def show(belief: Mapping[Any, Fraction]) -> str:
    """A belief without its zeros, for messages."""
    return "{" + ", ".join(f"{k}: {v}" for k, v in belief.items() if v) + "}"


def odds(game: NumericGame, strategy: Strategy, node: Node, action: str) -> Fraction:
    """Probability of a branch at a node."""
    place = game.places[node[0]]
    if place.kind == "chance":
        return place.odds[place.actions.index(action)]
    return Fraction(strategy[game.key_at(node)].get(action, 0))
