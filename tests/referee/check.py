"""Is this assessment an equilibrium?  The definitions, read off the tree with fractions.

`check_perfect_bayesian` is Fudenberg and Tirole (1991) for observed actions and independent types,
`check_weak` leaves each information set its own belief, `check_nash` asks for the plan of each type ex ante.
Each returns the list of violations; an empty list means yes.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .base import Violation, odds, show
from .beliefs import check_common_beliefs
from .numeric import Beliefs, Key, Node, NumericGame, Strategy

Weights = Mapping[Node, Fraction]


def check_perfect_bayesian(game: NumericGame, strategy: Strategy, beliefs: Beliefs) -> list[Violation]:
    """Conditions 1-4: rational, Bayes whenever possible, beliefs in common, no signal of what one does not know."""
    require_common_beliefs(game)
    malformed = check_strategy(game, strategy) + check_shape(game, beliefs)
    if malformed:
        return malformed
    return check_common_beliefs(game, strategy, beliefs) + check_rationality(game, strategy, beliefs)


def check_weak(game: NumericGame, strategy: Strategy, beliefs: Beliefs) -> list[Violation]:
    """Conditions 1 and 2: each information set its own belief, carried on by Bayes' rule to the player's later ones."""
    malformed = check_strategy(game, strategy) + check_shape(game, beliefs)
    if malformed:
        return malformed
    found = []
    for key in game.information_sets:
        implied = carried_belief(game, strategy, beliefs, key)
        if implied is not None and any(implied.get(n, 0) != beliefs[key].get(n, 0) for n in game.information_sets[key]):
            found.append(Violation("belief", key, f"Bayes' rule gives {show(implied)}, not {show(beliefs[key])}"))
    return found + check_rationality(game, strategy, beliefs)


def check_nash(game: NumericGame, strategy: Strategy) -> list[Violation]:
    """No plan of any type of positive probability does better ex ante."""
    found = check_strategy(game, strategy)
    if found:
        return found
    for seat, player in enumerate(game.players):
        for own in game.types[player]:
            start = {(0, p): w for p, w in game.prior.items() if p[seat] == own and w > 0}
            gain = value(game, strategy, player, start, True) - value(game, strategy, player, start, False)
            if gain > 0:
                key = next(
                    (k for k in game.information_sets if k[0] == player and game.own_type(k) == own), (player, own)
                )
                found.append(Violation("incentive", key, "another plan does better ex ante", None, gain))
    return found


def require_common_beliefs(game: NumericGame) -> None:
    """Conditions 3 and 4 need observed actions and independent types."""
    if not game.observed_actions or not game.independent:
        raise ValueError("common beliefs are defined for observed actions and independent types only")


# ------------------------------------------------------------------ form


def check_strategy(game: NumericGame, strategy: Strategy) -> list[Violation]:
    """A probability distribution over the actions of every information set."""
    return [
        Violation("strategy", key, f"{dict(strategy.get(key, {}))} is no distribution over {game.actions(key)}")
        for key in game.information_sets
        if not _is_distribution(strategy.get(key, {}), game.actions(key))
    ]


def check_shape(game: NumericGame, beliefs: Beliefs) -> list[Violation]:
    """A probability distribution over the nodes of every information set."""
    return [
        Violation("belief", key, f"{dict(beliefs.get(key, {}))} is no distribution over its nodes")
        for key, nodes in game.information_sets.items()
        if not _is_distribution(beliefs.get(key, {}), nodes)
    ]


def _is_distribution(weights: Mapping[Any, Fraction], support: Any) -> bool:
    return set(weights) <= set(support) and all(w >= 0 for w in weights.values()) and sum(weights.values()) == 1


# ------------------------------------------------------------------ sequential rationality


def check_rationality(game: NumericGame, strategy: Strategy, beliefs: Beliefs) -> list[Violation]:
    """No change of the whole continuation gains at any information set."""
    found = []
    for key in game.information_sets:
        worth = action_values(game, strategy, key, beliefs[key], True)
        actual = action_values(game, strategy, key, beliefs[key], False)
        now = sum((strategy[key].get(a, Fraction(0)) * actual[a] for a in actual), Fraction(0))
        best = max(worth, key=lambda a: worth[a])
        if worth[best] > now:
            detail = f"{best} (and the best continuation) gives {worth[best]} instead of {now}"
            found.append(Violation("incentive", key, detail, best, worth[best] - now))
    return found


def action_values(game: NumericGame, strategy: Strategy, key: Key, belief: Weights, best: bool) -> dict[str, Fraction]:
    """The value of each action at a belief; later own moves are the best ones or those of the strategy."""
    result = {}
    for action in game.actions(key):
        after = {(game.places[i].child(action), p): w for (i, p), w in belief.items() if w > 0}
        result[action] = value(game, strategy, key[0], after, best)
    return result


def value(game: NumericGame, strategy: Strategy, player: str, nodes: Weights, best: bool) -> Fraction:
    """The player's payoff from weighted nodes on, its own later play being the best or that of the strategy."""
    total, later = _descend(game, strategy, player, nodes)
    for key, weights in later.items():
        worth = action_values(game, strategy, key, weights, best)
        total += max(worth.values()) if best else sum((strategy[key].get(a, 0) * worth[a] for a in worth), Fraction(0))
    return total


def _descend(
    game: NumericGame, strategy: Strategy, player: str, nodes: Weights
) -> tuple[Fraction, dict[Key, dict[Node, Fraction]]]:
    total, later = Fraction(0), {}  # type: Fraction, dict[Key, dict[Node, Fraction]]
    stack = list(nodes.items())
    while stack:
        (index, profile), weight = stack.pop()
        place = game.places[index]
        if weight == 0:
            continue
        if place.kind == "leaf":
            total += weight * place.payoffs[player, profile]
        elif place.player == player:
            later.setdefault(game.key_at((index, profile)), {})[index, profile] = weight
        else:
            stack += [
                ((place.child(a), profile), weight * odds(game, strategy, (index, profile), a)) for a in place.actions
            ]
    return total, later


# ------------------------------------------------------------------ each information set its own belief


def carried_belief(game: NumericGame, strategy: Strategy, beliefs: Beliefs, key: Key) -> dict[Node, Fraction] | None:
    """What Bayes' rule makes of the player's last belief (at first: of the prior); None where it is silent."""
    seat, weights = game.seat(key[0]), {}
    for index, profile in game.information_sets[key]:
        own = [i for i, _ in game.places[index].path if game.places[i].player == key[0]]
        weight = (
            beliefs[game.key_at((own[-1], profile))].get((own[-1], profile), 0)
            if own
            else prior_weight(game, profile, seat)
        )
        for place, action in game.between(own[-1] if own else 0, index):
            if place.player != key[0]:
                weight *= odds(game, strategy, (place.index, profile), action)
        weights[index, profile] = Fraction(weight)
    total = sum(weights.values())
    return {node: w / total for node, w in weights.items()} if total else None


def prior_weight(game: NumericGame, profile: Any, seat: int) -> Fraction:
    """Prior weight of a profile for the player in a seat, whose own type may have probability zero."""
    player = game.players[seat]
    if game.marginals[player][profile[seat]] > 0 or not game.independent:
        return game.prior[profile]
    weight = Fraction(1)
    for other, own in zip(game.players, profile, strict=True):
        weight *= game.marginals[other][own] if other != player else 1
    return weight
