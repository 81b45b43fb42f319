"""The plane cut into cells by the curves of several conditions, and the truth of each in each cell.

Between two neighbouring critical values of x the curves keep their order; one rational sample
point a cell decides every condition there.  All is exact: floats appear when a cell is drawn.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import flint
import numpy as np
import sympy as sp

from deterrence.polynomials import Polynomial, Ring, key, to_flint
from deterrence.regions.arcs import Arc
from deterrence.regions.logic import And, Formula, Literal, literals
from deterrence.regions.roots import Root, between, rational_root, real_roots
from deterrence.regions.slices import critical, roots_in, univariate

__all__ = ["Cells", "Line", "Strip", "straight"]

Members = frozenset[Any]
Level = tuple[int, int] | None  # which curve and branch; None for an edge of the window


@dataclass(frozen=True)
class Strip:
    """What lies between two curves, from one critical value of x to the next."""

    start: Root
    end: Root
    low: Level
    high: Level
    members: Members


@dataclass(frozen=True)
class Line:
    """A piece of a curve across which what holds changes, or on which something holds of its own.

    Attributes
    ----------
    arc : Arc
    sides : pair of frozenset
        What holds below and above (left and right of a vertical piece).
    on : frozenset
        What holds on the piece.
    """

    arc: Arc
    sides: tuple[Members, Members]
    on: Members


class Cells:
    """The arrangement of the curves of named conditions.

    Parameters
    ----------
    ring : Ring
        Of the two axes.
    formulas : mapping of name to Formula
    x_range, y_range : pair of numbers
        The window.
    """

    def __init__(
        self,
        ring: Ring,
        formulas: Mapping[Hashable, Formula],
        x_range: tuple[Any, Any],
        y_range: tuple[Any, Any],
    ) -> None:
        self.ring, self.formulas = ring, dict(formulas)
        self.across = tuple(rational_root(to_flint(sp.Rational(v))) for v in x_range)
        self.up = tuple(rational_root(to_flint(sp.Rational(v))) for v in y_range)
        self.literals = list(dict.fromkeys(f for formula in self.formulas.values() for f in literals(formula)))
        self._divides: dict[Any, set[Literal]] = {}
        self.factors: list[Polynomial] = []
        for literal in self.literals:
            for factor, _ in literal.poly.factor()[1]:
                if key(factor) not in self._divides:
                    self.factors.append(factor)
                self._divides.setdefault(key(factor), set()).add(literal)

    # -- truth -------------------------------------------------------------------------------------

    def members(self, x: Any, y: Any, on: Polynomial | None = None) -> Members:
        """The conditions that hold at a rational point, or on a curve next to it."""
        zero = self._divides[key(on)] if on is not None else set()
        truth = {f: f.op in (">=", "==") if f in zero else bool(f.sign_holds(f.poly(x, y))) for f in self.literals}
        return frozenset(name for name, formula in self.formulas.items() if _holds(formula, truth))

    # -- cells -------------------------------------------------------------------------------------

    @cached_property
    def _slabs(self) -> list[tuple[Root, Root, Any, list[tuple[Root, int, int]]]]:
        """Each slab: its ends, a sample x, and the curves over it from below."""
        x, y = self.ring.symbols
        edges = [self.ring.gen(y) - self.ring.context.constant(r.rational) for r in self.up]
        inside = [r for r in critical(self.ring, [*self.factors, *edges], x) if self.across[0] < r < self.across[1]]
        slabs = []
        for start, end in itertools.pairwise([self.across[0], *inside, self.across[1]]):
            sample = between(start, end)
            levels = [
                (root, c, branch)
                for c, curve in enumerate(self.factors)
                if self.ring.degree(curve, y)
                for branch, root in enumerate(real_roots(univariate(self.ring, curve, x, sample)))
                if self.up[0] < root < self.up[1]
            ]
            slabs.append((start, end, sample, sorted(levels, key=lambda level: level[0])))
        return slabs

    @cached_property
    def _columns(self) -> list[tuple[list[Any], list[Members]]]:
        """For each slab a sample height and the members of every cell, from below."""
        columns = []
        for _, _, sample, levels in self._slabs:
            marks = [self.up[0], *(root for root, _, _ in levels), self.up[1]]
            heights = [between(a, b) for a, b in itertools.pairwise(marks)]
            columns.append((heights, [self.members(sample, h) for h in heights]))
        return columns

    @cached_property
    def strips(self) -> tuple[Strip, ...]:
        """The cells, those in one slab joined where nothing changes between them."""
        found = []
        for (start, end, _, levels), (_, members) in zip(self._slabs, self._columns, strict=True):
            low: Level = None
            for k, inside in enumerate(members):
                top = k == len(members) - 1
                if top or members[k + 1] != inside:
                    high = None if top else levels[k][1:]
                    found.append(Strip(start, end, low, high, inside))
                    low = high
        return tuple(found)

    def samples(self) -> Iterator[tuple[float, float, float, Members]]:
        """A point inside each cell, about how large the cell is, and what holds there."""
        for (start, end, sample, levels), (heights, members) in zip(self._slabs, self._columns, strict=True):
            marks = [float(self.up[0]), *(float(root) for root, _, _ in levels), float(self.up[1])]
            for k, (height, inside) in enumerate(zip(heights, members, strict=True)):
                area = (float(end) - float(start)) * (marks[k + 1] - marks[k])
                yield _float(sample), _float(height), area, inside

    # -- boundaries ----------------------------------------------------------------------------------

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The pieces of curves across which something changes, joined where they run on."""
        joined: list[Line] = []
        for line in [*self._curves(), *self._verticals()]:
            for k, last in enumerate(joined):
                if _continues(last, line):
                    arc = last.arc
                    whole = Arc(
                        arc.x,
                        arc.y,
                        arc.equation,
                        arc.vertical,
                        arc.start,
                        line.arc.end,
                        arc.branch,
                        arc.inside,
                        arc.closed,
                    )
                    joined[k] = Line(whole, last.sides, last.on)
                    break
            else:
                joined.append(line)
        return tuple(joined)

    def _line(
        self,
        curve: Polynomial,
        span: tuple[Root, Root],
        branch: int,
        vertical: bool,
        truth: tuple[Members, Members, Members],
    ) -> Line | None:
        before, on, after = truth
        if before == after == on:
            return None
        x, y = self.ring.symbols
        names = ("left", "right") if vertical else ("below", "above")
        inside = "on" if before == after else names[1] if after > before else names[0]
        arc = Arc(x, y, self.ring.to_sympy(curve), vertical, *span, branch, inside, bool(on))
        return Line(arc, (before, after), on)

    def _curves(self) -> Iterator[Line]:
        for (start, end, sample, levels), (heights, members) in zip(self._slabs, self._columns, strict=True):
            for k, (_, c, branch) in enumerate(levels):
                on = self.members(sample, heights[k], on=self.factors[c])
                line = self._line(self.factors[c], (start, end), branch, False, (members[k], on, members[k + 1]))
                if line is not None:
                    yield line

    def _verticals(self) -> Iterator[Line]:
        """Pieces of the lines ``x = constant``."""
        x, y = self.ring.symbols
        lines = [f for f in self.factors if not self.ring.degree(f, y)]
        steep = [f for f in self.factors if self.ring.degree(f, y)]
        for line in lines:
            for branch, place in enumerate(roots_in(self.ring, line, x)):
                if not self.across[0] < place < self.across[1]:
                    continue
                events = [f if not self.ring.degree(f, x) else f.resultant(line, self.ring.index[x]) for f in steep]
                heights = {r for e in events if not e.is_constant() for r in roots_in(self.ring, e, y)}
                marks = [self.up[0], *sorted(r for r in heights if self.up[0] < r < self.up[1]), self.up[1]]
                for start, end in itertools.pairwise(marks):
                    height = between(start, end)
                    left, right = self._beside(place, height)
                    truth = (
                        self.members(left, height),
                        self.members(left, height, on=line),
                        self.members(right, height),
                    )
                    found = self._line(line, (start, end), branch, True, truth)
                    if found is not None:
                        yield found

    def _beside(self, place: Root, height: Any) -> tuple[Any, Any]:
        """Rational x on either side of a vertical line, with no curve in between at this height."""
        y = self.ring.symbols[1]
        others = {r for f in self.factors for r in real_roots(univariate(self.ring, f, y, height))} - {place}
        centre = int(float(place))
        low = max((r for r in others if r < place), default=rational_root(centre - 2))
        high = min((r for r in others if r > place), default=rational_root(centre + 2))
        return between(low, place), between(place, high)

    # -- drawing -------------------------------------------------------------------------------------

    def outline(self, strip: Strip) -> np.ndarray:
        """The corners of a strip, curved sides finely divided."""
        low_x, low_y = self._side(strip.low, strip, 0)
        high_x, high_y = self._side(strip.high, strip, 1)
        return np.column_stack([np.concatenate([low_x, high_x[::-1]]), np.concatenate([low_y, high_y[::-1]])])

    def _side(self, level: Level, strip: Strip, edge: int) -> tuple[np.ndarray, np.ndarray]:
        if level is None:
            ends = np.array([float(strip.start), float(strip.end)])
            return ends, np.full(2, float(self.up[edge]))
        c, branch = level
        return self._sampled(c, branch, strip.start, strip.end)

    def _sampled(self, c: int, branch: int, start: Root, end: Root) -> tuple[np.ndarray, np.ndarray]:
        x, y = self.ring.symbols
        curve = self.factors[c]
        if curve.total_degree() == 1:
            ends = np.array([float(start), float(end)])
            return ends, straight(self.ring, curve, ends)
        return Arc(x, y, self.ring.to_sympy(curve), False, start, end, branch, "on", True).sample(40)

    @cached_property
    def _heights(self) -> list[tuple[np.ndarray, list[tuple[np.ndarray, np.ndarray]]]]:
        return [
            (np.array([float(start), float(end)]), [self._sampled(c, b, start, end) for _, c, b in levels])
            for start, end, _, levels in self._slabs
        ]

    def raster(self, xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
        """What holds at the points of a grid, for placing names: an array of frozensets by row and column."""
        result = np.empty((len(ys), len(xs)), dtype=object)
        ends = np.array([float(end) for _, end, _, _ in self._slabs])
        for column, value in enumerate(xs):
            slab = min(int(np.searchsorted(ends, value)), len(ends) - 1)
            levels = np.sort([np.interp(value, *points) for points in self._heights[slab][1]])
            members = self._columns[slab][1]
            for row, cell in enumerate(np.searchsorted(levels, ys)):
                result[row, column] = members[cell]
        return result


def straight(ring: Ring, line: Polynomial, xs: np.ndarray) -> np.ndarray:
    """The heights of a line that is not vertical."""
    x, y = ring.symbols
    offset, slope = ring.coefficients(line, y)
    return np.array([-_float(_value(ring, offset, x, v) / slope.leading_coefficient()) for v in xs.tolist()])


def _float(number: Any) -> float:
    return int(number.p) / int(number.q)


def _value(ring: Ring, poly: Polynomial, symbol: sp.Symbol, value: float) -> Any:
    """A polynomial in one axis at a float, exactly."""
    return poly(*(flint.fmpq(*value.as_integer_ratio()) if s == symbol else flint.fmpq(0) for s in ring.symbols))


def _holds(formula: Formula, truth: Mapping[Literal, bool]) -> bool:
    if isinstance(formula, bool):
        return formula
    if isinstance(formula, Literal):
        return truth[formula]
    parts = (_holds(p, truth) for p in formula.parts)
    return all(parts) if isinstance(formula, And) else any(parts)


def _continues(last: Line, line: Line) -> bool:
    """Whether a piece goes on where another ends."""
    a, b = last.arc, line.arc
    same = (a.equation, a.vertical, a.branch) == (b.equation, b.vertical, b.branch)
    return same and a.end == b.start and last.sides == line.sides and last.on == line.on
