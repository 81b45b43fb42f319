"""Incentive constraints of a profile of supports, as signs of polynomials.

At an information set every action in the support is worth the same, and none off it is worth
more, given the player's belief.  `Incentives` produces these for any (partial) assignment of
supports; behaviour that is still open stays free in [0, 1].
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from deterrence.games import ExtensiveGame
from deterrence.polynomials import Polynomial, Ring
from deterrence.regions.logic import Literal
from deterrence.solvers.trees.beliefs import (
    Beliefs,
    Faces,
    GroupKey,
    chance_weights,
    common_prefix,
    own_belief,
)
from deterrence.solvers.trees.corners import Corners
from deterrence.solvers.trees.dominance import Elimination, eliminate_dominated
from deterrence.solvers.trees.play import History, Play, Set, Supports
from deterrence.solvers.trees.private_beliefs import PrivateBeliefs
from deterrence.solvers.trees.public_beliefs import PublicBeliefs

Label = tuple[str, str]


@dataclass(frozen=True)
class Incentive:
    """``gain`` is what `action` brings more than `reference`, times a positive weight.

    Zero if both are in the support; at most zero if `action` is off it.
    """

    information_set: Set
    action: str
    reference: str
    indifferent: bool
    gain: Polynomial

    @property
    def literal(self) -> Literal:
        """The constraint as a literal."""
        return Literal("==", self.gain) if self.indifferent else Literal(">=", -self.gain)

    def narrowed(self, ring: Ring, images: Mapping[sp.Symbol, Polynomial]) -> Incentive:
        """The constraint once more behaviour is fixed."""
        degrees = self.gain.degrees()
        if not any(degrees[ring.index[s]] for s in images):
            return self
        return replace(self, gain=ring.compose(self.gain, images))

    def impossible(self, signs: set[int]) -> bool:
        """Whether these corner signs of the gain rule the constraint out."""
        return signs == {1} or (self.indifferent and signs == {-1})


class Incentives:
    """The game, its beliefs, and what dominance leaves, ready to be asked for constraints.

    Attributes
    ----------
    play : Play
    beliefs : Beliefs
    remaining : dict of information set to actions
        After iterated belief-free dominance.
    live : tuple of (player, label)
        Labels where something is left to choose, each after those that may come before it.
    """

    def __init__(self, game: ExtensiveGame, concept: str, rule: str = "free", *, dominance: bool = True) -> None:
        self.game = game
        private = concept == "weak perfect bayesian" or not (game.independent and game.observed_actions)
        first: PublicBeliefs | PrivateBeliefs = PrivateBeliefs(game) if private else PublicBeliefs(game)
        self.play = Play(game, {**first.groups(), **_any_belief(game)})
        self.corners = corners_of(self.play)
        self.remaining: Supports = {s: self.play.actions(s) for s in self.play.sets}
        self.eliminated: tuple[Elimination, ...] = ()
        if dominance or rule == "passive undominated":
            kept, self.eliminated = eliminate_dominated(self.play, self.corners)
            self.remaining = kept if dominance else self.remaining
        if dominance:
            self.play = Play(game, {**first.groups(), **_any_belief(game)}, self.remaining)
            self.corners = corners_of(self.play)
        self.beliefs: Beliefs = first
        if not private and rule != "free":
            self.beliefs = PublicBeliefs(game, rule, _as_moves(self.play, self.eliminated))
        self.private = private
        self.live = self._order()

    def _order(self) -> tuple[Label, ...]:
        """Live labels, those that can come before others first (ties in tree order)."""
        live = [la for la in self.game.labels if any(len(self.remaining[s]) > 1 for s in self.sets_at(la))]
        before = {la: self._passed(la) & set(live) for la in live}
        order: list[Label] = []
        while len(order) < len(live):
            ready = [la for la in live if la not in order and before[la] <= set(order)]
            order.append(ready[0] if ready else next(la for la in live if la not in order))
        return tuple(order)

    def ancestors(self, label: Label) -> set[Label]:
        """Labels whose supports must be known before the constraints at `label` are."""
        return self._passed(label)

    def _passed(self, label: Label) -> set[Label]:
        """Labels that are passed on the way to `label`."""
        positions = self.game.labels[label].positions
        return {
            (step.player, step.label) for v in positions for step in self.game.positions[v].path if step.kind == "move"
        } - {label}

    def sets_at(self, label: Label) -> list[Set]:
        """The information sets of a label, one for each type."""
        return [s for s in self.play.sets if (s[0], s[-1]) == label]

    # -- constraints ---------------------------------------------------------------------------

    def at(self, s: Set, supports: Supports, faces: Faces) -> tuple[list[Incentive], frozenset[GroupKey]]:
        """The constraints at one information set, and the free beliefs in them.

        `supports` must name the set itself and all that can come before it.
        """
        weights, used = self.beliefs.weights(self.play, s, supports, faces)
        return self._compare(s, weights, supports), used

    def relaxed(self, s: Set, supports: Supports) -> list[Incentive]:
        """The same with a belief of which nothing is known but that types of one player share it."""
        return self._compare(s, self.any_weights(s), supports)

    def _compare(self, s: Set, weights: Mapping[History, Polynomial], supports: Supports) -> list[Incentive]:
        play = self.play
        images = play.images({**self.remaining, **supports})
        support = supports[s]
        worth = {a: self.worth(s, a, weights) for a in self.remaining[s]}
        return [
            Incentive(s, a, support[-1], a in support, play.ring.compose(worth[a] - worth[support[-1]], images))
            for a in self.remaining[s]
            if a != support[-1]
        ]

    def worth(self, s: Set, action: str, weights: Mapping[History, Polynomial]) -> Polynomial:
        """What an action is worth at a set whose nodes have the given weights."""
        total = self.play.ring.zero
        for node, weight in weights.items():
            total = total + weight * self.play.after(node, s[0], action)
        return total

    def any_weights(self, s: Set) -> dict[History, Polynomial]:
        """Weights from a wholly free belief: about each other player's type, or about the nodes."""
        play, nodes = self.play, self.play.nodes(s)
        if self.private:
            table = play.belief_symbols.get(own_belief(s))
            return {n: play.ring.gen(table[n]) if table else play.ring.one for n in nodes}
        seen = self._unseen(s)
        weights = {}
        for n in nodes:
            weight = seen[n.position]
            for player, kind in zip(self.game.players, n.types, strict=True):
                if player != s[0] and len(self.game.types[player]) > 1:
                    weight = weight * play.ring.gen(play.belief_symbols["any", player][kind])
            for step in self._hidden_steps(s, n.position):
                if step.kind == "move":
                    actor = play.set_at(step.player, step.label, n.types)
                    weight = weight * play.probability(actor, step.action)
            weights[n] = weight
        return weights

    def _hidden_steps(self, s: Set, position: int) -> tuple[Any, ...]:
        paths = [self.game.positions[v].path for v in self.game.labels[s[0], s[-1]].positions]
        return self.game.positions[position].path[common_prefix(paths) :]

    def _unseen(self, s: Set) -> dict[int, Polynomial]:
        positions = self.game.labels[s[0], s[-1]].positions
        return chance_weights(self.play, {v: self._hidden_steps(s, v) for v in positions})


def _any_belief(game: ExtensiveGame) -> dict[GroupKey, dict[Any, Any]]:
    """Symbols for an arbitrary belief about each player's type, used for bounds only."""
    return {
        ("any", p): {t: sp.Symbol(f"any belief: {p} {t}", real=True) for t in game.types[p]}
        for p in game.players
        if len(game.types[p]) > 1
    }


def corners_of(play: Play) -> Corners:
    """Corner signs over behaviour and beliefs of a game."""
    index = play.ring.index
    members: dict[Any, dict[Any, int]] = {
        s: {a: index[play.action_symbols[s, a]] for a in play.actions(s) if (s, a) in play.action_symbols}
        for s in play.sets
    }
    members |= {g: {m: index[s] for m, s in table.items()} for g, table in play.belief_symbols.items()}
    known = play.coordinates.strict
    free = frozenset(index[s] for s in play.coordinates.ring.symbols if s not in known)
    return Corners(play.ring, members, free)


def _as_moves(play: Play, steps: Iterable[Elimination]) -> frozenset[Any]:
    sets = [(e.information_set, e.action) for e in steps]
    return frozenset((s[0], play.type_of(s), s[-1], action) for s, action in sets)
