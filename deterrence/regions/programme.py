"""Choose the multipliers: a linear programme in floating point, solved again over the rationals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import flint
import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_matrix, vstack

from deterrence.regions.multipliers import Column, Monomial, Problem

__all__ = ["Chosen", "Remainder", "left_over", "solve"]

Chosen = list[tuple[Column, Any]]
"""Columns with their exact multipliers."""
Remainder = dict[Monomial, Any]
"""The monomials that have to be added to make the sum zero, with their coefficients."""

_TINY = 1e-9  # below this a multiplier counts as zero when it is chosen; the exact solution decides


@dataclass
class Rows:
    """The monomials, numbered; which are non-negative, which strictly positive."""

    number: dict[Monomial, int]
    nonnegative: list[bool]
    strict: list[bool]


def _rows(problem: Problem, columns: Sequence[Column]) -> Rows:
    number: dict[Monomial, int] = {}
    for column in columns:
        for m in column.terms:
            number.setdefault(m, len(number))
    free, strict = problem.free, problem.strict
    nonnegative = [all(m[k] % 2 == 0 for k in free) for m in number]
    positive = [all(k in strict for k, e in enumerate(m) if e) for m in number]
    return Rows(number, nonnegative, positive)


def solve(problem: Problem, columns: list[Column], seconds: float) -> tuple[Chosen, Remainder] | None:
    """Multipliers and left-over positive monomials, exact; None if the programme has no solution.

    The strictly positive columns and left-over monomials together have weight one; of all
    solutions one with small multipliers on short products is taken.
    """
    rows = _rows(problem, columns)
    matrix = _matrix(rows, columns)
    if matrix is None:
        return None
    upper = np.array(rows.nonnegative)
    strength = np.array([float(c.strict) for c in columns]) - matrix.T @ np.array(rows.strict, dtype=float)
    inequality = np.array([c.equation is None for c in columns])
    found = linprog(
        np.array([1.0 + len(c.literals) for c in columns]) * inequality,
        A_ub=matrix[upper] if upper.any() else None,
        b_ub=np.zeros(int(upper.sum())) if upper.any() else None,
        A_eq=vstack([matrix[~upper], csc_matrix(strength)]),
        b_eq=np.append(np.zeros(int((~upper).sum())), 1.0),
        bounds=[(0, None) if bounded else (None, None) for bounded in inequality],
        method="highs-ds",
        options={"time_limit": seconds, "presolve": True},
    )
    if found.status != 0 or found.x is None:
        return None
    slack = -(matrix @ found.x)
    support = [(columns[k], float(found.x[k])) for k in np.flatnonzero(np.abs(found.x) > _TINY)]
    tight = [m for m, k in rows.number.items() if not upper[k] or slack[k] < _TINY]
    return _exact(support, tight)


def _matrix(rows: Rows, columns: Sequence[Column]) -> Any:
    """The coefficients in floating point, one row a monomial; None if they exceed its range."""
    try:
        entries = [
            (rows.number[m], j, float(int(c.p) / int(c.q)))
            for j, col in enumerate(columns)
            for m, c in col.terms.items()
        ]
    except OverflowError:
        return None
    i, j, v = (np.array(part) for part in zip(*entries, strict=True))
    return csc_matrix((v, (i, j)), shape=(len(rows.number), len(columns))).tocsr()


def _exact(support: list[tuple[Column, float]], tight: list[Monomial]) -> tuple[Chosen, Remainder] | None:
    """Solve for the multipliers over the rationals, with the monomials in `tight` cancelling exactly.

    The largest multiplier is set to 1 or -1; the others follow.
    """
    if not support:
        return None
    support = sorted(support, key=lambda entry: abs(entry[1]))
    *columns, (last, size) = support
    lead = flint.fmpq(1 if size > 0 else -1)
    present = {m for c, _ in support for m in c.terms}
    row = {m: k for k, m in enumerate(m for m in tight if m in present)}
    matrix = flint.fmpq_mat(max(1, len(row)), len(columns) + 1)
    for j, (column, _) in enumerate([*columns, (last, size)]):
        for m, c in column.terms.items():
            if m in row:
                matrix[row[m], j] = c if column is not last else -c * lead
    echelon, rank = matrix.rref()
    values = [flint.fmpq(0)] * len(columns)
    for r in range(rank):
        pivot = next(k for k in range(len(columns) + 1) if echelon[r, k] != 0)
        if pivot == len(columns):
            return None
        values[pivot] = echelon[r, len(columns)]
    chosen = [(c, v) for (c, _), v in zip(columns, values, strict=True) if v != 0] + [(last, lead)]
    if any(v < 0 for c, v in chosen if c.equation is None):
        return None
    return chosen, left_over(chosen)


def left_over(chosen: Chosen) -> Remainder:
    """The monomials that have to be added to make the sum zero."""
    left: Remainder = {}
    for column, value in chosen:
        for m, c in column.terms.items():
            left[m] = left.get(m, flint.fmpq(0)) - value * c
    return {m: c for m, c in left.items() if c != 0}
