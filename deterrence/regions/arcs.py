"""One piece of the boundary of a two-dimensional slice: exact, and ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import flint
import numpy as np
import sympy as sp

from deterrence.polynomials import Polynomial, Ring, tidy
from deterrence.regions.roots import Root, between, rational_root, real_roots
from deterrence.regions.slices import roots_in, univariate

__all__ = ["Arc"]


@dataclass(frozen=True)
class Arc:
    """One piece of a boundary: where it runs, and what it divides.

    Attributes
    ----------
    x, y : sympy.Symbol
        The axes.
    equation : sympy.Expr
        The irreducible polynomial that is zero on the arc.
    vertical : bool
        A piece of the line ``x = constant``; otherwise a curve ``y = f(x)``.
    start, end : Root
        The interval of x (of y, if vertical), open.
    branch : int
        Which real root in y the curve is, counted from below (in x, from the left, if vertical).
    inside : {"above", "below", "right", "left", "on", "off"}
        Where the region lies; "on": only the curve itself belongs to it, "off": only the curve
        does not.
    closed : bool
        Whether the arc itself belongs to the region.
    """

    x: sp.Symbol
    y: sp.Symbol
    equation: sp.Expr
    vertical: bool
    start: Root
    end: Root
    branch: int
    inside: str
    closed: bool

    @property
    def interval(self) -> tuple[sp.Expr, sp.Expr]:
        """The ends as exact numbers: of x, or of y if the arc is vertical."""
        return self.start.exact, self.end.exact

    @cached_property
    def _ring(self) -> Ring:
        return Ring((self.x, self.y))

    @cached_property
    def _poly(self) -> Polynomial:
        return self._ring.from_sympy(self.equation)

    @cached_property
    def curve(self) -> sp.Expr | None:
        """`y` as an expression in `x` (the constant value of x if vertical); None beyond degree 2.

        Beyond degree 2 the curve is root number `branch` of `equation` in y, from below.
        """
        if self.vertical:
            return roots_in(self._ring, self._poly, self.x)[self.branch].exact
        parts = [self._ring.to_sympy(c) for c in self._ring.coefficients(self._poly, self.y)]
        if len(parts) == 2:
            return tidy(-parts[0] / parts[1])
        if len(parts) > 3:
            return None
        c, b, a = parts
        middle = between(self.start, self.end)
        rising = a.subs(self.x, sp.Rational(int(middle.p), int(middle.q))) > 0
        root = sp.sqrt(tidy(b**2 - 4 * a * c))
        return tidy(-b) / (2 * a) + (1 if (self.branch == 1) == bool(rising) else -1) * root / (2 * a)

    def sample(self, count: int = 50) -> tuple[np.ndarray, np.ndarray]:
        """Points along the arc for a drawing, denser near the ends.

        Each is the correctly rounded root of the exact equation, so the equation holds within
        1e-9 for coefficients of ordinary size.
        """
        low, high = float(self.start), float(self.end)
        along = low + (high - low) * (1 - np.cos(np.linspace(0.0, np.pi, count))) / 2
        if self.vertical:
            return np.full(count, float(roots_in(self._ring, self._poly, self.x)[self.branch])), along
        return along, np.array([self._height(value) for value in along])

    def _height(self, value: float) -> float:
        """The curve's y at a float x, taken just inside the open interval at its ends."""
        numerator, denominator = value.as_integer_ratio()
        point = flint.fmpq(numerator, denominator)
        inner = rational_root(point)
        if not self.start < inner:
            point = between(self.start, _near(self.start, self.end, 1))
        elif not inner < self.end:
            point = between(_near(self.end, self.start, -1), self.end)
        return float(real_roots(univariate(self._ring, self._poly, self.x, point))[self.branch])

    def __getstate__(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def __str__(self) -> str:
        axis, other = (self.y, self.x) if self.vertical else (self.x, self.y)
        low, high = self.interval
        shape = f"{other} = {self.curve}" if self.curve is not None else f"{self.equation} = 0, root {self.branch + 1}"
        edge = "included" if self.closed else "excluded"
        return f"{shape} for {low} < {axis} < {high}, region {self.inside}, boundary {edge}"


def _near(end: Root, other: Root, side: int) -> Root:
    """A rational very close to an end, on the side of the other end."""
    middle = between(end, other) if side > 0 else between(other, end)
    for _ in range(40):
        closer = between(end, rational_root(middle)) if side > 0 else between(rational_root(middle), end)
        if abs(float(rational_root(closer)) - float(end)) < 1e-15:
            break
        middle = closer
    return rational_root(middle)
