"""Expressions and conditions as text and back, by a parser of our own that evaluates no code.

The text is what SymPy prints: ``(a_DC - a_SQ)/(a_DC - a_CD)``, ``p_A < 1/2 and p_B >= q``, with
chains (``0 < p < q``), ``and``, ``or``, ``not``, ``always`` and ``never``.  A symbol whose name is
no identifier stands in double quotes.  Only declared symbols are read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

import sympy as sp
from sympy.core.relational import Relational
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.str import StrPrinter

from deterrence.errors import ParameterError, UnknownParameter
from deterrence.numbers import exact_number

__all__ = ["parse", "parse_condition", "write", "write_condition"]

_TOKEN = re.compile(r'\s*(?:([\d.]+(?:[eE][+-]?\d+)?)|([^\W\d]\w*)|("(?:[^"\\]|\\.)*")|(\*\*|<=|>=|==|!=|[-+*/()<>,]))')
_WORDS = ("and", "or", "not", "always", "never")
_PLAIN = re.compile(r"[A-Za-z_]\w*\Z", re.ASCII)
_COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
_DEEPEST = 40
_HIGHEST_POWER = 1000
_LONGEST_NUMBER = 100_000  # bits


class _Writer(StrPrinter):
    """SymPy's text with awkward names quoted and algebraic numbers by their polynomial."""

    def _print_Symbol(self, expr: sp.Symbol) -> str:  # noqa: N802 - SymPy calls it so
        plain = _PLAIN.match(expr.name) and expr.name not in (*_WORDS, "sqrt", "root")
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


def parse(text: str, symbols: Mapping[str, sp.Symbol]) -> sp.Expr:
    """The expression that a text stands for.

    Parameters
    ----------
    text : str
    symbols : mapping of str to sympy.Symbol
        The declared symbols by name.

    Raises
    ------
    UnknownParameter
        If the text uses another name.
    ParameterError
        If it is no expression.

    Examples
    --------
    >>> parse("(1 - p)/2", {"p": sp.Symbol("p", real=True)})
    1/2 - p/2
    """
    return _Reader(text, symbols).whole(sp.Expr, "an expression")


def parse_condition(text: str, symbols: Mapping[str, sp.Symbol]) -> Any:
    """The condition that a text stands for, as a SymPy boolean; errors as for `parse`.

    Examples
    --------
    >>> parse_condition("0.1 < p <= 1/2", {"p": sp.Symbol("p", real=True)})
    (p <= 1/2) & (1/10 < p)
    """
    return _Reader(text, symbols).whole(sp.logic.boolalg.Boolean, "a condition such as p_A > 1/2 and p_A >= p_B")


class _Reader:
    """Recursive descent: or, and, not, comparison, sum, product, power, atom."""

    def __init__(self, text: str, symbols: Mapping[str, sp.Symbol]) -> None:
        self.text, self.symbols = text, symbols
        self.tokens: list[tuple[str, str]] = []
        self.place = self.depth = 0
        self._split()

    def _split(self) -> None:
        position, text = 0, self.text.rstrip()
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None:
                self.refuse(f"{text[position:].lstrip()[:1]!r}")
            kind = ("number", "name", "quoted", "sign")[int(match.lastindex or 1) - 1]
            self.tokens.append((kind, match.group(int(match.lastindex or 1))))
            position = match.end()

    def refuse(self, got: str) -> NoReturn:
        raise ParameterError(
            subject=self.subject,
            wanted="numbers, declared names, + - * / **, comparisons, and, or, not",
            got=got,
        )

    @property
    def subject(self) -> str:
        """The text, for an error."""
        return f"text {self.text if len(self.text) <= 80 else self.text[:77] + '...'!r}"

    def peek(self) -> str:
        """The next sign or word; quoted names and the end give no match."""
        if self.place >= len(self.tokens):
            return ""
        kind, token = self.tokens[self.place]
        return token if kind in ("sign", "name") else ""

    def take(self, *wanted: str) -> str:
        """The next token if it is one of these."""
        token = self.peek()
        if token not in wanted or not token:
            return ""
        self.place += 1
        return token

    def expect(self, wanted: str) -> None:
        if not self.take(wanted):
            self.refuse(f"no {wanted!r} where one is needed")

    def whole(self, kind: type, wanted: str) -> Any:
        value = self.either()
        if self.place < len(self.tokens):
            self.refuse(repr(self.tokens[self.place][1]))
        if not isinstance(value, kind) or (kind is not sp.Expr and isinstance(value, sp.Expr)):
            raise ParameterError(subject=self.subject, wanted=wanted, got=f"{value}")
        return value

    # -- conditions ------------------------------------------------------------------------------

    def either(self) -> Any:
        return self._joined("or", self.both, sp.Or)

    def both(self) -> Any:
        return self._joined("and", self.negation, sp.And)

    def _joined(self, word: str, part: Callable[[], Any], join: Any) -> Any:
        parts = [part()]
        while self.take(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else join(*map(self.boolean, parts))

    def negation(self) -> Any:
        if self.take("not"):
            return sp.Not(self.boolean(self._deeper(self.negation)))
        return self.comparison()

    def boolean(self, value: Any) -> Any:
        if isinstance(value, sp.Expr):
            self.refuse(f"{value} where a condition is needed")
        return value

    def comparison(self) -> Any:
        left, relations = self.sum(), []
        while sign := self.take(*_COMPARISONS):
            right = self.sum()
            relations.append(Relational(self.number(left), self.number(right), sign))
            left = right
        return left if not relations else sp.And(*relations)

    # -- expressions -----------------------------------------------------------------------------

    def number(self, value: Any) -> sp.Expr:
        if not isinstance(value, sp.Expr):
            self.refuse("a condition where a quantity is needed")
        return value

    def sum(self) -> Any:
        first = self.product()
        if self.peek() not in ("+", "-"):
            return first
        terms = [self.number(first)]
        while sign := self.take("+", "-"):
            term = self.number(self.product(-1 if sign == "-" else 1))
            terms.append(term)
        return sp.Add(*terms)

    def product(self, sign: int = 1) -> Any:
        while signed := self.take("+", "-"):
            sign = -sign if signed == "-" else sign
        first = self.power()
        if sign == 1 and self.peek() not in ("*", "/"):
            return first
        factors = [sp.Integer(sign), self.number(first)]
        while operator := self.take("*", "/"):
            factor = self.number(self.power())
            if operator == "/" and factor == 0:
                self.refuse("a division by 0")
            factors.append(factor if operator == "*" else sp.Pow(factor, -1))
        return sp.Mul(*factors)

    def power(self) -> Any:
        base = self.atom()
        if not self.take("**"):
            return base
        sign = -1 if self.take("-") else 1
        exponent = sign * self.number(self._deeper(self.power))
        if not exponent.is_Rational or abs(exponent.p) > _HIGHEST_POWER or exponent.q > _HIGHEST_POWER:
            self.refuse(f"the power {exponent}")
        if base.is_Rational and max(base.p.bit_length(), base.q.bit_length()) * abs(exponent) > _LONGEST_NUMBER:
            self.refuse("a number of too many digits")
        return sp.Pow(self.number(base), exponent)

    def atom(self) -> Any:
        if self.take("("):
            value = self._deeper(self.either)
            self.expect(")")
            return value
        if self.place >= len(self.tokens):
            self.refuse("an end too early")
        kind, token = self.tokens[self.place]
        if kind == "sign" or token in ("and", "or", "not"):
            self.refuse(repr(token))
        self.place += 1
        if kind == "number":
            return exact_number(token, f"number {token}")
        if token in ("always", "never"):
            return sp.true if token == "always" else sp.false
        if kind == "name" and token in ("sqrt", "root") and self.peek() == "(":
            return self._function(token)
        return self._symbol(json.loads(token) if kind == "quoted" else token)

    def _function(self, name: str) -> sp.Expr:  # noqa: RET503 - refuse never returns
        """``sqrt(x)``, or ``root(k, leading coefficient, ..., constant)``: root k of a polynomial."""
        self.expect("(")
        values = [self.number(self._deeper(self.sum))]
        while self.take(","):
            values.append(self.number(self._deeper(self.sum)))
        self.expect(")")
        if name == "sqrt" and len(values) == 1:
            return sp.sqrt(values[0])
        if name == "root" and len(values) > 3 and all(v.is_Integer for v in values):
            x = sp.Symbol("x")
            return sp.CRootOf(sp.Poly(values[1:], x), int(values[0]))
        self.refuse(f"{name}(...) with {len(values)} values")

    def _deeper(self, part: Callable[[], Any]) -> Any:
        self.depth += 1
        if self.depth > _DEEPEST:
            self.refuse(f"more than {_DEEPEST} levels of brackets")
        value = part()
        self.depth -= 1
        return value

    def _symbol(self, name: str) -> sp.Symbol:
        if name not in self.symbols:
            raise UnknownParameter(
                subject=self.subject,
                wanted="a declared parameter",
                got=name,
                known=self.symbols,
            )
        return self.symbols[name]
