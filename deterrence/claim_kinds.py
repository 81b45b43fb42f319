"""The kinds of claims: each knows how to check itself against a solved model.

A kind is a frozen record of what is claimed, in terms of equilibrium names, outcomes and SymPy
conditions; its `verdict` asks exact questions about regions.  Refutations carry a point at which
the claim, as it was written, was seen to fail by substitution.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import sympy as sp

from deterrence.errors import UnknownName
from deterrence.polynomials import tidy
from deterrence.regions.alike import alike, apart, statement_holds
from deterrence.regions.region import Region
from deterrence.regions.verdict import Verdict
from deterrence.statics import derivative

__all__ = [
    "AlwaysExists",
    "Check",
    "Context",
    "ExistsIff",
    "Holds",
    "NeverCoexist",
    "NeverOccurs",
    "OutcomeProbability",
    "RefinementRemoves",
    "SignOf",
    "Threshold",
    "UniqueIff",
]

PBE = "perfect bayesian"


class Context(Protocol):
    """A model with its answers: `solve` may be called again and again."""

    @property
    def game(self) -> Any:
        """The game, with `.assumptions` and `.outcomes`."""

    def solve(self, concept: str = ..., beliefs: str = ...) -> Any:
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


def confirmed(verdict: Verdict, fails: Callable[[dict[sp.Symbol, Any]], bool | None], reason: str) -> Verdict:
    """A refutation only if the claim, as it was written, fails at the point."""
    point = verdict.counterexample
    if not verdict.refuted or point is None:
        return verdict
    if fails(point) is not True:
        return Verdict.unknown("the point found does not refute the claim as it was written", tried=verdict.tried)
    return Verdict.refutation(point, reason=reason, tried=verdict.tried, seconds=verdict.seconds)


def inside(region: Region, point: dict[sp.Symbol, Any]) -> bool | None:
    """Whether a rational point lies in the region; None for an irrational one."""
    return region.contains(point) if all(sp.sympify(v).is_Rational for v in point.values()) else None


def _differs(
    found: Region, condition: Any, within: Region | None = None
) -> Callable[[dict[sp.Symbol, Any]], bool | None]:
    """Whether exactly one of a region and a condition (inside another region) holds at a point."""

    def test(point: dict[sp.Symbol, Any]) -> bool | None:
        claimed = statement_holds(condition, found.assumptions, point)
        if claimed and within is not None:
            claimed = inside(within, point)
        there = inside(found, point)
        if claimed is None or there is None:
            return there is None  # an irrational point was verified where it was found
        return there != claimed

    return test


def _all(verdicts: Iterable[Verdict]) -> Verdict:
    """All of them, stopping at the first refutation."""
    seen = []
    for verdict in verdicts:
        seen.append(verdict)
        if verdict.refuted:
            break
    return Verdict.all_of(seen)


@dataclass(frozen=True)
class ExistsIff:
    """An equilibrium of these names exists exactly where a condition holds (closures compared)."""

    names: tuple[str, ...]
    condition: Any
    concept: str = PBE
    beliefs: str = "free"

    def verdict(self, context: Context) -> Verdict:
        """Compare the union of the conditions with the claimed one."""
        known, answer = context.game.assumptions, context.solve(self.concept, self.beliefs)
        found = union(members(answer, self.names), known)
        verdict = alike(found, Region(self.condition, known))
        reason = f"{', '.join(self.names)} exists there or the condition holds, but not both"
        return complete(confirmed(verdict, _differs(found, self.condition), reason), answer)


@dataclass(frozen=True)
class UniqueIff:
    """Equilibria of these names exist, and no others do, exactly where a condition holds."""

    names: tuple[str, ...]
    condition: Any
    concept: str = PBE
    beliefs: str = "free"

    def verdict(self, context: Context) -> Verdict:
        """Compare the region without all other equilibria with the claimed one."""
        known, answer = context.game.assumptions, context.solve(self.concept, self.beliefs)
        mine = members(answer, self.names)
        others = [e for e in answer if not any(e is m for m in mine)]
        found = union(mine, known)
        for other in others:
            found = found & ~other.condition
        verdict = alike(found, Region(self.condition, known))
        reason = f"{', '.join(self.names)} is alone there or the condition holds, but not both"
        return complete(confirmed(verdict, _differs(found, self.condition), reason), answer)


@dataclass(frozen=True)
class NeverCoexist:
    """Two equilibria exist together at most on a common boundary."""

    first: str
    second: str
    concept: str = PBE
    beliefs: str = "free"

    def verdict(self, context: Context) -> Verdict:
        """Ask whether their regions share an open set."""
        answer, known = context.solve(self.concept, self.beliefs), context.game.assumptions
        left, right = (union(members(answer, [n]), known) for n in (self.first, self.second))
        verdict = apart(left, right)
        both = lambda point: inside(left, point) is not False and inside(right, point) is not False  # noqa: E731
        return complete(confirmed(verdict, both, f"{self.first} and {self.second} both exist there"), answer)


@dataclass(frozen=True)
class AlwaysExists:
    """At least one equilibrium (of these names, or any) exists wherever `on` holds."""

    names: tuple[str, ...] = ()
    on: Any = True
    concept: str = PBE
    beliefs: str = "free"

    def verdict(self, context: Context) -> Verdict:
        """Ask whether the conditions cover everything."""
        known, answer = context.game.assumptions, context.solve(self.concept, self.beliefs)
        chosen = members(answer, self.names) if self.names else [*answer, *answer.knife_edges]
        verdict = Region(self.on, known).implies(union(chosen, known))
        none = lambda point: not any(inside(e.condition, point) for e in chosen)  # noqa: E731
        verdict = confirmed(verdict, none, "none of them exists there")
        return verdict if verdict.proved else complete(verdict, answer)


@dataclass(frozen=True)
class OutcomeProbability:
    """In equilibria of these names an outcome has a given probability."""

    names: tuple[str, ...]
    outcome: str
    expression: Any
    on: Any = True
    concept: str = PBE
    beliefs: str = "free"

    def verdict(self, context: Context) -> Verdict:
        """Ask, for each equilibrium, whether the difference vanishes throughout its region."""
        answer = context.solve(self.concept, self.beliefs)
        return _all(self._one(context, eq) for eq in members(answer, self.names))

    def _one(self, context: Context, eq: Any) -> Verdict:
        known = context.game.assumptions
        difference = tidy(known.expand(_probability(eq, self.outcome) - sp.sympify(self.expression)))
        if difference == 0:
            return Verdict.proof("certified", reason="the two expressions are identical")
        region = _where(eq, difference) & Region(self.on, known)
        verdict = (region & Region(sp.Ne(difference, 0), region.assumptions)).is_empty()
        fails = lambda point: difference.subs(point) != 0  # noqa: E731
        return confirmed(verdict, fails, f"P({self.outcome}) differs by {difference} in {eq.title}")


@dataclass(frozen=True)
class NeverOccurs:
    """An outcome has probability zero in equilibria of these names (or all), wherever `on` holds."""

    outcome: str
    names: tuple[str, ...] = ()
    on: Any = True
    concept: str = PBE
    beliefs: str = "free"

    def verdict(self, context: Context) -> Verdict:
        """Ask for each equilibrium whether the outcome can have positive probability."""
        known, answer = context.game.assumptions, context.solve(self.concept, self.beliefs)
        chosen = members(answer, self.names) if self.names else [*answer, *answer.knife_edges]
        verdict = _all(
            OutcomeProbability((eq.title,), self.outcome, 0, self.on, self.concept, self.beliefs)._one(context, eq)
            for eq in chosen
        )
        if not chosen:
            verdict = Region(self.on, known).is_empty()
        return verdict if verdict.refuted else complete(verdict, answer)


@dataclass(frozen=True)
class Threshold:
    """A named expression has a given closed form wherever `on` holds."""

    expression: Any
    equals: Any
    on: Any = True

    def verdict(self, context: Context) -> Verdict:
        """Ask whether the two expressions agree throughout."""
        known = context.game.assumptions
        left, right = (known.expand(_expression(e, known)) for e in (self.expression, self.equals))
        verdict = Region(self.on, known).implies(Region(sp.Eq(left - right, 0, evaluate=False), known))
        fails = lambda point: sp.simplify((left - right).subs(point)) != 0  # noqa: E731
        return confirmed(verdict, fails, f"{self.expression} is not {self.equals} there")


@dataclass(frozen=True)
class SignOf:
    """The probability of an outcome moves in one direction with a parameter, within equilibria."""

    outcome: str
    wrt: Any
    direction: str
    names: tuple[str, ...]
    on: Any = True
    concept: str = PBE
    beliefs: str = "free"

    def verdict(self, context: Context) -> Verdict:
        """Ask whether the derivative has another sign anywhere in the region."""
        answer = context.solve(self.concept, self.beliefs)
        return _all(self._one(context, eq) for eq in members(answer, self.names))

    def _one(self, context: Context, eq: Any) -> Verdict:
        known = context.game.assumptions
        slope = derivative(_probability(eq, self.outcome), known.resolve(self.wrt), known)
        region = _where(eq, slope) & Region(self.on, known)
        if region.is_empty().proved:
            return Verdict.unknown(f"vacuous: {eq.title} exists nowhere in the region of the claim")
        wrong = _WRONG[self.direction](slope, 0)
        verdict = (region & Region(wrong, region.assumptions)).is_empty()
        fails = lambda point: bool(wrong.subs(point))  # noqa: E731
        return confirmed(verdict, fails, f"the derivative {slope} of P({self.outcome}) has another sign there")


_WRONG: dict[str, Any] = {
    "increasing": sp.Le,
    "decreasing": sp.Ge,
    "weakly increasing": sp.Lt,
    "weakly decreasing": sp.Gt,
    "constant": sp.Ne,
}


@dataclass(frozen=True)
class RefinementRemoves:
    """A refinement removes equilibria of these names exactly where a condition holds (among where they exist)."""

    names: tuple[str, ...]
    condition: Any
    concept: str = PBE
    beliefs: str = "free"
    base_concept: str = PBE
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
        return complete(complete(confirmed(verdict, _differs(lost, self.condition, before), reason), base), refined)


@dataclass(frozen=True)
class Holds:
    """A relation between parameters holds wherever `on` does."""

    condition: Any
    on: Any = True

    def verdict(self, context: Context) -> Verdict:
        """Ask whether it can fail."""
        known = context.game.assumptions
        verdict = Region(self.on, known).implies(Region(self.condition, known))
        fails = lambda point: statement_holds(self.condition, known, point) is False  # noqa: E731
        return confirmed(verdict, fails, f"{self.condition} fails there")


def _probability(eq: Any, outcome: str) -> sp.Expr:
    if outcome not in eq.outcomes:
        raise UnknownName(
            subject=f"Equilibrium {eq.title}", wanted="an outcome of the game", got=outcome, known=eq.outcomes
        )
    return sp.sympify(eq.outcomes[outcome])


def _where(eq: Any, expression: sp.Expr) -> Region:
    """The equilibrium's region, with its free probabilities if the expression depends on them."""
    declared = set(eq.condition.assumptions.symbols)
    return eq.condition if expression.free_symbols <= declared else eq.system


def _expression(given: Any, known: Any) -> sp.Expr:
    """An expression, or the parameter or definition of that name."""
    return known.resolve(given) if isinstance(given, str) else sp.sympify(given)
