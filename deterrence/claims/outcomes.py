"""Claims about what equilibria predict: probabilities of outcomes, and how these move with a parameter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.claims.amounts import amount, where
from deterrence.claims.asking import Context, all_of, as_region, complete, confirmed, members, only_refuted_if, settled
from deterrence.kernels import never
from deterrence.polynomials import tidy
from deterrence.regions.verdict import Verdict
from deterrence.statics import derivative

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
        chosen = members(answer, self.names)
        return all_of(only_refuted_if(settled(eq, chosen, answer), self._one(context, eq)) for eq in chosen)

    def _one(self, context: Context, eq: Any) -> Verdict:
        known = context.game.assumptions
        difference = tidy(known.expand(amount(eq, self.outcome) - sp.sympify(self.expression)))
        if difference == 0:
            return Verdict.proof("certified", reason="the two expressions are identical")
        region = where(eq, difference) & as_region(self.on, known)
        verdict = never(sp.Ne(difference, 0), region)
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
            only_refuted_if(settled(eq, chosen, answer), self._never(eq)._one(context, eq)) for eq in chosen
        )
        if not chosen:
            verdict = as_region(self.on, known).is_empty()
        return verdict if verdict.refuted else complete(verdict, answer, chosen if self.names else None)

    def _never(self, eq: Any) -> OutcomeProbability:
        return OutcomeProbability((eq.title,), self.outcome, 0, self.on, self.concept, self.beliefs)


@dataclass(frozen=True)
class SignOf:
    """The probability of an outcome, or another quantity, moves in one direction with a parameter."""

    outcome: Any
    wrt: Any
    direction: str
    names: tuple[str, ...]
    on: Any = True
    concept: str | None = None
    beliefs: str = "free"

    def verdict(self, context: Context) -> Verdict:
        """Ask whether the derivative has another sign anywhere in the region."""
        answer = context.solve(self.concept, self.beliefs)
        chosen = members(answer, self.names)
        return all_of(only_refuted_if(settled(eq, chosen, answer), self._one(context, eq)) for eq in chosen)

    def _one(self, context: Context, eq: Any) -> Verdict:
        known = context.game.assumptions
        slope = derivative(amount(eq, self.outcome), self.wrt, known)
        region = where(eq, slope) & as_region(self.on, known)
        if region.is_empty().proved:
            return Verdict.unknown(f"vacuous: {eq.title} exists nowhere in the region of the claim")
        wrong = _WRONG[self.direction](slope, 0)
        verdict = never(wrong, region)
        fails = lambda point: bool(wrong.subs(point))  # noqa: E731
        return confirmed(verdict, fails, f"the derivative {slope} of {_shown(self.outcome)} has another sign there")


_WRONG: dict[str, Any] = {
    "increasing": sp.Le,
    "decreasing": sp.Ge,
    "weakly increasing": sp.Lt,
    "weakly decreasing": sp.Gt,
    "constant": sp.Ne,
}


def _shown(what: Any) -> str:
    return f"P({what})" if isinstance(what, str) else str(what)
