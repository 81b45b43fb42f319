"""Virtual substitution: a quantified variable of degree one or two replaced by finitely many test points.

Where a formula in x can hold, it holds at the left end of an interval: at minus infinity, at a root
of one of its polynomials, or just to the right of one.  So "there is an x" is a finite disjunction
over such points (Loos and Weispfenning 1993; Weispfenning 1997 for degree two).  A point is
``(P + Q*sqrt(D)) / C``; "just to the right" is the point plus an infinitesimal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from deterrence.polynomials import Polynomial
from deterrence.regions.logic import Formula, Literal, conjunction, disjunction, map_literals, negate

__all__ = ["Point", "TooHard", "roots", "substitute", "substitute_infinity"]

Compare = Callable[[str, Polynomial], Formula]
Coefficients = list[Polynomial]  # of a polynomial in x, lowest power first


class TooHard(Exception):
    """The variable cannot be eliminated this way, or not within the limits."""


@dataclass(frozen=True)
class Point:
    """A test point ``(P + Q*sqrt(D)) / C``, or just to its right; valid where `guard` holds.

    `sign` is the sign of C where the guard holds (0: not known).
    """

    guard: Formula
    P: Any
    Q: int
    D: Any
    C: Any
    sign: int
    beyond: bool = False


def roots(
    coefficients: Coefficients, compare: Compare, sign_of: Callable[[Polynomial], int], lower_only: bool
) -> Iterator[Point]:
    """The roots of a polynomial of degree one or two, each guarded by the condition that it exists.

    With `lower_only` (a linear inequality standing alone) only a root with positive slope: the left
    end of where the inequality holds.
    """
    b, a = coefficients[0], coefficients[1]
    q = coefficients[2] if len(coefficients) > 2 else None
    if q is None:
        yield from _linear_root(a, b, True, compare, sign_of, lower_only)
        return
    if abs(sign_of(q)) != 1:
        yield from _linear_root(a, b, compare("==", q), compare, sign_of, False)
    discriminant = a * a - 4 * q * b
    guard = conjunction(compare("!=", q), compare(">=", discriminant))
    if guard is not False:
        known = sign_of(q) if abs(sign_of(q)) == 1 else 0
        for branch in (1, -1):
            yield Point(guard, -a, branch, discriminant, 2 * q, known)


def _linear_root(
    a: Polynomial,
    b: Polynomial,
    guard: Formula,
    compare: Compare,
    sign_of: Callable[[Polynomial], int],
    lower_only: bool,
) -> Iterator[Point]:
    known = sign_of(a)
    sides = [1] if lower_only else [1, -1]
    for side in sides:
        if known in (-side, -2 * side) or a == 0:
            continue
        full = conjunction(guard, compare(">", a if side > 0 else -a))
        if full is not False:
            yield Point(full, -b, 0, None, a, side)


def substitute(
    formula: Formula, coefficients: Callable[[Literal], Coefficients], at: Point, compare: Compare
) -> Formula:
    """The formula at a test point."""
    change = _just_beyond if at.beyond else _exactly

    def literal(f: Literal) -> Formula:
        parts = coefficients(f)
        return compare(f.op, parts[0]) if len(parts) == 1 else change(f.op, parts, at, compare)

    return map_literals(formula, literal)


def _value(parts: Coefficients, at: Point) -> tuple[Polynomial, Polynomial | None]:
    """A and B such that the polynomial has, at the point, the sign of ``A + B*sqrt(D)``."""
    top = len(parts) - 1
    real, root = parts[0] * 0, parts[0] * 0
    u, v = parts[0] * 0 + 1, parts[0] * 0  # (P + Q sqrt D)**i = u + v sqrt D
    powers = [u]
    for _ in range(top):
        powers.append(powers[-1] * at.C)
    for i, c in enumerate(parts):
        scale = c * powers[top - i]
        real, root = real + scale * u, root + scale * v
        if at.Q:
            u, v = u * at.P + v * at.Q * at.D, u * at.Q + v * at.P
        else:
            u = u * at.P
    if top % 2:
        factor = at.C if at.sign == 0 else at.sign
        real, root = real * factor, root * factor
    return real, (root if at.Q and root != 0 else None)


def _exactly(op: str, parts: Coefficients, at: Point, compare: Compare) -> Formula:
    real, root = _value(parts, at)
    if root is None:
        return compare(op, real)
    gap = real * real - root * root * at.D
    zero = conjunction(compare("<=", real * root), compare("==", gap))
    if op == "==":
        return zero
    if op == "!=":
        return negate(zero)
    positive = disjunction(
        conjunction(compare(">", real), compare(">=", root)),
        conjunction(compare(">", real), compare(">", gap)),
        conjunction(compare(">", root), compare("<", gap)),
    )
    return positive if op == ">" else disjunction(positive, zero)


def _just_beyond(op: str, parts: Coefficients, at: Point, compare: Compare) -> Formula:
    if len(parts) == 1:
        return compare(op, parts[0])
    if op in ("==", "!="):
        return _identically(op, parts, compare)
    slope = [k * c for k, c in enumerate(parts)][1:]
    flat = conjunction(_exactly("==", parts, at, compare), _just_beyond(op, slope, at, compare))
    return disjunction(_exactly(">", parts, at, compare), flat)


def _identically(op: str, parts: Coefficients, compare: Compare) -> Formula:
    join = conjunction if op == "==" else disjunction
    return join(*(compare(op, c) for c in parts))


def substitute_infinity(formula: Formula, coefficients: Callable[[Literal], Coefficients], compare: Compare) -> Formula:
    """The formula at minus infinity."""

    def far(op: str, parts: Coefficients) -> Formula:
        if len(parts) == 1:
            return compare(op, parts[0])
        if op in ("==", "!="):
            return _identically(op, parts, compare)
        lead = parts[-1] if len(parts) % 2 else -parts[-1]
        return disjunction(compare(">", lead), conjunction(compare("==", lead), far(op, parts[:-1])))

    return map_literals(formula, lambda f: far(f.op, coefficients(f)))
