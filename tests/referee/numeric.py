"""Games with numbers: a tree as written, Nature's types, and a Fraction at every leaf.

A *node* is a pair (index of a position of the tree as written, tuple of types in player order): where the
play is, and what Nature has drawn.  An *information set* is (player, own type, label), or (player, label)
for a player without types; it holds the nodes at which that player and type meets that label.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

Profile = tuple[Any, ...]
Node = tuple[int, Profile]
Key = tuple[Any, ...]
Strategy = Mapping[Key, Mapping[str, Fraction]]
Beliefs = Mapping[Key, Mapping[Node, Fraction]]
Sequence = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Move:
    """A player's choice under a label."""

    player: str
    label: str
    branches: Mapping[str, Any]


@dataclass(frozen=True)
class Chance:
    """Nature's choice in the open: event -> (probability, subtree)."""

    label: str
    branches: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Leaf:
    """The end: player -> a number, own type -> number, or a function of {player: type}."""

    payoffs: Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """A position of the tree as written."""

    index: int
    kind: str
    path: tuple[tuple[int, str], ...]
    player: str | None = None
    label: str | None = None
    branches: tuple[tuple[str, int], ...] = ()
    odds: tuple[Fraction, ...] = ()
    payoffs: Mapping[tuple[str, Profile], Fraction] = field(default_factory=dict)

    @property
    def actions(self) -> tuple[str, ...]:
        """The branches' names in order."""
        return tuple(action for action, _ in self.branches)

    def child(self, action: str) -> int:
        """Index of the position after `action`."""
        return dict(self.branches)[action]


@dataclass(frozen=True)
class NumericGame:
    """A game at a point; `prior` holds every profile of types, also those of probability zero."""

    players: tuple[str, ...]
    types: Mapping[str, tuple[Any, ...]]
    prior: Mapping[Profile, Fraction]
    places: tuple[Place, ...]

    def seat(self, player: str) -> int:
        """The player's rank in a profile of types."""
        return self.players.index(player)

    def key(self, player: str, own_type: Any, label: str) -> Key:
        """Name of an information set."""
        return (player, label) if self.types[player] == (None,) else (player, own_type, label)

    def key_at(self, node: Node) -> Key:
        """The information set that a node lies in."""
        place = self.places[node[0]]
        assert place.player is not None and place.label is not None
        return self.key(place.player, node[1][self.seat(place.player)], place.label)

    def own_type(self, key: Key) -> Any:
        """The type of an information set's player, None without types."""
        return key[1] if len(key) == 3 else None

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """All profiles of types."""
        return tuple(product(*(self.types[player] for player in self.players)))

    @cached_property
    def labels(self) -> dict[tuple[str, str], tuple[int, ...]]:
        """(player, label) -> the positions that bear it, in tree order."""
        found: dict[tuple[str, str], list[int]] = {}
        for place in self.places:
            if place.kind == "move":
                assert place.player is not None and place.label is not None
                found.setdefault((place.player, place.label), []).append(place.index)
        return {key: tuple(where) for key, where in found.items()}

    @cached_property
    def information_sets(self) -> dict[Key, tuple[Node, ...]]:
        """Each information set with its nodes."""
        sets: dict[Key, tuple[Node, ...]] = {}
        for (player, label), where in self.labels.items():
            seat = self.seat(player)
            for own in self.types[player]:
                nodes = tuple((i, p) for i in where for p in self.profiles if p[seat] == own)
                sets[self.key(player, own, label)] = nodes
        return sets

    def actions(self, key: Key) -> tuple[str, ...]:
        """The actions at an information set."""
        return self.places[self.labels[key[0], key[-1]][0]].actions

    @cached_property
    def marginals(self) -> dict[str, dict[Any, Fraction]]:
        """player -> type -> prior probability."""
        return {
            player: {
                own: sum((w for p, w in self.prior.items() if p[seat] == own), Fraction(0))
                for own in self.types[player]
            }
            for seat, player in enumerate(self.players)
        }

    @cached_property
    def independent(self) -> bool:
        """Whether the prior is the product of its marginals."""
        for profile, weight in self.prior.items():
            rest = Fraction(1)
            for player, own in zip(self.players, profile, strict=True):
                rest *= self.marginals[player][own]
            if rest != weight:
                return False
        return True

    def sequence(self, player: str, index: int) -> Sequence:
        """The player's own (label, action) pairs on the way to a position."""
        path = [(self.places[i], action) for i, action in self.places[index].path]
        return tuple((str(place.label), action) for place, action in path if place.player == player)

    def start(self, player: str, label: str) -> int:
        """The deepest position above (or at) all of a label: the public history at which its stage begins."""
        where = self.labels[player, label]
        trails = [[i for i, _ in self.places[w].path] + [w] for w in where]
        common = [steps[0] for steps in zip(*trails, strict=False) if len(set(steps)) == 1]
        return common[-1]

    def between(self, upper: int, lower: int) -> list[tuple[Place, str]]:
        """The (position, action) pairs from `upper` (included) down to `lower` (left out)."""
        path = self.places[lower].path
        if upper == lower:
            return []
        ranks = [i for i, _ in path]
        return [(self.places[i], action) for i, action in path[ranks.index(upper) :]]

    @cached_property
    def observed_actions(self) -> bool:
        """Whether each label is a public history or a complete cut through one stage of simultaneous moves."""
        return all(self._is_stage(player, label) for player, label in self.labels)

    def _is_stage(self, player: str, label: str) -> bool:
        top, where = self.start(player, label), set(self.labels[player, label])
        if where == {top}:
            return True
        below = [p for p in self.places if p.index == top or any(i == top for i, _ in p.path)]
        for place in below:
            if place.kind == "leaf" and sum(i in where for i, _ in place.path) != 1:
                return False
        for index in where:
            movers = [(place.player, place.label) for place, _ in self.between(top, index)]
            if len(set(movers)) < len(movers) or any(m is None or m == player for m, _ in movers):
                return False
            if any(self.start(str(m), str(mark)) != top for m, mark in movers):
                return False
        return True


def build(
    players: Mapping[str, Mapping[Any, Any] | None], tree: Any, prior: Mapping[Profile, Any] | None = None
) -> NumericGame:
    """A game from players (name -> {type: probability} or None) and a tree of Move, Chance and Leaf."""
    names = tuple(players)
    types = {name: tuple(spec) if spec else (None,) for name, spec in players.items()}
    profiles = list(product(*(types[name] for name in names)))
    if prior is None:
        odds = {
            name: {t: Fraction(w) for t, w in spec.items()} if spec else {None: Fraction(1)}
            for name, spec in players.items()
        }
        joint = {p: _product(odds[name][own] for name, own in zip(names, p, strict=True)) for p in profiles}
    else:
        joint = {p: Fraction(prior.get(p, 0)) for p in profiles}
    places: list[Place] = []
    _grow(tree, (), places, lambda leaf: _table(leaf, names, profiles))
    return NumericGame(names, types, joint, tuple(places))


def _product(factors: Iterator[Fraction]) -> Fraction:
    result = Fraction(1)
    for factor in factors:
        result *= factor
    return result


def _table(leaf: Leaf, names: tuple[str, ...], profiles: list[Profile]) -> dict[tuple[str, Profile], Fraction]:
    table = {}
    for profile in profiles:
        drawn = dict(zip(names, profile, strict=True))
        for name in names:
            value = leaf.payoffs[name]
            if isinstance(value, Mapping):
                value = value[drawn[name]]
            elif callable(value):
                value = value(drawn)
            table[name, profile] = Fraction(value)
    return table


def _grow(tree: Any, path: tuple[tuple[int, str], ...], places: list[Place], table: Callable[[Leaf], Any]) -> int:
    index = len(places)
    places.append(Place(index, "leaf", path))
    if isinstance(tree, Leaf):
        places[index] = Place(index, "leaf", path, payoffs=table(tree))
    elif isinstance(tree, Move):
        grown = tuple((a, _grow(sub, (*path, (index, a)), places, table)) for a, sub in tree.branches.items())
        places[index] = Place(index, "move", path, tree.player, tree.label, grown)
    else:
        odds = tuple(Fraction(weight) for weight, _ in tree.branches.values())
        grown = tuple((e, _grow(sub, (*path, (index, e)), places, table)) for e, (_, sub) in tree.branches.items())
        places[index] = Place(index, "chance", path, None, tree.label, grown, odds)
    return index


def as_fractions(table: Mapping[Any, Mapping[Any, Any]]) -> dict[Any, dict[Any, Fraction]]:
    """A strategy or beliefs with SymPy rationals, as the library gives them at a point, in Fractions."""
    return {
        key: {k: Fraction(int(v.p), int(v.q)) if hasattr(v, "p") else Fraction(v) for k, v in row.items()}
        for key, row in table.items()
    }


def from_game(game: Any, point: Mapping[Any, Any]) -> NumericGame:
    """The library's `ExtensiveGame` at an exact point, with every expression replaced by its Fraction."""
    known = game.assumptions.exact_point(point)

    def number(expression: Any) -> Fraction:
        value = game.assumptions.expand(expression)
        value = value.xreplace(known) if hasattr(value, "xreplace") else value
        value = value.doit() if hasattr(value, "doit") else value
        if not getattr(value, "is_Rational", isinstance(value, int | Fraction)):
            raise ValueError(f"{expression} is {value}, not a rational number, at this point")
        return Fraction(int(value.p), int(value.q)) if hasattr(value, "p") else Fraction(value)

    trails = {tuple((s.position, s.action) for s in pos.path): pos.index for pos in game.positions}
    prior = {profile: number(weight) for profile, weight in game.prior.items()}
    places = tuple(_convert(game, pos, trails, number, list(prior)) for pos in game.positions)
    return NumericGame(tuple(game.players), {p: tuple(game.types[p]) for p in game.players}, prior, places)


def _convert(
    game: Any, pos: Any, trails: Mapping[Any, int], number: Callable[[Any], Fraction], profiles: list[Profile]
) -> Place:
    path = tuple((s.position, s.action) for s in pos.path)
    node = pos.node
    if not hasattr(node, "branches"):
        table = {(p, t): number(game.payoff(pos.index, p, t)) for p in game.players for t in profiles}
        return Place(pos.index, "leaf", path, payoffs=table)
    grown = tuple((branch[0], trails[(*path, (pos.index, branch[0]))]) for branch in node.branches)
    if hasattr(node, "player"):
        return Place(pos.index, "move", path, node.player, node.label, grown)
    odds = tuple(number(branch[1]) for branch in node.branches)
    return Place(pos.index, "chance", path, None, node.label, grown, odds)
