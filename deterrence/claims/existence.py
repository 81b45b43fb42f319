"""Claims about where equilibria exist, alone or together, and which a refinement removes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from deterrence.claims.asking import Context, chosen, complete, confirmed, differs, inside, members, not_vacuous, union
from deterrence.regions.alike import alike, apart
from deterrence.regions.region import Region
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
        found = union(members(answer, self.names), known)
        verdict = alike(found, Region(self.condition, known))
        reason = f"{', '.join(self.names)} exists there or the condition holds, but not both"
        return complete(confirmed(verdict, differs(found, self.condition), reason), answer)


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
        found = union(mine, known)
        for other in others:
            found = found & ~other.condition
        verdict = alike(found, Region(self.condition, known))
        reason = f"{', '.join(self.names)} is alone there or the condition holds, but not both"
        return complete(confirmed(verdict, differs(found, self.condition), reason), answer)


@dataclass(frozen=True)
class NeverCoexist:
    """Two equilibria exist together at most on a boundary, as `deterrence.regions.alike.apart` says it."""

    first: str
    second: str
    concept: str | None = None
    beliefs: str = "free"

    def verdict(self, context: Context) -> Verdict:
        """Ask whether what their regions have in common is nowhere dense in either."""
        answer, known = context.solve(self.concept, self.beliefs), context.game.assumptions
        left, right = (union(members(answer, [n]), known) for n in (self.first, self.second))
        verdict = apart(left, right)
        both = lambda point: inside(left, point) and inside(right, point)  # noqa: E731
        verdict = confirmed(verdict, both, f"{self.first} and {self.second} both exist there")
        for region in (left, right):
            verdict = not_vacuous(verdict, region)
        return complete(verdict, answer)


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
        where = Region(self.on, known)
        verdict = where.implies(union(candidates, known))
        none = lambda point: all(inside(e.condition, point) is False for e in candidates)  # noqa: E731
        verdict = not_vacuous(confirmed(verdict, none, "none of them exists there"), where)
        return verdict if verdict.proved else complete(verdict, answer)


@dataclass(frozen=True)
class RefinementRemoves:
    """A refinement removes equilibria of these names exactly where a condition holds (among where they exist)."""

    names: tuple[str, ...]
    condition: Any
    concept: str | None = None
    beliefs: str = "free"
    base_concept: str | None = None
    base_beliefs: str = "free"

    def verdict(self, context: Context) -> Verdict:
        """Compare what is lost between the two answers with the claimed region."""
        known = context.game.assumptions
        base, refined = context.solve(self.base_concept, self.base_beliefs), context.solve(self.concept, self.beliefs)
        before = union(members(base, self.names), known)
        kept = [e for e in [*refined, *refined.knife_edges] if {e.name, e.title} & set(self.names)]
        lost = before & ~union(kept, known)
        verdict = alike(lost, before & Region(self.condition, known))
        reason = "removed there or the condition holds, but not both"
        verdict = not_vacuous(confirmed(verdict, differs(lost, self.condition, before), reason), before)
        return complete(complete(verdict, base), refined)
