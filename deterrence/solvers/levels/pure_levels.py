"""Whether a game of levels can have equilibria in which a player mixes between levels.

What a player expects against others who mix is an average of payoffs that are concave in the own
level, over places of the others inside their bounds or at them.  If one of those places makes it
strictly concave, or all others make it rise (or all fall) strictly, there is one best reply at most.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import lru_cache

import sympy as sp

from deterrence.errors import NotPolynomial
from deterrence.games.continuous import ContinuousGame, Level
from deterrence.solvers.levels.best_reply import concave
from deterrence.solvers.levels.beyond_rational import never
from deterrence.solvers.levels.notes import inside

__all__ = ["nobody_mixes"]

SECONDS = 2.0
ENDLESS = (sp.zoo, sp.nan, sp.oo, -sp.oo)


@lru_cache(maxsize=32)
def nobody_mixes(game: ContinuousGame) -> bool:
    """Whether equilibria in pure levels are shown to be all there is; of a lone player nothing else is asked."""
    return len(game.players) == 1 or all(_one_reply(game, p) for p in game.players)


def _one_reply(game: ContinuousGame, player: str) -> bool:
    """Whether a player is shown to have one best reply at most, to whatever the others do."""
    own = game.own(player)
    if len(own) != 1 or not concave(game, player).proved:
        return False
    try:
        bends = {_bend(game, own[0], slope) for slope in _slopes(game, own[0])} - {"concave"}
    except NotPolynomial:
        return False
    return len(bends) <= 1 and "" not in bends


def _slopes(game: ContinuousGame, x: Level) -> Iterator[sp.Expr]:
    """The slope in a level with the others' levels inside their bounds, or at them, in all combinations."""
    choices = []
    for other in (y for y in game.levels if y.owner != x.owner):
        bounds = [b for b in (other.low, other.high) if b is not None]
        choices.append([(other.symbol, b) for b in (other.symbol, *bounds)])
    for places in itertools.product(*choices):
        yield sp.together(game.slope(x.symbol).subs(dict(places)))


def _bend(game: ContinuousGame, x: Level, slope: sp.Expr) -> str:
    """What is shown of a payoff inside the bounds: strictly concave, or else rising or falling; empty if nothing."""
    if slope.has(*ENDLESS):
        return ""
    scope = inside(game)
    for word, op, expr in (
        ("concave", ">=", sp.together(sp.diff(slope, x.symbol))), ("rising", "<=", slope), ("falling", ">=", slope)
    ):  # fmt: skip
        if never(op, expr, scope, seconds=SECONDS).proved:
            return word
    return ""
