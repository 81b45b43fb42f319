"""Contest success functions: the probability of winning as a function of what both sides put in.

Every function returns a SymPy expression for the payoffs of a `ContinuousGame`.  Trees and tables take
rational functions of their parameters: there the ratio form with a whole `m` can stand, exponentials cannot.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from deterrence.errors import ParameterError
from deterrence.games.expressions import exact_expression

__all__ = ["conquered", "difference", "ratio"]


def ratio(attack: Any, defence: Any, *, theta: Any = 1, m: Any = 1) -> sp.Expr:
    """Ratio form: ``theta*A**m / (theta*A**m + D**m)``, the probability that the attack succeeds.

    Tullock (1980), "Efficient Rent Seeking"; axioms in Skaperdas (1996), *Economic Theory* 7:283-290.

    Parameters
    ----------
    attack, defence : expression or number
        What each side puts in, not negative and not both zero.
    theta : expression or number
        Offence-defence parameter, greater than 0: above 1 the attack has the advantage.
    m : expression or number
        Decisiveness, greater than 0.

    Examples
    --------
    >>> A, D = sp.symbols("A D", positive=True)
    >>> ratio(A, D, theta=2)
    2*A/(2*A + D)
    """
    a, d, t, power = (_read(v, n) for v, n in ((attack, "attack"), (defence, "defence"), (theta, "theta"), (m, "m")))
    _positive(t, "theta")
    _positive(power, "m")
    force = t * a**power
    return force / (force + d**power)


def difference(attack: Any, defence: Any, *, theta: Any = 1, m: Any = 1) -> sp.Expr:
    """Difference (logit) form: ``theta*exp(m*A) / (theta*exp(m*A) + exp(m*D))``.

    Hirshleifer (1989), *Public Choice* 63:101-112: a side that puts in nothing still has a chance.
    It holds exponentials, which only payoffs of a `ContinuousGame` may hold.

    Parameters
    ----------
    attack, defence, theta, m
        As for `ratio`.

    Examples
    --------
    >>> difference(1, 1)
    1/2
    """
    a, d, t, power = (_read(v, n) for v, n in ((attack, "attack"), (defence, "defence"), (theta, "theta"), (m, "m")))
    _positive(t, "theta")
    _positive(power, "m")
    return 1 / (1 + sp.exp(power * (d - a)) / t)


def conquered(victor: Any, loser: Any, *, kappa: Any) -> sp.Expr:
    """What the victor has after a conquest that adds a share of the loser's resources: ``A + kappa*D``.

    Parameters
    ----------
    victor, loser : expression or number
        Resources before the war.
    kappa : expression or number
        Cumulativity of resources, from 0 (nothing is gained) to 1 (Van Evera 1998 on what conquest pays).
    """
    return _read(victor, "victor") + _read(kappa, "kappa") * _read(loser, "loser")


def _read(value: Any, name: str) -> sp.Expr:
    return exact_expression(value, f"contest success function, {name}")


def _positive(value: sp.Expr, name: str) -> None:
    if value.is_number and not value > 0:
        raise ParameterError(subject=f"contest success function, {name}", wanted="more than 0", got=str(value))
