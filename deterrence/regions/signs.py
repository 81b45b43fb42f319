"""Signs beyond coefficients: points at hand refute a sign at once, an engine proves it.

For choices that change how a condition is written but not what it says: what rests on such a sign is
not certified.
"""

from __future__ import annotations

from functools import lru_cache

from deterrence.parameters import Assumptions
from deterrence.polynomials import Polynomial
from deterrence.regions.coordinates import coordinates
from deterrence.regions.logic import Literal, quick_key
from deterrence.regions.points import pool
from deterrence.regions.probe import Probe

__all__ = ["Signs", "signs"]

_MILLISECONDS = 60


class Signs:
    """The strict signs of polynomials under some assumptions, each found once."""

    def __init__(self, assumptions: Assumptions) -> None:
        self.assumptions = assumptions
        self.by_coefficients = coordinates(assumptions).sign
        self._probe: Probe | None = None
        self._known: dict[str, int] = {}

    def __call__(self, poly: Polynomial) -> int:
        """1 or -1: strictly positive or negative; 2, -2: at least or at most zero; 0: not known."""
        known = self.by_coefficients(poly)
        if known or poly.is_constant():
            return known
        k = quick_key(poly)
        if k not in self._known:
            self._known[k] = self._asked(poly)
        return self._known[k]

    def _asked(self, poly: Polynomial) -> int:
        seen = {(v > 0) - (v < 0) for v in (poly(*values) for values in pool(self.assumptions).points)}
        if len(seen) != 1 or 0 in seen:
            return 0
        sign = seen.pop()
        if self._probe is None:
            self._probe = Probe(self.assumptions)
        against = Literal(">=", -poly if sign > 0 else poly)
        return sign if self._probe.check_with(against, milliseconds=_MILLISECONDS) == "unsat" else 0


@lru_cache(maxsize=128)
def signs(assumptions: Assumptions) -> Signs:
    """The (shared) signs of some assumptions."""
    return Signs(assumptions)
