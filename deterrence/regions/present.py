"""Conditions in print: every atom solved for the parameter that a paper would solve it for.

An atom that is linear in a preferred parameter, with a coefficient of known sign, becomes a
threshold: ``p_B >= (a_DC - a_SQ)/(a_DC - a_CD)``, the denominator positive and each difference
written largest minus smaller.  Preferred are the symbols asked for, then probabilities.  Dependent
probabilities and named expressions stand where that is shorter.  Other atoms have what is positive
on the left and what is negative on the right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.printing.latex import LatexPrinter
from sympy.printing.str import StrPrinter

from deterrence.parameters import Assumptions
from deterrence.polynomials import Polynomial, primitive
from deterrence.regions.formula import factors
from deterrence.regions.logic import And, Formula, Literal, literals
from deterrence.regions.signs import signs

if TYPE_CHECKING:
    from deterrence.regions.region import Region

__all__ = ["Atom", "atoms", "latex", "repeated_thresholds", "text"]

_FLIPPED = {">": "<", ">=": "<=", "==": "==", "!=": "!="}
_LATEX = {">": ">", ">=": r"\geq", "<": "<", "<=": r"\leq", "==": "=", "!=": r"\neq"}


@dataclass(frozen=True)
class Atom:
    """One relation as printed; `symbol` is set where it is a bound on a parameter."""

    left: sp.Expr
    op: str
    right: sp.Expr
    symbol: sp.Symbol | None = None


class _PositiveFirst:
    """Sums with what is added before what is subtracted: ``a_DC - a_CD``, not ``-a_CD + a_DC``."""

    def _as_ordered_terms(self, expr: sp.Expr, order: Any = None) -> list[sp.Expr]:
        terms = super()._as_ordered_terms(expr, order)  # type: ignore[misc]
        return sorted(terms, key=lambda t: bool(t.could_extract_minus_sign()))


class _Text(_PositiveFirst, StrPrinter):
    pass


class _Latex(_PositiveFirst, LatexPrinter):
    def _print_Symbol(self, expr: sp.Symbol, style: str = "plain") -> str:  # noqa: N802 - SymPy looks for this name
        """A name with several underscores, or one that ends in one, keeps them."""
        head, *tail = str(expr.name).split("_")
        if len(tail) < 2 and "" not in (head, *tail):
            return str(super()._print_Symbol(expr, style))
        below = r"\_".join(tail) if head else r"\_".join(["", *tail])
        return rf"{head}_{{\text{{{below}}}}}" if below and head else rf"\text{{{expr.name}}}".replace("_", r"\_")


class _Presenter:
    """The atoms of one scope: signs, preferred symbols and defined names at hand."""

    def __init__(self, assumptions: Assumptions, prefer: Sequence[Any]) -> None:
        self.assumptions, self.base = assumptions, assumptions.ring
        self.ring = self.base.extend(s for s, _ in assumptions.definitions)
        self.images = self._images()
        self.prefer = self._preferred(prefer)
        self._atoms: dict[Literal, Atom] = {}

    def _images(self) -> dict[sp.Symbol, Polynomial]:
        """The polynomial definitions, over the wider ring."""
        images = {}
        for s, expr in self.assumptions.definitions:
            num, den = self.base.fraction(expr)
            if den.is_constant():
                images[s] = self.ring.convert(num / den.leading_coefficient(), self.base)
        return images

    def _preferred(self, prefer: Sequence[Any]) -> list[sp.Symbol]:
        asked = [self.assumptions.resolve(p) for p in prefer]
        groups = [s for g in self.assumptions.simplices + self.assumptions.closed for s in g]
        declared = [p.symbol for p in self.assumptions.parameters]
        used = set(groups)
        named = [s for s in declared if s in self.images and set(self.ring.used(self.images[s])) <= used]
        return list(dict.fromkeys([*asked, *(s for s in declared if s in used), *named]))

    # -- polynomials ------------------------------------------------------------------------------

    def sign(self, poly: Polynomial) -> int:
        """The sign of a polynomial that may use defined names."""
        plain = self.ring.compose(poly, self.images) if self.images else poly
        return signs(self.assumptions)(self.base.convert(plain, self.ring))

    def shortest(self, poly: Polynomial) -> Polynomial:
        """The polynomial with defined names in place of what they stand for, where that has fewer terms."""
        best = poly
        for s, image in self.images.items():
            if image.total_degree() != 1:
                continue
            for member in self.ring.used(image):
                offset, slope = self.ring.coefficients(image, member)
                replaced = (self.ring.gen(s) - offset) / slope.leading_coefficient()
                candidate = self.ring.compose(best, {member: replaced})
                if len(candidate.coeffs()) < len(best.coeffs()):
                    best = candidate
        return best

    def product(self, poly: Polynomial) -> tuple[int, list[sp.Expr]]:
        """Sign and factors, each turned so that it is positive where its sign is known."""
        lead, primes = factors(poly)
        _, whole = primitive(poly)
        scale = poly.leading_coefficient() / whole.leading_coefficient()
        sign = lead
        parts: list[tuple[Polynomial, int]] = []
        loose: list[int] = []
        for prime, power in primes:
            known = self.sign(prime)
            turned = -prime if known < 0 else prime
            sign *= -1 if known < 0 and power % 2 else 1
            if known == 0 and power % 2:
                loose.append(len(parts))
            parts.append((turned, power))
        if sign < 0 and loose:
            parts[loose[0]] = (-parts[loose[0]][0], parts[loose[0]][1])
            sign = 1
        number = sp.Rational(int(abs(scale).p), int(abs(scale).q))
        shown = [self.ring.to_sympy(self.shortest(p)) ** k for p, k in parts]
        return sign, ([number] if number != 1 or not shown else []) + shown

    def quotient(self, num: Polynomial, den: Polynomial) -> sp.Expr:
        """``num/den`` in lowest terms, factored, the denominator positive."""
        common = num.gcd(den) if num != 0 else den
        num, den = num / common, den / common
        if den.is_constant():
            num, den = num / den.leading_coefficient(), self.ring.one
        if num == 0:
            return sp.Integer(0)
        if len(factors(num)[1]) == 1 and den == 1:
            return self.ring.to_sympy(self.shortest(num))
        below, bottoms = self.product(den)
        above, tops = self.product(num if below > 0 else -num)  # a factor of open sign takes the minus into it
        value = sp.Mul(*tops) / sp.Mul(*bottoms)
        return value if above > 0 else sp.Mul(-1, value, evaluate=False) if value.is_Add else -value

    # -- atoms ------------------------------------------------------------------------------------

    def atom(self, literal: Literal) -> Atom:
        """The relation as a paper would print it."""
        if literal not in self._atoms:
            self._atoms[literal] = self._solved(literal)
        return self._atoms[literal]

    def solved_for(self, literal: Literal, s: sp.Symbol) -> Atom | None:
        """The equation of a boundary for a symbol in which it is linear, whatever the sign of its coefficient."""
        poly = self.shortest(self.ring.convert(literal.poly, self.base))
        if self.ring.degree(poly, s) != 1:
            return None
        offset, slope = self.ring.coefficients(poly, s)
        return Atom(s, "==", self.quotient(-offset, slope), s)

    def _solved(self, literal: Literal) -> Atom:
        poly = self.shortest(self.ring.convert(literal.poly, self.base))
        for s in self.prefer:
            if self.ring.degree(poly, s) == 1:
                offset, slope = self.ring.coefficients(poly, s)
                known = self.sign(slope)
                if abs(known) == 1:
                    op = literal.op if known > 0 else _FLIPPED[literal.op]
                    return Atom(s, op, self.quotient(-offset, slope), s)
        return self._two_sided(literal.op, poly)

    def _two_sided(self, op: str, poly: Polynomial) -> Atom:
        primes = factors(poly)[1]
        if len(primes) > 1 or (primes and primes[0][1] > 1):
            sign, parts = self.product(poly)
            return Atom(sp.Mul(*parts), op if sign > 0 else _FLIPPED[op], sp.Integer(0))
        plus = self.ring.context.from_dict({m: c for m, c in poly.to_dict().items() if c > 0})
        minus = plus - poly
        if plus.is_constant() and not minus.is_constant():
            return Atom(self.ring.to_sympy(minus), _FLIPPED[op], self.ring.to_sympy(plus))
        return Atom(self.ring.to_sympy(plus), op, self.ring.to_sympy(minus))


def atoms(region: Region, prefer: Sequence[Any] = ()) -> dict[Literal, Atom]:
    """Every literal of a region as it is printed."""
    presenter = _presenter(region.assumptions, tuple(prefer))
    return {f: presenter.atom(f) for f in literals(region.formula)}


@lru_cache(maxsize=64)
def _presenter(assumptions: Assumptions, prefer: tuple[Any, ...]) -> _Presenter:
    return _Presenter(assumptions, prefer)


def repeated_thresholds(regions: Iterable[Region], prefer: Sequence[Any] = (), stem: str = "t") -> dict[sp.Expr, str]:
    """Names for the thresholds that occur more than once in some regions: ``{expression: "t1", ...}``.

    Thresholds that have a name of their own (a defined parameter) get that one.
    """
    regions = list(regions)
    counted: Counter[sp.Expr] = Counter()
    known: dict[sp.Expr, str] = {}
    for region in regions:
        counted.update(a.right for a in atoms(region, prefer).values() if a.symbol is not None and a.right.is_Mul)
        known.update(_defined(region.assumptions))
    repeated = [e for e, count in counted.items() if count > 1]
    fresh = iter(range(1, len(repeated) + 1))
    return {e: known.get(sp.cancel(e)) or f"{stem}{next(fresh)}" for e in repeated}


@lru_cache(maxsize=16)
def _defined(assumptions: Assumptions) -> Mapping[sp.Expr, str]:
    """The defined names by what they stand for, in lowest terms."""
    return MappingProxyType({sp.cancel(e): s.name for s, e in assumptions.definitions})


@lru_cache(maxsize=4096)
def _cancelled(expr: sp.Expr) -> sp.Expr:
    return sp.cancel(expr)


# -- whole conditions -------------------------------------------------------------------------------


class _Writer:
    """A formula as text or LaTeX."""

    def __init__(self, region: Region, prefer: Sequence[Any], names: Mapping[Any, str] | None, tex: bool) -> None:
        self.assumptions = region.assumptions
        self.shown = atoms(region, prefer)
        self.order = {s: k for k, s in enumerate(_presenter(region.assumptions, tuple(prefer)).prefer)}
        self.names = dict(names or {})
        self.known = _defined(region.assumptions)
        self.tex = tex
        self.printer = _Latex() if tex else _Text()
        self.both, self.either = (r" \land ", r" \lor ") if tex else (" and ", " or ")

    def expression(self, expr: sp.Expr) -> str:
        name = self.names.get(expr)
        if name is None and self.known and expr.is_Mul:
            name = self.known.get(_cancelled(expr))
        if name is None:
            return str(self.printer.doprint(expr))
        return str(self.printer.doprint(sp.Symbol(name))) if self.tex else name

    def sign(self, op: str) -> str:
        return f" {_LATEX[op] if self.tex else op} "

    def atom(self, a: Atom) -> str:
        return self.expression(a.left) + self.sign(a.op) + self.expression(a.right)

    def formula(self, formula: Formula, inside: bool = False) -> str:
        if isinstance(formula, bool):
            words = "always" if formula else "never"
            return rf"\text{{{words}}}" if self.tex else words
        if isinstance(formula, Literal):
            return self.atom(self.shown[formula])
        if isinstance(formula, And):
            body = self.both.join(self.conjuncts(formula))
        else:
            body = self.either.join(self.formula(p, True) for p in formula.parts)
        if not inside:
            return body
        return rf"\left({body}\right)" if self.tex else f"({body})"

    def conjuncts(self, formula: And) -> list[str]:
        """Bounds on the same parameter side by side, a lower and an upper one as a chain."""
        single = [self.shown[p] for p in formula.parts if isinstance(p, Literal)]
        place = len(self.order)
        single.sort(key=lambda a: self.order.get(a.symbol, place) if a.symbol is not None else place)
        lines: list[str] = []
        for s in dict.fromkeys(a.symbol for a in single):
            group = [a for a in single if a.symbol == s]
            lines += self.chained(group) if s is not None else [self.atom(a) for a in group]
        return lines + [self.formula(p, True) for p in formula.parts if not isinstance(p, Literal)]

    def chained(self, group: list[Atom]) -> list[str]:
        lower = [a for a in group if a.op in (">", ">=")]
        upper = [a for a in group if a.op in ("<", "<=")]
        if len(lower) != 1 or len(upper) != 1:
            return [self.atom(a) for a in group]
        low, high = lower[0], upper[0]
        turned = {">": "<", ">=": "<="}[low.op]
        chain = (
            self.expression(low.right)
            + self.sign(turned)
            + self.expression(low.left)
            + self.sign(high.op)
            + self.expression(high.right)
        )
        return [chain, *(self.atom(a) for a in group if a.op in ("==", "!="))]


def text(region: Region, prefer: Sequence[Any] = (), names: Mapping[Any, str] | None = None) -> str:
    """The condition in words; see `Region.text`."""
    body = _Writer(region, prefer, names, tex=False).formula(region.formula)
    return f"for some {', '.join(s.name for s in region.pending)}: {body}" if region.pending else body


def latex(region: Region, prefer: Sequence[Any] = (), names: Mapping[Any, str] | None = None) -> str:
    """The condition in LaTeX; see `Region.latex`."""
    writer = _Writer(region, prefer, names, tex=True)
    bound = "".join(rf"\exists {writer.printer.doprint(s)}:\ " for s in region.pending)
    return bound + writer.formula(region.formula)
