"""Symmetric games of two players: the payoff table is solved as such, and what differs only in who is who counts once.

Two players alike, or one each of two roles, are a table of two players, of which every equilibrium
is found: mixtures over three actions and more, and profiles in which both mix differently.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sympy as sp

from deterrence.equilibria import Equilibria, Equilibrium
from deterrence.games.strategic import StrategicGame
from deterrence.games.symmetric import SymmetricGame
from deterrence.profile import ProfileEquilibrium
from deterrence.progress import Report
from deterrence.solvers.tables.strategic import solve_strategic

__all__ = ["as_pair", "pair_records"]

Row = Mapping[str, sp.Expr]


def as_pair(game: SymmetricGame) -> StrategicGame:
    """The table of a game of two players, roles (or ``first`` and ``second``) as players."""
    roles = _roles(game)
    names = ["first", "second"] if roles[0] == roles[1] else list(roles)

    def cell(*profile: str) -> tuple[sp.Expr, ...]:
        return tuple(game.payoff_of(profile[k], _others(game, roles, profile, k), roles[k]) for k in (0, 1))

    actions = {name: list(game.actions) for name in names}
    return StrategicGame(game.name, parameters=game.assumptions, actions=actions, payoffs=cell)


def _roles(game: SymmetricGame) -> tuple[str, str]:
    one, two = (role for role, number in game.groups.items() for _ in range(number))
    return one, two


def _others(game: SymmetricGame, roles: tuple[str, str], profile: tuple[str, ...], k: int) -> Any:
    other = 1 - k
    counts = {r: {a: int(r == roles[other] and a == profile[other]) for a in game.actions} for r in game.groups}
    return counts if game.with_roles else counts[""]


def pair_records(
    game: SymmetricGame, time_limit: float | None = None, progress: Report | None = None
) -> tuple[list[ProfileEquilibrium], Equilibria]:
    """The records of a game of two players, and the answer of the table that they come from."""
    roles = _roles(game)
    table = solve_strategic(as_pair(game), time_limit=time_limit, progress=progress)
    found = (*table.generic, *table.knife_edges)
    kept = list(_folded(found)) if roles[0] == roles[1] else list(found)
    return [_record(game, roles, e) for e in kept], table


def _rows(equilibrium: Equilibrium) -> tuple[Row, Row]:
    first, second = equilibrium.strategy.values()
    return first, second


def _folded(found: tuple[Equilibrium, ...]) -> Iterator[Equilibrium]:
    """One of every two equilibria that arise from each other when the players change places."""
    seen: set[Any] = set()
    for e in found:
        first, second = (_shape(row, bool(e.free)) for row in _rows(e))
        if (second, first, e.status) not in seen or first == second:
            yield e
        seen.add((first, second, e.status))


def _shape(row: Row, free: bool) -> tuple[Any, ...]:
    """What a mixture is, or of a continuum its support."""
    return tuple(p != 0 for p in row.values()) if free else tuple(row.values())


def _record(game: SymmetricGame, roles: tuple[str, str], e: Equilibrium) -> ProfileEquilibrium:
    rows = _rows(e)
    pure = [next((a for a, p in row.items() if p == 1), "") for row in rows]
    worth = list(e.payoffs.values())
    who = _who(roles, rows, pure)
    strategy = {name: {a: p for a, p in row.items() if p != 0} for name, row in zip(who, rows, strict=True)}
    payoffs = dict(zip(who, worth, strict=True))
    facts: dict[str, Any] = {"n": game.players, "mixing": pure.count("")}
    facts |= {"counts": _counts(game, roles, pure)} if all(pure) else {
        "sure": {name: a for name, a in zip(who, pure, strict=True) if a}
    }  # fmt: skip
    facts |= {"whole condition": e.system} if e.free else {}
    nobody = {f"nobody: {a}": sp.Mul(*(1 - row[a] for row in rows)) for a in game.actions}
    return ProfileEquilibrium(
        game, strategy, e.condition, e.status, payoffs=payoffs, outcomes=nobody, free=e.free, facts=facts
    )


def _who(roles: tuple[str, str], rows: tuple[Row, Row], pure: list[str]) -> tuple[str, str]:
    """The two in words, the same for both if they do the same."""
    kinds = [role or "player" for role in roles]
    if roles[0] == roles[1] and tuple(rows[0].values()) == tuple(rows[1].values()):
        name = f"2 {roles[0] or 'players'}" + (f" ({pure[0]})" if pure[0] else " mixing")
        return name, name
    names = [f"1 {k} ({a})" if a else f"1 {k} mixing" for k, a in zip(kinds, pure, strict=True)]
    return names[0], names[1] if names[1] != names[0] else f"1 other {kinds[1]} mixing"


def _counts(game: SymmetricGame, roles: tuple[str, str], pure: list[str]) -> Any:
    counts = {r: dict.fromkeys(game.actions, 0) for r in game.groups}
    for role, action in zip(roles, pure, strict=True):
        counts[role][action] += 1
    return counts if game.with_roles else counts[""]
