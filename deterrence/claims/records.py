"""A claim, its verdict, and the table of both."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.claims.asking import Check, Context
from deterrence.errors import DeterrenceError, ModelError
from deterrence.regions.verdict import Verdict

__all__ = [
    "Claim",
    "ClaimResult",
    "ClaimResults",
    "check_claims",
    "claim",
    "derived",
    "folklore",
    "published",
    "recalled",
    "table",
]

LABELS = ("published", "recalled", "derived")
EXPECTED = ("proved", "refuted")
INTERRUPTED = "interrupted"


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
        """Refuse what is no check, and labels and verdicts that do not exist."""
        if isinstance(self.check, type) or not callable(getattr(self.check, "verdict", None)):
            raise ModelError(
                subject=f'Claim "{self.statement}"',
                wanted="a check, such as exists_iff(name, condition) or holds(condition)",
                got=repr(self.check),
                hint=f'write exists_iff("the name of an equilibrium", {self.check})',
            )
        for name, value, known in (("label", self.label, LABELS), ("expected", self.expected, EXPECTED)):
            if value not in known:
                raise ModelError(subject=f'Claim "{self.statement}", {name}', wanted=" or ".join(known), got=value)

    @property
    def kind(self) -> str:
        """The kind of claim, as a word."""
        return type(self.check).__name__

    def _repr_html_(self) -> str:
        from deterrence.views.records import claim_html

        return claim_html(self)


@dataclass(frozen=True)
class ClaimResult:
    """A claim with its verdict.

    Attributes
    ----------
    claim : Claim
    verdict : Verdict
        Undecided, with the error as its reason, where the claim could not be asked.
    seconds : float
        What the question took.
    solving : float
        What solving the game took on top, if it was not solved before.
    """

    claim: Claim
    verdict: Verdict
    seconds: float = 0.0
    solving: float = 0.0

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the one that the claim expects; never so when undecided."""
        return self.verdict.status == self.claim.expected

    def __str__(self) -> str:
        mark = "ok " if self.as_expected else "NOT"
        return f"{mark} {self.claim.statement} [{self.claim.label}]: {self.verdict}"

    def latex(self) -> str:
        """The claim with its verdict, in LaTeX."""
        from deterrence.views.propositions import claim_latex

        return claim_latex(self)

    def _repr_html_(self) -> str:
        from deterrence.views.records import results_html

        return results_html([self])

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
            "solving": round(self.solving, 6),
            "verdict": self.verdict.to_json(),
        }


class ClaimResults(tuple[ClaimResult, ...]):
    """What was found of several claims: a tuple that prints as a table.

    Examples
    --------
    >>> import deterrence as dt
    >>> results = dt.load("rudimentary_asymmetric_deterrence").check()
    >>> print(results)  # doctest: +ELLIPSIS
    ok  ...
    >>> results.as_expected
    True
    """

    __slots__ = ()

    @property
    def interrupted(self) -> bool:
        """Whether an interrupt left claims undecided."""
        return any(r.verdict.reason == INTERRUPTED for r in self)

    @property
    def as_expected(self) -> bool:
        """Whether every verdict is the expected one."""
        return all(r.as_expected for r in self)

    def __str__(self) -> str:
        return table(self)

    def latex(self) -> str:
        """Each claim with its verdict, in LaTeX."""
        from deterrence.views.propositions import claims_latex

        return claims_latex(self)

    def _repr_html_(self) -> str:
        from deterrence.views.records import results_html

        return results_html(self)


def claim(
    statement: str, check: Check, *, citation: str = "", label: str = "published", expected: str = "proved"
) -> Claim:
    """Make a claim."""
    return Claim(statement, check, citation, label, expected)


def published(statement: str, check: Check, citation: str) -> Claim:
    """A claim found in print."""
    return Claim(statement, check, citation, "published")


def recalled(statement: str, check: Check, citation: str) -> Claim:
    """A claim that is attributed from memory; say in the citation if its formula was derived again."""
    return Claim(statement, check, citation, "recalled")


def derived(statement: str, check: Check) -> Claim:
    """A claim of ours about the stated game."""
    return Claim(statement, check, "", "derived")


def folklore(statement: str, check: Check) -> Claim:
    """What is often said and does not hold in the stated game: to be refuted by a point."""
    return Claim(statement, check, "", "derived", "refuted")


def check_claims(
    model: Any, claims: Iterable[Claim] | None = None, *, progress: Callable[[int, int], None] | None = None
) -> ClaimResults:
    """Check claims against a solved model; an interrupt leaves the rest undecided and keeps what was found.

    Parameters
    ----------
    model : Context
        With `.game` and a cached `.solve(concept, beliefs)`.
    claims : iterable of Claim, optional
        By default the model's own, ``model.claims``.
    progress : callable, optional
        Called with (claims done with, claims there are).
    """
    asked = tuple(model.claims if claims is None else claims)
    found: list[ClaimResult] = []
    try:
        for c in asked:
            if progress is not None:
                progress(len(found), len(asked))
            found.append(_result(c, model))
    except KeyboardInterrupt:
        found.extend(ClaimResult(c, Verdict.unknown(INTERRUPTED)) for c in asked[len(found) :])
    return ClaimResults(found)


class _Timed:
    """A model that keeps the time spent on solving apart."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.solving = 0.0

    @property
    def game(self) -> Any:
        return self._context.game

    def solve(self, concept: str | None = None, beliefs: str = "free") -> Any:
        start = time.monotonic()
        try:
            found = self._context.solve(concept, beliefs)
        finally:
            self.solving += time.monotonic() - start
        if any(u.reason.startswith(INTERRUPTED) for u in getattr(found, "undecided", ())):
            raise KeyboardInterrupt  # the solver keeps what it found; nothing is proved of half an answer
        return found


def _result(c: Claim, context: Context) -> ClaimResult:
    """The verdict on one claim; one that cannot be asked hides no other."""
    start, timed = time.monotonic(), _Timed(context)
    try:
        verdict = c.check.verdict(timed)
    except (DeterrenceError, sp.SympifyError) as error:
        verdict = Verdict.unknown(f"the claim cannot be checked: {error}")
    return ClaimResult(c, verdict, time.monotonic() - start - timed.solving, timed.solving)


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
