"""Nash equilibria of games with continuous levels, in pure levels.

Rational slopes are solved by active set, each solution with the region where its inequalities
hold; roots without a closed form are implicit, and found exactly at points.  Where a payoff is proved
to be concave in its owner's levels, that is a best reply against everything; elsewhere the
second-order condition is asked for, and `at` checks the whole range.  What has no closed form beyond
rational functions is found numerically at points (`numeric_levels`), labelled so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import sympy as sp

from deterrence.equilibria import Undecided
from deterrence.errors import ConceptError, NotPolynomial
from deterrence.games.continuous import ContinuousGame
from deterrence.polynomials import tidy
from deterrence.profile import ProfileEquilibrium
from deterrence.profiles import FormEquilibria, answer, provenance
from deterrence.progress import Report
from deterrence.regions import Region, Verdict
from deterrence.regions.closures import tightened
from deterrence.regions.decide import satisfiable
from deterrence.solvers.clock import Clock
from deterrence.solvers.levels.active_sets import Candidate, Places, assignments, candidates
from deterrence.solvers.levels.algebraic_points import AlgebraicPoint, points
from deterrence.solvers.levels.best_reply import concave
from deterrence.solvers.levels.beyond_rational import is_rational
from deterrence.solvers.levels.conditions import nothing_better, over_parameters, undefined, whole_condition
from deterrence.solvers.levels.notes import DEPENDENT, notes_on
from deterrence.solvers.levels.points import Known, algebraic, at_point, judged, settled

__all__ = ["solve_continuous"]

CONDITIONS = "first-order conditions by active set; best replies by concavity, or second-order and checked at points"
METHOD = "Karush-Kuhn-Tucker by active set, pure levels"
LATE = "time limit of {:g} s"
LOCAL = (
    "not complete: payoffs of {} are not shown to be concave, so that a record may say where second-order conditions"
    " hold only; at(point) checks the whole range"
)
BEYOND = "closed form of the first-order conditions; where it is an equilibrium is checked at points by at(point)"
UNBOUNDED = "a continuum of solutions of the first-order conditions, of which conditions have no closed form"
UNISOLATED = "not complete: the roots of the equations at this point were not isolated; numeric_levels finds some"
IMPLICIT = "exact root of the equations at each point"


def solve_continuous(
    game: ContinuousGame,
    concept: str = "nash",
    time_limit: float | None = None,
    progress: Report | None = None,
) -> FormEquilibria:
    """Every Nash equilibrium in pure levels, each with its region, as far as the answer's notes do not say otherwise.

    Raises
    ------
    ConceptError
        If the concept is not Nash equilibrium.
    GameError
        If a payoff is nowhere a real number.
    """
    if concept != "nash":
        raise ConceptError(subject=game.subject, wanted='concept="nash" for a game of levels', got=repr(concept))
    clock = Clock(time_limit)
    search = _Search(game, clock)
    todo = list(assignments(game.levels))
    for done, places in enumerate(todo):
        if clock.late:
            late = LATE.format(time_limit)
            search.undecided += [Undecided(search.named(p), late) for p in todo[done:]]
            break
        search.assignment(places)
        if progress is not None:
            progress(done + 1, len(todo))
    made = provenance(concept, CONDITIONS, METHOD, clock.spent)
    return answer(game, search.records, made, undecided=search.undecided, notes=search.notes())


class _Search:
    """The assignments of one game, one after the other."""

    def __init__(self, game: ContinuousGame, clock: Clock) -> None:
        self.game, self.clock = game, clock
        self.first_notes = notes_on(game, clock)
        self.proofs: dict[str, Verdict] = {p: concave(game, p, clock.at_most(2)) for p in game.players}
        used = {s for u in game.payoffs.values() for s in u.free_symbols} - set(game.by_symbol)
        bounds = [sp.sympify(b) for x in game.levels for b in (x.low, x.high) if b is not None]
        self.parametric = bool(used) or any(b.free_symbols for b in bounds)
        self.algebraic = algebraic(game)
        self.numeric = self.algebraic and not self.parametric
        self.records: list[ProfileEquilibrium] = []
        self.undecided: list[Undecided] = []
        self.holes: dict[str, None] = {}

    def named(self, places: Places) -> Any:
        """An assignment, as records of what is undecided name it."""
        return tuple(((x.owner, x.symbol.name), (places[x.symbol],)) for x in self.game.levels)

    def assignment(self, places: Places) -> None:
        """All records of one assignment, until the time is up."""
        found = candidates(self.game, self.game.levels, places, numeric=self.numeric)
        if found.why:
            self.undecided.append(Undecided(self.named(places), found.why))
        for candidate in found.candidates:
            if self.clock.late:
                self.undecided.append(Undecided(self.named(places), LATE.format(self.clock.limit)))
                return
            if undefined(self.game, candidate):
                values = ", ".join(f"{s} = {v}" for s, v in candidate.shown.items())
                self.holes[f"payoffs are not defined at {values}, which is left out"] = None
            else:
                self.records += self._records(candidate)

    def notes(self) -> list[str]:
        """What the list may leave out, in words."""
        rough = any(r.how_known not in ("exact", "certified") for r in self.records)
        left = [p for p, v in self.proofs.items() if not v.proved]
        local = [LOCAL.format(", ".join(left))] if rough and left else []
        open_forms = [
            "not complete: some first-order conditions have no closed form; numeric_levels(game, at) finds points"
        ] if self.undecided else []  # fmt: skip
        return [
            *([DEPENDENT] if self.parametric else []), *local, *open_forms, *self.holes,
            *self.first_notes.texts(found=bool(self.records)),
        ]  # fmt: skip

    # -- records ---------------------------------------------------------------------------------

    def _records(self, candidate: Candidate) -> Iterator[ProfileEquilibrium]:
        if self.numeric and candidate.point is not None:
            sure = [p for p, v in self.proofs.items() if v.proved]
            known = settled(self.game, candidate.places, candidate.point, sure)
            if known is not None:
                yield self._made(candidate, Region.everything(self.game.assumptions), known)
            return
        yield from self._over_parameters(candidate)

    def _over_parameters(self, candidate: Candidate) -> Iterator[ProfileEquilibrium]:
        rough = [p for p, v in self.proofs.items() if not v.proved]
        everywhere = Region.everything(self.game.assumptions)
        open_root = bool(set(candidate.branch.implicit) - set(candidate.branch.closed))
        try:
            whole = whole_condition(self.game, candidate, self.proofs, self.clock)
            if rough and not self._empty(whole):
                whole, rough = nothing_better(self.game, candidate, whole, rough, self.clock)
        except NotPolynomial:
            if candidate.free:
                self.undecided.append(Undecided(self.named(candidate.places), UNBOUNDED))
                return
            if self.parametric:
                at_points = partial(_roots_at, sure=()) if open_root else _numbers_at
                yield self._made(candidate, everywhere, Known("numeric", BEYOND), check=at_points)
            else:
                yield from self._with_numbers(candidate)
            return
        if self._empty(whole):
            return
        open_levels = (*candidate.free, *candidate.branch.implicit) if candidate.free else ()
        region = over_parameters(whole, open_levels, self.clock) if open_levels else whole
        if rough and not self.parametric and not candidate.free:
            yield from self._with_numbers(candidate)
            return
        edge = bool(candidate.edges) or (not candidate.free and not region.pending and self._thin(region))
        status = "knife-edge" if edge else "family" if candidate.free else "isolated"
        known = Known("local", LOCAL.format(", ".join(rough))) if rough else Known("exact")
        if open_root and not rough:
            known = Known("exact", IMPLICIT)
        check = None
        if (rough or open_root) and not candidate.free:
            check = (
                partial(_roots_at, sure=tuple(set(self.proofs) - set(rough)))
                if self.algebraic or open_root
                else _numbers_at
            )
        yield self._made(candidate, region, known, status=status, check=check, whole=whole)

    def _with_numbers(self, candidate: Candidate) -> Iterator[ProfileEquilibrium]:
        """Solutions of a game without parameters, if no deviation in the whole range is seen to gain."""
        if set(candidate.branch.implicit) - set(candidate.branch.closed):
            record = self._made(candidate, Region.everything(self.game.assumptions), Known("numeric", BEYOND))
            yield from _roots_at(self.game, candidate, record, {}, sure=())
            return
        known = _numbers(self.game, candidate, candidate.shown)
        if known is not None:
            yield self._made(candidate, Region.everything(self.game.assumptions), known)

    def _empty(self, region: Region) -> bool:
        return region.is_empty(seconds=self.clock.at_most(2), certify=False).proved

    def _thin(self, region: Region) -> bool:
        seconds = self.clock.at_most(1)
        return satisfiable(tightened(region.formula), region.assumptions, seconds=seconds).status == "unsat"

    def _made(
        self,
        candidate: Candidate,
        region: Region,
        known: Known,
        *,
        status: str = "isolated",
        check: Any = None,
        whole: Region | None = None,
    ) -> ProfileEquilibrium:
        shown = candidate.shown
        strategy = {x.symbol.name: _tidied(sp.sympify(shown[x.symbol])) for x in self.game.levels}
        payoffs = {p: _tidied(u.subs(shown)) for p, u in self.game.payoffs.items()}
        facts: dict[str, Any] = {"places": {s.name: v for s, v in candidate.places.items()}}
        facts |= {"whole condition": whole} if candidate.free and whole is not None else {}
        facts |= {"regret": known.regret} if known.how in ("certified", "numeric") and known.regret else {}
        return ProfileEquilibrium(
            self.game, strategy, region, status, payoffs=payoffs, free=candidate.free, facts=facts,
            how_known=known.how, evidence=known.evidence, implicit=_implicit(self.game, candidate),
            resolve=partial(check, self.game, candidate) if check is not None else None,
        )  # fmt: skip


def _tidied(expr: sp.Expr) -> sp.Expr:
    """One fraction in lowest terms; of a product with roots the rational factors alone."""
    if is_rational(expr):
        return tidy(expr)
    plain = [factor for factor in expr.args if is_rational(factor)] if expr.is_Mul else []
    return tidy(sp.Mul(*plain)) * sp.Mul(*(f for f in expr.args if f not in plain)) if plain else expr


def _implicit(game: ContinuousGame, candidate: Candidate) -> dict[sp.Symbol, tuple[sp.Expr, sp.Expr, sp.Expr]]:
    """Levels without a closed form, with their equations and bounds."""
    branch = candidate.branch
    bounds = {x.symbol: (sp.sympify(x.low), sp.oo if x.high is None else sp.sympify(x.high)) for x in game.levels}
    pairs = zip(branch.implicit, branch.equations, strict=False)
    return {s: (e, *bounds[s]) for s, e in pairs if s not in branch.closed}


# -- at points ------------------------------------------------------------------------------------


def _roots_at(
    game: ContinuousGame,
    candidate: Candidate,
    record: ProfileEquilibrium,
    point: Mapping[sp.Symbol, Any],
    *,
    sure: tuple[str, ...],
) -> Iterator[ProfileEquilibrium]:
    """Every solution of the equations at a point that is an equilibrium there."""
    branch, put = candidate.branch, dict(point)
    filled = {s: sp.sympify(v).subs(put) for s, v in candidate.values.items()}
    if any(v.has(sp.zoo, sp.nan) for v in filled.values()):
        return
    roots = [AlgebraicPoint(sp.S.Zero, None, {})]
    if branch.implicit:
        isolated = points([e.subs(put) for e in branch.equations], branch.implicit)
        if isolated is None:
            yield replace(record.substitute(point), resolve=None, how_known="numeric", evidence=UNISOLATED)
            return
        roots = isolated
    there = at_point(game, point)
    for root in roots:
        if any(root.vanishes(d.subs(candidate.values).subs(put)) for d in branch.nonzero):
            continue
        if any(root.sign(e.subs(put)) < 0 for e in branch.told_apart):
            continue
        levels = root.extended(filled)
        exactly = algebraic(there)
        known = settled(there, candidate.places, levels, sure) if exactly else _numbers(there, candidate, levels.values)
        if known is not None:
            yield _filled(record, levels.values, point, known)


def _numbers_at(
    game: ContinuousGame, candidate: Candidate, record: ProfileEquilibrium, point: Mapping[sp.Symbol, Any]
) -> Iterator[ProfileEquilibrium]:
    """The record at a point, if it lies in the bounds and no deviation in the whole range gains."""
    values = {s: sp.sympify(v).subs(dict(point)) for s, v in candidate.shown.items()}
    known = _numbers(at_point(game, point), candidate, values)
    if known is not None:
        yield _filled(record, values, point, known)


def _numbers(game: ContinuousGame, candidate: Candidate, values: Mapping[sp.Symbol, sp.Expr]) -> Known | None:
    """How well numbers are known to be an equilibrium of a game without parameters; None if they are none."""
    if not all(v.is_real for v in values.values()) or undefined(game, replace(candidate, values=dict(values))):
        return None
    for x in game.levels:
        inside = values[x.symbol] > x.low and (x.high is None or values[x.symbol] < x.high)
        if candidate.places[x.symbol] == "interior" and not inside:
            return None
    return judged(game, values, {})


def _filled(
    record: ProfileEquilibrium, values: Mapping[sp.Symbol, Any], point: Mapping[sp.Symbol, Any], known: Known
) -> ProfileEquilibrium:
    """The record with numbers in place of levels and parameters."""
    put = {**point, **values}
    whole = record.substitute(put)
    strategy = {s.name: values[s] for s in values if s.name in record.strategy}
    payoffs = {p: u.subs(put) for p, u in record.game.payoffs.items()}
    facts = {**record.facts, **({"regret": known.regret} if known.how != "exact" else {})}
    return replace(
        whole, strategy={k: strategy[k] for k in record.strategy}, payoffs=payoffs, resolve=None, implicit={},
        how_known=known.how, evidence=known.evidence, facts=facts,
    )  # fmt: skip
