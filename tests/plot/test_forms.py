"""Pictures of games without a tree: cells agree with what exists at points, and what cannot be drawn says so."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
import sympy as sp

import deterrence as dt
from deterrence.errors import GameError, ParameterError, UnknownName
from deterrence.plot import posterior, probability, regions, statics, tree
from deterrence.plot.regions import DOMAIN, chart

X, Y = sp.symbols("x y", real=True)


def arms():
    P = dt.Parameters()
    v, c, d = P.positive("v c d")
    payoffs = {"A": v * X / (X + Y + 1) - c * X, "B": v * Y / (X + Y + 1) - d * Y}
    levels = {"A": {X: (0, None)}, "B": {Y: (0, None)}}
    return dt.solve(dt.ContinuousGame("Arms", parameters=P, levels=levels, payoffs=payoffs))


def corner():
    P = dt.Parameters()
    e, f = P.real("e f")
    payoffs = {"A": X * Y + e * X + f * X}
    return dt.solve(dt.ContinuousGame("C", parameters=P, levels={"A": {X: (-1, 1), Y: (-1, 1)}}, payoffs=payoffs))


def threshold():
    P = dt.Parameters()
    c, b = P.ordered("0 < c < b", samples=[1, 2])
    pay = lambda own, others: b * int(others["on"] + (own == "on") >= 2) - c * int(own == "on")  # noqa: E731
    return dt.solve(dt.SymmetricGame("T", parameters=P, players=3, actions=["on", "off"], payoff=pay))


def crisis():
    P = dt.Parameters()
    p, k = P.probability("p k")
    war = dt.outcome("War", A=p - k, B=1 - p - k)
    reply = dt.move("B", "reply", accept=dt.outcome("Deal", A=X, B=1 - X), reject=war)
    return dt.solve(
        dt.BargainingGame("Crisis", parameters=P, players=["A", "B"], tree=dt.offer("A", "demand", X, reply))
    )


def test_a_map_of_levels_shows_one_name_for_the_roots_of_one_equation():
    eqs = arms()
    found = chart(eqs, "c", "d", {"v": 1}, x_range=(0, 2), y_range=(0, 2))
    rng = np.random.default_rng(3)
    xs, ys = 0.05 + 1.9 * rng.random(4), 0.05 + 1.9 * rng.random(4)
    grid = found.cells.raster(xs, ys)
    for (row, y), (column, x) in ((a, b) for a in enumerate(ys) for b in enumerate(xs)):
        here = eqs.at({"v": 1, "c": str(round(x, 6)), "d": str(round(y, 6))})
        assert DOMAIN in grid[row, column]
        assert len(here) == len([m for m in grid[row, column] if isinstance(m, int)]) == 1


def test_what_is_known_only_locally_is_said_below_the_map():
    ax = regions(corner(), "e", "f", x_range=(-2, 2), y_range=(-2, 2))
    notes = " ".join(t.get_text() for t in ax.texts if t.get_gid() == "notes")
    assert "wider than where it exists" in " ".join(notes.split())
    plt.close("all")


def test_probabilities_and_lines_are_drawn():
    assert probability(crisis(), "War", "p", "k").get_figure() is not None
    assert probability(threshold(), "nobody: on", "c", "b", x_range=(0, 2), y_range=(0, 3)) is not None
    ax = statics(arms(), "x", "c", {"v": 1, "d": "1/2"}, x_range=("1/10", 1))
    drawn = [line.get_xydata() for line in ax.lines if len(line.get_xydata()) == 200]
    assert drawn
    eqs = arms()
    for c in (0.3, 0.8):
        (here,) = eqs.at({"v": 1, "c": str(c), "d": "1/2"})
        exact = float(here.strategy["x"])
        assert any(abs(np.interp(c, line[:, 0], line[:, 1]) - exact) < 1e-3 for line in drawn)
    with pytest.raises(UnknownName, match="wanted an outcome"):
        statics(arms(), "z", "c", {"v": 1, "d": "1/2"}, x_range=(0, 1))
    plt.close("all")


def test_what_has_no_tree_and_no_beliefs_says_so():
    with pytest.raises(GameError, match=r"wanted a game with a tree.*got BargainingGame"):
        tree(crisis().game)
    with pytest.raises(ParameterError, match="private types, got BargainingGame"):
        posterior(crisis(), "A", "demand", "p", {"k": "1/2"})


def pact():
    """Two of three deter, and a member alone gains a little: all mix in two ways under one name."""
    P = dt.Parameters()
    c, s, e = P.positive("c s e", samples=[1, 4, "1/2"])
    pay = lambda own, others: (  # noqa: E731
        s * int(others["join"] + (own == "join") >= 2) + (e - c if own == "join" else 0)
    )
    game = dt.SymmetricGame("Pact", parameters=P, players=3, actions=["join", "stay"], payoff=pay)
    return dt.Model(title="Pact", game=game, names={"All mix": {"mixing": "all"}, "Two join": {"join": 2}})


def test_both_roots_of_one_equation_are_drawn_under_one_name():
    """All mix with q where 8 q (1 - q) = c - 1/2; at c = 1 nobody joins with either (1 - q)^3."""
    ax = statics(pact(), "nobody: join", "c", "sample")
    lines = [line for line in ax.lines if line.get_gid() == "All mix"]
    there = sorted(float(np.interp(1.0, line.get_xdata(), line.get_ydata())) for line in lines)
    q = np.roots([-8, 8, -0.5])
    assert there == pytest.approx(sorted((1 - q) ** 3), abs=2e-3) and len(there) == 2


def test_what_ties_only_on_a_boundary_gives_its_name_to_no_region():
    """Two mix and one stays: nobody joins with (1 - (c - e)/s)^2, which is 0 only where that equilibrium ends."""
    ax = probability(pact(), "nobody: join", "c", "e", "sample", select="lowest")
    words = [t.get_text() for t in ax.texts if t.get_gid() == "name"]
    assert "Two join" in words


def test_a_level_that_grows_without_bound_leaves_the_rest_to_be_seen():
    """By symmetry x = y solves k (1 + 2x)^2 = 4 (1 + x): about 1/k near 0, but 1.9 at k = 1/2."""
    P = dt.Parameters()
    k = P.positive("k", sample=1)
    pay = {"A": 4 * X / (1 + X + Y) - k * X, "B": 4 * Y / (1 + X + Y) - k * Y}
    game = dt.ContinuousGame("Steep", parameters=P, levels={"A": {X: (0, None)}, "B": {Y: (0, None)}}, payoffs=pay)
    ax = statics(dt.solve(game), "x", k)
    assert 2 < ax.get_ylim()[1] < 100 and ax.get_ylabel() == "$x$"
    assert any(t.get_text().startswith("Cut off") for t in ax.texts)
    calm = statics(dt.solve(game), "x", k, x_range=(1, 4))
    assert not any(t.get_text().startswith("Cut off") for t in calm.texts)


def test_a_number_means_the_same_equilibrium_in_every_picture():
    """The nameless equilibria of an answer, numbered as it lists them."""
    eqs = pact().solve()
    there = {f"E{n}": e.title for n, e in enumerate(eqs, 1) if not e.name}
    pictures = (
        statics(eqs, "nobody: join", "c", "sample"),
        regions(eqs, "c", "e", "sample"),
        probability(eqs, "nobody: stay", "c", "e", "sample"),
    )
    texts = [" ".join(t.get_text().split()) for ax in pictures for t in ax.texts]
    notes = [t.split(": ", 1) for t in texts if t.startswith("E") and ":" in t]
    assert {number for number, _ in notes} == {"E6", "E7"}
    assert all(words.split(":")[0] == there[number].split(":")[0] for number, words in notes)
