"""Nash equilibria of games with continuous levels.

Rational slopes are solved by active set, each solution with the region where its inequalities
hold.  Where a payoff is proved to be concave in its owner's levels, that is a best reply against
everything; elsewhere the second-order condition is asked for, and `at` checks the whole range.
What has no closed form is found numerically at points (`numeric_levels`), labelled so.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import sympy as sp

from deterrence.equilibria import Undecided
from deterrence.errors import ConceptError, NotPolynomial
from deterrence.games.continuous import ContinuousGame, Level
from deterrence.parameters import Assumptions, Parameter
from deterrence.polynomials import tidy
from deterrence.profiles import FormEquilibria, ProfileEquilibrium, answer, provenance
from deterrence.regions import Region, Verdict
from deterrence.solvers.active_sets import Candidate, assignments, candidates, is_rational
from deterrence.solvers.best_reply import concave, deviation_gain
from deterrence.solvers.run import Progress

__all__ = ["judged", "solve_continuous"]

CONDITIONS = "first-order conditions by active set; best replies by concavity, or second-order and checked at points"
METHOD = "Karush-Kuhn-Tucker by active set"
TOLERANCE = 1e-6
OPEN = "not complete: some first-order conditions have no closed form; numeric_levels(game, at) finds points"
ROOTS = "the region says where the equations have such a solution; at(point) tells which root it is"
DEPENDENT = "not complete on knife-edges: where an equation among the parameters makes slopes vanish or dependent"
LOCAL = (
    "not complete: payoffs of {} are not shown to be concave, so that a record may say where second-order conditions"
    " hold only; at(point) checks the whole range"
)


def solve_continuous(
    game: ContinuousGame,
    concept: str = "nash",
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> FormEquilibria:
    """Every Nash equilibrium in pure levels that has a closed form, each with its region.

    Raises
    ------
    ConceptError
        If the concept is not Nash equilibrium.
    """
    if concept != "nash":
        raise ConceptError(subject=game.subject, wanted='concept="nash" for a game of levels', got=repr(concept))
    started = time.perf_counter()
    proofs = {p: concave(game, p) for p in game.players}
    records: list[ProfileEquilibrium] = []
    undecided: list[Undecided] = []
    todo = list(assignments(game.levels))
    for done, places in enumerate(todo):
        if time_limit is not None and time.perf_counter() - started > time_limit:
            undecided.append(
                Undecided(_named(game, places), f"time limit of {time_limit:g} s, with {len(todo) - done} left")
            )
            break
        found = candidates(game, game.levels, places)
        if found is None:
            undecided.append(Undecided(_named(game, places), "no closed form of the first-order conditions is known"))
            continue
        records += [r for c in found for r in _record(game, c, proofs)]
        if progress is not None:
            progress(done + 1, len(todo))
    made = provenance(concept, CONDITIONS, METHOD, time.perf_counter() - started)
    return answer(game, records, made, undecided=undecided, notes=_notes(game, proofs, records, undecided))


def _named(game: ContinuousGame, places: Mapping[sp.Symbol, str]) -> Any:
    return tuple(((x.owner, x.symbol.name), (places[x.symbol],)) for x in game.levels)


def _notes(
    game: ContinuousGame, proofs: Mapping[str, Verdict], records: list[ProfileEquilibrium], undecided: list[Undecided]
) -> list[str]:
    """What the list may leave out, in words."""
    notes = [DEPENDENT]
    rough = [r for r in records if r.how_known not in ("exact", "certified")]
    if rough:
        notes.append(LOCAL.format(", ".join(p for p, v in proofs.items() if not v.proved)))
    if undecided:
        notes.append(
            "not complete: some first-order conditions have no closed form; numeric_levels(game, at) finds points"
        )
    for x in game.levels:
        if x.high is None:
            notes += _unbounded(game, x.symbol)
    return notes


def _unbounded(game: ContinuousGame, symbol: sp.Symbol) -> Iterator[str]:
    """Where a payoff rises for ever in a level without an upper bound."""
    owner = game.by_symbol[symbol].owner
    slope = game.slope(symbol)
    if not is_rational(slope):
        return
    top = sp.limit(slope, symbol, sp.oo)
    grows = top == sp.oo
    if top.is_finite is not False and not grows and not top.has(sp.Limit) and is_rational(top):
        region = Region(sp.Gt(top, 0), game.scope)
        grows = not region.is_empty(seconds=1, certify=False).proved
    if grows:
        yield f"the payoff of {owner} rises without bound in {symbol} where {top} > 0: no best reply exists there"


# -- records --------------------------------------------------------------------------------------


def _record(game: ContinuousGame, candidate: Candidate, proofs: Mapping[str, Verdict]) -> Iterator[ProfileEquilibrium]:
    rough = [p for p, v in proofs.items() if not v.proved]
    try:
        region = _condition(game, candidate, proofs)
        if rough and not region.is_empty(seconds=2, certify=False).proved:
            region, rough = _nothing_better(game, candidate, region, rough)
    except NotPolynomial:
        region = None
    if region is None:
        yield _beyond(game, candidate)
        return
    if region.is_empty(seconds=2, certify=False).proved:
        return
    edge = bool(candidate.edges) or (not candidate.free and not region.pending and _thin(region))
    status = "knife-edge" if edge else "family" if candidate.free else "isolated"
    how, why = ("exact", "") if not rough else ("local", LOCAL.format(", ".join(rough)))
    if region.pending and not candidate.free:
        why = "; ".join(filter(None, (why, ROOTS)))
    yield _made(game, candidate, region, status=status, how_known=how, evidence=why)


def _thin(region: Region) -> bool:
    from deterrence.regions.closures import tightened
    from deterrence.regions.decide import satisfiable

    return satisfiable(tightened(region.formula), region.assumptions, seconds=1).status == "unsat"


def _made(game: ContinuousGame, candidate: Candidate, region: Region, **more: Any) -> ProfileEquilibrium:
    strategy = {x.symbol.name: candidate.values[x.symbol] for x in game.levels}
    payoffs = {p: _tidied(u.subs(candidate.values)) for p, u in game.payoffs.items()}
    facts = {"places": {s.name: v for s, v in candidate.places.items()}}
    return ProfileEquilibrium(
        game, strategy, region, payoffs=payoffs, free=candidate.free, facts=facts,
        resolve=partial(_checked, game) if more["evidence"] else None, **more,
    )  # fmt: skip


def _tidied(expr: sp.Expr) -> sp.Expr:
    return tidy(expr) if is_rational(expr) else expr


def _condition(game: ContinuousGame, candidate: Candidate, proofs: Mapping[str, Verdict]) -> Region:
    """Where the solution lies inside the bounds, slopes at bounds point outwards and curvature is right."""
    relations: list[Any] = [sp.Eq(e, 0) for e in candidate.edges]
    for x in game.levels:
        value, place = candidate.values[x.symbol], candidate.places[x.symbol]
        if place == "interior":
            relations.append(sp.Gt(value - x.low, 0))
            relations += [sp.Gt(x.high - value, 0)] if x.high is not None else []
        else:
            slope = game.slope(x.symbol).subs(candidate.values)
            if slope.has(sp.zoo, sp.nan, sp.oo):
                return Region.nothing(game.assumptions)
            relations.append(sp.Le(slope, 0) if place == "low" else sp.Ge(slope, 0))
    for player, verdict in proofs.items():
        if not verdict.proved:
            relations += _second_order(game, candidate, player)
    if all(is_rational(v) for v in candidate.values.values()):
        scope = _with_free(game.assumptions, candidate.free)
        region = _all(relations, scope, candidate.free)
        return region.eliminate(*candidate.free).simplify(seconds=2) if candidate.free else region.simplify(seconds=2)
    return _implicit_condition(game, candidate)


def _nothing_better(
    game: ContinuousGame, candidate: Candidate, region: Region, rough: list[str]
) -> tuple[Region, list[str]]:
    """The condition without the points where another level in the whole range is better; who is left unchecked."""
    left = []
    for player in rough:
        better = _better(game, candidate, player)
        if better is None:
            left.append(player)
        else:
            region = region & ~better
    return region.simplify(seconds=2), left


def _better(game: ContinuousGame, candidate: Candidate, player: str) -> Region | None:
    """Where some other level of a player is worth more; None if that has no form without quantifiers."""
    own = game.own(player)
    if len(own) != 1 or candidate.free or not all(is_rational(v) for v in candidate.values.values()):
        return None
    (x,) = own
    others = {s: v for s, v in candidate.values.items() if s != x.symbol}
    there = game.payoffs[player].subs(others)
    if not is_rational(there):
        return None
    gain = sp.factor(sp.cancel(there - there.subs(x.symbol, candidate.values[x.symbol])))
    scope = _with_free(game.assumptions, (x.symbol,))
    inside = [sp.Ge(x.symbol, x.low)] + ([sp.Le(x.symbol, x.high)] if x.high is not None else [])
    region = _all([sp.Gt(gain, 0), *inside], scope, ()).eliminate(x.symbol, seconds=3)
    if region.pending:
        return None
    from deterrence.regions.formula import to_sympy

    return Region(to_sympy(region.formula, region.assumptions.ring), game.assumptions)


def _second_order(game: ContinuousGame, candidate: Candidate, player: str) -> list[Any]:
    """The Hessian in interior own levels is negative semidefinite at the solution."""
    own = [x.symbol for x in game.own(player) if candidate.places[x.symbol] == "interior"]
    relations = []
    if own:
        hessian = sp.hessian(game.payoffs[player], own).subs(candidate.values)
        for size in range(1, len(own) + 1):
            minor = hessian[:size, :size].det() * (-1) ** size
            relations.append(sp.Ge(sp.together(minor), 0))
    return relations


def _all(relations: list[Any], scope: Assumptions, free: tuple[sp.Symbol, ...]) -> Region:
    region = Region.everything(scope)
    for relation in relations:
        if relation in (sp.true, sp.false):
            region = region if relation == sp.true else Region.nothing(scope)
        else:
            region = region & Region(relation, scope)
    return region


def _with_free(known: Assumptions, free: tuple[sp.Symbol, ...]) -> Assumptions:
    more = tuple(Parameter(s, "real") for s in free)
    return Assumptions(
        known.parameters + more, known.relations, known.simplices, known.closed, known.definitions
    )  # fmt: skip


def _implicit_condition(game: ContinuousGame, candidate: Candidate) -> Region:
    """With roots in the solution: everything asked of the levels themselves, which are quantified."""
    inner = [x for x in game.levels if candidate.places[x.symbol] == "interior"]
    put = {s: v for s, v in candidate.values.items() if candidate.places[s] != "interior"}
    scope = _with_free(game.assumptions, tuple(x.symbol for x in inner))
    relations: list[Any] = []
    for x in game.levels:
        slope = game.slope(x.symbol).subs(put)
        if x in inner:
            num, den = sp.fraction(sp.together(slope))
            relations += [sp.Eq(num, 0), sp.Ne(den, 0), sp.Gt(x.symbol, x.low)]
            relations += [sp.Lt(x.symbol, x.high)] if x.high is not None else []
            relations.append(sp.Le(sp.diff(game.slope(x.symbol), x.symbol).subs(put), 0))
        else:
            relations.append(sp.Le(slope, 0) if candidate.places[x.symbol] == "low" else sp.Ge(slope, 0))
    region = _all(relations, scope, ())
    return Region(region.formula, scope, exists=tuple(x.symbol for x in inner))


def _beyond(game: ContinuousGame, candidate: Candidate) -> ProfileEquilibrium:
    """A closed form outside rational functions: its conditions are checked at points."""
    why = "closed form of the first-order conditions; where it is an equilibrium is checked at points by at(point)"
    return _made(game, candidate, Region.everything(game.assumptions), how_known="numeric", evidence=why)


def _checked(
    game: ContinuousGame, record: ProfileEquilibrium, point: Mapping[sp.Symbol, Any]
) -> Iterator[ProfileEquilibrium]:
    """The record at a point, if it lies in the bounds and no deviation in the whole range gains."""
    values = {x.symbol: sp.sympify(record.strategy[x.symbol.name]).subs(dict(point)) for x in game.levels}
    if not all(_inside(x, values[x.symbol], record, point) for x in game.levels):
        return
    filled = record.substitute(point)
    found = judged(game, values, point)
    if found is not None:
        known, evidence, regret = found
        facts = {**record.facts, "regret": regret}
        yield replace(filled, resolve=None, how_known=known, evidence=evidence, facts=facts)


def _inside(x: Level, number: sp.Expr, record: ProfileEquilibrium, point: Mapping[sp.Symbol, Any]) -> bool:
    """Whether a level is real and where the record says: strictly inside its bounds, or at one."""
    if record.facts["places"][x.symbol.name] != "interior":
        return True
    if not number.is_real or not number > sp.sympify(x.low).subs(dict(point)):
        return False
    return x.high is None or bool(number < sp.sympify(x.high).subs(dict(point)))


def judged(
    game: ContinuousGame, values: Mapping[sp.Symbol, Any], point: Mapping[sp.Symbol, Any]
) -> tuple[str, str, float] | None:
    """How well levels are known to be an equilibrium at a point, in a word and in words; None if they are not."""
    checks = [deviation_gain(game, p, values, point, TOLERANCE) for p in game.players]
    if any(c.better is not None for c in checks):
        return None
    worst = max(c.gain for c in checks)
    reach = "; ".join(c.reach for c in checks)
    evidence = f"no deviation gains more than {worst:.1e} for {reach} (interval arithmetic)"
    return ("certified" if worst <= 100 * TOLERANCE else "numeric"), evidence, worst
