"""What is shown of an equilibrium, before it is text, LaTeX or HTML.

Free probabilities and free beliefs get short names (q, r), explained beside the equilibrium.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sympy as sp

from deterrence.assessments import sets_at
from deterrence.equilibria import Equilibria, Equilibrium
from deterrence.expressions import Shown, about, presented, renamed, with_symbols
from deterrence.games import Position
from deterrence.parameters import Assumptions

__all__ = ["Belief", "Content", "Strategy", "headline"]

Set = tuple[str, ...]


@dataclass(frozen=True)
class Strategy:
    """What the types of a player do at a label; a pure choice has one action with probability 1."""

    player: str
    label: str
    kind: str
    rows: tuple[tuple[str, tuple[tuple[str, sp.Expr], ...]], ...]


@dataclass(frozen=True)
class Belief:
    """What a player, or one of its types, believes at a label."""

    player: str
    kind: str
    label: str
    reached: bool
    rows: tuple[tuple[str, sp.Expr], ...]


class Content:
    """The parts of one equilibrium.

    Parameters
    ----------
    equilibrium : Equilibrium
    """

    def __init__(self, equilibrium: Equilibrium) -> None:
        self.equilibrium = equilibrium
        self.game = equilibrium.game

    # -- names -----------------------------------------------------------------------------------

    @cached_property
    def _open_beliefs(self) -> tuple[sp.Symbol, ...]:
        """Belief symbols, also those that no incentive rests on."""
        e = self.equilibrium
        used = {s for row in e.beliefs.values() for x in row.values() for s in sp.sympify(x).free_symbols}
        rest = {s for s in used if s not in self.game.assumptions and s not in e.free and s not in e.free_beliefs}
        return (*e.free_beliefs, *sorted(rest, key=lambda s: str(s.name)))

    @cached_property
    def short(self) -> dict[sp.Symbol, sp.Symbol]:
        """Short names: q for free probabilities, r for beliefs."""
        taken = {p.name for p in self.game.assumptions.parameters}
        return {**_numbered("q", self.equilibrium.free, taken), **_numbered("r", self._open_beliefs, taken)}

    @cached_property
    def _scope(self) -> Assumptions:
        wide = with_symbols(self.equilibrium.system.assumptions, self.short)
        return renamed(wide, self.short)

    def shown(self, expr: Any) -> sp.Expr:
        """An expression of the equilibrium as it is printed."""
        expr = sp.sympify(expr)
        if expr.is_Rational:
            return expr
        shared = all(s in self.game.assumptions for s in expr.free_symbols)
        return presented(expr, self.game.assumptions) if shared else presented(expr.xreplace(self.short), self._scope)

    # -- parts -----------------------------------------------------------------------------------

    @cached_property
    def condition(self) -> Shown:
        """Where the equilibrium exists."""
        return Shown(self.equilibrium.condition)

    @cached_property
    def strategies(self) -> tuple[Strategy, ...]:
        """What each player does, label by label."""
        found = []
        for player, label in self.game.labels:
            rows = tuple(map(self._choice, sets_at(self.game, player, label)))
            found.append(Strategy(player, label, self.equilibrium.kind[player, label], rows))
        return tuple(found)

    def _choice(self, s: Set) -> tuple[str, tuple[tuple[str, sp.Expr], ...]]:
        row = self.equilibrium.strategy[s]
        return _kind(s), tuple((action, self.shown(p)) for action, p in row.items() if p != 0)

    @cached_property
    def free(self) -> tuple[tuple[sp.Symbol, sp.Symbol], ...]:
        """Free probabilities: short name and meaning."""
        return tuple((self.short[s], s) for s in self.equilibrium.free)

    @cached_property
    def free_range(self) -> Shown | None:
        """Which values the free probabilities take."""
        e = self.equilibrium
        return about(e.free_range, e.free, self.short) if e.free else None

    @cached_property
    def open_beliefs(self) -> tuple[tuple[sp.Symbol, sp.Symbol], ...]:
        """Off-path beliefs that are left open and stand in what is shown."""
        used = {s for belief in self.beliefs for _, p in belief.rows for s in p.free_symbols}
        return tuple((self.short[s], s) for s in self._open_beliefs if self.short[s] in used)

    @cached_property
    def belief_range(self) -> Shown | None:
        """What the open beliefs must satisfy."""
        e = self.equilibrium
        return about(e.system, e.free_beliefs, self.short) if e.free_beliefs else None

    @cached_property
    def outcomes(self) -> tuple[tuple[str, sp.Expr], ...]:
        """The outcomes that can occur, with their probabilities."""
        return tuple((name, self.shown(p)) for name, p in self.equilibrium.outcomes.items() if p != 0)

    # -- beliefs ---------------------------------------------------------------------------------

    @cached_property
    def beliefs(self) -> tuple[Belief, ...]:
        """What is believed wherever something was learned; types that believe the same share a line."""
        found = []
        for player, label in self.game.labels:
            rows = {s: self._belief(s) for s in sets_at(self.game, player, label)}
            shared = len(set(rows.values())) == 1
            for s, row in list(rows.items())[: 1 if shared else None]:
                if row:
                    reached = any(self._reached(t) for t in rows) if shared else self._reached(s)
                    found.append(Belief(player, "" if shared else _kind(s), label, reached, row))
        return tuple(found)

    def _belief(self, s: Set) -> tuple[tuple[str, sp.Expr], ...]:
        """The lines of one information set; none if nothing was learned."""
        table = self.equilibrium.beliefs[s]
        positions = [self.game.positions[v] for v in self.game.labels[s[0], s[-1]].positions]
        if not any(step.player != s[0] for p in positions for step in p.path):
            return ()
        if len(positions) > 1 and not self.game.observed_actions:
            return tuple((self._history(n, s[0]), self.shown(p)) for n, p in table.items() if p != 0)
        if len(positions) > 1 and not any(step.player != s[0] for step in _common(positions)):
            return ()
        return tuple(
            row
            for place, other in enumerate(self.game.players)
            if other != s[0]
            for row in self._marginal(table, place)
        )

    def _marginal(self, table: Any, place: int) -> list[tuple[str, sp.Expr]]:
        """The belief about the type of one player; of two types the first says all."""
        player = self.game.players[place]
        kinds = self.game.types[player]
        if len(kinds) < 2:
            return []
        return [
            (f"{player} {kind}", self.shown(sp.Add(*(p for n, p in table.items() if n.types[place] == kind))))
            for kind in (kinds[:1] if len(kinds) == 2 else kinds)
        ]

    def _history(self, node: Any, player: str) -> str:
        """A history in words: who is what, and what was done."""
        steps = [f"{step.player or 'Nature'} {step.action}" for step in self.game.positions[node.position].path]
        kinds = [f"{p} {t}" for p, t in zip(self.game.players, node.types, strict=True) if t and p != player]
        return ", ".join([*kinds, *steps])

    def _reached(self, s: Set) -> bool:
        """Whether some history of an information set has positive probability."""
        return any(self._played(self.game.positions[n.position], n.types) for n in self.equilibrium.beliefs[s])

    def _played(self, position: Position, types: tuple[Any, ...]) -> bool:
        a = self.equilibrium.assessment
        return self.game.prior[types] != 0 and all(
            a.strategy[a.set_of(step.player, types, step.label)][step.action] != 0
            for step in position.path
            if step.kind == "move" and step.player is not None
        )


def headline(equilibria: Equilibria) -> str:
    """How many there are of which kind, in one line."""
    how = equilibria.provenance
    concept = {"nash": "Nash"}.get(how.concept, how.concept.replace("bayesian", "Bayesian")) or "known"
    statuses = [e.status for e in equilibria.generic]
    edges, total = len(equilibria.knife_edges), len(statuses)
    parts = [f"{total} {concept} equilibri{'um' if total == 1 else 'a'}"]
    families = statuses.count("family")
    if families:
        parts.append(f"{families} of them {'a family' if families == 1 else 'families'}")
    if edges:
        parts.append(f"{edges} on {'a knife-edge' if edges == 1 else 'knife-edges'}")
    if equilibria.undecided:
        parts.append(f"{len(equilibria.undecided)} undecided")
    return ", ".join(parts)


def _kind(s: Set) -> str:
    return s[1] if len(s) == 3 else ""


def _common(positions: list[Position]) -> list[Any]:
    """The steps that all positions share from the root on."""
    shared = []
    for steps in zip(*(p.path for p in positions), strict=False):
        if any(step != steps[0] for step in steps):
            break
        shared.append(steps[0])
    return shared


def _numbered(letter: str, symbols: Iterable[sp.Symbol], taken: set[str]) -> dict[sp.Symbol, sp.Symbol]:
    symbols = tuple(symbols)
    names = [letter] if len(symbols) == 1 else [f"{letter}{k + 1}" for k in range(len(symbols))]
    while any(name in taken for name in names):
        names = [name + "_" for name in names]
    return {s: sp.Symbol(name, real=True) for s, name in zip(symbols, names, strict=True)}
