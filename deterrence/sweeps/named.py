"""Named expressions and dependent probabilities as axes.

A sweep may give a named expression, such as ``p_Tac = p_HH + p_HS``, in place of one of the parameters
that it is made of: the expression is solved, exactly, for the first of these without a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sympy as sp

from deterrence.errors import PointError
from deterrence.parameters import Assumptions


def solve_named(
    assumptions: Assumptions, given: Iterable[sp.Symbol], scalars: Mapping[sp.Symbol, sp.Rational]
) -> dict[sp.Symbol, sp.Expr]:
    """What each named expression among the given symbols settles.

    Returns
    -------
    dict of sympy.Symbol to expression
        Parameters without a value in terms of given symbols and other parameters.

    Raises
    ------
    PointError
        If all that the expression is made of is given already, or none of it can be solved for.
    """
    given = tuple(given)
    images: dict[sp.Symbol, sp.Expr] = {}
    numbers = {s: v for s, v in scalars.items() if s in assumptions.ring.index}
    for name in given:
        if name in assumptions.ring.index:
            continue
        expression = sp.expand(assumptions.expand(name).xreplace(images).xreplace(numbers))
        target = next((s for s in assumptions.symbols if s not in given and _linear(expression, s)), None)
        if target is None:
            raise PointError(
                subject=f"parameter {name.name}",
                wanted=f"one of the parameters of {name.name} = {assumptions.expand(name)} without a value, "
                "to be settled by it",
                got="nothing that a linear equation settles",
                hint=f"leave out {name.name}, or one of these parameters",
            )
        slope = expression.coeff(target, 1)
        image = sp.expand((name - expression.coeff(target, 0)) / slope)
        images = {s: sp.expand(e.xreplace({target: image})) for s, e in images.items()}
        images[target] = image
    return images


def _linear(expression: sp.Expr, symbol: sp.Symbol) -> bool:
    """Whether the symbol occurs with a constant coefficient and in no other way."""
    if symbol not in expression.free_symbols or not expression.is_polynomial(symbol):
        return False
    return sp.degree(expression, symbol) == 1 and expression.coeff(symbol, 1).is_Rational
