"""The reduced strategic form of a two-player game, symbolically.

A plan says what a player does at each of its information sets, for each of its types.  Plans that
lead to the same distribution over outcomes whatever the other does are one.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from deterrence.errors import GameError
from deterrence.games import Chance, ExtensiveGame, Move, Outcome

MOST_PLANS = 4_096
Plan = Mapping[tuple[str, ...], str]
Actions = Mapping[tuple[str, ...], tuple[str, ...]]
Shares = dict[tuple[int, tuple[Any, ...]], sp.Expr]


@dataclass(frozen=True)
class StrategicForm:
    """Plans of both players, and what each pair of plans leads to.

    Attributes
    ----------
    game : ExtensiveGame
    rows, columns : tuple of plans
        Of the first and of the second player.
    reached : tuple of tuples of mappings
        For each pair of plans the probability of each final position and profile of types.
    """

    game: ExtensiveGame
    rows: tuple[Plan, ...]
    columns: tuple[Plan, ...]
    reached: tuple[tuple[Shares, ...], ...]

    def payoff(self, row: int, column: int, player: str) -> sp.Expr:
        """Expected payoff of a player for a pair of plans."""
        expand = self.game.assumptions.expand
        shares = self.reached[row][column]
        return sp.Add(*(p * expand(self.game.payoff(v, player, types)) for (v, types), p in shares.items()))

    def outcome(self, row: int, column: int, name: str) -> sp.Expr:
        """Probability of an outcome for a pair of plans."""
        shares = self.reached[row][column]
        ends = {p.index for p in self.game.positions if isinstance(p.node, Outcome) and p.node.name == name}
        return sp.Add(*(p for (v, _), p in shares.items() if v in ends))

    def titles(self, player: int) -> tuple[str, ...]:
        """What each plan of a player does."""
        plans = (self.rows, self.columns)[player]
        return tuple("; ".join(f"{' '.join(s[1:])}: {a}" for s, a in plan.items()) for plan in plans)


def strategic_form(game: ExtensiveGame, undominated: bool = False) -> StrategicForm:
    """The reduced strategic form.

    Parameters
    ----------
    game : ExtensiveGame
    undominated : bool
        Whether to leave out actions that another one beats wherever in their information set they are
        taken, whatever happens later (iterated; see `deterrence.solvers.trees.dominance`).

    Raises
    ------
    GameError
        If the game does not have two players, or too many plans.
    """
    if len(game.players) != 2:
        raise GameError(
            subject=f'Game "{game.name}"', wanted="two players", got=f"{len(game.players)}: {', '.join(game.players)}"
        )
    every: Actions = {s: game.labels[s[0], s[-1]].actions for s in game.information_sets}
    left = _undominated(game) if undominated else every
    rows, columns = (list(_plans(left, player)) for player in game.players)
    if len(rows) * len(columns) > MOST_PLANS:
        raise GameError(
            subject=f'Game "{game.name}"',
            wanted=f"at most {MOST_PLANS:,} pairs of plans for numeric solving",
            got=f"{len(rows) * len(columns):,}",
            hint="leave out dominated actions with undominated=True, or solve it symbolically with dt.solve",
        )
    table = [[_reached(game, {**r, **c}) for c in columns] for r in rows]
    kept_rows = _distinct(table)
    kept_columns = _distinct([[row[c] for row in table] for c in range(len(columns))])
    return StrategicForm(
        game,
        tuple(rows[k] for k in kept_rows),
        tuple(columns[k] for k in kept_columns),
        tuple(tuple(table[r][c] for c in kept_columns) for r in kept_rows),
    )


def _undominated(game: ExtensiveGame) -> Actions:
    """The actions that iterated dominance leaves at each information set."""
    from deterrence.solvers.trees.incentives import Incentives

    return dict(Incentives(game, "perfect bayesian").remaining)


def _plans(left: Actions, player: str) -> Iterator[Plan]:
    """Every choice of one action at each information set."""
    sets = [s for s in left if s[0] == player]
    for choice in itertools.product(*(left[s] for s in sets)):
        yield dict(zip(sets, choice, strict=True))


def _reached(game: ExtensiveGame, plans: Plan) -> Shares:
    """Probability of each final position and profile of types."""
    expand = game.assumptions.expand
    shares: Shares = {}
    for types, prior in game.prior.items():
        if prior == 0:
            continue
        for position in game.positions:
            if isinstance(position.node, Move | Chance):
                continue
            factors = [_share(game, plans, step, types) for step in position.path]
            if None not in factors:
                shares[position.index, types] = sp.Mul(expand(prior), *factors)
    return shares


def _share(game: ExtensiveGame, plans: Plan, step: Any, types: tuple[Any, ...]) -> Any:
    """The probability of one step under the plans; None if they do not take it."""
    if step.kind == "move":
        kind = types[game.players.index(step.player)]
        s = (step.player, step.label) if kind is None else (step.player, kind, step.label)
        return sp.S.One if plans[s] == step.action else None
    node = game.positions[step.position].node
    return next(game.assumptions.expand(p) for event, p, _ in node.branches if event == step.action)


def _distinct(rows: list[list[Shares]]) -> list[int]:
    """The places of rows that differ from all rows before."""
    seen: dict[tuple[frozenset[Any], ...], int] = {}
    for k, row in enumerate(rows):
        seen.setdefault(tuple(frozenset(shares) for shares in row), k)
    return list(seen.values())
