"""Games of every form as LaTeX and HTML.

A tree is a picture; a table of payoffs is a table; other forms are lists of who chooses what and gets what.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import sympy as sp

from deterrence.errors import DeterrenceError
from deterrence.games import ExtensiveGame
from deterrence.games.bargaining import BargainingGame
from deterrence.games.coalition import CoalitionGame
from deterrence.games.continuous import ContinuousGame
from deterrence.games.strategic import StrategicGame
from deterrence.games.symmetric import SymmetricGame
from deterrence.games.text import tree_text
from deterrence.views.assumed import chains_latex, chains_text
from deterrence.views.expressions import as_latex, as_text
from deterrence.views.latex import escaped
from deterrence.views.map import svg
from deterrence.views.markup import math, spoken, table
from deterrence.views.tikz import tikz_tree

__all__ = ["game_html", "game_latex"]

MOST_ROWS = 64
"""A list of payoffs that is longer is cut, and says so."""
Row = tuple[str, Any]  # words, expression


def game_latex(game: Any) -> str:
    """The game as LaTeX: `tikz` for a tree, `amsmath` for the rest."""
    if isinstance(game, StrategicGame):
        return _table_latex(game)
    if isinstance(game, ExtensiveGame):
        return tikz_tree(game)
    if isinstance(game, BargainingGame):
        return "\\begin{verbatim}\n" + "\n".join(tree_text(game.tree)) + "\n\\end{verbatim}"
    rows = [rf"{escaped(words)} & ${as_latex(value)}$ \\" for words, value in _rows(game)]
    assumed = ",\\; ".join(chains_latex(game.assumptions))
    below = [rf"\par\noindent Assumed: ${assumed}$."] if assumed else []
    return "\n".join([r"\begin{tabular}{ll}", r"\hline", *rows, r"\hline", r"\end{tabular}", *below])


def game_html(game: Any) -> str:
    """The game as HTML for a notebook."""
    assumed = ", ".join(math(chain) for chain in chains_text(game.assumptions))
    below = f"<p>Assumed: {assumed}.</p>" if assumed else ""
    return f"<p><b>{escape(game.name)}</b></p>{_body(game)}{below}"


def _body(game: Any) -> str:
    if isinstance(game, StrategicGame):
        return _table_html(game)
    if isinstance(game, ExtensiveGame):
        return _picture(game)
    if isinstance(game, BargainingGame):
        return f"<pre>{escape(chr(10).join(tree_text(game.tree)))}</pre>"
    return table(("", ""), [(escape(words), math(as_text(value))) for words, value in _rows(game)])


def _picture(game: ExtensiveGame) -> str:
    """The tree as SVG; as text where it is too large to draw."""
    from deterrence.plot import tree

    try:
        return svg(tree(game))
    except DeterrenceError:
        return f"<pre>{escape(str(game))}</pre>"


# -- tables ----------------------------------------------------------------------------------------


def _table_html(game: StrategicGame) -> str:
    if len(game.players) != 2:
        heads = (*game.players, "Payoffs")
        rows = [(*(escape(spoken(a)) for a in k), _cell(v)) for k, v in game.table.items()]
        return table(heads, rows[:MOST_ROWS], _caption(len(rows)))
    first, second = game.players
    heads = (f"{first} \\ {second}", *map(spoken, game.actions[second]))
    rows = [
        (f"<b>{escape(spoken(a))}</b>", *(_cell(game.table[a, b]) for b in game.actions[second]))
        for a in game.actions[first]
    ]
    return table(heads, rows, f"Payoffs of {first}, {second}")


def _cell(payoffs: Any) -> str:
    return ", ".join(math(as_text(p)) for p in payoffs)


def _table_latex(game: StrategicGame) -> str:
    """Two players side by side; more as a list of profiles."""
    if len(game.players) == 2:
        first, second = game.players
        columns = game.actions[second]
        head = " & ".join(["", *(escaped(spoken(b)) for b in columns)])
        body = [
            " & ".join([escaped(spoken(a)), *(_cell_latex(game.table[a, b]) for b in columns)])
            for a in game.actions[first]
        ]
        who = f"% rows: {first}; columns: {second}".replace("\n", " ")
    else:
        columns = (*game.players[1:], "payoffs")
        head = " & ".join(escaped(p) for p in (*game.players, "Payoffs"))
        body = [" & ".join([*(escaped(spoken(a)) for a in k), _cell_latex(v)]) for k, v in list(game.table.items())]
        who = f"% {game.name}".replace("\n", " ")
    rows = [rf"{line} \\" for line in body]
    return "\n".join(
        [who, rf"\begin{{tabular}}{{l{'c' * len(columns)}}}", r"\hline", rf"{head} \\", r"\hline", *rows, r"\hline",
         r"\end{tabular}"]
    )  # fmt: skip


def _cell_latex(payoffs: Any) -> str:
    return ", ".join(f"${as_latex(p)}$" for p in payoffs)


def _caption(count: int) -> str:
    return f"The first {MOST_ROWS} of {count} profiles" if count > MOST_ROWS else ""


# -- other forms -----------------------------------------------------------------------------------


def _rows(game: Any) -> Iterator[Row]:
    """What stands in the game, as pairs of words and an expression."""
    if isinstance(game, ContinuousGame):
        yield from _level_rows(game)
    elif isinstance(game, CoalitionGame):
        yield from _coalition_rows(game)
    elif isinstance(game, SymmetricGame):
        yield from _symmetric_rows(game)


def _level_rows(game: ContinuousGame) -> Iterator[Row]:
    for player in game.players:
        for level in game.own(player):
            high = "any size" if level.high is None else f"at most {as_text(level.high)}"
            yield f"{player} chooses, at least {as_text(level.low)}, {high}", level.symbol
        yield f"Payoff of {player}", game.payoffs[player]


def _coalition_rows(game: CoalitionGame) -> Iterator[Row]:
    if game.weighted:
        yield from ((f"Resources of {player}", game.resources[player]) for player in game.players)
        yield "A coalition wins with more than", game.quota
    elif game.partition_worth is None:
        for coalition in list(game.coalitions())[:MOST_ROWS]:
            members = ", ".join(p for p in game.players if p in coalition)
            yield f"Worth of {members}", game.worth_of(coalition)


def _symmetric_rows(game: SymmetricGame) -> Iterator[Row]:
    """What each action is worth beside each number of others, for the first size."""
    number = game.sizes[0]
    for role, size in game.groups.items():
        yield f"{role or 'Players'}, each to choose {' or '.join(map(spoken, game.actions))}", sp.sympify(size)
    if game.with_roles or not isinstance(number, int):
        return
    first, *rest = game.actions
    for action in game.actions:
        for k in range(number if len(rest) == 1 else 0):
            others = {first: number - 1 - k, rest[0]: k}
            shown = ", ".join(f"{count} {spoken(a)}" for a, count in others.items() if count)
            yield f"{spoken(action)}, of {number - 1} others {shown}", game.payoff_of(action, others)
