"""Claims about how much of the peace is deterrence; see `deterrence.illusory`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.claims.amounts import each
from deterrence.claims.asking import Context, all_of, complete, confirmed, inside, vanishes_not
from deterrence.claims.outcomes import OutcomeProbability
from deterrence.counterfactuals import threat_of
from deterrence.illusory import compare, counterfactual
from deterrence.polynomials import tidy
from deterrence.regions.region import Region
from deterrence.regions.verdict import Verdict

__all__ = ["ShareOfPeace"]


@dataclass(frozen=True)
class ShareOfPeace(OutcomeProbability):
    """In equilibria of these names a given share of the peace (`outcome`) is due to a threat."""

    threat: tuple[str, str, str] = ("", "", "")

    def verdict(self, context: Context) -> Verdict:
        """Ask, for each equilibrium, whether the share is as claimed beside every counterfactual."""
        return each(self, context, lambda eq: self._one(context, eq))

    def _one(self, context: Context, eq: Any) -> Verdict:
        others = counterfactual(context.game, threat_of(context.game, self.threat))
        found = all_of(self._beside(context, eq, other) for other in [*others, *others.knife_edges])
        return complete(found, others)

    def _beside(self, context: Context, eq: Any, other: Any) -> Verdict:
        """Whether the share is as claimed wherever both equilibria exist and there is peace."""
        known, found = context.game.assumptions, compare(eq, other, self.outcome)
        difference = tidy(found.deterred - found.peace * known.expand(sp.sympify(self.expression)))
        if difference == 0:
            return Verdict.proof("certified", reason="the two expressions are identical")
        region = found.region & Region(self.on, known)
        verdict = (region & Region(sp.Ne(difference, 0), known)).is_empty()
        fails = lambda point: inside(region, point) and vanishes_not(difference, point)  # noqa: E731
        return confirmed(verdict, fails, f"the share of peace that is deterrence is {found.share} in {eq.title}")
