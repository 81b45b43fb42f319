"""Sweeps: a solved game at many points."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import xarray as xr

from deterrence.equilibria import Equilibria
from deterrence.profiles import FormEquilibria
from deterrence.sweeps.blocks import check_jobs, check_progress, fill
from deterrence.sweeps.compile import USUAL, read_wishes
from deterrence.sweeps.dataset import OUTSIDE_COUNT, OUTSIDE_TEXT, dataset
from deterrence.sweeps.distributed import lazy_arrays
from deterrence.sweeps.forms import form_sweep
from deterrence.sweeps.layout import BLOCK, blocks
from deterrence.sweeps.planned import plan_of


def sweep(
    eqs: Equilibria,
    values: Any,
    *,
    outputs: Iterable[str] = USUAL,
    outcomes: Iterable[str] | None = None,
    payoffs: Iterable[Any] | None = None,
    select: str = "first",
    order: Iterable[str] | None = None,
    knife_edges: bool = False,
    dtype: Any = "float64",
    n_jobs: int = 1,
    progress: Callable[[int], object] | None = None,
) -> xr.Dataset:
    """What exists at many points, and what it implies.

    Parameters
    ----------
    eqs : Equilibria
        As `deterrence.solve` returns it.
    values : mapping, pandas.DataFrame, dask.dataframe.DataFrame or xarray.Dataset
        Symbols or names to values.  A scalar holds everywhere (a float typed by hand means its
        shortest decimal text).  A list, `grid` or one-dimensional array is an axis of the grid.  A
        Series (pandas or dask) or xarray.DataArray keeps its dimensions: those that share one vary together.
        Floats in arrays mean their binary values.  A named expression may take the place of one
        of the parameters that it is made of.  Only what the outputs use is required.  Arrays held
        by dask give a result held by dask.
    outputs : iterable of str
        Among "exists", "count", "label", "outcome", "outcome_range", "payoff", "strategy" and "outside".
    outcomes, payoffs : iterable of str, optional
        Which outcomes, and whose payoffs (a player, or a player and type); all if left out.
    select : str
        Whose outcomes, payoffs and strategies are given, and what `label` names: "first" in
        order, "best for <player>", or "all" (see `deterrence.sweeps.choice`).
    order : iterable of str, optional
        Names of equilibria from first to last choice; others follow in the order of `eqs`.
    knife_edges : bool
        Whether to include what exists only under an equation among the parameters.
    dtype : {"float64", "float32"}
        Of values; decisions are not touched by it.
    n_jobs : int
        Workers: threads, or what `joblib.parallel_config` names; -1 for every core.  Games without a
        tree are decided one point after the other, whatever this is.
    progress : callable, optional
        Called with the number of points just finished.

    Returns
    -------
    xarray.Dataset
        Variables named as the outputs.  ``outcome_range`` gives ``outcome_least`` and ``outcome_greatest``,
        the least and greatest probability of each outcome over all equilibria that exist at the point,
        whichever is selected (0 and 1 where a family's range is not settled).  Families give
        `outcome_low` and `outcome_high` (and the like) of their own where free probabilities matter.
        Points outside the assumptions are masked, and counted in the attribute
        ``points_outside_assumptions`` (a variable of that name where the result is held by dask).

    Raises
    ------
    UnknownName
        For names of parameters, outputs, outcomes, players or equilibria that do not exist.
    PointError
        For values that are not finite numbers, scalars that break an assumption, and what is missing.
    SweepError
        For shapes that do not fit together, and wishes that make no sense.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.sweeps import grid, sweep
    >>> P = dt.Parameters()
    >>> low, high = P.ordered("low < high")
    >>> p = P.probability("p")
    >>> game = dt.ExtensiveGame("Dare", parameters=P, players=["A"], tree=dt.move("A", "start",
    ...     stay=dt.outcome("Stay", A=low), dare=dt.outcome("Dare", A=high * p)))
    >>> found = sweep(dt.solve(game), {"low": "1/2", "high": 1, "p": grid(0, 1, 5)})
    >>> found["count"].values
    array([1, 2, 1], dtype=int16)
    """
    wishes = read_wishes(outputs, outcomes, payoffs, select, order, dtype)
    jobs, report = check_jobs(n_jobs), check_progress(progress)
    if isinstance(eqs, FormEquilibria):
        return form_sweep(eqs, values, wishes, knife_edges=knife_edges, progress=progress)
    plan = plan_of(eqs, values, wishes, knife_edges)
    if plan.inputs.lazy:
        arrays, outside = lazy_arrays(plan)
        return dataset(plan, arrays).assign({OUTSIDE_COUNT: ((), outside, {"long_name": OUTSIDE_TEXT})})
    shape = plan.inputs.shape
    places = blocks(shape, block_points(shape, jobs))
    return dataset(plan, *fill(plan.task, plan.columns, plan.layout, places, jobs, report))


def block_points(shape: tuple[int, ...], jobs: int) -> int:
    """Points for each block: few enough that every worker has several."""
    points = int(np.prod(shape, dtype=np.int64))
    return max(2**15, min(BLOCK, points // (2 * jobs))) if jobs > 1 else BLOCK
