"""Subgame-perfect equilibrium of games without private types (Selten 1965).

With observed actions every position that starts a stage starts a subgame, and one-shot deviations
decide: the search goes backwards, last moves first, and splits wherever the assumptions leave a
sign open.  Other games are solved as Nash equilibria in every subgame at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp

from deterrence.games import ExtensiveGame
from deterrence.polynomials import Polynomial
from deterrence.solvers.trees.beliefs import Faces, GroupKey
from deterrence.solvers.trees.incentives import Incentive, Incentives, Label
from deterrence.solvers.trees.play import History, Play, Set, Supports

CONDITIONS = "no player gains by a change of its strategy in any subgame"


class StageBeliefs:
    """At each information set the play starts at the stage: only moves of the same stage are unseen."""

    conditions = CONDITIONS

    def __init__(self, incentives: SubgameIncentives) -> None:
        self.incentives = incentives

    def groups(self) -> dict[GroupKey, dict[Any, sp.Symbol]]:
        """No belief is free."""
        return {}

    def weights(
        self, play: Play, information_set: Set, supports: Supports, faces: Faces
    ) -> tuple[dict[History, Polynomial], frozenset[GroupKey]]:
        """Probability of each node given the stage."""
        images = play.images({**self.incentives.remaining, **supports})
        weights = self.incentives.any_weights(information_set)
        placed = {n: play.ring.compose(w, images) for n, w in weights.items()}
        return {n: w for n, w in placed.items() if w != 0}, frozenset()


class SubgameIncentives(Incentives):
    """Incentives where every stage is a subgame: no belief about the past is needed."""

    def __init__(self, game: ExtensiveGame, *, dominance: bool = True) -> None:
        super().__init__(game, "perfect bayesian", dominance=dominance)
        self.beliefs = StageBeliefs(self)

    def _order(self) -> tuple[Label, ...]:
        """Last moves first."""
        return tuple(reversed(super()._order()))

    def ancestors(self, label: Label) -> set[Label]:
        """No earlier move matters."""
        return set()

    def at(self, s: Set, supports: Supports, faces: Faces) -> tuple[list[Incentive], frozenset[GroupKey]]:
        """One-shot deviations at the set, whatever happened before."""
        return self.relaxed(s, supports), frozenset()


def subgame_roots(game: ExtensiveGame) -> tuple[int, ...]:
    """Positions where a subgame starts: no information set below reaches outside."""
    below: dict[int, set[int]] = {p.index: {p.index} for p in game.positions}
    for p in reversed(game.positions):
        if p.path:
            below[p.path[-1].position] |= below[p.index]
    return tuple(p.index for p in game.positions if _closed(game, below[p.index]) and len(below[p.index]) > 1)


def _closed(game: ExtensiveGame, inside: Iterable[int]) -> bool:
    members = set(inside)
    return all(
        not (set(label.positions) & members) or set(label.positions) <= members for label in game.labels.values()
    )
