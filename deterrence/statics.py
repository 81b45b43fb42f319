"""Comparative statics: how an exact expression moves with a parameter, and what happens at boundaries.

`sign` settles the sign of a derivative on a whole region and says how that is known.  `across`
follows a line through all equilibria of a game: where each exists, what it predicts there, and how
the prediction jumps where one gives way to another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import sympy as sp

from deterrence import kernels
from deterrence.errors import ParameterError, UnknownName
from deterrence.parameters import Assumptions
from deterrence.polynomials import tidy
from deterrence.regions.lines import Interval, intervals
from deterrence.regions.region import Region
from deterrence.regions.roots import Root
from deterrence.regions.scope import independent
from deterrence.regions.verdict import Verdict, point_text

__all__ = ["Jump", "Line", "Segment", "Trend", "across", "derivative", "derivative_at_roots", "probability", "sign"]

Point = dict[sp.Symbol, sp.Expr]
TURNS = "the equations that a quantity solves may be dependent somewhere: it is not known how it moves with a parameter"


@dataclass(frozen=True)
class Trend:
    """How an expression moves with a parameter throughout a region.

    Attributes
    ----------
    direction : str
        "increasing", "decreasing" (the derivative has that strict sign everywhere), "weakly
        increasing", "weakly decreasing" (it may vanish somewhere), "constant", "not monotone",
        "vacuous" (the region is empty) or "undecided" (also where the expression is not defined
        throughout: past a pole the sign of the derivative says nothing).
    verdict : Verdict
        How that is known; of "not monotone", the proof is the pair of `points`.
    derivative : sympy.Expr
    points : tuple of exact points
        Of "not monotone": where the derivative is positive, and where it is negative.
    """

    direction: str
    verdict: Verdict
    derivative: sp.Expr
    points: tuple[Point, ...] = field(default=(), hash=False)

    def __bool__(self) -> bool:
        raise TypeError(f"a Trend is not a truth value (this one is {self.direction}): ask .direction")

    def __str__(self) -> str:
        if self.points:
            up, down = map(point_text, self.points)
            return f"{self.direction}: rises at {up}; falls at {down}"
        how = self.verdict.grade if self.verdict.proved else self.verdict.reason
        return f"{self.direction} ({how})"


def derivative(expr: Any, wrt: Any, assumptions: Assumptions | None = None) -> sp.Expr:
    """Differentiate by a parameter, as one factored fraction.

    Parameters
    ----------
    expr : sympy.Expr
    wrt : sympy.Symbol (or str, with assumptions)
        An independent parameter.
    assumptions : Assumptions, optional
        Whose definitions are expanded first, so that what depends on `wrt` moves with it.

    Raises
    ------
    ParameterError
        If `wrt` is settled by other parameters: the last of a distribution, or a named expression.

    Examples
    --------
    >>> p, q = sp.symbols("p q", real=True)
    >>> derivative(p * q / (1 - p), p)
    q/(p - 1)**2
    """
    if assumptions is None:
        return tidy(sp.diff(sp.sympify(expr), wrt))
    return tidy(sp.diff(assumptions.expand(expr), independent(assumptions, wrt, f"derivative by {wrt}")))


def derivative_at_roots(
    expr: Any, wrt: Any, assumptions: Assumptions, roots: Mapping[sp.Symbol, sp.Expr]
) -> tuple[sp.Expr, sp.Expr]:
    """Differentiate what rests on roots of equations, which move with the parameter as well.

    Parameters
    ----------
    expr : sympy.Expr
    wrt : sympy.Symbol or str
    assumptions : Assumptions
    roots : mapping of sympy.Symbol to sympy.Expr
        As many unknowns as expressions that vanish at them.

    Returns
    -------
    pair of sympy.Expr
        The total derivative by the implicit function theorem, and the determinant that must not vanish for it.

    Examples
    --------
    >>> from deterrence.parameters import Parameters
    >>> P = Parameters()
    >>> c = P.positive("c")
    >>> q = sp.Symbol("q", real=True)
    >>> derivative_at_roots(1 - q, c, P.snapshot(), {q: q**2 - c})
    (-1/(2*q), 2*q)
    """
    symbol = independent(assumptions, wrt, f"derivative by {wrt}")
    vanishing = sp.Matrix([assumptions.expand(f) for f in roots.values()])
    jacobian = vanishing.jacobian(list(roots))
    moves = -jacobian.adjugate() * vanishing.diff(symbol)
    turning, whole = tidy(jacobian.det()), assumptions.expand(expr)
    moved = sp.Add(*(sp.diff(whole, u) * m for u, m in zip(roots, moves, strict=True)))
    return tidy(sp.diff(whole, symbol) + moved / turning), turning


def probability(equilibrium: Existing, outcome: str) -> sp.Expr:
    """The probability of an outcome in an equilibrium.

    Raises
    ------
    UnknownName
        If the game has no such outcome.
    """
    known = equilibrium.outcomes
    if outcome not in known:
        raise UnknownName(
            subject=f"Equilibrium {equilibrium.title}", wanted="an outcome of the game", got=outcome, known=known
        )
    return sp.sympify(known[outcome])


def sign(
    expr: Any,
    wrt: Any,
    region: Region,
    *,
    roots: Mapping[sp.Symbol, sp.Expr] | None = None,
    seconds: float = 10.0,
) -> Trend:
    """Settle whether an expression rises or falls with a parameter throughout a region.

    Parameters
    ----------
    expr : sympy.Expr
        Over the region's parameters.
    wrt : sympy.Symbol or str
        An independent parameter.
    region : Region
    roots : mapping of sympy.Symbol to sympy.Expr, optional
        Symbols of the region that solve equations, with what vanishes at them: they move with `wrt` too.
    seconds : float
        For all questions together.

    Returns
    -------
    Trend

    Raises
    ------
    ParameterError
        If `wrt` is settled by other parameters, or the expression has symbols that are no parameters:
        how these move with `wrt` is not known.

    Examples
    --------
    >>> from deterrence.parameters import Parameters
    >>> P = Parameters()
    >>> p, q = P.probability("p q")
    >>> print(sign(p * (1 - q), q, Region(p > q, P)))
    decreasing (certified)
    """
    known = region.assumptions
    strange = sorted(s.name for s in known.expand(expr).free_symbols - set(known.symbols))
    if strange:
        raise ParameterError(
            subject=f"derivative of {expr} by {wrt}",
            wanted="an expression in the parameters of the region",
            got=f"the symbol{'s' if len(strange) > 1 else ''} {', '.join(strange)}",
            hint="how such a quantity moves with a parameter is not known here",
        )
    there = kernels.defined(expr, region, seconds=seconds / 5)
    if roots and known.expand(expr).free_symbols & set(roots):
        slope, turning = derivative_at_roots(expr, wrt, known, roots)
        if not kernels.never(sp.Eq(turning, 0), region, seconds=seconds / 5).proved:
            return Trend("undecided", Verdict.unknown(TURNS), slope)
    else:
        slope = derivative(expr, wrt, known)
    if not there.proved:
        return Trend("undecided", _not_defined(expr, there), slope)
    return _trend(slope, region, seconds * 3 / 5)


def _trend(slope: sp.Expr, region: Region, seconds: float) -> Trend:
    """The signs that a derivative has in a region."""

    def never(relation: Any) -> Verdict:
        return kernels.never(relation, region, seconds=seconds / 3)

    rise, fall = (never(sp.Gt(slope, 0)), never(sp.Lt(slope, 0))) if slope.free_symbols else _plain(slope, region)
    if rise.refuted and fall.refuted:
        points = (rise.counterexample or {}, fall.counterexample or {})
        return Trend("not monotone", Verdict.all_of([Verdict.proof("certified", reason="two points")]), slope, points)
    if rise.proved and fall.proved:
        empty = region.is_empty(seconds=seconds / 3)
        word = "vacuous" if empty.proved else "constant"
        return Trend(word, Verdict.all_of([rise, fall]), slope)
    if not (rise.proved or fall.proved):
        return Trend("undecided", rise if rise.undecided else fall, slope)
    word, one_way = ("increasing", fall) if fall.proved else ("decreasing", rise)
    flat = never(sp.Eq(slope, 0)) if slope.free_symbols else Verdict.proof("certified")
    if flat.proved:
        return Trend(word, Verdict.all_of([one_way, flat]), slope)
    return Trend(f"weakly {word}", one_way, slope)


def _not_defined(expr: Any, there: Verdict) -> Verdict:
    """That nothing is said of an expression that is not shown to be defined throughout."""
    where = f" at {point_text(there.counterexample)}" if there.counterexample else ""
    shown = "is not defined" if there.refuted else "is not shown to be defined"
    return Verdict.unknown(f"{expr} {shown}{where or ' everywhere'}", tried=there.tried, seconds=there.seconds)


def _plain(slope: sp.Expr, region: Region) -> tuple[Verdict, Verdict]:
    """The two questions for a slope that is a number."""
    there = region.is_empty()
    never = Verdict.proof("certified", reason=f"the derivative is {slope}")
    return (there if slope > 0 else never), (there if slope < 0 else never)


# -- across equilibria -------------------------------------------------------------------------


class Existing(Protocol):
    """What `across` needs of an equilibrium."""

    @property
    def title(self) -> str:
        """Its name."""

    @property
    def condition(self) -> Region:
        """Where it exists."""

    @property
    def outcomes(self) -> Mapping[str, sp.Expr]:
        """The probability of each outcome."""


@dataclass(frozen=True)
class Segment:
    """Where along the line one equilibrium exists, and what it predicts there."""

    equilibrium: str
    interval: Interval
    expression: sp.Expr

    def __str__(self) -> str:
        return f"{self.interval}: {self.equilibrium}, {self.expression}"


@dataclass(frozen=True)
class Jump:
    """One equilibrium ends where another begins: the limits of both predictions there."""

    place: sp.Expr
    leaving: str
    entering: str
    before: sp.Expr
    after: sp.Expr

    @property
    def size(self) -> sp.Expr:
        """By how much the prediction changes; 0 if it runs on continuously."""
        return sp.simplify(self.after - self.before)

    def __str__(self) -> str:
        return f"at {self.place}: {self.leaving} {self.before} -> {self.entering} {self.after}"


@dataclass(frozen=True)
class Line:
    """The probability of an outcome along a line through all equilibria."""

    outcome: str
    wrt: sp.Symbol
    segments: tuple[Segment, ...]
    jumps: tuple[Jump, ...]

    def __str__(self) -> str:
        lines = [f"{self.outcome} as {self.wrt} varies:", *(f"  {s}" for s in self.segments)]
        return "\n".join([*lines, *(f"  {j}" for j in self.jumps)])


def across(equilibria: Iterable[Existing], outcome: str, wrt: Any, at: Mapping[Any, Any] | None = None) -> Line:
    """Follow the probability of an outcome along a line as a parameter crosses boundaries.

    Parameters
    ----------
    equilibria : iterable of Equilibrium
        All over the same assumptions.
    outcome : str
    wrt : sympy.Symbol or str
        The parameter that varies.
    at : mapping
        Exact values of all other parameters that matter.

    Raises
    ------
    UnknownName
        If no equilibrium knows the outcome.
    PointError
        If a value is missing.
    """
    segments: list[Segment] = []
    symbol = sp.Symbol(str(wrt), real=True)
    for eq in equilibria:
        known = eq.condition.assumptions
        symbol = known.resolve(wrt)
        exact = {s: v for s, v in known.exact_point(at or {}).items() if s != symbol}
        value = tidy(known.expand(probability(eq, outcome)).subs(exact))
        segments += [Segment(eq.title, i, value) for i in intervals(eq.condition, symbol, exact)]
    segments.sort(key=lambda s: (-sp.oo if s.interval.start is None else float(s.interval.start), s.equilibrium))
    return Line(outcome, symbol, tuple(segments), tuple(_jumps(segments, symbol)))


def _jumps(segments: list[Segment], symbol: sp.Symbol) -> list[Jump]:
    """Every pair of a segment that ends and another that starts at the same place."""
    found = []
    for first in segments:
        place = first.interval.end
        if place is None:
            continue
        for second in segments:
            if second is not first and second.interval.start == place and second.interval.end != place:
                before, after = (_limit(s.expression, symbol, place, side) for s, side in ((first, "-"), (second, "+")))
                found.append(Jump(place.exact, first.equilibrium, second.equilibrium, before, after))
    return found


def _limit(expr: sp.Expr, symbol: sp.Symbol, place: Root, side: str) -> sp.Expr:
    value = expr.subs(symbol, place.exact)
    return sp.simplify(value if value.is_finite is not False else sp.limit(expr, symbol, place.exact, side))
