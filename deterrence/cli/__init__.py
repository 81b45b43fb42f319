"""The command line: list, solve, check, export, sweep, plot, report and explore models.

Exit codes: 0 when what was asked holds; 1 when the answer is no or undecided; 2 for misuse;
3 for a fault of the library itself (set DETERRENCE_DEBUG=1 to see where).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from deterrence import __version__
from deterrence.cli.explore import explore
from deterrence.cli.guard import NO, Guarded
from deterrence.cli.pictures import plot, report
from deterrence.cli.points import evaluated, read_point, require
from deterrence.progress import bar

if TYPE_CHECKING:
    from deterrence.equilibria import Equilibria
    from deterrence.model import Model

__all__ = ["main"]


@click.group(cls=Guarded, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="deterrence")
def main() -> None:
    """Exact equilibria of deterrence and alliance games.

    \b
    Examples:
      deterrence list
      deterrence solve zagare_kilgour_2000/unilateral_deterrence
      deterrence solve unilateral_deterrence --at sample --at p_A=1/3
      deterrence solve my_model.py --latex > table.tex
      deterrence check --all
      deterrence sweep unilateral_deterrence p_A=0:1:1001 p_B=0:1:1001 -o out.nc

    MODEL is a name that `deterrence list` shows, its last part, or the path of your own .py file.
    """  # noqa: D301 - click reads the control character


@main.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_models(as_json: bool) -> None:
    """Show the published models by the strands of the theory, each with its question."""
    from deterrence.catalogue import entries

    found = entries()
    if as_json:
        click.echo(json.dumps([vars(entry) for entry in found], indent=2, ensure_ascii=False))
        return
    for row, strand in dict.fromkeys((entry.row, entry.strand) for entry in found):
        click.echo(strand if row is None else f"{row}. {strand}")
        for entry in (e for e in found if (e.row, e.strand) == (row, strand)):
            claims = f", {entry.claims} claim{'s' if entry.claims != 1 else ''}" if entry.claims else ""
            lines = [f"  {entry.name}", f"{entry.title}{claims}", entry.question, entry.citation]
            click.echo("\n      ".join(line for line in lines if line))


def _at_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--at",
        "at",
        multiple=True,
        metavar="NAME=VALUE",
        help="Parameter values such as p_A=1/3 or a_SQ=4,p_A=0.25; `sample` for the model's sample values.",
    )(command)


@main.command()
@click.argument("model")
@click.option("--concept", help="Solution concept, such as 'perfect bayesian', 'weak perfect bayesian' or 'nash'.")
@click.option("--beliefs", default="free", show_default=True, help="free, passive or 'passive undominated'.")
@_at_option
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    metavar="S",
    help="Seconds; what is found by then is kept.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--latex", "as_latex", is_flag=True, help="Print a LaTeX table.")
@click.option("--no-cache", is_flag=True, help="Solve afresh, and store nothing.")
@click.option("--demo", is_flag=True, help="Print the answer, then the same at the model's sample values.")
def solve(
    model: str,
    concept: str | None,
    beliefs: str,
    at: tuple[str, ...],
    time_limit: float | None,
    as_json: bool,
    as_latex: bool,
    no_cache: bool,
    demo: bool,
) -> None:
    """Print every equilibrium of MODEL with the condition under which it exists.

    \b
    Examples:
      deterrence solve unilateral_deterrence
      deterrence solve unilateral_deterrence --at sample
      deterrence solve unilateral_deterrence --at sample --at p_A=1/3,p_B=0.9
      deterrence solve unilateral_deterrence --concept nash --json

    The exit code is 1 if something stayed undecided, or if there is no equilibrium.
    """  # noqa: D301 - click reads the control character
    if as_json and as_latex:
        raise click.UsageError("Give --json or --latex, not both.")
    form = "json" if as_json else "latex" if as_latex else None
    loaded = _load(model)
    point = read_point(loaded, at)
    with bar() as report:
        found = loaded.solve(concept, beliefs, time_limit=time_limit, progress=report, cache=not no_cache)
    if at:
        found = evaluated(loaded, found, point)
    else:
        with bar("family") as report:
            loaded.settle_families(found, report)
    click.echo(_printed(found, form))
    if demo:
        sample = loaded.sample_point()
        values = ", ".join(f"{s.name} = {v}" for s, v in sample.items())
        click.echo(f"\nAt the sample values {values}:\n")
        click.echo(_printed(evaluated(loaded, found, sample), form))
    if found.undecided or not (found.generic or found.knife_edges):
        click.get_current_context().exit(NO)


def _printed(found: Equilibria, form: str | None) -> str:
    if form == "json":
        return json.dumps(found.to_json(), indent=2, ensure_ascii=False)
    return found.latex() if form == "latex" else str(found)


@main.command()
@click.argument("models", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Check every published model.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(models: tuple[str, ...], everything: bool, as_json: bool) -> None:
    """Prove or refute the published claims of MODELS, one row each.

    The exit code is 0 only if each verdict is the expected one.
    """
    from deterrence.catalogue import names

    chosen = names() if everything else models
    if not chosen:
        raise click.UsageError("Name one model or more, or give --all.")
    reports, good = [], True
    for name in chosen:
        loaded = _load(name)
        with bar("claim") as report:
            results = loaded.check(report)
        good = good and all(result.as_expected for result in results)
        reports.append({"model": name, "claims": [result.to_json() for result in results]})
        if not as_json:
            click.echo(_check_text(name, loaded, results))
        if results.interrupted:
            click.echo("Interrupted: claims that were not reached are undecided, later models left out.", err=True)
            break
    if as_json:
        click.echo(json.dumps(reports, indent=2, ensure_ascii=False))
    if not good:
        click.get_current_context().exit(NO)


def _check_text(name: str, loaded: Model, results: Any) -> str:
    from deterrence.claims import table

    body = table(results) if loaded.claims else "no claims"
    return "\n".join([f"{name}: {loaded.title}", *(f"  {line}" for line in body.splitlines())])


@main.command()
@click.argument("model")
@click.option("--efg", "form", flag_value="efg", required=True, help="A Gambit extensive game file.")
@_at_option
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="The file to write; standard output without.")
def export(model: str, form: str, at: tuple[str, ...], output: str | None) -> None:
    """Write MODEL with numbers in it for another program.

    \b
    Example:
      deterrence export unilateral_deterrence --efg --at sample -o game.efg
    """  # noqa: D301 - click reads the control character
    from deterrence.errors import GameError
    from deterrence.games import ExtensiveGame
    from deterrence.interchange import to_efg

    loaded = _load(model)
    if not isinstance(loaded.game, ExtensiveGame):
        raise GameError(subject=f'Model "{loaded.title}"', wanted="a game with a tree", got=type(loaded.game).__name__)
    point = read_point(loaded, at)
    require(loaded, point, loaded.game.used_symbols)
    text = to_efg(loaded.game, point)
    if output is None:
        click.echo(text, nl=False)
    else:
        with open(output, "w", encoding="ascii") as file:  # noqa: PTH123 - the name is the user's
            file.write(text)


main.add_command(explore)

main.add_command(plot)
main.add_command(report)


# -- helpers ----------------------------------------------------------------------------------------


def _load(name: str) -> Model:
    from deterrence.catalogue import load

    return load(name)
