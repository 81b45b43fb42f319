"""Three classical bargains over one unit: ultimatum, Nash's solution, Rubinstein's alternating offers.

Each is derived from its definition when it is called, with outside options and regions.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import sympy as sp

from deterrence.errors import ConceptError, NotPolynomial, UnknownName
from deterrence.games.bargaining import BargainingGame, offer
from deterrence.games.continuous import ContinuousGame
from deterrence.games.declaration import read_assumptions
from deterrence.games.expressions import exact_expression
from deterrence.games.tree import move, outcome
from deterrence.parameters import Assumptions, Parameters
from deterrence.polynomials import tidy
from deterrence.profile import ProfileEquilibrium, Resolved
from deterrence.profiles import FormEquilibria, answer, provenance
from deterrence.regions import Region
from deterrence.regions.formula import compare_zero
from deterrence.regions.logic import conjunction
from deterrence.solvers.levels.beyond_rational import is_rational, never
from deterrence.solvers.levels.continuous import solve_continuous
from deterrence.solvers.levels.notes import inside

__all__ = ["alternating_offers", "nash_bargaining", "ultimatum"]

SHARE = sp.Symbol("x", real=True)
NEGATIVE = "not complete where an outside option is negative: leaving may then be a threat that nobody carries out"
STATIONARY = "stationary subgame-perfect equilibrium; the only one there is by Shaked and Sutton (1984)"


def ultimatum(
    outside: Mapping[str, Any], *, parameters: Parameters | Assumptions | None = None, name: str = "Ultimatum"
) -> BargainingGame:
    """A tree in which the first player demands a share and the second accepts, or both get their outside options.

    Parameters
    ----------
    outside : mapping from proposer and receiver, in that order, to expression
    parameters : Parameters, optional

    Examples
    --------
    >>> from deterrence.solvers.offers.bargaining import solve_bargaining
    >>> solve_bargaining(ultimatum({"A": 0, "B": "1/4"}))[0].strategy["A demand"]
    3/4
    """
    first, second = _two(outside, name)
    reply = move(
        second,
        "reply",
        accept=outcome("Agreement", {first: SHARE, second: 1 - SHARE}),
        reject=outcome("Outside options", dict(outside)),
    )
    return BargainingGame(
        name, parameters=parameters, players=[first, second], tree=offer(first, "demand", SHARE, reply)
    )


def nash_bargaining(
    outside: Mapping[str, Any],
    *,
    powers: Mapping[str, Any] | None = None,
    payoffs: Mapping[str, Any] | None = None,
    parameters: Parameters | Assumptions | None = None,
    name: str = "Nash bargaining",
) -> FormEquilibria:
    """The division that maximises the product of gains over the outside options (Nash 1950).

    Parameters
    ----------
    outside : mapping from player to expression
    powers : mapping from player to expression, optional
        Exponents of the gains, greater than 0; 1 each if left out.
    payoffs : mapping from player to expression in ``x``, optional
        What the division is worth; ``x`` to the first and ``1 - x`` to the second if left out.
    parameters : Parameters, optional

    Raises
    ------
    UnknownName
        If a power or a payoff is given to somebody else.
    ConceptError
        If a power is not shown to be greater than 0.
    """
    first, second = _two(outside, name)
    for given in (powers, payoffs):
        _known(given, (first, second), name)
    worth = {first: SHARE, second: 1 - SHARE} if payoffs is None else dict(payoffs)
    gains = {p: sp.sympify(worth[p]) - exact_expression(outside[p], f"outside option of {p}") for p in worth}
    weights = {p: exact_expression((powers or {}).get(p, 1), f"power of {p}") for p in worth}
    known = read_assumptions(parameters, f'Game "{name}"')
    for p, weight in weights.items():
        _within(weight, known, f'Game "{name}", power of {p}', "more than 0", [sp.Gt(weight, 0)])
    product = sp.Add(*(weights[p] * sp.log(gains[p]) for p in worth))
    game = ContinuousGame(name, parameters=parameters, levels={"both": {SHARE: (0, 1)}}, payoffs={"both": product})
    found: Any = solve_continuous(game)
    sure = all(_concave(game, gain) for gain in gains.values())
    records = []
    for e in found:
        if sure and is_rational(e.strategy["x"]) and not e.implicit:
            records += _exact(game, e, gains, worth)
        else:
            records.append(_division(e, worth))
    made = provenance("nash bargaining", "the product of gains is greatest", "first-order conditions", 0.0)
    notes = (
        [n for n in found.notes if "is not defined" not in n] if any(r.how_known != "exact" for r in records) else []
    )
    return answer(game, records, made, undecided=found.undecided, notes=notes)


def _concave(game: ContinuousGame, gain: sp.Expr) -> bool:
    """Whether a gain is shown to be concave in the division; products of positive ones have one maximum then."""
    try:
        return never(">", game.assumptions.expand(sp.diff(gain, SHARE, 2)), inside(game)).proved
    except NotPolynomial:
        return False


def _exact(
    game: ContinuousGame, e: ProfileEquilibrium, gains: Mapping[str, sp.Expr], worth: Mapping[str, Any]
) -> list[ProfileEquilibrium]:
    """A division where both gain by it, as the only maximum of their product."""
    region = e.condition
    for gain in gains.values():
        left = tidy(game.assumptions.expand(gain.subs(SHARE, e.strategy["x"])))
        region = region & Region(sp.Gt(left, 0), game.assumptions)
    if region.is_empty(certify=False).proved:
        return []
    values = _worths(worth, e.strategy["x"])
    return [ProfileEquilibrium(game, dict(e.strategy), region.simplify(), payoffs=values, facts=e.facts)]


def _division(e: ProfileEquilibrium, worth: Mapping[str, Any]) -> ProfileEquilibrium:
    """A division as it is known to be a maximum, with what it is worth to both."""
    resolve = None if e.resolve is None else partial(_divisions_at, e.resolve, worth)
    return replace(e, payoffs=_worths(worth, e.strategy["x"]), resolve=resolve)


def _divisions_at(
    resolve: Resolved, worth: Mapping[str, Any], record: ProfileEquilibrium, point: dict[sp.Symbol, sp.Rational]
) -> Iterator[ProfileEquilibrium]:
    """The divisions at a point."""
    there = {p: sp.sympify(v).subs(point) for p, v in worth.items()}
    for found in resolve(record, point):
        yield replace(found, payoffs=_worths(there, found.strategy["x"]))


def _worths(worth: Mapping[str, Any], share: sp.Expr) -> dict[str, sp.Expr]:
    values = {p: sp.sympify(v).subs(SHARE, share) for p, v in worth.items()}
    return {p: tidy(v) if is_rational(v) else v for p, v in values.items()}


def alternating_offers(
    discounts: Mapping[str, Any],
    *,
    outside: Mapping[str, Any] | None = None,
    parameters: Parameters | Assumptions | None = None,
    name: str = "Alternating offers",
) -> FormEquilibria:
    """Rubinstein's (1982) game without end; a receiver may leave with its outside option.

    Parameters
    ----------
    discounts : mapping from first proposer and second proposer, in that order, to expression
        Each inside (0, 1).
    outside : mapping from player to expression, optional
        What both get when a receiver leaves; 0 if left out (Binmore, Shaked and Sutton 1989).
    parameters : Parameters, optional

    Raises
    ------
    UnknownName
        If an outside option is given to somebody else.
    ConceptError
        If a discount factor is not shown to lie inside (0, 1).

    Examples
    --------
    >>> (only,) = alternating_offers({"A": "9/10", "B": "8/10"})
    >>> only.payoffs["A"]
    5/7
    """
    started = time.perf_counter()
    first, second = _two(discounts, name)
    patience = [exact_expression(discounts[p], f"discount factor of {p}") for p in (first, second)]
    options = [exact_expression((outside or {}).get(p, 0), f"outside option of {p}") for p in (first, second)]
    _known(outside, (first, second), name)
    game = BargainingGame(name, parameters=parameters, players=[first, second], tree=_round(first, second))
    for p, d in zip((first, second), patience, strict=True):
        where = f"{game.subject}, discount factor of {p}"
        _within(d, game.assumptions, where, "a number inside (0, 1)", [sp.Gt(d, 0), sp.Lt(d, 1)])
    records = _breakdown(game, options)
    for stays in itertools.product((True, False), (True, False)):
        records += _stationary(game, [game.assumptions.expand(d) for d in patience], options, stays)
    made = provenance("subgame perfect", STATIONARY, "indifference of receivers", time.perf_counter() - started)
    safe = all(Region(compare_zero(">=", o, game.assumptions), game.assumptions).covers().proved for o in options)
    return answer(game, records, made, notes=[] if safe else [NEGATIVE])


def _breakdown(game: BargainingGame, options: list[sp.Expr]) -> list[ProfileEquilibrium]:
    """Receivers leave at once: no share is worth both outside options, neither of which gains by waiting."""
    surplus = game.assumptions.expand(sp.Add(*options) - 1)
    known = game.assumptions
    region = Region(conjunction(*(compare_zero(">=", e, known) for e in (surplus, *map(known.expand, options)))), known)
    if region.is_empty(certify=False).proved:
        return []
    a, b = game.players
    thin = known.expand(surplus)
    strategy = {f"{p} demands": sp.S.One for p in game.players}
    facts = {"waits": dict.fromkeys(game.players, False)}
    payoffs = dict(zip(game.players, options, strict=True))
    return [
        ProfileEquilibrium(
            game, strategy, region.simplify(), "knife-edge" if thin == 0 else "isolated", payoffs=payoffs,
            outcomes={"Outside options": sp.S.One}, name=f"{a} and {b} part at once", facts=facts,
        )
    ]  # fmt: skip


def _known(given: Mapping[str, Any] | None, players: tuple[str, str], name: str) -> None:
    """That nobody but the two players is given anything."""
    for stranger in sorted(set(given or {}) - set(players), key=str):
        raise UnknownName(subject=f'Game "{name}"', wanted="one of the two players", got=stranger, known=players)


def _within(value: sp.Expr, known: Assumptions, where: str, wanted: str, relations: list[Any]) -> None:
    """That a quantity is shown to satisfy relations."""
    for relation in relations:
        if relation == sp.true:
            continue
        shown = relation != sp.false and Region(relation, known).covers(seconds=2, certify=False).proved
        if not shown:
            raise ConceptError(
                subject=where, wanted=wanted, got=str(value), hint="assume it of the parameters, for example with"
                " Parameters.probability or Parameters.positive",
            )  # fmt: skip


def _round(first: str, second: str) -> Any:
    """The first round, for the record."""
    later = outcome("Later", {first: 0, second: 0})
    deal = outcome("Agreement", {first: SHARE, second: 1 - SHARE})
    return offer(first, "demand", SHARE, move(second, "reply", accept=deal, reject=later))


def _stationary(
    game: BargainingGame, patience: list[sp.Expr], options: list[sp.Expr], stay: tuple[bool, bool]
) -> list[ProfileEquilibrium]:
    """Each receiver is held to what it gets by refusing: waiting for its own offer, or leaving."""
    x, y = sp.symbols("x y", real=True)  # what each keeps as proposer
    refused = [patience[0] * x if stay[0] else options[0], patience[1] * y if stay[1] else options[1]]
    (solved,) = sp.linsolve([x - (1 - refused[1]), y - (1 - refused[0])], x, y)
    keep = [tidy(game.assumptions.expand(v)) for v in solved]
    wait = [tidy(d * k) for d, k in zip(patience, keep, strict=True)]
    hold = [w if s else o for w, s, o in zip(wait, stay, options, strict=True)]
    relations: list[Any] = []
    for k in range(2):
        better = wait[k] - options[k]
        relations.append(sp.Ge(better, 0) if stay[k] else sp.Ge(-better, 0))
        relations += [sp.Ge(keep[k], 0), sp.Ge(1 - keep[k], 0)]
        delayed = patience[k] * hold[k] if stay[1 - k] else options[k]
        relations.append(sp.Ge(keep[k] - delayed, 0))  # agreement now beats an offer that is refused
    region = Region.everything(game.assumptions)
    for r in relations:
        if r == sp.false:
            return []
        region = region if r == sp.true else region & Region(r, game.assumptions)
    region = region.simplify()
    if region.is_empty(certify=False).proved:
        return []
    a, b = game.players
    strategy = {f"{a} demands": keep[0], f"{b} demands": keep[1]}
    payoffs = {a: keep[0], b: tidy(1 - keep[0])}
    facts = {"waits": dict(zip(game.players, stay, strict=True))}
    return [ProfileEquilibrium(game, strategy, region, payoffs=payoffs, outcomes={"Agreement": sp.S.One}, facts=facts)]


def _two(given: Mapping[str, Any], name: str) -> tuple[str, str]:
    if len(given) != 2:
        raise ConceptError(subject=f'Game "{name}"', wanted="two players", got=", ".join(given) or "none")
    first, second = given
    return first, second
