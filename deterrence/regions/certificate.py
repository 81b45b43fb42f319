"""Prove a formula empty, so that the proof can be checked without trust.

`certify_empty` looks for case distinctions, each closed by a polynomial identity; what it
returns is a `Certificate`, which knows nothing of the search and has been verified.
"""

from __future__ import annotations

import time

from deterrence.parameters import Assumptions
from deterrence.regions.case_search import CaseSearch
from deterrence.regions.coordinates import coordinates
from deterrence.regions.lemmas import GaveUp
from deterrence.regions.logic import Formula
from deterrence.regions.proof import Certificate, conjuncts

__all__ = ["Certificate", "certify_empty"]


def certify_empty(formula: Formula, assumptions: Assumptions, budget_seconds: float = 1.5) -> Certificate | None:
    """Prove that no point satisfies the formula under the assumptions.

    Parameters
    ----------
    formula : Formula
        Over ``assumptions.ring``.
    assumptions : Assumptions
    budget_seconds : float
        Time after which to give up.

    Returns
    -------
    Certificate or None
        Verified again before it is returned; None if none was found, which proves nothing.

    Examples
    --------
    >>> from deterrence.parameters import Parameters
    >>> from deterrence.regions.logic import Literal
    >>> P = Parameters()
    >>> a, b = P.ordered("a < b")
    >>> known = P.snapshot()
    >>> proof = certify_empty(Literal(">=", known.ring.from_sympy(a - b)), known)
    >>> print(proof)
    No point satisfies a - b >= 0
    under a < b.
    Step 1: these contradict one another.
      F1 = -a + b > 0  (assumed)
      F2 = a - b >= 0  (hypothesis)
      F1 + F2 = 0 identically, yet the left side is positive
    """
    deadline = time.monotonic() + budget_seconds
    if formula is False:
        return Certificate(formula, assumptions, ())
    search = CaseSearch(coordinates(assumptions), deadline)
    search.number(formula)
    try:
        last = search.refute(conjuncts(formula))
    except (GaveUp, RecursionError):
        return None
    certificate = Certificate(formula, assumptions, search.lemmas.proof(last))
    return certificate if certificate.check() else None
