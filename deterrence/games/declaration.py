"""What a user declares of a game, read and checked: parameters, players, types, prior."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import sympy as sp

from deterrence.errors import GameError
from deterrence.games.labels import check_name, duplicates
from deterrence.games.priors import Profile, Types, all_profiles, independent_prior, joint_prior
from deterrence.parameters import Assumptions, Parameters

__all__ = ["read_assumptions", "read_players", "read_prior", "read_type_probabilities"]


def read_assumptions(parameters: Any, subject: str) -> Assumptions:
    """A snapshot of the parameters."""
    if parameters is None:
        return Assumptions()
    if isinstance(parameters, Parameters):
        return parameters.snapshot()
    if isinstance(parameters, Assumptions):
        return parameters
    raise GameError(
        subject=f"{subject}, parameters",
        wanted="the Parameters in which the symbols are declared",
        got=f"{parameters!r} ({type(parameters).__name__})",
        hint="Make them with P = dt.Parameters(), and give parameters=P",
    )


def read_players(players: Any, subject: str) -> dict[str, Types | None]:
    """The players with their types, checked."""
    where = f"{subject}, players"
    pairs = list(players.items()) if isinstance(players, Mapping) else None
    if pairs is None:
        if isinstance(players, str | set | frozenset) or not isinstance(players, Iterable):
            hint = f'Write ["{players}"]' if isinstance(players, str) else 'Write ["A", "B"]'
            raise GameError(
                subject=where, wanted="a list of names, or a mapping to types", got=repr(players), hint=hint
            )
        pairs = [(player, None) for player in players]
    if not pairs:
        raise GameError(subject=where, wanted="at least one player", got="none", hint='Write ["A", "B"]')
    for player, kinds in pairs:
        check_name(player, where, "player")
        if kinds is not None and not isinstance(kinds, Types):
            raise GameError(
                subject=f"{subject}, types of {player}",
                wanted="dt.types(...) or None",
                got=f"{kinds!r} ({type(kinds).__name__})",
                hint="Write dt.types(Hard=p, Soft=1 - p)",
            )
    for player in duplicates(player for player, _ in pairs):
        raise GameError(subject=where, wanted="each player once", got=f'"{player}" twice', hint="Rename one of them")
    return dict(pairs)


def read_type_probabilities(
    declared: Mapping[str, Types | None], subject: str, *, joint: bool
) -> dict[str, Mapping[str | None, sp.Expr]]:
    """The probabilities that stand with the types; empty where a joint prior gives them."""
    found: dict[str, Mapping[str | None, sp.Expr]] = {}
    for player, kinds in declared.items():
        if kinds is None:
            continue
        if joint and kinds.probabilities is not None:
            raise GameError(
                subject=f"{subject}, types of {player}",
                wanted="names alone, because prior=... gives the joint distribution",
                got=f"probabilities ({kinds})",
                hint=f"Write dt.types({', '.join(map(repr, kinds.names))})",
            )
        if not joint and kinds.probabilities is None:
            raise GameError(
                subject=f"{subject}, types of {player}",
                wanted="a probability for each type, or prior=... for the game",
                got=f"names alone ({kinds})",
                hint="Write dt.types(Hard=p, Soft=1 - p)",
            )
        if kinds.probabilities is not None:
            found[player] = MappingProxyType(dict(zip(kinds.names, kinds.probabilities, strict=True)))
    return found


def read_prior(
    given: Mapping[Any, Any] | None,
    names: Mapping[str, tuple[str | None, ...]],
    chances: Mapping[str, Mapping[str | None, sp.Expr]],
    subject: str,
) -> dict[Profile, sp.Expr]:
    """The probability of every profile of types."""
    if given is not None:
        return joint_prior(given, names, subject)
    certain: Mapping[str | None, sp.Expr] = {None: sp.Integer(1)}
    return independent_prior(all_profiles(names), tuple(chances.get(player, certain) for player in names))
