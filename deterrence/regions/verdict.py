"""The answer to a question about a region: proved, refuted with a point, or undecided with the reason.

A verdict is never a truth value: `bool(verdict)` raises, so that "undecided" cannot pass for
"false".  A refutation carries an exact point; a proof carries a grade that says what it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import sympy as sp

if TYPE_CHECKING:
    from deterrence.regions.proof import Certificate

__all__ = ["GRADES", "Verdict", "point_text"]

STATUSES = ("proved", "refuted", "undecided")
GRADES = ("certified", "two engines", "one engine", "")
"""What a proof rests on, strongest first: a certificate that was verified again, two engines, one engine."""


@dataclass(frozen=True)
class Verdict:
    """What is known of a claim, and how it is known.

    Build one with `Verdict.proof`, `Verdict.refutation` or `Verdict.unknown`.

    Attributes
    ----------
    status : {"proved", "refuted", "undecided"}
    grade : {"certified", "two engines", "one engine", ""}
        What a proof rests on; empty unless proved.
    counterexample : dict of sympy.Symbol to exact number, or None
        Only of a refutation: where the claim fails, verified by substitution.
    reason : str
        In words: why undecided, or what fails at the counterexample.
    tried : tuple of str
        The methods that were tried, in order.
    seconds : float
        Time spent.
    certificates : tuple of Certificate
        The proofs that can be checked without us.

    Examples
    --------
    >>> print(Verdict.proof("certified"))
    proved (certified)
    >>> print(Verdict.unknown("time limit", tried=("z3",), seconds=2.0))
    undecided: time limit (tried z3; 2.00 s)
    """

    status: str
    grade: str = ""
    counterexample: dict[sp.Symbol, sp.Expr] | None = field(default=None, hash=False)
    reason: str = ""
    tried: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)
    certificates: tuple[Certificate, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a record that contradicts itself."""
        if self.status not in STATUSES or self.grade not in GRADES:
            raise ValueError(f"no such status or grade: {self.status!r}, {self.grade!r}")
        if bool(self.grade) != self.proved:
            raise ValueError(f"a verdict has a grade if and only if it is proved, got {self.status!r}, {self.grade!r}")
        if self.counterexample is not None and not self.refuted:
            raise ValueError("only a refutation has a counterexample")

    # -- makers --------------------------------------------------------------------------------

    @classmethod
    def proof(
        cls,
        grade: str,
        *,
        reason: str = "",
        tried: Iterable[str] = (),
        seconds: float = 0.0,
        certificates: Iterable[Certificate] = (),
    ) -> Verdict:
        """Make a proof of the given grade."""
        return cls("proved", grade, None, reason, tuple(tried), seconds, tuple(certificates))

    @classmethod
    def refutation(
        cls,
        counterexample: Mapping[sp.Symbol, Any] | None,
        *,
        reason: str = "",
        tried: Iterable[str] = (),
        seconds: float = 0.0,
    ) -> Verdict:
        """Make a refutation by an exact point (None only where the claim names something that does not exist)."""
        point = None if counterexample is None else {s: sp.sympify(v) for s, v in counterexample.items()}
        return cls("refuted", "", point, reason, tuple(tried), seconds)

    @classmethod
    def unknown(cls, reason: str, *, tried: Iterable[str] = (), seconds: float = 0.0) -> Verdict:
        """No answer, and why."""
        return cls("undecided", "", None, reason, tuple(tried), seconds)

    @classmethod
    def all_of(cls, verdicts: Iterable[Verdict]) -> Verdict:
        """Combine to the verdict on "all of these hold": one refutation refutes; the weakest grade counts.

        Examples
        --------
        >>> print(Verdict.all_of([Verdict.proof("certified"), Verdict.proof("one engine")]))
        proved (one engine)
        """
        parts = list(verdicts)
        tried = tuple(dict.fromkeys(t for v in parts for t in v.tried))
        seconds = sum(v.seconds for v in parts)
        for worst in ("refuted", "undecided"):
            found = next((v for v in parts if v.status == worst), None)
            if found is not None:
                return replace(found, tried=tried, seconds=seconds)
        grade = max((v.grade for v in parts), key=GRADES.index, default="certified")
        certificates = tuple(c for v in parts for c in v.certificates)
        reason = "; ".join(dict.fromkeys(v.reason for v in parts if v.reason))
        return cls("proved", grade, None, reason, tried, seconds, certificates)

    # -- reading -------------------------------------------------------------------------------

    @property
    def proved(self) -> bool:
        """Whether it holds everywhere under the assumptions."""
        return self.status == "proved"

    @property
    def refuted(self) -> bool:
        """Whether it fails somewhere."""
        return self.status == "refuted"

    @property
    def undecided(self) -> bool:
        """Whether neither could be shown."""
        return self.status == "undecided"

    def __bool__(self) -> bool:
        raise TypeError(
            f"a Verdict is not a truth value (this one is {self.status}): "
            "ask .proved, .refuted or .undecided, so that undecided never passes for false"
        )

    def __str__(self) -> str:
        if self.proved:
            return f"proved ({self.grade})"
        if self.refuted:
            point = f" at {point_text(self.counterexample)}" if self.counterexample else ""
            return f"refuted{point}" + (f": {self.reason}" if self.reason else "")
        tried = f"tried {', '.join(self.tried)}; " if self.tried else ""
        return f"undecided: {self.reason} ({tried}{self.seconds:.2f} s)"

    def _repr_html_(self) -> str:
        from deterrence.views.records import verdict_html

        return verdict_html(self)

    def to_json(self) -> dict[str, Any]:
        """Plain data for `json.dumps`: exact numbers as text."""
        point = self.counterexample
        return {
            "status": self.status,
            "grade": self.grade,
            "counterexample": None if point is None else {s.name: str(v) for s, v in point.items()},
            "reason": self.reason,
            "tried": list(self.tried),
            "seconds": round(self.seconds, 6),
            "certificates": [c.to_json() for c in self.certificates],
        }


def point_text(point: Mapping[sp.Symbol, Any]) -> str:
    """Write a point in words: ``a = 1/2, p = 3``.

    Examples
    --------
    >>> point_text({sp.Symbol("p"): sp.Rational(1, 4)})
    'p = 1/4'
    """
    return ", ".join(f"{s} = {v}" for s, v in point.items())
