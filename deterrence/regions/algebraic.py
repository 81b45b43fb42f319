"""Points with irrational coordinates, such as a witness on a curve: decided by SymPy's exact signs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sympy as sp

from deterrence.assumptions import Assumptions
from deterrence.errors import PointError
from deterrence.numbers import exact_number

__all__ = ["holds_at_algebraic", "is_irrational"]


def is_irrational(value: Any) -> bool:
    """Whether a value is a real algebraic number that is not rational."""
    if not isinstance(value, sp.Expr) or value.is_Rational or value.is_Float:
        return False
    return bool(value.is_number and value.is_real and value.is_algebraic)


def holds_at_algebraic(
    condition: Any, assumptions: Assumptions, point: Mapping[Any, Any], pending: Iterable[sp.Symbol]
) -> bool:
    """Whether a condition and what is assumed hold at a point with irrational coordinates.

    Raises
    ------
    PointError
        If a parameter in use is missing, or the condition has quantifiers.
    """
    got = ", ".join(f"{k} = {v}" for k, v in point.items())
    if tuple(pending):
        raise PointError(subject="point", wanted="rational numbers, for a condition with quantifiers", got=got)
    values = {assumptions.resolve(k): v if is_irrational(v) else exact_number(v, str(k)) for k, v in point.items()}
    used = condition.free_symbols
    relations = [r for r in assumptions.relations if r.free_symbols <= values.keys()]
    missing = sorted(s.name for s in used if s not in values)
    if missing:
        raise PointError(subject="point", wanted=f"a value for {', '.join(missing)}", got=got)
    return all(bool(r.xreplace(values).doit()) for r in (*relations, condition))
