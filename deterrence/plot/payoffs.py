"""Payoffs at a leaf in words: one value, or which types get what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from deterrence.games import ExtensiveGame

__all__ = ["payoff_words"]


def payoff_words(
    game: ExtensiveGame, position: int, player: str, write: Callable[[sp.Expr], str], say: Callable[[str], str] = str
) -> str:
    """What a leaf is worth to a player.

    Parameters
    ----------
    game : ExtensiveGame
    position : int
        Of a leaf.
    player : str
    write : function
        Turns an expression into text.
    say : function
        Turns a name into text.
    """
    values = {types: game.payoff(position, player, types) for types in game.profiles}
    if len(set(values.values())) == 1:
        return write(next(iter(values.values())))
    for place in [game.players.index(player), *range(len(game.players))]:
        rows = {types[place]: v for types, v in values.items()}
        if all(rows[types[place]] == v for types, v in values.items()):
            who = "" if game.players[place] == player else f"{game.players[place]} "
            return _listed({f"{who}{kind}": v for kind, v in rows.items()}, write, say)
    return _listed({"/".join(str(t) for t in types if t): v for types, v in values.items()}, write, say)


def _listed(rows: dict[Any, sp.Expr], write: Callable[[sp.Expr], str], say: Callable[[str], str]) -> str:
    """Each value once, after those who get it."""
    found: dict[sp.Expr, list[str]] = {}
    for who, value in rows.items():
        found.setdefault(value, []).append(say(str(who)))
    return "; ".join(f"{', '.join(names)}: {write(value)}" for value, names in found.items())
