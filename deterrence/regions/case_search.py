"""The search for a proof by cases: which case to divide next, which contradiction to prove.

The search keeps the literals and clauses that hold in the case at hand.  A case is closed by an
earlier step whose needs all hold, by two literals that contradict one another on sight, or by an
identity among a small contradictory set (z3 says which set is worth a try).  Each closed case is
a lemma; a case distinction that a lemma does not need is skipped.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from deterrence.polynomials import Polynomial
from deterrence.regions.coordinates import Coordinates
from deterrence.regions.hints import Hints
from deterrence.regions.identities import find_identity
from deterrence.regions.lemmas import GaveUp, Lemmas
from deterrence.regions.logic import And, Formula, Literal, Or
from deterrence.regions.multipliers import LEVELS
from deterrence.regions.proof import Cases, alternatives, assumed_literals, conjuncts

__all__ = ["CaseSearch"]

_QUICK = LEVELS[:4]
_DEEPEST = 3


@dataclass
class _Division:
    """Cases into which a formula divides, and the steps that close some of them."""

    of: Formula
    first: Polynomial
    options: tuple[Formula, ...]
    dead: dict[Formula, int] = field(default_factory=dict)

    @property
    def size(self) -> tuple[int, int]:
        """How much is left to do: open alternatives, and what they hold."""
        return len(self.options) - len(self.dead), sum(len(conjuncts(o)) for o in self.options)

    @property
    def unit(self) -> bool:
        """Whether at most one alternative is open."""
        return self.size[0] <= 1

    def step(self) -> Cases:
        """The step that all alternatives being closed makes."""
        first = None if self.first is None else Literal("==", self.first)
        return Cases(self.of, tuple(self.dead[o] for o in self.options), first)


class CaseSearch:
    """A search through cases, with the lemmas it has found."""

    def __init__(self, coords: Coordinates, deadline: float) -> None:
        self.coords, self.deadline = coords, deadline
        self.lemmas = Lemmas(coords)
        self._first: dict[Literal, Polynomial] = {}
        self._failed: set[frozenset[Literal]] = set()
        self._rank: dict[Formula, int] = {}
        known = sorted(assumed_literals(coords.assumptions), key=lambda f: (f.op, f.key))
        self.leftover = [f for f in known if not self._is_coordinate(f)]
        for fact in self.leftover:
            self.number(fact)
        self.hints = Hints(coords.assumptions, [f for f in known if self._is_coordinate(f)], deadline)

    def _is_coordinate(self, literal: Literal) -> bool:
        """Whether positive coordinates contain the assumption already."""
        return self.coords.sign(literal.poly) in ((1,) if literal.op == ">" else (1, 2)) and literal.op in (">", ">=")

    def number(self, formula: Formula) -> None:
        """Give a formula and its parts their places, so that runs do not differ."""
        self._rank.setdefault(formula, len(self._rank))
        for part in formula.parts if isinstance(formula, And | Or) else ():
            self.number(part)

    def _ordered(self, held: Iterable[Formula]) -> list[Formula]:
        return sorted(held, key=self._rank.__getitem__)

    # -- cases ---------------------------------------------------------------------------------

    def refute(self, held: frozenset[Formula]) -> int:
        """The number of a step that shows these formulas contradictory."""
        if time.monotonic() > self.deadline:
            raise GaveUp
        closed = self.lemmas.on_sight(held)
        if closed is not None:
            return closed
        division = self._division(held)
        if division is not None and division.unit:
            return self._split(held, division)
        closed = self._contradiction(held, last=division is None)
        if closed is not None:
            return closed
        if division is None:
            raise GaveUp
        return self._split(held, division)

    def _split(self, held: frozenset[Formula], division: _Division) -> int:
        """Close every alternative; stop early at a step that does not need the division."""
        dead = division.dead
        for option in division.options:
            if option not in dead:
                dead[option] = self.refute(held | conjuncts(option))
            if self.lemmas.needs[dead[option]] <= held:
                return dead[option]
        return self.lemmas.add(division.step())

    def _division(self, held: frozenset[Formula]) -> _Division | None:
        """The open division into cases with the fewest open alternatives."""
        best: _Division | None = None
        for formula in self._ordered(held):
            division = self._divisible(formula)
            if division is None or self._settled(formula, held):
                continue
            for option in division.options:
                closed = self.lemmas.on_sight(held | conjuncts(option), conjuncts(option))
                if closed is not None:
                    division.dead[option] = closed
            if best is None or division.size < best.size:
                best = division
            if best.unit:
                break
        return best

    def _divisible(self, formula: Formula) -> _Division | None:
        """How a formula divides into cases: the parts of an Or, the signs of a product's factors or of p != 0."""
        if isinstance(formula, Or):
            return _Division(formula, None, formula.parts)
        if not isinstance(formula, Literal):
            return None
        if formula not in self._first:
            self._first[formula] = None if formula.op == "!=" else self._factor(formula)
        first = self._first[formula]
        options = alternatives(formula, first) if formula.op == "!=" or first is not None else ()
        for option in options:
            self.number(option)
        return _Division(formula, first, options) if options else None

    def _settled(self, formula: Formula, held: frozenset[Formula]) -> bool:
        """Whether it follows from formulas that hold: one of its cases is at hand."""
        division = self._divisible(formula)
        return division is not None and any(conjuncts(option) <= held for option in division.options)

    def _factor(self, literal: Literal) -> Polynomial:
        """A factor of unknown sign, if there are two or more."""
        factors = [] if literal.poly.is_constant() else literal.poly.factor()[1]
        unknown = [f for f, e in factors if e % 2 and self.coords.sign(f) == 0]
        return unknown[0] if len(unknown) > 1 else None

    # -- contradictions among literals ---------------------------------------------------------

    def _contradiction(self, held: frozenset[Formula], last: bool) -> int | None:
        """A step that closes the case by its literals, if z3 believes that there is one."""
        literals = [f for f in self._ordered(held) if isinstance(f, Literal) and not self._settled(f, held)]
        if not literals and not last:
            return None
        literals += [f for f in self.leftover if f not in held]
        answer = self.hints.ask(literals)
        if answer == "sat" or (answer == "unknown" and not last):
            if last:
                raise GaveUp
            return None
        core = self.hints.core(literals) if answer == "unsat" else literals
        return self._close(core, _DEEPEST)

    def _close(self, core: Sequence[Literal], depth: int) -> int | None:
        """Prove a small set of literals contradictory: by an identity, or by cases of signs."""
        asked = frozenset(core)
        if asked in self._failed:
            return None
        if time.monotonic() > self.deadline:
            raise GaveUp
        levels = LEVELS if depth == _DEEPEST else _QUICK
        identity = find_identity(self.coords, core, deadline=self.deadline, levels=levels)
        if identity is not None:
            return self.lemmas.add(identity)
        if depth:
            for of, first, rest in self._divisions(core):
                closed = self._close_cases(of, first, rest, depth)
                if closed is not None:
                    return closed
        self._failed.add(asked)
        return None

    def _divisions(self, core: Sequence[Literal]) -> Iterator[tuple[Formula, Polynomial, list[Literal]]]:
        """Ways to divide into cases: what they follow from, by which polynomial, and the literals kept."""
        seen = set()
        for symbol in (s for f in core for s in self.coords.user_ring.used(f.poly)):
            gen = self.coords.user_ring.gen(symbol)
            if symbol not in seen and self.coords.sign(gen) == 0:
                seen.add(symbol)
                yield True, gen, list(core)

    def _close_cases(self, of: Formula, first: Polynomial, rest: list[Literal], depth: int) -> int | None:
        steps = []
        for option in alternatives(of, first):
            self.number(option)
            case = [*rest, *(f for f in conjuncts(option) if isinstance(f, Literal))]
            closed = self.lemmas.on_sight(frozenset(case))
            if closed is None:
                core = self.hints.core(case) if self.hints.ask(case) == "unsat" else case
                closed = self._close(core, depth - 1)
            if closed is None:
                return None
            steps.append(closed)
        return self.lemmas.add(Cases(of, tuple(steps), None if first is None else Literal("==", first)))
