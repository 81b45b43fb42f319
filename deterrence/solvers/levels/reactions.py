"""Reaction functions, and how equilibrium levels answer to a parameter.

The reaction of a player is the solution of its own problem with the others' levels as parameters.
The answer of equilibrium levels to a parameter follows from the implicit function theorem: with F
the slopes at interior levels, ``dx/dt = -(dF/dx)^-1 dF/dt``; its sign is proved wherever the
equations, the bounds and the assumptions settle it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.errors import ConceptError, NotPolynomial, UnknownName
from deterrence.games.continuous import ContinuousGame
from deterrence.notebook import ShownInNotebooks
from deterrence.parameters import Assumptions
from deterrence.polynomials import tidy
from deterrence.profiles import FormEquilibria
from deterrence.regions import Region, Verdict
from deterrence.regions.meeting import meeting
from deterrence.solvers.levels.continuous import solve_continuous

__all__ = ["Response", "reaction", "response"]

SECONDS = 5.0
PLACES = ("low", "high")
NOT_SHOWN = "it is not shown that such an equilibrium exists anywhere"


def reaction(game: ContinuousGame, player: str) -> FormEquilibria:
    """A player's best replies: pieces, each with its region over parameters and the others' levels.

    Raises
    ------
    UnknownName
        If there is no such player.
    """
    if player not in game.players:
        raise UnknownName(subject=game.subject, wanted="a player", got=player, known=game.players)
    others = [x for x in game.levels if x.owner != player]
    own = {x.symbol for x in game.own(player)}
    whole = game.scope
    known = Assumptions(
        tuple(p for p in whole.parameters if p.symbol not in own),
        tuple(r for r in whole.relations if not r.free_symbols & own),
        whole.simplices, whole.closed, whole.definitions,
    )  # fmt: skip
    given = ", ".join(x.symbol.name for x in others)
    problem = ContinuousGame(
        f"{game.name}: {player}, given {given}" if others else game.name,
        parameters=known,
        levels={player: {x.symbol: (x.low, x.high) for x in game.own(player)}},
        payoffs={player: game.payoffs[player]},
    )
    return solve_continuous(problem)


@dataclass(frozen=True)
class Response(ShownInNotebooks):
    """How one level answers to a parameter.

    Attributes
    ----------
    derivative : expression or None
        In levels and parameters, at an equilibrium; None if there is none.
    word : {"increasing", "decreasing", "constant", "changing", "nowhere", "undecided"}
        Throughout the region in which such equilibria exist; "nowhere" if it is proved that none does.
    verdict : Verdict
        On what the word rests; of "changing" a point where it falls although elsewhere it rises.
    """

    level: sp.Symbol
    wrt: sp.Symbol
    derivative: sp.Expr | None
    word: str
    verdict: Verdict


def response(game: ContinuousGame, wrt: Any, *, corners: Mapping[Any, str] | None = None) -> dict[sp.Symbol, Response]:
    """How interior equilibrium levels answer to a parameter.

    Parameters
    ----------
    game : ContinuousGame
        With rational slopes.
    wrt : sympy.Symbol or str
        The parameter.
    corners : mapping from level to "low" or "high", optional
        Levels that stay at a bound.

    Raises
    ------
    UnknownName
        If a corner is no level, or neither its low nor its high end.
    ConceptError
        If a slope is not a rational function, a corner has no such bound, or the slopes do not
        determine the levels.
    """
    symbol = game.assumptions.resolve(wrt)
    fixed = _corners(game, corners or {})
    put = {s: _bound(game, s, place) for s, place in fixed.items()}
    inner = [x.symbol for x in game.levels if x.symbol not in fixed]
    slopes = sp.Matrix([game.slope(s).subs(put) for s in inner])
    jacobian = slopes.jacobian(inner)
    where = _equilibria(game, inner, slopes, jacobian, fixed)
    exists = where.is_empty(seconds=SECONDS, certify=False)
    if exists.proved:
        return {s: Response(s, symbol, None, "nowhere", exists) for s in inner}
    if sp.cancel(sp.together(jacobian.det())) == 0:
        raise ConceptError(
            subject=game.subject, wanted="slopes that determine the levels",
            got="slopes whose derivatives are dependent",
            hint="a payoff that is linear in its level has no interior answer: name the level in corners=",
        )  # fmt: skip
    derivatives = -jacobian.LUsolve(slopes.diff(symbol))
    pairs = zip(inner, derivatives, strict=True)
    return {s: _response(s, symbol, tidy(d), where, exists) for s, d in pairs}


def _corners(game: ContinuousGame, given: Mapping[Any, str]) -> dict[sp.Symbol, str]:
    """Levels at a bound, by symbol."""
    by_name = {s.name: s for s in game.by_symbol}
    found = {}
    for key, place in given.items():
        if str(key) not in by_name:
            raise UnknownName(subject=f"{game.subject}, corners", wanted="a level", got=str(key), known=by_name)
        if place not in PLACES:
            where = f"{game.subject}, corner of {key}"
            raise UnknownName(subject=where, wanted="an end", got=str(place), known=PLACES)
        found[by_name[str(key)]] = place
    return found


def _bound(game: ContinuousGame, symbol: sp.Symbol, place: str) -> sp.Expr:
    x = game.by_symbol[symbol]
    value = x.low if place == "low" else x.high
    if value is None:
        raise ConceptError(subject=f"{game.subject}, corner of {symbol}", wanted="an upper bound", got="none")
    return sp.sympify(value)


def _equilibria(
    game: ContinuousGame, inner: list[sp.Symbol], slopes: sp.Matrix, jacobian: sp.Matrix, fixed: Mapping[sp.Symbol, str]
) -> Region:
    """Parameters and levels at which slopes vanish, or point outwards at corners, with the right curvature."""
    relations: list[Any] = []
    put = {s: _bound(game, s, place) for s, place in fixed.items()}
    for k, s in enumerate(inner):
        x = game.by_symbol[s]
        num, den = sp.fraction(sp.together(slopes[k]))
        relations += [sp.Eq(num, 0), sp.Ne(den, 0), sp.Gt(s, x.low), sp.Le(jacobian[k, k], 0)]
        relations += [sp.Lt(s, x.high)] if x.high is not None else []
    for s, place in fixed.items():
        slope = game.slope(s).subs(put)
        relations.append(sp.Le(slope, 0) if place == "low" else sp.Ge(slope, 0))
    try:
        return meeting(relations, game.scope)
    except NotPolynomial as error:
        raise ConceptError(
            subject=game.subject, wanted="slopes that are rational functions", got=str(error),
            hint="solve at points with numeric_levels and compare",
        ) from error  # fmt: skip


def _response(level: sp.Symbol, wrt: sp.Symbol, derivative: sp.Expr, where: Region, exists: Verdict) -> Response:
    if derivative == 0:
        return Response(level, wrt, derivative, "constant", Verdict.proof("certified"))
    num, den = sp.fraction(derivative)
    product = sp.expand(num * den)
    scope = where.assumptions
    falls, rises, flat = (
        (where & Region(r, scope)).is_empty(seconds=SECONDS, certify=False) if r not in (sp.true, sp.false)
        else _plain(r == sp.true)
        for r in (sp.Lt(product, 0), sp.Gt(product, 0), sp.Eq(product, 0))
    )  # fmt: skip
    if flat.proved and (falls.proved or rises.proved):
        if not exists.refuted:
            return Response(level, wrt, derivative, "undecided", Verdict.unknown(NOT_SHOWN))
        word, verdict = ("increasing", falls) if falls.proved else ("decreasing", rises)
        return Response(level, wrt, derivative, word, verdict)
    if falls.refuted and rises.refuted:
        return Response(level, wrt, derivative, "changing", falls)
    return Response(level, wrt, derivative, "undecided", falls if falls.undecided else rises)


def _plain(holds: bool) -> Verdict:
    return Verdict.refutation({}) if holds else Verdict.proof("certified")
