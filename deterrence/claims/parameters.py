"""Claims about parameters alone: relations between them, and closed forms of thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.claims.asking import Context, as_region, confirmed, differs, inside, not_vacuous, vanishes_not
from deterrence.kernels import always
from deterrence.regions.alike import alike, statement_holds
from deterrence.regions.region import Region
from deterrence.regions.verdict import Verdict

__all__ = ["Holds", "RegionIs", "Threshold"]


@dataclass(frozen=True)
class Holds:
    """A relation between parameters holds wherever `on` does."""

    condition: Any
    on: Any = True

    def verdict(self, context: Context) -> Verdict:
        """Ask whether it can fail."""
        known = context.game.assumptions
        where = as_region(self.on, known)
        verdict = always(self.condition, where)
        if isinstance(self.condition, Region):
            fails = lambda point: inside(self.condition, point) is not True  # noqa: E731
        else:
            fails = lambda point: statement_holds(self.condition, known, point) is False  # noqa: E731
        return not_vacuous(confirmed(verdict, fails, f"{self.condition} fails there"), where)


@dataclass(frozen=True)
class RegionIs:
    """A region that was computed is where a condition holds (closures compared)."""

    region: Region
    condition: Any

    def verdict(self, context: Context) -> Verdict:
        """Compare the two."""
        known = context.game.assumptions
        verdict = alike(self.region, as_region(self.condition, known))
        fails = differs(self.region, self.condition)
        return confirmed(verdict, fails, "the region contains the point or the condition holds, but not both")


@dataclass(frozen=True)
class Threshold:
    """A named expression has a given closed form wherever `on` holds."""

    expression: Any
    equals: Any
    on: Any = True

    def verdict(self, context: Context) -> Verdict:
        """Ask whether the two expressions agree throughout."""
        known = context.game.assumptions
        left, right = (known.expand(_expression(e, known)) for e in (self.expression, self.equals))
        where = as_region(self.on, known)
        verdict = always(sp.Eq(left - right, 0, evaluate=False), where)
        fails = lambda point: vanishes_not(left - right, point)  # noqa: E731
        return not_vacuous(confirmed(verdict, fails, f"{self.expression} is not {self.equals} there"), where)


def _expression(given: Any, known: Any) -> sp.Expr:
    """An expression, or the parameter or definition of that name."""
    return known.resolve(given) if isinstance(given, str) else sp.sympify(given)
