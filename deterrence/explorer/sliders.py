"""Where each slider starts, how far it goes, and in what steps."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import sympy as sp

from deterrence.errors import PointError
from deterrence.parameters import Assumptions
from deterrence.regions import Region

__all__ = ["sliders", "start"]


def sliders(assumptions: Assumptions) -> list[dict[str, Any]]:
    """One row a parameter: name, description, start, window and step.

    Probabilities go from 0 to 1; parameters in one order share a window around their starting values.
    """
    values = start(assumptions)
    inside = {s for group in assumptions.simplices for s in group}
    rows = []
    for s in assumptions.symbols:
        low, high = (0.0, 1.0) if s in inside else _window(assumptions, s, values)
        rows.append(
            {
                "name": str(s.name),
                "about": assumptions[s].description,
                "value": _plain(values[s]),
                "low": low,
                "high": high,
                "step": 0.001 if s in inside else _step(high - low),
                "probability": s in inside,
            }
        )
    return rows


def start(assumptions: Assumptions) -> dict[sp.Symbol, sp.Rational]:
    """A point inside the assumptions: the sample values, completed where some are missing.

    Raises
    ------
    PointError
        If no rational point is found.
    """
    samples = assumptions.sample_point()
    if set(samples) == set(assumptions.symbols) and assumptions.holds(samples):
        return samples
    everything = Region.everything(assumptions)
    given = samples if not assumptions.violated(samples) else {}
    found = everything.at(given).witness() or everything.witness() or {}
    point = {**{s: sp.Integer(0) for s in assumptions.symbols}, **given, **found}
    if not assumptions.holds(point):
        raise PointError(
            subject="sliders", wanted="sample values inside the assumptions", got=str(samples), hint="describe(sample=)"
        )
    return point


def _window(
    assumptions: Assumptions, symbol: sp.Symbol, values: Mapping[sp.Symbol, sp.Rational]
) -> tuple[float, float]:
    together = _linked(assumptions, symbol)
    numbers = [float(values[s]) for s in together]
    spread = max(numbers) - min(numbers) or 2 * max(1.0, abs(numbers[0]))
    unit, beyond = _step(spread) * 100, spread / 4 if len(together) > 1 else spread
    low = math.floor((min(numbers) - beyond) / unit) * unit
    high = math.ceil((max(numbers) + beyond) / unit) * unit
    floor = _floor(assumptions, symbol)
    return (low if floor is None else max(low, floor)), high


def _linked(assumptions: Assumptions, symbol: sp.Symbol) -> set[sp.Symbol]:
    """The parameters that are compared with one another, beginning from one."""
    found, todo = {symbol}, [symbol]
    while todo:
        now = todo.pop()
        for r in assumptions.relations:
            if now in r.free_symbols:
                new = r.free_symbols - found
                found |= new
                todo += new
    return found


def _floor(assumptions: Assumptions, symbol: sp.Symbol) -> float | None:
    """A number that the parameter is assumed to exceed."""
    bounds = [float(r.rhs) for r in assumptions.relations if r.lhs == symbol and r.rhs.is_number and r.rel_op[0] == ">"]
    bounds += [
        float(r.lhs) for r in assumptions.relations if r.rhs == symbol and r.lhs.is_number and r.rel_op[0] == "<"
    ]
    return max(bounds, default=None)


def _step(width: float) -> float:
    """A round number near a thousandth of a width: 1, 2 or 5 times a power of ten."""
    raw = width / 1000
    power = 10.0 ** math.floor(math.log10(raw))
    return float(f"{min((m * power for m in (1, 2, 5, 10)), key=lambda s: abs(s - raw)):.12g}")


def _plain(number: sp.Rational) -> int | float:
    return int(number) if number.is_Integer else float(number)
