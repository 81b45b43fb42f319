"""Beliefs of weak perfect Bayesian equilibrium: each information set its own.

Sequential rationality and Bayes' rule only: where Bayes' rule is silent an information set has a
free belief, carried on to the same player's later information sets.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from deterrence.assessments import History
from deterrence.games import ExtensiveGame, Move
from deterrence.polynomials import Polynomial
from deterrence.solvers.trees.beliefs import (
    Faces,
    GroupKey,
    NeedsFace,
    chance_weights,
    own_belief,
    set_nodes,
    set_of,
    share_of,
)
from deterrence.solvers.trees.play import Play, Set, Supports


class PrivateBeliefs:
    """Each information set its own belief; Bayes' rule from the player's own earlier belief."""

    conditions = "1-2: sequential rationality, Bayes' rule wherever the others' strategies allow it"

    def __init__(self, game: ExtensiveGame) -> None:
        self.game = game

    def groups(self) -> dict[GroupKey, dict[Any, sp.Symbol]]:
        """For each information set with several nodes, the belief about where in it the play is."""
        table: dict[GroupKey, dict[Any, sp.Symbol]] = {}
        for s in self.game.information_sets:
            nodes = set_nodes(self.game, s)
            if len(nodes) > 1:
                name = ", ".join(s)
                table[own_belief(s)] = {
                    n: sp.Symbol(f"Pr({self._describe(n, nodes)} | {name})", real=True) for n in nodes
                }
        return table

    def _describe(self, node: History, nodes: list[History]) -> str:
        """A node by what tells it from its fellows: the others' types, the moves not seen."""
        words = [
            f"{p} {t}"
            for k, (p, t) in enumerate(zip(self.game.players, node.types, strict=True))
            if len({n.types[k] for n in nodes}) > 1
        ]
        if len({n.position for n in nodes}) > 1:
            words += [step.action for step in self.game.positions[node.position].path]
        return " ".join(words)

    def weights(
        self, play: Play, information_set: Set, supports: Supports, faces: Faces
    ) -> tuple[dict[History, Polynomial], frozenset[GroupKey]]:
        """See `Beliefs.weights`."""
        used: set[GroupKey] = set()
        nodes = set_nodes(self.game, information_set)
        before, starts, used = self._before(play, information_set, nodes, supports, faces)
        chance = chance_weights(play, {n.position: self.game.positions[n.position].path[starts[n][1] :] for n in nodes})
        weights = {}
        lost = False
        for n in nodes:
            origin, length = starts[n]
            weight = before.get(origin, play.ring.zero)
            reach = self._reach(play, information_set[0], n, length, supports)
            lost = lost or (weight != 0 and reach == 0)
            if weight * reach != 0:
                weights[n] = weight * reach * chance[n.position]
        if not weights:
            return self._free(play, information_set, nodes, faces)
        free = [g for g in used if g not in faces]
        if lost and free:
            raise NeedsFace(free[0])
        return weights, frozenset(used)

    def _before(
        self, play: Play, information_set: Set, nodes: list[History], supports: Supports, faces: Faces
    ) -> tuple[dict[History, Polynomial], dict[History, tuple[History, int]], set[GroupKey]]:
        """Weights at the player's previous move (or Nature's draw), and where each node comes from."""
        length = self._earlier(nodes[0])
        if length is None:
            return (
                {History(0, n.types): play.joint[n.types] for n in nodes},
                {n: (History(0, n.types), 0) for n in nodes},
                set(),
            )
        last = {n: self.game.positions[n.position].path[(self._earlier(n) or 1) - 1] for n in nodes}
        own = set_of(information_set[0], play.type_of(information_set), last[nodes[0]].label)
        before, used = self.weights(play, own, supports, faces)
        return before, {n: (History(last[n].position, n.types), self._earlier(n) or 0) for n in nodes}, set(used)

    def _free(
        self, play: Play, information_set: Set, nodes: list[History], faces: Faces
    ) -> tuple[dict[History, Polynomial], frozenset[GroupKey]]:
        if len(nodes) == 1:
            return {nodes[0]: play.ring.one}, frozenset()
        group = own_belief(information_set)
        face = faces.get(group)
        symbols = play.belief_symbols[group]
        table = {n: play.ring.gen(symbols[n]) for n in nodes if face is None or n in face}
        return table, frozenset([group])

    def _earlier(self, node: History) -> int | None:
        """Length of the path up to and with the same player's previous move; None if there is none."""
        position = self.game.positions[node.position]
        assert isinstance(position.node, Move)
        for k in range(len(position.path) - 1, -1, -1):
            if position.path[k].kind == "move" and position.path[k].player == position.node.player:
                return k + 1
        return None

    def _reach(self, play: Play, player: str, node: History, start: int, supports: Supports) -> Polynomial:
        """Probability that the others' moves bring the play from step `start` of the path to the node."""
        reach = play.ring.one
        for step in self.game.positions[node.position].path[start:]:
            if step.kind == "move" and step.player != player:
                kind = node.types[self.game.players.index(step.player)]
                reach = reach * share_of(play, supports, set_of(step.player, kind, step.label), step.action)
        return reach
