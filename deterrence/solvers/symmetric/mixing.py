"""One group of players who mix alike while the others act for sure: where, and with which probability.

The group's gain from the first of two actions is a polynomial in the probability p of that action,
in Bernstein form with one coefficient for each number of fellows who take it.  With numbers its
roots are isolated; with symbols the equation is solved where it has the form ``A h(p) + B = 0`` with
a numeric h: h is monotone between its critical points, so that each piece holds one root exactly
where ``-B/A`` lies between the values of h at its ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import pairwise
from math import comb
from typing import Any

import sympy as sp

from deterrence.games.symmetric import SymmetricGame
from deterrence.numbers import as_fraction
from deterrence.polynomials import tidy
from deterrence.profile import ProfileEquilibrium
from deterrence.regions import Region
from deterrence.regions.coordinates import coordinates
from deterrence.regions.formula import compare_zero
from deterrence.regions.logic import Formula, conjunction
from deterrence.solvers.symmetric.unit_roots import UnitRoot, sign_between, unit_roots

__all__ = ["MixCase", "bernstein"]

MOST_GAINS = 6  # degrees of freedom up to which a probability is eliminated from a condition


def bernstein(values: Sequence[Any], p: Any) -> sp.Expr:
    """The polynomial with these Bernstein coefficients at p."""
    m = len(values) - 1
    if isinstance(p, sp.Float) and all(v.is_Rational for v in values):
        return _near(values, p)
    return sp.Add(*(comb(m, k) * p**k * (1 - p) ** (m - k) * v for k, v in enumerate(values) if v != 0))


def _near(values: Sequence[Any], p: sp.Float) -> sp.Float:
    """The same for a number known to 30 digits, in fixed point."""
    m, x = len(values) - 1, sp.Rational(p)
    a, b = int(x.p), int(x.q) - int(x.p)  # odds a : b
    bits = 130 + int(m * (int(x.q).bit_length() - b.bit_length() + 1))
    weight, total = (b**m << bits) // int(x.q) ** m, sp.S.Zero
    sums: dict[Any, int] = {}
    for k, v in enumerate(values):
        sums[v] = sums.get(v, 0) + weight
        weight = weight * (a * (m - k)) // (b * (k + 1))
    for v, share in sums.items():
        total += v * sp.Rational(share, 1 << bits)
    return sp.Float(total, 30)


@dataclass(frozen=True)
class _Closed:
    """``x**degree = power`` for x = p, or for x = 1 - p."""

    power: sp.Expr
    degree: int
    complement: bool

    @property
    def value(self) -> sp.Expr:
        """The probability p."""
        x = self.power if self.degree == 1 else self.power ** sp.Rational(1, self.degree)
        return 1 - x if self.complement else x

    def reduced(self, values: Sequence[sp.Expr]) -> list[sp.Expr]:
        """Bernstein coefficients in x of the same quantity, powers of x from `degree` on replaced."""
        x = sp.Dummy("x")
        listed = list(reversed(values)) if self.complement else list(values)
        powers = sp.Poly(bernstein(listed, x), x).all_coeffs()[::-1]
        low = [sp.S.Zero] * min(self.degree, len(powers))
        for k, c in enumerate(powers):
            low[k % self.degree] += c * self.power ** (k // self.degree)
        m = len(low) - 1
        return [
            tidy(sp.Add(*(sp.Rational(comb(k, i), comb(m, i)) * low[i] for i in range(k + 1)))) for k in range(m + 1)
        ]


@dataclass(frozen=True)
class MixCase:
    """Who mixes between which two actions, and what they and the others gain.

    Attributes
    ----------
    mixers : str
        In words, the key of their strategy: ``"3 players"``.
    pair : tuple of str
        p is the probability of the first.
    sure : mapping of str to str
        The others, in words, and what they do.
    gains : tuple of expressions
        What the first action is worth beyond the second when k fellows take it.
    bounds : tuple of tuples of expressions
        Bernstein coefficients of what must not be negative besides.
    facts : mapping
        Kept on the record.
    """

    game: SymmetricGame
    mixers: str
    pair: tuple[str, str]
    sure: Mapping[str, str]
    gains: tuple[sp.Expr, ...]
    bounds: tuple[tuple[sp.Expr, ...], ...]
    facts: Mapping[str, Any]
    worths: tuple[sp.Expr, ...]

    @property
    def symbol(self) -> sp.Symbol:
        """The probability of the first action."""
        return sp.Symbol(f"Pr({self.pair[0]} | {self.mixers})", real=True)

    def records(self) -> Iterator[ProfileEquilibrium]:
        """Every equilibrium of the case."""
        if all(g == 0 for g in self.gains):
            yield from self._family()
        elif all(g.is_Rational for g in (*self.gains, *(v for b in self.bounds for v in b))):
            yield from self._numeric(self.gains, self.bounds)
        else:
            if self._sign_changes_possible() and any(tidy(g - self.gains[0]) != 0 for g in self.gains):
                yield from (e for e in self._symbolic() if not _nowhere(e))
            yield from self._family(conjunction(*(self._compare("==", g) for g in self.gains)), "knife-edge")

    def _sign_changes_possible(self) -> bool:
        """Whether the gains are not all known to have one sign."""
        sign = coordinates(self.game.assumptions).sign
        ring = self.game.assumptions.ring
        signs = set()
        for g in self.gains:
            num, den = ring.fraction(g)
            known = sign(num) * sign(den)
            signs.add(0 if num == 0 else 9 if known == 0 else (known > 0) - (known < 0))
        return 9 in signs or {1, -1} <= signs

    # -- numbers ---------------------------------------------------------------------------------

    def _numeric(self, gains: Sequence[Any], bounds: Sequence[Sequence[Any]]) -> Iterator[ProfileEquilibrium]:
        numbers = [[as_fraction(v) for v in b] for b in bounds]
        for root in unit_roots([as_fraction(g) for g in gains]):
            if all(sign_between(b, root) >= 0 for b in numbers):
                yield self._at_root(root)

    def _at_root(self, root: UnitRoot) -> ProfileEquilibrium:
        known = "exact" if root.low == root.high else "certified"
        evidence = "" if known == "exact" else root.evidence
        everywhere = Region.everything(self.game.assumptions)
        return self.record(root.exact, everywhere, how_known=known, evidence=evidence, facts={"root": root})

    def resolve(
        self, record: ProfileEquilibrium, point: Mapping[sp.Symbol, Any], *, low: Any = 0, high: Any = 1
    ) -> Iterator[ProfileEquilibrium]:
        """The roots between two bounds at a point."""
        gains = [sp.sympify(g).xreplace(dict(point)) for g in self.gains]
        bounds = [[sp.sympify(v).xreplace(dict(point)) for v in b] for b in self.bounds]
        filled = MixCase(
            self.game, self.mixers, self.pair, self.sure, tuple(gains), tuple(map(tuple, bounds)), self.facts,
            tuple(sp.sympify(v).xreplace(dict(point)) for v in self.worths),
        )  # fmt: skip
        for found in filled._numeric(gains, bounds):
            if low < found.strategy[self.mixers][self.pair[0]] < high:
                yield found

    # -- symbols ---------------------------------------------------------------------------------

    def _symbolic(self) -> Iterator[ProfileEquilibrium]:
        shape = self._separated()
        if shape is None:
            yield self._implicit(True, sp.S.Zero, sp.S.One)
            return
        ratio, heights = shape
        turns = unit_roots([b - a for a, b in pairwise(heights)])
        if any(t.low != t.high for t in turns):
            yield self._implicit(True, sp.S.Zero, sp.S.One)
            return
        places = [Fraction(0), *(t.low for t in turns), Fraction(1)]
        for low, high in pairwise(places):
            yield from self._monotone(ratio, heights, low, high)
        for place in places[1:-1]:
            yield from self._at_turn(ratio, heights, place)

    def _separated(self) -> tuple[sp.Expr, list[Fraction]] | None:
        """``-B/A`` and the Bernstein coefficients of h, if the gain is ``A h(p) + B``."""
        steps = [tidy(g - self.gains[0]) for g in self.gains]
        scale = next(s for s in steps if s != 0) if any(steps) else None
        if scale is None:
            return None
        heights = [tidy(s / scale) for s in steps]
        if not all(h.is_Rational for h in heights):
            return None
        return tidy(-self.gains[0] / scale), [as_fraction(h) for h in heights]

    def _monotone(
        self, ratio: sp.Expr, heights: list[Fraction], low: Fraction, high: Fraction
    ) -> Iterator[ProfileEquilibrium]:
        """The one root between two turning points of h."""
        a, b = (_height(heights, x) for x in (low, high))
        if a == b:
            return
        inside = conjunction(*(self._compare(">", e) for e in (ratio - min(a, b), max(a, b) - ratio)))
        if inside is False:
            return
        closed = self._closed_form(ratio, heights)
        bounded = self._bounded(inside, low, high, closed)
        if bounded is None:
            return
        if closed is None:
            yield self._implicit(inside, _rational(low), _rational(high), bounded)
        else:
            yield self.record(closed.value, bounded)

    def _at_turn(self, ratio: sp.Expr, heights: list[Fraction], place: Fraction) -> Iterator[ProfileEquilibrium]:
        """Where the gain touches zero without changing sign: a knife-edge."""
        touching = self._compare("==", ratio - _rational(_height(heights, place)))
        bounds = [self._compare(">=", bernstein(b, _rational(place))) for b in self.bounds]
        condition = conjunction(touching, *bounds)
        if condition is not False:
            region = Region(condition, self.game.assumptions)
            yield self.record(_rational(place), region, status="isolated" if condition is True else "knife-edge")

    @staticmethod
    def _closed_form(ratio: sp.Expr, heights: list[Fraction]) -> _Closed | None:
        """The root of ``h(p) = ratio`` where h is a power of p or of 1 - p, up to a linear change."""
        m, first, last = len(heights) - 1, heights[0], heights[-1]
        if m == 1 or len(set(heights[:-1])) == 1:
            return _Closed(tidy((ratio - _rational(first)) / _rational(last - first)), m, False)
        if len(set(heights[1:])) == 1:
            return _Closed(tidy((ratio - _rational(last)) / _rational(first - last)), m, True)
        return None

    def _bounded(self, inside: Formula, low: Fraction, high: Fraction, closed: _Closed | None) -> Region | None:
        """The condition with what the others and other actions ask for; None if it cannot hold."""
        known: list[Formula] = [inside]
        open_bounds = []
        for b in self.bounds:
            values = b if closed is None else closed.reduced(b)
            signs = [self._compare(">=", v) for v in values]
            if len(values) == 1:
                known.append(signs[0])
            elif all(s is True for s in signs):
                continue
            elif all(self._compare("<", v) is True for v in values):
                return None
            else:
                open_bounds.append(b)
        if conjunction(*known) is False:
            return None
        if not open_bounds:
            return Region(conjunction(*known), self.game.assumptions).simplify(seconds=1)
        return self._quantified(conjunction(*known), low, high, open_bounds)

    def _quantified(self, inside: Formula, low: Any, high: Any, bounds: Sequence[Sequence[sp.Expr]]) -> Region:
        """For some p: the gain vanishes and nothing else is better."""
        p = self.symbol
        scope = self.game.assumptions.extend(distributions=[(p,)])
        parts = [compare_zero("==", bernstein(self.gains, p), scope)]
        parts += [compare_zero(">=", bernstein(b, p), scope) for b in bounds]
        parts += [compare_zero(">", p - _rational(low), scope), compare_zero(">", _rational(high) - p, scope)]
        region = Region(conjunction(*parts), scope, exists=(p,))
        return Region(inside, self.game.assumptions) & region if inside is not True else region

    def _over_parameters(self, region: Region) -> Region:
        """A condition without the probability, where that is found quickly."""
        if not region.pending or len(self.gains) > MOST_GAINS:
            return region
        found = region.eliminate(seconds=1)
        return region if found.pending else found.simplify(seconds=1)

    def _implicit(
        self, inside: Formula, low: sp.Expr, high: sp.Expr, region: Region | None = None
    ) -> ProfileEquilibrium:
        """A root without closed form: a symbol with its equation."""
        if region is None:
            region = self._quantified(inside, low, high, self.bounds)
        equation = bernstein(self.gains, self.symbol)
        return self.record(
            self.symbol, region, implicit={self.symbol: (equation, low, high)},
            resolve=partial(_resolve, self, low, high),
        )  # fmt: skip

    def _family(self, edge: Formula = True, status: str = "family") -> Iterator[ProfileEquilibrium]:
        """Indifferent, on an edge of the parameters, whatever the fellows do: any p, as far as the others agree."""
        if edge is False:
            return
        region, p = Region(edge, self.game.assumptions), self.symbol
        scope = self.game.assumptions.extend(distributions=[(p,)])
        within = Region(conjunction(*(compare_zero(">=", bernstein(b, p), scope) for b in self.bounds)), scope)
        if self.bounds:
            region = region & Region(within.formula, scope, exists=(p,))
        facts = {} if self.bounds else {"whole condition": region & within}
        found = self.record(p, region, status=status, free=(p,), facts=facts)
        if not _nowhere(found):
            yield found

    def _compare(self, op: str, expr: Any) -> Formula:
        return compare_zero(op, sp.sympify(_rational(expr)), self.game.assumptions)

    # -- the record ------------------------------------------------------------------------------

    def record(self, p: sp.Expr, region: Region, *, facts: Mapping[str, Any] | None = None, **more: Any) -> Any:
        """The equilibrium in which the group mixes with probability p."""
        first, second = self.pair
        strategy: dict[str, dict[str, Any]] = {self.mixers: {first: p, second: 1 - p}}
        strategy |= {who: {action: sp.S.One} for who, action in self.sure.items()}
        count, known = self.facts["mixing"], self._over_parameters(region)
        if region.pending and not known.pending and p == self.symbol:  # the probability stays open
            facts = {**(facts or {}), "whole condition": Region._made(region.formula, region.assumptions)}
        outcomes = {}
        for action, share in ((first, p), (second, 1 - p)):
            if action not in self.sure.values():
                outcomes[f"nobody: {action}"] = (1 - share) ** count
        payoffs = {self.mixers: bernstein(self.worths, p)}
        return ProfileEquilibrium(
            self.game, strategy, known, outcomes=outcomes, payoffs=payoffs,
            facts={**self.facts, **(facts or {})}, **more,
        )  # fmt: skip


def _resolve(
    case: MixCase, low: Any, high: Any, record: ProfileEquilibrium, point: Mapping[sp.Symbol, Any]
) -> Iterator[ProfileEquilibrium]:
    return case.resolve(record, point, low=low, high=high)


def _nowhere(record: ProfileEquilibrium) -> bool:
    """Whether the condition of a record with a quantified probability is shown to hold nowhere."""
    region = record.condition
    return region.formula is False or (bool(region.pending) and region.is_empty(seconds=1, certify=False).proved)


def _height(heights: Sequence[Fraction], place: Fraction) -> Fraction:
    m = len(heights) - 1
    return sum((comb(m, k) * place**k * (1 - place) ** (m - k) * h for k, h in enumerate(heights)), Fraction(0))


def _rational(value: Any) -> Any:
    return sp.Rational(value.numerator, value.denominator) if isinstance(value, Fraction) else value
