"""Sweeps against formulas written by hand in fractions, which use nothing of the library.

Unilateral deterrence: Zagare and Kilgour (1993).  Thresholds of p_B, the chance that the Defender is
hard: c_S below which a soft Challenger is willing, c_H below which a hard one is; r is the belief in a
hard Challenger up to which a soft Defender resists.
"""

from fractions import Fraction
from random import Random

import numpy as np
import pytest
import xarray as xr

import deterrence as dt
from deterrence.sweeps import sweep

pytestmark = pytest.mark.filterwarnings("error")
A = ("a_DDm", "a_CD", "a_DDp", "a_SQ", "a_DC")
B = ("b_DDm", "b_DC", "b_DDp", "b_CD")
OUTCOMES = ("Status Quo", "Challenger Wins", "Defender Wins", "Conflict")
ORDER = ("Separating", "Attack", "Bluff", "Certain Deterrence")


def draws(n, seed):
    """Small whole payoffs and probabilities with small denominators: many points lie exactly on thresholds."""
    draw = Random(seed)
    for k in range(n):
        point = dict(zip(A, map(Fraction, sorted(draw.sample(range(12), 5))), strict=True))
        point |= dict(zip(B, map(Fraction, sorted(draw.sample(range(9), 4))), strict=True)) | {"b_SQ": Fraction(5)}
        for p in ("p_A", "p_B"):
            whole = draw.randint(2, 12)
            point[p] = Fraction(draw.randint(1, whole - 1), whole)
        if k % 50 == 0:  # outside the assumptions
            point["p_A"] += 1
        yield point


def thresholds(v):
    win = v["a_DC"] - v["a_SQ"]
    soft, hard = win / (v["a_DC"] - v["a_CD"]), win / (v["a_DC"] - v["a_DDp"])
    return soft, hard, (v["b_CD"] - v["b_DC"]) / (v["b_CD"] - v["b_DDm"])


def play(v):
    """By name: how likely each type of Challenger demands, and each type of Defender resists (hard, soft)."""
    c_S, c_H, r = thresholds(v)
    p_A, p_B = v["p_A"], v["p_B"]
    found = {}
    if p_B >= c_H:
        found["Certain Deterrence"] = (0, 0, 1, 0)
    if c_S <= p_B <= c_H:
        found["Separating"] = (1, 0, 1, 0)
    if p_B <= c_S and p_A >= r:
        found["Attack"] = (1, 1, 1, 0)
    if p_B < c_S and p_A < r:
        found["Bluff"] = (1, p_A * (1 - r) / ((1 - p_A) * r), 1, (c_S - p_B) / (1 - p_B))
    return found


def paths(v, strategy):
    """Each pair of types with its probability, and what follows: demand, resist, and who is hard."""
    x, y = strategy[:2], strategy[2:]
    for a, chance_a in enumerate((v["p_A"], 1 - v["p_A"])):
        for b, chance_b in enumerate((v["p_B"], 1 - v["p_B"])):
            yield a, b, chance_a * chance_b, x[a], y[b]


def results(v, strategy):
    """Probability of each outcome, and the expected payoff of each player."""
    outcome, challenger, defender = [Fraction(0)] * 4, Fraction(0), Fraction(0)
    for a, b, chance, demand, resist in paths(v, strategy):
        ends = (1 - demand, demand * (1 - resist), demand * resist * a, demand * resist * (1 - a))
        war = v[("a_DDp", "a_DDm")[a]], v[("b_DDp", "b_DDm")[b]]
        worth = ((v["a_SQ"], v["b_SQ"]), (v["a_DC"], v["b_DC"]), (v["a_CD"], v["b_CD"]), war)
        for j, share in enumerate(ends):
            outcome[j] += chance * share
            challenger += chance * share * worth[j][0]
            defender += chance * share * worth[j][1]
    return outcome, (challenger, defender)


@pytest.mark.parametrize(("kind", "n"), [("fractions", 10_000), ("floats", 10_000)])
def test_ten_thousand_points_by_hand(kind, n):
    """Existence, labels, outcomes and payoffs, on thresholds and off them."""
    eqs = dt.load("unilateral_deterrence").solve()
    points = list(draws(n, 7))
    values = {}
    for name in points[0]:
        column = np.empty(n, dtype=object)
        column[:] = [p[name] for p in points]
        values[name] = xr.DataArray(column if kind == "fractions" else column.astype(float), dims="q")
    if kind == "floats":  # what the floats are is what is meant
        points = [{k: Fraction(float(x)) for k, x in p.items()} for p in points]
    every = sweep(eqs, values, select="all", outputs=("exists", "outcome", "payoff"))
    chosen = sweep(eqs, values, order=ORDER, outputs=("label", "count", "outcome", "payoff"))
    places = {name: list(every.equilibrium.values).index(name) for name in ORDER}
    steadfast = [k for k, e in enumerate(eqs) if e.name == "Steadfast Deterrence"]
    assert tuple(every.outcome_name.values) == OUTCOMES
    players = [list(every.player.values).index(name) for name in ("Challenger", "Defender")]
    tied, got, wanted = 0, [], []
    for q, v in enumerate(points):
        if v["p_A"] >= 1:
            assert chosen.label.values[q] == -2 and not every.exists.values[:, q].any()
            continue
        found = play(v)
        c_S, c_H, r = thresholds(v)
        tied += v["p_B"] in (c_S, c_H) or v["p_A"] == r
        assert {name for name, k in places.items() if every.exists.values[k, q]} == set(found), v
        assert all(every.exists.values[k, q] for k in steadfast)
        first = next(name for name in ORDER if name in found)
        assert chosen.label.values[q] == places[first]
        assert chosen["count"].values[q] == len(found) + len(steadfast)
        for name, strategy in found.items():
            outcome, payoffs = results(v, strategy)
            k = places[name]
            wanted.append([float(x) for x in (*outcome, *payoffs)])
            got.append([*every.outcome.values[k, :, q], *every.payoff.values[k, players, q]])
            if name == first:
                assert np.array_equal(every.outcome.values[k, :, q], chosen.outcome.values[:, q])
                assert np.array_equal(every.payoff.values[k, :, q], chosen.payoff.values[:, q])
    assert np.allclose(got, wanted, rtol=1e-9, atol=1e-9)
    assert tied > n / 20 if kind == "fractions" else tied > n / 100


def mutual_draws(n, seed):
    draw = Random(seed)
    a, b = (A, ("b_DDm", "b_DC", "b_DDp", "b_SQ", "b_CD"))
    for _ in range(n):
        point = {}
        for names in (a, b):
            point |= dict(zip(names, map(Fraction, sorted(draw.sample(range(12), 5))), strict=True))
        yield point | {p: Fraction(draw.randint(1, 996), 997) for p in ("p_A", "p_B")}


def mutual_play(v):
    """Kilgour and Zagare (1991): how likely hard and soft types defect, off the thresholds."""
    t_B = (v["a_DC"] - v["a_SQ"]) / (v["a_DC"] - v["a_DDp"])
    t_A = (v["b_CD"] - v["b_SQ"]) / (v["b_CD"] - v["b_DDp"])
    s_B = (v["a_DC"] - v["a_SQ"]) / (v["a_DC"] - v["a_SQ"] + v["a_CD"] - v["a_DDm"])
    s_A = (v["b_CD"] - v["b_SQ"]) / (v["b_CD"] - v["b_SQ"] + v["b_DC"] - v["b_DDm"])
    p_A, p_B = v["p_A"], v["p_B"]
    if {p_A, p_B} & {t_A, t_B, s_A, s_B}:
        return None
    found = {}
    if p_A > t_A and p_B > t_B:
        found["Sure-Thing Deterrence"] = (0, 0, 0, 0)
    if p_A > s_A and p_B > s_B:
        found["Separating"] = (1, 0, 1, 0)
    if p_A < s_A and p_B < s_B:
        found["Bluff"] = (1, (s_A - p_A) / (1 - p_A), 1, (s_B - p_B) / (1 - p_B))
    return found


def mutual_outcomes(v, strategy):
    """Status quo, B wins, conflict, A wins: a soft state that is attacked alone gives in, a hard one fights."""
    total = [Fraction(0)] * 4
    for a, b, chance, x, y in paths(v, strategy):
        alone_a, alone_b = x * (1 - y), y * (1 - x)
        total[0] += chance * (1 - x) * (1 - y)
        total[1] += chance * alone_b * a
        total[2] += chance * (x * y + alone_a * (1 - b) + alone_b * (1 - a))
        total[3] += chance * alone_a * b
    return total


def test_mutual_deterrence_by_hand():
    eqs = dt.load("zagare_kilgour_2000/generalized_mutual_deterrence").solve()
    points = list(mutual_draws(2_000, 3))
    values = {n: xr.DataArray(np.array([float(p[n]) for p in points]), dims="q") for n in points[0]}
    points = [{k: Fraction(float(x)) for k, x in p.items()} for p in points]
    found = sweep(eqs, values, select="all", outputs=("exists", "outcome"))
    assert list(found.outcome_name.values) == ["Status Quo", "B Wins", "Conflict", "A Wins"]
    places = {
        name: list(found.equilibrium.values).index(name) for name in ("Sure-Thing Deterrence", "Separating", "Bluff")
    }
    got, wanted = [], []
    for q, v in enumerate(points):
        play_here = mutual_play(v)
        assert play_here is not None
        assert {name for name, k in places.items() if found.exists.values[k, q]} == set(play_here)
        assert found.exists.values[:, q].any()
        for name, strategy in play_here.items():
            got.append(found.outcome.values[places[name], :, q])
            wanted.append([float(x) for x in mutual_outcomes(v, strategy)])
    assert len(got) > 500 and np.allclose(got, wanted, rtol=1e-9, atol=1e-9)
