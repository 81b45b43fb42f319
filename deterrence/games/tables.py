"""Payoff tables as people write them: nested mappings, one array a player, or a function of the profile."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import sympy as sp

from deterrence.errors import GameError
from deterrence.games.expressions import exact_expression
from deterrence.games.labels import check_name, duplicates

__all__ = ["Table", "read_actions", "read_table"]

ActionProfile = tuple[str, ...]
Table = dict[ActionProfile, tuple[sp.Expr, ...]]
Names = dict[str, tuple[str, ...]]


def read_actions(given: Mapping[str, Iterable[str]], subject: str) -> Names:
    """Each player with the names of its actions, checked."""
    if not isinstance(given, Mapping) or not given:
        raise GameError(
            subject=f"{subject}, actions",
            wanted="a mapping from each player to its actions",
            got=repr(given),
            hint='Write actions={"A": ["swerve", "dare"], "B": ["swerve", "dare"]}',
        )
    found: Names = {}
    for player, actions in given.items():
        where = f"{subject}, actions of {player}"
        check_name(player, f"{subject}, actions", "player")
        if isinstance(actions, str) or not isinstance(actions, Iterable):
            raise GameError(subject=where, wanted="a list of names", got=repr(actions), hint='Write ["a", "b"]')
        found[player] = tuple(check_name(a, where, "action") for a in actions)
        if not found[player]:
            raise GameError(subject=where, wanted="at least one action", got="none")
        for action in duplicates(found[player]):
            raise GameError(subject=where, wanted="each action once", got=f'"{action}" twice', hint="Rename one")
    return found


def read_table(given: Any, actions: Names, subject: str) -> Table:
    """The payoffs of every profile of actions, in the order of the players.

    Raises
    ------
    GameError
        If a profile or a player's payoff is missing, or there is one too many.
    """
    where = f"{subject}, payoffs"
    at = _reader(given, actions, where)
    table = {}
    for profile in itertools.product(*actions.values()):
        name = f"{where} of ({', '.join(profile)})"
        table[profile] = _row(at(profile, name), tuple(actions), name)
    return table


Reader = Callable[[ActionProfile, str], Any]


def _reader(given: Any, actions: Names, where: str) -> Reader:
    """How to look a profile up in whatever form the payoffs have."""
    if callable(given):
        return lambda profile, name: given(*profile)
    if isinstance(given, Mapping):
        if set(given) == set(actions):
            arrays = [given[player] for player in actions]
            return lambda profile, name: _from_arrays(arrays, profile, actions, name)
        _check_keys(given, actions, where)
        return lambda profile, name: _look_up(given, profile, name)
    if isinstance(given, list | tuple) and len(given) == len(actions):
        return lambda profile, name: _from_arrays(given, profile, actions, name)
    raise GameError(
        subject=where,
        wanted="a nested mapping by action, an array for each player, or a function of the profile",
        got=f"{given!r} ({type(given).__name__})"[:200],
        hint='Write {"swerve": {"swerve": (3, 3), "dare": (2, 4)}, ...}, or {"A": [[3, 2], [4, 1]], "B": ...}',
    )


def _check_keys(given: Mapping[Any, Any], actions: Names, where: str) -> None:
    """No entry stands for something that is no action or profile."""
    first = next(iter(actions.values()))
    profiles = set(itertools.product(*actions.values()))
    for k in given:
        if k not in first and k not in profiles:
            raise GameError(
                subject=where, wanted=f"actions of {next(iter(actions))}, or profiles of actions", got=repr(k)
            )


def _look_up(given: Mapping[Any, Any], profile: ActionProfile, name: str) -> Any:
    """A cell of a mapping by profile, or of mappings one inside another."""
    if profile in given:
        return given[profile]
    cell: Any = given
    for action in profile:
        if not isinstance(cell, Mapping) or action not in cell:
            raise GameError(subject=name, wanted="payoffs for every profile of actions", got="none")
        cell = cell[action]
    return cell


def _from_arrays(arrays: Any, profile: ActionProfile, actions: Names, name: str) -> list[Any]:
    """A cell of one array for each player, indexed by the places of the actions."""
    places = [names.index(a) for names, a in zip(actions.values(), profile, strict=True)]
    cells = []
    for player, array in zip(actions, arrays, strict=True):
        shape = tuple(len(names) for names in actions.values())
        cell = array
        for place, width in zip(places, shape, strict=True):
            if not hasattr(cell, "__len__") or len(cell) != width:
                raise GameError(
                    subject=name,
                    wanted=f"an array of shape {shape} for {player}",
                    got=f"{len(cell) if hasattr(cell, '__len__') else 'no'} entries where {width} are wanted",
                )
            cell = cell[place]
        cells.append(cell)
    return cells


def _row(cell: Any, players: tuple[str, ...], name: str) -> tuple[sp.Expr, ...]:
    """The payoffs of one cell in the order of the players."""
    if isinstance(cell, Mapping):
        if set(cell) != set(players):
            raise GameError(
                subject=name, wanted=f"a payoff for each of {', '.join(players)}", got=", ".join(map(str, cell))
            )
        cell = [cell[p] for p in players]
    if isinstance(cell, str) or not hasattr(cell, "__len__") or len(cell) != len(players):
        raise GameError(subject=name, wanted=f"{len(players)} payoffs, one for each player", got=repr(cell))
    return tuple(exact_expression(v, f"{name}, payoff of {p}") for p, v in zip(players, cell, strict=True))
