"""Claims made wrong on purpose: a check that cannot fail is a defect.

`corrupt` varies the formula of a claim - an inequality turned round, one symbol replaced by its
neighbour, in all places or in one; where there is no formula, a name or an outcome - and `audit`
demands that every variant that means something else is refuted with a verified point.  Variants
that mean the same are listed with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp
from sympy.core.relational import Relational

from deterrence.claims.amounts import InEquilibrium, Quantity
from deterrence.claims.asking import Context, members
from deterrence.claims.existence import AlwaysExists, NeverCoexist
from deterrence.claims.known_types import WhenTypesKnown
from deterrence.claims.outcomes import NeverOccurs, OutcomeProbability, SignOf
from deterrence.claims.parameters import Threshold
from deterrence.claims.records import Claim
from deterrence.parameters import Assumptions
from deterrence.polynomials import tidy
from deterrence.regions.alike import alike
from deterrence.regions.region import Region
from deterrence.regions.verdict import Verdict

__all__ = ["Audit", "Corruption", "audit", "corrupt"]

_FORMULA = ("condition", "equals", "expression")  # of a Threshold the closed form, not what it is compared with


@dataclass(frozen=True)
class Corruption:
    """A variant of a claim, and what was changed."""

    claim: Claim
    change: str


@dataclass(frozen=True)
class Audit:
    """What became of one corruption.

    Attributes
    ----------
    outcome : {"refuted", "same meaning", "escaped"}
        "escaped" is a defect: a change of meaning that the check did not refute.
    reason : str
    """

    corruption: Corruption
    outcome: str
    verdict: Verdict
    reason: str

    def __str__(self) -> str:
        return f"{self.outcome}: {self.corruption.claim.statement} - {self.corruption.change} ({self.reason})"


def corrupt(claim: Claim, assumptions: Assumptions, outcomes: tuple[str, ...] = ()) -> tuple[Corruption, ...]:
    """Vary the formula of a claim, or what it names; empty for a claim that names nothing.

    Parameters
    ----------
    claim : Claim
        One that is expected to be proved.
    assumptions : Assumptions
        Of the game: neighbours are taken from the order in which symbols were declared.
    outcomes : tuple of str
        Of the game: what stands in for the outcome of a claim about complete information.
    """
    check: Any = claim.check
    renamed = tuple(_renamed(check, outcomes))
    if renamed:
        return tuple(Corruption(replace(claim, check=new), change) for new, change in renamed)
    field = next((f for f in _FORMULA if hasattr(check, f)), None)
    if field is None:
        return ()
    original = sp.sympify(getattr(check, field))
    variants: dict[Any, str] = {}
    for new, change in _variants(original, assumptions):
        if new not in (None, original):
            variants.setdefault(new, change)
    return tuple(
        Corruption(replace(claim, check=replace(check, **{field: new})), change) for new, change in variants.items()
    )


def _renamed(check: Any, outcomes: tuple[str, ...]) -> Iterator[tuple[Any, str]]:
    """A direction, a name or an outcome exchanged, for the kinds that hold no formula."""
    if isinstance(check, SignOf):
        for d in _opposite(check.direction):
            yield replace(check, direction=d), f"{d} instead of {check.direction}"
    elif isinstance(check, NeverCoexist):
        yield replace(check, second=check.first), f"{check.first} with itself"
    elif isinstance(check, AlwaysExists) and check.names:
        for name in check.names if len(check.names) > 1 else ():
            yield replace(check, names=tuple(n for n in check.names if n != name)), f"{name} left out"
    elif isinstance(check, NeverOccurs) and check.names:
        certain = OutcomeProbability(check.names, check.outcome, 1, check.on, check.concept, check.beliefs)
        yield certain, f"{check.outcome} for certain instead of never"
    elif isinstance(check, WhenTypesKnown):
        for other in outcomes:
            if other != check.outcome and check.only:
                yield replace(check, outcome=other), f"{other} instead of {check.outcome}"


def _opposite(direction: str) -> tuple[str, ...]:
    if direction == "constant":
        return "increasing", "decreasing"
    return ("decreasing" if "increasing" in direction else "increasing"), "constant"


def _variants(formula: Any, assumptions: Assumptions) -> Iterator[tuple[Any, str]]:
    """Everything that can be changed in one step."""
    if formula in (sp.true, sp.false):
        yield sp.Not(formula), f"{sp.Not(formula)} instead of {formula}"
    elif formula.is_Number:
        yield 1 - formula, f"{1 - formula} instead of {formula}"
    for atom in sorted(formula.atoms(Relational), key=str):
        yield _usable(formula.xreplace({atom: _turned(atom)})), f"{atom} turned round"
    for symbol in sorted(formula.free_symbols, key=str):
        for other in _neighbours(symbol, assumptions):
            yield _usable(formula.xreplace({symbol: other})), f"{other} for {symbol}"
            for number, place in enumerate(_occurrences(formula, symbol), 1):
                yield _usable(_put(formula, place, other)), f"{other} for {symbol} in place {number}"


def _turned(atom: Any) -> Any:
    kinds = {">": sp.Lt, ">=": sp.Le, "<": sp.Gt, "<=": sp.Ge, "==": sp.Ne, "!=": sp.Eq}
    return kinds[atom.rel_op](atom.lhs, atom.rhs)


def _usable(formula: Any) -> Any:
    """The formula, or None where the change divides by zero."""
    return None if formula.has(sp.zoo, sp.nan, sp.oo) else formula


def _neighbours(symbol: sp.Symbol, assumptions: Assumptions) -> list[sp.Symbol]:
    """The symbols declared just before and after it that are of the same kind."""
    if symbol not in assumptions:
        return []
    kind = assumptions[symbol].kind
    alike_ = [p.symbol for p in assumptions.parameters if p.kind == kind]
    place = alike_.index(assumptions.resolve(symbol))
    return [s for k, s in enumerate(alike_) if abs(k - place) == 1]


def _occurrences(formula: Any, symbol: sp.Symbol) -> list[tuple[int, ...]]:
    """Every place of a symbol in the expression tree."""
    if formula == symbol:
        return [()]
    return [(k, *rest) for k, arg in enumerate(formula.args) for rest in _occurrences(arg, symbol)]


def _put(formula: Any, place: tuple[int, ...], value: sp.Expr) -> Any:
    """The formula with another expression at one place of its tree."""
    if not place:
        return value
    args = list(formula.args)
    args[place[0]] = _put(args[place[0]], place[1:], value)
    return formula.func(*args)


# -- the audit ---------------------------------------------------------------------------------


def audit(context: Context, claims: Iterable[Claim]) -> tuple[Audit, ...]:
    """Check every corruption of every claim that is expected to be proved."""
    known = context.game.assumptions
    outcomes = tuple(context.game.outcomes) if hasattr(context.game, "outcomes") else ()
    return tuple(
        _audited(context, c, variant)
        for c in claims
        if c.expected == "proved"
        for variant in corrupt(c, known, outcomes)
    )


def _audited(context: Context, original: Claim, variant: Corruption) -> Audit:
    verdict = variant.claim.check.verdict(context)
    if verdict.refuted and verdict.counterexample is not None:
        return Audit(variant, "refuted", verdict, verdict.reason)
    same = _same_meaning(context, original.check, variant.claim.check)
    if same:
        return Audit(variant, "same meaning", verdict, same)
    return Audit(variant, "escaped", verdict, str(verdict))


def _same_meaning(context: Context, before: Any, after: Any) -> str:
    """Why two checks of one kind mean the same; empty if that is not shown."""
    known = context.game.assumptions
    if isinstance(before, OutcomeProbability | Quantity | Threshold):
        old, new = (c.equals if isinstance(c, Threshold) else c.expression for c in (before, after))
        difference = tidy(known.expand(sp.sympify(old) - sp.sympify(new)))
        if difference == 0:
            return "the two expressions are identical"
        where = [Region(before.on, known)]
        if isinstance(before, OutcomeProbability | Quantity):
            eqs = members(context.solve(before.concept, before.beliefs), before.names)
            where = [eq.condition & where[0] for eq in eqs]
        apart = [(r & Region(sp.Ne(difference, 0), known)).is_empty() for r in where]
        return "the two expressions agree wherever the claim speaks" if Verdict.all_of(apart).proved else ""
    if isinstance(before, InEquilibrium):
        return "holds as well in every equilibrium that the claim speaks of" if after.verdict(context).proved else ""
    if hasattr(before, "condition"):
        limits = Region(getattr(before, "on", True), known)
        if alike(limits & Region(before.condition, known), limits & Region(after.condition, known)).proved:
            return "the same region under the assumptions, up to its boundary"
    return ""
