"""A game as plain text: players, assumptions, and the tree with one line for each branch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deterrence.games.tree import Chance, Move, Node, Outcome

if TYPE_CHECKING:
    from deterrence.games.extensive import ExtensiveGame

__all__ = ["game_text", "tree_text"]


def game_text(game: ExtensiveGame) -> str:
    """The whole game: its name, who plays, what is assumed, and the tree."""
    lines = [f'Game "{game.name}"', f"Players: {'; '.join(_player(game, player) for player in game.players)}"]
    if not game.type_probabilities and len(game.profiles) > 1:
        drawn = (f"({', '.join(str(t) for t in profile if t)}): {p}" for profile, p in game.prior.items())
        lines.append(f"Prior: {', '.join(drawn)}")
    if game.assumptions.relations:
        lines.append(f"Assumed: {game.assumptions}")
    return "\n".join([*lines, *tree_text(game.tree)])


def tree_text(node: Node) -> list[str]:
    r"""The lines of a subtree.

    Examples
    --------
    >>> from deterrence.games import move, outcome
    >>> leaf = outcome("Peace", A=0, B=0)
    >>> print("\n".join(tree_text(move("A", "start", stay=leaf, attack=move("B", "reply", yield_=leaf)))))
    A: "start"
    ├─ stay: Peace (A 0, B 0)
    └─ attack: B: "reply"
       └─ yield_: Peace (A 0, B 0)
    """
    lines = [_head(node)]
    branches = () if isinstance(node, Outcome) else node.branches
    for branch in branches:
        last = branch is branches[-1]
        first, *rest = tree_text(branch[-1])
        name = f"{branch[0]} [{branch[1]}]" if isinstance(node, Chance) else branch[0]
        lines.append(f"{'└─' if last else '├─'} {name}: {first}")
        lines += [f"{'  ' if last else '│ '} {line}" for line in rest]
    return lines


def _head(node: Node) -> str:
    """One node without its branches."""
    if isinstance(node, Outcome):
        return f"{node.name} ({', '.join(f'{player} {payoff}' for player, payoff in node.payoffs)})"
    return f'{node.player}: "{node.label}"' if isinstance(node, Move) else f'Nature: "{node.label}"'


def _player(game: ExtensiveGame, player: str) -> str:
    """A player with its types."""
    if game.types[player] == (None,):
        return player
    chances = game.type_probabilities.get(player)
    shown = (f"{kind}: {chances[kind]}" if chances and kind else str(kind) for kind in game.types[player])
    return f"{player} ({', '.join(shown)})"
