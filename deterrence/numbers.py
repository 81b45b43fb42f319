"""Exact numbers from what people type.

Text is parsed as a number and never evaluated as code.  A Python float means its shortest
decimal text (``0.1`` is one tenth), so that what a user sees is what is computed with.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import sympy as sp

from deterrence.errors import PointError

_LONGEST = 400


def as_fraction(number: sp.Rational) -> Fraction:
    """A SymPy rational as a fraction of Python."""
    return Fraction(int(number.p), int(number.q))


def exact_number(value: Any, subject: str = "number") -> sp.Rational:
    """Turn an int, fraction, decimal or fraction text, float or SymPy rational into a rational.

    Parameters
    ----------
    value : int, float, fractions.Fraction, decimal.Decimal, str or sympy.Rational
        A finite number.  Text may be whole, decimal ("0.25", "1e-3") or a fraction ("1/4").
    subject : str
        What the number is for, named in the error.

    Raises
    ------
    PointError
        If it is not a finite real number.

    Examples
    --------
    >>> exact_number("1/4"), exact_number(0.1)
    (1/4, 1/10)
    """
    if isinstance(value, sp.Rational):
        return value
    if isinstance(value, bool | complex):
        raise _refused(value, subject)
    if hasattr(value, "item") and not isinstance(value, sp.Basic) and getattr(value, "size", 1) == 1:
        value = value.item()
    if isinstance(value, float):
        if not math.isfinite(value):
            raise _refused(value, subject)
        value = repr(value)
    if isinstance(value, sp.Float):
        value = str(float(value))
    return _parse(value, subject)


def _parse(value: Any, subject: str) -> sp.Rational:
    text = str(value).strip()
    exponent = text.lower().partition("e")[2].lstrip("+-")
    if len(text) > _LONGEST or (exponent.isdigit() and int(exponent) > _LONGEST):
        raise _refused(text[:40] + "...", subject)
    try:
        number = Fraction(text.replace(" ", "")) if isinstance(value, str) else Fraction(value)
    except (ValueError, TypeError, ZeroDivisionError, OverflowError):
        raise _refused(value, subject) from None
    return sp.Rational(number.numerator, number.denominator)


def _refused(value: Any, subject: str) -> PointError:
    return PointError(
        subject=subject,
        wanted="a finite real number such as 2, 0.25 or 1/4",
        got=repr(value),
        hint="give an int, a fraction, decimal text or fraction text",
    )
