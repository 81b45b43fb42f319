"""Games of every form as LaTeX and HTML: a tree is a picture, other forms are tables."""

from __future__ import annotations

from html import escape
from typing import Any

from deterrence.errors import DeterrenceError
from deterrence.games import ExtensiveGame
from deterrence.views.assumed import chains_latex, chains_text
from deterrence.views.forms import tables_html, tables_latex
from deterrence.views.latex import escaped
from deterrence.views.map import svg
from deterrence.views.markup import math
from deterrence.views.tikz import tikz_tree

__all__ = ["body_html", "body_latex", "game_html", "game_latex"]


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
