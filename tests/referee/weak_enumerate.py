"""The weak perfect Bayesian equilibria of a two-player game with numbers, support by support.

Where each information set has its own belief, off-path constraints multiply unknown beliefs and unknown play.  So
the play is settled first by what Bayes' rule decides on the path of the *others* (linear in their flows), and
then `weak` decides exactly about beliefs for it.  A support whose play is not settled so is a 'family' if one
member is an equilibrium, and 'unresolved' if that member is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from .enumerate import Found, subsets, undominated
from .flows import Blocks, Outline, Part, Play
from .numeric import Key, NumericGame, Sequence
from .weak import exists_weak, weak_beliefs


def enumerate_weak(game: NumericGame) -> Iterator[Found]:
    """Every support that holds a weak perfect Bayesian equilibrium, or might."""
    if len(game.players) != 2:
        raise ValueError("this enumeration is for two players")
    outline, live = Outline(game), undominated(game)
    for picks in product(*(subsets(actions) for actions in live.values())):
        found = _decide(outline, dict(zip(live, picks, strict=True)), live)
        if found is not None:
            yield found


def pure_weak(game: NumericGame) -> list[dict[Key, dict[str, Fraction]]]:
    """All pure strategies for which beliefs exist under the weak concept."""
    live = undominated(game)
    profiles = ({k: {a: Fraction(1)} for k, a in zip(live, pick, strict=True)} for pick in product(*live.values()))
    return [profile for profile in profiles if exists_weak(game, profile)]


class _OnPath(Blocks):
    """Only what Bayes' rule decides from the prior on: after a surprise anything may be believed."""

    def parts(self, player: str, origin: Sequence) -> list[Part]:
        return super().parts(player, origin) if origin == () else [Part({}, {}, False)]


def _decide(outline: Outline, support: Mapping[Key, Any], live: Mapping[Key, tuple[str, ...]]) -> Found | None:
    blocks = _OnPath(Play(outline, support), live)
    settled, family = {}, False  # type: dict[Key, Mapping[str, Fraction]], bool
    for player in outline.game.players:
        parts = blocks.parts(player, ())
        if not parts:
            return None
        settled.update(parts[0].strategy)
        family = family or parts[0].family
    family = family or any(len(actions) > 1 and key not in settled for key, actions in support.items())
    strategy = {k: settled.get(k, {a: Fraction(1, len(actions)) for a in actions}) for k, actions in support.items()}
    beliefs = weak_beliefs(outline.game, strategy)
    if not beliefs and not family:
        return None
    status = ("family" if beliefs else "unresolved") if family else "point"
    return Found(support, status, strategy, beliefs)
