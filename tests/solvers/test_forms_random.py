"""Symbolic answers of the forms of game, filled in at random exact points, against direct solutions there."""

import itertools
import random
from fractions import Fraction

import pytest
import sympy as sp

from deterrence.games.continuous import ContinuousGame
from deterrence.games.strategic import StrategicGame
from deterrence.games.symmetric import SymmetricGame
from deterrence.parameters import Parameters
from deterrence.solvers.levels.continuous import solve_continuous
from deterrence.solvers.symmetric.search import solve_symmetric
from deterrence.solvers.tables.strategic import solve_strategic
from tests.solvers.tables import isolated, table

PAIR = ["in", "out"]
x, y = sp.symbols("x y", real=True)


def near(share):
    """To nine digits, if it is a number: whoever is indifferent may mix at any rate."""
    return str(share) if share.free_symbols else round(float(share), 9)


def shares(eqs):
    """The groups that mix, with their probabilities, and the pure distributions."""
    found = []
    for e in (*eqs, *eqs.knife_edges):
        if e.facts["mixing"]:
            rows = sorted((who, {a: near(p) for a, p in row.items()}) for who, row in e.strategy.items())
            found.append(str(rows))
        else:
            found.append(str(e.facts["counts"]))
    return sorted(found)


@pytest.mark.parametrize("n", [3, 4])
def test_symmetric_games_with_a_symbol_for_every_payoff(n):
    P = Parameters()
    names = [f"u{a}{k}" for a in (0, 1) for k in range(n)]
    symbols = dict(zip(names, P.real(" ".join(names)), strict=True))

    def payoff(own, others):
        return symbols[f"u{PAIR.index(own)}{others['in']}"]

    general = solve_symmetric(SymmetricGame("General", parameters=P, players=n, actions=PAIR, payoff=payoff))
    rng = random.Random(n)
    for _ in range(25):
        point = {s: Fraction(rng.randint(-60, 60), rng.randint(1, 9)) for s in symbols.values()}

        def numbers(own, others, point=point):
            return point[payoff(own, others)]

        there = solve_symmetric(SymmetricGame("There", players=n, actions=PAIR, payoff=numbers))
        assert shares(general.at(point)) == shares(there)


def test_tables_with_fractions_of_parameters():
    P = Parameters()
    c, b = P.ordered("0 < c < b")
    p = P.probability("p")
    first = [[p * b - c, b / (b + c)], [c / p, (b - c) / 2]]
    second = [[b, c], [p / (1 - p), b * c]]
    game = StrategicGame("Fractions", parameters=P, actions={"A": PAIR, "B": PAIR}, payoffs=[first, second])
    eqs = solve_strategic(game)
    rng = random.Random(12)
    for _ in range(60):
        low = Fraction(rng.randint(1, 50), rng.randint(1, 9))
        put = {c: low, b: low + Fraction(rng.randint(1, 50), rng.randint(1, 9)), p: Fraction(rng.randint(1, 28), 29)}
        exact = {s: sp.Rational(v.numerator, v.denominator) for s, v in put.items()}
        numbers = [[[Fraction(str(sp.sympify(v).subs(exact))) for v in row] for row in m] for m in (first, second)]
        assert table(eqs, put) == isolated(*numbers)


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
    for _ in range(100):
        drawn = [sp.Rational(rng.randint(1, 40), 10) for _ in range(2)]
        drawn += [sp.Rational(rng.randint(-40, 40), 11) for _ in range(4)]
        A1, A2, B1, B2, C1, C2 = drawn
        reply_x = lambda v, A=A1, B=B1, C=C1: clipped((B + C * v) / (2 * A), 0, 1)  # noqa: E731
        reply_y = lambda u, A=A2, B=B2, C=C2: clipped((B + C * u) / (2 * A), 0, 1)  # noqa: E731
        here = {
            (e.strategy["x"], e.strategy["y"]) for e in eqs.at(dict(zip((a1, a2, b1, b2, c1, c2), drawn, strict=True)))
        }
        for u, v in here:
            assert (u, v) == (reply_x(v), reply_y(u))
        assert here == {(u, reply_y(u)) for u in fixed_points(lambda u, f=reply_x, g=reply_y: f(g(u)), drawn)}


def fixed_points(step, drawn):
    """All u with step(u) = u for a function that is linear between few kinks: where it is, to the ends of the kinks."""
    A1, A2, B1, B2, C1, C2 = drawn
    kinks = {sp.S.Zero, sp.S.One}
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
