"""Running a search: candidates first, then one after the other settled, within a time limit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

from deterrence.equilibria import Equilibria, Provenance, Undecided
from deterrence.regions.logic import Literal
from deterrence.solvers.assembly import Assembly, named_supports
from deterrence.solvers.supports import Candidate, Clock, Counts, OutOfTime
from deterrence.versions import versions

Progress = Callable[[int, int], None]
METHOD = "support enumeration with exact elimination"


class AnySearch(Protocol):
    """What `run` needs of a search."""

    clock: Clock
    counts: Counts
    finished: bool
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
    progress: Progress | None = None,
) -> Equilibria:
    """Run a search to its end, its time limit or an interrupt; keep what is found."""
    search.clock = Clock(time_limit)
    assembly = Assembly(search.incentives, search)
    candidates: list[Candidate] = []
    stopped = ""
    try:
        _settle_all(search, assembly, candidates, progress or (lambda done, known: None))
    except OutOfTime:
        stopped = f"time limit of {time_limit:g} s"
    except KeyboardInterrupt:
        stopped = "interrupted"
    undecided = _left(search, candidates[assembly.finished :], stopped) if stopped else ()
    conditions = search.incentives.beliefs.conditions
    provenance = Provenance(concept, beliefs, conditions, METHOD, search.clock.seconds, versions())
    return assembly.answer(undecided, provenance)


def _settle_all(search: AnySearch, assembly: Assembly, candidates: list[Candidate], report: Progress) -> None:
    for candidate in search.candidates():
        candidates.append(candidate)
        report(0, len(candidates))
    search.finished = True
    for k, candidate in enumerate(candidates):
        search.clock.check()
        assembly.add(candidate)
        report(k + 1, len(candidates))


def _left(search: AnySearch, candidates: list[Candidate], why: str) -> tuple[Undecided, ...]:
    """What an early stop leaves undecided."""
    left = [Undecided(named_supports(c.supports), why) for c in candidates]
    if not search.finished:
        left.append(Undecided((), f"{why}, before the search over supports was through"))
    return tuple(left)
