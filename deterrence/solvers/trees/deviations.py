"""Which deviations pay, and how much at least, whatever is believed where beliefs are free.

With numbers throughout, gains are linear in a free belief, and the beliefs that satisfy some
constraints are a polytope.  It is kept by points whose convex hull it is: cutting it by one more
constraint keeps the points that satisfy it and adds the points where the segments to the others
cross.  A constraint that would leave nothing is broken whatever is believed; its least gain, a
quotient of linear functions, is attained at one of the points that are left.

With symbols left, a deviation is named if the assumptions allow it to pay and no free belief rules it out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import sympy as sp

from deterrence.notebook import ShownInNotebooks
from deterrence.parameters import Assumptions
from deterrence.polynomials import tidy
from deterrence.quotients import oriented
from deterrence.regions import Region
from deterrence.solvers.trees.checking import Case, Constraint, Group, region_of
from deterrence.solvers.trees.play import Set

__all__ = ["Deviation", "deviations", "possible_deviations"]

SECONDS = 1.0  # for each question whether a symbolic gain can be positive
Point = dict[sp.Symbol, sp.Rational]


@dataclass(frozen=True)
class Deviation(ShownInNotebooks):
    """A change that pays: taking `action` instead of `instead` at an information set.

    ``gain`` is exact, in units of the player's payoff, given the player's belief.  Where that belief
    is free it is the least gain over all beliefs under which the constraints that are not listed
    hold.  In symbols, it is the gain as a function of parameters and of what is believed.

    It is what `action` pays more than the action `instead`, one that the profile takes with positive
    probability.  Where the profile mixes, the gain over the mixture is smaller: with `action` itself
    taken half of the time it is half of that.
    """

    information_set: Set
    action: str
    instead: str
    gain: sp.Expr

    def __str__(self) -> str:
        return f"{', '.join(self.information_set)}: {self.action} instead of {self.instead} gains {self.gain}"


def deviations(cases: Iterable[Case]) -> tuple[Deviation, ...] | None:
    """What pays under the most favourable beliefs, where all else is numbers; none if the profile is an equilibrium.

    Returns
    -------
    tuple of Deviation, or None
        None if symbols are left, or if gains are not linear in one free belief each.
    """
    found = []
    for case in cases:
        broken = _broken(case)
        if broken is None:
            return None
        found.append(broken)
    return min(found, key=lambda broken: (len(broken), sp.N(sum(d.gain for d in broken))))


def _broken(case: Case) -> tuple[Deviation, ...] | None:
    """What pays in one case."""
    hulls = {g: _simplex(g) for g in case.groups}
    late: list[tuple[Constraint, Group | None]] = []
    sides = [side for c in case.constraints for side in c.sides]
    for side in sorted(sides, key=lambda c: len(c.gain.free_symbols)):
        group = _group(side, case.groups)
        if group is _OPEN:
            return None
        if group is None:
            if side.gain != 0 and not side.gain.equals(0) and side.gain > 0:
                late.append((side, None))
            continue
        smaller = _cut(hulls[group], side)
        if _left(smaller, group):
            hulls[group] = smaller
        else:
            late.append((side, group))
    order = {id(side): k for k, side in enumerate(sides)}
    late.sort(key=lambda pair: order[id(pair[0])])
    rows = (_deviation(side, _least(side, hulls[g] if g else [{}])) for side, g in late)
    return tuple({(d.information_set, d.action, d.instead): d for d in rows}.values())


_OPEN = Group((), strict=False)  # stands for a gain that is not a number for each belief of one group


def _group(side: Constraint, groups: Iterable[Group]) -> Group | None:
    """The free belief that a gain is linear in; None for a number."""
    if not side.gain.free_symbols:
        return None if side.gain.is_Rational or side.gain.is_comparable else _OPEN
    for g in groups:
        if side.gain.free_symbols <= set(g.members):
            gain = sp.Poly(side.gain, *g.members)
            linear = gain.is_homogeneous and gain.total_degree() == 1
            return g if linear and all(c.is_Rational for c in gain.coeffs()) else _OPEN
    return _OPEN


def _simplex(group: Group) -> list[Point]:
    """The corners: certainty of one member."""
    return [{x: sp.Integer(int(x == corner)) for x in group.members} for corner in group.members]


def _cut(points: list[Point], side: Constraint) -> list[Point]:
    """Points whose hull is that of `points` where the gain is at most zero."""
    values = [(p, side.gain.xreplace(p)) for p in points]
    good = [(p, v) for p, v in values if v <= 0]
    crossings = [_between(p, v, q, w) for p, v in good if v < 0 for q, w in values if w > 0]
    return [p for p, _ in good] + [p for p in crossings if p not in points]


def _between(p: Point, below: sp.Rational, q: Point, above: sp.Rational) -> Point:
    """Where the segment from `p` to `q` crosses zero."""
    share = below / (below - above)
    return {x: p[x] + share * (q[x] - p[x]) for x in p}


def _left(points: list[Point], group: Group) -> bool:
    """Whether a belief is left, with all members positive where that is asked for."""
    return bool(points) and (not group.strict or all(any(p[x] > 0 for p in points) for x in group.members))


def _least(side: Constraint, points: list[Point]) -> sp.Expr:
    """The least gain over the hull of the points."""
    quotients = [(side.gain.xreplace(p), side.weight.xreplace(p)) for p in points]
    return min((tidy(gain / weight) for gain, weight in quotients if weight != 0), key=sp.N)


def _deviation(side: Constraint, gain: sp.Expr) -> Deviation:
    return Deviation(side.information_set, side.action, side.instead, gain)


# -- with symbols -----------------------------------------------------------------------------------


def possible_deviations(cases: Iterable[Case], known: Assumptions) -> tuple[Deviation, ...]:
    """What can pay somewhere under the assumptions, gains in symbols.

    What some belief always prevents is left out, unless nothing else is left: then two constraints
    that need different beliefs are at odds.
    """
    paying = [
        (case, side) for case in cases for c in case.constraints for side in c.sides if _can_pay(case, side, known)
    ]
    sure = [(case, side) for case, side in paying if not case.groups or not _preventable(case, side, known)]
    rows = [
        _deviation(side, oriented((side.gain / side.weight).xreplace(case.dependent), known))
        for case, side in sure or paying
    ]
    return tuple({(d.information_set, d.action, d.instead): d for d in reversed(rows)}.values())[::-1]


def _can_pay(case: Case, side: Constraint, known: Assumptions) -> bool:
    gain = sp.together(side.gain.xreplace(case.dependent))
    if gain.is_Rational:
        return bool(gain > 0)
    region = region_of(sp.Gt(gain, 0), case.scope(known))
    return not region.is_empty(seconds=SECONDS, certify=False).proved


def _preventable(case: Case, side: Constraint, known: Assumptions) -> bool:
    """Whether at every point of the parameters some belief makes the deviation useless."""
    if not side.gain.free_symbols & {x for g in case.groups for x in g.members}:
        return False
    one = replace(side, indifferent=False)
    return Region.everything(known).implies(case.region([one], known), seconds=SECONDS, certify=False).proved
