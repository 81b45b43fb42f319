"""Claims about what equilibria predict: probabilities of outcomes, and how these move with a parameter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.claims.amounts import amount, each, equal, speaks, where
from deterrence.claims.asking import Context, as_region, confirmed, inside
from deterrence.kernels import never
from deterrence.regions.alike import statement_holds
from deterrence.regions.verdict import Verdict
from deterrence.statics import TURNS, derivative, derivative_at_roots

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
        return each(self, context, lambda eq: equal(context, eq, self.outcome, self.expression, self.on))


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
        return each(self, context, lambda eq: equal(context, eq, self.outcome, 0, self.on))


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
        return each(self, context, lambda eq: self._one(context, eq))

    def _one(self, context: Context, eq: Any) -> Verdict:
        """Of one equilibrium; what solves equations moves with the parameter too."""
        known, value = context.game.assumptions, amount(eq, self.outcome)
        roots = {s: f for s, (f, _, _) in getattr(eq, "implicit", {}).items()}
        moving = bool(value.free_symbols & set(roots))
        whole = eq.system if moving else where(eq, known.expand(value))
        there = speaks(value, whole & as_region(self.on, known), eq.title)
        if not there.proved:
            return there
        if moving:
            slope, turning = derivative_at_roots(value, self.wrt, known, roots)
            region = eq.system & as_region(self.on, known)
            if not never(sp.Eq(turning, 0), region).proved:
                return Verdict.unknown(TURNS)
        else:
            slope = derivative(value, self.wrt, known)
            region = where(eq, slope) & as_region(self.on, known)
        wrong = _WRONG[self.direction](slope, 0)
        verdict = never(wrong, region)
        fails = lambda point: inside(region, point) and statement_holds(wrong, region.assumptions, point)  # noqa: E731
        return confirmed(verdict, fails, f"the derivative {slope} of {_shown(self.outcome)} has another sign there")


_WRONG: dict[str, Any] = {
    "increasing": sp.Le,
    "decreasing": sp.Ge,
    "weakly increasing": sp.Lt,
    "weakly decreasing": sp.Gt,
    "constant": sp.Ne,
}
DIRECTIONS = tuple(_WRONG)


def _shown(what: Any) -> str:
    return f"P({what})" if isinstance(what, str) else str(what)
