"""All perfect Bayesian equilibria of a game with numbers, support by support.

A *support* says for each information set which actions have positive probability.  Each support is decided:
'empty', 'point' (one strategy), 'family' (a continuum of strategies) or, only with three or more players,
'unresolved'.  Supports are cut in three sound steps: actions that are worse at every node whatever follows;
then, for each player and label from the last to the first, what no play and belief about the other can make
optimal for all its types at once; then the linear programmes of `flows` for every pair of what is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations, product
from typing import Any

from .check import check_perfect_bayesian
from .exists import Assessment, perfect_bayesian_beliefs
from .flows import NOTHING, Blocks, NotLinearError, Outline, Play, Weight
from .linear import Row, interior
from .numeric import Key, Node, NumericGame, Sequence, Strategy

Support = Mapping[Key, tuple[str, ...]]


@dataclass(frozen=True)
class Found:
    """A support that holds equilibria, with one of them; `status` is 'point', 'family' or 'unresolved'."""

    support: Support
    status: str
    strategy: Strategy
    beliefs: Assessment

    @property
    def family(self) -> bool:
        """Whether the support holds a continuum of strategies."""
        return self.status == "family"

    def holds(self, strategy: Strategy) -> bool:
        """Whether a strategy has this support (and, for a point, is this one)."""
        same = all({a for a, w in strategy[k].items() if w} == set(actions) for k, actions in self.support.items())
        if not same or self.status != "point":
            return same
        return all(
            strategy[k].get(a, 0) == self.strategy[k].get(a, 0) for k, actions in self.support.items() for a in actions
        )


@dataclass(frozen=True)
class Enumeration:
    """The supports that are not empty, and how many were looked at in each way."""

    found: tuple[Found, ...]
    live: Mapping[Key, tuple[str, ...]]
    counts: Mapping[str, int]

    @property
    def complete(self) -> bool:
        """Whether every support was decided."""
        return all(f.status != "unresolved" for f in self.found)

    @property
    def statuses(self) -> dict[frozenset[tuple[Key, frozenset[str]]], str]:
        """Status by support, in a form that `support_of` gives for any strategy."""
        return {support_of(f.support): f.status for f in self.found}

    def matching(self, strategy: Strategy) -> Found | None:
        """The entry that a strategy belongs to."""
        return next((f for f in self.found if f.holds(strategy)), None)


def support_of(play: Mapping[Key, Any]) -> frozenset[tuple[Key, frozenset[str]]]:
    """The support of a strategy (zeros left out; symbols count as positive), or a support as it is."""
    pairs = []
    for key, how in play.items():
        used = [a for a, w in how.items() if w != 0] if isinstance(how, Mapping) else how
        pairs.append((key, frozenset(used)))
    return frozenset(pairs)


def enumerate_perfect_bayesian(game: NumericGame, check: bool = True, prune: bool = True) -> Enumeration:
    """Every perfect Bayesian equilibrium; with `check` each representative goes through the checker.

    Without `prune` every support is decided by the linear programmes alone.
    """
    outline = Outline(game)
    live = undominated(game) if prune else {key: game.actions(key) for key in game.information_sets}
    lists = [list(_choices(outline, live, player, prune)) for player in game.players]
    found, tried = [], 0
    for combination in product(*lists):
        tried += 1
        support = {key: actions for part in combination for key, actions in part.items()}
        entry = decide(outline, support, live)
        if entry is None:
            continue
        if check and entry.status != "unresolved":
            wrong = check_perfect_bayesian(game, entry.strategy, entry.beliefs)
            assert not wrong, (support, wrong)
        found.append(entry)
    total = 1
    for actions in live.values():
        total *= 2 ** len(actions) - 1
    return Enumeration(
        tuple(found), live, {"supports after dominance": total, "after labels": tried, "found": len(found)}
    )


def decide(outline: Outline, support: Support, live: Mapping[Key, tuple[str, ...]] | None = None) -> Found | None:
    """What a support holds; None if it is empty."""
    blocks, roots, linear = Blocks(Play(outline, support), live), [], True
    for player in outline.game.players:
        try:
            roots.append(blocks.parts(player, ()))
        except NotLinearError:
            linear = False
        if roots and not roots[-1]:
            return None
    if not linear:
        return Found(support, "unresolved", {}, {})
    strategy: dict[Key, Mapping[str, Fraction]] = {k: {a[0]: Fraction(1)} for k, a in support.items() if len(a) == 1}
    for parts in roots:
        strategy.update(parts[0].strategy)
    status = "family" if any(part.family for parts in roots for part in parts) else "point"
    beliefs = perfect_bayesian_beliefs(outline.game, strategy, outline)
    assert beliefs, ("no beliefs for", strategy)
    return Found(support, status, strategy, beliefs)


# ------------------------------------------------------------------ dominance


def undominated(game: NumericGame) -> dict[Key, tuple[str, ...]]:
    """Drop, round by round, actions that are worse than another at every node, whatever is played afterwards."""
    live = {key: game.actions(key) for key in game.information_sets}
    while True:
        smaller = {
            key: tuple(a for a in actions if not _is_dominated(game, live, key, a)) for key, actions in live.items()
        }
        if smaller == live:
            return live
        live = smaller


def _is_dominated(game: NumericGame, live: Mapping[Key, tuple[str, ...]], key: Key, action: str) -> bool:
    return any(
        all(_is_worse(game, live, key, node, action, rival) for node in game.information_sets[key])
        for rival in live[key]
        if rival != action
    )


def _is_worse(
    game: NumericGame, live: Mapping[Key, tuple[str, ...]], key: Key, node: Node, action: str, rival: str
) -> bool:
    place, profile = game.places[node[0]], node[1]
    best = max(_reachable(game, live, (place.child(action), profile), key[0]))
    return best < min(_reachable(game, live, (place.child(rival), profile), key[0]))


def _reachable(game: NumericGame, live: Mapping[Key, tuple[str, ...]], node: Node, player: str) -> list[Fraction]:
    """The extreme payoffs over all that may still be played."""
    place = game.places[node[0]]
    if place.kind == "leaf":
        return [place.payoffs[player, node[1]]]
    below = {a: _reachable(game, live, (i, node[1]), player) for a, i in place.branches}
    if place.kind == "chance":
        pairs = list(zip(place.odds, below.values(), strict=True))
        return [sum((p * f(v) for p, v in pairs), Fraction(0)) for f in (min, max)]
    values = [v for a in live[game.key_at(node)] for v in below[a]]
    return [min(values), max(values)]


# ------------------------------------------------------------------ label by label


def _choices(outline: Outline, live: Mapping[Key, tuple[str, ...]], player: str, prune: bool) -> Iterator[Support]:
    """The player's supports, the labels met last first, each bounded over all play of the other."""
    game = outline.game
    labels = [label for owner, label in game.labels if owner == player]
    labels.sort(key=lambda label: -len(game.sequence(player, game.labels[player, label][0])))
    partial: list[dict[Key, tuple[str, ...]]] = [{}]
    for label in labels:
        keys = [game.key(player, t, label) for t in game.types[player]]
        partial = [
            {**done, **dict(zip(keys, pick, strict=True))}
            for done in partial
            for pick in product(*(subsets(live[key]) for key in keys))
            if not prune or _is_possible(outline, live, {**done, **dict(zip(keys, pick, strict=True))}, keys)
        ]
    yield from partial


def subsets(actions: tuple[str, ...]) -> list[tuple[str, ...]]:
    """All supports over some actions."""
    return list(chain.from_iterable(combinations(actions, n) for n in range(1, len(actions) + 1)))


def _is_possible(outline: Outline, live: Mapping[Key, tuple[str, ...]], support: Support, keys: list[Key]) -> bool:
    """Whether some play and belief about the other make these supports optimal for all types at a label at once."""
    if all(len(live[key]) == 1 for key in keys):
        return True
    relaxed = _Relaxed(outline, live, support)
    equal, least = [], []  # type: list[Row], list[Row]
    for key in keys:
        for better, worse, same in relaxed.play.comparisons(key, live):
            try:
                (equal if same else least).append(relaxed.play.row(key, better, worse, relaxed.weigh))
            except NotLinearError:
                return True
    return interior([*equal, *relaxed.conservation()], least, []) is not None


class _Relaxed:
    """Any live play of the others from a public history on, starting from any belief."""

    def __init__(self, outline: Outline, live: Mapping[Key, tuple[str, ...]], support: Support) -> None:
        self.play, self.game, self.live = Play(outline, support), outline.game, live
        self.starts: dict[tuple[str, Sequence], None] = {}
        self.used: dict[tuple[Any, Sequence], Any] = {}
        self.steps = outline.steps

    def weigh(self, other: str, own: Any, before: Sequence, after: Sequence) -> Weight:
        """A variable for each type and sequence."""
        self.starts[other, before] = None
        for label, action in after[len(before) :]:
            if action not in self.live[self.game.key(other, own, label)]:
                return NOTHING
        return Fraction(1), (other, own, after)

    def conservation(self) -> list[Row]:
        """Weights at the start add up to one, and split over the live actions afterwards."""
        rows: list[Row] = []
        for other, before in self.starts:
            types = self.game.types[other]
            prior = self.game.marginals[other]
            rows.append(({(other, t, before): Fraction(1) for t in types}, Fraction(-1)))
            if before == ():
                rows += [({(other, t, before): Fraction(1)}, -prior[t]) for t in types]
            for t in types:
                rows += self._split(other, t, before)
        return rows

    def _split(self, other: str, own: Any, sequence: Sequence) -> list[Row]:
        rows: list[Row] = []
        for label in self.steps[other].get(sequence, {}):
            longer = [(*sequence, (label, a)) for a in self.live[self.game.key(other, own, label)]]
            row: dict[Any, Fraction] = {(other, own, s): Fraction(1) for s in longer} | {
                (other, own, sequence): Fraction(-1)
            }
            rows.append((row, Fraction(0)))
            for s in longer:
                rows += self._split(other, own, s)
        return rows
