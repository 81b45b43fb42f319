"""Given a strategy alone: do beliefs exist that make it a *weak* perfect Bayesian equilibrium?

Each information set has its own belief where Bayes' rule is silent; the player's later beliefs follow from it
wherever the others' strategies allow.  So every free belief is a linear programme of its own over the nodes of
one information set, with the rows of the player's later information sets that it carries on to.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from .base import odds
from .check import action_values, carried_belief, check_strategy
from .exists import Assessment
from .linear import Row, interior
from .numeric import Key, Node, NumericGame, Strategy


def exists_weak(game: NumericGame, strategy: Strategy) -> bool:
    """Whether some beliefs make the strategy a weak perfect Bayesian equilibrium."""
    return bool(weak_beliefs(game, strategy))


def weak_beliefs(game: NumericGame, strategy: Strategy) -> Assessment:
    """Such beliefs; an empty dictionary if there are none."""
    if check_strategy(game, strategy):
        raise ValueError("not a strategy of this game")
    search = _Search(game, strategy)
    beliefs: Assessment = {}
    for key in sorted(game.information_sets, key=search.depth):
        implied = carried_belief(game, strategy, beliefs, key)
        beliefs[key] = search.free(key) if implied is None else implied
        if not beliefs[key] or not search.is_best(key, beliefs[key]):
            return {}
    return beliefs


class _Search:
    """Free beliefs, found once for each information set."""

    def __init__(self, game: NumericGame, strategy: Strategy) -> None:
        self.game, self.strategy = game, strategy
        self._found: dict[Key, dict[Node, Fraction]] = {}

    def depth(self, key: Key) -> int:
        """How many moves the player has made before."""
        return len(self.game.sequence(key[0], self.game.information_sets[key][0][0]))

    def is_best(self, key: Key, belief: dict[Node, Fraction]) -> bool:
        """Whether no continuation does better than the strategy."""
        worth = action_values(self.game, self.strategy, key, belief, True)
        actual = action_values(self.game, self.strategy, key, belief, False)
        return max(worth.values()) <= sum(self.strategy[key].get(a, Fraction(0)) * actual[a] for a in actual)

    def free(self, key: Key) -> dict[Node, Fraction]:
        """A belief to start from at this information set, empty if there is none."""
        if key not in self._found:
            self._found[key] = next(self._solutions(key), {})
        return self._found[key]

    def _solutions(self, key: Key) -> Iterator[dict[Node, Fraction]]:
        nodes = self.game.information_sets[key]
        later = {k: self._carried(key, k) for k in self.game.information_sets if self._follows(key, k)}
        total: Row = ({n: Fraction(1) for n in nodes}, Fraction(-1))
        equal, least = self._rows(key, {n: {n: Fraction(1)} for n in nodes})
        for other, weights in later.items():
            rows = self._rows(other, weights)
            equal, least = equal + rows[0], least + rows[1]
        for pattern in product((True, False), repeat=len(later)):
            reached = dict(zip(later, pattern, strict=True))
            if not self._is_answered(reached):
                continue
            marks = [self._reach(other, later[other], on) for other, on in reached.items()]
            point = interior([total, *equal, *marks], least, [("reach", other) for other, on in reached.items() if on])
            if point is not None:
                yield {n: point.get(n, Fraction(0)) for n in nodes}

    def _follows(self, key: Key, other: Key) -> bool:
        if other[0] != key[0] or self.game.own_type(other) != self.game.own_type(key):
            return False
        path = self.game.places[self.game.information_sets[other][0][0]].path
        return any(self.game.places[i].player == key[0] and self.game.places[i].label == key[-1] for i, _ in path)

    def _carried(self, key: Key, other: Key) -> dict[Node, dict[Node, Fraction]]:
        """The weight of each node of a later set, as coefficients over the nodes of this one."""
        weights: dict[Node, dict[Node, Fraction]] = {}
        for index, profile in self.game.information_sets[other]:
            path = [i for i, _ in self.game.places[index].path]
            origin = next(
                i for i in path if self.game.places[i].label == key[-1] and self.game.places[i].player == key[0]
            )
            share = Fraction(1)
            for place, action in self.game.between(origin, index):
                share *= 1 if place.player == key[0] else odds(self.game, self.strategy, (place.index, profile), action)
            if share:
                weights[index, profile] = {(origin, profile): share}
        return weights

    def _rows(self, key: Key, weights: dict[Node, dict[Node, Fraction]]) -> tuple[list[Row], list[Row]]:
        """Indifference and no-gain rows at an information set."""
        worth = {n: action_values(self.game, self.strategy, key, {n: Fraction(1)}, False) for n in weights}
        support = [a for a in self.game.actions(key) if self.strategy[key].get(a, 0) > 0]
        equal, least = [], []  # type: list[Row], list[Row]
        for rival in self.game.actions(key):
            row: dict[Any, Fraction] = {}
            for node, origins in weights.items():
                for origin, share in origins.items():
                    row[origin] = row.get(origin, Fraction(0)) + share * (worth[node][support[0]] - worth[node][rival])
            (equal if rival in support else least).append((row, Fraction(0)))
        return [r for r in equal if any(r[0].values())], least

    def _is_answered(self, reached: dict[Key, bool]) -> bool:
        """Whether each set that starts afresh has a belief, and none is reached past one that is not."""
        for key, on in reached.items():
            before = [k for k in reached if self._follows(k, key)]
            if on and not all(reached[k] for k in before):
                return False
            if not on and all(reached[k] for k in before) and not self.free(key):
                return False
        return True

    def _reach(self, key: Key, weights: dict[Node, dict[Node, Fraction]], on: bool) -> Row:
        row: dict[object, Fraction] = {}
        for origins in weights.values():
            for origin, share in origins.items():
                row[origin] = row.get(origin, Fraction(0)) + share
        return (row | {("reach", key): Fraction(-1)} if on else row), Fraction(0)
