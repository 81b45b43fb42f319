"""Claims about how much of the peace is deterrence; see `deterrence.illusory`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.claims.amounts import each, speaks, where
from deterrence.claims.asking import (
    Context,
    all_of,
    as_region,
    chosen,
    complete,
    confirmed,
    inside,
    not_vacuous,
    resting_on,
    vanishes_not,
)
from deterrence.claims.outcomes import OutcomeProbability
from deterrence.counterfactuals import threat_of
from deterrence.illusory import compare, counterfactual, peace_by_type
from deterrence.polynomials import tidy
from deterrence.regions.region import Region
from deterrence.regions.verdict import Verdict

__all__ = ["ShareOfPeace"]


@dataclass(frozen=True)
class ShareOfPeace(OutcomeProbability):
    """In equilibria of these names a given share of the peace (`outcome`) is due to a threat."""

    threat: tuple[str, str, str] = ("", "", "")

    def verdict(self, context: Context) -> Verdict:
        """Ask, for each equilibrium with peace, whether the share is as claimed beside every counterfactual."""
        verdict = each(self, context, lambda eq: self._one(context, eq))
        mine = chosen(context.solve(self.concept, self.beliefs), self.names)
        return not_vacuous(verdict, *(self._peaceful(context, eq) for eq in mine))

    def _peaceful(self, context: Context, eq: Any) -> Region:
        """The part of an equilibrium's region of which the claim speaks: there is peace."""
        peace = tidy(sum(peace_by_type(eq, self.outcome).values()))
        region = where(eq, peace)
        return region & as_region(self.on, context.game.assumptions) & Region(sp.Gt(peace, 0), region.assumptions)

    def _one(self, context: Context, eq: Any) -> Verdict:
        others = counterfactual(context.game, threat_of(context.game, self.threat), self.concept, self.beliefs)
        found = all_of(self._beside(context, eq, other) for other in [*others, *others.knife_edges])
        return complete(found, others)

    def _beside(self, context: Context, eq: Any, other: Any) -> Verdict:
        """Whether the share is as claimed wherever both equilibria exist and there is peace."""
        known, found = context.game.assumptions, compare(eq, other, self.outcome)
        claimed = sp.sympify(self.expression)
        difference = tidy(found.deterred - found.peace * known.expand(claimed))
        region = found.where & as_region(self.on, known)
        region = region & Region(sp.Gt(found.peace, 0), region.assumptions)
        there = speaks(claimed, region, eq.title)
        if there.refuted or (difference == 0 and not there.proved):
            return there
        if difference == 0:
            return Verdict.proof("certified", reason="the two expressions are identical")
        verdict = (region & Region(sp.Ne(difference, 0), region.assumptions)).is_empty()
        fails = lambda point: inside(region, point) and vanishes_not(difference, point)  # noqa: E731
        verdict = confirmed(verdict, fails, f"the share of peace that is deterrence is {found.share} in {eq.title}")
        return resting_on(verdict, there)
