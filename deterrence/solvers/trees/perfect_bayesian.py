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

from deterrence.equilibria import Equilibria
from deterrence.games import ExtensiveGame
from deterrence.progress import Report
from deterrence.solvers.trees.incentives import Incentives
from deterrence.solvers.trees.run import run
from deterrence.solvers.trees.supports import Search

__all__ = ["perfect_bayesian"]


def perfect_bayesian(
    game: ExtensiveGame,
    *,
    concept: str = "perfect bayesian",
    beliefs: str = "free",
    time_limit: float | None = None,
    progress: Report | None = None,
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
        Called with (profiles of supports done with, profiles there are).
    """
    search = Search(Incentives(game, concept, beliefs))
    return run(search, concept, beliefs, time_limit=time_limit, progress=progress)
