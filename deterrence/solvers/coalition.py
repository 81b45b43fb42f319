"""What coalitions can do: winning, essential, stable systems, the core and stable alliance structures."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy as sp

from deterrence.errors import ConceptError, UnknownName
from deterrence.games.coalition import Coalition, CoalitionGame, Structure, structures
from deterrence.notebook import ShownInNotebooks
from deterrence.profiles import point_of
from deterrence.regions import Region

__all__ = ["Core", "core", "essential", "minimal_winning", "stable_structures", "system_stable", "winning"]

Division = Callable[[CoalitionGame, Coalition, Structure], Mapping[str, sp.Expr]]
EXITS = ("alone", "dissolve")
ENTRIES = ("open", "exclusive", "closed")


def _resources(game: CoalitionGame, what: str) -> None:
    if not game.weighted:
        raise ConceptError(subject=what, wanted="a CoalitionGame with resources", got=repr(game))


def _more(game: CoalitionGame, amount: sp.Expr) -> Region:
    """Where an amount of resources wins."""
    return Region(sp.Gt(amount - game.quota, 0), game.assumptions)


def winning(game: CoalitionGame, coalition: Iterable[str]) -> Region:
    """Where a coalition wins: more resources than the quota."""
    _resources(game, "winning coalitions")
    return _more(game, game.strength(coalition))


def minimal_winning(game: CoalitionGame) -> dict[Coalition, Region]:
    """Where each coalition is minimal winning: it wins, and none of its members can be spared.

    Examples
    --------
    >>> game = CoalitionGame("Balance", resources={"A": 120, "B": 100, "C": 80})
    >>> sorted(sorted(c) for c in minimal_winning(game))
    [['A', 'B'], ['A', 'C'], ['B', 'C']]
    """
    _resources(game, "minimal winning coalitions")
    found = {}
    for coalition in game.coalitions():
        region = winning(game, coalition)
        for player in sorted(coalition):
            region = region & ~winning(game, coalition - {player})
        if not region.is_empty(certify=False).proved:
            found[coalition] = region.simplify()
    return found


def essential(game: CoalitionGame) -> dict[str, Region]:
    """Where each player is essential: some coalition wins with it and not without it.

    Niou, Ordeshook and Rose (1989), *The Balance of Power*.  A player that is not essential is a dummy.
    """
    _resources(game, "essential players")
    found = {}
    for player in game.players:
        region = Region.nothing(game.assumptions)
        others = [p for p in game.players if p != player]
        for size in range(len(others) + 1):
            for rest in itertools.combinations(others, size):
                below = game.strength(rest)
                region = region | (_more(game, below + game.resources[player]) & ~_more(game, below))
        found[player] = region.simplify()
    return found


def system_stable(game: CoalitionGame) -> Region:
    """Where no state is eliminated: every one is essential (Niou, Ordeshook and Rose 1989).

    Examples
    --------
    >>> print(system_stable(CoalitionGame("Balance", resources={"A": 160, "B": 100, "C": 40})).is_empty())
    proved (certified)
    """
    region = Region.everything(game.assumptions)
    for where in essential(game).values():
        region = region & where
    return region.simplify()


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
        If worths depend on the structure, or resources leave open who wins.

    Examples
    --------
    >>> game = CoalitionGame("Gloves", players=["L", "R"], worth={("L", "R"): 1})
    >>> core(game).vertices()
    [{'L': 0, 'R': 1}, {'L': 1, 'R': 0}]
    """
    if game.partition_worth is not None:
        raise ConceptError(subject=game.subject, wanted="a characteristic function for the core", got="partition_worth")
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
            region = region & Region(
                sp.Ge(sp.Add(*(value[p] for p in coalition)) - _settled(game, coalition), 0), scope
            )
    return Core(game, shares, region)


def _settled(game: CoalitionGame, coalition: Coalition) -> sp.Expr:
    """The worth as one expression."""
    worth = game.worth_of(coalition)
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
    game: CoalitionGame, *, division: Division = equal_division, exit: str = "alone", entry: str = "open"
) -> dict[Structure, Region]:
    """Where each way of dividing players into alliances is stable.

    Nobody gains by leaving and nobody gains by joining another alliance, if it is let in
    (internal and external stability: d'Aspremont et al. 1983; Yi 1997 on rules of membership).

    Parameters
    ----------
    game : CoalitionGame
        Of worths or partition worths.
    division : function
        ``division(game, coalition, structure)`` gives each member's payoff.
    exit : {"alone", "dissolve"}
        Who leaves stands alone; the alliance it leaves stays together, or falls apart.
    entry : {"open", "exclusive", "closed"}
        Anyone may join; only if no member loses by it; nobody may join.

    Raises
    ------
    UnknownName
        If there is no such rule.
    """
    for rule, known in ((exit, EXITS), (entry, ENTRIES)):
        if rule not in known:
            raise UnknownName(subject="stable_structures", wanted="a rule", got=rule, known=known)
    found = {}
    for structure in structures(game.players):
        region = Region.everything(game.assumptions)
        now = _payoffs(game, division, structure)
        for player in game.players:
            for after, hosts in _moves(structure, player, exit, entry):
                then = _payoffs(game, division, after)
                gains = Region(sp.Gt(then[player] - now[player], 0), game.assumptions)
                for host in hosts if entry == "exclusive" else ():
                    gains = gains & Region(sp.Ge(then[host] - now[host], 0), game.assumptions)
                region = region & ~gains
        if not region.is_empty(certify=False).proved:
            found[structure] = region.simplify()
    return found


def _payoffs(game: CoalitionGame, division: Division, structure: Structure) -> dict[str, sp.Expr]:
    return {p: v for c in structure for p, v in division(game, c, structure).items()}


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
