"""Players alike who mix at different rates: against the definition player by player, and a search from many starts."""

import random

import numpy as np
import pytest
import sympy as sp

from deterrence.games.symmetric import SymmetricGame
from deterrence.parameters import Parameters
from deterrence.regions import Region
from deterrence.solvers.symmetric.search import solve_symmetric
from deterrence.solvers.verify import verify

ACTIONS = ["in", "out"]


def game_of(gains, parameters=None):
    """Staying out is worth nothing, going in what stands there for the number of others who do."""
    return SymmetricGame(
        "Drawn", parameters=parameters, players=len(gains), actions=ACTIONS,
        payoff=lambda own, others: gains[others["in"]] if own == "in" else 0,
    )  # fmt: skip


def expected(gains, rates, who):
    """What going in is worth to one player, from the definition: how many of the others go in, added one by one."""
    number = [1.0]
    for k, r in enumerate(rates):
        if k != who:
            number = [a * (1 - r) + b * r for a, b in zip([*number, 0.0], [0.0, *number], strict=True)]
    return sum(p * g for p, g in zip(number, gains, strict=True))


def rates_of(equilibrium):
    """One probability for each player."""
    found = []
    for who, row in equilibrium.strategy.items():
        found += [float(row.get("in", 0))] * int(who.split()[0])
    return sorted(found)


def searched(gains, starts, rng):
    """Isolated equilibria in which two players mix differently, by Newton's method for each number of sure players."""
    n, found = len(gains), []
    for mixing in range(2, n + 1):
        for sure in range(n - mixing + 1):
            fixed = [1.0] * sure + [0.0] * (n - mixing - sure)
            for _ in range(starts):
                x = newton(gains, fixed, rng.random(mixing))
                if x is None or np.any(x <= 1e-6) or np.any(x >= 1 - 1e-6) or np.ptp(x) < 1e-4:
                    continue
                rates = [*x, *fixed]
                signs = [expected(gains, rates, k) * (1 if r == 1 else -1) for k, r in enumerate(rates) if r in (0, 1)]
                if all(v >= -1e-9 for v in signs):
                    found.append(sorted(float(r) for r in rates))
    return found


def newton(gains, fixed, x):
    size = len(x)
    value = lambda v: np.array([expected(gains, [*v, *fixed], k) for k in range(size)])  # noqa: E731
    steps = np.eye(size) * 1e-7
    for _ in range(25):
        jacobian = np.column_stack([(value(x + h) - value(x - h)) / 2e-7 for h in steps])
        if abs(np.linalg.det(jacobian)) < 1e-9:
            return None
        x = x - np.linalg.solve(jacobian, value(x))
        if np.max(np.abs(x)) > 5:
            return None
    return x if np.max(np.abs(value(x))) < 1e-9 else None


def mixing_differently(eqs):
    return [e for e in eqs if sum("mixing" in who for who in e.strategy) > 1]


def is_equilibrium(gains, rates):
    gain = [expected(gains, rates, k) for k in range(len(rates))]
    return all(
        (abs(g) < 1e-8 or r in (0, 1)) and (g >= -1e-8 or r != 1) and (g <= 1e-8 or r != 0)
        for g, r in zip(gain, rates, strict=True)
    )


@pytest.mark.parametrize(("n", "games", "starts"), [(4, 40, 8), (5, 12, 6)])
def test_all_are_found_at_random_games(n, games, starts):
    draw, rng, met = random.Random(n), np.random.default_rng(n), 0
    shapes = [[1, -1] * 3, [-1, 1, 1, -1, -1, 1], [1, -1, -1, 1, 1, -1], [-1, 1] * 3, [1, -1, 1, 1, -1, 1]]
    for _ in range(games):
        gains = [s * draw.randint(1, 30) for s in draw.choice(shapes)[:n]]
        eqs = solve_symmetric(game_of(gains))
        assert eqs.complete
        ours = [rates_of(e) for e in mixing_differently(eqs)]
        met += len(ours)
        assert all(is_equilibrium(gains, r) for r in ours)
        for rates in searched(gains, starts, rng):
            assert any(np.allclose(rates, r, atol=1e-5) for r in ours), (gains, rates)
    assert met >= 3


def test_two_pairs_of_a_threshold_game():
    """Two of four must act: with s = p + q and t = p q, Pr(1 of B(p) + B(q)) = Pr(0) = c/b."""
    P = Parameters()
    c, b = P.ordered("0 < c < b")
    game = SymmetricGame(
        "Two of four", parameters=P, players=4, actions=["act", "pass"],
        payoff=lambda own, others: (b if others["act"] + (own == "act") >= 2 else 0) - (c if own == "act" else 0),
    )  # fmt: skip
    eqs = solve_symmetric(game)
    (pair,) = mixing_differently(eqs)
    assert eqs.complete and pair.condition.equals(Region(sp.And(2 * c < b, 4 * b < 9 * c), P)).proved
    there = pair.at({c: 23, b: 50})
    p, q = (there.strategy[who]["act"] for who in there.strategy)
    s, t = sp.simplify(p + q), sp.simplify(sp.expand(p * q))
    assert 1 - s + t == s - 2 * t == sp.Rational(23, 50)
    checked = verify(game, pair.strategy)  # with the ends, where the groups are alike or one is out
    assert checked.region.equals(Region(sp.And(2 * c <= b, 4 * b <= 9 * c), P)).proved
    assert verify(game, pair).verdict.proved
    none = {who: row["pass"] ** 2 for who, row in there.strategy.items()}
    assert sp.simplify(there.outcomes["nobody: act"] - sp.Mul(*none.values())) == 0


def test_signs_rule_them_out_where_one_is_enough():
    P = Parameters()
    c, b = P.ordered("0 < c < b")
    for n in (3, 4, 7, 12):
        game = SymmetricGame(
            "Volunteer", parameters=P, players=n, actions=["act", "pass"],
            payoff=lambda own, others: b - c if own == "act" else b * min(1, others["act"]),
        )  # fmt: skip
        assert not any("not ruled out" in note or "not searched" in note for note in solve_symmetric(game).notes)


def test_three_players_mix_differently_on_knife_edges_only():
    P = Parameters()
    g = P.real("g0 g1 g2")
    eqs = solve_symmetric(game_of(g, P))
    assert eqs.complete and not mixing_differently(eqs)


def test_what_is_not_searched_is_said():
    P = Parameters()
    g = P.real(" ".join(f"g{k}" for k in range(5)))
    eqs = solve_symmetric(game_of(g, P))
    assert not eqs.complete and any("groups of 3 and 2;" in n for n in eqs.notes)
    P = Parameters()
    g = P.real(" ".join(f"g{k}" for k in range(7)))
    assert any("not ruled out that some players mix with different" in n for n in solve_symmetric(game_of(g, P)).notes)


def test_indifferent_players_are_families_or_noted():
    eqs = solve_symmetric(game_of([0, 0, 0]))
    assert not eqs.complete and any(e.status == "family" for e in eqs)
    # with nobody else in, a player is indifferent; with one in, the next would lose: any rate is an equilibrium
    (alone,) = [e for e in solve_symmetric(game_of([0, -1, -2])) if "1 player mixing" in e.strategy]
    assert alone.status == "family" and alone.condition.covers().proved
    # with one in, another is indifferent, but the one then is worse off than out
    assert not [e for e in solve_symmetric(game_of([-1, 0, -2])) if "1 player mixing" in e.strategy]
    P = Parameters()
    a = P.real("a")
    found = solve_symmetric(game_of([0, a, -1], P))
    (alone,) = [e for e in found if "1 player mixing" in e.strategy]
    assert alone.condition.equals(Region(a <= 0, P)).proved
    assert any("on knife-edges" in note for note in found.notes) and found.complete
