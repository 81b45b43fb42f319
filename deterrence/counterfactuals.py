"""A game without a threat: the same game, except that a player lacks some of its actions.

A threat is one action or several, each at a move of a player.  Where one action is left there is no
choice, and the move leaves the tree; where two or more are left the player still chooses among them,
so that a lesser threat may remain: to leave nothing but one action, name the action to keep.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp

from deterrence.errors import GameError, UnknownName
from deterrence.games import Chance, ExtensiveGame, Move, Node, Outcome
from deterrence.games.payoffs import ByType
from deterrence.games.priors import Types
from deterrence.games.tree import flat

__all__ = ["Action", "Threat", "threat_of", "without_threat"]

Action = tuple[str, str, str]  # player, label of the move, action
Threat = Action | Iterable[Action]


def threat_of(game: Any, threat: Threat | None = None, keep: Action | None = None) -> tuple[Action, ...]:
    """The actions that a threat consists of, in the order of the game.

    Parameters
    ----------
    game : ExtensiveGame
    threat : (player, label, action), or an iterable of such
        What the player could not do.
    keep : (player, label, action)
        In place of `threat`: all that the player could do at that move.

    Raises
    ------
    GameError
        If the game has no tree, if not exactly one of the two is given, or if no action would be left.
    UnknownName
        If there is no such move or action.
    """
    if not isinstance(game, ExtensiveGame):
        hint = "a threat is taken out of a tree: write the game as dt.ExtensiveGame(...)"
        raise GameError(subject="threat", wanted="a game with a tree", got=type(game).__name__, hint=hint)
    if (threat is None) == (keep is None):
        raise GameError(
            subject=f'Game "{game.name}"',
            wanted="either the threat or the action to keep",
            got="both" if keep is not None else "neither",
        )
    named = _actions(game, keep if threat is None else threat)
    if keep is not None:
        player, label, kept = named[0]
        named = [(player, label, a) for a in game.labels[player, label].actions if a != kept]
    for player, label in {(p, at): None for p, at, _ in named}:
        _check_left(game, player, label, {a for p, at, a in named if (p, at) == (player, label)})
    return tuple((*key, a) for key, move in game.labels.items() for a in move.actions if (*key, a) in named)


def _actions(game: ExtensiveGame, given: Any) -> list[Action]:
    """What was given, as actions of the game."""
    subject, wanted = f'Game "{game.name}"', "a threat (player, label, action), or several"
    items = [given] if isinstance(given, tuple) and all(isinstance(word, str) for word in given) else given
    if isinstance(items, str) or not isinstance(items, Iterable):
        raise GameError(subject=subject, wanted=wanted, got=repr(given))
    found: list[Action] = []
    for item in items:
        if not isinstance(item, tuple) or len(item) != 3 or not all(isinstance(word, str) for word in item):
            raise GameError(subject=subject, wanted=wanted, got=repr(item))
        found.append(_known(game, *item))
    if not found:
        raise GameError(subject=subject, wanted=wanted, got="none")
    return found


def _known(game: ExtensiveGame, player: str, label: str, action: str) -> Action:
    """An action of the game, or an error that names the nearest."""
    subject = f'Game "{game.name}"'
    if (player, label) not in game.labels:
        raise UnknownName(subject=subject, wanted="a move", got=f"{player}, {label}", known=map(", ".join, game.labels))
    actions = game.labels[player, label].actions
    if action not in actions:
        raise UnknownName(subject=f"{subject}, {player}, {label}", wanted="an action", got=action, known=actions)
    return player, label, action


def _check_left(game: ExtensiveGame, player: str, label: str, gone: set[str]) -> None:
    actions = game.labels[player, label].actions
    if gone and not set(actions) - gone:
        raise GameError(
            subject=f'Game "{game.name}", {player}, {label}', wanted="an action that is left", got="all are the threat"
        )


def without_threat(game: ExtensiveGame, threat: Threat | None = None, *, keep: Action | None = None) -> ExtensiveGame:
    """The same game, except that a player cannot choose some of its actions.

    Parameters
    ----------
    game, threat, keep
        See `threat_of`: the actions that are taken out, or the one action that is left at its move.

    Raises
    ------
    GameError, UnknownName
        See `threat_of`.

    Examples
    --------
    >>> from deterrence.games import move, outcome
    >>> game = ExtensiveGame("G", players=["A", "B"], tree=move("A", "begin", wait=outcome("Peace", A=0, B=0),
    ...     attack=move("B", "answer", fight=outcome("War", A=-1, B=1), cede=outcome("Loss", A=1, B=0))))
    >>> [b[1].name for b in without_threat(game, ("B", "answer", "fight")).tree.branches]
    ['Peace', 'Loss']
    """
    gone = threat_of(game, threat, keep)
    tree = _pruned(game.tree, frozenset(gone))
    players = {p: _types(game, p, tree) for p in game.players}
    places = [n for n, kinds in enumerate(players.values()) if kinds is not None]
    joint: dict[Any, sp.Expr] = {}
    for types, chance in game.prior.items():
        key = tuple(types[n] for n in places)
        joint[key] = joint.get(key, sp.S.Zero) + chance
    return ExtensiveGame(
        f"{game.name}, without {' and '.join(dict.fromkeys(action for *_, action in gone))}",
        parameters=game.assumptions,
        players=players,
        tree=tree,
        prior=joint if places and not game.type_probabilities else None,
    )


def _pruned(node: Node, gone: frozenset[Action]) -> Node:
    if isinstance(node, Outcome):
        return node
    if isinstance(node, Chance):
        return Chance(node.label, tuple((event, p, _pruned(n, gone)) for event, p, n in node.branches))
    kept = [(a, n) for a, n in node.branches if (node.player, node.label, a) not in gone]
    branches = tuple((a, _pruned(n, gone)) for a, n in kept)
    return branches[0][1] if len(branches) == 1 < len(node.branches) else Move(node.player, node.label, branches)


def _types(game: ExtensiveGame, player: str, tree: Node) -> Types | None:
    """A player's types, unless they no longer make a difference."""
    used = {who for end in flat(tree) if isinstance(end, Outcome) for p, pay in end.payoffs for who in _decides(p, pay)}
    moves = any(isinstance(n, Move) and n.player == player for n in flat(tree))
    if game.types[player] == (None,) or (player not in used and (game.independent or not moves)):
        return None
    names = tuple(str(kind) for kind in game.types[player])
    chances = game.type_probabilities.get(player)
    return Types(names, tuple(chances[n] for n in names) if chances else None)


def _decides(owner: str, payoff: Any) -> set[str]:
    """The players on whose type a payoff depends."""
    if not isinstance(payoff, ByType):
        return set()
    return {payoff.player or owner}.union(*(_decides(owner, value) for _, value in payoff.values))
