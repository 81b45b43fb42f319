"""The forms of game other than trees, and who solves them.

======================  =================================================  =====================
form                    concepts (the first one is taken without a name)   solver
======================  =================================================  =====================
``StrategicGame``       nash, subgame perfect                              `tables.strategic`
``SymmetricGame``       nash                                               `symmetric.search`
``ContinuousGame``      nash                                               `levels.continuous`
``CoalitionGame``       system stability (resources), stable structures,   `coalitions.concepts`
                        core
``BargainingGame``      subgame perfect                                    `offers.bargaining`
======================  =================================================  =====================
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deterrence.equilibria import Equilibria
from deterrence.errors import ConceptError
from deterrence.games.bargaining import BargainingGame
from deterrence.games.coalition import CoalitionGame
from deterrence.games.continuous import ContinuousGame
from deterrence.games.strategic import StrategicGame
from deterrence.games.symmetric import SymmetricGame
from deterrence.progress import Report

__all__ = ["is_form", "solve_form"]


def _strategic() -> Callable[..., Equilibria]:
    from deterrence.solvers.tables.strategic import solve_strategic

    return solve_strategic


def _symmetric() -> Callable[..., Equilibria]:
    from deterrence.solvers.symmetric.search import solve_symmetric

    return solve_symmetric


def _continuous() -> Callable[..., Equilibria]:
    from deterrence.solvers.levels.continuous import solve_continuous

    return solve_continuous


def _coalition() -> Callable[..., Equilibria]:
    from deterrence.solvers.coalitions.concepts import solve_coalition

    return solve_coalition


def _bargaining() -> Callable[..., Equilibria]:
    from deterrence.solvers.offers.bargaining import solve_bargaining

    return solve_bargaining


SOLVERS: dict[type, tuple[str | None, Callable[[], Callable[..., Equilibria]]]] = {
    StrategicGame: ("nash", _strategic),
    SymmetricGame: ("nash", _symmetric),
    ContinuousGame: ("nash", _continuous),
    CoalitionGame: (None, _coalition),
    BargainingGame: ("subgame perfect", _bargaining),
}


def is_form(game: Any) -> bool:
    """Whether a game is of one of these forms."""
    return type(game) in SOLVERS


def solve_form(
    game: Any,
    concept: str | None = None,
    *,
    beliefs: str = "free",
    time_limit: float | None = None,
    progress: Report | None = None,
) -> Equilibria:
    """Solve a game of one of the forms in this module's table.

    Raises
    ------
    ConceptError
        If the form has no such concept, or beliefs are asked for where there are none.
    """
    if not is_form(game):
        known = ", ".join(kind.__name__ for kind in SOLVERS)
        hint = "write model.solve(), or solve(model.game)" if hasattr(game, "game") and hasattr(game, "solve") else ""
        got = type(game).__name__
        raise ConceptError(subject="solve", wanted=f"an ExtensiveGame, {known}", got=got, hint=hint)
    if beliefs != "free":
        raise ConceptError(
            subject=f'Game "{game.name}"', wanted="a tree with private types for a rule on beliefs",
            got=f'{type(game).__name__} with beliefs="{beliefs}"', hint='leave beliefs="free"',
        )  # fmt: skip
    default, solver = SOLVERS[type(game)]
    return solver()(game, concept or default, time_limit=time_limit, progress=progress)
