"""What a player believes at an information set, as polynomial weights of its nodes.

Two systems.  `PublicBeliefs` is perfect Bayesian equilibrium (Fudenberg and Tirole 1991) for
independent types and observed actions: a belief about a player depends on that player's own
actions alone, is common to everyone else, and follows Bayes' rule until the player takes an
action that no type takes; then it is free once, and follows Bayes' rule again.  `PrivateBeliefs`
keeps only sequential rationality and Bayes' rule: each information set has its own free belief
where Bayes' rule is silent, carried on to the same player's later information sets.

Weights are not normalised: only their ratios matter, and the player's own moves are left out
because they are the same for all nodes of the set.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import sympy as sp

from deterrence.games import ExtensiveGame, Move
from deterrence.polynomials import Polynomial
from deterrence.solvers.play import History, Play, Set, Supports

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
            taken = {t: _share(play, supports, _set(other, t, step.label), step.action) for t in kinds}
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
        own = _set(information_set[0], play.type_of(information_set), last[nodes[0]].label)
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
                reach = reach * _share(play, supports, _set(step.player, kind, step.label), step.action)
        return reach


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


def _set(player: str, kind: Any, label: str) -> Set:
    return (player, label) if kind is None else (player, kind, label)


def _share(play: Play, supports: Supports, information_set: Set, action: str) -> Polynomial:
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
