"""Where a sweep's points satisfy the assumptions.

Parameters that a sweep leaves out are quantified: a point is inside if they can be filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sympy as sp

from deterrence.errors import PointError
from deterrence.parameters import Assumptions, Parameter
from deterrence.polynomials import Ring
from deterrence.regions.eliminate import eliminate
from deterrence.regions.logic import Formula, conjunction
from deterrence.regions.scope import carry, relation_formula


def check_scalars(assumptions: Assumptions, scalars: Mapping[sp.Symbol, sp.Rational]) -> None:
    """Refuse scalars that break an assumption.

    Raises
    ------
    PointError
        Naming the assumption.
    """
    broken = assumptions.violated(scalars)
    if broken:
        values = ", ".join(f"{s} = {scalars[s]}" for s in sorted(broken[0].free_symbols, key=str))
        raise PointError(subject="sweep", wanted=f"values with {broken[0]}", got=values, hint="choose values inside")


def domain(
    assumptions: Assumptions, given: Iterable[sp.Symbol], images: Mapping[sp.Symbol, sp.Expr], ring: Ring
) -> Formula:
    """The assumptions as a formula over the given symbols.

    Parameters
    ----------
    assumptions : Assumptions
    given : iterable of sympy.Symbol
        Parameters with values, named expressions included.
    images : mapping of sympy.Symbol to expression
        Parameters that named expressions settle.
    ring : Ring
        Of the result.
    """
    known = set(given)
    settled: list[Any] = [r.xreplace(dict(images)) for r in assumptions.relations]
    if any(r is sp.false for r in settled):
        return False
    relations = [r for r in settled if r is not sp.true]
    plain = [r for r in relations if r.free_symbols <= known]
    open_ones = _linked([r for r in relations if not r.free_symbols <= known], known)
    formula = relation_formula(plain, ring)
    return conjunction(formula, _projected(open_ones, known, ring)) if open_ones else formula


def _linked(relations: list[Any], known: set[sp.Symbol]) -> list[Any]:
    """The relations that tie given parameters to missing ones, and those that these lead to."""
    reached = {s for r in relations if r.free_symbols & known for s in r.free_symbols - known}
    while True:
        more = {s for r in relations if r.free_symbols & reached for s in r.free_symbols - known} - reached
        if not more:
            return [r for r in relations if r.free_symbols & reached]
        reached |= more


def _projected(relations: list[Any], known: set[sp.Symbol], ring: Ring) -> Formula:
    """The given parameters for which the missing ones can be filled in."""
    symbols = sorted({s for r in relations for s in r.free_symbols}, key=str)
    missing = [s for s in symbols if s not in known]
    scope = Assumptions(tuple(Parameter(s, "real") for s in symbols), tuple(relations))
    done = eliminate(True, scope, missing)
    if done.pending:
        names = ", ".join(s.name for s in done.pending)
        raise PointError(
            subject="sweep",
            wanted=f"values for {names}, which the assumptions tie to the parameters given",
            got="none",
        )
    rest = relation_formula([r for r in done.assumptions.relations if r not in relations], done.assumptions.ring)
    return carry(conjunction(done.formula, rest), done.assumptions.ring, ring)
