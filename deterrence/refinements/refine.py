"""Refining an answer: where each equilibrium survives a criterion, surprise by surprise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import overload

from deterrence.equilibria import Equilibria, Equilibrium, entries_named
from deterrence.errors import ConceptError, UnknownName
from deterrence.games import ExtensiveGame
from deterrence.refinements.criteria import CRITERIA
from deterrence.refinements.surprises import Signal, signals, surprises
from deterrence.regions import Region

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
    """

    criterion: str
    equilibria: Equilibria
    entries: tuple[Refined, ...]

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
        return replace(self.equilibria, generic=generic, knife_edges=edges, provenance=made)

    def __str__(self) -> str:
        return "\n".join([f"{self.criterion} (Cho and Kreps 1987)", *map(str, self.entries)])


def refine(equilibria: Equilibria, criterion: str = "D1") -> Refinement:
    """Ask where each equilibrium of a signalling game survives a criterion for off-path beliefs.

    Parameters
    ----------
    equilibria : Equilibria
        Perfect Bayesian, of a game in which just one other player has a choice left after an action
        of a player with types (what dominance settles is no choice).
    criterion : {"D1", "intuitive criterion"}
        Both after Cho and Kreps (1987).

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
    known = signals(equilibria.game)
    return Refinement(criterion, equilibria, tuple(_refined(e, criterion, known) for e in everything))


def _refined(equilibrium: Equilibrium, criterion: str, known: tuple[Signal, ...]) -> Refined:
    system, unsent = equilibrium.free_range, []
    for surprise in surprises(equilibrium, known):
        system = system & CRITERIA[criterion](surprise)
        unsent.append(surprise.signal)
    return Refined(equilibrium, system.simplify(), tuple(unsent))


def _survivor(entry: Refined) -> Equilibrium | None:
    where = entry.survives
    if where.is_empty().proved:
        return None
    equilibrium = entry.equilibrium
    return replace(equilibrium, condition=where, system=(equilibrium.system & entry.system).simplify())
