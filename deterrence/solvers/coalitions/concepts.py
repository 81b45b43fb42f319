"""The concepts of coalition games as answers of `solve`.

======================  ==============================================  ==========================
concept                 games                                           a record is
======================  ==============================================  ==========================
``stable structures``   worths or partition worths                      one alliance structure
``core``                worths                                          the family of divisions
``system stability``    resources                                       the system, no one eliminated
======================  ==============================================  ==========================
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from deterrence.equilibria import Undecided
from deterrence.errors import UnknownName
from deterrence.games.coalition import CoalitionGame
from deterrence.profile import ProfileEquilibrium
from deterrence.profiles import FormEquilibria, answer, provenance
from deterrence.progress import Report
from deterrence.solvers.clock import Clock
from deterrence.solvers.coalitions.coalition import core, each_stable, equal_division, system_stable

__all__ = ["CONCEPTS", "solve_coalition"]

CONCEPTS = ("stable structures", "core", "system stability")
CONDITIONS = {
    "stable structures": "nobody gains by leaving for itself or by joining another alliance",
    "core": "no coalition has more by itself",
    "system stability": "every state is essential to some winning coalition",
}
RULES = " (exit: {}; entry: {}; {} division)"


def solve_coalition(
    game: CoalitionGame,
    concept: str | None = None,
    time_limit: float | None = None,
    progress: Report | None = None,
) -> FormEquilibria:
    """Answer one of the concepts in the table of this module, by the rules of exit, entry and division of the game.

    Raises
    ------
    UnknownName
        If there is no such concept.
    """
    concept = concept or ("system stability" if game.weighted else "stable structures")
    if concept not in CONCEPTS:
        raise UnknownName(subject=game.subject, wanted="a concept", got=concept, known=CONCEPTS)
    clock = Clock(time_limit)
    records: list[ProfileEquilibrium] = []
    undecided: list[Undecided] = []
    found = {"stable structures": _structures, "core": _core, "system stability": _system}[concept](game, clock)
    for record in found:
        if record is not None:
            records.append(record)
            if progress is not None:
                progress(len(records), len(records))
        if clock.late:
            undecided.append(Undecided((), f"time limit of {time_limit:g} s, with alliance structures left"))
            break
    rules = RULES.format(game.exit, game.entry, "equal" if game.division is None else "given")
    conditions = CONDITIONS[concept] + (rules if concept == "stable structures" else "")
    made = provenance(concept, conditions, "enumeration of coalitions", clock.spent)
    return answer(game, records, made, undecided=undecided)


def _structures(game: CoalitionGame, clock: Clock) -> Iterator[ProfileEquilibrium | None]:
    division = game.division or equal_division
    for structure, region in each_stable(game):
        if region is None:
            yield None
            continue
        names = {", ".join(sorted(c)): sp.S.One for c in sorted(structure, key=lambda c: (-len(c), sorted(c)))}
        payoffs = {p: sp.sympify(v) for c in structure for p, v in division(game, c, structure).items()}
        yield ProfileEquilibrium(
            game, names, region, payoffs=payoffs, name=" | ".join(names), facts={"structure": structure}
        )


def _core(game: CoalitionGame, clock: Clock) -> Iterator[ProfileEquilibrium | None]:
    divisions = core(game)
    region = divisions.exists(seconds=clock.at_most(10))
    if region.is_empty(certify=False).proved:
        return
    *free, _ = divisions.shares.values()
    whole = game.worth_of(game.players)
    shares = {**divisions.shares, game.players[-1]: whole - sp.Add(*free)}
    status = "family" if free else "isolated"
    facts = {"allocations": divisions.allocations}
    yield ProfileEquilibrium(game, shares, region, status, payoffs=shares, free=tuple(free), name="core", facts=facts)


def _system(game: CoalitionGame, clock: Clock) -> Iterator[ProfileEquilibrium | None]:
    region = system_stable(game, seconds=clock.at_most(10))
    if not region.is_empty(seconds=clock.at_most(10), certify=False).proved:
        yield ProfileEquilibrium(game, dict(game.resources), region, name="stable system")
