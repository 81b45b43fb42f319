"""Claims about what is played and believed in an equilibrium: mixing probabilities, beliefs, their bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.claims.asking import Context, all_of, complete, confirmed, inside, members, not_vacuous
from deterrence.errors import UnknownName
from deterrence.regions.alike import statement_holds
from deterrence.regions.region import Region
from deterrence.regions.verdict import Verdict

__all__ = ["Belief", "InEquilibrium", "Play"]


@dataclass(frozen=True)
class Play:
    """The probability of an action at an information set."""

    information_set: tuple[str, ...]
    action: str

    def of(self, eq: Any) -> sp.Expr:
        """Its value in an equilibrium.

        Raises
        ------
        UnknownName
            If there is no such information set or action.
        """
        row = _found(eq.strategy, self.information_set, f"equilibrium {eq.title}", "an information set")
        return sp.sympify(_found(row, self.action, " / ".join(self.information_set), "an action"))


@dataclass(frozen=True)
class Belief:
    """The probability that `player`, when it moves at `label`, gives to a type of another player."""

    player: str
    label: str
    about: str
    type: str

    def of(self, eq: Any) -> sp.Expr:
        """Its value in an equilibrium.

        Raises
        ------
        UnknownName
            If there is no such player or type.
        """
        row = _found(eq.posterior(self.player, self.label), self.about, f"beliefs at {self.label}", "another player")
        return sp.sympify(_found(row, self.type, f"beliefs about {self.about}", "a type"))


def _found(table: Mapping[Any, Any], key: Any, subject: str, wanted: str) -> Any:
    if key not in table:
        known = [" / ".join(map(str, k)) if isinstance(k, tuple) else str(k) for k in table]
        got = " / ".join(map(str, key)) if isinstance(key, tuple) else str(key)
        raise UnknownName(subject=subject, wanted=wanted, got=got, known=known)
    return table[key]


@dataclass(frozen=True)
class InEquilibrium:
    """In every equilibrium of these names a relation holds among parameters, probabilities of play and beliefs.

    `where` says which symbols of the relation stand for play and beliefs.
    """

    names: tuple[str, ...]
    condition: Any
    where: tuple[tuple[sp.Symbol, Play | Belief], ...] = ()
    concept: str | None = None
    beliefs: str = "free"

    def verdict(self, context: Context) -> Verdict:
        """Ask of each equilibrium, with all its free probabilities and beliefs, whether the relation can fail."""
        answer = context.solve(self.concept, self.beliefs)
        chosen = members(answer, self.names)
        verdict = not_vacuous(all_of(self._one(eq) for eq in chosen), *(eq.condition for eq in chosen))
        return verdict if verdict.refuted else complete(verdict, answer)

    def _one(self, eq: Any) -> Verdict:
        relation = sp.sympify(self.condition).xreplace({s: quantity.of(eq) for s, quantity in self.where})
        if relation == sp.true:
            return Verdict.proof("certified", reason=f"identical in {eq.title}")
        declared = set(eq.condition.assumptions.symbols)
        region = eq.condition if relation.free_symbols <= declared else eq.system
        verdict = (region & ~Region(relation, region.assumptions)).is_empty()
        fails = lambda point: inside(region, point) and statement_holds(relation, region.assumptions, point) is False  # noqa: E731
        return confirmed(verdict, fails, f"{self.condition} fails in {eq.title}")
