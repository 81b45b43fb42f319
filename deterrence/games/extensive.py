"""A game in extensive form, with private types and symbols for numbers.

Nature draws a type for each player that has types, each player sees its own, and the tree is
played.  An information set is a player, its own type and a label.  What the symbols satisfy is
the game's `Assumptions`, a snapshot taken when the game is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

import sympy as sp

from deterrence.errors import GameError
from deterrence.games.declaration import read_assumptions, read_players, read_prior, read_type_probabilities
from deterrence.games.display import Displayed
from deterrence.games.information import (
    Label,
    Position,
    actions_observed,
    label_table,
    positions_of,
    with_actions_in_one_order,
)
from deterrence.games.labels import check_name
from deterrence.games.payoffs import resolve
from deterrence.games.priors import Profile, Types, independent_prior, marginal
from deterrence.games.quantities import is_identically_zero, quantities
from deterrence.games.text import game_text
from deterrence.games.tree import Node, Outcome, flat, unflat
from deterrence.games.validation import check_nodes, validate
from deterrence.parameters import Assumptions, Parameters

__all__ = ["ExtensiveGame"]

InformationSet = tuple[str, str] | tuple[str, str, str]


class ExtensiveGame(Displayed):
    """A game in extensive form.

    Parameters
    ----------
    name : str
        What the game is called.
    parameters : Parameters or Assumptions, optional
        The symbols of the game and what is assumed of them; left out, the game has none.
    players : list of str, or mapping from str to Types or None
        The players, in the order in which types and payoffs are shown.
    tree : node
        ``move(...)``, ``chance(...)`` or ``outcome(...)``.
    prior : mapping from tuple of str to number or expression, optional
        The joint distribution of types, where they are not independent.  A profile holds the types
        of the players who have types, in the order of the players; those left out have probability 0.

    Attributes
    ----------
    name : str
    assumptions : Assumptions
    players : tuple of str
    types : mapping from player to tuple of str
        ``(None,)`` for a player without types.
    tree : node
        As written, with the actions under one label in one order.
    prior : mapping from profile of types to Expr
        Every profile, with None for a player without types.
    notes : tuple of str
        What validation could neither prove nor refute.

    Raises
    ------
    GameError
        If the game is not well formed.
    ContradictoryAssumptions
        If no point satisfies the assumptions.

    Examples
    --------
    >>> from deterrence.games import move, outcome
    >>> P = Parameters()
    >>> lose, win = P.ordered("lose < win")
    >>> game = ExtensiveGame("Threat", parameters=P, players=["A", "B"], tree=move("A", "demand",
    ...     no=outcome("Status quo", A=lose, B=win), yes=outcome("Concession", A=win, B=lose)))
    >>> game
    <ExtensiveGame "Threat": 2 players, 1 label, 1 information set, 2 outcomes>
    """

    name: str
    assumptions: Assumptions
    players: tuple[str, ...]
    types: Mapping[str, tuple[str | None, ...]]
    type_probabilities: Mapping[str, Mapping[str | None, sp.Expr]]
    tree: Node
    prior: Mapping[Profile, sp.Expr]
    notes: tuple[str, ...]

    def __init__(
        self,
        name: str,
        *,
        parameters: Parameters | Assumptions | None = None,
        players: Iterable[str] | Mapping[str, Types | None],
        tree: Node,
        prior: Mapping[Any, Any] | None = None,
    ) -> None:
        subject = f'Game "{check_name(name, "ExtensiveGame", "game")}"'
        declared = read_players(players, subject)
        check_nodes(tree, subject)
        names = {player: kinds.names if kinds else (None,) for player, kinds in declared.items()}
        chances = read_type_probabilities(declared, subject, joint=prior is not None)
        self._set(
            name=name,
            assumptions=read_assumptions(parameters, subject),
            players=tuple(declared),
            types=MappingProxyType(names),
            type_probabilities=MappingProxyType(chances),
            tree=with_actions_in_one_order(tree),
            prior=MappingProxyType(read_prior(prior, names, chances, subject)),
        )
        self._set(notes=validate(self))

    def _set(self, **fields: Any) -> None:
        """Fill fields of a game that is being made."""
        self.__dict__.update(fields)

    # -- what follows from the tree ------------------------------------------------------------

    @cached_property
    def positions(self) -> tuple[Position, ...]:
        """Every node of the tree as written, before Nature draws types: depth first, the root first."""
        return positions_of(self.tree)

    @cached_property
    def labels(self) -> Mapping[tuple[str, str], Label]:
        """The labels by (player, label), in the order of the tree."""
        return MappingProxyType(label_table(self.positions))

    @cached_property
    def information_sets(self) -> tuple[InformationSet, ...]:
        """Keys (player, type, label), or (player, label) for a player without types."""
        return tuple(
            (player, label) if kind is None else (player, kind, label)
            for player, label in self.labels
            for kind in self.types[player]
        )

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """The names of outcomes, each once, in the order of the tree."""
        return tuple(dict.fromkeys(p.node.name for p in self.positions if isinstance(p.node, Outcome)))

    @cached_property
    def used_symbols(self) -> frozenset[sp.Symbol]:
        """The independent parameters on which a probability or a payoff depends."""
        return frozenset().union(*(self.assumptions.expand(e).free_symbols for _, e in quantities(self)))

    @cached_property
    def observed_actions(self) -> bool:
        """Whether the tree is a multi-stage game with observed actions: see `actions_observed`."""
        return actions_observed(self.positions, self.labels)

    # -- what follows from the prior -----------------------------------------------------------

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """Every profile of types, one entry for each player in order."""
        return tuple(self.prior)

    @cached_property
    def independent(self) -> bool:
        """Whether types are independent; for a joint prior, whether it is the product of its marginals."""
        if self.type_probabilities or len(self.profiles) == 1:
            return True
        product = independent_prior(self.profiles, tuple(self._sums.values()))
        return all(is_identically_zero(self.assumptions, self.prior[t] - product[t]) for t in self.profiles)

    @cached_property
    def marginals(self) -> Mapping[str, Mapping[str | None, sp.Expr]]:
        """The probability of each type of each player; of independent types only.

        Raises
        ------
        GameError
            If types are correlated: then `prior` is all there is.
        """
        if not self.independent:
            raise GameError(
                subject=f'Game "{self.name}"',
                wanted="independent types",
                got="a prior that is not the product of its marginals",
                hint="Use game.prior, the joint distribution",
            )
        return MappingProxyType(self._sums)

    @cached_property
    def _sums(self) -> dict[str, Mapping[str | None, sp.Expr]]:
        """The marginal distribution of each player's type."""
        return {
            player: self.type_probabilities.get(player)
            or {kind: marginal(self.prior, place, kind) for kind in self.types[player]}
            for place, player in enumerate(self.players)
        }

    def payoff(self, position_index: int, player: str, type_profile: Profile) -> sp.Expr:
        """What an outcome is worth to a player when types are as given; definitions are not expanded.

        Parameters
        ----------
        position_index : int
            The position of an outcome in `positions`.
        player : str
            Whose payoff.
        type_profile : tuple of str or None
            A type for each player, in the order of `players`.

        Raises
        ------
        GameError
            If there is no outcome at that position, or no such player or profile.
        """
        node = self.positions[position_index].node
        profile = tuple(type_profile)
        if not isinstance(node, Outcome) or player not in self.players or profile not in self.prior:
            raise GameError(
                subject=f'Game "{self.name}", payoff',
                wanted="the position of an outcome, a player, and a type for each player",
                got=f"position {position_index} ({type(node).__name__}), {player!r}, {profile!r}",
            )
        return resolve(dict(node.payoffs)[player], player, dict(zip(self.players, profile, strict=True)))

    # -- a value -------------------------------------------------------------------------------

    @cached_property
    def _key(self) -> tuple[Any, ...]:
        """What makes two games the same."""
        return (self.name, self.assumptions, tuple(self.types.items()), flat(self.tree), tuple(self.prior.items()))

    def __eq__(self, other: object) -> bool:
        return self._key == other._key if isinstance(other, ExtensiveGame) else NotImplemented

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(self._key)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a game is immutable: {name!r} cannot be set; make another game")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a game is immutable: {name!r} cannot be deleted")

    def __reduce__(self) -> tuple[Any, ...]:
        chances = {player: dict(row) for player, row in self.type_probabilities.items()}
        state = (self.name, self.assumptions, dict(self.types), chances, flat(self.tree), dict(self.prior), self.notes)
        return _restore, state

    def __repr__(self) -> str:
        counts = {
            "player": len(self.players),
            "label": len(self.labels),
            "information set": len(self.information_sets),
            "outcome": len(self.outcomes),
        }
        shown = ", ".join(f"{number} {thing}{'' if number == 1 else 's'}" for thing, number in counts.items())
        return f'<ExtensiveGame "{self.name}": {shown}>'

    def __str__(self) -> str:
        return game_text(self)

    def tikz(self, *, depth: int | None = None) -> str:
        """The tree as a TikZ picture; `depth` moves of it, by default as many as a page holds."""
        from deterrence.views.tikz import tikz_tree

        return tikz_tree(self, depth=depth)


def _restore(
    name: str,
    assumptions: Assumptions,
    types: dict[str, Any],
    chances: dict[str, Any],
    nodes: tuple[Node, ...],
    prior: dict[Profile, sp.Expr],
    notes: tuple[str, ...],
) -> ExtensiveGame:
    """An unpickled game; it was validated when it was made."""
    game = ExtensiveGame.__new__(ExtensiveGame)
    game._set(
        name=name,
        assumptions=assumptions,
        players=tuple(types),
        types=MappingProxyType(types),
        type_probabilities=MappingProxyType(chances),
        tree=unflat(nodes),
        prior=MappingProxyType(prior),
        notes=notes,
    )
    return game
