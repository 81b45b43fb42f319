"""How fast regions answer, and how many proofs are certified, against the targets of the project.

Run ``python benchmarks/regions.py [--json]``; the exit code is 0 only if every target is met.  The
questions are those that the catalogue's models raise: for each pair of equilibria whether they
exclude one another, whether one's condition implies the other's, whether both together cover
everything; then beliefs to eliminate, arcs to draw, and all claims of a model.
"""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import sympy as sp

import deterrence as dt
from deterrence.parameters import Parameters
from deterrence.regions.boundary import boundary
from deterrence.regions.region import Region

UNILATERAL = "zagare_kilgour_2000/unilateral_deterrence"
MUTUAL = "zagare_kilgour_2000/generalized_mutual_deterrence"
MODELS = (
    "zagare_kilgour_2000/rudimentary_asymmetric_deterrence",
    UNILATERAL,
    MUTUAL,
    "zagare_kilgour_2003/protege_defender",
)


@dataclass(frozen=True)
class Row:
    """One measurement and its target."""

    what: str
    value: float
    target: float
    unit: str = "s"
    at_least: bool = False

    @property
    def met(self) -> bool:
        return self.value >= self.target if self.at_least else self.value <= self.target

    def __str__(self) -> str:
        sign = ">=" if self.at_least else "<="
        return f"{'ok ' if self.met else 'NOT'} {self.what:52} {self.value:9.3f} {self.unit:2} {sign} {self.target:g}"


def seconds(action: Callable[[], Any]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def questions(name: str) -> Iterator[Callable[[], Any]]:
    """All that one asks about pairs of equilibria of a model."""
    regions = list(dict.fromkeys(e.condition for e in dt.load(name).solve()))
    for left, right in itertools.permutations(regions, 2):
        yield lambda a=left, b=right: a.disjoint(b)
        yield lambda a=left, b=right: a.implies(b)
        yield lambda a=left, b=right: a.covers(b)


def ask_all() -> list[Row]:
    spent, proofs, certified, undecided = [], 0, 0, 0
    for name in MODELS:
        for question in questions(name):
            start = time.perf_counter()
            verdict = question()
            spent.append(time.perf_counter() - start)
            proofs += verdict.proved
            certified += verdict.grade == "certified"
            undecided += verdict.undecided
    spent.sort()
    return [
        Row(f"median of {len(spent)} questions", statistics.median(spent), 0.030),
        Row("95% of the questions", spent[int(0.95 * len(spent))], 1.0),
        Row("undecided questions", undecided, 0, ""),
        Row(f"certified, of {proofs} proofs", 100 * certified / max(1, proofs), 90, "%", at_least=True),
    ]


def belief_regions() -> Iterator[tuple[Region, list[sp.Symbol]]]:
    """Conditions with one and two beliefs to eliminate."""
    P = Parameters()
    low, mid, high = P.ordered("low < mid < high")
    p, q = P.probability("p q")
    m, n = sp.symbols("m n", real=True)
    known = P.snapshot().extend(closed=[(m,), (n,)])
    one = sp.And(m * low + (1 - m) * high >= mid, m >= p)
    two = sp.And(m * low + (1 - m) * high >= mid, n * high + (1 - n) * low >= mid, m + n <= p + q)
    yield Region(one, known), [m]
    yield Region(two, known), [m, n]


def slices() -> Iterator[Callable[[], Any]]:
    """Two-dimensional slices of the unilateral game's conditions, and of harder curves."""
    eqs = dt.load(UNILATERAL).solve()
    at = {s: v for s, v in dt.load(UNILATERAL).sample_point().items() if s.name not in ("p_A", "p_B")}
    for e in eqs:
        yield lambda r=e.condition: boundary(r, "p_A", "p_B", at)
    P = Parameters()
    x, y = P.probability("x y")
    circle = (2 * x - 1) ** 2 + (2 * y - 1) ** 2 <= sp.Rational(1, 2)
    yield lambda: boundary(Region(sp.And(circle, x * y >= sp.Rational(1, 5), y**3 <= x), P), x, y)


def rows() -> Iterator[Row]:
    for name in MODELS:
        dt.load(name).solve()
    yield from ask_all()
    yield Row(
        "slowest elimination of one or two beliefs",
        max(seconds(lambda r=r, s=s: r.eliminate(*s)) for r, s in belief_regions()),
        1.0,
    )
    yield Row("slowest exact boundary of a slice", max(seconds(s) for s in slices()), 1.0)
    for name, target in ((UNILATERAL, 5.0), (MUTUAL, 15.0)):
        model = dt.load(name)
        yield Row(f"all {len(model.claims)} claims of {name.split('/')[1]}", seconds(model.check), target)


def main() -> int:
    """Print the table; 0 if every target is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    as_json = parser.parse_args().json
    found = list(rows())
    if as_json:
        print(
            json.dumps([{"what": r.what, "value": r.value, "target": r.target, "met": r.met} for r in found], indent=2)
        )
    else:
        print("\n".join(map(str, found)))
    return 0 if all(r.met for r in found) else 1


if __name__ == "__main__":
    sys.exit(main())
