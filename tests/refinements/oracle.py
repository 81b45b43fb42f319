"""Two messages, two replies, plain fractions: the criteria decided cell by cell of the line of responses."""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import deterrence as dt

MESSAGES, REPLIES = ("m", "n"), ("l", "r")


@dataclass(frozen=True)
class Signalling:
    """``sender[t][message][reply]`` and ``receiver[t][message][reply]`` are payoffs; ``prior[t]`` chances."""

    prior: tuple[Fraction, ...]
    sender: tuple[dict[str, tuple[int, int]], ...]
    receiver: tuple[dict[str, tuple[int, int]], ...]

    @property
    def types(self) -> range:
        return range(len(self.prior))


def drawn(seed: int, types: int, span: int) -> Signalling:
    """A random game; a small span makes ties."""
    draw = random.Random(seed)
    weights = [draw.randint(1, 9) for _ in range(types)]

    def table() -> tuple[dict[str, tuple[int, int]], ...]:
        pair = lambda: (draw.randint(-span, span), draw.randint(-span, span))  # noqa: E731
        return tuple({m: pair() for m in MESSAGES} for _ in range(types))

    return Signalling(tuple(Fraction(w, sum(weights)) for w in weights), table(), table())


def written(game: Signalling) -> dt.ExtensiveGame:
    """The same in the library's words."""
    names = [f"t{k}" for k in game.types]

    def end(message: str, reply: int) -> dt.outcome:
        pay = lambda side: dt.by_type("S", {n: side[k][message][reply] for k, n in enumerate(names)})  # noqa: E731
        return dt.outcome(f"{message}{reply}", S=pay(game.sender), R=pay(game.receiver))

    def answer(message: str) -> dt.move:
        return dt.move("R", f"reply to {message}", {a: end(message, k) for k, a in enumerate(REPLIES)})

    return dt.ExtensiveGame(
        "Signals",
        parameters=dt.Parameters(),
        players={"S": dt.types(dict(zip(names, game.prior, strict=True))), "R": None},
        tree=dt.move("S", "message", {m: answer(m) for m in MESSAGES}),
    )


def gain(game: Signalling, kind: int, message: str, share: Fraction, payoff: Fraction) -> Fraction:
    """What a type gains by a message that is answered by the second reply with probability `share`."""
    first, second = game.sender[kind][message]
    return (1 - share) * first + share * second - payoff


def best(game: Signalling, message: str, kinds: list[int]) -> str:
    """The best replies under beliefs on some types: "first", "second", or "any" share of both."""
    margins = [game.receiver[t][message][1] - game.receiver[t][message][0] for t in kinds]
    return "first" if max(margins) < 0 else "second" if min(margins) > 0 else "any"


def cells(game: Signalling, message: str, kinds: list[int], payoffs: list[Fraction]) -> list[Fraction]:
    """One share from each piece of the best replies on which no type's gain changes sign."""
    replies = best(game, message, kinds)
    if replies != "any":
        return [Fraction(replies == "second")]
    places = {Fraction(0), Fraction(1)}
    for t in game.types:
        low, high = (gain(game, t, message, Fraction(x), payoffs[t]) for x in (0, 1))
        if low != high and 0 < -low / (high - low) < 1:
            places.add(-low / (high - low))
    ordered = sorted(places)
    return sorted({*ordered, *((a + b) / 2 for a, b in pairwise(ordered))})


def survives_intuitive(game: Signalling, message: str, payoffs: list[Fraction]) -> bool:
    """Cho and Kreps' intuitive criterion for one unsent message."""
    everyone = list(game.types)
    shares = cells(game, message, everyone, payoffs)
    hopeless = [t for t in everyone if all(gain(game, t, message, x, payoffs[t]) < 0 for x in shares)]
    left = [t for t in everyone if t not in hopeless]
    if not hopeless or not left:
        return True
    answers = cells(game, message, left, payoffs)
    return not any(all(gain(game, t, message, x, payoffs[t]) > 0 for x in answers) for t in left)


def survives_d1(game: Signalling, message: str, payoffs: list[Fraction], share: Fraction) -> bool:
    """D1 for one unsent message that is answered by the second reply with probability `share`."""
    everyone = list(game.types)
    shares = cells(game, message, everyone, payoffs)
    gains = {t: [gain(game, t, message, x, payoffs[t]) for x in shares] for t in everyone}

    def struck(t: int) -> bool:
        return any(
            any(g > 0 for g in gains[u]) and all(v > 0 for g, v in zip(gains[t], gains[u], strict=True) if g >= 0)
            for u in everyone
            if u != t
        )

    replies = best(game, message, [t for t in everyone if not struck(t)])
    return replies == "any" or share == Fraction(replies == "second")
