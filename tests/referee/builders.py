"""Small games and strategies that several tests of the referee use."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .numeric import Key, Leaf, Move, NumericGame, build

F = Fraction


def strategy_of(game: NumericGame, choices: Mapping[Key, Any]) -> dict[Key, dict[str, Fraction]]:
    """An action, or the probability of the second of two actions, for each information set."""
    result = {}
    for key, choice in choices.items():
        if isinstance(choice, str):
            result[key] = {choice: F(1)}
        else:
            first, second = game.actions(key)
            result[key] = {first: 1 - F(choice), second: F(choice)}
    return result


def twice() -> NumericGame:
    """A receiver who moves twice: whatever it believes, going on pays, if it goes on as it believes."""
    good_left = Leaf({"S": 1, "R": lambda t: 2 if t["S"] == "G" else -1})
    good_right = Leaf({"S": 1, "R": lambda t: -1 if t["S"] == "G" else 2})
    tree = Move("S", "enter", {
        "out": Leaf({"S": 0, "R": 0}),
        "in": Move("R", "first", {
            "stop": Leaf({"S": -1, "R": 0}),
            "go": Move("R", "second", {"left": good_left, "right": good_right}),
        }),
    })  # fmt: skip
    return build({"S": {"G": F(1, 2), "B": F(1, 2)}, "R": None}, tree)


def dominated() -> NumericGame:
    """Entering is dominated for one type, but the belief that deters may rest on that type."""
    tree = Move("S", "enter", {
        "out": Leaf({"S": 1, "R": 0}),
        "in": Move("R", "reply", {
            "fight": Leaf({"S": -1, "R": lambda t: -1 if t["S"] == "G" else 1}),
            "yield": Leaf({"S": {"G": 2, "B": 0}, "R": 0}),
        }),
    })  # fmt: skip
    return build({"S": {"G": F(1, 2), "B": F(1, 2)}, "R": None}, tree)


def divided() -> NumericGame:
    """Entry is deterred only if both receiver types fight, for which they need opposite beliefs."""

    def fight(t: Mapping[str, Any]) -> int:
        return (1 if t["S"] == "G" else -2) * (1 if t["R"] == "r1" else -1) - (1 if t["R"] == "r2" else 0)

    tree = Move("S", "enter", {
        "out": Leaf({"S": 0, "R": 0}),
        "in": Move("R", "reply", {"fight": Leaf({"S": -1, "R": fight}), "yield": Leaf({"S": 10, "R": 0})}),
    })  # fmt: skip
    return build({"S": {"G": F(1, 2), "B": F(1, 2)}, "R": {"r1": F(1, 2), "r2": F(1, 2)}}, tree)


def bystander() -> NumericGame:
    """B, who knows nothing of A's type, surprises C, who would fight only if sure of A."""
    tree = Move("B", "enter", {
        "out": Leaf({"A": 0, "B": 0, "C": 0}),
        "in": Move("C", "reply", {
            "fight": Leaf({"A": 0, "B": -1, "C": lambda t: 1 if t["A"] == "G" else -9}),
            "yield": Leaf({"A": 0, "B": 1, "C": 0}),
        }),
    })  # fmt: skip
    return build({"A": {"G": F(1, 2), "B": F(1, 2)}, "B": None, "C": None}, tree)


def random_signalling(
    seed: int, senders: int, receivers: int, last_move: bool = False, generic: bool = False
) -> NumericGame:
    """Two messages, two replies to each, perhaps a last move of the sender; payoffs that tie, or generic ones."""
    draw = random.Random(seed)
    span = 10**4 if generic else 3

    def leaf() -> Leaf:
        table: dict[Any, int] = {}
        return Leaf(
            {p: lambda t, p=p: table.setdefault((p, t["S"], t["R"]), draw.randint(-span, span)) for p in ("S", "R")}
        )

    def reply(message: str) -> Move:
        end = Move("S", f"last {message}", {"x": leaf(), "y": leaf()}) if last_move else leaf()
        return Move("R", f"reply to {message}", {"l": leaf(), "r": end})

    def spread(n: int) -> list[Fraction]:
        weights = [draw.randint(1, span + 1) for _ in range(n)]
        return [F(w, sum(weights)) for w in weights]

    tree = Move("S", "message", {"m": reply("m"), "n": reply("n")})
    sides: dict[str, Any] = {"S": dict(enumerate(spread(senders)))}
    sides["R"] = dict(enumerate(spread(receivers))) if receivers > 1 else None
    return build(sides, tree)
