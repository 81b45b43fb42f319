"""Selection among the pure equilibria of a table: risk dominance and payoff dominance.

Harsanyi and Selten (1988), *A General Theory of Equilibrium Selection in Games*: of two strict
equilibria of a two-by-two game the one with the larger product of losses from deviation is
risk-dominant; one equilibrium payoff-dominates another if every player prefers it.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.errors import ConceptError
from deterrence.games.strategic import StrategicGame
from deterrence.games.tables import ActionProfile
from deterrence.notebook import ShownInNotebooks
from deterrence.regions import Region
from deterrence.regions.meeting import meeting

__all__ = ["Selection", "payoff_dominance", "risk_dominance"]


@dataclass(frozen=True)
class Selection(ShownInNotebooks):
    """Where each pure equilibrium is selected.

    Attributes
    ----------
    game : StrategicGame
    criterion : {"risk dominance", "payoff dominance"}
    where : mapping of profile of actions to Region
        Where the profile is an equilibrium that dominates every other one that exists there, and
        there is another one.
    """

    game: StrategicGame
    criterion: str
    where: Mapping[ActionProfile, Region]

    def at(self, point: Mapping[Any, Any]) -> ActionProfile | None:
        """The profile selected at a point; None without two equilibria or with neither dominant."""
        return next((profile for profile, region in self.where.items() if region.contains(point)), None)

    def __str__(self) -> str:
        lines = [f"({', '.join(profile)}) where {region}" for profile, region in self.where.items()]
        return "\n".join([f"{self.criterion}:", *(lines or ["no profile is selected anywhere"])])


def risk_dominance(game: StrategicGame) -> Selection:
    """Where each of two strict equilibria of a two-by-two game is risk-dominant.

    Raises
    ------
    ConceptError
        If the game is not two-by-two.

    Examples
    --------
    >>> game = StrategicGame("Stag hunt", actions={"A": ["C", "D"], "B": ["C", "D"]},
    ...     payoffs={"A": [[5, 0], [4, 2]], "B": [[5, 4], [0, 2]]})
    >>> risk_dominance(game).at({})
    ('D', 'D')
    """
    if not isinstance(game, StrategicGame) or [len(a) for a in game.actions.values()] != [2, 2]:
        raise ConceptError(
            subject="risk dominance", wanted="a StrategicGame of two players with two actions each", got=repr(game)
        )
    found: dict[ActionProfile, Region] = {}
    for profile in itertools.product(*game.actions.values()):
        other = tuple(next(a for a in game.actions[p] if a != b) for p, b in zip(game.players, profile, strict=True))
        here, there = _losses(game, profile), _losses(game, other)
        both = [sp.Gt(loss, 0) for loss in (*here, *there)]
        larger = sp.Gt(sp.Mul(*here), sp.Mul(*there))
        _keep(found, profile, meeting([*both, larger], game.assumptions))
    return Selection(game, "risk dominance", found)


def payoff_dominance(game: StrategicGame) -> Selection:
    """Where a pure equilibrium is better for every player than every other pure equilibrium.

    Raises
    ------
    ConceptError
        If it is no payoff table.
    """
    if not isinstance(game, StrategicGame):
        raise ConceptError(subject="payoff dominance", wanted="a StrategicGame", got=type(game).__name__)
    profiles = list(itertools.product(*game.actions.values()))
    stable = {p: meeting([sp.Ge(loss, 0) for loss in _losses(game, p)], game.assumptions) for p in profiles}
    found: dict[ActionProfile, Region] = {}
    for profile in profiles:
        region, rivals = stable[profile], Region.nothing(game.assumptions)
        for other in profiles:
            if other != profile and not stable[other].is_empty(certify=False).proved:
                better = [sp.Gt(game.payoff_at(p, profile), game.payoff_at(p, other)) for p in game.players]
                region = region & (~stable[other] | meeting(better, game.assumptions))
                rivals = rivals | stable[other]
        _keep(found, profile, region & rivals)
    return Selection(game, "payoff dominance", found)


def _losses(game: StrategicGame, profile: ActionProfile) -> list[sp.Expr]:
    """What each player loses by each deviation from a profile."""
    losses = []
    for k, player in enumerate(game.players):
        for action in game.actions[player]:
            if action != profile[k]:
                other = (*profile[:k], action, *profile[k + 1 :])
                losses.append(sp.expand(game.payoff_at(player, profile) - game.payoff_at(player, other)))
    return losses


def _keep(found: dict[ActionProfile, Region], profile: ActionProfile, region: Region) -> None:
    """Note a region that is not shown to be empty."""
    if not region.is_empty(certify=False).proved:
        found[profile] = region.simplify()
