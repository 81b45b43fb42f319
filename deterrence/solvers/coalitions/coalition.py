"""What coalitions can do: winning, essential, stable systems, the core and stable alliance structures."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy as sp

from deterrence.errors import ConceptError
from deterrence.games.coalition import Coalition, CoalitionGame, Structure, check_rules, structures
from deterrence.notebook import ShownInNotebooks
from deterrence.parameters import Assumptions
from deterrence.profiles import point_of
from deterrence.regions import Region
from deterrence.regions.formula import compare_zero
from deterrence.regions.logic import Formula, conjunction, disjunction, negate
from deterrence.regions.meeting import meeting
from deterrence.solvers.coalitions.power import turned

__all__ = [
    "Core", "core", "dummies", "each_stable", "equal_division", "essential", "minimal_winning", "stable_structures",
    "system_stable", "winning",
]  # fmt: skip

Division = Callable[[CoalitionGame, Coalition, Structure], Mapping[str, Any]]
Rules = tuple[str, str]


def _resources(game: CoalitionGame, what: str) -> None:
    if not game.weighted:
        raise ConceptError(subject=what, wanted="a CoalitionGame with resources", got=repr(game))


def _more(game: CoalitionGame, amount: sp.Expr) -> Region:
    """Where an amount of resources wins."""
    return Region(compare_zero(">", amount - game.quota, game.assumptions), game.assumptions)


def winning(game: CoalitionGame, coalition: Iterable[str]) -> Region:
    """Where a coalition wins: more resources than the quota.

    Raises
    ------
    UnknownName
        If somebody in it is no player.
    """
    _resources(game, "winning coalitions")
    return _more(game, game.strength(game.members(coalition)))


def minimal_winning(game: CoalitionGame) -> dict[Coalition, Region]:
    """Where each coalition is minimal winning: it wins, and none of its members can be spared.

    Examples
    --------
    >>> game = CoalitionGame("Balance", resources={"A": 120, "B": 100, "C": 80})
    >>> sorted(sorted(c) for c in minimal_winning(game))
    [['A', 'B'], ['A', 'C'], ['B', 'C']]
    """
    _resources(game, "minimal winning coalitions")
    if game.weights is not None:
        return dict.fromkeys(_minimal_by_numbers(game, *game.weights), Region.everything(game.assumptions))
    found = {}
    for coalition in game.coalitions():
        total = game.strength(coalition)
        without = (compare_zero("<=", total - game.resources[p] - game.quota, game.assumptions) for p in coalition)
        region = Region(
            conjunction(compare_zero(">", total - game.quota, game.assumptions), *without), game.assumptions
        )
        if not region.is_empty(certify=False).proved:
            found[coalition] = region.simplify()
    return found


def _minimal_by_numbers(game: CoalitionGame, weights: tuple[int, ...], quota: int) -> Iterator[Coalition]:
    """Coalitions that win by less than their weakest member has: members are added from the strongest down."""
    order = sorted(range(len(weights)), key=lambda k: -weights[k])
    rest = [0]
    for k in reversed(order):
        rest.append(rest[-1] + weights[k])
    todo: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    while todo:
        place, total, chosen = todo.pop()
        if total > quota:
            yield frozenset(game.players[k] for k in chosen)
        elif place < len(order) and total + rest[len(order) - place] > quota:
            k = order[place]
            todo += [(place + 1, total, chosen), (place + 1, total + weights[k], (*chosen, k))]


def essential(game: CoalitionGame, *, seconds: float = 10.0) -> dict[str, Region]:
    """Where each player is essential: some coalition wins with it and not without it.

    Niou, Ordeshook and Rose (1989), *The Balance of Power*.  A player that is not essential is a dummy.
    """
    _resources(game, "essential players")
    if game.weights is not None:
        return {p: Region(is_so, game.assumptions) for p, is_so in turned(game).items()}
    return {player: Region(_turns(game, player), game.assumptions).simplify(seconds=seconds) for player in game.players}


def _turns(game: CoalitionGame, player: str) -> Formula:
    """That some coalition of the others loses, and wins with the player."""
    known = game.assumptions
    others = [p for p in game.players if p != player]
    cases = []
    for size in range(len(others) + 1):
        for rest in itertools.combinations(others, size):
            below = game.strength(rest) - game.quota
            wins = compare_zero(">", below + game.resources[player], known)
            cases.append(conjunction(compare_zero("<=", below, known), wins))
    return disjunction(*cases)


def dummies(game: CoalitionGame) -> dict[str, Region]:
    """Where each player is a dummy: no coalition needs it to win.

    Examples
    --------
    >>> game = CoalitionGame("Balance", resources={"A": 160, "B": 100, "C": 40})
    >>> [player for player, where in dummies(game).items() if where.contains({})]
    ['B', 'C']
    """
    return {player: (~region).simplify() for player, region in essential(game).items()}


def system_stable(game: CoalitionGame, *, seconds: float = 10.0) -> Region:
    """Where no state is eliminated: every one is essential (Niou, Ordeshook and Rose 1989).

    Examples
    --------
    >>> print(system_stable(CoalitionGame("Balance", resources={"A": 160, "B": 100, "C": 40})).is_empty())
    proved (certified)
    """
    _resources(game, "system stability")
    if game.weights is not None:
        return Region(all(turned(game).values()), game.assumptions)
    started = time.perf_counter()
    region = Region.everything(game.assumptions)
    for player in game.players:
        left = max(0.1, seconds - (time.perf_counter() - started))
        region = region & Region(_turns(game, player), game.assumptions).simplify(seconds=left)
    return region.simplify(seconds=max(0.1, seconds - (time.perf_counter() - started)))


# -- the core -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Core(ShownInNotebooks):
    """Divisions of the worth of all that no coalition can improve upon (Gillies 1959).

    Attributes
    ----------
    shares : mapping from player to symbol
        The last player's share is what the others leave.
    allocations : Region
        Over the parameters and the shares of all players but the last.
    """

    game: CoalitionGame
    shares: Mapping[str, sp.Symbol]
    allocations: Region

    def exists(self, *, seconds: float = 10.0) -> Region:
        """Where the core is not empty."""
        free = [s for s in list(self.shares.values())[:-1] if s in self.allocations.assumptions]
        return self.allocations.eliminate(*free, seconds=seconds).simplify(seconds=seconds)

    def vertices(self, point: Mapping[Any, Any] | None = None) -> list[dict[str, sp.Rational]]:
        """The corners of the core at a point, exactly; none if it is empty."""
        game = self.game
        exact = point_of(game, point or {})
        worth = {c: _number(game.worth_of(c), exact) for c in game.coalitions()}
        rows = [([Fraction(int(p in c)) for p in game.players], v) for c, v in worth.items()]
        return [
            {p: sp.Rational(x.numerator, x.denominator) for p, x in zip(game.players, corner, strict=True)}
            for corner in _corners(rows)
        ]


def core(game: CoalitionGame) -> Core:
    """The core as a region over parameters and shares.

    Raises
    ------
    ConceptError
        If worths depend on the structure, or resources leave open whether all together win.

    Examples
    --------
    >>> game = CoalitionGame("Gloves", players=["L", "R"], worth={("L", "R"): 1})
    >>> core(game).vertices()
    [{'L': 0, 'R': 1}, {'L': 1, 'R': 0}]
    """
    if game.partition_worth is not None:
        raise ConceptError(
            subject=game.subject, wanted="a characteristic function for the core", got="partition_worth",
            hint="what a coalition can get depends on what the others do; fix that and give worth=",
        )  # fmt: skip
    shares = {p: sp.Symbol(f"share({p})", real=True) for p in game.players}
    scope = game.assumptions
    from deterrence.parameters import Parameter

    free = list(shares.values())[:-1]
    scope = type(scope)(
        (*scope.parameters, *(Parameter(s, "real") for s in free)), scope.relations, scope.simplices, scope.closed,
        scope.definitions,
    )  # fmt: skip
    whole = _settled(game, frozenset(game.players))
    value = {**shares, game.players[-1]: whole - sp.Add(*free)}
    region = Region.everything(scope)
    for coalition in game.coalitions():
        if len(coalition) < len(game.players):
            total = sp.Add(*(value[p] for p in coalition))
            region = region & _enough(game, coalition, total, scope)
    return Core(game, shares, region)


def _enough(game: CoalitionGame, coalition: Coalition, total: sp.Expr, scope: Assumptions) -> Region:
    """Where a coalition gets its worth at least: of open resources, 1 where it wins."""
    worth = game.worth_of(coalition)
    if not worth.has(sp.Piecewise):
        return meeting([sp.Ge(total - worth, 0)], scope)
    loses = compare_zero("<=", game.strength(coalition) - game.quota, scope)
    enough = disjunction(compare_zero(">=", total - 1, scope), loses)
    return Region(conjunction(compare_zero(">=", total, scope), enough), scope)


def _settled(game: CoalitionGame, coalition: Coalition) -> sp.Expr:
    """The worth as one expression."""
    worth = game.worth_of(coalition)
    if worth.has(sp.Piecewise) and _more(game, game.strength(coalition)).covers(certify=False).proved:
        return sp.S.One
    if worth.has(sp.Piecewise):
        raise ConceptError(
            subject=game.subject, wanted="resources in numbers, or a worth for each coalition",
            got=f"a coalition {sorted(coalition)} of which it is open whether it wins",
        )  # fmt: skip
    return worth


def _number(expr: sp.Expr, point: Mapping[sp.Symbol, Any]) -> Fraction:
    value = sp.sympify(expr).subs(dict(point))
    if not value.is_Rational:
        raise ConceptError(subject="coalition game", wanted="a value for every parameter", got=str(value))
    return Fraction(int(value.p), int(value.q))


def _corners(rows: list[tuple[list[Fraction], Fraction]]) -> list[list[Fraction]]:
    """Corners of ``row.x >= value`` for all rows, with equality in the last one."""
    *lower, (everyone, total) = rows
    size, found = len(everyone), []
    for chosen in itertools.combinations(lower, size - 1):
        system = sp.Matrix([[*map(_sp, r), _sp(v)] for r, v in ((everyone, total), *chosen)])
        reduced, pivots = system.rref()
        if pivots != tuple(range(size)):
            continue
        x = [Fraction(int(v.p), int(v.q)) for v in reduced[:, size]]
        good = all(sum(a * b for a, b in zip(r, x, strict=True)) >= v for r, v in lower)
        if good and x not in found:
            found.append(x)
    return sorted(found)


def _sp(value: Fraction) -> sp.Rational:
    return sp.Rational(value.numerator, value.denominator)


# -- stable alliance structures -------------------------------------------------------------------


def equal_division(game: CoalitionGame, coalition: Coalition, structure: Structure) -> dict[str, sp.Expr]:
    """Every member gets the same."""
    within = structure if game.partition_worth is not None else None
    share = game.worth_of(coalition, within) / len(coalition)
    return dict.fromkeys(coalition, share)


def stable_structures(
    game: CoalitionGame, *, division: Division | None = None, exit: str | None = None, entry: str | None = None
) -> dict[Structure, Region]:
    """Where each way of dividing players into alliances is stable.

    Nobody gains by leaving and nobody gains by joining another alliance, if it is let in
    (internal and external stability: d'Aspremont et al. 1983; Yi 1997 on rules of membership).

    Parameters
    ----------
    game : CoalitionGame
    division : function, optional
        ``division(game, coalition, structure)`` gives each member's payoff; the game's if left out.
    exit : {"alone", "dissolve"}, optional
        Who leaves stands alone; the alliance it leaves stays together, or falls apart.  The game's if left out.
    entry : {"open", "exclusive", "closed"}, optional
        Anyone may join; only if no member loses by it; nobody may join.  The game's if left out.

    Raises
    ------
    UnknownName
        If there is no such rule.
    """
    found = each_stable(game, division=division, exit=exit, entry=entry)
    return {structure: region for structure, region in found if region is not None}


def each_stable(
    game: CoalitionGame, *, division: Division | None = None, exit: str | None = None, entry: str | None = None
) -> Iterator[tuple[Structure, Region | None]]:
    """The same one after the other, also those that are stable nowhere (None)."""
    rules = check_rules(exit or game.exit, entry or game.entry, "stable_structures")
    shares = division or game.division or equal_division
    for structure in structures(game.players):
        yield structure, _no_move_gains(game, shares, structure, rules)


def _no_move_gains(game: CoalitionGame, division: Division, structure: Structure, rules: Rules) -> Region | None:
    """Where a structure is stable; None if nowhere."""
    exit, entry = rules
    now = _payoffs(game, division, structure)
    parts: list[Formula] = []
    for player in game.players:
        for after, hosts in _moves(structure, player, exit, entry):
            then = _payoffs(game, division, after)
            gains = _compared(game, ">", then[player], now[player])
            lose = [_compared(game, "<", then[host], now[host]) for host in hosts if entry == "exclusive"]
            parts.append(disjunction(negate(gains), *lose))
            if parts[-1] is False:
                return None
    region = Region(conjunction(*parts), game.assumptions)
    if region.formula is True:
        return region
    return None if region.is_empty(certify=False).proved else region.simplify()


def _compared(game: CoalitionGame, op: str, one: sp.Expr, other: sp.Expr) -> Formula:
    """``one op other``, by cases where resources leave open who wins."""
    cases = []
    for value, where in _cases(game, one):
        for rival, there in _cases(game, other):
            cases.append(conjunction(where, there, compare_zero(op, sp.sympify(value - rival), game.assumptions)))
    return disjunction(*cases)


def _cases(game: CoalitionGame, value: sp.Expr) -> list[tuple[sp.Expr, Formula]]:
    """A payoff as values with the conditions under which it has them."""
    folded = sp.piecewise_fold(sp.sympify(value)) if sp.sympify(value).has(sp.Piecewise) else sp.sympify(value)
    if not isinstance(folded, sp.Piecewise):
        return [(folded, True)]
    found, before = [], []  # type: list[tuple[sp.Expr, Formula]], list[Formula]
    for piece, condition in folded.args:
        here = Region(condition, game.assumptions).formula
        found.append((piece, conjunction(here, *map(negate, before))))
        before.append(here)
    return found


def _payoffs(game: CoalitionGame, division: Division, structure: Structure) -> dict[str, sp.Expr]:
    return {p: sp.sympify(v) for c in structure for p, v in division(game, c, structure).items()}


def _moves(structure: Structure, player: str, exit: str, entry: str) -> Iterator[tuple[Structure, Coalition]]:
    """What a player can turn a structure into, with the alliance that it joins."""
    own = next(c for c in structure if player in c)
    rest = own - {player}
    left = structure - {own}
    after = (left | {frozenset([p]) for p in rest}) if exit == "dissolve" else (left | ({rest} if rest else set()))
    if rest:
        yield frozenset(after | {frozenset([player])}), frozenset()
    if entry != "closed":
        for host in sorted(left, key=sorted):
            yield frozenset((after - {host}) | {host | {player}}), host
