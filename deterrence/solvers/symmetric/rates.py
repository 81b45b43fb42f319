"""Players who are alike but mix between two actions with different probabilities, while the others act for sure.

The gain of a player from the first action is linear in the probability of any other.  If two of them mix
differently, it therefore vanishes whatever one of the two does; with r different probabilities r gains
vanish, those from the first action when 0 to r - 1 more of the others take it for sure and one player of
each group is left out.  Most games rule that out by the signs of the gains.  A group of one is left out
of all these equations, so that there are more of them than unknowns: then, unless the equations depend on
one another, the parameters must satisfy an equation.  Two groups of two have a closed form.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

import sympy as sp

from deterrence.games.symmetric import SymmetricGame
from deterrence.polynomials import tidy
from deterrence.profile import ProfileEquilibrium
from deterrence.regions import Region
from deterrence.regions.coordinates import coordinates
from deterrence.regions.formula import compare_zero
from deterrence.regions.logic import conjunction
from deterrence.solvers.levels.algebraic_points import AlgebraicPoint, points

__all__ = ["pair_of_rates", "several_rates"]

MOST_PLAYERS = 6
WORDS = ("", "other ", "more ")
LATE = "not complete: n = {}: of players who mix with different probabilities {} were not searched"
BEYOND = "not complete: n = {}: it is not ruled out that some players mix with different probabilities"
KNIFE = (
    "not complete on knife-edges: where an equation among the parameters holds, more players may mix, also with"
    " different probabilities"
)


def several_rates(game: SymmetricGame) -> tuple[list[ProfileEquilibrium], list[str]]:
    """Such equilibria of a game without roles and with two actions, and notes on what was not searched."""
    gains = _Gains(game)
    edges = [KNIFE] if any(v.free_symbols for v in gains.values) else []
    if gains.rule_out_all:
        return [], edges
    if game.players > MOST_PLAYERS:
        return [], [BEYOND.format(game.players), *edges]
    records: list[ProfileEquilibrium] = []
    left: list[str] = []
    for case in _cases(gains):
        found = case.records()
        if found is None:
            left.append(case.words)
        else:
            records += found
    notes = [LATE.format(game.players, "; ".join(dict.fromkeys(left)))] if left else []
    return records, [*notes, *edges]


def pair_of_rates(game: SymmetricGame) -> list[ProfileEquilibrium]:
    """Of two players the knife-edge on which neither action is better, whatever the other does: any two rates."""
    gains = _Gains(game)
    known = game.assumptions
    condition = conjunction(*(compare_zero("==", g, known) for g in gains.values))
    if condition is False or Region(condition, known).is_empty(seconds=1, certify=False).proved:
        return []
    case = _Case(gains, 0, (1, 1))
    rates = tuple(sp.Symbol(f"Pr({game.actions[0]} | {who})", real=True) for who in ("first", "second"))
    scope = known.extend(distributions=[(p,) for p in rates])
    open_rates = dict(zip(case.rates, rates, strict=True))
    return [
        case._record(
            open_rates, Region(condition, known), status="knife-edge", free=rates,
            facts={"whole condition": Region(condition, known) & Region(True, scope)},
        )
    ]  # fmt: skip


class _Gains:
    """What the first of two actions gains when a number of the others take it."""

    def __init__(self, game: SymmetricGame) -> None:
        self.game = game
        self.first, self.second = game.actions
        self.values = [tidy(self.worth(j) - self.worth(j, self.second)) for j in range(game.players)]

    def worth(self, taking: int, action: str | None = None) -> sp.Expr:
        """What an action, the first unless another is named, is worth when so many others take the first."""
        others = {self.first: taking, self.second: self.game.players - 1 - taking}
        return self.game.payoff_of(action or self.first, others)

    @cached_property
    def signs(self) -> list[int]:
        """1 or -1 where a gain is known to be positive or negative."""
        known = self.game.assumptions
        sign, found = coordinates(known).sign, []
        for value in self.values:
            num, den = known.ring.fraction(value)
            product = sign(num) * sign(den)
            found.append(product if abs(product) == 1 else 0)
        return found

    @property
    def rule_out_all(self) -> bool:
        """Whether no expected gain can vanish both here and with one more of the others who takes the action."""
        return any(set(part) in ({1}, {-1}) for part in (self.signs[1:], self.signs[:-1]))


@dataclass(frozen=True)
class _Case:
    """Groups of so many who mix, each at its own rate, while `sure` others take the first action for sure."""

    gains: _Gains
    sure: int
    sizes: tuple[int, ...]

    @property
    def idle(self) -> int:
        """How many take the second action for sure."""
        return int(self.gains.game.players) - self.sure - sum(self.sizes)

    @property
    def words(self) -> str:
        """The case for a reader."""
        groups = " and ".join(map(str, self.sizes))
        acting = zip((self.sure, self.idle), self.gains.game.actions, strict=True)
        others = " and ".join(f"{n} take {a}" for n, a in acting if n)
        return f"groups of {groups}" + (f" while {others}" if others else "")

    @cached_property
    def rates(self) -> tuple[sp.Symbol, ...]:
        """The probability of the first action, by group."""
        return sp.symbols(f"rate1:{len(self.sizes) + 1}", real=True)

    def number(self, sizes: tuple[int, ...]) -> list[sp.Expr]:
        """The probabilities that 0, 1, ... of so many players of each group take the first action."""
        z = sp.Dummy("z")
        drawn = sp.Mul(*((1 - p + p * z) ** m for p, m in zip(self.rates, sizes, strict=True)))
        return sp.Poly(drawn, z).all_coeffs()[::-1]

    def expected(self, chances: list[sp.Expr], shift: int) -> sp.Expr:
        """The expected gain when the players that `chances` speaks of draw, and `shift` more take the first action."""
        gains = self.gains.values
        return sp.Add(*(chance * gains[shift + k] for k, chance in enumerate(chances)))

    @cached_property
    def equations(self) -> list[sp.Expr]:
        """What vanishes: one player of each group left out, 0 to r - 1 more who take the first action."""
        chances = self.number(tuple(m - 1 for m in self.sizes))
        return [sp.expand(self.expected(chances, self.sure + j)) for j in range(len(self.sizes))]

    def records(self) -> list[ProfileEquilibrium] | None:
        """Every equilibrium of the case off the knife-edges; None if they were not searched."""
        if self._signs_rule_out():
            return []
        unknown = [p for p, m in zip(self.rates, self.sizes, strict=True) if m > 1]
        if len(unknown) < len(self.sizes):
            return [] if self._too_many_equations(unknown) else None
        if self.sizes == (2, 2):
            return self._two_and_two()
        if all(v.is_Rational for v in self.gains.values):
            found = points(self.equations, unknown)
            return None if found is None else [self._at(p) for p in found if self._holds(p)]
        return None

    def _signs_rule_out(self) -> bool:
        """Whether one of the gains that must vanish on average has one sign."""
        width = sum(self.sizes) - len(self.sizes) + 1
        starts = range(self.sure, self.sure + len(self.sizes))
        return any(set(self.gains.signs[k : k + width]) in ({1}, {-1}) for k in starts)

    def _too_many_equations(self, unknown: list[sp.Symbol]) -> bool:
        """Whether more equations than unknowns have no common solution but on a knife-edge."""
        if not unknown:
            return any(e != 0 for e in self.equations)
        if len(unknown) > 1:
            return all(v.is_Rational for v in self.gains.values) and points(self.equations, unknown) == []
        numerators = [sp.fraction(sp.together(e))[0] for e in self.equations]
        common = reduce(sp.gcd, numerators)
        return bool(common != 0 and unknown[0] not in common.free_symbols)

    # -- two groups of two -------------------------------------------------------------------------

    def _two_and_two(self) -> list[ProfileEquilibrium] | None:
        """The equations are linear in the sum and the product of the two rates."""
        total, product = sp.symbols("total product", real=True)
        g = self.gains.values
        rows = [
            g[k] * (1 - total + product) + g[k + 1] * (total - 2 * product) + g[k + 2] * product
            for k in (self.sure, self.sure + 1)
        ]
        matrix, right = sp.linear_eq_to_matrix(rows, [total, product])
        if tidy(matrix.det()) == 0:
            return None
        s, t = (tidy(v) for v in matrix.LUsolve(right))
        below = sp.lcm(sp.fraction(s)[1], sp.fraction(t)[1])
        spread = tidy(below**2 * (s**2 - 4 * t))
        positive = [t, tidy(1 - s + t), s, tidy(2 - s), spread]
        half = [tidy(1 - s + t), tidy(s - 2 * t), t]  # 0, 1 or 2 of one of each group
        whole = [half[0] ** 2, 2 * half[0] * half[1], half[1] ** 2 + 2 * half[0] * t, 2 * half[1] * t, t**2]
        bounds = [tidy(b) for b in self._bounds(whole)]
        known = self.gains.game.assumptions
        parts = [compare_zero(">", v, known) for v in positive] + [compare_zero(">=", b, known) for b in bounds]
        condition = conjunction(*parts)
        if condition is False:
            return []
        region = Region(condition, known).simplify(seconds=1)
        if region.is_empty(seconds=1, certify=False).proved:
            return []
        middle, root = tidy(s * below), sp.sqrt(spread)
        return [
            self._record(
                {p: (middle + sign * root) / (2 * below) for p, sign in zip(self.rates, (-1, 1), strict=True)}, region
            )
        ]

    def _bounds(self, chances: list[sp.Expr]) -> list[sp.Expr]:
        """What those who act for sure lose by the other action, given how many of the mixing take the first."""
        stay = [self.expected(chances, self.sure - 1)] if self.sure else []
        return stay + ([-self.expected(chances, self.sure)] if self.idle else [])

    # -- numbers -----------------------------------------------------------------------------------

    def _holds(self, point: AlgebraicPoint) -> bool:
        """Whether the rates are probabilities, differ, and nobody who acts for sure gains by the other action."""
        inside = all(point.sign(p) > 0 and point.sign(1 - p) > 0 for p in self.rates)
        pairs = itertools.combinations(zip(self.rates, self.sizes, strict=True), 2)
        # groups of one size are the same but for their order
        apart = all(point.sign(q - p) > 0 if m == n else point.sign(q - p) != 0 for (p, m), (q, n) in pairs)
        return inside and apart and all(point.sign(b) >= 0 for b in self._bounds(self.number(self.sizes)))

    def _at(self, point: AlgebraicPoint) -> ProfileEquilibrium:
        how_known, evidence = point.how_known
        rates = {p: point.shown(p) for p in self.rates}
        everywhere = Region.everything(self.gains.game.assumptions)
        return self._record(rates, everywhere, how_known=how_known, evidence=evidence)

    # -- the record --------------------------------------------------------------------------------

    def _record(
        self,
        rates: Mapping[sp.Symbol, sp.Expr],
        region: Region,
        *,
        facts: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> ProfileEquilibrium:
        game, (first, second) = self.gains.game, self.gains.game.actions
        strategy: dict[str, dict[str, Any]] = {}
        payoffs: dict[str, sp.Expr] = {}
        for k, (p, m) in enumerate(zip(self.rates, self.sizes, strict=True)):
            who = f"{m} {WORDS[k]}player{'s' * (m > 1)} mixing"
            strategy[who] = {first: rates[p], second: 1 - rates[p]}
            fellows = self.number(tuple(n - (j == k) for j, n in enumerate(self.sizes)))
            worth = sp.Add(*(chance * self.gains.worth(self.sure + j) for j, chance in enumerate(fellows)))
            payoffs[who] = worth.subs(rates, simultaneous=True)
        words = {f"{n} player{'s' * (n > 1)} ({a})": a for n, a in ((self.sure, first), (self.idle, second)) if n}
        strategy |= {who: {action: sp.S.One} for who, action in words.items()}
        idle = {first: [1 - p for p in self.rates], second: list(self.rates)}
        outcomes = {
            f"nobody: {a}": sp.Mul(*(p**m for p, m in zip(idle[a], self.sizes, strict=True))).subs(
                rates, simultaneous=True
            )
            for a in game.actions
            if a not in words.values()
        }
        facts = {"n": game.players, "mixing": self.sizes, "sure": words, **(facts or {})}
        return ProfileEquilibrium(game, strategy, region, payoffs=payoffs, outcomes=outcomes, facts=facts, **more)


def _cases(gains: _Gains) -> Iterator[_Case]:
    """Two groups or more, the larger first, and how many others take the first action."""
    players = gains.game.players
    for mixing in range(2, players + 1):
        for sizes in _partitions(mixing, mixing - 1):
            yield from (_Case(gains, sure, sizes) for sure in range(players - mixing + 1))


def _partitions(number: int, most: int) -> Iterator[tuple[int, ...]]:
    """The ways to write a number as a falling sum of numbers of at most `most`."""
    if number == 0:
        yield ()
    for first in range(min(number, most), 0, -1):
        for rest in _partitions(number - first, first):
            yield (first, *rest)
