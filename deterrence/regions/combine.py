"""Bringing regions over different assumptions into one scope, without changing the set of either.

What only one region assumes becomes part of its formula, so that both then stand under what is
assumed of both.  A quantified symbol of one that the other uses too gets another name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sympy as sp

from deterrence.errors import ParameterError
from deterrence.parameters import Assumptions, Parameter
from deterrence.regions.logic import Formula, Literal, conjunction, map_literals
from deterrence.regions.scope import carry, recanonical, relation_formula

if TYPE_CHECKING:
    from deterrence.regions.region import Region

__all__ = ["aligned", "at_point", "fixed", "opened", "renamed", "together"]


def together(a: Region, b: Region, open_up: bool) -> tuple[Formula, Formula, Assumptions, tuple[sp.Symbol, ...]]:
    """Both formulas over one ring; quantified symbols kept apart."""
    f, scope_a, g, scope_b = a.formula, a.assumptions, b.formula, b.assumptions
    pending = b.pending
    if a.pending or b.pending:
        taken = {p.name for p in scope_a.parameters} if b.pending else set()
        g, scope_b, pending = renamed(g, scope_b, b.pending, taken | {s.name for s in b.symbols})
        if open_up:
            f, scope_a = opened(f, scope_a, a.pending)
            g, scope_b = opened(g, scope_b, pending)
    f, g, assumptions = aligned((f, scope_a), (g, scope_b))
    return f, g, assumptions, a.pending + pending


def opened(formula: Formula, assumptions: Assumptions, pending: tuple[sp.Symbol, ...]) -> tuple[Formula, Assumptions]:
    """What is assumed of quantified symbols moved into the formula; they become plain real symbols."""
    bound = set(pending)
    about = tuple(r for r in assumptions.relations if r.free_symbols & bound)
    if not about:
        return formula, assumptions
    bare = replace(
        assumptions,
        parameters=tuple(Parameter(p.symbol, "real") if p.symbol in bound else p for p in assumptions.parameters),
        relations=tuple(r for r in assumptions.relations if r not in about),
        simplices=tuple(g for g in assumptions.simplices if not bound & set(g)),
        closed=tuple(g for g in assumptions.closed if not bound & set(g)),
    )
    return conjunction(relation_formula(about, assumptions.ring), formula), bare


def renamed(
    formula: Formula, assumptions: Assumptions, pending: tuple[sp.Symbol, ...], taken: set[str]
) -> tuple[Formula, Assumptions, tuple[sp.Symbol, ...]]:
    """The same with other names for quantified symbols whose names are taken."""
    fresh: dict[sp.Symbol, sp.Symbol] = {}
    for s in pending:
        if s.name in taken:
            k = next(k for k in range(1, 10**6) if f"{s.name}_{k}" not in taken)
            fresh[s] = sp.Symbol(f"{s.name}_{k}", real=True)
            taken.add(fresh[s].name)
    if not fresh:
        return formula, assumptions, pending

    def rename(groups: tuple[tuple[sp.Symbol, ...], ...]) -> tuple[tuple[sp.Symbol, ...], ...]:
        return tuple(tuple(fresh.get(s, s) for s in g) for g in groups)

    other = replace(
        assumptions,
        parameters=tuple(replace(p, symbol=fresh.get(p.symbol, p.symbol)) for p in assumptions.parameters),
        relations=tuple(r.xreplace(fresh) for r in assumptions.relations),
        simplices=rename(assumptions.simplices),
        closed=rename(assumptions.closed),
        definitions=tuple((s, e.xreplace(fresh)) for s, e in assumptions.definitions),
    )
    # the generators keep their places, so the formula is the same
    return formula, other, tuple(fresh.get(s, s) for s in pending)


def aligned(
    left: tuple[Formula, Assumptions], right: tuple[Formula, Assumptions]
) -> tuple[Formula, Formula, Assumptions]:
    """Both formulas over one ring, under what is assumed of both."""
    (f, a), (g, b) = left, right
    if a == b:
        return f, g, a
    merged = _merged(a, b)
    f = carry(conjunction(relation_formula(_only(a, b, merged), a.ring), f), a.ring, merged.ring)
    g = carry(conjunction(relation_formula(_only(b, a, merged), b.ring), g), b.ring, merged.ring)
    return f, g, merged


def _only(one: Assumptions, other: Assumptions, merged: Assumptions) -> list[Any]:
    """The relations of one side that the merged assumptions do not contain."""
    return [r for r in one.relations if r not in merged.relations]


def _merged(a: Assumptions, b: Assumptions) -> Assumptions:
    """What both assume; of symbols that only one side has, what that side assumes of them alone."""
    shared = set(a.symbols) & set(b.symbols)
    known = {p.name for p in a.parameters}
    _agree(a, b)

    def keep(relation: Any, other: Assumptions) -> bool:
        return relation in other.relations or not relation.free_symbols & shared

    def groups(one: Any, two: Any) -> Any:
        mine = [g for g in one if g in two or not set(g) & shared]
        return tuple(mine + [g for g in two if g not in mine and not set(g) & shared])

    relations = [r for r in a.relations if keep(r, b)]
    relations += [r for r in b.relations if r not in relations and keep(r, a)]
    definitions = dict(b.definitions) | dict(a.definitions)
    return Assumptions(
        a.parameters + tuple(p for p in b.parameters if p.name not in known),
        tuple(relations),
        groups(a.simplices, b.simplices),
        groups(a.closed, b.closed),
        tuple(definitions.items()),
    )


def _agree(a: Assumptions, b: Assumptions) -> None:
    """Refuse two meanings of one name."""
    mine, theirs = dict(a.definitions), dict(b.definitions)
    for one, other, symbols in ((mine, theirs, set(b.symbols)), (theirs, mine, set(a.symbols))):
        for s, e in one.items():
            if s in symbols or other.get(s, e) != e:
                raise ParameterError(
                    subject=f"parameter {s.name}",
                    wanted="one meaning in all regions that are combined",
                    got=f"{s.name} = {e} in one and {other.get(s, 'a parameter of its own')} in another",
                )


def fixed(assumptions: Assumptions, point: Mapping[sp.Symbol, Any]) -> Assumptions:
    """The assumptions on the other symbols once some are given numbers (that agree with them)."""
    gone = set(point)
    relations = [r.xreplace(dict(point)) for r in assumptions.relations]
    return Assumptions(
        tuple(p for p in assumptions.parameters if p.symbol not in gone),
        tuple(dict.fromkeys(r for r in relations if r != sp.true)),
        tuple(g for g in assumptions.simplices if not gone & set(g)),
        tuple(g for g in assumptions.closed if not gone & set(g)),
        tuple((s, e.xreplace(dict(point))) for s, e in assumptions.definitions),
    )


def at_point(formula: Formula, before: Assumptions, point: Mapping[sp.Symbol, Any], after: Assumptions) -> Formula:
    """The formula with numbers for some symbols, over the ring of the others."""
    ring = before.ring

    def change(f: Literal) -> Formula:
        poly = after.ring.convert(ring.evaluate(f.poly, point), ring)
        if poly.is_constant():
            return f.sign_holds(poly.leading_coefficient() if poly != 0 else 0)
        return Literal(f.op, poly)

    return recanonical(map_literals(formula, change), after)
