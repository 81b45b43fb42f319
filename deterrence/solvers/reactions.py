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
from deterrence.profiles import FormEquilibria
from deterrence.regions import Region, Verdict
from deterrence.solvers.continuous import solve_continuous

__all__ = ["Response", "reaction", "response"]

SECONDS = 5.0


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
    derivative : expression
        In levels and parameters, at an equilibrium.
    word : {"increasing", "decreasing", "constant", "changing", "undecided"}
        Throughout the region in which such equilibria exist.
    verdict : Verdict
        On what the word rests; of "changing" a point where it falls although elsewhere it rises.
    """

    level: sp.Symbol
    wrt: sp.Symbol
    derivative: sp.Expr
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
    ConceptError
        If a slope is not a rational function.
    """
    symbol = game.assumptions.resolve(wrt)
    fixed = {sp.Symbol(str(k), real=True): v for k, v in (corners or {}).items()}
    put = {x.symbol: x.low if fixed[x.symbol] == "low" else x.high for x in game.levels if x.symbol in fixed}
    inner = [x.symbol for x in game.levels if x.symbol not in fixed]
    slopes = sp.Matrix([game.slope(s).subs(put) for s in inner])
    jacobian = slopes.jacobian(inner)
    derivatives = -jacobian.LUsolve(slopes.diff(symbol))
    where = _equilibria(game, inner, slopes, jacobian)
    return {s: _response(s, symbol, sp.factor(sp.together(d)), where) for s, d in zip(inner, derivatives, strict=True)}


def _equilibria(game: ContinuousGame, inner: list[sp.Symbol], slopes: sp.Matrix, jacobian: sp.Matrix) -> Region:
    """Parameters and levels at which slopes vanish, inside the bounds and with the right curvature."""
    scope = game.scope
    region = Region.everything(scope)
    try:
        for k, s in enumerate(inner):
            x = game.by_symbol[s]
            num, den = sp.fraction(sp.together(slopes[k]))
            curve_num, curve_den = sp.fraction(sp.together(jacobian[k, k]))
            relations = [sp.Eq(num, 0), sp.Ne(den, 0), sp.Gt(s, x.low), sp.Lt(curve_num * curve_den, 0)]
            relations += [sp.Lt(s, x.high)] if x.high is not None else []
            for r in relations:
                region = region if r == sp.true else region & Region(r, scope)
    except NotPolynomial as error:
        raise ConceptError(
            subject=game.subject, wanted="slopes that are rational functions", got=str(error),
            hint="solve at points with numeric_levels and compare",
        ) from error  # fmt: skip
    return region


def _response(level: sp.Symbol, wrt: sp.Symbol, derivative: sp.Expr, where: Region) -> Response:
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
    if falls.proved and flat.proved:
        return Response(level, wrt, derivative, "increasing", falls)
    if rises.proved and flat.proved:
        return Response(level, wrt, derivative, "decreasing", rises)
    if falls.refuted and rises.refuted:
        return Response(level, wrt, derivative, "changing", falls)
    return Response(level, wrt, derivative, "undecided", falls if falls.undecided else rises)


def _plain(holds: bool) -> Verdict:
    return Verdict.refutation({}) if holds else Verdict.proof("certified")
