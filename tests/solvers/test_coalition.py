import itertools
import pickle
import random

import pytest
import sympy as sp

from deterrence.errors import ConceptError, GameError
from deterrence.games.coalition import CoalitionGame, structures
from deterrence.parameters import Parameters
from deterrence.regions import Region
from deterrence.solvers.coalitions.coalition import (
    core,
    dummies,
    essential,
    minimal_winning,
    stable_structures,
    system_stable,
    winning,
)
from deterrence.solvers.coalitions.concepts import solve_coalition
from deterrence.solvers.coalitions.power import _counted, _listed, banzhaf, shapley


def balance(numbers, **more):
    return CoalitionGame("Balance", resources=dict(zip("ABCDEFGH", numbers, strict=False)), **more)


def test_three_states_are_stable_iff_none_has_more_than_half():
    P = Parameters()
    a, b, c = P.positive("a b c")
    game = balance((a, b, c), parameters=P)
    half = (a + b + c) / 2
    assert system_stable(game).equals(Region((a <= half) & (b <= half) & (c <= half), P)).proved
    alone = Region(a > half, P)
    where = essential(game)
    assert alone.implies(where["A"]).proved and alone.disjoint(where["B"] | where["C"]).proved


def test_two_states_are_stable_iff_equal():
    P = Parameters()
    a, b = P.positive("a b")
    assert system_stable(balance((a, b), parameters=P)).equals(Region(sp.Eq(a, b), P)).proved


@pytest.mark.parametrize(
    ("numbers", "stable"), [((120, 100, 80), True), ((160, 100, 40), False), ((150, 100, 50), True)]
)
def test_cases_of_niou_ordeshook_and_rose(numbers, stable):
    assert system_stable(balance(numbers)).contains({}) is stable


def test_essential_agrees_with_the_definition_at_random_points():
    rng = random.Random(4)
    P = Parameters()
    symbols = P.positive("r1 r2 r3 r4")
    where = essential(balance(symbols, parameters=P))
    for _ in range(125):
        values = [rng.randint(1, 9) for _ in symbols]
        point = dict(zip(symbols, values, strict=True))
        for k, player in enumerate("ABCD"):
            rest = values[:k] + values[k + 1 :]
            sums = [sum(s) for size in range(4) for s in itertools.combinations(rest, size)]
            turned = any(2 * s <= sum(values) < 2 * (s + values[k]) for s in sums)
            assert where[player].contains(point) is turned


def test_minimal_winning():
    game = balance((4, 2, 1, 1))
    assert {"".join(sorted(c)) for c in minimal_winning(game)} == {"AB", "AC", "AD"}
    assert winning(game, "AB").contains({}) and not winning(game, "BCD").contains({})


def test_power_agrees_with_all_orders():
    rng = random.Random(8)
    for _ in range(25):
        weights = [rng.randint(0, 6) for _ in range(5)]
        if not any(weights):
            continue
        game = balance(weights)
        pivots = dict.fromkeys(game.players, 0)
        for order in itertools.permutations(game.players):
            total = 0
            for p in order:
                if 2 * total <= sum(weights) < 2 * (total + weights["ABCDE".index(p)]):
                    pivots[p] += 1
                total += weights["ABCDE".index(p)]
        assert shapley(game).values == {p: sp.Rational(k, 120) for p, k in pivots.items()}
        for k in range(5):
            scaled = [2 * w for w in weights]
            assert _listed(scaled, k, sum(weights)) == _counted(scaled[:k] + scaled[k + 1 :], scaled[k], sum(weights))


def test_symbolic_worths():
    P = Parameters()
    x, y = P.positive("x y")
    game = CoalitionGame("Two", parameters=P, players=["A", "B"], worth={"A": x, ("A", "B"): y})
    value = shapley(game)
    assert sp.expand(value["A"] - (x + y) / 2) == 0 and sp.expand(value["A"] + value["B"] - y) == 0
    assert core(game).exists().equals(Region(y >= x, P)).proved


def test_twenty_players():
    rng = random.Random(2)
    game = CoalitionGame("Many", resources={f"S{k}": rng.randint(1, 10**9) for k in range(20)})
    s, b = shapley(game), banzhaf(game)
    assert sum(s.values.values()) == 1 and all(0 <= v <= 1 for v in b.values.values())


def test_many_players_with_small_weights():
    game = CoalitionGame("Council", resources={f"S{k}": 1 + k % 3 for k in range(30)})
    assert sum(shapley(game).values.values()) == 1


def test_core_of_the_majority_game_is_empty_and_of_a_convex_game_is_not():
    game = CoalitionGame("Majority", players=list("ABC"), worth=lambda s: int(len(s) >= 2))
    assert core(game).vertices() == [] and core(game).exists().is_empty().proved
    P = Parameters()
    v = P.real("v")
    three = CoalitionGame("Pairs", parameters=P, players=list("ABC"), worth=lambda s: {1: 0, 2: v, 3: 1}[len(s)])
    assert core(three).exists().equals(Region(3 * v <= 2, P)).proved
    assert core(three).vertices({v: "2/3"}) == [dict.fromkeys("ABC", sp.Rational(1, 3))]
    assert len(core(three).vertices({v: 0})) == 3


def test_alliance_structures():
    P = Parameters()
    s, k = P.positive("s k")
    game = CoalitionGame("Pact", parameters=P, players=list("ABC"), worth=lambda c: {1: 0, 2: s, 3: s + k}[len(c)])
    grand = frozenset([frozenset("ABC")])
    pair = frozenset([frozenset("AB"), frozenset("C")])
    stable = stable_structures(game, entry="exclusive")
    assert stable[grand].covers().proved
    assert stable[pair].equals(Region(2 * k < s, P)).proved  # the third is kept out: thirds are smaller than halves
    opened = stable_structures(game, entry="open")
    assert pair not in opened and opened[grand].covers().proved
    apart = stable_structures(game, entry="closed")
    assert apart[frozenset(map(frozenset, "ABC"))].covers().proved


def test_solve_names_its_concepts():
    game = balance((120, 100, 80))
    (stable,) = solve_coalition(game, "system stability")
    assert stable.condition.covers().proved
    worths = CoalitionGame("Gloves", players=["L", "R"], worth={("L", "R"): 1})
    (grand,) = (e for e in solve_coalition(worths) if len(e.strategy) == 1)
    assert grand.strategy == {"L, R": 1}
    (family,) = solve_coalition(worths, "core")
    assert family.status == "family" and family.free == (sp.Symbol("share(L)", real=True),)
    with pytest.raises(KeyError, match="core"):
        solve_coalition(game, "kore")


def test_partition_functions_need_the_structure():
    game = CoalitionGame(
        "Outside", players=["A", "B", "C"], partition_worth=lambda c, whole: len(c) ** 2 - sum(len(d) for d in whole)
    )
    assert game.worth_of("AB", ["AB", "C"]) == 1
    with pytest.raises(GameError, match="how the others are organised"):
        game.worth_of("AB")
    with pytest.raises(ConceptError, match="partition_worth"):
        core(game)
    assert len(list(structures(tuple("ABCD")))) == 15


def test_alignment_with_proportional_division():
    """A state of size C joins i of two powers i > j; false: that it bandwagons whenever decisiveness exceeds 1."""
    P = Parameters()
    j, i = P.ordered("0 < j < i")
    C = P.positive("C")

    def gain(m):
        joining = lambda x, y: C * (x + C) ** (m - 1) / ((x + C) ** m + y**m)  # noqa: E731
        return joining(i, j) - joining(j, i)

    assert sp.simplify(gain(1)) == 0
    bandwagon = Region(gain(2) > 0, P)
    verdict = bandwagon.covers()
    assert verdict.refuted
    assert gain(2).subs(verdict.counterexample) <= 0
    small = gain(2).subs({i: 3, j: 2, C: sp.Rational(1, 100)})
    assert small > 0


def test_bad_input():
    with pytest.raises(GameError, match="one of resources"):
        CoalitionGame("None", players=["A"])
    with pytest.raises(GameError, match="0 or more"):
        balance((1, -2))
    with pytest.raises(GameError, match="declared parameters"):
        balance((1, sp.Symbol("u")))
    P = Parameters()
    a, b = P.positive("a b")
    with pytest.raises(ConceptError, match="give at="):
        shapley(balance((a, b), parameters=P))
    assert shapley(balance((a, b), parameters=P), at={a: 2, b: 1}).values == {"A": 1, "B": 0}
    with pytest.raises(KeyError, match="alone"):
        stable_structures(balance((1, 2)), exit="alon")


def drawn(n, seed=1):
    rng = random.Random(seed)
    return [rng.randint(1, 40) for _ in range(n)]


def test_twenty_states_by_counting():
    weights = drawn(20)
    game = CoalitionGame("Many", resources={f"S{k}": w for k, w in enumerate(weights)})
    where = essential(game)
    reached = {0}
    for w in weights[1:]:
        reached |= {r + w for r in reached}
    assert where["S0"].contains({}) is any(2 * r <= sum(weights) < 2 * (r + weights[0]) for r in reached)
    (stable,) = solve_coalition(game, "system stability", time_limit=10)
    assert stable.condition.contains({}) and system_stable(game).contains({})
    tyrant = CoalitionGame("Tyrant", resources={f"S{k}": 1 for k in range(19)} | {"T": 50})
    assert len(solve_coalition(tyrant)) == 0
    assert [p for p, region in dummies(tyrant).items() if region.contains({})] == [f"S{k}" for k in range(19)]


def test_minimal_winning_coalitions_agree_with_the_definition():
    for seed in range(4):
        weights = drawn(9, seed)
        game = CoalitionGame("Nine", resources={f"S{k}": w for k, w in enumerate(weights)})
        half, expected = sum(weights), set()
        for size in range(1, 10):
            for chosen in itertools.combinations(range(9), size):
                total = sum(weights[k] for k in chosen)
                if 2 * total > half >= 2 * (total - min(weights[k] for k in chosen)):
                    expected.add(frozenset(f"S{k}" for k in chosen))
        assert set(minimal_winning(game)) == expected


def test_worths_of_many_players_agree_with_the_formula_for_sums():
    """Of a sum of own values and of pairs, the Shapley value is the own value and half of each pair."""
    n, rng = 14, random.Random(3)
    pair = {frozenset(c): rng.randint(-5, 5) for c in itertools.combinations(range(n), 2)}

    def worth(coalition):
        members = sorted(int(name[1:]) for name in coalition)
        return sum(members) + sum(pair[frozenset(c)] for c in itertools.combinations(members, 2))

    game = CoalitionGame("Pairs", players=[f"S{k}" for k in range(n)], worth=worth)
    value = shapley(game)
    for k in range(n):
        assert value[f"S{k}"] == k + sp.Rational(sum(v for c, v in pair.items() if k in c), 2)
    assert banzhaf(game).values == value.values  # the two agree on games of pairs


def test_open_resources_are_settled_by_cases():
    P = Parameters()
    symbols = P.positive("a b c")
    game = balance(symbols, parameters=P, entry="exclusive")
    everywhere = solve_coalition(game, "stable structures")
    exists = core(game).exists()
    rng = random.Random(5)
    for _ in range(12):
        values = [rng.randint(1, 6) for _ in symbols]
        point = dict(zip(symbols, values, strict=True))
        there = balance(values, entry="exclusive")
        ours = {e.facts["structure"] for e in everywhere.at(point)}
        assert ours == set(stable_structures(there))
        assert exists.contains(point) is bool(core(there).vertices())


def test_rules_of_membership_belong_to_the_game_or_to_the_question():
    worths = {1: 0, 2: 3, 3: 4}
    closed = CoalitionGame("Closed", players=list("ABC"), worth=lambda c: worths[len(c)], entry="closed")
    opened = CoalitionGame("Open", players=list("ABC"), worth=lambda c: worths[len(c)])
    assert len(solve_coalition(closed)) == 5 and len(solve_coalition(opened)) < 5
    assert set(stable_structures(opened, entry="closed")) == {e.facts["structure"] for e in solve_coalition(closed)}
    assert "entry: closed" in solve_coalition(closed).provenance.conditions
    first = CoalitionGame(
        "First", players=["A", "B"], worth=len, entry="closed",
        division=lambda game, c, whole: {p: game.worth_of(c) if p == min(c) else 0 for p in c},
    )  # fmt: skip
    assert {len(e.facts["structure"]) for e in solve_coalition(first)} == {2}


def test_the_time_limit_keeps_the_structures_found():
    game = CoalitionGame("Nine", players=list("ABCDEFGHI"), worth=lambda c: len(c) ** 2, entry="closed")
    eqs = solve_coalition(game, time_limit=0.01)
    assert eqs.undecided and not eqs.complete and len(eqs)


def test_bad_coalitions_are_named():
    with pytest.raises(GameError, match="got Z"):
        CoalitionGame("Typo", players=["A", "B"], worth={("A", "Z"): 1})
    with pytest.raises(GameError, match="tuples of players"):
        CoalitionGame("Text", players=["A", "B"], worth={"AB": 1})
    with pytest.raises(GameError, match="text as the name"):
        CoalitionGame(3, resources={"A": 1})
    with pytest.raises(KeyError, match="'Q'"):
        winning(balance((1, 1)), ["A", "Q"])
    with pytest.raises(ConceptError, match="makes winning"):
        _ = banzhaf(balance((1, 1), quota=10)).normalised


def test_coalition_games_can_be_pickled():
    game = CoalitionGame("Gloves", players=["L", "R"], worth={("L", "R"): 1})
    assert pickle.loads(pickle.dumps(game)).worth_of({"L", "R"}) == 1
    assert pickle.loads(pickle.dumps(balance((2, 1)))).resources == {"A": 2, "B": 1}
