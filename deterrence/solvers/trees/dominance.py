"""Actions that no belief and no play of the others can make worthwhile.

An action is eliminated when another one is strictly better at *every* node of the information
set, whatever everyone does later.  Repeated until nothing more falls.  No perfect Bayesian
equilibrium ever uses such an action.  The nodes behind it stay: an off-path belief may rest on
them.
"""

from __future__ import annotations

from dataclasses import dataclass

from deterrence.solvers.trees.corners import Corners
from deterrence.solvers.trees.play import Play, Set, Support, Supports


@dataclass(frozen=True)
class Elimination:
    """One step: `action` at `information_set` is strictly worse than `better` at every node."""

    information_set: Set
    action: str
    better: str


def eliminate_dominated(play: Play, corners: Corners) -> tuple[Supports, tuple[Elimination, ...]]:
    """Iterate strict, belief-free dominance to its fixpoint.

    Returns
    -------
    remaining : dict of information set to actions
    steps : tuple of Elimination
        In the order found.
    """
    remaining: Supports = {s: play.actions(s) for s in play.sets}
    steps: list[Elimination] = []
    changed = True
    while changed:
        changed = False
        for s in play.sets:
            for action in remaining[s]:
                better = _dominating(play, corners, remaining, s, action)
                if better is not None:
                    remaining[s] = tuple(a for a in remaining[s] if a != action)
                    steps.append(Elimination(s, action, better))
                    changed = True
    return remaining, tuple(steps)


def _dominating(play: Play, corners: Corners, remaining: Supports, s: Set, action: str) -> str | None:
    for other in remaining[s]:
        if other != action and _always_better(play, corners, remaining, s, other, action):
            return other
    return None


def _always_better(
    play: Play, corners: Corners, remaining: Supports, s: Set, better: str, worse: Support | str
) -> bool:
    """Whether `better` gives strictly more than `worse` at every node of the set."""
    return all(
        corners.signs(play.after(n, s[0], better) - play.after(n, s[0], str(worse)), remaining) == {1}
        for n in play.nodes(s)
    )
