"""Signals that no type sends, and what could follow them.

A surprise is an action that a player with types could have taken, and that none of its types takes.
It is a signal if just one other player, the receiver, has a choice left after it: everything else
that may follow is settled by belief-free dominance.  Of such a surprise one can ask what each type
would gain by it against each response that some belief makes a best one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import sympy as sp

from deterrence.assessments import Assessment, Set, sets_at
from deterrence.equilibria import Equilibrium
from deterrence.errors import ConceptError
from deterrence.games import ExtensiveGame
from deterrence.polynomials import tidy
from deterrence.regions import Region
from deterrence.solvers.trees.beliefs import set_nodes
from deterrence.solvers.trees.incentives import Incentives
from deterrence.solvers.trees.values import Values

__all__ = ["Signal", "Surprise", "signals", "surprises"]


@dataclass(frozen=True)
class Signal:
    """An action of a player with types after which just one other player has a choice.

    Attributes
    ----------
    sender, label, action : str
    receiver, response : str
        Who answers, and the label at which.
    choices : mapping of information set to actions
        What dominance leaves each type of the receiver.
    """

    sender: str
    label: str
    action: str
    receiver: str
    response: str
    choices: Mapping[Set, tuple[str, ...]]

    def __str__(self) -> str:
        return f"{self.sender}, {self.label}: {self.action}"


def signals(game: ExtensiveGame) -> tuple[Signal, ...]:
    """Every action on which beliefs about the player's type may matter.

    Raises
    ------
    ConceptError
        If actions are hidden, types correlated, or more than one choice may follow an action.
    """
    if not (game.independent and game.observed_actions):
        _refuse(game, "hidden moves or correlated types")
    incentives = Incentives(game, "perfect bayesian")
    found = []
    for (sender, label), about in game.labels.items():
        if len(game.types[sender]) < 2:
            continue
        for action in about.actions:
            after = [la for la in incentives.live if _follows(game, la, (sender, label, action))]
            if after:
                found.append(_signal(game, incentives, (sender, label, action), after))
    return tuple(found)


def _follows(game: ExtensiveGame, label: tuple[str, str], action: tuple[str, str, str]) -> bool:
    return any(
        (step.player, step.label, step.action) == action
        for v in game.labels[label].positions
        for step in game.positions[v].path
        if step.kind == "move"
    )


def _signal(
    game: ExtensiveGame, incentives: Incentives, action: tuple[str, str, str], after: list[tuple[str, str]]
) -> Signal:
    sender, label, taken = action
    if len(after) > 1 or after[0][0] == sender:
        _refuse(game, f"choices at {'; '.join(map(', '.join, after))} after {', '.join(action)}")
    if any(
        _follows(game, (sender, label), (p, la, a)) for p, la in incentives.live for a in game.labels[p, la].actions
    ):
        _refuse(game, f"choices before {sender}, {label}")
    receiver, response = after[0]
    choices = {s: incentives.remaining[s] for s in incentives.sets_at((receiver, response))}
    place = game.players.index(sender)
    for s in choices:
        nodes = set_nodes(game, s)
        others = {(n.position, n.types[:place], n.types[place + 1 :]) for n in nodes}
        if len(others) > 1:
            _refuse(game, f"{', '.join(s)} does not see more than the type of {sender}")
    return Signal(sender, label, taken, receiver, response, choices)


def _refuse(game: ExtensiveGame, got: str) -> None:
    raise ConceptError(
        subject=f'Game "{game.name}", refinement',
        wanted="signals: after an action of a player with types just one other player has a choice",
        got=got,
        hint='solve(..., beliefs="passive undominated") restricts off-path beliefs in any game with observed actions',
    )


@dataclass(frozen=True)
class Surprise:
    """A signal that no type sends in an equilibrium.

    Quantities are expressions in the game's parameters, what the equilibrium leaves free, the
    responses ``response_symbols`` and the belief ``belief``.
    """

    signal: Signal
    equilibrium: Equilibrium

    @property
    def game(self) -> ExtensiveGame:
        """The game."""
        return self.equilibrium.game

    @property
    def types(self) -> tuple[Any, ...]:
        """The sender's types."""
        return self.game.types[self.signal.sender]

    @cached_property
    def belief(self) -> dict[Any, sp.Symbol]:
        """For each type of the sender, how likely it is thought to be after the surprise."""
        return {t: sp.Symbol(f"belief after {self.signal}: {t}", real=True) for t in self.types}

    @cached_property
    def responses(self) -> dict[Set, dict[str, sp.Expr]]:
        """A symbol for the probability of each answer of each type of the receiver; the last is dependent."""
        table: dict[Set, dict[str, sp.Expr]] = {}
        for s, actions in self.signal.choices.items():
            free = {a: sp.Symbol(f"response {a} of {', '.join(s)}", real=True) for a in actions[:-1]}
            table[s] = {**free, actions[-1]: 1 - sp.Add(*free.values())}
        return table

    @property
    def response_symbols(self) -> tuple[tuple[sp.Symbol, ...], ...]:
        """The independent response probabilities of each type of the receiver that has a choice."""
        groups = (tuple(p for p in row.values() if p.is_Symbol) for row in self.responses.values())
        return tuple(g for g in groups if g)

    @cached_property
    def scope(self) -> Any:
        """The parameters with what the equilibrium leaves free, and the responses."""
        return self.equilibrium.free_range.assumptions.extend(closed=self.response_symbols)

    def gain(self, kind: Any) -> sp.Expr:
        """What a type would gain by the surprise, beyond its equilibrium payoff, against the responses."""
        s = (self.signal.sender, kind, self.signal.label)
        assessment = self.equilibrium.assessment
        played = next(a for a, p in assessment.strategy[s].items() if p != 0)
        beliefs = assessment.beliefs[s]
        answered = Values(self.game, self._answered(assessment)).worth(s, self.signal.action, beliefs)
        return tidy(answered - Values(self.game, assessment).worth(s, played, beliefs))

    def _answered(self, assessment: Assessment) -> Assessment:
        rows = {s: {**dict.fromkeys(assessment.strategy[s], sp.S.Zero), **row} for s, row in self.responses.items()}
        return replace(assessment, strategy={**assessment.strategy, **rows})

    def best_responses(self, kinds: Iterable[Any]) -> Region:
        """Which responses are best under some belief on these types alone, over `scope`."""
        return self._best(self.responses, kinds, self.scope)

    def supported(self, kinds: Iterable[Any]) -> Region:
        """Where the equilibrium's own response is best under some belief on these types alone."""
        rows = {s: dict(self.equilibrium.strategy[s]) for s in self.signal.choices}
        return self._best(rows, kinds, self.equilibrium.free_range.assumptions)

    def _best(self, rows: Mapping[Set, Mapping[str, sp.Expr]], kinds: Iterable[Any], scope: Any) -> Region:
        kinds = tuple(kinds)
        *members, last = (self.belief[t] for t in kinds)
        put = {self.belief[t]: sp.S.Zero for t in self.types if t not in kinds} | {last: 1 - sp.Add(*members)}
        wider = scope.extend(closed=[tuple(members)]) if members else scope
        region = Region.everything(wider)
        for s, row in rows.items():
            worth = {a: self._worth(s, a).xreplace(put) for a in row}
            for a, p in row.items():
                if p != 0:
                    best = Region(sp.And(*(_at_least(worth[a], worth[b]) for b in row if b != a)), wider)
                    region = region & (best if p == 1 else best | Region(sp.Eq(p, 0), wider))
        return region.eliminate(*members).simplify()

    def _worth(self, s: Set, action: str) -> sp.Expr:
        """What an answer is worth to a type of the receiver under the belief."""
        place = self.game.players.index(self.signal.sender)
        weights = {n: self.belief[n.types[place]] for n in set_nodes(self.game, s)}
        return Values(self.game, self.equilibrium.assessment).worth(s, action, weights)


def _at_least(one: sp.Expr, other: sp.Expr) -> Any:
    return sp.Ge(tidy(one - other), 0)


def surprises(equilibrium: Equilibrium, known: Iterable[Signal]) -> Iterator[Surprise]:
    """The signals that some type of their sender could send in the equilibrium, and that none sends."""
    reached = Values(equilibrium.game, equilibrium.assessment).reached
    for signal in known:
        sets = sets_at(equilibrium.game, signal.sender, signal.label)
        unsent = all(equilibrium.strategy[s][signal.action] == 0 for s in sets)
        if unsent and any(map(reached, sets)):
            yield Surprise(signal, equilibrium)
