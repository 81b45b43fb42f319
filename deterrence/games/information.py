"""Who knows what: positions of the tree, labels, recall, and whether actions are observed.

A *position* is a node of the tree as written, with the path that leads to it; a node object that
is used in several places has several positions.  All positions of one player with one label are
its *label*: together with the player's own type, an information set.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from deterrence.games.tree import Chance, Move, Node, Outcome

__all__ = [
    "Label",
    "Position",
    "Step",
    "actions_observed",
    "label_table",
    "own_history",
    "positions_of",
    "with_actions_in_one_order",
]


@dataclass(frozen=True)
class Step:
    """One step of a path: at `position`, `player` (None: Nature) took `action` under `label`."""

    position: int
    kind: str
    player: Any
    label: str
    action: str


@dataclass(frozen=True)
class Position:
    """A node of the tree as written: its number in depth-first order, the way there, and what follows it.

    `children` are the positions after each branch, in the order of the branches.
    """

    index: int
    node: Node
    path: tuple[Step, ...]
    children: tuple[int, ...]

    def __str__(self) -> str:
        return ", ".join(step.action for step in self.path) or "the start"


@dataclass(frozen=True)
class Label:
    """What a player can distinguish, its own type apart: the positions at which it sees the same."""

    player: str
    label: str
    actions: tuple[str, ...]
    positions: tuple[int, ...]


def branches_of(node: Node) -> tuple[tuple[str, Node], ...]:
    """The branches of a node as (name, subtree); none for an outcome."""
    if isinstance(node, Outcome):
        return ()
    return tuple((branch[0], branch[-1]) for branch in node.branches)


def positions_of(tree: Node) -> tuple[Position, ...]:
    """Every position of the tree, depth first, the root first."""
    found: list[Position] = []
    children: list[list[int]] = []
    todo: list[tuple[Node, tuple[Step, ...]]] = [(tree, ())]
    while todo:
        node, path = todo.pop()
        index = len(found)
        found.append(Position(index, node, path, ()))
        children.append([])
        if path:
            children[path[-1].position].append(index)
        for name, child in reversed(branches_of(node)):
            todo.append((child, (*path, _step(index, node, name))))
    return tuple(replace(p, children=tuple(c)) for p, c in zip(found, children, strict=True))


def _step(index: int, node: Node, name: str) -> Step:
    """The step that leaves `node` by the branch of that name."""
    if isinstance(node, Move):
        return Step(index, "move", node.player, node.label, name)
    assert isinstance(node, Chance)
    return Step(index, "chance", None, node.label, name)


def label_table(positions: tuple[Position, ...]) -> dict[tuple[str, str], Label]:
    """The labels by (player, label), in the order in which the tree first meets them."""
    groups: dict[tuple[str, str], list[Position]] = {}
    for position in positions:
        if isinstance(position.node, Move):
            groups.setdefault((position.node.player, position.node.label), []).append(position)
    return {
        key: Label(*key, tuple(name for name, _ in branches_of(group[0].node)), tuple(p.index for p in group))
        for key, group in groups.items()
    }


def with_actions_in_one_order(tree: Node) -> Node:
    """The same tree, with the actions under one label always in the order in which they first come."""
    orders: dict[tuple[str, str], dict[str, int]] = {}
    for position in positions_of(tree):
        if isinstance(node := position.node, Move):
            orders.setdefault((node.player, node.label), {name: k for k, (name, _) in enumerate(node.branches)})
    return _reordered(tree, orders)


def _reordered(node: Node, orders: Mapping[tuple[str, str], Mapping[str, int]]) -> Node:
    """The subtree with the branches of every move sorted; actions that the order lacks come last."""
    if isinstance(node, Outcome):
        return node
    if isinstance(node, Chance):
        return Chance(node.label, tuple((name, p, _reordered(child, orders)) for name, p, child in node.branches))
    order = orders[node.player, node.label]
    pairs = sorted(node.branches, key=lambda pair: order.get(pair[0], len(order)))
    return Move(node.player, node.label, tuple((name, _reordered(child, orders)) for name, child in pairs))


def own_history(position: Position, player: str) -> tuple[tuple[str, str], ...]:
    """What the player itself did on the way: its (label, action) pairs in order."""
    return tuple((step.label, step.action) for step in position.path if step.player == player)


def actions_observed(positions: tuple[Position, ...], labels: Mapping[tuple[str, str], Label]) -> bool:
    """Whether every action is observed by all before the next stage begins.

    The tree is then a multi-stage game with observed actions (Fudenberg and Tirole 1991): from a
    position that everybody distinguishes, one player moves, or several move simultaneously, and
    everybody distinguishes all positions that follow.  Simultaneous moves are written one below
    the other; each later mover has one label, which covers all continuations.  Nature may be one
    of the movers of a stage; if its draw is hidden, it stays part of what that stage's movers do
    not know.

    Notes
    -----
    Movers of a stage that are written in different orders on different branches count as hidden:
    write them in one order.
    """
    ends = _subtree_ends(positions)
    shared = [label.positions for label in labels.values() if len(label.positions) > 1]
    public = frozenset(p.index for p in positions if _is_public(p.index, ends[p.index], shared))
    return all(_stage_is_simultaneous(p, positions, labels, public) for p in positions if p.index in public)


def _subtree_ends(positions: tuple[Position, ...]) -> list[int]:
    """For each position, the number after the last position of its subtree."""
    ends = [p.index + 1 for p in positions]
    for position in reversed(positions):
        if position.children:
            ends[position.index] = ends[position.children[-1]]
    return ends


def _is_public(start: int, end: int, shared: Sequence[tuple[int, ...]]) -> bool:
    """Whether every shared label is wholly inside the subtree ``start .. end - 1`` or wholly outside."""
    inside = (bisect_left(label, end) - bisect_left(label, start) for label in shared)
    return all(count in (0, len(label)) for count, label in zip(inside, shared, strict=True))


def _stage_is_simultaneous(
    start: Position,
    positions: tuple[Position, ...],
    labels: Mapping[tuple[str, str], Label],
    public: frozenset[int],
) -> bool:
    """Whether the moves from a public position up to the next public ones are one simultaneous stage."""
    movers: set[str] = set()
    for layer in _layers(start, positions, public):
        if len(layer) > 1 and any(p.index in public for p in layer):
            return False
        mover = _one_mover(layer, labels)
        if mover is None or mover in movers:
            return False
        movers |= {mover} if mover else set()
    return True


def _layers(start: Position, positions: tuple[Position, ...], public: frozenset[int]) -> Iterator[tuple[Position, ...]]:
    """The positions of a stage by depth; it ends where all positions are public."""
    layer: tuple[Position, ...] = (start,) if start.children else ()
    while layer:
        yield layer
        below = tuple(positions[child] for position in layer for child in position.children)
        layer = () if all(p.index in public for p in below) else below


def _one_mover(layer: tuple[Position, ...], labels: Mapping[tuple[str, str], Label]) -> str | None:
    """The one player who moves at these positions without telling them apart; "" for Nature, None for no such."""
    first = layer[0].node
    if isinstance(first, Move):
        whole = tuple(p.index for p in layer) == labels[first.player, first.label].positions
        return first.player if whole else None
    if isinstance(first, Chance):
        draws = {tuple((e, q) for e, q, _ in p.node.branches) for p in layer if isinstance(p.node, Chance)}
        return "" if len(draws) == 1 and all(isinstance(p.node, Chance) for p in layer) else None
    return None
