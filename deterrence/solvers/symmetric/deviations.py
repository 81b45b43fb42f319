"""What each other action would gain in a game of many alike: groups of players who each do the same.

A profile is read as numbers of players, as probabilities with which all (of a role) mix alike, or as
the groups that a record names: "2 players mixing", "1 great (pass)".
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import factorial, prod
from typing import Any

import sympy as sp

from deterrence.errors import ConceptError, GameError, UnknownName
from deterrence.games.expressions import exact_expression
from deterrence.games.symmetric import SymmetricGame
from deterrence.parameters import Assumptions
from deterrence.polynomials import tidy
from deterrence.solvers.levels.beyond_rational import is_rational
from deterrence.solvers.trees.deviations import Deviation

__all__ = ["between_zero_and_one", "mixtures", "symmetric_deviations"]

WHO = re.compile(r"(\d+) (?:other )?(.+?) (?:mixing|\(.*\))")
Counts = tuple[int, ...]


@dataclass(frozen=True)
class Group:
    """Some players of a role who each draw from the same probabilities."""

    role: str
    number: int
    row: Mapping[str, sp.Expr]

    @property
    def sure(self) -> str:
        """The action that they take for sure; empty if they mix."""
        return next((a for a, p in self.row.items() if p == 1), "")


def symmetric_deviations(game: SymmetricGame, profile: Mapping[Any, Any], known: Assumptions) -> Iterator[Deviation]:
    """What each action would gain for each group, beyond what it does.

    Raises
    ------
    ConceptError
        If the number of players is no whole number.
    GameError, UnknownName
        If the profile does not fit the game.
    """
    if not isinstance(game.players, int):
        raise ConceptError(subject="verify", wanted="one whole number of players", got=repr(game))
    groups = list(_groups(game, profile, known))
    for k, group in enumerate(groups):
        others = [Group(g.role, g.number - (i == k), g.row) for i, g in enumerate(groups)]
        worth = {a: _expected(game, others, group.role, a) for a in game.actions}
        present = sum((group.row[a] * worth[a] for a in game.actions), sp.S.Zero)
        who = (group.role or "player", *([group.sure] if group.sure else []))
        for action in (a for a in game.actions if a != group.sure):
            yield Deviation(who, action, group.sure or "the mixture", _tidied(worth[action] - present))


def mixtures(game: SymmetricGame, profile: Mapping[Any, Any], known: Assumptions) -> Iterator[tuple[str, sp.Expr]]:
    """Every probability of a profile that is not 0 or 1, with what it is of."""
    for group in _groups(game, profile, known):
        who = f" of {group.role}" if group.role else ""
        yield from ((f"{action}{who}", share) for action, share in group.row.items() if share not in (0, 1))


def between_zero_and_one(share: sp.Expr) -> Any:
    """Where a quotient of polynomials, or one with a single root in it, is a probability; None if it is another."""
    if is_rational(share):
        return sp.And(sp.Ge(share, 0), sp.Le(share, 1))
    radicals = [p for p in share.atoms(sp.Pow) if not p.exp.is_Integer]
    if len(radicals) != 1 or not (radicals[0].exp.is_Rational and radicals[0].exp.p == 1):
        return None
    (root,), t = radicals, sp.Dummy("t")
    filled = sp.expand(share.subs(root, t))
    slope = sp.diff(filled, t)
    if slope.has(t) or not is_rational(slope) or not is_rational(filled) or not is_rational(root.base):
        return None
    rest, degree = filled.subs(t, 0), int(root.exp.q)
    low = _at_least_zero(rest, slope, root.base, degree)
    return sp.And(sp.Ge(root.base, 0), low, _at_least_zero(1 - rest, -slope, root.base, degree))


def _at_least_zero(rest: sp.Expr, slope: sp.Expr, base: sp.Expr, degree: int) -> Any:
    """``rest + slope * base**(1/degree) >= 0`` where the base is at least 0, without the root."""
    rises = sp.And(slope >= 0, sp.Or(rest >= 0, slope**degree * base >= (-rest) ** degree))
    falls = sp.And(slope < 0, rest >= 0, (-slope) ** degree * base <= rest**degree)
    return sp.Or(rises, falls)


def _tidied(gain: sp.Expr) -> sp.Expr:
    return tidy(gain) if is_rational(gain) else sp.simplify(sp.expand(gain))


# -- reading ----------------------------------------------------------------------------------------


def _groups(game: SymmetricGame, profile: Mapping[Any, Any], known: Assumptions) -> Iterator[Group]:
    if profile and all(isinstance(k, str) and WHO.fullmatch(k) and k not in game.actions for k in profile):
        yield from _named_groups(game, profile, known)
        return
    for role in _roles(game, profile):
        row = _row(game, profile[role] if game.with_roles else profile, role, known)
        number = game.groups[role]
        if sum(row.values()) == number and all(v.is_Integer and v >= 0 for v in row.values()):
            yield from (Group(role, int(k), _surely(game, a)) for a, k in row.items() if k)
        elif tidy(sum(row.values()) - 1) == 0:
            yield Group(role, number, row)
        else:
            raise GameError(
                subject=f"{game.subject}, profile", wanted="numbers of players, or probabilities that sum to 1",
                got=str(dict(profile)), hint=f'{{"{game.actions[0]}": 1, ...}} for one player; fractions for a mixture',
            )  # fmt: skip


def _surely(game: SymmetricGame, action: str) -> dict[str, sp.Expr]:
    return {a: sp.Integer(int(a == action)) for a in game.actions}


def _named_groups(game: SymmetricGame, profile: Mapping[str, Any], known: Assumptions) -> Iterator[Group]:
    """The groups as a record names them."""
    members = dict.fromkeys(game.groups, 0)
    for who, row in profile.items():
        found = WHO.fullmatch(who)
        assert found is not None
        role = found[2] if game.with_roles else ""
        if role not in members:
            raise UnknownName(subject=f"{game.subject}, profile", wanted="a role", got=found[2], known=members)
        shares = _row(game, row, role, known)
        members[role] += int(found[1])
        if tidy(sum(shares.values()) - 1) != 0:
            raise GameError(
                subject=f"{game.subject}, profile of {who}", wanted="probabilities that sum to 1", got=str(dict(row))
            )
        yield Group(role, int(found[1]), shares)
    if members != dict(game.groups):
        raise GameError(subject=f"{game.subject}, profile", wanted="every player in a group", got=", ".join(profile))


def _roles(game: SymmetricGame, profile: Mapping[Any, Any]) -> tuple[str, ...]:
    known = tuple(game.groups) if game.with_roles else game.actions
    for key in profile:
        if key not in known:
            what = "a role" if game.with_roles else "an action"
            raise UnknownName(subject=f"{game.subject}, profile", wanted=what, got=str(key), known=known)
    if game.with_roles and set(profile) != set(known):
        raise GameError(subject=f"{game.subject}, profile", wanted="every role", got=", ".join(map(str, profile)))
    return tuple(game.groups)


def _row(game: SymmetricGame, row: Mapping[Any, Any], role: str, known: Assumptions) -> dict[str, sp.Expr]:
    where = f"{game.subject}, profile{' of ' + role if role else ''}"
    for action in row:
        if action not in game.actions:
            raise UnknownName(subject=where, wanted="an action", got=str(action), known=game.actions)
    return {a: known.expand(exact_expression(row.get(a, 0), where)) for a in game.actions}


# -- worth ------------------------------------------------------------------------------------------


def _expected(game: SymmetricGame, others: list[Group], role: str, action: str) -> sp.Expr:
    """What an action is worth to a player of a role when all others draw theirs."""
    total = sp.S.Zero
    for chance, counts in _draws(game, others):
        counts[role][game.actions.index(action)] += 1
        total += chance * game.worth(role, action, {r: tuple(c) for r, c in counts.items()})
    return total


def _draws(game: SymmetricGame, groups: list[Group]) -> Iterator[tuple[sp.Expr, dict[str, list[int]]]]:
    """All numbers of players by role and action that can come about, with their probabilities."""
    for drawn in itertools.product(*(_of_group(game, g) for g in groups)):
        counts = {r: [0] * len(game.actions) for r in game.groups}
        for group, (_, numbers) in zip(groups, drawn, strict=True):
            counts[group.role] = [a + b for a, b in zip(counts[group.role], numbers, strict=True)]
        yield sp.Mul(*(chance for chance, _ in drawn)), counts


def _of_group(game: SymmetricGame, group: Group) -> list[tuple[sp.Expr, Counts]]:
    """The multinomial distribution of what a group draws."""
    support = [k for k, a in enumerate(game.actions) if group.row[a] != 0]
    found = []
    for cuts in itertools.combinations_with_replacement(range(group.number + 1), len(support) - 1):
        ends = (0, *cuts, group.number)
        taken = {k: b - a for k, a, b in zip(support, ends, ends[1:], strict=False)}
        ways = factorial(group.number) // prod(factorial(n) for n in taken.values())
        chance = ways * sp.Mul(*(group.row[game.actions[k]] ** n for k, n in taken.items()))
        found.append((chance, tuple(taken.get(k, 0) for k in range(len(game.actions)))))
    return found
