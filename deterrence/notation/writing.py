"""Exact expressions and conditions as text."""

from __future__ import annotations

import json
import re
from typing import Any

import sympy as sp
from sympy.core.relational import Relational
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.str import StrPrinter

__all__ = ["FUNCTIONS", "WORDS", "write", "write_condition"]

WORDS = ("and", "or", "not", "always", "never")
FUNCTIONS = ("sqrt", "Abs", "root")
_PLAIN = re.compile(r"[A-Za-z_]\w*\Z", re.ASCII)


class _Writer(StrPrinter):
    """SymPy's text with awkward names quoted and algebraic numbers by their polynomial."""

    def _print_Symbol(self, expr: sp.Symbol) -> str:  # noqa: N802 - SymPy calls it so
        plain = _PLAIN.match(expr.name) and expr.name not in (*WORDS, *FUNCTIONS)
        return str(expr.name) if plain else json.dumps(expr.name)

    def _print_ComplexRootOf(self, expr: Any) -> str:  # noqa: N802 - SymPy calls it so
        return f"root({', '.join(map(str, [expr.index, *expr.poly.all_coeffs()]))})"

    def _print_Mul(self, expr: sp.Mul) -> str:  # noqa: N802 - SymPy calls it so
        """A number below stands apart, so that no bracket is multiplied out when it is read."""
        number, rest = expr.as_coeff_Mul()
        above: list[str] = [] if abs(number.p) == 1 else [str(abs(number.p))]
        below: list[str] = []
        for factor in sp.Mul.make_args(rest):
            base, power = factor.as_base_exp()
            down = power.is_Rational and power < 0
            shown = self.parenthesize(sp.Pow(base, -power) if down else factor, PRECEDENCE["Mul"], strict=down)
            (below if down else above).append(shown)
        text = ("-" if number < 0 else "") + "*".join(above or ["1"]) + (f"/{number.q}" if number.q != 1 else "")
        return text + (f"/({'*'.join(below)})" if len(below) > 1 else "".join(f"/{factor}" for factor in below))

    def _as_ordered_terms(self, expr: sp.Expr, order: Any = None) -> list[sp.Expr]:
        terms: list[sp.Expr] = super()._as_ordered_terms(expr, order)
        return sorted(terms, key=lambda term: bool(term.could_extract_minus_sign()))


def write(expr: Any) -> str:
    """An exact expression as text that `parse` reads.

    Examples
    --------
    >>> p, mix = sp.Symbol("p", real=True), sp.Symbol("Pr(resist | Soft)", real=True)
    >>> print(write(p * (1 - mix)))
    p*(1 - "Pr(resist | Soft)")
    """
    return str(_Writer().doprint(sp.sympify(expr)))


def write_condition(condition: Any) -> str:
    """A SymPy relation or combination of relations as text that `parse_condition` reads."""
    if condition in (True, False):
        return "always" if condition else "never"
    if isinstance(condition, Relational):
        return f"{write(condition.lhs)} {condition.rel_op} {write(condition.rhs)}"
    if isinstance(condition, sp.Not):
        return f"not ({write_condition(condition.args[0])})"
    word = " and " if isinstance(condition, sp.And) else " or "
    return word.join(_inside(part) for part in sorted(condition.args, key=sp.default_sort_key))


def _inside(part: Any) -> str:
    return write_condition(part) if isinstance(part, Relational) else f"({write_condition(part)})"
