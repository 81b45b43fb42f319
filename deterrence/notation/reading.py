"""Text as exact expressions and conditions: a recursive descent over a few signs and words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

import sympy as sp
from sympy.core.relational import Relational

from deterrence.errors import ParameterError, UnknownParameter
from deterrence.notation.writing import FUNCTIONS
from deterrence.numbers import exact_number

__all__ = ["parse", "parse_condition"]

_TOKEN = re.compile(r'\s*(?:([\d.]+(?:[eE][+-]?\d+)?)|([^\W\d]\w*)|("(?:[^"\\]|\\.)*")|(\*\*|<=|>=|==|!=|[-+*/()<>,]))')
_COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
_DEEPEST = 40
_HIGHEST_POWER = 1000
_LONGEST_NUMBER = 100_000  # bits


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
    (1 - p)/2
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
        return _product(factors)

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
        if kind == "name" and token in FUNCTIONS and self.peek() == "(":
            return self._function(token)
        return self._symbol(json.loads(token) if kind == "quoted" else token)

    def _function(self, name: str) -> sp.Expr:  # noqa: RET503 - refuse never returns
        """``sqrt(x)``, ``Abs(x)``, or ``root(k, leading coefficient, ..., constant)``: root k of a polynomial."""
        self.expect("(")
        values = [self.number(self._deeper(self.sum))]
        while self.take(","):
            values.append(self.number(self._deeper(self.sum)))
        self.expect(")")
        if name != "root" and len(values) == 1:
            return sp.sqrt(values[0]) if name == "sqrt" else sp.Abs(values[0])
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


def _product(factors: list[sp.Expr]) -> sp.Expr:
    """The product; a number before one bracket stays there, as it was when it was written."""
    numbers = [f for f in factors if f.is_Rational]
    rest = [f for f in factors if not f.is_Rational]
    number = sp.Mul(*numbers)
    if len(rest) == 1 and rest[0].is_Add and number not in (0, 1):
        return sp.Mul(number, rest[0], evaluate=False)
    return sp.Mul(*factors)
