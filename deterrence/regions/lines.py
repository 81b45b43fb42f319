"""A region along a line: the exact intervals of one parameter for which it holds."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import flint
import sympy as sp

from deterrence.errors import PointError
from deterrence.polynomials import Ring
from deterrence.regions.logic import And, Formula, Literal, conjunction, literals, map_literals
from deterrence.regions.proof import assumed_literals
from deterrence.regions.roots import Root, between, real_roots
from deterrence.regions.scope import independent

if TYPE_CHECKING:
    from deterrence.regions.region import Region

__all__ = ["Interval", "intervals"]


@dataclass(frozen=True)
class Interval:
    """An interval of one parameter, its ends exact; None for an end at infinity.

    Attributes
    ----------
    start, end : Root or None
        Equal for a single point.
    with_start, with_end : bool
        Whether the ends belong to it.
    """

    start: Root | None
    end: Root | None
    with_start: bool
    with_end: bool

    @property
    def ends(self) -> tuple[sp.Expr, sp.Expr]:
        """The ends as SymPy numbers."""
        return (
            -sp.oo if self.start is None else self.start.exact,
            sp.oo if self.end is None else self.end.exact,
        )

    def __contains__(self, value: Root) -> bool:
        after = self.start is None or self.start < value or (self.with_start and value == self.start)
        before = self.end is None or value < self.end or (self.with_end and value == self.end)
        return after and before

    def __str__(self) -> str:
        low, high = self.ends
        return f"{'[' if self.with_start else '('}{low}, {high}{']' if self.with_end else ')'}"


def intervals(region: Region, symbol: Any, at: Mapping[Any, Any] | None = None) -> tuple[Interval, ...]:
    """Find where a region holds along a line.

    Parameters
    ----------
    region : Region
        Its assumptions count as part of the condition.
    symbol : sympy.Symbol or str
        The parameter that varies.
    at : mapping
        Exact values of all other parameters that matter.

    Returns
    -------
    tuple of Interval
        From left to right, apart from one another.

    Examples
    --------
    >>> from deterrence.parameters import Parameters
    >>> from deterrence.regions.region import Region
    >>> P = Parameters()
    >>> p = P.probability("p")
    >>> [str(i) for i in intervals(Region(p * (1 - p) <= sp.Rational(2, 9), P), p)]
    ['(0, 1/3]', '[2/3, 1)']
    """
    formula = _along(region, symbol, at or {})
    marks = sorted({root for f in literals(formula) for root in real_roots(_coefficients(f))})
    cells: list[tuple[Root | None, Root | None, bool]] = []
    for low, high in itertools.pairwise([None, *marks, None]):
        if low is not None:
            cells.append((low, low, _at_root(formula, low)))
        cells.append((low, high, _holds(formula, _sample(low, high))))
    return _joined(cells)


def _along(region: Region, symbol: Any, at: Mapping[Any, Any]) -> Formula:
    """The condition in one variable, assumptions included."""
    bare = region.eliminate() if region.pending else region
    x = independent(bare.assumptions, symbol, f"line along {symbol}")
    exact = bare.assumptions.exact_point(at)
    rest = bare.at({s: v for s, v in exact.items() if s != x})
    ring, line = rest.assumptions.ring, Ring((x,))
    domain = [f for f in assumed_literals(rest.assumptions) if x in ring.used(f.poly)]
    whole = conjunction(rest.formula, *sorted(domain, key=lambda f: (f.op, f.key)))
    missing = {s for f in literals(whole) for s in ring.used(f.poly)} - {x}
    if missing or rest.pending:
        names = ", ".join(s.name for s in (*ring.symbols, *rest.pending) if s in missing or s in rest.pending)
        raise PointError(subject=f"line along {x}", wanted=f"a value for {names}", got="none", hint="give it in at={}")
    return map_literals(whole, lambda f: Literal(f.op, line.convert(f.poly, ring)))


def _coefficients(literal: Literal) -> list[Any]:
    table = {int(m[0]): c for m, c in literal.poly.to_dict().items()}
    return [table.get(k, flint.fmpq(0)) for k in range(max(table, default=0) + 1)]


def _sample(low: Root | None, high: Root | None) -> Any:
    if low is None:
        return flint.fmpq(0) if high is None else flint.fmpq(int(float(high)) - 2)
    return flint.fmpq(int(float(low)) + 2) if high is None else between(low, high)


def _holds(formula: Formula, value: Any) -> bool:
    if isinstance(formula, bool):
        return formula
    if isinstance(formula, Literal):
        return formula.sign_holds(formula.poly(value))
    parts = (_holds(p, value) for p in formula.parts)
    return all(parts) if isinstance(formula, And) else any(parts)


def _at_root(formula: Formula, root: Root) -> bool:
    """The truth at an algebraic number: each polynomial vanishes there or keeps the sign it has nearby."""
    if isinstance(formula, bool):
        return formula
    if isinstance(formula, Literal):
        roots = real_roots(_coefficients(formula))
        if root in roots:
            return formula.op in (">=", "==")
        below = max((r for r in roots if r < root), default=None)
        above = min((r for r in roots if root < r), default=None)
        return formula.sign_holds(formula.poly(_sample(below, above)))
    parts = (_at_root(p, root) for p in formula.parts)
    return all(parts) if isinstance(formula, And) else any(parts)


def _joined(cells: list[tuple[Root | None, Root | None, bool]]) -> tuple[Interval, ...]:
    """Neighbouring cells that hold as one interval; single points and open cells alternate."""
    found: list[Interval] = []
    open_ = False
    for low, high, holds in cells:
        point = low is not None and low == high
        if holds and open_:
            last = found.pop()
            found.append(Interval(last.start, high, last.with_start, point))
        elif holds:
            found.append(Interval(low, high, point, point))
        open_ = holds
    return tuple(found)
