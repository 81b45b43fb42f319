"""Quantities of an equilibrium: levels, payoffs, shares of a mixture, and expressions over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.claims.asking import (
    Context,
    as_region,
    chosen,
    confirmed,
    inside,
    only_refuted_if,
    resting_on,
    settled,
    together,
    undefined,
    vanishes_not,
)
from deterrence.claims.play import Belief, Play, entry
from deterrence.equilibrium import Equilibrium
from deterrence.errors import UnknownName
from deterrence.kernels import always, defined, never
from deterrence.polynomials import tidy
from deterrence.profile import ProfileEquilibrium
from deterrence.regions.alike import statement_holds
from deterrence.regions.region import Region
from deterrence.regions.verdict import Verdict

__all__ = ["Chosen", "Earned", "InEquilibrium", "Quantity", "amount", "each", "equal", "speaks", "where"]


@dataclass(frozen=True)
class Chosen:
    """The level, share or division at one entry of the strategy."""

    entry: str

    def of(self, eq: Any) -> sp.Expr:
        """Its value in an equilibrium.

        Raises
        ------
        UnknownName
            If the strategy has no such entry, or actions are mixed there.
        """
        value = entry(eq.strategy, self.entry, f"Equilibrium {eq.title}", "an entry of the strategy")
        if isinstance(value, Mapping):
            raise UnknownName(
                subject=f"Equilibrium {eq.title}, {self.entry}", wanted="a level or a share", got=self.entry,
                hint="name the action too: plays(entry, action)",
            )  # fmt: skip
        return sp.sympify(value)


@dataclass(frozen=True)
class Earned:
    """The payoff of a player, or of those who do the same."""

    player: Any

    def of(self, eq: Any) -> sp.Expr:
        """Its value in an equilibrium.

        Raises
        ------
        UnknownName
            If there is no such payoff.
        """
        return sp.sympify(entry(eq.payoffs, self.player, f"Equilibrium {eq.title}", "a payoff"))


def amount(eq: Any, what: Any) -> sp.Expr:
    """The value of a quantity in an equilibrium.

    Parameters
    ----------
    eq : Equilibrium or ProfileEquilibrium
    what : Play, Belief, Chosen, Earned, str or expression
        A text is an outcome, else an entry of the strategy; in an expression the names of levels and
        shares stand for what is chosen, all other symbols for parameters.

    Raises
    ------
    UnknownName
        If there is nothing of that name.
    """
    if isinstance(what, Play | Belief | Chosen | Earned):
        return what.of(eq)
    if isinstance(what, str):
        if isinstance(eq, ProfileEquilibrium):
            return eq.quantity(what)
        if what not in eq.outcomes:
            raise UnknownName(
                subject=f"Equilibrium {eq.title}", wanted="an outcome of the game", got=what, known=eq.outcomes
            )
        return sp.sympify(eq.outcomes[what])
    expression = sp.sympify(what)
    if not isinstance(eq, ProfileEquilibrium):
        return expression
    return with_choices(eq, expression)


def with_choices(eq: ProfileEquilibrium, expression: Any) -> Any:
    """An expression or relation with what is chosen in place of the names of levels and shares."""
    levels = {str(k): sp.sympify(v) for k, v in eq.strategy.items() if not isinstance(v, Mapping)}
    return expression.xreplace({s: levels[s.name] for s in expression.free_symbols if s.name in levels})


def where(eq: Any, expression: Any) -> Region:
    """The equilibrium's region, with what it leaves open if the expression depends on that."""
    declared = set(eq.condition.assumptions.symbols)
    if expression.free_symbols <= declared:
        return eq.condition
    loose = expression.free_symbols - set(eq.system.assumptions.symbols)
    return _with_beliefs(eq, loose) if loose and isinstance(eq, Equilibrium) else eq.system


def _with_beliefs(eq: Equilibrium, named: set[sp.Symbol]) -> Region:
    """The region with beliefs on which no incentive rests: they may have any value that is a probability."""
    weights = [sp.sympify(w) for row in eq.assessment.weights.values() for w in row.values()]
    held = [w for w in weights if w.free_symbols & named]
    declared = set(eq.system.assumptions.symbols)
    loose = sorted({s for w in held for s in w.free_symbols} - declared, key=str)
    known = eq.system.assumptions.extend(closed=[(s,) for s in loose])
    return eq.system & Region(sp.And(*(sp.Ge(w, 0) for w in held)), known)


def each(check: Any, context: Context, one: Callable[[Any], Verdict]) -> Verdict:
    """The verdict of a check on every equilibrium that it names, or on all, wherever it says."""
    answer, known = context.solve(check.concept, check.beliefs), context.game.assumptions
    mine = chosen(answer, check.names)
    verdicts = (only_refuted_if(settled(eq, mine, answer), one(eq)) for eq in mine)
    return together(verdicts, answer, mine, as_region(getattr(check, "on", True), known), check.names)


def equal(context: Context, eq: Any, what: Any, expression: Any, on: Any) -> Verdict:
    """Whether a quantity of one equilibrium has a closed form wherever `on` holds."""
    known = context.game.assumptions
    claimed = known.expand(sp.sympify(expression))
    difference = tidy(known.expand(amount(eq, what)) - claimed)
    there = speaks(claimed, where(eq, claimed) & as_region(on, known), eq.title)
    if there.refuted or (difference == 0 and not there.proved):
        return there
    if difference == 0:
        return Verdict.proof("certified", reason="the two expressions are identical")
    region = where(eq, difference) & as_region(on, known)
    fails = lambda point: inside(region, point) and vanishes_not(difference, point)  # noqa: E731
    shown = f"P({what})" if isinstance(what, str) else what
    verdict = confirmed(never(sp.Ne(difference, 0), region), fails, f"{shown} differs by {difference} in {eq.title}")
    return resting_on(verdict, there)


def speaks(expression: Any, region: Region, title: str) -> Verdict:
    """Whether an expression is defined throughout the region of which a claim speaks."""
    whole = region.assumptions.expand(expression)
    fails = lambda point: inside(region, point) and undefined(whole, point)  # noqa: E731
    return confirmed(defined(whole, region), fails, f"{expression} is not defined there, in {title}")


@dataclass(frozen=True)
class Quantity:
    """In equilibria of these names a quantity has a given closed form."""

    names: tuple[str, ...]
    what: Any
    expression: Any
    on: Any = True
    concept: str | None = None
    beliefs: str = "free"

    def verdict(self, context: Context) -> Verdict:
        """Ask, for each equilibrium, whether the difference vanishes throughout its region."""
        return each(self, context, lambda eq: equal(context, eq, self.what, self.expression, self.on))


@dataclass(frozen=True)
class InEquilibrium:
    """In every equilibrium of these names a relation holds among parameters, play, beliefs, levels and payoffs.

    `where` says which symbols of the relation stand for what; levels and shares stand for themselves.
    """

    names: tuple[str, ...]
    condition: Any
    where: tuple[tuple[sp.Symbol, Any], ...] = ()
    concept: str | None = None
    beliefs: str = "free"

    def verdict(self, context: Context) -> Verdict:
        """Ask of each equilibrium, with all its free probabilities and beliefs, whether the relation can fail."""
        return each(self, context, self._one)

    def _one(self, eq: Any) -> Verdict:
        relation = sp.sympify(self.condition)
        named = {s: amount(eq, quantity) for s, quantity in self.where}
        if isinstance(eq, ProfileEquilibrium):
            named = {s: with_choices(eq, s) for s in relation.free_symbols} | named
        relation = relation.xreplace(named)
        if relation == sp.true:
            return Verdict.proof("certified", reason=f"identical in {eq.title}")
        region = where(eq, relation)
        verdict = always(relation, region)
        broken = lambda point: statement_holds(relation, region.assumptions, point) is False  # noqa: E731
        fails = lambda point: inside(region, point) and broken(point)  # noqa: E731
        return confirmed(verdict, fails, f"{self.condition} fails in {eq.title}")
