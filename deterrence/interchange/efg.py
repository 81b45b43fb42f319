"""A game at a numeric point as a Gambit extensive game file (.efg), exactly.

The types of players become a chance move at the root, with one branch for each profile of types;
below each branch stands the tree.  An information set is a player, its own type and a label.
Every number is written as a whole number or a fraction.  Names are made plain ASCII, because
Gambit takes no others; outcomes of one name with different payoffs get different names.

The format is that of the Gambit manual, "Game representation formats".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import sympy as sp

from deterrence.errors import PointError
from deterrence.games import Chance, ExtensiveGame, Move, Outcome, Position
from deterrence.games.priors import Profile
from deterrence.interchange.names import distinct_names, plain, quote

__all__ = ["to_efg", "write_efg"]

CHANCE = "Chance"
"""The name that Gambit keeps for Nature."""

Payoffs = tuple[sp.Rational, ...]


def to_efg(game: ExtensiveGame, point: Mapping[Any, Any] | None = None) -> str:
    """The text of a Gambit .efg file.

    Parameters
    ----------
    game : ExtensiveGame
    point : mapping from symbol or name to number, optional
        A value for each parameter that the game uses; numbers as everywhere exact ("1/4", 0.1, 3).

    Returns
    -------
    str

    Raises
    ------
    PointError
        If a value is missing, no number, or against the assumptions.
    UnknownParameter
        If the point names a parameter that the game does not have.

    Examples
    --------
    >>> from deterrence.games import move, outcome
    >>> game = ExtensiveGame("Dare", players=["A"], tree=move("A", "start",
    ...     stay=outcome("Stay", A=0), dare=outcome("Dare", A="1/2")))
    >>> print(to_efg(game))
    EFG 2 R "Dare" { "A" }
    "At no parameters"
    <BLANKLINE>
    p "" 1 1 "start" { "stay" "dare" } 0
    t "" 1 "Stay" { 0 }
    t "" 2 "Dare" { 1/2 }
    <BLANKLINE>
    """
    return _Writer(game, _checked(game, point or {})).text()


def write_efg(game: ExtensiveGame, path: str | Path, point: Mapping[Any, Any] | None = None) -> None:
    """Write the .efg file of a game at a point; see `to_efg`."""
    Path(path).write_text(to_efg(game, point), encoding="ascii")


def _checked(game: ExtensiveGame, point: Mapping[Any, Any]) -> dict[sp.Symbol, sp.Rational]:
    """The point in exact numbers, inside the assumptions and with all that the game uses."""
    values = game.assumptions.exact_point(point)
    broken = game.assumptions.violated(values)
    if broken:
        raise PointError(
            subject=f'Game "{game.name}"',
            wanted="a point that satisfies the assumptions",
            got=f"one that breaks {', '.join(map(str, broken))}",
            hint="Change the values, or the assumptions of the parameters",
        )
    missing = [s.name for s in game.assumptions.symbols if s in game.used_symbols and s not in values]
    if missing:
        raise PointError(
            subject=f'Game "{game.name}"',
            wanted="a value for each parameter of the game",
            got=f"none for {', '.join(missing)}",
            hint=f"Add {missing[0]}=...",
        )
    return values


@dataclass
class _Writer:
    """The lines of one file while they are made."""

    game: ExtensiveGame
    point: Mapping[sp.Symbol, sp.Rational]
    numbers: dict[tuple[str, Payoffs], int] = field(default_factory=dict)
    draws: int = 0

    def text(self) -> str:
        """The whole file."""
        players = " ".join(map(quote, distinct_names(self.game.players, "player", [CHANCE])))
        at = ", ".join(f"{symbol} = {value}" for symbol, value in self.point.items()) or "no parameters"
        head = [f"EFG 2 R {quote(plain(self.game.name, 'game'))} {{ {players} }}", quote(plain(f"At {at}", "")), ""]
        return "\n".join([*head, *self._root(), ""])

    def _value(self, expression: sp.Expr) -> sp.Rational:
        """An expression of the game at the point."""
        value: sp.Rational = self.game.assumptions.expand(expression).xreplace(dict(self.point))
        return value

    def _root(self) -> Iterator[str]:
        """Nature draws types, if there is anything to draw; then the tree for each profile."""
        profiles = self.game.profiles
        if len(profiles) > 1:
            shown = [", ".join(str(kind) for kind in profile if kind is not None) for profile in profiles]
            yield self._draw("types", shown, [self.game.prior[profile] for profile in profiles])
        for profile in profiles:
            yield from self._below(self.game.positions[0], profile)

    def _below(self, position: Position, profile: Profile) -> Iterator[str]:
        """The lines of a subtree when types are as given."""
        node = position.node
        if isinstance(node, Outcome):
            yield self._leaf(position, profile)
        elif isinstance(node, Chance):
            names, probabilities = [name for name, _, _ in node.branches], [p for _, p, _ in node.branches]
            yield self._draw(node.label, names, probabilities)
        else:
            yield self._decision(node, profile)
        for child in position.children:
            yield from self._below(self.game.positions[child], profile)

    def _draw(self, label: str, events: list[str], probabilities: list[sp.Expr]) -> str:
        """A chance node; every one is an information set of its own."""
        self.draws += 1
        names = distinct_names(events, "event")
        branches = " ".join(f"{quote(name)} {self._value(p)}" for name, p in zip(names, probabilities, strict=True))
        return f'c "" {self.draws} {quote(plain(label, "draw"))} {{ {branches} }} 0'

    def _decision(self, node: Move, profile: Profile) -> str:
        """A node of a player."""
        place = self.game.players.index(node.player)
        number, name = self._information_sets[node.player, profile[place], node.label]
        actions = " ".join(map(quote, distinct_names([action for action, _ in node.branches], "action")))
        return f'p "" {place + 1} {number} {quote(name)} {{ {actions} }} 0'

    def _leaf(self, position: Position, profile: Profile) -> str:
        """A terminal node with its outcome."""
        name, payoffs = self._result(position, profile)
        number = self.numbers.setdefault((name, payoffs), len(self.numbers) + 1)
        shown = self._outcome_names[name, payoffs]
        return f't "" {number} {quote(shown)} {{ {", ".join(map(str, payoffs))} }}'

    def _result(self, position: Position, profile: Profile) -> tuple[str, Payoffs]:
        """The name of an outcome and what it is worth to each player."""
        assert isinstance(position.node, Outcome)
        worth = (self.game.payoff(position.index, player, profile) for player in self.game.players)
        return position.node.name, tuple(self._value(payoff) for payoff in worth)

    @cached_property
    def _information_sets(self) -> dict[tuple[str, str | None, str], tuple[int, str]]:
        """The number (from 1, for each player) and the name of each information set."""
        found: dict[tuple[str, str | None, str], tuple[int, str]] = {}
        for player in self.game.players:
            labels = [label for who, label in self.game.labels if who == player]
            keys = [(label, kind) for label in labels for kind in self.game.types[player]]
            names = distinct_names((f"{label} ({kind})" if kind else label for label, kind in keys), "move")
            for number, ((label, kind), name) in enumerate(zip(keys, names, strict=True), 1):
                found[player, kind, label] = number, name
        return found

    @cached_property
    def _outcome_names(self) -> dict[tuple[str, Payoffs], str]:
        """A name of its own for each outcome with its payoffs; the types tell apart those that share one."""
        first: dict[tuple[str, Payoffs], Profile] = {}
        for profile in self.game.profiles:
            for position in self.game.positions:
                if isinstance(position.node, Outcome):
                    first.setdefault(self._result(position, profile), profile)
        uses = Counter(name for name, _ in first)
        names = (
            f"{name} ({', '.join(filter(None, profile))})" if uses[name] > 1 and any(profile) else name
            for (name, _), profile in first.items()
        )
        return dict(zip(first, distinct_names(names, "outcome"), strict=True))
