"""Which equilibria share a colour and a name in a picture."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from deterrence.equilibria import Equilibria, Equilibrium
from deterrence.errors import ParameterError, UnknownName
from deterrence.expressions import as_text
from deterrence.plot.inputs import answer_of
from deterrence.profile import ProfileEquilibrium

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
    number : int
        The place of its first member in the answer.
    """

    name: str
    members: tuple[Equilibrium, ...]
    detail: str = ""
    number: int = 0


def everyone(equilibria: Any, subject: str, knife_edges: bool = False) -> tuple[Equilibrium, ...]:
    """The equilibria of an answer, or of any collection.

    Raises
    ------
    ParameterError
        If it holds no equilibria, or there is none to draw.
    """
    equilibria = answer_of(equilibria, subject)
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
        None takes the name of each that has one, and tells the nameless apart by their outcomes; of
        games without a tree, by what is chosen.
    """
    members = tuple(members)
    place = {id(e): k for k, e in enumerate(members, 1)}
    if by is not None and by not in WAYS:
        raise UnknownName(subject="by", wanted="a way to group equilibria", got=by, known=WAYS)
    if by == "each":
        return tuple(Group(e.title, (e,), number=place[id(e)]) for e in members)
    forms = any(isinstance(e, ProfileEquilibrium) for e in members)
    found: dict[Any, list[Equilibrium]] = {}
    for e in members:
        called = by == "name" or (by is None and (forms or bool(e.name)))
        found.setdefault(_called(e) if called else _played(e, values), []).append(e)
    return tuple(
        Group(key if isinstance(key, str) else _words(group), tuple(group), number=place[id(group[0])])
        for key, group in found.items()
    )


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
        return " or ".join(names) + (" or alike" if any(not e.name for e in group) else "")
    return ", ".join(_possible(group[0]))


def _possible(equilibrium: Equilibrium) -> list[str]:
    """The outcomes with positive probability, read off the play and not computed."""
    if isinstance(equilibrium, ProfileEquilibrium):
        return [str(o) for o, p in equilibrium.outcomes.items() if p != 0] or [equilibrium.title]
    reach = equilibrium.assessment._reach
    ends = {equilibrium.game.positions[v].node.name for (v, types) in reach if equilibrium.game.prior[types] != 0}  # type: ignore[union-attr]
    return [o for o in equilibrium.game.outcomes if o in ends]


def distinct(groups: Iterable[Group]) -> tuple[Group, ...]:
    """Groups under names that differ; what is long or stands twice gets its number, and its name as detail.

    The number is that of the answer, the same in every picture of it.

    Of several that share a name the detail says what each does that the others do not.
    """
    groups = tuple(groups)
    names = [g.name for g in groups]
    plays = {k: _moves(g.members[0]) for k, g in enumerate(groups) if names.count(g.name) > 1}
    found = []
    for k, g in enumerate(groups):
        if k not in plays and (len(g.name) <= SHORT or any(e.name for e in g.members)):
            found.append(g)
            continue
        alike = [play for j, play in plays.items() if names[j] == g.name]
        detail = textwrap.shorten(_told_apart(g, plays.get(k, {}), alike), LONG, placeholder=" ...")
        found.append(replace(g, name=f"E{g.number}", detail=detail))
    return tuple(found)


def _told_apart(group: Group, own: Mapping[str, str], alike: list[dict[str, str]]) -> str:
    """The name of a group, with the moves at which it differs from others of that name."""
    differing = [f"{move}: {play}" for move, play in own.items() if len({p.get(move) for p in alike}) > 1]
    first = group.members[0]
    named = first.name or isinstance(first, ProfileEquilibrium)  # else the words of play, without expressions
    head = group.name if first.name or not differing else ""
    head = head if named else _said(head)
    return " - ".join(part for part in (head, "; ".join(differing)) if part)


def _moves(equilibrium: Equilibrium) -> dict[str, str]:
    """What is played at each move, in words; a mixture with its probabilities."""
    if isinstance(equilibrium, ProfileEquilibrium):
        return {str(place): str(chosen) for place, chosen in equilibrium.strategy.items()}
    found = {}
    for place, row in equilibrium.strategy.items():
        words = ", ".join(_said(a) if p == 1 else f"{_said(a)} with {as_text(p)}" for a, p in row.items() if p != 0)
        found[" ".join(str(part) for part in (*place[1:-1], place[0], place[-1]))] = words
    return found


def _said(words: Any) -> str:
    """Labels and actions as the tree writes them."""
    return re.sub(r"_(?!\w)", "", str(words)).replace("_", " ")
