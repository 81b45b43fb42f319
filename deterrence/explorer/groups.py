"""Which equilibria share a letter and a colour on the page: by name, or by what can be seen of them.

The first way is by names where every equilibrium has one, as in `deterrence.plot.regions`, and there are
not too many for colours; otherwise by outcomes.  Knife-edges, which fill no area, are in no group (-1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from deterrence.equilibria import Equilibria, Equilibrium

__all__ = ["ways"]

MOST_NAMES = 10

Data = Any  # what JSON can hold


def ways(eqs: Equilibria, shown: Sequence[Equilibrium]) -> list[Data]:
    """Each way to group: its name, the groups with letter and title, and the group of each equilibrium."""
    edges = {id(e) for e in eqs.knife_edges}
    generic = [e for e in shown if id(e) not in edges]
    keys: dict[str, Callable[[Equilibrium], Any]] = {"name": lambda e: e.title, "outcome": _outcomes}
    names = {e.name for e in generic}
    order = ["name", "outcome"] if "" not in names and len(names) <= MOST_NAMES else ["outcome", "name"]
    return [_grouped(way, keys[way], shown, edges) for way in order]


def _grouped(way: str, key: Callable[[Equilibrium], Any], shown: Sequence[Equilibrium], edges: set[int]) -> Data:
    found: dict[Any, list[Equilibrium]] = {}
    for e in shown:
        if id(e) not in edges:
            found.setdefault(key(e), []).append(e)
    places = {k: place for place, k in enumerate(found)}
    groups = [{"letter": _letter(place), "title": _title(group)} for place, group in enumerate(found.values())]
    return {"way": way, "groups": groups, "members": [-1 if id(e) in edges else places[key(e)] for e in shown]}


def _outcomes(e: Equilibrium) -> Any:
    return tuple((o, p) for o, p in e.outcomes.items() if p != 0)


def _title(group: Sequence[Equilibrium]) -> str:
    """The names in a group; of nameless ones the outcomes that can occur."""
    names = list(dict.fromkeys(e.name for e in group if e.name))
    if names:
        return " / ".join(names) if len(names) < 3 else f"{names[0]} and {len(names) - 1} more"
    return _or(name for name, _ in _outcomes(group[0]))


def _or(names: Iterator[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def _letter(k: int) -> str:
    return chr(ord("A") + k) if k < 26 else f"{_letter(k // 26 - 1)}{_letter(k % 26)}"
