"""Numeric solving of a small game at many points, where no closed form is wanted or known.

The reduced strategic form is compiled once and evaluated at all points; the resulting bimatrix games
are solved together, and each answer carries its regret (see `deterrence.sweeps.bimatrix`).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr

import deterrence
from deterrence.errors import PointError
from deterrence.games import ExtensiveGame
from deterrence.sweeps.bimatrix import TOLERANCE, BimatrixEquilibria, solve_bimatrix
from deterrence.sweeps.blocks import fill
from deterrence.sweeps.compile import prepared
from deterrence.sweeps.errors import SweepError
from deterrence.sweeps.inputs import Inputs, read_inputs
from deterrence.sweeps.layout import blocks, layout_of
from deterrence.sweeps.plans import StrategicForm, strategic_form
from deterrence.sweeps.source import Source
from deterrence.sweeps.task import Task


def solve_numeric(game: ExtensiveGame, values: Any, *, tolerance: float = TOLERANCE) -> xr.Dataset:
    """Nash equilibria of a small two-player game at many points, in floats and certified by regret.

    Parameters
    ----------
    game : ExtensiveGame
        With two players and few plans.
    values : mapping
        As for `sweep`; every parameter that the payoffs use.
    tolerance : float
        As for `solve_bimatrix`.

    Returns
    -------
    xarray.Dataset
        For each pair of supports that is an equilibrium somewhere: ``exists``, ``regret``, ``outcome``,
        ``payoff``, and the probabilities of plans, ``row`` and ``column``; then ``count`` and
        ``degenerate``, which marks points that may have more equilibria, even a continuum (frequent
        in extensive games, whose plans often tie off the path).  ``outside`` marks points that break the
        assumptions.

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
    form = strategic_form(game)
    inputs = read_inputs(values, game.assumptions)
    if inputs.lazy:
        raise SweepError(subject="solve_numeric", wanted="arrays in memory", got="arrays held by dask")
    task, source = _task(form, inputs)
    layout = layout_of(task, inputs.shape)
    columns = {str(s.name): c for s, c in inputs.columns.items()}
    arrays, _ = fill(task, columns, layout, blocks(inputs.shape), 1, lambda _: None)
    points = int(np.prod(inputs.shape, dtype=np.int64))
    table = arrays["payoff"].reshape(-1, len(form.rows), len(form.columns), points).transpose(0, 3, 1, 2)
    outside = arrays["outside"].ravel()
    if outside.all():
        raise PointError(subject="solve_numeric", wanted="points inside the assumptions", got="none")
    games = np.where(outside[:, None, None], 0.0, table)
    return _dataset(form, inputs, source, games, outside, solve_bimatrix(games[0], games[1], tolerance=tolerance))


def _task(form: StrategicForm, inputs: Inputs) -> tuple[Task, Source]:
    """The payoffs and outcome probabilities of every pair of plans, as one program."""
    game = form.game
    source = Source((), game.assumptions, game.assumptions.ring)
    pairs = [(r, c) for r in range(len(form.rows)) for c in range(len(form.columns))]
    entries = {f"{player} {r} {c}": form.payoff(r, c, player) for player in game.players for r, c in pairs}
    entries |= {f"{name} {r} {c}": form.outcome(r, c, name) for name in game.outcomes for r, c in pairs}
    return prepared(source, inputs, entries), source


def _dataset(
    form: StrategicForm,
    inputs: Inputs,
    source: Source,
    games: np.ndarray,
    outside: np.ndarray,
    found: BimatrixEquilibria,
) -> xr.Dataset:
    """The equilibria that occur, with what they imply, along the sweep's dimensions."""
    exists = found.exists & ~outside[:, None]
    kept = np.flatnonzero(exists.any(axis=0))
    row, column = found.row[:, kept], found.column[:, kept]
    worth = np.einsum("nki,tnij,nkj->ktn", row, games, column)
    worth[:, :, ~exists[:, kept].T.any(axis=0)] = np.nan
    shape, dims = inputs.shape, inputs.dims
    rows, columns = form.titles(0), form.titles(1)
    titles = [_title(rows, columns, found.supports[k]) for k in kept]

    def shaped(lead: tuple[str, ...], array: np.ndarray) -> tuple[tuple[str, ...], np.ndarray]:
        return (*lead, *dims), array.reshape(*array.shape[: len(lead)], *shape)

    variables = {
        "exists": shaped(("equilibrium",), exists[:, kept].T),
        "regret": shaped(("equilibrium",), np.where(exists[:, kept], found.regret[:, kept], np.nan).T),
        "payoff": shaped(("equilibrium", "player"), worth[:, :2]),
        "outcome": shaped(("equilibrium", "outcome_name"), worth[:, 2:]),
        "row": shaped(("equilibrium", "row_plan"), row.transpose(1, 2, 0)),
        "column": shaped(("equilibrium", "column_plan"), column.transpose(1, 2, 0)),
        "count": shaped((), np.where(outside, -1, exists.sum(axis=1))),
        "degenerate": shaped((), found.degenerate & ~outside),
        "outside": shaped((), outside),
    }
    coords: dict[str, Any] = {d: (d, labels) for d, labels in inputs.coordinates.items() if d in inputs.sizes}
    coords |= {"player": list(form.game.players), "outcome_name": list(form.game.outcomes)}
    coords |= {"equilibrium": titles, "row_plan": list(rows), "column_plan": list(columns)}
    return xr.Dataset(variables, coords, _attributes(form, source, outside, found))


def _attributes(form: StrategicForm, source: Source, outside: np.ndarray, found: BimatrixEquilibria) -> dict[str, Any]:
    return {
        "title": form.game.name,
        "source": f"deterrence {deterrence.__version__}",
        "concept": "nash, in plans; supports of one size",
        "assumptions": source.assumed,
        "how_known": found.how_known,
        "tolerance": found.tolerance,
        "points": outside.size,
        "points_outside_assumptions": int(outside.sum()),
    }


def _title(rows: tuple[str, ...], columns: tuple[str, ...], supports: tuple[tuple[int, ...], tuple[int, ...]]) -> str:
    return " / ".join(
        " or ".join(names[k] for k in held) for names, held in zip((rows, columns), supports, strict=True)
    )
