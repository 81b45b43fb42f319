"""Polynomial equations with parameters, solved by cases off the knife-edges.

Equations are factored and each choice of factors is a case of its own.  In a case, an unknown that
enters linearly is expressed through the others; one equation of degree two gives two radicals; two
equations of a contest are solved for the ratio of efforts.  What is left stays implicit: equations
that its unknowns solve, told apart at points where the roots are found exactly.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import sympy as sp

from deterrence.polynomials import Ring, tidy

__all__ = ["Branch", "Continuum", "branches"]

MOST_CASES = 200
Values = dict[sp.Symbol, sp.Expr]


class Continuum(Exception):
    """A continuum of solutions that no formula without roots describes, or too many cases."""


@dataclass(frozen=True)
class Branch:
    """One family of solutions.

    Attributes
    ----------
    values : mapping of unknown to expression
        Rational in parameters, in unknowns left free and in implicit ones; free unknowns are left out.
    equations : tuple of expressions
        Polynomials that the implicit unknowns solve.
    implicit : tuple of symbols
    closed : mapping of implicit unknown to radical
    told_apart : tuple of expressions
        At least 0 for this one of several roots.
    nonzero : tuple of expressions
        What was divided by.
    """

    values: Mapping[sp.Symbol, sp.Expr] = field(default_factory=dict)
    equations: tuple[sp.Expr, ...] = ()
    implicit: tuple[sp.Symbol, ...] = ()
    closed: Mapping[sp.Symbol, sp.Expr] = field(default_factory=dict)
    told_apart: tuple[sp.Expr, ...] = ()
    nonzero: tuple[sp.Expr, ...] = ()


def branches(equations: Sequence[sp.Expr], unknown: Sequence[sp.Symbol]) -> list[Branch]:
    """All solutions where no equation holds among the parameters.

    Raises
    ------
    Continuum
        If some case leaves a curve of solutions that is no graph of rational functions.
    """
    found: list[Branch] = []
    for branch in itertools.islice(_cases(tuple(equations), tuple(unknown), ()), MOST_CASES + 1):
        if branch not in found:
            found.append(branch)
    if len(found) > MOST_CASES:
        raise Continuum
    return found


def _cases(
    equations: tuple[sp.Expr, ...], unknown: tuple[sp.Symbol, ...], nonzero: tuple[sp.Expr, ...]
) -> Iterator[Branch]:
    """One choice of a factor of each equation after the other."""
    choices = []
    for e in equations:
        factors = _factors(e, unknown)
        if factors is not None:
            choices.append(factors)
    for chosen in itertools.product(*choices):
        kept = tuple(dict.fromkeys(chosen))
        if not any(e in nonzero for e in kept):
            yield from _solved(kept, unknown, nonzero)


def _factors(equation: sp.Expr, unknown: tuple[sp.Symbol, ...]) -> list[sp.Expr] | None:
    """The different factors of a numerator that hold an unknown; None for an equation that always holds."""
    ring = Ring(sorted(equation.free_symbols | set(unknown), key=str))
    num, _ = ring.fraction(equation)
    if num == 0:
        return None
    _, factors = num.factor()
    listed = [ring.to_sympy(f) for f, _ in factors]
    return [f for f in listed if f.free_symbols & set(unknown)]


def _solved(
    equations: tuple[sp.Expr, ...], unknown: tuple[sp.Symbol, ...], nonzero: tuple[sp.Expr, ...]
) -> Iterator[Branch]:
    """The solutions of irreducible equations."""
    if not equations:
        yield Branch(nonzero=nonzero)
        return
    simple = _linear_in(equations, unknown)
    if simple is not None:
        yield from _substituted(*simple, equations, unknown, nonzero)
        return
    used = tuple(s for s in unknown if any(s in e.free_symbols for e in equations))
    if len(equations) < len(used):
        raise Continuum
    if len(used) == 1:
        yield from _one(equations, used[0], nonzero)
        return
    if len(used) == 2 and len(equations) == 2:
        by_ratio = _by_ratio(equations, used, nonzero)
        if by_ratio is not None:
            yield from by_ratio
            return
    yield Branch({s: s for s in used}, equations, used, nonzero=nonzero)


def _linear_in(
    equations: tuple[sp.Expr, ...], unknown: tuple[sp.Symbol, ...]
) -> tuple[sp.Expr, sp.Symbol, sp.Expr] | None:
    """An equation, an unknown of degree one in it, and its coefficient: without unknowns, if there is such a one."""
    best = None
    for e in equations:
        for s in unknown:
            if s in e.free_symbols and sp.degree(e, s) == 1:
                slope = sp.diff(e, s)
                if not slope.free_symbols & set(unknown):
                    return e, s, slope
                best = best or (e, s, slope)
    return best


def _substituted(
    equation: sp.Expr,
    s: sp.Symbol,
    slope: sp.Expr,
    equations: tuple[sp.Expr, ...],
    unknown: tuple[sp.Symbol, ...],
    nonzero: tuple[sp.Expr, ...],
) -> Iterator[Branch]:
    """One unknown expressed through the others, and the case that its coefficient vanishes."""
    rest = tuple(u for u in unknown if u != s)
    others = tuple(e for e in equations if e != equation)
    value = tidy(-equation.subs(s, 0) / slope)
    open_slope = bool(slope.free_symbols & set(unknown))
    divided = (*nonzero, slope) if open_slope else nonzero
    for branch in _cases(tuple(e.subs(s, value) for e in others), rest, divided):
        if any(_vanishes(d, branch) for d in branch.nonzero):
            continue
        yield replace(branch, values={**branch.values, s: tidy(value.subs(branch.values))})
    if open_slope:
        yield from _cases((slope, equation.subs(s, 0), *others), unknown, nonzero)


def _vanishes(expr: sp.Expr, branch: Branch) -> bool:
    filled = sp.sympify(expr).subs(branch.values)
    return bool(sp.cancel(filled) == 0)


def _one(equations: tuple[sp.Expr, ...], s: sp.Symbol, nonzero: tuple[sp.Expr, ...]) -> Iterator[Branch]:
    """Irreducible equations in one unknown: different ones have no common root off the knife-edges."""
    if len(equations) > 1:
        return
    (equation,) = equations
    if sp.degree(equation, s) != 2:
        yield Branch({s: s}, equations, (s,), nonzero=nonzero)
        return
    a, b, c = sp.Poly(equation, s).all_coeffs()
    inside = tidy(b**2 - 4 * a * c)
    for sign in (1, -1):
        root = tidy(-b / (2 * a)) + sign * sp.sqrt(inside) / (2 * a)
        yield Branch({s: s}, equations, (s,), {s: root}, (sign * (2 * a * s + b),), nonzero)


def _by_ratio(
    equations: tuple[sp.Expr, ...], used: tuple[sp.Symbol, ...], nonzero: tuple[sp.Expr, ...]
) -> Iterator[Branch] | None:
    """Put y = t x: where one equation then is linear in x, the other is one equation in t."""
    x, y = used
    t = sp.Dummy("ratio", real=True)
    turned = [_without_power(e.subs(y, t * x), x) for e in equations]
    first = next((e for e in turned if sp.degree(e, x) == 1), None)
    if first is None:
        return None
    start = tidy(-first.subs(x, 0) / sp.diff(first, x))
    second = turned[1 - turned.index(first)]
    ratios = list(_cases((second.subs(x, start),), (t,), ()))
    if any(b.implicit for b in ratios):
        return None
    return itertools.chain(_ratios(start, ratios, used, t, nonzero), _cases((x, *equations), used, nonzero))


def _without_power(e: sp.Expr, x: sp.Symbol) -> sp.Expr:
    poly = sp.Poly(e, x)
    return (poly.quo(sp.Poly(x ** min(m for (m,) in poly.monoms()), x))).as_expr()


def _ratios(
    start: sp.Expr, ratios: list[Branch], used: tuple[sp.Symbol, ...], t: sp.Symbol, nonzero: tuple[sp.Expr, ...]
) -> Iterator[Branch]:
    x, y = used
    for b in ratios:
        level = tidy(start.subs(b.values))
        if level != 0:
            yield Branch({x: level, y: tidy(level * b.values[t])}, nonzero=nonzero)
