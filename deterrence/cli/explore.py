"""The subcommand ``deterrence explore``: a page in which a reader moves the parameters."""

from __future__ import annotations

from pathlib import Path

import click

from deterrence.progress import bar

__all__ = ["explore"]


@click.command("explore", epilog="Example: deterrence explore unilateral_deterrence -o unilateral.html")
@click.argument("model")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False), help="The HTML file to write.")
@click.option("--concept", help="Solution concept, such as 'perfect bayesian' or 'nash'; the game's own if left out.")
@click.option("--beliefs", default="free", show_default=True, help="free, passive or 'passive undominated'.")
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    metavar="S",
    help="Seconds of solving; the page names what stayed undecided.",
)
def explore(model: str, output: str, concept: str | None, beliefs: str, time_limit: float | None) -> None:
    """Write a page that explores MODEL: sliders, a map, the tree, and what exists at each point.

    The page is one file; it opens with a double-click and needs no network.
    """
    from deterrence.catalogue import load
    from deterrence.cli.pictures import written_to
    from deterrence.explorer import explore as write

    written_to(Path(output), (".html",))
    loaded = load(model)
    with bar() as report:
        found = loaded.solve(concept, beliefs, time_limit=time_limit, progress=report)
    with bar("family") as report:
        loaded.settle_families(found, report)
    own = {name: getattr(loaded, name) for name in ("title", "citation", "story", "picture")}
    path = write(found, output, **own, stages=bar)
    click.echo(f"{path}: {path.stat().st_size / 1e6:.2f} MB, {len(found)} equilibria")
