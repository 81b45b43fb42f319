"""Can a formula hold under the assumptions?  A ladder of methods with one time limit for all of it.

Coefficient signs have spoken already when the formula was built; then come points that lie at hand,
z3, its `qfnra-nlsat` and, if installed, cvc5.  "sat" always comes with an exact point that was
substituted; "unsat" says on whose word; a time-out is "unknown" and nothing else.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import sympy as sp

from deterrence.parameters import Assumptions
from deterrence.polynomials import to_rational
from deterrence.regions.engines import Model, ask_z3
from deterrence.regions.logic import Formula, conjunction, holds_at
from deterrence.regions.points import Values, assumed, places, pool, relevant
from deterrence.regions.probe import Probe
from deterrence.regions.second import ask_cvc5, have_cvc5
from deterrence.regions.verdict import Verdict
from deterrence.regions.witness import (
    algebraic_point,
    expressed,
    holds_algebraically,
    is_rational,
    rationalise,
    shorten,
)

__all__ = ["TIME_LIMIT", "Answer", "EnginesDisagree", "Probe", "is_empty", "observers", "satisfiable", "second_opinion"]

TIME_LIMIT = 10.0
"""Seconds that one question about a region may take, unless said otherwise."""

_CERTIFYING = 3.0  # seconds at most for the search of a certificate
_CONFIRMING = 5.0  # seconds at most for a second engine's opinion on an answer that stands already
_SIGNS = "coefficient signs"
_DISAGREE = "the engines contradict one another"


observers: list[Callable[[Formula, Assumptions, str], None]] = []
"""Called with every question that was settled and its answer, "sat" or "unsat"; the tests ask it again elsewhere."""


class EnginesDisagree(RuntimeWarning):
    """Issued when two engines contradict one another: one of them has an error, so nothing is concluded."""


@dataclass(frozen=True)
class Answer:
    """What the ladder found.

    Attributes
    ----------
    status : {"sat", "unsat", "unknown"}
    point : dict or None
        With "sat": a verified exact point that gives every parameter.
    engine : str
        On whose word: "z3", "z3 and cvc5", "coefficient signs", "sampling".
    tried : tuple of str
        The methods, in order.
    reason : str
        Why unknown.
    """

    status: str
    point: dict[sp.Symbol, Any] | None = field(default=None, hash=False)
    engine: str = ""
    tried: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)
    reason: str = ""


class _Ladder:
    """One question on its way up: the formula, the part of the assumptions that matters, the clock."""

    def __init__(self, formula: Formula, assumptions: Assumptions, seconds: float) -> None:
        self.start = time.monotonic()
        self.deadline = self.start + seconds
        self.formula, self.assumptions = formula, assumptions
        # without a point that satisfies the assumptions none of them may be left out
        whole = (assumed(assumptions), True)
        self.near, self.far = relevant(assumptions, places(formula)) if pool(assumptions).points else whole
        self.question = conjunction(self.near, formula)
        self.width = max(1, len(assumptions.ring.symbols))
        self.tried: list[str] = []

    def left(self, share: float = 1.0) -> int:
        """Milliseconds that a step may take: a share of what is left."""
        return int(1000 * share * (self.deadline - time.monotonic()))

    def answer(self, status: str, engine: str = "", point: dict[Any, Any] | None = None, reason: str = "") -> Answer:
        return Answer(status, point, engine, tuple(self.tried), time.monotonic() - self.start, reason)

    # -- steps ----------------------------------------------------------------------------------

    def at_hand(self) -> Answer | None:
        """What needs no engine."""
        self.tried.append(_SIGNS)
        if isinstance(self.question, bool) and not self.question:
            return self.answer("unsat", _SIGNS)
        self.tried.append("sampling")
        values = pool(self.assumptions).find(self.formula)
        return None if values is None else self.found(values, "sampling")

    def z3(self, tactic: str, share: float) -> Answer | None:
        """One attempt of z3; None if it does not know."""
        name = tactic or "z3"
        limit = self.left(share)
        if limit <= 0:
            return None
        self.tried.append(name)
        status, model = ask_z3([self.question], self.width, limit, tactic)
        if status == "sat" and model is not None:
            return self.point_of(model, name)
        return self.answer("unsat", name) if status == "unsat" else None

    def found(self, values: Values, engine: str) -> Answer:
        """A rational point that satisfies everything, with shorter numbers if possible."""
        everything = conjunction(assumed(self.assumptions), self.formula)
        pool(self.assumptions).add(values)
        short = shorten(everything, values)
        point = {s: to_rational(v) for s, v in zip(self.assumptions.ring.symbols, short, strict=False)}
        return self.answer("sat", engine, point)

    def point_of(self, model: Model, engine: str) -> Answer | None:
        """The verified point of a model, completed where other assumptions speak of other symbols."""
        model = rationalise(self.question, model, self.deadline)
        completed = self._completed(model)
        ring = self.assumptions.ring
        everything = conjunction(assumed(self.assumptions), self.formula)
        if all(is_rational(v) for v in completed):
            return self.found(tuple(completed), engine) if holds_at(everything, completed) else None
        plain = algebraic_point(ring, completed)
        for point in (plain, expressed(everything, ring, plain)):
            if holds_algebraically(everything, ring, point):
                return self.answer("sat", engine, point)
        return None

    def _completed(self, model: Model) -> Model:
        """The model with values for the symbols that the question leaves out."""
        if self.far is True:
            return model
        used, other = places(self.question), pool(self.assumptions).points[0]
        return [m if k in used else v for k, (m, v) in enumerate(zip(model, other, strict=True))]

    def cvc5(self, most: float = float("inf")) -> str:
        """What the second engine says, within so many seconds."""
        limit = int(min(self.left(), 1000 * most))
        if limit <= 0 or not have_cvc5():
            return "unknown"
        self.tried.append("cvc5")
        return ask_cvc5([self.question], self.width, limit)


def satisfiable(
    formula: Formula, assumptions: Assumptions, *, seconds: float = TIME_LIMIT, second_engine: bool = False
) -> Answer:
    """Whether the formula can hold under the assumptions.

    Parameters
    ----------
    formula : Formula
        Over ``assumptions.ring``.
    seconds : float
        Time limit of the whole ladder.
    second_engine : bool
        Ask cvc5 to confirm an "unsat" (if it is installed); an "unsat" that it contradicts is unknown.
    """
    ladder = _Ladder(formula, assumptions, seconds)
    answer = ladder.at_hand() or _asked(ladder, (("", 0.45), ("qfnra-nlsat", 0.6)), second_engine)
    _observed(formula, assumptions, answer.status)
    return answer


def _asked(ladder: _Ladder, attempts: Iterable[tuple[str, float]], second_engine: bool) -> Answer:
    """The engines in turn: z3 by each tactic with its share of the time left, then cvc5."""
    for tactic, share in attempts:
        answer = ladder.z3(tactic, share)
        if answer is not None:
            return _confirmed(ladder, answer) if second_engine and answer.status == "unsat" else answer
    status = ladder.cvc5()
    if status == "unsat":
        return ladder.answer("unsat", "cvc5")
    if status == "sat":
        return ladder.answer("unknown", reason="cvc5 says yes without an exact point")
    return ladder.answer("unknown", reason="time limit" if ladder.left() <= 0 else "no engine could tell")


def is_empty(
    formula: Formula,
    assumptions: Assumptions,
    *,
    seconds: float = TIME_LIMIT,
    certify: bool = True,
    second_engine: bool = True,
) -> Verdict:
    """Whether the formula holds nowhere under the assumptions.

    A proof is certified if the signs of coefficients or a certificate show it; otherwise its grade
    says whether one engine or two stand behind it.

    Parameters
    ----------
    seconds : float
        Time limit of the whole ladder.
    certify : bool
        Look for a certificate.
    second_engine : bool
        Without a certificate, ask a second engine.
    """
    verdict = _emptiness(_Ladder(formula, assumptions, seconds), certify, second_engine)
    _observed(formula, assumptions, {"proved": "unsat", "refuted": "sat"}.get(verdict.status, "unknown"))
    return verdict


def _observed(formula: Formula, assumptions: Assumptions, status: str) -> None:
    if status != "unknown":
        for observer in observers:
            observer(formula, assumptions, status)


def _emptiness(ladder: _Ladder, certify: bool, second_engine: bool) -> Verdict:
    answer = ladder.at_hand() or ladder.z3("", 0.4)
    if answer is not None and (answer.status == "sat" or answer.engine == _SIGNS):
        return _verdict(answer)
    if certify:
        certificate = _certificate(ladder, 0.4)
        if certificate is not None:
            tried, spent = (*ladder.tried, "certificate"), time.monotonic() - ladder.start
            return Verdict.proof("certified", tried=tried, seconds=spent, certificates=(certificate,))
        ladder.tried.append("certificate")
    if answer is None:
        return _verdict(_asked(ladder, (("qfnra-nlsat", 0.4), ("", 0.7)), second_engine))
    return _verdict(_confirmed(ladder, answer) if second_engine else answer)


def _confirmed(ladder: _Ladder, answer: Answer) -> Answer:
    """An "unsat" with a second opinion; unknown if that contradicts it."""
    status = ladder.cvc5(_CONFIRMING)
    if status == "sat":
        question = f"{answer.engine} says unsat and cvc5 sat of {ladder.question} in {ladder.assumptions.ring}"
        warnings.warn(f"{_DISAGREE}: {question}", EnginesDisagree, stacklevel=2)
        return ladder.answer("unknown", reason=_DISAGREE)
    return ladder.answer("unsat", f"{answer.engine} and cvc5" if status == "unsat" else answer.engine)


def second_opinion(formula: Formula, assumptions: Assumptions, seconds: float) -> str:
    """What an "unsat" of one engine is worth: "two engines", "one engine", or "" if the other contradicts it."""
    ladder = _Ladder(formula, assumptions, seconds)
    answer = _confirmed(ladder, ladder.answer("unsat", "z3"))
    if answer.status == "unknown":
        return ""
    return "two engines" if answer.engine.endswith("cvc5") else "one engine"


def _certificate(ladder: _Ladder, share: float) -> Any:
    from deterrence.regions.certificate import certify_empty

    budget = min(_CERTIFYING, ladder.left(share) / 1000)
    return certify_empty(ladder.formula, ladder.assumptions, budget) if budget > 0 else None


def _verdict(answer: Answer) -> Verdict:
    """An answer to "can it hold" as a verdict on "it never holds"."""
    if answer.status == "sat":
        return Verdict.refutation(answer.point, tried=answer.tried, seconds=answer.seconds)
    if answer.status == "unknown":
        return Verdict.unknown(answer.reason, tried=answer.tried, seconds=answer.seconds)
    if answer.engine == _SIGNS:
        return Verdict.proof("certified", reason=_SIGNS, tried=answer.tried, seconds=answer.seconds)
    grade = "two engines" if " and " in answer.engine else "one engine"
    return Verdict.proof(grade, reason=f"by {answer.engine}", tried=answer.tried, seconds=answer.seconds)
