"""A set of equilibria in the form that sweeps start from: formulas and factored fractions.

The conditions, outcome probabilities, payoffs and strategies of all equilibria are brought into one
polynomial ring and factored once.  For given values of some parameters they are specialised exactly
(see `deterrence.sweeps.specialise`).
"""

from __future__ import annotations

import weakref
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from threading import RLock
from typing import Any, Union

import sympy as sp

from deterrence.equilibria import Equilibria, Equilibrium
from deterrence.errors import NotPolynomial
from deterrence.parameters import Assumptions
from deterrence.polynomials import Polynomial, Ring, primitive, to_fraction
from deterrence.regions.logic import Formula, quick_key
from deterrence.regions.scope import carry
from deterrence.sweeps.errors import UncompiledCondition
from deterrence.sweeps.radicals import is_rational, read_radical, without_numbers

GROUPS = ("outcome", "payoff", "strategy")


@dataclass(frozen=True)
class Quotient:
    """``constant * product of factors**exponent``: which factors, by place in the table, and how often."""

    constant: Fraction
    powers: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Rooted:
    """``(a + b*sqrt(p/q)) / (c + d*sqrt(p/q))``, each part a `Quotient` that is a polynomial, in this order."""

    parts: tuple[Quotient, ...]


@dataclass(frozen=True)
class Unwritten:
    """A value with roots for which there is no array program, and why."""

    reason: str


Entry = Union[Quotient, Rooted, Unwritten]  # noqa: UP007 - classes that are defined above, at run time


@dataclass
class Source:
    """All that a sweep may need of a set of equilibria.

    Attributes
    ----------
    equilibria : tuple of Equilibrium
        The generic ones, then the knife-edges if they are wanted.
    ring : Ring
        Independent parameters, then free probabilities of families.
    programs : dict
        What was compiled already.
    lock
        Held while something is compiled, so that several threads may sweep one answer.
    """

    equilibria: tuple[Equilibrium, ...]
    assumptions: Assumptions
    ring: Ring
    factors: list[Polynomial] = field(default_factory=list)
    programs: dict[Any, Any] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)
    _places: dict[str, int] = field(default_factory=dict)

    @cached_property
    def assumed(self) -> str:
        """The assumptions in words."""
        return str(self.assumptions)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """The name of each equilibrium; a name that comes again gets a number."""
        seen: dict[str, int] = {}
        names = []
        for e in self.equilibria:
            seen[e.title] = seen.get(e.title, 0) + 1
            names.append(e.title if seen[e.title] == 1 else f"{e.title} #{seen[e.title]}")
        return tuple(names)

    @cached_property
    def conditions(self) -> tuple[Formula, ...]:
        """Where each equilibrium exists.

        Raises
        ------
        UncompiledCondition
            If a condition still has quantified symbols.
        """
        for e in self.equilibria:
            if e.condition.pending:
                raise UncompiledCondition(
                    subject=f'Game "{e.game.name}", equilibrium {e.title}',
                    wanted="a condition on the parameters alone",
                    got=f"quantified symbols {', '.join(s.name for s in e.condition.pending)}",
                    hint="ask eqs.at(point) at single points",
                )
        return tuple(carry(e.condition.formula, e.condition.assumptions.ring, self.ring) for e in self.equilibria)

    def names(self, group: str) -> tuple[str, ...]:
        """The names of outcomes, payoffs or actions, in the game's order."""
        tables = [self._table(e, group) for e in self.equilibria[:1]]
        return tuple(tables[0]) if tables else ()

    def entries(self, group: str, name: str) -> tuple[Entry, ...]:
        """One outcome probability, payoff or action probability in each equilibrium."""
        return self._entries(group)[name]

    def _entries(self, group: str) -> dict[str, tuple[Entry, ...]]:
        if group not in self._done:
            tables = [self._table(e, group) for e in self.equilibria]
            self._done[group] = {name: tuple(self.entry(t[name]) for t in tables) for name in self.names(group)}
        return self._done[group]

    @cached_property
    def _done(self) -> dict[str, dict[str, tuple[Entry, ...]]]:
        return {}

    @property
    def unwritten(self) -> dict[str, str]:
        """The equilibria of which some value that was asked for cannot be given, and why."""
        rows = [row for table in self._done.values() for row in table.values()]
        return {t: e.reason for row in rows for t, e in zip(self.titles, row, strict=True) if isinstance(e, Unwritten)}

    @staticmethod
    def _table(equilibrium: Equilibrium, group: str) -> dict[str, sp.Expr]:
        if group == "outcome":
            return dict(equilibrium.outcomes)
        if group == "payoff":
            return {" ".join(k) if isinstance(k, tuple) else k: v for k, v in equilibrium.payoffs.items()}
        return {
            f"{' '.join(s[:-1])}, {s[-1]}: {action}": share
            for s, row in equilibrium.strategy.items()
            for action, share in row.items()
        }

    def entry(self, expr: sp.Expr) -> Entry:
        """An expression in the symbols of the ring, which may hold roots."""
        expr = sp.sympify(expr)
        if is_rational(expr):
            return self.quotient(expr)
        try:
            plain = without_numbers(expr)
            if is_rational(plain):
                return self.quotient(plain)
            found = read_radical(plain, self.ring)
        except NotPolynomial as error:
            return Unwritten(str(error))
        parts = (found.a, found.b, found.c, found.d, found.p, found.q)
        return Rooted(tuple(self._factored(part, self.ring.one) for part in parts))

    def quotient(self, expr: sp.Expr) -> Quotient:
        """A rational expression in the symbols of the ring, factored."""
        return self._factored(*self.ring.fraction(expr))

    def _factored(self, num: Polynomial, den: Polynomial) -> Quotient:
        constant, powers = Fraction(1), {}
        for poly, sign in ((num, 1), (den, -1)):
            if poly == 0:
                return Quotient(Fraction(0), ())
            lead, parts = poly.factor()
            constant *= to_fraction(lead) ** sign
            for part, power in parts:
                _, prime = primitive(part)
                ratio = to_fraction(part.leading_coefficient()) / to_fraction(prime.leading_coefficient())
                constant *= ratio ** (sign * int(power))
                powers[self._factor(prime)] = sign * int(power)
        return Quotient(constant, tuple(powers.items()))

    def _factor(self, prime: Polynomial) -> int:
        """The place of a factor in the table."""
        name = quick_key(prime)
        if name not in self._places:
            self._places[name] = len(self.factors)
            self.factors.append(prime)
        return self._places[name]


_SOURCES: dict[int, dict[bool, Source]] = {}
_LOCK = RLock()


def source_of(eqs: Equilibria, knife_edges: bool = False) -> Source:
    """The source of a set of equilibria, made once for each object."""
    with _LOCK:
        if id(eqs) not in _SOURCES:
            _SOURCES[id(eqs)] = {}
            weakref.finalize(eqs, _SOURCES.pop, id(eqs), None)
        made = _SOURCES[id(eqs)]
        if knife_edges not in made:
            found = (*eqs.generic, *eqs.knife_edges) if knife_edges else eqs.generic
            assumptions = eqs.game.assumptions
            free = dict.fromkeys(s for e in found for s in e.free)
            made[knife_edges] = Source(found, assumptions, assumptions.ring.extend(free))
        return made[knife_edges]
