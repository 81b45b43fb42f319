"""The command line: list, solve, check and export models.

Exit codes: 0 when what was asked holds; 1 when the answer is no or undecided; 2 for misuse;
3 for a fault of the library itself (set DETERRENCE_DEBUG=1 to see where).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from deterrence import __version__

if TYPE_CHECKING:
    from deterrence.equilibria import Equilibria
    from deterrence.model import Model
    from deterrence.parameters import Parameter

__all__ = ["main"]

NO, MISUSE, FAULT = 1, 2, 3


class Fault(click.ClickException):
    """Something that went wrong in the library, said in one line."""

    exit_code = FAULT


class Misuse(click.ClickException):
    """A question that cannot be answered as it was put."""

    exit_code = MISUSE


class Guarded(click.Group):
    """A group of commands from which no traceback reaches the user."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; errors become one line and an exit code."""
        from deterrence.errors import DeterrenceError

        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except (DeterrenceError, OSError) as error:
            raise Misuse(str(error)) from None
        except Exception as error:  # the last line of defence: no traceback reaches the user
            if os.environ.get("DETERRENCE_DEBUG"):
                raise
            text = f"a fault of the library, {type(error).__name__}: {error} (DETERRENCE_DEBUG=1 shows where)"
            raise Fault(text) from None


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

    MODEL is a name that `deterrence list` shows, its last part, or the path of your own .py file.
    """  # noqa: D301 - click reads the control character


@main.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_models(as_json: bool) -> None:
    """Show the published models."""
    from deterrence.catalogue import entries

    found = entries()
    if as_json:
        click.echo(json.dumps([vars(entry) for entry in found], indent=2, ensure_ascii=False))
        return
    for strand in dict.fromkeys(entry.strand for entry in found):
        click.echo(strand)
        for entry in (e for e in found if e.strand == strand):
            claims = f", {entry.claims} claim{'s' if entry.claims != 1 else ''}" if entry.claims else ""
            click.echo(f"  {entry.name}\n      {entry.title}{claims}\n      {entry.citation}")


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
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--latex", "form", flag_value="latex", help="Print a LaTeX table.")
@click.option("--no-cache", is_flag=True, help="Solve afresh, and store nothing.")
@click.option("--demo", is_flag=True, help="Print the answer, then the same at the model's sample values.")
def solve(
    model: str,
    concept: str | None,
    beliefs: str,
    at: tuple[str, ...],
    time_limit: float | None,
    form: str | None,
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
    loaded = _load(model)
    point = _point(loaded, at)
    with _progress() as report:
        found = loaded.solve(concept, beliefs, time_limit=time_limit, progress=report, cache=not no_cache)
    if at:
        found = _evaluated(loaded, found, point)
    click.echo(_printed(found, form))
    if demo:
        sample = loaded.sample_point()
        values = ", ".join(f"{s.name} = {v}" for s, v in sample.items())
        click.echo(f"\nAt the sample values {values}:\n")
        click.echo(_printed(_evaluated(loaded, found, sample), form))
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
        results = loaded.check()
        good = good and all(result.as_expected for result in results)
        reports.append({"model": name, "claims": [result.to_json() for result in results]})
        if not as_json:
            click.echo(_check_text(name, loaded, results))
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
    from deterrence.interchange import to_efg

    loaded = _load(model)
    point = _point(loaded, at)
    _require(loaded, point, loaded.game.used_symbols)
    text = to_efg(loaded.game, point)
    if output is None:
        click.echo(text, nl=False)
    else:
        with open(output, "w", encoding="ascii") as file:  # noqa: PTH123 - the name is the user's
            file.write(text)


# -- helpers ----------------------------------------------------------------------------------------


def _load(name: str) -> Model:
    from deterrence.catalogue import load

    return load(name)


def _point(model: Model, at: tuple[str, ...]) -> dict[str, Any]:
    """The values of all --at options; later ones win over `sample`."""
    from deterrence.errors import PointError
    from deterrence.numbers import exact_number

    point: dict[str, Any] = {}
    pieces = [piece.strip() for option in at for piece in option.split(",") if piece.strip()]
    if "sample" in pieces:
        point = {symbol.name: value for symbol, value in model.sample_point().items()}
    given: dict[str, Any] = {}
    for piece in (p for p in pieces if p != "sample"):
        name, equals, value = piece.partition("=")
        if not equals:
            raise PointError(subject="--at", wanted="NAME=VALUE, such as p_A=1/3", got=piece)
        symbol = model.game.assumptions.resolve(name.strip())
        number = exact_number(value, f"parameter {symbol.name} ({model.game.assumptions[symbol].domain})")
        if given.setdefault(symbol.name, number) != number:
            raise PointError(subject=f"--at {symbol.name}", wanted="one value", got="two different values")
    return {**point, **given}


def _require(model: Model, point: Mapping[str, Any], needed: Any) -> None:
    """Say which parameters are missing."""
    from deterrence.errors import PointError

    assumptions = model.game.assumptions
    exact = assumptions.exact_point(point)
    missing = [s.name for s in assumptions.symbols if s in needed and s not in exact]
    if missing:
        example = "--at " + ",".join(f"{name}={_sample(assumptions[name])}" for name in missing[:3])
        raise PointError(
            subject=f'Model "{model.title}"',
            wanted=f"a value for {', '.join(missing)}",
            got=", ".join(point) or "none",
            hint=f"add {example}, or --at sample for the model's own values",
        )


def _sample(parameter: Parameter) -> str:
    return "..." if parameter.sample is None else str(parameter.sample)


def _evaluated(model: Model, found: Equilibria, point: Mapping[Any, Any]) -> Equilibria:
    """What exists at a point, if the point gives all that the conditions use."""
    used = {s for e in (*found.generic, *found.knife_edges) for s in e.condition.symbols}
    _require(model, {getattr(key, "name", key): value for key, value in point.items()}, used)
    return found.at(point)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on the terminal's standard error; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(total=0, unit="profile", leave=False, delay=1.0, file=sys.stderr) as bar:

        def report(done: int, known: int) -> None:
            bar.total = known
            bar.n = done
            bar.refresh()

        yield report
