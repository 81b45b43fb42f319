"""Correlated types, hidden moves, passive beliefs, symbolic Nash: against definitions put to z3 support by support."""

import random
from fractions import Fraction as F

import pytest

import deterrence as dt
from tests.referee.check import check_nash
from tests.referee.nash import enumerate_nash
from tests.referee.numeric import from_game
from tests.referee.satisfy import holding
from tests.solvers.compare import fractions, records, supports
from tests.solvers.test_nash import contains


def drawn(seed, span=4):
    draw = random.Random(seed)
    count = iter(range(99))

    def end(types):
        def own(p):
            if len(types[p]) == 1:
                return draw.randint(-span, span)
            return dt.by_type(p, {t: draw.randint(-span, span) for t in types[p]})

        def pay(p):
            others = [q for q in types if q != p and len(types[q]) > 1]
            about = [dt.by_type(q, {t: draw.randint(-span, span) for t in types[q]}) for q in others]
            return sum(about, own(p))

        return dt.outcome(f"end {next(count)}", {p: pay(p) for p in types})

    return draw, end


def correlated(seed):
    types = {"S": ("a", "b"), "R": ("c", "d")}
    draw, end = drawn(seed)
    weights = [draw.randint(1, 4) for _ in range(4)]
    pairs = [(s, r) for s in "ab" for r in "cd"]
    prior = {p: F(w, sum(weights)) for p, w in zip(pairs, weights, strict=True)}
    reply = dt.move("R", "reply", {a: end(types) for a in "uv"})
    tree = dt.move("S", "send", {"out": end(types), "in": reply})
    return dt.ExtensiveGame("correlated", players={p: dt.types(*t) for p, t in types.items()}, tree=tree, prior=prior)


def hidden(seed):
    types = {"S": ("a", "b"), "R": (None,)}
    draw, end = drawn(seed)
    share = F(draw.randint(1, 3), 4)

    def unseen():
        return dt.move("R", "reply", {a: end(types) for a in "uv"})

    tree = dt.move("S", "send", {"out": end(types), "l": unseen(), "r": unseen()})
    players = {"S": dt.types({"a": share, "b": 1 - share}), "R": None}
    return dt.ExtensiveGame("hidden", players=players, tree=tree)


def observed(seed):
    types = {"S": ("a", "b"), "R": (None,)}
    draw, end = drawn(seed, 3)
    share = F(draw.randint(1, 3), 4)
    last = dt.move("S", "last", {a: end(types) for a in "xy"})
    tree = dt.move("S", "send", {"out": end(types), "in": dt.move("R", "reply", {"u": end(types), "v": last})})
    players = {"S": dt.types({"a": share, "b": 1 - share}), "R": None}
    return dt.ExtensiveGame("observed", players=players, tree=tree)


def agree(game, eqs, concept, rule="free"):
    """The same supports, where z3 knows."""
    assert eqs.complete
    expected = holding(from_game(game, {}), concept, rule)
    found = {supports(fractions(e.assessment_at({}).strategy)) for e in records(eqs) if e.at({}) is not None}
    missing = {s for s, sure in expected.items() if sure} - found
    assert not missing and found <= set(expected), {"missing": missing, "extra": found - set(expected)}


@pytest.mark.parametrize("seed", range(8))
def test_correlated_types(seed):
    game = correlated(seed)
    agree(game, dt.solve(game), "weak")


@pytest.mark.parametrize("seed", range(8))
def test_hidden_moves(seed):
    game = hidden(seed)
    agree(game, dt.solve(game), "weak")


@pytest.mark.parametrize("rule", ["free", "passive", "passive undominated"])
@pytest.mark.parametrize("seed", range(3))
def test_beliefs_after_a_surprise(seed, rule):
    game = observed(seed)
    agree(game, dt.solve(game, beliefs=rule), "common", rule)


def symbolic(seed):
    draw = random.Random(seed)
    P = dt.Parameters()
    pool = [*P.real("x y"), 0, 1, 2]
    count = iter(range(9))

    def end():
        return dt.outcome(f"end {next(count)}", A=draw.choice(pool), B=draw.choice(pool))

    def reply(label):
        return dt.move("B", label, {a: end() for a in "uv"})

    shapes = [
        lambda: {"out": end(), "in": reply("b")},
        lambda: {"l": reply("b"), "r": reply("b")},
        lambda: {"l": reply("b"), "r": reply("c")},
    ]
    return dt.ExtensiveGame("symbolic", parameters=P, players=["A", "B"], tree=dt.move("A", "a", shapes[seed % 3]()))


@pytest.mark.parametrize("seed", range(9))
def test_symbolic_nash_is_right_and_complete_at_points(seed):
    game = symbolic(seed)
    eqs = dt.solve(game, "nash")
    assert eqs.complete
    draw = random.Random(seed)
    for _ in range(6):
        point = {"x": draw.randint(-1, 3), "y": draw.randint(-1, 3)}
        numeric = from_game(game, point)
        here = eqs.at(point)
        for e in records(eqs):
            if e.condition.contains(point):
                assert check_nash(numeric, fractions(e.assessment_at(point).strategy)) == []
        for found in enumerate_nash(numeric):
            assert any(contains(e, found.strategy) for e in records(here)), (point, found)


def test_a_belief_that_differs_from_edge_to_edge_is_told_of_each():
    """A surprise is answered by all three actions: if z = 0 only by who expects the Hard, if z = 1 only the Soft."""
    P = dt.Parameters()
    z = P.real("z")
    pays = {"up": {"Hard": z, "Soft": 0}, "down": {"Hard": 0, "Soft": z - 1}, "stay": {"Hard": 0, "Soft": 0}}
    replies = {a: dt.outcome(a, S=-1, R=dt.by_type("S", row)) for a, row in pays.items()}
    tree = dt.move("S", "send", rest=dt.outcome("Rest", S=0, R=0), call=dt.move("R", "reply", replies))
    players = {"S": dt.types(Hard="1/3", Soft="2/3"), "R": None}
    eqs = dt.solve(dt.ExtensiveGame("Edges", parameters=P, players=players, tree=tree))
    (mixed,) = [e for e in eqs.knife_edges if all(p != 0 for p in e.strategy["R", "reply"].values())]
    for value in (0, 1):
        belief = mixed.assessment_at({z: value}).beliefs["R", "reply"]
        hard = sum(p for history, p in belief.items() if history[1][0] == "Hard")
        worth = {value * hard, (value - 1) * (1 - hard), 0}
        assert worth == {0}
    assert not mixed.condition.contains({z: 2})
