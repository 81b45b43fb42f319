"""What is to be said of a game of levels besides its list: where payoffs are undefined, where no best reply exists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from deterrence.errors import GameError, NotPolynomial
from deterrence.games.continuous import ContinuousGame, Level
from deterrence.parameters import Assumptions, Parameter
from deterrence.regions.meeting import meeting
from deterrence.solvers.clock import Clock
from deterrence.solvers.levels.beyond_rational import is_rational, needs, never

__all__ = ["DEPENDENT", "Notes", "holes", "notes_on"]

DEPENDENT = "not complete on knife-edges: where an equation among the parameters makes slopes vanish or dependent"
PURE = "pure levels only: equilibria in which a player mixes between levels are not searched"
HOLE = (
    "not complete: the payoff of {} is not defined where {} inside the bounds; what happens next to such places is"
    " not searched"
)
RISES = "the payoff of {} rises without end in {}: no best reply exists"
SIGNS = {sp.Eq: "=", sp.Le: "<=", sp.Lt: "<"}
TURNED = {sp.Gt: sp.Le, sp.Ge: sp.Lt, sp.Ne: sp.Eq}


@dataclass(frozen=True)
class Notes:
    """Notes that do not depend on what is found, and one that does."""

    fixed: tuple[str, ...]
    several: bool

    def texts(self, *, found: bool) -> list[str]:
        """All notes; that mixtures are left out makes an empty list an incomplete one."""
        if not self.several:
            return list(self.fixed)
        return [*self.fixed, PURE if found else f"not complete: {PURE}"]


def notes_on(game: ContinuousGame, clock: Clock) -> Notes:
    """The notes on a game.

    Raises
    ------
    GameError
        If a payoff is nowhere a real number.
    """
    fixed = [HOLE.format(p, _words(r)) for p in game.players for r in holes(game, p, clock)]
    for x in game.levels:
        if x.high is None:
            fixed += _endless(game, x, clock)
    return Notes(tuple(fixed), len(game.players) > 1)


def _words(relation: Any) -> str:
    """A relation as one writes it."""
    return f"{relation.lhs} {SIGNS[relation.func]} {relation.rhs}"


def inside(game: ContinuousGame) -> Assumptions:
    """The assumptions with the levels strictly between their bounds."""
    known = game.assumptions
    relations: list[Any] = []
    for x in game.levels:
        relations.append(sp.Gt(x.symbol, x.low))
        relations += [sp.Lt(x.symbol, x.high)] if x.high is not None else []
    more = tuple(Parameter(x.symbol, "real") for x in game.levels)
    return replace(known, parameters=(*known.parameters, *more), relations=(*known.relations, *relations))


def holes(game: ContinuousGame, player: str, clock: Clock) -> list[Any]:
    """Relations under which a payoff is not a real number although all levels are inside their bounds.

    Raises
    ------
    GameError
        If one of them holds everywhere.
    """
    scope = inside(game)
    found = []
    for need in needs(game.payoffs[player]):
        if need == sp.true or _always(need, scope, clock):
            continue
        if _never(need, scope, clock):
            raise GameError(
                subject=f"{game.subject}, payoff of {player}", wanted="a real number somewhere inside the bounds",
                got=f"{game.payoffs[player]}, which needs {need}",
            )  # fmt: skip
        found.append(TURNED[need.func](need.lhs, need.rhs))
    return found


def _always(need: Any, scope: Assumptions, clock: Clock) -> bool:
    """Whether a requirement holds throughout."""
    if need == sp.false:
        return False
    op = {sp.Gt: "<=", sp.Ge: "<", sp.Ne: "=="}[need.func]
    try:
        return never(op, need.lhs - need.rhs, scope, seconds=clock.at_most(2)).proved
    except NotPolynomial:
        return False


def _never(need: Any, scope: Assumptions, clock: Clock) -> bool:
    """Whether a requirement holds nowhere."""
    if need == sp.false:
        return True
    if isinstance(need, sp.Ne) or not is_rational(need.lhs - need.rhs):
        return False
    return meeting([need], scope).is_empty(seconds=clock.at_most(2), certify=False).proved


def _endless(game: ContinuousGame, x: Level, clock: Clock) -> Iterator[str]:
    """Where a payoff rises for ever in a level without an upper bound."""
    slope = game.slope(x.symbol)
    try:
        if never("<=", slope, inside(game), seconds=clock.at_most(2)).proved:
            yield RISES.format(x.owner, x.symbol)
            return
    except NotPolynomial:
        return
    if not is_rational(slope):
        return
    top = sp.limit(slope, x.symbol, sp.oo)
    grows = top == sp.oo
    if top.is_finite is not False and not grows and not top.has(sp.Limit) and is_rational(top):
        region = meeting([sp.Gt(top, 0)], game.scope)
        grows = not region.is_empty(seconds=clock.at_most(1), certify=False).proved
    if grows:
        yield f"the payoff of {x.owner} rises without bound in {x.symbol} where {top} > 0: no best reply exists there"
