"""The answer: equilibria as frozen records that say how they are known.

An `Equilibrium` is a behaviour strategy with beliefs and the exact region of parameters where it
is one.  `Equilibria` is the whole answer to one question: what exists generically, what exists
only on knife-edges, what stayed undecided, and how the search went.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar, overload

import sympy as sp

from deterrence.assumptions import conjuncts
from deterrence.equilibrium import NOT_SAID, STATUSES, Equilibrium, Provenance, Undecided, checked_point
from deterrence.errors import ContradictoryAssumptions, PointError, UnknownName
from deterrence.games import ExtensiveGame
from deterrence.notation import parse_condition
from deterrence.readonly import Table
from deterrence.regions import Region, Verdict
from deterrence.regions.region import TIME_LIMIT

if TYPE_CHECKING:
    from deterrence.claims import ClaimResult
    from deterrence.statics import Line

__all__ = ["STATUSES", "Equilibria", "Equilibrium", "Provenance", "Undecided", "checked_point", "entries_named"]


class _AboutOne(Protocol):
    @property
    def equilibrium(self) -> Equilibrium: ...


Entry = TypeVar("Entry", bound=_AboutOne)


@dataclass(frozen=True)
class Equilibria(Sequence[Equilibrium]):
    """All that is known of a game under one concept.

    Iterating gives the generic equilibria: isolated ones and families.  Knife-edges, which need
    an equation among the parameters, are kept apart in `knife_edges`.

    Attributes
    ----------
    game : ExtensiveGame
    generic, knife_edges : tuple of Equilibrium
    undecided : tuple of Undecided
        Empty exactly when the answer is complete.
    counts : mapping of str to int
        How many profiles of supports ended how.
    provenance : Provenance
    assumed : Region, optional
        What `assume` added to the game's own assumptions.
    """

    game: ExtensiveGame
    generic: tuple[Equilibrium, ...]
    knife_edges: tuple[Equilibrium, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict, hash=False)
    provenance: Provenance = NOT_SAID
    assumed: Region | None = None

    def __post_init__(self) -> None:
        """Make the counts read-only."""
        object.__setattr__(self, "counts", Table(self.counts, "counts", "how profiles of supports ended"))

    @property
    def complete(self) -> bool:
        """Whether every profile of supports was settled."""
        return not self.undecided

    def __len__(self) -> int:
        return len(self.generic)

    def __iter__(self) -> Iterator[Equilibrium]:
        return iter(self.generic)

    @overload
    def __getitem__(self, key: int | str) -> Equilibrium: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Equilibrium, ...]: ...
    def __getitem__(self, key: int | str | slice) -> Equilibrium | tuple[Equilibrium, ...]:
        if isinstance(key, str):
            return self.named(key)[0]
        if isinstance(key, int) and not -len(self.generic) <= key < len(self.generic):
            count = len(self.generic)
            known = f"0 to {count - 1}" if count else "none: nothing exists off the knife-edges"
            raise IndexError(f'Equilibria of "{self.game.name}": wanted a number among {known}, got {key}')
        return self.generic[key]

    def named(self, name: str) -> tuple[Equilibrium, ...]:
        """The equilibria of that name (a published name may cover several supports).

        Raises
        ------
        UnknownName
            With the nearest matches.
        """
        found = tuple(e for e in self.generic if name in (e.name, e.title))
        if not found:
            names = dict.fromkeys(e.name for e in self.generic if e.name)
            hint = "" if names else "none has a name: a Model gives names; use a number, or the title of one"
            raise UnknownName(
                subject=f'Game "{self.game.name}"', wanted="an equilibrium's name", got=name, known=names, hint=hint
            )
        return found

    def at(self, point: Mapping[Any, Any]) -> Equilibria:
        """What exists at one point, with the parameters filled in; families keep their free symbols.

        Raises
        ------
        PointError
            If the point breaks an assumption or leaves out a parameter that is needed.
        """
        self._require_inside(point)
        try:
            found = [e.at(point) for e in self.generic]
            edges = [e.at(point) for e in self.knife_edges]
        except PointError:
            self._require(point)
            raise
        return replace(
            self,
            generic=tuple(e for e in found if e is not None),
            knife_edges=tuple(e for e in edges if e is not None),
        )

    def _require(self, point: Mapping[Any, Any]) -> None:
        """Say which parameters have no value: all of them, not those of the first condition alone."""
        given, known = checked_point(self.game, point), self.game.assumptions
        used = {s for e in (*self.generic, *self.knife_edges) for s in getattr(e, "needed", e.condition.symbols)}
        missing = [s for s in known.symbols if s in used and s not in given]
        if missing:
            example = ", ".join(f'"{s}": {"..." if known[s].sample is None else known[s].sample}' for s in missing)
            raise PointError(
                subject=f'Game "{self.game.name}"',
                wanted=f"a value for {', '.join(map(str, missing))}",
                got=", ".join(map(str, given)) or "none",
                hint=f"add {example}",
            ) from None

    def across(self, outcome: str, wrt: Any, at: Mapping[Any, Any] | None = None) -> Line:
        """Follow the probability of an outcome as a parameter crosses from one equilibrium to another.

        Parameters
        ----------
        outcome : str
        wrt : sympy.Symbol or str
            The independent parameter that varies.
        at : mapping
            Exact values of all other parameters that matter.

        Returns
        -------
        Line
            What each equilibrium predicts on which interval, and the jumps between them.

        Raises
        ------
        UnknownName, ParameterError, PointError
            For an outcome that the game does not have, a parameter that others settle, a missing value.

        Examples
        --------
        >>> import deterrence as dt
        >>> model = dt.load("zagare_kilgour_2000/rudimentary_asymmetric_deterrence")
        >>> print(model.solve().across("Conflict", "p_B", model.sample_point()))
        Conflict as p_B varies:
          (0, 1/3]: Challenge, p_B
          [1/3, 1): Deterrence, 0
          at 1/3: Challenge 1/3 -> Deterrence 0
        """
        from deterrence.statics import across

        return across(self.generic, outcome, wrt, at)

    def covers(self, *, seconds: float = TIME_LIMIT) -> Verdict:
        """Whether at least one equilibrium exists wherever the assumptions hold; undecided after so many seconds."""
        verdict = self._outside.covers(*(e.condition for e in (*self.generic, *self.knife_edges)), seconds=seconds)
        if verdict.refuted and not self.complete:
            reason = "the answer is not complete: where none of the equilibria found exists, others may"
            return Verdict.unknown(reason, tried=verdict.tried, seconds=verdict.seconds)
        return verdict

    @property
    def _outside(self) -> Region:
        """What `assume` rules out."""
        return Region.nothing(self.game.assumptions) if self.assumed is None else ~self.assumed

    def _require_inside(self, point: Mapping[Any, Any]) -> None:
        """Refuse a point that breaks what was assumed of the answer."""
        if self.assumed is None:
            return
        exact = checked_point(self.game, point)
        if not self.assumed.contains(exact):
            values = ", ".join(f"{s} = {exact[s]}" for s in self.assumed.symbols)
            raise PointError(
                subject=f'Game "{self.game.name}"', wanted=f"a point with {self.assumed}", got=values,
                hint="choose values inside",
            )  # fmt: skip

    def assume(self, *relations: Any) -> Self:
        """The same answer under more assumptions, which it remembers; what they rule out is dropped.

        Parameters
        ----------
        relations : SymPy relations, or text such as "p_B > 1/2"

        Raises
        ------
        ParameterError, UnknownParameter
            If one is no relation between parameters of the game.
        ContradictoryAssumptions
            If no point satisfies all assumptions together.
        """
        extra = Region(sp.And(*self._relations(relations)), self.game.assumptions)
        whole = (extra if self.assumed is None else self.assumed & extra).simplify()
        if whole.is_empty(certify=False).proved:
            raise ContradictoryAssumptions(
                subject=f'Game "{self.game.name}"',
                wanted="assumptions that can hold together",
                got=f"{', '.join(map(str, relations))} with {', '.join(filter(None, self.assumptions))}",
            )

        def kept(group: tuple[Equilibrium, ...]) -> tuple[Equilibrium, ...]:
            cut = [replace(e, condition=(e.condition & extra).simplify()) for e in group]
            return tuple(e for e in cut if not e.condition.is_empty().proved)

        return replace(self, generic=kept(self.generic), knife_edges=kept(self.knife_edges), assumed=whole)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """All that is assumed, as text: by the game, and by `assume`."""
        added = () if self.assumed is None else (str(self.assumed),)
        return (*map(str, self.game.assumptions.relations), *added)

    def _relations(self, relations: Sequence[Any]) -> list[Any]:
        """Relations as given or as text, each checked."""
        known = self.game.assumptions
        symbols = {p.name: p.symbol for p in known.parameters}
        read = [parse_condition(r, symbols) if isinstance(r, str) else r for r in relations]
        return [r if isinstance(r, sp.Or | sp.Not) else known.relation(r) for r in conjuncts(read)]

    def by_outcome(self) -> dict[tuple[tuple[str, sp.Expr], ...], tuple[Equilibrium, ...]]:
        """Group what differs only off the path: same probability of every outcome.

        Knife-edges count at a point, where what holds there holds for sure; elsewhere they are left out.
        """
        groups: dict[tuple[tuple[str, sp.Expr], ...], list[Equilibrium]] = {}
        for e in (*self.generic, *(e for e in self.knife_edges if isinstance(e, Equilibrium) and e.evaluated)):
            groups.setdefault(tuple((o, p) for o, p in e.outcomes.items() if p != 0), []).append(e)
        return {k: tuple(v) for k, v in groups.items()}

    def to_json(self) -> dict[str, Any]:
        """Plain data for other programs."""
        from deterrence.views.json import equilibria_json

        return equilibria_json(self)

    def save(self, path: str | Path) -> None:
        """Write the answer to a file that `Equilibria.load` reads."""
        from deterrence.storage import save

        save(self, Path(path))

    @classmethod
    def load(cls, path: str | Path) -> Equilibria:
        """Read an answer that `save` wrote."""
        from deterrence.storage import load

        return load(Path(path))

    def __str__(self) -> str:
        from deterrence.views.text import equilibria_text

        return equilibria_text(self)

    def latex(self) -> str:
        """The table of equilibria as LaTeX."""
        from deterrence.views.latex import equilibria_latex

        return equilibria_latex(self)

    def propositions(self, results: Iterable[ClaimResult] = ()) -> str:
        r"""Every equilibrium as a proposition of a paper, in LaTeX.

        The text needs `amsmath` and an environment `proposition`
        (``\newtheorem{proposition}{Proposition}``).

        Parameters
        ----------
        results : iterable of ClaimResult
            What was checked of this answer, such as ``model.check()``: says how a proposition is
            known where a claim is exactly that statement.
        """
        from deterrence.views.propositions import propositions_latex

        return propositions_latex(self, results)

    def _repr_latex_(self) -> str:
        return "\n\n".join(e.latex() for e in (*self.generic, *self.knife_edges))

    def _repr_html_(self) -> str:
        from deterrence.views.html import equilibria_html

        return equilibria_html(self)


def entries_named(entries: Iterable[Entry], name: str, subject: str) -> tuple[Entry, ...]:
    """The entries about an equilibrium of that name or title.

    Raises
    ------
    UnknownName
        With the nearest matches.
    """
    entries = tuple(entries)
    found = tuple(e for e in entries if name in (e.equilibrium.name, e.equilibrium.title))
    if not found:
        known = dict.fromkeys(e.equilibrium.title for e in entries)
        raise UnknownName(subject=subject, wanted="an equilibrium's name", got=name, known=known)
    return found
