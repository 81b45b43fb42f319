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

import time

import sympy as sp

from deterrence.errors import UnknownName
from deterrence.games.coalition import CoalitionGame
from deterrence.profiles import FormEquilibria, ProfileEquilibrium, answer, provenance
from deterrence.solvers.coalition import core, equal_division, stable_structures, system_stable
from deterrence.solvers.run import Progress

__all__ = ["CONCEPTS", "solve_coalition"]

CONCEPTS = ("stable structures", "core", "system stability")
CONDITIONS = {
    "stable structures": "nobody gains by leaving for itself or by joining another alliance (equal division)",
    "core": "no coalition has more by itself",
    "system stability": "every state is essential to some winning coalition",
}


def solve_coalition(
    game: CoalitionGame,
    concept: str | None = None,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> FormEquilibria:
    """Answer one of the concepts in the table of this module; see `coalition` for the rules one by one.

    Raises
    ------
    UnknownName
        If there is no such concept.
    """
    concept = concept or ("system stability" if game.weighted else "stable structures")
    if concept not in CONCEPTS:
        raise UnknownName(subject=game.subject, wanted="a concept", got=concept, known=CONCEPTS)
    started = time.perf_counter()
    found = {"stable structures": _structures, "core": _core, "system stability": _system}[concept](game)
    made = provenance(concept, CONDITIONS[concept], "enumeration of coalitions", time.perf_counter() - started)
    return answer(game, found, made)


def _structures(game: CoalitionGame) -> list[ProfileEquilibrium]:
    records = []
    for structure, region in stable_structures(game).items():
        names = {", ".join(sorted(c)): sp.S.One for c in sorted(structure, key=lambda c: (-len(c), sorted(c)))}
        payoffs = {p: v for c in structure for p, v in equal_division(game, c, structure).items()}
        records.append(
            ProfileEquilibrium(
                game, names, region, payoffs=payoffs, name=" | ".join(names), facts={"structure": structure}
            )
        )
    return records


def _core(game: CoalitionGame) -> list[ProfileEquilibrium]:
    divisions = core(game)
    region = divisions.exists()
    if region.is_empty(certify=False).proved:
        return []
    *free, _ = divisions.shares.values()
    whole = game.worth_of(game.players)
    shares = {**divisions.shares, game.players[-1]: whole - sp.Add(*free)}
    status = "family" if free else "isolated"
    facts = {"allocations": divisions.allocations}
    return [
        ProfileEquilibrium(game, shares, region, status, payoffs=shares, free=tuple(free), name="core", facts=facts)
    ]


def _system(game: CoalitionGame) -> list[ProfileEquilibrium]:
    region = system_stable(game)
    if region.is_empty(certify=False).proved:
        return []
    return [ProfileEquilibrium(game, dict(game.resources), region, name="stable system")]
