"""The symbols of a model and what is known of them.

`Parameters` is where a user declares symbols; `Assumptions` is the immutable snapshot that a
game takes.  A symbol itself carries only ``real=True``: order, sign and range live here, so
that SymPy never folds a relation away and contradictions can be shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

import sympy as sp
from sympy.core.relational import Relational

from deterrence.errors import ParameterError, PointError, UnknownParameter
from deterrence.numbers import exact_number
from deterrence.polynomials import Ring

_NAME = re.compile(r"[^\W\d]\w*\Z")
KINDS = {
    "real": "any real number",
    "ordered": "a real number in its place of an order",
    "positive": "greater than 0",
    "probability": "strictly between 0 and 1",
    "distribution": "strictly between 0 and 1, summing to 1 with its fellows",
    "dependent": "one minus its fellows of a distribution",
    "defined": "a named expression",
}


@dataclass(frozen=True)
class Parameter:
    """One declared symbol: its kind, what it means and a value to try it with."""

    symbol: sp.Symbol
    kind: str
    description: str = ""
    sample: sp.Rational | None = None

    @property
    def name(self) -> str:
        """The symbol's name."""
        return str(self.symbol.name)

    @property
    def domain(self) -> str:
        """The kind in words."""
        return KINDS[self.kind]


@dataclass(frozen=True)
class Assumptions:
    """What a game knows of its parameters: immutable, comparable, picklable.

    Attributes
    ----------
    parameters : tuple of Parameter
        In order of declaration, dependent and defined ones included.
    relations : tuple of SymPy relations
        All that is assumed, over the independent symbols.
    simplices : tuple of tuples of sympy.Symbol
        The independent members of each distribution; one minus their sum is the last one.
        All lie strictly inside (0, 1).
    closed : tuple of tuples of sympy.Symbol
        The same for distributions whose members may be zero (a solver's off-path beliefs).
    definitions : tuple of (symbol, expression)
        Dependent probabilities and named expressions over the independent symbols.
    """

    parameters: tuple[Parameter, ...] = ()
    relations: tuple[Relational, ...] = ()
    simplices: tuple[tuple[sp.Symbol, ...], ...] = ()
    closed: tuple[tuple[sp.Symbol, ...], ...] = ()
    definitions: tuple[tuple[sp.Symbol, sp.Expr], ...] = ()

    def __getstate__(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @cached_property
    def _defined(self) -> dict[sp.Symbol, sp.Expr]:
        return dict(self.definitions)

    @cached_property
    def _by_name(self) -> dict[str, Parameter]:
        return {p.name: p for p in self.parameters}

    @cached_property
    def symbols(self) -> tuple[sp.Symbol, ...]:
        """The independent symbols, in order of declaration."""
        return tuple(p.symbol for p in self.parameters if p.symbol not in self._defined)

    @cached_property
    def ring(self) -> Ring:
        """The polynomial ring in the independent symbols."""
        return Ring(self.symbols)

    def __contains__(self, key: object) -> bool:
        return (key.name if isinstance(key, sp.Symbol) else key) in self._by_name

    def __getitem__(self, key: sp.Symbol | str) -> Parameter:
        name = key.name if isinstance(key, sp.Symbol) else key
        if name not in self._by_name:
            raise UnknownParameter(
                subject="Parameters", wanted="a declared parameter", got=str(name), known=self._by_name
            )
        return self._by_name[name]

    def resolve(self, key: sp.Symbol | str) -> sp.Symbol:
        """The declared symbol of that name; `UnknownParameter` with the nearest matches otherwise."""
        return self[key].symbol

    def expand(self, expr: Any) -> sp.Expr:
        """Replace dependent probabilities and named expressions by what they stand for."""
        expr = sp.sympify(expr)
        return expr.xreplace(self._defined) if self._defined else expr

    def exact_point(self, values: Mapping[Any, Any]) -> dict[sp.Symbol, sp.Rational]:
        """Turn ``{symbol or name: number}`` into exact rationals for independent symbols.

        A dependent probability or named expression may be given only if the others settle it
        and agree.

        Raises
        ------
        UnknownParameter, PointError
            For an undeclared name, something that is no number, or a value that disagrees.
        """
        point: dict[sp.Symbol, sp.Rational] = {}
        claimed: dict[sp.Symbol, sp.Rational] = {}
        for k, value in values.items():
            symbol = self.resolve(k)
            number = exact_number(value, f"parameter {symbol.name}")
            target = claimed if symbol in self._defined else point
            if target.get(symbol, number) != number:
                raise PointError(subject=f"parameter {symbol.name}", wanted="one value", got="two different values")
            target[symbol] = number
        for symbol, number in claimed.items():
            self._settle(symbol, number, point)
        return point

    def _settle(self, symbol: sp.Symbol, number: sp.Rational, point: dict[sp.Symbol, sp.Rational]) -> None:
        """Use a given dependent value: check it, or solve for the one fellow that is missing."""
        left = self._defined[symbol].xreplace(point) - number
        missing = sorted(left.free_symbols, key=str)
        if not missing and left == 0:
            return
        if len(missing) == 1 and self._defined[symbol].is_polynomial(missing[0]):
            roots = sp.Poly(left, missing[0]).all_coeffs()
            if len(roots) == 2:
                point[missing[0]] = sp.Rational(-roots[1] / roots[0])
                return
        raise PointError(
            subject=f"parameter {symbol.name}",
            wanted=f"a value that agrees with {symbol.name} = {self._defined[symbol]}",
            got=str(number),
            hint="leave it out and give the parameters it is made of",
        )

    def sample_point(self) -> dict[sp.Symbol, sp.Rational]:
        """The sample values of the independent parameters that have one."""
        return {p.symbol: p.sample for p in self.parameters if p.sample is not None and p.symbol in self.ring.index}

    def holds(self, point: Mapping[sp.Symbol, Any]) -> bool:
        """Whether every assumption holds at a point that gives all independent symbols."""
        return not self.violated(point)

    def violated(self, point: Mapping[sp.Symbol, Any]) -> tuple[Relational, ...]:
        """The assumptions that a (possibly partial) point breaks for certain."""
        return tuple(r for r, test in self._tests if set(test[0]) <= point.keys() and not self._passes(test, point))

    @cached_property
    def _tests(self) -> list[tuple[Relational, tuple[tuple[sp.Symbol, ...], str, Any, Any]]]:
        """Each relation with its symbols, sign, numerator and denominator of the difference of its sides."""
        tests = []
        for r in self.relations:
            num, den = self.ring.fraction(r.lhs - r.rhs)
            tests.append((r, (self.ring.used(num) + self.ring.used(den), r.rel_op, num, den)))
        return tests

    def _passes(self, test: tuple[tuple[sp.Symbol, ...], str, Any, Any], point: Mapping[sp.Symbol, Any]) -> bool:
        _, sign, num, den = test
        below = self.ring.value(den, point)
        if below == 0:
            return False
        value = self.ring.value(num, point) / below
        tests = {"<": value < 0, "<=": value <= 0, ">": value > 0, ">=": value >= 0, "==": value == 0, "!=": value != 0}
        return bool(tests[sign])

    def extend(
        self,
        positive: Iterable[sp.Symbol] = (),
        distributions: Iterable[tuple[sp.Symbol, ...]] = (),
        closed: Iterable[tuple[sp.Symbol, ...]] = (),
    ) -> Assumptions:
        """The same assumptions with auxiliary symbols: positive ones and distributions.

        A distribution is given by its independent members; one minus their sum is the last.
        """
        positive, distributions, closed = tuple(positive), tuple(distributions), tuple(closed)
        new = [Parameter(s, "positive") for s in positive]
        new += [Parameter(s, "distribution") for group in distributions + closed for s in group]
        relations = [s > 0 for s in positive]
        for group in distributions:
            relations += [*(s > 0 for s in group), sp.Lt(sum(group), 1)]
        for group in closed:
            relations += [*(s >= 0 for s in group), sp.Le(sum(group), 1)]
        return replace(
            self,
            parameters=self.parameters + tuple(new),
            relations=self.relations + tuple(relations),
            simplices=self.simplices + distributions,
            closed=self.closed + closed,
        )

    def assume(self, *relations: Any) -> Assumptions:
        """The same assumptions with more relations."""
        return replace(self, relations=self.relations + tuple(self._relation(r) for r in _conjuncts(relations)))

    def _relation(self, relation: Any) -> Relational:
        if not isinstance(relation, Relational):
            raise ParameterError(
                subject=f"assumption {relation}",
                wanted="a SymPy relation between declared parameters, such as p_A > p_B",
                got=f"{relation!r} ({type(relation).__name__})",
                hint="a comparison that SymPy settles by itself becomes True or False: compare different parameters",
            )
        for symbol in relation.free_symbols:
            self.resolve(symbol)
        return relation.xreplace(self._defined)

    def __str__(self) -> str:
        return ", ".join(str(r) for r in self.relations) or "no assumptions"


def _conjuncts(relations: Iterable[Any]) -> list[Any]:
    flat: list[Any] = []
    for relation in relations:
        flat.extend(_conjuncts(relation.args) if isinstance(relation, sp.And) else [relation])
    return flat


@dataclass
class Parameters:
    """Declare the symbols of a model.

    Examples
    --------
    >>> P = Parameters()
    >>> low, high = P.ordered("w_low < w_high")
    >>> p = P.probability("p", description="probability that the defender is resolute", sample="1/3")
    >>> P.assume(high > 2 * p)
    >>> print(P.snapshot())
    w_low < w_high, p > 0, p < 1, w_high > 2*p
    """

    _parameters: dict[str, Parameter] = field(default_factory=dict)
    _relations: list[Relational] = field(default_factory=list)
    _simplices: list[tuple[sp.Symbol, ...]] = field(default_factory=list)
    _definitions: dict[sp.Symbol, sp.Expr] = field(default_factory=dict)

    def ordered(self, chain: str, **about: Any) -> Any:
        """Declare symbols in an order: ``P.ordered("a < b < c")``.

        Symbols that stand in an earlier chain keep their meaning, so several chains may share
        symbols; numbers may stand in a chain too (``"0 < a < b < 1"``).

        Returns
        -------
        tuple of sympy.Symbol
            The symbols in the order written (a single symbol if there is only one).
        """
        words = re.split(r"(<=|<|>=|>)", chain)
        terms, signs = [w.strip() for w in words[::2]], words[1::2]
        if len(terms) < 2 or not all(terms):
            raise ParameterError(
                subject=f'order "{chain}"', wanted='names joined by <, such as "a < b < c"', got=f"{len(terms)} terms"
            )
        entries = [self._entry(term, chain) for term in terms]
        pairs = list(zip(entries, signs, entries[1:], strict=False))
        self._check_acyclic(chain, pairs)
        for left, sign, right in pairs:
            relation = Relational(left, right, sign)
            if isinstance(relation, Relational) and relation not in self._relations:
                self._relations.append(relation)
        symbols = tuple(e for e in entries if isinstance(e, sp.Symbol))
        self._about(symbols, **about)
        return symbols if len(symbols) != 1 else symbols[0]

    def positive(self, names: str, **about: Any) -> Any:
        """Declare symbols greater than 0; names separated by spaces."""
        symbols = self._declare(names, "positive", about)
        self._relations.extend(s > 0 for s in symbols)
        return symbols if len(symbols) > 1 else symbols[0]

    def real(self, names: str, **about: Any) -> Any:
        """Declare symbols of which nothing more is known; names separated by spaces."""
        symbols = self._declare(names, "real", about)
        return symbols if len(symbols) > 1 else symbols[0]

    def probability(self, names: str, **about: Any) -> Any:
        """Declare probabilities, each strictly inside (0, 1); names separated by spaces."""
        symbols = self._declare(names, "probability", about)
        for s in symbols:
            self._relations.extend([s > 0, s < 1])
            self._simplices.append((s,))
        return symbols if len(symbols) > 1 else symbols[0]

    def distribution(self, names: str, **about: Any) -> tuple[sp.Symbol, ...]:
        """Declare probabilities that are positive and sum to one; the last one is dependent."""
        if len(names.split()) < 2:
            raise ParameterError(subject=f'distribution "{names}"', wanted="two names or more", got="fewer")
        symbols = self._declare(names, "distribution", about)
        *free, last = symbols
        self._parameters[last.name] = replace(self._parameters[last.name], kind="dependent")
        self._definitions[last] = 1 - sp.Add(*free)
        self._relations.extend([*(s > 0 for s in free), sp.Lt(sp.Add(*free), 1)])
        self._simplices.append(tuple(free))
        return symbols

    def define(self, name: str, expression: Any, description: str = "") -> sp.Symbol:
        """Give an expression a name of its own, usable in conditions, claims and as a plot axis."""
        expression = sp.sympify(expression)
        for s in expression.free_symbols:
            self[s]
        (symbol,) = self._declare(name, "defined", {"description": description})
        self._definitions[symbol] = expression.xreplace(self._definitions)
        return symbol

    def assume(self, *relations: Any) -> None:
        """Add relations between declared parameters to what is assumed."""
        known = self.snapshot()
        self._relations.extend(known._relation(r) for r in _conjuncts(relations))

    def describe(self, key: sp.Symbol | str, description: str | None = None, sample: Any = None) -> None:
        """Say what a parameter means, and give a value to try it with."""
        old = self[key]
        number = old.sample if sample is None else exact_number(sample, f"sample of {old.name}")
        text = old.description if description is None else description
        self._parameters[old.name] = replace(old, description=text, sample=number)

    def __getitem__(self, key: sp.Symbol | str) -> Parameter:
        return self.snapshot()[key]

    def snapshot(self) -> Assumptions:
        """The present state, immutable."""
        return Assumptions(
            tuple(self._parameters.values()),
            tuple(self._relations),
            tuple(self._simplices),
            (),
            tuple(self._definitions.items()),
        )

    def _entry(self, term: str, chain: str) -> sp.Expr:
        if term in self._parameters:
            return self._parameters[term].symbol
        if _NAME.match(term):
            return self._declare(term, "ordered", {})[0]
        return exact_number(term, f'term "{term}" of the order "{chain}"')

    def _declare(self, names: str, kind: str, about: dict[str, Any]) -> tuple[sp.Symbol, ...]:
        if not isinstance(names, str) or not names.replace(",", " ").split():
            raise ParameterError(subject="declaration", wanted="one or more names", got=repr(names))
        symbols = []
        for name in names.replace(",", " ").split():
            if not _NAME.match(name):
                raise ParameterError(
                    subject=f'parameter "{name}"', wanted="letters, digits and _, not starting with a digit", got=name
                )
            if name in self._parameters:
                raise ParameterError(
                    subject=f'parameter "{name}"',
                    wanted="each name declared once",
                    got="a second declaration",
                    hint="use assume(...) or ordered(...) to say more about a parameter that exists",
                )
            symbol = sp.Symbol(name, real=True)
            self._parameters[name] = Parameter(symbol, kind)
            symbols.append(symbol)
        self._about(tuple(symbols), **about)
        return tuple(symbols)

    def _about(
        self,
        symbols: tuple[sp.Symbol, ...],
        description: str | None = None,
        sample: Any = None,
        descriptions: Mapping[Any, str] | Iterable[str] | None = None,
        samples: Mapping[Any, Any] | Iterable[Any] | None = None,
    ) -> None:
        """Descriptions and samples: one for all, a mapping by name, or one for each in order."""
        for k, symbol in enumerate(symbols):
            text = _pick(descriptions, k, symbol, description)
            self.describe(symbol, text, _pick(samples, k, symbol, sample))
        for given in (descriptions, samples):
            if isinstance(given, Mapping):
                for name in given:
                    self[name]
            elif given is not None and len(list(given)) != len(symbols):
                raise ParameterError(
                    subject=f"declaration of {', '.join(s.name for s in symbols)}",
                    wanted=f"{len(symbols)} descriptions or samples",
                    got=str(len(list(given))),
                )

    def _check_acyclic(self, chain: str, pairs: Iterable[tuple[Any, str, Any]]) -> None:
        """Refuse an order that, with those before, puts a symbol strictly below itself."""
        known = [(r.lhs, r.rel_op, r.rhs) for r in self._relations] + list(pairs)
        below: dict[Any, set[tuple[Any, bool]]] = {}
        for left, sign, right in known:
            low, high = (left, right) if sign in ("<", "<=") else (right, left)
            below.setdefault(low, set()).add((high, "=" not in sign))
        for start in list(below):
            todo, seen = [(start, False)], set()
            while todo:
                node, strict = todo.pop()
                if node == start and strict:
                    raise ParameterError(
                        subject=f'order "{chain}"',
                        wanted="an order that agrees with what is assumed already",
                        got=f"{start} < ... < {start} together with {self.snapshot()}",
                        hint="turn one of the chains round",
                    )
                for nxt, s in below.get(node, ()):
                    if (nxt, strict or s) not in seen:
                        seen.add((nxt, strict or s))
                        todo.append((nxt, strict or s))


def _pick(given: Mapping[Any, Any] | Iterable[Any] | None, k: int, symbol: sp.Symbol, default: Any) -> Any:
    if isinstance(given, Mapping):
        return given.get(symbol, given.get(symbol.name, default))
    values = list(given) if given is not None else []
    return values[k] if k < len(values) else default
