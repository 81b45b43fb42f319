"""The search for profiles of supports that incentives do not rule out.

First, label by label: which combinations of supports of one player's types can go together at
all, whatever the others do.  Types of one player face the same play of the others and differ only
in their own payoffs, so what one type's choice says of that play constrains the other types.
Then the combinations of all labels, first moves first, each tested with everything assigned so
far: signs at the corners, then one satisfiability question.  What cannot be refuted survives;
nothing is dropped for lack of time.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from deterrence.polynomials import Ring
from deterrence.regions.logic import Literal
from deterrence.solvers.clock import Clock
from deterrence.solvers.trees.beliefs import Faces, GroupKey, NeedsFace
from deterrence.solvers.trees.feasible import Feasibility
from deterrence.solvers.trees.incentives import Incentive, Incentives, Label
from deterrence.solvers.trees.play import Play, Set, Support, Supports


@dataclass
class Counts:
    """What became of the profiles of supports: how many, and why they were dropped.

    ``together`` of them are left once labels have been looked at alone; ``explored`` of these are done with.
    """

    total: int = 0
    dominated: int = 0
    alone: int = 0
    corners: int = 0
    unsatisfiable: int = 0
    questions: int = 0
    explored: int = 0
    together: int = 0


@dataclass(frozen=True)
class Candidate:
    """A profile of supports that no bound rules out, with its incentive constraints.

    ``faces`` names, where Bayes' rule depends on it, which types a free belief gives weight;
    ``unreached`` the information sets where behaviour is free because play never comes there.
    """

    supports: Supports
    faces: dict[GroupKey, frozenset[Any]]
    incentives: tuple[Incentive, ...]
    beliefs: frozenset[GroupKey]
    unreached: frozenset[Set] = frozenset()


@dataclass(frozen=True)
class _Assignment:
    """Supports so far, and the constraints of the labels that are `known`."""

    supports: Supports
    faces: dict[GroupKey, frozenset[Any]]
    constraints: tuple[Incentive, ...]
    known: frozenset[Label]


@dataclass
class Search:
    """One run of the search; iterate over `candidates()`."""

    incentives: Incentives
    clock: Clock = field(default_factory=Clock)
    counts: Counts = field(default_factory=Counts)

    def __post_init__(self) -> None:
        self.ring = self.incentives.play.ring
        self.base = {s: a for s, a in self.incentives.remaining.items() if len(a) == 1}
        self.signs = parameter_signs(self.incentives.play)
        self.possible = Feasibility(self.ring)

    # -- label by label ------------------------------------------------------------------------

    def alone(self, label: Label) -> list[dict[Set, Support]]:
        """Combinations of supports at one label that some play of the others allows."""
        found: list[dict[Set, Support]] = [{}]
        for s in self.incentives.sets_at(label):
            grown = []
            for partial in found:
                for support in subsets(self.incentives.remaining[s]):
                    self.clock.check()
                    candidate = {**partial, s: support}
                    if self._allowed(label, candidate):
                        grown.append(candidate)
            found = grown
        return found

    def _allowed(self, label: Label, chosen: dict[Set, Support]) -> bool:
        constraints = [i for s in chosen for i in self.incentives.relaxed(s, {**self.base, **chosen})]
        return self._possible(constraints, {**self.base, **chosen}, {})

    # -- all labels together -------------------------------------------------------------------

    def candidates(self) -> Iterator[Candidate]:
        """Every profile of supports that survives, labels that come first assigned first."""
        order = self.incentives.live
        choices = [self.alone(label) for label in order]
        self._count(choices)
        yield from self._extend(choices, 0, _Assignment(dict(self.base), {}, (), frozenset()))

    def _count(self, choices: list[list[dict[Set, Support]]]) -> None:
        """How many profiles there are, and how many fall before labels are combined."""
        incentives = self.incentives
        total = left = together = 1
        for s in incentives.play.sets:
            total *= 2 ** len(incentives.play.actions(s)) - 1
            left *= 2 ** len(incentives.remaining[s]) - 1
        self._below = [1]
        for c in reversed(choices):
            together *= len(c)
            self._below.insert(0, together)
        self.counts.total, self.counts.dominated, self.counts.alone = total, total - left, left - together
        self.counts.together = together

    def _extend(
        self, choices: list[list[dict[Set, Support]]], depth: int, assignment: _Assignment
    ) -> Iterator[Candidate]:
        if depth == len(choices):
            yield from self._finished(assignment)
            self.counts.explored += 1
            return
        for chosen in choices[depth]:
            self.clock.check()
            grown = self._assign(assignment, self.incentives.live[: depth + 1], chosen)
            if self._ruled_out(grown.constraints, grown.supports, grown.faces):
                self.counts.corners += self._below[depth + 1]
            elif not self._satisfiable(grown.constraints, grown.supports, grown.faces):
                self.counts.unsatisfiable += self._below[depth + 1]
            else:
                yield from self._extend(choices, depth + 1, grown)
                continue
            self.counts.explored += self._below[depth + 1]

    def _assign(self, before: _Assignment, assigned: tuple[Label, ...], chosen: dict[Set, Support]) -> _Assignment:
        """Give one more label its supports: narrow the constraints so far, add those that are now known."""
        supports = {**before.supports, **chosen}
        images = self.incentives.play.images(chosen)
        constraints = [i.narrowed(self.ring, images) for i in before.constraints]
        known = set(before.known)
        for label in assigned:
            if label in known or not self.incentives.ancestors(label) & set(self.incentives.live) <= set(assigned):
                continue
            try:
                found = [i for s in self.incentives.sets_at(label) for i in self.incentives.at(s, supports, {})[0]]
            except NeedsFace:
                continue
            known.add(label)
            constraints += found
        return _Assignment(supports, before.faces, tuple(constraints), frozenset(known))

    def _finished(self, assignment: _Assignment) -> Iterator[Candidate]:
        """Collect the constraints of a full assignment, splitting on faces of beliefs where needed."""
        supports, faces = assignment.supports, assignment.faces
        constraints: list[Incentive] = []
        used: set[GroupKey] = set()
        try:
            for label in self.incentives.live:
                for s in self.incentives.sets_at(label):
                    found, groups = self.incentives.at(s, supports, faces)
                    constraints += found
                    used |= groups
        except NeedsFace as split:
            for face in subsets(tuple(self.incentives.play.belief_symbols[split.group])):
                yield from self._finished(replace(assignment, faces={**faces, split.group: frozenset(face)}))
            return
        if faces and not self._possible(constraints, supports, faces):
            return
        yield Candidate(dict(supports), dict(faces), tuple(constraints), frozenset(used))

    # -- tests ---------------------------------------------------------------------------------

    def _possible(self, constraints: Sequence[Incentive], supports: Supports, faces: Faces) -> bool:
        return not self._ruled_out(constraints, supports, faces) and self._satisfiable(constraints, supports, faces)

    def _ruled_out(self, constraints: Sequence[Incentive], supports: Supports, faces: Faces) -> bool:
        allowed: dict[Any, tuple[Any, ...]] = {**self.incentives.remaining, **supports}
        allowed |= {g: tuple(face) for g, face in faces.items()}
        corners = self.incentives.corners
        return any(i.impossible(corners.signs(i.gain, allowed)) for i in constraints)

    def _satisfiable(self, constraints: Sequence[Incentive], supports: Supports, faces: Faces) -> bool:
        literals = [i.literal for i in constraints if not i.gain.is_constant()]
        if not literals:
            return True
        self.counts.questions += 1
        ranges = probability_ranges(self.incentives.play, self.incentives.remaining, supports, faces)
        return self.possible([*literals, *ranges(literals), *self.signs])


def parameter_signs(play: Play) -> list[Literal]:
    """What is assumed of the parameters, as literals in positive coordinates."""
    ring, coordinates = play.ring, play.coordinates
    literals = [Literal(">", ring.gen(s)) for s in coordinates.ring.symbols if s in coordinates.strict]
    literals += [Literal(">=", ring.gen(s)) for s in coordinates.ring.symbols if s in coordinates.weak]
    for r in coordinates.leftover:
        flipped = r.rel_op in ("<", "<=")
        op = {"<": ">", "<=": ">="}.get(r.rel_op, r.rel_op)
        num, den = coordinates.user_ring.fraction(r.rhs - r.lhs if flipped else r.lhs - r.rhs)
        poly = coordinates.to_positive(num * den if op in (">", ">=") else num)
        literals.append(Literal(op, ring.convert(poly, coordinates.ring)))
    return literals


def probability_ranges(
    play: Play, remaining: Supports, supports: Supports, faces: Faces, unreached: frozenset[Set] = frozenset()
) -> Callable[[list[Literal]], list[Literal]]:
    """A function that gives the ranges of the probabilities that occur in literals.

    Mixing within an assigned support is strictly inside (0, 1); behaviour that is still open, or
    that play never comes to, and beliefs without a face may be 0 or 1.
    """
    ring, index = play.ring, play.ring.index

    def ranges(literals: list[Literal]) -> list[Literal]:
        present = {k for x in literals for k, d in enumerate(x.poly.degrees()) if d}
        found: list[Literal] = []
        for s, actions in remaining.items():
            gens = [play.probability(s, a) for a in supports.get(s, actions)]
            if len(gens) > 1 and any(index[play.action_symbols[s, a]] in present for a in supports.get(s, actions)):
                op = ">" if s in supports and s not in unreached else ">="
                found += [Literal(op, g) for g in gens[:-1]]
                found.append(Literal(op, sum((-g for g in gens[:-1]), ring.one)))
        for group, table in play.belief_symbols.items():
            if any(index[symbol] in present for symbol in table.values()):
                found += _belief_ranges(ring, table, faces.get(group))
        return found

    return ranges


def _belief_ranges(ring: Ring, table: Any, face: frozenset[Any] | None) -> list[Literal]:
    gens = [ring.gen(symbol) for m, symbol in table.items() if face is None or m in face]
    literals = [Literal(">=" if face is None else ">", g) for g in gens]
    literals.append(Literal("==", sum(gens, ring.constant(-1))))
    return literals


def subsets(members: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """The non-empty subsets, small ones first, members in their order."""
    for size in range(1, len(members) + 1):
        yield from itertools.combinations(members, size)
