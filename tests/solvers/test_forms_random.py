"""Symbolic answers of the forms of game, filled in at random exact points, against direct solutions there."""

import itertools
import random
from fractions import Fraction
from math import comb

import numpy as np
import pytest
import sympy as sp

from deterrence.games.continuous import ContinuousGame
from deterrence.games.strategic import StrategicGame
from deterrence.games.symmetric import SymmetricGame
from deterrence.numbers import as_fraction
from deterrence.parameters import Parameters
from deterrence.solvers.levels.continuous import solve_continuous
from deterrence.solvers.symmetric.search import solve_symmetric
from deterrence.solvers.tables.strategic import solve_strategic
from tests.solvers.tables import isolated, table

PAIR = ["in", "out"]
x, y = sp.symbols("x y", real=True)


def groups(eqs):
    """Of each equilibrium the groups: how many players, and the probability that each of them takes part."""
    found = []
    for e in (*eqs, *eqs.knife_edges):
        assert not e.free, e
        found.append(
            sorted((int(who.split()[0]), round(float(row.get("in", 0)), 6)) for who, row in e.strategy.items())
        )
    return sorted(found)


def chances(rates):
    """The probabilities that 0, 1, ... of independent players take part."""
    row = [1]
    for p in rates:
        row = [(1 - p) * a + p * b for a, b in zip([*row, 0], [0, *row], strict=True)]
    return row


def nobody_gains(gains, sure, left, mixing):
    """Whether those who act for sure would lose by the other action, the rest mixing at these rates."""
    draw = chances(mixing)
    stay = not sure or sum(c * gains[sure - 1 + k] for k, c in enumerate(draw)) >= 0
    return stay and (not left or sum(c * gains[sure + k] for k, c in enumerate(draw)) <= 0)


def alike(gains, n):
    """Everybody for sure, or one group that mixes alike: the roots of its gain, a polynomial in the one rate."""
    for m, sure in ((size, s) for size in (0, *range(2, n + 1)) for s in range(n - size + 1)):
        left, rates = n - m - sure, [None]
        if m:
            p = np.polynomial.Polynomial([0, 1])
            gain = sum(comb(m - 1, k) * p**k * (1 - p) ** (m - 1 - k) * float(gains[sure + k]) for k in range(m))
            rates = [r.real for r in gain.roots() if abs(r.imag) < 1e-9 and 0 < r.real < 1]
        for rate in rates:
            if nobody_gains(gains, sure, left, [rate] * m):
                yield [(k, p) for k, p in ((sure, 1.0), (left, 0.0), (m, rate)) if k]


def two_and_two(gains):
    """Two of four at each of two rates: the equations are linear in the sum and the product of the rates."""
    g0, g1, g2, g3 = gains
    rows = [(b - a, a - 2 * b + c, -a) for a, b, c in ((g0, g1, g2), (g1, g2, g3))]  # sum, product, right side
    (a, b, e), (c, d, f) = rows
    total, product = (e * d - b * f) / (a * d - b * c), (a * f - e * c) / (a * d - b * c)
    spread = total**2 - 4 * product
    if spread > 0:
        rates = [(float(total) + sign * float(spread) ** 0.5) / 2 for sign in (-1, 1)]
        if all(0 < p < 1 for p in rates):
            yield [(2, p) for p in rates]


@pytest.mark.parametrize(("n", "points"), [(3, 350), (4, 150)])
def test_symmetric_games_with_a_symbol_for_every_payoff(n, points):
    P = Parameters()
    names = [f"u{a}{k}" for a in (0, 1) for k in range(n)]
    symbols = dict(zip(names, P.real(" ".join(names)), strict=True))

    def payoff(own, others):
        return symbols[f"u{PAIR.index(own)}{others['in']}"]

    general = solve_symmetric(SymmetricGame("General", parameters=P, players=n, actions=PAIR, payoff=payoff))
    rng = random.Random(n)
    for _ in range(points):
        point = {s: Fraction(rng.randint(-6000, 6000), rng.randint(1, 90)) for s in symbols.values()}
        gains = [point[symbols[f"u0{k}"]] - point[symbols[f"u1{k}"]] for k in range(n)]
        expected = [*alike(gains, n), *(two_and_two(gains) if n == 4 else [])]
        assert groups(general.at(point)) == sorted(sorted((k, round(p, 6)) for k, p in e) for e in expected)


def test_tables_with_fractions_of_parameters():
    P = Parameters()
    c, b = P.ordered("0 < c < b")
    p = P.probability("p")

    def payoffs(c, b, p):
        return [[[p * b - c, b / (b + c)], [c / p, (b - c) / 2]], [[b, c], [p / (1 - p), b * c]]]

    game = StrategicGame("Fractions", parameters=P, actions={"A": PAIR, "B": PAIR}, payoffs=payoffs(c, b, p))
    eqs = solve_strategic(game)
    rng = random.Random(12)
    for _ in range(500):
        low = Fraction(rng.randint(1, 50), rng.randint(1, 9))
        put = {c: low, b: low + Fraction(rng.randint(1, 50), rng.randint(1, 9)), p: Fraction(rng.randint(1, 28), 29)}
        assert table(eqs, put) == isolated(*payoffs(*put.values()))


def clipped(value, low, high):
    return min(max(value, low), high)


def test_quadratic_games_of_two_levels():
    P = Parameters()
    a1, a2 = P.positive("a1 a2")
    b1, b2, c1, c2 = P.real("b1 b2 c1 c2")
    game = ContinuousGame(
        "Quadratic", parameters=P, levels={"A": {x: (0, 1)}, "B": {y: (0, 1)}},
        payoffs={"A": -a1 * x**2 + b1 * x + c1 * x * y, "B": -a2 * y**2 + b2 * y + c2 * x * y},
    )  # fmt: skip
    eqs = solve_continuous(game)
    assert len(eqs) == 9 and all(e.how_known == "exact" for e in eqs)
    rng = random.Random(21)
    for _ in range(500):
        drawn = [Fraction(rng.randint(1, 40), 10) for _ in range(2)]
        drawn += [Fraction(rng.randint(-40, 40), 11) for _ in range(4)]
        A1, A2, B1, B2, C1, C2 = drawn
        reply_x = lambda v, A=A1, B=B1, C=C1: clipped((B + C * v) / (2 * A), 0, 1)  # noqa: E731
        reply_y = lambda u, A=A2, B=B2, C=C2: clipped((B + C * u) / (2 * A), 0, 1)  # noqa: E731
        here = {
            tuple(as_fraction(e.strategy[s]) for s in ("x", "y"))
            for e in eqs.at(dict(zip((a1, a2, b1, b2, c1, c2), drawn, strict=True)))
        }
        for u, v in here:
            assert (u, v) == (reply_x(v), reply_y(u))
        assert here == {(u, reply_y(u)) for u in fixed_points(lambda u, f=reply_x, g=reply_y: f(g(u)), drawn)}


def fixed_points(step, drawn):
    """All u with step(u) = u for a function that is linear between few kinks: where it is, to the ends of the kinks."""
    A1, A2, B1, B2, C1, C2 = drawn
    kinks = {Fraction(0), Fraction(1)}
    for bound in (0, 1):
        if C2 != 0:
            kinks.add((2 * A2 * bound - B2) / C2)
            if C1 != 0:
                kinks.add((2 * A2 * (2 * A1 * bound - B1) / C1 - B2) / C2)
    places = sorted(k for k in kinks if 0 <= k <= 1)
    found = {u for u in places if step(u) == u}
    for low, high in itertools.pairwise(places):
        first, last = step(low) - low, step(high) - high
        if first * last < 0:
            found.add(low + (high - low) * first / (first - last))
    return found
