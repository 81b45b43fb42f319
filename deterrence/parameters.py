"""Where a user declares the symbols of a model; `snapshot` gives the `Assumptions` that a game takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.relational import Relational

from deterrence.assumptions import Assumptions, Parameter, conjuncts
from deterrence.errors import ParameterError, nearest
from deterrence.numbers import exact_number

__all__ = ["Assumptions", "Parameter", "Parameters"]
_NAME = re.compile(r"[^\W\d]\w*\Z")


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

        Raises
        ------
        ParameterError
            If the order contradicts an earlier one, or the samples are not in it.
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
        self._check_samples(symbols)
        return symbols if len(symbols) != 1 else symbols[0]

    def positive(self, names: str, **about: Any) -> Any:
        """Declare symbols greater than 0; names separated by spaces."""
        symbols = self._declare(names, "positive", about)
        self._relations.extend(s > 0 for s in symbols)
        self._check_samples(symbols)
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
        self._check_samples(symbols)
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
        self._check_samples(symbols)
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
        self._relations.extend(known.relation(r) for r in conjuncts(relations))

    def describe(self, key: sp.Symbol | str, description: str | None = None, sample: Any = None) -> None:
        """Say what a parameter means, and give a value to try it with."""
        old = self[key]
        number = old.sample if sample is None else exact_number(sample, f"sample of {old.name}")
        text = old.description if description is None else description
        self._parameters[old.name] = replace(old, description=text, sample=number)
        self._check_samples((old.symbol,), alone=True)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            near = () if name.startswith("_") else nearest(name, [n for n in dir(type(self)) if n[0] != "_"], 1)
            hint = f". Did you mean {near[0]!r}?" if near else ""
            raise AttributeError(f"Parameters has no attribute {name!r}{hint}", name=name, obj=self)

    def __getitem__(self, key: sp.Symbol | str) -> Parameter:
        return self.snapshot()[key]

    def _repr_html_(self) -> str:
        return self.snapshot()._repr_html_()

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
        _check_about(symbols, sample, descriptions, samples)
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

    def _check_samples(self, symbols: tuple[sp.Symbol, ...], *, alone: bool = False) -> None:
        """Refuse samples that break what is assumed of the symbols (`alone`: of one symbol by itself)."""
        known = self.snapshot()
        samples = {p.symbol: p.sample for p in known.parameters if p.sample is not None}
        if alone:
            samples = {s: v for s, v in samples.items() if s in symbols}
        for relation in known.violated(samples):
            if relation.free_symbols & set(symbols):
                values = ", ".join(f"{s} = {samples[s]}" for s in sorted(relation.free_symbols, key=str))
                raise ParameterError(
                    subject=f"sample of {', '.join(s.name for s in symbols)}",
                    wanted=f"values with {relation}",
                    got=values,
                    hint="choose values inside",
                )
        dependent = [s for s in symbols if s in dict(known.definitions) and s in samples]
        if dependent and all(x in samples for s in dependent for x in known.expand(s).free_symbols):
            known.exact_point(samples)

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


def _check_about(symbols: tuple[sp.Symbol, ...], sample: Any, descriptions: Any, samples: Any) -> None:
    """Tell apart what is one for all and what is one for each."""
    subject = f"declaration of {', '.join(s.name for s in symbols)}"
    if isinstance(sample, list | tuple | Mapping):
        raise ParameterError(
            subject=subject,
            wanted="sample= as one number for all",
            got=repr(sample),
            hint="write samples= for one each",
        )
    for name, given in (("samples", samples), ("descriptions", descriptions)):
        if isinstance(given, str) or (given is not None and not isinstance(given, Iterable)):
            one = name.removesuffix("s")
            raise ParameterError(
                subject=subject,
                wanted=f"{name}= as a list with one for each name",
                got=repr(given),
                hint=f"write {one}={given!r} for one",
            )


def _pick(given: Mapping[Any, Any] | Iterable[Any] | None, k: int, symbol: sp.Symbol, default: Any) -> Any:
    if isinstance(given, Mapping):
        return given.get(symbol, given.get(symbol.name, default))
    values = list(given) if given is not None else []
    return values[k] if k < len(values) else default
