"""Distributions over parameters: how likely each equilibrium and each outcome is, with standard errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import sympy as sp
import xarray as xr

from deterrence.equilibria import Equilibria
from deterrence.errors import PointError
from deterrence.numbers import exact_number
from deterrence.sweeps.choice import NONE
from deterrence.sweeps.errors import SweepError
from deterrence.sweeps.grids import Grid
from deterrence.sweeps.layout import ENDS
from deterrence.sweeps.planned import check_equilibria
from deterrence.sweeps.run import sweep

BATCH = 2**18
_NAMES = {"outcome": "outcome_name", **dict.fromkeys(ENDS, "outcome_name"), "payoff": "player"}


def sample(
    eqs: Equilibria,
    distributions: Mapping[Any, Any],
    n: int = 100_000,
    *,
    seed: Any = None,
    outcomes: Iterable[str] | None = None,
    payoffs: Iterable[Any] | None = (),
    select: str = "first",
    order: Iterable[str] | None = None,
    n_jobs: int = 1,
) -> xr.Dataset:
    """Draw parameters at random, and say how likely each equilibrium and each outcome is.

    Parameters
    ----------
    eqs : Equilibria
    distributions : mapping
        A symbol or name to a number, to a frozen distribution of scipy.stats (anything with
        ``rvs(size=..., random_state=...)`` or ``sample(size, rng=...)``), or to a function of
        ``(generator, size)``.  A tuple of symbols or names takes a joint distribution: draws of shape
        (size, number of names).
    n : int
        How many points are drawn.
    seed : int or numpy.random.Generator, optional
        For draws that can be repeated.
    outcomes, payoffs : iterable of str, optional
        Which outcomes (all if left out) and whose payoffs (none if left out; None for all).
    select, order, n_jobs
        As for `sweep`, but not "all".

    Returns
    -------
    xarray.Dataset
        ``exists`` and ``chosen`` (probabilities that each equilibrium exists, and is the one selected),
        ``none`` (that no equilibrium exists), ``outcome`` and ``payoff`` (means), ``outcome_least`` and
        ``outcome_greatest`` (means over the equilibria that make each outcome least and most likely: what the
        choice among several equilibria can change), each with its standard
        error under the same name with ``_se``.  All are conditional on the assumptions: draws outside them
        are left out; attribute `drawn` and `accepted` tell how many there were.  Means are over the
        points where an equilibrium exists.

    Raises
    ------
    PointError
        If no draw satisfies the assumptions, or a draw is not finite.
    SweepError
        If a distribution cannot be drawn from.

    Examples
    --------
    >>> import deterrence as dt
    >>> from scipy import stats
    >>> P = dt.Parameters()
    >>> win, loss = P.positive("win loss")
    >>> p = P.probability("p")
    >>> game = dt.ExtensiveGame("Dare", parameters=P, players=["A"], tree=dt.move("A", "start",
    ...     stay=dt.outcome("Stay", A=0), dare=dt.outcome("Dare", A=p * win - (1 - p) * loss)))
    >>> found = sample(dt.solve(game), {"win": 1, "loss": 1, "p": stats.uniform()}, 40_000, seed=1)
    >>> abs(found.outcome.sel(outcome_name="Dare").item() - 0.5) < 4 * found.outcome_se.values[1]
    np.True_
    """
    check_equilibria(eqs)
    if select == "all":
        raise SweepError(subject="sample", wanted='select="first" or "best for <player>"', got='"all"')
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 2:
        raise SweepError(subject="sample", wanted="a whole number n of points, 2 or more", got=repr(n))
    generator = _generator(seed)
    wanted = (
        "exists",
        "label",
        "outcome",
        "outcome_range",
        *(("payoff",) if payoffs is None or tuple(payoffs) else ()),
    )
    options: dict[str, Any] = {
        "outputs": wanted,
        "outcomes": outcomes,
        "payoffs": payoffs,
        "select": select,
        "order": order,
        "n_jobs": n_jobs,
    }
    sums = _Sums()
    for start in range(0, n, BATCH):
        size = min(BATCH, int(n) - start)
        sums.add(sweep(eqs, _draw(eqs, distributions, generator, size), **options))
    return sums.result()


def _generator(seed: Any) -> np.random.Generator:
    try:
        return np.random.default_rng(seed)
    except (TypeError, ValueError) as error:
        raise SweepError(
            subject="sample, seed", wanted="a whole number, 0 or more, or a numpy.random.Generator", got=repr(seed)
        ) from error


def _draw(eqs: Equilibria, distributions: Any, generator: np.random.Generator, size: int) -> Any:
    """Scalars as they are, and draws with a shared dimension."""
    if not hasattr(distributions, "items"):
        got = type(distributions).__name__
        raise SweepError(subject="sample", wanted="a mapping of parameters to distributions", got=got)
    values: dict[sp.Symbol, Any] = {}
    for names, law in distributions.items():
        keys = names if isinstance(names, tuple) else (names,)
        symbols = [eqs.game.assumptions.resolve(k) for k in keys]
        subject = f"distribution of {', '.join(s.name for s in symbols)}"
        if not _is_law(law):
            values[symbols[0]] = _number(law, symbols, subject)
            continue
        draws = _draws(law, generator, size, len(symbols), subject)
        for k, symbol in enumerate(symbols):
            values[symbol] = xr.DataArray(np.ascontiguousarray(draws[:, k]), dims=["draw"])
    if not any(isinstance(v, xr.DataArray) for v in values.values()):
        raise SweepError(
            subject="sample", wanted="at least one distribution", got="numbers alone", hint="use sweep for one point"
        )
    return values


def _is_law(law: Any) -> bool:
    return callable(law) or any(callable(getattr(law, name, None)) for name in ("rvs", "sample"))


def _number(law: Any, symbols: list[sp.Symbol], subject: str) -> sp.Rational:
    """What is no distribution must be one number."""
    if len(symbols) > 1 or np.ndim(law) or isinstance(law, list | tuple | Grid):
        raise SweepError(
            subject=subject,
            wanted="a number or a distribution",
            got=type(law).__name__,
            hint="use sweep for given values",
        )
    return exact_number(law, f"parameter {symbols[0].name}")


def _draws(law: Any, generator: np.random.Generator, size: int, count: int, subject: str) -> np.ndarray:
    """Draws of shape (size, count)."""
    try:
        if callable(getattr(law, "rvs", None)):
            found = law.rvs(size=size, random_state=generator)
        elif callable(getattr(law, "sample", None)):  # the newer distributions of scipy.stats
            found = law.sample(size, rng=generator)
        else:
            found = law(generator, size)
        draws = np.asarray(found, dtype=float)
    except (TypeError, ValueError, AttributeError) as error:
        raise SweepError(
            subject=subject,
            wanted="a frozen distribution of scipy.stats, such as stats.beta(2, 3), or a function of (generator, size)",
            got=f"{law!r}, which cannot be drawn from: {error}",
        ) from error
    if draws.shape not in ((size, count), *([(size,)] if count == 1 else [])):
        raise SweepError(subject=subject, wanted=f"draws of shape ({size}, {count})", got=f"{draws.shape}")
    return draws.reshape(size, count)


class _Sums:
    """Sums and sums of squares over the draws inside the assumptions."""

    def __init__(self) -> None:
        self._drawn = self._inside = self._solved = self._rechecked = 0
        self._exists: Any = 0.0
        self._chosen: Any = 0.0
        self._means: dict[str, list[Any]] = {}
        self._like: xr.Dataset | None = None

    def add(self, found: xr.Dataset) -> None:
        """Count one batch."""
        label = found["label"].values
        self._drawn += label.size
        self._rechecked += int(found.attrs.get("decided_again_exactly", 0))
        self._inside += int(np.count_nonzero(label >= NONE))
        self._solved += int(np.count_nonzero(label >= 0))
        self._exists = self._exists + found["exists"].values.sum(axis=1)
        codes = np.arange(found.sizes["equilibrium"])
        self._chosen = self._chosen + np.array([np.count_nonzero(label == k) for k in codes])
        for name in _NAMES:
            if name in found:
                values = found[name].values[:, label >= 0]
                centre = self._means.setdefault(name, [values.mean(axis=1) if values.size else 0.0, 0.0, 0.0])
                shifted = values - np.reshape(centre[0], (-1, 1))
                centre[1] = centre[1] + shifted.sum(axis=1)
                centre[2] = centre[2] + (shifted**2).sum(axis=1)
        self._like = found

    def result(self) -> xr.Dataset:
        """The estimates with their standard errors."""
        like = self._like
        if like is None or not self._inside:
            raise PointError(
                subject="sample",
                wanted="draws inside the assumptions",
                got=f"none of {self._drawn:,}",
                hint="draw ordered parameters jointly, for example by sorting",
            )
        table: dict[str, Any] = {}
        none = np.asarray(self._inside - self._solved)
        for name, hits in (("exists", self._exists), ("chosen", self._chosen), ("none", none)):
            share = np.asarray(hits) / self._inside
            dims = ("equilibrium",) if share.ndim else ()
            table[name] = (dims, share)
            table[f"{name}_se"] = (dims, np.sqrt(share * (1 - share) / self._inside))
        for name, (centre, total, squares) in self._means.items():
            count = max(1, self._solved)
            offset = total / count
            spread = np.maximum(squares / count - offset**2, 0.0)
            table[name] = (_NAMES[name], centre + offset)
            table[f"{name}_se"] = (_NAMES[name], np.sqrt(spread / count))
        kept = {d: like[d] for d in ("equilibrium", *_NAMES.values()) if d in like.coords}
        attributes = {k: v for k, v in like.attrs.items() if k not in ("points", "points_outside_assumptions")}
        attributes["decided_again_exactly"] = self._rechecked
        counts = {"drawn": self._drawn, "accepted": self._inside, "with_equilibrium": self._solved}
        return xr.Dataset(table, coords=kept, attrs=attributes | counts)
