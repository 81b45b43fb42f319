"""Claims about what equilibria predict: probabilities of outcomes, and how these move with a parameter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.claims.asking import Context, all_of, complete, confirmed, members
from deterrence.polynomials import tidy
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
        answer = context.solve(self.concept, self.beliefs)
        return all_of(self._one(context, eq) for eq in members(answer, self.names))

    def _one(self, context: Context, eq: Any) -> Verdict:
        known = context.game.assumptions
        difference = tidy(known.expand(probability(eq, self.outcome) - sp.sympify(self.expression)))
        if difference == 0:
            return Verdict.proof("certified", reason="the two expressions are identical")
        region = _where(eq, difference) & Region(self.on, known)
        verdict = (region & Region(sp.Ne(difference, 0), region.assumptions)).is_empty()
        fails = lambda point: difference.subs(point) != 0  # noqa: E731
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
        chosen = members(answer, self.names) if self.names else [*answer, *answer.knife_edges]
        verdict = all_of(
            OutcomeProbability((eq.title,), self.outcome, 0, self.on, self.concept, self.beliefs)._one(context, eq)
            for eq in chosen
        )
        if not chosen:
            verdict = Region(self.on, known).is_empty()
        return verdict if verdict.refuted else complete(verdict, answer)


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
        answer = context.solve(self.concept, self.beliefs)
        return all_of(self._one(context, eq) for eq in members(answer, self.names))

    def _one(self, context: Context, eq: Any) -> Verdict:
        known = context.game.assumptions
        slope = derivative(probability(eq, self.outcome), self.wrt, known)
        region = _where(eq, slope) & Region(self.on, known)
        if region.is_empty().proved:
            return Verdict.unknown(f"vacuous: {eq.title} exists nowhere in the region of the claim")
        wrong = _WRONG[self.direction](slope, 0)
        verdict = (region & Region(wrong, region.assumptions)).is_empty()
        fails = lambda point: bool(wrong.subs(point))  # noqa: E731
        return confirmed(verdict, fails, f"the derivative {slope} of P({self.outcome}) has another sign there")


_WRONG: dict[str, Any] = {
    "increasing": sp.Le,
    "decreasing": sp.Ge,
    "weakly increasing": sp.Lt,
    "weakly decreasing": sp.Gt,
    "constant": sp.Ne,
}


def _where(eq: Any, expression: sp.Expr) -> Region:
    """The equilibrium's region, with its free probabilities if the expression depends on them."""
    declared = set(eq.condition.assumptions.symbols)
    return eq.condition if expression.free_symbols <= declared else eq.system
