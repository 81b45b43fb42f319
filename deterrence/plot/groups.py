"""Which equilibria share a colour and a name in a picture."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from deterrence.equilibria import Equilibria, Equilibrium
from deterrence.errors import ParameterError, UnknownName
from deterrence.profiles import ProfileEquilibrium

__all__ = ["Group", "distinct", "everyone", "grouped", "outcome_of", "sliced_outcomes"]

WAYS = ("name", "outcome", "each")
SHORT = 24
LONG = 240


@dataclass(frozen=True)
class Group:
    """Equilibria that are shown as one.

    Attributes
    ----------
    name : str
    members : tuple of Equilibrium
    detail : str
        What the name stands for, where it is only a number.
    """

    name: str
    members: tuple[Equilibrium, ...]
    detail: str = ""


def everyone(equilibria: Any, subject: str, knife_edges: bool = False) -> tuple[Equilibrium, ...]:
    """The equilibria of an answer, or of any collection.

    Raises
    ------
    ParameterError
        If there is none to draw.
    """
    found = tuple(equilibria)
    if knife_edges and isinstance(equilibria, Equilibria):
        found += equilibria.knife_edges
    if not found:
        raise ParameterError(subject=subject, wanted="an equilibrium or more to draw", got="none")
    return found


def sliced_outcomes(equilibrium: Equilibrium, values: Mapping[sp.Symbol, Any]) -> dict[str, sp.Expr]:
    """The probability of each outcome with everything filled in that does not vary."""
    if isinstance(equilibrium, ProfileEquilibrium):
        return {o: sp.sympify(p).subs(dict(values)) for o, p in equilibrium.every_outcome.items()}
    return dict(replace(equilibrium.assessment, weights={}).substitute(values).outcomes)


def outcome_of(equilibrium: Equilibrium, outcome: str, values: Mapping[sp.Symbol, Any]) -> sp.Expr:
    """The probability of one outcome - in a game of levels or offers, a level or share - with values filled in.

    Raises
    ------
    UnknownName
        If there is no such outcome.
    """
    if isinstance(equilibrium, ProfileEquilibrium):
        return equilibrium.game.assumptions.expand(equilibrium.quantity(outcome)).subs(dict(values))
    if outcome not in equilibrium.game.outcomes:
        raise UnknownName(
            subject=f'Game "{equilibrium.game.name}"', wanted="an outcome", got=outcome, known=equilibrium.game.outcomes
        )
    return sliced_outcomes(equilibrium, values)[outcome]


def grouped(members: Iterable[Equilibrium], values: Mapping[sp.Symbol, Any], by: str | None) -> tuple[Group, ...]:
    """Put together what carries one name, or what has the same outcomes.

    Parameters
    ----------
    members : iterable of Equilibrium
    values : mapping
        What is held fixed.
    by : {"name", "outcome", "each"} or None
        None takes names where every equilibrium has one, and outcomes otherwise; of games without a
        tree, what is chosen.
    """
    members = tuple(members)
    if by is not None and by not in WAYS:
        raise UnknownName(subject="by", wanted="a way to group equilibria", got=by, known=WAYS)
    forms = any(isinstance(e, ProfileEquilibrium) for e in members)
    way = by or ("name" if forms or all(e.name for e in members) else "outcome")
    if way == "each":
        return tuple(Group(e.title, (e,)) for e in members)
    found: dict[Any, list[Equilibrium]] = {}
    for e in members:
        found.setdefault(_called(e) if way == "name" else _played(e, values), []).append(e)
    if way == "name":
        return tuple(Group(str(name), tuple(group)) for name, group in found.items())
    return tuple(Group(_words(group), tuple(group)) for group in found.values())


def _called(equilibrium: Equilibrium) -> str:
    """The name; of the roots of one equation, of which the condition says that one exists, where the levels lie."""
    if isinstance(equilibrium, ProfileEquilibrium) and equilibrium.evidence and not equilibrium.name:
        places = equilibrium.facts.get("places", {})
        if "interior" in places.values() and equilibrium.how_known == "exact":
            return "; ".join(f"{level}: {place}" for level, place in places.items())
    return str(equilibrium.title)


def _played(equilibrium: Equilibrium, values: Mapping[sp.Symbol, Any]) -> tuple[Any, ...]:
    """What distinguishes outcomes: probabilities, or for a family which outcomes can occur."""
    found = sliced_outcomes(equilibrium, values)
    free = set(equilibrium.free)
    return tuple((o, "free" if p.free_symbols & free else p) for o, p in found.items() if p != 0)


def _words(group: list[Equilibrium]) -> str:
    """The names in a group; of nameless ones the outcomes that can occur."""
    names = list(dict.fromkeys(e.name for e in group if e.name))
    if names:
        return ", ".join(names) + (" and alike" if any(not e.name for e in group) else "")
    return ", ".join(_possible(group[0]))


def _possible(equilibrium: Equilibrium) -> list[str]:
    """The outcomes with positive probability, read off the play and not computed."""
    if isinstance(equilibrium, ProfileEquilibrium):
        return [str(o) for o, p in equilibrium.outcomes.items() if p != 0] or [equilibrium.title]
    reach = equilibrium.assessment._reach
    ends = {equilibrium.game.positions[v].node.name for (v, types) in reach if equilibrium.game.prior[types] != 0}  # type: ignore[union-attr]
    return [o for o in equilibrium.game.outcomes if o in ends]


def distinct(groups: Iterable[Group]) -> tuple[Group, ...]:
    """Groups under names that differ; what is long or stands twice gets a number, and its name as detail."""
    groups = tuple(groups)
    names = [g.name for g in groups]
    numbers = iter(range(1, len(groups) + 1))
    return tuple(
        g
        if names.count(g.name) == 1 and (len(g.name) <= SHORT or any(e.name for e in g.members))
        else Group(f"E{next(numbers)}", g.members, textwrap.shorten(g.name, LONG, placeholder=" ..."))
        for g in groups
    )
