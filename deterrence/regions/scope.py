"""Assumptions with fewer or more symbols, and formulas carried from one such scope to another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import sympy as sp

from deterrence.errors import ParameterError
from deterrence.parameters import Assumptions, Parameter
from deterrence.polynomials import Ring
from deterrence.regions.coordinates import coordinates
from deterrence.regions.formula import normalise
from deterrence.regions.logic import Formula, Literal, conjunction, map_literals

__all__ = ["carry", "declared", "independent", "recanonical", "relations_on", "without"]


def independent(assumptions: Assumptions, key: sp.Symbol | str, subject: str) -> sp.Symbol:
    """The declared symbol of that name, which must not be settled by others.

    Raises
    ------
    UnknownParameter
        If there is none.
    ParameterError
        If it is the last member of a distribution, or a named expression.
    """
    symbol = assumptions.resolve(key)
    if symbol in assumptions.ring.index:
        return symbol
    raise ParameterError(
        subject=subject,
        wanted="an independent parameter",
        got=f"{symbol} = {assumptions.expand(symbol)}",
        hint=f"use one of {', '.join(s.name for s in assumptions.ring.symbols)}",
    )


def relations_on(assumptions: Assumptions, symbol: sp.Symbol) -> tuple[Any, ...]:
    """The assumed relations that speak of a symbol."""
    return tuple(r for r in assumptions.relations if symbol in r.free_symbols)


def declared(assumptions: Assumptions, symbols: Iterable[sp.Symbol]) -> Assumptions:
    """The assumptions with further symbols, of which nothing is known."""
    new = tuple(Parameter(s, "real") for s in symbols if s not in assumptions)
    return replace(assumptions, parameters=assumptions.parameters + new) if new else assumptions


@lru_cache(maxsize=1024)
def without(assumptions: Assumptions, symbol: sp.Symbol) -> Assumptions:
    """The assumptions on the other symbols, with the orders that hold through the one that leaves.

    What else was assumed of the symbol is not in them: whoever eliminates it adds those relations
    (`relations_on`) to the formula first.
    """
    kept = [r for r in assumptions.relations if symbol not in r.free_symbols]
    kept += [r for r in _bridges(assumptions, symbol) if r not in kept]
    simplices, rest = _shrunk(assumptions.simplices, symbol, sp.Lt, sp.Gt)
    closed, more = _shrunk(assumptions.closed, symbol, sp.Le, sp.Ge)
    kept += [r for r in rest + more if r not in kept]
    gone = {s for s, e in assumptions.definitions if symbol in e.free_symbols} | {symbol}
    return Assumptions(
        tuple(p for p in assumptions.parameters if p.symbol not in gone),
        tuple(kept),
        simplices,
        closed,
        tuple((s, e) for s, e in assumptions.definitions if s not in gone),
    )


def _bridges(assumptions: Assumptions, symbol: sp.Symbol) -> list[Any]:
    """``a < b`` for every ``a < symbol < b``."""
    below, above = [], []
    for r in relations_on(assumptions, symbol):
        if r.rel_op not in ("<", "<=", ">", ">="):
            continue
        low, high = (r.lhs, r.rhs) if r.rel_op in ("<", "<=") else (r.rhs, r.lhs)
        strict = "=" not in r.rel_op
        if high == symbol and (low.is_Symbol or low.is_Rational):
            below.append((low, strict))
        elif low == symbol and (high.is_Symbol or high.is_Rational):
            above.append((high, strict))
    pairs = [(a, b, s or t) for a, s in below for b, t in above if not (a.is_Rational and b.is_Rational)]
    return [sp.Lt(a, b) if strict else sp.Le(a, b) for a, b, strict in pairs if a != b]


def _shrunk(
    groups: tuple[tuple[sp.Symbol, ...], ...], symbol: sp.Symbol, below: Any, above: Any
) -> tuple[tuple[tuple[sp.Symbol, ...], ...], list[Any]]:
    """The distributions without a member: the others still sum to less than one."""
    kept, relations = [], []
    for group in groups:
        rest = tuple(s for s in group if s != symbol)
        if rest:
            kept.append(rest)
        if rest and rest != group:
            relations += [*(above(s, 0) for s in rest), below(sp.Add(*rest), 1)]
    return tuple(kept), relations


def carry(formula: Formula, source: Ring, target: Ring) -> Formula:
    """The same formula over another ring that has all symbols it uses."""
    if source == target:
        return formula
    return map_literals(formula, lambda f: Literal(f.op, target.convert(f.poly, source)))


def recanonical(formula: Formula, assumptions: Assumptions) -> Formula:
    """The formula with every literal normalised anew under (stronger) assumptions."""
    sign = coordinates(assumptions).sign
    return map_literals(formula, lambda f: normalise(f.op, f.poly, None, sign))


def relation_formula(relations: Iterable[Any], ring: Ring) -> Formula:
    """Relations between polynomials as a formula, nothing taken for granted."""
    return conjunction(*(normalise(r.rel_op, *ring.fraction(r.lhs - r.rhs), lambda _: 0) for r in relations))
