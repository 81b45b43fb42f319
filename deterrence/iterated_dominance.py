"""Iterated dominance in payoff tables with symbols.

An action is strictly dominated where some other action, or a mixture of others, is better against
everything that is left; weakly, where one is never worse and somewhere better.  What is dominated
wherever the assumptions hold is deleted, round after round; what is dominated on a part only is
reported with that part.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sympy as sp

from deterrence.errors import ConceptError, UnknownName
from deterrence.games.strategic import StrategicGame
from deterrence.notebook import ShownInNotebooks
from deterrence.regions import Region, Verdict
from deterrence.regions.meeting import meeting

__all__ = ["Deletion", "Dominance", "dominance"]

KINDS = ("strict", "weak")
NOTES = {
    "strict": "the order of deletion makes no difference",
    "weak": "all that is weakly dominated is deleted round by round; another order may leave other actions",
}
SECONDS = 2.0
Names = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Deletion(ShownInNotebooks):
    """One action that is deleted in one round, and by what it is dominated."""

    round: int
    player: str
    action: str
    by: tuple[str, ...]
    verdict: Verdict

    def __str__(self) -> str:
        what = self.by[0] if len(self.by) == 1 else f"a mixture of {', '.join(self.by)}"
        return f"round {self.round}: {self.player} never {self.action}, dominated by {what}"


@dataclass(frozen=True)
class Dominance(ShownInNotebooks):
    """The result of iterated deletion.

    Attributes
    ----------
    steps : tuple of Deletion
        In order.
    remaining : mapping of player to actions
    where : mapping of (player, action) to Region
        For the actions that remain: where they are dominated by another one in the reduced game.
    note : str
        Whether the order matters.
    """

    game: StrategicGame
    kind: str
    steps: tuple[Deletion, ...]
    remaining: Mapping[str, tuple[str, ...]]
    where: Mapping[tuple[str, str], Region]
    note: str

    @property
    def solved(self) -> bool:
        """Whether one profile is left."""
        return all(len(a) == 1 for a in self.remaining.values())

    def __str__(self) -> str:
        left = "; ".join(f"{p}: {', '.join(a)}" for p, a in self.remaining.items())
        parts = [f"{p} {a} is dominated where {r}" for (p, a), r in self.where.items()]
        return "\n".join([*map(str, self.steps), f"left: {left}", *parts, f"({self.note})"])


def dominance(game: StrategicGame, kind: str = "strict", *, mixtures: bool = True) -> Dominance:
    """Delete dominated actions round by round.

    Parameters
    ----------
    game : StrategicGame
    kind : {"strict", "weak"}
    mixtures : bool
        Whether mixtures of the others may dominate too.

    Raises
    ------
    UnknownName
        If there is no such kind of dominance.

    Examples
    --------
    >>> game = StrategicGame("Dilemma", actions={"A": ["C", "D"], "B": ["C", "D"]},
    ...     payoffs={"A": [[3, 1], [4, 2]], "B": [[3, 4], [1, 2]]})
    >>> print(dominance(game))
    round 1: A never C, dominated by D
    round 1: B never C, dominated by D
    left: A: D; B: D
    (the order of deletion makes no difference)
    """
    if not isinstance(game, StrategicGame):
        raise ConceptError(subject="dominance", wanted="a StrategicGame", got=type(game).__name__)
    if kind not in KINDS:
        raise UnknownName(subject="dominance", wanted="a kind", got=kind, known=KINDS)
    left: Names = dict(game.actions)
    steps: list[Deletion] = []
    for number in itertools.count(1):
        found = list(_round(game, kind, left, number, mixtures))
        if not found:
            break
        steps += found
        gone = {(d.player, d.action) for d in found}
        left = {p: tuple(a for a in names if (p, a) not in gone) for p, names in left.items()}
    return Dominance(game, kind, tuple(steps), left, _where(game, kind, left), NOTES[kind])


def _round(game: StrategicGame, kind: str, left: Names, number: int, mixtures: bool) -> Iterator[Deletion]:
    """Every action that is dominated wherever the assumptions hold, never the last one of a player."""
    for player, names in left.items():
        alive = list(names)
        for action in names:
            others = [a for a in names if a != action and (kind == "strict" or a in alive)]
            found = _dominator(game, kind, left, player, action, others, mixtures)
            if found is not None and len(alive) > 1:
                alive.remove(action)
                yield Deletion(number, player, action, *found)


def _dominator(
    game: StrategicGame, kind: str, left: Names, player: str, action: str, others: list[str], mixtures: bool
) -> tuple[tuple[str, ...], Verdict] | None:
    for by in others:
        verdict = _region(game, kind, left, player, action, by).covers(seconds=SECONDS, certify=False)
        if verdict.proved:
            return (by,), verdict
    if mixtures and len(others) > 1:
        verdict = _mixed_region(game, kind, left, player, action, others).covers(seconds=SECONDS, certify=False)
        if verdict.proved:
            return tuple(others), verdict
    return None


def _against(game: StrategicGame, left: Names, player: str, action: str) -> list[sp.Expr]:
    """What an action is worth against every profile of the others that is left."""
    rows = [(action,) if p == player else names for p, names in left.items()]
    return [game.payoff_at(player, profile) for profile in itertools.product(*rows)]


def _region(game: StrategicGame, kind: str, left: Names, player: str, action: str, by: str) -> Region:
    """Where one action is dominated by another."""
    pairs = zip(_against(game, left, player, action), _against(game, left, player, by), strict=True)
    gains = [better - worse for worse, better in pairs]
    if kind == "strict":
        return meeting([sp.Gt(g, 0) for g in gains], game.assumptions)
    some = Region.nothing(game.assumptions)
    for g in gains:
        some = some | Region(sp.Gt(g, 0), game.assumptions)
    return meeting([sp.Ge(g, 0) for g in gains], game.assumptions) & some


def _mixed_region(game: StrategicGame, kind: str, left: Names, player: str, action: str, others: list[str]) -> Region:
    """Where an action is dominated by some mixture of others.

    Weakly: never worse, and better in sum, which is better somewhere.
    """
    weights = [sp.Symbol(f"weight({a})", real=True) for a in others]
    scope = game.assumptions.extend(closed=[tuple(weights[:-1])])
    shares = [*weights[:-1], 1 - sp.Add(*weights[:-1])]
    rows = zip(*(_against(game, left, player, a) for a in others), strict=True)
    region = Region.everything(scope)
    gains = [
        sp.Add(*(w * v for w, v in zip(shares, row, strict=True))) - worse
        for worse, row in zip(_against(game, left, player, action), rows, strict=True)
    ]
    relations = [sp.Gt(g, 0) for g in gains] if kind == "strict" else [
        *(sp.Ge(g, 0) for g in gains), sp.Gt(sp.Add(*gains), 0)
    ]  # fmt: skip
    for relation in relations:
        region = region & Region(relation, scope)
    return region.eliminate(*weights[:-1], seconds=SECONDS)


def _where(game: StrategicGame, kind: str, left: Names) -> dict[tuple[str, str], Region]:
    """For actions that remain: where another action dominates them, if anywhere."""
    found = {}
    for player, names in left.items():
        for action in names:
            region = Region.nothing(game.assumptions)
            for by in names:
                if by != action:
                    region = region | _region(game, kind, left, player, action, by)
            region = region.simplify(seconds=SECONDS)
            if not region.is_empty(seconds=SECONDS, certify=False).proved:
                found[player, action] = region
    return found
