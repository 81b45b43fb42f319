"""Claims made wrong on purpose: a check that cannot fail is a defect.

`corrupt` varies the formula of a claim - an inequality turned round, one symbol replaced by its
neighbour, in all places or in one, a number or a threshold off by one - and where it is said to hold,
and of what: another name, another outcome, no limit.  `audit` demands that every variant that means
something else is refuted with a verified point.  Variants that mean the same are listed with the
reason, and so are those that speak of other points, names or outcomes and happen to be true as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp
from sympy.core.relational import Relational

from deterrence.claims.amounts import InEquilibrium, Quantity
from deterrence.claims.asking import Context, chosen
from deterrence.claims.existence import AlwaysExists, NeverCoexist
from deterrence.claims.known_types import WhenTypesKnown
from deterrence.claims.outcomes import NeverOccurs, OutcomeProbability, SignOf
from deterrence.claims.parameters import Threshold
from deterrence.claims.peace import ShareOfPeace
from deterrence.claims.records import Claim
from deterrence.errors import UnknownName
from deterrence.parameters import Assumptions
from deterrence.polynomials import tidy
from deterrence.regions.alike import alike
from deterrence.regions.region import Region
from deterrence.regions.verdict import Verdict

__all__ = ["Audit", "Corruption", "audit", "corrupt", "why_none"]

_FORMULA = ("condition", "equals", "expression")  # of a Threshold the closed form, not what it is compared with


@dataclass(frozen=True)
class Corruption:
    """A variant of a claim, and what was changed.

    Attributes
    ----------
    claim : Claim
    change : str
    elsewhere : bool
        Whether it speaks of other points, names or outcomes, so that both may be true.
    """

    claim: Claim
    change: str
    elsewhere: bool = False


@dataclass(frozen=True)
class Audit:
    """What became of one corruption.

    Attributes
    ----------
    outcome : {"refuted", "same meaning", "also true", "escaped"}
        "escaped" is a defect: a change of meaning that the check did not refute.
    reason : str
    """

    corruption: Corruption
    outcome: str
    verdict: Verdict
    reason: str

    def __str__(self) -> str:
        return f"{self.outcome}: {self.corruption.claim.statement} - {self.corruption.change} ({self.reason})"


def corrupt(
    claim: Claim, assumptions: Assumptions, outcomes: tuple[str, ...] = (), names: tuple[str, ...] = ()
) -> tuple[Corruption, ...]:
    """Vary the formula of a claim, what it names, and where it is said to hold.

    Parameters
    ----------
    claim : Claim
        One that is expected to be proved.
    assumptions : Assumptions
        Of the game: neighbours are taken from the order in which symbols were declared.
    outcomes, names : tuple of str
        Of the game: what stands in for the outcomes and the equilibria that the claim names.

    Returns
    -------
    tuple of Corruption
        Empty only for a claim that names nothing; `why_none` says why.
    """
    check: Any = claim.check
    inside = {**dict(_renamed(check, outcomes)), **_formulas(check, assumptions)}
    beyond = {new: change for new, change in _elsewhere(check, outcomes, names) if new not in inside and new != check}
    return tuple(
        Corruption(replace(claim, check=new), change, elsewhere)
        for group, elsewhere in ((inside, False), (beyond, True))
        for new, change in group.items()
    )


def why_none(claim: Claim) -> str:
    """Why a claim has no corruption: empty if it should have one."""
    check: Any = claim.check
    everywhere = getattr(check, "on", True) in (True, sp.true)
    if isinstance(check, AlwaysExists) and everywhere and not check.names:
        return "it says of all equilibria, at all points, that there is one: nothing in it can be exchanged"
    return ""


def _formulas(check: Any, assumptions: Assumptions) -> dict[Any, str]:
    """The check with another formula."""
    field = next((f for f in _FORMULA if hasattr(check, f)), None)
    if field is None:
        return {}
    original = sp.sympify(getattr(check, field))
    variants: dict[Any, str] = {}
    for new, change in _variants(original, assumptions):
        if new not in (None, original):
            variants.setdefault(replace(check, **{field: new}), change)
    return variants


def _renamed(check: Any, outcomes: tuple[str, ...]) -> Iterator[tuple[Any, str]]:
    """A direction, a name or an outcome exchanged, so that the check cannot stay true."""
    if isinstance(check, SignOf):
        for d in _opposite(check.direction):
            yield replace(check, direction=d), f"{d} instead of {check.direction}"
    elif isinstance(check, NeverCoexist):
        yield replace(check, second=check.first), f"{check.first} with itself"
    elif isinstance(check, AlwaysExists) and check.names:
        for name in check.names if len(check.names) > 1 else ():
            yield replace(check, names=tuple(n for n in check.names if n != name)), f"{name} left out"
    elif isinstance(check, NeverOccurs):
        certain = OutcomeProbability(check.names, check.outcome, 1, check.on, check.concept, check.beliefs)
        yield certain, f"{check.outcome} for certain instead of never"
    elif isinstance(check, OutcomeProbability):
        yield replace(check, expression=1 - sp.sympify(check.expression)), "the probability of the contrary"
    elif isinstance(check, WhenTypesKnown):
        for other in outcomes:
            if other != check.outcome and check.only:
                yield replace(check, outcome=other), f"{other} instead of {check.outcome}"


def _elsewhere(check: Any, outcomes: tuple[str, ...], names: tuple[str, ...]) -> Iterator[tuple[Any, str]]:
    """Without its limit or beyond it, of another equilibrium, of another outcome."""
    on = sp.sympify(getattr(check, "on", True))
    if on != sp.true:
        yield replace(check, on=True), f"everywhere instead of where {on}"
        yield replace(check, on=sp.Not(on)), f"where {on} fails"
    mine: tuple[str, ...] = getattr(check, "names", ())
    other_name = next((n for n in names if n not in mine), None)
    if len(mine) == 1 and other_name is not None:
        yield replace(check, names=(other_name,)), f"{other_name} instead of {mine[0]}"
    known = getattr(check, "outcome", None)
    other = next((o for o in outcomes if o != known), None)
    if known is not None and other is not None and not isinstance(check, ShareOfPeace):
        yield replace(check, outcome=other), f"{other} instead of {known}"


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
        yield _usable(formula.xreplace({atom: atom.func(atom.lhs, atom.rhs + 1)})), f"{atom} off by one"
    for place in _numbers(formula):
        number = _at(formula, place)
        yield _usable(_put(formula, place, number + 1)), f"{number + 1} for {number}"
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


def _numbers(formula: Any) -> list[tuple[int, ...]]:
    """The places of numbers that count something: not signs, and neither exponents nor fractions."""
    if formula.is_Integer:
        return [()] if formula > 1 else []
    return [
        (k, *rest) for k, arg in enumerate(formula.args) if not (formula.is_Pow and k == 1) for rest in _numbers(arg)
    ]


def _at(formula: Any, place: tuple[int, ...]) -> Any:
    return formula if not place else _at(formula.args[place[0]], place[1:])


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
        for variant in corrupt(c, known, outcomes, _names(context, c.check))
    )


def _names(context: Context, check: Any) -> tuple[str, ...]:
    """The equilibria under the concept that a claim speaks of."""
    if not hasattr(check, "names"):
        return ()
    answer = context.solve(check.concept, check.beliefs)
    return tuple(dict.fromkeys(e.name or e.title for e in answer))


def _audited(context: Context, original: Claim, variant: Corruption) -> Audit:
    try:
        verdict = variant.claim.check.verdict(context)
    except UnknownName as error:
        if not variant.elsewhere:
            raise
        return Audit(variant, "also true", Verdict.unknown(str(error)), "there is no such thing to speak of")
    if verdict.refuted and verdict.counterexample is not None:
        return Audit(variant, "refuted", verdict, verdict.reason)
    if variant.elsewhere and verdict.proved:
        return Audit(variant, "also true", verdict, "it holds there, or of that, as well")
    if variant.elsewhere and "vacuous" in verdict.reason:
        return Audit(variant, "also true", verdict, "it speaks of no point there")
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
            eqs = chosen(context.solve(before.concept, before.beliefs), before.names)
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
