"""How fast sweeps are, side by side with hand-written NumPy, Gambit and Nashpy, against the targets of the project.

Run ``python benchmarks/sweep.py [--quick] [--json]``; the exit code is 0 only if every target is met.  Times
are the best of several runs: processor time where one thread computes, so that other programs on the
machine do not blur ratios, and time on the clock for grids and for several workers, which want an idle
machine.  Gambit is included where pygambit is installed.
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import nashpy
import numpy as np
import sympy as sp
import xarray as xr

import deterrence as dt
from deterrence.interchange.efg import to_efg
from deterrence.polynomials import to_flint, to_rational
from deterrence.regions.logic import holds_at, literals, values_of
from deterrence.sweeps import grid, solve_bimatrix, solve_numeric, sweep, sweep_to
from deterrence.sweeps.plans import strategic_form

MODEL = "zagare_kilgour_2000/unilateral_deterrence"
COSTS = {"a_DDm": 0, "a_CD": 1, "a_DDp": 2, "a_SQ": 4, "a_DC": 6, "b_DDm": 0, "b_DC": 1, "b_DDp": 2, "b_CD": 4}
A_NAMES, B_NAMES = ("a_DDm", "a_CD", "a_DDp", "a_SQ", "a_DC"), ("b_DDm", "b_DC", "b_DDp", "b_CD")


@dataclass(frozen=True)
class Row:
    """One measurement; without a target it is for the reader."""

    what: str
    value: float
    unit: str = "s"
    target: float | None = None
    at_least: bool = False

    @property
    def met(self) -> bool:
        if self.target is None:
            return True
        return self.value >= self.target if self.at_least else self.value <= self.target

    def __str__(self) -> str:
        head = f"{self.what:66} {self.value:14,.4g} {self.unit:5}"
        if self.target is None:
            return f"    {head}"
        return f"{'ok ' if self.met else 'NOT'} {head} {'>=' if self.at_least else '<='} {self.target:g}"


def best(action: Callable[[], Any], runs: int, clock: Callable[[], float] = time.process_time) -> float:
    """The least time of several runs, in seconds; what is found is thrown away after the clock is read."""
    times = []
    for _ in range(runs):
        start = clock()
        found = action()
        times.append(clock() - start)
        del found
    return min(times)


def warn(text: str) -> None:
    """Said where it cannot be overlooked, also beside JSON."""
    print(f"!!! {text}", file=sys.stderr, flush=True)


def solved() -> dt.Equilibria:
    return dt.load(MODEL).solve()


# -- scattered points --------------------------------------------------------------------------------


def random_points(n: int, seed: int = 0) -> dict[str, np.ndarray]:
    draw = np.random.default_rng(seed)
    a, b = (np.sort(draw.uniform(0, 10, (k, n)), axis=0) for k in (5, 4))
    values = {**dict(zip(A_NAMES, a, strict=True)), **dict(zip(B_NAMES, b, strict=True))}
    values |= {"p_A": draw.uniform(size=n), "p_B": draw.uniform(size=n)}
    return {k: np.ascontiguousarray(v) for k, v in values.items()}


def by_hand(v: Mapping[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """What a careful author writes: thresholds once, every equilibrium and outcome, nothing checked."""
    win, n = v["a_DC"] - v["a_SQ"], len(v["p_A"])
    soft, hard = win / (v["a_DC"] - v["a_CD"]), win / (v["a_DC"] - v["a_DDp"])
    resist = (v["b_CD"] - v["b_DC"]) / (v["b_CD"] - v["b_DDm"])
    p_A, p_B = v["p_A"], v["p_B"]
    exists = np.empty((6, n), dtype=bool)
    exists[0] = p_B >= hard
    exists[1:3] = True
    exists[3] = (p_B >= soft) & (p_B <= hard)
    exists[4] = (p_A >= resist) & (p_B <= soft)
    exists[5] = (p_A < resist) & (p_B < soft)
    war, demand, zero = p_A * p_B, p_A / resist, np.zeros(n)
    rows = {
        3: (1 - p_A, p_A - war, zero, war),
        4: (zero, 1 - p_B, p_B - war, war),
        5: (1 - demand, demand * (1 - soft), demand * soft * (1 - resist), p_A * soft),
    }
    outcome = np.empty((6, 4, n))
    outcome[1:3, 0], outcome[1:3, 1:] = 1, 0
    outcome[0, 0], outcome[0, 1:] = np.where(exists[0], 1.0, np.nan), np.where(exists[0], 0.0, np.nan)
    for k, values in rows.items():
        for j, value in enumerate(values):
            outcome[k, j] = np.where(exists[k], value, np.nan)
    return exists, outcome


def in_our_order(eqs: dt.Equilibria) -> list[int]:
    """The places of the hand-written equilibria in the answer."""
    names = ("Certain Deterrence", "Steadfast Deterrence", "Separating", "Attack", "Bluff")
    return [k for name in names for k, e in enumerate(eqs) if e.name == name]


def scattered(n: int, runs: int) -> Iterator[Row]:
    eqs, plain = solved(), random_points(n)
    values = {k: xr.DataArray(v, dims="point") for k, v in plain.items()}

    def ours() -> xr.Dataset:
        return sweep(eqs, values, outputs=("exists", "outcome"), select="all")

    found, (exists, outcome) = ours(), by_hand(plain)
    order = in_our_order(eqs)
    assert (found.exists.values[order] == exists).all()
    assert np.allclose(found.outcome.values[order], outcome, equal_nan=True)
    hand, mine = best(lambda: by_hand(plain), runs), best(ours, runs)
    yield Row(f"{n:,} scattered points, hand-written NumPy", 1e3 * hand, "ms")
    yield Row(f"{n:,} scattered points, sweep (all equilibria and outcomes)", 1e3 * mine, "ms")
    yield Row("  ratio to hand-written NumPy", mine / hand, "x", 2.0)
    yield from gambit(eqs, plain, mine / n)


def gambit(eqs: dt.Equilibria, plain: Mapping[str, np.ndarray], ours: float) -> Iterator[Row]:
    try:
        import pygambit
    except ImportError:
        warn("pygambit is not installed: NO COMPARISON WITH GAMBIT (pip install 'deterrence[gambit]')")
        return
    points = [{k: Fraction(float(v[i])).limit_denominator(1000) for k, v in plain.items()} for i in range(60)]
    points = [{**p, "b_SQ": Fraction(3)} for p in points if _ordered(p)]
    games = [pygambit.read_efg(io.StringIO(to_efg(eqs.game, p))) for p in points]
    methods = (
        ("enummixed_solve", lambda g: pygambit.nash.enummixed_solve(g, rational=False), 40),
        ("enumpoly_solve", pygambit.nash.enumpoly_solve, 10),
    )
    for name, method, count in methods:
        per_point = best(lambda m=method, c=count: [m(g) for g in games[:c]], 2) / count
        yield Row(f"  Gambit {name}, per point", 1e3 * per_point, "ms")
        yield Row("    times as long as sweep", per_point / ours, "x")


def _ordered(p: Mapping[str, Fraction]) -> bool:
    rows = ([p[k] for k in names] for names in (A_NAMES, B_NAMES))
    return all(x < y for row in rows for x, y in itertools.pairwise(row)) and all(0 < p[k] < 1 for k in ("p_A", "p_B"))


# -- grids ---------------------------------------------------------------------------------------------


def grid_of(side: int) -> dict[str, Any]:
    """A grid of side x side points strictly inside the unit square."""
    return {**COSTS, "p_A": grid(0, 1, side + 2), "p_B": grid(0, 1, side + 2)}


def run_grid(side: int, jobs: int, path: str, runs: int) -> None:
    """In a process of its own: seconds, and the most memory that was used."""
    import resource

    eqs = solved()
    options: dict[str, Any] = {"outputs": ("label", "outcome"), "outcomes": ["Conflict"], "n_jobs": jobs}
    options["order"] = ["Certain Deterrence", "Separating", "Attack", "Bluff"]
    values = grid_of(side)
    sweep(eqs, grid_of(64), **options)

    def action() -> None:
        if path:
            sweep_to(path, eqs, values, **options, overwrite=True)
        else:
            sweep(eqs, values, **options)

    elapsed, used = [], []
    for _ in range(runs):
        start, before = time.perf_counter(), time.process_time()
        action()
        elapsed.append(time.perf_counter() - start)
        used.append(time.process_time() - before)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(json.dumps({"seconds": min(elapsed), "processor": min(used), "bytes": peak}))


def grid_process(side: int, jobs: int, path: str = "", runs: int = 3) -> dict[str, float]:
    command = [sys.executable, __file__, "--grid", str(side), str(jobs), path, str(runs)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def grids(side: int, folder: Path) -> Iterator[Row]:
    whole = f"{side:,} x {side:,} grid, label and probability of war"
    two = grid_process(side, 2)
    yield Row(f"{whole}, 2 workers", two["seconds"], "s", 12)
    yield Row("  memory", two["bytes"] / 1e9, "GB", 2)
    one = grid_process(side, 1)
    yield Row(f"{whole}, 1 worker", one["seconds"], "s")
    yield Row("  two workers over one (writing to memory takes most of the time)", one["seconds"] / two["seconds"], "x")
    streamed = grid_process(side, 2, str(folder / "grid.nc"), 1)
    yield Row(f"{whole}, streamed to netCDF", streamed["seconds"], "s", 30)
    yield Row("  memory", streamed["bytes"] / 1e9, "GB", 2)


def scaling(side: int, fixed: float, runs: int) -> Iterator[Row]:
    """Cost per point once the fixed cost of a call is taken off, and what a second worker gives."""
    small = max(1000, side // 10)
    costs = {}
    for points in (small, side):
        costs[points] = (grid_process(points, 1, runs=runs)["processor"] - fixed) / points**2
        yield Row(f"cost per point of {points**2:,} points, 1 worker", 1e9 * costs[points], "ns")
    ratio = costs[side] / costs[small]
    yield Row("  largest over smallest (or its inverse)", max(ratio, 1 / ratio), "x", 1.2)
    yield from workers(runs)


def workers(runs: int) -> Iterator[Row]:
    """A sweep with much to compute at each point, and beside it plain NumPy, which shows what the machine gives now."""
    eqs, plain = solved(), random_points(4_000_000)
    values = {k: xr.DataArray(v, dims="point") for k, v in plain.items()} | {"b_SQ": 3}
    options: dict[str, Any] = {"outputs": ("label", "outcome", "payoff"), "dtype": "float32"}
    pieces = np.random.default_rng(0).uniform(size=(64, 2**16))

    def bare(threads: int) -> None:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda piece: [np.sin(piece) for _ in range(12)], pieces))

    sweep(eqs, values, **options)
    actions = {
        (what, n): action
        for n in (1, 2)
        for what, action in (("bare", partial(bare, n)), ("sweep", partial(sweep, eqs, values, **options, n_jobs=n)))
    }
    times: dict[Any, list[float]] = {key: [] for key in actions}
    for _ in range(runs):
        for key, action in actions.items():
            times[key].append(best(action, 1, time.perf_counter))
    least = {key: min(found) for key, found in times.items()}
    ratio = least["sweep", 1] / least["sweep", 2]
    yield Row("two workers over one, 4,000,000 scattered points", ratio, "x", 1.7, at_least=True)
    yield Row("  the same for plain NumPy in threads (2 on an idle machine)", least["bare", 1] / least["bare", 2], "x")


def fixed_cost(runs: int) -> float:
    """Seconds of a call at one point, with values that were never seen before."""
    eqs = solved()
    names = itertools.count(1)

    def action() -> None:
        values = {**COSTS, "a_DDm": -next(names), "p_A": "1/3", "p_B": "1/4"}
        sweep(eqs, values, outputs=("label", "outcome"), outcomes=["Conflict"])

    action()
    return best(action, runs)


# -- numeric games ---------------------------------------------------------------------------------------


def bimatrix(n: int, against: int) -> Iterator[Row]:
    draw = np.random.default_rng(1)
    for size, target in ((2, 1000), (3, 100)):
        A, B = draw.normal(size=(2, n, size, size))
        ours = best(lambda a=A, b=B: solve_bimatrix(a, b), 3)
        found = solve_bimatrix(A, B)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            start = time.process_time()
            theirs = [
                list(nashpy.Game(a, b).support_enumeration()) for a, b in zip(A[:against], B[:against], strict=True)
            ]
            each = (time.process_time() - start) / against
        missed = sum(not _among(pair, found.of_game(k)) for k, pairs in enumerate(theirs) for pair in pairs)
        extra = int(found.count[:against].sum()) - sum(map(len, theirs)) + missed
        yield Row(f"{n:,} random {size}x{size} games, all equilibria", 1e3 * ours, "ms")
        yield Row(f"  Nashpy's support_enumeration (from {against} games)", each * n, "s")
        yield Row("  times as long", each * n / ours, "x", target, at_least=True)
        yield Row("  missed against Nashpy", missed, "", 0)
        yield Row("  missed by Nashpy", extra, "")
        yield Row("  largest regret", float(np.nanmax(found.regret)), "", 1e-9)


def extensive(n: int) -> Iterator[Row]:
    """An extensive game at many points by plans, beside Gambit and Nashpy one game after the other."""
    game = solved().game
    draw = np.random.default_rng(2)
    points = {p: xr.DataArray(draw.uniform(size=n), dims="point") for p in ("p_A", "p_B")}
    values = {**COSTS, "b_SQ": 3, **points}
    small = {**values, **{p: v[:10] for p, v in points.items()}}
    solve_numeric(game, small)
    each = best(lambda: solve_numeric(game, values), 3) / n
    found = solve_numeric(game, values)
    yield Row(f"solve_numeric, unilateral game, {n:,} points, per point", 1e3 * each, "ms")
    yield Row("  points with a tie that changes what happens", float(found.degenerate.mean()), "", 0.01)
    yield Row("  largest regret", float(np.nanmax(found.regret)), "", 1e-9)
    form = strategic_form(game)
    A, B = _tables(form, {**COSTS, "b_SQ": 3, "p_A": 0.3, "p_B": 0.3})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nash = best(lambda: list(nashpy.Game(A, B).vertex_enumeration()), 2)
    yield Row("  Nashpy's vertex_enumeration of the reduced form, per point", 1e3 * nash, "ms")
    yield Row("    times as long", nash / each, "x")
    yield from _gambit_plans(game, each)


def _tables(form: Any, point: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """The payoffs of all pairs of plans at one point."""
    at = {form.game.assumptions.resolve(k): sp.Rational(str(v)) for k, v in point.items()}
    shape = len(form.rows), len(form.columns)
    tables = [
        np.array([[float(form.payoff(r, c, p).xreplace(at)) for c in range(shape[1])] for r in range(shape[0])])
        for p in form.game.players
    ]
    return tables[0], tables[1]


def _gambit_plans(game: Any, ours: float) -> Iterator[Row]:
    try:
        import pygambit
    except ImportError:
        warn("pygambit is not installed: NO COMPARISON WITH GAMBIT for numeric solving")
        return
    point = {
        **{k: Fraction(v) for k, v in COSTS.items()},
        "b_SQ": Fraction(3),
        "p_A": Fraction(3, 10),
        "p_B": Fraction(3, 10),
    }
    made = pygambit.read_efg(io.StringIO(to_efg(game, point)))
    theirs = best(lambda: pygambit.nash.enummixed_solve(made, rational=False), 10)
    yield Row("  Gambit enummixed_solve, per point", 1e3 * theirs, "ms")
    yield Row("    times as long", theirs / ours, "x")


def _among(pair: Any, found: list[Any]) -> bool:
    return any(np.allclose(pair[0], x) and np.allclose(pair[1], y) for x, y in found)


# -- agreement -------------------------------------------------------------------------------------------


def agreement(n: int, at: int) -> Iterator[Row]:
    """Random exact points, two thirds of them on a boundary: in exact arithmetic, and by eqs.at for some."""
    eqs = solved()
    symbols = eqs.game.assumptions.symbols
    points = list(exact_points(eqs, n))
    table = {s: np.array([p[s] for p in points], dtype=object) for s in symbols}
    found = sweep(eqs, {s: xr.DataArray(v, dims="point") for s, v in table.items()}, outputs=("exists",))
    wrong = sum(list(found.exists.values[:, k]) != _exact(eqs, p) for k, p in enumerate(points))
    yield Row(f"{n:,} points, boundaries included, against exact arithmetic: wrong", wrong, "", 0)
    yield Row("  of which decided again exactly", found.attrs["decided_again_exactly"], "")
    titles = [e.title for e in eqs]
    wrong = 0
    for k in range(0, n, max(1, n // at)):
        here = [e.title for e in eqs.at({s: sp.Rational(v.numerator, v.denominator) for s, v in points[k].items()})]
        wrong += sorted(t for t, m in zip(titles, found.exists.values[:, k], strict=True) if m) != sorted(here)
    yield Row(f"  {at:,} of them against eqs.at(point): wrong", wrong, "", 0)


def _exact(eqs: dt.Equilibria, point: Mapping[sp.Symbol, Fraction]) -> list[bool]:
    exact = {s: sp.Rational(v.numerator, v.denominator) for s, v in point.items()}
    return [holds_at(e.condition.formula, values_of(e.condition.assumptions.ring, exact)) for e in eqs]


def exact_points(eqs: dt.Equilibria, n: int) -> Iterator[dict[sp.Symbol, Fraction]]:
    draw = np.random.default_rng(3)
    assumptions = eqs.game.assumptions
    ring = assumptions.ring
    edges = [f.poly for e in (*eqs, *eqs.knife_edges) for f in literals(e.condition.formula)]
    k = 0
    while k < n:
        drawn = random_points(1, int(draw.integers(2**31)))
        scale = 16 if k % 2 else 10**6
        point = {assumptions.resolve(s): Fraction(round(float(v[0]) * scale), scale) for s, v in drawn.items()}
        point[assumptions.resolve("b_SQ")] = Fraction(3)
        if k % 3:
            edge = edges[int(draw.integers(len(edges)))]
            symbol = ring.used(edge)[int(draw.integers(len(ring.used(edge))))]
            values = [to_flint(sp.Rational(point[s].numerator, point[s].denominator)) for s in ring.symbols]
            parts = [c(*values) for c in ring.coefficients(edge, symbol)]
            if len(parts) == 2 and parts[1] != 0:
                root = to_rational(-parts[0] / parts[1])
                point[symbol] = Fraction(int(root.p), int(root.q))
        if _ordered({s.name: v for s, v in point.items()}):
            yield point
            k += 1


def rows(quick: bool) -> Iterator[Row]:
    runs = 5 if quick else 15
    yield from scattered(100_000, runs)
    fixed = fixed_cost(runs)
    yield Row("fixed cost of a call", 1e3 * fixed, "ms", 10)
    side = 3_000 if quick else 10_001
    with tempfile.TemporaryDirectory() as folder:
        yield from grids(side, Path(folder))
    yield from scaling(side, fixed, 5)
    yield from bimatrix(100_000, 200 if quick else 1_000)
    yield from extensive(2_000 if quick else 10_000)
    yield from agreement(1_000 if quick else 10_000, 50 if quick else 500)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller grids and samples")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--grid", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.grid:
        side, jobs, path, runs = options.grid
        run_grid(int(side), int(jobs), path, int(runs))
        return 0
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    if not options.json:
        print(f"Python {platform.python_version()}, NumPy {np.__version__}, {os.cpu_count()} cores, load {load:.1f}")
    met = True
    for row in rows(options.quick):
        print(json.dumps({**row.__dict__, "met": row.met}) if options.json else row, flush=True)
        met &= row.met
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
