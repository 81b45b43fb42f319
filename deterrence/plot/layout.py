"""Where the nodes of a game tree go: the root at the left, leaves in rows at the right."""

from __future__ import annotations

from dataclasses import dataclass

from deterrence.errors import ParameterError
from deterrence.games import ExtensiveGame
from deterrence.games.tree import Outcome

__all__ = ["LIMIT", "Layout", "Spot", "laid_out"]

LIMIT = 48


@dataclass(frozen=True)
class Spot:
    """One node of the picture.

    Attributes
    ----------
    position : int
        Of the game.
    depth : int
    row : float
    parent : int or None
        The position above.
    action : str
        What leads here.
    hidden : int
        Leaves below that are not drawn.
    """

    position: int
    depth: int
    row: float
    parent: int | None
    action: str
    hidden: int = 0


@dataclass(frozen=True)
class Layout:
    """All nodes that are drawn, and how deep the tree is drawn and goes."""

    spots: dict[int, Spot]
    depth: int
    full_depth: int

    @property
    def leaves(self) -> tuple[Spot, ...]:
        """What stands at the right: outcomes, and subtrees that are not drawn."""
        inner = {s.parent for s in self.spots.values()}
        return tuple(s for s in self.spots.values() if s.position not in inner)

    @property
    def cut(self) -> bool:
        """Whether something is left out."""
        return self.depth < self.full_depth


def laid_out(game: ExtensiveGame, depth: int | None = None) -> Layout:
    """Place the nodes down to a depth; without one, as deep as a page holds.

    Raises
    ------
    ParameterError
        If even the first moves are too many for a page.
    """
    full = max(len(p.path) for p in game.positions)
    if depth is not None and (isinstance(depth, bool) or not isinstance(depth, int) or depth < 1):
        raise ParameterError(subject=f'Tree of "{game.name}"', wanted="a depth of 1 or more", got=repr(depth))
    wanted = min(full, depth or full)
    while depth is None and wanted > 1 and _width(game, wanted) > LIMIT:
        wanted -= 1
    count = _width(game, wanted)
    if count > LIMIT:
        raise ParameterError(
            subject=f'Tree of "{game.name}"',
            wanted=f"at most {LIMIT} branches side by side",
            got=str(count),
            hint="give a smaller depth=..." if wanted > 1 else "print the game instead",
        )
    return Layout(_placed(game, wanted), wanted, full)


def _width(game: ExtensiveGame, depth: int) -> int:
    """How many rows a picture of that depth has."""
    return sum(len(p.path) == depth or (len(p.path) < depth and isinstance(p.node, Outcome)) for p in game.positions)


def _placed(game: ExtensiveGame, depth: int) -> dict[int, Spot]:
    parents = {p.index: (p.path[-1].position if p.path else None) for p in game.positions}
    shown = [p for p in game.positions if len(p.path) <= depth]
    children: dict[int, list[int]] = {}
    hidden = dict.fromkeys((p.index for p in shown), 0)
    for p in game.positions:
        parent = parents[p.index]
        if parent is not None and len(p.path) <= depth:
            children.setdefault(parent, []).append(p.index)
        if isinstance(p.node, Outcome) and len(p.path) > depth:
            above: int | None = p.index
            while above is not None and above not in hidden:
                above = parents[above]
            hidden[above if above is not None else 0] += 1
    rows: dict[int, float] = {}
    bottom = 0.0
    for p in reversed(shown):
        below = children.get(p.index)
        if below:
            rows[p.index] = (rows[below[0]] + rows[below[-1]]) / 2
        else:
            rows[p.index] = bottom
            bottom += 1.0
    return {
        p.index: Spot(
            p.index, len(p.path), rows[p.index], parents[p.index], p.path[-1].action if p.path else "", hidden[p.index]
        )
        for p in shown
    }
