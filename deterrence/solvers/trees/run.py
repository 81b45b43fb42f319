"""Running a search: each candidate is settled as it is found, within a time limit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from deterrence.equilibria import Equilibria, Provenance, Undecided
from deterrence.progress import Report
from deterrence.regions.logic import Literal
from deterrence.solvers.clock import Clock, OutOfTime
from deterrence.solvers.trees.assembly import Assembly
from deterrence.solvers.trees.supports import Candidate, Counts
from deterrence.versions import versions

METHOD = "support enumeration with exact elimination"


class AnySearch(Protocol):
    """What `run` needs of a search."""

    clock: Clock
    counts: Counts
    signs: list[Literal]

    @property
    def incentives(self) -> Any:
        """The game with its constraints."""

    def candidates(self) -> Iterator[Candidate]:
        """Profiles of supports that nothing rules out."""


def run(
    search: AnySearch,
    concept: str,
    beliefs: str = "free",
    *,
    time_limit: float | None = None,
    progress: Report | None = None,
) -> Equilibria:
    """Run a search to its end, its time limit or an interrupt; keep what is found."""
    search.clock = Clock(time_limit)
    assembly = Assembly(search.incentives, search)
    stopped = ""
    try:
        for candidate in search.candidates():
            assembly.add(candidate)
            if progress is not None:
                progress(search.counts.explored, search.counts.together)
    except OutOfTime:
        stopped = f"time limit of {time_limit:g} s"
    except KeyboardInterrupt:
        stopped = "interrupted"
    undecided = (Undecided((), _left(search, stopped)),) if stopped else ()
    conditions = search.incentives.beliefs.conditions
    provenance = Provenance(concept, beliefs, conditions, METHOD, search.clock.spent, versions())
    return assembly.answer(undecided, provenance)


def _left(search: AnySearch, why: str) -> str:
    """What an early stop leaves undecided."""
    explored, together = search.counts.explored, search.counts.together
    if explored >= together:
        return f"{why}, when all {together:,} profiles of supports were found but not the conditions of each"
    return f"{why}, with {explored:,} of {together:,} profiles of supports settled"
