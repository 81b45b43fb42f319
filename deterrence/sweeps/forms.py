"""Many points of an answer without a tree: where each equilibrium exists, and what it implies there.

Levels, probabilities and payoffs of these forms may hold roots, logarithms and symbolic powers, so
that values are floats; whether an equilibrium exists at a point is decided exactly, one point after
the other, and with the check of best replies where the record asks for one.  A record may have several
solutions at a point: `count` counts them, the values are those of the first, and the least and greatest
probability of an outcome are taken over all.

What sweeps of trees do and these do not: a file is written once all points are done, so that a run that
was stopped starts anew; `n_jobs` and arrays held by dask are not used; families have no range of their
own, and an outcome whose probability a family leaves open counts with 0 and 1.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np
import sympy as sp
import xarray as xr

import deterrence
from deterrence.errors import PointError, UnknownName
from deterrence.profile import ProfileEquilibrium
from deterrence.profiles import FormEquilibria
from deterrence.sweeps.choice import NONE, OUTSIDE
from deterrence.sweeps.compile import BEST, Wishes
from deterrence.sweeps.domain import check_scalars
from deterrence.sweeps.errors import StoreError, SweepError
from deterrence.sweeps.highest import TIE
from deterrence.sweeps.inputs import Inputs, read_inputs
from deterrence.sweeps.layout import ENDS, group_dim
from deterrence.sweeps.stores import Written, check_format, check_replaceable

__all__ = ["form_sweep", "form_sweep_to"]

MOST_POINTS = 200_000
GROUPS = ("outcome", "payoff", "strategy")
HOW_KNOWN = (
    "existence decided exactly at each point, with best replies bounded by interval arithmetic where a record asks"
    " for it; values are floats"
)


def form_sweep(
    answer: FormEquilibria,
    values: Any,
    wishes: Wishes,
    *,
    knife_edges: bool = False,
    progress: Callable[[int], object] | None = None,
) -> xr.Dataset:
    """Evaluate an answer without a tree; see `deterrence.sweeps.sweep`, which calls this.

    Raises
    ------
    PointError
        If there are more than 200,000 points, or a scalar breaks an assumption.
    SweepError
        If arrays are held by dask.
    """
    inputs = _read(answer, values)
    records: list[Any] = [*answer.generic, *(answer.knife_edges if knife_edges else ())]
    table = _Table(records, wishes, inputs.shape)
    known = answer.game.assumptions
    for place, point in _points(inputs):
        exact = known.exact_point(point)
        if known.violated(exact):
            table.outside(place)
        else:
            table.add(place, [record.all_at(exact) for record in records])
        if progress is not None:
            progress(1)
    return table.dataset(inputs, _attributes(answer, table, wishes, knife_edges))


def _read(answer: FormEquilibria, values: Any) -> Inputs:
    inputs = read_inputs(values, answer.game.assumptions)
    if inputs.lazy:
        raise SweepError(subject="sweep", wanted="arrays in memory for a game without a tree", got="arrays of dask")
    total = int(np.prod(inputs.shape, dtype=np.int64))
    if total > MOST_POINTS:
        raise PointError(subject="sweep", wanted=f"at most {MOST_POINTS:,} points of this form", got=f"{total:,}")
    check_scalars(answer.game.assumptions, inputs.scalars)
    return inputs


def _points(inputs: Inputs) -> Iterator[tuple[tuple[int, ...], dict[sp.Symbol, sp.Rational]]]:
    """Every place of the sweep with its exact values."""
    for place in itertools.product(*(range(n) for n in inputs.shape)):
        at = dict(zip(inputs.dims, place, strict=True))
        point = dict(inputs.scalars)
        for symbol, column in inputs.columns.items():
            value = column.rational(tuple(at[d] for d in column.dims))
            point[symbol] = sp.Rational(int(value.p), int(value.q))
        yield place, point


class _Table:
    """The results of a sweep while it runs."""

    def __init__(self, records: list[Any], wishes: Wishes, shape: tuple[int, ...]) -> None:
        self.records, self.wishes, self.shape = records, wishes, shape
        self.titles = _distinct([r.title for r in records])
        self.order = _ordered(records, wishes)
        self.names = {group: _chosen(records, group, wishes) for group in GROUPS}
        self.best = _best(records, wishes)
        self.exists = np.zeros((len(records), *shape), dtype=bool)
        self.count = np.zeros(shape, dtype=np.int16)
        self.label = np.full(shape, NONE, dtype=np.int64 if wishes.select == "all" else np.int16)
        self.masked = np.zeros(shape, dtype=bool)
        lead = (len(records),) if wishes.select == "all" else ()
        self.values = {
            group: np.full((*lead, len(names), *shape), np.nan, dtype=wishes.dtype)
            for group, names in self.names.items()
            if group in wishes.outputs
        }
        ranged = ENDS if "outcome_range" in wishes.outputs else ()
        self.ends = {end: np.full((len(self.names["outcome"]), *shape), np.nan, dtype=wishes.dtype) for end in ranged}

    def outside(self, place: tuple[int, ...]) -> None:
        """A point that breaks the assumptions."""
        self.masked[place], self.count[place], self.label[place] = True, NONE, OUTSIDE

    def add(self, place: tuple[int, ...], found: list[tuple[ProfileEquilibrium, ...]]) -> None:
        """What exists at a point."""
        there = [k for k in self.order if found[k]]
        self.count[place] = sum(len(f) for f in found)
        for k in there:
            self.exists[(k, *place)] = True
        if there and self.ends:
            self._range(place, [record for k in there for record in found[k]])
        if self.wishes.select == "all":
            if there:
                self.label[place] = sum(2**k for k in there)
            for k in there:
                self._fill(place, found[k][0], (k,))
        elif there:
            chosen = there[0] if self.best is None else self._highest({k: found[k][0] for k in there})
            self.label[place] = chosen
            self._fill(place, found[chosen][0], ())

    def _highest(self, there: Mapping[int, ProfileEquilibrium]) -> int:
        """The first of those with the highest payoff."""
        first, *others = there
        for k in others:
            mine, best = (_flat(there[j], "payoff").get(str(self.best)) for j in (k, first))
            first = k if _exceeds(mine, best) else first
        return first

    def _range(self, place: tuple[int, ...], records: list[ProfileEquilibrium]) -> None:
        """The least and greatest probability of each outcome over all that exist; 0 and 1 where one is open."""
        rows = [_flat(record, "outcome") for record in records]
        for j, name in enumerate(self.names["outcome"]):
            values = [_float(row.get(name)) for row in rows]
            known = not any(map(np.isnan, values))
            for end, value in zip(ENDS, (min(values), max(values)) if known else (0.0, 1.0), strict=True):
                self.ends[end][(j, *place)] = value

    def _fill(self, place: tuple[int, ...], record: ProfileEquilibrium, lead: tuple[int, ...]) -> None:
        for group, array in self.values.items():
            row = _flat(record, group)
            for j, name in enumerate(self.names[group]):
                array[(*lead, j, *place)] = _float(row.get(name))

    def dataset(self, inputs: Inputs, attributes: Mapping[str, Any]) -> xr.Dataset:
        """The results with their names."""
        every = ("equilibrium",) if self.wishes.select == "all" else ()
        data: dict[str, Any] = {
            "exists": (("equilibrium", *inputs.dims), self.exists),
            "count": (inputs.dims, self.count),
            "label": (inputs.dims, self.label),
            "outside": (inputs.dims, self.masked),
        }
        data = {name: held for name, held in data.items() if name in self.wishes.outputs}
        coords: dict[str, Any] = {d: (d, v) for d, v in inputs.coordinates.items() if d in inputs.sizes}
        for group, array in self.values.items():
            data[group] = ((*every, group_dim(group), *inputs.dims), array)
            coords[group_dim(group)] = list(self.names[group])
        for end, array in self.ends.items():
            data[end] = ((group_dim("outcome"), *inputs.dims), array)
            coords[group_dim("outcome")] = list(self.names["outcome"])
        coords |= {s.name: (c.dims, c.floats) for s, c in inputs.columns.items()}
        coords |= {s.name: ((), float(v), {"exact": str(v)}) for s, v in inputs.scalars.items()}
        if "exists" in data or every:
            coords["equilibrium"] = self.titles
        return xr.Dataset(data, coords=coords, attrs=dict(attributes))


def _attributes(answer: FormEquilibria, table: _Table, wishes: Wishes, knife_edges: bool) -> dict[str, Any]:
    return {
        "title": answer.game.name,
        "source": f"deterrence {deterrence.__version__}",
        "concept": answer.provenance.concept,
        "assumptions": str(answer.game.assumptions),
        "how_known": HOW_KNOWN,
        "complete": int(answer.complete),
        "notes": "; ".join(answer.notes),
        "knife_edges": "included" if knife_edges and answer.knife_edges else "left out",
        "select": wishes.select,
        "points": int(table.masked.size),
        "points_outside_assumptions": int(table.masked.sum()),
    }


def _distinct(titles: list[str]) -> list[str]:
    """Titles, those that come again numbered."""
    seen: dict[str, int] = {}
    names = []
    for title in titles:
        seen[title] = seen.get(title, 0) + 1
        names.append(title if seen[title] == 1 else f"{title} #{seen[title]}")
    return names


def _ordered(records: list[Any], wishes: Wishes) -> list[int]:
    """The records from first to last choice."""
    order = wishes.order or ()
    known = {r.title for r in records} | {r.name for r in records}
    for name in order:
        if name not in known:
            raise UnknownName(subject="sweep", wanted="an equilibrium's name", got=name, known=known)
    places = {name: k for k, name in enumerate(order)}
    rank = [min(places.get(r.title, len(places)), places.get(r.name, len(places))) for r in records]
    return sorted(range(len(records)), key=lambda k: rank[k])


def _chosen(records: list[Any], group: str, wishes: Wishes) -> tuple[str, ...]:
    """The entries of a group that are wanted; those of all records where none is named."""
    names = tuple(dict.fromkeys(name for r in records for name in _flat(r, group)))
    wanted = {"outcome": wishes.outcomes, "payoff": wishes.payoffs, "strategy": None}[group]
    for name in wanted or ():
        if name not in names:
            raise UnknownName(subject="sweep", wanted=f"an entry of {group}s", got=name, known=names)
    return names if wanted is None else wanted


def _best(records: list[Any], wishes: Wishes) -> str | None:
    """Whose payoff decides, if somebody's does."""
    if wishes.select in ("first", "all"):
        return None
    names = tuple(dict.fromkeys(name for r in records for name in _flat(r, "payoff")))
    player = wishes.select.removeprefix(BEST)
    if not wishes.select.startswith(BEST) or player not in names:
        rules = ["first", "all", *(BEST + name for name in names)]
        raise UnknownName(subject="sweep", wanted="a rule of choice", got=wishes.select, known=rules)
    return player


def _flat(record: ProfileEquilibrium, group: str) -> dict[str, Any]:
    """Entries by name; a mixture has one for each action."""
    tables: dict[str, Mapping[Any, Any]] = {
        "strategy": record.strategy, "payoff": record.payoffs, "outcome": record.every_outcome
    }  # fmt: skip
    flat: dict[str, Any] = {}
    for key, value in tables[group].items():
        if isinstance(value, Mapping):
            flat |= {f"{key}: {action}": share for action, share in value.items()}
        else:
            flat[str(key)] = value
    return flat


def _float(value: Any) -> float:
    """A number as a float; not a number where something is open or named."""
    number = sp.sympify(value) if value is not None else sp.nan
    return float(number) if number.is_number and number.is_real else float("nan")


def _exceeds(mine: Any, other: Any) -> bool:
    """Whether a payoff is higher than another: exactly if both are rational, else by more than `TIE` of their size."""
    if mine is not None and other is not None and sp.sympify(mine).is_Rational and sp.sympify(other).is_Rational:
        return bool(sp.sympify(mine) > sp.sympify(other))
    left, right = (-np.inf if np.isnan(value) else value for value in map(_float, (mine, other)))
    if not np.isfinite(left) or not np.isfinite(right):
        return bool(left > right)
    return bool(left - right > TIE * (abs(left) + abs(right)))


# -- into a file --------------------------------------------------------------------------------------


def form_sweep_to(
    target: Any,
    answer: FormEquilibria,
    values: Any,
    wishes: Wishes,
    *,
    knife_edges: bool = False,
    overwrite: bool = False,
    progress: Callable[[int], object] | None = None,
) -> Written:
    """The same into a file, written when all points are done.

    Raises
    ------
    StoreError
        If the file exists, its format cannot be written, or what would be replaced is no sweep.
    """
    started = monotonic()
    check_format(target)
    check_replaceable(target)
    if target.exists() and not overwrite:
        raise StoreError(subject=str(target), problem="the file exists", hint="give overwrite=True to replace it")
    found = form_sweep(answer, values, _with(wishes, "label", "outside"), knife_edges=knife_edges, progress=progress)
    kept = [name for name in found.data_vars if name in (*wishes.outputs, *ENDS)]
    _write(found[kept], target)
    label, outside = found["label"].values, int(found["outside"].values.sum())
    chosen: dict[str, int] = {}
    if wishes.select != "all":
        titles = _distinct([r.title for r in (*answer.generic, *(answer.knife_edges if knife_edges else ()))])
        counts = {title: int((label == k).sum()) for k, title in enumerate(titles)} | {
            "none": int((label == NONE).sum())
        }
        chosen = {title: count for title, count in counts.items() if count}
    return Written(target, label.size, outside, 0, chosen, resumed=0, repaired=0, seconds=monotonic() - started)


def _with(wishes: Wishes, *more: str) -> Wishes:
    """The wishes with further outputs."""
    return replace(wishes, outputs=(*wishes.outputs, *(name for name in more if name not in wishes.outputs)))


def _write(found: xr.Dataset, target: Path) -> None:
    """Write beside the target and move there, so that the file is complete or as it was before."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.stem}-") as folder:
        beside = Path(folder) / target.name
        if target.suffix == ".nc":
            found.to_netcdf(beside, engine="h5netcdf")
        elif target.suffix == ".zarr":
            found.to_zarr(beside, zarr_format=2, consolidated=True)
        elif target.suffix == ".csv":
            found.to_dataframe().reset_index().to_csv(beside, index=False)
        else:
            found.to_dataframe().reset_index().to_parquet(beside, index=False)
        if target.is_dir():
            shutil.rmtree(target)
        beside.replace(target)
