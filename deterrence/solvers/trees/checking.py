"""What must hold for one given profile: its incentive constraints over parameters and free beliefs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from deterrence.games import ExtensiveGame
from deterrence.parameters import Assumptions
from deterrence.polynomials import tidy
from deterrence.regions import Region
from deterrence.solvers.trees.beliefs import NeedsFace
from deterrence.solvers.trees.given_profile import Strategy
from deterrence.solvers.trees.incentives import Incentive, Incentives
from deterrence.solvers.trees.nash import NashIncentives
from deterrence.solvers.trees.play import Set, Supports
from deterrence.solvers.trees.subgame_perfect import SubgameIncentives, subgame_roots
from deterrence.solvers.trees.supports import subsets

__all__ = ["Case", "Constraint", "Group", "Profile", "region_of"]

Faces = dict[Any, frozenset[Any]]


@dataclass(frozen=True)
class Constraint:
    """``gain/weight`` is what `action` brings more than `instead`, in units of payoff; the weight is positive.

    It must be zero if `indifferent`, else at most zero.  Both are expressions in parameters, free
    probabilities and the members of free beliefs.
    """

    information_set: Set
    action: str
    instead: str
    indifferent: bool
    gain: sp.Expr
    weight: sp.Expr

    @property
    def sides(self) -> tuple[Constraint, ...]:
        """The changes that must not pay: also the reverse, if both actions are in use."""
        turned = replace(self, action=self.instead, instead=self.action, gain=-self.gain)
        return (self, turned) if self.indifferent else (self,)


@dataclass(frozen=True)
class Group:
    """A free belief: members that sum to one, all of them positive if `strict`."""

    members: tuple[sp.Symbol, ...]
    strict: bool


@dataclass(frozen=True)
class Case:
    """The constraints for one way in which free beliefs may matter to Bayes' rule."""

    constraints: tuple[Constraint, ...]
    groups: tuple[Group, ...]

    def at(self, point: dict[sp.Symbol, Any]) -> Case:
        """The constraints with numbers for symbols."""
        filled = (
            replace(c, gain=tidy(c.gain.xreplace(point)), weight=tidy(c.weight.xreplace(point)))
            for c in self.constraints
        )
        return replace(self, constraints=tuple(filled))

    @property
    def dependent(self) -> dict[sp.Symbol, sp.Expr]:
        """The last member of each belief in terms of the others."""
        return {g.members[-1]: 1 - sp.Add(*g.members[:-1]) for g in self.groups}

    @property
    def beliefs(self) -> list[sp.Symbol]:
        """The independent members."""
        return [x for g in self.groups for x in g.members[:-1]]

    def scope(self, known: Assumptions) -> Assumptions:
        """Assumptions with the free beliefs."""
        free = [g for g in self.groups if len(g.members) > 1]
        return known.extend(
            distributions=[g.members[:-1] for g in free if g.strict],
            closed=[g.members[:-1] for g in free if not g.strict],
        )

    def region(self, constraints: Iterable[Constraint], known: Assumptions) -> Region:
        """Where some beliefs satisfy the constraints."""
        put = self.dependent
        relations = [
            sp.Eq(g, 0) if c.indifferent else sp.Le(g, 0)
            for c in constraints
            for g in [sp.together(c.gain.xreplace(put))]
        ]
        return region_of(sp.And(*relations), self.scope(known)).eliminate(*self.beliefs)


class Profile:
    """One strategy profile of a game, ready to be asked for its constraints.

    Parameters
    ----------
    game : ExtensiveGame
    strategy : mapping of information set to mapping of action to expression
    concept, rule : str
        As for `solve`.
    """

    def __init__(self, game: ExtensiveGame, strategy: Strategy, concept: str, rule: str) -> None:
        self.game, self.strategy, self.concept, self.rule = game, strategy, concept, rule
        self.incentives = _incentives(game, concept, rule)
        self.play = self.incentives.play
        self.supports: Supports = {s: tuple(a for a, p in row.items() if p != 0) for s, row in strategy.items()}
        self.free = tuple(dict.fromkeys(x for row in strategy.values() for p in row.values() for x in self._new(p)))
        self.known = self._with_free()
        c = self.play.coordinates
        self._put = {self.play.action_symbols[s, a]: p for s, row in strategy.items() for a, p in row.items()}
        self._put |= {s: c.user_ring.to_sympy(p) for s, p in zip(c.ring.symbols, c.backward, strict=False)}

    def _new(self, expr: sp.Expr) -> list[sp.Symbol]:
        return sorted((x for x in expr.free_symbols if x not in self.game.assumptions), key=str)

    def _with_free(self) -> Assumptions:
        """The game's assumptions with the profile's free probabilities."""
        idle = {x for s, row in self.strategy.items() if self._idle(s) for p in row.values() for x in self._new(p)}
        return self.game.assumptions.extend(
            distributions=[(x,) for x in self.free if x not in idle], closed=[(x,) for x in self.free if x in idle]
        )

    def _idle(self, s: Set) -> bool:
        """Whether the concept asks nothing of an information set, because play does not come there."""
        return isinstance(self.incentives, NashIncentives) and not self.incentives.reached(s, self.supports)

    def at(self, point: dict[sp.Symbol, Any]) -> Profile:
        """The profile with numbers for symbols."""
        filled = {s: {a: sp.sympify(p).xreplace(point) for a, p in row.items()} for s, row in self.strategy.items()}
        return Profile(self.game, filled, self.concept, self.rule)

    def outside(self) -> str:
        """Which probability is a number that is none, or has no value, in words; empty if all are in [0, 1]."""
        for s, row in self.strategy.items():
            for a, p in row.items():
                if p.is_number and not p.is_comparable:
                    return f"the probability of {a} at {', '.join(s)} is not defined"
                if p.is_number and (p < 0 or p > 1):
                    return f"the probability of {a} at {', '.join(s)} is {p}"
        return ""

    def pure_at(self, point: dict[sp.Symbol, Any]) -> str:
        """Which mixture is none at a point, in words; empty if all are mixtures there."""
        for s, row in self.strategy.items():
            for a, p in row.items():
                if p.free_symbols and p.xreplace(point) in (0, 1):
                    return f"the probability of {a} at {', '.join(s)} is {p.xreplace(point)}, which is no mixture"
        return ""

    def cases(self) -> list[Case]:
        """All constraints, for each way in which free beliefs may matter to Bayes' rule."""
        if isinstance(self.incentives, NashIncentives):
            found = self.incentives.constraints(self.supports)
            return [Case(tuple(self._constraint(i, {}, self.incentives.mass(i.information_set)) for i in found), ())]
        return self._split({})

    def _split(self, faces: Faces) -> list[Case]:
        found: list[tuple[Incentive, Any]] = []
        try:
            for s in self.play.sets:
                weights, _ = self.incentives.beliefs.weights(self.play, s, self.supports, faces)
                total = sum(weights.values(), self.play.ring.zero)
                found += [(i, total) for i in self.incentives.at(s, self.supports, faces)[0]]
        except NeedsFace as split:
            members = tuple(self.play.belief_symbols[split.group])
            return [c for face in subsets(members) for c in self._split({**faces, split.group: frozenset(face)})]
        off = self._off(faces)
        constraints = tuple(self._constraint(i, off, total) for i, total in found)
        used = {x for c in constraints for x in c.gain.free_symbols}
        groups = []
        for key, table in self.play.belief_symbols.items():
            members = tuple(x for x in table.values() if x not in off)
            if used & set(members):
                groups.append(Group(members, key in faces))
        return [Case(constraints, tuple(groups))]

    def _off(self, faces: Faces) -> dict[sp.Symbol, sp.Expr]:
        """Members that a belief gives no weight."""
        tables = self.play.belief_symbols
        return {x: sp.S.Zero for key, face in faces.items() for m, x in tables[key].items() if m not in face}

    def _constraint(self, i: Incentive, off: dict[sp.Symbol, sp.Expr], total: Any) -> Constraint:
        ring, put = self.play.ring, {**self._put, **off}
        weight = ring.to_sympy(total).xreplace(put) * self.play.scales[i.information_set[0]]
        gain = ring.to_sympy(i.gain).xreplace(put)
        return Constraint(i.information_set, i.action, i.reference, i.indifferent, gain, weight)

    def region(self, cases: Iterable[Case]) -> Region:
        """Where the profile is one of probabilities and some case holds."""
        found = Region.nothing(self.known)
        for case in cases:
            found = found | case.region(case.constraints, self.known)
        return (found & self.probabilities()).simplify()

    def probabilities(self) -> Region:
        """Where the profile's probabilities lie in [0, 1]; mixtures strictly inside where play comes."""
        relations = []
        for s, row in self.strategy.items():
            for p in row.values():
                if p.free_symbols:
                    idle = self._idle(s)
                    relations += [sp.Ge(p, 0), sp.Le(p, 1)] if idle else [sp.Gt(p, 0), sp.Lt(p, 1)]
        return region_of(sp.And(*relations), self.known)


def _incentives(game: ExtensiveGame, concept: str, rule: str) -> Any:
    """The constraints of a concept, dominated actions included."""
    if concept.endswith("perfect bayesian"):
        return Incentives(game, concept, rule, dominance=False)
    if concept == "nash":
        return NashIncentives(game)
    if game.observed_actions:
        return SubgameIncentives(game, dominance=False)
    return NashIncentives(game, subgame_roots(game))


def region_of(condition: Any, known: Assumptions) -> Region:
    """A region whose condition may contain square roots: each is a number at least 0 with a known square."""
    roots = sorted({p.base for p in condition.atoms(sp.Pow) if p.exp.is_Rational and p.exp.q == 2}, key=str)
    if not roots:
        return Region(condition, known)
    names = {base: sp.Symbol(f"root {k}", real=True) for k, base in enumerate(roots)}

    def plain(p: sp.Expr) -> sp.Expr:
        return names[p.base] ** p.exp.p

    condition = condition.replace(lambda e: e.is_Pow and e.exp.is_Rational and e.exp.q == 2, plain)
    defined = [r for base, t in names.items() for r in (sp.Ge(t, 0), sp.Eq(t**2, base))]
    return Region(sp.And(condition, *defined), known, exists=names.values()).eliminate()
