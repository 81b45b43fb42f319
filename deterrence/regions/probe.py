"""Thousands of small questions in a row: an incremental solver that remembers the points it has seen.

A search adds a constraint, asks whether anything is left, goes deeper and comes back.  Before the
engine is asked, the points found so far are tried, exactly; most answers "sat" come from there.
"""

from __future__ import annotations

from collections.abc import Sequence

import z3

from deterrence.parameters import Assumptions
from deterrence.regions.engines import Model, ask_z3, z3_terms
from deterrence.regions.logic import And, Formula, holds_at
from deterrence.regions.points import Values, assumed, pool
from deterrence.regions.witness import is_rational

__all__ = ["Probe"]

_EASY = 40  # milliseconds that the incremental solver gets before a fresh one is tried


class Probe:
    """Constraints on a stack, under assumptions.

    Parameters
    ----------
    assumptions : Assumptions
        They always hold.

    Examples
    --------
    >>> from deterrence.parameters import Parameters
    >>> from deterrence.regions.formula import from_sympy
    >>> P = Parameters()
    >>> low, high = P.ordered("low < high")
    >>> probe = Probe(P.snapshot())
    >>> probe.push()
    >>> probe.add(from_sympy(low > 1, P.snapshot()))
    >>> probe.check(), probe.check_with(from_sympy(high < 1, P.snapshot()))
    ('sat', 'unsat')
    >>> probe.pop()
    """

    def __init__(self, assumptions: Assumptions) -> None:
        self.assumptions = assumptions
        self.width = max(1, len(assumptions.ring.symbols))
        self._terms = z3_terms(self.width)
        self._pool = pool(assumptions)
        self._solver = z3.SimpleSolver()
        self._solver.add(self._terms.formula(assumed(assumptions)))
        self._levels: list[list[Formula]] = [[]]
        self._witnesses: list[Values | None] = [None]
        self._dead: list[bool] = [False]
        self._sent: list[int] = [0]  # how many formulas of each level the engine has

    # -- the stack -------------------------------------------------------------------------------

    def push(self) -> None:
        """Open a level."""
        self._levels.append([])
        self._witnesses.append(self._witnesses[-1])
        self._dead.append(self._dead[-1])
        self._sent.append(-1)  # the engine learns of the level when it is asked

    def pop(self) -> None:
        """Close a level and forget what it added."""
        if len(self._levels) == 1:
            raise IndexError("Probe: pop() without push()")
        self._levels.pop()
        self._witnesses.pop()
        self._dead.pop()
        if self._sent.pop() >= 0:
            self._solver.pop()

    def add(self, formula: Formula) -> None:
        """Add a literal or formula to the present level."""
        if formula is True:
            return
        if formula is False:
            self._dead[-1] = True
        self._levels[-1].extend(formula.parts if isinstance(formula, And) else [formula])
        witness = self._witnesses[-1]
        if witness is not None and not holds_at(formula, witness):
            self._witnesses[-1] = None

    @property
    def formulas(self) -> list[Formula]:
        """Everything on the stack."""
        return [f for level in self._levels for f in level]

    @property
    def witness(self) -> Values | None:
        """The point (FLINT rationals in ring order) behind the last "sat", if it is rational."""
        return self._witnesses[-1]

    # -- questions -------------------------------------------------------------------------------

    def check_with(self, *formulas: Formula, milliseconds: int = 1000) -> str:
        """Whether what is on the stack and these formulas can hold together; the stack stays as it is."""
        self.push()
        try:
            for formula in formulas:
                self.add(formula)
            return self.check(milliseconds)
        finally:
            self.pop()

    def check(self, milliseconds: int = 1000) -> str:
        """Whether everything on the stack can hold together: "sat", "unsat" or "unknown"."""
        if self._dead[-1]:
            return "unsat"
        if self._witnesses[-1] is not None:
            return "sat"
        known = self._known_point(self.formulas)
        if known is not None:
            self._witnesses[-1] = known
            return "sat"
        status, model = self._ask(milliseconds)
        if status == "sat" and model is not None:
            self._remember(model)
        elif status == "unsat":
            self._dead[-1] = True
        return status

    def _known_point(self, formulas: Sequence[Formula]) -> Values | None:
        """A point of the pool where all formulas hold; the newest formulas are tried first."""
        newest = formulas[::-1]
        for values in self._pool.points:
            if all(holds_at(f, values) for f in newest):
                return values
        return None

    def _ask(self, milliseconds: int) -> tuple[str, Model | None]:
        self._catch_up()
        self._solver.set("timeout", max(1, min(_EASY, milliseconds)))
        result = self._solver.check()
        if result == z3.sat:
            return "sat", self._terms.model(self._solver.model())
        if result == z3.unsat:
            return "unsat", None
        if milliseconds <= _EASY:
            return "unknown", None
        everything = [assumed(self.assumptions), *self.formulas]
        return ask_z3(everything, self.width, milliseconds - _EASY, "qfnra-nlsat")

    def _catch_up(self) -> None:
        """Tell the engine of the levels and formulas that it has not seen."""
        for depth, level in enumerate(self._levels):
            if self._sent[depth] < 0:
                self._solver.push()
                self._sent[depth] = 0
            new = level[self._sent[depth] :]
            if new:
                self._solver.add(*(self._terms.formula(f) for f in new))
                self._sent[depth] = len(level)

    def _remember(self, model: Model) -> None:
        """Keep a rational model as a point for later questions."""
        if not all(is_rational(v) for v in model):
            return
        values = tuple(model)
        if all(holds_at(f, values) for f in self.formulas):
            self._pool.add(values)
            self._witnesses[-1] = values
