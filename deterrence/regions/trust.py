"""What was taken on an engine's word when a condition was shortened, and what that word is worth.

Elimination and simplification drop pieces that an engine calls impossible.  A proof about the shorter
condition is no better than these answers.  So each is kept beside the condition as a `Taken`, and when
a proof is asked for, it is shown again: by a certificate, else by the second engine.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deterrence.parameters import Assumptions
from deterrence.regions.certificate import certify_empty
from deterrence.regions.decide import second_opinion
from deterrence.regions.logic import Formula
from deterrence.regions.verdict import GRADES, Verdict

if TYPE_CHECKING:
    from deterrence.regions.proof import Certificate

__all__ = ["Taken", "backed", "merged", "worth"]

_CERTIFYING = 1.0  # seconds at most for the certificate of one piece
_CONFIRMING = 1.0  # seconds at most for the second engine's opinion on one piece
_CACHE_SIZE = 20_000
_SHOWN: dict[Taken, tuple[str, Certificate | None]] = {}


@dataclass(frozen=True)
class Taken:
    """A formula over ``assumptions.ring`` that an engine called impossible under the assumptions."""

    formula: Formula
    assumptions: Assumptions


def merged(*groups: Iterable[Taken]) -> tuple[Taken, ...]:
    """All of them, each once."""
    return tuple(dict.fromkeys(t for group in groups for t in group))


def worth(taken: Iterable[Taken], seconds: float) -> tuple[str, tuple[Certificate, ...]]:
    """The weakest grade of some answers ("" if one is contradicted), and the certificates of those that have one.

    Parameters
    ----------
    taken : iterable of Taken
    seconds : float
        For all together; what is not reached counts as the word of one engine.
    """
    deadline = time.monotonic() + seconds
    found = [_shown(t, deadline) for t in taken]
    grade = max((g for g, _ in found), key=GRADES.index, default="certified")
    return grade, tuple(c for _, c in found if c is not None)


def backed(verdict: Verdict, taken: Iterable[Taken], seconds: float) -> Verdict:
    """A proof about a shortened condition, with the grade and the certificates of the shortening too."""
    taken = tuple(taken)
    if not verdict.proved or not taken:
        return verdict
    start = time.monotonic()
    grade, certificates = worth(taken, seconds)
    if not grade:
        return Verdict.unknown("an engine dropped a piece that another calls possible", tried=verdict.tried)
    return replace(
        verdict,
        grade=max(grade, verdict.grade, key=GRADES.index),
        certificates=verdict.certificates + certificates,
        seconds=verdict.seconds + time.monotonic() - start,
    )


def _shown(taken: Taken, deadline: float) -> tuple[str, Certificate | None]:
    known = _SHOWN.get(taken)
    if known is not None:
        return known
    left = deadline - time.monotonic()
    if left <= 0:
        return "one engine", None
    certificate = certify_empty(taken.formula, taken.assumptions, min(left, _CERTIFYING))
    if certificate is not None:
        found: tuple[str, Certificate | None] = ("certified", certificate)
    else:
        left = min(deadline - time.monotonic(), _CONFIRMING)
        found = (second_opinion(taken.formula, taken.assumptions, left), None)
    if len(_SHOWN) >= _CACHE_SIZE:
        _SHOWN.clear()
    if found[0] != "one engine" or deadline - time.monotonic() > 0:
        _SHOWN[taken] = found
    return found
