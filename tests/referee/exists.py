"""Given a strategy alone: do beliefs exist that make it an equilibrium?

`perfect_bayesian_beliefs` is exact for two players.  With more it is exact as long as no incentive constraint
multiplies free beliefs about two players, and returns None ("cannot say") otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .base import odds
from .beliefs import bayes, likelihood, sequences
from .check import check_strategy
from .flows import Blocks, NotLinearError, Outline, Play
from .numeric import Key, Node, NumericGame, Sequence, Strategy

Assessment = dict[Key, dict[Node, Fraction]]


def exists_perfect_bayesian(game: NumericGame, strategy: Strategy) -> bool | None:
    """Whether some beliefs make the strategy a perfect Bayesian equilibrium; None if this cannot be said."""
    found = perfect_bayesian_beliefs(game, strategy)
    return found if found is None else bool(found)


def perfect_bayesian_beliefs(
    game: NumericGame, strategy: Strategy, outline: Outline | None = None
) -> Assessment | None:
    """Such beliefs; an empty dictionary if there are none, None if this cannot be said."""
    if check_strategy(game, strategy):
        raise ValueError("not a strategy of this game")
    blocks = Blocks(Play(outline or Outline(game), strategy))
    try:
        if not all(_walk(game, strategy, blocks, player) for player in game.players):
            return {}
    except NotLinearError:
        return None
    about = {player: _walk(game, strategy, blocks, player) for player in game.players}
    return assemble(game, strategy, about)


def _walk(game: NumericGame, strategy: Strategy, blocks: Blocks, player: str) -> dict[Sequence, dict[Any, Fraction]]:
    """The belief about a player after each of its own sequences; empty if there is none that works."""
    if not blocks.parts(player, ()):
        return {}
    tree = sequences(game, player)
    believed: dict[Sequence, dict[Any, Fraction]] = {(): dict(game.marginals[player])}
    for sequence in sorted(tree, key=len):
        for longer in tree[sequence]:
            belief = bayes(believed[sequence], likelihood(game, strategy, player, longer))
            believed[longer] = belief or dict(blocks.parts(player, longer)[0].belief)
    return believed


def assemble(
    game: NumericGame, strategy: Strategy, about: Mapping[str, Mapping[Sequence, Mapping[Any, Fraction]]]
) -> Assessment:
    """Beliefs over nodes from the beliefs about each player after each of its own sequences."""
    beliefs: Assessment = {}
    for key, nodes in game.information_sets.items():
        start = game.start(key[0], key[-1])
        held = {p: about[p][game.sequence(p, start)] for p in game.players if p != key[0]}
        beliefs[key] = {}
        for index, profile in nodes:
            weight = Fraction(1)
            for player, own in zip(game.players, profile, strict=True):
                weight *= held[player][own] if player != key[0] else 1
            for place, action in game.between(start, index):
                weight *= odds(game, strategy, (place.index, profile), action)
            beliefs[key][index, profile] = weight
    return beliefs
