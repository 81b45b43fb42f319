"""What every check of a claim needs: equilibria by name, unions of regions, refutations confirmed.

A refutation counts only if the claim, as it was written, fails at the point by substitution.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

import sympy as sp

from deterrence.errors import UnknownName
from deterrence.regions.alike import statement_holds
from deterrence.regions.region import Region
from deterrence.regions.verdict import Verdict

__all__ = [
    "Check",
    "Context",
    "all_of",
    "chosen",
    "complete",
    "confirmed",
    "differs",
    "inside",
    "members",
    "not_vacuous",
    "union",
    "vanishes_not",
]


class Context(Protocol):
    """A model with its answers: `solve` may be called again and again."""

    @property
    def game(self) -> Any:
        """The game, with `.assumptions` and `.outcomes`."""

    def solve(self, concept: str | None = ..., beliefs: str = ...) -> Any:
        """The equilibria under a concept."""


class Check(Protocol):
    """What every kind of claim can do."""

    def verdict(self, context: Context) -> Verdict:
        """Proved, refuted with a point, or undecided."""


def members(equilibria: Any, names: Iterable[str]) -> list[Any]:
    """The equilibria of these names, knife-edges included.

    Raises
    ------
    UnknownName
        If a name fits none.
    """
    everything = [*equilibria, *equilibria.knife_edges]
    found = []
    for name in names:
        same = [e for e in everything if name in (e.name, e.title)]
        if not same:
            known = dict.fromkeys(e.name or e.title for e in everything)
            raise UnknownName(subject="claim", wanted="an equilibrium's name", got=name, known=known)
        found += same
    return found


def chosen(equilibria: Any, names: Iterable[str]) -> list[Any]:
    """The equilibria of these names, or all where none is named; knife-edges included."""
    names = tuple(names)
    return members(equilibria, names) if names else [*equilibria, *equilibria.knife_edges]


def union(equilibria: Iterable[Any], assumptions: Any) -> Region:
    """Where at least one of the equilibria exists."""
    region = Region.nothing(assumptions)
    for eq in equilibria:
        region = region | eq.condition
    return region


def complete(verdict: Verdict, equilibria: Any) -> Verdict:
    """The verdict, unless equilibria may be missing from the answer."""
    if equilibria.complete or verdict.undecided:
        return verdict
    return Verdict.unknown(f"the solver left {len(equilibria.undecided)} profiles undecided", tried=("solver",))


def not_vacuous(verdict: Verdict, *where: Region) -> Verdict:
    """The verdict, unless all regions of which the claim speaks are empty: then it says nothing."""
    if verdict.refuted:
        return verdict
    if all(region.is_empty().proved for region in where):
        return Verdict.unknown("vacuous: the claim speaks of no point", tried=verdict.tried, seconds=verdict.seconds)
    return verdict


def confirmed(verdict: Verdict, fails: Callable[[dict[sp.Symbol, Any]], bool | None], reason: str) -> Verdict:
    """A refutation only if the claim, as it was written, fails at the point."""
    point = verdict.counterexample
    if not verdict.refuted or point is None:
        return verdict
    if fails(point) is not True:
        return Verdict.unknown("the point found does not refute the claim as it was written", tried=verdict.tried)
    return Verdict.refutation(point, reason=reason, tried=verdict.tried, seconds=verdict.seconds)


def inside(region: Region, point: dict[sp.Symbol, Any]) -> bool | None:
    """Whether a point lies in the region; None for an irrational one and a region with quantifiers."""
    rational = all(sp.sympify(v).is_Rational for v in point.values())
    return region.contains(point) if rational or not region.pending else None


def vanishes_not(expression: sp.Expr, point: dict[sp.Symbol, Any]) -> bool | None:
    """Whether an expression differs from zero, or is not defined, at a point; None if SymPy cannot tell."""
    value = sp.sympify(expression).xreplace({s: sp.sympify(v) for s, v in point.items()})
    if value.has(sp.zoo, sp.nan, sp.oo, -sp.oo):
        return True
    zero = value.equals(0)
    return None if zero is None else not zero


def differs(
    found: Region, condition: Any, within: Region | None = None
) -> Callable[[dict[sp.Symbol, Any]], bool | None]:
    """Whether exactly one of a region and a condition (inside another region) holds at a point."""

    def test(point: dict[sp.Symbol, Any]) -> bool | None:
        claimed = statement_holds(condition, found.assumptions, point)
        if claimed and within is not None:
            claimed = inside(within, point)
        there = inside(found, point)
        return None if claimed is None or there is None else there != claimed

    return test


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """All of them, stopping at the first refutation."""
    seen = []
    for verdict in verdicts:
        seen.append(verdict)
        if verdict.refuted:
            break
    return Verdict.all_of(seen)
