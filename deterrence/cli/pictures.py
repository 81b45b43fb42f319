"""The subcommands ``plot`` and ``report``: pictures and documents of a model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deterrence.cli.points import read_point

if TYPE_CHECKING:
    from deterrence.model import Model

__all__ = ["plot", "report"]

KINDS = ("tree", "regions", "probability", "statics")
_PATH = click.Path(dir_okay=False, path_type=Path)
_at = click.option(
    "--at", "at", multiple=True, metavar="NAME=VALUE", help="Values held fixed; the model's samples for the rest."
)


@click.command()
@click.argument("model")
@click.argument("kind", type=click.Choice(KINDS), default="regions")
@click.option("-x", "x", metavar="NAME", help="The parameter across.")
@click.option("-y", "y", metavar="NAME", help="The parameter up.")
@click.option("--outcome", help="Of probability and statics.")
@click.option("--select", default="first", show_default=True, help="Of probability: first, highest or lowest.")
@_at
@click.option("--dpi", default=200, show_default=True, type=click.IntRange(30, 1200), help="Of PNG files.")
@click.option("-o", "--output", required=True, type=_PATH, help=".pdf, .svg or .png")
def plot(
    model: str,
    kind: str,
    x: str | None,
    y: str | None,
    outcome: str | None,
    select: str,
    at: tuple[str, ...],
    dpi: int,
    output: Path,
) -> None:
    """Draw the tree of MODEL, a map of its equilibria, or how likely an outcome is.

    \b
    Examples:
      deterrence plot unilateral_deterrence -o map.pdf
      deterrence plot unilateral_deterrence regions -x p_A -y p_B --at a_SQ=3 -o map.svg
      deterrence plot unilateral_deterrence statics --outcome Conflict -x p_B -o war.png
      deterrence plot asymmetric_escalation tree -o tree.pdf
    """  # noqa: D301 - click reads the control character
    from deterrence.catalogue import load

    if output.suffix.lower() not in (".pdf", ".svg", ".png"):
        raise click.UsageError(f"-o: wanted a file that ends in .pdf, .svg or .png, got {output.name!r}.")
    if kind in ("probability", "statics") and outcome is None:
        raise click.UsageError(f"{kind} needs --outcome, the name of an outcome of the model.")
    loaded = load(model)
    import matplotlib as mpl

    mpl.use("Agg")
    ax = _drawn(loaded, kind, x, y, outcome or "", select, at)
    ax.get_figure().savefig(output, dpi=dpi, bbox_inches="tight")
    click.echo(f"{output}: {kind} of {loaded.title}", err=True)


def _drawn(
    loaded: Model, kind: str, x: str | None, y: str | None, outcome: str, select: str, at: tuple[str, ...]
) -> Any:
    from deterrence import plot as pictures

    if kind == "tree":
        return pictures.tree(loaded.game)
    point = read_point(loaded, ("sample", *at))
    from deterrence.progress import bar

    with bar() as progress:
        eqs = loaded.solve(progress=progress)
    across, up = _axes(loaded, eqs, x, y)
    if kind == "statics":
        return pictures.statics(eqs, outcome, across, point)
    if kind == "probability":
        return pictures.probability(eqs, outcome, across, up, point, select=select)
    return pictures.regions(eqs, across, up, point)


def _axes(loaded: Model, eqs: Any, x: str | None, y: str | None) -> tuple[Any, Any]:
    """The axes asked for; what is left out is the model's own, or a parameter on which the conditions rest."""
    from deterrence.views.axes import map_axes

    known = loaded.game.assumptions
    asked = {known.resolve(name).name for name in (x, y) if name is not None}
    usual = [s.name for s in map_axes(eqs, loaded.picture) or () if s.name not in asked]
    if x is None and not usual:
        raise click.UsageError("Give the axes by -x and -y: the conditions rest on fewer than two parameters.")
    across = x or usual.pop(0)
    if y is None and not usual:
        raise click.UsageError("Give the axis up by -y.")
    return across, y or usual[0]


@click.command()
@click.argument("model")
@click.option("-x", "x", metavar="NAME", help="The parameter across the map.")
@click.option("-y", "y", metavar="NAME", help="The parameter up the map.")
@_at
@click.option("--claims/--no-claims", default=True, help="Check the published claims and print their verdicts.")
@click.option("-o", "--output", required=True, type=_PATH, help=".html or .tex")
def report(model: str, x: str | None, y: str | None, at: tuple[str, ...], claims: bool, output: Path) -> None:
    """Write one document of MODEL: story, tree, equilibria, map and claims.

    \b
    Examples:
      deterrence report unilateral_deterrence -o unilateral.html
      deterrence report my_model.py --no-claims -x p -y cost -o my_model.tex
    """  # noqa: D301 - click reads the control character
    from deterrence.catalogue import load

    if output.suffix.lower() not in (".html", ".htm", ".tex"):
        raise click.UsageError(f"-o: wanted a file that ends in .html or .tex, got {output.name!r}.")
    loaded = load(model)
    import matplotlib as mpl

    mpl.use("Agg")
    from deterrence.progress import bar
    from deterrence.views.report import report as write

    point = read_point(loaded, at) if at else None
    for path in write(loaded, output, claims=claims, x=x, y=y, at=point, stages=bar):
        click.echo(f"{path}", err=True)
