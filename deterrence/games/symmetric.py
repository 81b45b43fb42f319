"""Symmetric games: states that differ in nothing but what they do.

A payoff depends on the own action and on how many others take each action.  With roles - great
powers, small states - it depends on the own role and on how many of each role take each action.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from math import comb
from types import MappingProxyType
from typing import Any

import sympy as sp

from deterrence.errors import GameError
from deterrence.games.declaration import read_assumptions
from deterrence.games.display import Displayed
from deterrence.games.expressions import called, exact_expression
from deterrence.games.labels import check_name, duplicates
from deterrence.parameters import Assumptions, Parameters

__all__ = ["SymmetricGame"]

MOST_COUNTS = 200_000
Counts = tuple[int, ...]


class SymmetricGame(Displayed):
    """A game of n players who are alike, or alike within each role.

    Parameters
    ----------
    name : str
    parameters : Parameters or Assumptions, optional
    players : int, range, or sympy.Symbol
        How many; a range is solved for each number.  A symbol (two actions only) asks for closed
        forms in n.
    roles : mapping from str to int, optional
        In place of `players`: how many of each role.
    actions : list of str
        Two or more, the same for all.
    payoff : function
        ``payoff(action, others)``: `others` maps each action to the number of *other* players who
        take it.  With roles ``payoff(role, action, others)``, where ``others[role][action]`` is that
        number.  For a symbolic number of players ``others`` holds symbols, and the payoff is an
        expression or `sympy.Piecewise` in ``others[first action]``.

    Raises
    ------
    GameError
        If a number of players is less than two, or a payoff is not what is wanted.

    Examples
    --------
    >>> P = Parameters()
    >>> c, b = P.ordered("0 < c < b")
    >>> game = SymmetricGame("Volunteer", parameters=P, players=3, actions=["balance", "pass"],
    ...     payoff=lambda own, others: b - c if own == "balance" else b * min(1, others["balance"]))
    >>> game.payoff_of("pass", {"balance": 0, "pass": 2})
    0
    """

    def __init__(
        self,
        name: str,
        *,
        parameters: Parameters | Assumptions | None = None,
        players: int | range | sp.Symbol | None = None,
        roles: Mapping[str, int] | None = None,
        actions: Iterable[str],
        payoff: Callable[..., Any],
    ) -> None:
        self.name = check_name(name, "SymmetricGame", "game")
        subject = f'Game "{name}"'
        self.subject = subject
        self.assumptions = read_assumptions(parameters, subject)
        self.actions = tuple(check_name(a, f"{subject}, actions", "action") for a in actions)
        for action in duplicates(self.actions):
            raise GameError(subject=f"{subject}, actions", wanted="each action once", got=f'"{action}" twice')
        if len(self.actions) < 2:
            raise GameError(subject=f"{subject}, actions", wanted="two actions or more", got=str(len(self.actions)))
        if not callable(payoff):
            raise GameError(
                subject=f"{subject}, payoff", wanted="a function of the own action and of others", got=repr(payoff)
            )
        self._payoff = payoff
        self.players, self.roles = _read_sizes(players, roles, subject)
        self.with_roles = roles is not None
        self._known: dict[Any, sp.Expr] = {}

    def __getstate__(self) -> dict[str, Any]:
        """What is pickled: mappings as plain ones, nothing that is derived."""
        kept = {k: v for k, v in self.__dict__.items() if k not in ("_known", "groups")}
        return {**kept, "roles": dict(self.roles)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, roles=MappingProxyType(state["roles"]), _known={})

    # -- sizes -----------------------------------------------------------------------------------

    @property
    def sizes(self) -> tuple[Any, ...]:
        """The numbers of players to solve for."""
        return tuple(self.players) if isinstance(self.players, range) else (self.players,)

    def sized(self, number: int) -> SymmetricGame:
        """The same game with that number of players."""
        return SymmetricGame(
            self.name, parameters=self.assumptions, players=number, actions=self.actions, payoff=self._payoff
        )

    @cached_property
    def groups(self) -> Mapping[str, int]:
        """How many there are of each role; one role without a name where there are none."""
        return self.roles if self.with_roles else MappingProxyType({"": self.players})

    # -- payoffs ---------------------------------------------------------------------------------

    def payoff_of(self, action: str, others: Mapping[Any, Any], role: str = "") -> sp.Expr:
        """What an action is worth, given how many others take each action (by role, if there are roles)."""
        k = (role, action, _frozen(others) if self.with_roles else tuple(others.items()))
        if k not in self._known:
            value = self._called(role, action, others)
            if type(value) is int:
                self._known[k] = sp.Integer(value)
            elif isinstance(value, sp.Piecewise):
                self._known[k] = value
            else:
                shown = ", ".join(f"{v} {a}" for a, v in others.items())
                where = f"{self.subject}, payoff of {action!r} when of the others {shown}"
                self._known[k] = self._checked(exact_expression(value, where), where)
        return self._known[k]

    def _called(self, role: str, action: str, others: Mapping[Any, Any]) -> Any:
        """What the payoff function returns."""
        where = f"{self.subject}, payoff of {action!r}" + (f" to {role}" if self.with_roles else "")
        if self.with_roles:
            return called(self._payoff, role, action, others, subject=where, wanted="payoff(role, action, others)")
        return called(self._payoff, action, others, subject=where, wanted="payoff(action, others)")

    def _checked(self, value: sp.Expr, where: str) -> sp.Expr:
        declared = {p.symbol for p in self.assumptions.parameters}
        extra = {self.players} if isinstance(self.players, sp.Symbol) else set()
        for symbol in value.free_symbols - declared - extra:
            if not str(symbol).startswith("#"):
                raise GameError(
                    subject=where, wanted="symbols that are declared parameters", got=f"the symbol {symbol}",
                    hint=f'Declare it, for example with P.real("{symbol}")',
                )  # fmt: skip
        return self.assumptions.expand(value)

    def worth(self, role: str, action: str, state: Mapping[str, Counts]) -> sp.Expr:
        """What an action is worth to one of a role when all (it included) act as in `state`, it as `action`."""
        others = {r: dict(zip(self.actions, counts, strict=True)) for r, counts in state.items()}
        others[role] = {**others[role], action: others[role][action] - 1}
        return self.payoff_of(action, others if self.with_roles else others[""], role)

    def states(self) -> Iterator[dict[str, Counts]]:
        """Every way in which players can be distributed over actions, by role."""
        total = 1
        for number in self.groups.values():
            total *= comb(number + len(self.actions) - 1, len(self.actions) - 1)
        if total > MOST_COUNTS:
            raise GameError(
                subject=self.subject, wanted=f"at most {MOST_COUNTS:,} distributions over actions", got=f"{total:,}"
            )
        parts = [list(_compositions(number, len(self.actions))) for number in self.groups.values()]
        for chosen in itertools.product(*parts):
            yield dict(zip(self.groups, chosen, strict=True))

    def __repr__(self) -> str:
        who = dict(self.roles) if self.with_roles else self.players
        return f'<SymmetricGame "{self.name}": players {who}, actions {", ".join(self.actions)}>'


def _read_sizes(players: Any, roles: Any, subject: str) -> tuple[Any, Mapping[str, int]]:
    """The number of players, or of each role."""
    where = f"{subject}, players"
    if (players is None) == (roles is None):
        raise GameError(subject=where, wanted="either players=... or roles=...", got="both" if roles else "neither")
    if roles is not None:
        if not isinstance(roles, Mapping) or not roles:
            raise GameError(subject=f"{subject}, roles", wanted="a mapping from role to number", got=repr(roles))
        for role, number in roles.items():
            check_name(role, f"{subject}, roles", "role")
            _check_number(number, f"{subject}, role {role}", 1)
        return sum(roles.values()), MappingProxyType(dict(roles))
    if isinstance(players, sp.Symbol):
        return players, MappingProxyType({})
    for number in players if isinstance(players, range) else (players,):
        _check_number(number, where, 2)
    if isinstance(players, range) and not players:
        raise GameError(subject=where, wanted="a range with at least one number", got=repr(players))
    return players, MappingProxyType({})


def _check_number(number: Any, where: str, least: int) -> None:
    if isinstance(number, bool) or not isinstance(number, int) or number < least:
        raise GameError(subject=where, wanted=f"a whole number of at least {least}", got=repr(number))


def _compositions(total: int, parts: int) -> Iterator[Counts]:
    """All ways to write `total` as an ordered sum of `parts` whole numbers."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total, -1, -1):
        for rest in _compositions(total - first, parts - 1):
            yield (first, *rest)


def _frozen(others: Mapping[Any, Any]) -> Any:
    return tuple((k, _frozen(v) if isinstance(v, Mapping) else v) for k, v in others.items())
