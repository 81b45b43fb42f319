"""Games of every form as LaTeX and HTML: a tree is a picture, other forms are tables.

A cell of a table is a text, an expression, or a tuple of both; pages, reports and LaTeX write them in
their way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import sympy as sp

from deterrence.errors import DeterrenceError
from deterrence.expressions import as_latex, as_text
from deterrence.games import ExtensiveGame
from deterrence.games.bargaining import BargainingGame, Offer
from deterrence.games.coalition import CoalitionGame
from deterrence.games.continuous import ContinuousGame
from deterrence.games.strategic import StrategicGame
from deterrence.games.symmetric import SymmetricGame
from deterrence.games.tree import Chance, Move, Outcome
from deterrence.markup import math, table
from deterrence.views.assumed import chains_latex, chains_text
from deterrence.views.latex import escaped
from deterrence.views.map import svg
from deterrence.views.tikz import tikz_tree

__all__ = ["GameTable", "body_html", "body_latex", "game_html", "game_latex", "game_tables", "tables_latex"]

MOST_ROWS = 40
Cell = Any


def game_latex(game: Any) -> str:
    """The game as LaTeX: `tikz` for a tree, tables with what is assumed for the rest."""
    tables = tables_latex(game)
    if not tables and isinstance(game, ExtensiveGame):
        return tikz_tree(game)
    assumed = ",\\; ".join(chains_latex(game.assumptions))
    below = rf"\par\noindent Assumed: ${assumed}$." if assumed else ""
    return "\n".join(filter(None, (tables or escaped(repr(game)), below)))


def game_html(game: Any) -> str:
    """The game as HTML for a notebook."""
    assumed = ", ".join(math(chain) for chain in chains_text(game.assumptions))
    below = f"<p>Assumed: {assumed}.</p>" if assumed else ""
    return f"<p><b>{escape(game.name)}</b></p>{body_html(game)}{below}"


def body_html(game: Any) -> str:
    """The tree as SVG, or as text where it is too large to draw; the tables of a game that has some."""
    from deterrence.plot import tree

    tables = tables_html(game)
    if tables or not isinstance(game, ExtensiveGame):
        return tables or f"<p>{escape(repr(game))}</p>"
    try:
        return svg(tree(game))
    except DeterrenceError as error:
        return f"<p>{escape(str(error))}</p><pre>{escape(str(game))}</pre>"


def body_latex(game: Any) -> str:
    """The tree as wide as the page; the tables of a game that has some."""
    tables = tables_latex(game)
    if tables or not isinstance(game, ExtensiveGame):
        return tables or escaped(repr(game))
    return "\\noindent\\resizebox{\\linewidth}{!}{%\n" + tikz_tree(game) + "}"


# -- tables ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GameTable:
    """A table of a game.

    Attributes
    ----------
    caption : str
    head : tuple of str
    rows : tuple of tuples of cells
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def game_tables(game: Any) -> tuple[GameTable, ...]:
    """The tables that show a game; none for a game that only a tree shows.

    Examples
    --------
    >>> game = StrategicGame("T", actions={"A": ["u", "d"], "B": ["l"]}, payoffs=lambda a, b: (int(a == "u"), 0))
    >>> game_tables(game)[0].rows
    (('u', (1, 0)), ('d', (0, 0)))
    """
    made = next((make for form, make in _MAKERS if isinstance(game, form)), None)
    return () if made is None else tuple(made(game))


# -- one maker a form -------------------------------------------------------------------------------


def _strategic(game: StrategicGame) -> Iterator[GameTable]:
    if len(game.players) == 2:
        (row, column), actions = game.players, game.actions
        rows = tuple(
            (first, *(tuple(game.table[first, second]) for second in actions[column])) for first in actions[row]
        )
        yield GameTable(f"{row} chooses the row, {column} the column", ("", *actions[column]), rows)
        return
    if len(game.table) <= MOST_ROWS:
        rows = tuple((*profile, tuple(payoffs)) for profile, payoffs in game.table.items())
        yield GameTable("Payoffs in the order of the players", (*game.players, "Payoffs"), rows)


def _symmetric(game: SymmetricGame) -> Iterator[GameTable]:
    who = dict(game.roles) if game.with_roles else game.players
    number = game.sizes[0]
    if game.with_roles or len(game.actions) != 2 or not isinstance(number, int) or number > MOST_ROWS:
        yield GameTable("Players alike", ("Players", "Actions"), ((str(who), ", ".join(game.actions)),))
        return
    first, second = game.actions
    rows = tuple(
        (str(k), *(game.payoff_of(a, {first: k, second: number - 1 - k}) for a in game.actions)) for k in range(number)
    )
    caption = f"Payoffs of {number} players alike, by how many others {first}"
    yield GameTable(caption, ("Others", *game.actions), rows)


def _continuous(game: ContinuousGame) -> Iterator[GameTable]:
    rows = tuple((x.owner, x.symbol, x.low, "no bound" if x.high is None else x.high) for x in game.levels)
    yield GameTable("Levels", ("Player", "Level", "From", "To"), rows)
    yield GameTable("Payoffs", ("Player", "Payoff"), tuple(game.payoffs.items()))


def _coalition(game: CoalitionGame) -> Iterator[GameTable]:
    if game.weighted:
        rows = (*game.resources.items(), ("to win, more than", game.quota))
        yield GameTable("Resources", ("Player", "Resources"), rows)
    elif game.partition_worth is None and 2 ** len(game.players) <= MOST_ROWS:
        rows = tuple((", ".join(sorted(c)), game.worth_of(c)) for c in game.coalitions())
        yield GameTable("What coalitions are worth", ("Coalition", "Worth"), rows)


def _bargaining(game: BargainingGame) -> Iterator[GameTable]:
    rows = tuple(_nodes(game.tree, "", 0))
    yield GameTable("The moves in order", ("Move", "Payoffs"), rows)


def _nodes(node: Any, leading: str, depth: int) -> Iterator[tuple[Cell, ...]]:
    start = "· " * depth + (f"{leading}: " if leading else "")
    if isinstance(node, Outcome):
        yield f"{start}{node.name}", tuple(sp.sympify(value) for _, value in node.payoffs)
        return
    if isinstance(node, Offer):
        yield f"{start}{node.player} offers {node.share} in [0, 1] ({node.label})", ""
        yield from _nodes(node.then, "", depth + 1)
        return
    yield f"{start}{f'{node.player}: {node.label}' if isinstance(node, Move) else f'Nature: {node.label}'}", ""
    for branch in node.branches:
        name = f"{branch[0]} [{branch[1]}]" if isinstance(node, Chance) else branch[0]
        yield from _nodes(branch[-1], str(name), depth + 1)


_MAKERS: tuple[tuple[type, Any], ...] = (
    (StrategicGame, _strategic),
    (SymmetricGame, _symmetric),
    (ContinuousGame, _continuous),
    (CoalitionGame, _coalition),
    (BargainingGame, _bargaining),
)


# -- as HTML and LaTeX ------------------------------------------------------------------------------


def tables_html(game: Any) -> str:
    """The tables as HTML, expressions as mathematics in text."""

    def cell(value: Cell) -> str:
        if isinstance(value, tuple):
            return ", ".join(map(cell, value))
        return math(as_text(value)) if isinstance(value, sp.Basic) else escape(str(value))

    return "".join(table(t.head, [[cell(c) for c in row] for row in t.rows], t.caption) for t in game_tables(game))


def tables_latex(game: Any) -> str:
    """The tables as LaTeX."""
    parts = []
    for t in game_tables(game):
        rows = [" & ".join(latex_cell(c) for c in row) + r" \\" for row in t.rows]
        lines = [
            rf"\begin{{center}}{escaped(t.caption)}\par\medskip",
            rf"\begin{{tabular}}{{{'l' * len(t.head)}}}\hline",
            " & ".join(escaped(h) for h in t.head) + r" \\ \hline",
            *rows,
            r"\hline\end{tabular}\end{center}",
        ]
        parts.append("\n".join(lines))
    return "\n".join(parts)


def latex_cell(value: Cell) -> str:
    """One cell as LaTeX."""
    if isinstance(value, tuple):
        return ", ".join(latex_cell(v) for v in value)
    return escaped(value) if isinstance(value, str) else f"${as_latex(value)}$"
