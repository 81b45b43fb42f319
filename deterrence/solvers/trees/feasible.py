"""One short satisfiability question after another, for the search."""

from __future__ import annotations

from collections.abc import Iterable

from deterrence.polynomials import Ring
from deterrence.regions.engines import ask_z3
from deterrence.regions.logic import Literal

MILLISECONDS = 300


class Feasibility:
    """Whether literals over a ring can hold together, as far as a short question tells.

    What stays unknown counts as possible: the search drops only what is refuted.
    """

    def __init__(self, ring: Ring) -> None:
        self.width = len(ring.symbols)

    def __call__(self, literals: Iterable[Literal]) -> bool:
        """False only if the literals are shown to contradict one another."""
        return ask_z3(literals, self.width, MILLISECONDS, "qfnra-nlsat")[0] != "unsat"
