"""Many points of an answer without a tree: where each equilibrium exists, and what it implies there.

Levels, probabilities and payoffs of these forms may hold roots, logarithms and symbolic powers, so
that values are floats; whether an equilibrium exists at a point is decided exactly, and with the
check of best replies where the record asks for one.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import sympy as sp

from deterrence.errors import PointError
from deterrence.profiles import FormEquilibria, ProfileEquilibrium

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["form_sweep"]

MOST_POINTS = 200_000


def form_sweep(answer: FormEquilibria, values: Mapping[Any, Any]) -> xr.Dataset:
    """Evaluate an answer on a grid.

    Parameters
    ----------
    answer : FormEquilibria
    values : mapping from parameter to number or sequence of numbers
        A sequence is an axis.

    Returns
    -------
    xarray.Dataset
        ``exists`` and ``count`` (of solutions: a record may have several at a point) by
        ``equilibrium`` and axes; ``strategy``, ``payoff`` and ``outcome`` by entry, of the first
        solution, not a number where there is none.

    Raises
    ------
    PointError
        If there are more than 200,000 points.
    """
    import numpy as np
    import xarray as xr

    axes, fixed = _axes(answer, values)
    shape = tuple(len(a) for a in axes.values())
    total = int(np.prod(shape, dtype=int))
    if total > MOST_POINTS:
        raise PointError(subject="form_sweep", wanted=f"at most {MOST_POINTS:,} points", got=f"{total:,}")
    records: list[Any] = [*answer.generic, *answer.knife_edges]
    tables = {kind: _entries(records, kind) for kind in ("strategy", "payoff", "outcome")}
    count = np.zeros((len(records), *shape), dtype=int)
    arrays = {kind: np.full((len(records), len(names), *shape), np.nan) for kind, names in tables.items()}
    for place in itertools.product(*(range(n) for n in shape)):
        point = {**fixed, **{s: a[k] for (s, a), k in zip(axes.items(), place, strict=True)}}
        if answer.game.assumptions.violated(answer.game.assumptions.exact_point(point)):
            continue
        for k, record in enumerate(records):
            found = record.all_at(point)
            count[(k, *place)] = len(found)
            for kind, names in tables.items() if found else ():
                row = _flat(found[0], kind)
                for j, name in enumerate(names):
                    arrays[kind][(k, j, *place)] = _float(row.get(name))
    dims = [s.name for s in axes]
    coords: dict[str, Any] = {"equilibrium": [r.title for r in records]}
    coords |= {s.name: [float(sp.Rational(v)) for v in a] for s, a in axes.items()}
    data: dict[str, Any] = {"count": (("equilibrium", *dims), count), "exists": (("equilibrium", *dims), count > 0)}
    for kind, names in tables.items():
        coords[f"{kind}_name"] = list(names)
        data[kind] = (("equilibrium", f"{kind}_name", *dims), arrays[kind])
    about = {"game": answer.game.name, "notes": "; ".join(answer.notes)}
    return xr.Dataset(data, coords=coords, attrs=about)


def _axes(answer: FormEquilibria, values: Mapping[Any, Any]) -> tuple[dict[sp.Symbol, Sequence[Any]], dict[Any, Any]]:
    """What varies and what is fixed, as exact numbers."""
    known = answer.game.assumptions
    axes: dict[sp.Symbol, Sequence[Any]] = {}
    fixed: dict[Any, Any] = {}
    for key, value in values.items():
        symbol = known.resolve(key)
        if isinstance(value, Iterable) and not isinstance(value, str):
            axes[symbol] = [known.exact_point({symbol: v})[symbol] for v in value]
        else:
            fixed[symbol] = value
    return axes, known.exact_point(fixed)


def _entries(records: Iterable[ProfileEquilibrium], kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for r in records for name in _flat(r, kind)))


def _flat(record: ProfileEquilibrium, kind: str) -> dict[str, Any]:
    """Entries by name; a mixture has one for each action."""
    table: Mapping[Any, Any] = {"strategy": record.strategy, "payoff": record.payoffs, "outcome": record.outcomes}[kind]
    flat: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            flat |= {f"{key}: {action}": share for action, share in value.items()}
        else:
            flat[str(key)] = value
    return flat


def _float(value: Any) -> float:
    """A number as a float; not a number where something is open or named."""
    number = sp.sympify(value) if value is not None else sp.nan
    return float(number) if number.is_number and number.is_real else float("nan")
