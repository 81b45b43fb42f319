"""One equilibrium of a game that has no tree, and the condition under which it exists.

It has the face of an equilibrium of a tree - condition, strategy, payoffs, `at` - and says how it is
known.  A quantity without closed form stands in a strategy as a symbol, with the equation that it
solves and the interval that holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import sympy as sp

from deterrence.equilibria import checked_point
from deterrence.errors import ConceptError, PointError, UnknownName
from deterrence.games.bargaining import BargainingGame
from deterrence.games.symmetric import SymmetricGame
from deterrence.parameters import Parameter
from deterrence.profile_limits import limits, nobody, number, shown, which_root
from deterrence.regions import Region, Verdict

__all__ = ["ProfileEquilibrium", "Resolved", "only_of_trees"]

Resolved = Callable[["ProfileEquilibrium", dict[sp.Symbol, sp.Rational]], "Iterable[ProfileEquilibrium]"]


@dataclass(frozen=True)
class ProfileEquilibrium:
    """One equilibrium of a game without a tree, with the condition under which it exists.

    Attributes
    ----------
    game : Any
    strategy : mapping
        By player or role: the level chosen, or the probability of each action.
    condition : Region
        Over the game's parameters.
    status : {"isolated", "family", "knife-edge"}
    payoffs, outcomes : mapping to expressions
    how_known : {"exact", "local", "certified", "numeric"}
        By algebra; by algebra, but as a best reply against neighbouring levels only; with floats whose
        error or regret is bounded and stated in `evidence`; not bounded.
    evidence : str
        What that rests on.
    free : tuple of sympy.Symbol
        What a family leaves open.
    implicit : mapping of symbol to (equation, low, high)
        Quantities that solve ``equation = 0`` between two bounds.
    facts : mapping
        Further quantities, such as the number of participants.
    """

    game: Any
    strategy: Mapping[Any, Any]
    condition: Region
    status: str = "isolated"
    payoffs: Mapping[Any, sp.Expr] = field(default_factory=dict, hash=False)
    outcomes: Mapping[str, sp.Expr] = field(default_factory=dict, hash=False)
    how_known: str = "exact"
    evidence: str = ""
    name: str = ""
    free: tuple[sp.Symbol, ...] = ()
    implicit: Mapping[sp.Symbol, tuple[sp.Expr, sp.Expr, sp.Expr]] = field(default_factory=dict, hash=False)
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)
    resolve: Resolved | None = field(default=None, compare=False, repr=False)

    @property
    def title(self) -> str:
        """The name, or what is chosen."""
        return self.name or self.choices

    @property
    def choices(self) -> str:
        """What is chosen, in one line."""
        return "; ".join([*(f"{k}: {shown(v)}" for k, v in self.strategy.items()), *which_root(self)])

    @cached_property
    def system(self) -> Region:
        """The condition over the parameters and all that the equilibrium leaves open.

        That is what a family leaves free, quantities that solve an equation, and a number of players
        that is a symbol.  `condition` is its projection on the parameters.
        """
        region = (
            Region._made(self.condition.formula, self.condition.assumptions, taken=self.condition.taken)
            if self.condition.pending
            else self.condition
        )
        found = [
            self.facts.get("allocations"),
            self.facts.get("whole condition"),
            *self.facts.get("free ranges", {}).values(),
        ]
        for more in found:
            region = region & more if more is not None else region
        known = region.assumptions
        open_ = [s for s in (*self.free, *self.implicit, *number(self.game)) if s not in known]
        scope = replace(known, parameters=known.parameters + tuple(Parameter(s, "real") for s in open_))
        known_limits = [limit for s, limit in limits(self) if s in scope]
        return region & Region(sp.And(*known_limits), scope)

    @cached_property
    def free_range(self) -> Region:
        """Which values what is free can take, at which parameters."""
        other = [s for s in (*self.implicit, *number(self.game)) if s not in self.game.assumptions]
        region = self.system.eliminate(*other, seconds=2) if other else self.system
        return region.simplify(seconds=2)

    @property
    def closure(self) -> Region:
        """The condition with its boundary."""
        return self.condition.closure

    @property
    def free_beliefs(self) -> tuple[sp.Symbol, ...]:
        """Always empty: no types are drawn, so that nothing is believed of them."""
        return ()

    @property
    def every_outcome(self) -> Mapping[str, sp.Expr]:
        """The outcomes, with those that cannot occur here, or are sure to."""
        if isinstance(self.game, BargainingGame):
            return {**dict.fromkeys(self.game.outcomes, sp.S.Zero), **self.outcomes}
        if isinstance(self.game, SymmetricGame):
            return {**dict(nobody(self.game, self.strategy)), **self.outcomes}
        return self.outcomes

    def quantity(self, name: str) -> sp.Expr:
        """The probability of an outcome, or the level or share at an entry of the strategy.

        Raises
        ------
        UnknownName
            If there is neither.
        """
        levels = {str(k): v for k, v in self.strategy.items() if not isinstance(v, Mapping)}
        known = {**levels, **self.every_outcome}
        if name not in known:
            raise UnknownName(
                subject=f"Equilibrium {self.title}", wanted="an outcome of the game", got=name, known=known
            )
        return sp.sympify(known[name])

    def at(self, point: Mapping[Any, Any]) -> ProfileEquilibrium | None:
        """The equilibrium with parameters filled in; None where it does not exist (the first, if there are several)."""
        found = self.all_at(point)
        return found[0] if found else None

    def all_at(self, point: Mapping[Any, Any]) -> tuple[ProfileEquilibrium, ...]:
        """Every equilibrium of this form at a point: several where an equation has several solutions."""
        exact = checked_point(self.game, point)
        if not self.condition.pending and not self.condition.contains(exact):
            return ()
        if self.resolve is not None:
            self._require(exact)
            return tuple(e if e.name else replace(e, name=self.name) for e in self.resolve(self, exact))
        if self.condition.pending and not self.condition.contains(exact):
            return ()
        return (self._placed(exact),)

    def _placed(self, point: dict[sp.Symbol, sp.Rational]) -> ProfileEquilibrium:
        """The record with parameters filled in, also where it says which values free levels can take."""
        filled, levels = self.substitute(point), self.facts.get("whole condition")
        if levels is None:
            return filled
        return replace(filled, facts={**filled.facts, "whole condition": levels.at(point)})

    def sized(self, players: int) -> ProfileEquilibrium:
        """The same with that number of players, where the game leaves it a symbol."""
        (n,) = number(self.game)
        filled = self.substitute({n: players})
        strategy = {who.replace(f"{n} ", f"{players} ", 1): row for who, row in filled.strategy.items()}
        facts = {**self.facts, "n": players, "mixing": players}
        return replace(filled, game=self.game.sized(players), strategy=strategy, facts=facts)

    @cached_property
    def needed(self) -> tuple[sp.Symbol, ...]:
        """The parameters on which anything in this record rests, in order of declaration."""
        rows = [*self.strategy.values(), *self.payoffs.values(), *self.outcomes.values()]
        flat = [v for row in rows for v in (row.values() if isinstance(row, Mapping) else (row,))]
        flat += [part for parts in self.implicit.values() for part in parts]
        used = {s for v in flat for s in sp.sympify(v).free_symbols} | set(self.condition.symbols)
        return tuple(s for s in self.game.assumptions.symbols if s in used)

    def _require(self, point: Mapping[sp.Symbol, Any]) -> None:
        missing = [s.name for s in self.needed if s not in point]
        if missing:
            raise PointError(
                subject=f"Equilibrium {self.title}", wanted=f"a value for {', '.join(missing)}",
                got=", ".join(map(str, point)) or "none",
            )  # fmt: skip

    def substitute(self, values: Mapping[sp.Symbol, Any]) -> ProfileEquilibrium:
        """The same with symbols replaced in strategies, payoffs and outcomes."""
        put = {k: sp.sympify(v) for k, v in values.items()}

        def fill(e: Any) -> Any:
            if isinstance(e, Mapping):
                return {k: fill(v) for k, v in e.items()}
            return sp.sympify(e).subs(put)

        return replace(
            self,
            strategy=fill(self.strategy),
            payoffs=fill(self.payoffs),
            outcomes=fill(self.outcomes),
            free=tuple(s for s in self.free if s not in put),
        )

    def sign(self, quantity: Any, wrt: Any) -> Any:
        """Whether a quantity of this equilibrium rises or falls with a parameter, throughout the condition.

        Parameters
        ----------
        quantity : str or sympy.Expr
            The name of an outcome, a level or a share; or an expression over parameters and what is chosen.
        wrt : sympy.Symbol or str
        """
        from deterrence.statics import sign

        expr = self.quantity(quantity) if isinstance(quantity, str) else sp.sympify(quantity)
        roots = {s: f for s, (f, _, _) in self.implicit.items()}
        where = self.system if expr.free_symbols & set(roots) else self.condition
        found = sign(expr, wrt, where, roots=roots)
        if found.direction == "not monotone" and (self.how_known != "exact" or self.evidence):
            reason = "it rises and falls where the condition holds, which may be wider than where this exists"
            return replace(found, direction="undecided", verdict=Verdict.unknown(reason), points=())
        return found

    def latex(self) -> str:
        """What is chosen, and where that is an equilibrium, as LaTeX."""
        from deterrence.views.forms import record_latex

        return record_latex(self)

    def _repr_latex_(self) -> str:
        return f"${self.latex()}$"

    def _repr_html_(self) -> str:
        from deterrence.views.forms import record_html

        return record_html(self)

    # -- what only trees have ----------------------------------------------------------------------

    @property
    def kind(self) -> dict[tuple[str, str], str]:
        """Of trees only: what the types of a player do at a label.

        Raises
        ------
        ConceptError
            Always.
        """
        raise only_of_trees(self.game, "kind", "strategy says what is chosen")

    def posterior(self, player: str, label: str) -> dict[str, dict[Any, sp.Expr]]:
        """Of trees only: what a player believes of another's type.

        Raises
        ------
        ConceptError
            Always.
        """
        raise only_of_trees(self.game, "posterior", "here no types are drawn")

    def derivation(self) -> tuple[Any, ...]:
        """Of trees only: the incentive constraints step by step.

        Raises
        ------
        ConceptError
            Always.
        """
        raise only_of_trees(self.game, "derivation", "condition holds all of them; dt.verify(game, profile) asks each")

    def __str__(self) -> str:
        from deterrence.views.forms import record_text

        return record_text(self)


def only_of_trees(game: Any, what: str, hint: str) -> ConceptError:
    """The error that says that a game of another form does not have it."""
    return ConceptError(
        subject=f'Game "{game.name}"', wanted=f"a game with a tree for {what}", got=type(game).__name__, hint=hint
    )
