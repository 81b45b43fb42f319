"""Results as a labelled xarray.Dataset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import sympy as sp
import xarray as xr

import deterrence
from deterrence.sweeps.choice import NONE, OUTSIDE
from deterrence.sweeps.compile import BEST
from deterrence.sweeps.evaluate import Tally
from deterrence.sweeps.layout import group_dim
from deterrence.sweeps.planned import Plan
from deterrence.sweeps.source import Source
from deterrence.sweeps.task import Task

HOW_KNOWN = (
    "exact conditions evaluated in floats with a rigorous error bound; decided again in exact arithmetic "
    "wherever rounding could change a relation"
)
OUTSIDE_COUNT = "points_outside_assumptions"
OUTSIDE_TEXT = "how many points break the assumptions of the model"
_ABOUT = {
    "exists": "whether the equilibrium exists at the point",
    "outside": "whether the point breaks the assumptions of the model",
    "count": "how many of the equilibria exist; -1 where the point breaks the assumptions",
    "label": "the chosen equilibrium; -1 where none exists, -2 where the point breaks the assumptions",
    "outcome": "probability of each outcome",
    "outcome_least": "least probability of each outcome over all equilibria that exist at the point",
    "outcome_greatest": "greatest probability of each outcome over all equilibria that exist at the point",
    "payoff": "expected payoff",
    "strategy": "probability of each action where it may be taken",
}
_UNITS = {"outcome": "1", "outcome_least": "1", "outcome_greatest": "1", "strategy": "1", "payoff": "payoff"}


def dataset(plan: Plan, arrays: Mapping[str, Any], tally: Tally | None = None) -> xr.Dataset:
    """The arrays with their dimensions, coordinates and attributes.

    Parameters
    ----------
    plan : Plan
    arrays : mapping of str to array
        By output; NumPy or dask.
    tally : Tally, optional
        How it went, where that is known already.
    """
    known = attributes(plan, tally)
    variables = {
        name: ((*plan.layout.outputs[name].lead_dims, *plan.inputs.dims), array, about(name, known, plan.source))
        for name, array in arrays.items()
    }
    coords = coordinates(plan) | named_coordinates(plan.task)
    return xr.Dataset(variables, coords=coords, attrs=known)


def about(name: str, attributes: Mapping[str, Any], source: Source) -> dict[str, Any]:
    """The attributes of one variable."""
    group = name.removesuffix("_low").removesuffix("_high")
    text = _ABOUT[group]
    if name != group:
        text = f"{'least' if name.endswith('_low') else 'greatest'} {text} over the free probabilities of a family"
    found: dict[str, Any] = {"long_name": text}
    if group in _UNITS:
        found["units"] = _UNITS[group]
    if name == "label":
        found["rule"] = attributes["select"]
        codes = [OUTSIDE, NONE, *range(len(source.equilibria))]
        if attributes["select"] != "all":
            found["flag_values"] = np.array(codes, dtype=np.int16)
            found["flag_meanings"] = "; ".join(("outside the assumptions", "none", *source.titles))
        else:
            found["long_name"] = "sum of 2**k over the equilibria k that exist; -2 outside the assumptions"
    return found


def coordinates(plan: Plan) -> dict[str, Any]:
    """Names along the dimensions, and the values of parameters that are not axes of the grid."""
    inputs, source = plan.inputs, plan.source
    coords: dict[str, Any] = {dim: (dim, labels) for dim, labels in inputs.coordinates.items() if dim in inputs.sizes}
    for symbol, column in inputs.columns.items():
        coords[str(symbol.name)] = (column.dims, column.floats, describe(symbol, source))
    for symbol, array in inputs.lazy.items():
        if str(symbol.name) not in coords:
            coords[str(symbol.name)] = (tuple(map(str, array.dims)), array.data, describe(symbol, source))
    for symbol, number in inputs.scalars.items():
        coords[str(symbol.name)] = ((), float(number), describe(symbol, source) | {"exact": str(number)})
    held = {d for o in plan.layout.outputs.values() for d in o.lead_dims}
    if "equilibrium" in held:
        coords["equilibrium"] = ("equilibrium", list(source.titles))
    return coords


def named_coordinates(task: Task) -> dict[str, Any]:
    """The names of outcomes, players and actions."""
    return {
        group_dim(group): (group_dim(group), list(table)) for group, table in task.values.items() if group != "best"
    }


def describe(symbol: sp.Symbol, source: Source) -> dict[str, Any]:
    """Description and units of a parameter."""
    parameter = source.assumptions[symbol]
    found = {"long_name": parameter.description, "domain": parameter.domain}
    if parameter.kind in ("probability", "distribution", "dependent"):
        found["units"] = "1"
    return {k: v for k, v in found.items() if v}


def attributes(plan: Plan, tally: Tally | None) -> dict[str, Any]:
    """Which model, version, concept and assumptions; how it is known; how many points fell outside."""
    eqs, source, task = plan.eqs, plan.source, plan.task
    known: dict[str, Any] = {
        "title": eqs.game.name,
        "source": f"deterrence {deterrence.__version__}",
        "concept": eqs.provenance.concept,
        "beliefs": eqs.provenance.beliefs,
        "assumptions": source.assumed,
        "how_known": HOW_KNOWN,
        "complete": int(eqs.complete),
        "knife_edges": "included" if len(source.equilibria) > len(eqs.generic) else "left out",
        "select": task.rule if task.rule in ("first", "all") else BEST + task.rule,
    }
    if not eqs.complete:
        known["undecided"] = f"{len(eqs.undecided)} profiles of supports could not be settled; more may exist"
    if source.unwritten:
        known["without_values"] = "; ".join(f"{title}: {reason}" for title, reason in source.unwritten.items())
    if tally is not None:
        known["points"] = tally.points
        known[OUTSIDE_COUNT] = tally.outside
        known["decided_again_exactly"] = tally.rechecked
    return known
