"""The report of a model as a LaTeX document, with the map as a PDF beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deterrence.expressions import as_latex
from deterrence.profiles import FormEquilibria
from deterrence.views.assumed import chains_latex
from deterrence.views.content import headline
from deterrence.views.games import body_latex
from deterrence.views.latex import escaped
from deterrence.views.map import map_of
from deterrence.views.propositions import claims_latex, propositions_latex

if TYPE_CHECKING:
    from deterrence.model import Model

__all__ = ["tex_report", "write_tex"]


def write_tex(
    model: Model,
    target: Path,
    results: Sequence[Any] = (),
    *,
    x: Any = None,
    y: Any = None,
    at: Mapping[Any, Any] | None = None,
) -> tuple[Path, ...]:
    """Write the document, and the map beside it; see `deterrence.views.report.report`."""
    import matplotlib.pyplot as plt

    drawn = map_of(model, model.solve(), x, y, at)
    files, picture = [target], ""
    if drawn is not None:
        ax, point = drawn
        beside = target.with_name(f"{target.stem}_map.pdf")
        figure: Any = ax.get_figure(root=True)
        figure.savefig(beside, bbox_inches="tight", metadata={"CreationDate": None})
        plt.close(figure)
        files.append(beside)
        fixed = ", ".join(f"${as_latex(s)} = {as_latex(v)}$" for s, v in point.items())
        picture = "\n".join(
            [
                r"\begin{figure}[htbp]\centering",
                rf"\includegraphics[width=.95\linewidth]{{{beside.name}}}",
                rf"\caption{{Where each equilibrium exists. Held fixed: {fixed or 'nothing'}.}}",
                r"\end{figure}",
            ]
        )
    target.write_text(tex_report(model, results, picture), encoding="utf-8")
    return tuple(files)


def tex_report(model: Model, results: Sequence[Any] = (), picture: str = "") -> str:
    """The report as a LaTeX document that needs `amsmath`, `amsthm`, `graphicx` and `tikz`."""
    eqs = model.solve()
    rows = "\n".join(rf"${as_latex(p.symbol)}$ & {escaped(p.description or p.domain)} \\" for p in model.parameters)
    assumed = ",\\; ".join(chains_latex(model.game.assumptions))
    parts = [
        r"\documentclass[11pt]{article}",
        r"\usepackage[utf8]{inputenc}",
        r"\usepackage{amsmath,amssymb,amsthm,graphicx,longtable,tikz}",
        r"\usepackage[margin=2.5cm]{geometry}",
        r"\newtheorem{proposition}{Proposition}\newtheorem{claim}{Claim}",
        rf"\title{{{escaped(model.title)}}}\author{{}}\date{{}}",
        r"\begin{document}\maketitle\raggedright",
        rf"\noindent {escaped(model.citation)}\par" if model.citation else "",
        rf"\noindent\emph{{{escaped(model.question)}}}\par" if model.question else "",
        rf"\section{{The story}}{chr(10)}{escaped(model.story)}" if model.story else "",
        r"\section{The game}",
        body_latex(model.game),
        rf"\begin{{longtable}}{{ll}}{chr(10)}{rows}{chr(10)}\end{{longtable}}",
        rf"\noindent Assumed: ${assumed}$." if assumed else "",
        r"\section{Equilibria}",
        f"{escaped(headline(eqs))}.",
        eqs.latex() if isinstance(eqs, FormEquilibria) else propositions_latex(eqs, results),
        picture,
        rf"\section{{Claims}}{chr(10)}{claims_latex(results)}" if results else "",
        r"\end{document}",
    ]
    return "\n".join(p for p in parts if p) + "\n"
