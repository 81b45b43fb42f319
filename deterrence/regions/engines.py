"""The first engine: polynomials and formulas in the words of z3, and bare questions to it.

It is asked whether formulas over variables v0, v1, ... can hold together, within so many milliseconds,
and says "sat" with a model, "unsat" or "unknown"; nothing here judges the answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import flint
import z3

from deterrence.polynomials import Polynomial
from deterrence.regions.logic import And, Formula, Literal, quick_key
from deterrence.regions.workers import ask, smt_text

__all__ = ["Z3", "Algebraic", "Model", "ask_z3", "z3_terms"]

Model = list[Any]  # one value for each variable: flint.fmpq or Algebraic
_CACHE_SIZE = 50_000


@dataclass(frozen=True)
class Algebraic:
    """An irrational algebraic number: root number `index` (from 1, real roots in order) of a polynomial.

    ``poly`` holds the coefficients, lowest power first; ``near`` is a rational close by.
    """

    poly: tuple[Any, ...]
    index: int
    near: Any


class Z3:
    """Formulas over `width` variables as z3 expressions; every polynomial is translated once."""

    def __init__(self, width: int) -> None:
        self.variables = [z3.Real(f"v{k}") for k in range(width)]
        self._powers: dict[tuple[int, int], Any] = {}
        self._polys: dict[str, Any] = {}
        self._literals: dict[Literal, Any] = {}

    def poly(self, poly: Polynomial) -> Any:
        """The polynomial as a z3 term."""
        k = quick_key(poly)
        if k not in self._polys:
            if len(self._polys) > _CACHE_SIZE:
                self._polys.clear()
            terms = [self._term(m, flint.fmpq(c)) for m, c in poly.to_dict().items()]
            self._polys[k] = z3.Sum(*terms) if len(terms) > 1 else terms[0] if terms else z3.RealVal(0)
        return self._polys[k]

    def _term(self, monomial: tuple[int, ...], coefficient: Any) -> Any:
        parts = [v for k, power in enumerate(monomial) if power for v in [self.variables[k]] * power]
        if coefficient != 1 or not parts:
            parts.insert(0, number(coefficient))
        return z3.Product(*parts) if len(parts) > 1 else parts[0]

    def formula(self, formula: Formula) -> Any:
        """The formula as a z3 boolean."""
        if isinstance(formula, bool):
            return z3.BoolVal(formula)
        if isinstance(formula, Literal):
            found = self._literals.get(formula)
            if found is None:
                if len(self._literals) > _CACHE_SIZE:
                    self._literals.clear()
                found = self._literals[formula] = self._literal(formula)
            return found
        parts = [self.formula(p) for p in formula.parts]
        return z3.And(*parts) if isinstance(formula, And) else z3.Or(*parts)

    def _literal(self, literal: Literal) -> Any:
        term = self.poly(literal.poly)
        if literal.op == ">":
            return term > 0
        if literal.op == ">=":
            return term >= 0
        return term == 0 if literal.op == "==" else term != 0

    def model(self, model: Any) -> Model:
        """A z3 model as one value for each variable."""
        return [exact(model.eval(v, model_completion=True)) for v in self.variables]


def number(value: Any) -> Any:
    """A rational as a z3 number."""
    value = flint.fmpq(value)
    return z3.Q(int(value.p), int(value.q)) if value.q != 1 else z3.RealVal(int(value.p))


def exact(value: Any) -> Any:
    """A z3 number as a FLINT rational or an irrational algebraic number."""
    if z3.is_rational_value(value):
        return flint.fmpq(value.numerator_as_long(), value.denominator_as_long())
    fraction = exact(value.approx(24))
    return Algebraic(tuple(exact(c) for c in value.poly()), int(value.index()), fraction)


@lru_cache(maxsize=32)
def z3_terms(width: int) -> Z3:
    """The (shared) translation for rings of `width` variables."""
    return Z3(width)


def ask_z3(formulas: Iterable[Formula], width: int, milliseconds: int, tactic: str = "") -> tuple[str, Model | None]:
    """Ask, in a process of its own, whether the formulas can hold together.

    Parameters
    ----------
    formulas : iterable of Formula
        Over a ring of `width` variables.
    milliseconds : int
        The time limit; it is kept to a quarter of a second.
    tactic : str
        A z3 tactic such as "qfnra-nlsat"; empty for the default solver.
    """
    if milliseconds <= 0:
        return "unknown", None
    question = {"text": smt_text(formulas, width), "width": width, "tactic": tactic}
    answer = ask("z3_worker.py", question, milliseconds)
    if answer is None:
        return "unknown", None
    model = [_read(v) for v in answer["model"]] if answer["status"] == "sat" else None
    return str(answer["status"]), model


def _read(value: Any) -> Any:
    """A number as the worker writes it."""
    if isinstance(value, str):
        return flint.fmpq(*map(int, value.split("/")))
    return Algebraic(tuple(_read(c) for c in value["poly"]), value["index"], _read(value["near"]))
