"""One document of a model: its story, tree, equilibria, map and claims, as HTML or LaTeX.

The HTML is one file that needs no network: pictures are inline SVG.  The LaTeX has the tree as
TikZ and the map as a PDF beside it (see `deterrence.views.report_html`, `deterrence.views.report_tex`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deterrence.errors import ModelError
from deterrence.files import writable
from deterrence.progress import Stages, quiet

if TYPE_CHECKING:
    from deterrence.model import Model

__all__ = ["report"]


def report(
    model: Model,
    path: str | Path,
    *,
    claims: bool = True,
    x: Any = None,
    y: Any = None,
    at: Mapping[Any, Any] | None = None,
    stages: Stages = quiet,
) -> tuple[Path, ...]:
    """Write one document of a model to a file: story, tree, equilibria, map and claims.

    Parameters
    ----------
    model : Model
    path : str or Path
        Ends in .html or .tex, which says the kind.
    claims : bool
        Whether the claims are checked, which may take a while.
    x, y : symbol or str, optional
        The axes of the map; left out, two probabilities on which the conditions rest.
    at : mapping, optional
        Values of the other parameters, by default the model's samples.
    stages : callable
        Watches long work, see `deterrence.progress`.

    Returns
    -------
    tuple of Path
        The files written.

    Raises
    ------
    ModelError
        If the ending is another one.
    FileError
        If the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import deterrence as dt
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [p.name for p in dt.report(dt.load("unilateral_deterrence"), folder + "/game.html", claims=False)]
    ['game.html']
    """
    target = Path(path)
    ending = target.suffix.lower()
    if ending not in (".html", ".htm", ".tex"):
        raise ModelError(subject=f"Report {target}", wanted="a file that ends in .html or .tex", got=ending or "none")
    writable(target, f"Report {target.name}")
    with stages("profile") as progress:
        eqs = model.solve(progress=progress)
    with stages("family") as progress:
        model.settle_families(eqs, progress)
    with stages("claim") as progress:
        results = model.check(progress) if claims and model.claims else ()
    if ending == ".tex":
        from deterrence.views.report_tex import write_tex

        return write_tex(model, target, results, x=x, y=y, at=at)
    from deterrence.views.report_html import html_report

    with stages("equilibrium") as progress:
        page = html_report(model, results, x=x, y=y, at=at, progress=progress)
    target.write_text(page, encoding="utf-8")
    return (target,)
