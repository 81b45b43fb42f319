"""One player's half of an equilibrium of a table: which mixtures of the other make a support best.

Fix the supports S of a player and T of its opponent.  Whether the actions of S are best replies to
a mixture y on T says nothing of the opponent's payoffs, so that a bimatrix game falls into two
halves that are solved once each and combined.  With M the differences of payoffs between actions
of S, indifference is ``M y = 0``; where M has one row less than T has actions, Cramer's rule gives
``y`` in proportion to the signed maximal minors ``N`` of M, and y is a mixture exactly where these
have one sign.  Rows beyond that are equations among the parameters; where all minors vanish, or
there are fewer rows, y stays open: a family.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy as sp

from deterrence.parameters import Assumptions
from deterrence.polynomials import Polynomial, Ring
from deterrence.regions.coordinates import coordinates
from deterrence.regions.formula import compare
from deterrence.regions.logic import Formula, conjunction, disjunction

__all__ = ["Half", "Halves", "scaled_matrix"]

Matrix = list[list[Polynomial]]
Places = tuple[int, ...]


@dataclass(frozen=True)
class Half:
    """One way in which the opponent's mixture on T makes S a set of best replies.

    Attributes
    ----------
    shares : tuple of polynomials, or None
        The mixture in proportion to these, over the parameters; None where it stays open.
    condition : Formula
        Over the parameters: what must hold, apart from `open_rows`.
    edge : bool
        Whether that includes an equation among the parameters.
    open_rows : tuple of (operator, coefficients)
        For an open mixture: ``coefficients . y operator 0``.
    """

    shares: tuple[Polynomial, ...] | None
    condition: Formula
    edge: bool
    open_rows: tuple[tuple[str, tuple[Polynomial, ...]], ...] = ()


class Halves:
    """The halves of one player: its payoffs by own action (rows) and the opponent's (columns)."""

    def __init__(self, matrix: Matrix, assumptions: Assumptions) -> None:
        self.matrix, self.assumptions = matrix, assumptions
        self.ring: Ring = assumptions.ring
        self.sign = coordinates(assumptions).sign
        self._known: dict[tuple[Places, Places], tuple[Half, ...]] = {}

    def of(self, own: Places, other: Places) -> tuple[Half, ...]:
        """All ways for these supports; none if no mixture on `other` makes `own` best."""
        k = (own, other)
        if k not in self._known:
            found = (self._solved(own, other), self._open(own, other))
            self._known[k] = tuple(h for h in found if h is not None and h.condition is not False)
        return self._known[k]

    def _rows(self, own: Places, other: Places) -> tuple[list[list[Polynomial]], list[list[Polynomial]]]:
        """Differences of the first action of the support from the others in it, and from those outside."""
        first = self.matrix[own[0]]
        rows = {i: [first[j] - row[j] for j in other] for i, row in enumerate(self.matrix)}
        return [rows[i] for i in own[1:]], [row for i, row in rows.items() if i not in own]

    def _solved(self, own: Places, other: Places) -> Half | None:
        """By Cramer's rule on the first rows."""
        equal, lower = self._rows(own, other)
        if len(equal) < len(other) - 1:
            return None
        used, left = equal[: len(other) - 1], equal[len(other) - 1 :]
        shares = self._minors(used, len(other))
        if all(p == 0 for p in shares):
            return None
        extra = [self._dot(row, shares) for row in left]
        bounds = [self._dot(row, shares) for row in lower]
        ways = [self._one_sign(shares, bounds, s) for s in (1, -1)]
        condition = conjunction(disjunction(*ways), *(self.compare("==", p) for p in extra))
        return Half(tuple(shares), condition, any(p != 0 for p in extra))

    def _one_sign(self, shares: Sequence[Polynomial], bounds: Sequence[Polynomial], sign: int) -> Formula:
        """All shares of this sign, and no action outside the support better."""
        inside = [self.compare(">", p * sign) for p in shares]
        return conjunction(*inside, *(self.compare(">=", p * sign) for p in bounds))

    def _open(self, own: Places, other: Places) -> Half | None:
        """With too few equations, or where all minors vanish."""
        equal, lower = self._rows(own, other)
        if len(other) == 1:
            return None
        enough = len(equal) >= len(other) - 1
        vanish = self._minors(equal[: len(other) - 1], len(other)) if enough else []
        left = equal[1:] if enough and len(other) == 2 else equal  # one row of two is zero with its minors
        rows = [("==", tuple(r)) for r in left if any(p != 0 for p in r)]
        rows += [(">=", tuple(r)) for r in lower if any(p != 0 for p in r)]
        condition = conjunction(
            *(self.compare("==", p) for p in vanish), *(self._possible(op, row) for op, row in rows)
        )
        return Half(None, condition, any(p != 0 for p in vanish), tuple(rows))

    def _possible(self, op: str, row: Sequence[Polynomial]) -> Formula:
        """What a row implies for the parameters, as some share of each is positive: exact for one row."""
        some = disjunction(*(self.compare(">", p) for p in row))
        none = conjunction(*(self.compare("==", p) for p in row))
        if op == ">=":
            return disjunction(some, none)
        other = disjunction(*(self.compare("<", p) for p in row))
        return disjunction(conjunction(some, other), none)

    def compare(self, op: str, poly: Polynomial) -> Formula:
        """``poly op 0`` over the parameters."""
        return compare(op, poly, self.sign)

    def _minors(self, rows: list[list[Polynomial]], width: int) -> list[Polynomial]:
        """Signed maximal minors: a vector that every row maps to 0."""
        signs = [1 if j % 2 == 0 else -1 for j in range(width)]
        return [
            determinant(self.ring, [[row[i] for i in range(width) if i != j] for row in rows]) * s
            for j, s in enumerate(signs)
        ]

    def _dot(self, row: Sequence[Polynomial], shares: Sequence[Polynomial]) -> Polynomial:
        return sum((a * b for a, b in zip(row, shares, strict=True)), self.ring.zero)


def determinant(ring: Ring, matrix: Matrix) -> Polynomial:
    """By expansion along the first row, skipping zeros (tables are small)."""
    if not matrix:
        return ring.one
    total = ring.zero
    for j, entry in enumerate(matrix[0]):
        if entry != 0:
            minor = determinant(ring, [row[:j] + row[j + 1 :] for row in matrix[1:]])
            total = total + (entry * minor if j % 2 == 0 else -entry * minor)
    return total


def scaled_matrix(entries: list[list[sp.Expr]], assumptions: Assumptions) -> Matrix:
    """A player's payoffs as polynomials, all multiplied by one positive quantity."""
    ring, sign = assumptions.ring, coordinates(assumptions).sign
    parts = [[ring.fraction(assumptions.expand(e)) for e in row] for row in entries]
    common = ring.one
    for _, den in (f for row in parts for f in row):
        common = common * (den / common.gcd(den))
    known = sign(common)
    factor = common if abs(known) != 1 else ring.constant(known)
    return [[num * (common / den) * factor for num, den in row] for row in parts]
