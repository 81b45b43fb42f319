"""Which equilibria a name stands for: what some entries of the strategy are.

A pattern maps entries to what is chosen there; entries that it leaves out may be anything.  What an
entry is depends on the form of game:

====================  ===========================================  ================================================
form                  entry                                        what it is there
====================  ===========================================  ================================================
``ExtensiveGame``     an information set, or (player, label) for   an action, or a tuple of actions that are mixed
                      all types of the player
``StrategicGame``     a player, or an information set              the same
``SymmetricGame``     an action, or (role, action); "mixing", or   how many take it for sure, or mix alike: a number,
                      (role, "mixing")                             or "all"; (2, 2) for groups that mix differently
``ContinuousGame``    a level, or a player with only one           "interior", "low" or "high"; or an expression
``CoalitionGame``     a player                                     the members of its alliance, itself included
``BargainingGame``    (player, label)                              an action; of an offer, the share
====================  ===========================================  ================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import sympy as sp

from deterrence.errors import UnknownName
from deterrence.games import ExtensiveGame
from deterrence.games.bargaining import BargainingGame
from deterrence.games.coalition import CoalitionGame
from deterrence.games.continuous import ContinuousGame
from deterrence.games.strategic import StrategicGame
from deterrence.games.symmetric import SymmetricGame
from deterrence.games.tree import Move, Outcome
from deterrence.polynomials import tidy

__all__ = ["FORMS", "Pattern", "check_pattern", "fits", "normal"]

FORMS = (ExtensiveGame, SymmetricGame, ContinuousGame, CoalitionGame, BargainingGame)
PLACES = ("interior", "low", "high")
Pattern = Mapping[Any, Any]
_WHO = re.compile(r"(?P<number>\S+) (?P<role>.*?)(?: \((?P<action>.*)\)| mixing)$")


def fits(equilibrium: Any, pattern: Pattern) -> bool:
    """Whether an equilibrium is what the pattern says, entry by entry."""
    game = equilibrium.game
    test = next(test for form, test, _ in _TABLE if isinstance(game, form))
    return all(test(equilibrium, entry, wanted) for key, wanted in pattern.items() for entry in _entries(game, key))


def normal(game: Any, pattern: Pattern) -> frozenset[Any]:
    """A pattern entry by entry, so that two that say the same are equal."""
    return frozenset(
        (entry, frozenset(_actions(wanted))) for key, wanted in pattern.items() for entry in _entries(game, key)
    )


def check_pattern(game: Any, subject: str, pattern: Pattern) -> None:
    """Refuse a pattern over entries or choices that the game does not have.

    Raises
    ------
    UnknownName
        With the nearest of what there is.
    """
    known = next(known for form, _, known in _TABLE if isinstance(game, form))(game)
    for entry, wanted in ((entry, wanted) for key, wanted in pattern.items() for entry in _entries(game, key)):
        if entry not in known:
            what = "an information set" if isinstance(game, ExtensiveGame) else "an entry of the strategy"
            raise UnknownName(subject=subject, wanted=what, got=_shown(entry), known=map(_shown, known))
        choices = known[entry]
        for choice in _actions(wanted) if choices is not None else ():
            if choice not in choices and isinstance(choice, str):
                what = "an action" if isinstance(game, ExtensiveGame | BargainingGame) else "a choice"
                raise UnknownName(subject=f"{subject}, {_shown(entry)}", wanted=what, got=choice, known=choices)


def _entries(game: Any, key: Any) -> tuple[Any, ...]:
    """The entries that a key speaks of: (player, label) without a type is what every type does there."""
    entry = _entry(game, key)
    if isinstance(game, ExtensiveGame) and entry not in game.information_sets and entry in game.labels:
        return tuple(s for s in game.information_sets if (s[0], s[-1]) == entry)
    return (entry,)


def _entry(game: Any, key: Any) -> Any:
    """The key under which the game's strategies have an entry."""
    if isinstance(game, StrategicGame) and key in game.players:
        return game.information[key]
    if isinstance(game, ContinuousGame):
        own = game.own(str(key))
        return own[0].symbol.name if len(own) == 1 else str(key)
    return key


def _shown(entry: Any) -> str:
    return " / ".join(map(str, entry)) if isinstance(entry, tuple) else str(entry)


def _actions(wanted: Any) -> tuple[Any, ...]:
    return tuple(wanted) if isinstance(wanted, tuple | list | set | frozenset) else (wanted,)


# -- trees and tables -------------------------------------------------------------------------------


def _plays(equilibrium: Any, information_set: Any, wanted: Any) -> bool:
    row = equilibrium.strategy[information_set]
    return {action for action, probability in row.items() if probability != 0} == set(_actions(wanted))


def _sets(game: ExtensiveGame) -> dict[Any, tuple[str, ...]]:
    return {s: game.labels[s[0], s[-1]].actions for s in game.information_sets}


# -- many states alike ------------------------------------------------------------------------------


def _takes(equilibrium: Any, entry: Any, wanted: Any) -> bool:
    """Whether so many take an action for sure, or mix."""
    role, action = entry if isinstance(entry, tuple) else (None, entry)
    if action == "mixing" and (groups := equilibrium.facts.get("mixing")) and isinstance(groups, tuple):
        return isinstance(wanted, tuple) and sorted(wanted) == sorted(groups)
    total, everybody = sp.S.Zero, sp.sympify(equilibrium.game.players)
    for who in equilibrium.strategy:
        found = _WHO.match(who)
        if found is None:
            return False
        if (found["action"] or "mixing") == action and role in (None, found["role"]):
            number = found["number"]
            total += int(number) if number.isdigit() else everybody
    if role is not None:
        everybody = sp.sympify(equilibrium.game.groups[role])
    return not isinstance(wanted, tuple) and bool(total == (everybody if wanted == "all" else wanted))


def _counted(game: SymmetricGame) -> dict[Any, tuple[str, ...]]:
    plain = (*game.actions, "mixing")
    roles = tuple(game.groups) if game.with_roles else ()
    return dict.fromkeys((*plain, *((role, what) for role in roles for what in plain)), ("all",))


# -- levels -----------------------------------------------------------------------------------------


def _lies(equilibrium: Any, level: str, wanted: Any) -> bool:
    if isinstance(wanted, str) and wanted in PLACES:
        return bool(equilibrium.facts.get("places", {}).get(level) == wanted)
    return _same(equilibrium, equilibrium.strategy[level], wanted)


def _same(equilibrium: Any, value: Any, wanted: Any) -> bool:
    expand = equilibrium.game.assumptions.expand
    return bool(tidy(expand(value) - expand(wanted)) == 0)


def _levels(game: ContinuousGame) -> dict[Any, tuple[str, ...]]:
    return dict.fromkeys((x.symbol.name for x in game.levels), PLACES)


# -- coalitions and offers --------------------------------------------------------------------------


def _allied(equilibrium: Any, player: str, wanted: Any) -> bool:
    return frozenset(_actions(wanted)) in equilibrium.facts.get("structure", ())


def _members(game: CoalitionGame) -> dict[Any, tuple[str, ...]]:
    return dict.fromkeys(game.players, game.players)


def _offers(equilibrium: Any, entry: tuple[str, str], wanted: Any) -> bool:
    value = equilibrium.strategy.get(" ".join(entry))
    if value is None:
        return False
    return value == sp.Symbol(wanted) if isinstance(wanted, str) else _same(equilibrium, value, wanted)


def _moves(game: BargainingGame) -> dict[Any, tuple[str, ...] | None]:
    found: dict[Any, tuple[str, ...] | None] = {}

    def below(node: Any) -> None:
        if isinstance(node, Move):
            found[node.player, node.label] = tuple(name for name, _ in node.branches)
        for branch in () if isinstance(node, Outcome) else node.branches:
            below(branch[-1])

    below(game.tree)
    return found


Test = Callable[[Any, Any, Any], bool]
_TABLE: Iterable[tuple[type, Test, Callable[[Any], dict[Any, Any]]]] = (
    (ExtensiveGame, _plays, _sets),
    (SymmetricGame, _takes, _counted),
    (ContinuousGame, _lies, _levels),
    (CoalitionGame, _allied, _members),
    (BargainingGame, _offers, _moves),
)
