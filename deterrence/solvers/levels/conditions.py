"""Where a solution of first-order conditions is an equilibrium in levels: bounds, slopes, curvature.

The levels lie inside their bounds, slopes at bounds point outwards, payoffs are defined there, and
where concavity is not proved the curvature is right - or no other level in the range is better.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import sympy as sp

from deterrence.errors import NotPolynomial
from deterrence.games.continuous import ContinuousGame, Level
from deterrence.parameters import Assumptions, Parameter
from deterrence.polynomials import tidy
from deterrence.regions import Region, Verdict
from deterrence.regions.coordinates import coordinates
from deterrence.regions.meeting import meeting
from deterrence.regions.rescope import rescoped
from deterrence.solvers.clock import Clock
from deterrence.solvers.levels.active_sets import Candidate
from deterrence.solvers.levels.beyond_rational import is_rational, needs, never

__all__ = ["better_elsewhere", "nothing_better", "over_parameters", "undefined", "whole_condition"]

ENDLESS = (sp.zoo, sp.nan, sp.oo, -sp.oo)


def undefined(game: ContinuousGame, candidate: Candidate) -> bool:
    """Whether some payoff is no real number at a solution, whatever the parameters are."""
    put = _above_zero(game.assumptions)
    values = {s: sp.sympify(v).xreplace(put) for s, v in candidate.values.items()}
    relations = [r.xreplace(put) for u in game.payoffs.values() for r in needs(u)]
    return any(_at(r, values) in (sp.false, False) for r in relations)


def _above_zero(known: Assumptions) -> dict[sp.Symbol, sp.Symbol]:
    """Positive symbols in place of parameters that are shown to be so: then 0**m is 0, and limits have a sign."""
    sign = coordinates(known).sign
    above = [s for s in known.ring.symbols if sign(known.ring.gen(s)) == 1]
    return {s: sp.Dummy(s.name, positive=True) for s in above}


def _at(relation: Any, values: Mapping[sp.Symbol, Any]) -> Any:
    """A relation with levels filled in, one side over the other's denominator."""
    if relation in (sp.true, sp.false):
        return relation
    side = sp.sympify(relation.lhs - relation.rhs).subs(dict(values), simultaneous=True)
    if side.has(*ENDLESS):
        return sp.false
    return relation.func(tidy(side), 0)


def whole_condition(game: ContinuousGame, candidate: Candidate, proofs: Mapping[str, Verdict], clock: Clock) -> Region:
    """Where a solution lies inside the bounds, slopes at bounds point outwards and curvature is right.

    It is over the parameters and the levels that are free; implicit levels of a solution without free
    ones are bound, as they follow from the parameters.

    Raises
    ------
    NotPolynomial
        If some condition is beyond rational functions.
    """
    branch = candidate.branch
    relations: list[Any] = [sp.Eq(e, 0) for e in (*candidate.edges, *branch.equations)]
    relations += [_at(sp.Ne(d, 0), candidate.values) for d in branch.nonzero]
    relations += [sp.Ge(e, 0) for e in branch.told_apart]
    for x in game.levels:
        relations += _placed(game, candidate, x)
    for player, verdict in proofs.items():
        relations += [_at(r, candidate.values) for r in needs(game.payoffs[player])]
        if not verdict.proved:
            relations += _second_order(game, candidate, player)
    bound = (*candidate.free, *branch.implicit)
    scope = with_levels(game.assumptions, bound)
    region = meeting(relations, scope)
    if candidate.free or not bound:
        return region.simplify(seconds=clock.at_most(2))
    if branch.closed:
        return over_parameters(region, bound, clock)
    return Region(region.formula, scope, exists=bound, taken=region.taken)


def over_parameters(region: Region, levels: Iterable[sp.Symbol], clock: Clock) -> Region:
    """For which parameters some values of the levels lie in a region: its projection."""
    return region.eliminate(*levels, seconds=clock.at_most(2)).simplify(seconds=clock.at_most(2))


def _placed(game: ContinuousGame, candidate: Candidate, x: Level) -> list[Any]:
    value, place = candidate.values[x.symbol], candidate.places[x.symbol]
    if place == "interior":
        return [sp.Gt(value - x.low, 0), *([sp.Gt(x.high - value, 0)] if x.high is not None else [])]
    slope = game.slope(x.symbol).subs(candidate.values, simultaneous=True)
    if slope.has(*ENDLESS):
        return [sp.true if _falls_outward(game, candidate, x) else sp.false]
    return [sp.Le(slope, 0) if place == "low" else sp.Ge(slope, 0)]


def _falls_outward(game: ContinuousGame, candidate: Candidate, x: Level) -> bool:
    """Of a slope that is infinite at a bound: its sign just inside."""
    value, low = candidate.values[x.symbol], candidate.places[x.symbol] == "low"
    others = {s: v for s, v in candidate.values.items() if s != x.symbol}
    put = _above_zero(game.assumptions)
    slope = game.slope(x.symbol).subs(others).xreplace(put)
    try:
        limit = sp.limit(slope, x.symbol, sp.sympify(value).xreplace(put), "+" if low else "-")
    except (NotImplementedError, ValueError):  # SymPy knows no limit of some powers
        limit = sp.nan
    if limit not in (sp.oo, -sp.oo):
        raise NotPolynomial(subject=f"slope in {x.symbol}", wanted="a sign next to the bound", got=str(limit))
    return bool(limit == (-sp.oo if low else sp.oo))


def _second_order(game: ContinuousGame, candidate: Candidate, player: str) -> list[Any]:
    """The Hessian in interior own levels is negative semidefinite at the solution: all principal minors."""
    own = [x.symbol for x in game.own(player) if candidate.places[x.symbol] == "interior"]
    if not own:
        return []
    hessian = sp.hessian(game.payoffs[player], own).subs(candidate.values)
    relations = []
    for size in range(1, len(own) + 1):
        for chosen in itertools.combinations(range(len(own)), size):
            minor = hessian.extract(list(chosen), list(chosen)).det() * (-1) ** size
            relations.append(sp.Ge(sp.together(minor), 0))
    return relations


def with_levels(known: Assumptions, levels: Iterable[sp.Symbol]) -> Assumptions:
    """The assumptions with levels as further symbols."""
    return replace(known, parameters=(*known.parameters, *(Parameter(s, "real") for s in levels)))


def nothing_better(
    game: ContinuousGame, candidate: Candidate, region: Region, rough: list[str], clock: Clock
) -> tuple[Region, list[str]]:
    """The condition without the points where another level in the whole range is better; who is left unchecked."""
    left = []
    for player in rough:
        better = None if clock.late else _better(game, candidate, player, clock)
        if better is None:
            left.append(player)
        else:
            region = region & ~better
    return region.simplify(seconds=clock.at_most(2)), left


def _better(game: ContinuousGame, candidate: Candidate, player: str, clock: Clock) -> Region | None:
    """Where some other level of a player is worth more; None if that has no form without quantifiers."""
    if candidate.branch.implicit:
        return None
    return better_elsewhere(game, player, candidate.values, clock, candidate.free)


def better_elsewhere(
    game: ContinuousGame, player: str, values: Mapping[sp.Symbol, Any], clock: Clock, free: Iterable[sp.Symbol] = ()
) -> Region | None:
    """Where some other level of a player, anywhere in the range, is worth more than the one among these values.

    Over the parameters, and the levels that are free.
    None if the player owns several levels, if payoff or values are not rational, or if no form without
    quantifiers is found in time.
    """
    own = game.own(player)
    if len(own) != 1 or not all(is_rational(sp.sympify(v)) for v in values.values()):
        return None
    (x,) = own
    other = sp.Symbol(f"another {x.symbol}", real=True)
    there = game.payoffs[player].subs({**values, x.symbol: other}, simultaneous=True)
    here = game.payoffs[player].subs(values, simultaneous=True)
    if not is_rational(there):
        return None
    free = tuple(free)
    scope = with_levels(game.assumptions, (*free, other))
    inside = [sp.Ge(other, x.low)] + ([sp.Le(other, x.high)] if x.high is not None else [])
    defined = [r for r in needs(there) if r not in (sp.true, sp.false)]
    within = scope.assume(*(r for r in inside if r not in (sp.true, sp.false)))
    gain = _lean(sp.cancel(there - here), within, clock)
    region = meeting([sp.Gt(gain, 0), *inside, *defined], scope).eliminate(other, seconds=clock.at_most(3))
    if region.pending:
        return None
    return rescoped(region, with_levels(game.assumptions, free))


def _lean(expr: sp.Expr, scope: Assumptions, clock: Clock) -> sp.Expr:
    """An expression of the same sign where it is defined: without factors that are shown to have one."""
    num, den = sp.fraction(sp.together(expr))
    left = sp.S.One
    for part in (num, den):
        constant, factors = sp.factor_list(part)
        left *= sp.sign(constant)
        for factor, power in factors:
            if never("<=", factor, scope, seconds=clock.at_most(1)).proved:
                continue
            if never(">=", factor, scope, seconds=clock.at_most(1)).proved:
                left *= (-1) ** power
            else:
                left *= factor ** (2 - power % 2)
    return left
