"""The kinds of claims as words to write model files with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sympy as sp

from deterrence.claims.amounts import Chosen, Earned, InEquilibrium, Quantity
from deterrence.claims.existence import AlwaysExists, ExistsIff, NeverCoexist, RefinementRemoves, UniqueIff
from deterrence.claims.known_types import WhenTypesKnown
from deterrence.claims.outcomes import DIRECTIONS, NeverOccurs, OutcomeProbability, SignOf
from deterrence.claims.parameters import Holds, RegionIs, Threshold
from deterrence.claims.peace import ShareOfPeace
from deterrence.claims.play import Belief, Play
from deterrence.claims.welfare import WorseForAll
from deterrence.errors import ModelError
from deterrence.regions.region import Region

__all__ = [
    "always_exists",
    "believes",
    "chooses",
    "earns",
    "exists_iff",
    "holds",
    "in_equilibrium",
    "never_coexist",
    "never_occurs",
    "outcome_probability",
    "plays",
    "quantity",
    "refinement_removes",
    "region_is",
    "share_of_peace",
    "sign_of",
    "threshold",
    "unique_iff",
    "when_types_known",
    "worse_for_all",
]


def _names(names: str | Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _some(names: str | Iterable[str], claim: str) -> tuple[str, ...]:
    """Names, one at least: of no equilibrium nothing can be claimed."""
    found = _names(names)
    if not found:
        raise ModelError(
            subject=claim, wanted="the name of an equilibrium, or several", got=repr(names),
            hint="always_exists() and never_occurs(outcome) speak of all equilibria",
        )  # fmt: skip
    return found


def exists_iff(
    names: str | Iterable[str], condition: Any, *, concept: str | None = None, beliefs: str = "free"
) -> ExistsIff:
    """Say that an equilibrium (of one of these names) exists exactly where the condition holds."""
    return ExistsIff(_some(names, "exists_iff"), condition, concept, beliefs)


def unique_iff(
    names: str | Iterable[str], condition: Any, *, concept: str | None = None, beliefs: str = "free"
) -> UniqueIff:
    """Say that it exists, and no other does, exactly where the condition holds."""
    return UniqueIff(_some(names, "unique_iff"), condition, concept, beliefs)


def never_coexist(first: str, second: str, *, concept: str | None = None, beliefs: str = "free") -> NeverCoexist:
    """Say that two equilibria exist together at most on a boundary."""
    return NeverCoexist(first, second, concept, beliefs)


def always_exists(*names: str, on: Any = True, concept: str | None = None, beliefs: str = "free") -> AlwaysExists:
    """Say that at least one equilibrium (of these names, or any) exists everywhere, or wherever `on` holds."""
    return AlwaysExists(names, on, concept, beliefs)


def outcome_probability(
    names: str | Iterable[str],
    outcome: str,
    expression: Any,
    *,
    on: Any = True,
    concept: str | None = None,
    beliefs: str = "free",
) -> OutcomeProbability:
    """Say what probability an outcome has in these equilibria."""
    return OutcomeProbability(_names(names), outcome, expression, on, concept, beliefs)


def share_of_peace(
    names: str | Iterable[str],
    peace: str,
    expression: Any,
    *,
    threat: tuple[str, str, str],
    on: Any = True,
    concept: str | None = None,
    beliefs: str = "free",
) -> ShareOfPeace:
    """Say what share of the peace in these equilibria is deterrence by a threat (player, label, action)."""
    return ShareOfPeace(_names(names), peace, expression, on, concept, beliefs, threat)


def never_occurs(
    outcome: str, names: str | Iterable[str] = (), *, on: Any = True, concept: str | None = None, beliefs: str = "free"
) -> NeverOccurs:
    """Say that an outcome never occurs on the path of these equilibria, or of any."""
    return NeverOccurs(outcome, _names(names), on, concept, beliefs)


def threshold(expression: Any, equals: Any, *, on: Any = True) -> Threshold:
    """Say that an expression, or the definition of that name, has a closed form."""
    return Threshold(expression, equals, on)


def sign_of(
    outcome: Any,
    wrt: Any,
    direction: str,
    within: str | Iterable[str],
    *,
    on: Any = True,
    concept: str | None = None,
    beliefs: str = "free",
) -> SignOf:
    """Say that an outcome becomes more or less likely with a parameter, throughout these equilibria.

    In place of an outcome it may be any quantity that `quantity` takes.  The direction is "increasing",
    "decreasing", "weakly increasing", "weakly decreasing" or "constant".
    """
    if direction not in DIRECTIONS:
        wanted = f"one of {', '.join(map(repr, DIRECTIONS))}"
        raise ModelError(subject="sign_of", wanted=wanted, got=repr(direction))
    return SignOf(outcome, wrt, direction, _names(within), on, concept, beliefs)


def refinement_removes(
    names: str | Iterable[str],
    condition: Any,
    *,
    concept: str | None = None,
    beliefs: str = "free",
    base_concept: str | None = None,
    base_beliefs: str = "free",
    criterion: str | None = None,
) -> RefinementRemoves:
    """Say that a refinement of a base concept removes these equilibria exactly where the condition holds.

    The refinement is another concept or rule for beliefs, or a `criterion` of `deterrence.refine`.
    """
    return RefinementRemoves(
        _some(names, "refinement_removes"), condition, concept, beliefs, base_concept, base_beliefs, criterion
    )


def quantity(
    names: str | Iterable[str],
    what: Any,
    expression: Any,
    *,
    on: Any = True,
    concept: str | None = None,
    beliefs: str = "free",
) -> Quantity:
    """Say that a quantity of these equilibria has a closed form: a level, a payoff, a probability of play.

    Parameters
    ----------
    names : str or several
    what : str, expression, or one of the words below
        A text is an outcome, or an entry of the strategy such as the name of a level.  In an expression
        the symbols of levels and shares stand for what is chosen: ``quantity("Both arm", x + y, 2 * v)``.
        Or ``plays(entry, action)``, ``chooses(entry)``, ``earns(player)``.
    expression : expression over the parameters
    on : condition or Region
        Where it is claimed.
    """
    return Quantity(_names(names), what, expression, on, concept, beliefs)


def chooses(entry: str) -> Chosen:
    """The level or share at an entry of the strategy, for `quantity`, `sign_of` and `in_equilibrium`."""
    return Chosen(entry)


def earns(player: Any) -> Earned:
    """The payoff of a player (of those who do the same, in a game of many alike), as `chooses`."""
    return Earned(player)


def region_is(region: Region, condition: Any) -> RegionIs:
    """Say that a region is where a condition holds: of ``dt.system_stable(game)``, ``dt.core(game).exists()``."""
    return RegionIs(region, condition)


def plays(information_set: Any, action: str) -> Play:
    """The probability of an action at an information set, or at an entry such as "3 players mixing"."""
    return Play(information_set, action)


def believes(player: str, label: str, about: str, type: str) -> Belief:
    """What `player` at `label` believes of another's type, for `in_equilibrium`."""
    return Belief(player, label, about, type)


def in_equilibrium(
    names: str | Iterable[str],
    relation: Any,
    where: Mapping[sp.Symbol, Any] | None = None,
    *,
    concept: str | None = None,
    beliefs: str = "free",
) -> InEquilibrium:
    """Say that a relation holds in every equilibrium of these names.

    `where` tells which of its symbols stand for probabilities of play, for beliefs, or for any other
    quantity that `quantity` takes, as in
    ``in_equilibrium("Bluff", sp.Eq(r, p), {r: believes("Defender", "respond", "Challenger", "Hard")})``.
    """
    return InEquilibrium(_names(names), relation, tuple((where or {}).items()), concept, beliefs)


def when_types_known(outcome: str, *, only: bool = True, **types: str) -> WhenTypesKnown:
    """Say that complete information about these types leads to the outcome, in every equilibrium or in some."""
    return WhenTypesKnown(tuple(types.items()), outcome, only)


def holds(condition: Any, *, on: Any = True) -> Holds:
    """Say that a relation between parameters holds everywhere, or wherever `on` does; both may be regions."""
    return Holds(condition, on)


def worse_for_all(
    worse: str, better: str, *, on: Any = True, concept: str | None = None, beliefs: str = "free"
) -> WorseForAll:
    """Say that each type of each player expects less in an equilibrium than if all played as in another."""
    return WorseForAll(worse, better, on, concept, beliefs)
