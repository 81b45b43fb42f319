"""The subcommand ``deterrence sweep``: a model at many points, into a file or a table."""

from __future__ import annotations

import json
import math
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import click
import numpy as np
from tqdm import tqdm

from deterrence.catalogue import load
from deterrence.cli.guard import NO
from deterrence.errors import PointError
from deterrence.numbers import exact_number
from deterrence.sweeps.compile import USUAL
from deterrence.sweeps.grids import grid
from deterrence.sweeps.inputs import read_inputs
from deterrence.sweeps.layout import BLOCK
from deterrence.sweeps.run import sweep as sweep_in_memory
from deterrence.sweeps.stores import Written
from deterrence.sweeps.stream import sweep_to


@click.command(
    "sweep", epilog="Example: deterrence sweep unilateral_deterrence p_A=0:1:1001 p_B=0:1:1001 a_SQ=4 -o out.nc"
)
@click.argument("model")
@click.argument("values", nargs=-1, metavar="[NAME=VALUE | NAME=LOW:HIGH:COUNT]...")
@click.option("--at", "at", multiple=True, metavar="NAME=VALUE", help="More values, as other commands take them.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File: .nc, .zarr, .csv or .parquet.")
@click.option("--samples/--no-samples", default=True, help="Take the model's sample values for what is not given.")
@click.option("--outputs", default=",".join(USUAL), show_default=True, help="What to compute, separated by commas.")
@click.option("--outcome", "outcomes", multiple=True, help="Only this outcome (may be repeated).")
@click.option("--select", default="first", show_default=True, help='"first", "all" or "best for PLAYER".')
@click.option("--knife-edges", is_flag=True, help="Include what needs an equation among the parameters.")
@click.option("--concept", default=None, help="Solution concept; the game's own if left out.")
@click.option("--dtype", type=click.Choice(["float64", "float32"]), default="float64", show_default=True)
@click.option("--jobs", default=1, show_default=True, help="Workers; -1 for every core.")
@click.option("--block", default=BLOCK, show_default=True, help="Points between two checkpoints.")
@click.option("--overwrite", is_flag=True, help="Replace a file that exists.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def sweep(
    model: str,
    values: tuple[str, ...],
    at: tuple[str, ...],
    output: Path | None,
    samples: bool,
    outputs: str,
    outcomes: tuple[str, ...],
    select: str,
    knife_edges: bool,
    concept: str | None,
    dtype: str,
    jobs: int,
    block: int,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Evaluate MODEL at many points.

    VALUES are parameters: p_A=1/4 for one value, p_A=0:1:1001 for a grid of 1001 exact numbers.  Without
    VALUES the model's own sweep is made, over its costs and its resolve.  Without an output file only
    the summary is printed.  A sweep that was interrupted goes on when it is started again with the
    same output.
    """
    words = [piece.strip() for option in at for piece in option.split(",") if piece.strip()]
    samples = samples or "sample" in words
    values = (*values, *(word for word in words if word != "sample"))
    try:
        published = load(model)
        given = read_values(values) if values else _own_sweep(published)
        if samples:
            given = {**_unmentioned_samples(published, given), **given}
        eqs = published.solve(concept)
        options: dict[str, Any] = {
            "outputs": tuple(name.strip() for name in outputs.split(",") if name.strip()),
            "outcomes": outcomes or None,
            "select": select,
            "knife_edges": knife_edges,
            "dtype": dtype,
            "n_jobs": jobs,
        }
        sizes = read_inputs(given, eqs.game.assumptions).shape
        summary = _run(eqs, given, output, options, block, overwrite, int(np.prod(sizes, dtype=np.int64)))
    except KeyboardInterrupt:
        kept = "finished blocks are kept, and the same command goes on from there" if output else "nothing is kept"
        click.echo(f"Interrupted: {kept}{'' if output else '; with -o FILE a sweep can go on'}.", err=True)
        sys.exit(NO)
    click.echo(json.dumps(summary.data, indent=2) if as_json else str(summary))


def read_values(words: tuple[str, ...]) -> dict[str, Any]:
    """Parameters from words such as ``p_A=1/4`` and ``p_B=0:1:101``.

    Raises
    ------
    PointError
        For a word that is neither.

    Examples
    --------
    >>> values = read_values(("a=4", "p=0:1:3"))
    >>> values["a"], [str(x) for x in values["p"]]
    (4, ['0', '1/2', '1'])
    """
    found: dict[str, Any] = {}
    for word in words:
        name, equals, text = word.partition("=")
        parts = text.split(":")
        if not equals or not name.strip() or len(parts) not in (1, 3):
            raise PointError(subject=f"argument {word!r}", wanted="NAME=VALUE or NAME=LOW:HIGH:COUNT", got=word)
        name = name.strip()
        if name in found:
            raise PointError(subject=f"argument {word!r}", wanted=f"one value for {name}", got="a second one")
        if len(parts) == 1:
            found[name] = exact_number(text, f"parameter {name}")
            continue
        if not parts[2].isdigit():
            raise PointError(subject=f"argument {word!r}", wanted="a whole number of grid points", got=parts[2])
        found[name] = grid(parts[0], parts[1], int(parts[2]))
    return found


def _own_sweep(published: Any) -> dict[str, Any]:
    """The grids of the model's default sweep.

    Raises
    ------
    PointError
        If the model has none.
    """
    if not published.sweep:
        raise PointError(
            subject=f'Model "{published.title}"',
            wanted="what varies, because the model has no sweep of its own",
            got="no values",
            hint="give NAME=LOW:HIGH:COUNT, or sweep={...} in the model",
        )
    return {name: published.swept[name] for name in published.sweep}


class Summary:
    """What was computed, for people and for programs."""

    def __init__(self, data: dict[str, Any], text: str) -> None:
        self.data, self._text = data, text

    def __str__(self) -> str:
        return self._text


def _unmentioned_samples(published: Any, given: dict[str, Any]) -> dict[str, Any]:
    """Sample values of parameters that neither are given nor follow from what is given."""
    assumptions = published.game.assumptions
    named = [assumptions.resolve(n) for n in given if assumptions.resolve(n) not in assumptions.ring.index]
    settled = {s for d in named for s in assumptions.expand(d).free_symbols}
    return {s.name: v for s, v in published.sample_point().items() if s.name not in given and s not in settled}


def _run(
    eqs: Any,
    given: dict[str, Any],
    output: Path | None,
    options: dict[str, Any],
    block: int,
    overwrite: bool,
    size: int,
) -> Summary:
    with tqdm(total=size, unit=" points", unit_scale=True, disable=not sys.stderr.isatty()) as bar:
        if output is not None:
            return _written(
                sweep_to(output, eqs, given, **options, block=block, overwrite=overwrite, progress=bar.update)
            )
        found = sweep_in_memory(eqs, given, **options, progress=bar.update)
    names = list(found["equilibrium"].values) if "equilibrium" in found.coords else []
    shares = {}
    if "exists" in found:
        inside = max(1, found.attrs["points"] - found.attrs["points_outside_assumptions"])
        shares = {n: float(Fraction(int(m.sum()), inside)) for n, m in zip(names, found["exists"].values, strict=True)}
    data = {
        "points": found.attrs["points"],
        "outside": found.attrs["points_outside_assumptions"],
        "exists": shares,
        "outcomes": _outcomes(found),
    }
    lines = [f"{eqs.game.name}: {data['points']:,} points"]
    lines += [f"  exists at {share:7.2%}  {name}" for name, share in shares.items()]
    for name, mean in data["outcomes"].items():
        lines.append(
            f"  {name}: {mean['selected']:.4f} on average, {mean['least']:.4f} to {mean['greatest']:.4f} by choice"
        )
    if data["outside"]:
        lines.append(f"  {data['outside']:,} points break the assumptions and are masked")
    return Summary(data, "\n".join(lines))


def _outcomes(found: Any) -> dict[str, dict[str, float]]:
    """The average probability of each outcome: as selected, and least and greatest over all that exist.

    Nothing of what no point has: all may lie outside the assumptions.
    """
    if "outcome" not in found or "outcome_least" not in found or "equilibrium" in found["outcome"].dims:
        return {}
    names = {"selected": "outcome", "least": "outcome_least", "greatest": "outcome_greatest"}
    axes = [d for d in found["outcome"].dims if d != "outcome_name"]
    means = {what: found[name].mean(axes) for what, name in names.items()}
    rows = {
        str(name): {what: float(mean.sel(outcome_name=name)) for what, mean in means.items()}
        for name in found["outcome_name"].values
    }
    return {name: row for name, row in rows.items() if not any(math.isnan(mean) for mean in row.values())}


def _written(done: Written) -> Summary:
    data = {
        "path": str(done.path),
        "points": done.points,
        "outside": done.outside,
        "rechecked": done.rechecked,
        "chosen": done.labels,
        "resumed": done.resumed,
        "repaired": done.repaired,
        "seconds": done.seconds,
    }
    return Summary(data, str(done))
