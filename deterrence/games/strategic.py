"""A game in strategic form: players choose once, at the same time, from finitely many actions.

It is the extensive game in which every player has one label and sees nothing, so that all that is
done with trees is done with tables too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any

import sympy as sp

from deterrence.games.extensive import ExtensiveGame
from deterrence.games.labels import check_name
from deterrence.games.tables import ActionProfile, Table, read_actions, read_table
from deterrence.games.tree import Node, move, outcome
from deterrence.parameters import Assumptions, Parameters

__all__ = ["StrategicGame"]


class StrategicGame(ExtensiveGame):
    """A payoff table with symbols.

    Parameters
    ----------
    name : str
    parameters : Parameters or Assumptions, optional
        The symbols and what is assumed of them.
    actions : mapping from player to list of str
        The players in order, each with its actions.
    payoffs : nested mapping, mapping by profile, arrays, or function
        ``{"swerve": {"dare": (2, 4), ...}, ...}`` with one level a player and a tuple (or a
        mapping by player) in each cell; ``{("swerve", "dare"): (2, 4), ...}``; one array a player
        indexed by the places of the actions, ``{"A": [[3, 2], [4, 1]], "B": [[3, 4], [2, 1]]}``; or
        a function of the actions that returns a cell.
    label : str
        What the choice is called: strategies are at ``eq.strategy[player, label]``.

    Raises
    ------
    GameError
        If a payoff is missing or superfluous, or uses what is not declared.

    Examples
    --------
    >>> P = Parameters()
    >>> p, s, r, t = P.ordered("p < s < r < t")
    >>> chicken = StrategicGame("Chicken", parameters=P, actions={"A": ["swerve", "dare"], "B": ["swerve", "dare"]},
    ...     payoffs={"swerve": {"swerve": (r, r), "dare": (s, t)}, "dare": {"swerve": (t, s), "dare": (p, p)}})
    >>> chicken
    <StrategicGame "Chicken": 2 players, 2 x 2 actions>
    """

    actions: Mapping[str, tuple[str, ...]]
    table: Mapping[ActionProfile, tuple[sp.Expr, ...]]
    label: str

    def __init__(
        self,
        name: str,
        *,
        parameters: Parameters | Assumptions | None = None,
        actions: Mapping[str, Iterable[str]],
        payoffs: Mapping[Any, Any] | Sequence[Any] | Callable[..., Any],
        label: str = "choice",
    ) -> None:
        subject = f'Game "{check_name(name, "StrategicGame", "game")}"'
        names = read_actions(actions, subject)
        table = read_table(payoffs, names, subject)
        check_name(label, f"{subject}, label", "choice")
        super().__init__(name, parameters=parameters, players=list(names), tree=_tree(names, table, label))
        self._set(actions=MappingProxyType(names), table=MappingProxyType(table), label=label)

    def payoff_at(self, player: str, profile: Iterable[str]) -> sp.Expr:
        """What a profile of actions is worth to a player, definitions expanded."""
        return self.assumptions.expand(self.table[tuple(profile)][self.players.index(player)])

    @cached_property
    def information(self) -> Mapping[str, tuple[str, str]]:
        """Each player's information set, the key of its strategy."""
        return MappingProxyType({player: (player, self.label) for player in self.players})

    def matrix(self, player: str) -> list[list[sp.Expr]]:
        """One player's payoffs in a game of two, rows for the first player's actions."""
        rows, columns = (self.actions[p] for p in self.players)
        return [[self.payoff_at(player, (r, c)) for c in columns] for r in rows]

    def __reduce__(self) -> tuple[Any, ...]:
        state = (self.name, self.assumptions, dict(self.actions), dict(self.table), self.label)
        return _restore, state

    def __repr__(self) -> str:
        shape = " x ".join(str(len(a)) for a in self.actions.values())
        count = len(self.players)
        return f'<StrategicGame "{self.name}": {count} player{"" if count == 1 else "s"}, {shape} actions>'

    def __str__(self) -> str:
        lines = [f'Game "{self.name}"']
        lines += [f"{player} chooses from {', '.join(actions)}" for player, actions in self.actions.items()]
        if self.assumptions.relations:
            lines.append(f"Assumed: {self.assumptions}")
        lines += [f"({', '.join(k)}): {', '.join(map(str, row))}" for k, row in self.table.items()]
        return "\n".join(lines)


def _tree(actions: Mapping[str, tuple[str, ...]], table: Table, label: str) -> Node:
    """The tree of simultaneous choice: one label a player."""
    players = tuple(actions)

    def below(done: ActionProfile) -> Node:
        if len(done) == len(players):
            return outcome(", ".join(done), dict(zip(players, table[done], strict=True)))
        player = players[len(done)]
        return move(player, label, {a: below((*done, a)) for a in actions[player]})

    return below(())


def _restore(
    name: str, assumptions: Assumptions, actions: dict[str, tuple[str, ...]], table: Table, label: str
) -> StrategicGame:
    """An unpickled game."""
    return StrategicGame(name, parameters=assumptions, actions=actions, payoffs=table, label=label)
