"""All Nash equilibria of a two-player game with numbers, support by support.

A type's plan says what it does at each of its information sets; what it would do where it never lets itself
come is left out, for it changes nothing.  A support holds an equilibrium iff the other player's flows make all
plans inside it worth the same and no other plan worth more: two linear programmes in flows from the root.
Types may be correlated and moves hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain, combinations, product
from typing import Any

from .linear import Point, Row, Variable, interior, maximise
from .numeric import Key, NumericGame, Sequence, Strategy

Support = Mapping[Key, tuple[str, ...]]


@dataclass(frozen=True)
class NashFound:
    """A support (of the information sets to which each type lets itself come) that holds Nash equilibria."""

    support: Support
    family: bool
    strategy: Strategy

    def holds(self, strategy: Strategy) -> bool:
        """Whether a strategy plays like this where its types come (and, for a point, exactly like this)."""
        for key, actions in self.support.items():
            played = {a: w for a, w in strategy[key].items() if w}
            if set(played) != set(actions) or (not self.family and played != dict(self.strategy[key])):
                return False
        return True


def enumerate_nash(game: NumericGame) -> tuple[NashFound, ...]:
    """Every Nash equilibrium of a game of two players."""
    if len(game.players) != 2:
        raise ValueError("this enumeration is for two players")
    search = _Search(game)
    first, second = game.players
    found = []
    for support in search.supports(first):
        for other in search.supports(second):
            entry = search.decide({**support, **other})
            if entry is not None:
                found.append(entry)
    return tuple(found)


class _Search:
    def __init__(self, game: NumericGame) -> None:
        self.game = game
        self.rival = dict(zip(game.players, reversed(game.players), strict=True))

    @cached_property
    def next_labels(self) -> dict[tuple[str, Sequence], list[str]]:
        """The labels that a player may meet after its own sequence."""
        table: dict[tuple[str, Sequence], list[str]] = {}
        for (player, label), where in self.game.labels.items():
            table.setdefault((player, self.game.sequence(player, where[0])), []).append(label)
        return table

    def supports(self, player: str) -> list[Support]:
        """All supports of all types of a player."""
        types = [own for own in self.game.types[player] if self.game.marginals[player][own] > 0]
        each = [list(self._of_type(player, own, ())) for own in types]
        return [dict(chain.from_iterable(part.items() for part in parts)) for parts in product(*each)]

    def _of_type(self, player: str, own: Any, sequence: Sequence) -> Iterator[Support]:
        labels = self.next_labels.get((player, sequence), [])
        for parts in product(*(list(self._at(player, own, sequence, label)) for label in labels)):
            yield dict(chain.from_iterable(part.items() for part in parts))

    def _at(self, player: str, own: Any, sequence: Sequence, label: str) -> Iterator[Support]:
        key = self.game.key(player, own, label)
        actions = self.game.actions(key)
        for picked in chain.from_iterable(combinations(actions, n) for n in range(1, len(actions) + 1)):
            later = [list(self._of_type(player, own, (*sequence, (label, a)))) for a in picked]
            for parts in product(*later):
                yield {key: picked} | dict(chain.from_iterable(part.items() for part in parts))

    @cached_property
    def plans(self) -> dict[tuple[str, Any], list[dict[str, str]]]:
        """(player, type) -> all plans, as label -> action for the labels to which the plan may come."""
        return {
            (player, own): list(self._plans(player, ()))
            for player in self.game.players
            for own in self.game.types[player]
            if self.game.marginals[player][own] > 0
        }

    def _plans(self, player: str, sequence: Sequence) -> Iterator[dict[str, str]]:
        labels = self.next_labels.get((player, sequence), [])
        each = []
        for label in labels:
            actions = self.game.places[self.game.labels[player, label][0]].actions
            each.append([{label: a} | rest for a in actions for rest in self._plans(player, (*sequence, (label, a)))])
        for parts in product(*each):
            yield dict(chain.from_iterable(part.items() for part in parts))

    def decide(self, support: Support) -> NashFound | None:
        """The equilibria of one support."""
        strategy: dict[Key, Mapping[str, Fraction]] = {}
        family = False
        for player in self.game.players:
            flows, equal = self._flows(player, support)
            rows = self._incentives(self.rival[player], support, flows)
            equal, least = equal + rows[0], rows[1]
            strict = {x for _, x in flows.values() if x is not None}
            point = interior([r for r in equal if r[0] or r[1]], least, strict)
            if point is None:
                return None
            strategy.update(self._behaviour(player, support, flows, point))
            family = family or any(not _is_unique(x, point[x], equal, least) for x in strict)
        return NashFound(support, family, self._completed(strategy))

    def _flows(self, player: str, support: Support) -> tuple[dict[Any, Any], list[Row]]:
        """(type, own sequence) -> (number, variable): the probability of the type's own moves."""
        flows: dict[Any, tuple[Fraction, Variable | None]] = {}
        equal: list[Row] = []
        for own in self.game.types[player]:
            if self.game.marginals[player][own] > 0:
                flows[own, ()] = (Fraction(1), None)
                self._spread(player, own, (), support, flows, equal)
        return flows, equal

    def _spread(
        self, player: str, own: Any, sequence: Sequence, support: Support, flows: Any, equal: list[Row]
    ) -> None:
        weight, unknown = flows[own, sequence]
        for label in self.next_labels.get((player, sequence), []):
            picked = support[self.game.key(player, own, label)]
            if len(picked) > 1:
                row: dict[Variable, Fraction] = {("flow", own, label, a): Fraction(-1) for a in picked}
                equal.append((row, weight) if unknown is None else (row | {unknown: weight}, Fraction(0)))
            for a in picked:
                longer = (*sequence, (label, a))
                flows[own, longer] = (weight, unknown) if len(picked) == 1 else (Fraction(1), ("flow", own, label, a))
                self._spread(player, own, longer, support, flows, equal)

    def _incentives(self, player: str, support: Support, flows: Any) -> tuple[list[Row], list[Row]]:
        """For each type: plans inside the support worth the same, plans outside not more."""
        equal, least = [], []  # type: list[Row], list[Row]
        for (owner, own), plans in self.plans.items():
            if owner != player:
                continue
            inside = [
                p for p in plans if all(a in support.get(self.game.key(player, own, k), (a,)) for k, a in p.items())
            ]
            reference = self._worth(player, own, inside[0], flows)
            for plan in plans:
                gap = _minus(reference, self._worth(player, own, plan, flows))
                if gap[0] or gap[1]:
                    (equal if plan in inside else least).append(gap)
        return equal, least

    def _worth(self, player: str, own: Any, plan: Mapping[str, str], flows: Any) -> Row:
        total: dict[Variable, Fraction] = {}
        constant, seat = Fraction(0), self.game.seat(player)
        for place in self.game.places:
            if place.kind != "leaf" or any(plan.get(k) != a for k, a in self.game.sequence(player, place.index)):
                continue
            chance = Fraction(1)
            for above, action in self.game.between(0, place.index):
                chance *= above.odds[above.actions.index(action)] if above.kind == "chance" else 1
            for profile, prior in self.game.prior.items():
                met = (profile[1 - seat], self.game.sequence(self.rival[player], place.index))
                if profile[seat] != own or met not in flows or not prior:
                    continue
                value = flows[met][0] * prior * chance * place.payoffs[player, profile]
                if flows[met][1] is None:
                    constant += value
                else:
                    total[flows[met][1]] = total.get(flows[met][1], Fraction(0)) + value
        return total, constant

    def _behaviour(self, player: str, support: Support, flows: Any, point: Point) -> dict[Key, dict[str, Fraction]]:
        result: dict[Key, dict[str, Fraction]] = {}
        for own, sequence in flows:
            for label in self.next_labels.get((player, sequence), []):
                key = self.game.key(player, own, label)
                share = {a: _number(flows[own, (*sequence, (label, a))], point) for a in support[key]}
                result[key] = {a: w / sum(share.values()) for a, w in share.items()}
        return result

    def _completed(self, strategy: Mapping[Key, Mapping[str, Fraction]]) -> Strategy:
        """Any action where a type does not come."""
        return {k: strategy.get(k, {self.game.actions(k)[0]: Fraction(1)}) for k in self.game.information_sets}


def _number(weight: tuple[Fraction, Variable | None], point: Point) -> Fraction:
    return weight[0] * (1 if weight[1] is None else point[weight[1]])


def _minus(left: Row, right: Row) -> Row:
    gap = {x: left[0].get(x, Fraction(0)) - right[0].get(x, Fraction(0)) for x in {**left[0], **right[0]}}
    return {x: c for x, c in gap.items() if c}, left[1] - right[1]


def _is_unique(variable: Variable, value: Fraction, equal: list[Row], least: list[Row]) -> bool:
    ends = [maximise({variable: Fraction(s)}, [r for r in equal if r[0] or r[1]], least) for s in (1, -1)]
    return all(end is not None and end[variable] == value for end in ends)
