"""How much of the peace is deterrence: what would have happened had the defender's threat not existed.

No attack does not mean that deterrence worked (Lebow and Stein): who did not want to attack was not
deterred.  `deterrence_shares` compares each equilibrium of a solved game with each one of the game without
the threat, type by type, and says how much of the peace is deterrence:
Pr(peace, and none without the threat) / Pr(peace).  Types are the same in both; what is drawn by
mixed strategies or Nature is drawn anew, which matters only where both sides of the comparison mix.
Where the counterfactual leaves open what would have happened, so is the share: see `PeaceShares.range`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, overload

import sympy as sp

from deterrence.counterfactuals import Action, Threat, threat_of, without_threat
from deterrence.equilibria import entries_named
from deterrence.errors import GameError, UnknownName
from deterrence.games import Outcome
from deterrence.polynomials import tidy
from deterrence.regions import Region
from deterrence.regions.combine import renamed

if TYPE_CHECKING:
    from deterrence.equilibria import Equilibria, Equilibrium

__all__ = ["SHARE", "PeaceShare", "PeaceShares", "compare", "counterfactual", "deterrence_shares", "peace_by_type"]

SHARE = sp.Symbol("share", real=True)  # what the regions of possible shares speak of


@dataclass(frozen=True)
class PeaceShare:
    """The peace of an equilibrium, split by what keeps it.

    Attributes
    ----------
    equilibrium, counterfactual : Equilibrium
        Of the game, and of the game without the threat.
    peace, deterred : sympy.Expr
        Pr(peace), and Pr(peace, and none without the threat); a family's free probabilities stand in them.
    region : Region
        Where both equilibria exist.
    """

    equilibrium: Equilibrium
    counterfactual: Equilibrium
    peace: sp.Expr
    deterred: sp.Expr
    region: Region

    @property
    def share(self) -> sp.Expr | None:
        """The share of the peace that is deterrence; None where there is no peace."""
        return None if self.peace == 0 else tidy(self.deterred / self.peace)

    @property
    def free(self) -> tuple[sp.Symbol, ...]:
        """The free probabilities on which the share depends."""
        symbols = (self.deterred + self.peace).free_symbols | self.deterred.free_symbols
        return tuple(s for s in (*self.equilibrium.free, *self.counterfactual.free) if s in symbols)

    @property
    def where(self) -> Region:
        """Where both exist, and which values the free probabilities on which the share depends can take."""
        where = self.region
        for eq in (self.equilibrium, self.counterfactual):
            where = where & eq.free_range if set(self.free) & set(eq.free) else where
        return where

    @property
    def range(self) -> Region:
        """Which values, called `share`, the share can take at which parameters."""
        where = self.where
        if self.share is None:
            return Region.nothing(where.assumptions)
        known = Region(SHARE >= 0, where.assumptions, exists=[SHARE]).assumptions
        whole = Region(sp.Eq(SHARE * self.peace, self.deterred), known) & where & Region(self.peace > 0, known)
        return whole.eliminate(*self.free).simplify()

    def __str__(self) -> str:
        names = f"{self.equilibrium.title}, without the threat {self.counterfactual.title}"
        part = "there is no peace" if self.share is None else f"{self.share} of the peace is deterrence"
        return f"{names}: {part}, where {self.region}"


@dataclass(frozen=True)
class PeaceShares(Sequence[PeaceShare]):
    """Every comparison of an equilibrium with one of the game without the threat.

    Attributes
    ----------
    shares : tuple of PeaceShare
        One for each pair of equilibria that exist together on more than a boundary.
    threat : tuple of (player, label, action)
        What was taken away.
    left : mapping of (player, label) to tuple of actions
        What could still be done at these moves: a lesser threat may be among it.
    complete : bool
        Whether all equilibria of both games are known.
    """

    shares: tuple[PeaceShare, ...]
    threat: tuple[Action, ...]
    left: Mapping[tuple[str, str], tuple[str, ...]]
    complete: bool

    def __len__(self) -> int:
        return len(self.shares)

    def __iter__(self) -> Iterator[PeaceShare]:
        return iter(self.shares)

    @overload
    def __getitem__(self, key: int) -> PeaceShare: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[PeaceShare, ...]: ...
    def __getitem__(self, key: int | slice) -> PeaceShare | tuple[PeaceShare, ...]:
        return self.shares[key]

    def of(self, name: str) -> PeaceShares:
        """The comparisons of the equilibria of that name or title.

        Raises
        ------
        UnknownName
            With the nearest matches.
        """
        return replace(self, shares=entries_named(self.shares, name, "shares of peace"))

    def range(self, name: str) -> Region:
        """Which values, called `share`, the share can take in the equilibria of that name, over all counterfactuals.

        One value at each point where the counterfactual is settled; an interval where it is not.
        """
        first, *rest = (s.range for s in self.of(name))
        for region in rest:
            first = first | region
        return first.simplify()

    def __str__(self) -> str:
        moves = (f"{player}, {label}: {' or '.join(actions)}" for (player, label), actions in self.left.items())
        gone = ", ".join(action for *_, action in self.threat)
        heads = [f"the threat taken away: {gone}; what is left at {'; '.join(moves)}"]
        heads += [] if self.complete else ["the answer is not complete: there may be more"]
        return "\n".join([*heads, *map(str, self.shares)])


@lru_cache(maxsize=64)
def counterfactual(game: Any, threat: tuple[Action, ...], concept: str | None = None, beliefs: str = "free") -> Any:
    """The equilibria of the game without the threat.

    Parameters
    ----------
    game : ExtensiveGame
    threat : tuple of (player, label, action)
        As `threat_of` gives it; one action by itself is a threat too.
    concept, beliefs : str
        As for `deterrence.solve`.

    Returns
    -------
    Equilibria
    """
    from deterrence.solvers import solve

    absent = without_threat(game, threat)
    private = any(len(kinds) > 1 for kinds in absent.types.values())
    if concept == "perfect bayesian" and not private:
        concept = None  # without private types subgame perfection is all that is left of it
    public = private and absent.independent and absent.observed_actions
    return solve(absent, concept, beliefs=beliefs if public else "free")


def outcomes_of(game: Any, peace: str | Iterable[str]) -> tuple[str, ...]:
    """The outcomes that count as peace, by name.

    Raises
    ------
    GameError
        If there are none.
    UnknownName
        If the game has no such outcome.
    """
    names = (peace,) if isinstance(peace, str) else tuple(peace)
    if not names:
        raise GameError(subject=f'Game "{game.name}"', wanted="the outcomes that count as peace", got="none")
    for name in names:
        if name not in game.outcomes:
            raise UnknownName(subject=f'Game "{game.name}"', wanted="an outcome", got=name, known=game.outcomes)
    return names


def peace_by_type(equilibrium: Equilibrium, peace: str | Iterable[str]) -> dict[tuple[Any, ...], sp.Expr]:
    """Probability of the outcomes that count as peace, for each draw of the types.

    Raises
    ------
    GameError, UnknownName
        See `outcomes_of`.
    """
    return _peace_by_type(equilibrium, outcomes_of(equilibrium.game, peace))


def _peace_by_type(equilibrium: Equilibrium, names: tuple[str, ...]) -> dict[tuple[Any, ...], sp.Expr]:
    """The same; outcomes that the game does not have are never reached."""
    game, table = equilibrium.game, {}
    ends = [p for p in game.positions if isinstance(p.node, Outcome) and p.node.name in names]
    for types in game.prior:
        reach = [sp.Mul(*(_taken(equilibrium, step, types) for step in p.path)) for p in ends]
        table[types] = tidy(sp.Add(*reach))
    return table


def _taken(equilibrium: Equilibrium, step: Any, types: tuple[Any, ...]) -> sp.Expr:
    """Probability of one step of the path, given the types."""
    game, a = equilibrium.game, equilibrium.assessment
    if step.kind == "move":
        return equilibrium.strategy[a.set_of(step.player, types, step.label)][step.action]
    branches = game.positions[step.position].node.branches
    return next(game.assumptions.expand(p).xreplace(a.point) for event, p, _ in branches if event == step.action)


def compare(equilibrium: Equilibrium, other: Equilibrium, peace: str | Iterable[str]) -> PeaceShare:
    """Compare an equilibrium with one of the game without the threat.

    Parameters
    ----------
    equilibrium, other : Equilibrium
        Of the game and of the game without the threat; a player has the same types in both, or none in the
        second.  Where the first stands at a point (`Equilibrium.at`), so should the second.
    peace : str or iterable of str
        The outcomes that count as no attack.

    Raises
    ------
    GameError
        If the two games do not draw the same types, or nothing counts as peace.
    UnknownName
        If the game has no such outcome.
    """
    names, point = outcomes_of(equilibrium.game, peace), equilibrium.assessment.point
    other = _kept_apart(other, equilibrium.free)
    present, absent = _peace_by_type(equilibrium, names), _peace_by_type(other, names)
    prior = {t: equilibrium.game.assumptions.expand(p).xreplace(point) for t, p in equilibrium.game.prior.items()}
    kinds = list(other.game.types.values())
    same = {t: tuple(None if row == (None,) else k for k, row in zip(t, kinds, strict=True)) for t in prior}
    if not set(same.values()) <= set(absent):
        raise GameError(subject=f'Game "{other.game.name}"', wanted="the types of the game", got="other types")
    kept = tidy(sp.Add(*(prior[t] * present[t] for t in prior)))
    deterred = tidy(sp.Add(*(prior[t] * present[t] * (1 - absent[same[t]]) for t in prior)))
    where = equilibrium.condition & other.condition
    return PeaceShare(equilibrium, other, kept, deterred, where.at(point) if point else where)


def _kept_apart(other: Equilibrium, taken: tuple[sp.Symbol, ...]) -> Equilibrium:
    """The same family with other names for free probabilities whose names are taken: each is free by itself."""
    old, system = other.assessment, other.system
    clash = tuple(s for s in old.free if s in taken)
    if not clash:
        return other
    names = {p.name for p in system.assumptions.parameters} | {s.name for s in taken}
    formula, known, fresh = renamed(system.formula, system.assumptions, clash, names)
    put = dict(zip(clash, fresh, strict=True))
    assessment = replace(
        old,
        strategy={s: {a: sp.sympify(e).xreplace(put) for a, e in row.items()} for s, row in old.strategy.items()},
        weights={s: {n: sp.sympify(e).xreplace(put) for n, e in row.items()} for s, row in old.weights.items()},
        free=tuple(put.get(s, s) for s in old.free),
    )
    apart = Region(formula, known, exists=system.pending, taken=system.taken)
    return replace(other, assessment=assessment, system=apart)


def deterrence_shares(
    equilibria: Equilibria,
    threat: Threat | None = None,
    peace: str | Iterable[str] = (),
    *,
    keep: Action | None = None,
) -> PeaceShares:
    """Split the peace of every equilibrium of a solved game.

    Parameters
    ----------
    equilibria : Equilibria
        The solved game, or what exists at a point of it (`Equilibria.at`).
    threat : (player, label, action), or an iterable of such
        What the defender could not do in the counterfactual.
    peace : str or iterable of str
        The outcomes that count as no attack.
    keep : (player, label, action)
        In place of `threat`: all that the defender could do at that move.

    Returns
    -------
    PeaceShares
        One for each pair of equilibria that exist together on more than a boundary.

    Raises
    ------
    GameError, UnknownName
        If the game has no tree, no such action or no such outcome, or if nothing counts as peace.

    Examples
    --------
    >>> import deterrence as dt
    >>> eqs = dt.load("theory/peace_as_success").solve()
    >>> found = deterrence_shares(eqs, ("Defender", "answer", "resist"), "Peace")
    >>> print(found.of("Partial")[0].share)
    t_C/(1 - t_B)
    """
    game = equilibria.game
    gone, names = threat_of(game, threat, keep), outcomes_of(game, peace)
    concept, beliefs = equilibria.provenance.concept or None, equilibria.provenance.beliefs or "free"
    absent = counterfactual(game, gone, concept, beliefs)
    pairs = ((e, _beside(e, other)) for e in equilibria for other in absent)
    found = (compare(e, other, names) for e, other in pairs if other is not None)
    left = {key: tuple(a for a in game.labels[key].actions if (*key, a) not in gone) for key in _moves(gone)}
    shares = tuple(s for s in found if _wide(s))
    return PeaceShares(shares, gone, left, equilibria.complete and absent.complete)


def _moves(threat: tuple[Action, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((player, label) for player, label, _ in threat))


def _beside(equilibrium: Equilibrium, other: Equilibrium) -> Equilibrium | None:
    """The counterfactual at the point at which the equilibrium stands, if it stands at one and exists there."""
    declared = {s: v for s, v in equilibrium.assessment.point.items() if s in equilibrium.game.assumptions}
    return other.at(declared) if declared else other


def _wide(found: PeaceShare) -> bool:
    """Whether two equilibria are not shown to exist together at most on a boundary."""
    if found.equilibrium.assessment.point or found.region.pending:
        return not found.region.is_empty().proved
    return not found.region.interior.is_empty().proved
