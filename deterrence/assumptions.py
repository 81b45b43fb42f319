"""What is known of a model's parameters: an immutable snapshot.

A symbol itself carries only ``real=True``: order, sign and range live here, so that SymPy never
folds a relation away and contradictions can be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import sympy as sp
from sympy.core.relational import Relational

from deterrence.errors import ParameterError, PointError, UnknownParameter
from deterrence.numbers import exact_number
from deterrence.polynomials import Ring

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
            For something that is no mapping, an undeclared name, something that is no number, or a
            value that disagrees.
        """
        if not isinstance(values, Mapping):
            raise PointError(
                subject="point",
                wanted="a mapping of parameter to number",
                got=repr(values),
                hint='write {"p_A": "1/4", ...}',
            )
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
        return replace(self, relations=self.relations + tuple(self.relation(r) for r in conjuncts(relations)))

    def relation(self, relation: Any) -> Relational:
        """A relation between declared parameters, checked and with definitions put in.

        Raises
        ------
        ParameterError, UnknownParameter
            If it is no relation, or speaks of something undeclared.
        """
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

    def _repr_html_(self) -> str:
        from deterrence.views.records import parameters_html

        return parameters_html(self)


def conjuncts(relations: Iterable[Any]) -> list[Any]:
    """The relations, conjunctions taken apart."""
    flat: list[Any] = []
    for relation in relations:
        flat.extend(conjuncts(relation.args) if isinstance(relation, sp.And) else [relation])
    return flat
