"""Incentives as linear rows in what the other player's types may do.

Fix for each information set either the probabilities or the support.  The play of one player, seen by the
others, is a *flow* for each of its types: the probability of the type times that of its own actions so far.
A public history that only a surprise of that player reaches starts a new flow, whose weights at the start are
the free belief about its type.  Each stretch from such a start to the next surprise is a *block*.  With two
players every incentive constraint is linear in the flows of one block, so that a support either holds an
equilibrium or it does not, and a linear programme says which.

The player's own later play enters through one action of its support: with beliefs carried on, the others in
the support are worth the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain, combinations
from typing import Any

from .linear import Point, Row, Variable, interior, maximise
from .numeric import Key, NumericGame, Sequence

Odds = Mapping[str, Fraction]
Weight = tuple[Fraction, Variable | None]
NOTHING: Weight = (Fraction(0), None)


class NotLinearError(Exception):
    """An incentive constraint multiplies two unknown quantities."""


@dataclass(frozen=True)
class Ending:
    """A leaf below a move: own later (label, action) pairs, each other player's moves, and what it is worth.

    `worth` holds for each own type the profiles of types, each with the payoff times the probability of chance.
    """

    later: Sequence
    others: Mapping[str, Sequence]
    worth: Mapping[Any, list[tuple[Any, Fraction]]]


class Outline:
    """What does not change while supports vary: the endings below each action of each label."""

    def __init__(self, game: NumericGame) -> None:
        if not game.observed_actions or not game.independent:
            raise ValueError("common beliefs are defined for observed actions and independent types only")
        self.game = game
        self.endings = {mark: self._endings(*mark) for mark in game.labels}
        self.origin = {mark: self._origin(*mark) for mark in game.labels}

    def _origin(self, player: str, label: str) -> dict[str, Sequence]:
        start = self.game.start(player, label)
        return {other: self.game.sequence(other, start) for other in self.game.players if other != player}

    def _endings(self, player: str, label: str) -> dict[str, list[Ending]]:
        game, start = self.game, self.game.start(player, label)
        where = self.game.labels[player, label]
        found: dict[str, list[Ending]] = {action: [] for action in game.places[where[0]].actions}
        for leaf in game.places:
            own = next(((i, a) for i, a in leaf.path if i in where), None)
            if leaf.kind != "leaf" or own is None:
                continue
            chance = Fraction(1)
            for place, action in game.between(start, leaf.index):
                chance *= place.odds[place.actions.index(action)] if place.kind == "chance" else 1
            later = [(str(p.label), a) for p, a in game.between(own[0], leaf.index)[1:] if p.player == player]
            others = {other: game.sequence(other, leaf.index) for other in game.players if other != player}
            worth: dict[Any, list[tuple[Any, Fraction]]] = {own_type: [] for own_type in game.types[player]}
            for profile in game.profiles:
                worth[profile[game.seat(player)]].append((profile, chance * leaf.payoffs[player, profile]))
            found[own[1]].append(Ending(tuple(later), others, worth))
        return found

    @cached_property
    def steps(self) -> dict[str, dict[Sequence, dict[str, list[str]]]]:
        """player -> own sequence -> the labels that the player may meet next -> actions."""
        table: dict[str, dict[Sequence, dict[str, list[str]]]] = {p: {} for p in self.game.players}
        for (player, label), where in self.game.labels.items():
            before = self.game.sequence(player, where[0])
            table[player].setdefault(before, {})[label] = list(self.game.places[where[0]].actions)
        return table

    @cached_property
    def asked(self) -> dict[tuple[str, Sequence], list[tuple[str, str]]]:
        """(player, own sequence) -> the labels of others at which the belief about the player is the one after it."""
        table: dict[tuple[str, Sequence], list[tuple[str, str]]] = {}
        for mark, others in self.origin.items():
            for other, sequence in others.items():
                table.setdefault((other, sequence), []).append(mark)
        return table


class Play:
    """A play of all information sets: known probabilities (a mapping) or a support to mix over (a tuple)."""

    def __init__(self, outline: Outline, behaviour: Mapping[Key, Any]) -> None:
        self.outline, self.game = outline, outline.game
        self.known: dict[Key, Odds] = {}
        self.mixed: dict[Key, tuple[str, ...]] = {}
        for key, how in behaviour.items():
            if isinstance(how, Mapping):
                self.known[key] = {a: Fraction(w) for a, w in how.items() if w}
            elif len(how) == 1:
                self.known[key] = {how[0]: Fraction(1)}
            else:
                self.mixed[key] = tuple(how)

    def support(self, key: Key) -> tuple[str, ...]:
        """The actions of positive probability."""
        return self.mixed[key] if key in self.mixed else tuple(self.known[key])

    def step(self, player: str, own: Any, weight: Weight, longer: Sequence) -> Weight:
        """The weight after one more own move."""
        label, action = longer[-1]
        key = self.game.key(player, own, label)
        if weight[0] == 0:
            return NOTHING
        if key in self.known:
            share = self.known[key].get(action, Fraction(0))
            return (weight[0] * share, weight[1]) if share else NOTHING
        return (Fraction(1), ("flow", key, action)) if action in self.mixed[key] else NOTHING

    def row(self, key: Key, better: str, worse: str, weigh: Any) -> Row:
        """Gain of one action over another; `weigh(other, type, from, to)` is the weight of the other's moves."""
        total: dict[Variable, Fraction] = {}
        constant = Fraction(0)
        for sign, action in ((1, better), (-1, worse)):
            for ending in self.outline.endings[key[0], key[-1]][action]:
                if any(self._choice(key, label) != later for label, later in ending.later):
                    continue
                for profile, payoff in ending.worth[self.game.own_type(key)]:
                    factor, variable = self._reach(key, ending, profile, weigh)
                    if not factor:
                        continue
                    value = sign * payoff * factor if factor != 1 else sign * payoff
                    if variable is None:
                        constant += value
                    else:
                        total[variable] = total.get(variable, Fraction(0)) + value
        return {x: c for x, c in total.items() if c}, constant

    def _choice(self, key: Key, label: str) -> str:
        return self.support(self.game.key(key[0], self.game.own_type(key), label))[0]

    def _reach(self, key: Key, ending: Ending, profile: Any, weigh: Any) -> Weight:
        factor, variable = Fraction(1), None
        for seat, player in enumerate(self.game.players):
            if player == key[0]:
                continue
            share, unknown = weigh(
                player, profile[seat], self.outline.origin[key[0], key[-1]][player], ending.others[player]
            )
            if share == 0:
                return NOTHING
            if unknown is not None and variable is not None:
                raise NotLinearError
            factor = share if factor == 1 else factor * share
            variable = unknown if unknown is not None else variable
        return factor, variable

    def comparisons(self, key: Key, live: Mapping[Key, tuple[str, ...]] | None = None) -> list[tuple[str, str, bool]]:
        """(action, other action, whether they must be worth the same) for each other action."""
        support = self.support(key)
        rivals = live[key] if live else self.game.actions(key)
        return [(support[0], rival, rival in support) for rival in rivals if rival != support[0]]


@dataclass(frozen=True)
class Part:
    """One way in which a block (and the blocks after its surprises) can be played."""

    strategy: Mapping[Key, Odds]
    belief: Mapping[Any, Fraction]
    family: bool


class Blocks:
    """All blocks of the flows of one play."""

    def __init__(self, play: Play, live: Mapping[Key, tuple[str, ...]] | None = None) -> None:
        self.play, self.outline, self.game, self.live = play, play.outline, play.game, live
        self._parts: dict[tuple[str, Sequence], list[Part]] = {}

    def parts(self, player: str, origin: Sequence) -> list[Part]:
        """How the block can be played: empty if in no way, and more than one entry if in several."""
        if (player, origin) not in self._parts:
            self._parts[player, origin] = self._solve(player, origin)
        return self._parts[player, origin]

    def _solve(self, player: str, origin: Sequence) -> list[Part]:
        types = self.game.types[player]
        if origin == ():
            start = {t: (w, None) if w else NOTHING for t, w in self.game.marginals[player].items()}
            part = self._pattern(player, origin, start)
            return [part] if part else []
        free: dict[Any, Weight] = {t: (Fraction(1), ("belief", player, t)) for t in types}
        if self._is_plain(player, origin):
            part = self._pattern(player, origin, free)
            return [part] if part else []
        found: list[Part] = []
        for support in chain.from_iterable(combinations(types, n) for n in range(len(types), 0, -1)):
            part = self._pattern(player, origin, {t: free[t] if t in support else NOTHING for t in types})
            if part and all(part.strategy != other.strategy for other in found):
                found.append(part)
            if part and (part.family or not self.play.mixed):
                return [part]
        return found

    def _is_plain(self, player: str, origin: Sequence) -> bool:
        """Whether only the closure matters: nothing to mix, and every possible surprise below can be answered."""
        for label, actions in self.outline.steps[player].get(origin, {}).items():
            keys = [self.game.key(player, t, label) for t in self.game.types[player]]
            if any(key in self.play.mixed for key in keys):
                return False
            for action in actions:
                longer = (*origin, (label, action))
                always = all(action in self.play.support(key) for key in keys)
                if not always and not self.parts(player, longer):
                    return False
                if not self._is_plain(player, longer):
                    return False
        return True

    def _pattern(self, player: str, origin: Sequence, start: Mapping[Any, Weight]) -> Part | None:
        """Solve a block for given types of positive weight at its start."""
        flows, exits = {origin: dict(start)}, []  # type: dict[Sequence, dict[Any, Weight]], list[Sequence]
        equal: list[Row] = []
        if origin != ():
            equal.append(({x: Fraction(1) for _, x in start.values() if x is not None}, Fraction(-1)))
        self._spread(player, origin, flows, exits, equal)
        after = [self.parts(player, sequence) for sequence in exits]
        if not all(after):
            return None
        least: list[Row] = []
        for sequence in flows:
            for mark in self.outline.asked.get((player, sequence), []):
                self._incentives(mark, player, flows, equal, least)
        plain = origin != () and self._is_plain(player, origin)
        strict = set() if plain else {x for row in flows.values() for _, x in row.values() if x is not None}
        point = interior([r for r in equal if r[0] or r[1]], _binding(least), strict)
        return None if point is None else self._part(player, origin, flows, (equal, least, strict), point, after)

    def _spread(self, player: str, sequence: Sequence, flows: Any, exits: list[Sequence], equal: list[Row]) -> None:
        for label, actions in self.outline.steps[player].get(sequence, {}).items():
            shares = {a: self._share(player, flows[sequence], (*sequence, (label, a))) for a in actions}
            for t, (weight, unknown) in flows[sequence].items():
                if weight and self.game.key(player, t, label) in self.play.mixed:
                    equal.append(
                        _conservation((weight, unknown), [shares[a][t][1] for a in actions if shares[a][t][0]])
                    )
            for action, share in shares.items():
                if any(weight for weight, _ in share.values()):
                    flows[(*sequence, (label, action))] = share
                    self._spread(player, (*sequence, (label, action)), flows, exits, equal)
                else:
                    exits.append((*sequence, (label, action)))

    def _share(self, player: str, at: Mapping[Any, Weight], longer: Sequence) -> dict[Any, Weight]:
        return {t: self.play.step(player, t, weight, longer) for t, weight in at.items()}

    def _incentives(self, mark: tuple[str, str], player: str, flows: Any, equal: list[Row], least: list[Row]) -> None:
        def weigh(other: str, own: Any, before: Sequence, after: Sequence) -> Weight:
            if other == player:
                return flows[after][own] if after in flows else NOTHING
            return self._settled(other, own, before, after)

        for own in self.game.types[mark[0]]:
            key = self.game.key(mark[0], own, mark[1])
            for better, worse, same in self.play.comparisons(key, self.live):
                try:
                    (equal if same else least).append(self.play.row(key, better, worse, weigh))
                except NotLinearError:
                    if any(x is not None for weights in flows.values() for _, x in weights.values()):
                        raise  # otherwise the row belongs to the block of the player whose play is unknown

    def _settled(self, player: str, own: Any, before: Sequence, after: Sequence) -> Weight:
        """The weight of a third player's moves, which must be known here."""
        weight: Weight = (self.game.marginals[player][own], None)
        if before and len(self.game.types[player]) > 1:
            weight = self._third_belief(player, before)[own]
        for k in range(len(before), len(after)):
            weight = self.play.step(player, own, weight, after[: k + 1])
        if weight[1] is not None:
            raise NotLinearError
        return weight

    def _third_belief(self, player: str, sequence: Sequence) -> dict[Any, Weight]:
        weights: dict[Any, Weight] = {t: (w, None) for t, w in self.game.marginals[player].items()}
        for k in range(len(sequence)):
            weights = {t: self.play.step(player, t, weight, sequence[: k + 1]) for t, weight in weights.items()}
        if any(x is not None for _, x in weights.values()) or not any(w for w, _ in weights.values()):
            raise NotLinearError
        return weights

    # -------------------------------------------------------------- the solution of a block

    def _part(
        self, player: str, origin: Sequence, flows: Any, rows: Any, point: Point, after: list[list[Part]]
    ) -> Part:
        strategy: dict[Key, Odds] = {}
        family = any(len(parts) > 1 or parts[0].family for parts in after)
        for parts in after:
            strategy.update(parts[0].strategy)
        for sequence, weights in flows.items():
            for label in self.outline.steps[player].get(sequence, {}):
                for t, weight in weights.items():
                    key = self.game.key(player, t, label)
                    if key in self.play.mixed and weight[0] == 0:
                        strategy[key], family = self._uniform(key), True
                    elif key in self.play.mixed:
                        strategy[key] = {
                            a: _worth((Fraction(1), ("flow", key, a)), point) / _worth(weight, point)
                            for a in self.play.mixed[key]
                        }
                        family = family or any(
                            not _is_constant(("flow", key, a), weight, strategy[key][a], rows)
                            for a in self.play.mixed[key]
                        )
        belief = {t: _worth(weight, point) for t, weight in flows[origin].items()}
        return Part(strategy, belief, family)

    def _uniform(self, key: Key) -> Odds:
        support = self.play.mixed[key]
        return {action: Fraction(1, len(support)) for action in support}


def _conservation(weight: Weight, shares: list[Variable | None]) -> Row:
    row: dict[Variable, Fraction] = {x: Fraction(-1) for x in shares}
    if weight[1] is None:
        return row, weight[0]
    return row | {weight[1]: weight[0]}, Fraction(0)


def _worth(weight: Weight, point: Point) -> Fraction:
    return weight[0] * (point.get(weight[1], Fraction(0)) if weight[1] is not None else 1)


def _binding(rows: list[Row]) -> list[Row]:
    """The inequalities that do not hold for all non-negative weights anyway."""
    return [row for row in rows if row[1] < 0 or any(c < 0 for c in row[0].values())]


def _is_constant(flow: Variable, weight: Weight, share: Fraction, rows: Any) -> bool:
    """Whether flow = share x weight throughout the block's solutions."""
    equal, least, _ = rows
    goal: dict[Variable, Fraction] = {flow: Fraction(1)}
    shift = share * weight[0]
    if weight[1] is not None:
        goal[weight[1]] = -shift
        shift = Fraction(0)
    for sign in (1, -1):
        best = maximise({x: sign * c for x, c in goal.items()}, [r for r in equal if r[0] or r[1]], _binding(least))
        if best is None or sum(c * best[x] for x, c in goal.items()) != shift:
            return False
    return True
