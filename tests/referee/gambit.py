"""What Gambit finds in a game with numbers, for comparison; needs the optional package pygambit.

Three caveats.  `enummixed` works on the reduced strategic form of two players and returns the *extreme* points of
the components of Nash equilibria; off the path of play these hold arbitrary and incredible moves.  `enumpoly` on
the tree gives only pure actions at unreached information sets and only isolated profiles.  Both return Nash
equilibria, so compare outcomes, after perfection has been asked for (`surviving`).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from .base import odds
from .enumerate import undominated
from .exists import perfect_bayesian_beliefs
from .numeric import Key, NumericGame, Profile, Strategy

Outcome = tuple[tuple[tuple[int, Profile], Fraction], ...]


def load(text: str) -> Any:
    """Gambit's game from the text of an .efg file."""
    import pygambit

    return pygambit.read_efg(io.BytesIO(text.encode("ascii")))


def nash_profiles(text: str) -> list[Any]:
    """Every equilibrium that Gambit lists: `enummixed` in fractions for two players, `enumpoly` for more."""
    import pygambit

    game = load(text)
    if len(game.players) == 2:
        return [profile.as_behavior() for profile in pygambit.nash.enummixed_solve(game, rational=True).equilibria]
    return list(pygambit.nash.enumpoly_solve(game).equilibria)


def efg(game: NumericGame) -> str:
    """The game as an .efg text; the information sets of each player are numbered in their own order."""
    names = " ".join(f'"{player}"' for player in game.players)
    return "\n".join([f'EFG 2 R "game" {{ {names} }}', *_Writer(game).lines()]) + "\n"


class _Writer:
    def __init__(self, game: NumericGame) -> None:
        self.game = game
        self.numbers = numbers(game)
        self.leaves = self.chances = 0

    def lines(self) -> Iterator[str]:
        drawn = [(profile, weight) for profile, weight in self.game.prior.items() if weight]
        self.chances += 1
        yield f'c "" 1 "types" {{ {" ".join(f"{chr(34)}{k}{chr(34)} {w}" for k, (_, w) in enumerate(drawn))} }} 0'
        for profile, _ in drawn:
            yield from self._below(0, profile)

    def _below(self, index: int, profile: Profile) -> Iterator[str]:
        place = self.game.places[index]
        if place.kind == "leaf":
            self.leaves += 1
            payoffs = " ".join(str(place.payoffs[player, profile]) for player in self.game.players)
            yield f't "" {self.leaves} "" {{ {payoffs} }}'
            return
        if place.kind == "chance":
            self.chances += 1
            branches = " ".join(f'"{a}" {w}' for a, w in zip(place.actions, place.odds, strict=True))
            yield f'c "" {self.chances} "" {{ {branches} }} 0'
        else:
            branches = " ".join(f'"{a}"' for a in place.actions)
            key = self.game.key_at((index, profile))
            seat, name = self.game.seat(key[0]) + 1, " ".join(map(str, key[1:]))
            yield f'p "" {seat} {self.numbers[key]} "{name}" {{ {branches} }} 0'
        for _, child in place.branches:
            yield from self._below(child, profile)


def numbers(game: NumericGame) -> dict[Key, int]:
    """Rank of each information set among its player's, in the order in which Gambit meets them."""
    ranks: dict[Key, int] = {}

    def visit(index: int, profile: Profile) -> None:
        place = game.places[index]
        if place.kind == "move":
            key = game.key_at((index, profile))
            ranks.setdefault(key, 1 + sum(k[0] == key[0] for k in ranks))
        for _, child in place.branches:
            visit(child, profile)

    for profile, weight in game.prior.items():
        if weight:
            visit(0, profile)
    return ranks


def equilibria(game: NumericGame) -> list[dict[Key, dict[str, Fraction]]]:
    """Gambit's equilibria as behaviour; where the player itself never comes, the first action."""
    ranks = numbers(game)
    found = []
    for profile in nash_profiles(efg(game)):
        players = list(profile.game.players)
        strategy: dict[Key, dict[str, Fraction]] = {}
        for key in game.information_sets:
            actions = list(players[game.seat(key[0])].infosets)[ranks[key] - 1].actions
            weights = [_fraction(profile[action]) for action in actions]
            weights = weights if sum(weights) == 1 else [Fraction(int(k == 0)) for k in range(len(weights))]
            strategy[key] = {a: w for a, w in zip(game.actions(key), weights, strict=True) if w}
        found.append(strategy)
    return found


def _fraction(value: Any) -> Fraction:
    return Fraction(0) if value is None else Fraction(value.numerator, value.denominator)


def outcome(game: NumericGame, strategy: Strategy) -> Outcome:
    """The probability of each leaf for each profile of types."""
    found = []
    for place in game.places:
        for profile, prior in game.prior.items() if place.kind == "leaf" else ():
            weight = prior
            for index, action in place.path:
                weight *= odds(game, strategy, (index, profile), action)
            if weight:
                found.append(((place.index, profile), weight))
    return tuple(sorted(found, key=repr))


def on_path(game: NumericGame, strategy: Strategy) -> set[Key]:
    """The information sets of positive probability."""
    reached: set[Key] = set()
    for (index, profile), _ in outcome(game, strategy):
        for above, _ in game.places[index].path:
            if game.places[above].kind == "move":
                reached.add(game.key_at((above, profile)))
    return reached


def surviving(game: NumericGame) -> dict[Outcome, Strategy]:
    """Those Nash equilibria of Gambit that some pure play off the path makes perfect Bayesian, one for each outcome."""
    live, survivors = undominated(game), {}  # type: Mapping[Key, tuple[str, ...]], dict[Outcome, Strategy]
    for strategy in equilibria(game):
        result = outcome(game, strategy)
        if result not in survivors:
            candidates = _completed(live, strategy, on_path(game, strategy))
            perfect = next((s for s in candidates if perfect_bayesian_beliefs(game, s)), None)
            if perfect:
                survivors[result] = perfect
    return survivors


def _completed(live: Mapping[Key, tuple[str, ...]], strategy: Strategy, reached: set[Key]) -> Iterator[dict[Key, Any]]:
    free = [key for key in live if key not in reached]
    fixed = {key: dict(strategy[key]) for key in reached}
    for picks in product(*(live[key] for key in free)):
        yield fixed | {key: {action: Fraction(1)} for key, action in zip(free, picks, strict=True)}
