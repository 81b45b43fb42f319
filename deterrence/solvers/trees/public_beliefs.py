"""Beliefs of perfect Bayesian equilibrium: common, about each player's type, after each public history.

Fudenberg and Tirole (1991), for independent types and observed actions: a belief about a player
depends on that player's own actions alone, is common to everyone else, and follows Bayes' rule
until the player takes an action that no type takes; then it is free once, and follows Bayes' rule
again.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from deterrence.assessments import History
from deterrence.games import ExtensiveGame
from deterrence.polynomials import Polynomial
from deterrence.solvers.trees.beliefs import (
    Faces,
    GroupKey,
    NeedsFace,
    chance_weights,
    common_prefix,
    set_of,
    share_of,
)
from deterrence.solvers.trees.play import Play, Set, Supports


class PublicBeliefs:
    """Common beliefs about each player's type after each public history.

    Parameters
    ----------
    game : ExtensiveGame
        With observed actions and independent types.
    rule : {"free", "passive", "passive undominated"}
        What is believed after an action that no type takes: anything; the belief before; or the
        belief before, restricted to the types for which the action is not dominated.
    dominated : set of (player, type, label, action)
        Needed for the last rule only.
    """

    conditions = "1-4: sequential rationality, Bayes' rule, common beliefs, no signalling what you don't know"

    def __init__(self, game: ExtensiveGame, rule: str = "free", dominated: frozenset[Any] = frozenset()) -> None:
        self.game, self.rule, self.dominated = game, rule, dominated

    def groups(self) -> dict[GroupKey, dict[Any, sp.Symbol]]:
        """For each player with types and each of its actions, the belief about its type."""
        if self.rule != "free":
            return {}
        return {
            (player, label, action): {
                t: sp.Symbol(f"Pr({player} {t} | {label}: {action})", real=True) for t in self.game.types[player]
            }
            for (player, label), about in self.game.labels.items()
            if len(self.game.types[player]) > 1
            for action in about.actions
        }

    def weights(
        self, play: Play, information_set: Set, supports: Supports, faces: Faces
    ) -> tuple[dict[History, Polynomial], frozenset[GroupKey]]:
        """See `Beliefs.weights`."""
        player, label = information_set[0], information_set[-1]
        own = play.type_of(information_set)
        paths = {v: self.game.positions[v].path for v in self.game.labels[player, label].positions}
        public = common_prefix(list(paths.values()))
        used: set[GroupKey] = set()
        per_position: list[tuple[int, dict[str, dict[Any, Polynomial]]]] = []
        for v, path in paths.items():
            tables = {
                other: self._about(play, other, path, public, supports, faces, used)
                for other in self.game.players
                if other != player
            }
            per_position.append((v, tables))
        chance = chance_weights(play, paths)
        weights: dict[History, Polynomial] = {}
        for v, tables in per_position:
            for types in play.profiles:
                if types[self.game.players.index(player)] != own:
                    continue
                weight = chance[v]
                for other, table in tables.items():
                    weight = weight * table[types[self.game.players.index(other)]]
                if weight != 0:
                    weights[History(v, types)] = weight
        return weights, frozenset(used)

    def _about(
        self,
        play: Play,
        other: str,
        path: tuple[Any, ...],
        public: int,
        supports: Supports,
        faces: Faces,
        used: set[GroupKey],
    ) -> dict[Any, Polynomial]:
        """Weight of each type of `other` after the actions that it took on `path`."""
        kinds = self.game.types[other]
        table = {t: play.marginals[other, t] for t in kinds}
        group: GroupKey | None = None
        for k, step in enumerate(path):
            if step.kind != "move" or step.player != other:
                continue
            taken = {t: share_of(play, supports, set_of(other, t, step.label), step.action) for t in kinds}
            alive = [t for t in kinds if table[t] != 0 and taken[t] != 0]
            if not alive and k < public:
                table, group = self._surprised(play, other, step, table, faces, used)
                continue
            narrowed = len(alive) < sum(table[t] != 0 for t in kinds)
            if group is not None and group not in faces and narrowed and k < public:
                raise NeedsFace(group)
            table = {t: table[t] * taken[t] for t in kinds}
        return table

    def _surprised(
        self, play: Play, other: str, step: Any, before: dict[Any, Polynomial], faces: Faces, used: set[GroupKey]
    ) -> tuple[dict[Any, Polynomial], GroupKey | None]:
        """What is believed after an action that no type takes."""
        kinds = self.game.types[other]
        if len(kinds) == 1:
            return {kinds[0]: play.ring.one}, None
        if self.rule == "passive":
            return before, None
        if self.rule == "passive undominated":
            kept = {
                t: w if (other, t, step.label, step.action) not in self.dominated else play.ring.zero
                for t, w in before.items()
            }
            return (kept if any(w != 0 for w in kept.values()) else before), None
        group = (other, step.label, step.action)
        used.add(group)
        face = faces.get(group)
        symbols = play.belief_symbols[group]
        return {t: play.ring.gen(symbols[t]) if face is None or t in face else play.ring.zero for t in kinds}, group
