"""From a profile of supports to equilibrium records: solve, eliminate, and write in the user's symbols."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import sympy as sp

from deterrence.assessments import Assessment
from deterrence.equilibria import Equilibria, Equilibrium, Provenance, Undecided
from deterrence.parameters import Assumptions
from deterrence.polynomials import Polynomial, tidy
from deterrence.quotients import oriented
from deterrence.regions import Region
from deterrence.regions.closures import tightened
from deterrence.regions.coordinates import coordinates
from deterrence.regions.decide import satisfiable
from deterrence.regions.formula import compare
from deterrence.regions.logic import Formula, Literal, conjunction, disjunction, literals
from deterrence.solvers.trees.beliefs import NeedsFace
from deterrence.solvers.trees.play import Set, Supports
from deterrence.solvers.trees.radicals import NotSettled, Root, split_roots
from deterrence.solvers.trees.resolve import Branch, Fraction, Resolver, TooManyBranches
from deterrence.solvers.trees.supports import Candidate
from deterrence.solvers.trees.unknowns import Signs, Unknowns

SIMPLIFY, EDGE_SIMPLIFY = 5.0, 0.05  # seconds for shortening a condition: knife-edges are many and rarely read
LONGEST_EDGE = 16  # relations of a knife-edge's condition beyond which shortening it is not tried


@dataclass(frozen=True)
class Solution:
    """A branch, with the root that stands for its non-linear equation if it has one."""

    branch: Branch
    root: Root | None = None


class Assembly:
    """Turns candidates into equilibria and keeps count."""

    def __init__(self, incentives: Any, search: Any) -> None:
        self.incentives, self.search = incentives, search
        self.play = incentives.play
        self.ring = self.play.ring
        self.generic: list[Equilibrium] = []
        self.edges: list[Equilibrium] = []
        self.undecided: list[Undecided] = []
        self.counts: Counter[str] = Counter()

    def add(self, candidate: Candidate) -> None:
        """Settle one candidate."""
        found = self._settle(candidate)
        if isinstance(found, Undecided):
            self.undecided.append(found)
            self.counts["undecided"] += 1
            return
        if not found:
            self.counts["empty: equations and inequalities contradict"] += 1
        for e in found:
            self.counts[e.status] += 1
            (self.edges if e.status == "knife-edge" else self.generic).append(e)

    def answer(self, undecided: tuple[Undecided, ...], provenance: Provenance) -> Equilibria:
        """The whole result."""
        search = self.search.counts
        counts = {
            "supports": search.total,
            "empty: dominated actions": search.dominated,
            "empty: no play of the others allows it at one label": search.alone,
            "empty: sign at every corner": search.corners,
            "empty: constraints contradict": search.unsatisfiable,
            **self.counts,
        }
        game = self.incentives.game
        everything = tuple(self.undecided) + undecided
        return Equilibria(game, tuple(self.generic), tuple(self.edges), everything, counts, provenance)

    # -- one candidate -------------------------------------------------------------------------

    def _settle(self, candidate: Candidate) -> list[Equilibrium] | Undecided:
        unknowns = self._unknowns(candidate)
        signs = Signs(self.ring, self.play.coordinates.strict, unknowns)
        equations, conditions = self._system(candidate, unknowns)
        resolver = Resolver(self.ring, signs, unknowns, self._feasible)
        try:
            branches = resolver.solve(equations, conditions)
        except TooManyBranches as many:
            return Undecided(named_supports(candidate.supports), self._advice(many.open_signs))
        try:
            return self._records(candidate, unknowns, branches)
        except NotSettled as why:
            return Undecided(named_supports(candidate.supports), str(why))

    def _advice(self, open_signs: Iterable[Polynomial]) -> str:
        """Why the cases were too many, and which signs would spare most of them."""
        scope = self.incentives.game.assumptions
        plain = [p for p in open_signs if not any(self.ring.degree(p, s) for s in self._unknown_symbols)]
        shown = Counter(str(scope.ring.factored(self.to_user(p, scope))) for p in plain)
        signs = "; ".join(text for text, _ in sorted(shown.items(), key=lambda pair: (-pair[1], len(pair[0])))[:3])
        advice = f"; assume the sign of {signs}, by an order for example" if signs else ""
        return f"the indifference equations split into too many cases{advice}"

    @cached_property
    def _unknown_symbols(self) -> set[sp.Symbol]:
        return {*self.play.action_symbols.values(), *(x for t in self.play.belief_symbols.values() for x in t.values())}

    def _unknowns(self, candidate: Candidate) -> Unknowns:
        groups: list[tuple[tuple[sp.Symbol, ...], bool]] = []
        for s, support in candidate.supports.items():
            if len(support) > 1:
                members = tuple(self.play.action_symbols[s, a] for a in support)
                groups.append((members, s in candidate.unreached))
        for group in sorted(candidate.beliefs, key=str):
            members = self._face(candidate, group)
            if len(members) > 1:
                groups.append((members, group not in candidate.faces))
        return Unknowns(tuple(groups))

    def _face(self, candidate: Candidate, group: Any) -> tuple[sp.Symbol, ...]:
        face = candidate.faces.get(group)
        return tuple(x for m, x in self.play.belief_symbols[group].items() if face is None or m in face)

    def _images(self, candidate: Candidate, unknowns: Unknowns) -> dict[sp.Symbol, Polynomial]:
        """The last member of each group is one minus the rest; members off a face are zero."""
        images = {}
        for group in candidate.beliefs:
            members = self._face(candidate, group)
            for symbol in self.play.belief_symbols[group].values():
                images[symbol] = self.ring.gen(symbol) if symbol in members else self.ring.zero
            if len(members) == 1:
                images[members[0]] = self.ring.one
        for members, _ in unknowns.groups:
            images[members[-1]] = sum((-self.ring.gen(s) for s in members[:-1]), self.ring.one)
        return images

    def _system(self, candidate: Candidate, unknowns: Unknowns) -> tuple[list[Polynomial], list[Literal]]:
        images = self._images(candidate, unknowns)
        equations, conditions = [], []
        for incentive in candidate.incentives:
            gain = self.ring.compose(incentive.gain, images)
            if incentive.indifferent:
                equations.append(gain)
            else:
                conditions.append(Literal(">=", -gain))
        for members, closed in unknowns.groups:
            op = ">=" if closed else ">"
            conditions += [Literal(op, self.ring.gen(s)) for s in members[:-1]]
            conditions.append(Literal(op, images[members[-1]]))
        return equations, conditions

    def _feasible(self, literals: list[Literal]) -> bool:
        return bool(self.search.possible([*literals, *self.search.signs]))

    # -- records -------------------------------------------------------------------------------

    def _records(self, candidate: Candidate, unknowns: Unknowns, branches: Iterable[Branch]) -> list[Equilibrium]:
        """One record for each distinct solution; branches with the same solution are one region."""
        grouped: dict[Any, list[Branch]] = {}
        roots: dict[Any, Root | None] = {}
        for branch in branches:
            for b, root in split_roots(branch, self.ring, unknowns.symbols):
                solved = tuple(sorted((s.name, *_lowest(v)) for s, v in b.values.items() if self._is_mixing(s)))
                k = (solved, bool(b.edges), str(root))
                grouped.setdefault(k, []).append(b)
                roots[k] = root
        records = [self._record(candidate, unknowns, group, roots[k]) for k, group in grouped.items()]
        return [r for r in records if r is not None]

    def _is_mixing(self, symbol: sp.Symbol) -> bool:
        return symbol in self._mixing

    @property
    def _mixing(self) -> set[sp.Symbol]:
        return set(self.play.action_symbols.values())

    def _record(
        self, candidate: Candidate, unknowns: Unknowns, branches: list[Branch], root: Root | None
    ) -> Equilibrium | None:
        game = self.incentives.game
        loose = [s for s in unknowns.symbols if self._left_open(s, branches)]
        scope = self._scope(unknowns, loose)
        formula = disjunction(*(self._formula(b, scope, loose) for b in branches))
        system = Region(formula, scope)
        condition = self._shortened(system.eliminate(*loose), bool(branches[0].edges))
        emptiness = condition.is_empty(certify=False)
        if emptiness.proved:
            return None
        if emptiness.undecided:
            raise NotSettled(f"whether its condition can hold: {emptiness.reason}")
        settled = {s: v for s, v in branches[0].values.items() if s not in loose}
        solution = Solution(replace(branches[0], values=settled), root)
        strategy = self._strategy(candidate, solution, scope)
        free = tuple(s for s in loose if self._is_mixing(s) and (root is None or s != root.symbol))
        free_beliefs = tuple(s for s in loose if not self._is_mixing(s))
        weights = self._weights(candidate, solution, scope, strategy)
        status = "family" if free else "isolated"
        if branches[0].edges or _is_thin(condition):
            status = "knife-edge"
        assessment = Assessment(game, strategy, weights, free, free_beliefs)
        return Equilibrium(game, assessment, condition, system, status)

    @staticmethod
    def _left_open(symbol: sp.Symbol, branches: list[Branch]) -> bool:
        """Whether not all branches give an unknown one value; those that give one say so in the system."""
        known = [b.values[symbol] for b in branches if symbol in b.values]
        return len(known) < len(branches) or len({_lowest(v) for v in known}) > 1

    def _shortened(self, condition: Region, edge: bool) -> Region:
        """The condition simplified, as far as the time for it goes."""
        if edge and sum(1 for _ in literals(condition.formula)) > LONGEST_EDGE:
            return condition
        return condition.simplify(seconds=min(EDGE_SIMPLIFY if edge else SIMPLIFY, self.search.clock.left))

    def _scope(self, unknowns: Unknowns, loose: list[sp.Symbol]) -> Assumptions:
        """The game's assumptions with the unknowns that stay free."""
        open_groups: list[tuple[sp.Symbol, ...]] = []
        closed_groups: list[tuple[sp.Symbol, ...]] = []
        for members, closed in unknowns.groups:
            left = tuple(s for s in members[:-1] if s in loose)
            target = closed_groups if closed else open_groups
            if left == members[:-1]:
                target.append(left)
            else:
                target.extend((s,) for s in left)
        return self.incentives.game.assumptions.extend(distributions=open_groups, closed=closed_groups)

    def _formula(self, branch: Branch, scope: Assumptions, loose: list[sp.Symbol]) -> Formula:
        """A branch as a formula over the user's symbols and what is free."""
        sign = coordinates(scope).sign
        parts: list[Formula] = [compare(c.op, self.to_user(c.poly, scope), sign) for c in branch.conditions]
        parts += [compare("==", self.to_user(e, scope), sign) for e in (*branch.edges, *branch.roots) if e != 0]
        for s in loose:
            if s in branch.values:
                num, den = branch.values[s]
                equation = self.ring.gen(s) * den - num
                parts.append(compare("==", self.to_user(equation, scope), sign))
        return conjunction(*parts)

    def to_user(self, poly: Polynomial, scope: Assumptions) -> Polynomial:
        """A polynomial of the solver's ring over the user's symbols."""
        coordinates = self.play.coordinates
        target = scope.ring
        images = []
        for k, symbol in enumerate(self.ring.symbols):
            if k < len(coordinates.ring.symbols):
                images.append(target.convert(coordinates.backward[k], coordinates.user_ring))
            else:
                images.append(target.gen(symbol) if symbol in target.index else target.zero)
        return poly.compose(*images, ctx=target.context)

    def _expression(self, num: Polynomial, den: Polynomial, scope: Assumptions) -> sp.Expr:
        top, bottom = self.to_user(num, scope), self.to_user(den, scope)
        return oriented(scope.ring.to_sympy(top) / scope.ring.to_sympy(bottom), scope)

    def _strategy(self, candidate: Candidate, solution: Solution, scope: Assumptions) -> dict[Any, dict[str, sp.Expr]]:
        strategy = {}
        for s in self.play.sets:
            support = candidate.supports[s]
            row = dict.fromkeys(self.play.actions(s), sp.S.Zero)
            if len(support) == 1:
                row[support[0]] = sp.S.One
            else:
                for a in support[:-1]:
                    row[a] = self._solved(self.play.action_symbols[s, a], solution, scope)
                row[support[-1]] = oriented(1 - sp.Add(*(row[a] for a in support[:-1])), scope)
            strategy[s] = row
        return strategy

    def _solved(self, symbol: sp.Symbol, solution: Solution, scope: Assumptions) -> sp.Expr:
        """The value of an unknown over the user's symbols and what is free."""
        root, values = solution.root, solution.branch.values
        if root is not None and symbol == root.symbol:
            return self._radical(root, scope)
        if symbol not in values:
            return symbol
        value = self._expression(*values[symbol], scope)
        return value if root is None else tidy(value.xreplace({root.symbol: self._radical(root, scope)}))

    def _radical(self, root: Root, scope: Assumptions) -> sp.Expr:
        if root.number is not None:
            return root.number
        c, b, a = (scope.ring.to_sympy(self.to_user(p, scope)) for p in root.coefficients)
        return (-b + root.sign * sp.sqrt(tidy(b**2 - 4 * a * c))) / (2 * a)

    def _weights(
        self,
        candidate: Candidate,
        solution: Solution,
        scope: Assumptions,
        strategy: dict[Any, dict[str, sp.Expr]],
    ) -> dict[Any, dict[Any, sp.Expr]]:
        """Unnormalised beliefs at every information set, over the user's symbols."""
        put: dict[sp.Symbol, sp.Expr] = {symbol: strategy[s][a] for (s, a), symbol in self.play.action_symbols.items()}
        for group in candidate.beliefs:
            members = self._face(candidate, group)
            for x in self.play.belief_symbols[group].values():
                put[x] = sp.S.Zero if x not in members else sp.S.One
            for x in members[:-1]:
                put[x] = self._solved(x, solution, scope)
            if len(members) > 1:
                put[members[-1]] = 1 - sp.Add(*(put[x] for x in members[:-1]))
        put |= self._backward
        return {s: self._set_weights(candidate, s, put) for s in self.play.sets}

    @cached_property
    def _backward(self) -> dict[sp.Symbol, sp.Expr]:
        """The coordinates in the user's symbols."""
        c = self.play.coordinates
        return {s: c.user_ring.to_sympy(p) for s, p in zip(c.ring.symbols, c.backward, strict=False)}

    def _set_weights(self, candidate: Candidate, s: Set, put: dict[sp.Symbol, sp.Expr]) -> dict[Any, sp.Expr]:
        """Weights of the histories of one set; a belief that no incentive rests on keeps its symbol."""
        faces = dict(candidate.faces)
        while True:
            try:
                weights, used = self.incentives.beliefs.weights(self.play, s, candidate.supports, faces)
                break
            except NeedsFace as split:
                faces[split.group] = frozenset(self.play.belief_symbols[split.group])
        for group in used:
            symbols = list(self.play.belief_symbols[group].values())
            put.setdefault(symbols[-1], 1 - sp.Add(*(put.get(x, x) for x in symbols[:-1])))
        return {node: self.ring.to_sympy(w).xreplace(put) for node, w in weights.items()}


def _lowest(value: Fraction) -> tuple[str, str]:
    """A quotient as text, the same for ``n/d`` and ``-n/-d``."""
    num, den = value
    sign = 1 if den.leading_coefficient() > 0 else -1
    return str(num * sign), str(den * sign)


def _is_thin(condition: Region) -> bool:
    """Whether a condition is shown to have no interior: an equation among the parameters in disguise."""
    return satisfiable(tightened(condition.formula), condition.assumptions, seconds=1).status == "unsat"


def named_supports(supports: Supports) -> tuple[tuple[Set, tuple[str, ...]], ...]:
    """A profile of supports as plain tuples."""
    return tuple(supports.items())
