"""Beliefs held in common: products over the other players, carried on by Bayes' rule along each one's own moves.

With observed actions a public history fixes each player's own sequence of moves, and "no signalling what you
don't know" says that the belief about a player depends on that sequence alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations
from typing import Any

from .base import Violation, odds, show
from .numeric import Beliefs, Key, NumericGame, Sequence, Strategy

Belief = Mapping[Any, Fraction]


def check_common_beliefs(game: NumericGame, strategy: Strategy, beliefs: Beliefs) -> list[Violation]:
    """Conditions 2-4 for every player's belief about every other."""
    found: list[Violation] = []
    for player in game.players:
        found += _check_beliefs_about(game, strategy, beliefs, player)
    return found + _check_products(game, strategy, beliefs)


def _check_products(game: NumericGame, strategy: Strategy, beliefs: Beliefs) -> list[Violation]:
    """Beliefs are products over the others' types, times what happens unseen within the stage."""
    found = []
    for key, nodes in game.information_sets.items():
        start = game.start(key[0], key[-1])
        about = {p: marginal(game, beliefs, key, p) for p in game.players if p != key[0]}
        for index, profile in nodes:
            weight = Fraction(1)
            for player, own in zip(game.players, profile, strict=True):
                weight *= about[player][own] if player != key[0] else 1
            for place, action in game.between(start, index):
                weight *= odds(game, strategy, (place.index, profile), action)
            if weight != beliefs[key].get((index, profile), 0):
                found.append(
                    Violation("belief", key, f"not a product of beliefs about each other player: {show(beliefs[key])}")
                )
                break
    return found


def marginal(game: NumericGame, beliefs: Beliefs, key: Key, player: str) -> dict[Any, Fraction]:
    """What an information set believes about another player's type."""
    seat, about = game.seat(player), dict.fromkeys(game.types[player], Fraction(0))
    for (_, profile), weight in beliefs[key].items():
        about[profile[seat]] += weight
    return about


def _check_beliefs_about(game: NumericGame, strategy: Strategy, beliefs: Beliefs, player: str) -> list[Violation]:
    """One belief for each sequence of the player's own moves, and Bayes' rule from each to the next."""
    found, stated = [], {}  # type: list[Violation], dict[Sequence, tuple[Key, Belief]]
    for key in game.information_sets:
        if key[0] == player:
            continue
        sequence = game.sequence(player, game.start(key[0], key[-1]))
        here = marginal(game, beliefs, key, player)
        first, known = stated.setdefault(sequence, (key, here))
        if known != here:
            found.append(Violation("belief", key, f"believes {show(here)} of {player}, but {first} {show(known)}"))
    tree = sequences(game, player)
    believed = {s: b for s, (_, b) in stated.items()}
    prior = game.marginals[player]
    if believed.get((), prior) != prior:
        found.append(Violation("belief", stated[()][0], f"the belief about {player} at the start is not the prior"))
    found += _follow(game, strategy, player, (), prior, tree, stated)
    return found


def sequences(game: NumericGame, player: str) -> dict[Sequence, list[Sequence]]:
    """The player's own sequences of moves, each with those one move longer."""
    tree: dict[Sequence, list[Sequence]] = {(): []}
    for place in game.places:
        if place.player == player:
            for action in place.actions:
                before = game.sequence(player, place.index)
                longer = (*before, (str(place.label), action))
                if longer not in tree:
                    tree[longer] = []
                    tree[before].append(longer)
    return tree


def likelihood(game: NumericGame, strategy: Strategy, player: str, sequence: Sequence) -> dict[Any, Fraction]:
    """Each type's probability of the last action of a sequence."""
    label, action = sequence[-1]
    return {own: Fraction(strategy[game.key(player, own, label)].get(action, 0)) for own in game.types[player]}


def bayes(belief: Belief, chances: Belief) -> dict[Any, Fraction] | None:
    """The posterior, None where the observation has probability zero."""
    total = sum((belief[t] * chances[t] for t in belief), Fraction(0))
    return {t: belief[t] * chances[t] / total for t in belief} if total else None


def _follow(
    game: NumericGame, strategy: Strategy, player: str, at: Sequence, belief: Belief | None, tree: Any, stated: Any
) -> list[Violation]:
    """Walk down the sequences with the belief held at `at`; None: free and written nowhere."""
    if belief is None:
        believed = {s: b for s, (_, b) in stated.items()}
        if not _some_common_origin(game, strategy, player, at, tree, believed):
            key = next(k for s, (k, _) in stated.items() if s[: len(at)] == at)
            return [Violation("belief", key, f"no single belief about {player} after {at} leads to the later beliefs")]
    found = []
    for longer in tree[at]:
        implied = bayes(belief, likelihood(game, strategy, player, longer)) if belief is not None else None
        key, written = stated.get(longer, (None, None))
        if implied is not None and written is not None and implied != written:
            found.append(
                Violation("belief", key, f"Bayes' rule gives {show(implied)} of {player}, not {show(written)}")
            )
        if belief is not None or written is not None:
            found += _follow(game, strategy, player, longer, written or implied, tree, stated)
        else:
            found += _written_below(game, strategy, player, longer, tree, stated)
    return found


def _written_below(
    game: NumericGame, strategy: Strategy, player: str, at: Sequence, tree: Any, stated: Any
) -> list[Violation]:
    """Resume the walk at the first written beliefs below an unwritten one."""
    found = []
    for longer in tree[at]:
        if longer in stated:
            found += _follow(game, strategy, player, longer, stated[longer][1], tree, stated)
        else:
            found += _written_below(game, strategy, player, longer, tree, stated)
    return found


def _some_common_origin(
    game: NumericGame, strategy: Strategy, player: str, at: Sequence, tree: Any, believed: Any
) -> bool:
    """Whether one free belief after `at` explains all the written beliefs below it by Bayes' rule."""
    types = game.types[player]
    for size in range(len(types), 0, -1):
        for support in combinations(types, size):
            seen: list[tuple[Belief, Belief]] = []
            flow = {t: Fraction(int(t in support)) for t in types}
            if _gather(game, strategy, player, at, flow, tree, believed, seen) and _proportional(types, seen):
                return True
    return False


def _gather(
    game: NumericGame, strategy: Strategy, player: str, at: Sequence, flow: Belief, tree: Any, believed: Any, seen: Any
) -> bool:
    """Collect (likelihood since the origin, written belief) pairs; a sequence without flow starts afresh."""
    for longer in tree[at]:
        chances = likelihood(game, strategy, player, longer)
        through = {t: flow[t] * chances[t] for t in flow}
        if not any(through.values()):
            if longer not in believed and not _some_common_origin(game, strategy, player, longer, tree, believed):
                return False
        elif longer in believed:
            seen.append((through, believed[longer]))
        elif not _gather(game, strategy, player, longer, through, tree, believed, seen):
            return False
    return True


def _proportional(types: Any, seen: list[tuple[Belief, Belief]]) -> bool:
    """Whether weights exist on all types with weight x likelihood proportional to the written belief, for each pair."""
    ratios: list[dict[Any, Fraction]] = []
    for chances, written in seen:
        if any((chances[t] > 0) != (written[t] > 0) for t in types):
            return False
        group = {t: written[t] / chances[t] for t in types if written[t] > 0}
        for other in [r for r in ratios if set(r) & set(group)]:
            shared = next(iter(set(other) & set(group)))
            scaled = {t: w * group[shared] / other[shared] for t, w in other.items()}
            if any(scaled[t] != group[t] for t in set(scaled) & set(group)):
                return False
            group.update(scaled)
            ratios.remove(other)
        ratios.append(group)
    return True
