"""A strategy profile as a user writes it, made complete and exact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from deterrence.errors import GameError, UnknownName
from deterrence.games import ExtensiveGame
from deterrence.numbers import exact_number
from deterrence.polynomials import tidy
from deterrence.solvers.trees.play import Play, Set

__all__ = ["Strategy", "complete_profile"]

Strategy = dict[Set, dict[str, sp.Expr]]


def complete_profile(game: ExtensiveGame, profile: Any) -> Strategy:
    """A full behaviour strategy from what a user writes; every information set must be named.

    Parameters
    ----------
    game : ExtensiveGame
    profile : mapping
        For each information set an action, or a mapping of action to probability.

    Raises
    ------
    GameError, UnknownName, UnknownParameter, PointError
        If it is no mapping, leaves out an information set, or does not fit the game.
    """
    if not isinstance(profile, Mapping):
        raise GameError(
            subject=f'Game "{game.name}", profile',
            wanted="a mapping of information set to action",
            got=repr(profile),
            hint='write {("A", "Hard", "demand"): "war", ...}, or give an equilibrium that solve found',
        )
    mixing = frozenset(Play(game, {}).action_symbols.values())
    wanted = {s: _row(game, s, choice, mixing) for key, choice in profile.items() for s in _sets_of(game, key)}
    missing = [s for s in game.information_sets if s not in wanted]
    if missing:
        raise GameError(
            subject=f'Game "{game.name}", profile',
            wanted="a choice at every information set",
            got=f"none at {'; '.join(', '.join(s) for s in missing)}",
            hint="name the information set as (player, type, label), or (player, label) for all types",
        )
    return {s: wanted[s] for s in game.information_sets}


def _sets_of(game: ExtensiveGame, key: Any) -> list[Set]:
    names = tuple(map(str, key)) if isinstance(key, tuple | list) else (str(key),)
    exact: list[Set] = [s for s in game.information_sets if s == names]
    every: list[Set] = [s for s in game.information_sets if len(names) == 2 and (s[0], s[-1]) == names]
    if not exact and not every:
        raise UnknownName(
            subject=f'Game "{game.name}", profile',
            wanted="an information set",
            got=", ".join(names),
            known=[", ".join(s) for s in game.information_sets],
        )
    return exact or every


def _row(game: ExtensiveGame, s: Set, choice: Any, mixing: frozenset[sp.Symbol]) -> dict[str, sp.Expr]:
    actions = game.labels[s[0], s[-1]].actions
    subject = f'Game "{game.name}", profile at {", ".join(s)}'
    table = choice if isinstance(choice, Mapping) else {choice: 1}
    for action in table:
        if action not in actions:
            raise UnknownName(subject=subject, wanted="an action", got=str(action), known=actions)
    row = {a: _probability(game, table.get(a, 0), f"probability of {a} at {', '.join(s)}", mixing) for a in actions}
    total = tidy(sp.Add(*row.values()))
    numbers = [p for p in row.values() if p.is_number]
    if (total != 1 and sp.simplify(total - 1) != 0) or any(p < 0 or p > 1 for p in numbers):
        raise GameError(
            subject=subject,
            wanted="probabilities in [0, 1] that sum to 1",
            got=", ".join(f"{a}: {p}" for a, p in row.items()) + f" (sum {total})",
        )
    return row


def _probability(game: ExtensiveGame, value: Any, subject: str, mixing: frozenset[sp.Symbol]) -> sp.Expr:
    """A number, or an expression in parameters and in a family's free probabilities."""
    if isinstance(value, sp.Expr) and not value.is_Rational:
        for symbol in value.free_symbols - mixing:
            game.assumptions.resolve(symbol)
        if value.free_symbols or (value.is_real and not value.has(sp.Float)):
            return game.assumptions.expand(value)
    return exact_number(value, subject)
