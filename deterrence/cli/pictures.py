"""The subcommands ``plot`` and ``report``: pictures and documents of a model."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deterrence.cli.points import read_point, require

if TYPE_CHECKING:
    from deterrence.model import Model

__all__ = ["plot", "report", "written_to"]

KINDS = ("tree", "regions", "probability", "statics", "posterior", "best_replies")
WAYS = ("name", "outcome", "each")
_PATH = click.Path(dir_okay=False, path_type=Path)
_at = click.option(
    "--at", "at", multiple=True, metavar="NAME=VALUE", help="Values held fixed; the model's samples for the rest."
)


@dataclass(frozen=True)
class Wanted:
    """What the options of ``plot`` ask for."""

    x: str | None
    y: str | None
    outcome: str | None
    select: str
    move: str | None
    of: str | None
    at: tuple[str, ...]
    by: str | None = None
    x_range: tuple[Any, Any] | None = None
    y_range: tuple[Any, Any] | None = None


@click.command()
@click.argument("model")
@click.argument("kind", type=click.Choice(KINDS), default="regions", metavar="[KIND]")
@click.option("-x", "x", metavar="NAME", help="The parameter across.")
@click.option("-y", "y", metavar="NAME", help="The parameter up.")
@click.option("--outcome", help="Of probability and statics.")
@click.option("--select", default="highest", show_default=True, help="Of probability: highest, lowest or first.")
@click.option("--move", metavar="PLAYER:LABEL", help="Of posterior: who believes, and at which move.")
@click.option("--of", metavar="PLAYER[:TYPE]", help="Of posterior: whose type, and which.")
@click.option("--by", type=click.Choice(WAYS), help="Of regions: what shares a colour; names, or else outcomes.")
@click.option("--x-range", metavar="LOW:HIGH", help="The window across; what the assumptions leave without.")
@click.option("--y-range", metavar="LOW:HIGH", help="The window up.")
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
    move: str | None,
    of: str | None,
    by: str | None,
    x_range: str | None,
    y_range: str | None,
    at: tuple[str, ...],
    dpi: int,
    output: Path,
) -> None:
    """Draw the tree of MODEL, a map of its equilibria, how likely an outcome is, beliefs or best replies.

    KIND is tree, regions (without KIND), probability, statics, posterior or best_replies.

    \b
    Examples:
      deterrence plot unilateral_deterrence -o map.pdf
      deterrence plot unilateral_deterrence regions -x p_A -y p_B --at a_SQ=3 -o map.svg
      deterrence plot unilateral_deterrence regions --by outcome --x-range 0:1/2 -o map.png
      deterrence plot unilateral_deterrence statics --outcome Conflict -x p_B -o war.png
      deterrence plot unilateral_deterrence posterior --move Defender:respond -x p_A -o belief.pdf
      deterrence plot asymmetric_escalation tree -o tree.pdf
    """  # noqa: D301 - click reads the control character
    from deterrence.catalogue import load

    written_to(output, (".pdf", ".svg", ".png"))
    if kind in ("probability", "statics") and outcome is None:
        raise click.UsageError(f"{kind} needs --outcome, the name of an outcome of the model.")
    if kind == "posterior" and move is None:
        raise click.UsageError("posterior needs --move PLAYER:LABEL, who believes and at which move.")
    spans = _span("--x-range", x_range), _span("--y-range", y_range)
    loaded = load(model)
    import matplotlib as mpl

    mpl.use("Agg")
    ax = _drawn(loaded, kind, Wanted(x, y, outcome, select, move, of, at, by, *spans))
    ax.get_figure().savefig(output, dpi=dpi, bbox_inches="tight")
    click.echo(f"{output}: {kind} of {loaded.title}", err=True)


def _span(option: str, text: str | None) -> tuple[Any, Any] | None:
    """The ends of a window, exact."""
    if text is None:
        return None
    ends = text.split(":")
    if len(ends) != 2:
        raise click.UsageError(f"{option}: wanted LOW:HIGH, such as 0:1/2, got {text!r}.")
    from deterrence.numbers import exact_number

    low, high = (exact_number(end, option) for end in ends)
    return low, high


def written_to(output: Path, endings: tuple[str, ...]) -> None:
    """Refuse a file that cannot be written, before anything is computed for it."""
    ending = output.suffix.lower()
    if {".htm": ".html"}.get(ending, ending) not in endings:
        known = " or ".join(filter(None, (", ".join(endings[:-1]), endings[-1])))
        raise click.UsageError(f"-o: wanted a file that ends in {known}, got {output.name!r}.")
    folder = output.parent
    if not folder.is_dir():
        raise click.UsageError(f"-o: wanted a file in a folder that exists, got {str(folder)!r}, which does not.")
    if not os.access(output if output.exists() else folder, os.W_OK):
        raise click.UsageError(f"-o: wanted a file that may be written, got {str(output)!r}.")


def _drawn(loaded: Model, kind: str, wanted: Wanted) -> Any:
    from deterrence import plot as pictures

    if kind == "tree":
        return pictures.tree(loaded.game)
    from deterrence.progress import bar

    point = read_point(loaded, ("sample", *wanted.at))
    if kind == "best_replies":
        return pictures.best_replies(loaded, point)
    with bar() as progress:
        eqs = loaded.solve(progress=progress)
    across, *ups = _axes(loaded, eqs, wanted.x, wanted.y, 1 if kind in ("statics", "posterior") else 2)
    _not_an_axis(loaded, wanted.at, (across, *ups))
    _complete(loaded, eqs, point, (across, *ups))
    if kind == "statics":
        return pictures.statics(eqs, wanted.outcome or "", across, point, x_range=wanted.x_range, held=True)
    if kind == "posterior":
        player, _, label = (wanted.move or "").partition(":")
        of, _, type_of = (wanted.of or "").partition(":")
        whose: dict[str, Any] = {"of": of or None, "kind": type_of or None}
        return pictures.posterior(eqs, player, label, across, point, **whose, x_range=wanted.x_range, held=True)
    spans: dict[str, Any] = {"x_range": wanted.x_range, "y_range": wanted.y_range}
    if kind == "probability":
        chosen = wanted.outcome or ""
        return pictures.probability(eqs, chosen, across, ups[0], point, select=wanted.select, **spans, held=True)
    return pictures.regions(eqs, across, ups[0], point, by=wanted.by, **spans, held=True)


def _complete(loaded: Model, eqs: Any, point: dict[str, Any], axes: tuple[Any, ...]) -> None:
    """Refuse a picture for which values are missing that have no sample."""
    known = loaded.game.assumptions
    moved = {s for axis in axes for s in known.expand(known.resolve(axis)).free_symbols}
    used = {s for e in (*eqs, *eqs.knife_edges) for s in e.condition.symbols}
    require(loaded, point, used - moved)


def _not_an_axis(loaded: Model, at: tuple[str, ...], axes: tuple[Any, ...]) -> None:
    """Refuse a value for a parameter that varies over the picture."""
    known = loaded.game.assumptions
    given = {known.resolve(name) for name in read_point(loaded, at)} if at else set()
    for axis in axes:
        if known.resolve(axis) in given:
            raise click.UsageError(
                f"--at {axis}: {axis} varies over this picture, so it has no value; leave it out, or choose other axes."
            )


def _axes(loaded: Model, eqs: Any, x: str | None, y: str | None, count: int) -> tuple[Any, ...]:
    """The axes asked for, one or two; what is left out is the model's own, or one on which the conditions rest."""
    from deterrence.views.axes import map_axes

    known, asked = loaded.game.assumptions, (x, y)[:count]
    taken = {known.resolve(name).name for name in asked if name is not None}
    usual = [s.name for s in map_axes(eqs, loaded.picture) or () if s.name not in taken]
    if asked.count(None) > len(usual):
        needed = "the axis by -x" if count == 1 else "the axes by -x and -y"
        line = "" if count == 1 else " Along one parameter, statics draws a line: give KIND, --outcome and -x."
        raise click.UsageError(
            f"Give {needed}: the conditions rest on too few parameters to choose by themselves.{line}"
        )
    return tuple(axis or usual.pop(0) for axis in asked)


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

    written_to(output, (".html", ".tex"))
    loaded = load(model)
    import matplotlib as mpl

    mpl.use("Agg")
    from deterrence.progress import bar
    from deterrence.views.report import report as write

    point = read_point(loaded, at) if at else None
    for path in write(loaded, output, claims=claims, x=x, y=y, at=point, stages=bar):
        click.echo(f"{path}", err=True)
