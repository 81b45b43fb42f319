"""Is *my* profile an equilibrium?  Where, and if not, which deviation gains how much.

The profile may be numeric or symbolic.  Every information set is checked for one-shot deviations
against every action, dominated ones included; with beliefs that follow Bayes' rule this is the
same as checking whole continuations.  Nash equilibrium is checked against whole plans.  Free
beliefs are given the benefit of the doubt: the profile passes where some belief supports it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from deterrence.assessments import Assessment
from deterrence.equilibria import Equilibrium, checked_point
from deterrence.errors import DeterrenceError, GameError, PointError
from deterrence.games import ExtensiveGame
from deterrence.games.strategic import StrategicGame
from deterrence.profile import ProfileEquilibrium
from deterrence.regions import Region, Verdict
from deterrence.solvers.choose import chosen_concept
from deterrence.solvers.forms import is_form
from deterrence.solvers.trees.checking import Case, Profile
from deterrence.solvers.trees.deviations import Deviation, deviations, possible_deviations
from deterrence.solvers.trees.given_profile import complete_profile

__all__ = ["Deviation", "Verification", "verify"]

GAINS = "a deviation gains"


@dataclass(frozen=True)
class Verification:
    """The answer to `verify`.

    Attributes
    ----------
    verdict : Verdict
        Proved: an equilibrium (at the point; or wherever the assumptions hold; or, for a record of
        ours, wherever the record says).  Refuted: with a point where it is not, and why.
    region : Region
        Where the profile is an equilibrium; over its free probabilities too, if it has any.
    deviations : tuple of Deviation
        Empty if proved.  At a point: which deviations gain how much.  Without: what each deviation
        that can pay would gain.  Actions are compared one with another, see `Deviation`: over a
        mixture the gain is smaller.
    """

    verdict: Verdict
    region: Region
    deviations: tuple[Deviation, ...]

    def __str__(self) -> str:
        lines = [f"equilibrium: {self.verdict}"]
        lines += [f"  {d}" for d in self.deviations]
        return "\n".join([*lines, f"where: {self.region}"])

    def _repr_html_(self) -> str:
        from deterrence.views.records import verification_html

        return verification_html(self)


def verify(
    game: ExtensiveGame,
    profile: Mapping[Any, Any] | Equilibrium | Assessment | ProfileEquilibrium,
    at: Mapping[Any, Any] | None = None,
    *,
    concept: str | None = None,
    beliefs: str = "free",
) -> Verification:
    """Check a strategy profile against the definition.

    Parameters
    ----------
    game : ExtensiveGame
    profile : mapping, Equilibrium, ProfileEquilibrium or Assessment
        For each information set, ``(player, type, label)`` or ``(player, label)``, an action or a
        mapping of action to probability (number or expression in the parameters; what is left
        out has probability 0).  ``(player, label)`` speaks for all types of the player.  A record
        that `solve` found is checked where it claims to exist; a family keeps its free symbols.  In a
        payoff table a player's name is enough.  In a symmetric game the number of players who take
        each action, or the probabilities with which all mix alike (by role, if there are roles); in a
        game of levels the value of each level.
    at : mapping of parameter to number, optional
        A point; without it the answer is a region.
    concept : {"perfect bayesian", "weak perfect bayesian", "subgame perfect", "nash"}, optional
        As for `solve`, which also chooses in the same way if none is given.  Forms of game without a
        tree are checked for Nash equilibrium.
    beliefs : {"free", "passive", "passive undominated"}
        As for `solve`.

    Raises
    ------
    GameError, UnknownName
        If the profile does not fit the game, or the concept is unknown.
    ConceptError
        If the concept is not defined for the game, or profiles of that form are not checked.
    PointError
        If the point breaks an assumption or leaves out a parameter that is needed.
    """
    if not isinstance(game, ExtensiveGame):
        if not is_form(game):
            raise GameError(subject="verify", wanted="a game, such as dt.ExtensiveGame(...)", got=repr(game))
        from deterrence.solvers.verify_forms import verify_form

        return verify_form(game, profile, at)
    if isinstance(game, StrategicGame) and isinstance(profile, Mapping):
        profile = {game.information.get(key, key): choice for key, choice in profile.items()}
    concept = chosen_concept(game, concept, beliefs)
    strategy, claimed, at = _read(game, profile, at)
    asked = Profile(game, strategy, concept, beliefs)
    claimed = Region.everything(asked.known) if claimed is None else claimed
    return _everywhere(asked, claimed) if at is None else _at_point(asked, claimed, checked_point(game, at))


def _read(game: ExtensiveGame, profile: Any, at: Mapping[Any, Any] | None) -> tuple[Any, Region | None, Any]:
    """The strategy; where a record says that it is an equilibrium; the point at which to ask."""
    claimed = None
    if isinstance(profile, Equilibrium):
        claimed = profile.free_range if profile.free else profile.condition
        profile = profile.assessment
    if isinstance(profile, Assessment):
        if profile.game != game:
            raise GameError(subject=f'Game "{game.name}"', wanted="an equilibrium of this game", got=profile.game.name)
        at = {**profile.point, **(at or {})} or at
        profile = profile.strategy
    return complete_profile(game, profile), claimed, at


def _everywhere(asked: Profile, claimed: Region) -> Verification:
    """The answer without a point."""
    cases = asked.cases()
    region = asked.region(cases)
    verdict = claimed.implies(region)
    if verdict.proved:
        return Verification(verdict, region, ())
    if verdict.refuted and verdict.counterexample is not None:
        verdict = replace(verdict, reason=_reason(asked, verdict.counterexample))
    return Verification(verdict, region, possible_deviations(cases, asked.known))


def _reason(asked: Profile, point: dict[sp.Symbol, Any]) -> str:
    """What fails at a counterexample, in words."""
    here = asked.at(point)
    if here.outside():
        return here.outside()
    found = deviations(case.at(point) for case in here.cases())
    return str(found[0]) if found else asked.pure_at(point) or GAINS


def _at_point(asked: Profile, claimed: Region, point: dict[sp.Symbol, sp.Rational]) -> Verification:
    """The answer at a point."""
    here, region = asked.at(point), asked.region(asked.cases())
    if here.outside():
        return Verification(Verdict.refutation(point, reason=here.outside()), region, ())
    cases = [case.at(point) for case in here.cases()]
    _check_complete(here, cases, point)
    found = deviations(cases)
    if found is not None:
        verdict = Verdict.refutation(point, reason=GAINS) if found else Verdict.proof("certified")
        return Verification(verdict, region, found)
    verdict = _membership(here, claimed, point)
    return Verification(verdict, region, () if verdict.proved else possible_deviations(cases, here.known))


def _check_complete(here: Profile, cases: list[Case], point: dict[sp.Symbol, Any]) -> None:
    """Name the parameters that are needed and missing."""
    used = {x for case in cases for c in case.constraints for x in c.gain.free_symbols}
    missing = [x.name for x in here.game.assumptions.symbols if x in used]
    if missing:
        raise PointError(
            subject="point", wanted=f"a value for {', '.join(missing)}", got=", ".join(map(str, point)) or "none"
        )


def _membership(here: Profile, claimed: Region, point: dict[sp.Symbol, Any]) -> Verdict:
    """Whether the point lies in the region; with free probabilities, whether all that is claimed does."""
    region = here.region(here.cases())
    if here.free:
        said = claimed.at({s: v for s, v in point.items() if s in claimed.assumptions})
        return said.implies(region.at(point))
    try:
        inside = region.contains(point)
    except PointError:
        raise
    except DeterrenceError as error:
        return Verdict.unknown(str(error))
    return Verdict.proof("certified") if inside else Verdict.refutation(point, reason=GAINS)
