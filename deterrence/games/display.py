"""What a notebook and a paper show of a game of any form."""

from __future__ import annotations

__all__ = ["Displayed"]


class Displayed:
    """A game that shows itself as HTML and LaTeX."""

    def latex(self) -> str:
        """The game as LaTeX: a tree in TikZ, a table of payoffs, or who chooses what for which payoff."""
        from deterrence.views.games import game_latex

        return game_latex(self)

    def _repr_html_(self) -> str:
        from deterrence.views.games import game_html

        return game_html(self)
