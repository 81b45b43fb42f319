"""Linear programmes, exactly: the simplex method on whole numbers, with Bland's rule.

A row is (coefficients by variable, constant); it stands for coefficients.x + constant, to be = 0 or >= 0.
All variables are >= 0.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from math import gcd, lcm

Variable = Hashable
Row = tuple[Mapping[Variable, Fraction], Fraction]
Point = dict[Variable, Fraction]
EPSILON = ("epsilon",)


def interior(equalities: Iterable[Row], inequalities: Iterable[Row], strict: Iterable[Variable]) -> Point | None:
    """A solution with every strict variable > 0, or None when there is none."""
    strict = set(strict)
    equal, least = list(equalities), list(inequalities)
    if _contradicted(equal, least, strict):
        return None
    if not strict:
        return maximise({}, equal, least)
    shifted = [[_shift(row, strict) for row in rows] for rows in (equal, least)]
    cap: Row = ({EPSILON: Fraction(-1)}, Fraction(1))
    solution = maximise({EPSILON: Fraction(1)}, shifted[0], [*shifted[1], cap])
    if solution is None or solution.get(EPSILON, 0) <= 0:
        return None
    margin = solution.pop(EPSILON)
    return solution | {x: solution.get(x, Fraction(0)) + margin for x in strict}


def _shift(row: Row, strict: set[Variable]) -> Row:
    coefficients, constant = row
    return {**coefficients, EPSILON: sum((c for x, c in coefficients.items() if x in strict), Fraction(0))}, constant


def _contradicted(equal: list[Row], least: list[Row], strict: set[Variable]) -> bool:
    """Whether the signs of some row alone exclude a solution."""
    for rows, signs in ((least, (1,)), (equal, (1, -1))):
        for coefficients, constant in rows:
            for sign in signs:
                none_up = all(sign * c <= 0 for c in coefficients.values()) and sign * constant <= 0
                if none_up and (sign * constant < 0 or any(c != 0 and x in strict for x, c in coefficients.items())):
                    return True
    return False


def maximise(objective: Mapping[Variable, Fraction], equalities: list[Row], inequalities: list[Row]) -> Point | None:
    """A best solution, None when there is none; an unbounded objective is a ValueError."""
    names = sorted({x for rows in (equalities, inequalities, [(objective, 0)]) for c, _ in rows for x in c}, key=repr)
    column = {x: k for k, x in enumerate(names)}
    width = len(names) + len(inequalities)
    table = [_line(row, column, width, None) for row in equalities]
    table += [_line(row, column, width, len(names) + k) for k, row in enumerate(inequalities)]
    tableau = _Tableau(table, width)
    if not tableau.start():
        return None
    tableau.climb(_line((objective, Fraction(0)), column, width, None, oriented=False)[:-1])
    values = tableau.values()
    return {x: values.get(k, Fraction(0)) for x, k in column.items()}


def _line(row: Row, column: Mapping[Variable, int], width: int, slack: int | None, oriented: bool = True) -> list[int]:
    """The row as whole numbers: coefficients.x - slack = -constant, right-hand side last and not negative."""
    coefficients, constant = row
    scale = lcm(*(Fraction(c).denominator for c in coefficients.values()), Fraction(constant).denominator)
    line = [0] * (width + 1)
    for x, c in coefficients.items():
        line[column[x]] = int(c * scale)
    line[-1] = -int(constant * scale)
    if slack is not None:
        line[slack] = -1
    return [-v for v in line] if oriented and (line[-1] < 0 or (line[-1] == 0 and slack is not None)) else line


class _Tableau:
    """Rows of whole numbers, each with a basic variable of positive coefficient."""

    def __init__(self, rows: list[list[int]], width: int) -> None:
        self.width, self.rows = width, rows
        self.basis = [next((k for k in range(width) if self._is_unit(i, k)), -1) for i in range(len(rows))]

    def _is_unit(self, i: int, k: int) -> bool:
        return self.rows[i][k] > 0 and all(row[k] == 0 for j, row in enumerate(self.rows) if j != i)

    def start(self) -> bool:
        """Find a first solution by driving out one artificial variable for each row without a basic one."""
        bare = [i for i, k in enumerate(self.basis) if k < 0]
        if bare:
            self.climb([sum(self.rows[i][k] for i in bare) for k in range(self.width)])
            if any(self.rows[i][-1] for i in bare if self.basis[i] < 0):
                return False
            self._drop_artificial()
        return True

    def _drop_artificial(self) -> None:
        for i in [i for i, k in enumerate(self.basis) if k < 0]:
            column = next((k for k in range(self.width) if self.rows[i][k]), None)
            if column is not None:
                if self.rows[i][column] < 0:
                    self.rows[i] = [-v for v in self.rows[i]]
                self._pivot(i, column, [])
        kept = [i for i, k in enumerate(self.basis) if k >= 0]
        self.rows, self.basis = [self.rows[i] for i in kept], [self.basis[i] for i in kept]

    def climb(self, costs: list[int]) -> None:
        """Raise the objective (given over all columns) as far as it goes."""
        costs = [*costs, 0]
        for i, k in enumerate(self.basis):
            if k >= 0 and costs[k]:
                costs = _eliminate(costs, self.rows[i], k)
        while (entering := next((k for k in range(self.width) if costs[k] > 0), None)) is not None:
            leaving = self._leaving(entering)
            costs = self._pivot(leaving, entering, costs)

    def _leaving(self, entering: int) -> int:
        best = None
        for i, row in enumerate(self.rows):
            if row[entering] > 0:
                rank = (Fraction(row[-1], row[entering]), self.basis[i])
                if best is None or rank < best[0]:
                    best = (rank, i)
        if best is None:
            raise ValueError("the objective is unbounded")
        return best[1]

    def _pivot(self, i: int, column: int, costs: list[int]) -> list[int]:
        self.rows = [
            row if j == i or not row[column] else _eliminate(row, self.rows[i], column)
            for j, row in enumerate(self.rows)
        ]
        self.basis[i] = column
        return _eliminate(costs, self.rows[i], column) if costs and costs[column] else costs

    def values(self) -> dict[int, Fraction]:
        """The basic variables' values."""
        return {k: Fraction(row[-1], row[k]) for k, row in zip(self.basis, self.rows, strict=True)}


def _eliminate(row: list[int], by: list[int], column: int) -> list[int]:
    """Clear a column of `row` by a multiple of `by`, whose entry there is positive."""
    up, down = by[column], row[column]
    result = [v * up - w * down for v, w in zip(row, by, strict=True)]
    shared = gcd(*result)
    return [v // shared for v in result] if shared > 1 else result
