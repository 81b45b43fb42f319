"""Nash equilibrium of payoff tables with symbols.

With two players every pair of supports is settled by its two halves (see `halves`): of equal size
generically, of unequal size only on knife-edges or in families.  With another number of players
the search over supports of the extensive form is used.  At numeric points see `numeric_nash`.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from typing import Any

import sympy as sp

from deterrence.assessments import Assessment
from deterrence.equilibria import Equilibria, Equilibrium, Provenance, Undecided
from deterrence.errors import ConceptError
from deterrence.games.strategic import StrategicGame
from deterrence.parameters import Assumptions
from deterrence.polynomials import Polynomial, tidy
from deterrence.progress import Report
from deterrence.regions import Region
from deterrence.regions.coordinates import coordinates
from deterrence.regions.decide import satisfiable
from deterrence.regions.formula import compare
from deterrence.regions.logic import Formula, Literal, conjunction, map_literals
from deterrence.solvers.clock import Clock
from deterrence.solvers.tables.halves import Half, Halves, Places, scaled_matrix
from deterrence.solvers.trees.nash import NashIncentives, NashSearch
from deterrence.solvers.trees.play import History, Set
from deterrence.solvers.trees.run import run
from deterrence.versions import versions

__all__ = ["solve_strategic"]

CONDITIONS = "no player gains by another action"
METHOD = "pairs of supports, each half by Cramer's rule"
CONCEPTS = ("nash", "subgame perfect")
SIMPLIFY_SECONDS = 1.0
EMPTY_SECONDS = 0.5
MOST_PROFILES = 100_000


def solve_strategic(
    game: StrategicGame,
    concept: str = "nash",
    time_limit: float | None = None,
    progress: Report | None = None,
) -> Equilibria:
    """Every Nash equilibrium of a table, pure and mixed, with its exact condition.

    Parameters
    ----------
    game : StrategicGame
    concept : {"nash", "subgame perfect"}
        They are the same here.
    time_limit : float, optional
        Seconds; what is not settled by then is undecided.
    progress : callable, optional
        Called with (profiles settled, profiles in all).

    Raises
    ------
    ConceptError
        If the concept is another one, or the table is too large to list its profiles of supports.
    """
    if concept not in CONCEPTS:
        raise ConceptError(
            subject=f'Game "{game.name}"', wanted="Nash equilibrium of a payoff table", got=repr(concept),
            hint='use concept="nash"',
        )  # fmt: skip
    size = 1
    for actions in game.actions.values():
        size *= 2 ** len(actions) - 1
    if size > MOST_PROFILES:
        raise ConceptError(
            subject=f'Game "{game.name}"', wanted=f"at most {MOST_PROFILES:,} profiles of supports", got=f"{size:,}",
            hint="dominance(...) may shrink it; numeric_nash(...) finds equilibria at points",
        )  # fmt: skip
    if len(game.players) != 2:
        search: Any = NashSearch(NashIncentives(game))
        return run(search, concept, time_limit=time_limit, progress=progress)
    return _Bimatrix(game, concept).solve(time_limit, progress)


class _Bimatrix:
    """All pairs of supports of one game of two players."""

    def __init__(self, game: StrategicGame, concept: str) -> None:
        self.game, self.concept = game, concept
        self.assumptions: Assumptions = game.assumptions
        row, column = game.players
        self.sets: dict[str, tuple[str, str]] = dict(game.information)
        self.actions = (game.actions[row], game.actions[column])
        column_payoffs = [list(c) for c in zip(*game.matrix(column), strict=True)]
        self.halves = (
            Halves(scaled_matrix(game.matrix(row), game.assumptions), game.assumptions),
            Halves(scaled_matrix(column_payoffs, game.assumptions), game.assumptions),
        )
        self.symbols = tuple(
            tuple(sp.Symbol(f"Pr({a} | {p})", real=True) for a in game.actions[p]) for p in game.players
        )
        self.found: list[Equilibrium] = []
        self.counts: Counter[str] = Counter()

    def pairs(self) -> list[tuple[Places, Places]]:
        """Pairs of supports, the generic ones of equal size first."""
        subsets = [
            [s for k in range(len(a)) for s in itertools.combinations(range(len(a)), k + 1)] for a in self.actions
        ]
        pairs = list(itertools.product(subsets[0], subsets[1]))
        return sorted(pairs, key=lambda p: (len(p[0]) != len(p[1]), len(p[0]) + len(p[1])))

    def solve(self, time_limit: float | None, progress: Report | None) -> Equilibria:
        """Settle one pair after the other, within the time limit."""
        clock, pairs, stopped, done = Clock(time_limit), self.pairs(), "", 0
        try:
            for own, other in pairs:
                if clock.late:
                    stopped = f"time limit of {time_limit:g} s"
                    break
                self.add(own, other)
                done += 1
                if progress is not None:
                    progress(done, len(pairs))
        except KeyboardInterrupt:
            stopped = "interrupted"
        left = tuple(Undecided(self._named(*p), stopped) for p in pairs[done:]) if stopped else ()
        provenance = Provenance(self.concept, "free", CONDITIONS, METHOD, clock.spent, versions())
        generic = tuple(e for e in self.found if e.status != "knife-edge")
        edges = tuple(e for e in self.found if e.status == "knife-edge")
        return Equilibria(self.game, generic, edges, left, {"supports": len(pairs), **self.counts}, provenance)

    def _named(self, own: Places, other: Places) -> tuple[tuple[Set, tuple[str, ...]], ...]:
        chosen = zip(self.sets.values(), self.actions, (own, other), strict=True)
        return tuple((s, tuple(names[k] for k in places)) for s, names, places in chosen)

    def add(self, own: Places, other: Places) -> None:
        """All records of one pair of supports."""
        before = len(self.found)
        for column_mix in self.halves[0].of(own, other):
            for row_mix in self.halves[1].of(other, own):
                record = self._record(own, other, row_mix, column_mix)
                if record is not None:
                    self.found.append(record)
                    self.counts[record.status] += 1
        if len(self.found) == before:
            self.counts["empty: equations and inequalities contradict"] += 1

    # -- records -------------------------------------------------------------------------------

    def _record(self, own: Places, other: Places, row_mix: Half, column_mix: Half) -> Equilibrium | None:
        mixes = ((0, own, row_mix), (1, other, column_mix))
        groups = [tuple(self.symbols[k][j] for j in s[:-1]) for k, s, half in mixes if half.shares is None]
        free = tuple(s for g in groups for s in g)
        known = conjunction(row_mix.condition, column_mix.condition)
        edge = row_mix.edge or column_mix.edge
        if known is False:
            return None
        if free:
            scope = self.assumptions.extend(distributions=groups)
            rows = [f for k, s, half in mixes for f in self._open_rows(k, s, half, scope)]
            system = Region(conjunction(_lifted(known, self.assumptions, scope), *rows), scope)
            condition = self._projected(known, system, free, mixes)
        else:
            condition = system = Region(known, self.assumptions)
        status = self._status(system, edge, bool(free))
        if not status:
            return None
        if status != "knife-edge" and not free and self.assumptions.relations:
            condition = condition.simplify(seconds=SIMPLIFY_SECONDS)
            system = condition
        return Equilibrium(self.game, self._assessment(mixes, free), condition, system, status)

    def _status(self, system: Region, edge: bool, free: bool) -> str:
        """What kind of equilibrium it is; empty if there is none."""
        name = "family" if free else "isolated"
        scope = system.assumptions
        if not edge:
            answer = satisfiable(map_literals(system.formula, _strict), scope, seconds=EMPTY_SECONDS)
            if answer.status != "unsat":
                return name
        answer = satisfiable(system.formula, scope, seconds=EMPTY_SECONDS)
        return "" if answer.status == "unsat" else "knife-edge"

    def _open_rows(self, k: int, support: Places, half: Half, scope: Assumptions) -> Iterator[Formula]:
        """The rows of an open mixture over parameters and shares."""
        if half.shares is None:
            shares = self._open_shares(k, support, scope)
            for op, row in half.open_rows:
                lifted = (scope.ring.convert(p, self.assumptions.ring) for p in row)
                total = sum((a * b for a, b in zip(lifted, shares, strict=True)), scope.ring.zero)
                yield compare(op, total, coordinates(scope).sign)

    def _open_shares(self, k: int, support: Places, scope: Assumptions) -> list[Polynomial]:
        ring = scope.ring
        shares = [ring.gen(self.symbols[k][j]) for j in support[:-1]]
        return [*shares, sum((-g for g in shares), ring.one)]

    def _projected(self, known: Formula, system: Region, free: tuple[sp.Symbol, ...], mixes: Any) -> Region:
        """The condition on the parameters alone: written down where one row decides, else quantified."""
        if all(len(half.open_rows) <= 1 for _, _, half in mixes):
            return Region(known, self.assumptions)
        return Region(system.formula, system.assumptions, exists=free, taken=system.taken)

    def _assessment(self, mixes: Any, free: tuple[sp.Symbol, ...]) -> Assessment:
        rows = [self._mixture(k, support, half) for k, support, half in mixes]
        row_set, column_set = self.sets.values()
        strategy: dict[Set, dict[str, sp.Expr]] = {row_set: rows[0], column_set: rows[1]}
        nobody = (None, None)
        (root,) = self.game.labels[row_set].positions
        below = self.game.labels[column_set].positions
        weights: dict[Set, dict[Any, sp.Expr]] = {row_set: {History(root, nobody): sp.S.One}, column_set: {}}
        for v, share in zip(below, rows[0].values(), strict=True):
            if share != 0:
                weights[column_set][History(v, nobody)] = share
        return Assessment(self.game, strategy, weights, free)

    def _mixture(self, k: int, support: Places, half: Half) -> dict[str, sp.Expr]:
        row = dict.fromkeys(self.actions[k], sp.S.Zero)
        names = [self.actions[k][j] for j in support]
        if half.shares is None:
            shares: list[sp.Expr] = [self.symbols[k][j] for j in support[:-1]]
            shares.append(1 - sp.Add(*shares))
        else:
            total = sum(half.shares, self.assumptions.ring.zero)
            shares = [self._quotient(p, total) for p in half.shares]
        return row | dict(zip(names, shares, strict=True))

    def _quotient(self, num: Polynomial, den: Polynomial) -> sp.Expr:
        common = num.gcd(den)
        ring = self.assumptions.ring
        return tidy(ring.factored(num / common) / ring.factored(den / common))


def _lifted(formula: Formula, before: Assumptions, after: Assumptions) -> Formula:
    """A formula over the parameters, over parameters and shares."""

    def change(f: Literal) -> Formula:
        return Literal(f.op, after.ring.convert(f.poly, before.ring))

    return map_literals(formula, change)


def _strict(f: Literal) -> Formula:
    """Weak signs made strict; equations on a mixture stay."""
    return Literal(">", f.poly) if f.op == ">=" else f
