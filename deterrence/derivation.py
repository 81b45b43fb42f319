"""Why an equilibrium exists where it does: the incentive constraint at each information set.

For teaching and for checking by hand: what the player believes, what each action is worth given
that belief and everyone's strategies, and the relation between parameters that follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.equilibria import Equilibrium
from deterrence.polynomials import tidy
from deterrence.regions import Region


@dataclass(frozen=True)
class Comparison:
    """One action against the one that is played.

    Attributes
    ----------
    action, played : str
    indifferent : bool
        Both are in the support, so that they must be worth the same.
    gain : sympy expression
        What `action` is worth more than `played`.
    condition : Region
        Where the gain is at most zero (everywhere, if indifferent); over parameters and what is free.
    equation : sympy expression
        If indifferent, what must be zero before mixing probabilities are solved for.
    """

    action: str
    played: str
    indifferent: bool
    gain: sp.Expr
    condition: Region
    equation: sp.Expr = sp.S.Zero

    def __str__(self) -> str:
        if self.indifferent:
            return f"indifferent between {self.action} and {self.played}: {self.equation} = 0"
        return f"E[{self.action}] - E[{self.played}] = {self.gain} <= 0  iff {self.condition}"


@dataclass(frozen=True)
class Step:
    """The reasoning of one player (of one type) at one label.

    Attributes
    ----------
    information_set : tuple of str
    reached : bool
        Whether the others' play brings the game there with positive probability.
    beliefs : mapping of history to expression
    worth : mapping of action to expression
        Expected payoff of each action.
    comparisons : tuple of Comparison
    """

    information_set: tuple[str, ...]
    reached: bool
    beliefs: Mapping[Any, sp.Expr]
    worth: Mapping[str, sp.Expr]
    comparisons: tuple[Comparison, ...]

    def __str__(self) -> str:
        where = "" if self.reached else " (off the path)"
        lines = [", ".join(self.information_set) + where]
        if len(self.beliefs) > 1:
            lines += [f"  believes {history_words(h)} with probability {p}" for h, p in self.beliefs.items()]
        lines += [f"  E[{a}] = {v}" for a, v in self.worth.items()]
        return "\n".join([*lines, *(f"  {c}" for c in self.comparisons)])

    def _repr_html_(self) -> str:
        from deterrence.views.records import derivation_html

        return derivation_html([self])


class Derivation(tuple[Step, ...]):
    """The steps of an equilibrium: a tuple that prints one step after another."""

    __slots__ = ()

    def __str__(self) -> str:
        return "\n\n".join(map(str, self))

    def _repr_html_(self) -> str:
        from deterrence.views.records import derivation_html

        return derivation_html(self)


def derive(equilibrium: Equilibrium) -> Derivation:
    """The steps of an equilibrium, last moves first.

    Parameters
    ----------
    equilibrium : Equilibrium
        Perfect Bayesian, weak perfect Bayesian or subgame perfect.
    """
    from deterrence.solvers.trees.values import Values, indifferences

    values = Values(equilibrium.game, equilibrium.assessment)
    equations = indifferences(equilibrium.game, equilibrium.assessment)
    sets = sorted(equilibrium.game.information_sets, key=lambda s: -_depth(equilibrium, s))
    return Derivation(_step(equilibrium, values, equations, s) for s in sets)


def _depth(equilibrium: Equilibrium, information_set: tuple[str, ...]) -> int:
    label = equilibrium.game.labels[information_set[0], information_set[-1]]
    return max(len(equilibrium.game.positions[v].path) for v in label.positions)


def _step(equilibrium: Equilibrium, values: Any, equations: Mapping[Any, sp.Expr], s: tuple[str, ...]) -> Step:
    row = equilibrium.strategy[s]
    beliefs = equilibrium.beliefs.get(s, {})
    worth = {a: tidy(values.worth(s, a, beliefs)) for a in row}
    played = next(a for a, p in row.items() if p != 0)
    comparisons = tuple(
        _compare(equilibrium, a, played, row[a] != 0, tidy(worth[a] - worth[played]), equations.get((s, a), sp.S.Zero))
        for a in row
        if a != played
    )
    return Step(s, values.reached(s), beliefs, worth, comparisons)


def _compare(
    equilibrium: Equilibrium, action: str, played: str, indifferent: bool, gain: sp.Expr, equation: sp.Expr
) -> Comparison:
    scope = equilibrium.system.assumptions
    relation = sp.Eq(gain, 0) if indifferent else sp.Le(gain, 0)
    loose = sorted((s for s in gain.free_symbols if s not in scope), key=str)
    condition = Region(relation, scope, exists=loose) if not indifferent else Region.everything(scope)
    return Comparison(action, played, indifferent, gain, condition.simplify(), equation)


def history_words(history: Any) -> str:
    """The types of a history in one line."""
    return " ".join(str(t) for t in history.types if t is not None)
