"""Nash equilibrium of an extensive game, in behaviour strategies.

No player of any type gains by another *plan*: a pure choice at each of its information sets.
What is chosen where play never comes is free in [0, 1] as long as it deters deviations - also
where nobody would ever carry it out, which is what perfection removes.

The same constraints asked in every subgame give subgame-perfect equilibrium.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import sympy as sp

from deterrence.games import Chance, ExtensiveGame, Move
from deterrence.polynomials import Polynomial
from deterrence.solvers.trees.beliefs import Faces, GroupKey, chance_weights
from deterrence.solvers.trees.corners import Corners
from deterrence.solvers.trees.feasible import Feasibility
from deterrence.solvers.trees.incentives import Incentive, corners_of
from deterrence.solvers.trees.play import History, Play, Profile, Set, Supports
from deterrence.solvers.trees.supports import (
    Candidate,
    Clock,
    Counts,
    parameter_signs,
    probability_ranges,
    subsets,
)

CONDITIONS = "no player of any type gains by another plan"
Plan = dict[Set, str]


class ReachBeliefs:
    """Bayes' rule where play comes; nothing is said elsewhere."""

    conditions = CONDITIONS

    def __init__(self, game: ExtensiveGame) -> None:
        self.game = game

    def groups(self) -> dict[GroupKey, dict[Any, sp.Symbol]]:
        """No belief enters the definition."""
        return {}

    def weights(
        self, play: Play, information_set: Set, supports: Supports, faces: Faces
    ) -> tuple[dict[History, Polynomial], frozenset[GroupKey]]:
        """How likely each node is; empty where play never comes."""
        nodes = play.nodes(information_set)
        chance = chance_weights(play, {n.position: self.game.positions[n.position].path for n in nodes})
        weights = {}
        for n in nodes:
            weight = play.joint[n.types] * chance[n.position]
            for step in self.game.positions[n.position].path:
                if step.kind == "move":
                    actor = play.set_at(step.player, step.label, n.types)
                    share = play.probability(actor, step.action)
                    weight = weight * (share if step.action in supports[actor] else play.ring.zero)
            if weight != 0:
                weights[n] = weight
        return weights, frozenset()


@dataclass
class NashIncentives:
    """The game ready to be asked for the constraints of Nash equilibrium in the subgames at `roots`."""

    game: ExtensiveGame
    roots: tuple[int, ...] = (0,)

    def __post_init__(self) -> None:
        self.beliefs = ReachBeliefs(self.game)
        self.play = Play(self.game, {})
        self.remaining: Supports = {s: self.play.actions(s) for s in self.play.sets}
        self.corners: Corners = corners_of(self.play)

    @cached_property
    def home(self) -> dict[tuple[str, str], int]:
        """The smallest of the subgames that holds each label."""
        below = {r: self._below(r) for r in self.roots}
        return {
            la: max(r for r in self.roots if set(about.positions) <= below[r]) for la, about in self.game.labels.items()
        }

    def _below(self, root: int) -> set[int]:
        return {
            p.index for p in self.game.positions if p.index == root or any(step.position == root for step in p.path)
        }

    def reached(self, s: Set, supports: Supports) -> bool:
        """Whether play in the set's own subgame can come to it under the supports assigned so far."""
        root = self.home[s[0], s[-1]]
        depth = len(self.game.positions[root].path)
        for node in self.play.nodes(s):
            steps = [t for t in self.game.positions[node.position].path[depth:] if t.kind == "move"]
            actors = [(self.play.set_at(t.player, t.label, node.types), t.action) for t in steps]
            if all(a in supports.get(actor, self.remaining[actor]) for actor, a in actors):
                return True
        return False

    # -- plans ---------------------------------------------------------------------------------

    def constraints(self, supports: Supports) -> Iterator[Incentive]:
        """For each subgame, player and type: no plan is worth more than one that is in use."""
        for root in self.roots:
            for place, player in enumerate(self.game.players):
                for kind in self.game.types[player]:
                    yield from self._plans(root, place, player, kind, supports)

    def _plans(self, root: int, place: int, player: str, kind: Any, supports: Supports) -> Iterator[Incentive]:
        below = self._below(root)
        own = [
            s
            for s in self.play.sets
            if s[0] == player
            and self.play.type_of(s) == kind
            and set(self.game.labels[player, s[-1]].positions) & below
        ]
        if not own:
            return
        images = self.play.images(supports)
        profiles = [t for t in self.play.profiles if t[place] == kind]
        worth: dict[tuple[str, ...], Polynomial] = {}
        for plan in itertools.product(*(self.play.actions(s) for s in own)):
            chosen = dict(zip(own, plan, strict=True))
            total = self.play.ring.zero
            for types in profiles:
                total = total + self.play.joint[types] * self._value(root, player, types, chosen, supports)
            worth[plan] = self.play.ring.compose(total, images)
        used = {p: self._in_use(dict(zip(own, p, strict=True)), supports, root) for p in worth}
        reference = next(p for p in worth if all(a in supports[s] for s, a in zip(own, p, strict=True)))
        for plan, indifferent in _distinct(worth, used, reference):
            where, changed, kept = _difference(own, plan, reference)
            yield Incentive(where, changed, kept, indifferent, worth[plan] - worth[reference])

    def mass(self, information_set: Set) -> Polynomial:
        """The weight of the type whose plans the incentives at an information set compare."""
        place, kind = self.game.players.index(information_set[0]), self.play.type_of(information_set)
        return sum((self.play.joint[t] for t in self.play.profiles if t[place] == kind), self.play.ring.zero)

    def _in_use(self, plan: Plan, supports: Supports, root: int) -> bool:
        """Whether the plan agrees with the supports wherever it can come to itself."""
        return all(a in supports[s] for s, a in plan.items() if self.reached(s, {**supports, **_only(plan, s)}))

    def _value(self, position: int, player: str, types: Profile, plan: Plan, supports: Supports) -> Polynomial:
        node, play = self.game.positions[position].node, self.play
        kids = play.children[position]
        if isinstance(node, Move):
            actor = play.set_at(node.player, node.label, types)
            if actor in plan:
                child = kids[plan[actor]]
                return play.padded(
                    self._value(child, player, types, plan, supports), play.heights[child], play.heights[position]
                )
            shares = {a: play.probability(actor, a) for a in kids if a in supports[actor]}
        elif isinstance(node, Chance):
            shares = play.chances[position]
        else:
            return play.payoffs[position, player, types]
        want = tuple(h - d for h, d in zip(play.heights[position], play.chance_degrees(position), strict=True))
        total = play.ring.zero
        for a, share in shares.items():
            value = self._value(kids[a], player, types, plan, supports)
            total = total + share * play.padded(value, play.heights[kids[a]], want)
        return total


def _distinct(
    worth: dict[tuple[str, ...], Polynomial], used: dict[tuple[str, ...], bool], reference: tuple[str, ...]
) -> list[tuple[tuple[str, ...], bool]]:
    """Plans of different worth, each with the fewest changes, and whether one of that worth is in use."""
    best: dict[str, tuple[str, ...]] = {str(worth[reference]): reference}
    in_use: dict[str, bool] = {}
    for plan in sorted(worth, key=lambda p: sum(a != b for a, b in zip(p, reference, strict=True))):
        best.setdefault(str(worth[plan]), plan)
        in_use[str(worth[plan])] = in_use.get(str(worth[plan]), False) or used[plan]
    return [(plan, in_use[value]) for value, plan in best.items() if plan != reference]


def _difference(own: list[Set], plan: tuple[str, ...], reference: tuple[str, ...]) -> tuple[Set, str, str]:
    """Where two plans differ first, and what each does where they differ."""
    places = [k for k in range(len(own)) if plan[k] != reference[k]]
    if len(places) == 1:
        (k,) = places
        return own[k], plan[k], reference[k]
    changed, kept = (", ".join(f"{own[k][-1]}: {p[k]}" for k in places) for p in (plan, reference))
    return own[places[0]], changed, kept


def _only(plan: Plan, but: Set) -> Supports:
    return {s: (a,) for s, a in plan.items() if s != but}


@dataclass
class NashSearch:
    """Enumerate supports where play comes; elsewhere behaviour is free."""

    incentives: NashIncentives
    clock: Clock = field(default_factory=Clock)
    counts: Counts = field(default_factory=Counts)

    def __post_init__(self) -> None:
        self.ring = self.incentives.play.ring
        self.signs = parameter_signs(self.incentives.play)
        self.possible = Feasibility(self.ring)

    def candidates(self) -> Iterator[Candidate]:
        """Every profile that no sign and no contradiction rules out."""
        yield from self._extend(self._order(), {}, frozenset())

    def _order(self) -> list[Set]:
        positions = self.incentives.game.labels
        return sorted(self.incentives.play.sets, key=lambda s: min(positions[s[0], s[-1]].positions))

    def _extend(self, left: list[Set], supports: Supports, unreached: frozenset[Set]) -> Iterator[Candidate]:
        self.clock.check()
        if not left:
            yield from self._finish(supports, unreached)
            return
        s, *rest = left
        actions = self.incentives.play.actions(s)
        if not self.incentives.reached(s, supports):
            yield from self._extend(rest, {**supports, s: actions}, unreached | {s})
            return
        for support in subsets(actions):
            yield from self._extend(rest, {**supports, s: support}, unreached)

    def _finish(self, supports: Supports, unreached: frozenset[Set]) -> Iterator[Candidate]:
        self.counts.total += 1
        self.counts.explored = self.counts.together = self.counts.total
        play = self.incentives.play
        constraints = tuple(self.incentives.constraints(supports))
        if any(i.impossible(self.incentives.corners.signs(i.gain, supports)) for i in constraints):
            self.counts.corners += 1
            return
        literals = [i.literal for i in constraints if not i.gain.is_constant()]
        ranges = probability_ranges(play, self.incentives.remaining, supports, {}, unreached)
        self.counts.questions += 1
        if literals and not self.possible([*literals, *ranges(literals), *self.signs]):
            self.counts.unsatisfiable += 1
            return
        yield Candidate(supports, {}, constraints, frozenset(), unreached)
