"""A model's published propositions as records that a machine checks.

A `Claim` says in words what is claimed, who says so, and what the verdict should be: "proved", or
"refuted" for the folk claims of the literature that are false.  Its check is one of the kinds below.

Examples
--------
>>> import sympy as sp
>>> p = sp.Symbol("p", real=True)
>>> c = claim("p is below one", holds(p < 1), label="derived")
>>> c.label, c.expected
('derived', 'proved')
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from deterrence.claim_kinds import (
    PBE,
    AlwaysExists,
    Check,
    Context,
    ExistsIff,
    Holds,
    NeverCoexist,
    NeverOccurs,
    OutcomeProbability,
    RefinementRemoves,
    SignOf,
    Threshold,
    UniqueIff,
)
from deterrence.errors import ModelError
from deterrence.regions.verdict import Verdict

__all__ = [
    "Claim",
    "ClaimResult",
    "always_exists",
    "check_claims",
    "claim",
    "exists_iff",
    "holds",
    "never_coexist",
    "never_occurs",
    "outcome_probability",
    "refinement_removes",
    "sign_of",
    "table",
    "threshold",
    "unique_iff",
]

LABELS = ("published", "recalled", "derived")
EXPECTED = ("proved", "refuted")


@dataclass(frozen=True)
class Claim:
    """A proposition about a model.

    Attributes
    ----------
    statement : str
        In words.
    check : Check
        How it is decided.
    citation : str
        Where it stands.
    label : {"published", "recalled", "derived"}
        Found in print, recalled without looking it up, or derived by us.
    expected : {"proved", "refuted"}
    """

    statement: str
    check: Check
    citation: str = ""
    label: str = "published"
    expected: str = "proved"

    def __post_init__(self) -> None:
        """Refuse labels and verdicts that do not exist."""
        for name, value, known in (("label", self.label, LABELS), ("expected", self.expected, EXPECTED)):
            if value not in known:
                raise ModelError(subject=f'Claim "{self.statement}", {name}', wanted=" or ".join(known), got=value)

    @property
    def kind(self) -> str:
        """The kind of claim, as a word."""
        return type(self.check).__name__


@dataclass(frozen=True)
class ClaimResult:
    """A claim with its verdict."""

    claim: Claim
    verdict: Verdict
    seconds: float = 0.0

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the one that the claim expects; never so when undecided."""
        return self.verdict.status == self.claim.expected

    def __str__(self) -> str:
        mark = "ok " if self.as_expected else "NOT"
        return f"{mark} {self.claim.statement} [{self.claim.label}]: {self.verdict}"

    def to_json(self) -> dict[str, Any]:
        """Plain data for `json.dumps`."""
        c = self.claim
        return {
            "statement": c.statement,
            "citation": c.citation,
            "label": c.label,
            "kind": c.kind,
            "expected": c.expected,
            "as_expected": self.as_expected,
            "seconds": round(self.seconds, 6),
            "verdict": self.verdict.to_json(),
        }


def claim(
    statement: str, check: Check, *, citation: str = "", label: str = "published", expected: str = "proved"
) -> Claim:
    """Make a claim."""
    return Claim(statement, check, citation, label, expected)


def check_claims(model: Any, claims: Iterable[Claim] | None = None) -> tuple[ClaimResult, ...]:
    """Check claims against a solved model.

    Parameters
    ----------
    model : Context
        With `.game` and a cached `.solve(concept, beliefs)`.
    claims : iterable of Claim, optional
        By default the model's own, ``model.claims``.
    """
    return tuple(_result(c, model) for c in (model.claims if claims is None else claims))


def _result(c: Claim, context: Context) -> ClaimResult:
    start = time.monotonic()
    verdict = c.check.verdict(context)
    return ClaimResult(c, verdict, time.monotonic() - start)


def table(results: Iterable[ClaimResult]) -> str:
    """One row a claim: whether the verdict is as expected, verdict, label, statement."""
    rows = list(results)
    heads = [("ok" if r.as_expected else "NOT", _short(r.verdict), r.claim.label) for r in rows]
    widths = [max((len(h[k]) for h in heads), default=0) for k in range(3)]
    lines = []
    for r, head in zip(rows, heads, strict=True):
        cells = "  ".join(text.ljust(width) for text, width in zip(head, widths, strict=True))
        lines.append(f"{cells}  {r.claim.statement}".rstrip())
        if not r.as_expected or r.verdict.refuted:
            lines.append(f"{'':{sum(widths) + 6}}{r.verdict}")
    good = sum(r.as_expected for r in rows)
    return "\n".join([*lines, f"{good} of {len(rows)} as expected"])


def _short(verdict: Verdict) -> str:
    return f"proved ({verdict.grade})" if verdict.proved else verdict.status


# -- the kinds, as words -----------------------------------------------------------------------


def _names(names: str | Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def exists_iff(names: str | Iterable[str], condition: Any, *, concept: str = PBE, beliefs: str = "free") -> ExistsIff:
    """Say that an equilibrium (of one of these names) exists exactly where the condition holds."""
    return ExistsIff(_names(names), condition, concept, beliefs)


def unique_iff(names: str | Iterable[str], condition: Any, *, concept: str = PBE, beliefs: str = "free") -> UniqueIff:
    """Say that it exists, and no other does, exactly where the condition holds."""
    return UniqueIff(_names(names), condition, concept, beliefs)


def never_coexist(first: str, second: str, *, concept: str = PBE, beliefs: str = "free") -> NeverCoexist:
    """Say that two equilibria exist together at most on a boundary."""
    return NeverCoexist(first, second, concept, beliefs)


def always_exists(*names: str, on: Any = True, concept: str = PBE, beliefs: str = "free") -> AlwaysExists:
    """Say that at least one equilibrium (of these names, or any) exists everywhere, or wherever `on` holds."""
    return AlwaysExists(names, on, concept, beliefs)


def outcome_probability(
    names: str | Iterable[str],
    outcome: str,
    expression: Any,
    *,
    on: Any = True,
    concept: str = PBE,
    beliefs: str = "free",
) -> OutcomeProbability:
    """Say what probability an outcome has in these equilibria."""
    return OutcomeProbability(_names(names), outcome, expression, on, concept, beliefs)


def never_occurs(
    outcome: str, names: str | Iterable[str] = (), *, on: Any = True, concept: str = PBE, beliefs: str = "free"
) -> NeverOccurs:
    """Say that an outcome never occurs on the path of these equilibria, or of any."""
    return NeverOccurs(outcome, _names(names), on, concept, beliefs)


def threshold(expression: Any, equals: Any, *, on: Any = True) -> Threshold:
    """Say that an expression, or the definition of that name, has a closed form."""
    return Threshold(expression, equals, on)


def sign_of(
    outcome: str,
    wrt: Any,
    direction: str,
    within: str | Iterable[str],
    *,
    on: Any = True,
    concept: str = PBE,
    beliefs: str = "free",
) -> SignOf:
    """Say that an outcome becomes more or less likely with a parameter, throughout these equilibria.

    The direction is "increasing", "decreasing", "weakly increasing", "weakly decreasing" or "constant".
    """
    if direction not in ("increasing", "decreasing", "weakly increasing", "weakly decreasing", "constant"):
        raise ModelError(subject="sign_of", wanted='"increasing", "decreasing", ... or "constant"', got=repr(direction))
    return SignOf(outcome, wrt, direction, _names(within), on, concept, beliefs)


def refinement_removes(
    names: str | Iterable[str], condition: Any, *, concept: str = PBE, beliefs: str = "free"
) -> RefinementRemoves:
    """Say that a refinement removes these equilibria exactly where the condition holds."""
    return RefinementRemoves(_names(names), condition, concept, beliefs)


def holds(condition: Any, *, on: Any = True) -> Holds:
    """Say that a relation between parameters holds everywhere, or wherever `on` does."""
    return Holds(condition, on)
