"""All that is known of a game that has no tree: symmetric games, continuous games, bargaining, coalitions.

The answer shares the face of the others - `at`, `covers`, counts, provenance - and says what was left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import sympy as sp

from deterrence.equilibria import Equilibria, Provenance, Undecided, checked_point
from deterrence.errors import ConceptError, PointError
from deterrence.numbers import exact_number
from deterrence.profile import ProfileEquilibrium, only_of_trees
from deterrence.profile_limits import number
from deterrence.regions import Verdict
from deterrence.regions.region import TIME_LIMIT
from deterrence.versions import versions

__all__ = ["FormEquilibria", "answer", "point_of", "provenance"]


@dataclass(frozen=True)
class FormEquilibria(Equilibria):
    """All that is known of a game without a tree.

    Attributes
    ----------
    notes : tuple of str
        What the search left out; it then says "not complete".
    """

    notes: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nothing was left out, off the knife-edges."""
        return not self.undecided and not any("not complete" in n and "on knife-edges" not in n for n in self.notes)

    def at(self, point: Mapping[Any, Any]) -> FormEquilibria:
        """What exists at one point, with the parameters filled in, also a number of players that is a symbol.

        Raises
        ------
        PointError
            If the point breaks an assumption or leaves out a parameter that is needed.
        """
        for n in (s for s in number(self.game) if s in point or s.name in point):
            rest = {key: value for key, value in point.items() if str(key) != n.name}
            return self._sized(players_at(self.game, point[n if n in point else n.name])).at(rest)
        self._require_inside(point)
        try:
            generic = [x for e in self.generic for x in _all(e, point)]
            edges = [x for e in self.knife_edges for x in _all(e, point)]
        except PointError:
            self._require(point)
            raise
        return replace(self, generic=tuple(generic), knife_edges=tuple(edges))

    def _sized(self, players: int) -> FormEquilibria:
        """The same with that number of players, where the game leaves it a symbol."""
        generic, edges = (
            tuple(cast(Any, e).sized(players) for e in group) for group in (self.generic, self.knife_edges)
        )
        return replace(self, game=cast(Any, self.game).sized(players), generic=generic, knife_edges=edges)

    def covers(self, *, seconds: float = TIME_LIMIT) -> Verdict:
        """Whether at least one equilibrium exists wherever the assumptions hold.

        Proved by records whose condition is exact alone; where others may exist it stays undecided.
        """
        everything: list[Any] = [*self.generic, *self.knife_edges]
        sure = self._outside.covers(*(e.condition for e in everything if e.how_known == "exact"), seconds=seconds)
        if sure.proved:
            return sure
        wide = self._outside.covers(*(e.condition for e in everything), seconds=seconds)
        if not wide.refuted:
            reason = "some conditions are not exact: they may be wider than where the equilibria exist"
            return wide if wide.undecided else Verdict.unknown(reason, tried=wide.tried, seconds=wide.seconds)
        if not self.complete:
            reason = "the answer is not complete: where none of the equilibria found exists, others may"
            return Verdict.unknown(reason, tried=wide.tried, seconds=wide.seconds)
        return wide

    def to_json(self) -> dict[str, Any]:
        """Plain data for other programs."""
        from deterrence.views.forms import answer_json

        return answer_json(self)

    def latex(self) -> str:
        """The table of equilibria as LaTeX."""
        from deterrence.views.forms import answer_latex

        return answer_latex(self)

    def _repr_html_(self) -> str:
        from deterrence.views.forms import answer_html

        return answer_html(self)

    def save(self, path: str | Path) -> None:
        """Of trees and tables only: payoffs of the other forms may be functions, which no file holds.

        Raises
        ------
        ConceptError
            Always.
        """
        raise only_of_trees(self.game, "save", "to_json() is plain data for other programs; keep the game's own file")

    @classmethod
    def load(cls, path: str | Path) -> Equilibria:
        """Of trees and tables only; see `save`.

        Raises
        ------
        ConceptError
            Always.
        """
        raise ConceptError(
            subject="load", wanted="the answer of a tree or a table", got=f"FormEquilibria.load({str(path)!r})",
            hint="use dt.Equilibria.load; games of the other forms are solved again",
        )  # fmt: skip

    def __str__(self) -> str:
        lines = [f"{self.game.name}: {self.provenance.concept} equilibria"]
        lines += [] if self.assumed is None else [f"assuming also {self.assumed}"]
        lines += [str(e) for e in self.generic] or ["none"]
        if self.knife_edges:
            lines += ["Knife-edges:", *map(str, self.knife_edges)]
        return "\n".join([*lines, *(f"undecided: {u}" for u in self.undecided), *self.notes])


def _all(equilibrium: Any, point: Mapping[Any, Any]) -> tuple[Any, ...]:
    return tuple(equilibrium.all_at(point))


def players_at(game: Any, value: Any) -> int:
    """A number of players that a point gives."""
    found = exact_number(value, f"{game.subject}, number of players")
    if not found.is_Integer or found < 2:
        raise PointError(subject=game.subject, wanted="a whole number of players, 2 or more", got=repr(value))
    return int(found)


def point_of(game: Any, at: Mapping[Any, Any]) -> dict[sp.Symbol, sp.Rational]:
    """An exact point that breaks none of the assumptions of a game of any form."""
    return checked_point(game, at)


def answer(
    game: Any,
    records: Iterable[ProfileEquilibrium],
    made: Provenance,
    *,
    undecided: Iterable[Undecided] = (),
    notes: Iterable[str] = (),
) -> FormEquilibria:
    """The whole answer: knife-edges kept apart, records counted by status."""
    found: list[Any] = list(records)
    return FormEquilibria(
        game=game,
        generic=tuple(e for e in found if e.status != "knife-edge"),
        knife_edges=tuple(e for e in found if e.status == "knife-edge"),
        undecided=tuple(undecided),
        counts=dict(Counter(e.status for e in found)),
        provenance=made,
        notes=tuple(notes),
    )


def provenance(concept: str, conditions: str, method: str, seconds: float) -> Provenance:
    """How an answer of these forms came about."""
    return Provenance(concept, "free", conditions, method, seconds, versions())
