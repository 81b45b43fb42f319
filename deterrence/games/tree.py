"""The tree of a game, as it is written down: moves, chance moves and outcomes.

A node is an `Outcome` (a leaf: a name, and a payoff for each player), a `Move` (a player chooses
among actions) or a `Chance` (Nature draws among events).  Nodes are immutable and hold their
branches, so that a subtree may be built once and used in several places.  The types of players
are drawn before the tree begins and are no part of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.errors import GameError
from deterrence.games.expressions import exact_expression
from deterrence.games.labels import check_name, named_items
from deterrence.games.payoffs import Payoff, exact_payoff

__all__ = ["Chance", "Move", "Node", "Outcome", "chance", "described", "flat", "is_node", "move", "outcome", "unflat"]


@dataclass(frozen=True)
class Outcome:
    """A leaf: what happened, and what it is worth to each player."""

    name: str
    payoffs: tuple[tuple[str, Payoff], ...]


@dataclass(frozen=True)
class Move:
    """A decision of `player`; nodes of one player with one label are one information set (for each own type)."""

    player: str
    label: str
    branches: tuple[tuple[str, Node], ...]


@dataclass(frozen=True)
class Chance:
    """A draw by Nature: ``(event, probability, subtree)`` for each branch."""

    label: str
    branches: tuple[tuple[str, sp.Expr, Node], ...]


Node = Outcome | Move | Chance


def move(player: str, label: str, branches: Mapping[str, Node] | None = None, /, **named: Node) -> Move:
    """A decision of a player.

    Parameters
    ----------
    player : str
        Who moves.
    label : str
        What the decision is called.  The player does not tell apart nodes of its own with the same label.
    branches : mapping, optional
        ``{action: subtree}`` in place of the keywords, where an action's name is no identifier.
    **named : node
        The subtree after each action.

    Raises
    ------
    GameError
        If a name is no text, an action stands twice, or a branch is no node.

    Examples
    --------
    >>> move("A", "demand", {"hold firm": outcome("War", A=-1)}, concede=outcome("Peace", A=1)).label
    'demand'
    """
    check_name(player, "Move", "player")
    check_name(label, f"Move of {player}", "move")
    subject = f'Move "{label}" of {player}'
    pairs = named_items(branches, named, subject=subject, kind="action")
    return Move(player, label, tuple((name, _node(value, f'{subject}, action "{name}"')) for name, value in pairs))


def chance(label: str, branches: Mapping[str, tuple[Any, Node]] | None = None, /, **named: tuple[Any, Node]) -> Chance:
    """A draw by Nature in the course of play.

    Parameters
    ----------
    label : str
        What the draw is called.
    branches : mapping, optional
        ``{event: (probability, subtree)}`` in place of the keywords.
    **named : (probability, node)
        The probability and the subtree of each event.

    Raises
    ------
    GameError
        If a branch is not a probability with a node.

    Examples
    --------
    >>> chance("incident", none=("3/4", outcome("Peace", A=1)), accident=("1/4", outcome("War", A=-1))).branches[0][:2]
    ('none', 3/4)
    """
    check_name(label, "Chance move", "chance move")
    subject = f'Chance move "{label}"'
    pairs = named_items(branches, named, subject=subject, kind="event")
    return Chance(label, tuple((name, *_drawn(value, f'{subject}, event "{name}"')) for name, value in pairs))


def outcome(name: str, payoffs: Mapping[str, Any] | None = None, /, **named: Any) -> Outcome:
    """A leaf of the tree.

    Parameters
    ----------
    name : str
        What happened; the same name may stand at several leaves.
    payoffs : mapping, optional
        ``{player: payoff}`` in place of the keywords.
    **named : number, expression or by_type(...)
        What the outcome is worth to each player.

    Raises
    ------
    GameError
        If a payoff is no exact quantity or a player stands twice.

    Examples
    --------
    >>> outcome("War", {"United States": -10}, Soviets="-9/2").payoffs
    (('United States', -10), ('Soviets', -9/2))
    """
    check_name(name, "Outcome", "outcome")
    subject = f'Outcome "{name}"'
    pairs = named_items(payoffs, named, subject=subject, kind="player")
    return Outcome(name, tuple((who, exact_payoff(value, f"{subject}, payoff of {who}")) for who, value in pairs))


def flat(tree: Node) -> tuple[Node, ...]:
    """The nodes of a tree, the root first, each without what is below it: no recursion, however deep."""
    found: list[Node] = []
    todo = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, Outcome):
            found.append(node)
            continue
        todo += [branch[-1] for branch in reversed(node.branches)]
        stub = Outcome("", ())
        if isinstance(node, Move):
            found.append(Move(node.player, node.label, tuple((name, stub) for name, _ in node.branches)))
        else:
            found.append(Chance(node.label, tuple((name, p, stub) for name, p, _ in node.branches)))
    return tuple(found)


def unflat(nodes: tuple[Node, ...]) -> Node:
    """The tree of which `flat` gave the nodes."""
    built: list[Node] = []
    for node in reversed(nodes):
        if isinstance(node, Move):
            built.append(Move(node.player, node.label, tuple((name, built.pop()) for name, _ in node.branches)))
        elif isinstance(node, Chance):
            built.append(Chance(node.label, tuple((name, p, built.pop()) for name, p, _ in node.branches)))
        else:
            built.append(node)
    return built.pop()


def is_node(value: object) -> bool:
    """Whether `value` is a node of a tree."""
    return isinstance(value, Outcome | Move | Chance)


def described(node: Node) -> str:
    """A node in words: ``move "respond" of Defender``."""
    if isinstance(node, Move):
        return f'move "{node.label}" of {node.player}'
    return f'chance move "{node.label}"' if isinstance(node, Chance) else f'outcome "{node.name}"'


def _node(value: Any, subject: str) -> Node:
    """`value`, if it is a node."""
    if is_node(value):
        checked: Node = value
        return checked
    hint = "Every branch ends in outcome(...)"
    if isinstance(value, tuple) and any(is_node(part) for part in value):
        hint = "A probability belongs into chance(...); the branches of a move are chosen, not drawn"
    elif isinstance(value, dict):
        hint = "Wrap it: outcome(name, {player: payoff}) or move(player, label, {action: subtree})"
    elif isinstance(value, str):
        hint = f'Wrap it: outcome("{value}", ...) with a payoff for each player'
    elif callable(value):
        hint = "Call the function, and give what it returns"
    raise GameError(
        subject=subject, wanted="a node: move(...), chance(...) or outcome(...)", got=_kind(value), hint=hint
    )


def _drawn(value: Any, subject: str) -> tuple[sp.Expr, Node]:
    """`value` as a probability with a node."""
    if not isinstance(value, tuple | list) or len(value) != 2:
        hint = "Write (1/2, subtree), the probability as text or expression" if is_node(value) else "Write a pair"
        raise GameError(subject=subject, wanted="a pair (probability, subtree)", got=_kind(value), hint=hint)
    probability, node = value
    if is_node(probability):
        raise GameError(
            subject=subject, wanted="a pair (probability, subtree)", got="a pair (subtree, ...)", hint="Swap them"
        )
    return exact_expression(probability, f"{subject}, probability"), _node(node, subject)


def _kind(value: Any) -> str:
    """What was found where a node was wanted, in a few words."""
    if value is None or is_node(value):
        return "None" if value is None else described(value)
    text = repr(value)
    return f"{text if len(text) <= 60 else text[:57] + '...'} ({type(value).__name__})"
