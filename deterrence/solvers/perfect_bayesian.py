"""Perfect Bayesian equilibrium, as defined in the documentation, for every support.

The definition is that of Fudenberg and Tirole (1991): sequential rationality at every information
set; Bayes' rule wherever it applies, also from off-path beliefs onward; beliefs about a player
common to all others; no signalling what one does not know.  `"weak perfect bayesian"` keeps only
the first two, each information set with a belief of its own.

Steps: belief-free dominance, search over supports, indifference equations, inequalities, and the
elimination of free beliefs and probabilities.  Each profile of supports ends as empty, isolated,
family, knife-edge or undecided, and is counted.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from deterrence.equilibria import Equilibria, Provenance, Undecided
from deterrence.games import ExtensiveGame
from deterrence.solvers.assembly import Assembly, named_supports
from deterrence.solvers.incentives import Incentives
from deterrence.solvers.supports import Candidate, OutOfTime, Search
from deterrence.versions import versions

Progress = Callable[[int, int], None]
METHOD = "support enumeration with exact elimination"


def perfect_bayesian(
    game: ExtensiveGame,
    *,
    concept: str = "perfect bayesian",
    beliefs: str = "free",
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Equilibria:
    """Every (weak) perfect Bayesian equilibrium of a game, with its condition.

    Parameters
    ----------
    game : ExtensiveGame
    concept : {"perfect bayesian", "weak perfect bayesian"}
    beliefs : {"free", "passive", "passive undominated"}
        What may be believed after a surprise.
    time_limit : float, optional
        Seconds; what is found by then is kept, the rest is reported as undecided.
    progress : callable, optional
        Called with (profiles settled, profiles found so far).
    """
    started = time.perf_counter()

    def check_time() -> None:
        if time_limit is not None and time.perf_counter() - started > time_limit:
            raise OutOfTime

    incentives = Incentives(game, concept, beliefs)
    search = Search(incentives, check_time)
    assembly = Assembly(incentives, search)
    candidates: list[Candidate] = []
    stopped = ""
    try:
        _run(search, assembly, candidates, check_time, progress)
    except OutOfTime:
        stopped = f"time limit of {time_limit:g} s"
    except KeyboardInterrupt:
        stopped = "interrupted"
    undecided = _left(candidates[assembly.finished :], stopped, search) if stopped else ()
    provenance = Provenance(
        concept, beliefs, incentives.beliefs.conditions, METHOD, time.perf_counter() - started, versions()
    )
    return assembly.answer(undecided, provenance)


def _run(
    search: Search,
    assembly: Assembly,
    candidates: list[Candidate],
    check_time: Callable[[], None],
    progress: Progress | None,
) -> None:
    """Search first, then settle one candidate after the other."""
    report = progress or (lambda done, known: None)
    for candidate in search.candidates():
        candidates.append(candidate)
        report(0, len(candidates))
    search.finished = True
    for k, candidate in enumerate(candidates):
        check_time()
        assembly.add(candidate)
        report(k + 1, len(candidates))


def _left(candidates: list[Candidate], why: str, search: Search) -> tuple[Undecided, ...]:
    """What an early stop leaves undecided."""
    left = [Undecided(named_supports(c.supports), why) for c in candidates]
    if not search.finished:
        left.append(Undecided((), f"{why}, before the search over supports was through"))
    return tuple(left)
