"""Random exact points under orderings and probabilities."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any


def random_points(assumptions: Any, n: int, seed: int) -> Iterator[dict[Any, Fraction]]:
    """Draw `n` points: small denominators in turn with large ones, so that boundaries are met now and then.

    `assumptions` is a mapping with any of "chains" (texts like "a < b < c"), "probabilities" (names, each in
    (0, 1)), "distributions" (lists of names that add up to one), "positives" and "reals"; or an object with
    `symbols` and `relations` (SymPy relations that must all hold) and perhaps `simplices` (tuples of symbols that
    are positive with a sum below one), as the library's `Assumptions`.
    """
    draw = random.Random(seed)
    for k in range(n):
        coarse = k % 2 == 0
        if isinstance(assumptions, Mapping):
            yield _specified(assumptions, draw, coarse)
        else:
            yield _from_relations(assumptions, draw, coarse)


def _specified(spec: Mapping[str, Iterable[Any]], draw: random.Random, coarse: bool) -> dict[str, Fraction]:
    point: dict[str, Fraction] = {}
    for chain in spec.get("chains", ()):
        names = [name.strip() for name in chain.split("<")]
        point.update(zip(names, _increasing(len(names), draw, coarse), strict=True))
    for name in spec.get("probabilities", ()):
        point[name] = _share(draw, coarse)
    for names in spec.get("distributions", ()):
        point.update(zip(names, _simplex(len(names), draw, coarse), strict=True))
    for name in spec.get("positives", ()):
        point[name] = _increasing(1, draw, coarse)[0] % 20 + Fraction(1, 7)
    for name in spec.get("reals", ()):
        point[name] = _increasing(1, draw, coarse)[0]
    return point


def _increasing(length: int, draw: random.Random, coarse: bool) -> list[Fraction]:
    span, scale = (length + 6, 1) if coarse else (10**4, draw.randint(1, 99))
    return [Fraction(v - span // 3, scale) for v in sorted(draw.sample(range(span), length))]


def _share(draw: random.Random, coarse: bool) -> Fraction:
    denominator = draw.randint(2, 8) if coarse else draw.randint(1000, 9999)
    return Fraction(draw.randint(1, denominator - 1), denominator)


def _simplex(length: int, draw: random.Random, coarse: bool) -> list[Fraction]:
    total = length + 4 if coarse else 9973
    cuts = [0, *sorted(draw.sample(range(1, total), length - 1)), total]
    return [Fraction(b - a, total) for a, b in pairwise(cuts)]


def _shares(length: int, draw: random.Random, coarse: bool) -> list[Fraction]:
    """Positive numbers with a sum below one."""
    return [_share(draw, coarse)] if length == 1 else _simplex(length + 1, draw, coarse)[:-1]


# ------------------------------------------------------------------ SymPy relations


def _from_relations(assumptions: Any, draw: random.Random, coarse: bool) -> dict[Any, Fraction]:
    """Assign the symbols one after the other between the bounds that the relations set, and retry on failure."""
    symbols, relations = list(assumptions.symbols), list(assumptions.relations)
    simplices = getattr(assumptions, "simplices", ())
    for _ in range(5_000):
        shares = {x: w for names in simplices for x, w in zip(names, _shares(len(names), draw, coarse), strict=True)}
        point = _attempt(symbols, relations, shares, draw, coarse)
        if point is not None:
            return point
        draw.shuffle(symbols)
    raise ValueError("no point found that satisfies the assumptions")


def _attempt(
    symbols: list[Any], relations: list[Any], point: dict[Any, Fraction], draw: random.Random, coarse: bool
) -> dict[Any, Fraction] | None:
    for symbol in [x for x in symbols if x not in point]:
        low, high = _bounds(symbol, relations, point)
        if low is not None and high is not None and low >= high:
            if low > high or not _fits(symbol, low, relations, point):
                return None
            point[symbol] = low
            continue
        point[symbol] = _between(low, high, draw, coarse)
    return point if all(_holds(relation, point) for relation in relations) else None


def _bounds(symbol: Any, relations: list[Any], point: dict[Any, Fraction]) -> tuple[Fraction | None, Fraction | None]:
    low, high = None, None
    for relation in relations:
        if symbol not in relation.free_symbols:
            continue
        gap = (relation.lhs - relation.rhs).xreplace(_rational(point))
        slope = gap.diff(symbol)
        if gap.free_symbols != {symbol} or not slope.is_Rational or slope == 0:
            continue
        edge = gap.subs(symbol, 0) / -slope
        edge = Fraction(int(edge.p), int(edge.q))
        upward = (slope > 0) == (relation.rel_op in (">", ">="))
        if relation.rel_op == "==" or upward:
            low = edge if low is None else max(low, edge)
        if relation.rel_op == "==" or not upward:
            high = edge if high is None else min(high, edge)
    return low, high


def _between(low: Fraction | None, high: Fraction | None, draw: random.Random, coarse: bool) -> Fraction:
    if low is not None and high is not None:
        return low + (high - low) * _share(draw, coarse)
    step = Fraction(draw.randint(1, 12)) if coarse else Fraction(draw.randint(1, 10**5), draw.randint(10**3, 10**4))
    if low is None and high is None:
        return step - 5
    return low + step if low is not None else high - step  # type: ignore[operator]


def _rational(point: dict[Any, Fraction]) -> dict[Any, Any]:
    from sympy import Rational

    return {x: Rational(v.numerator, v.denominator) for x, v in point.items()}


def _holds(relation: Any, point: dict[Any, Fraction]) -> bool:
    return bool(relation.xreplace(_rational(point)) == True)  # noqa: E712


def _fits(symbol: Any, value: Fraction, relations: list[Any], point: dict[Any, Fraction]) -> bool:
    known = {**point, symbol: value}
    return all(_holds(r, known) for r in relations if symbol in r.free_symbols and r.free_symbols <= set(known))
