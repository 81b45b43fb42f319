"""A plane of two parameters, the others held fixed: conditions cut down to it, and its window.

An axis is an independent parameter or a defined one (`p_Tac = p_HH + p_HS`).  A defined axis moves
the first of the independent parameters it is made of; one that is left out of `at` moves instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.errors import ParameterError, PointError
from deterrence.numbers import exact_number
from deterrence.parameters import Assumptions
from deterrence.plot.inputs import checked_range, point_of
from deterrence.polynomials import Polynomial, Ring, to_flint
from deterrence.regions import Region
from deterrence.regions.logic import Formula, Literal, literals, map_literals
from deterrence.regions.slices import cut

__all__ = ["Plane", "fixed_values", "sliced", "window"]

Window = tuple[sp.Rational, sp.Rational]


@dataclass(frozen=True)
class Plane:
    """Two axes and the values of everything else.

    Attributes
    ----------
    assumptions : Assumptions
    x, y : sympy.Symbol
        The axes.
    carriers : tuple of sympy.Symbol
        The independent parameters that move with them.
    images : tuple of sympy.Expr
        The carriers in terms of the axes.
    fixed : dict
        Exact values of the other parameters.
    """

    assumptions: Assumptions
    x: sp.Symbol
    y: sp.Symbol
    carriers: tuple[sp.Symbol, sp.Symbol]
    images: tuple[sp.Expr, sp.Expr]
    fixed: Mapping[sp.Symbol, sp.Rational]

    @classmethod
    def of(cls, subject: str, assumptions: Assumptions, x: Any, y: Any, at: Mapping[Any, Any] | None) -> Plane:
        """The plane of two axes.

        Raises
        ------
        ParameterError
            If the axes are the same, or cannot be moved apart from one another.
        PointError
            If a value that is held fixed breaks an assumption.
        """
        first, second = assumptions.resolve(x), assumptions.resolve(y)
        if first == second:
            raise ParameterError(subject=subject, wanted="two different parameters as axes", got=f"{first} twice")
        point = {k: v for k, v in (at or {}).items() if assumptions.resolve(k) not in (first, second)}
        given = assumptions.exact_point(point)
        carriers = _carriers(subject, assumptions, (first, second), given)
        fixed = {s: v for s, v in given.items() if s not in carriers}
        check_fixed(subject, assumptions, fixed)
        images = _images(subject, assumptions, (first, second), carriers, fixed)
        return cls(assumptions, first, second, carriers, images, fixed)

    @property
    def ring(self) -> Ring:
        """Polynomials in the two axes."""
        return Ring((self.x, self.y))

    def formula(self, region: Region) -> Formula:
        """The condition of a region in the plane, assumptions included."""
        flat, fixed = sliced(region, self.fixed, *self.carriers)
        formula = cut(flat, *self.carriers, fixed).formula
        if self.carriers == (self.x, self.y):
            return formula
        return map_literals(formula, lambda f: Literal(f.op, self.moved(f.poly, Ring(self.carriers))))

    def moved(self, poly: Polynomial, ring: Ring) -> Polynomial:
        """A polynomial in the carriers as one in the axes."""
        put = dict(zip(self.carriers, self.images, strict=True))
        return self.ring.from_sympy(sp.expand(ring.to_sympy(poly).xreplace(put)))

    def restricted(self, poly: Polynomial, ring: Ring) -> Polynomial | None:
        """A polynomial in all parameters as one in the axes; None if it vanishes or needs a missing value."""
        values = {s: ring.context.constant(to_flint(v)) for s, v in self.fixed.items() if s in ring.index}
        rest = ring.compose(poly, values)
        if not set(ring.used(rest)) <= set(self.carriers):
            return None
        flat = Ring(self.carriers).convert(rest, ring)
        moved = flat if self.carriers == (self.x, self.y) else self.moved(flat, Ring(self.carriers))
        return None if moved == 0 else moved

    def missing(self, regions: Any) -> tuple[sp.Symbol, ...]:
        """Parameters on which the regions depend and that have no value."""
        used = {s for r in regions for f in literals(r.formula) for s in r.assumptions.ring.used(f.poly)}
        return tuple(s for s in self.assumptions.symbols if s in used - {*self.fixed, *self.carriers})

    def values(self) -> dict[sp.Symbol, sp.Expr]:
        """What every parameter that is not an axis is, in terms of the axes."""
        return {**self.fixed, **{c: i for c, i in zip(self.carriers, self.images, strict=True) if c != i}}


def sliced(region: Region, fixed: Mapping[sp.Symbol, Any], *axes: sp.Symbol) -> tuple[Region, Mapping[sp.Symbol, Any]]:
    """A region and what is still to be fixed; quantified symbols are eliminated where values are put in already."""
    if not region.pending:
        return region, fixed
    return region.at({s: v for s, v in fixed.items() if s not in axes}).eliminate(), {}


def fixed_values(
    subject: str, assumptions: Assumptions, x: sp.Symbol, at: Mapping[Any, Any] | str | None
) -> dict[sp.Symbol, sp.Rational]:
    """The values along a line: everything that is given, except the parameter that varies."""
    if x not in assumptions.ring.index:
        raise ParameterError(
            subject=subject, wanted="an independent parameter as axis", got=f"{x} = {assumptions.expand(x)}"
        )
    values = point_of(assumptions, at, subject)
    given = assumptions.exact_point({k: v for k, v in values.items() if assumptions.resolve(k) != x})
    check_fixed(subject, assumptions, given)
    return given


def check_fixed(subject: str, assumptions: Assumptions, fixed: Mapping[sp.Symbol, sp.Rational]) -> None:
    """Refuse values that break an assumption, by its name."""
    broken = assumptions.violated(fixed)
    if broken:
        values = ", ".join(f"{s} = {fixed[s]}" for s in sorted(broken[0].free_symbols, key=str))
        raise PointError(subject=subject, wanted=f"values with {broken[0]}", got=values, hint="change at={...}")


def require(subject: str, assumptions: Assumptions, missing: tuple[sp.Symbol, ...]) -> None:
    """Say which parameters need a value."""
    if missing:
        samples = (assumptions[s].sample for s in missing)
        example = ", ".join(f'"{s}": {"..." if v is None else v}' for s, v in zip(missing, samples, strict=True))
        raise PointError(
            subject=subject,
            wanted=f"a value for {', '.join(s.name for s in missing)}",
            got="none",
            hint=f"give it in at={{{example}}}, or all of the model's samples by at=model.sample_point()",
        )


def _carriers(
    subject: str, assumptions: Assumptions, axes: tuple[sp.Symbol, sp.Symbol], given: Mapping[sp.Symbol, sp.Rational]
) -> tuple[sp.Symbol, sp.Symbol]:
    """An independent parameter for each axis: itself, or one that its definition uses."""
    taken: list[sp.Symbol] = [a for a in axes if a in assumptions.ring.index]
    found: list[sp.Symbol] = []
    for axis in axes:
        if axis in assumptions.ring.index:
            found.append(axis)
            continue
        parts = [s for s in assumptions.symbols if s in assumptions.expand(axis).free_symbols and s not in taken]
        free = [s for s in parts if s not in given] or parts
        if not free:
            raise ParameterError(
                subject=subject, wanted=f"a parameter to move {axis} by", got=f"{axis} = {assumptions.expand(axis)}"
            )
        found.append(free[0])
        taken.append(free[0])
    return found[0], found[1]


def _images(
    subject: str,
    assumptions: Assumptions,
    axes: tuple[sp.Symbol, sp.Symbol],
    carriers: tuple[sp.Symbol, sp.Symbol],
    fixed: Mapping[sp.Symbol, sp.Rational],
) -> tuple[sp.Expr, sp.Expr]:
    """The carriers solved for in terms of the axes."""
    if axes == carriers:
        return axes
    stand = {c: sp.Dummy(c.name) for c in carriers}
    equations = [assumptions.expand(a).xreplace(fixed).xreplace(stand) - a for a in axes]
    require(
        subject,
        assumptions,
        tuple(s for s in assumptions.symbols if any(s in e.free_symbols for e in equations) and s not in axes),
    )
    try:
        solved = sp.solve(equations, list(stand.values()), dict=True)
    except NotImplementedError:
        solved = []
    if len(solved) != 1 or any(not sp.sympify(solved[0].get(d, sp.nan)).is_polynomial(*axes) for d in stand.values()):
        raise ParameterError(
            subject=subject,
            wanted="axes that are linear in the parameters that move them",
            got=", ".join(f"{a} = {assumptions.expand(a)}" for a in axes),
        )
    first, second = (sp.expand(solved[0][stand[c]]) for c in carriers)
    return first, second


def window(subject: str, assumptions: Assumptions, symbol: sp.Symbol, fixed: Mapping[Any, Any], given: Any) -> Window:
    """The range of an axis: as given, or what the assumptions and fixed values leave to it.

    Raises
    ------
    ParameterError
        If the range is none, or the assumptions leave it open and there is no sample value.
    """
    given = checked_range(given, str(symbol))
    if given is not None:
        low, high = (exact_number(v, f"range of {symbol}") for v in given)
        if not low < high:
            raise ParameterError(subject=f"range of {symbol}", wanted="a lower and a higher number", got=str(given))
        return low, high
    below, above = _bounds(assumptions, symbol, fixed)
    if assumptions[symbol].kind in ("probability", "distribution", "dependent") or _shares(assumptions, symbol):
        below, above = max(below or 0, sp.Integer(0)), min(sp.Integer(1) if above is None else above, sp.Integer(1))
    sample = assumptions[symbol].sample
    if below is not None and above is not None and below < above:
        return below, above
    if below is None and above is None and sample is None:
        raise ParameterError(
            subject=subject,
            wanted=f"a range for {symbol}",
            got="none",
            hint=f"give one, such as ({symbol.name}) (0, 10)",
        )
    base = next(v for v in (below, above, sample) if v is not None)
    width = max(sp.Integer(1), 2 * abs((sample if sample is not None else base + 1) - base))
    if below is None and above is None:
        return base - max(width, abs(base)), base + max(width, abs(base))
    return (below, below + width) if below is not None else (above - width, above)


def _shares(assumptions: Assumptions, symbol: sp.Symbol) -> bool:
    """Whether a defined parameter is a sum of members of one distribution."""
    if symbol in assumptions.ring.index:
        return False
    expr = assumptions.expand(symbol)
    return any(expr.free_symbols and expr.free_symbols <= set(group) for group in assumptions.simplices)


def _bounds(
    assumptions: Assumptions, symbol: sp.Symbol, fixed: Mapping[Any, Any]
) -> tuple[sp.Rational | None, sp.Rational | None]:
    """The tightest numbers that the relations leave on either side."""
    low: list[Any] = []
    high: list[Any] = []
    for r in assumptions.relations:
        gap = sp.expand((r.lhs - r.rhs).xreplace(dict(fixed)))
        if gap.free_symbols != {symbol} or sp.degree(gap, symbol) != 1 or r.rel_op not in ("<", "<=", ">", ">="):
            continue
        slope, offset = sp.Poly(gap, symbol).all_coeffs()
        upper = (r.rel_op in ("<", "<=")) == bool(slope > 0)
        (high if upper else low).append(-offset / slope)
    return max(low, default=None), min(high, default=None)
