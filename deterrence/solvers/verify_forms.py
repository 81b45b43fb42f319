"""Whether a profile is an equilibrium of a game without a tree.

Of many states alike every other action is compared.  Of levels, a payoff that is proved to be
concave in its owner's levels is at its best exactly where slopes point outwards.  Elsewhere the whole
range is compared, if the payoff is rational in one own level.  Where that cannot be settled the region
is only necessary, and the verdict says so; a better level refutes, and interval arithmetic bounds what
any deviation can gain, which proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import factorial, prod
from typing import Any

import sympy as sp

from deterrence import kernels
from deterrence.equilibria import checked_point
from deterrence.errors import ConceptError, GameError, NotPolynomial, PointError, UnknownName
from deterrence.games.continuous import ContinuousGame, Level
from deterrence.games.expressions import exact_expression
from deterrence.games.symmetric import SymmetricGame
from deterrence.polynomials import tidy
from deterrence.regions import Region, Verdict
from deterrence.solvers.best_reply import concave, deviation_gain
from deterrence.solvers.clock import Clock
from deterrence.solvers.level_conditions import better_elsewhere
from deterrence.solvers.verify import Deviation, Verification

__all__ = ["verify_form"]

Point = Mapping[sp.Symbol, sp.Rational]


def verify_form(game: Any, profile: Mapping[Any, Any], at: Mapping[Any, Any] | None) -> Verification:
    """Check a profile of a game without a tree; see `deterrence.verify`.

    Raises
    ------
    ConceptError
        If profiles of that form are not checked.
    GameError, UnknownName
        If the profile does not fit the game.
    """
    point = checked_point(game, at) if at is not None else None
    if isinstance(game, SymmetricGame):
        return _settled(game, list(_symmetric(game, profile)), point)
    if isinstance(game, ContinuousGame):
        return _levels(game, profile, point)
    raise ConceptError(
        subject="verify", wanted="a tree, a payoff table, a symmetric game or a game of levels",
        got=type(game).__name__, hint="compare with dt.solve(game).at(point)",
    )  # fmt: skip


def _settled(game: Any, deviations: list[Deviation], point: Point | None) -> Verification:
    """The verdict where every gain is known in closed form."""
    known = game.assumptions
    region = Region.everything(known)
    for d in deviations:
        region = region & Region(sp.Le(d.gain, 0, evaluate=False), known)
    if point is None:
        verdict = Region.everything(known).implies(region)
        left = tuple(d for d in deviations if not kernels.always(sp.Le(d.gain, 0, evaluate=False), _all(game)).proved)
        return Verification(verdict, region.simplify(), left)
    filled = [_filled(d, point) for d in deviations]
    better = tuple(d for d in filled if d.gain > 0)
    return Verification(_at(point, better), region.simplify(), better)


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


def _all(game: Any) -> Region:
    return Region.everything(game.assumptions)


# -- many states alike ------------------------------------------------------------------------------


def _symmetric(game: SymmetricGame, profile: Mapping[Any, Any]) -> Iterator[Deviation]:
    """What each other action would gain: against counts of players, or if all mix alike."""
    if not isinstance(game.players, int):
        raise ConceptError(subject="verify", wanted="one whole number of players", got=repr(game))
    groups = game.groups
    rows = {r: _numbers(game, profile[r] if game.with_roles else profile, r) for r in _roles(game, profile)}
    if all(sum(row.values()) == groups[r] for r, row in rows.items()):
        yield from _counted(game, rows)
    elif all(tidy(sum(row.values()) - 1) == 0 for row in rows.values()):
        yield from _mixed(game, rows)
    else:
        raise GameError(
            subject=f"{game.subject}, profile", wanted="numbers of players, or probabilities that sum to 1",
            got=str(dict(profile)), hint=f'{{"{game.actions[0]}": 1, ...}} for one player; fractions for a mixture',
        )  # fmt: skip


def _roles(game: SymmetricGame, profile: Mapping[Any, Any]) -> tuple[str, ...]:
    known = tuple(game.groups) if game.with_roles else game.actions
    for key in profile:
        if key not in known:
            what = "a role" if game.with_roles else "an action"
            raise UnknownName(subject=f"{game.subject}, profile", wanted=what, got=str(key), known=known)
    if game.with_roles and set(profile) != set(known):
        raise GameError(subject=f"{game.subject}, profile", wanted="every role", got=", ".join(map(str, profile)))
    return tuple(game.groups)


def _numbers(game: SymmetricGame, row: Mapping[Any, Any], role: str) -> dict[str, sp.Expr]:
    where = f"{game.subject}, profile{' of ' + role if role else ''}"
    for action in row:
        if action not in game.actions:
            raise UnknownName(subject=where, wanted="an action", got=str(action), known=game.actions)
    return {a: game.assumptions.expand(exact_expression(row.get(a, 0), where)) for a in game.actions}


def _counted(game: SymmetricGame, rows: Mapping[str, Mapping[str, sp.Expr]]) -> Iterator[Deviation]:
    state = {r: tuple(int(row[a]) for a in game.actions) for r, row in rows.items()}
    for role, row in rows.items():
        for own in (a for a in game.actions if row[a]):
            for other in (a for a in game.actions if a != own):
                moved = dict(zip(game.actions, state[role], strict=True))
                moved[own], moved[other] = moved[own] - 1, moved[other] + 1
                there = {**state, role: tuple(moved[a] for a in game.actions)}
                gain = tidy(game.worth(role, other, there) - game.worth(role, own, state))
                yield Deviation((role or "player", own), other, own, gain)


def _mixed(game: SymmetricGame, rows: Mapping[str, Mapping[str, sp.Expr]]) -> Iterator[Deviation]:
    """Everybody of a role mixes alike: what each action is worth beyond the mixture."""
    for role, row in rows.items():
        worth = {a: _expected(game, rows, role, a) for a in game.actions}
        present = sum((row[a] * worth[a] for a in game.actions), sp.S.Zero)
        for action in game.actions:
            yield Deviation((role or "player",), action, "the mixture", tidy(worth[action] - present))


def _expected(game: SymmetricGame, rows: Mapping[str, Mapping[str, sp.Expr]], role: str, action: str) -> sp.Expr:
    """What an action is worth when all others draw theirs."""
    total = sp.S.Zero
    for state in game.states():
        others = {r: dict(zip(game.actions, counts, strict=True)) for r, counts in state.items()}
        if not others[role][action]:
            continue
        others[role][action] -= 1
        chance = prod((_multinomial(counts, rows[r]) for r, counts in others.items()), start=sp.S.One)
        if chance != 0:
            total += chance * game.worth(role, action, state)
    return total


def _multinomial(counts: Mapping[str, int], row: Mapping[str, sp.Expr]) -> sp.Expr:
    ways = factorial(sum(counts.values())) // prod(factorial(k) for k in counts.values())
    return ways * sp.Mul(*(row[a] ** k for a, k in counts.items()))


# -- levels -----------------------------------------------------------------------------------------


def _levels(game: ContinuousGame, profile: Mapping[Any, Any], point: Point | None) -> Verification:
    values = _values(game, profile)
    region, open_ = _region(game, values)
    necessary = f"the region is only necessary: best replies of {', '.join(open_)} in the whole range are not settled"
    if point is None:
        verdict = _all(game).implies(region)
        if open_ and not verdict.refuted:
            verdict = Verdict.unknown(f"{necessary}; at=... checks them at a point")
        return Verification(verdict, region, ())
    numbers = {s: sp.sympify(v).subs(dict(point)) for s, v in values.items()}
    if not _inside(game, numbers, point):
        return Verification(Verdict.refutation(point, reason="a level lies outside its bounds"), region, ())
    better = tuple(_better(game, numbers, point))
    if better:
        return Verification(Verdict.refutation(point, reason=str(better[0])), region, better)
    if not region.contains(point):
        return Verification(Verdict.refutation(point, reason="another level in the range is better"), region, ())
    if not open_:
        return Verification(Verdict.proof("certified"), region, ())
    bound = max(deviation_gain(game, p, numbers, point).gain for p in open_)
    reason = f"{necessary}; no deviation gains more than {bound:.1e} (interval arithmetic)"
    return Verification(Verdict.unknown(reason), region, ())


def _region(game: ContinuousGame, values: Mapping[sp.Symbol, sp.Expr]) -> tuple[Region, list[str]]:
    """Where no other level is better, and the players of whom that is not settled: there it is only necessary."""
    try:
        region = _all(game) & Region(sp.And(*(_best(game, x, values) for x in game.levels)), game.assumptions)
    except NotPolynomial:
        return _all(game), list(game.players)
    clock, open_ = Clock(None), []
    for player in game.players:
        if concave(game, player).proved:
            continue
        better = better_elsewhere(game, player, values, clock)
        if better is None:
            open_.append(player)
        else:
            region = region & ~better
    return region.simplify(), open_


def _values(game: ContinuousGame, profile: Mapping[Any, Any]) -> dict[sp.Symbol, sp.Expr]:
    names = {x.symbol.name: x.symbol for x in game.levels}
    for key in profile:
        if str(key) not in names:
            raise UnknownName(subject=f"{game.subject}, profile", wanted="a level", got=str(key), known=names)
    missing = [n for n in names if n not in {str(k) for k in profile}]
    if missing:
        raise GameError(subject=f"{game.subject}, profile", wanted=f"every level: {', '.join(missing)} too", got="none")
    found = {names[str(k)]: exact_expression(v, f"{game.subject}, profile, {k}") for k, v in profile.items()}
    return {s: game.assumptions.expand(v) for s, v in found.items()}


def _best(game: ContinuousGame, x: Level, values: Mapping[sp.Symbol, sp.Expr]) -> Any:
    """The level is inside its bounds, and its slope points outwards."""
    value, slope = values[x.symbol], sp.together(game.slope(x.symbol).subs(dict(values)))
    at_low, at_high = (bound is not None and tidy(value - bound) == 0 for bound in (x.low, x.high))
    if at_low != at_high:
        return sp.And(sp.Le(slope, 0) if at_low else sp.Ge(slope, 0), *_within(x, value))
    cases = [sp.Eq(slope, 0), sp.And(sp.Eq(value, x.low), sp.Le(slope, 0))]
    if x.high is not None:
        cases.append(sp.And(sp.Eq(value, x.high), sp.Ge(slope, 0)))
    return sp.And(sp.Or(*cases), *_within(x, value))


def _within(x: Level, value: sp.Expr) -> list[Any]:
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
