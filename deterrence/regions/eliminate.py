"""Existential elimination: "there is an x such that" turned into a condition on the other symbols.

In this order: an equation linear in x is solved (Gauss); inequalities linear in x with coefficients
of known sign are paired, lower with upper bounds (Fourier and Motzkin); anything else up to degree
two goes by virtual substitution.  Pieces that cannot hold are dropped after every variable.  What
none of this can do keeps its quantifier: the symbol is handed back as pending.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import sympy as sp

from deterrence.parameters import Assumptions
from deterrence.polynomials import Polynomial
from deterrence.regions.coordinates import coordinates
from deterrence.regions.engines import ask_z3
from deterrence.regions.formula import factors, normalise
from deterrence.regions.logic import (
    And,
    Formula,
    Literal,
    Or,
    conjunction,
    disjunction,
    disjunctive,
    literals,
    map_literals,
    quick_key,
)
from deterrence.regions.points import assumed, pool
from deterrence.regions.scope import carry, relation_formula, relations_on, without
from deterrence.regions.signs import signs
from deterrence.regions.substitution import Coefficients, Point, TooHard, roots, substitute, substitute_infinity
from deterrence.regions.trust import Taken, merged

__all__ = ["Eliminated", "eliminate"]

_MOST_LITERALS = 4000
_PRUNING = 60  # milliseconds for one piece


@dataclass(frozen=True)
class Eliminated:
    """What elimination left.

    Attributes
    ----------
    formula : Formula
        Over ``assumptions.ring``.
    pending : tuple of sympy.Symbol
        Still quantified.
    taken : tuple of Taken
        The impossibilities that were taken on an engine's word.
    """

    formula: Formula
    assumptions: Assumptions
    pending: tuple[sp.Symbol, ...]
    taken: tuple[Taken, ...] = ()


def eliminate(
    formula: Formula, assumptions: Assumptions, symbols: Iterable[sp.Symbol], *, seconds: float = 10.0
) -> Eliminated:
    """Remove "there are values of the symbols, as assumed of them, such that" from a formula.

    Parameters
    ----------
    formula : Formula
        Over ``assumptions.ring``.
    symbols : iterable of sympy.Symbol
        Declared in the assumptions; what is assumed of them counts as part of the formula.
    seconds : float
        Time limit; symbols that are left then stay pending.

    Returns
    -------
    Eliminated
        Its assumptions are those on the symbols that are left.
    """
    deadline = time.monotonic() + seconds
    todo = [s for s in dict.fromkeys(symbols) if s in assumptions.ring.index]
    pending: list[sp.Symbol] = []
    taken: tuple[Taken, ...] = ()
    while todo:
        symbol = min(todo, key=lambda s: _cost(formula, assumptions, s))
        todo.remove(symbol)
        try:
            step = _Step(assumptions, symbol, deadline)
            formula, assumptions, taken = step.run(formula), step.after, merged(taken, step.taken)
            if pending:  # what was too hard may be easier now
                todo, pending = todo + pending, []
        except TooHard:
            pending.append(symbol)
    return Eliminated(formula, assumptions, tuple(pending), taken)


def _cost(formula: Formula, assumptions: Assumptions, symbol: sp.Symbol) -> tuple[int, int, int]:
    """How hard a symbol is: no linear equation to solve, highest degree, number of literals."""
    place = assumptions.ring.index[symbol]
    using = [f for f in literals(formula) if f.poly.degrees()[place] > 0]
    solved = any(f.op == "==" and f.poly.degrees()[place] == 1 for f in using)
    return (0 if solved else 1, max((f.poly.degrees()[place] for f in using), default=0), len(using))


class _Step:
    """The elimination of one symbol: from a formula over `before` to one over `after`."""

    def __init__(self, before: Assumptions, symbol: sp.Symbol, deadline: float) -> None:
        self.before, self.after = before, without(before, symbol)
        self.symbol, self.deadline = symbol, deadline
        self.ring, self.place = before.ring, before.ring.index[symbol]
        self.sign_after = coordinates(self.after).sign
        self.taken: dict[Taken, None] = {}
        self._coefficients: dict[Literal, Coefficients] = {}
        self.spent = 0

    def run(self, formula: Formula) -> Formula:
        """There is a value of the symbol, as assumed of it, such that the formula holds."""
        domain = _domain(self.before, self.symbol)
        if isinstance(formula, Or):
            return disjunction(*(self.exists(conjunction(domain, p)) for p in formula.parts))
        return self.exists(conjunction(domain, formula))

    # -- polynomials --------------------------------------------------------------------------

    def uses(self, formula: Formula) -> bool:
        return any(f.poly.degrees()[self.place] > 0 for f in literals(formula))

    def compare(self, op: str, poly: Polynomial) -> Formula:
        """A comparison without the symbol, over the ring that is left."""
        self.spent += 1
        if self.spent > _MOST_LITERALS or time.monotonic() > self.deadline:
            raise TooHard
        return normalise(op, self.after.ring.convert(poly, self.ring), None, self.sign_after)

    def sign_of(self, poly: Polynomial) -> int:
        poly = self.after.ring.convert(poly, self.ring)
        sign = signs(self.after)(poly)
        if sign and not self.sign_after(poly):
            self._take(Literal(">=", -poly if sign > 0 else poly))
        return sign

    def _take(self, impossible: Formula) -> None:
        self.taken[Taken(impossible, self.after)] = None

    def coefficients(self, literal: Literal) -> Coefficients:
        if literal not in self._coefficients:
            self._coefficients[literal] = self.ring.coefficients(literal.poly, self.symbol)
        return self._coefficients[literal]

    # -- the ladder ----------------------------------------------------------------------------

    def exists(self, formula: Formula) -> Formula:
        """The formula without the symbol."""
        if isinstance(formula, Or):
            return disjunction(*(self.exists(p) for p in formula.parts))
        parts = formula.parts if isinstance(formula, And) else (formula,)
        inside = [p for p in parts if self.uses(p)]
        outside = carry(conjunction(*(p for p in parts if not self.uses(p))), self.ring, self.after.ring)
        if outside is False or not inside:
            return outside
        return self.pruned(outside, self.core(inside))

    def core(self, inside: list[Formula]) -> Formula:
        """All parts use the symbol."""
        flat = [p for p in inside if isinstance(p, Literal)]
        if len(flat) == len(inside):
            return self.conjunctive(flat)
        pieces = disjunctive(conjunction(*inside), 24)
        if pieces is None:
            return self.test_points(conjunction(*inside))
        return disjunction(*(self.exists(conjunction(*p)) for p in pieces))

    def conjunctive(self, parts: list[Literal]) -> Formula:
        """A conjunction of literals in the symbol."""
        equations = [f for f in parts if f.op == "==" and len(self.coefficients(f)) <= 3]
        if equations:
            return self.solved(min(equations, key=self._pivot_cost), parts)
        bounds = self.bounds(parts)
        if bounds is not None:
            return bounds
        return self.test_points(conjunction(*parts))

    def _pivot_cost(self, f: Literal) -> tuple[int, bool, int]:
        parts = self.coefficients(f)
        return (len(parts), abs(self.sign_of(parts[-1])) != 1, len(parts[-1].coeffs()))

    def solved(self, equation: Literal, parts: list[Literal]) -> Formula:
        """The roots of an equation put into the rest; where it vanishes identically, the rest alone."""
        rest = conjunction(*(f for f in parts if f is not equation))
        coefficients = self.coefficients(equation)
        points = roots(coefficients, self.compare, self.sign_of, lower_only=False)
        cases = [conjunction(p.guard, substitute(rest, self.coefficients, p, self.compare)) for p in points]
        vanishing = conjunction(*(self.compare("==", c) for c in coefficients))
        if vanishing is not False:
            cases.append(conjunction(vanishing, self.exists(rest)))
        return disjunction(*cases)

    def bounds(self, parts: list[Literal]) -> Formula | None:
        """Lower bounds paired with upper bounds, if every literal is one; at most one may be open."""
        lower: list[tuple[bool, Polynomial, Polynomial]] = []
        upper: list[tuple[bool, Polynomial, Polynomial]] = []
        open_: list[Literal] = []
        for f in parts:
            coefficients = self.coefficients(f)
            if f.op not in (">", ">=") or len(coefficients) != 2:
                return None
            slope = self.sign_of(coefficients[1])
            if abs(slope) == 1:
                (lower if slope > 0 else upper).append((f.op == ">", coefficients[1], coefficients[0]))
            else:
                open_.append(f)
        if len(open_) > 1 or (open_ and (len(lower) != 1 or len(upper) != 1)):
            return None
        paired = [self.compare(">" if s or t else ">=", a * d - c * b) for s, a, b in lower for t, c, d in upper]
        if not open_:
            return conjunction(*paired)
        return conjunction(*paired, self.at_ends(open_[0], lower[0], upper[0]))

    def at_ends(
        self, f: Literal, low: tuple[bool, Polynomial, Polynomial], high: tuple[bool, Polynomial, Polynomial]
    ) -> Formula:
        """A linear function over an interval is largest at one of its ends."""
        offset, slope = self.coefficients(f)
        at = [(strict, self.scaled(offset, slope, a, b)) for strict, a, b in (low, high)]
        cases = [self.compare(">" if strict else f.op, value) for strict, value in at]
        if f.op == ">=" and low[0] and high[0]:
            cases.append(conjunction(*(self.compare("==", value) for _, value in at)))
        return disjunction(*cases)

    def scaled(self, offset: Polynomial, slope: Polynomial, a: Polynomial, b: Polynomial) -> Polynomial:
        """``offset + slope*x`` at ``x = -b/a``, times a positive factor; the sign of a is known."""
        value = offset * a - slope * b
        return value if self.sign_of(a) > 0 else -value

    def test_points(self, formula: Formula) -> Formula:
        """Virtual substitution, from below or from above, whichever needs fewer points."""
        below, above = self.ends(formula, 1), self.ends(formula, -1)
        side, found = (1, below) if len(below) <= len(above) else (-1, above)
        if side < 0:
            formula = self.mirrored(formula)
        cases = [
            substitute_infinity(formula, self.coefficients, self.compare)
            if p is None
            else conjunction(p.guard, substitute(formula, self.coefficients, p, self.compare))
            for p in found
        ]
        return disjunction(*cases)

    def mirrored(self, formula: Formula) -> Formula:
        """The formula with minus the symbol for the symbol (not canonical, only for reading coefficients)."""
        x = self.ring.gen(self.symbol)
        return map_literals(formula, lambda f: Literal(f.op, self.ring.compose(f.poly, {self.symbol: -x})))

    def ends(self, formula: Formula, side: int) -> list[Point | None]:
        """Where an interval of solutions can begin; None stands for minus infinity."""
        if side < 0:
            formula = self.mirrored(formula)
        points: dict[tuple[str, bool], list[Point]] = {}
        bounded = False
        top = formula.parts if isinstance(formula, And) else (formula,)
        for f in literals(formula):
            if not self.uses(f):
                continue
            parts = self.coefficients(f)
            alone = len(parts) == 2 and f.op in (">", ">=")
            bounded = bounded or (alone and f in top and self.sign_of(parts[1]) == 1)
            strict = f.op in (">", "!=")
            for prime, _ in factors(f.poly)[1] if not alone else ((f.poly, 1),):
                if prime.degrees()[self.place] == 0:
                    continue
                coefficients = self.ring.coefficients(prime, self.symbol)
                if len(coefficients) > 3:
                    raise TooHard
                found = roots(coefficients, self.compare, self.sign_of, lower_only=alone)
                points[quick_key(prime), strict] = [_beyond(p) if strict else p for p in found]
        flat: list[Point | None] = [p for group in points.values() for p in group]
        return flat if bounded else [None, *flat]

    # -- pruning --------------------------------------------------------------------------------

    def pruned(self, outside: Formula, core: Formula) -> Formula:
        """Both together, without the pieces of `core` that cannot hold."""
        if not isinstance(core, Or):
            return conjunction(outside, core)
        return conjunction(outside, disjunction(*(p for p in core.parts if self.possible(conjunction(outside, p)))))

    def possible(self, piece: Formula) -> bool:
        """False only if it is certain that the piece cannot hold."""
        if isinstance(piece, bool):
            return piece
        if pool(self.after).find(piece) is not None:
            return True
        left = int(1000 * (self.deadline - time.monotonic()))
        if left <= 0:
            return True
        width = max(1, len(self.after.ring.symbols))
        if ask_z3([assumed(self.after), piece], width, min(left, _PRUNING), "qfnra-nlsat")[0] != "unsat":
            return True
        self._take(piece)
        return False


def _beyond(point: Point) -> Point:
    return Point(point.guard, point.P, point.Q, point.D, point.C, point.sign, True)


@lru_cache(maxsize=1024)
def _domain(assumptions: Assumptions, symbol: sp.Symbol) -> Formula:
    """What is assumed of a symbol, as a formula over the whole ring."""
    return relation_formula(relations_on(assumptions, symbol), assumptions.ring)
