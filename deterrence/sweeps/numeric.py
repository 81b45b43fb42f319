"""Numeric solving of a small game at many points, where no closed form is wanted or known.

The reduced strategic form is compiled once.  Block by block it is evaluated, the resulting bimatrix
games are solved together, and each answer carries its regret (see `deterrence.sweeps.bimatrix`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

import joblib
import numpy as np
import xarray as xr

import deterrence
from deterrence.errors import PointError
from deterrence.games import ExtensiveGame
from deterrence.sweeps.bimatrix import TOLERANCE, Games, SupportPair, support_pairs
from deterrence.sweeps.blocks import check_jobs, check_progress, columns_of, spread
from deterrence.sweeps.columns import Column
from deterrence.sweeps.compile import prepared
from deterrence.sweeps.components import Found, solve_games
from deterrence.sweeps.errors import SweepError
from deterrence.sweeps.evaluate import evaluate
from deterrence.sweeps.inputs import Inputs, read_inputs
from deterrence.sweeps.layout import Layout, Slices, blocks, layout_of
from deterrence.sweeps.memory import check_memory
from deterrence.sweeps.plans import StrategicForm, strategic_form
from deterrence.sweeps.source import Source
from deterrence.sweeps.task import Task

MOST_PAIRS = 60_000
BLOCK_NUMBERS = 2**20  # entries of the payoff tables of one block
RESERVED = (
    *("equilibrium", "exists", "regret", "payoff", "outcome", "row", "column", "count", "degenerate", "off_path"),
    *("outside", "player", "outcome_name", "row_plan", "column_plan"),
)


def solve_numeric(
    game: ExtensiveGame,
    values: Any,
    *,
    tolerance: float = TOLERANCE,
    undominated: bool = False,
    n_jobs: int = 1,
    progress: Callable[[int], object] | None = None,
) -> xr.Dataset:
    """Nash equilibria of a small two-player game at many points, in floats and certified by regret.

    Parameters
    ----------
    game : ExtensiveGame
        With two players and few plans.
    values : mapping
        As for `sweep`; every parameter that the payoffs use.
    tolerance : float
        As for `solve_bimatrix`.
    undominated : bool
        Whether to leave out actions that another one beats wherever in their information set they are
        taken.  No perfect Bayesian equilibrium uses one; a Nash equilibrium may, off the path.
    n_jobs, progress
        As for `sweep`.

    Returns
    -------
    xarray.Dataset
        For each pair of supports that is an equilibrium somewhere: ``exists``, ``regret``, ``outcome``,
        ``payoff``, and the probabilities of plans, ``row`` and ``column``; then ``count``.  ``off_path``
        marks points where plans tie without changing what happens, because a part of the tree is not
        reached: there the equilibria come in continua, of which some members are given.  ``degenerate``
        marks points where a tie changes what happens: there may be more equilibria with other outcomes.
        ``outside`` marks points that break the assumptions.

    Raises
    ------
    GameError
        If the game is too large, or does not have two players.
    PointError, SweepError
        As `sweep`.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.sweeps import solve_numeric
    >>> P = dt.Parameters()
    >>> cost = P.positive("cost")
    >>> crash = dt.outcome("Crash", A=-cost, B=-cost)
    >>> reply = dt.move("B", "reply", swerve=dt.outcome("A wins", A=1, B=-1), dare=crash)
    >>> back = dt.move("B", "reply", swerve=dt.outcome("Draw", A=0, B=0), dare=dt.outcome("B wins", A=-1, B=1))
    >>> game = dt.ExtensiveGame("Chicken", parameters=P, players=["A", "B"],
    ...     tree=dt.move("A", "first", swerve=back, dare=reply))
    >>> found = solve_numeric(game, {"cost": [2, 10]})
    >>> found["count"].values, found.outcome.sel(outcome_name="Crash").max("equilibrium").values.round(4)
    (array([3, 3]), array([0.25, 0.01]))
    """
    if not isinstance(game, ExtensiveGame):
        got, hint = type(game).__name__, "give eqs.game or model.game" if hasattr(game, "game") else ""
        raise SweepError(subject="solve_numeric", wanted="a game with two players", got=got, hint=hint)
    jobs, report = check_jobs(n_jobs), check_progress(progress)
    form = strategic_form(game, undominated)
    work = _prepared(form, values, tolerance)
    size = max(1, BLOCK_NUMBERS // (len(form.rows) * len(form.columns)))
    places = blocks(work.inputs.shape, size)
    whole = _Whole(work)
    tasks = [joblib.delayed(_solved)(work.part(where), where) for where in places]
    for block in spread(tasks, jobs):
        whole.add(block)
        report(block.outside.size)
    if whole.outside.all():
        raise PointError(subject="solve_numeric", wanted="points inside the assumptions", got="none")
    return whole.dataset()


@dataclass(frozen=True)
class _Work:
    """A game at some points, ready to be solved."""

    form: StrategicForm
    inputs: Inputs
    source: Source
    task: Task
    layout: Layout
    columns: Mapping[str, Column]
    pairs: tuple[SupportPair, ...]
    tolerance: float

    def part(self, where: Slices) -> _Block:
        """What a worker needs for some of the points."""
        columns = columns_of(self.columns, self.task.dims, where)
        shape = len(self.form.rows), len(self.form.columns)
        return _Block(self.task, columns, self.layout.of_block(where), shape, self.pairs, self.tolerance)


@dataclass(frozen=True)
class _Block:
    """Some points of a game, without anything symbolic."""

    task: Task
    columns: Mapping[str, Column]
    layout: Layout
    shape: tuple[int, int]
    pairs: tuple[SupportPair, ...]
    tolerance: float


@dataclass(frozen=True)
class _Solved:
    """The answer at some points, which lie along the last axis."""

    where: Slices
    found: Found
    values: Mapping[int, np.ndarray]
    outside: np.ndarray


def _prepared(form: StrategicForm, values: Any, tolerance: float) -> _Work:
    inputs = read_inputs(values, form.game.assumptions, RESERVED)
    if inputs.lazy:
        raise SweepError(subject="solve_numeric", wanted="arrays in memory", got="arrays held by dask")
    if not 0 <= tolerance < 1:
        raise SweepError(subject="solve_numeric", wanted="a tolerance of at least 0 and below 1", got=repr(tolerance))
    pairs = support_pairs(len(form.rows), len(form.columns), MOST_PAIRS)
    task, source = _task(form, inputs)
    columns = {str(s.name): c for s, c in inputs.columns.items()}
    return _Work(form, inputs, source, task, layout_of(task, inputs.shape), columns, pairs, tolerance)


def _task(form: StrategicForm, inputs: Inputs) -> tuple[Task, Source]:
    """The payoffs and outcome probabilities of every pair of plans, as one program."""
    game = form.game
    source = Source((), game.assumptions, game.assumptions.ring)
    pairs = [(r, c) for r in range(len(form.rows)) for c in range(len(form.columns))]
    entries = {f"{player} {r} {c}": form.payoff(r, c, player) for player in game.players for r, c in pairs}
    entries |= {f"{name} {r} {c}": form.outcome(r, c, name) for name in game.outcomes for r, c in pairs}
    return prepared(source, inputs, entries), source


def _solved(block: _Block, where: Slices) -> _Solved:
    """One block, on a worker: tables of shape (payoffs and outcomes, rows, columns, points)."""
    arrays, _ = evaluate(block.task, block.columns, block.layout)
    outside = arrays["outside"].ravel()
    table = arrays["payoff"].reshape(-1, *block.shape, outside.size)
    table = np.where(outside, 0.0, table)
    a, b = (np.ascontiguousarray(payoffs.transpose(1, 0, 2)) for payoffs in table[:2])
    found = solve_games(Games(a, b, block.tolerance), table[2:], block.pairs)
    for regret in found.regret.values():
        regret[outside] = np.nan
    kept = [k for k, regret in found.regret.items() if not np.isnan(regret).all()]
    values = {k: np.einsum("in,tijn,jn->tn", found.row[k], table, found.column[k]) for k in kept}
    return _Solved(where, found, values, outside)


class _Whole:
    """All blocks together."""

    def __init__(self, work: _Work) -> None:
        self.work, self.blocks = work, list[_Solved]()
        self.outside = np.zeros(work.inputs.shape, dtype=bool)

    def add(self, block: _Solved) -> None:
        """Take one block."""
        self.blocks.append(block)
        part: Any = (..., *block.where)
        self.outside[part] = block.outside.reshape(self.outside[part].shape)

    def _gathered(self, kept: list[int], size: int, parts: Callable[[_Solved], Mapping[int, np.ndarray]]) -> np.ndarray:
        """One array of shape (equilibria, size, *points); NaN where there is none."""
        whole = np.full((len(kept), size, *self.work.inputs.shape), np.nan)
        for block in self.blocks:
            held = parts(block)
            for place, k in enumerate(kept):
                if k in block.values:
                    part: Any = (place, slice(None), *block.where)
                    target = whole[part]
                    target[...] = np.where(np.isnan(block.found.regret[k]), np.nan, held[k]).reshape(target.shape)
        return whole

    def _marked(self, marks: Callable[[_Solved], np.ndarray]) -> np.ndarray:
        whole = np.zeros(self.outside.shape, dtype=bool)
        for block in self.blocks:
            part: Any = (..., *block.where)
            whole[part] = marks(block).reshape(whole[part].shape)
        return whole & ~self.outside

    def dataset(self) -> xr.Dataset:
        """The equilibria that occur, with what they imply, along the sweep's dimensions."""
        work, form, dims = self.work, self.work.form, self.work.inputs.dims
        kept = sorted({k for block in self.blocks for k in block.values})
        names = *form.game.players, *form.game.outcomes
        numbers = len(names) + len(form.rows) + len(form.columns) + 1
        check_memory(
            8 * len(kept) * numbers * prod(work.inputs.shape), "solve_numeric", "solve at fewer points at a time"
        )
        values = self._gathered(kept, len(names), lambda b: b.values)
        regret = self._gathered(kept, 1, lambda b: b.found.regret)[:, 0]
        exists = ~np.isnan(regret)
        variables = {
            "exists": (("equilibrium", *dims), exists),
            "regret": (("equilibrium", *dims), regret),
            "payoff": (("equilibrium", "player", *dims), values[:, :2]),
            "outcome": (("equilibrium", "outcome_name", *dims), values[:, 2:]),
            "row": (("equilibrium", "row_plan", *dims), self._gathered(kept, len(form.rows), lambda b: b.found.row)),
            "column": (
                ("equilibrium", "column_plan", *dims),
                self._gathered(kept, len(form.columns), lambda b: b.found.column),
            ),
            "count": (dims, np.where(self.outside, -1, exists.sum(axis=0))),
            "degenerate": (dims, self._marked(lambda b: b.found.degenerate)),
            "off_path": (dims, self._marked(lambda b: b.found.off_path)),
            "outside": (dims, self.outside),
        }
        return xr.Dataset(variables, dict(self._coordinates(kept)), self._attributes())

    def _coordinates(self, kept: list[int]) -> Iterator[tuple[str, Any]]:
        work, form = self.work, self.work.form
        yield from ((d, (d, v)) for d, v in work.inputs.coordinates.items() if d in work.inputs.sizes)
        yield from ((str(s.name), (c.dims, c.floats)) for s, c in work.inputs.columns.items())
        yield "player", list(form.game.players)
        yield "outcome_name", list(form.game.outcomes)
        rows, columns = form.titles(0), form.titles(1)
        yield "equilibrium", [_title(rows, columns, work.pairs[k]) for k in kept]
        yield from (("row_plan", list(rows)), ("column_plan", list(columns)))

    def _attributes(self) -> dict[str, Any]:
        return {
            "title": self.work.form.game.name,
            "source": f"deterrence {deterrence.__version__}",
            "concept": "nash, in plans; supports of one size",
            "assumptions": self.work.source.assumed,
            "how_known": "certified",
            "tolerance": self.work.tolerance,
            "points": self.outside.size,
            "points_outside_assumptions": int(self.outside.sum()),
        }


def _title(rows: tuple[str, ...], columns: tuple[str, ...], supports: SupportPair) -> str:
    return " / ".join(
        " or ".join(names[k] for k in held) for names, held in zip((rows, columns), supports, strict=True)
    )
