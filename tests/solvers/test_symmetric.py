import itertools
import random
from fractions import Fraction

import pytest
import sympy as sp

import deterrence as dt
from deterrence.errors import ConceptError, GameError, PointError
from deterrence.games.strategic import StrategicGame
from deterrence.games.symmetric import SymmetricGame
from deterrence.numbers import as_fraction
from deterrence.parameters import Parameters
from deterrence.regions import Region
from deterrence.solvers.symmetric.search import solve_symmetric
from deterrence.solvers.symmetric.unit_roots import sign_at, unit_roots
from deterrence.solvers.tables.strategic import solve_strategic
from tests.solvers.tables import isolated

PAIR = ["balance", "pass"]


def volunteer(players, P, b, c):
    def payoff(own, others):
        return b - c if own == "balance" else b * min(1, others["balance"])

    return SymmetricGame("Volunteer", parameters=P, players=players, actions=PAIR, payoff=payoff)


def threshold(players, k, b, c, P=None):
    def payoff(own, others):
        mine = int(own == "balance")
        return b * int(others["balance"] + mine >= k) - c * mine

    return SymmetricGame("Threshold", parameters=P, players=players, actions=PAIR, payoff=payoff)


def everyone(eqs):
    return [e for e in eqs if e.facts["mixing"] == e.facts["n"]]


@pytest.mark.parametrize("n", [2, 3, 4, 7])
def test_volunteers_dilemma(n):
    """Diekmann (1985): each state balances with probability 1 - (c/b)**(1/(n-1))."""
    P = Parameters()
    c, b = P.ordered("0 < c < b")
    eqs = solve_symmetric(volunteer(n, P, b, c))
    (mixed,) = everyone(eqs)
    share = mixed.strategy[f"{n} players mixing"]["balance"]
    assert sp.simplify(share - (1 - (c / b) ** sp.Rational(1, n - 1))) == 0
    assert sp.simplify(mixed.outcomes["nobody: balance"] - (c / b) ** sp.Rational(n, n - 1)) == 0
    assert mixed.condition.covers().proved
    pure = [e for e in eqs if not e.facts["mixing"]]
    assert [e.facts["counts"] for e in pure] == [{"balance": 1, "pass": n - 1}]


def test_any_number_of_volunteers_and_the_probability_that_nobody_does_rises_with_n():
    P = Parameters()
    c, b = P.ordered("0 < c < b")
    n = sp.Symbol("n", positive=True)

    def payoff(own, others):
        return b - c if own == "balance" else sp.Piecewise((0, sp.Eq(others["balance"], 0)), (b, True))

    eqs = solve_symmetric(SymmetricGame("Any", parameters=P, players=n, actions=PAIR, payoff=payoff))
    (mixed,) = eqs
    nobody = mixed.outcomes["nobody: balance"]
    ratio = sp.Symbol("r", positive=True)
    assert sp.simplify(nobody.subs({c: ratio, b: 1}) - ratio ** (n / (n - 1))) == 0
    exponents = [sp.Rational(k, k - 1) for k in range(2, 100)]
    assert all(x > y > 1 for x, y in itertools.pairwise(exponents))  # so r**(n/(n-1)) rises to r
    assert sp.limit(nobody.subs({c: sp.Rational(1, 3), b: 1}), n, sp.oo) == sp.Rational(1, 3)
    assert not eqs.complete and "not complete" in eqs.notes[0]
    for number in (2, 3, 5):
        given = solve_symmetric(SymmetricGame("Given", parameters=P, players=number, actions=PAIR, payoff=payoff))
        (all_mix,) = [e for e in given if e.facts["mixing"] == number]
        for point in ({n: number, c: 1, b: 3}, {"n": number, "c": 1, "b": 3}):
            (here,) = eqs.at(point)
            there = all_mix.at({c: 1, b: 3})
            assert here.strategy == there.strategy and here.game.players == number
            assert sp.simplify(here.outcomes["nobody: balance"] - there.outcomes["nobody: balance"]) == 0
    for wrong in (1, "5/2", 0):
        with pytest.raises(PointError, match="a whole number of players, 2 or more"):
            eqs.at({n: wrong, c: 1, b: 3})


def test_threshold_games_have_no_one_or_two_mixtures_and_the_gain_peaks_at_k_less_one_over_n_less_one():
    P = Parameters()
    c, b = P.ordered("0 < c < b")
    n, k = 6, 3
    eqs = solve_symmetric(threshold(n, k, b, c, P))
    low, high = everyone(eqs)
    peak = sp.Rational(k - 1, n - 1)
    top = sp.binomial(n - 1, k - 1) * peak ** (k - 1) * (1 - peak) ** (n - k)
    for e in (low, high):
        assert e.condition.equals(Region(c < top * b, P)).proved
    (touch,) = everyone(eqs.knife_edges)
    assert touch.strategy[f"{n} players mixing"]["balance"] == peak
    here = everyone(eqs.at({b: 1, c: "1/10"}))
    shares = [e.strategy[f"{n} players mixing"]["balance"] for e in here]
    assert len(shares) == 2 and shares[0] < peak < shares[1]
    for p in shares:
        assert abs(10 * p**2 * (1 - p) ** 3 - sp.Rational(1, 10)) < 1e-25
    assert not everyone(eqs.at({b: 1, c: "9/10"}))


def as_table(game, n):
    """The same game as a table, for comparison."""
    cells = {}
    for profile in itertools.product(game.actions, repeat=n):
        row = []
        for k, own in enumerate(profile):
            rest = profile[:k] + profile[k + 1 :]
            row.append(game.payoff_of(own, {a: rest.count(a) for a in game.actions}))
        cells[profile] = row
    names = {f"P{k}": list(game.actions) for k in range(n)}
    return StrategicGame("Table", actions=names, payoffs=cells)


def random_game(rng, n, actions):
    table = {}

    def payoff(own, others):
        key = (own, tuple(others[a] for a in actions))
        return table.setdefault(key, Fraction(rng.randint(-50, 50), rng.randint(1, 7)))

    return SymmetricGame("Random", players=n, actions=actions, payoff=payoff)


def test_two_players_agree_with_the_table():
    rng = random.Random(3)
    for _ in range(40):
        game = random_game(rng, 2, PAIR)
        here = solve_symmetric(game)
        table = solve_strategic(as_table(game, 2))
        ours = {e.strategy["2 players mixing"]["balance"] for e in everyone(here)}
        theirs = set()
        for e in table:
            first, second = (row["balance"] for row in e.strategy.values())
            if first == second and first not in (0, 1):
                theirs.add(first)
        assert ours == theirs
        pure = sum(sp.binomial(2, e.facts["counts"]["balance"]) for e in here if not e.facts["mixing"])
        assert pure == sum(1 for e in table if all(v in (0, 1) for row in e.strategy.values() for v in row.values()))


def test_two_players_agree_with_an_exhaustive_search_at_five_hundred_points():
    rng = random.Random(500)
    for _ in range(500):
        values = [Fraction(rng.randint(-999, 999), rng.randint(1, 40)) for _ in range(4)]
        first = [values[:2], values[2:]]  # own action by the other's

        def payoff(own, others, first=first):
            return first[PAIR.index(own)][0 if others["balance"] else 1]

        eqs = solve_symmetric(SymmetricGame("Drawn", players=2, actions=PAIR, payoff=payoff))
        found = isolated(first, [list(c) for c in zip(*first, strict=True)])
        mixed = [as_fraction(e.strategy["2 players mixing"]["balance"]) for e in everyone(eqs)]
        assert mixed == [p[0] for p, q in found if p == q and 0 < p[0] < 1]
        pure = sum(int(sp.binomial(2, e.facts["counts"]["balance"])) for e in eqs if not e.facts["mixing"])
        assert pure == sum(1 for p, q in found if p[0] in (0, 1) and q[0] in (0, 1))


def regret(game, e):
    """The most that anyone gains by leaving, computed from the definition."""
    parts = []  # (probability of first action or sure action, mixers or sure)
    for who, row in e.strategy.items():
        parts += [dict(row)] * int(who.split()[0])
    worst = 0
    for k, row in enumerate(parts):
        rest = parts[:k] + parts[k + 1 :]
        worth = dict.fromkeys(game.actions, 0)
        for profile in itertools.product(*(r.items() for r in rest)):
            chance = sp.Mul(*(p for _, p in profile))
            counts = {a: sum(x == a for x, _ in profile) for a in game.actions}
            for a in game.actions:
                worth[a] += chance * game.payoff_of(a, counts)
        own = sum(p * worth[a] for a, p in row.items())
        worst = max(worst, max(worth.values()) - own)
    return worst


def test_nobody_gains_by_leaving_any_equilibrium_found():
    rng = random.Random(9)
    for n, actions in ((3, PAIR), (4, PAIR), (3, ["a", "b", "c"])):
        for _ in range(5):
            game = random_game(rng, n, actions)
            for e in solve_symmetric(game):
                assert regret(game, e) < 1e-20, (e, n)


@pytest.mark.gambit
def test_three_players_agree_with_gambit():
    pygambit = pytest.importorskip("pygambit")
    rng = random.Random(5)
    for _ in range(6):
        game = random_game(rng, 3, PAIR)
        tables = []
        for who in range(3):
            array = [[[None, None], [None, None]], [[None, None], [None, None]]]
            for places in itertools.product((0, 1), repeat=3):
                rest = [PAIR[p] for k, p in enumerate(places) if k != who]
                value = game.payoff_of(PAIR[places[who]], {a: rest.count(a) for a in PAIR})
                array[places[0]][places[1]][places[2]] = float(value)
            tables.append(array)
        import numpy as np

        found = pygambit.nash.enumpoly_solve(pygambit.Game.from_arrays(*map(np.array, tables))).equilibria
        theirs = {round(float(p), 6) for e in found for p in [_same(e)] if p is not None}
        here = solve_symmetric(game)
        ours = {round(float(e.strategy["3 players mixing"]["balance"]), 6) for e in everyone(here)}
        ours |= {1.0 for e in here if e.facts.get("counts") == {"balance": 3, "pass": 0}}
        ours |= {0.0 for e in here if e.facts.get("counts") == {"balance": 0, "pass": 3}}
        assert ours == theirs


def _same(equilibrium):
    """The common probability of the first action in a symmetric profile, None in another."""
    rows = [[float(v) for v in row] for row in ([p[1] for p in m] for _, m in equilibrium.mixed_strategies())]
    first = [row[0] for row in rows]
    return first[0] if max(first) - min(first) < 1e-7 else None


def test_roles():
    def payoff(role, own, others):
        strength = 2 * others["great"]["balance"] + others["small"]["balance"]
        strength += (2 if role == "great" else 1) * int(own == "balance")
        return 10 * int(strength >= 3) - (4 if role == "great" else 1) * int(own == "balance")

    game = SymmetricGame("Roles", roles={"great": 1, "small": 3}, actions=PAIR, payoff=payoff)
    found = [e.facts["counts"] for e in solve_symmetric(game) if not e.facts["mixing"]]
    assert {"great": {"balance": 0, "pass": 1}, "small": {"balance": 3, "pass": 0}} in found
    assert {"great": {"balance": 1, "pass": 0}, "small": {"balance": 1, "pass": 2}} in found
    assert {"great": {"balance": 1, "pass": 0}, "small": {"balance": 3, "pass": 0}} not in found


def test_up_to_two_hundred_players():
    eqs = solve_symmetric(threshold(range(2, 201), 2, 40, 1))
    assert {e.facts["n"] for e in eqs} == set(range(2, 201))
    last = [e for e in everyone(eqs) if e.facts["n"] == 200]
    assert len(last) == 2 and all(e.how_known == "certified" for e in last)
    assert any("not complete" in note for note in eqs.notes)


def test_roots_are_isolated_exactly():
    assert [r.exact for r in unit_roots([Fraction(1), Fraction(-1), Fraction(1)])] == [sp.Rational(1, 2)]
    assert unit_roots([Fraction(1), Fraction(-1, 2), Fraction(1)]) == []
    rng = random.Random(1)
    for _ in range(60):
        gains = [Fraction(rng.randint(-9, 9)) for _ in range(rng.randint(2, 9))]
        p = sp.Symbol("p")
        m = len(gains) - 1
        total = sum(sp.binomial(m, k) * p**k * (1 - p) ** (m - k) * int(g) for k, g in enumerate(gains))
        poly = sp.Poly(total, p)
        expected = [] if poly.degree() < 1 else [r for r in set(poly.real_roots()) if 0 < r < 1]
        found = unit_roots(gains)
        assert len(found) == len(expected)
        for root, value in zip(found, sorted(expected), strict=True):
            assert abs(float(root) - float(value)) < 1e-12
            assert root.low == root.high or sign_at(gains, root.low) * sign_at(gains, root.high) <= 0


def test_bad_input():
    with pytest.raises(GameError, match="at least 2"):
        threshold(1, 1, 2, 1)
    with pytest.raises(GameError, match="two actions or more"):
        SymmetricGame("One", players=3, actions=["a"], payoff=lambda own, others: 0)
    with pytest.raises(GameError, match="declared parameters"):
        solve_symmetric(SymmetricGame("U", players=3, actions=PAIR, payoff=lambda own, others: sp.Symbol("u")))
    with pytest.raises(GameError, match="either players"):
        SymmetricGame("None", actions=PAIR, payoff=lambda own, others: 0)
    with pytest.raises(ConceptError, match="nash"):
        solve_symmetric(threshold(3, 2, 2, 1), "perfect bayesian")
    n = sp.Symbol("n", positive=True)
    with pytest.raises(ConceptError, match="give the number of players"):
        solve_symmetric(
            SymmetricGame(
                "S",
                players=n,
                actions=PAIR,
                payoff=lambda own, others: others["balance"] ** 2 if own == "balance" else 0,
            )
        )


@pytest.mark.parametrize(
    "value",
    [
        lambda k, n, b: sp.Piecewise((0, sp.Eq(k, 0)), (b / n, True)),
        lambda k, n, b: sp.Piecewise((0, sp.Eq(k, 7)), (b, True)),
        lambda k, n, b: sp.Piecewise((0, k < 3), (b, True)),
        lambda k, n, b: b * k,
    ],
)
def test_any_number_refuses_what_it_cannot_solve_for_every_number(value):
    P = Parameters()
    c, b = P.ordered("0 < c < b")
    n = sp.Symbol("n", positive=True)

    def payoff(own, others):
        return b - c if own == "balance" else value(others["balance"], n, b)

    with pytest.raises(ConceptError, match="give the number of players"):
        solve_symmetric(SymmetricGame("Any", parameters=P, players=n, actions=PAIR, payoff=payoff))


# -- several roots, and conditions over the parameters ---------------------------------------------------


def two_of_four():
    P = Parameters()
    k, b = P.ordered("0 < k < b")
    return threshold(4, 2, b, k, P), k, b


def mixtures_by_definition(mixers, sure_joiners, cost, benefit):
    """In (0, 1), the common probabilities of joining at which the mixers are indifferent and nobody else gains."""
    p = sp.Symbol("p")

    def success(number, needed):
        others = range(max(0, needed), number + 1)
        return sp.expand(sum(sp.binomial(number, i) * p**i * (1 - p) ** (number - i) for i in others))

    def gain(number, joiners):
        """What joining is worth when this many mix and so many join for sure."""
        return sp.expand(benefit * (success(number, 1 - joiners) - success(number, 2 - joiners)) - cost)

    found = []
    for root in set(sp.Poly(gain(mixers - 1, sure_joiners), p).real_roots()):
        sure_outs = 4 - mixers - sure_joiners
        join = not sure_joiners or gain(mixers, sure_joiners - 1).subs(p, root).evalf(30) >= -1e-20
        out = not sure_outs or gain(mixers, sure_joiners).subs(p, root).evalf(30) <= 1e-20
        if 0 < root < 1 and join and out:
            found.append(root)
    return found


def test_conditions_of_roots_are_over_the_parameters_and_hold_where_the_definition_does():
    game, k, b = two_of_four()
    eqs = solve_symmetric(game)
    records = [e for e in (*eqs, *eqs.knife_edges) if e.facts["mixing"]]
    assert not any(e.condition.pending for e in records)
    for cost in (sp.Rational(i, 20) for i in (1, 3, 8, 9, 10, 12, 17)):
        for mixers, joiners in ((4, 0), (3, 0), (3, 1), (2, 0), (2, 1)):
            wanted = mixtures_by_definition(mixers, joiners, cost, 1)
            group = [e for e in records if e.facts["mixing"] == mixers]
            group = [e for e in group if ("1 player (balance)" in e.strategy) == bool(joiners)]
            exist = [e for e in group if e.condition.contains({k: cost, b: 1})]
            found = [
                x.strategy[f"{mixers} players mixing"]["balance"] for e in exist for x in e.all_at({k: cost, b: 1})
            ]
            assert len(found) == len(exist) == len(wanted)
            assert all(abs(f - w) < 1e-12 for f, w in zip(sorted(map(float, found)), sorted(wanted), strict=True))


def test_two_roots_of_one_equation_are_told_apart_by_their_titles():
    game, *_ = two_of_four()
    both = [e for e in solve_symmetric(game) if e.facts["mixing"] == 4]
    assert [e.title.split("; ")[1] for e in both] == [
        "Pr(balance | 4 players mixing) < 1/3",
        "1/3 < Pr(balance | 4 players mixing)",
    ]
    assert len({e.system.text() for e in both}) == 2


@pytest.mark.parametrize("point", [(1, 1), (2, 2), (3, 1), (2, 5)])
def test_where_nothing_depends_on_the_others_any_mixture_is_found(point):
    """Symbols and numbers give the same groups of players that mix, families on knife-edges included."""

    def game(x, y, parameters):
        table = {("a", 0): y, ("a", 1): x, ("a", 2): 1, ("b", 0): x, ("b", 1): x, ("b", 2): y}
        pay = lambda own, others: table[own, int(others["a"])]  # noqa: E731
        return dt.SymmetricGame("S", parameters=parameters, players=3, actions=["a", "b"], payoff=pay)

    P = dt.Parameters()
    x, y = P.positive("x y")
    symbolic = dt.solve(game(x, y, P)).at({x: point[0], y: point[1]})
    numeric = dt.solve(game(*point, dt.Parameters()))
    shown = [sorted(tuple(e.strategy) for e in (*eqs, *eqs.knife_edges) if e.free) for eqs in (symbolic, numeric)]
    assert shown[0] == shown[1]
