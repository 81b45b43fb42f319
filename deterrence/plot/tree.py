"""The tree of a game: players, labels, actions, information sets and payoffs."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch

from deterrence.errors import GameError
from deterrence.games import ExtensiveGame
from deterrence.games.tree import Chance, Move, Outcome
from deterrence.plot.layout import Layout, Spot, laid_out
from deterrence.plot.payoffs import payoff_words
from deterrence.plot.style import colour, new_axes, settled, styled
from deterrence.plot.words import mathematics, plain

__all__ = ["tree"]

MARKERS = "osD^vPX"


def tree(game: ExtensiveGame, *, depth: int | None = None, ax: Axes | None = None) -> Axes:
    """Draw a game in extensive form.

    Parameters
    ----------
    game : ExtensiveGame
    depth : int, optional
        How many moves to draw; by default as many as a page holds.  What lies below is counted.
    ax : Axes, optional

    Returns
    -------
    Axes
        The root at the left; each player has a marker and a colour; nodes that a player cannot
        tell apart are joined by a dashed link; payoffs stand in one column a player.

    Raises
    ------
    ParameterError
        If the tree is too large at that depth.
    GameError
        If the game has no tree of this kind.
    """
    if not isinstance(game, ExtensiveGame):
        raise GameError(
            subject="tree", wanted="a game with a tree: an ExtensiveGame or a StrategicGame", got=type(game).__name__,
            hint="regions(...) draws where its equilibria exist",
        )  # fmt: skip
    layout = laid_out(game, depth)
    rows = len(layout.leaves)
    with styled():
        own = ax is None
        ax = new_axes(ax, (1.5 * layout.depth + 3.5, max(2.2, 0.62 * rows + 1.4)))
        ax.set_axis_off()
        ax.set_xlim(-0.35, layout.depth + 0.03)
        ax.set_ylim(-0.6, rows - 0.1)
        width = _leaves(ax, game, layout)
        if own:
            figure: Any = ax.get_figure(root=True)
            figure.set_size_inches(1.5 * layout.depth + width / 72 + 0.5, figure.get_figheight())
        _heading(ax, game, layout)
        _branches(ax, game, layout)
        _links(ax, game, layout)
        _nodes(ax, game, layout)
    return ax


def _branches(ax: Axes, game: ExtensiveGame, layout: Layout) -> None:
    """An edge for each action with its name on it; of a chance move with its probability."""
    renderer = settled(ax)
    box = ax.get_window_extent(renderer)
    aspect = (box.height / np.diff(ax.get_ylim())[0]) / (box.width / np.diff(ax.get_xlim())[0])
    for spot in layout.spots.values():
        if spot.parent is None:
            continue
        above = layout.spots[spot.parent]
        ax.plot([above.depth, spot.depth], [above.row, spot.row], color="0.25", lw=1.0, zorder=1)
        angle = np.degrees(np.arctan2((spot.row - above.row) * aspect, spot.depth - above.depth))
        up = spot.row >= above.row
        ax.annotate(
            _action(game, above, spot),
            (above.depth + 0.56 * (spot.depth - above.depth), above.row + 0.56 * (spot.row - above.row)),
            (-np.sin(np.radians(angle)) * (6 if up else -6), np.cos(np.radians(angle)) * (6 if up else -6)),
            textcoords="offset points",
            ha="center",
            va="center",
            rotation=angle,
            rotation_mode="anchor",
            fontsize=10,
            zorder=4,
        ).set_gid("action")


def _action(game: ExtensiveGame, above: Spot, spot: Spot) -> str:
    node = game.positions[above.position].node
    name = plain(spot.action.replace("_", " "))
    if isinstance(node, Chance):
        chances = {event: p for event, p, _ in node.branches}
        return f"{name} [{mathematics(chances[spot.action])}]"
    return name


def _nodes(ax: Axes, game: ExtensiveGame, layout: Layout) -> None:
    """A marker for each decision, with who decides what; chance moves are hollow."""
    for spot in layout.spots.values():
        node = game.positions[spot.position].node
        if isinstance(node, Outcome):
            continue
        if isinstance(node, Move):
            k = game.players.index(node.player)
            ax.plot(
                spot.depth,
                spot.row,
                marker=MARKERS[k % len(MARKERS)],
                color=colour(k),
                ms=7,
                mec="black",
                mew=0.6,
                zorder=3,
            )
            who = node.player
        else:
            ax.plot(spot.depth, spot.row, marker="o", mfc="white", mec="black", ms=7, zorder=3)
            who = "Nature"
        if spot.hidden:
            continue
        root = spot.parent is None
        ax.annotate(
            f"{plain(who)}\n{plain(node.label.replace('_', ' '))}",
            (spot.depth, spot.row),
            (0, 7) if not root else (0, 8),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=9,
            linespacing=1.0,
            fontstyle="italic",
            zorder=5,
            bbox={"boxstyle": "square,pad=0.08", "fc": "white", "ec": "none", "alpha": 0.9},
        ).set_gid("node")


def _links(ax: Axes, game: ExtensiveGame, layout: Layout) -> None:
    """Dashed links between the nodes of one information set."""
    for label in game.labels.values():
        spots = sorted((layout.spots[p] for p in label.positions if p in layout.spots), key=lambda s: s.row)
        for low, high in itertools.pairwise(spots):
            straight = low.depth == high.depth
            link = FancyArrowPatch(
                (low.depth, low.row),
                (high.depth, high.row),
                arrowstyle="-",
                linestyle=(0, (4, 3)),
                color="black",
                lw=1.0,
                connectionstyle="arc3,rad=0" if straight else "arc3,rad=0.2",
                zorder=2,
            )
            link.set_gid(f"information set {label.player} {label.label}")
            ax.add_patch(link)


def _leaves(ax: Axes, game: ExtensiveGame, layout: Layout) -> float:
    """Outcomes in a column, then a column of payoffs for each player; gives their width in points."""
    columns = [[_outcome(game, s) for s in layout.leaves]]
    columns += [
        ["" if s.hidden else payoff_words(game, s.position, player, mathematics, plain) for s in layout.leaves]
        for player in game.players
    ]
    heads = ["", *(plain(p) for p in game.players)]
    renderer = settled(ax)
    left = 6.0
    for k, (head, column) in enumerate(zip(heads, columns, strict=True)):
        style = {"fontsize": 10, "weight": "bold" if k == 0 else "normal"}
        texts = [_beside(ax, s.row, left, text, **style) for s, text in zip(layout.leaves, column, strict=True) if text]
        if head:
            texts.append(_beside(ax, len(layout.leaves) - 0.4, left, head, fontsize=10, fontstyle="italic"))
        left += 14.0 + max((t.get_window_extent(renderer).width for t in texts), default=0.0) * 72 / renderer.dpi
    for s in layout.leaves:
        if s.depth < layout.depth:
            ax.plot([s.depth + 0.03, layout.depth + 0.03], [s.row, s.row], color="0.75", lw=0.6, ls=":", zorder=0)
    return left


def _beside(ax: Axes, row: float, left: float, text: str, **style: Any) -> Any:
    """A text to the right of the tree, so many points from its edge."""
    found = ax.annotate(
        text,
        (1.0, row),
        (left, 0),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        ha="left",
        va="center",
        annotation_clip=False,
        **style,
    )
    found.set_gid("leaf")
    return found


def _outcome(game: ExtensiveGame, spot: Spot) -> str:
    node: Any = game.positions[spot.position].node
    if isinstance(node, Outcome):
        return plain(node.name)
    return f"… {spot.hidden} further outcomes" if spot.hidden != 1 else "… 1 further outcome"


def _heading(ax: Axes, game: ExtensiveGame, layout: Layout) -> None:
    """The types and what draws them, above the tree."""
    lines = [_types(game, p) for p in game.players if game.types[p] != (None,)]
    if lines and not game.type_probabilities:
        prior = "; ".join(
            f"({', '.join(str(t) for t in types if t)}): {mathematics(p)}" for types, p in game.prior.items()
        )
        lines = [f"Nature draws {prior}"]
    if any(len(label.positions) > 1 for label in game.labels.values()):
        lines.append("Dashed: one information set (for each type of the player)")
    if layout.cut:
        lines.append(f"Drawn to depth {layout.depth} of {layout.full_depth}")
    ax.set_title(f"{plain(game.name)}", loc="left", fontsize=12)
    if lines:
        ax.annotate(
            "\n".join(lines),
            (0, 0),
            (0, -4),
            xycoords="axes fraction",
            textcoords="offset points",
            ha="left",
            va="top",
            fontsize=9.5,
            linespacing=1.35,
        ).set_gid("types")


def _types(game: ExtensiveGame, player: str) -> str:
    chances = game.type_probabilities.get(player, {})
    shown = ", ".join(
        f"{plain(str(t))} {mathematics(chances[t])}" if t in chances else plain(str(t)) for t in game.types[player]
    )
    return f"{plain(player)}, privately known: {shown}"
