"""Where a condition may fail to come near although its weak form holds.

A point of the weak form of ``f_1 > 0, ..., f_k > 0, h == 0`` is a limit of points of the condition if some
direction leads in: every `f` that vanishes there grows along it, and `h` stays zero.  By Gordan's theorem
there is none exactly if non-negative multipliers, not all zero and zero where ``f_i > 0``, make a
combination of the gradients of the `f` (and of `h`) vanish (John 1948; Mangasarian and Fromovitz 1967).
The points with such multipliers are the only doubtful ones, and whether there are any is a question about
polynomials, for the multipliers are symbols like others.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.parameters import Assumptions
from deterrence.polynomials import Polynomial, Ring
from deterrence.regions.closures import relaxed
from deterrence.regions.formula import factors
from deterrence.regions.logic import (
    Formula,
    Literal,
    conjunction,
    disjunction,
    disjunctive,
    map_literals,
    negate,
    quick_key,
)
from deterrence.regions.scope import carry, declared, relation_formula

__all__ = ["doubtful"]

_MOST_FACTORS = 3


@dataclass(frozen=True)
class _Piece:
    """A conjunction: what must stay positive, what must stay zero, and whether a hole may lie in it."""

    literals: tuple[Literal, ...]
    positive: tuple[Literal, ...]
    zero: tuple[Literal, ...]

    @property
    def punctured(self) -> bool:
        """Whether ``g != 0`` stands beside an equation, along which `g` may vanish."""
        return bool(self.zero) and any(f.op == "!=" for f in self.literals)


def doubtful(formula: Formula, assumptions: Assumptions) -> tuple[Formula, Assumptions] | None:
    """Find the points where no weak form holds, or one does and no direction is shown to lead in.

    Parameters
    ----------
    formula : Formula
        Over ``assumptions.ring``; without quantifiers.

    Returns
    -------
    (Formula, Assumptions) or None
        The formula, with multipliers as further symbols; None if the formula is too large to be
        taken apart, or something assumed is neither an equation nor an inequality.
    """
    pieces, edges = disjunctive(map_literals(formula, _by_signs)), _edges(assumptions)
    if pieces is None or edges is None:
        return None
    sorted_ = [_sorted(piece, edges) for piece in pieces if not _contradictory(piece)]
    scope = assumptions
    names: list[tuple[list[sp.Symbol], list[sp.Symbol]]] = []
    for number, piece in enumerate(sorted_):
        some, free = _multipliers(number, piece, scope)
        scope = declared(scope.extend(closed=[tuple(some)] if some else []), free)
        names.append((some, free))
    parts = [_doubt(p, assumptions.ring, scope.ring, *n) for p, n in zip(sorted_, names, strict=True)]
    return conjunction(*parts), scope


def _by_signs(literal: Literal) -> Formula:
    """A product as cases of the signs of its factors, ``g != 0`` as two: where factors meet, each case leads in."""
    if literal.op == "==":
        return literal
    if literal.op == "!=":
        return disjunction(Literal(">", literal.poly), Literal(">", -literal.poly))
    lead, primes = factors(literal.poly)
    odd = [p for p, power in primes if power % 2]
    if len(odd) < 2 or len(odd) < len(primes) or len(odd) > _MOST_FACTORS:
        return literal
    return disjunction(
        *(
            conjunction(*(Literal(literal.op, p if s > 0 else -p) for p, s in zip(odd, signs, strict=True)))
            for signs in itertools.product((1, -1), repeat=len(odd))
            if math.prod(signs) == lead
        )
    )


def _contradictory(piece: Sequence[Literal]) -> bool:
    """Whether a polynomial is to be positive and negative, as when two products of one factor are split apart."""
    strict = {f.key for f in piece if f.op == ">"}
    return any(quick_key(-f.poly) in strict for f in piece if f.op in (">", ">="))


def _edges(assumptions: Assumptions) -> list[Literal] | None:
    """What is assumed and holds on an edge too: weak inequalities and equations."""
    formula = relation_formula((r for r in assumptions.relations if r.rel_op in ("<=", ">=", "==")), assumptions.ring)
    found = disjunctive(formula, 1)
    return found[0] if found else None


def _sorted(piece: Sequence[Literal], edges: Iterable[Literal]) -> _Piece:
    every = [*piece, *(f for f in edges if f not in piece)]
    return _Piece(
        tuple(piece),
        tuple(f for f in every if f.op in (">", ">=")),
        tuple(f for f in every if f.op == "=="),
    )


def _multipliers(number: int, piece: _Piece, scope: Assumptions) -> tuple[list[sp.Symbol], list[sp.Symbol]]:
    """Symbols for all multipliers but the last of the inequalities, and for those of the equations."""

    def fresh(kind: str, count: int) -> list[sp.Symbol]:
        names = (f"{kind}_{number}_{k}" for k in range(10**6))
        return [sp.Symbol(n, real=True) for n, _ in zip((n for n in names if n not in scope), range(count))]  # noqa: B905

    return fresh("inequality", max(0, len(piece.positive) - 1)), fresh("equation", len(piece.zero))


def _doubt(piece: _Piece, ring: Ring, wide: Ring, some: list[sp.Symbol], free: list[sp.Symbol]) -> Formula:
    """The weak form fails, or multipliers show that no direction leads in."""
    weak = carry(relaxed(conjunction(*piece.literals)), ring, wide)
    if piece.punctured:
        return True
    if all(f.op in (">=", "==") for f in piece.literals):
        return negate(weak)
    weights = [wide.gen(s) for s in some]
    weights.append(wide.one - sum(weights, wide.zero))
    slack = [
        disjunction(Literal("==", w), Literal("==", wide.convert(f.poly, ring)))
        for w, f in zip(weights, piece.positive, strict=False)
    ]
    along = [(wide.gen(s), f) for s, f in zip(free, piece.zero, strict=True)]
    bound = conjunction(*slack, _balanced([*zip(weights, piece.positive, strict=False), *along], ring, wide))
    size = sum((wide.gen(s) ** 2 for s in free), wide.zero) - wide.one
    flat = conjunction(Literal("==", size), _balanced(along, ring, wide)) if free else False
    cases = disjunction(bound if piece.positive else False, flat)
    return disjunction(negate(weak), conjunction(weak, cases))


def _balanced(terms: Sequence[tuple[Polynomial, Literal]], ring: Ring, wide: Ring) -> Formula:
    """The weighted sum of the gradients vanishes."""
    parts: list[Any] = []
    for place in range(len(ring.symbols)):
        total = wide.zero
        for weight, f in terms:
            total = total + weight * wide.convert(f.poly.derivative(place), ring)
        parts.append(Literal("==", total) if not total.is_constant() else bool(total == 0))
    return conjunction(*parts)
