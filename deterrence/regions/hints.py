"""Hints for a proof search: which literals contradict one another, according to z3.

A hint is never part of a proof; it only says where to look for one.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import z3

from deterrence.parameters import Assumptions
from deterrence.polynomials import Polynomial
from deterrence.regions.logic import Literal

__all__ = ["Hints"]

_PATIENCE = 0.15  # seconds for one question
_OVERRUN = 0.1


class Hints:
    """Questions to z3 about conjunctions of literals under some assumptions."""

    def __init__(self, assumptions: Assumptions, background: Sequence[Literal], deadline: float) -> None:
        self.deadline, self.budget = deadline, deadline - time.monotonic()
        self.context = z3.Context()
        count = max(1, len(assumptions.ring.symbols))
        self.variables = [z3.Real(f"v{k}", self.context) for k in range(count)]
        self._seen: dict[Literal, z3.BoolRef] = {}
        self._answers: dict[frozenset[Literal], str] = {}
        self.background = [self._relation(f) for f in background]

    def ask(self, literals: Sequence[Literal]) -> str:
        """Whether they can hold together: "sat", "unsat" or "unknown"."""
        asked = frozenset(literals)
        if asked not in self._answers:
            if self._left() <= 0:
                return "unknown"
            solver = self._solver()
            solver.add(*[self._relation(f) for f in literals])
            self._answers[asked] = str(solver.check())
        return self._answers[asked]

    def core(self, literals: Sequence[Literal]) -> list[Literal]:
        """A small part of contradictory literals that is contradictory still."""
        kept = self._tracked(literals)
        for literal in sorted(kept, key=lambda f: (-f.poly.total_degree(), -len(f.poly))):
            if time.monotonic() > self.deadline:
                break
            rest = [f for f in kept if f is not literal]
            if self.ask(rest) == "unsat":
                kept = rest
        return kept

    def _tracked(self, literals: Sequence[Literal]) -> list[Literal]:
        if self._left() <= 0:
            return list(literals)
        solver = self._solver()
        named = {f"t{k}": f for k, f in enumerate(literals)}
        for name, literal in named.items():
            solver.assert_and_track(self._relation(literal), z3.Bool(name, self.context))
        if solver.check() != z3.unsat:
            return list(literals)
        return [named[str(b)] for b in solver.unsat_core()]

    def _left(self) -> float:
        """Seconds that a question may take: z3 overruns its limit by a tenth of a second."""
        return self.deadline - time.monotonic() - min(_OVERRUN, self.budget / 2)

    def _solver(self) -> z3.Solver:
        solver = z3.Solver(ctx=self.context)
        solver.set("timeout", max(1, int(1000 * min(_PATIENCE, self._left()))))
        solver.add(*self.background)
        return solver

    def _relation(self, literal: Literal) -> z3.BoolRef:
        if literal not in self._seen:
            value = self._polynomial(literal.poly)
            compare = {">": value > 0, ">=": value >= 0, "==": value == 0, "!=": value != 0}
            self._seen[literal] = compare[literal.op]
        return self._seen[literal]

    def _polynomial(self, poly: Polynomial) -> z3.ArithRef:
        total = z3.RealVal(0, self.context)
        for monomial, c in poly.to_dict().items():
            term = z3.RealVal(f"{c.p}/{c.q}", self.context)
            for variable, power in zip(self.variables, monomial, strict=True):
                for _ in range(power):
                    term = term * variable
            total = total + term
        return total
