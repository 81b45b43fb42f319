"""One equilibrium as a frozen record that says where it exists and how it is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import sympy as sp

from deterrence.assessments import Assessment, describe, kinds_of
from deterrence.errors import PointError
from deterrence.games import ExtensiveGame
from deterrence.regions import Region

if TYPE_CHECKING:
    from deterrence.derivation import Derivation
    from deterrence.statics import Trend

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


NOT_SAID = Provenance("", "", "", "", 0.0)


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
    def kind(self) -> Mapping[tuple[str, str], str]:
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

    @property
    def evaluated(self) -> bool:
        """Whether every parameter of the condition has been filled in."""
        return set(self.condition.symbols) <= set(self.assessment.point)

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
        exact = self._whole(point)
        if not self.condition.contains(exact):
            return None
        left = self._not_filled(exact)
        return replace(self, assessment=self.assessment.substitute(left), system=self.system.at(left))

    def assessment_at(self, point: Mapping[Any, Any]) -> Assessment:
        """A complete numeric assessment: free probabilities and beliefs filled in by exact numbers.

        Raises
        ------
        PointError
            If the equilibrium does not exist there.
        """
        exact = self._whole(point)
        left = self._not_filled(exact)
        verdict = self.system.at(left).witness()
        if not self.condition.contains(exact) or verdict is None:
            raise PointError(subject=f"equilibrium {self.title}", wanted="a point where it exists", got=str(exact))
        return self.assessment.substitute({**left, **verdict}).settled()

    def _whole(self, point: Mapping[Any, Any]) -> dict[sp.Symbol, Any]:
        """A point with what has been filled in before, with which it may not disagree."""
        exact = checked_point(self.game, point)
        before = {s: v for s, v in self.assessment.point.items() if s in self.game.assumptions}
        for s, v in before.items():
            if exact.get(s, v) != v:
                raise PointError(
                    subject=f"equilibrium {self.title}", wanted=f"{s} = {v}, which has been filled in",
                    got=f"{s} = {exact[s]}", hint="ask the equilibrium as solve gave it",
                )  # fmt: skip
        return {**before, **exact}

    def _not_filled(self, exact: Mapping[sp.Symbol, Any]) -> dict[sp.Symbol, Any]:
        return {s: v for s, v in exact.items() if s not in self.assessment.point}

    def derivative(self, outcome: str, wrt: Any) -> sp.Expr:
        """How the probability of an outcome changes with a parameter, within this equilibrium.

        Raises
        ------
        UnknownName
            If the game has no such outcome.
        ParameterError
            If `wrt` is settled by other parameters, as the last of a distribution is.
        """
        from deterrence.statics import derivative, probability

        return derivative(probability(self, outcome), wrt, self.game.assumptions)

    def sign(self, outcome: str, wrt: Any, *, seconds: float = 10.0) -> Trend:
        """Whether an outcome becomes more or less likely with a parameter, throughout the condition.

        Raises
        ------
        UnknownName, ParameterError
            As for `derivative`.
        """
        from deterrence.statics import probability, sign

        where = self.system if self.free else self.condition  # a family's outcomes contain its free probabilities
        return sign(probability(self, outcome), wrt, where, seconds=seconds)

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
        symbols = [s for s in sorted(broken[0].free_symbols, key=str) if s in exact]
        values = ", ".join(f"{s} = {exact[s]}" for s in symbols)
        alone = f"{symbols[0]} is {game.assumptions[symbols[0]].domain}" if len(symbols) == 1 else ""
        raise PointError(
            subject=f'Game "{game.name}"',
            wanted=f"a point with {broken[0]}",
            got=values,
            hint=alone or "choose values inside",
        )
    return exact


def renamed(equilibrium: Any, name: str) -> Any:
    """The same equilibrium, of any form of game, under a name; what was found of it stays known."""
    same = replace(equilibrium, name=name)
    vars(same).update({key: value for key, value in vars(equilibrium).items() if key == "free_range"})
    return same
