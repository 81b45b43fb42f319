"""Whether a level is a best reply within its whole range, exactly: for payoffs rational in one own level.

Such a payoff is greatest at a bound or where its slope vanishes, and those places are finitely many
algebraic numbers.  Payoffs at two of them are compared by enclosures, and by root counts of the
polynomial that both solve where they cannot be told apart.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from deterrence.solvers.levels.algebraic_points import AlgebraicPoint, T, real_points

__all__ = ["Unsettled", "better_reply"]

DIGITS = 60
Z = sp.Dummy("z", real=True)


class Unsettled(Exception):
    """The range holds a pole, or two payoffs cannot be told apart."""


def better_reply(
    payoff: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr | None, here: AlgebraicPoint
) -> sp.Expr | None:
    """A level that is worth more than the one at `here`, or None if there is none.

    Parameters
    ----------
    payoff : expression
        Rational in `x`, with rational coefficients.
    x : sympy.Symbol
    low, high : rational numbers
        The range; None for no upper bound.
    here : AlgebraicPoint
        Holds the level `x`.

    Raises
    ------
    Unsettled
        If that cannot be told exactly.
    """
    num, den = sp.fraction(sp.cancel(sp.together(payoff)))
    if any(_within(p, x, low, high) for p in _roots(den, x)):
        raise Unsettled
    if high is None:
        rise = _rises_at_the_end(num, den, x, here, payoff)
        if rise is not None:
            return rise
    slope = sp.fraction(sp.together(sp.diff(num / den, x)))[0]
    for place in _places(sp.expand(slope), x, low, high):
        if _compare(payoff, x, place, here) > 0:
            return place.values[x]
    return None


def _roots(poly: sp.Expr, x: sp.Symbol) -> list[AlgebraicPoint]:
    return real_points(poly, x) if x in poly.free_symbols else []


def _within(point: AlgebraicPoint, x: sp.Symbol, low: sp.Expr, high: sp.Expr | None) -> bool:
    return point.sign(x - low) >= 0 and (high is None or point.sign(high - x) >= 0)


def _places(slope: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr | None) -> Iterator[AlgebraicPoint]:
    for bound in (low, high):
        if bound is not None:
            yield AlgebraicPoint(sp.sympify(bound), None, {x: sp.sympify(bound)})
    yield from (p for p in _roots(slope, x) if _within(p, x, low, high))


def _rises_at_the_end(
    num: sp.Expr, den: sp.Expr, x: sp.Symbol, here: AlgebraicPoint, payoff: sp.Expr
) -> sp.Expr | None:
    """Without an upper bound: infinity, if the payoff ends above what it is here."""
    top, bottom = sp.Poly(num, x), sp.Poly(den, x)
    if top.degree() < bottom.degree():
        end = sp.S.Zero
    elif top.degree() == bottom.degree():
        end = top.LC() / bottom.LC()
    else:
        return sp.oo if top.LC() * bottom.LC() > 0 else None
    return sp.oo if here.sign(end - payoff) > 0 else None


def _compare(payoff: sp.Expr, x: sp.Symbol, there: AlgebraicPoint, here: AlgebraicPoint) -> int:
    """The sign of what `there` is worth beyond `here`."""
    if there.minimal is None:
        return here.sign(payoff.subs(x, there.values[x]) - payoff)
    if here.minimal is None:
        return there.sign(payoff - payoff.subs(x, here.values[x]))
    if there.minimal == here.minimal and there.root == here.root and there.images[x] == here.images[x]:
        return 0
    worth = [sp.N(payoff.subs(x, p.values[x]), DIGITS) for p in (there, here)]
    gap = sp.Rational(1, 10 ** (DIGITS // 2))
    if abs(worth[0] - worth[1]) > gap:
        return 1 if worth[0] > worth[1] else -1
    if not _same(payoff, x, there, here, worth[0], gap):
        raise Unsettled
    return 0


def _same(
    payoff: sp.Expr, x: sp.Symbol, there: AlgebraicPoint, here: AlgebraicPoint, near: sp.Expr, gap: sp.Rational
) -> bool:
    """Whether two payoffs that are close are the one root nearby of a polynomial that both solve."""
    product = sp.S.One
    for point in (there, here):
        num, den = sp.fraction(sp.together(payoff.subs(x, point.images[x])))
        assert point.minimal is not None
        product *= sp.resultant(point.minimal.as_expr(), sp.expand(Z * den - num), T)
    poly = sp.Poly(product, Z, domain="QQ").sqf_part()
    middle = sp.Rational(near)
    return bool(poly.count_roots(middle - 2 * gap, middle + 2 * gap) == 1)
