"""What every check of a claim needs: equilibria by name, unions of regions, refutations confirmed.

A refutation counts only if the claim, as it was written, fails at the point by substitution.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

import sympy as sp

from deterrence.errors import UnknownName
from deterrence.games.continuous import ContinuousGame
from deterrence.games.symmetric import SymmetricGame
from deterrence.profile import ProfileEquilibrium
from deterrence.regions.alike import statement_holds
from deterrence.regions.region import Region
from deterrence.regions.verdict import Verdict
from deterrence.solvers.levels.pure_levels import nobody_mixes

__all__ = [
    "Check",
    "Context",
    "all_of",
    "as_region",
    "chosen",
    "complete",
    "confirmed",
    "differs",
    "inside",
    "members",
    "not_vacuous",
    "only_refuted_if",
    "resting_on",
    "settled",
    "together",
    "undefined",
    "union",
    "vanishes_not",
]

MIXED = "equilibria in which a player mixes between levels are not searched, and not shown to be none"


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


def as_region(condition: Any, assumptions: Any) -> Region:
    """A condition, or a region that was computed, over a game's parameters."""
    return condition if isinstance(condition, Region) else Region(condition, assumptions)


def complete(verdict: Verdict, equilibria: Any, named: Iterable[Any] | None = None) -> Verdict:
    """The verdict, unless equilibria (of the kind of those named) may be missing from the answer."""
    if verdict.undecided:
        return verdict
    if named is None and isinstance(equilibria.game, ContinuousGame) and not nobody_mixes(equilibria.game):
        return Verdict.unknown(MIXED, tried=("solver",))
    if equilibria.complete:
        return verdict
    if not equilibria.undecided and _listed(equilibria, named):
        return verdict
    if not equilibria.undecided:
        return Verdict.unknown("; ".join(n for n in equilibria.notes if "not complete" in n), tried=("solver",))
    return Verdict.unknown(f"the solver left {len(equilibria.undecided)} profiles undecided", tried=("solver",))


def _listed(answer: Any, named: Iterable[Any] | None) -> bool:
    """Whether a search that says "not complete" has found all equilibria of some kind nevertheless.

    Of levels: every solution of the first-order conditions is there, and only conditions may be wide (that
    nobody mixes has been asked before, where no kind is named).  Of many states alike: profiles in which
    those who mix do so alike are listed in full.
    """
    if isinstance(answer.game, ContinuousGame):
        return True
    if not isinstance(answer.game, SymmetricGame) or named is None:
        return False
    return all("mixing" in e.facts for e in named)


def settled(equilibrium: Any, named: Iterable[Any], answer: Any) -> bool:
    """Whether an equilibrium is known to exist wherever its condition holds.

    Of games of levels some records say only where local conditions hold, or where one of several roots
    is an equilibrium: `named` are the records that a claim takes together.
    """
    if not isinstance(equilibrium, ProfileEquilibrium):
        return True
    if equilibrium.how_known != "exact":
        return False
    chosen = list(named)
    everything = [*answer, *answer.knife_edges]
    return not equilibrium.evidence or all(
        any(e is c for c in chosen)
        for e in everything
        if isinstance(e, ProfileEquilibrium) and e.condition.formula == equilibrium.condition.formula
    )


def only_refuted_if(known: bool, verdict: Verdict) -> Verdict:
    """The verdict, where a refutation counts only if the equilibrium is known to exist at its point."""
    if known or not verdict.refuted:
        return verdict
    reason = "at the point found it is not settled whether the equilibrium exists: its condition is not exact"
    return Verdict.unknown(reason, tried=verdict.tried, seconds=verdict.seconds)


def not_vacuous(verdict: Verdict, *where: Region) -> Verdict:
    """The verdict, unless all regions of which the claim speaks are empty: then it says nothing."""
    if verdict.refuted:
        return verdict
    if all(region.is_empty().proved for region in where):
        return Verdict.unknown("vacuous: the claim speaks of no point", tried=verdict.tried, seconds=verdict.seconds)
    return verdict


def together(
    verdicts: Iterable[Verdict], answer: Any, equilibria: list[Any], on: Region, names: Iterable[str] = ()
) -> Verdict:
    """One verdict on several equilibria, unless they are nowhere where `on` holds or some may be missing."""
    verdict = not_vacuous(all_of(verdicts), *(eq.condition & on for eq in equilibria))
    return verdict if verdict.refuted else complete(verdict, answer, equilibria if tuple(names) else None)


def confirmed(verdict: Verdict, fails: Callable[[dict[sp.Symbol, Any]], bool | None], reason: str) -> Verdict:
    """A refutation only if the claim, as it was written, fails at the point."""
    point = verdict.counterexample
    if not verdict.refuted or point is None:
        return verdict
    if fails(point) is not True:
        return Verdict.unknown("the point found does not refute the claim as it was written", tried=verdict.tried)
    return Verdict.refutation(point, reason=reason, tried=verdict.tried, seconds=verdict.seconds)


def resting_on(verdict: Verdict, ground: Verdict) -> Verdict:
    """A proof together with what it rests on; any other verdict as it is."""
    return Verdict.all_of([verdict, ground]) if verdict.proved else verdict


def inside(region: Region, point: dict[sp.Symbol, Any]) -> bool | None:
    """Whether a point lies in the region; None for an irrational one and a region with quantifiers."""
    rational = all(sp.sympify(v).is_Rational for v in point.values())
    return region.contains(point) if rational or not region.pending else None


def vanishes_not(expression: sp.Expr, point: dict[sp.Symbol, Any]) -> bool | None:
    """Whether an expression differs from zero, or is not defined, at a point; None if SymPy cannot tell."""
    if undefined(expression, point):
        return True
    zero = _put(expression, point).equals(0)
    return None if zero is None else not zero


def undefined(expression: sp.Expr, point: dict[sp.Symbol, Any]) -> bool:
    """Whether an expression has no value at a point."""
    return bool(_put(expression, point).has(sp.zoo, sp.nan, sp.oo, -sp.oo))


def _put(expression: sp.Expr, point: dict[sp.Symbol, Any]) -> sp.Expr:
    return sp.sympify(expression).xreplace({s: sp.sympify(v) for s, v in point.items()})


def differs(
    found: Region, condition: Any, within: Region | None = None
) -> Callable[[dict[sp.Symbol, Any]], bool | None]:
    """Whether exactly one of a region and a condition (inside another region) holds at a point."""

    def test(point: dict[sp.Symbol, Any]) -> bool | None:
        claimed = (
            inside(condition, point)
            if isinstance(condition, Region)
            else statement_holds(condition, found.assumptions, point)
        )
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
