"""The unknown multipliers of an identity: products of literals, monomials, squares.

In positive coordinates a monomial is non-negative by itself.  A column is what one multiplier
contributes: a product of literals times a monomial, perhaps times a square, or a monomial times
a literal ``q == 0``.  All columns are brought to the same degree in the weights of each
distribution; otherwise they could never cancel.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from deterrence.polynomials import Polynomial
from deterrence.regions.coordinates import Coordinates, degree_in
from deterrence.regions.logic import Literal

__all__ = ["LEVELS", "Column", "Level", "Monomial", "Problem", "columns_of", "product_column", "squares_of"]

Monomial = tuple[int, ...]


@dataclass(frozen=True)
class Level:
    """How far a search goes: factors in a product, degree of the monomials, squares or not."""

    products: int
    degree: int
    squares: bool = False


LEVELS = (Level(1, 0), Level(1, 1), Level(2, 0), Level(2, 1), Level(1, 2), Level(2, 1, True), Level(2, 2), Level(3, 1))
_MOST_COLUMNS = 3000
_MOST_SQUARES = 40
_MOST_TERMS = 40_000


@dataclass
class Column:
    """One unknown multiplier: a product of literals, a monomial, perhaps a square, or a multiple of an equation."""

    terms: dict[Monomial, Any]
    literals: tuple[int, ...]
    monomial: Monomial
    square: int | None = None
    equation: int | None = None
    strict: bool = False


@dataclass
class Problem:
    """The literals in positive coordinates."""

    coords: Coordinates
    literals: tuple[Literal, ...]
    images: list[Polynomial] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Translate the literals."""
        self.images = [self.coords.to_positive(f.poly) for f in self.literals]
        ring = self.coords.ring
        groups = self.coords.weights
        self.groups = [tuple(ring.index[s] for s in (*w.symbols, w.last)) for w in groups]
        grouped = {k for g in self.groups for k in g}
        used = {k for p in self.images for k, d in enumerate(p.degrees()) if d}
        self.groups = [g for g in self.groups if used & set(g)]
        positive = self.coords.strict | self.coords.weak
        index = [k for k, s in enumerate(ring.symbols) if s in positive and k not in grouped]
        self.linear = [k for k in index if k in used]
        self.free = [k for k, s in enumerate(ring.symbols) if s not in positive]
        self.strict = {k for k, s in enumerate(ring.symbols) if s in self.coords.strict}

    def unit(self, places: Sequence[int]) -> Monomial:
        """The product of the coordinates at these places."""
        powers = [0] * len(self.coords.ring.symbols)
        for k in places:
            powers[k] += 1
        return tuple(powers)


def columns_of(problem: Problem, level: Level, deadline: float) -> list[Column]:
    """All unknown multipliers of a level; empty if there are too many, or no time is left."""
    columns: list[Column] = []
    terms = 0
    for column in _columns(problem, level):
        columns.append(column)
        terms += len(column.terms)
        if terms > _MOST_TERMS or len(columns) > _MOST_COLUMNS or time.monotonic() > deadline:
            return []
    return columns


def _columns(problem: Problem, level: Level) -> Iterator[Column]:
    """Products of literals with monomials, with squares and monomials, and monomials with equations."""
    products = list(_products(problem, level.products))
    equations = [(k, problem.images[k]) for k, f in enumerate(problem.literals) if f.op == "=="]
    entries: list[tuple[Polynomial, tuple[int, ...], int | None, bool]] = [(p, c, None, s) for p, c, s in products]
    if level.squares:
        light = [(p, c) for p, c, _ in products if len(c) <= 1]
        entries += [(p * q * q, c, k, False) for p, c in light for k, q in enumerate(squares_of(problem))]
    everything = [p for p, *_ in entries] + [p for _, p in equations]
    target = [max(degree_in(p, g) for p in everything) for g in problem.groups]
    yield from _whole(problem, [(p, c) for p, c, strict in products if strict], target, level.degree)
    for poly, chosen, square, strict in entries:
        for m in _multipliers(problem, poly, target, level.degree):
            yield product_column(problem, poly, m, chosen, square, None, strict)
    for k, poly in equations:
        for m in _multipliers(problem, poly, target, level.degree, free=True):
            yield product_column(problem, poly, m, (), None, k, False)


def _whole(
    problem: Problem, products: list[tuple[Polynomial, tuple[int, ...]]], target: Sequence[int], degree: int
) -> Iterator[Column]:
    """Strict products brought to degree by the sum of all weights, which is one and so never zero.

    Needed where weights may vanish: there no single monomial in them is strictly positive.
    """
    gens, strict = problem.coords.ring.gens, problem.strict
    if all(k in strict for g in problem.groups for k in g):
        return
    places = [k for k in problem.linear if k in strict]
    for poly, chosen in products:
        for group, goal in zip(problem.groups, target, strict=True):
            whole = sum((gens[k] for k in group[1:]), gens[group[0]])
            poly = poly * whole ** (goal - degree_in(poly, group))  # noqa: PLW2901 - the product grows
        for d in range(degree + (not chosen) + 1):
            for extra in itertools.combinations_with_replacement(places, d):
                yield product_column(problem, poly, problem.unit(extra), chosen, None, None, True)


def _products(problem: Problem, most: int) -> Iterator[tuple[Polynomial, tuple[int, ...], bool]]:
    """Products of one to `most` literals, each with whether it is strictly positive."""
    places = [k for k, f in enumerate(problem.literals) if f.op in (">", ">=")]
    yield problem.coords.ring.one, (), True
    for count in range(1, most + 1):
        for chosen in itertools.combinations_with_replacement(places, count):
            poly = problem.coords.ring.one
            for k in chosen:
                poly = poly * problem.images[k]
            yield poly, chosen, all(problem.literals[k].op == ">" for k in chosen)


def squares_of(problem: Problem) -> list[Polynomial]:
    """Polynomials whose squares may help.

    Differences of like coordinates (and sums with a free one), and what completes the square of a
    literal that is quadratic in one coordinate: its derivative.
    """
    gens = problem.coords.ring.gens
    free = [k for k in problem.free if any(p.degrees()[k] for p in problem.images)]
    pairs = [*itertools.combinations(problem.linear + free, 2)]
    pairs += [pair for g in problem.groups for pair in itertools.combinations(g, 2)]
    result = [p.derivative(k) for p in problem.images for k, d in enumerate(p.degrees()) if d == 2]
    result = [q for q in result if q.total_degree() == 1]
    result += [gens[i] - gens[j] for i, j in pairs]
    result += [gens[i] + gens[j] for i, j in pairs if j in free]
    return result if len(result) <= _MOST_SQUARES else []


def _multipliers(
    problem: Problem, poly: Polynomial, target: Sequence[int], degree: int, free: bool = False
) -> Iterator[Monomial]:
    """Monomials up to a degree, times weights that bring every distribution to its target degree."""
    places = problem.linear + (problem.free if free else [])
    plain = [c for d in range(degree + 1) for c in itertools.combinations_with_replacement(places, d)]
    fill = [
        list(itertools.combinations_with_replacement(g, t - degree_in(poly, g)))
        for g, t in zip(problem.groups, target, strict=True)
    ]
    for chosen in itertools.product(plain, *fill):
        yield problem.unit([k for part in chosen for k in part])


def product_column(
    problem: Problem,
    poly: Polynomial,
    monomial: Monomial,
    literals: tuple[int, ...],
    square: int | None,
    equation: int | None,
    strict: bool,
) -> Column:
    """What a polynomial times a monomial contributes."""
    shifted = {tuple(int(a) + b for a, b in zip(m, monomial, strict=True)): c for m, c in poly.to_dict().items()}
    strict = strict and all(k in problem.strict for k, e in enumerate(monomial) if e)
    return Column(shifted, literals, monomial, square, equation, strict)
