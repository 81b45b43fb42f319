"""Which supports hold an equilibrium at all: the definitions as polynomial constraints, put to z3 one support each.

No search, no linear programme, no elimination: strategies and beliefs are unknowns, Bayes' rule is an equation
that is void where its weight is zero.  Types may be correlated and moves hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import z3

from .enumerate import subsets, undominated
from .numeric import Key, NumericGame

MILLISECONDS = 500
ZERO, ONE = z3.RealVal(0), z3.RealVal(1)
Support = Mapping[Key, tuple[str, ...]]


def supports(game: NumericGame) -> Iterator[Support]:
    """Every profile of supports."""
    keys = list(game.information_sets)
    each = [subsets(game.actions(k)) for k in keys]
    for picks in product(*each):
        yield dict(zip(keys, picks, strict=True))


def holding(game: NumericGame, concept: str, rule: str = "free") -> dict[frozenset[Any], bool | None]:
    """The supports that are not refuted, and whether an equilibrium was found (None: z3 gave up)."""
    found: dict[frozenset[Any], bool | None] = {}
    for support in supports(game):
        solver = z3.Solver()
        solver.set("timeout", MILLISECONDS)
        solver.add(Unknowns(game, support).constraints(concept, rule))
        answer = solver.check()
        if answer != z3.unsat:
            found[frozenset((k, frozenset(a)) for k, a in support.items())] = True if answer == z3.sat else None
    return found


def real(number: Fraction) -> z3.ArithRef:
    """A fraction as z3's number."""
    return z3.RealVal(f"{number.numerator}/{number.denominator}")


class Unknowns:
    """The unknowns of one support, and what each definition asks of them."""

    def __init__(self, game: NumericGame, support: Support) -> None:
        self.game, self.support = game, support
        self.ranges: list[Any] = []
        self.play = {key: self._row(key) for key in game.information_sets}

    def _row(self, key: Key) -> dict[str, Any]:
        used = self.support[key]
        if len(used) == 1:
            return {a: ONE if a in used else ZERO for a in self.game.actions(key)}
        row = {a: z3.Real(f"x {key} {a}") if a in used else ZERO for a in self.game.actions(key)}
        self.ranges += [*(row[a] > 0 for a in used), z3.Sum([row[a] for a in used]) == 1]
        return row

    def constraints(self, concept: str, rule: str) -> list[Any]:
        """All that must hold."""
        beliefs = self._weak() if concept == "weak" else self._common(rule)
        return [*self.ranges, *self._rational(beliefs)]

    # -- payoffs ---------------------------------------------------------------------------------

    def value(self, index: int, profile: Any, player: str) -> Any:
        """What a player expects from a position on."""
        place = self.game.places[index]
        if place.kind == "leaf":
            return real(place.payoffs[player, profile])
        if place.kind == "chance":
            shares = dict(zip(place.actions, map(real, place.odds), strict=True))
        else:
            shares = self.play[self.game.key_at((index, profile))]
        return z3.Sum([shares[a] * self.value(child, profile, player) for a, child in place.branches])

    def _rational(self, beliefs: Mapping[Key, Mapping[Any, Any]]) -> Iterator[Any]:
        for key, nodes in self.game.information_sets.items():
            worth = {
                a: z3.Sum([beliefs[key][n] * self.value(self.game.places[n[0]].child(a), n[1], key[0]) for n in nodes])
                for a in self.game.actions(key)
            }
            first = self.support[key][0]
            for a, w in worth.items():
                yield w == worth[first] if a in self.support[key] else w <= worth[first]

    # -- beliefs ---------------------------------------------------------------------------------

    def _chance(self, steps: Any, profile: Any, but: str) -> Any:
        """Probability of some steps, the moves of one player left out."""
        total = ONE
        for index, action in steps:
            place = self.game.places[index]
            if place.kind == "chance":
                total = total * real(place.odds[place.actions.index(action)])
            elif place.player != but:
                total = total * self.play[self.game.key_at((index, profile))][action]
        return total

    def _weak(self) -> dict[Key, dict[Any, Any]]:
        """Conditions 1 and 2: each information set its own belief, carried on along the player's own moves."""
        beliefs = {k: {n: z3.Real(f"m {k} {n}") for n in nodes} for k, nodes in self.game.information_sets.items()}
        for key, row in beliefs.items():
            weights = {n: self._carried(key, n, beliefs) for n in row}
            self._bayes(row, weights)
        return beliefs

    def _carried(self, key: Key, node: Any, beliefs: Mapping[Key, Mapping[Any, Any]]) -> Any:
        index, profile = node
        path = self.game.places[index].path
        own = [k for k, (i, _) in enumerate(path) if self.game.places[i].player == key[0]]
        if not own:
            return real(self.game.prior[profile]) * self._chance(path, profile, key[0])
        before = (path[own[-1]][0], profile)
        return beliefs[self.game.key_at(before)][before] * self._chance(path[own[-1] + 1 :], profile, key[0])

    def _bayes(self, row: Mapping[Any, Any], weights: Mapping[Any, Any]) -> Any:
        """Bayes' rule where the weights are not all zero; returns their sum."""
        total = z3.Sum(list(weights.values()))
        self.ranges += [*(m >= 0 for m in row.values()), z3.Sum(list(row.values())) == 1]
        self.ranges += [row[n] * total == weights[n] for n in row]
        return total

    def _common(self, rule: str) -> dict[Key, dict[Any, Any]]:
        """Conditions 1-4: one belief about each player after each of its own sequences of moves."""
        about = {p: self._about(p, rule) for p in self.game.players}
        beliefs: dict[Key, dict[Any, Any]] = {}
        for key, nodes in self.game.information_sets.items():
            start = self.game.start(key[0], key[-1])
            beliefs[key] = {}
            for index, profile in nodes:
                weight = self._chance([(p.index, a) for p, a in self.game.between(start, index)], profile, key[0])
                for player, own in zip(self.game.players, profile, strict=True):
                    if player != key[0]:
                        weight = weight * about[player][self.game.sequence(player, start)][own]
                beliefs[key][index, profile] = weight
        return beliefs

    def _about(self, player: str, rule: str) -> dict[Any, dict[Any, Any]]:
        types = self.game.types[player]
        table: dict[Any, dict[Any, Any]] = {(): {t: real(w) for t, w in self.game.marginals[player].items()}}
        sequences = {self.game.sequence(player, place.index) for place in self.game.places}
        longer = {s[:n] for s in sequences for n in range(1, len(s) + 1)}
        for sequence in sorted(longer, key=len):
            label, action = sequence[-1]
            before = table[sequence[:-1]]
            row = {t: z3.Real(f"b {player} {sequence} {t}") for t in types}
            share = {t: before[t] * self.play[self.game.key(player, t, label)][action] for t in types}
            total = self._bayes(row, share)
            table[sequence] = row
            if rule != "free":
                self._passive(player, label, action, total, before, row, rule)
        return table

    def _passive(self, player: str, label: str, action: str, total: Any, before: Any, row: Any, rule: str) -> None:
        """After a surprise the belief before stands, perhaps restricted to types for which it is not dominated."""
        live = undominated(self.game)
        keep = {t for t in row if rule == "passive" or action in live[self.game.key(player, t, label)]}
        kept = z3.Sum([before[t] for t in keep] or [ZERO])
        for t in row:
            restricted = row[t] * kept == (before[t] if t in keep else ZERO)
            self.ranges.append(z3.Implies(z3.And(total == 0, kept > 0), restricted))
            self.ranges.append(z3.Implies(z3.And(total == 0, kept == 0), row[t] == before[t]))
