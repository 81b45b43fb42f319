"""A map before it is drawn: the plane cut into cells, who exists in each, and the boundaries by their equation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.equilibria import Equilibria, Equilibrium
from deterrence.errors import ParameterError
from deterrence.plot.cells import Cells, Line
from deterrence.plot.equations import equation_of, equations
from deterrence.plot.extent import widened
from deterrence.plot.groups import Group, distinct, everyone, grouped
from deterrence.plot.inputs import answer_of, point_of
from deterrence.plot.plane import Plane, Window, require, window
from deterrence.regions import Region
from deterrence.regions.logic import Formula, disjunction, literals

__all__ = ["DOMAIN", "EDGE", "Chart", "chart", "excluded", "samples"]

DOMAIN = "admissible"
EDGE = "knife-edge"


@dataclass(frozen=True)
class Chart:
    """A map before it is drawn: who exists where, exactly.

    Attributes
    ----------
    plane : Plane
    groups : tuple of Group
    cells : Cells
        Its members are indices of groups, "admissible", and "knife-edge".
    throughout : tuple of int
        Groups that exist wherever the assumptions hold in the window.
    labels : dict of str to list of Line
        The boundaries by their equation.
    used : frozenset of sympy.Symbol
        The parameters on which the conditions rest.
    """

    plane: Plane
    groups: tuple[Group, ...]
    cells: Cells
    throughout: tuple[int, ...]
    labels: dict[str, list[Line]]
    used: frozenset[sp.Symbol]

    def sets(self) -> list[frozenset[int]]:
        """The combinations of equilibria that occur, those that exist throughout left out."""
        found = {s.members for s in self.cells.strips if DOMAIN in s.members}
        return sorted({self.shown(m) for m in found}, key=lambda m: (len(m), sorted(m)))

    def shown(self, members: frozenset[Any]) -> frozenset[int]:
        """The groups among what holds in a cell, without those that exist throughout."""
        return frozenset(m for m in members if isinstance(m, int) and m not in self.throughout)


def chart(
    equilibria: Any,
    x: Any,
    y: Any,
    at: Mapping[Any, Any] | str | None = None,
    *,
    x_range: tuple[Any, Any] | None = None,
    y_range: tuple[Any, Any] | None = None,
    by: str | None = None,
    knife_edges: bool = True,
) -> Chart:
    """Cut the plane into the cells where each equilibrium exists; see `regions` for the arguments."""
    equilibria = answer_of(equilibria, "Map of equilibria")
    members = everyone(equilibria, "Map of equilibria")
    game = members[0].game
    subject = f'Map of "{game.name}"'
    plane = Plane.of(subject, game.assumptions, x, y, point_of(game.assumptions, at, subject))
    edges = equilibria.knife_edges if knife_edges and isinstance(equilibria, Equilibria) else ()
    require(subject, plane.assumptions, plane.missing(e.condition for e in (*members, *edges)))
    cut = _Cutter(plane)
    groups, unions = _present(grouped(members, plane.values(), by), cut)
    formulas: dict[Any, Formula] = dict(enumerate(unions))
    formulas[DOMAIN] = plane.formula(Region.everything(game.assumptions))
    if edges:
        formulas[EDGE] = cut.union(edges)
    spans = _spans(subject, plane, (x_range, y_range), [e.condition for e in members])
    cells = Cells(plane.ring, formulas, spans[0], spans[1])
    inside = [s.members for s in cells.strips if DOMAIN in s.members]
    if not inside:
        raise ParameterError(
            subject=subject, wanted="a window in which the assumptions hold somewhere", got=f"{spans[0]} x {spans[1]}"
        )
    there = frozenset().union(*inside)
    throughout = tuple(k for k in range(len(groups)) if all(k in m for m in inside))
    named = iter(distinct(g for k, g in enumerate(groups) if k in there))
    groups = tuple(next(named) if k in there else g for k, g in enumerate(groups))
    used = _used([*members, *edges])
    return Chart(plane, groups, cells, throughout, _labelled(plane, cells, [*members, *edges]), used)


def _spans(subject: str, plane: Plane, given: tuple[Any, Any], regions: list[Region]) -> list[Window]:
    """The ranges of both axes; one that is not given is wide enough for the boundaries at the samples."""
    known, axes = plane.assumptions, (plane.x, plane.y)
    spans = [window(subject, known, s, plane.values(), r) for s, r in zip(axes, given, strict=True)]
    if axes != plane.carriers:
        return spans
    samples = [known[s].sample for s in axes]
    middle = [sum(span) / 2 if v is None else v for v, span in zip(samples, spans, strict=True)]
    return [
        widened(spans[k], known, axes[k], {**plane.fixed, axes[1 - k]: middle[1 - k]}, regions)
        if given[k] is None
        else spans[k]
        for k in (0, 1)
    ]


def _used(members: list[Equilibrium]) -> frozenset[sp.Symbol]:
    """The parameters on which conditions rest."""
    return frozenset(
        s for e in members for f in literals(e.condition.formula) for s in e.condition.assumptions.ring.used(f.poly)
    )


class _Cutter:
    """Conditions in the plane; those that are the same are cut once."""

    def __init__(self, plane: Plane) -> None:
        self.plane = plane
        self.known: dict[Any, Formula] = {}

    def union(self, members: tuple[Equilibrium, ...]) -> Formula:
        """Where at least one of them exists."""
        return disjunction(*dict.fromkeys(self._one(e.condition) for e in members))

    def _one(self, region: Region) -> Formula:
        mark = (region.formula, region.assumptions, region.pending)
        if mark not in self.known:
            self.known[mark] = self.plane.formula(region)
        return self.known[mark]


def _present(groups: tuple[Group, ...], cut: _Cutter) -> tuple[tuple[Group, ...], list[Formula]]:
    """The groups that may exist in the plane, with their conditions there."""
    found = [(g, cut.union(g.members)) for g in groups]
    kept = [(g, f) for g, f in found if f is not False]
    return tuple(g for g, _ in kept), [f for _, f in kept]


def _labelled(plane: Plane, cells: Cells, members: list[Equilibrium]) -> dict[str, list[Line]]:
    """The boundaries of admissible cells by their equation."""
    lines = [line for line in cells.lines if any(DOMAIN in side for side in (*line.sides, line.on))]
    domain = Region(sp.And(*plane.assumptions.relations), plane.assumptions)
    known = equations(plane, [domain, *(e.condition for e in members)], [line.arc._poly for line in lines])
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(equation_of(plane, line.arc._poly, known), []).append(line)
    return found


def samples(found: Chart) -> dict[frozenset[int], tuple[float, float]]:
    """For every combination that occurs, a point inside the widest of its cells."""
    best: dict[frozenset[int], tuple[float, tuple[float, float]]] = {}
    for x, y, area, members in found.cells.samples():
        if DOMAIN in members:
            shown = found.shown(members)
            if shown not in best or area > best[shown][0]:
                best[shown] = (area, (x, y))
    return {shown: point for shown, (_, point) in best.items()}


def excluded(line: Line) -> bool:
    """Whether only the line itself is outside the assumptions, and the same exists on both sides."""
    first, second = line.sides
    return DOMAIN in first and first == second and DOMAIN not in line.on
