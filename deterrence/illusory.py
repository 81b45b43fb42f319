"""How much of the peace is deterrence: what would have happened had the defender's threat not existed.

No attack does not mean that deterrence worked (Lebow and Stein): who did not want to attack was not
deterred.  `without` takes the threat out of a game; `share` compares an equilibrium of the game with
one of the game without the threat, type by type, and returns how much of the peace is deterrence:
Pr(peace, and none without the threat) / Pr(peace).  Types are the same in both; what is drawn by
mixed strategies or Nature is drawn anew, which matters only where both sides of the comparison mix.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import sympy as sp

from deterrence.errors import GameError, UnknownName
from deterrence.games import Chance, ExtensiveGame, Move, Node, Outcome
from deterrence.games.payoffs import ByType
from deterrence.games.priors import Types
from deterrence.games.tree import flat
from deterrence.polynomials import tidy
from deterrence.regions import Region

if TYPE_CHECKING:
    from deterrence.equilibria import Equilibria, Equilibrium

__all__ = ["PeaceShare", "counterfactual", "peace_by_type", "share", "shares", "without"]


@dataclass(frozen=True)
class PeaceShare:
    """The peace of an equilibrium, split by what keeps it.

    Attributes
    ----------
    equilibrium, counterfactual : Equilibrium
        Of the game, and of the game without the threat.
    peace, deterred : sympy.Expr
        Pr(peace), and Pr(peace, and none without the threat).
    region : Region
        Where both equilibria exist.
    """

    equilibrium: Equilibrium
    counterfactual: Equilibrium
    peace: sp.Expr
    deterred: sp.Expr
    region: Region

    @property
    def share(self) -> sp.Expr:
        """The share of the peace that is deterrence; not a number where there is no peace."""
        return sp.nan if self.peace == 0 else tidy(self.deterred / self.peace)

    def __str__(self) -> str:
        names = f"{self.equilibrium.title}, without the threat {self.counterfactual.title}"
        return f"{names}: {self.share} of the peace is deterrence, where {self.region}"


def without(game: ExtensiveGame, player: str, label: str, action: str) -> ExtensiveGame:
    """The same game, except that a player cannot choose an action: the threat removed.

    Parameters
    ----------
    game : ExtensiveGame
    player, label, action : str
        The threat.  A choice that has one action left is no choice, and leaves the tree.

    Raises
    ------
    UnknownName
        If there is no such move or action.

    Examples
    --------
    >>> from deterrence.games import move, outcome
    >>> game = ExtensiveGame("G", players=["A", "B"], tree=move("A", "begin", wait=outcome("Peace", A=0, B=0),
    ...     attack=move("B", "answer", fight=outcome("War", A=-1, B=1), cede=outcome("Loss", A=1, B=0))))
    >>> [b[1].name for b in without(game, "B", "answer", "fight").tree.branches]
    ['Peace', 'Loss']
    """
    subject = f'Game "{game.name}"'
    if (player, label) not in game.labels:
        raise UnknownName(subject=subject, wanted="a move", got=f"{player}, {label}", known=map(", ".join, game.labels))
    actions = game.labels[player, label].actions
    if action not in actions:
        raise UnknownName(subject=f"{subject}, {player}, {label}", wanted="an action", got=action, known=actions)
    if len(actions) == 1:
        raise GameError(subject=f"{subject}, {player}, {label}", wanted="another action", got=f"only {action}")
    tree = _pruned(game.tree, player, label, action)
    players = {p: _types(game, p, tree) for p in game.players}
    places = [n for n, kinds in enumerate(players.values()) if kinds is not None]
    joint: dict[Any, sp.Expr] = {}
    for types, chance in game.prior.items():
        key = tuple(types[n] for n in places)
        joint[key] = joint.get(key, sp.S.Zero) + chance
    return ExtensiveGame(
        f"{game.name}, without {action}",
        parameters=game.assumptions,
        players=players,
        tree=tree,
        prior=joint if places and not game.type_probabilities else None,
    )


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


def _pruned(node: Node, player: str, label: str, action: str) -> Node:
    if isinstance(node, Outcome):
        return node
    if isinstance(node, Chance):
        below = tuple((event, p, _pruned(n, player, label, action)) for event, p, n in node.branches)
        return Chance(node.label, below)
    kept = [(a, n) for a, n in node.branches if (node.player, node.label, a) != (player, label, action)]
    branches = tuple((a, _pruned(n, player, label, action)) for a, n in kept)
    return branches[0][1] if len(branches) < len(node.branches) == 2 else Move(node.player, node.label, branches)


@lru_cache(maxsize=64)
def counterfactual(game: ExtensiveGame, player: str, label: str, action: str) -> Equilibria:
    """The equilibria of the game without the threat."""
    from deterrence.solvers import solve

    return solve(without(game, player, label, action))


def peace_by_type(equilibrium: Equilibrium, peace: Iterable[str]) -> dict[tuple[Any, ...], sp.Expr]:
    """Probability of the outcomes that count as peace, for each draw of the types.

    Raises
    ------
    UnknownName
        If the game has no such outcome.
    """
    game, names = equilibrium.game, tuple(peace)
    for name in names:
        if name not in game.outcomes:
            raise UnknownName(subject=f'Game "{game.name}"', wanted="an outcome", got=name, known=game.outcomes)
    table = {}
    for types in game.prior:
        ends = [p for p in game.positions if isinstance(p.node, Outcome) and p.node.name in names]
        reach = [sp.Mul(*(_taken(equilibrium, step, types) for step in p.path)) for p in ends]
        table[types] = tidy(sp.Add(*reach))
    return table


def _taken(equilibrium: Equilibrium, step: Any, types: tuple[Any, ...]) -> sp.Expr:
    """Probability of one step of the path, given the types."""
    game = equilibrium.game
    if step.kind == "move":
        own = equilibrium.assessment.set_of(step.player, types, step.label)
        return equilibrium.strategy[own][step.action]
    branches = game.positions[step.position].node.branches
    return next(game.assumptions.expand(p) for event, p, _ in branches if event == step.action)


def share(equilibrium: Equilibrium, other: Equilibrium, peace: Iterable[str]) -> PeaceShare:
    """Compare an equilibrium with one of the game without the threat.

    Parameters
    ----------
    equilibrium, other : Equilibrium
        Of the game and of the game without the threat; a player has the same types in both, or none in the second.
    peace : iterable of str
        The outcomes that count as no attack.

    Raises
    ------
    GameError
        If the two games do not draw the same types.
    """
    names = tuple(peace)
    present, absent = (peace_by_type(e, [n for n in names if n in e.game.outcomes]) for e in (equilibrium, other))
    prior = {t: equilibrium.game.assumptions.expand(p) for t, p in equilibrium.game.prior.items()}
    kinds = list(other.game.types.values())
    same = {t: tuple(None if row == (None,) else k for k, row in zip(t, kinds, strict=True)) for t in prior}
    if not set(same.values()) <= set(absent):
        raise GameError(subject=f'Game "{other.game.name}"', wanted="the types of the game", got="other types")
    kept = tidy(sp.Add(*(prior[t] * present[t] for t in prior)))
    deterred = tidy(sp.Add(*(prior[t] * present[t] * (1 - absent[same[t]]) for t in prior)))
    return PeaceShare(equilibrium, other, kept, deterred, equilibrium.condition & other.condition)


def shares(equilibria: Equilibria, threat: tuple[str, str, str], peace: Iterable[str]) -> tuple[PeaceShare, ...]:
    """Split the peace of every equilibrium of a solved game.

    Parameters
    ----------
    equilibria : Equilibria
        The solved game.
    threat : (player, label, action)
        What the defender could not do in the counterfactual.
    peace : iterable of str
        The outcomes that count as no attack.

    Returns
    -------
    tuple of PeaceShare
        One for each pair of equilibria that exist together, boundaries apart.
    """
    names = tuple(peace)
    found = (share(e, other, names) for e in equilibria for other in counterfactual(equilibria.game, *threat))
    return tuple(s for s in found if not s.region.is_empty().proved)
