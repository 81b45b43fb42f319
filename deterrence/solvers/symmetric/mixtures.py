"""Symmetric equilibria in which everyone mixes alike over three actions or more, of games in numbers.

What an action is worth is a polynomial in the common probabilities; equal worths are polynomial
equations, whose real solutions are found exactly.  Those inside the simplex, against which no other
action is better, are the equilibria.
"""

from __future__ import annotations

import itertools
from math import factorial

import sympy as sp

from deterrence.games.symmetric import SymmetricGame, _compositions
from deterrence.profile import ProfileEquilibrium
from deterrence.regions import Region
from deterrence.solvers.levels.algebraic_points import AlgebraicPoint, points

__all__ = ["alike_records", "can_mix_alike"]

MOST_PLAYERS = 6
MOST_ACTIONS = 4


def can_mix_alike(game: SymmetricGame) -> bool:
    """Whether such mixtures are searched: few players without roles, three actions or four, payoffs in numbers."""
    if game.with_roles or game.players > MOST_PLAYERS or not 3 <= len(game.actions) <= MOST_ACTIONS:
        return False
    counts = (dict(zip(game.actions, c, strict=True)) for c in _compositions(game.players - 1, len(game.actions)))
    return all(game.payoff_of(a, others).is_Rational for others in counts for a in game.actions)


def alike_records(game: SymmetricGame) -> tuple[list[ProfileEquilibrium], list[str]]:
    """The equilibria, and the supports of which the equations have a continuum of solutions or too many."""
    found: list[ProfileEquilibrium] = []
    open_supports: list[str] = []
    for size in range(3, len(game.actions) + 1):
        for support in itertools.combinations(game.actions, size):
            shares = sp.symbols(f"share1:{size}", real=True)
            mix = dict(zip(support, (*shares, 1 - sp.Add(*shares)), strict=True))
            worth = {a: _worth(game, a, mix) for a in game.actions}
            equal = [sp.expand(worth[a] - worth[support[-1]]) for a in support[:-1]]
            solved = points(equal, shares)
            if solved is None:  # a continuum, or too many to isolate
                open_supports.append(", ".join(support))
            found += [_record(game, mix, worth, p) for p in solved or [] if _holds(p, mix, worth, support)]
    return found, open_supports


def _worth(game: SymmetricGame, action: str, mix: dict[str, sp.Expr]) -> sp.Expr:
    """What an action is worth when each of the others draws from the mixture."""
    terms = []
    for counts in _compositions(game.players - 1, len(mix)):
        others = dict.fromkeys(game.actions, 0) | dict(zip(mix, counts, strict=True))
        ways = factorial(game.players - 1)
        for number in counts:
            ways //= factorial(number)
        chance = sp.Mul(*(share**number for share, number in zip(mix.values(), counts, strict=True)))
        terms.append(ways * chance * game.payoff_of(action, others))
    return sp.expand(sp.Add(*terms))


def _holds(point: AlgebraicPoint, mix: dict[str, sp.Expr], worth: dict[str, sp.Expr], support: tuple[str, ...]) -> bool:
    """Whether all probabilities are positive and no other action is better."""
    inside = all(point.sign(share) > 0 for share in mix.values())
    return inside and all(point.sign(worth[support[0]] - v) >= 0 for a, v in worth.items() if a not in support)


def _record(
    game: SymmetricGame, mix: dict[str, sp.Expr], worth: dict[str, sp.Expr], point: AlgebraicPoint
) -> ProfileEquilibrium:
    who = f"{game.players} players mixing"
    shares = {a: point.shown(share) for a, share in mix.items()}
    how_known, evidence = point.how_known
    nobody = {f"nobody: {a}": (1 - shares.get(a, sp.S.Zero)) ** game.players for a in game.actions}
    payoff = point.shown(worth[next(iter(mix))])
    return ProfileEquilibrium(
        game, {who: shares}, Region.everything(game.assumptions), payoffs={who: payoff}, outcomes=nobody,
        how_known=how_known, evidence=evidence, facts={"n": game.players, "mixing": game.players, "sure": {}},
    )  # fmt: skip
