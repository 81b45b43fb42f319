"""The types of players and how Nature draws them.

Before the tree begins, Nature draws a type for each player that has types; each player sees its
own.  Types are independent, each with its own probability, unless a joint distribution over the
profiles of types is given.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.errors import GameError
from deterrence.games.expressions import exact_expression
from deterrence.games.labels import check_name, duplicates, named_items, quoted

__all__ = ["Profile", "Types", "all_profiles", "independent_prior", "joint_prior", "marginal", "types"]

Profile = tuple[str | None, ...]


@dataclass(frozen=True)
class Types:
    """The types of one player, and their probabilities unless a joint prior gives these."""

    names: tuple[str, ...]
    probabilities: tuple[sp.Expr, ...] | None = None

    def __str__(self) -> str:
        if self.probabilities is None:
            return ", ".join(self.names)
        return ", ".join(f"{name}: {p}" for name, p in zip(self.names, self.probabilities, strict=True))


def types(*names: str | Mapping[str, Any], **probabilities: Any) -> Types:
    """The types of a player.

    Parameters
    ----------
    *names : str, or one mapping
        Names alone, ``types("Hard", "Soft")``, where the game's `prior` gives the probabilities;
        or ``{name: probability}`` in place of the keywords.
    **probabilities : number or expression
        The probability of each type, ``types(Hard=p, Soft=1 - p)``.

    Raises
    ------
    GameError
        If there is no type, a type twice, or names are mixed with probabilities.

    Examples
    --------
    >>> print(types(Hard="1/3", Soft="2/3"))
    Hard: 1/3, Soft: 2/3
    >>> print(types("Hard", "Soft"))
    Hard, Soft
    """
    mapping = names[0] if len(names) == 1 and isinstance(names[0], Mapping) else None
    bare = () if mapping is not None else names
    pairs = named_items(mapping, probabilities, subject="types", kind="type")
    if not bare and not pairs:
        raise GameError(subject="types", wanted="at least one type", got="none", hint="Write types(Hard=p, Soft=1 - p)")
    if bare and pairs:
        raise GameError(
            subject="types",
            wanted="a probability for every type, or for none",
            got=f"{', '.join(map(repr, bare))} without and {quoted(name for name, _ in pairs)} with a probability",
            hint="Write types(Hard=p, Soft=1 - p), or names alone where the game's prior gives the probabilities",
        )
    if bare:
        return Types(_distinct(bare))
    values = tuple(exact_expression(value, f'types, probability of "{name}"') for name, value in pairs)
    return Types(tuple(name for name, _ in pairs), values)


def _distinct(names: tuple[Any, ...]) -> tuple[str, ...]:
    """Names of types, each text and no two alike."""
    checked = tuple(check_name(name, "types", "type") for name in names)
    for name in duplicates(checked):
        raise GameError(subject="types", wanted="each type once", got=f'"{name}" twice', hint="Rename one of them")
    return checked


def all_profiles(type_names: Mapping[str, tuple[str | None, ...]]) -> tuple[Profile, ...]:
    """Every profile of types, the last player's type varying fastest."""
    return tuple(itertools.product(*type_names.values()))


def independent_prior(
    profiles: tuple[Profile, ...], marginals: tuple[Mapping[str | None, sp.Expr], ...]
) -> dict[Profile, sp.Expr]:
    """The product of the marginal distributions, one for each player in order."""
    return {profile: sp.Mul(*(m[t] for m, t in zip(marginals, profile, strict=True))) for profile in profiles}


def joint_prior(
    given: Mapping[Any, Any], type_names: Mapping[str, tuple[str | None, ...]], subject: str
) -> dict[Profile, sp.Expr]:
    """A joint distribution as the user gave it, over all profiles; those left out have probability 0.

    Raises
    ------
    GameError
        If a key is no profile of the players' types, in the order of the players.
    """
    if not isinstance(given, Mapping):
        raise GameError(
            subject=f"{subject}, prior",
            wanted="a mapping from profiles of types to probabilities",
            got=f"{given!r} ({type(given).__name__})",
            hint='Write prior={("Hard", "Soft"): p, ...}',
        )
    profiles = all_profiles(type_names)
    prior = dict.fromkeys(profiles, sp.Integer(0))
    seen: set[Profile] = set()
    for key, value in given.items():
        profile = _profile(key, type_names, subject)
        if profile in seen:
            raise GameError(subject=f"{subject}, prior", wanted="each profile of types once", got=f"{key!r} twice")
        seen.add(profile)
        prior[profile] = exact_expression(value, f"{subject}, prior of {key!r}")
    return prior


def _profile(key: Any, type_names: Mapping[str, tuple[str | None, ...]], subject: str) -> Profile:
    """A key of the prior as a profile over all players; it may leave out players without types."""
    parts = key if isinstance(key, tuple) else (key,)
    if len(parts) < len(type_names):
        rest = iter(parts)
        typed = [names != (None,) for names in type_names.values()]
        if sum(typed) == len(parts):
            parts = tuple(next(rest) if has_types else None for has_types in typed)
    known = len(parts) == len(type_names) and all(
        part in names for part, names in zip(parts, type_names.values(), strict=True)
    )
    if not known:
        order = "; ".join(
            f"{player}: {', '.join(map(str, names))}" for player, names in type_names.items() if names != (None,)
        )
        raise GameError(
            subject=f"{subject}, prior",
            wanted=f"one type of each player that has types, in the order of the players ({order})",
            got=repr(key),
            hint="Write the profile as a tuple of the names of types",
        )
    return tuple(parts)


def marginal(prior: Mapping[Profile, sp.Expr], place: int, type_name: str | None) -> sp.Expr:
    """The probability that the player in that place has the type."""
    return sp.Add(*(p for profile, p in prior.items() if profile[place] == type_name))
