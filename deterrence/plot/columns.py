"""Where everything of a drawn tree stands, in points: columns as wide as their labels, rows as high.

A branch leaves its node in a short slanted piece and runs on level to the next node.  Its action
stands above the level piece and the next node's label below it, so that text meets neither edges
nor other text however long the words are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from deterrence.games import ExtensiveGame
from deterrence.games.tree import Outcome
from deterrence.plot.layout import Layout, Spot

__all__ = ["GAP", "Place", "Sheet", "Words", "columns_of", "is_leaf", "laid_in_points", "lanes_of", "words_of"]

GAP = 4.0  # points between texts
LANE = 7.0  # points between links that run side by side
FIRST_LANE = 9.0
MARKER = 7.0

Size = tuple[float, float]


@dataclass(frozen=True)
class Words:
    """What stands at a node and on the branch to it, with their sizes in points.

    Attributes
    ----------
    label, action : str
        Empty where there is none.
    label_size, action_size : pair of float
        Width and height.
    """

    label: str
    action: str
    label_size: Size
    action_size: Size


@dataclass(frozen=True)
class Place:
    """One node in points: where it is, where its level piece begins, and where its label ends."""

    x: float
    y: float
    bend: float
    label_end: float
    action_at: float


@dataclass(frozen=True)
class Sheet:
    """All nodes in points, and the links between those of one information set.

    Attributes
    ----------
    places : dict of int to Place
        By position of the game.
    columns : dict of int to int
    lanes : dict of pair of str to float
        How far to the left of its nodes the link of an information set runs; 0 is straight through.
    right : float
        Where the tree ends.
    row : float
        From one leaf to the next.
    """

    places: Mapping[int, Place]
    columns: Mapping[int, int]
    lanes: Mapping[tuple[str, str], float]
    right: float
    row: float


def columns_of(game: ExtensiveGame, layout: Layout) -> dict[int, int]:
    """The column of each node: its depth, or further right beside the others of its information set."""
    columns = {p: s.depth for p, s in layout.spots.items()}
    sets = [[p for p in label.positions if p in columns] for label in game.labels.values()]
    for _ in range(len(columns)):
        before = dict(columns)
        for members in sets:
            furthest = max((columns[p] for p in members), default=0)
            columns.update(dict.fromkeys(members, furthest))
        for p, s in layout.spots.items():
            if s.parent is not None:
                columns[p] = max(columns[p], columns[s.parent] + 1)
        if columns == before:
            return columns
        if max(columns.values()) > 2 * layout.depth:  # sets that cross one another fit in no columns
            break
    return {p: s.depth for p, s in layout.spots.items()}


def lanes_of(game: ExtensiveGame, layout: Layout, columns: Mapping[int, int]) -> dict[tuple[str, str], int]:
    """The lane of each link: 0 where nothing lies between its nodes, else the first that is free."""
    lanes: dict[tuple[str, str], int] = {}
    taken: list[tuple[int, int, float, float]] = []
    for name, label in game.labels.items():
        rows = sorted(layout.spots[p].row for p in label.positions if p in columns)
        if len(rows) < 2:
            continue
        column = next(columns[p] for p in label.positions if p in columns)
        low, high = rows[0], rows[-1]
        between = [s for p, s in layout.spots.items() if columns[p] == column and low < s.row < high]
        lane = 0
        if any(s.position not in label.positions for s in between):
            near = [k for c, k, a, b in taken if c == column and a <= high and low <= b]
            lane = next(k for k in range(1, len(taken) + 2) if k not in near)
        taken.append((column, lane, low, high))
        lanes[name] = lane
    return lanes


def laid_in_points(game: ExtensiveGame, layout: Layout, words: Mapping[int, Words], leaf_height: float) -> Sheet:
    """Place every node so that no two texts and no text and edge can meet.

    Parameters
    ----------
    game : ExtensiveGame
    layout : Layout
    words : mapping of int to Words
    leaf_height : float
        The highest text at the right, in points.
    """
    columns = columns_of(game, layout)
    lanes = lanes_of(game, layout, columns)
    ways = {name: FIRST_LANE + LANE * (lane - 1) if lane else 0.0 for name, lane in lanes.items()}
    room = _lane_room(game, columns, ways)
    row = max(_row_height(layout, columns, words), leaf_height + GAP)
    root = next(s for s in layout.spots.values() if s.parent is None)
    edges = {0: words[root.position].label_size[0] + 3 * MARKER}
    bends: dict[int, float] = {}
    for c in range(1, max(columns.values()) + 1):
        bends[c] = edges[c - 1] + _fan(layout, columns, c - 1, row)
        edges[c] = bends[c] + _column_width(layout, columns, words, c) + room.get(c, 0.0)
    places = {p: _place(s, layout, columns, (edges, bends, room), row) for p, s in layout.spots.items()}
    return Sheet(places, columns, ways, edges[max(edges)], row)


def _place(
    spot: Spot,
    layout: Layout,
    columns: Mapping[int, int],
    spans: tuple[Mapping[int, float], Mapping[int, float], Mapping[int, float]],
    row: float,
) -> Place:
    edges, bends, room = spans
    c = columns[spot.position]
    first = 0 if spot.parent is None else columns[spot.parent] + 1
    bend = bends.get(first, edges[0])
    inner = edges[first] - room.get(first, 0.0) - MARKER
    return Place(edges[c], spot.row * row, bend, edges[c] - room.get(c, 0.0) - MARKER, (bend + inner) / 2)


def _lane_room(
    game: ExtensiveGame, columns: Mapping[int, int], ways: Mapping[tuple[str, str], float]
) -> dict[int, float]:
    """How much of each column the links beside its nodes take."""
    room: dict[int, float] = {}
    for name, way in ways.items():
        c = next(columns[p] for p in game.labels[name].positions if p in columns)
        room[c] = max(room.get(c, 0.0), way)
    return room


def _column_width(layout: Layout, columns: Mapping[int, int], words: Mapping[int, Words], c: int) -> float:
    """The longest text in a column."""
    labels = [words[p].label_size[0] for p in layout.spots if columns[p] == c]
    actions = [
        words[p].action_size[0] for p, s in layout.spots.items() if s.parent is not None and columns[s.parent] + 1 == c
    ]
    return max([20.0, *labels, *actions]) + GAP + MARKER


def _row_height(layout: Layout, columns: Mapping[int, int], words: Mapping[int, Words]) -> float:
    """From leaf to leaf, such that what stands below one branch clears what stands above the next."""
    need = 30.0 if len(layout.leaves) <= 12 else 24.0
    for c in range(1, max(columns.values()) + 1):
        crossing = sorted(
            (s for s in layout.spots.values() if _crosses(s, layout, columns, c)), key=lambda s: s.row, reverse=True
        )
        for upper, lower in zip(crossing, crossing[1:], strict=False):  # noqa: RUF007 - neighbours, named
            below = words[upper.position].label_size[1] if columns[upper.position] == c else 0.0
            starts = lower.parent is not None and columns[lower.parent] + 1 == c
            above = words[lower.position].action_size[1] if starts else 0.0
            need = max(need, (below + above + 2.5 * GAP) / (upper.row - lower.row))
    return need


def _crosses(spot: Spot, layout: Layout, columns: Mapping[int, int], c: int) -> bool:
    """Whether the branch to a node, or the dotted line from a leaf, runs through a column."""
    if spot.parent is None or columns[spot.parent] >= c:
        return False
    return columns[spot.position] >= c or spot in layout.leaves


def _fan(layout: Layout, columns: Mapping[int, int], c: int, row: float) -> float:
    """How far the slanted pieces that leave a column reach: wider where they are steep."""
    spread = max(
        (
            abs(s.row - layout.spots[s.parent].row)
            for s in layout.spots.values()
            if s.parent is not None and columns[s.parent] == c
        ),
        default=0.0,
    )
    return min(48.0, max(18.0, 10.0 + 0.2 * spread * row))


def words_of(
    layout: Layout,
    label: Callable[[Spot], str],
    action: Callable[[Spot], str],
    measure: Callable[[str, str], Size],
) -> dict[int, Words]:
    """The texts of every node, measured.

    Parameters
    ----------
    layout : Layout
    label, action : function
        What stands at a node, and on the branch to it.
    measure : function
        The size in points of a text of a kind, "label" or "action".
    """
    found = {}
    for p, spot in layout.spots.items():
        below, on = label(spot), action(spot)
        found[p] = Words(
            below, on, measure(below, "label") if below else (0.0, 0.0), measure(on, "action") if on else (0.0, 0.0)
        )
    return found


def is_leaf(game: ExtensiveGame, spot: Spot) -> bool:
    """Whether nothing is drawn below a node."""
    return bool(spot.hidden) or isinstance(game.positions[spot.position].node, Outcome)
