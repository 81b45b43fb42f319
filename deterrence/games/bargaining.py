"""Trees in which a player may offer any share between 0 and 1, as crisis bargaining has them.

Play is observed by all; what a receiver knows privately is a draw of Nature after the offer that
the proposer cannot see when it makes it.  Payoffs are linear in each share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.errors import GameError, NotPolynomial
from deterrence.games.declaration import read_assumptions, read_players
from deterrence.games.display import Displayed
from deterrence.games.labels import check_name, duplicates
from deterrence.games.payoffs import ByType
from deterrence.games.tree import Chance, Move, Node, Outcome, described, is_node
from deterrence.parameters import Assumptions, Parameters

__all__ = ["BargainingGame", "Offer", "offer"]


_X = sp.Symbol("x", real=True)


@dataclass(frozen=True)
class Offer(Move):
    """A decision on a share in [0, 1]; the one branch holds what follows."""

    share: sp.Symbol = _X

    @property
    def then(self) -> Node:
        """What follows the offer."""
        return self.branches[0][1]


def offer(player: str, label: str, share: Any, then: Node) -> Offer:
    """A player chooses a share between 0 and 1.

    Parameters
    ----------
    player, label : str
        Who offers, and what the decision is called.
    share : sympy.Symbol or str
        Stands for the share in the payoffs below.
    then : node
        What follows; its payoffs may hold the share.

    Examples
    --------
    >>> from deterrence.games import move, outcome
    >>> x = sp.Symbol("x", real=True)
    >>> offer("A", "demand", x, move("B", "reply", accept=outcome("Deal", A=x, B=1 - x))).share
    x
    """
    check_name(player, "Offer", "player")
    check_name(label, f"Offer of {player}", "offer")
    symbol = sp.Symbol(share, real=True) if isinstance(share, str) else share
    where = f'Offer "{label}" of {player}'
    if not isinstance(symbol, sp.Symbol):
        raise GameError(subject=where, wanted="a symbol for the share", got=repr(share))
    if not is_node(then):
        raise GameError(subject=where, wanted="a node: offer, move, chance or outcome", got=repr(then))
    return Offer(player, label, (("offer", then),), symbol)


class BargainingGame(Displayed):
    """A game of perfect information with offers of shares.

    Parameters
    ----------
    name : str
    parameters : Parameters or Assumptions, optional
    players : list of str
    tree : node
        ``offer(...)``, ``move(...)``, ``chance(...)`` or ``outcome(...)``; every label once.

    Raises
    ------
    GameError
        If a payoff is missing, is not linear in each share, or uses a symbol that is not declared.
    """

    def __init__(
        self,
        name: str,
        *,
        parameters: Parameters | Assumptions | None = None,
        players: Iterable[str],
        tree: Node,
    ) -> None:
        self.name, self.subject = check_name(name, "BargainingGame", "game"), f'Game "{name}"'
        self.assumptions = read_assumptions(parameters, self.subject)
        self.players = tuple(read_players(list(players), self.subject))
        self.tree = tree
        nodes = list(_nodes(tree))
        self.shares = tuple(n.share for n in nodes if isinstance(n, Offer))
        labels = [(n.player, n.label) for n in nodes if isinstance(n, Move)]
        for label in duplicates(f"{player} {label}" for player, label in labels):
            raise GameError(
                subject=self.subject, wanted="every label once, because all moves are observed", got=f'"{label}" twice',
                hint="Name the moves after the situation; hidden moves belong into an ExtensiveGame",
            )  # fmt: skip
        for share in duplicates(s.name for s in self.shares):
            raise GameError(subject=self.subject, wanted="a symbol of its own for each offer", got=f"{share} twice")
        self._check(tree, ())

    def _check(self, node: Node, shares: tuple[sp.Symbol, ...]) -> None:
        where = f"{self.subject}, {described(node)}"
        if isinstance(node, Move):
            if node.player not in self.players:
                raise GameError(subject=where, wanted=f"one of {', '.join(self.players)}", got=repr(node.player))
            below = shares
            if isinstance(node, Offer):
                if node.share in self.assumptions:
                    raise GameError(subject=where, wanted="a share that is no parameter", got=str(node.share))
                below = (*shares, node.share)
            for _, child in node.branches:
                self._check(child, below)
        elif isinstance(node, Chance):
            for _, probability, child in node.branches:
                self._linear(probability, (), f"{where}, probability")
                self._check(child, shares)
        else:
            payoffs = dict(node.payoffs)
            if set(payoffs) != set(self.players):
                raise GameError(
                    subject=where, wanted=f"a payoff for each of {', '.join(self.players)}", got=", ".join(payoffs)
                )
            for player, value in payoffs.items():
                self._linear(value, shares, f"{where}, payoff of {player}")

    def _linear(self, value: Any, shares: tuple[sp.Symbol, ...], where: str) -> None:
        if isinstance(value, ByType):
            raise GameError(
                subject=where, wanted="one expression", got=str(value), hint="Draw types by chance(...) after the offer"
            )
        expression = self.assumptions.expand(value)
        known = set(self.assumptions.symbols) | set(shares)
        for symbol in sorted(expression.free_symbols - known, key=str):
            raise GameError(subject=where, wanted="parameters and shares offered before", got=f"the symbol {symbol}")
        for share in shares:
            if sp.diff(expression, share, 2) != 0:
                raise GameError(subject=where, wanted=f"a payoff that is linear in {share}", got=str(value))
        try:
            self.assumptions.ring.extend(shares).fraction(expression)
        except NotPolynomial as error:
            raise GameError(subject=where, wanted=error.wanted, got=error.got) from error

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The names of all outcomes, each once."""
        return tuple(dict.fromkeys(n.name for n in _nodes(self.tree) if isinstance(n, Outcome)))

    def __repr__(self) -> str:
        return f'<BargainingGame "{self.name}": {len(self.players)} players, {len(self.shares)} offers>'


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    if not isinstance(node, Outcome):
        for branch in node.branches:
            yield from _nodes(branch[-1])
