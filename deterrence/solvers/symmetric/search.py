"""Nash equilibria of symmetric games: pure by number of participants, and with one group that mixes alike.

The group may be everyone (symmetric mixed equilibrium) or some of them while the others act for
sure (partially symmetric).  A single player who mixes needs an equation among the parameters.  With
two actions and no roles, groups that mix with different probabilities are ruled out or found in
`rates`; with roles, and over three actions, they are not searched, except with two players,
who are solved as a table (`pairs`), and where all of a few players mix alike and payoffs are
numbers (`mixtures`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from math import comb
from typing import Any

import sympy as sp

from deterrence.equilibria import Undecided
from deterrence.errors import ConceptError
from deterrence.games.symmetric import Counts, SymmetricGame, _compositions
from deterrence.profile import ProfileEquilibrium
from deterrence.profiles import FormEquilibria, answer, provenance
from deterrence.progress import Report
from deterrence.regions import Region
from deterrence.regions.formula import compare_zero
from deterrence.regions.logic import Formula, conjunction
from deterrence.solvers.clock import Clock
from deterrence.solvers.symmetric.mixing import MixCase
from deterrence.solvers.symmetric.mixtures import alike_records, can_mix_alike
from deterrence.solvers.symmetric.pairs import pair_records
from deterrence.solvers.symmetric.rates import pair_of_rates, several_rates

__all__ = ["solve_symmetric"]

CONDITIONS = "no player gains by another action"
METHOD = "distributions over actions; Bernstein form of the gain from taking part"
MOST_CASES = 400
MOST_CASES_OF_MANY = 40
MANY = 20  # sizes from which on only small ones are searched for groups that mix while others act for sure
BEYOND = (
    "not complete: of mixed equilibria only those were searched in which one group of two or more mixes alike between"
    " two actions and the others act for sure"
)
ALIKE = BEYOND + ", or all mix alike over more actions"
CONTINUUM = "not complete: where all mix alike over {} the equations have a continuum of solutions, or too many"
SKIPPED = "not complete: n = {}: {} groups that mix while others act for sure were not searched"


def solve_symmetric(
    game: SymmetricGame,
    concept: str = "nash",
    time_limit: float | None = None,
    progress: Report | None = None,
) -> FormEquilibria:
    """Pure, symmetric mixed and partially symmetric Nash equilibria with their conditions.

    Raises
    ------
    ConceptError
        If the concept is not Nash equilibrium, or the number of players is a symbol and no closed
        form is known.
    """
    if concept != "nash":
        raise ConceptError(subject=game.subject, wanted='concept="nash" for a symmetric game', got=repr(concept))
    clock = Clock(time_limit)
    if isinstance(game.players, sp.Symbol):
        from deterrence.solvers.symmetric.any_number import any_number

        return any_number(game)
    records: list[ProfileEquilibrium] = []
    notes = [] if max(game.sizes) <= 2 or _plain(game) else [ALIKE if any(map(can_mix_alike, _each(game))) else BEYOND]
    undecided: list[Undecided] = []
    for done, sized in enumerate(_each(game)):
        if clock.late:
            undecided.append(Undecided((), f"n = {sized.players} and above: time limit of {time_limit:g} s"))
            break
        found, more, left = _of_one_size(sized, clock, MOST_CASES_OF_MANY if len(game.sizes) > MANY else MOST_CASES)
        records += found
        notes += [n for n in more if n not in notes]
        undecided += left
        if progress is not None:
            progress(done + 1, len(game.sizes))
    made = provenance(concept, CONDITIONS, METHOD, clock.spent)
    return answer(game, records, made, undecided=undecided, notes=notes)


def _plain(game: SymmetricGame) -> bool:
    """Whether there are two actions and no roles."""
    return len(game.actions) == 2 and not game.with_roles


def _each(game: SymmetricGame) -> Iterator[SymmetricGame]:
    """The game with each number of players."""
    for number in game.sizes:
        yield game if game.with_roles or number == game.players else game.sized(number)


def _of_one_size(
    game: SymmetricGame, clock: Clock, most_cases: int
) -> tuple[list[ProfileEquilibrium], list[str], list[Undecided]]:
    """The equilibria for one number of players, notes, and what stayed undecided."""
    if _needs_table(game):
        pairs, table = pair_records(game, None if clock.limit is None else clock.left)
        return pairs, [], list(table.undecided)
    search = _Sized(game, most_cases)
    records: list[ProfileEquilibrium] = []
    undecided: list[Undecided] = []
    for record in itertools.chain(search.pure(), search.mixed()):
        records.append(record)
        if clock.late:
            undecided.append(Undecided((), f"n = {game.players}: time limit of {clock.limit:g} s"))
            break
    notes = list(search.notes)
    if _plain(game) and game.players > 2:
        more, left_open = several_rates(game)
        records += more
        notes += left_open
    elif _plain(game):
        records += pair_of_rates(game)
    if can_mix_alike(game):
        more, left_open = alike_records(game)
        records += more
        notes += [CONTINUUM.format(s) for s in left_open]
    return records, notes, undecided


def _needs_table(game: SymmetricGame) -> bool:
    """Whether two players mix in ways that the search for one group does not know."""
    if game.players != 2 or isinstance(game.players, sp.Symbol):
        return False
    return len(game.actions) > 2 or len(game.groups) > 1 or _indifferent(game)


def _indifferent(game: SymmetricGame) -> bool:
    """Whether both actions are worth the same whatever the other does: any two mixtures are an equilibrium."""
    (role,) = game.groups
    first, second = game.actions
    rows = [[game.worth(role, a, {role: _pair(game, a, b)}) for b in game.actions] for a in (first, second)]
    return bool(rows[0] == rows[1])


def _pair(game: SymmetricGame, *taken: str) -> Counts:
    return tuple(taken.count(a) for a in game.actions)


class _Sized:
    """The search for one number of players."""

    def __init__(self, game: SymmetricGame, most_cases: int) -> None:
        self.game, self.actions, self.most_cases = game, game.actions, most_cases
        self.notes: list[str] = []
        self._formulas: dict[sp.Expr, Formula] = {}

    def _at_least_zero(self, expr: sp.Expr) -> Formula:
        if expr.is_Rational:
            return bool(expr >= 0)
        if expr not in self._formulas:
            self._formulas[expr] = compare_zero(">=", expr, self.game.assumptions)
        return self._formulas[expr]

    def _gain(self, role: str, state: Mapping[str, Counts], action: str, other: str) -> sp.Expr:
        """What one of a role gains by `action` over `other` when the rest act as in `state` without it."""
        others = self._others(role, state, action)
        values = [self.game.payoff_of(a, others, role) for a in (action, other)]
        return values[0] - values[1]

    def _others(self, role: str, state: Mapping[str, Counts], action: str) -> Any:
        others = {r: dict(zip(self.actions, counts, strict=True)) for r, counts in state.items()}
        others[role] = {**others[role], action: others[role][action] - 1}
        return others if self.game.with_roles else others[""]

    # -- pure ------------------------------------------------------------------------------------

    def pure(self) -> Iterator[ProfileEquilibrium]:
        """Every distribution over actions from which nobody gains by leaving."""
        for state in self.game.states():
            condition = self._stable(state)
            if condition is not False:
                region = Region(condition, self.game.assumptions)
                if condition is not True:
                    region = region.simplify(seconds=1)
                    if region.is_empty(seconds=1, certify=False).proved:
                        continue
                yield self._pure_record(state, region)

    def _stable(self, state: Mapping[str, Counts]) -> Formula:
        parts: list[Formula] = []
        for role, counts in state.items():
            for action, number in zip(self.actions, counts, strict=True):
                for other in self.actions if number else ():
                    if other != action:
                        parts.append(self._at_least_zero(self._gain(role, state, action, other)))
                        if parts[-1] is False:
                            return False
        return conjunction(*parts)

    def _pure_record(self, state: Mapping[str, Counts], region: Region) -> ProfileEquilibrium:
        strategy, payoffs = {}, {}
        for role, counts in state.items():
            for action, number in zip(self.actions, counts, strict=True):
                if number:
                    who = _who(number, role, action)
                    strategy[who] = {action: sp.S.One}
                    payoffs[who] = self.game.payoff_of(action, self._others(role, state, action), role)
        named = {r: dict(zip(self.actions, c, strict=True)) for r, c in state.items()}
        facts = {"n": self.game.players, "counts": named if self.game.with_roles else named[""], "mixing": 0}
        total = {a: sum(c[k] for c in state.values()) for k, a in enumerate(self.actions)}
        outcomes = {f"nobody: {a}": sp.Integer(int(n == 0)) for a, n in total.items()}
        return ProfileEquilibrium(self.game, strategy, region, payoffs=payoffs, outcomes=outcomes, facts=facts)

    # -- mixed -----------------------------------------------------------------------------------

    def mixed(self) -> Iterator[ProfileEquilibrium]:
        """With one group that mixes alike."""
        for case in self._cases():
            yield from case.records()

    def _cases(self) -> Iterator[MixCase]:
        groups = self.game.groups
        whole = sum(1 for number in groups.values() if number > 1)
        for role, number in groups.items():
            rest = {r: n for r, n in groups.items() if r != role}
            sizes = list(range(number, 1, -1))
            if self._how_many(rest, number) * whole > self.most_cases:
                left = sum(self._sure_states(rest, number - k) for k in sizes[1:])
                self.notes.append(SKIPPED.format(self.game.players, left))
                sizes = sizes[:1]
            for k in sizes:
                for sure in self._states({**rest, role: number - k}):
                    for pair in itertools.combinations(self.actions, 2):
                        yield self._case(role, k, {r: sure[r] for r in groups}, pair)
        if len(self.actions) == 2 and not self.game.with_roles:
            yield from self._indifferent()

    def _indifferent(self) -> Iterator[MixCase]:
        """A single player who mixes: where its gain is 0, which is a knife-edge unless it is 0 everywhere."""
        take, leave = self.actions
        for first in range(int(self.game.players)):
            case = self._case("", 1, {"": (first, int(self.game.players) - 1 - first)}, (take, leave))
            if case.gains[0] == 0 or (self.game.players <= MANY and case.gains[0].free_symbols):
                yield case

    def _sure_states(self, rest: Mapping[str, int], left: int) -> int:
        total = comb(left + len(self.actions) - 1, len(self.actions) - 1)
        for number in rest.values():
            total *= comb(number + len(self.actions) - 1, len(self.actions) - 1)
        return total

    def _how_many(self, rest: Mapping[str, int], number: int) -> int:
        return sum(self._sure_states(rest, number - k) for k in range(2, number + 1))

    def _states(self, sizes: Mapping[str, int]) -> Iterator[dict[str, Counts]]:
        parts = [list(_compositions(number, len(self.actions))) for number in sizes.values()]
        for chosen in itertools.product(*parts):
            yield dict(zip(sizes, chosen, strict=True))

    def _case(self, role: str, k: int, sure: Mapping[str, Counts], pair: tuple[str, str]) -> MixCase:
        """The gains and bounds of one group; l of the mixers take the first action of the pair."""
        first, second = pair
        gains, worths, bounds = [], [], [[] for a in self.actions if a not in pair]  # type: list[Any], list[Any], list[Any]
        for taking in range(k):
            state = self._joined(role, sure, pair, taking + 1, k - 1 - taking)
            gains.append(self._gain(role, state, first, second))
            worths.append(self.game.payoff_of(first, self._others(role, state, first), role))
            for b, other in zip(bounds, (a for a in self.actions if a not in pair), strict=True):
                b.append(self._gain(role, state, first, other))
        bounds += list(self._sure_bounds(role, k, sure, pair))
        words = {
            _who(number, r, a): a
            for r, counts in sure.items()
            for a, number in zip(self.actions, counts, strict=True)
            if number
        }
        facts = {"n": self.game.players, "mixing": k, "sure": dict(words)}
        return MixCase(
            self.game, _who(k, role, "", mixing=True), pair, words, tuple(gains), tuple(map(tuple, bounds)), facts,
            tuple(worths),
        )  # fmt: skip

    def _joined(self, role: str, sure: Mapping[str, Counts], pair: tuple[str, str], first: int, second: int) -> Any:
        places = [self.actions.index(a) for a in pair]
        counts = list(sure[role])
        counts[places[0]] += first
        counts[places[1]] += second
        return {**sure, role: tuple(counts)}

    def _sure_bounds(
        self, role: str, k: int, sure: Mapping[str, Counts], pair: tuple[str, str]
    ) -> Iterator[list[sp.Expr]]:
        """What those who act for sure would lose by any other action."""
        for r, counts in sure.items():
            for action, number in zip(self.actions, counts, strict=True):
                for other in self.actions if number else ():
                    if other != action:
                        states = (self._joined(role, sure, pair, taking, k - taking) for taking in range(k + 1))
                        yield [self._gain(r, state, action, other) for state in states]


def _who(number: int, role: str, action: str, *, mixing: bool = False) -> str:
    """Some players in words."""
    kind = role or "player"
    plural = kind if role or number == 1 else "players"
    return f"{number} {plural}" + (" mixing" if mixing else f" ({action})")
