"""Symmetric games of two players against an exhaustive search over supports, up to who is who."""

import itertools
import pickle
import random
from fractions import Fraction

import pytest
import sympy as sp
from scipy.optimize import root

from deterrence.errors import ConceptError, GameError
from deterrence.games.coalition import CoalitionGame
from deterrence.games.symmetric import SymmetricGame
from deterrence.numbers import as_fraction
from deterrence.parameters import Parameters
from deterrence.solvers.coalitions.concepts import solve_coalition
from deterrence.solvers.symmetric.search import solve_symmetric
from deterrence.solvers.verify import verify
from tests.solvers.tables import isolated

THREE = ["a", "b", "c"]


def by_table(rows, actions):
    return lambda own, others: rows[actions.index(own)][actions.index(next(a for a in actions if others[a]))]


def mixtures(eqs, actions):
    """Unordered pairs of mixtures."""
    found = []
    for e in eqs:
        rows = [tuple(as_fraction(sp.sympify(row.get(a, 0))) for a in actions) for row in e.strategy.values()]
        found.append(tuple(sorted(rows if len(rows) == 2 else rows * 2)))
    return sorted(found)


def test_rock_paper_scissors_has_its_one_equilibrium():
    rows = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
    eqs = solve_symmetric(SymmetricGame("Paper", players=2, actions=THREE, payoff=by_table(rows, THREE)))
    (only,) = eqs
    assert only.strategy == {"2 players mixing": dict.fromkeys(THREE, sp.Rational(1, 3))}
    assert eqs.complete and only.payoffs == {"2 players mixing": 0}


def test_coordination_on_three_actions_has_seven_equilibria():
    eqs = solve_symmetric(SymmetricGame("Meet", players=2, actions=THREE, payoff=lambda own, others: others[own]))
    assert len(eqs) == 7 and eqs.complete


def test_one_of_each_role_may_mix_differently():
    v = Parameters()
    a, b = v.positive("a b")

    def payoff(role, own, others):
        same = others["patrol" if role == "raider" else "raider"][own]
        return (1 - same) * (a if own == "north" else b) if role == "raider" else same

    game = SymmetricGame(
        "Raid", parameters=v, roles={"raider": 1, "patrol": 1}, actions=["north", "south"], payoff=payoff
    )
    (only,) = solve_symmetric(game)
    assert only.condition.covers().proved
    assert only.strategy["1 raider mixing"]["north"] == sp.Rational(1, 2)
    assert sp.simplify(only.strategy["1 patrol mixing"]["north"] - a / (a + b)) == 0


@pytest.mark.parametrize("seed", range(3))
def test_random_tables_of_three_actions_are_found_whole(seed):
    rng = random.Random(seed)
    for _ in range(12):
        rows = [[Fraction(rng.randint(-99, 99), rng.randint(1, 5)) for _ in THREE] for _ in THREE]
        eqs = solve_symmetric(SymmetricGame("Drawn", players=2, actions=THREE, payoff=by_table(rows, THREE)))
        expected = {tuple(sorted(pair)) for pair in isolated(rows, [list(c) for c in zip(*rows, strict=True)])}
        assert mixtures(eqs, THREE) == sorted(expected) and eqs.complete


def test_random_pairs_of_roles_are_found_whole():
    rng = random.Random(4)
    for _ in range(20):
        tables = {r: [[Fraction(rng.randint(-99, 99), rng.randint(1, 5)) for _ in "12"] for _ in "12"] for r in "GS"}

        def payoff(role, own, others, tables=tables):
            other = others["S" if role == "G" else "G"]
            return tables[role]["12".index(own)][0 if other["1"] else 1]

        eqs = solve_symmetric(SymmetricGame("Drawn", roles={"G": 1, "S": 1}, actions=["1", "2"], payoff=payoff))
        found = isolated(tables["G"], [list(c) for c in zip(*tables["S"], strict=True)])
        assert mixtures(eqs, ["1", "2"]) == sorted(tuple(sorted(pair)) for pair in found)


def test_indifference_leaves_both_mixtures_open():
    eqs = solve_symmetric(SymmetricGame("Idle", players=2, actions=["a", "b"], payoff=lambda own, others: others["a"]))
    assert max(len(e.free) for e in eqs if e.status == "family") == 2


@pytest.mark.parametrize("payoff", [lambda own: 1, lambda own, others: 1 / 0])
def test_payoff_functions_that_fail_are_told_with_their_place(payoff):
    with pytest.raises(GameError, match=r"payoff of 'a'.*wanted payoff\(action, others\)"):
        solve_symmetric(SymmetricGame("Fails", players=3, actions=["a", "b"], payoff=payoff))
    with pytest.raises(GameError, match="ZeroDivisionError"):
        solve_coalition(CoalitionGame("Fails", players=["A", "B"], worth=lambda c: 1 / 0))


@pytest.mark.parametrize(
    "pivotal",
    [lambda k, m: k >= m, lambda k, m: k > m, lambda k, m: sp.Ge(k, 2), lambda k, m: sp.Gt(2 * k, m)],
)
def test_any_number_takes_only_what_holds_for_every_number(pivotal):
    P = Parameters()
    c, b = P.ordered("0 < c < b")
    n = sp.Symbol("n", integer=True, positive=True)

    def payoff(own, others):
        won = sp.Piecewise((b, pivotal(others["j"], others["p"])), (0, True))
        return won - c if own == "j" else sp.S.Zero

    with pytest.raises(ConceptError, match="give the number of players"):
        solve_symmetric(SymmetricGame("Pivot", parameters=P, players=n, actions=["j", "p"], payoff=payoff))


def test_any_number_agrees_with_given_numbers():
    P = Parameters()
    c, b = P.ordered("0 < c < b")
    n = sp.Symbol("n", integer=True, positive=True)

    def unanimous(own, others):
        if isinstance(others["p"], int):
            return (b if others["p"] == 0 else 0) - c if own == "j" else 0
        return sp.Piecewise((b, sp.Eq(others["p"], 0)), (0, True)) - c if own == "j" else sp.S.Zero

    (general,) = solve_symmetric(SymmetricGame("All", parameters=P, players=n, actions=["j", "p"], payoff=unanimous))
    for number in (2, 3, 5):
        eqs = solve_symmetric(SymmetricGame("All", parameters=P, players=number, actions=["j", "p"], payoff=unanimous))
        (mixed,) = (e for e in eqs if e.facts["mixing"] == number)
        share = general.strategy["n players mixing"]["j"].subs(n, number)
        assert sp.simplify(share - mixed.strategy[f"{number} players mixing"]["j"]) == 0


def worths(game, mix):
    """What each action is worth when the others draw from the mixture, by going through all profiles."""
    found = dict.fromkeys(game.actions, 0)
    for profile in itertools.product(mix, repeat=game.players - 1):
        chance = sp.Mul(*(mix[a] for a in profile))
        for own in game.actions:
            found[own] += chance * game.payoff_of(own, {a: profile.count(a) for a in game.actions})
    return found


@pytest.mark.parametrize("n", [3, 4, 6])
def test_many_play_rock_paper_scissors_alike(n):
    beats = {("r", "s"), ("p", "r"), ("s", "p")}

    def payoff(own, others):
        return sum(k * (((own, b) in beats) - ((b, own) in beats)) for b, k in others.items())

    eqs = solve_symmetric(SymmetricGame("Paper", players=n, actions=["r", "p", "s"], payoff=payoff))
    (alike,) = (e for e in eqs if len(e.strategy) == 1 and e.facts["mixing"] == n)
    assert set(alike.strategy[f"{n} players mixing"].values()) == {sp.Rational(1, 3)}
    assert all(e.condition.contains({}) for e in eqs)


def test_mixtures_over_three_actions_against_their_definition_and_a_search_from_many_starts():
    rng = random.Random(2)
    total = 0
    for _ in range(14):
        table = {}

        def payoff(own, others, table=table):
            return table.setdefault((own, tuple(others.values())), rng.randint(-9, 9))

        game = SymmetricGame("Drawn", players=3, actions=THREE, payoff=payoff)
        found = []
        for e in solve_symmetric(game):
            mix = e.strategy.get("3 players mixing", {})
            if len(mix) == 3:
                worth = [sp.N(v, 25) for v in worths(game, mix).values()]
                assert all(0 < v < 1 for v in mix.values()) and max(worth) - min(worth) < 1e-20
                found.append(tuple(float(v) for v in mix.values()))
        assert starts(game) <= {tuple(round(v, 5) for v in f) for f in found}
        total += len(found)
    assert total > 3


def starts(game):
    """Interior mixtures that Newton's method finds, rounded."""
    p, q = sp.symbols("p q")
    worth = worths(game, dict(zip(THREE, (p, q, 1 - p - q), strict=True)))
    gaps = [sp.lambdify([p, q], sp.expand(worth[a] - worth["c"])) for a in "ab"]
    found = set()
    for i, j in itertools.product(range(1, 8), repeat=2):
        result = root(lambda v: [g(*v) for g in gaps], (i / 9, j / 9 * (1 - i / 9)))
        mix = (*result.x, 1 - sum(result.x))
        if result.success and min(mix) > 1e-6 and max(abs(g(*result.x)) for g in gaps) < 1e-9:
            found.add(tuple(round(float(v), 5) for v in mix))
    return found


def shared(own, others):
    return others[own]


def test_symmetric_games_can_be_pickled():
    game = SymmetricGame("Meet", players=2, actions=THREE, payoff=shared)
    assert len(solve_symmetric(pickle.loads(pickle.dumps(game)))) == 7
    assert len(pickle.loads(pickle.dumps(solve_symmetric(game)))) == 7


def test_two_who_are_indifferent_on_a_knife_edge_mix_at_any_two_rates():
    P = Parameters()
    gains = P.real("g0 g1")
    game = SymmetricGame(
        "Edge", parameters=P, players=2, actions=["a", "b"],
        payoff=lambda own, others: gains[others["a"]] if own == "a" else 0,
    )  # fmt: skip
    eqs = solve_symmetric(game)
    here = eqs.at(dict.fromkeys(gains, 0))
    (both,) = (e for e in here.knife_edges if len(e.free) == 2)
    assert all(row.keys() == {"a", "b"} for row in both.strategy.values()) and verify(game, both).verdict.proved
    for point in ((1, 0), (0, -1)):
        assert all(len(e.free) < 2 for e in eqs.at(dict(zip(gains, point, strict=True))).knife_edges)


TWINS = [[1, 0, 2], [1, 0, 2], [0, 1, 0]]  # a and b are worth the same


def best_replies(rows, mixture):
    worth = [sum(v * p for v, p in zip(row, mixture, strict=True)) for row in rows]
    return [v == max(worth) for v in worth]


def test_families_say_which_mixtures_belong_to_them():
    game = SymmetricGame("Twins", players=2, actions=THREE, payoff=by_table(TWINS, THREE))
    families = [e for e in solve_symmetric(game) if e.free]
    assert families and all(verify(game, e).verdict.proved for e in families)
    inside = 0
    for e in families:
        for drawn in itertools.product([Fraction(k, 6) for k in range(1, 6)], repeat=len(e.free)):
            put = dict(zip(e.free, (sp.Rational(v.numerator, v.denominator) for v in drawn), strict=True))
            rows = [[sp.sympify(row.get(a, 0)).subs(put) for a in THREE] for row in e.strategy.values()]
            if any(
                p <= 0
                for row, named in zip(rows, e.strategy.values(), strict=True)
                for a, p in zip(THREE, row, strict=True)
                if a in named
            ):
                continue
            good = all(
                all(best or p == 0 for best, p in zip(best_replies(TWINS, other), row, strict=True))
                for row, other in (rows, rows[::-1])
            )
            assert e.free_range.contains(put) == good, (e, put)
            inside += good
    assert inside > 5


def test_all_of_three_who_do_not_care_mix_at_any_rate_between_zero_and_one():
    game = SymmetricGame("Idle", players=3, actions=["a", "b"], payoff=lambda own, others: others["a"])
    found = [e for e in solve_symmetric(game) if e.free]
    assert len(found) > 3 and all(verify(game, e).verdict.proved for e in found)
