"""Solving the indifference equations of one profile of supports.

The unknowns are mixing probabilities and free beliefs.  Equations are factored, factors that
cannot vanish are dropped, and one unknown after another is solved for where it occurs linearly
with a coefficient of known sign.  Without one, a linear system of as many equations as unknowns is
solved at once by Cramer's rule; that a coefficient or determinant is zero is a case of its own.
An equation without unknowns is one among the parameters: the profile is a knife-edge.  Unknowns
that no equation settles are free: a family.  What is left are inequalities.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import sympy as sp

from deterrence.polynomials import Polynomial, Ring
from deterrence.regions.logic import Literal
from deterrence.solvers.trees.unknowns import Signs, Unknowns

__all__ = ["Branch", "Fraction", "Resolver", "TooManyBranches"]

MOST_BRANCHES = 512
LARGEST_BLOCK = 4  # unknowns of a linear system that is solved at once
Fraction = tuple[Polynomial, Polynomial]
Block = tuple[list[Polynomial], list[sp.Symbol], list[list[Polynomial]], Polynomial]
"""Equations, unknowns, the columns of coefficients, and their determinant."""


@dataclass(frozen=True)
class Branch:
    """One way to satisfy the equations: a conjunction.

    Attributes
    ----------
    values : dict of symbol to (numerator, denominator)
        Unknowns that are solved for, in terms of parameters and what is free.
    edges : tuple of polynomials
        Equations among the parameters alone.
    roots : tuple of polynomials
        Equations that are not linear in any unknown and stay as they are.
    conditions : tuple of Literal
        What must hold besides.
    """

    equations: tuple[Polynomial, ...]
    conditions: tuple[Literal, ...]
    values: dict[sp.Symbol, Fraction] = field(default_factory=dict)
    edges: tuple[Polynomial, ...] = ()
    roots: tuple[Polynomial, ...] = ()

    def given(self, literal: Literal) -> Branch:
        """The branch under one more condition."""
        return replace(self, conditions=(*self.conditions, literal))


class TooManyBranches(Exception):
    """The case distinctions of one profile grew beyond the limit.

    Attributes
    ----------
    open_signs : tuple of polynomials
        What the cases were about: their signs, if assumed, would have spared them.
    """

    def __init__(self, open_signs: Iterable[Polynomial]) -> None:
        self.open_signs = tuple(open_signs)
        super().__init__()


class Resolver:
    """Solve systems over one ring.

    Parameters
    ----------
    ring : Ring
    signs : Signs
    unknowns : Unknowns
    feasible : callable
        Whether conditions and equations can hold together, as far as can be told.
    """

    def __init__(self, ring: Ring, signs: Signs, unknowns: Unknowns, feasible: Callable[[list[Literal]], bool]) -> None:
        self.ring, self.signs, self.feasible = ring, signs, feasible
        self.unknowns = unknowns.symbols
        self.open_signs: list[Polynomial] = []

    def solve(self, equations: Iterable[Polynomial], conditions: Iterable[Literal]) -> list[Branch]:
        """All branches; none if the system has no solution."""
        start = Branch(tuple(equations), tuple(conditions))
        todo, done, steps = [start], [], 0
        while todo:
            branch = todo.pop()
            steps += 1
            if steps > MOST_BRANCHES:
                raise TooManyBranches(self.open_signs)
            if not branch.equations:
                done.append(branch)
            else:
                todo.extend(self._step(branch))
        return done

    def _step(self, branch: Branch) -> list[Branch]:
        """Reduce the equations and settle one of them."""
        reduced: list[list[Polynomial]] = []
        for equation in branch.equations:
            factors = self._vanishing(self._modulo(equation, branch.edges))
            if factors is None:
                continue
            if not factors:
                return []
            reduced.append(factors)
        for k, factors in enumerate(reduced):
            if len(factors) > 1:
                rest = [sp_product(self.ring, f) for j, f in enumerate(reduced) if j != k]
                return self._feasible([replace(branch, equations=(f, *rest)) for f in factors])
        equations = [factors[0] for factors in reduced]
        parameters = [e for e in equations if not self._inside(e)]
        if parameters:
            inner = tuple(e for e in equations if self._inside(e))
            return self._feasible([replace(branch, equations=inner, edges=branch.edges + tuple(parameters))])
        if not equations:
            return [replace(branch, equations=())]
        return self._feasible(self._settle(branch, equations))

    def _vanishing(self, equation: Polynomial) -> list[Polynomial] | None:
        """The factors of an equation that may be zero (None for the zero polynomial)."""
        if equation == 0:
            return None
        if equation.is_constant():
            return []
        return [f for f, _ in equation.factor()[1] if abs(self.signs(f)) != 1]

    def _modulo(self, poly: Polynomial, edges: tuple[Polynomial, ...]) -> Polynomial:
        """An equation without the terms that the equations among the parameters make zero."""
        for x in self._inside(poly) if edges else ():
            gen = self.ring.gen(x)
            for k, part in enumerate(self.ring.coefficients(poly, x)):
                if part != 0 and self._is_zero(part, edges):
                    poly = poly - part * gen**k
        return poly

    @staticmethod
    def _is_zero(poly: Polynomial, edges: tuple[Polynomial, ...]) -> bool:
        """Whether a polynomial is a multiple of an equation among the parameters."""
        return any((e / poly.gcd(e)).is_constant() for e in edges)

    def _inside(self, poly: Polynomial) -> list[sp.Symbol]:
        degrees = poly.degrees()
        return [s for s in self.unknowns if degrees[self.ring.index[s]]]

    def _settle(self, branch: Branch, equations: list[Polynomial]) -> list[Branch]:
        """Solve one equation for one unknown that occurs linearly in it."""
        best: tuple[Any, ...] | None = None
        for e in equations:
            inside = self._inside(e)
            for rank, x in enumerate(inside):
                if self.ring.degree(e, x) == 1:
                    constant, slope = self.ring.coefficients(e, x)
                    known = abs(self.signs(slope)) == 1
                    bounded = -_plain(self.signs(constant)) * _plain(self.signs(slope)) > 0
                    cost = (not known, bool(self._inside(slope)), len(inside), not bounded, rank, len(slope.monoms()))
                    if best is None or cost < best[0]:
                        best = (cost, e, x, constant, slope)
        if best is None:
            return self._nonlinear(branch, equations)
        block = self._block(branch, equations) if best[0][0] else None
        return self._cramer(branch, equations, *block) if block else self._single(branch, equations, *best[1:])

    def _single(
        self,
        branch: Branch,
        equations: list[Polynomial],
        e: Polynomial,
        x: sp.Symbol,
        constant: Polynomial,
        slope: Polynomial,
    ) -> list[Branch]:
        """Solve ``constant + slope*x = 0``; a slope that can be zero is a case of its own."""
        rest = [other for other in equations if other is not e]
        cases = [self._substitute(self._regular(branch, x, slope), rest, x, -constant, slope)]
        if abs(self.signs(slope)) != 1:
            cases.append(replace(branch, equations=(slope, constant, *rest)))
        return cases

    def _regular(self, branch: Branch, x: sp.Symbol, slope: Polynomial) -> Branch:
        """The branch where a slope is not zero: said only if the range of the unknown does not say it."""
        if abs(self.signs(slope)) == 1:
            return branch
        self.open_signs.append(slope)
        strict = self.ring.index[x] in self.signs.strict
        return branch if strict else branch.given(Literal("!=", slope))

    def _block(self, branch: Branch, equations: list[Polynomial]) -> Block | None:
        """Equations that are linear in as many unknowns and share none with the others, if regular."""
        for first in equations:
            block, inside = [first], set(self._inside(first))
            while grown := [e for e in equations if e not in block and inside & set(self._inside(e))]:
                block += grown
                inside |= {x for e in grown for x in self._inside(e)}
            unknowns = [x for x in self.unknowns if x in inside]
            if 1 < len(block) == len(unknowns) <= LARGEST_BLOCK and all(self._is_linear(e) for e in block):
                columns = [[self._slope(e, x) for e in block] for x in unknowns]
                determinant = self._determinant(columns)
                if determinant != 0 and not self._is_zero(determinant, branch.edges):
                    return block, unknowns, columns, determinant
        return None

    def _is_linear(self, poly: Polynomial) -> bool:
        places = [self.ring.index[x] for x in self.unknowns]
        return all(sum(m[k] for k in places) <= 1 for m in poly.monoms())

    def _slope(self, poly: Polynomial, x: sp.Symbol) -> Polynomial:
        parts = self.ring.coefficients(poly, x)
        return parts[1] if len(parts) > 1 else self.ring.zero

    def _determinant(self, columns: list[list[Polynomial]]) -> Polynomial:
        """By expansion along the first column."""
        if not columns:
            return self.ring.one
        total = self.ring.zero
        for k, entry in enumerate(columns[0]):
            if entry != 0:
                minor = self._determinant([c[:k] + c[k + 1 :] for c in columns[1:]])
                total = total + entry * minor * (-1) ** k
        return total

    def _cramer(
        self,
        branch: Branch,
        equations: list[Polynomial],
        block: list[Polynomial],
        unknowns: list[sp.Symbol],
        columns: list[list[Polynomial]],
        determinant: Polynomial,
    ) -> list[Branch]:
        """Solve a block by Cramer's rule; where its determinant is zero, it is left to single steps."""
        constants = [self._constant(e) for e in block]
        tops = [self._determinant([*columns[:k], constants, *columns[k + 1 :]]) for k in range(len(unknowns))]
        rest = [e for e in equations if e not in block]
        solved = branch
        for x, top in zip(unknowns, tops, strict=True):
            solved = self._substitute(self._regular(solved, x, determinant), rest, x, -top, determinant)
        cases = [solved]
        if abs(self.signs(determinant)) != 1:
            cases.append(replace(branch, equations=(determinant, *equations)))
        return cases

    def _constant(self, poly: Polynomial) -> Polynomial:
        """The part of a linear equation without unknowns."""
        for x in self._inside(poly):
            poly = self.ring.coefficients(poly, x)[0]
        return poly

    def _nonlinear(self, branch: Branch, equations: list[Polynomial]) -> list[Branch]:
        """No unknown occurs linearly: eliminate one by a resultant if two equations share it, else keep."""
        ring = self.ring
        for k, e in enumerate(equations):
            for other in equations[k + 1 :]:
                for x in self._inside(e):
                    if x in self._inside(other):
                        resultant = e.resultant(other, f"v{ring.index[x]}")
                        if resultant == 0:
                            continue
                        rest = tuple(q for q in equations if q is not other)
                        if self._known_consequence(branch, resultant):
                            continue
                        return [
                            replace(
                                branch,
                                equations=(resultant, *(q for q in rest if q is not e)),
                                roots=(*branch.roots, e, other),
                            )
                        ]
        return [replace(branch, equations=(), roots=branch.roots + tuple(equations))]

    @staticmethod
    def _known_consequence(branch: Branch, poly: Polynomial) -> bool:
        return any(poly == r for r in branch.roots)

    def _substitute(
        self, branch: Branch, rest: list[Polynomial], x: sp.Symbol, num: Polynomial, den: Polynomial
    ) -> Branch:
        """Put ``x = num/den`` (den not 0) everywhere."""
        common = num.gcd(den)
        if not common.is_constant() and abs(self.signs(common)) == 1:
            num, den = num / common, den / common
        sign = self.signs(den)
        if sign == -1:
            num, den = -num, -den
        put = lambda p: self._put(p, x, num, den)  # noqa: E731
        place = self.ring.index[x]
        conditions: list[Literal] = []
        for c in branch.conditions:
            # ranges of unknowns that are still to be solved for must stay: signs take them for granted
            degree = c.poly.degrees()[place]
            poly = put(c.poly) * (den if degree % 2 and abs(sign) != 1 else 1)  # an even power keeps the sign
            literal = self._simpler(c.op, poly) if degree else c
            if literal is not None:
                conditions.append(literal)
        values = {s: _put_fraction(self, v, x, num, den) for s, v in branch.values.items()}
        return Branch(
            tuple(put(e) for e in rest),
            tuple(dict.fromkeys(conditions)),
            {**values, x: (num, den)},
            branch.edges,
            tuple(put(r) for r in branch.roots),
        )

    def _put(self, poly: Polynomial, x: sp.Symbol, num: Polynomial, den: Polynomial) -> Polynomial:
        """`poly` at ``x = num/den`` times ``den**degree``."""
        parts = self.ring.coefficients(poly, x)
        result, top = self.ring.zero, len(parts) - 1
        for k, part in enumerate(parts):
            if part != 0:
                result = result + part * num**k * den ** (top - k)
        return result

    def _simpler(self, op: str, poly: Polynomial) -> Literal | None:
        """The literal without factors of known sign; None if it always holds."""
        if poly.is_constant():
            value = 0 if poly == 0 else (1 if poly.leading_coefficient() > 0 else -1)
            holds = value > 0 or (value == 0 and op in (">=", "==")) or (value != 0 and op == "!=")
            return None if holds else Literal(op, self.ring.constant(value))
        constant, factors = poly.factor()
        sign, kept = (1 if constant > 0 else -1), self.ring.one
        for factor, power in factors:
            s = self.signs(factor)
            if abs(s) == 1:
                sign *= s**power
            else:
                kept = kept * factor**power
        result = kept * sign
        if result.is_constant():
            return self._simpler(op, result)
        known = self.signs(result)
        if op == ">=" and known == 2:
            return None
        return Literal(op, result)

    def _feasible(self, branches: list[Branch]) -> list[Branch]:
        alive = []
        for b in branches:
            if any(c.poly.is_constant() and not _constant_holds(c) for c in b.conditions):
                continue
            literals = [*b.conditions, *(Literal("==", e) for e in (*b.equations, *b.edges, *b.roots) if e != 0)]
            if len(branches) == 1 or self.feasible([x for x in literals if not x.poly.is_constant()]):
                alive.append(b)
        return alive


def _put_fraction(resolver: Resolver, value: Fraction, x: sp.Symbol, num: Polynomial, den: Polynomial) -> Fraction:
    """A solved unknown after a further substitution, in lowest terms."""
    top, bottom = value
    ring = resolver.ring
    a, b = ring.degree(top, x), ring.degree(bottom, x)
    top = resolver._put(top, x, num, den) * den ** max(0, b - a)
    bottom = resolver._put(bottom, x, num, den) * den ** max(0, a - b)
    common = top.gcd(bottom)
    return top / common, bottom / common


def _constant_holds(literal: Literal) -> bool:
    value = literal.poly.leading_coefficient() if literal.poly != 0 else 0
    return {">": value > 0, ">=": value >= 0, "==": value == 0, "!=": value != 0}[literal.op]


def _plain(sign: int) -> int:
    return (sign > 0) - (sign < 0)


def sp_product(ring: Ring, factors: Iterable[Polynomial]) -> Polynomial:
    """The product of polynomials."""
    result = ring.one
    for f in factors:
        result = result * f
    return result
