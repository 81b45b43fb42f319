"""Quantities along a line through all equilibria: where each exists, what it says, and where several say the same."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import sympy as sp

from deterrence.equilibria import Equilibrium
from deterrence.plot.groups import Group
from deterrence.plot.plane import require, sliced
from deterrence.polynomials import to_flint
from deterrence.profile import ProfileEquilibrium
from deterrence.regions.lines import Interval, intervals
from deterrence.regions.logic import literals
from deterrence.regions.roots import Root, rational_root

__all__ = ["Band", "Strand", "Track", "clipped", "strands", "tracks"]

Window = tuple[sp.Rational, sp.Rational]


@dataclass(frozen=True)
class Track:
    """One equilibrium on one interval of the line.

    Attributes
    ----------
    name : str
    interval : Interval
    value : sympy.Expr
        The quantity over the parameter that varies.
    band : Band or None
        Its ends, where the equilibrium leaves it open.
    """

    name: str
    interval: Interval
    value: sp.Expr
    band: Band | None = None

    @property
    def hatched(self) -> bool:
        """Whether all between the ends are values."""
        return self.band is not None and not self.band.isolated

    def ends(self, x: sp.Symbol, xs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The lowest and highest value at each place."""
        if self.band is None:
            line = _values(self.value, x, xs)
            return line, line
        return self.band.ends(xs)


@dataclass(frozen=True)
class Band:
    """A quantity that an equilibrium leaves open."""

    equilibrium: Equilibrium
    value: sp.Expr
    x: sp.Symbol
    fixed: Mapping[Any, Any] = field(hash=False)
    quantity: Callable[[Any], sp.Expr | None] = field(hash=False)

    @property
    def isolated(self) -> bool:
        """Whether only the ends are values: the roots of an equation, and nothing between them."""
        return isinstance(self.equilibrium, ProfileEquilibrium) and not self.equilibrium.free

    @property
    def known(self) -> bool:
        """Whether the ends can be computed: the quantity rests on one free quantity only."""
        return len(self.value.free_symbols - {self.x}) == 1

    def ends(self, xs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The exact ends at each place."""
        if self.isolated:
            found = [self._roots(sp.Rational(str(round(float(v), 9)))) for v in xs]
            return np.array([min(r) for r in found]), np.array([max(r) for r in found])
        if not self.known:
            return np.zeros_like(xs), np.ones_like(xs)
        (symbol,) = self.value.free_symbols - {self.x}
        rows = [self._at(symbol, sp.Rational(str(round(float(v), 9)))) for v in xs]
        return np.array([r[0] for r in rows]), np.array([r[1] for r in rows])

    def _roots(self, place: sp.Rational) -> list[float]:
        """The quantity in each equilibrium of this form at a place; not a number where there is none."""
        assert isinstance(self.equilibrium, ProfileEquilibrium)
        here = self.equilibrium.all_at({**self.fixed, self.x: place})
        return [float(value) for e in here if (value := self.quantity(e)) is not None] or [float("nan")]

    def _at(self, symbol: sp.Symbol, place: sp.Rational) -> tuple[float, float]:
        system = self.equilibrium.system
        here = [sp.S.Zero, sp.S.One]
        if symbol in system.assumptions:
            others = [s for s in (*self.equilibrium.free, *self.equilibrium.free_beliefs) if s != symbol]
            region = system.eliminate(*others) if others else system
            spans = intervals(region, symbol, {**self.fixed, self.x: place})
            here = [end for span in spans for end in span.ends]
        ends = [float(sp.sympify(self.value.xreplace({self.x: place})).subs(symbol, v)) for v in here]
        return (min(ends), max(ends)) if ends else (float("nan"), float("nan"))


def tracks(
    subject: str,
    groups: tuple[Group, ...],
    x: sp.Symbol,
    fixed: Mapping[Any, Any],
    quantity: Callable[[Equilibrium], sp.Expr | None],
) -> tuple[Track, ...]:
    """Follow a quantity through each equilibrium; None where it says nothing of it.

    A quantity that rests on one free probability or belief runs between its ends at the ends of
    that one's exact range; of one that rests on several the range is not computed.
    """
    members = [e for g in groups for e in g.members]
    known = members[0].game.assumptions
    used = {
        s for e in members for f in literals(e.condition.formula) for s in e.condition.assumptions.ring.used(f.poly)
    }
    require(subject, known, tuple(s for s in known.symbols if s in used - {*fixed, x}))
    found: dict[tuple[Any, ...], Track] = {}
    for name, e in ((g.name, e) for g in groups for e in g.members):
        value = quantity(e)
        if value is None:
            continue
        loose = value.free_symbols - {x}
        require(subject, known, tuple(s for s in known.symbols if s in loose))
        flat, rest = sliced(e.condition, fixed, x)
        for interval in intervals(flat, x, rest):
            which = e.system.formula if loose else None  # roots of one equation differ only in their bounds
            found.setdefault(
                (name, interval, value, which),
                Track(name, interval, value, Band(e, value, x, fixed, quantity) if loose else None),
            )
    return tuple(found.values())


@dataclass(frozen=True)
class Strand:
    """What is drawn as one line or band: a quantity, and every equilibrium of which it is the same.

    Attributes
    ----------
    names : tuple of str
    start, end : Root
        Within the window.
    track : Track
        One of those that coincide.
    """

    names: tuple[str, ...]
    start: Root
    end: Root
    track: Track


def strands(found: Iterable[Track], span: Window) -> tuple[Strand, ...]:
    """The tracks inside a window, those that coincide put together wherever they do."""
    inside: dict[Any, list[tuple[Root, Root, Track]]] = {}
    for t in found:
        part = clipped(t.interval, span)
        if part is not None:
            key = (t.name, t.value, t.band.equilibrium.system.formula) if t.band is not None else sp.cancel(t.value)
            inside.setdefault((t.band is None, key), []).append((*part, t))
    return tuple(s for parts in inside.values() for s in _together(parts))


def _together(parts: list[tuple[Root, Root, Track]]) -> list[Strand]:
    """Tracks of one value: from mark to mark all that are there."""
    found: list[Strand] = []
    for a, b in itertools.pairwise(sorted({end for low, high, _ in parts for end in (low, high)})):
        there = [t for low, high, t in parts if not a < low and not high < b]
        names = tuple(dict.fromkeys(t.name for t in there))
        if found and found[-1].names == names and found[-1].end == a:
            found[-1] = replace(found[-1], end=b)
        elif names:
            found.append(Strand(names, a, b, there[0]))
    covered = [(s.start, s.end) for s in found]
    points: dict[Root, list[Track]] = {}
    for low, high, t in parts:
        if low == high and not any(not low < a and not b < low for a, b in covered):
            points.setdefault(low, []).append(t)
    return found + [Strand(tuple(dict.fromkeys(t.name for t in ts)), p, p, ts[0]) for p, ts in points.items()]


def clipped(interval: Interval, span: Window) -> tuple[Root, Root] | None:
    """The part of an interval inside a window; None if there is none."""
    first, last = (rational_root(to_flint(sp.Rational(v))) for v in span)
    low = first if interval.start is None or interval.start < first else interval.start
    high = last if interval.end is None or last < interval.end else interval.end
    return None if high < low else (low, high)


def _values(expr: sp.Expr, x: sp.Symbol, xs: np.ndarray) -> np.ndarray:
    return np.broadcast_to(np.asarray(sp.lambdify(x, expr, "numpy")(xs), dtype=float), xs.shape)
