"""Expressions in print: one fraction, factored, above and below positive where signs are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import sympy as sp

from deterrence.errors import NotPolynomial
from deterrence.parameters import Assumptions
from deterrence.polynomials import Polynomial, primitive
from deterrence.regions import Region
from deterrence.regions.logic import And, Formula, conjunction, literals
from deterrence.regions.present import _Latex, _Presenter, _Text

__all__ = ["about", "as_latex", "as_text", "presented", "renamed", "with_symbols"]


@lru_cache(maxsize=64)
def _presenter(assumptions: Assumptions) -> _Presenter:
    return _Presenter(assumptions, ())


@lru_cache(maxsize=4096)
def presented(expr: sp.Expr, assumptions: Assumptions) -> sp.Expr:
    """The expression as a paper would print it, under these assumptions.

    Examples
    --------
    >>> from deterrence.parameters import Parameters
    >>> P = Parameters()
    >>> low, high = P.ordered("low < high")
    >>> p = P.probability("p")
    >>> print(as_text(presented((p * low - low) / (low - high), P.snapshot())))
    low*(1 - p)/(high - low)
    """
    presenter = _presenter(assumptions)
    try:
        num, den = presenter.base.fraction(assumptions.expand(expr))
    except NotPolynomial:
        return expr
    num, den = (presenter.ring.convert(poly, presenter.base) for poly in _whole(num, den))
    if presenter.product(den)[0] < 0:
        num, den = -num, -den
    plain = presenter.quotient(num, den)
    if plain.is_Atom or den.is_constant():
        return plain
    rest = presenter.quotient(den - num, den)
    shorter = not rest.is_Add and rest.count_ops() + 1 < plain.count_ops()
    return 1 - rest if shorter else plain


def _whole(num: Polynomial, den: Polynomial) -> tuple[Polynomial, Polynomial]:
    """The same fraction with coprime whole numbers for coefficients."""
    if num == 0:
        return num, den
    (_, top), (_, bottom) = primitive(num), primitive(den)
    scale = (num.leading_coefficient() / top.leading_coefficient()) / (
        den.leading_coefficient() / bottom.leading_coefficient()
    )
    return top * scale.p, bottom * scale.q


def as_text(expr: Any) -> str:
    """An expression as text; a fraction at a point with its decimal value beside it."""
    text = str(_Text().doprint(expr))
    if isinstance(expr, sp.Rational) and not expr.is_Integer:
        return f"{text} = {_decimal(expr)}" if 10**4 % expr.q == 0 else f"{text} ~ {_decimal(expr)}"
    if isinstance(expr, sp.Expr) and expr.is_number and not expr.is_Rational:
        return f"{_Text().doprint(one_fraction(expr))} ~ {_decimal(expr)}"
    return text


def one_fraction(number: sp.Expr) -> sp.Expr:
    """A number with roots over one whole denominator, for print."""
    above, below = sp.fraction(sp.together(number))
    return sp.Mul(sp.Pow(below, -1), sp.expand(above), evaluate=False) if below != 1 else number


def _decimal(number: sp.Expr) -> str:
    return f"{float(number):.4g}"


def as_latex(expr: Any) -> str:
    """An expression as LaTeX."""
    irrational = isinstance(expr, sp.Expr) and expr.is_number and not expr.is_Rational
    return str(_Latex().doprint(one_fraction(expr) if irrational else expr))


# -- symbols ----------------------------------------------------------------------------------------


def with_symbols(assumptions: Assumptions, symbols: Any) -> Assumptions:
    """The same assumptions with probabilities that were not declared."""
    missing = [s for s in symbols if s not in assumptions]
    return assumptions.extend(closed=[(s,) for s in missing]) if missing else assumptions


def renamed(assumptions: Assumptions, names: Mapping[sp.Symbol, sp.Symbol]) -> Assumptions:
    """The same assumptions with other symbols in the same places."""
    if not any(p.symbol in names for p in assumptions.parameters):
        return assumptions
    put = dict(names)

    def groups(rows: tuple[tuple[sp.Symbol, ...], ...]) -> tuple[tuple[sp.Symbol, ...], ...]:
        return tuple(tuple(put.get(s, s) for s in row) for row in rows)

    return Assumptions(
        tuple(replace(p, symbol=put.get(p.symbol, p.symbol)) for p in assumptions.parameters),
        tuple(r.xreplace(put) for r in assumptions.relations),
        groups(assumptions.simplices),
        groups(assumptions.closed),
        tuple((put.get(s, s), e.xreplace(put)) for s, e in assumptions.definitions),
    )


@dataclass(frozen=True)
class Shown:
    """A condition ready to print: as text and as LaTeX."""

    region: Region
    prefer: tuple[sp.Symbol, ...] = ()

    @property
    def text(self) -> str:
        """In words."""
        return self.region.text(*self.prefer)

    @property
    def latex(self) -> str:
        """As LaTeX."""
        return self.region.latex(*self.prefer)


def about(region: Region, symbols: tuple[sp.Symbol, ...], names: Mapping[sp.Symbol, sp.Symbol]) -> Shown | None:
    """What a region says of some symbols, under short names; None if it leaves them open.

    Parts that do not mention the symbols are left out where the region is a conjunction.
    """
    ring = region.assumptions.ring
    parts = region.formula.parts if isinstance(region.formula, And) else (region.formula,)

    def mentions(part: Formula) -> bool:
        return any(set(ring.used(f.poly)) & set(symbols) for f in literals(part))

    kept = conjunction(*(part for part in parts if mentions(part)))
    if kept is True:
        return None
    scope = renamed(region.assumptions, names)
    return Shown(Region(kept, scope).simplify(), tuple(names.get(s, s) for s in symbols))
