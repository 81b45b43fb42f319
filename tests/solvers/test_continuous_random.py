"""Games of levels beyond quadratics, against brute force on a grid; and what an answer must not leave unsaid."""

import pickle
import random

import numpy as np
import pytest
import sympy as sp

from deterrence.contests import ratio
from deterrence.errors import ConceptError, GameError, PointError
from deterrence.games.continuous import ContinuousGame
from deterrence.parameters import Parameters
from deterrence.solvers.levels.algebraic_points import points
from deterrence.solvers.levels.continuous import solve_continuous
from deterrence.solvers.levels.numeric_levels import numeric_levels
from deterrence.solvers.levels.polynomial_systems import branches
from deterrence.solvers.levels.reactions import response

x, y = sp.symbols("x y", real=True)
GRID = np.linspace(-2, 2, 4001)


def alone(payoff, low, high, parameters=None):
    return ContinuousGame("Alone", parameters=parameters, levels={"A": {x: (low, high)}}, payoffs={"A": payoff})


def best_on_grid(payoff):
    values = sp.lambdify(x, payoff, "numpy")(GRID) * np.ones_like(GRID)
    return GRID[values.argmax()], values.max()


def regret(game, values, player):
    """What a player gains at most by moving to a place of a grid, to 30 digits."""
    (own,) = game.own(player)
    payoff = game.payoffs[player].subs({s: v for s, v in values.items() if s != own.symbol})
    here = payoff.subs(own.symbol, values[own.symbol]).evalf(30)
    low, width = own.low, own.high - own.low
    return max(payoff.subs(own.symbol, low + width * sp.Rational(k, 24)).evalf(30) - here for k in range(25))


@pytest.mark.parametrize("seed", range(3))
def test_one_player_with_a_polynomial_of_high_degree(seed):
    rng = random.Random(seed)
    for _ in range(15):
        payoff = sum(rng.randint(-5, 5) * x**k for k in range(1, rng.choice([4, 5, 6, 7]) + 1))
        if payoff == 0:
            continue
        eqs = solve_continuous(alone(payoff, -2, 2))
        place, top = best_on_grid(payoff)
        found = [float(e.strategy["x"]) for e in eqs]
        assert eqs.complete and all(e.how_known == "exact" for e in eqs)
        assert min(abs(f - place) for f in found) < 5e-3
        assert all(float(e.payoffs["A"]) >= top - 1e-12 for e in eqs)


def test_an_optimum_at_a_root_without_radicals_is_found():
    eqs = solve_continuous(alone(-(x**6) / 6 + x**2 / 2 - x, -2, 2))
    (only,) = eqs
    assert only.strategy["x"] == sp.CRootOf(x**5 - x + 1, 0) and eqs.complete and only.how_known == "exact"


def test_with_a_parameter_such_a_root_is_implicit_and_exact_at_points():
    P = Parameters()
    a = P.positive("a")
    payoff = a * x + x**2 / 2 - x**6 / 6
    eqs = solve_continuous(alone(payoff, -2, 2, P))
    assert any(e.implicit for e in eqs)
    for value in (sp.Rational(1, 3), 1, 7, 40):
        (here,) = eqs.at({a: value})
        place, _ = best_on_grid(payoff.subs(a, value))
        assert abs(float(here.strategy["x"]) - place) < 2e-3 and here.how_known == "exact"


def test_two_players_with_cubic_payoffs():
    rng = random.Random(7)
    grid = np.linspace(0, 1, 101)
    first, second = np.meshgrid(grid, grid, indexing="ij")
    for _ in range(10):
        drawn = [sum(rng.randint(-4, 4) * x**i * y**j for i in range(4) for j in range(3) if i + j <= 3) for _ in "ab"]
        u, v = drawn[0], drawn[1].subs({x: y, y: x}, simultaneous=True)
        game = ContinuousGame("Drawn", levels={"A": {x: (0, 1)}, "B": {y: (0, 1)}}, payoffs={"A": u, "B": v})
        eqs = solve_continuous(game)
        found = []
        for e in eqs:
            if e.status == "isolated":
                values = {s: sp.sympify(e.strategy[s.name]) for s in (x, y)}
                found.append((float(values[x]), float(values[y])))
                assert all(regret(game, values, p) <= (1e-20 if e.how_known == "exact" else 2e-6) for p in "AB")
        if any(e.status != "isolated" for e in eqs) or eqs.undecided:
            continue
        worth = [sp.lambdify([x, y], w, "numpy")(first, second) * np.ones_like(first) for w in (u, v)]
        gaps = worth[0].max(0, keepdims=True) - worth[0], worth[1].max(1, keepdims=True) - worth[1]
        for i, j in np.argwhere((gaps[0] < 1e-6) & (gaps[1] < 1e-6)):
            assert any(abs(f - grid[i]) < 0.1 and abs(g - grid[j]) < 0.1 for f, g in found), (u, v, grid[i], grid[j])


def test_quartics_with_parameters_at_random_points():
    P = Parameters()
    a, b = P.positive("a b")
    c = P.real("c")
    payoffs = {"A": a * x - x**4 + c * x * y, "B": b * y - y**4 + c * x * y}
    game = ContinuousGame("Quartic", parameters=P, levels={"A": {x: (0, 2)}, "B": {y: (0, 2)}}, payoffs=payoffs)
    eqs = solve_continuous(game, time_limit=60)
    assert not eqs.undecided
    rng = random.Random(3)
    for _ in range(4):
        point = {a: rng.randint(1, 9), b: rng.randint(1, 9), c: sp.Rational(rng.randint(-9, 9), 4)}
        there = ContinuousGame(
            "There", levels={"A": {x: (0, 2)}, "B": {y: (0, 2)}}, payoffs={p: u.subs(point) for p, u in payoffs.items()}
        )
        here = eqs.at(point)
        assert len(here) >= 1
        for e in here:
            values = {s: sp.sympify(e.strategy[s.name]) for s in (x, y)}
            assert all(regret(there, values, p) <= 1e-20 for p in "AB")


def test_points_are_all_real_solutions():
    rng = random.Random(11)
    for _ in range(5):
        places = {(rng.randint(-3, 3), rng.randint(-3, 3)) for _ in range(3)}
        one = sp.Mul(*(x - p for p in sorted({p for p, _ in places})))
        other = sp.Mul(*(y - q + (x - p) * rng.randint(-2, 2) for p, q in sorted(places)))
        found = points([sp.expand(one), sp.expand(other)], (x, y))
        if found is None:
            continue
        for p, q in places:
            assert any(f.values == {x: p, y: q} for f in found)
        for f in found:
            assert f.vanishes(one) and f.vanishes(other)


def test_branches_solve_what_they_are_asked():
    a, b, c = sp.symbols("a b c", real=True)
    for equations in ([a * x * y - b * x, x + y - c], [x * (a - y), y * (b - x)], [x**2 - a * y, y - b]):
        for branch in branches(equations, (x, y)):
            filled = [sp.simplify(e.subs(branch.values).subs(branch.closed)) for e in equations]
            assert filled == [0, 0]
    assert len(branches([x * (a - y), y * (b - x)], (x, y))) == 2


# -- said plainly -----------------------------------------------------------------------------------


def test_levels_of_any_sign_take_logarithms_of_any_sign():
    eqs = solve_continuous(alone(x / 2 - sp.exp(x), -5, 5))
    (only,) = eqs
    assert sp.simplify(only.strategy["x"] + sp.log(2)) == 0 and eqs.complete
    P = Parameters()
    a = P.real("a")
    P.assume(a < 0)
    eqs = solve_continuous(alone(a * x - sp.exp(-x), -50, 50, P))
    assert [abs(float(e.strategy["x"]) + np.log(2)) < 1e-9 for e in eqs.at({a: -2})] == [True]


def test_solutions_beyond_rational_functions_are_exhaustive_only_where_the_slope_falls():
    eqs = solve_continuous(alone(sp.cos(x), -10, 10))
    assert not eqs.complete and "not ruled out" in str(eqs)
    assert solve_continuous(alone(sp.sqrt(x) - x, 0, 4)).complete


@pytest.mark.parametrize("payoff", [sp.log(1 + x), sp.sqrt(x), x, x - 1 / (1 + x)])
def test_payoffs_that_rise_without_end_have_no_best_reply(payoff):
    eqs = solve_continuous(alone(payoff, 0, None))
    assert not len(eqs) and "no best reply exists" in str(eqs)


@pytest.mark.parametrize(("payoff", "best"), [(1 / x, None), (-1 / x**2, 2)])
def test_poles_are_said_and_do_not_hide_better_levels(payoff, best):
    eqs = solve_continuous(alone(payoff, -1, 2))
    assert [e.strategy["x"] for e in eqs] == ([] if best is None else [best])
    assert "not complete: the payoff of A is not defined where x = 0" in str(eqs)


def test_payoffs_that_are_nowhere_real_are_refused():
    with pytest.raises(GameError, match="a real number somewhere"):
        solve_continuous(alone(sp.log(x - 2), 0, 1))


def test_undefined_payoffs_are_no_equilibrium():
    p = ratio(x, y, m=2)
    game = ContinuousGame(
        "Contest", levels={"A": {x: (0, None)}, "D": {y: (0, None)}}, payoffs={"A": p - x, "D": 1 - p - y}
    )
    eqs = solve_continuous(game)
    assert [tuple(e.strategy.values()) for e in eqs] == [(sp.Rational(1, 2), sp.Rational(1, 2))]
    assert "not defined at x = 0, y = 0" in str(eqs)


def test_contests_that_are_too_decisive_have_no_equilibrium_in_pure_levels():
    """An effort of m V/4 each is worth giving up for once m exceeds 2 (Tullock 1980)."""
    P = Parameters()
    VA, VD = P.positive("VA VD")
    for m, generic, edges in ((1, 1, 0), (2, 0, 1), (3, 0, 0)):
        p = ratio(x, y, m=m)
        game = ContinuousGame(
            "Contest", parameters=P, levels={"A": {x: (0, None)}, "D": {y: (0, None)}},
            payoffs={"A": VA * p - x, "D": VD * (1 - p) - y},
        )  # fmt: skip
        eqs = solve_continuous(game)
        assert (len(eqs), len(eqs.knife_edges)) == (generic, edges)
        assert all(e.how_known == "exact" for e in (*eqs, *eqs.knife_edges))


def test_a_slope_that_is_minus_infinity_at_a_lower_bound_keeps_the_level_there():
    (only,) = solve_continuous(alone(-sp.sqrt(x), 0, 1))
    assert only.strategy["x"] == 0


def test_only_pure_levels_are_searched_and_none_is_not_complete():
    game = ContinuousGame(
        "Chase", levels={"A": {x: (0, 1)}, "B": {y: (0, 1)}}, payoffs={"A": (x - y) ** 2, "B": -((x - y) ** 2)}
    )
    eqs = solve_continuous(game)
    assert not len(eqs) and not eqs.complete and "not complete: pure levels only" in str(eqs)
    found = solve_continuous(
        ContinuousGame("Calm", levels={"A": {x: (0, 1)}, "B": {y: (0, 1)}}, payoffs={"A": -(x**2), "B": -(y**2)})
    )
    assert found.complete and "pure levels only" in str(found)


def test_second_order_conditions_ask_for_all_principal_minors():
    P = Parameters()
    e = P.positive("e")
    levels = {"A": {x: (-1, 1), y: (-1, 1)}, "B": {"z": (0, 1)}}
    payoffs = {"A": e * y**2 + e * y**3, "B": -sp.Symbol("z", real=True)}
    eqs = solve_continuous(ContinuousGame("Saddle", parameters=P, levels=levels, payoffs=payoffs))
    assert all(r.strategy["y"] != 0 for r in (*eqs, *eqs.knife_edges))


def test_bounds_need_an_order_that_is_proved():
    P = Parameters()
    lo, hi = P.real("lo hi")
    with pytest.raises(GameError, match=r"P\.assume"):
        alone(-(x**2), lo, hi, P)
    P.assume(lo < hi)
    assert len(solve_continuous(alone(-(x**2), lo, hi, P))) == 3


def test_the_time_limit_keeps_what_is_found():
    names = sp.symbols("a:4", real=True)
    payoffs = {str(k): s * (1 - sum(t**3 for t in names)) for k, s in enumerate(names)}
    game = ContinuousGame("Many", levels={str(k): {s: (0, 1)} for k, s in enumerate(names)}, payoffs=payoffs)
    eqs = solve_continuous(game, time_limit=0.01)
    assert eqs.undecided and not eqs.complete and "time limit" in str(eqs)


def test_answers_and_games_can_be_pickled():
    game = alone(x - x**2, 0, 1)
    assert pickle.loads(pickle.dumps(game)).payoffs == game.payoffs
    again = pickle.loads(pickle.dumps(solve_continuous(game)))
    assert [e.strategy for e in again] == [{"x": sp.Rational(1, 2)}]


def test_every_parameter_has_its_one_best_level():
    P = Parameters()
    a = P.real("a")
    eqs = solve_continuous(alone(a * x - x**2, 0, 1, P))
    assert eqs.covers().proved
    for value in (-1, 0, 1, 2, 3):
        assert {e.strategy["x"] for e in eqs.at({a: value})} == {min(1, max(0, sp.Rational(value, 2)))}


# -- answers to a parameter, and points ---------------------------------------------------------------


def two_levels(first, second, P):
    return ContinuousGame(
        "Two", parameters=P, levels={"A": {x: (0, 1)}, "B": {y: (0, 1)}}, payoffs={"A": first, "B": second}
    )


def test_nothing_is_claimed_of_equilibria_that_exist_nowhere():
    P = Parameters()
    v = P.positive("v")
    assert response(alone(-((x + 1 + v) ** 2), 0, 1, P), "v")[x].word == "nowhere"
    game = two_levels(v * x - x**2 - x * y, -y * (1 + v), P)
    assert {r.word for r in response(game, "v").values()} == {"nowhere"}
    answers = response(game, "v", corners={"y": "low"})
    assert answers[x].word == "increasing" and answers[x].derivative == sp.Rational(1, 2)
    assert response(game, "v", corners={sp.Symbol("y"): "high"})[x].word == "nowhere"


def test_corners_are_checked():
    P = Parameters()
    v = P.positive("v")
    P.real("s")
    game = alone(v * x - x**2, 0, None, P)
    with pytest.raises(KeyError, match="'y'"):
        response(game, "v", corners={"y": "low"})
    with pytest.raises(KeyError, match="'top'"):
        response(game, "v", corners={"x": "top"})
    with pytest.raises(ConceptError, match="an upper bound"):
        response(game, "v", corners={"x": "high"})
    with pytest.raises(ConceptError, match="derivatives are dependent"):
        response(alone(P["s"].symbol * x, 0, 1, P), "s")


@pytest.mark.parametrize("values", [(2, 1, 3), (sp.Rational(1, 100), sp.Rational(1, 200), 3), (100, 2, 1)])
def test_contests_of_any_size_are_found_at_points(values):
    P = Parameters()
    VA, VD, th = P.positive("VA VD th")
    p = ratio(x, y, theta=th, m=sp.Rational(1, 2))
    game = ContinuousGame(
        "Half", parameters=P, levels={"A": {x: (0, None)}, "D": {y: (0, None)}},
        payoffs={"A": VA * p - x, "D": VD * (1 - p) - y},
    )  # fmt: skip
    (found,) = numeric_levels(game, dict(zip((VA, VD, th), values, strict=True)))
    a, d, t = map(float, values)
    odds = t / (t + (d / a) ** 0.5)
    assert abs(float(found.strategy["x"]) / (a * odds * (1 - odds) / 2) - 1) < 1e-6
    with pytest.raises(PointError, match="VD, th"):
        numeric_levels(game, {VA: 2})


def test_roots_beside_a_payoff_beyond_rational_functions_are_found_at_points():
    P = Parameters()
    a = P.positive("a")
    first, second = -sp.sqrt(x * y + 1) - 2 * sp.exp(x), y / (x + y + 1) - a * y**4 / 4
    eqs = solve_continuous(two_levels(first, second, P))
    for value in (sp.Rational(1, 2), 1, 3):
        (here,) = eqs.at({a: value})
        numbers = solve_continuous(two_levels(first, second.subs(a, value), Parameters()))
        (there,) = numbers
        grid = np.linspace(0, 1, 100_001)
        best = grid[sp.lambdify(y, second.subs({a: value, x: 0}), "numpy")(grid).argmax()]
        for e in (here, there):
            assert e.strategy["x"] == 0 and abs(float(e.strategy["y"]) - best) < 1e-4 and e.how_known == "certified"
