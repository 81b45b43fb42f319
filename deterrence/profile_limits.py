"""What equilibria without a tree leave open or settle by their form alone, and how that is worded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sympy as sp

from deterrence.games.continuous import ContinuousGame
from deterrence.games.symmetric import SymmetricGame

__all__ = ["limits", "nobody", "number", "shown", "which_root"]


def shown(value: Any) -> str:
    """A level, or the actions that have weight."""
    if isinstance(value, Mapping):
        pure = next((k for k, v in value.items() if v == 1), None)
        return str(pure) if pure is not None else ", ".join(f"{k} {v}" for k, v in value.items() if v != 0)
    return str(value)


def which_root(e: Any) -> Iterator[str]:
    """Between which bounds a probability solves its equation, where it has other solutions in (0, 1)."""
    for symbol, (_, low, high) in e.implicit.items() if isinstance(e.game, SymmetricGame) else ():
        below, above = (f"{low} < " if low != 0 else ""), (f" < {high}" if high != 1 else "")
        if below or above:
            yield f"{below}{symbol}{above}"


def nobody(game: SymmetricGame, strategy: Mapping[Any, Any]) -> Iterator[tuple[str, sp.Expr]]:
    """Whether nobody takes an action, where that is sure."""
    for action in game.actions:
        shares = [sp.sympify(row.get(action, 0)) for row in strategy.values()]
        if any(share == 1 for share in shares) or all(share == 0 for share in shares):
            yield f"nobody: {action}", sp.Integer(int(all(share == 0 for share in shares)))


def number(game: Any) -> tuple[sp.Symbol, ...]:
    """The number of players, where it is a symbol."""
    symbolic = isinstance(game, SymmetricGame) and isinstance(game.players, sp.Symbol)
    return (game.players,) if symbolic else ()


def limits(e: Any) -> Iterator[tuple[sp.Symbol, Any]]:
    """What is true of each quantity that an equilibrium leaves open."""
    for symbol, (equation, low, high) in e.implicit.items():
        yield symbol, sp.And(sp.Eq(equation, 0), sp.Gt(symbol, low), sp.Lt(symbol, high))
    for n in number(e.game):
        yield n, sp.Ge(n, 2)
    if "whole condition" in e.facts:  # holds the bounds already
        return
    for x in e.game.levels if isinstance(e.game, ContinuousGame) else ():
        if x.symbol in e.free:
            yield x.symbol, sp.And(sp.Ge(x.symbol, x.low), sp.Le(x.symbol, x.high) if x.high is not None else True)
