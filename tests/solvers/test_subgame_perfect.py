"""Subgame perfection against plain backward induction with numbers, on random trees with symbolic payoffs."""

import itertools
import random

import pytest
import sympy as sp

import deterrence as dt
from deterrence.errors import ConceptError
from tests.solvers.compare import records


def random_tree(seed, depth=3):
    """A binary tree of perfect information: every payoff a symbol of its own, movers drawn."""
    draw = random.Random(seed)
    P = dt.Parameters()
    counter = itertools.count()

    def grow(level):
        k = next(counter)
        if level == depth or (level and draw.random() < 0.25):
            return dt.outcome(f"end{k}", A=P.real(f"a{k}"), B=P.real(f"b{k}"))
        return dt.move(draw.choice("AB"), f"move{k}", left=grow(level + 1), right=grow(level + 1))

    tree = grow(0)
    return dt.ExtensiveGame(f"random {seed}", parameters=P, players=["A", "B"], tree=tree)


def backward(node, point):
    """All subgame-perfect pure plans of a subtree at a point: (payoffs, plan) pairs."""
    if hasattr(node, "payoffs"):
        return [({p: point[v] for p, v in node.payoffs}, {})]
    below = {action: backward(child, point) for action, child in node.branches}
    plans = []
    for combination in itertools.product(*below.values()):
        worth = dict(zip(below, (payoffs for payoffs, _ in combination), strict=True))
        best = max(w[node.player] for w in worth.values())
        joint = {k: v for _, plan in combination for k, v in plan.items()}
        for action, payoffs in worth.items():
            if payoffs[node.player] == best:
                plans.append((payoffs, {**joint, (node.player, node.label): action}))
    return plans


@pytest.mark.parametrize("seed", range(6))
def test_perfect_information_is_covered_and_agrees_with_backward_induction(seed):
    game = random_tree(seed, depth=3 if seed == 2 else 2)
    eqs = dt.solve(game)
    assert eqs.provenance.concept == "subgame perfect"
    assert eqs.complete
    draw = random.Random(seed)
    for k in range(12):
        span = 2 if k % 2 else 10**6
        point = {s: sp.Integer(draw.randint(-span, span)) for s in game.assumptions.symbols}
        wanted = {frozenset(plan.items()) for _, plan in backward(game.tree, point)}
        here = [e for e in records(eqs) if e.condition.contains(point)]
        pure = {
            frozenset((s, next(a for a, p in row.items() if p == 1)) for s, row in e.strategy.items())
            for e in here
            if not e.free
        }
        assert pure == wanted
        if k % 2 == 0:
            assert len(here) == 1, "off boundaries the pieces are disjoint"


def test_the_pieces_cover_the_parameter_space():
    assert dt.solve(random_tree(1, depth=2)).covers().proved


def simultaneous():
    P = dt.Parameters()
    low, bad, good, best = P.ordered("P < S < R < T")
    cell = {("dare", "dare"): (low, low), ("dare", "swerve"): (best, bad), ("swerve", "dare"): (bad, best)}
    cell["swerve", "swerve"] = (good, good)
    outside = P.real("o")

    def second(first):
        return dt.move(
            "B",
            "go",
            {b: dt.outcome(f"{first}-{b}", A=cell[first, b][0], B=cell[first, b][1]) for b in ("dare", "swerve")},
        )

    crisis = dt.move("A", "go", dare=second("dare"), swerve=second("swerve"))
    tree = dt.move("A", "enter", out=dt.outcome("out", A=outside, B=best), into=crisis)
    return dt.ExtensiveGame("entry into chicken", parameters=P, players=["A", "B"], tree=tree), (
        low,
        bad,
        good,
        best,
        outside,
    )


def test_a_simultaneous_subgame_has_its_three_equilibria():
    game, (low, bad, good, best, outside) = simultaneous()
    eqs = dt.solve(game)
    mixture = (best - good) / (best - good + bad - low)
    value = mixture * low + (1 - mixture) * best
    enters = {e.strategy["A", "go"]["dare"]: e.closure for e in eqs if e.strategy["A", "enter"]["into"] == 1}
    assert len(enters) == 3
    for dare, worth in {sp.S.One: best, sp.S.Zero: bad, mixture: value}.items():
        region = next(r for d, r in enters.items() if sp.simplify(d - dare) == 0)
        assert region.equals(dt.Region(outside <= worth, game.assumptions)).proved


def test_hidden_moves_are_solved_as_nash_in_every_subgame():
    """Selten's horse without types: L or M or R of the first player is seen only as L or not."""
    P = dt.Parameters()
    c = P.real("c")
    second = {
        a: dt.move("B", "reply", l=dt.outcome(f"{a}l", A=u, B=v), r=dt.outcome(f"{a}r", A=w, B=x))
        for a, (u, v, w, x) in {"M": (3, 1, 0, 0), "R": (1, 0, 2, 1)}.items()
    }
    tree = dt.move("A", "open", L=dt.outcome("L", A=c, B=0), **second)
    game = dt.ExtensiveGame("hidden", parameters=P, players=["A", "B"], tree=tree)
    assert not game.observed_actions
    eqs = dt.solve(game, "subgame perfect")
    pure = {
        tuple(next((a for a, p in row.items() if p == 1), "?") for row in e.strategy.values()): e.closure for e in eqs
    }
    assert pure["M", "l"].equals(dt.Region(c <= 3, game.assumptions)).proved
    assert pure["R", "r"].equals(dt.Region(c <= 2, game.assumptions)).proved


def test_private_types_are_refused_with_a_hint():
    P = dt.Parameters()
    p = P.probability("p")
    tree = dt.move("A", "go", stay=dt.outcome("s", A=0), leave=dt.outcome("l", A=dt.by_type(Hard=1, Soft=-1)))
    game = dt.ExtensiveGame("typed", parameters=P, players={"A": dt.types(Hard=p, Soft=1 - p)}, tree=tree)
    with pytest.raises(ConceptError, match='concept="perfect bayesian"'):
        dt.solve(game, "subgame perfect")
