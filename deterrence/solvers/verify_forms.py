"""Whether a profile is an equilibrium of a game without a tree.

Of many states alike every other action is compared.  Of levels, a payoff that is proved to be
concave in its owner's levels is at its best exactly where slopes point outwards.  Elsewhere the whole
range is compared, if the payoff is rational in one own level.  Where that cannot be settled the region
is only necessary, and the verdict says so; a better level refutes, and interval arithmetic bounds what
any deviation can gain, which proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import sympy as sp

from deterrence.equilibria import checked_point
from deterrence.errors import ConceptError, GameError, NotPolynomial, PointError, UnknownName
from deterrence.games.continuous import ContinuousGame, Level
from deterrence.games.expressions import exact_expression
from deterrence.games.symmetric import SymmetricGame
from deterrence.parameters import Assumptions
from deterrence.polynomials import tidy
from deterrence.profile import ProfileEquilibrium
from deterrence.regions import Region, Verdict
from deterrence.solvers.clock import Clock
from deterrence.solvers.levels.best_reply import concave, deviation_gain
from deterrence.solvers.levels.beyond_rational import is_rational
from deterrence.solvers.levels.conditions import better_elsewhere
from deterrence.solvers.levels.points import at_point
from deterrence.solvers.symmetric.deviations import between_zero_and_one, mixtures, symmetric_deviations
from deterrence.solvers.verify import Deviation, Verification

__all__ = ["verify_form"]

Point = Mapping[sp.Symbol, sp.Rational]


def verify_form(
    game: Any, profile: Mapping[Any, Any] | ProfileEquilibrium, at: Mapping[Any, Any] | None
) -> Verification:
    """Check a profile of a game without a tree, or a record of `solve`; see `deterrence.verify`.

    Raises
    ------
    ConceptError
        If profiles of that form are not checked.
    GameError, UnknownName
        If the profile does not fit the game.
    """
    point = checked_point(game, at) if at is not None else None
    strategy, claimed = _read(game, profile)
    if isinstance(game, SymmetricGame):
        return _settled(game, strategy, claimed, point)
    if isinstance(game, ContinuousGame):
        return _levels(game, strategy, claimed, point)
    raise ConceptError(
        subject="verify", wanted="a tree, a payoff table, a symmetric game or a game of levels",
        got=type(game).__name__, hint="compare with dt.solve(game).at(point)",
    )  # fmt: skip


def _read(game: Any, profile: Any) -> tuple[Mapping[Any, Any], Region]:
    """The strategy, and where it is said to be an equilibrium: of a record where that exists, else everywhere."""
    if not isinstance(profile, ProfileEquilibrium):
        return profile, Region.everything(game.assumptions)
    if profile.game is not game:
        raise GameError(subject=game.subject, wanted="an equilibrium of this game", got=f"one of {profile.game!r}")
    if profile.implicit or (profile.condition.pending and not profile.free):
        raise ConceptError(
            subject=f"{game.subject}, {profile.title}", wanted="a record in closed form", got="roots of equations",
            hint="record.at(point) says how well it is known there",
        )  # fmt: skip
    return profile.strategy, profile.system if profile.free else profile.condition


def _settled(game: SymmetricGame, strategy: Mapping[Any, Any], claimed: Region, point: Point | None) -> Verification:
    """The verdict where every gain is known in closed form."""
    known = claimed.assumptions
    deviations = list(symmetric_deviations(game, strategy, known))
    shares = list(mixtures(game, strategy, known))
    bounds = [between_zero_and_one(share) for _, share in shares]
    region = Region(sp.And(*(b for b in bounds if b is not None)), known)
    rough = [d for d in deviations if not is_rational(d.gain)]
    for d in deviations:
        region = region if d in rough else region & Region(sp.Le(d.gain, 0, evaluate=False), known)
    if point is None:
        verdict = claimed.implies(region)
        unknown = [d.gain for d in rough] + [share for (_, share), b in zip(shares, bounds, strict=True) if b is None]
        if unknown and not verdict.refuted:
            reason = f"the region is only necessary: no sign is known of {unknown[0]}; at=... settles a point"
            return Verification(Verdict.unknown(reason), region.simplify(), tuple(rough))
        left = () if verdict.proved else tuple(d for d in deviations if _may_gain(d, claimed))
        return Verification(verdict, region.simplify(), left)
    if len(known.symbols) > len(game.assumptions.symbols):
        return Verification(_within(claimed, region, point), region.simplify(), ())
    for what, share in shares:
        value = sp.sympify(share).subs(dict(point))
        if not value.free_symbols and not (value.is_real and 0 <= value <= 1):
            reason = f"the probability of {what} is {value}"
            return Verification(Verdict.refutation(point, reason=reason), region.simplify(), ())
    filled = [_filled(d, point) for d in deviations]
    better = tuple(d for d in filled if d.gain > 0)
    return Verification(_at(point, better), region.simplify(), better)


def _may_gain(deviation: Deviation, where: Region) -> bool:
    return not where.implies(Region(sp.Le(deviation.gain, 0, evaluate=False), where.assumptions)).proved


def _within(claimed: Region, region: Region, point: Point) -> Verdict:
    """Of a family at a point: whether all that it leaves open is an equilibrium."""
    return claimed.at(point).implies(region.at(point))


def _filled(deviation: Deviation, point: Point) -> Deviation:
    gain = sp.sympify(deviation.gain).subs(dict(point))
    if gain.free_symbols:
        missing = ", ".join(sorted(map(str, gain.free_symbols)))
        raise PointError(subject="verify", wanted=f"a value for {missing}", got=str(dict(point)))
    return Deviation(deviation.information_set, deviation.action, deviation.instead, gain)


def _at(point: Point, better: tuple[Deviation, ...]) -> Verdict:
    if better:
        return Verdict.refutation(point, reason=str(better[0]))
    return Verdict.proof("certified", reason="no other choice gains")


# -- levels -----------------------------------------------------------------------------------------


def _levels(game: ContinuousGame, profile: Mapping[Any, Any], claimed: Region, point: Point | None) -> Verification:
    values = _values(game, profile, claimed.assumptions)
    region, open_ = _region(game, values, claimed.assumptions)
    family = len(claimed.assumptions.symbols) > len(game.assumptions.symbols)
    if point is not None and not family:
        return Verification(*_levels_at(game, values, region, open_, point))
    if family:  # what it leaves open is bounded by the levels that rest on it, too
        claimed = claimed & Region(sp.And(*(r for x in game.levels for r in _bounds(x, values))), claimed.assumptions)
    verdict = claimed.implies(region) if point is None else _within(claimed, region, point)
    if open_:
        reason = f"{_necessary(open_)}; at=... checks them at a point"
        verdict = replace(verdict, reason=reason) if verdict.refuted else Verdict.unknown(reason)
    return Verification(verdict, region, ())


def _necessary(players: list[str]) -> str:
    return f"the region is only necessary: best replies of {', '.join(players)} in the whole range are not settled"


def _levels_at(
    game: ContinuousGame, values: Mapping[sp.Symbol, sp.Expr], region: Region, open_: list[str], point: Point
) -> tuple[Verdict, Region, tuple[Deviation, ...]]:
    """The answer at a point; what is open everywhere is asked again with numbers."""
    numbers = {s: sp.sympify(v).subs(dict(point)) for s, v in values.items()}
    if not _inside(game, numbers, point):
        return Verdict.refutation(point, reason="a level lies outside its bounds"), region, ()
    better = tuple(_better(game, numbers, point))
    if better:
        return Verdict.refutation(point, reason=str(better[0])), region, better
    best = region.contains(point)
    if open_:
        there = at_point(game, point)
        here, open_ = _region(there, numbers, there.assumptions)
        best = best and here.contains({})
    if not best:
        return Verdict.refutation(point, reason="another level in the range is better"), region, ()
    if not open_:
        return Verdict.proof("certified"), region, ()
    bound = max(deviation_gain(game, p, numbers, point).gain for p in open_)
    reason = f"{_necessary(open_)}; no deviation gains more than {bound:.1e} (interval arithmetic)"
    return Verdict.unknown(reason), region, ()


def _region(game: ContinuousGame, values: Mapping[sp.Symbol, sp.Expr], known: Assumptions) -> tuple[Region, list[str]]:
    """Where no other level is better, and the players of whom that is not settled: there it is only necessary."""
    try:
        region = Region.everything(known) & Region(sp.And(*(_best(game, x, values) for x in game.levels)), known)
    except NotPolynomial:
        return Region.everything(known), list(game.players)
    clock, open_ = Clock(None), []
    for player in game.players:
        if concave(game, player).proved:
            continue
        free = any(s not in game.assumptions for v in values.values() for s in v.free_symbols)
        better = None if free else better_elsewhere(game, player, values, clock)
        if better is None:
            open_.append(player)
        else:
            region = region & ~better
    return region.simplify(), open_


def _values(game: ContinuousGame, profile: Mapping[Any, Any], known: Assumptions) -> dict[sp.Symbol, sp.Expr]:
    names = {x.symbol.name: x.symbol for x in game.levels}
    for key in profile:
        if str(key) not in names:
            raise UnknownName(subject=f"{game.subject}, profile", wanted="a level", got=str(key), known=names)
    missing = [n for n in names if n not in {str(k) for k in profile}]
    if missing:
        raise GameError(subject=f"{game.subject}, profile", wanted=f"every level: {', '.join(missing)} too", got="none")
    found = {names[str(k)]: exact_expression(v, f"{game.subject}, profile, {k}") for k, v in profile.items()}
    values = {s: known.expand(v) for s, v in found.items()}
    for player, payoff in game.payoffs.items():
        if payoff.subs(values).has(sp.zoo, sp.nan, sp.oo, -sp.oo):
            raise GameError(
                subject=f"{game.subject}, profile", wanted=f"levels at which the payoff of {player} is defined",
                got=", ".join(f"{s} = {v}" for s, v in values.items()),
            )  # fmt: skip
    return values


def _best(game: ContinuousGame, x: Level, values: Mapping[sp.Symbol, sp.Expr]) -> Any:
    """The level is inside its bounds, and its slope points outwards."""
    value, slope = values[x.symbol], sp.together(game.slope(x.symbol).subs(dict(values)))
    at_low, at_high = (bound is not None and tidy(value - bound) == 0 for bound in (x.low, x.high))
    if at_low != at_high:
        return sp.And(sp.Le(slope, 0) if at_low else sp.Ge(slope, 0), *_bounds(x, values))
    cases = [sp.Eq(slope, 0), sp.And(sp.Eq(value, x.low), sp.Le(slope, 0))]
    if x.high is not None:
        cases.append(sp.And(sp.Eq(value, x.high), sp.Ge(slope, 0)))
    return sp.And(sp.Or(*cases), *_bounds(x, values))


def _bounds(x: Level, values: Mapping[sp.Symbol, sp.Expr]) -> list[Any]:
    """The level is inside its bounds."""
    value = values[x.symbol]
    return [sp.Ge(value, x.low), *([sp.Le(value, x.high)] if x.high is not None else [])]


def _inside(game: ContinuousGame, numbers: Mapping[sp.Symbol, sp.Expr], point: Point) -> bool:
    for x in game.levels:
        low, high = (None if b is None else sp.sympify(b).subs(dict(point)) for b in (x.low, x.high))
        if numbers[x.symbol] < low or (high is not None and numbers[x.symbol] > high):
            return False
    return True


def _better(game: ContinuousGame, numbers: Mapping[sp.Symbol, sp.Expr], point: Point) -> Iterator[Deviation]:
    """For each player a change of levels that gains, if the search over the whole range finds one."""
    for player in game.players:
        found = deviation_gain(game, player, numbers, point).better
        if found is None:
            continue
        moved = {s: sp.Rational(v) for s, v in found.items()}
        payoff = game.payoffs[player].subs(dict(point))
        gain = payoff.subs({**numbers, **moved}) - payoff.subs(dict(numbers))
        new, old = (", ".join(f"{s} = {v[s]}" for s in moved) for v in (moved, numbers))
        if gain > 0:
            yield Deviation((player,), new, old, gain)
