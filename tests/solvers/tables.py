"""All equilibria of a bimatrix game with numbers, by an exhaustive exact search written for the tests."""

from __future__ import annotations

import itertools
from fractions import Fraction


def solve_linear(rows, width):
    """The one solution of equations given as (coefficients..., constant); None if there is none or many."""
    rows = [list(map(Fraction, r)) for r in rows]
    place = 0
    for column in range(width):
        pivot = next((k for k in range(place, len(rows)) if rows[k][column] != 0), None)
        if pivot is None:
            return None
        rows[place], rows[pivot] = rows[pivot], rows[place]
        rows[place] = [v / rows[place][column] for v in rows[place]]
        for k, row in enumerate(rows):
            if k != place and row[column] != 0:
                rows[k] = [v - row[column] * w for v, w in zip(row, rows[place], strict=True)]
        place += 1
    if any(row[-1] != 0 for row in rows[place:]):
        return None
    return [rows[k][-1] for k in range(width)]


def indifferent(payoffs, own, other):
    """The mixture on `other` (of all columns) that makes the rows `own` equally good; None if not unique."""
    width = len(other) + 1  # shares, then the common value
    rows = [[*(payoffs[i][j] for j in other), -1, 0] for i in own]
    rows.append([*(1 for _ in other), 0, 1])
    found = solve_linear(rows, width)
    if found is None or any(x <= 0 for x in found[:-1]):
        return None
    mixture = [Fraction(0)] * len(payoffs[0])
    for j, x in zip(other, found, strict=False):
        mixture[j] = x
    return mixture, found[-1]


def best(payoffs, mixture, value):
    """Whether no row is worth more than `value` against a mixture."""
    return all(sum(a * q for a, q in zip(row, mixture, strict=True)) <= value for row in payoffs)


def subsets(size):
    return [s for k in range(1, size + 1) for s in itertools.combinations(range(size), k)]


def isolated(first, second):
    """Equilibria with supports of equal size and one solution: all there are, if no payoffs tie."""
    other = [list(c) for c in zip(*second, strict=True)]
    found = []
    for own, column in itertools.product(subsets(len(first)), subsets(len(first[0]))):
        if len(own) == len(column):
            q, p = indifferent(first, own, column), indifferent(other, column, own)
            if p and q and best(first, *q) and best(other, *p):
                found.append((tuple(p[0]), tuple(q[0])))
    return sorted(found)


def ordinal_games():
    """The 78 two-by-two games with strict ordinal payoffs that differ by more than names (Rapoport and Guyer)."""
    seen, games = set(), []
    for a in itertools.permutations((1, 2, 3, 4)):
        for b in itertools.permutations((1, 2, 3, 4)):
            if (a, b) not in seen:
                games.append(([list(a[:2]), list(a[2:])], [list(b[:2]), list(b[2:])]))
                seen |= set(renamed(a, b))
    return games


def renamed(a, b):
    """The same game with rows, columns or players exchanged; cells in the order 00, 01, 10, 11."""
    for rows, columns in itertools.product((False, True), repeat=2):
        order = [0, 1, 2, 3]
        order = [order[2], order[3], order[0], order[1]] if rows else order
        order = [order[1], order[0], order[3], order[2]] if columns else order
        x, y = tuple(a[k] for k in order), tuple(b[k] for k in order)
        yield x, y
        yield tuple(y[k] for k in (0, 2, 1, 3)), tuple(x[k] for k in (0, 2, 1, 3))


def table(eqs, point=()):
    """What the library finds at a point, as pairs of mixtures in fractions."""
    here = eqs.at(dict(point)) if point else eqs
    found = []
    for e in here:
        assert not e.free, e
        rows = [tuple(Fraction(int(v.p), int(v.q)) for v in row.values()) for row in e.strategy.values()]
        found.append(tuple(rows))
    return sorted(found)
