"""A behaviour strategy with beliefs, and all that follows from them by arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import sympy as sp

from deterrence.errors import UnknownName
from deterrence.games import Chance, ExtensiveGame, Move, Outcome
from deterrence.polynomials import tidy
from deterrence.quotients import oriented
from deterrence.readonly import Table

Set = tuple[str, ...]


class History(NamedTuple):
    """A point of the game: a position of the tree as written, and everyone's type."""

    position: int
    types: tuple[Any, ...]


@dataclass(frozen=True)
class Assessment:
    """Strategies and beliefs, exact, over parameters and free symbols.

    Attributes
    ----------
    strategy : mapping of information set to mapping of action to expression
    weights : mapping of information set to mapping of (position, types) to expression
        Unnormalised beliefs: how likely each history of the set is beside the others.
    free, free_beliefs : tuple of sympy.Symbol
        Probabilities and off-path beliefs that are left open.
    point : mapping of symbol to number
        Parameters that have been filled in.
    """

    game: ExtensiveGame
    strategy: Mapping[Set, Mapping[str, sp.Expr]]
    weights: Mapping[Set, Mapping[Any, sp.Expr]]
    free: tuple[sp.Symbol, ...] = ()
    free_beliefs: tuple[sp.Symbol, ...] = ()
    point: Mapping[sp.Symbol, sp.Expr] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the tables read-only."""
        rows = {s: Table(row, ", ".join(s), "an action") for s, row in self.strategy.items()}
        weights = {s: Table(row, ", ".join(s), "a history") for s, row in self.weights.items()}
        object.__setattr__(self, "strategy", Table(rows, "strategy", "an information set"))
        object.__setattr__(self, "weights", Table(weights, "weights", "an information set"))
        object.__setattr__(self, "point", Table(self.point, "point", "a parameter"))

    def substitute(self, values: Mapping[sp.Symbol, Any]) -> Assessment:
        """The assessment with symbols replaced by numbers."""
        put = {k: sp.sympify(v) for k, v in values.items()}
        if not put:
            return self
        return Assessment(
            self.game,
            {s: {a: _filled(e, put) for a, e in row.items()} for s, row in self.strategy.items()},
            {s: {n: _filled(e, put) for n, e in row.items()} for s, row in self.weights.items()},
            tuple(s for s in self.free if s not in put),
            tuple(s for s in self.free_beliefs if s not in put),
            {**self.point, **put},
        )

    def settled(self) -> Assessment:
        """The assessment with beliefs on which no incentive rests set to even odds."""
        loose = {x for row in self.weights.values() for w in row.values() for x in sp.sympify(w).free_symbols}
        loose -= {*self.free, *self.free_beliefs}
        return self.substitute(dict.fromkeys(loose, sp.Rational(1, len(loose) + 1)))

    def set_of(self, player: str, types: tuple[Any, ...], label: str) -> Set:
        """The information set of a player at a label when types are as given."""
        kind = types[self.game.players.index(player)]
        return (player, label) if kind is None else (player, kind, label)

    @cached_property
    def beliefs(self) -> Table[Set, Table[Any, sp.Expr]]:
        """Probability of each history, (position, types), at each information set."""
        table = {}
        for s, row in self.weights.items():
            total = sp.expand(sp.Add(*row.values()))
            even = sp.Rational(1, max(1, len(row)))
            shares = {node: self._settle(w / total) if total != 0 else even for node, w in row.items()}
            table[s] = Table(shares, ", ".join(s), "a history")
        return Table(table, "beliefs", "an information set")

    @cached_property
    def _reach(self) -> dict[tuple[int, tuple[Any, ...]], sp.Expr]:
        """Probability of each final position given the types."""
        table = {}
        for types in self.game.prior:
            for p in self.game.positions:
                if isinstance(p.node, Move | Chance):
                    continue
                factors = [self._share(step, types) for step in p.path]
                if sp.S.Zero not in factors:
                    table[p.index, types] = sp.Mul(*factors)
        return table

    def _share(self, step: Any, types: tuple[Any, ...]) -> sp.Expr:
        if step.kind == "move":
            return self.strategy[self.set_of(step.player, types, step.label)][step.action]
        node = self.game.positions[step.position].node
        return next(self.game.assumptions.expand(p) for event, p, _ in node.branches if event == step.action)

    @cached_property
    def outcomes(self) -> Table[str, sp.Expr]:
        """Probability of each outcome."""
        expand = self.game.assumptions.expand
        sums: dict[str, list[sp.Expr]] = {name: [] for name in self.game.outcomes}
        for (v, types), reach in self._reach.items():
            end = self.game.positions[v].node
            assert isinstance(end, Outcome)
            sums[end.name].append(expand(self.game.prior[types]) * reach)
        found = {name: self._settle(sp.Add(*terms)) for name, terms in sums.items()}
        return Table(found, "outcomes", "an outcome")

    @cached_property
    def payoffs(self) -> Table[Any, sp.Expr]:
        """Expected payoff of each player, and of each (player, type) given that type."""
        table: dict[Any, sp.Expr] = {}
        for place, player in enumerate(self.game.players):
            for kind in self.game.types[player]:
                table[(player, kind) if kind is not None else player] = self._expected(player, place, kind)
            if self.game.types[player] != (None,):
                table[player] = self._expected(player, place, None)
        return Table(table, "payoffs", "a player, or a player and a type")

    def _expected(self, player: str, place: int, kind: Any) -> sp.Expr:
        expand = self.game.assumptions.expand
        prior = {t: expand(p) for t, p in self.game.prior.items() if kind is None or t[place] == kind}
        weight = sp.Add(*prior.values()) if kind is not None else sp.S.One
        total = [
            prior[types] * reach * expand(self.game.payoff(v, player, types))
            for (v, types), reach in self._reach.items()
            if types in prior
        ]
        return self._settle(sp.Add(*total) / weight)

    def _settle(self, expr: sp.Expr) -> sp.Expr:
        """An expression at the point, as one fraction."""
        return _filled(expr, self.point) if self.point else oriented(expr, self.game.assumptions)

    def posterior(self, player: str, label: str) -> dict[str, dict[Any, sp.Expr]]:
        """What `player` believes at `label` of each other player's type.

        For independent types all types of `player` believe the same; otherwise use `beliefs`.
        """
        known = sets_at(self.game, player, label)
        if not known:
            raise UnknownName(
                subject=f'Game "{self.game.name}"',
                wanted="a player and one of its labels",
                got=f"{player}, {label}",
                known=[f"{p}, {la}" for p, la in self.game.labels],
            )
        table = self.beliefs[known[0]]
        result: dict[str, dict[Any, sp.Expr]] = {}
        for place, other in enumerate(self.game.players):
            if other != player:
                result[other] = {
                    t: tidy(sp.Add(*(w for (_, types), w in table.items() if types[place] == t)))
                    for t in self.game.types[other]
                }
        return result


def _filled(expr: sp.Expr, values: Mapping[sp.Symbol, sp.Expr]) -> sp.Expr:
    put = expr.xreplace(values)
    return put if put.is_Rational else tidy(put)


def kinds_of(assessment: Assessment) -> Table[tuple[str, str], str]:
    """In the field's words, what the types of each player do at each label."""
    kinds = {
        (player, label): _kind([dict(assessment.strategy[s]) for s in sets_at(assessment.game, player, label)])
        for player, label in assessment.game.labels
    }
    return Table(kinds, "kind", "a player and one of its labels")


def sets_at(game: ExtensiveGame, player: str, label: str) -> list[Set]:
    """The information sets of a player at a label: one for each of its types."""
    return [s for s in game.information_sets if (s[0], s[-1]) == (player, label)]


def _kind(rows: list[dict[str, sp.Expr]]) -> str:
    choices = [next((a for a, p in row.items() if p == 1), None) for row in rows]
    if len(rows) == 1:
        return f"pure: {choices[0]}" if choices[0] is not None else "mixed"
    if all(c is not None for c in choices):
        distinct = len(set(choices))
        if distinct == 1:
            return f"pooling on {choices[0]}"
        return "separating" if distinct == len(choices) else "partially separating"
    if all(row == rows[0] for row in rows):
        return "pooling on a mixture"
    return "semi-separating"


def describe(assessment: Assessment) -> str:
    """A title for an equilibrium without a name: what each type does, label by label."""
    parts = []
    for player, label in assessment.game.labels:
        words = []
        for s in sets_at(assessment.game, player, label):
            who = f"{s[1]} " if len(s) == 3 else ""
            row = assessment.strategy[s]
            pure = next((a for a, p in row.items() if p == 1), None)
            words.append(who + (pure if pure is not None else "mixes " + "/".join(a for a, p in row.items() if p != 0)))
        parts.append(f"{player} {label}: {', '.join(words)}")
    return "; ".join(parts)
