"""Roots in (0, 1) of polynomials in Bernstein form, isolated exactly.

What a player gains by taking part when each of m others does so with probability p is
``sum_k binomial(m, k) p**k (1-p)**(m-k) d_k``: the gains d_k are its Bernstein coefficients.  Their
changes of sign bound the number of roots (Descartes); subdivision by de Casteljau's rule isolates
them (Lane and Riesenfeld 1981), in whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import comb, lcm
from typing import Any

import flint
import sympy as sp

__all__ = ["UnitRoot", "sign_at", "unit_roots", "value_near"]

BITS = 256
WIDTH = Fraction(1, 2**100)
FEW = 4


@dataclass(frozen=True)
class UnitRoot:
    """The one root of a polynomial between two rationals (equal if the root is rational and found).

    Attributes
    ----------
    gains : tuple of Fraction
        Bernstein coefficients of the polynomial on [0, 1].
    low, high : Fraction
    simple : bool
        Whether the polynomial changes sign there.
    """

    gains: tuple[Fraction, ...]
    low: Fraction
    high: Fraction
    simple: bool = True

    def __float__(self) -> float:
        return float((self.low + self.high) / 2)

    @property
    def exact(self) -> sp.Expr:
        """The rational, or the number to 30 digits."""
        if self.low == self.high:
            return sp.Rational(self.low.numerator, self.low.denominator)
        return value_near(self.low, self.high)

    @property
    def evidence(self) -> str:
        """In words."""
        if self.low == self.high:
            return "rational root"
        return f"the only root of a polynomial of degree {len(self.gains) - 1} within 2**-{_bits(self.high - self.low)}"


def _bits(width: Fraction) -> int:
    return max(0, (width.denominator // max(1, width.numerator)).bit_length() - 1)


def value_near(low: Fraction, high: Fraction) -> sp.Float:
    """A number between the bounds, to 30 digits."""
    middle = (low + high) / 2
    return sp.Float(sp.Rational(middle.numerator, middle.denominator), 30)


def unit_roots(gains: Sequence[Fraction]) -> list[UnitRoot]:
    """All different roots in the open interval (0, 1), in order; none for the zero polynomial.

    Examples
    --------
    >>> [float(r) for r in unit_roots([Fraction(3), Fraction(-1)])]
    [0.75]
    """
    whole = _whole(gains)
    found: list[UnitRoot] = []
    if _changes(whole) == 0:
        return found
    parted = _parted(whole) if _changes(whole) == 2 else None
    if parted is not None:
        ends = ((Fraction(0), parted), (parted, Fraction(1)))
        return [_narrow(tuple(map(Fraction, gains)), low, high) for low, high in ends]
    work = whole if _changes(whole) == 1 else _squarefree(whole)
    todo = [(work, Fraction(0), Fraction(1))]
    while todo:
        values, low, high = todo.pop()
        changes = _changes(values)
        if changes == 1:
            found.append(_narrow(tuple(map(Fraction, work)), low, high))
        elif changes > 1:
            left, right = _halves(values)
            middle = (low + high) / 2
            if left[-1] == 0:
                found.append(UnitRoot(tuple(map(Fraction, work)), middle, middle))
            todo += [(right, middle, high), (left, low, middle)]
    return sorted((UnitRoot(tuple(map(Fraction, gains)), r.low, r.high) for r in found), key=lambda r: r.low)


def _changes(values: Sequence[Any]) -> int:
    """Changes of sign, zeros passed over; zeros at the ends belong to roots at the ends."""
    signs = [v > 0 for v in values if v != 0]
    return sum(a != b for a, b in pairwise(signs))


def _parted(values: list[int]) -> Fraction | None:
    """With two changes of sign: a place where the polynomial has the sign of the middle, so one root on either side."""
    first = next(v for v in values if v != 0)
    middle = [k for k, v in enumerate(values) if v != 0 and (v > 0) != (first > 0)]
    degree = len(values) - 1
    for k in middle[:: max(1, len(middle) // 8)]:
        place = Fraction(k, degree)
        if 0 < place < 1 and sign_at(values, place) * first < 0:
            return place
    return None


def _halves(values: list[int]) -> tuple[list[int], list[int]]:
    """Bernstein coefficients on either half, up to a positive factor."""
    degree = len(values) - 1
    row, left, right = list(values), [values[0] << degree], [values[-1] << degree]
    for k in range(1, degree + 1):
        row = [a + b for a, b in pairwise(row)]
        left.append(row[0] << (degree - k))
        right.append(row[-1] << (degree - k))
    return left, right[::-1]


@lru_cache(maxsize=64)
def _powers(values: tuple[int, ...]) -> Any:
    """The polynomial as a FLINT polynomial in p."""
    degree = len(values) - 1
    usual = max(set(values), key=values.count)
    if sum(v != usual for v in values) <= FEW:  # the Bernstein polynomials sum to 1
        total = flint.fmpz_poly([usual])
        for k, v in enumerate(values):
            if v != usual:
                rest = flint.fmpz_poly([1, -1]) ** (degree - k)
                total += (v - usual) * comb(degree, k) * flint.fmpz_poly([0] * k + [int(c) for c in rest.coeffs()])
        return total
    p, q = flint.fmpz_poly([0, 1]), flint.fmpz_poly([1, -1])
    total, power = flint.fmpz_poly([0]), flint.fmpz_poly([1])
    for k in range(degree, -1, -1):
        total = total * p + comb(degree, k) * int(values[k]) * power
        power = power * q
    return total


def _squarefree(values: list[int]) -> list[int]:
    """The same roots, each once; unchanged if they are simple already."""
    poly = _powers(tuple(values))
    common = poly.gcd(poly.derivative())
    if common.degree() <= 0:
        return values
    part = poly // common
    return _bernstein(part)


def _bernstein(poly: Any) -> list[int]:
    """Whole Bernstein coefficients on [0, 1], up to a positive factor."""
    degree = poly.degree()
    powers = [int(c) for c in poly.coeffs()]
    values = [
        sum((Fraction(comb(k, i) * powers[i], comb(degree, i)) for i in range(k + 1)), Fraction(0))
        for k in range(degree + 1)
    ]
    scale = lcm(*(v.denominator for v in values))
    return [int(v * scale) for v in values]


def sign_at(gains: Sequence[Fraction] | Sequence[int], p: Fraction) -> int:
    """The exact sign of the polynomial at a rational."""
    whole = _whole(gains)
    # with p = a/(a+b): sum_k binomial(m, k) a**k b**(m-k) d_k
    a, b = p.numerator, p.denominator - p.numerator
    degree, total, power = len(whole) - 1, 0, 1
    for k in range(degree, -1, -1):
        total = total * a + comb(degree, k) * whole[k] * power
        power *= b
    return (total > 0) - (total < 0)


def _narrow(gains: tuple[Fraction, ...], low: Fraction, high: Fraction) -> UnitRoot:
    """The one root between the bounds, enclosed more tightly by ball arithmetic; linear ones exactly."""
    if len(gains) == 2:
        exact = gains[0] / (gains[0] - gains[1])
        return UnitRoot(gains, exact, exact)
    with flint.ctx.workprec(BITS + 4 * len(gains)):
        poly = flint.arb_poly(_powers(tuple(_whole(gains))))
        start = _sign_near(poly, gains, low, high)
        for width in (Fraction(1, 2**12), WIDTH):
            low, high = _bisected(poly, gains, start, low, high, width)
            if high - low <= WIDTH:
                break
            low, high = _leap(poly, gains, start, low, high)
    return _tidied(gains, low, high)


def _bisected(
    poly: Any, gains: tuple[Fraction, ...], start: int, low: Fraction, high: Fraction, width: Fraction
) -> tuple[Fraction, Fraction]:
    """Halve the interval until it is narrow enough."""
    while high - low > width:
        middle = (low + high) / 2
        sign = _sign(poly, gains, middle)
        if sign == 0:
            return middle, middle
        low, high = (middle, high) if sign == start else (low, middle)
    return low, high


def _leap(
    poly: Any, gains: tuple[Fraction, ...], start: int, low: Fraction, high: Fraction
) -> tuple[Fraction, Fraction]:
    """Newton's steps from the middle, kept only if the signs around the end confirm a narrow interval."""
    slope, x = poly.derivative(), flint.arb(_flint((low + high) / 2))
    for _ in range(6):
        below = slope(x)
        if not (below > 0 or below < 0):
            return low, high
        x = flint.arb((x - poly(x) / below).mid())
    guess = Fraction(*_ratio(x))
    left, right = guess - WIDTH / 2, guess + WIDTH / 2
    if low <= left < right <= high and _sign(poly, gains, left) == start and _sign(poly, gains, right) == -start:
        return left, right
    return low, high


def _ratio(x: Any) -> tuple[int, int]:
    """The midpoint of a ball, to twice the width wanted."""
    return int((x.mid() * 2**202).floor().unique_fmpz()), 2**202


def _flint(value: Fraction) -> Any:
    return flint.fmpq(value.numerator, value.denominator)


def _sign(poly: Any, gains: tuple[Fraction, ...], place: Fraction) -> int:
    """The sign at a rational: by ball arithmetic where that is clear, else exactly."""
    value = poly(flint.arb(_flint(place)))
    return 1 if value > 0 else -1 if value < 0 else sign_at(gains, place)


def _sign_near(poly: Any, gains: tuple[Fraction, ...], low: Fraction, high: Fraction) -> int:
    """The sign just to the right of `low`, where the polynomial may vanish itself."""
    step = (high - low) / 2
    left = low if low > 0 else Fraction(0)
    if left == 0:
        return next((1 if g > 0 else -1) for g in gains if g != 0)
    sign = sign_at(gains, left)
    return sign if sign != 0 else sign_at(gains, left + step / 2**40)


def _tidied(gains: tuple[Fraction, ...], low: Fraction, high: Fraction) -> UnitRoot:
    """The root as a simple fraction, if it is one."""
    simple = ((low + high) / 2).limit_denominator(10**6)
    if low <= simple <= high and sign_at(gains, simple) == 0:
        return UnitRoot(gains, simple, simple)
    return UnitRoot(gains, low, high)


def sign_between(gains: Sequence[Fraction], root: UnitRoot) -> int:
    """The exact sign of another polynomial at a root: 0 only if it vanishes there too."""
    if root.low == root.high:
        return sign_at(gains, root.low)
    mine, other = (_powers(tuple(_whole(g))) for g in (gains, root.gains))
    with flint.ctx.workprec(BITS + 4 * max(len(gains), len(root.gains))):
        middle, radius = (root.low + root.high) / 2, (root.high - root.low) / 2
        ball = flint.arb(flint.arb(_flint(middle)), flint.arb(_flint(radius)))
        value = flint.arb_poly(mine)(ball)
        if value > 0 or value < 0:
            return 1 if value > 0 else -1
    common = mine.gcd(other)
    if common.degree() > 0 and _vanishes(common, root):
        return 0
    # not zero, so the sign is that of nearby rationals
    return sign_at(gains, (root.low + root.high) / 2)


def _vanishes(poly: Any, root: UnitRoot) -> bool:
    """Whether a factor of the root's polynomial is zero at it: it changes sign, or is zero, between the bounds."""
    low, high = (poly(_flint(x)) for x in (root.low, root.high))
    return bool(low * high <= 0)


def _whole(gains: Sequence[Any]) -> list[int]:
    """The coefficients as whole numbers, all times one positive number."""
    scale = lcm(*(g.denominator for g in gains))
    return [g.numerator * (scale // g.denominator) for g in gains]
