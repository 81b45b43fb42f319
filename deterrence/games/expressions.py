"""Exact expressions from what people write where a payoff or a probability is wanted.

An expression is a rational function of declared symbols with rational coefficients.  Text and
floats are read as numbers by `deterrence.numbers.exact_number`; nothing is ever evaluated as code.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from deterrence.errors import DeterrenceError, GameError
from deterrence.numbers import exact_number

__all__ = ["called", "exact_expression"]

_WANTED = "a finite number or an expression in declared parameters"
_NOT_FINITE = (sp.nan, sp.oo, -sp.oo, sp.zoo)


def exact_expression(value: Any, subject: str) -> sp.Expr:
    """Turn a number, number text or SymPy expression into an exact SymPy expression.

    Parameters
    ----------
    value : int, float, fractions.Fraction, str or sympy.Expr
        A float, also one inside an expression, means its shortest decimal text.
    subject : str
        What it is for, named in the error.

    Raises
    ------
    GameError
        If it is not a finite, real, exact quantity.

    Examples
    --------
    >>> exact_expression("1/4", "payoff"), exact_expression(0.1 * sp.Symbol("k", real=True), "payoff")
    (1/4, k/10)
    """
    if isinstance(value, sp.Expr) and not value.is_Number:
        return _exact(value, subject)
    try:
        return exact_number(value, subject)
    except ValueError as error:  # PointError, or what an array raises
        raise GameError(subject=subject, wanted=_WANTED, got=_shown(value), hint=_hint(value)) from error


def called(function: Callable[..., Any], *arguments: Any, subject: str, wanted: str) -> Any:
    """What a user's function returns.

    Raises
    ------
    GameError
        If it raises, or takes other arguments.
    """
    try:
        return function(*arguments)
    except DeterrenceError:
        raise
    except Exception as error:  # whatever somebody else's function raises is told with the place
        raise GameError(subject=subject, wanted=wanted, got=f"{type(error).__name__}: {error}") from error


def _exact(expression: sp.Expr, subject: str) -> sp.Expr:
    """The expression with its floats made rational, if it is finite and real."""
    if expression.has(*_NOT_FINITE) or expression.has(sp.I):
        raise GameError(subject=subject, wanted=_WANTED, got=_shown(expression), hint="Use real, finite quantities")
    floats = expression.atoms(sp.Float)
    return expression.xreplace({number: exact_number(number, subject) for number in floats}) if floats else expression


def _shown(value: Any) -> str:
    """The value and, unless it is text or a number, its kind."""
    text = repr(value)
    text = text if len(text) <= 60 else text[:57] + "..."
    return text if isinstance(value, str | float | sp.Expr) else f"{text} ({type(value).__name__})"


def _hint(value: Any) -> str:
    """What to try in place of `value`."""
    if isinstance(value, str):
        return 'Text is read as a number such as "1/4" and nothing else; write parameters as the symbols they are'
    if isinstance(value, tuple | list | dict):
        return "One quantity is wanted; for a payoff that depends on a type, use by_type(...)"
    if isinstance(value, bool):
        return "Write 1 or 0 for a number"
    if isinstance(value, sp.logic.boolalg.Boolean):
        return "A relation is no quantity; put it into the assumptions of the parameters"
    return "Write an int, a fraction, number text or an expression in the parameters"
