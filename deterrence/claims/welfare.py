"""Claims about who is better off: an equilibrium in which everybody does worse than under another profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.claims.asking import Context, all_of, as_region, complete, confirmed, members, resting_on
from deterrence.polynomials import tidy
from deterrence.regions.alike import statement_holds
from deterrence.regions.region import Region
from deterrence.regions.verdict import Verdict

__all__ = ["WorseForAll"]


@dataclass(frozen=True)
class WorseForAll:
    """Wherever `worse` exists, each type of each player expects less than if all played as in `better`.

    The second need not be an equilibrium there: it is a profile of play, with its expected payoffs.
    """

    worse: str
    better: str
    on: Any = True
    concept: str | None = None
    beliefs: str = "free"

    def verdict(self, context: Context) -> Verdict:
        """Ask, for each type, whether it can expect as much in the first."""
        answer = context.solve(self.concept, self.beliefs)
        pairs = [(w, b) for w in members(answer, [self.worse]) for b in members(answer, [self.better])]
        found = all_of(self._one(context, w, b, who) for w, b in pairs for who in _who(context.game))
        return found if found.refuted else complete(found, answer)

    def _one(self, context: Context, worse: Any, better: Any, who: Any) -> Verdict:
        """Whether one type, or a player without types, loses throughout."""
        if worse.free or better.free:
            return Verdict.unknown(f"{(worse if worse.free else better).title} is a family: its payoffs are open")
        known = context.game.assumptions
        region = worse.condition & as_region(self.on, known)
        if region.is_empty().proved:
            return Verdict.unknown(f"vacuous: {worse.title} exists nowhere in the region of the claim")
        mixed = _is_mixed(better)
        fails = lambda point: statement_holds(mixed, known, point) is False  # noqa: E731
        there = confirmed(region.implies(Region(mixed, known)), fails, f"{better.title} is no profile of play there")
        if not there.proved:
            return there
        loss = tidy(sp.sympify(better.payoffs[who] - worse.payoffs[who]))
        verdict = (region & Region(sp.Le(loss, 0, evaluate=False), known)).is_empty()
        name = ", ".join(who) if isinstance(who, tuple) else who
        fails = lambda point: bool(loss.subs(point) <= 0)  # noqa: E731
        verdict = confirmed(verdict, fails, f"{name} loses {loss} in {worse.title}")
        return resting_on(verdict, there)


def _is_mixed(eq: Any) -> Any:
    """That the probabilities of a profile are probabilities, which holds where it is an equilibrium."""
    shares = dict.fromkeys(p for row in eq.strategy.values() for p in row.values() if p.free_symbols)
    return sp.And(*(relation for p in shares for relation in (sp.Ge(p, 0), sp.Le(p, 1))))


def _who(game: Any) -> list[Any]:
    """Each type of each player, and each player without types."""
    return [(player, t) if t is not None else player for player in game.players for t in game.types[player]]
