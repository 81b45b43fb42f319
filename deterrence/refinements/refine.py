"""Refining an answer: where each equilibrium survives a criterion, surprise by surprise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import overload

from deterrence.equilibria import Equilibria, Equilibrium, Undecided, entries_named
from deterrence.errors import ConceptError, UnknownName
from deterrence.games import ExtensiveGame
from deterrence.refinements.criteria import CRITERIA
from deterrence.refinements.surprises import Signal, signals, surprises
from deterrence.regions import Region
from deterrence.solvers.clock import Clock

__all__ = ["Refined", "Refinement", "refine"]


@dataclass(frozen=True)
class Refined:
    """What a criterion leaves of one equilibrium.

    Attributes
    ----------
    equilibrium : Equilibrium
    system : Region
        Where it survives, over the parameters and what the equilibrium leaves free.
    surprises : tuple of Signal
        The signals that nobody sends in it; without any nothing is asked, and it survives.
    """

    equilibrium: Equilibrium
    system: Region
    surprises: tuple[Signal, ...]

    @property
    def survives(self) -> Region:
        """The part of its condition on which it survives (a family: on which some member does)."""
        return self.system.eliminate(*self.equilibrium.free).simplify()

    @property
    def fails(self) -> Region:
        """The part of its condition on which it does not."""
        return (self.equilibrium.condition & ~self.survives).simplify()

    def __str__(self) -> str:
        return f"{self.equilibrium.title}\n  survives where {self.survives}\n  fails where {self.fails}"


@dataclass(frozen=True)
class Refinement(Sequence[Refined]):
    """The answer to `refine`: one entry an equilibrium, knife-edges last.

    Attributes
    ----------
    criterion : str
    equilibria : Equilibria
        What was refined.
    entries : tuple of Refined
    undecided : tuple of Undecided
        Equilibria that the time limit left out.
    """

    criterion: str
    equilibria: Equilibria
    entries: tuple[Refined, ...]
    undecided: tuple[Undecided, ...] = ()

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Refined]:
        return iter(self.entries)

    @overload
    def __getitem__(self, key: int | str) -> Refined: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Refined, ...]: ...
    def __getitem__(self, key: int | str | slice) -> Refined | tuple[Refined, ...]:
        return self.named(key)[0] if isinstance(key, str) else self.entries[key]

    def named(self, name: str) -> tuple[Refined, ...]:
        """The entries of the equilibria of that name.

        Raises
        ------
        UnknownName
            With the nearest matches.
        """
        return entries_named(self.entries, name, "refinement")

    @property
    def survivors(self) -> Equilibria:
        """The same answer with each equilibrium where it survives; those that nowhere do are dropped."""
        kept = {id(e.equilibrium): left for e in self.entries if (left := _survivor(e)) is not None}
        groups = (self.equilibria.generic, self.equilibria.knife_edges)
        generic, edges = (tuple(kept[id(e)] for e in group if id(e) in kept) for group in groups)
        made = replace(self.equilibria.provenance, beliefs=f"{self.equilibria.provenance.beliefs}; {self.criterion}")
        undecided = (*self.equilibria.undecided, *self.undecided)
        return replace(self.equilibria, generic=generic, knife_edges=edges, provenance=made, undecided=undecided)

    def __str__(self) -> str:
        open_ = (f"undecided: {u}" for u in self.undecided)
        return "\n".join([f"{self.criterion} (Cho and Kreps 1987)", *map(str, self.entries), *open_])


def refine(equilibria: Equilibria, criterion: str = "D1", *, time_limit: float | None = None) -> Refinement:
    """Ask where each equilibrium of a signalling game survives a criterion for off-path beliefs.

    Parameters
    ----------
    equilibria : Equilibria
        Perfect Bayesian, of a game in which just one other player has a choice left after an action
        of a player with types (what dominance settles is no choice).
    criterion : {"D1", "intuitive criterion"}
        Both after Cho and Kreps (1987).
    time_limit : float, optional
        Seconds, after which no further equilibrium is asked about; the rest is then undecided.

    Returns
    -------
    Refinement
        For each equilibrium the region where it survives and the one where it fails.

    Raises
    ------
    UnknownName
        If there is no such criterion.
    ConceptError
        If the answer is not a perfect Bayesian one, stands at a point, or the game has no signals of this form.

    Examples
    --------
    >>> import deterrence as dt
    >>> eqs = dt.load("unilateral_deterrence").solve()
    >>> print(refine(eqs, "intuitive criterion")["Steadfast Deterrence"].fails)
    (a_DC - a_SQ)/(a_DC - a_CD) < p_B < (a_DC - a_SQ)/(a_DC - a_DDp)
    """
    if criterion not in CRITERIA:
        raise UnknownName(subject="refine", wanted="a criterion", got=str(criterion), known=CRITERIA)
    if not isinstance(equilibria, Equilibria) or not isinstance(equilibria.game, ExtensiveGame):
        raise ConceptError(
            subject="refine", wanted="the answer of solve for a game with a tree", got=type(equilibria).__name__
        )
    if equilibria.provenance.concept != "perfect bayesian":
        raise ConceptError(
            subject="refine", wanted='an answer of concept "perfect bayesian"', got=equilibria.provenance.concept
        )
    everything = (*equilibria.generic, *equilibria.knife_edges)
    if any(e.assessment.point for e in everything):
        raise ConceptError(
            subject="refine", wanted="the answer as solve gave it", got="an answer at a point",
            hint="refine(answer).survivors.at(point)",
        )  # fmt: skip
    known, clock = signals(equilibria.game), Clock(time_limit)
    entries, undecided = [], []
    for equilibrium in everything:
        if clock.late:
            undecided.append(Undecided(_supports(equilibrium), f"time limit of {time_limit:g} s"))
        else:
            entries.append(_refined(equilibrium, criterion, known))
    return Refinement(criterion, equilibria, tuple(entries), tuple(undecided))


def _refined(equilibrium: Equilibrium, criterion: str, known: tuple[Signal, ...]) -> Refined:
    system, unsent = equilibrium.free_range, []
    for surprise in surprises(equilibrium, known):
        system = system & CRITERIA[criterion](surprise)
        unsent.append(surprise.signal)
    return Refined(equilibrium, system.simplify(), tuple(unsent))


def _supports(equilibrium: Equilibrium) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """What is played with positive probability at each information set."""
    rows = equilibrium.strategy.items()
    return tuple((tuple(map(str, s)), tuple(a for a, p in row.items() if p != 0)) for s, row in rows)


def _survivor(entry: Refined) -> Equilibrium | None:
    where = entry.survives
    if where.is_empty().proved:
        return None
    equilibrium = entry.equilibrium
    return replace(equilibrium, condition=where, system=(equilibrium.system & entry.system).simplify())
