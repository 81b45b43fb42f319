"""Is *my* profile an equilibrium?  Where, and if not, which deviation gains how much.

The profile may be numeric or symbolic.  Every information set is checked for one-shot deviations
against every action, dominated ones included; with beliefs that follow Bayes' rule this is the
same as checking whole continuations.  Free beliefs are given the benefit of the doubt: the profile
passes where some belief supports it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.equilibria import checked_point
from deterrence.errors import ConceptError, GameError, UnknownName
from deterrence.games import ExtensiveGame
from deterrence.games.strategic import StrategicGame
from deterrence.notebook import ShownInNotebooks
from deterrence.numbers import exact_number
from deterrence.polynomials import tidy
from deterrence.regions import Region, Verdict
from deterrence.solvers.beliefs import NeedsFace
from deterrence.solvers.incentives import Incentive, Incentives
from deterrence.solvers.play import Set, Supports
from deterrence.solvers.supports import subsets


@dataclass(frozen=True)
class Deviation(ShownInNotebooks):
    """A change that pays: taking `action` instead of `instead` at an information set.

    ``gain`` is exact, in units of the player's payoff, given the player's belief; at an
    information set whose belief is free it is the least gain over all beliefs that leave the
    other information sets content, if that could be told, else the gain at one of them.
    """

    information_set: Set
    action: str
    instead: str
    gain: sp.Expr

    def __str__(self) -> str:
        return f"{', '.join(self.information_set)}: {self.action} instead of {self.instead} gains {self.gain}"


@dataclass(frozen=True)
class Verification(ShownInNotebooks):
    """The answer to `verify`.

    Attributes
    ----------
    verdict : Verdict
        Proved: an equilibrium (at the point, or wherever the assumptions hold).  Refuted: with a
        point where it is not.
    region : Region
        Where the profile is an equilibrium.
    deviations : tuple of Deviation
        At a point: which deviations gain how much.  Without: what each deviation would gain, for
        those that the assumptions do not rule out.
    """

    verdict: Verdict
    region: Region
    deviations: tuple[Deviation, ...]

    def __str__(self) -> str:
        lines = [f"equilibrium: {self.verdict}"]
        lines += [f"  {d}" for d in self.deviations]
        return "\n".join([*lines, f"where: {self.region}"])


def verify(
    game: ExtensiveGame,
    profile: Mapping[Any, Any],
    at: Mapping[Any, Any] | None = None,
    *,
    concept: str = "perfect bayesian",
) -> Verification:
    """Check a strategy profile against the definition.

    Parameters
    ----------
    game : ExtensiveGame
    profile : mapping
        For each information set, ``(player, type, label)`` or ``(player, label)``, an action or a
        mapping of action to probability (number or expression in the parameters; what is left
        out has probability 0).  ``(player, label)`` speaks for all types of the player.  In a payoff
        table a player's name is enough.  In a symmetric game the number of players who take each
        action, or the probabilities with which all mix alike (by role, if there are roles); in a game
        of levels the value of each level.
    at : mapping of parameter to number, optional
        A point; without it the answer is a region.
    concept : {"perfect bayesian", "weak perfect bayesian"}
        Of trees; the other forms are checked for Nash equilibrium.

    Raises
    ------
    GameError, UnknownName
        If the profile does not fit the game.
    ConceptError
        If there is no such concept, or profiles of that form are not checked.
    """
    if not isinstance(game, ExtensiveGame):
        from deterrence.solvers.verify_forms import verify_form

        return verify_form(game, profile, at)
    if isinstance(game, StrategicGame):
        profile = {game.information.get(key, key): choice for key, choice in profile.items()}
    if concept not in ("perfect bayesian", "weak perfect bayesian"):
        raise ConceptError(subject="verify", wanted='"perfect bayesian" or "weak perfect bayesian"', got=concept)
    checker = _Checker(game, complete_profile(game, profile), concept)
    point = checked_point(game, at) if at is not None else None
    return checker.answer(point)


class _Checker:
    """Constraints of one profile, over the game's parameters and free beliefs."""

    def __init__(self, game: ExtensiveGame, strategy: dict[Set, dict[str, sp.Expr]], concept: str) -> None:
        self.game, self.strategy = game, strategy
        self.incentives = Incentives(game, concept, dominance=False)
        self.play = self.incentives.play
        self.supports: Supports = {s: tuple(a for a, p in row.items() if p != 0) for s, row in strategy.items()}

    def answer(self, point: dict[sp.Symbol, sp.Rational] | None) -> Verification:
        """The verdict with what it rests on."""
        cases = self._cases({})
        regions = [self._region(constraints, faces) for constraints, faces in cases]
        region = regions[0]
        for other in regions[1:]:
            region = region | other
        region = (region & self._probabilities()).simplify()
        deviations = tuple(self._deviations(cases[0], point))
        if point is None:
            return Verification(Region.everything(self.game.assumptions).implies(region), region, deviations)
        if region.contains(point):
            return Verification(Verdict.proof("certified"), region, ())
        return Verification(Verdict.refutation(point, reason="a deviation gains"), region, deviations)

    def _cases(self, faces: dict[Any, frozenset[Any]]) -> list[tuple[list[Incentive], dict[Any, frozenset[Any]]]]:
        """All constraints; one list for each way in which free beliefs may matter to Bayes' rule."""
        constraints: list[Incentive] = []
        try:
            for s in self.play.sets:
                constraints += self.incentives.at(s, self.supports, faces)[0]
        except NeedsFace as split:
            members = tuple(self.play.belief_symbols[split.group])
            return [c for face in subsets(members) for c in self._cases({**faces, split.group: frozenset(face)})]
        return [(constraints, faces)]

    def _gain(self, incentive: Incentive) -> sp.Expr:
        """What a deviation gains (times the weight of its information set), over the user's symbols."""
        put = {
            self.play.action_symbols[s, a]: p for s, row in self.strategy.items() for a, p in row.items()
        } | self._backward()
        return self.play.ring.to_sympy(incentive.gain).xreplace(put)

    def _backward(self) -> dict[sp.Symbol, sp.Expr]:
        c = self.play.coordinates
        return {s: c.user_ring.to_sympy(p) for s, p in zip(c.ring.symbols, c.backward, strict=False)}

    def _region(self, constraints: list[Incentive], faces: dict[Any, frozenset[Any]]) -> Region:
        """Where the constraints hold for some beliefs."""
        gains = [(i, self._gain(i)) for i in constraints]
        used = {x for _, g in gains for x in g.free_symbols}
        closed: list[tuple[sp.Symbol, ...]] = []
        strict: list[tuple[sp.Symbol, ...]] = []
        fixed: dict[sp.Symbol, sp.Expr] = {}
        for group, table in self.play.belief_symbols.items():
            face = faces.get(group)
            members = [x for m, x in table.items() if face is None or m in face]
            if not used & set(table.values()):
                continue
            fixed |= {x: sp.S.Zero for x in table.values() if x not in members}
            fixed[members[-1]] = 1 - sp.Add(*members[:-1])
            (closed if face is None else strict).append(tuple(members[:-1]))
        scope = self.game.assumptions.extend(distributions=[g for g in strict if g], closed=[g for g in closed if g])
        relations = [self._holds(i, g.xreplace(fixed)) for i, g in gains]
        free = [x for group in closed + strict for x in group]
        return Region(sp.And(*relations), scope).eliminate(*free).simplify()

    @staticmethod
    def _holds(incentive: Incentive, gain: sp.Expr) -> Any:
        gain = sp.together(gain)
        return sp.Eq(gain, 0) if incentive.indifferent else sp.Le(gain, 0)

    def _probabilities(self) -> Region:
        """Where the profile's probabilities lie in [0, 1]; mixtures strictly inside."""
        relations = [
            relation
            for row in self.strategy.values()
            for p in row.values()
            if p.free_symbols
            for relation in (sp.Gt(p, 0), sp.Lt(p, 1))
        ]
        return Region(sp.And(*relations), self.game.assumptions)

    def _deviations(
        self, case: tuple[list[Incentive], dict[Any, frozenset[Any]]], point: dict[sp.Symbol, Any] | None
    ) -> list[Deviation]:
        """Deviations that pay at the point, or may pay somewhere."""
        found = []
        for incentive in case[0]:
            gain = tidy(self._gain(incentive).xreplace(point or {}) / self._weight(incentive, case[1], point))
            if gain == 0 or (gain.is_number and gain < 0 and not incentive.indifferent):
                continue
            action, instead = incentive.action, incentive.reference
            if gain.is_number and gain < 0:
                action, instead, gain = instead, action, -gain
            if point is None and not gain.is_number and self._never_pays(incentive, gain):
                continue
            found.append(Deviation(incentive.information_set, action, instead, gain))
        return found

    def _never_pays(self, incentive: Incentive, gain: sp.Expr) -> bool:
        beliefs = gain.free_symbols - set(self.game.assumptions.symbols)
        if incentive.indifferent or beliefs:
            return False
        return Region(sp.Gt(gain, 0), self.game.assumptions).is_empty(seconds=1, certify=False).proved

    def _weight(
        self, incentive: Incentive, faces: dict[Any, frozenset[Any]], point: dict[sp.Symbol, Any] | None
    ) -> sp.Expr:
        """The total weight of an information set, so that gains are in units of payoff."""
        weights, _ = self.incentives.beliefs.weights(self.play, incentive.information_set, self.supports, faces)
        total = sum(weights.values(), self.play.ring.zero)
        put = {self.play.action_symbols[s, a]: p for s, row in self.strategy.items() for a, p in row.items()}
        for table in self.play.belief_symbols.values():
            members = list(table.values())
            put[members[-1]] = 1 - sp.Add(*members[:-1])
        weight = self.play.ring.to_sympy(total).xreplace(put | self._backward())
        return (weight * self.play.scales[incentive.information_set[0]]).xreplace(point or {})


def complete_profile(game: ExtensiveGame, profile: Mapping[Any, Any]) -> dict[Set, dict[str, sp.Expr]]:
    """A full behaviour strategy from what a user writes; every information set must be named."""
    wanted = {}
    for key, choice in profile.items():
        for s in _sets_of(game, key):
            wanted[s] = _row(game, s, choice)
    missing = [s for s in game.information_sets if s not in wanted]
    if missing:
        raise GameError(
            subject=f'Game "{game.name}", profile',
            wanted="a choice at every information set",
            got=f"none at {'; '.join(', '.join(s) for s in missing)}",
            hint="name the information set as (player, type, label), or (player, label) for all types",
        )
    return wanted


def _sets_of(game: ExtensiveGame, key: Any) -> list[Set]:
    names = [key] if isinstance(key, str) else list(key)
    exact: list[Set] = [s for s in game.information_sets if s == tuple(names)]
    every: list[Set] = [s for s in game.information_sets if len(names) == 2 and (s[0], s[-1]) == tuple(names)]
    if not exact and not every:
        known = [", ".join(s) for s in game.information_sets]
        raise UnknownName(
            subject=f'Game "{game.name}", profile',
            wanted="an information set",
            got=", ".join(map(str, names)),
            known=known,
        )
    return exact or every


def _row(game: ExtensiveGame, s: Set, choice: Any) -> dict[str, sp.Expr]:
    actions = game.labels[s[0], s[-1]].actions
    table = choice if isinstance(choice, Mapping) else {choice: 1}
    for action in table:
        if action not in actions:
            raise UnknownName(
                subject=f'Game "{game.name}", profile at {", ".join(s)}',
                wanted="an action",
                got=str(action),
                known=actions,
            )
    row = {a: _probability(game, table.get(a, 0), f"probability of {a} at {', '.join(s)}") for a in actions}
    total = tidy(sp.Add(*row.values()))
    numbers = [p for p in row.values() if p.is_number]
    if total != 1 or any(p < 0 or p > 1 for p in numbers):
        raise GameError(
            subject=f'Game "{game.name}", profile at {", ".join(s)}',
            wanted="probabilities in [0, 1] that sum to 1",
            got=", ".join(f"{a}: {p}" for a, p in row.items()) + f" (sum {total})",
        )
    return row


def _probability(game: ExtensiveGame, value: Any, subject: str) -> sp.Expr:
    if isinstance(value, sp.Expr) and not value.is_number:
        for symbol in value.free_symbols:
            game.assumptions.resolve(symbol)
        return game.assumptions.expand(value)
    return exact_number(value, subject)
