"""The tree of a game: players, labels, actions, information sets and payoffs."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy as sp
from matplotlib.axes import Axes

from deterrence.errors import GameError
from deterrence.games import ExtensiveGame
from deterrence.games.tree import Chance, Move, Outcome
from deterrence.plot.columns import GAP, Sheet, Words, is_leaf, laid_in_points, words_of
from deterrence.plot.inputs import checked_axes, game_of
from deterrence.plot.layout import Layout, Spot, laid_out
from deterrence.plot.links import draw_links
from deterrence.plot.payoffs import payoff_words
from deterrence.plot.style import colour, measured, new_axes, styled
from deterrence.plot.words import broken, mathematics, plain, wrapped
from deterrence.polynomials import tidy

__all__ = ["tree"]

MARKERS = "osD^vPX"
PAGE = 11.0  # inches
STYLES: dict[str, dict[str, Any]] = {
    "label": {"fontsize": 9.0, "fontstyle": "italic", "linespacing": 1.0},
    "action": {"fontsize": 10.0},
    "name": {"fontsize": 10.0, "weight": "bold"},
    "payoff": {"fontsize": 10.0},
    "head": {"fontsize": 10.0, "fontstyle": "italic"},
    "note": {"fontsize": 9.5},
}
LONG = 90  # letters of LaTeX, beyond which a payoff is broken
WIDE = 120.0  # points, beyond which payoffs of types stand one below the other


def tree(game: Any, *, depth: int | None = None, ax: Axes | None = None) -> Axes:
    """Draw a game in extensive form.

    Parameters
    ----------
    game : ExtensiveGame or Model
    depth : int, optional
        How many moves to draw; by default as many as a page holds.  What lies below is counted.
    ax : Axes, optional
        Text shrinks where it is too small for the tree.

    Returns
    -------
    Axes
        The root at the left, units are points; each player has a marker and a colour; nodes that a
        player cannot tell apart are joined by a dashed link; payoffs stand in one column a player.

    Raises
    ------
    GameError
        If it is not a game with a tree.
    ParameterError
        If the tree is too large at that depth.

    Warns
    -----
    UserWarning
        If the picture is higher than a page.
    """
    game = game_of(game)
    if not isinstance(game, ExtensiveGame):
        raise GameError(
            subject="tree",
            wanted="a game with a tree, or a model of one",
            got=type(game).__name__,
            hint="regions(...) draws where its equilibria exist",
        )
    layout = laid_out(game, depth)
    with styled():
        own = ax is None
        ax = new_axes(checked_axes(ax), (6.0, 4.0))
        drawing = _Drawing.of(ax, game, layout)
        ax.set_axis_off()
        ax.set_title(plain(game.name), loc="left", fontsize=12, x=GAP / drawing.width)
        scale = _paper(ax, drawing) if own else _shrunk(ax, drawing)
        ax.set_xlim(0, drawing.width)
        ax.set_ylim(drawing.bottom, drawing.top)
        _edges(ax, game, drawing, scale)
        draw_links(ax, game, drawing.sheet)
        _nodes(ax, game, drawing, scale)
        _texts(ax, drawing, scale)
    return ax


@dataclass(frozen=True)
class _Text:
    """A text at the right of the tree or below it, its left end at a place in points."""

    x: float
    y: float
    text: str
    kind: str


@dataclass(frozen=True)
class _Drawing:
    """Everything that is drawn, in points."""

    layout: Layout
    words: dict[int, Words]
    sheet: Sheet
    texts: tuple[_Text, ...]
    width: float
    bottom: float
    top: float

    @classmethod
    def of(cls, ax: Axes, game: ExtensiveGame, layout: Layout) -> _Drawing:
        def measure(text: str, kind: str) -> tuple[float, float]:
            return measured(ax, text, **STYLES[kind])

        words = words_of(layout, lambda s: _label(game, s), lambda s: _action(game, layout, s), measure)
        columns = _payoff_columns(game, layout, measure)
        tallest = max((measure(t, "payoff")[1] for _, column in columns for t in column if t), default=0.0)
        sheet = laid_in_points(game, layout, words, tallest + GAP)
        rows = [sheet.places[s.position].y for s in layout.leaves]
        texts, right = _beside(game, layout, sheet, columns, measure, max(rows) + tallest / 2 + 14.0)
        bottom = min([-tallest / 2, *(p.y - words[k].label_size[1] for k, p in sheet.places.items())]) - 3 * GAP
        notes = "\n".join(_notes(game, layout))
        if notes:
            width, height = measure(notes, "note")
            texts.append(_Text(GAP, bottom - height, notes, "note"))
            right, bottom = max(right, width), bottom - height
        return cls(layout, words, sheet, tuple(texts), right + 2 * GAP, bottom - GAP, max(rows) + tallest / 2 + 28.0)


def _paper(ax: Axes, drawing: _Drawing) -> float:
    """Make an own figure as large as the tree, with room for its title."""
    title = 26.0
    height = drawing.top - drawing.bottom
    figure: Any = ax.get_figure(root=True)
    figure.set_layout_engine("none")
    wide = max(drawing.width, measured(ax, ax.get_title(loc="left"), fontsize=12)[0] + 2 * GAP)
    figure.set_size_inches(wide / 72, (height + title) / 72)
    ax.set_position((0.0, 0.0, drawing.width / wide, height / (height + title)))
    if height + title > PAGE * 72:
        warnings.warn(
            f"the tree is {(height + title) / 72:.0f} inches high; a smaller depth=... leaves out its last moves",
            stacklevel=3,
        )
    return 1.0


def _shrunk(ax: Axes, drawing: _Drawing) -> float:
    """By how much text must shrink to fit given axes."""
    box = ax.get_window_extent()
    dpi = ax.get_figure(root=True).dpi  # type: ignore[union-attr]
    across, up = box.width * 72 / dpi / drawing.width, box.height * 72 / dpi / (drawing.top - drawing.bottom)
    return float(min(1.0, across, up))


def _label(game: ExtensiveGame, spot: Spot) -> str:
    """Who decides what at a node."""
    node = game.positions[spot.position].node
    if is_leaf(game, spot) or isinstance(node, Outcome):
        return ""
    who = node.player if isinstance(node, Move) else "Nature"
    return f"{plain(who)}\n{wrapped(node.label.replace('_', ' '), 20)}"


def _action(game: ExtensiveGame, layout: Layout, spot: Spot) -> str:
    if spot.parent is None:
        return ""
    node = game.positions[spot.parent].node
    name = plain(spot.action.replace("_", " ").strip())
    if isinstance(node, Chance):
        chances = {event: p for event, p, _ in node.branches}
        return f"{name} [{mathematics(chances[spot.action]).replace('dfrac', 'frac')}]"
    return name


def _edges(ax: Axes, game: ExtensiveGame, drawing: _Drawing, scale: float) -> None:
    """A branch for each action, its name above; dotted lines from early leaves to their outcome."""
    for p, spot in drawing.layout.spots.items():
        place = drawing.sheet.places[p]
        if is_leaf(game, spot) and place.x < drawing.sheet.right:
            ax.plot([place.x, drawing.sheet.right], [place.y] * 2, color="0.7", lw=0.6, ls=":", zorder=0)
        if spot.parent is None:
            continue
        above = drawing.sheet.places[spot.parent]
        xs, ys = [above.x, place.bend, place.x], [above.y, place.y, place.y]
        ax.plot(xs, ys, color="0.25", lw=1.0, zorder=1, solid_joinstyle="round", gid="edge")
        style = {**STYLES["action"], "fontsize": 10.0 * scale}
        at = (place.action_at, place.y + 2.0)
        ax.text(*at, drawing.words[p].action, ha="center", va="bottom", zorder=4, gid="action", **style)


def _nodes(ax: Axes, game: ExtensiveGame, drawing: _Drawing, scale: float) -> None:
    """A marker for each decision, with who decides what; chance moves are hollow."""
    style = {**STYLES["label"], "fontsize": 9.0 * scale, "zorder": 5, "gid": "node"}
    for p, spot in drawing.layout.spots.items():
        node = game.positions[p].node
        if isinstance(node, Outcome):
            continue
        place, text = drawing.sheet.places[p], drawing.words[p].label
        look: dict[str, Any] = {"marker": "o", "mfc": "white"}
        if isinstance(node, Move):
            k = game.players.index(node.player)
            look = {"marker": MARKERS[k % len(MARKERS)], "mfc": colour(k)}
        ax.plot(place.x, place.y, ms=7 * scale, mec="black", mew=0.6, zorder=3, gid=f"position {p}", **look)
        if spot.parent is None:
            ax.text(place.x - 2 * GAP, place.y, text, ha="right", va="center", **style)
        elif text:
            ax.text(place.label_end, place.y - 2.0, text, ha="right", va="top", **style)


def _payoff_columns(
    game: ExtensiveGame, layout: Layout, measure: Callable[[str, str], tuple[float, float]]
) -> list[tuple[str, list[str]]]:
    """A column for each player, its head first; long entries in several lines."""
    columns = []
    for player in game.players:
        texts = ["" if s.hidden else payoff_words(game, s.position, player, _amount, plain) for s in layout.leaves]
        texts = [t.replace("; ", "\n") if measure(t, "payoff")[0] > WIDE else t for t in texts]
        columns.append((plain(player), texts))
    return columns


def _beside(
    game: ExtensiveGame,
    layout: Layout,
    sheet: Sheet,
    columns: list[tuple[str, list[str]]],
    measure: Callable[[str, str], tuple[float, float]],
    top: float,
) -> tuple[list[_Text], float]:
    """Outcomes in a column, then the payoffs; gives the texts and where they end."""
    texts: list[_Text] = []
    left = sheet.right + 2 * GAP
    names = [_outcome(game, s) for s in layout.leaves]
    for head, column in [("", names), *columns]:
        kind = "payoff" if head else "name"
        found = [_Text(left, sheet.places[s.position].y, t, kind) for s, t in zip(layout.leaves, column, strict=True)]
        if head:
            found.append(_Text(left, top, head, "head"))
        texts += [t for t in found if t.text]
        left += 14.0 + max((measure(t.text, t.kind)[0] for t in found if t.text), default=0.0)
    return texts, left


def _texts(ax: Axes, drawing: _Drawing, scale: float) -> None:
    """What stands at the right of the tree and below it."""
    for t in drawing.texts:
        style = {**STYLES[t.kind], "fontsize": STYLES[t.kind]["fontsize"] * scale}
        low = t.kind == "note"
        ax.text(t.x, t.y, t.text, va="bottom" if low else "center", gid="types" if low else "leaf", **style)


def _amount(value: sp.Expr) -> str:
    """A payoff as it is written; a long one in several lines, and factored if that is shorter."""
    text = mathematics(value)
    return text if len(text) < LONG else broken(min(text, mathematics(tidy(value)), key=len), LONG // 2)


def _outcome(game: ExtensiveGame, spot: Spot) -> str:
    node: Any = game.positions[spot.position].node
    if isinstance(node, Outcome):
        return plain(node.name)
    return f"… {spot.hidden} further outcomes" if spot.hidden != 1 else "… 1 further outcome"


def _notes(game: ExtensiveGame, layout: Layout) -> list[str]:
    """The types and what draws them, and how to read the picture."""
    lines = [_types(game, p) for p in game.players if game.types[p] != (None,)]
    if lines and not game.type_probabilities:
        prior = "; ".join(
            f"({', '.join(str(t) for t in types if t)}): {mathematics(p)}" for types, p in game.prior.items()
        )
        lines = [f"Nature draws {prior}"]
    linked = [s for s in game.labels.values() if sum(p in layout.spots for p in s.positions) > 1]
    if linked:
        typed = any(game.types[s.player] != (None,) for s in linked)
        lines.append("Dashed: one information set" + (", for each type of the player" if typed else ""))
    if layout.cut:
        lines.append(f"Drawn to depth {layout.depth} of {layout.full_depth}")
    return lines


def _types(game: ExtensiveGame, player: str) -> str:
    chances = game.type_probabilities.get(player, {})
    shown = ", ".join(
        f"{plain(str(t))} {mathematics(chances[t])}" if t in chances else plain(str(t)) for t in game.types[player]
    )
    return f"{plain(player)}, privately known: {shown}"
