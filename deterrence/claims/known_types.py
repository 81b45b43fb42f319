"""Claims about complete information: what happens when everybody knows the types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from deterrence.claims.asking import Context, all_of, complete, union
from deterrence.errors import UnknownName
from deterrence.regions.region import Region
from deterrence.regions.verdict import Verdict

__all__ = ["WhenTypesKnown", "with_known_types"]


@dataclass(frozen=True)
class WhenTypesKnown:
    """With these types known to all, an outcome is certain in every subgame-perfect equilibrium, or in some."""

    types: tuple[tuple[str, str], ...]
    outcome: str
    only: bool = True

    def verdict(self, context: Context) -> Verdict:
        """Solve the game of these types and look at where its equilibria end in the outcome."""
        answer = _solution(context.game, self.types)
        if self.outcome not in context.game.outcomes:
            raise UnknownName(
                subject=f'Game "{context.game.name}"',
                wanted="an outcome",
                got=self.outcome,
                known=context.game.outcomes,
            )
        known = context.game.assumptions
        everything = [*answer, *answer.knife_edges]
        ending = [e for e in everything if e.outcomes.get(self.outcome, 0) == 1]
        verdict = Region.everything(known).implies(union(ending, known))
        if self.only:
            others = [e for e in everything if not any(e is x for x in ending)]
            verdict = all_of([verdict, *(e.condition.is_empty() for e in others)])
        return complete(verdict, answer)


def with_known_types(game: Any, types: Mapping[str, str]) -> Any:
    """The game in which Nature has drawn these types before the eyes of all.

    Parameters
    ----------
    game : ExtensiveGame
    types : mapping of str to str
        A type for each player that has types.

    Returns
    -------
    ExtensiveGame

    Raises
    ------
    UnknownName
        If a player has no such type.
    """
    from deterrence.games import ExtensiveGame
    from deterrence.games.payoffs import resolve
    from deterrence.games.tree import Outcome, flat, unflat

    for player, kinds in game.types.items():
        if types.get(player) not in kinds:
            names = [k for k in kinds if k is not None]
            raise UnknownName(subject=f"types of {player}", wanted="one type", got=str(types.get(player)), known=names)
    nodes = tuple(
        Outcome(node.name, tuple((who, resolve(value, who, types)) for who, value in node.payoffs))
        if isinstance(node, Outcome)
        else node
        for node in flat(game.tree)
    )
    drawn = ", ".join(f"{player} {kind}" for player, kind in types.items())
    return ExtensiveGame(
        f"{game.name}, {drawn}", parameters=game.assumptions, players=list(game.players), tree=unflat(nodes)
    )


@lru_cache(maxsize=64)
def _solution(game: Any, types: tuple[tuple[str, str], ...]) -> Any:
    from deterrence.solvers import solve

    return solve(with_known_types(game, dict(types)), concept="subgame perfect")
