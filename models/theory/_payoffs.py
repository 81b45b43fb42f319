"""Payoffs that are shares, such as chances of victory, brought to a common scale."""

from functools import reduce

import sympy as sp


def cleared(*payoffs: sp.Expr) -> tuple[sp.Expr, ...]:
    """One player's payoffs times their least common denominator, which is to be positive.

    Multiplying all payoffs of one player by one positive number changes no choice in any game.

    Examples
    --------
    >>> x = sp.Symbol("x", positive=True)
    >>> cleared(1 / (1 + x), sp.Integer(2))
    (1, 2*x + 2)
    """
    parts = [sp.fraction(sp.together(sp.sympify(p))) for p in payoffs]
    scale = reduce(sp.lcm, (below for _, below in parts), sp.Integer(1))
    return tuple(sp.expand(sp.cancel(above * scale / below)) for above, below in parts)
