"""Payoff tables with numbers against Gambit."""

import itertools
import random
from fractions import Fraction

import pytest

from deterrence.games.strategic import StrategicGame
from deterrence.solvers.tables.strategic import solve_strategic
from tests.solvers.tables import table

pygambit = pytest.importorskip("pygambit")
pytestmark = pytest.mark.gambit


def drawn(rng, shape):
    """Random payoffs by player and profile."""
    profiles = list(itertools.product(*(range(k) for k in shape)))
    return [{p: Fraction(rng.randint(-4000, 4000), rng.randint(1, 50)) for p in profiles} for _ in shape]


def ours(payoffs, shape):
    names = [[f"{'abc'[k]}{i}" for i in range(n)] for k, n in enumerate(shape)]
    cells = {
        tuple(names[k][i] for k, i in enumerate(p)): [table_[p] for table_ in payoffs]
        for p in itertools.product(*(range(k) for k in shape))
    }
    players = {f"P{k}": n for k, n in enumerate(names)}
    return StrategicGame("Drawn", actions=players, payoffs=cells)


def theirs(payoffs, shape):
    game = pygambit.Game.new_table(list(shape))
    for p in itertools.product(*(range(k) for k in shape)):
        for k, player in enumerate(game.players):
            value = payoffs[k][p]
            game[p][player] = pygambit.Rational(value.numerator, value.denominator)
    return game


@pytest.mark.parametrize(("shape", "count"), [((2, 2), 300), ((2, 3), 100), ((3, 3), 100)])
def test_two_players(shape, count):
    rng = random.Random(sum(shape))
    for _ in range(count):
        payoffs = drawn(rng, shape)
        found = pygambit.nash.enummixed_solve(theirs(payoffs, shape), rational=True).equilibria
        expected = sorted(
            tuple(tuple(Fraction(int(v.numerator), int(v.denominator)) for _, v in m) for _, m in e.mixed_strategies())
            for e in found
        )
        assert table(solve_strategic(ours(payoffs, shape))) == expected


def gain(payoffs, mixtures):
    """The most that a player gains by a deviation, from the definition."""
    worst = 0.0
    for k in range(3):
        worth = [0.0, 0.0]
        for p in itertools.product(range(2), repeat=3):
            others = [mixtures[j][p[j]] for j in range(3) if j != k]
            worth[p[k]] += others[0] * others[1] * float(payoffs[k][p])
        worst = max(worst, max(worth) - sum(m * v for m, v in zip(mixtures[k], worth, strict=True)))
    return worst


def test_three_players():
    """All that enumpoly finds is found; it loses some, so what is found besides is judged by regret and by number."""
    rng = random.Random(33)
    for _ in range(500):
        payoffs = drawn(rng, (2, 2, 2))
        found = pygambit.nash.enumpoly_solve(theirs(payoffs, (2, 2, 2))).equilibria
        expected = {tuple(round(float(v), 6) for _, m in e.mixed_strategies() for _, v in m) for e in found}
        eqs = solve_strategic(ours(payoffs, (2, 2, 2)), time_limit=60)
        assert eqs.complete
        here = set()
        for e in eqs:
            mixtures = [[float(v) for v in row.values()] for row in e.assessment_at({}).strategy.values()]
            assert gain(payoffs, mixtures) < 1e-8
            here.add(tuple(round(v, 6) for m in mixtures for v in m))
        assert expected <= here
        assert len(here) % 2 == 1  # Wilson (1971): almost every game has an odd number
