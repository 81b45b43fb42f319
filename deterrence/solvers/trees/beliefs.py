"""What a player believes at an information set, as polynomial weights of its nodes.

Weights are not normalised: only their ratios matter, and the player's own moves are left out
because they are the same for all nodes of the set.  Two systems give them: `public_beliefs` and
`private_beliefs`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import sympy as sp

from deterrence.games import ExtensiveGame
from deterrence.polynomials import Polynomial
from deterrence.solvers.trees.play import History, Play, Set, Supports

GroupKey = tuple[Any, ...]
Faces = Mapping[GroupKey, frozenset[Any]]  # members that a free belief gives weight; closed simplex where not named


class NeedsFace(Exception):
    """Bayes' rule depends on which members a free belief gives weight: the caller has to split."""

    def __init__(self, group: GroupKey) -> None:
        self.group = group
        super().__init__(str(group))


class Beliefs(Protocol):
    """What a search needs of a system of beliefs."""

    conditions: str

    def groups(self) -> dict[GroupKey, dict[Any, sp.Symbol]]:
        """The free beliefs there can be: a symbol for each member."""

    def weights(
        self, play: Play, information_set: Set, supports: Supports, faces: Faces
    ) -> tuple[dict[History, Polynomial], frozenset[GroupKey]]:
        """Weight of each node that can have any, and the free beliefs that they use."""


def own_belief(information_set: Set) -> GroupKey:
    """The name of the belief that belongs to one information set alone."""
    return ("belief at", *information_set)


def set_nodes(game: ExtensiveGame, information_set: Set) -> list[History]:
    """The nodes of an information set that Nature's draw can reach."""
    player, label = information_set[0], information_set[-1]
    own = information_set[1] if len(information_set) == 3 else None
    place = game.players.index(player)
    expand = game.assumptions.expand
    drawn = [t for t, p in game.prior.items() if t[place] == own and sp.expand(expand(p)) != 0]
    return [History(v, types) for v in game.labels[player, label].positions for types in drawn]


def chance_weights(play: Play, paths: Mapping[int, tuple[Any, ...]]) -> dict[int, Polynomial]:
    """Probability of the chance events on each path, all brought to one degree."""
    raw = {}
    for v, path in paths.items():
        weight, degrees = play.ring.one, tuple(0 for _ in play.groups)
        for step in path:
            if step.kind == "chance":
                weight = weight * play.chances[step.position][step.action]
                own = play.chance_degrees(step.position)
                degrees = tuple(a + b for a, b in zip(degrees, own, strict=True))
        raw[v] = (weight, degrees)
    top = tuple(map(max, zip(*(d for _, d in raw.values()), strict=True))) if raw else ()
    return {v: play.padded(weight, degrees, top) for v, (weight, degrees) in raw.items()}


def set_of(player: str, kind: Any, label: str) -> Set:
    """The information set of a player of a type at a label."""
    return (player, label) if kind is None else (player, kind, label)


def share_of(play: Play, supports: Supports, information_set: Set, action: str) -> Polynomial:
    """The probability of an action: zero off the support, one where it is the whole support."""
    support = supports.get(information_set)
    if support is not None and action not in support:
        return play.ring.zero
    if support == (action,):
        return play.ring.one
    return play.probability(information_set, action)


def common_prefix(paths: list[tuple[Any, ...]]) -> int:
    """How many first steps all the paths share: what everyone has seen."""
    first = paths[0]
    k = 0
    while k < min(map(len, paths)) and all(p[k] == first[k] for p in paths):
        k += 1
    return k
