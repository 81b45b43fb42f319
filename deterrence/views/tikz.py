r"""The tree of a game as a TikZ picture; it needs the package `tikz` and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from deterrence.expressions import as_latex
from deterrence.games import ExtensiveGame
from deterrence.games.tree import Chance, Move, Outcome
from deterrence.plot.columns import columns_of, lanes_of
from deterrence.plot.layout import Layout, Spot, laid_out
from deterrence.plot.payoffs import payoff_words
from deterrence.views.latex import escaped

__all__ = ["tikz_tree"]

_GAP = r" \quad "
_LANE = 0.3  # centimetres between dashed links that run side by side


def tikz_tree(game: ExtensiveGame, *, depth: int | None = None, width: float = 3.0, height: float = 1.2) -> str:
    """Write the tree as TikZ.

    Parameters
    ----------
    game : ExtensiveGame
    depth : int, optional
        How many moves to draw; by default as many as a page holds.
    width, height : float
        Centimetres from move to move, and from leaf to leaf.

    Raises
    ------
    ParameterError
        If the tree is too large at that depth.
    """
    layout = laid_out(game, depth)
    columns = columns_of(game, layout)
    lines = [
        rf"\begin{{tikzpicture}}[x={width:g}cm, y={height:g}cm, font=\small,",
        r"  decision/.style={circle, fill, inner sep=1.6pt}, nature/.style={circle, draw, inner sep=1.6pt},",
        r"  who/.style={above, align=center, font=\footnotesize\itshape},",
        r"  action/.style={midway, sloped, above, font=\footnotesize}]",
        *(_node(game, s, columns[s.position]) for s in layout.spots.values()),
        *(_edge(game, s) for s in layout.spots.values() if s.parent is not None),
        *_links(game, layout, columns),
        *_types(game),
        r"\end{tikzpicture}",
    ]
    return "\n".join(lines)


def _node(game: ExtensiveGame, spot: Spot, column: int) -> str:
    node = game.positions[spot.position].node
    place = f"({column:g},{spot.row:g})"
    if isinstance(node, Outcome):
        payoffs = [
            rf"\textit{{{escaped(p)}}} {payoff_words(game, spot.position, p, _mathematics, escaped)}"
            for p in game.players
        ]
        text = rf"\textbf{{{escaped(node.name)}}}\\ {{\footnotesize {_GAP.join(payoffs)}}}"
        return rf"\node[right, align=left] (n{spot.position}) at {place} {{{text}}};"
    if spot.hidden:
        return rf"\node[right] (n{spot.position}) at {place} {{\dots\ {spot.hidden} further outcomes}};"
    if isinstance(node, Chance):
        return rf"\node[nature] (n{spot.position}) at {place} {{}}; \node[who] at (n{spot.position}.north) {{Nature}};"
    assert isinstance(node, Move)
    label = escaped(node.label.replace("_", " "))
    who = rf"{escaped(node.player)}\\[-2pt] {label}"
    return rf"\node[decision] (n{spot.position}) at {place} {{}}; \node[who] at (n{spot.position}.north) {{{who}}};"


def _edge(game: ExtensiveGame, spot: Spot) -> str:
    node = game.positions[spot.parent or 0].node
    text = escaped(spot.action.replace("_", " "))
    if isinstance(node, Chance):
        chances = {event: p for event, p, _ in node.branches}
        text += f" [{_mathematics(chances[spot.action])}]"
    leaf = isinstance(game.positions[spot.position].node, Outcome) or spot.hidden
    end = f"(n{spot.position}.west)" if leaf else f"(n{spot.position})"
    return rf"\draw (n{spot.parent}) -- node[action] {{{text}}} {end};"


def _links(game: ExtensiveGame, layout: Layout, columns: Mapping[int, int]) -> list[str]:
    """Dashed links between the nodes of an information set, beside the nodes of others."""
    found = []
    lanes = lanes_of(game, layout, columns)
    for name, label in game.labels.items():
        shown = [p for p in label.positions if p in layout.spots and not layout.spots[p].hidden]
        shown.sort(key=lambda p: layout.spots[p].row)
        for low, high in zip(shown, shown[1:], strict=False):  # noqa: RUF007 - a pair of neighbours, named
            found.append(rf"\draw[dashed] (n{low}) {_way(lanes[name], columns[low] == columns[high])} (n{high});")
    return found


def _way(lane: int, level: bool) -> str:
    """Straight up, in a lane to the left where others stand between, or bent to another column."""
    if not level:
        return "to[bend left=15]"
    return f"-- ++({-_LANE * lane:g}cm,0) |-" if lane else "--"


def _types(game: ExtensiveGame) -> list[str]:
    """What Nature draws, below the tree."""
    rows = []
    for player, chances in game.type_probabilities.items():
        if game.types[player] != (None,):
            shown = ", ".join(f"{escaped(str(t))} {_mathematics(p)}" for t, p in chances.items())
            rows.append(f"{escaped(player)}: {shown}")
    if not rows:
        return []
    text = r"\\ ".join(rows)
    return [rf"\node[below right, align=left, font=\footnotesize] at (0,-0.7) {{{text}}};"]


def _mathematics(expr: object) -> str:
    return f"${as_latex(expr)}$"
