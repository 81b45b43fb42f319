"""Named expressions and dependent probabilities as axes.

A sweep may give a named expression, such as ``p_Tac = p_HH + p_HS``, in place of one of the parameters
that it is made of: the expression is solved, exactly, for the first of these without a value.  A ratio,
such as ``p_ST = p_HH/p_Tac``, may be given beside its denominator.
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
    names = [s for s in given if s not in assumptions.ring.index]
    numbers = {s: v for s, v in scalars.items() if s in assumptions.ring.index}
    images: dict[sp.Symbol, sp.Expr] = {}
    for name in sorted(names, key=lambda s: not assumptions.expand(s).is_polynomial()):  # ratios rest on the others
        target, image = _settled(assumptions, name, given, {**images, **numbers})
        images = {s: sp.expand(e.xreplace({target: image})) for s, e in images.items()}
        images[target] = image
    return images


def _settled(
    assumptions: Assumptions, name: sp.Symbol, given: tuple[sp.Symbol, ...], known: Mapping[sp.Symbol, sp.Expr]
) -> tuple[sp.Symbol, sp.Expr]:
    """The first parameter without a value that a linear equation settles, and as what."""
    above, below = sp.fraction(sp.together(assumptions.expand(name).xreplace(dict(known))))
    equation = sp.expand(above - name * below)
    for target in assumptions.symbols:
        if target not in given and sp.degree(equation, target) == 1:
            image = sp.cancel(-equation.coeff(target, 0) / equation.coeff(target, 1))
            if image.is_polynomial():
                return target, sp.expand(image)
    whole = f"{name.name} = {assumptions.expand(name)}"
    raise PointError(
        subject=f"parameter {name.name}",
        wanted=f"one of the parameters of {whole} without a value, to be settled by it",
        got="nothing that a linear equation settles",
        hint=f"leave out {name.name}, or one of these parameters; beside a ratio give its denominator",
    )
