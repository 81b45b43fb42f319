"""The answer: equilibria as frozen records that say how they are known.

An `Equilibrium` is a behaviour strategy with beliefs and the exact region of parameters where it
is one.  `Equilibria` is the whole answer to one question: what exists generically, what exists
only on knife-edges, what stayed undecided, and how the search went.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import sympy as sp

from deterrence.assessments import Assessment, describe, kinds_of
from deterrence.errors import PointError, UnknownName
from deterrence.games import ExtensiveGame
from deterrence.regions import Region, Verdict

if TYPE_CHECKING:
    from deterrence.claims import ClaimResult
    from deterrence.derivation import Derivation

STATUSES = ("isolated", "family", "knife-edge")


@dataclass(frozen=True)
class Provenance:
    """How an answer came about."""

    concept: str
    beliefs: str
    conditions: str
    method: str
    seconds: float
    versions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Undecided:
    """A profile of supports that could not be settled, and what was tried."""

    supports: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    reason: str

    def __str__(self) -> str:
        moves = "; ".join(f"{', '.join(s)}: {' or '.join(a)}" for s, a in self.supports)
        return f"{moves or 'all remaining profiles'} - {self.reason}"


@dataclass(frozen=True)
class Equilibrium:
    """One equilibrium, or one family of them, with the exact condition under which it exists.

    Attributes
    ----------
    game : ExtensiveGame
    assessment : Assessment
        Strategies and beliefs; also reached as `strategy`, `beliefs`, `outcomes`, `payoffs`.
    condition : Region
        Where it exists, over the game's parameters: exact for this support (mixing strictly
        inside), so the closure adds the boundary.
    system : Region
        The same before free probabilities and beliefs were eliminated.
    status : {"isolated", "family", "knife-edge"}
        A family has free probabilities; a knife-edge needs an equation among the parameters.
    name : str
        The published name, if the model gives one.
    """

    game: ExtensiveGame
    assessment: Assessment
    condition: Region
    system: Region
    status: str = "isolated"
    name: str = ""

    @property
    def strategy(self) -> Mapping[Any, Mapping[str, sp.Expr]]:
        """Probability of each action at each information set."""
        return self.assessment.strategy

    @property
    def beliefs(self) -> Mapping[Any, Mapping[Any, sp.Expr]]:
        """Probability of each history at each information set with several."""
        return self.assessment.beliefs

    @property
    def outcomes(self) -> Mapping[str, sp.Expr]:
        """Probability of each outcome."""
        return self.assessment.outcomes

    @property
    def payoffs(self) -> Mapping[Any, sp.Expr]:
        """Expected payoff of each player, and of each ``player, type``."""
        return self.assessment.payoffs

    def posterior(self, player: str, label: str) -> dict[str, dict[Any, sp.Expr]]:
        """What `player` believes at `label` of each other player's type (seen by any of its types)."""
        return self.assessment.posterior(player, label)

    @cached_property
    def kind(self) -> dict[tuple[str, str], str]:
        """What the types of a player do at a label: separating, pooling on ..., semi-separating."""
        return kinds_of(self.assessment)

    @property
    def free(self) -> tuple[sp.Symbol, ...]:
        """A family's free probabilities."""
        return self.assessment.free

    @property
    def free_beliefs(self) -> tuple[sp.Symbol, ...]:
        """Off-path beliefs that the equilibrium leaves open within `system`."""
        return self.assessment.free_beliefs

    @cached_property
    def free_range(self) -> Region:
        """Which values the free probabilities can take, at which parameters."""
        return self.system.eliminate(*self.free_beliefs).simplify() if self.free_beliefs else self.system.simplify()

    @property
    def range_known(self) -> bool:
        """Whether `free_range` was found already, so that asking for it costs nothing."""
        return "free_range" in vars(self)

    def with_range(self, known: Region) -> Equilibrium:
        """The same equilibrium, which knows its `free_range`."""
        same = replace(self)
        vars(same)["free_range"] = known
        return same

    @cached_property
    def closure(self) -> Region:
        """The condition with its boundary."""
        return self.condition.closure

    @property
    def how_known(self) -> str:
        """Always "exact": nothing here was computed with floats."""
        return "exact"

    @cached_property
    def title(self) -> str:
        """The name, or what the equilibrium does."""
        return self.name or describe(self.assessment)

    def derivation(self) -> Derivation:
        """The incentive constraint at each information set, step by step; prints as a text."""
        from deterrence.derivation import derive

        return derive(self)

    def at(self, point: Mapping[Any, Any]) -> Equilibrium | None:
        """The equilibrium with parameters filled in; None where it does not exist.

        Raises
        ------
        PointError
            If the point breaks the assumptions or leaves out a parameter that is needed.
        """
        exact = checked_point(self.game, point)
        if not self.condition.contains(exact):
            return None
        return replace(self, assessment=self.assessment.substitute(exact), system=self.system.at(exact))

    def assessment_at(self, point: Mapping[Any, Any]) -> Assessment:
        """A complete numeric assessment: free probabilities and beliefs filled in by exact numbers.

        Raises
        ------
        PointError
            If the equilibrium does not exist there.
        """
        exact = checked_point(self.game, point)
        inside = self.system.at(exact)
        verdict = inside.witness()
        if not self.condition.contains(exact) or verdict is None:
            raise PointError(subject=f"equilibrium {self.title}", wanted="a point where it exists", got=str(exact))
        return self.assessment.substitute({**exact, **verdict}).settled()

    def derivative(self, outcome: str, wrt: Any) -> sp.Expr:
        """How the probability of an outcome changes with a parameter, within this equilibrium."""
        return sp.factor(sp.diff(self.outcomes[outcome], self.game.assumptions.resolve(wrt)))

    def sign(self, outcome: str, wrt: Any) -> Any:
        """Whether an outcome becomes more or less likely with a parameter, throughout the condition."""
        from deterrence.statics import sign

        where = self.system if self.free else self.condition  # a family's outcomes contain its free probabilities
        return sign(self.outcomes[outcome], self.game.assumptions.resolve(wrt), where)

    def __str__(self) -> str:
        from deterrence.views.text import equilibrium_text

        return equilibrium_text(self)

    def latex(self) -> str:
        """The equilibrium as LaTeX."""
        from deterrence.views.latex import equilibrium_latex

        return equilibrium_latex(self)

    def proposition(self, concept: str = "perfect bayesian") -> str:
        """The equilibrium as a proposition of a paper, in LaTeX; see `Equilibria.propositions`."""
        from deterrence.views.propositions import proposition_latex

        return proposition_latex(self, concept)

    def _repr_latex_(self) -> str:
        return self.latex()

    def _repr_html_(self) -> str:
        from deterrence.views.html import equilibrium_html

        return equilibrium_html(self)


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
    """

    game: ExtensiveGame
    generic: tuple[Equilibrium, ...]
    knife_edges: tuple[Equilibrium, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict, hash=False)
    provenance: Provenance = Provenance("", "", "", "", 0.0)

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
            raise UnknownName(subject=f'Game "{self.game.name}"', wanted="an equilibrium's name", got=name, known=names)
        return found

    def at(self, point: Mapping[Any, Any]) -> Equilibria:
        """What exists at one point, with the parameters filled in; families keep their free symbols."""
        found = [e.at(point) for e in self.generic]
        edges = [e.at(point) for e in self.knife_edges]
        return replace(
            self,
            generic=tuple(e for e in found if e is not None),
            knife_edges=tuple(e for e in edges if e is not None),
        )

    def covers(self) -> Verdict:
        """Whether at least one equilibrium exists wherever the assumptions hold."""
        none = Region.nothing(self.game.assumptions)
        verdict = none.covers(*(e.condition for e in (*self.generic, *self.knife_edges)))
        if verdict.refuted and not self.complete:
            reason = "the answer is not complete: where none of the equilibria found exists, others may"
            return Verdict.unknown(reason, tried=verdict.tried, seconds=verdict.seconds)
        return verdict

    def assume(self, *relations: Any) -> Equilibria:
        """The same answer under more assumptions; what they rule out is dropped."""
        extra = Region(sp.And(*relations), self.game.assumptions)

        def kept(group: tuple[Equilibrium, ...]) -> tuple[Equilibrium, ...]:
            cut = [replace(e, condition=(e.condition & extra).simplify()) for e in group]
            return tuple(e for e in cut if not e.condition.is_empty().proved)

        return replace(self, generic=kept(self.generic), knife_edges=kept(self.knife_edges))

    def by_outcome(self) -> dict[tuple[tuple[str, sp.Expr], ...], tuple[Equilibrium, ...]]:
        """Group what differs only off the path: same probability of every outcome."""
        groups: dict[tuple[tuple[str, sp.Expr], ...], list[Equilibrium]] = {}
        for e in self.generic:
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


def checked_point(game: ExtensiveGame, point: Mapping[Any, Any]) -> dict[sp.Symbol, sp.Rational]:
    """An exact point that breaks none of the assumptions.

    Raises
    ------
    PointError
        Naming the assumption that is broken.
    """
    exact = game.assumptions.exact_point(point)
    broken = game.assumptions.violated(exact)
    if broken:
        values = ", ".join(f"{s} = {exact[s]}" for s in sorted(broken[0].free_symbols, key=str) if s in exact)
        raise PointError(
            subject=f'Game "{game.name}"', wanted=f"a point with {broken[0]}", got=values, hint="choose values inside"
        )
    return exact


def renamed(equilibrium: Any, name: str) -> Any:
    """The same equilibrium, of any form of game, under a name; what was found of it stays known."""
    same = replace(equilibrium, name=name)
    vars(same).update({key: value for key, value in vars(equilibrium).items() if key == "free_range"})
    return same


def dumps(equilibria: Equilibria) -> str:
    """JSON text of the answer."""
    return json.dumps(equilibria.to_json(), indent=2)
