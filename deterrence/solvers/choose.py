"""The choice of a solver.

==========================  =======================================  =================================
concept                     games                                    method
==========================  =======================================  =================================
``perfect bayesian``        independent types, observed actions      conditions 1-4, support search
``perfect bayesian``        correlated types or hidden moves         conditions 1-2 (the result says so)
``weak perfect bayesian``   any                                      conditions 1-2, support search
``subgame perfect``         no private types, observed actions       backward, splitting on open signs
``subgame perfect``         no private types, hidden moves           Nash in every subgame
``nash``                    any, about 8 information sets with two   plans of every player and type
                            actions each
==========================  =======================================  =================================

Without a concept: ``subgame perfect`` for a game without private types, else
``perfect bayesian``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from deterrence.equilibria import Equilibria
from deterrence.errors import ConceptError, UnknownName
from deterrence.games import ExtensiveGame
from deterrence.progress import Report
from deterrence.solvers.forms import SOLVERS, is_form, solve_form
from deterrence.solvers.trees.nash import NashIncentives, NashSearch
from deterrence.solvers.trees.perfect_bayesian import perfect_bayesian
from deterrence.solvers.trees.run import run
from deterrence.solvers.trees.subgame_perfect import SubgameIncentives, subgame_roots
from deterrence.solvers.trees.supports import Search

CONCEPTS = ("perfect bayesian", "weak perfect bayesian", "subgame perfect", "nash")
RULES = ("free", "passive", "passive undominated")
MOST_NASH_PROFILES = 100_000


def solve(
    game: ExtensiveGame,
    concept: str | None = None,
    *,
    beliefs: str = "free",
    time_limit: float | None = None,
    progress: Report | None = None,
) -> Equilibria:
    """Every equilibrium of a game with the exact condition under which it exists.

    Parameters
    ----------
    game : ExtensiveGame
    concept : {"perfect bayesian", "weak perfect bayesian", "subgame perfect", "nash"}, optional
        See the table in this module's documentation for which games each one takes.
    beliefs : {"free", "passive", "passive undominated"}
        For "perfect bayesian": what may be believed after an action that no type takes.
    time_limit : float, optional
        Seconds, greater than 0.  What is found by then is kept; the rest is undecided.
    progress : callable, optional
        Called with (profiles of supports done with, profiles there are).

    Returns
    -------
    Equilibria
        An interrupt (Ctrl-C) ends the search too: what is found is returned, and `complete` is False.

    Raises
    ------
    UnknownName
        If there is no such concept or rule for beliefs.
    ConceptError
        If the concept is not defined for the game.
    """
    if time_limit is not None and not (isinstance(time_limit, int | float) and time_limit > 0):
        raise ConceptError(subject="solve", wanted="a time limit greater than 0 s", got=repr(time_limit))
    if is_form(game) or not isinstance(game, ExtensiveGame):
        return solve_form(game, concept, beliefs=beliefs, time_limit=time_limit, progress=progress)
    concept = chosen_concept(game, concept, beliefs)
    return _solver(game, concept, beliefs)(time_limit=time_limit, progress=progress)


def chosen_concept(game: ExtensiveGame, concept: str | None, beliefs: str = "free") -> str:
    """The concept, or the one that the game asks for; refused where it is not defined.

    Raises
    ------
    UnknownName
        If there is no such concept or rule for beliefs.
    ConceptError
        If they are not defined for the game.
    """
    concept = concept or default_concept(game)
    if concept not in CONCEPTS:
        raise UnknownName(subject="solve", wanted="a solution concept", got=str(concept), known=CONCEPTS)
    if beliefs not in RULES:
        raise UnknownName(subject="solve", wanted="a rule for beliefs", got=str(beliefs), known=RULES)
    _check_rule(game, concept, beliefs)
    if concept == "subgame perfect" and _has_types(game):
        raise ConceptError(
            subject=f'Game "{game.name}"',
            wanted="a game without private types for subgame perfection",
            got="types of " + ", ".join(p for p, kinds in game.types.items() if len(kinds) > 1),
            hint='use concept="perfect bayesian"',
        )
    return concept


def default_concept(game: ExtensiveGame) -> str | None:
    """The concept that is taken where none is named."""
    if is_form(game):
        return SOLVERS[type(game)][0]
    return "perfect bayesian" if _has_types(game) else "subgame perfect"


def _has_types(game: ExtensiveGame) -> bool:
    return any(len(kinds) > 1 for kinds in game.types.values())


def _check_rule(game: ExtensiveGame, concept: str, beliefs: str) -> None:
    public = concept == "perfect bayesian" and game.independent and game.observed_actions
    if beliefs != "free" and not public:
        raise ConceptError(
            subject=f'Game "{game.name}"',
            wanted="perfect Bayesian equilibrium with independent types and observed actions",
            got=f'beliefs="{beliefs}" with concept="{concept}"',
            hint='passive beliefs are defined there only: leave beliefs="free"',
        )


def _solver(game: ExtensiveGame, concept: str, beliefs: str) -> Callable[..., Equilibria]:
    if concept.endswith("perfect bayesian"):
        return partial(perfect_bayesian, game, concept=concept, beliefs=beliefs)
    if concept == "nash":
        return partial(run, _small(NashSearch(NashIncentives(game))), concept, beliefs)
    if game.observed_actions:
        return partial(run, Search(SubgameIncentives(game)), concept, beliefs)
    return partial(run, _small(NashSearch(NashIncentives(game, subgame_roots(game)))), concept, beliefs)


def _small(search: NashSearch) -> NashSearch:
    """The search, if the game is small enough to list its profiles of supports."""
    game, size = search.incentives.game, 1
    for s in search.incentives.play.sets:
        size *= 2 ** len(search.incentives.play.actions(s)) - 1
    if size > MOST_NASH_PROFILES:
        raise ConceptError(
            subject=f'Game "{game.name}"',
            wanted=f"at most {MOST_NASH_PROFILES:,} profiles of supports for Nash equilibrium",
            got=f"{size:,}",
            hint='Nash equilibrium is meant for small games; "perfect bayesian" uses dominance and goes much further',
        )
    return search
