"""Claims about where equilibria exist, alone or together, and which a refinement removes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from deterrence.claims.asking import (
    Context,
    as_region,
    chosen,
    complete,
    confirmed,
    differs,
    inside,
    members,
    not_vacuous,
    only_refuted_if,
    settled,
    union,
)
from deterrence.regions.alike import alike, apart
from deterrence.regions.verdict import Verdict

__all__ = ["AlwaysExists", "ExistsIff", "NeverCoexist", "RefinementRemoves", "UniqueIff"]


@dataclass(frozen=True)
class ExistsIff:
    """An equilibrium of these names exists exactly where a condition holds (closures compared)."""

    names: tuple[str, ...]
    condition: Any
    concept: str | None = None
    beliefs: str = "free"

    def verdict(self, context: Context) -> Verdict:
        """Compare the union of the conditions with the claimed one."""
        known, answer = context.game.assumptions, context.solve(self.concept, self.beliefs)
        mine = members(answer, self.names)
        open_ = _open(mine, mine, answer)
        if open_ is not None:
            return open_
        found = union(mine, known)
        verdict = alike(found, as_region(self.condition, known))
        reason = f"{', '.join(self.names)} exists there or the condition holds, but not both"
        return complete(confirmed(verdict, differs(found, self.condition), reason), answer, mine)


@dataclass(frozen=True)
class UniqueIff:
    """Equilibria of these names exist, and no others do, exactly where a condition holds."""

    names: tuple[str, ...]
    condition: Any
    concept: str | None = None
    beliefs: str = "free"

    def verdict(self, context: Context) -> Verdict:
        """Compare the region without all other equilibria with the claimed one."""
        known, answer = context.game.assumptions, context.solve(self.concept, self.beliefs)
        mine = members(answer, self.names)
        others = [e for e in [*answer, *answer.knife_edges] if not any(e is m for m in mine)]
        open_ = _open([*mine, *others], [*mine, *others], answer)
        if open_ is not None:
            return open_
        found = union(mine, known)
        for other in others:
            found = found & ~other.condition
        verdict = alike(found, as_region(self.condition, known))
        reason = f"{', '.join(self.names)} is alone there or the condition holds, but not both"
        verdict = confirmed(verdict, differs(found, self.condition), reason)
        missed = verdict.counterexample is not None and inside(found, verdict.counterexample) is False
        return complete(verdict, answer, mine if verdict.refuted and missed else None)


@dataclass(frozen=True)
class NeverCoexist:
    """Two equilibria exist together at most on a common boundary."""

    first: str
    second: str
    concept: str | None = None
    beliefs: str = "free"

    def verdict(self, context: Context) -> Verdict:
        """Ask whether what their regions have in common is nowhere dense in either."""
        answer, known = context.solve(self.concept, self.beliefs), context.game.assumptions
        mine = [members(answer, [n]) for n in (self.first, self.second)]
        left, right = (union(group, known) for group in mine)
        verdict = apart(left, right)
        both = lambda point: inside(left, point) and inside(right, point)  # noqa: E731
        verdict = confirmed(verdict, both, f"{self.first} and {self.second} both exist there")
        for region in (left, right):
            verdict = not_vacuous(verdict, region)
        exact = all(settled(e, group, answer) for group in mine for e in group)
        return complete(only_refuted_if(exact, verdict), answer, [e for group in mine for e in group])


@dataclass(frozen=True)
class AlwaysExists:
    """At least one equilibrium (of these names, or any) exists wherever `on` holds."""

    names: tuple[str, ...] = ()
    on: Any = True
    concept: str | None = None
    beliefs: str = "free"

    def verdict(self, context: Context) -> Verdict:
        """Ask whether the conditions cover everything."""
        known, answer = context.game.assumptions, context.solve(self.concept, self.beliefs)
        candidates = chosen(answer, self.names)
        where, sure = as_region(self.on, known), [e for e in candidates if settled(e, candidates, answer)]
        verdict = where.implies(union(sure, known))
        if verdict.proved:
            return not_vacuous(verdict, where)
        if len(sure) < len(candidates) and not where.implies(union(candidates, known)).refuted:
            return Verdict.unknown("some conditions are not exact: they may be wider than where the equilibria exist")
        none = lambda point: all(inside(e.condition, point) is False for e in candidates)  # noqa: E731
        verdict = confirmed(verdict, none, "none of them exists there")
        return complete(verdict, answer, candidates if self.names else None)


@dataclass(frozen=True)
class RefinementRemoves:
    """A refinement removes equilibria of these names exactly where a condition holds (among where they exist).

    The refinement is another concept, a rule for beliefs, or a criterion of `deterrence.refine`.
    """

    names: tuple[str, ...]
    condition: Any
    concept: str | None = None
    beliefs: str = "free"
    base_concept: str | None = None
    base_beliefs: str = "free"
    criterion: str | None = None

    def verdict(self, context: Context) -> Verdict:
        """Compare what is lost between the two answers with the claimed region."""
        known, base = context.game.assumptions, context.solve(self.base_concept, self.base_beliefs)
        refined = self._refined(context, base)
        before = union(members(base, self.names), known)
        kept = [e for e in [*refined, *refined.knife_edges] if {e.name, e.title} & set(self.names)]
        lost = before & ~union(kept, known)
        verdict = alike(lost, before & as_region(self.condition, known))
        reason = "removed there or the condition holds, but not both"
        verdict = not_vacuous(confirmed(verdict, differs(lost, self.condition, before), reason), before)
        return complete(complete(verdict, base), refined)

    def _refined(self, context: Context, base: Any) -> Any:
        if self.criterion is None:
            return context.solve(self.concept, self.beliefs)
        from deterrence.refinements import refine

        return refine(base, self.criterion).survivors


def _open(equilibria: Iterable[Any], named: list[Any], answer: Any) -> Verdict | None:
    """Undecided, if the condition of one of the equilibria is not known to be exact."""
    for e in equilibria:
        if not settled(e, named, answer):
            why = e.evidence or f"known only as {e.how_known}"
            return Verdict.unknown(f"the condition of {e.title} is not exact: {why}")
    return None
