"""First-order conditions by active set (Karush 1939; Kuhn and Tucker 1951).

Every level is interior, at its lower or at its upper bound.  Interior levels have slope 0; at a
bound the slope points outwards.  Each assignment gives equations, solved for the levels, and
inequalities.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import sympy as sp

from deterrence.games.continuous import ContinuousGame, Level
from deterrence.solvers.levels.algebraic_points import AlgebraicPoint, points
from deterrence.solvers.levels.beyond_rational import is_rational
from deterrence.solvers.levels.closed_forms import closed_forms, vanishes_nowhere
from deterrence.solvers.levels.polynomial_systems import Branch, Continuum, branches

__all__ = ["Candidate", "Found", "Places", "assignments", "candidates"]

Places = Mapping[sp.Symbol, str]
Values = dict[sp.Symbol, sp.Expr]
MANY = "more solutions of the first-order conditions than can be told apart exactly"
CURVE = "a continuum of solutions of the first-order conditions that is no graph of rational functions"


@dataclass(frozen=True)
class Candidate:
    """One solution of the equations of one assignment.

    Attributes
    ----------
    places : mapping of level to "interior", "low" or "high"
    values : mapping of level to expression
        Levels that stay open stand for themselves; so do implicit ones.
    free : tuple of symbols
        Levels that the equations leave open.
    edges : tuple of expressions
        Slopes that no level enters: equations among the parameters.
    branch : Branch
        Where implicit levels and divisors come from.
    point : AlgebraicPoint or None
        The levels as exact numbers, if there are no parameters in them.
    """

    places: Places
    values: Values
    free: tuple[sp.Symbol, ...]
    edges: tuple[sp.Expr, ...] = ()
    branch: Branch = field(default_factory=Branch)
    point: AlgebraicPoint | None = None

    @property
    def shown(self) -> Values:
        """The levels, implicit ones as radicals where they have such a form."""
        return {s: sp.sympify(v).subs(self.branch.closed) for s, v in self.values.items()}


@dataclass(frozen=True)
class Found:
    """The solutions of an assignment, and in words why there may be others."""

    candidates: list[Candidate]
    why: str = ""


def assignments(levels: Sequence[Level]) -> Iterator[Places]:
    """Every assignment of levels to interior and bounds."""
    choices = [("interior", "low") + (("high",) if x.high is not None else ()) for x in levels]
    for chosen in itertools.product(*choices):
        yield dict(zip((x.symbol for x in levels), chosen, strict=True))


def candidates(game: ContinuousGame, levels: Sequence[Level], places: Places, *, numeric: bool = False) -> Found:
    """All solutions of the equations, as far as they can be found; as exact numbers in a game without parameters."""
    at_bound: Values = {}
    for x in levels:
        if places[x.symbol] != "interior":
            bound = x.low if places[x.symbol] == "low" else x.high
            at_bound[x.symbol] = sp.sympify(bound)
    unknown = [x.symbol for x in levels if places[x.symbol] == "interior"]
    equations = [game.slope(s).subs(at_bound) for s in unknown]
    if any(e.has(sp.zoo, sp.nan, sp.oo, -sp.oo) for e in equations):
        return Found([])
    edges = tuple(e for e in equations if e != 0 and not e.free_symbols & set(unknown))
    if any(e.is_number for e in edges):
        return Found([])
    live = [e for e in equations if e not in edges and e != 0]
    if not all(map(is_rational, live)):
        if any(vanishes_nowhere(game, e) for e in live):
            return Found([])
        solved, why = closed_forms(game, live, unknown)
        return Found([_placed(places, at_bound, unknown, Branch(v), edges) for v in solved], why)
    return _rational(places, at_bound, unknown, live, edges, numeric)


def _rational(
    places: Places,
    at_bound: Values,
    unknown: list[sp.Symbol],
    equations: list[sp.Expr],
    edges: tuple[sp.Expr, ...],
    numeric: bool,
) -> Found:
    """Solutions of rational equations at which no divisor vanishes."""
    parts = [sp.fraction(sp.together(e)) for e in equations]
    tops, bottoms = [num for num, _ in parts], [den for _, den in parts]
    exact = points(tops, unknown) if numeric and equations else None
    if exact is not None:
        kept = [p for p in exact if not any(map(p.vanishes, bottoms))]
        return Found([_at_point(places, at_bound, p) for p in kept])
    try:
        solved = branches(tops, unknown)
    except Continuum:
        return Found([], CURVE)
    kept_branches = [b for b in solved if not any(sp.cancel(d.subs(b.values)) == 0 for d in bottoms)]
    found = [_placed(places, at_bound, unknown, b, edges, tuple(bottoms)) for b in kept_branches]
    if numeric and any(set(c.branch.implicit) - set(c.branch.closed) for c in found):
        return Found([c for c in found if not c.branch.implicit], MANY)
    return Found(found)


def _at_point(places: Places, at_bound: Values, point: AlgebraicPoint) -> Candidate:
    whole = point.extended(at_bound)
    return Candidate(places, dict(whole.values), (), point=whole)


def _placed(
    places: Places,
    at_bound: Values,
    unknown: list[sp.Symbol],
    branch: Branch,
    edges: tuple[sp.Expr, ...],
    divisors: tuple[sp.Expr, ...] = (),
) -> Candidate:
    """A branch with the levels at bounds."""
    free = tuple(s for s in unknown if s not in branch.values)
    whole = {**at_bound, **{s: branch.values.get(s, s) for s in unknown}}
    kept = replace(branch, nonzero=(*branch.nonzero, *(d for d in divisors if not d.is_number)))
    numeric = not free and not branch.implicit and not edges
    numbers = {s: sp.sympify(v) for s, v in whole.items()}
    if numeric and all(v.is_Rational for v in numbers.values()):
        return Candidate(places, numbers, (), point=AlgebraicPoint(sp.S.Zero, None, numbers))
    return Candidate(places, whole, free, edges, kept)
