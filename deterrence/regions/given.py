"""The condition in the user's own words, kept so that every point is checked against it.

Normal forms, elimination and engines may err; SymPy substituting numbers into the relation that was
typed does not share their code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp
from sympy.core.relational import Relational

from deterrence.parameters import Assumptions
from deterrence.regions.closures import tightened
from deterrence.regions.coordinates import coordinates
from deterrence.regions.formula import from_sympy, plainer
from deterrence.regions.logic import Formula, conjunction, disjunction, holds, negate
from deterrence.regions.verdict import Verdict
from deterrence.regions.witness import holds_algebraically

__all__ = ["Given", "checked", "combined", "explained"]

_EXPLAINING = 0.5  # seconds at most for the certificate of what the signs of coefficients have shown


@dataclass(frozen=True)
class Given:
    """A condition as it was typed, or conditions combined by "and", "or", "not".

    Attributes
    ----------
    kind : {"is", "formula", "and", "or", "not", "open part"}
    parts : tuple
        One SymPy boolean for "is", one `Formula` (of a condition that was found, not typed),
        otherwise conditions; "open part" is one condition with its weak signs made strict.
    """

    kind: str
    parts: tuple[Any, ...]

    def holds(self, assumptions: Assumptions, point: Mapping[sp.Symbol, Any]) -> bool | None:
        """Whether it holds at a point that gives every symbol; None if SymPy cannot tell."""
        if self.kind == "is":
            return _holds(self.parts[0], assumptions, point)
        if self.kind == "formula":
            if all(sp.sympify(v).is_Rational for v in point.values()):
                return holds(self.parts[0], assumptions.ring, point)
            return holds_algebraically(self.parts[0], assumptions.ring, dict(point))
        answers = [part.holds(assumptions, point) for part in self.parts]
        if self.kind == "not":
            return None if answers[0] is None else not answers[0]
        if self.kind == "open part":
            return answers[0]  # whoever lies in the open part lies in the whole
        decisive = self.kind == "or"
        if decisive in answers:
            return decisive
        return None if None in answers else not decisive

    def unfolded(self, assumptions: Assumptions) -> Formula:
        """The condition as a formula in which no sign has been used, so that nothing is settled by what is known."""
        if self.kind == "is":
            return from_sympy(self.parts[0], assumptions, lambda poly: 0)
        if self.kind == "formula":
            found: Formula = self.parts[0]
            return found
        parts = [part.unfolded(assumptions) for part in self.parts]
        if self.kind == "not":
            return negate(parts[0])
        if self.kind == "open part":
            return tightened(parts[0])
        return conjunction(*parts) if self.kind == "and" else disjunction(*parts)


def combined(kind: str, *parts: Given | None) -> Given | None:
    """Conditions combined; None if one of them is not known."""
    return None if any(p is None for p in parts) else Given(kind, parts)


def _holds(condition: Any, assumptions: Assumptions, point: Mapping[sp.Symbol, Any]) -> bool | None:
    if condition in (True, False, sp.true, sp.false):
        return bool(condition)
    if isinstance(condition, sp.And | sp.Or):
        return Given(
            "and" if isinstance(condition, sp.And) else "or", tuple(Given("is", (a,)) for a in condition.args)
        ).holds(assumptions, point)
    if isinstance(condition, Relational):
        return _relation(condition, assumptions, point)
    return _holds(plainer(condition), assumptions, point)


def _relation(relation: Any, assumptions: Assumptions, point: Mapping[sp.Symbol, Any]) -> bool | None:
    names = {s: assumptions.resolve(s) for s in relation.free_symbols}
    # all at once: one after the other, 0/(x - y) would be 0 before the divisor is known to vanish
    difference = assumptions.expand((relation.lhs - relation.rhs).xreplace(names)).xreplace(dict(point))
    if difference.has(sp.zoo, sp.nan, sp.oo, -sp.oo):
        return False
    settled = relation.func(difference, 0)
    if settled in (sp.true, sp.false):
        return bool(settled)
    settled = relation.func(sp.nsimplify(sp.simplify(difference)), 0)
    return bool(settled) if settled in (sp.true, sp.false) else None


def checked(verdict: Verdict, condition: Given | None, assumptions: Assumptions) -> Verdict:
    """A refutation whose point satisfies the condition as it was given, by substitution; otherwise undecided."""
    if not verdict.refuted or condition is None or verdict.counterexample is None:
        return verdict
    there = condition.holds(assumptions, verdict.counterexample)
    if there:
        return verdict
    how = "fails" if there is False else "could not be checked"
    return Verdict.unknown(f"the point found {how} in the condition as it was given", tried=verdict.tried)


def explained(verdict: Verdict, condition: Given | None, assumptions: Assumptions) -> Verdict:
    """A proof by the signs of coefficients with a certificate of the condition as given, or with what was read."""
    if not verdict.proved or verdict.grade != "certified" or verdict.certificates:
        return verdict
    from deterrence.regions.certificate import certify_empty

    if condition is not None:
        raw = condition.unfolded(assumptions)
        if raw is False:
            return replace(verdict, reason="contradictory as it stands, whatever the parameters are")
        certificate = certify_empty(raw, assumptions, _EXPLAINING)
        if certificate is not None:
            return replace(verdict, certificates=(certificate,))
    names = ", ".join(sorted(s.name for s in coordinates(assumptions).strict))
    return replace(verdict, reason=f"{verdict.reason}, in what is positive by assumption: {names}")
