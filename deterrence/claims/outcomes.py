"""Claims about what equilibria predict: probabilities of outcomes, and how these move with a parameter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.claims.asking import (
    Context,
    all_of,
    chosen,
    complete,
    confirmed,
    inside,
    not_vacuous,
    vanishes_not,
)
from deterrence.polynomials import tidy
from deterrence.regions.alike import statement_holds
from deterrence.regions.region import Region
from deterrence.regions.verdict import Verdict
from deterrence.statics import derivative, probability

__all__ = ["NeverOccurs", "OutcomeProbability", "SignOf"]


@dataclass(frozen=True)
class OutcomeProbability:
    """In equilibria of these names an outcome has a given probability."""

    names: tuple[str, ...]
    outcome: str
    expression: Any
    on: Any = True
    concept: str | None = None
    beliefs: str = "free"

    def verdict(self, context: Context) -> Verdict:
        """Ask, for each equilibrium, whether the difference vanishes throughout its region."""
        answer, known = context.solve(self.concept, self.beliefs), context.game.assumptions
        speaks_of = chosen(answer, self.names)
        return _settled((self._one(context, eq) for eq in speaks_of), answer, speaks_of, Region(self.on, known))

    def _one(self, context: Context, eq: Any) -> Verdict:
        known = context.game.assumptions
        difference = tidy(known.expand(probability(eq, self.outcome) - sp.sympify(self.expression)))
        if difference == 0:
            return Verdict.proof("certified", reason="the two expressions are identical")
        region = _where(eq, difference) & Region(self.on, known)
        verdict = (region & Region(sp.Ne(difference, 0), region.assumptions)).is_empty()
        fails = lambda point: inside(region, point) and vanishes_not(difference, point)  # noqa: E731
        return confirmed(verdict, fails, f"P({self.outcome}) differs by {difference} in {eq.title}")


@dataclass(frozen=True)
class NeverOccurs:
    """An outcome has probability zero in equilibria of these names (or all), wherever `on` holds."""

    outcome: str
    names: tuple[str, ...] = ()
    on: Any = True
    concept: str | None = None
    beliefs: str = "free"

    def verdict(self, context: Context) -> Verdict:
        """Ask for each equilibrium whether the outcome can have positive probability."""
        known, answer = context.game.assumptions, context.solve(self.concept, self.beliefs)
        speaks_of = chosen(answer, self.names)
        zero = OutcomeProbability(self.names, self.outcome, 0, self.on, self.concept, self.beliefs)
        return _settled((zero._one(context, eq) for eq in speaks_of), answer, speaks_of, Region(self.on, known))


@dataclass(frozen=True)
class SignOf:
    """The probability of an outcome moves in one direction with a parameter, within equilibria."""

    outcome: str
    wrt: Any
    direction: str
    names: tuple[str, ...]
    on: Any = True
    concept: str | None = None
    beliefs: str = "free"

    def verdict(self, context: Context) -> Verdict:
        """Ask whether the derivative has another sign anywhere in the region."""
        answer, known = context.solve(self.concept, self.beliefs), context.game.assumptions
        speaks_of = chosen(answer, self.names)
        return _settled((self._one(context, eq) for eq in speaks_of), answer, speaks_of, Region(self.on, known))

    def _one(self, context: Context, eq: Any) -> Verdict:
        known = context.game.assumptions
        slope = derivative(probability(eq, self.outcome), self.wrt, known)
        region = _where(eq, slope) & Region(self.on, known)
        wrong = _WRONG[self.direction](slope, 0)
        verdict = (region & Region(wrong, region.assumptions)).is_empty()
        fails = lambda point: inside(region, point) and statement_holds(wrong, region.assumptions, point)  # noqa: E731
        return confirmed(verdict, fails, f"the derivative {slope} of P({self.outcome}) has another sign there")


_WRONG: dict[str, Any] = {
    "increasing": sp.Le,
    "decreasing": sp.Ge,
    "weakly increasing": sp.Lt,
    "weakly decreasing": sp.Gt,
    "constant": sp.Ne,
}


def _settled(verdicts: Iterable[Verdict], answer: Any, equilibria: Iterable[Any], on: Region) -> Verdict:
    """All verdicts together, unless they speak of no point or equilibria may be missing."""
    verdict = not_vacuous(all_of(verdicts), *(eq.condition & on for eq in equilibria))
    return verdict if verdict.refuted else complete(verdict, answer)


def _where(eq: Any, expression: sp.Expr) -> Region:
    """The equilibrium's region, with its free probabilities if the expression depends on them."""
    declared = set(eq.condition.assumptions.symbols)
    return eq.condition if expression.free_symbols <= declared else eq.system
