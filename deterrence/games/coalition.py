"""Coalition games: who can band together, and what a coalition is worth.

Either states have resources and a coalition wins with more than half of all (or with a quota), or
each coalition has a worth, which may depend on how the others are organised (partition function).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from math import lcm
from types import MappingProxyType
from typing import Any

import sympy as sp

from deterrence.errors import GameError, UnknownName
from deterrence.games.declaration import read_assumptions, read_players
from deterrence.games.display import Displayed
from deterrence.games.expressions import called, exact_expression
from deterrence.games.labels import check_name
from deterrence.parameters import Assumptions, Parameters

__all__ = ["Coalition", "CoalitionGame", "Structure", "check_rules", "structures"]

EXITS = ("alone", "dissolve")
ENTRIES = ("open", "exclusive", "closed")
Coalition = frozenset[str]
Structure = frozenset[Coalition]


class CoalitionGame(Displayed):
    """Players and what coalitions of them can do.

    Parameters
    ----------
    name : str
    parameters : Parameters or Assumptions, optional
    resources : mapping from player to number or expression, optional
        A coalition wins if its resources are more than `quota`.
    quota : number or expression, optional
        Half of all resources if left out.
    players : list of str, optional
        With `worth` only.
    worth : function or mapping, optional
        In place of `resources`: ``worth(coalition)``, or a mapping from tuples or frozensets of
        players (those left out are worth 0).
    partition_worth : function, optional
        ``partition_worth(coalition, structure)``: the worth when all players are organised as in
        `structure`, a frozenset of coalitions.
    exit : {"alone", "dissolve"}, optional
        For stable alliance structures: who leaves stands alone, and the alliance it leaves stays
        together (if left out), or falls apart.
    entry : {"open", "exclusive", "closed"}, optional
        Anyone may join (if left out); only if no member loses by it; nobody may join.
    division : function, optional
        ``division(game, coalition, structure)`` gives each member's payoff; equal shares if left out.

    Raises
    ------
    GameError
        If a resource is not an exact quantity, the game is given in two ways, or a coalition holds
        somebody who is no player.
    UnknownName
        If there is no such rule of exit or entry.

    Examples
    --------
    >>> game = CoalitionGame("Balance", resources={"A": 120, "B": 100, "C": 80})
    >>> game.worth_of({"A", "B"}), game.worth_of({"C"})
    (1, 0)
    """

    def __init__(
        self,
        name: str,
        *,
        parameters: Parameters | Assumptions | None = None,
        resources: Mapping[str, Any] | None = None,
        quota: Any = None,
        players: Iterable[str] | None = None,
        worth: Callable[[Coalition], Any] | Mapping[Any, Any] | None = None,
        partition_worth: Callable[[Coalition, Structure], Any] | None = None,
        exit: str = "alone",
        entry: str = "open",
        division: Callable[..., Mapping[str, Any]] | None = None,
    ) -> None:
        self.name, self.subject = check_name(name, "CoalitionGame", "game"), f'Game "{name}"'
        self.assumptions = read_assumptions(parameters, self.subject)
        given = [x is not None for x in (resources, worth, partition_worth)]
        if sum(given) != 1:
            raise GameError(
                subject=self.subject, wanted="one of resources=, worth= and partition_worth=", got=str(sum(given))
            )
        self.players = tuple(read_players(list(resources) if resources is not None else players, self.subject))
        self.resources = self._read_resources(resources)
        self.quota = self._read(quota, "quota") if quota is not None else self._half()
        self._worth = worth if callable(worth) else _Table.read(worth, self.players, self.subject)
        self.partition_worth = partition_worth
        self.exit, self.entry = check_rules(exit, entry, self.subject)
        self.division = division
        self._known: dict[Any, sp.Expr] = {}

    def _read(self, value: Any, what: str) -> sp.Expr:
        where = f"{self.subject}, {what}"
        expression = self.assumptions.expand(exact_expression(value, where))
        declared = {p.symbol for p in self.assumptions.parameters}
        for symbol in sorted(expression.free_symbols - declared, key=str):
            raise GameError(subject=where, wanted="symbols that are declared parameters", got=f"the symbol {symbol}")
        return expression

    def _read_resources(self, given: Mapping[str, Any] | None) -> Mapping[str, sp.Expr]:
        read = {p: self._read(r, f"resources of {p}") for p, r in (given or {}).items()}
        for player, value in read.items():
            if value.is_number and value < 0:
                raise GameError(subject=f"{self.subject}, resources of {player}", wanted="0 or more", got=str(value))
        return MappingProxyType(read)

    def __getstate__(self) -> dict[str, Any]:
        """What is pickled: mappings as plain ones, nothing that is derived."""
        kept = {k: v for k, v in self.__dict__.items() if k not in ("_known", "weights")}
        return {**kept, "resources": dict(self.resources)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, resources=MappingProxyType(state["resources"]), _known={})

    def _half(self) -> sp.Expr:
        return sp.Add(*self.resources.values()) / 2

    @property
    def weighted(self) -> bool:
        """Whether coalitions win by their resources."""
        return bool(self.resources)

    @cached_property
    def weights(self) -> tuple[tuple[int, ...], int] | None:
        """Resources and quota as whole numbers, all times one positive number; None if they hold symbols."""
        numbers = [*self.resources.values(), self.quota]
        if not self.weighted or not all(v.is_Rational for v in numbers):
            return None
        scale = lcm(*(int(v.q) for v in numbers))
        *weights, quota = (int(v * scale) for v in numbers)
        return tuple(weights), quota

    def members(self, coalition: Iterable[str]) -> Coalition:
        """A coalition, checked.

        Raises
        ------
        UnknownName
            If somebody in it is no player.
        """
        found = frozenset(coalition)
        for name in sorted(found - set(self.players), key=str):
            raise UnknownName(subject=f"{self.subject}, coalition", wanted="a player", got=name, known=self.players)
        return found

    def strength(self, coalition: Iterable[str]) -> sp.Expr:
        """The resources of a coalition together."""
        return sp.Add(*(self.resources[p] for p in coalition))

    def coalitions(self, *, empty: bool = False) -> Iterator[Coalition]:
        """Every coalition, small ones first."""
        for size in range(0 if empty else 1, len(self.players) + 1):
            for members in itertools.combinations(self.players, size):
                yield frozenset(members)

    def worth_of(self, coalition: Iterable[str], structure: Iterable[Iterable[str]] | None = None) -> sp.Expr:
        """The worth of a coalition: of resources, 1 or 0 (a `Piecewise` where symbols leave it open)."""
        members = self.members(coalition)
        whole = frozenset(map(frozenset, structure)) if structure is not None else None
        k = (members, whole)
        if k not in self._known:
            self._known[k] = self._find(members, whole)
        return self._known[k]

    def _find(self, members: Coalition, structure: Structure | None) -> sp.Expr:
        if not members:
            return sp.S.Zero
        if self.weighted:
            return sp.Piecewise((1, self.strength(members) > self.quota), (0, True))
        if self.partition_worth is not None:
            if structure is None:
                raise GameError(
                    subject=f"{self.subject}, worth of {_shown(members)}",
                    wanted="how the others are organised, because the worth depends on it",
                    got="none",
                    hint="give structure=[...], a list of coalitions",
                )
            value = self._called(
                self.partition_worth, members, structure, wanted="partition_worth(coalition, structure)"
            )
            return self._read(value, f"worth of {_shown(members)}")
        value = self._called(self._worth, members, wanted="worth(coalition)")
        return self._read(value, f"worth of {_shown(members)}")

    def _called(self, function: Callable[..., Any], members: Coalition, *more: Any, wanted: str) -> Any:
        return called(function, members, *more, subject=f"{self.subject}, worth of {_shown(members)}", wanted=wanted)

    def plain_worth(self, coalition: Coalition) -> Any:
        """The worth as a plain number where it is one: nothing is kept, for very many coalitions."""
        value = called(self._worth, coalition, subject=f"{self.subject}, a worth", wanted="worth(coalition)")
        return value if type(value) in (int, Fraction) else self._read(value, f"worth of {_shown(coalition)}")

    def __repr__(self) -> str:
        return f'<CoalitionGame "{self.name}": {len(self.players)} players>'


def structures(players: tuple[str, ...]) -> Iterator[Structure]:
    """Every way to divide players into coalitions.

    Examples
    --------
    >>> len(list(structures(("A", "B", "C"))))
    5
    """
    if not players:
        yield frozenset()
        return
    first, *rest = players
    for smaller in structures(tuple(rest)):
        yield smaller | {frozenset([first])}
        for coalition in sorted(smaller, key=sorted):
            yield (smaller - {coalition}) | {coalition | {first}}


class _Table:
    """Worths by coalition; those left out are worth 0."""

    def __init__(self, worths: Mapping[Coalition, Any]) -> None:
        self.worths = worths

    def __call__(self, coalition: Coalition) -> Any:
        return self.worths.get(coalition, 0)

    @classmethod
    def read(cls, worth: Any, players: tuple[str, ...], subject: str) -> _Table:
        """A mapping from tuples or frozensets of players, or from single players."""
        if worth is None:
            return cls({})
        if not isinstance(worth, Mapping):
            raise GameError(subject=f"{subject}, worth", wanted="a function or a mapping", got=repr(worth))
        table: dict[Coalition, Any] = {}
        for key, value in worth.items():
            members = frozenset([key]) if isinstance(key, str) else frozenset(key)
            if not members <= set(players):
                strange = sorted(members - set(players), key=str)
                raise GameError(
                    subject=f"{subject}, worth of {key!r}", wanted=f"a coalition of {', '.join(players)}",
                    got=", ".join(map(str, strange)), hint='Write tuples of players, such as ("A", "B")',
                )  # fmt: skip
            table[members] = value
        return cls(table)


def check_rules(exit: str, entry: str, subject: str) -> tuple[str, str]:
    """Rules of exit and entry, checked.

    Raises
    ------
    UnknownName
        If there is no such rule.
    """
    for rule, known in ((exit, EXITS), (entry, ENTRIES)):
        if rule not in known:
            raise UnknownName(subject=f"{subject}, rules of membership", wanted="a rule", got=rule, known=known)
    return exit, entry


def _shown(coalition: Iterable[str]) -> str:
    return "{" + ", ".join(sorted(coalition)) + "}"
