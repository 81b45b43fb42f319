"""Exact conditions and values as plain data that the page's script evaluates.

Polynomials are stored once, as lists of terms ``[coefficient, place, power, place, power, ...]``;
from these the script makes Horner coefficients in the two parameters of the map.  A formula is
true, false, the place of an atom, or ``["&", ...]`` / ``["|", ...]``.  A value is a number,
``["*", constant, polynomial, power, polynomial, power, ...]``, or, with roots, an expression in prefix form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import sympy as sp

from deterrence.errors import DeterrenceError, NotPolynomial
from deterrence.expressions import as_text
from deterrence.parameters import Assumptions
from deterrence.polynomials import Polynomial, Ring, primitive, to_fraction
from deterrence.regions import Region
from deterrence.regions.logic import And, Formula, Literal, quick_key
from deterrence.regions.present import Atom, atoms
from deterrence.regions.scope import carry

__all__ = ["Compiler"]

Data = Any  # what JSON can hold


class Compiler:
    """Collects polynomials, atoms and values, each once.

    Parameters
    ----------
    ring : Ring
        Independent parameters, then the free probabilities of families: the page's variables in order.
    assumptions : Assumptions
        The game's; dependent and defined symbols are expanded.
    """

    def __init__(self, ring: Ring, assumptions: Assumptions) -> None:
        self.ring = ring
        self.assumptions = assumptions
        self.polynomials: list[Data] = []
        self.atoms: list[Data] = []
        self.values: list[Data] = []
        self._places: dict[Any, int] = {}

    def polynomial(self, poly: Polynomial) -> int:
        """The place of a polynomial of the ring."""
        return self._place(("polynomial", quick_key(poly)), self.polynomials, lambda: _terms(poly))

    def value(self, expr: Any, text: str = "") -> int:
        """The place of an expression: its compiled form, with the text that a reader sees."""
        expr = sp.sympify(expr)
        return self._place(("value", expr, text), self.values, lambda: self._shown(expr, text))

    def _shown(self, expr: sp.Expr, text: str) -> Data:
        return [self._value(self.assumptions.expand(expr)), text or as_text(expr)]

    def formula(
        self, region: Region, prefer: Sequence[sp.Symbol] = (), names: Mapping[sp.Symbol, sp.Symbol] | None = None
    ) -> Data:
        """The condition of a region without quantifiers.

        Parameters
        ----------
        region : Region
        prefer : sequence of sympy.Symbol
            For what atoms are solved first.
        names : mapping of sympy.Symbol to sympy.Symbol, optional
            Short names for print.

        Raises
        ------
        DeterrenceError
            If the region still has quantified symbols.
        """
        if region.pending:
            raise DeterrenceError(
                subject=f"condition {region}",
                problem=f"the quantified symbols {', '.join(s.name for s in region.pending)} have no slider",
            )
        source = region.assumptions.ring
        shown = {carry(literal, source, self.ring): atom for literal, atom in atoms(region, prefer).items()}
        return self._formula(carry(region.formula, source, self.ring), shown, names or {})

    def relation(self, relation: Any) -> Data:
        """An assumption: polynomial, sign, text."""
        num, den = self.ring.fraction(relation.lhs - relation.rhs)
        poly = num if den.is_constant() else num * den
        flipped = {"<": ">", "<=": ">="}
        op = relation.rel_op
        signed, op = (-poly, flipped[op]) if op in flipped else (poly, op)
        return [self.polynomial(signed), op, f"{as_text(relation.lhs)} {relation.rel_op} {as_text(relation.rhs)}"]

    # -- parts -----------------------------------------------------------------------------------

    def _formula(self, formula: Formula, shown: Mapping[Any, Atom], names: Mapping[sp.Symbol, sp.Symbol]) -> Data:
        if isinstance(formula, bool):
            return formula
        if isinstance(formula, Literal):
            return self._atom(formula, shown[formula], names)
        sign = "&" if isinstance(formula, And) else "|"
        return [sign, *(self._formula(part, shown, names) for part in formula.parts)]

    def _atom(self, literal: Literal, atom: Atom, names: Mapping[sp.Symbol, sp.Symbol]) -> int:
        """An atom: polynomial, sign, and the relation as a reader sees it, left, sign, right."""
        place = self.polynomial(literal.poly)
        left, right = (self.value(side, as_text(side.xreplace(dict(names)))) for side in (atom.left, atom.right))
        made = [place, literal.op, left, atom.op, right]
        return self._place(("atom", *made), self.atoms, lambda: made)

    def _value(self, expr: sp.Expr) -> Data:
        try:
            num, den = self.ring.fraction(expr)
        except NotPolynomial:
            return self._prefix(expr)
        if num == 0:
            return 0
        constant, parts = Fraction(1), []
        for poly, sign in ((num, 1), (den, -1)):
            lead, primes = poly.factor()
            constant *= to_fraction(lead) ** sign
            for part, power in primes:
                _, prime = primitive(part)
                ratio = to_fraction(part.leading_coefficient()) / to_fraction(prime.leading_coefficient())
                constant *= ratio ** (sign * int(power))
                parts += [self.polynomial(prime), sign * int(power)]
        return ["*", _number(constant), *parts] if parts else _number(constant)

    def _prefix(self, expr: sp.Expr) -> Data:
        """An expression with roots, as ``[operation, ...]``."""
        if expr.is_Symbol:
            return ["s", self.ring.index[expr]]
        if not expr.free_symbols:
            return float(expr)
        signs = {sp.Add: "sum", sp.Mul: "product", sp.Pow: "power", sp.Abs: "abs"}
        for kind, sign in signs.items():
            if isinstance(expr, kind):
                return [sign, *(self._prefix(arg) for arg in expr.args)]
        raise DeterrenceError(subject=f"expression {expr}", problem="it has no form for the page")

    def _place(self, name: Any, table: list[Data], make: Any) -> int:
        if name not in self._places:
            made = make()
            self._places[name] = len(table)
            table.append(made)
        return self._places[name]


def _terms(poly: Polynomial) -> Data:
    return [
        [_number(to_fraction(c)), *(n for place, power in enumerate(m) if power for n in (place, int(power)))]
        for m, c in poly.to_dict().items()
    ]


def _number(number: Fraction) -> int | float:
    return int(number) if number.denominator == 1 and abs(number) < 2**53 else float(number)
