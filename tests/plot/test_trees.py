"""Trees by geometry: text meets neither text nor edges, and links join what is not told apart and nothing else."""

import itertools

import matplotlib.pyplot as plt
import numpy as np
import pytest

import deterrence as dt
from deterrence.catalogue import names
from deterrence.errors import GameError
from deterrence.plot import tree
from tests.plot.boxes import boxes, overlapping

TREES = [n for n in names() if isinstance(dt.load(n).game, dt.ExtensiveGame)]


def nodes(ax):
    """Each decision's position of the game, and where its marker is in pixels."""
    marks = [line for line in ax.lines if str(line.get_gid()).startswith("position ")]
    return {int(m.get_gid().split()[1]): ax.transData.transform(m.get_xydata()[0]) for m in marks}


def along(path, count=400):
    """Points on a line of straight pieces, and whatever lies between, in order."""
    steps = np.linspace(0, len(path) - 1, count)
    return np.column_stack([np.interp(steps, np.arange(len(path)), path[:, k]) for k in (0, 1)])


def links(ax):
    """Each link of information sets as points in pixels, by its name."""
    found = [p for p in ax.patches if str(p.get_gid()).startswith("information set")]
    return [(p.get_gid(), along(ax.transData.transform(p.get_path().vertices))) for p in found]


def partition(ax):
    """What the drawn links join: every node within reach of a link belongs to it."""
    places = nodes(ax)
    joined = {p: {p} for p in places}
    for _, points in links(ax):
        touched = [p for p, place in places.items() if np.min(np.hypot(*(points - place).T)) < 5]
        whole = set().union(*(joined[p] for p in touched))
        joined.update(dict.fromkeys(whole, whole))
    return {frozenset(group) for group in joined.values()}


@pytest.mark.parametrize("name", TREES)
def test_every_tree_is_complete_and_nothing_overlaps(name):
    game = dt.load(name).game
    ax = tree(game)
    found = boxes(ax)
    words = " ".join(" ".join(text.split()) for text, _ in found)
    for word in [*game.players, *game.outcomes, *(label.label.replace("_", " ") for label in game.labels.values())]:
        assert word in words
    assert overlapping(found) == []
    assert crossed(ax, found) == []
    whole = ax.get_figure().bbox
    assert all(whole.x0 <= b.x0 and b.x1 <= whole.x1 and whole.y0 <= b.y0 and b.y1 <= whole.y1 for _, b in found)


@pytest.mark.parametrize("name", TREES)
def test_links_are_the_information_sets_exactly(name):
    game = dt.load(name).game
    ax = tree(game)
    ax.get_figure().draw_without_rendering()
    chance = {p for p in nodes(ax) if not hasattr(game.positions[p].node, "player")}
    sets = {frozenset(label.positions) for label in game.labels.values()} | {frozenset({p}) for p in chance}
    assert partition(ax) == sets
    for (first, one), (second, two) in itertools.combinations(links(ax), 2):
        near = np.min(np.hypot(*(one[:, None] - two[None]).transpose(2, 0, 1)), axis=1) < 2.5
        assert first == second or near.mean() < 0.05


def crossed(ax, found):
    """Texts that an edge or a link runs through."""
    lines = [along(ax.transData.transform(e.get_xydata())) for e in ax.lines if e.get_gid() == "edge"]
    lines += [points for _, points in links(ax)]
    return [
        text
        for (text, box), points in itertools.product(found, lines)
        if np.any(
            (points[:, 0] > box.x0 + 1)
            & (points[:, 0] < box.x1 - 1)
            & (points[:, 1] > box.y0 + 1)
            & (points[:, 1] < box.y1 - 1)
        )
    ]


def test_sets_of_nodes_at_different_depths_stand_in_one_column():
    inner = dt.move("B", "guess", left=dt.outcome("x", A=0, B=1), right=dt.outcome("y", A=1, B=0))
    game = dt.ExtensiveGame(
        "Uneven", players=["A", "B"],
        tree=dt.move("A", "first", now=inner, wait=dt.move("A", "second", up=inner, out=dt.outcome("z", A=2, B=2))),
    )  # fmt: skip
    ax = tree(game)
    ax.get_figure().draw_without_rendering()
    guesses = frozenset(game.labels["B", "guess"].positions)
    assert guesses in partition(ax) and len({round(nodes(ax)[p][0]) for p in guesses}) == 1
    assert crossed(ax, boxes(ax)) == []


def test_sets_that_fit_in_no_columns_are_linked_all_the_same():
    """Two players move in an order that neither knows: their sets cross."""
    ends = (dt.outcome(f"o{k}", A=k, B=-k) for k in range(8))

    def pair(player, below):
        return dt.move(player, f"turn of {player}", x=below(), y=below())

    first = pair("A", lambda: pair("B", lambda: next(ends)))
    second = pair("B", lambda: pair("A", lambda: next(ends)))
    tossed = dt.chance("order", first=("1/2", first), second=("1/2", second))
    game = dt.ExtensiveGame("Unknown order", players=["A", "B"], tree=tossed)
    ax = tree(game)
    ax.get_figure().draw_without_rendering()
    assert partition(ax) == {frozenset({0}), *(frozenset(label.positions) for label in game.labels.values())}


def test_a_model_is_drawn_and_other_things_are_refused(unilateral):
    assert tree(unilateral).get_title(loc="left") == unilateral.game.name
    for wrong in (None, dt.Parameters(), "tree"):
        with pytest.raises(GameError, match="game with a tree"):
            tree(wrong)


def test_text_shrinks_to_given_axes(unilateral):
    _, ax = plt.subplots(figsize=(4, 2))
    assert tree(unilateral.game, ax=ax) is ax
    assert overlapping(boxes(ax)) == []


def test_a_tree_higher_than_a_page_is_drawn_with_a_warning():
    game = dt.ExtensiveGame("Wide", players=["A"], tree=_bushy(0))
    with pytest.warns(UserWarning, match="inches high"):
        assert overlapping(boxes(tree(game))) == []
    cut = tree(game, depth=3)
    assert overlapping(boxes(cut)) == [] and "4 further outcomes" in " ".join(text for text, _ in boxes(cut))


def _bushy(level, mark=""):
    if level == 5:
        return dt.outcome(f"end{mark}", A=len(mark))
    return dt.move("A", f"step{mark}", {"l": _bushy(level + 1, mark + "l"), "r": _bushy(level + 1, mark + "r")})


def test_types_are_spoken_of_only_where_there_are_any():
    """A dashed link of a player without types is one information set, and nothing more is said of it."""
    simultaneous = dt.load("chicken").game
    assert _note_on_links(simultaneous) == ["Dashed: one information set"]
    assert _note_on_links(dt.load("trust").game) == ["Dashed: one information set, for each type of the player"]


def _note_on_links(game):
    words = [line for text, _ in boxes(tree(game)) for line in text.split("\n")]
    return [line for line in words if line.startswith("Dashed")]
