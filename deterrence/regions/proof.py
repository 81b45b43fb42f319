"""Proofs of emptiness that need no trust.

A certificate shows that no point satisfies a formula under some assumptions.  It is a list of
steps; each step says that certain formulas, its *needs*, cannot hold together.

* `Identity`: facts are polynomials known to be positive, non-negative or zero - assumptions,
  literals of the formula, squares.  A polynomial in the facts with positive coefficients, plus
  multiples of the facts that are zero, is identically zero, although one of its terms is
  positive.  (A Positivstellensatz refutation; with coefficients read off directly, a sign proof.)
* `Cases`: one of several alternatives must hold, and each is contradicted by an earlier step.

The needs of the last step are conjuncts of the formula.  `Certificate.check` verifies all of
this with plain polynomial arithmetic in the user's own parameters; how the proof was found
(linear programming, positive coordinates, an SMT solver's hints) plays no part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import flint
import sympy as sp

from deterrence.parameters import Assumptions
from deterrence.polynomials import Polynomial, Ring, primitive, to_rational
from deterrence.regions.logic import And, Formula, Literal, Or, conjunction

__all__ = ["Cases", "Certificate", "Identity", "alternatives", "assumed_literals", "case_needs", "conjuncts", "reduced"]

Term = tuple[tuple[int, ...], Any]  # exponents of the facts, positive rational coefficient


def conjuncts(formula: Formula) -> frozenset[Formula]:
    """The formulas that all hold where `formula` does."""
    if formula is True:
        return frozenset()
    return frozenset(formula.parts) if isinstance(formula, And) else frozenset([formula])


@lru_cache(maxsize=256)
def assumed_literals(assumptions: Assumptions) -> frozenset[Literal]:
    """What the assumptions say, as literals with primitive polynomials."""
    ring, result = assumptions.ring, set()
    for relation in assumptions.relations:
        num, den = ring.fraction(relation.lhs - relation.rhs)
        op = {"<": ">", "<=": ">="}.get(relation.rel_op, relation.rel_op)
        sign = -1 if relation.rel_op in ("<", "<=") else 1
        poly = num if op in ("==", "!=") else sign * num * den
        if poly != 0:
            result.add(reduced(Literal(op, poly)))
    return frozenset(result)


def reduced(literal: Literal) -> Literal:
    """The same literal with coprime whole coefficients."""
    sign, part = primitive(literal.poly)
    return Literal(literal.op, part if literal.op in ("==", "!=") else sign * part)


def alternatives(formula: Formula, first: Polynomial = None) -> tuple[Formula, ...]:
    """Alternatives one of which holds wherever `formula` does.

    An Or has its parts, ``p != 0`` the two signs of p, and a literal that is the product of
    `first` and a second factor the combinations of their signs.  True with a polynomial `first`
    has its three signs.
    """
    if isinstance(formula, Or):
        return formula.parts
    if formula is True and first is not None:
        return Literal(">", first), Literal("==", first), Literal(">", -first)
    if isinstance(formula, Literal) and formula.op == "!=" and first is None:
        return Literal(">", formula.poly), Literal(">", -formula.poly)
    if isinstance(formula, Literal) and formula.op != "!=" and first is not None:
        second, rest = divmod(formula.poly, first) if first != 0 else (first, formula.poly)
        if rest == 0:
            return _signs(formula.op, first, second)
    return ()


def _signs(op: str, first: Polynomial, second: Polynomial) -> tuple[Formula, ...]:
    if op == "==":
        return Literal("==", first), Literal("==", second)
    same = (conjunction(Literal(op, s * first), Literal(op, s * second)) for s in (1, -1))
    return tuple(same)


@dataclass(frozen=True)
class Identity:
    """Facts that contradict one another, by a polynomial identity.

    Attributes
    ----------
    ring : Ring
        Where the facts live.
    assumptions, hypotheses : tuple of Literal
        Facts that always hold, and facts of the case at hand.
    squares : tuple of polynomials
        Whose squares serve as non-negative facts.
    terms : tuple of (exponents, coefficient)
        The positive part: products of assumptions, hypotheses and squares, in this order.
    zeros : tuple of (literal, multiplier)
        Hypotheses or assumptions ``q == 0`` and what each is multiplied by.
    """

    ring: Ring
    assumptions: tuple[Literal, ...]
    hypotheses: tuple[Literal, ...]
    squares: tuple[Polynomial, ...]
    terms: tuple[Term, ...]
    zeros: tuple[tuple[Literal, Polynomial], ...] = ()

    @property
    def facts(self) -> tuple[Literal, ...]:
        """The facts that the terms multiply; a square counts as non-negative."""
        return self.assumptions + self.hypotheses + tuple(Literal(">=", s * s) for s in self.squares)

    def needs(self, known: frozenset[Literal]) -> frozenset[Formula]:
        """The hypotheses that are used."""
        return frozenset(self.hypotheses) | {z for z, _ in self.zeros if reduced(z) not in known}

    def holds(self, known: frozenset[Literal]) -> bool:
        """Whether the identity is right and contradictory, given what is assumed."""
        facts = self.facts
        if any(reduced(a) not in known for a in self.assumptions) or any(z.op != "==" for z, _ in self.zeros):
            return False
        if any(f.op not in (">", ">=") for f in facts) or any(c <= 0 for _, c in self.terms):
            return False
        if any(len(e) != len(facts) or min(e, default=0) < 0 for e, _ in self.terms):
            return False
        strict = any(all(f.op == ">" for f, k in zip(facts, e, strict=True) if k) for e, _ in self.terms)
        return strict and self.total() == 0

    def total(self) -> Polynomial:
        """The left side of the identity, multiplied out."""
        total = self.ring.zero
        for literal, multiplier in self.zeros:
            total = total + literal.poly * multiplier
        facts = [f.poly for f in self.facts]
        if not facts:
            return total + sum((c for _, c in self.terms), flint.fmpq(0))
        abstract = flint.fmpq_mpoly_ctx.get([f"z{k}" for k in range(len(facts))], "degrevlex")
        combination = abstract.from_dict(dict(self.terms))
        return total + combination.compose(*facts, ctx=self.ring.context)

    def lines(self) -> list[str]:
        """The facts and the identity in words."""
        count = len(self.facts)
        names = [sp.Symbol(f"F{k + 1}") for k in range(count + len(self.zeros))]
        origin = ["assumed"] * len(self.assumptions) + ["hypothesis"] * len(self.hypotheses)
        shown = [(f.op, self.ring.to_sympy(f.poly), o) for f, o in zip(self.facts, origin, strict=False)]
        shown += [(">=", self.ring.to_sympy(s) ** 2, "a square") for s in self.squares]
        shown += [("==", self.ring.to_sympy(z.poly), "hypothesis") for z, _ in self.zeros]
        total = sp.Add(
            *[sp.Mul(to_rational(c), *[n**k for n, k in zip(names, e, strict=False)]) for e, c in self.terms],
            *[n * self.ring.to_sympy(m) for n, (_, m) in zip(names[count:], self.zeros, strict=True)],
        )
        table = [f"F{k + 1} = {poly} {op} 0  ({why})" for k, (op, poly, why) in enumerate(shown)]
        return [*table, f"{total} = 0 identically, yet the left side is positive"]

    def __reduce__(self) -> tuple[Any, ...]:
        squares = tuple(Literal(">=", s) for s in self.squares)
        zeros = tuple((z, Literal("==", m)) for z, m in self.zeros)
        terms = tuple((e, (int(c.p), int(c.q))) for e, c in self.terms)
        return _identity, (self.ring, self.assumptions, self.hypotheses, squares, terms, zeros)


def _identity(ring: Ring, assumptions: Any, hypotheses: Any, squares: Any, terms: Any, zeros: Any) -> Identity:
    """An unpickled identity."""
    return Identity(
        ring,
        assumptions,
        hypotheses,
        tuple(s.poly for s in squares),
        tuple((e, flint.fmpq(*c)) for e, c in terms),
        tuple((z, m.poly) for z, m in zeros),
    )


@dataclass(frozen=True)
class Cases:
    """One of some alternatives must hold; step number ``steps[k]`` contradicts the k-th.

    ``of`` is what the alternatives follow from (True for the three signs of `first`), `first` a
    polynomial as in `alternatives`, kept as the literal ``first == 0``.
    """

    of: Formula
    steps: tuple[int, ...]
    first: Literal | None = None

    @property
    def alternatives(self) -> tuple[Formula, ...]:
        """The alternatives, as far as they follow; empty if they do not."""
        return alternatives(self.of, None if self.first is None else self.first.poly)


def case_needs(step: Cases, needs: Sequence[frozenset[Formula]]) -> frozenset[Formula] | None:
    """What a case distinction needs; None if it is not sound."""
    options = step.alternatives
    if not options or len(options) != len(step.steps) or not all(0 <= k < len(needs) for k in step.steps):
        return None
    left = [needs[k] - conjuncts(option) for k, option in zip(step.steps, options, strict=True)]
    return frozenset().union(*left) | (conjuncts(step.of) if step.of is not True else frozenset())


@dataclass(frozen=True)
class Certificate:
    """A checked or checkable proof that no point satisfies `formula` under `assumptions`.

    Attributes
    ----------
    formula : Formula
        Over the ring of the assumptions.
    assumptions : Assumptions
    steps : tuple of Identity or Cases
        Each Cases step refers to earlier steps; the last step contradicts the formula itself.
    """

    formula: Formula
    assumptions: Assumptions
    steps: tuple[Identity | Cases, ...]

    @cached_property
    def _known(self) -> frozenset[Literal]:
        return assumed_literals(self.assumptions)

    def check(self) -> bool:
        """Verify every step again, by polynomial arithmetic alone."""
        if self.formula is False:
            return True
        needs: list[frozenset[Formula]] = []
        for step in self.steps:
            if isinstance(step, Identity):
                if step.ring != self.assumptions.ring or not step.holds(self._known):
                    return False
                needs.append(step.needs(self._known))
            else:
                found = case_needs(step, needs)
                if found is None:
                    return False
                needs.append(found)
        return bool(needs) and needs[-1] <= conjuncts(self.formula)

    def __str__(self) -> str:
        show = self._text
        lines = [f"No point satisfies {show(self.formula)}", f"under {self.assumptions}."]
        for number, step in enumerate(self.steps, 1):
            if isinstance(step, Identity):
                lines += [f"Step {number}: these contradict one another.", *(f"  {line}" for line in step.lines())]
            else:
                why = "any point" if step.of is True else show(step.of)
                lines.append(f"Step {number}: {why} leaves these cases:")
                pairs = zip(step.alternatives, step.steps, strict=True)
                lines += [f"  {show(option)}: impossible by step {k + 1}" for option, k in pairs]
        return "\n".join(lines)

    def _text(self, formula: Formula) -> str:
        if isinstance(formula, bool):
            return str(formula).lower()
        if isinstance(formula, Literal):
            return f"{self.assumptions.ring.to_sympy(formula.poly)} {formula.op} 0"
        joint = " and " if isinstance(formula, And) else " or "
        return joint.join(f"({self._text(p)})" if not isinstance(p, Literal) else self._text(p) for p in formula.parts)

    def to_json(self) -> dict[str, Any]:
        """Plain data for `json.dumps`; polynomials as text in the parameters."""
        return {
            "claim": f"no point satisfies {self._text(self.formula)}",
            "assumptions": [str(r) for r in self.assumptions.relations],
            "steps": [self._step_json(s) for s in self.steps],
        }

    def _step_json(self, step: Identity | Cases) -> dict[str, Any]:
        if isinstance(step, Cases):
            cases = [
                {"case": self._text(o), "impossible by step": k + 1}
                for o, k in zip(step.alternatives, step.steps, strict=True)
            ]
            return {"from": "any point" if step.of is True else self._text(step.of), "cases": cases}
        *facts, identity = step.lines()
        return {"facts": facts, "identity": identity}
