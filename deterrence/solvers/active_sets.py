"""First-order conditions by active set (Karush 1939; Kuhn and Tucker 1951).

Every level is interior, at its lower or at its upper bound.  Interior levels have slope 0; at a
bound the slope points outwards.  Each assignment gives equations, solved for the levels, and
inequalities.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sympy as sp

from deterrence.errors import NotPolynomial
from deterrence.games.continuous import ContinuousGame, Level
from deterrence.polynomials import Ring, tidy

__all__ = ["Candidate", "assignments", "candidates", "is_rational", "solutions"]

Places = Mapping[sp.Symbol, str]
Values = dict[sp.Symbol, sp.Expr]


@dataclass(frozen=True)
class Candidate:
    """One solution of the equations of one assignment.

    Attributes
    ----------
    places : mapping of level to "interior", "low" or "high"
    values : mapping of level to expression
        Levels that stay open stand for themselves.
    free : tuple of symbols
        Levels that the equations leave open.
    edges : tuple of expressions
        Slopes that no level enters: equations among the parameters.
    """

    places: Places
    values: Values
    free: tuple[sp.Symbol, ...]
    edges: tuple[sp.Expr, ...] = ()


def assignments(levels: Sequence[Level]) -> Iterator[Places]:
    """Every assignment of levels to interior and bounds."""
    choices = [("interior", "low") + (("high",) if x.high is not None else ()) for x in levels]
    for chosen in itertools.product(*choices):
        yield dict(zip((x.symbol for x in levels), chosen, strict=True))


def candidates(game: ContinuousGame, levels: Sequence[Level], places: Places) -> list[Candidate] | None:
    """All solutions of the equations; None if no way to solve them is known."""
    at_bound: Values = {}
    for x in levels:
        if places[x.symbol] != "interior":
            bound = x.low if places[x.symbol] == "low" else x.high
            at_bound[x.symbol] = sp.sympify(bound)
    unknown = [x.symbol for x in levels if places[x.symbol] == "interior"]
    equations = [game.slope(s).subs(at_bound) for s in unknown]
    if any(e.has(sp.zoo, sp.nan, sp.oo, -sp.oo) for e in equations):
        return []
    edges = tuple(e for e in equations if e != 0 and not e.free_symbols & set(unknown))
    if any(e.is_number for e in edges):
        return []
    found = solutions([e for e in equations if e not in edges and e != 0], unknown)
    if found is None:
        return None
    result = []
    for values in found:
        free = tuple(s for s in unknown if s not in values)
        whole = {**at_bound, **{s: values.get(s, s) for s in unknown}}
        result.append(Candidate(places, whole, free, edges))
    return result


def is_rational(expr: sp.Expr) -> bool:
    """Whether an expression is a rational function with rational coefficients."""
    try:
        Ring(sorted(expr.free_symbols, key=str)).fraction(expr)
    except NotPolynomial:
        return False
    return True


def solutions(equations: Sequence[sp.Expr], unknown: Sequence[sp.Symbol]) -> list[Values] | None:
    """All solutions; None if no way to find them all is known."""
    if not unknown or not equations:
        return [{}]
    if not all(is_rational(e) for e in equations):
        return _beyond_rational(equations, unknown)
    ring = Ring(sorted({s for e in equations for s in e.free_symbols} | set(unknown), key=str))
    tops = [ring.to_sympy(ring.fraction(e)[0]) for e in equations]
    bottoms = [ring.to_sympy(ring.fraction(e)[1]) for e in equations]
    if any(t.is_number and t != 0 for t in tops):
        return []
    if all(sp.Poly(t, *unknown).total_degree() <= 1 for t in tops):
        found = _linear(tops, unknown)
    else:
        solved = _polynomial(tops, unknown)
        if solved is None:
            return None
        found = solved
    return [f for f in found if all(sp.simplify(b.subs(f)) != 0 for b in bottoms)]


def _polynomial(equations: Sequence[sp.Expr], unknown: Sequence[sp.Symbol]) -> list[Values] | None:
    """Real solutions of polynomial equations; None where formulas hold the imaginary unit although they may be real."""
    try:
        solved = sp.solve(list(equations), list(unknown), dict=True)
    except NotImplementedError:
        return None
    found = []
    for values in solved:
        if any(v.has(sp.I) and not v.is_number for v in values.values()):
            return None
        if not any(v.has(sp.I) and abs(sp.im(sp.N(v, 30))) > 1e-15 for v in values.values()):
            found.append({s: tidy(v) for s, v in values.items()})
    return found


def _linear(equations: Sequence[sp.Expr], unknown: Sequence[sp.Symbol]) -> list[Values]:
    """Solutions of a linear system, free unknowns left out."""
    solved = sp.linsolve(list(equations), *unknown)
    return [{s: tidy(v) for s, v in zip(unknown, row, strict=True) if v != s} for row in solved]


def _beyond_rational(equations: Sequence[sp.Expr], unknown: Sequence[sp.Symbol]) -> list[Values] | None:
    """Logarithms, roots and powers: one unknown, or two through their ratio (contests are homogeneous)."""
    if len(unknown) == 1:
        return _one(equations[0], unknown[0])
    if len(unknown) == 2:
        return _by_ratio(equations, unknown)
    return None


def _positive(expr: sp.Expr, unknown: Sequence[sp.Symbol]) -> tuple[sp.Expr, dict[sp.Symbol, sp.Symbol]]:
    """The expression with positive stand-ins for all symbols, so that powers combine."""
    put = {s: sp.Dummy(s.name, positive=True) for s in expr.free_symbols | set(unknown)}
    return expr.xreplace(put), put


def _one(equation: sp.Expr, x: sp.Symbol) -> list[Values] | None:
    """One equation in one unknown; only where SymPy finds a closed form."""
    expr, put = _positive(equation, [x])
    try:
        found = sp.solve(sp.powsimp(sp.together(expr)), put[x])
    except (NotImplementedError, ValueError):
        return None
    back = {v: k for k, v in put.items()}
    if any(f.has(sp.I) or f.has(sp.LambertW) for f in found):
        return None
    return [{x: f.xreplace(back)} for f in found]


def _by_ratio(equations: Sequence[sp.Expr], unknown: Sequence[sp.Symbol]) -> list[Values] | None:
    """Put y = t x: solve one equation for x, then the other for t."""
    x, y = unknown
    put = {s: sp.Dummy(s.name, positive=True) for e in equations for s in e.free_symbols}
    if x not in put or y not in put:
        return None
    t = sp.Dummy("t", positive=True)
    first, second = (
        sp.simplify(sp.powsimp(sp.expand_power_base(e.xreplace(put).subs(put[y], t * put[x]), force=True)))
        for e in equations
    )
    try:
        starts = sp.solve(first, put[x])
        pairs = []
        for start in starts:
            rest = sp.simplify(sp.powsimp(second.subs(put[x], start), force=True))
            pairs += [(start, ratio) for ratio in sp.solve(rest, t)]
    except (NotImplementedError, ValueError):
        return None
    if not pairs:
        return None
    back = {v: k for k, v in put.items()}
    return [
        {x: sp.simplify(start.subs(t, ratio)).xreplace(back), y: sp.simplify((t * start).subs(t, ratio)).xreplace(back)}
        for start, ratio in pairs
    ]
