"""Find an identity by which some literals contradict one another.

Everything is brought into positive coordinates first.  There a monomial in the coordinates is
non-negative by itself, so that an identity is a choice of non-negative multipliers for

* products of the literals, times monomials (times squares, if need be), and
* monomials times the literals ``q == 0``, of either sign,

whose sum has no positive coefficient left at a monomial that is non-negative, and none at all
elsewhere.  That is a linear programme.  It is solved in floating point, and what it singles out
is solved again over the rationals; the result is translated into the user's parameters and
verified there before it is returned.  (Handelman 1988; Krivine 1964; Stengle 1974.)
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import flint

from deterrence.polynomials import Polynomial
from deterrence.regions.coordinates import Coordinates
from deterrence.regions.logic import Literal
from deterrence.regions.multipliers import LEVELS, Level, Monomial, Problem, columns_of, product_column, squares_of
from deterrence.regions.programme import Chosen, Remainder, left_over, solve
from deterrence.regions.proof import Identity, assumed_literals, reduced

__all__ = ["find_identity", "sign_identity"]


def find_identity(
    coords: Coordinates, literals: Sequence[Literal], *, deadline: float, levels: Sequence[Level] = LEVELS
) -> Identity | None:
    """Find an identity that shows the literals contradictory under the assumptions.

    Parameters
    ----------
    coords : Coordinates
        Of the assumptions.
    literals : sequence of Literal
        With operators ``>``, ``>=`` and ``==``; the fewer, the farther the search reaches.
    deadline : float
        `time.monotonic` time at which to give up.

    Returns
    -------
    Identity or None
        Verified; None if none was found (which proves nothing).
    """
    known = assumed_literals(coords.assumptions)
    problem = Problem(coords, tuple(f for f in literals if f.op != "!="))
    for level in levels:
        columns = columns_of(problem, level, deadline)
        left = deadline - time.monotonic()
        if left <= 0.002:
            return None
        if not columns:
            continue
        solution = solve(problem, columns, min(left, 1.0))
        if solution is not None:
            identity = _translate(problem, *solution)
            if identity is not None and identity.holds(known):
                return identity
    return None


def sign_identity(coords: Coordinates, literal: Literal) -> Identity | None:
    """The identity that refutes a single literal by the signs of its coefficients, if there is one."""
    problem = Problem(coords, (literal,))
    equation = 0 if literal.op == "==" else None
    for value in (1, -1) if literal.op == "==" else (1,):
        chosen = () if literal.op == "==" else (0,)
        column = product_column(problem, problem.images[0], problem.unit(()), chosen, None, equation, literal.op == ">")
        weighted = [(column, flint.fmpq(value))]
        identity = _translate(problem, weighted, left_over(weighted))
        if identity is not None and identity.holds(assumed_literals(coords.assumptions)):
            return identity
    return None


def _translate(problem: Problem, chosen: Chosen, left: Remainder) -> Identity | None:
    """The identity in the user's parameters; None if a left-over monomial has the wrong sign."""
    coords, ring, known = problem.coords, problem.coords.ring, assumed_literals(problem.coords.assumptions)
    if any(c < 0 for c in left.values()):
        return None
    squares = squares_of(problem) if any(c.square is not None for c, _ in chosen) else []
    positive = [k for k in range(len(ring.symbols)) if k not in problem.free]
    inequalities = [k for k, f in enumerate(problem.literals) if f.op != "=="]
    order: list[Any] = [("p", k) for k in positive]
    order += sorted((("a" if reduced(problem.literals[k]) in known else "h", k) for k in inequalities), key=str)
    order += [("f", k) for k in problem.free] + [("s", k) for k in range(len(squares))]
    terms: dict[Monomial, Any] = {}
    zeros: dict[int, Polynomial] = {}
    for column, value in chosen:
        if column.equation is not None:
            multiplier = ring.context.from_dict({column.monomial: value})
            zeros[column.equation] = zeros.get(column.equation, ring.zero) + multiplier
        else:
            _add(terms, order, column.monomial, column.literals, column.square, value)
    for monomial, value in left.items():
        _add(terms, order, monomial, (), None, value)
    used = [k for k in range(len(order)) if any(t[k] for t in terms)]
    picked = [order[k] for k in used]
    return Identity(
        ring=coords.user_ring,
        assumptions=tuple(
            _coordinate(coords, k) if kind == "p" else problem.literals[k] for kind, k in picked if kind in "pa"
        ),
        hypotheses=tuple(problem.literals[k] for kind, k in picked if kind == "h"),
        squares=tuple(
            coords.from_positive(ring.gens[k] if kind == "f" else squares[k]) for kind, k in picked if kind in "fs"
        ),
        terms=tuple((tuple(t[k] for k in used), c) for t, c in terms.items()),
        zeros=tuple((problem.literals[k], coords.from_positive(m)) for k, m in zeros.items()),
    )


def _add(
    terms: dict[Monomial, Any],
    order: list[Any],
    monomial: Monomial,
    literals: tuple[int, ...],
    square: int | None,
    value: Any,
) -> None:
    """Enter one term; an even power of a free coordinate is a power of its square."""
    powers = tuple(
        monomial[k]
        if kind == "p"
        else literals.count(k)
        if kind in "ah"
        else monomial[k] // 2
        if kind == "f"
        else int(k == square)
        for kind, k in order
    )
    terms[powers] = terms.get(powers, flint.fmpq(0)) + value


def _coordinate(coords: Coordinates, place: int) -> Literal:
    """The assumption that says that a coordinate is positive."""
    symbol = coords.ring.symbols[place]
    return Literal(">" if symbol in coords.strict else ">=", coords.from_positive(coords.ring.gens[place]))
