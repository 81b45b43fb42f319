"""Subgame-perfect equilibrium of trees with offers, by backward induction on pieces.

A node is worth a list of pieces: conditions on parameters and earlier shares, and payoffs linear in
each share.  Below an offer the pieces are closed intervals of the share; the proposer's payoff is
linear on each, so that the best offer lies at an end of one of them - or, where the payoff does not
depend on the share, anywhere in it.  Receivers who are indifferent do what the proposer wants,
without which no best offer would exist.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import and_
from typing import Any

import sympy as sp

from deterrence.equilibria import Undecided
from deterrence.errors import ConceptError
from deterrence.games.bargaining import BargainingGame, Offer
from deterrence.games.tree import Chance, Move, Node, Outcome
from deterrence.parameters import Assumptions, Parameter
from deterrence.polynomials import tidy
from deterrence.profile import ProfileEquilibrium
from deterrence.profiles import FormEquilibria, answer, provenance
from deterrence.progress import Report
from deterrence.regions import Region
from deterrence.regions.closures import tightened
from deterrence.regions.logic import disjunctive
from deterrence.regions.rescope import rescoped
from deterrence.regions.trust import Taken, merged
from deterrence.solvers.clock import Clock, OutOfTime

__all__ = ["solve_bargaining"]

CONDITIONS = "no player gains by another choice at any node; who is indifferent does what the proposer wants"
METHOD = "backward induction on pieces linear in each share"
KNIFE = "not complete on knife-edges: where an equation among the parameters makes a proposer indifferent"
IDLE = "not complete: at {} the proposer is indifferent over shares that others care about; only their ends are listed"
TIED = (
    "not complete: at {} the player is indifferent whatever is offered; only replies that suit the proposer are listed"
)
MOST_PIECES = 400
SECONDS = 1.0


Rival = tuple[Region, sp.Expr]


class _Many(Exception):
    """A best offer holds in more cases than can be listed."""


@dataclass(frozen=True)
class Piece:
    """What a node is worth where some conditions hold.

    Attributes
    ----------
    conditions : tuple of expressions
        Each at least 0.
    values : mapping of player to expression
    choices : mapping of (player, label) to action or share
        On the path.
    outcomes : mapping of outcome to probability
    free : mapping of share to Region
        Shares that may be anything within a region over parameters, earlier shares and themselves.
    taken : tuple of Taken
        What the conditions rest on (see `Region.taken`).
    where : Region, optional
        What must hold besides, of a piece above all offers: a region with too many cases for a list.
    thin : bool
        Whether it holds at single shares only, because a player is indifferent there and nowhere else.
    """

    conditions: tuple[sp.Expr, ...]
    values: Mapping[str, sp.Expr]
    choices: Mapping[tuple[str, str], Any] = field(default_factory=dict)
    outcomes: Mapping[str, sp.Expr] = field(default_factory=dict)
    free: Mapping[sp.Symbol, Region] = field(default_factory=dict)
    taken: tuple[Taken, ...] = ()
    where: Region | None = None
    thin: bool = False


def solve_bargaining(
    game: BargainingGame,
    concept: str = "subgame perfect",
    time_limit: float | None = None,
    progress: Report | None = None,
) -> FormEquilibria:
    """Every subgame-perfect path off the knife-edges, with its exact region.

    Raises
    ------
    ConceptError
        If the concept is another one.
    """
    if concept != "subgame perfect":
        raise ConceptError(subject=game.subject, wanted='concept="subgame perfect" for offers', got=repr(concept))
    clock = Clock(time_limit)
    search = _Induction(game, clock)
    undecided: list[Undecided] = []
    records: list[ProfileEquilibrium] = []
    try:
        pieces = search.pieces(game.tree, ())
        records = list(search.records(pieces))
    except OutOfTime:
        undecided.append(Undecided((), f"time limit of {time_limit:g} s"))
    except _Many as where:
        undecided.append(Undecided((), f"the best offer at {where} has too many cases"))
    made = provenance(concept, CONDITIONS, METHOD, clock.spent)
    return answer(game, records, made, undecided=undecided, notes=[KNIFE, *search.notes])


class _Induction:
    def __init__(self, game: BargainingGame, clock: Clock) -> None:
        self.game, self.clock = game, clock
        self.notes: dict[str, None] = {}
        self.rules: dict[tuple[str, str], list[tuple[Any, Region]]] = {}

    def scope(self, shares: tuple[sp.Symbol, ...]) -> Assumptions:
        """The assumptions with earlier shares inside [0, 1]."""
        known = self.game.assumptions
        more = tuple(Parameter(s, "real") for s in shares)
        inside = tuple(r for s in shares for r in (sp.Ge(s, 0), sp.Le(s, 1)))
        return Assumptions(
            known.parameters + more, known.relations + inside, known.simplices, known.closed, known.definitions
        )

    def region(
        self,
        conditions: tuple[sp.Expr, ...],
        shares: tuple[sp.Symbol, ...],
        *,
        strict: bool = False,
        taken: tuple[Taken, ...] = (),
    ) -> Region:
        """Where all conditions hold."""
        scope = self.scope(shares)
        region = Region(True, scope, taken=taken)
        for c in conditions:
            relation = sp.Gt(c, 0) if strict else sp.Ge(c, 0)
            region = region & Region(relation, scope) if relation not in (sp.true, sp.false) else (
                region if relation == sp.true else Region(False, scope, taken=taken)
            )  # fmt: skip
        return region

    def alive(self, piece: Piece, shares: tuple[sp.Symbol, ...]) -> bool:
        """Whether a piece has an interior, as far as can be told."""
        self.clock.check()
        inside = self.region(piece.conditions, shares, strict=True)
        if piece.where is not None:
            inside = inside & Region(tightened(piece.where.formula), piece.where.assumptions)
        return not inside.is_empty(seconds=SECONDS, certify=False).proved

    def touches(self, piece: Piece, shares: tuple[sp.Symbol, ...]) -> bool:
        """Whether a piece without an interior holds at some shares without an equation among the parameters."""
        if not shares:
            return False
        projected = self.region(piece.conditions, shares).eliminate(*shares, seconds=SECONDS)
        if projected.pending:
            return True
        inside = Region(tightened(projected.formula), projected.assumptions)
        return not inside.is_empty(seconds=SECONDS, certify=False).proved

    def kept(self, piece: Piece, shares: tuple[sp.Symbol, ...], *, thin: bool) -> Piece | None:
        """A piece as far as it can be told to hold anywhere; if `thin`, also at single shares."""
        if self.alive(piece, shares):
            return piece
        return replace(piece, thin=True) if thin and self.touches(piece, shares) else None

    def holds(self, piece: Piece, shares: tuple[sp.Symbol, ...]) -> Region:
        """Where a piece holds, with its boundary."""
        region = self.region(piece.conditions, shares, taken=piece.taken)
        return region if piece.where is None else region & piece.where

    # -- nodes -----------------------------------------------------------------------------------

    def pieces(self, node: Node, shares: tuple[sp.Symbol, ...]) -> list[Piece]:
        """The pieces of a node, given the shares offered before it."""
        if isinstance(node, Outcome):
            values = {p: self.game.assumptions.expand(v) for p, v in node.payoffs}
            return [Piece((), values, {}, {node.name: sp.S.One})]
        if isinstance(node, Offer):
            found = list(self.offers(node, shares))
        elif isinstance(node, Move):
            found = list(self.moves(node, shares))
        else:
            found = list(self.draws(node, shares))
        if len(found) > MOST_PIECES:
            raise ConceptError(
                subject=self.game.subject, wanted=f"at most {MOST_PIECES} pieces at a node", got=str(len(found)),
                hint="assume more of the parameters",
            )  # fmt: skip
        return found

    def moves(self, node: Move, shares: tuple[sp.Symbol, ...]) -> Iterator[Piece]:
        """Each action where it is best, for each way of going on after every action."""
        below = [self.pieces(child, shares) for _, child in node.branches]
        rules = self.rules.setdefault((node.player, node.label), [])
        for chosen in itertools.product(*below):
            joint = tuple(c for piece in chosen for c in piece.conditions)
            for k, (action, _) in enumerate(node.branches):
                own = chosen[k].values[node.player]
                gains = tuple(tidy(own - other.values[node.player]) for j, other in enumerate(chosen) if j != k)
                tied = shares and 0 in gains
                piece = replace(
                    chosen[k], conditions=_distinct(joint + gains), taken=merged(*(p.taken for p in chosen)),
                    where=_all_hold(chosen), choices={(node.player, node.label): action, **chosen[k].choices},
                )  # fmt: skip
                below_thin = any(p.thin for p in chosen)
                found = self.kept(piece, shares, thin=below_thin or self.alive(Piece(joint, {}), shares))
                if found is not None:
                    if tied:
                        self.notes[TIED.format(f"{node.player} {node.label}")] = None
                    rules.append((action, self.holds(found, shares)))
                    yield found

    def draws(self, node: Chance, shares: tuple[sp.Symbol, ...]) -> Iterator[Piece]:
        """Expected payoffs, for each way of going on after every event."""
        expand = self.game.assumptions.expand
        below = [self.pieces(child, shares) for *_, child in node.branches]
        chances = [expand(p) for _, p, _ in node.branches]
        for chosen in itertools.product(*below):
            values = {
                p: tidy(sp.Add(*(c * piece.values[p] for c, piece in zip(chances, chosen, strict=True))))
                for p in self.game.players
            }
            outcomes: dict[str, sp.Expr] = {}
            choices: dict[tuple[str, str], Any] = {}
            for c, piece in zip(chances, chosen, strict=True):
                choices |= piece.choices
                for name, share in piece.outcomes.items():
                    outcomes[name] = tidy(outcomes.get(name, 0) + c * share)
            joint = _distinct(tuple(c for piece in chosen for c in piece.conditions))
            free = {s: r for piece in chosen for s, r in piece.free.items()}
            piece = Piece(joint, values, choices, outcomes, free, merged(*(p.taken for p in chosen)), _all_hold(chosen))
            found = self.kept(piece, shares, thin=any(p.thin for p in chosen))
            if found is not None:
                yield found

    # -- offers ----------------------------------------------------------------------------------

    def offers(self, node: Offer, shares: tuple[sp.Symbol, ...]) -> Iterator[Piece]:
        """The best offers: ends of pieces, or whole pieces where the share does not matter."""
        x, player = node.share, node.player
        below = self.pieces(node.then, (*shares, x))
        rivals = [(self._open_end(p, at, x, shares), p.values[player].subs(x, at)) for p in below for at in _ends(p, x)]
        for piece in below:
            ends = _ends(piece, x)
            if ends != [x] and x not in piece.values[player].free_symbols and not piece.thin:
                self.notes[IDLE.format(f"{player} {node.label}")] = None
            for at in ends:
                yield from self._best(node, piece, at, rivals, shares)

    def _open_end(self, piece: Piece, at: sp.Expr, x: sp.Symbol, shares: tuple[sp.Symbol, ...]) -> Region:
        """Where a place is an end of the piece and the piece is more than a point there."""
        inside = self.region(piece.conditions, (*shares, x), strict=True, taken=piece.taken).eliminate(x)
        if at == x:
            return inside
        at_end = tuple(tidy(c.subs(x, at)) for c in (*piece.conditions, x, 1 - x))
        return rescoped(inside, self.scope(shares)) & self.region(at_end, shares)

    def _best(
        self,
        node: Offer,
        piece: Piece,
        at: sp.Expr,
        rivals: list[tuple[Region, sp.Expr]],
        shares: tuple[sp.Symbol, ...],
    ) -> Iterator[Piece]:
        """One offer where nothing else is worth more to the proposer."""
        x = node.share
        value = tidy(piece.values[node.player].subs(x, at))
        free = dict(piece.free)
        if at == x:
            free[x] = self.region((*piece.conditions, x, 1 - x), (*shares, x), taken=piece.taken)
            region = rescoped(free[x].eliminate(x), self.scope(shares))
        else:
            there = tuple(tidy(c.subs(x, at)) for c in (*piece.conditions, x, 1 - x))
            region = self.region(there, shares, taken=piece.taken)
        scope = region.assumptions
        for feasible, other in rivals:
            gain = tidy(value - tidy(other))
            if not (gain.is_number and gain >= 0):
                good = Region.nothing(scope) if gain.is_number else Region(sp.Ge(gain, 0), scope)
                region = region & (good | ~rescoped(feasible, scope))
        region = region.simplify(seconds=2)
        filled = {p: tidy(v.subs(x, at)) for p, v in piece.values.items()}
        choices = {(node.player, node.label): at, **piece.choices}
        outcomes = {name: tidy(sp.sympify(p).subs(x, at)) for name, p in piece.outcomes.items()}
        cases = disjunctive(region.formula)
        if cases is None and shares:
            raise _Many(f"{node.player} {node.label}")
        whole = region if cases is None else None
        for conjunction in cases if cases is not None else [[]]:
            found = _distinct(tuple(e for literal in conjunction for e in _weak(literal, scope)))
            result = Piece(found, filled, choices, outcomes, free, region.taken, whole)
            kept = self.kept(result, shares, thin=piece.thin)
            if kept is not None:
                yield kept

    # -- records ---------------------------------------------------------------------------------

    def records(self, pieces: list[Piece]) -> Iterator[ProfileEquilibrium]:
        """One record for each path: pieces that agree on it are one region."""
        grouped: dict[Any, list[Piece]] = {}
        for piece in pieces:
            grouped.setdefault((tuple(piece.choices.items()), tuple(piece.outcomes.items())), []).append(piece)
        for group in grouped.values():
            first = group[0]
            region = Region.nothing(self.game.assumptions)
            for piece in group:
                region = region | rescoped(self.holds(piece, ()), self.game.assumptions)
            strategy = {f"{player} {label}": value for (player, label), value in first.choices.items()}
            facts: dict[str, Any] = {
                "rules": self.rules,
                "offers": {k: v for k, v in first.choices.items() if isinstance(v, sp.Expr)},
            }
            facts["free ranges"] = dict(first.free)
            yield ProfileEquilibrium(
                self.game, _texts(strategy), region.simplify(seconds=2), "family" if first.free else "isolated",
                payoffs=first.values, outcomes=first.outcomes, free=tuple(first.free), facts=facts,
            )  # fmt: skip


def _ends(piece: Piece, x: sp.Symbol) -> list[sp.Expr]:
    """Where the share can stop: 0, 1 and where a condition turns; the share itself if it does not matter."""
    if not any(x in v.free_symbols for v in piece.values.values()):
        return [x]
    found: dict[sp.Expr, None] = {sp.S.Zero: None, sp.S.One: None}
    for c in piece.conditions:
        num, _ = sp.fraction(sp.together(c))
        slope = sp.diff(num, x)
        if slope != 0:
            found[tidy(-num.subs(x, 0) / slope)] = None
    return list(found)


def _distinct(conditions: tuple[sp.Expr, ...]) -> tuple[sp.Expr, ...]:
    return tuple(dict.fromkeys(c for c in conditions if not (c.is_number and c >= 0)))


def _all_hold(pieces: Iterable[Piece]) -> Region | None:
    """What pieces ask for besides their conditions, together."""
    asked = [piece.where for piece in pieces if piece.where is not None]
    return reduce(and_, asked) if asked else None


def _weak(literal: Any, scope: Assumptions) -> tuple[sp.Expr, ...]:
    """A literal as expressions that are at least 0."""
    expr = scope.ring.to_sympy(literal.poly)
    return {"==": (expr, -expr), "!=": ()}.get(literal.op, (expr,))


def _texts(strategy: Mapping[str, Any]) -> dict[str, Any]:
    """Actions as symbols, so that numbers can be put into the offers beside them."""
    return {k: v if isinstance(v, sp.Expr) else sp.Symbol(v) for k, v in strategy.items()}
