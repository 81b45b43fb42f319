"""One document of a model: its story, tree, equilibria, map and claims, as HTML or LaTeX.

The HTML is one file that needs no network: pictures are inline SVG.  The LaTeX has the tree as
TikZ and the map as a PDF beside it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sympy as sp

from deterrence.equilibria import Equilibria
from deterrence.errors import DeterrenceError, ModelError
from deterrence.games import ExtensiveGame
from deterrence.profiles import FormEquilibria, ProfileEquilibrium
from deterrence.regions.logic import literals
from deterrence.views.content import Content, headline
from deterrence.views.expressions import as_latex, as_text
from deterrence.views.forms import tables_html, tables_latex
from deterrence.views.latex import escaped
from deterrence.views.propositions import claims_latex, propositions_latex
from deterrence.views.tikz import tikz_tree

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from deterrence.model import Model

__all__ = ["html_report", "map_axes", "svg", "tex_report", "write_report"]

SHOWN = 40
STYLE = """
body{font:17px/1.5 Georgia,'Times New Roman',serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#111}
h1{font-size:1.7rem;margin-bottom:.2rem} h2{font-size:1.25rem;border-bottom:1px solid #bbb;margin-top:2.2rem}
table{border-collapse:collapse;width:100%;font-size:.92rem} td,th{border-bottom:1px solid #ccc;padding:.35rem .5rem;
text-align:left;vertical-align:top} th{border-bottom:2px solid #444} figure{margin:1rem 0;overflow-x:auto}
svg{max-width:100%;height:auto} .cite{color:#444} .math{font-style:italic} .math sub{font-size:.72em}
.ok{color:#05612f}.no{color:#8a1500;font-weight:bold} details{margin:.4rem 0} figcaption{font-size:.88rem;color:#333}
"""


def write_report(model: Model, path: str | Path, *, claims: bool = True, **options: Any) -> tuple[Path, ...]:
    """Write the report of a model to a file; its ending says which kind.

    Parameters
    ----------
    model : Model
    path : str or Path
        Ends in .html or .tex.
    claims : bool
        Whether the claims are checked, which may take a while.
    **options
        ``x``, ``y``: the axes of the map; ``at``: values of the other parameters, by default the
        model's samples.

    Returns
    -------
    tuple of Path
        The files written.

    Raises
    ------
    ModelError
        If the ending is another one.
    """
    target = Path(path)
    results = model.check() if claims and model.claims else ()
    if target.suffix in (".html", ".htm"):
        target.write_text(html_report(model, results, **options), encoding="utf-8")
        return (target,)
    if target.suffix == ".tex":
        return _write_tex(model, target, results, options)
    raise ModelError(
        subject=f"Report {target}", wanted="a file that ends in .html or .tex", got=target.suffix or "none"
    )


def map_axes(eqs: Equilibria, picture: tuple[Any, Any] | None = None) -> tuple[sp.Symbol, sp.Symbol] | None:
    """The two parameters of a model's picture; without one, probabilities on which conditions rest."""
    known = eqs.game.assumptions
    if picture is not None:
        return known.resolve(picture[0]), known.resolve(picture[1])
    used = {s for e in eqs for f in literals(e.condition.formula) for s in e.condition.assumptions.ring.used(f.poly)}
    found = [s for s in known.symbols if s in used]
    found.sort(key=lambda s: known[s].kind not in ("probability", "distribution"))
    return (found[0], found[1]) if len(found) > 1 else None


def svg(ax: Axes) -> str:
    """A picture as SVG that may stand inside a page; its figure is closed."""
    import matplotlib.pyplot as plt

    from deterrence.plot.style import styled

    figure: Any = ax.get_figure(root=True)
    buffer = io.StringIO()
    with styled():
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight")
    plt.close(figure)
    text = buffer.getvalue()
    return re.sub(r"<metadata>.*?</metadata>", "", text[text.index("<svg") :], flags=re.DOTALL)


# -- HTML ----------------------------------------------------------------------------------------------


def html_report(
    model: Model, results: Sequence[Any] = (), *, x: Any = None, y: Any = None, at: Mapping[Any, Any] | None = None
) -> str:
    """The report as one HTML page; see `write_report`."""
    eqs = model.solve()
    parts = [
        f"<h1>{escape(model.title)}</h1>",
        f'<p class="cite">{escape(model.citation)}</p>' if model.citation else "",
        f"<p><em>{escape(model.question)}</em></p>" if model.question else "",
        f"<h2>The story</h2><p>{escape(model.story)}</p>" if model.story else "",
        f"<h2>The game</h2><figure>{_tree_svg(model)}</figure>",
        _parameters(model),
        f"<h2>Equilibria</h2><p>{escape(headline(eqs))}. {_how(eqs)}</p>",
        _equilibria(eqs),
        _map_html(model, eqs, x, y, at),
        _claims_html(results),
    ]
    head = (
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(model.title)}</title>'
    )
    body = "\n".join(p for p in parts if p)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head>{head}<style>{STYLE}</style></head>\n<body>\n{body}\n</body></html>\n'
    )


def _how(eqs: Equilibria) -> str:
    conditions = eqs.provenance.conditions
    return f"Conditions {escape(conditions)}." if conditions else ""


def _tree_svg(model: Model) -> str:
    """The tree as a picture; of a game that has tables, these."""
    from deterrence.plot import tree

    tables = tables_html(model.game)
    if tables or not isinstance(model.game, ExtensiveGame):
        return tables or f"<p>{escape(repr(model.game))}</p>"
    try:
        return svg(tree(model.game))
    except DeterrenceError as error:
        return f"<p>{escape(str(error))}</p><pre>{escape(str(model.game))}</pre>"


def _parameters(model: Model) -> str:
    rows = "".join(
        f"<tr><td>{_math(p.name)}</td><td>{escape(p.description)}</td><td>{escape(p.domain)}</td>"
        f"<td>{'' if p.sample is None else escape(str(p.sample))}</td></tr>"
        for p in model.parameters
    )
    assumed = _math(str(model.game.assumptions))
    head = "<tr><th>Parameter</th><th>Meaning</th><th>Domain</th><th>Sample</th></tr>"
    return f"<details open><summary>Parameters</summary><table>{head}{rows}</table><p>Assumed: {assumed}</p></details>"


def _equilibria(eqs: Equilibria) -> str:
    head = "<tr><th>Equilibrium</th><th>Exists if and only if</th><th>Play</th><th>Outcomes</th></tr>"
    shown = [_row(e) for e in eqs.generic[:SHOWN]]
    more = [_row(e) for e in eqs.generic[SHOWN:]]
    edges = [_row(e) for e in eqs.knife_edges]
    text = f"<table>{head}{''.join(shown)}</table>"
    if more:
        text += f"<details><summary>{len(more)} more</summary><table>{head}{''.join(more)}</table></details>"
    if edges:
        summary = f"{len(edges)} on knife-edges, each where an equation among the parameters holds"
        text += f"<details><summary>{summary}</summary><table>{head}{''.join(edges)}</table></details>"
    if eqs.undecided:
        text += "".join(f"<p>Undecided: {escape(str(u))}</p>" for u in eqs.undecided)
    if isinstance(eqs, FormEquilibria):
        text += "".join(f"<p>{escape(note)}</p>" for note in eqs.notes)
    return text


def _row(equilibrium: Any) -> str:
    if isinstance(equilibrium, ProfileEquilibrium):
        return _form_row(equilibrium)
    c = Content(equilibrium)
    plays = []
    for s in c.strategies:
        for kind, actions in s.rows:
            mixed = ", ".join(escape(a) if p == 1 else f"{escape(a)} with {_math(as_text(p))}" for a, p in actions)
            plays.append(f"{escape(' '.join(filter(None, (kind, s.player))))} at {escape(s.label)}: {mixed}")
    plays += [f"{_math(str(name))} = {escape(str(symbol))}, free" for name, symbol in c.free]
    plays += [f"where {_math(c.free_range.text)}"] if c.free_range is not None else []
    ends = [f"{escape(name)}: {_math(as_text(p))}" for name, p in c.outcomes]
    name = escape(equilibrium.name or equilibrium.status)
    cells = [name, _math(c.condition.text), "<br>".join(plays), "<br>".join(ends)]
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _form_row(equilibrium: ProfileEquilibrium) -> str:
    """A row of a game without a tree: what is chosen, and how it is known where that is not by algebra alone."""
    plays = [f"{escape(str(k))}: {_math(_listed(v))}" for k, v in equilibrium.strategy.items()]
    if equilibrium.how_known != "exact":
        plays.append(f"known {escape(equilibrium.how_known)}: {escape(equilibrium.evidence)}")
    ends = [f"{escape(str(name))}: {_math(str(p))}" for name, p in equilibrium.outcomes.items()]
    ends += [f"payoff of {escape(str(who))}: {_math(str(v))}" for who, v in equilibrium.payoffs.items()]
    name = escape(equilibrium.name or equilibrium.status)
    cells = [name, _math(str(equilibrium.condition)), "<br>".join(plays), "<br>".join(ends)]
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _listed(value: Any) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    return ", ".join(str(a) if p == 1 else f"{a} with {p}" for a, p in value.items() if p != 0)


def _map_html(model: Model, eqs: Equilibria, x: Any, y: Any, at: Mapping[Any, Any] | None) -> str:
    try:
        drawn = _map(model, eqs, x, y, at)
    except DeterrenceError as error:
        if x is not None or y is not None or at is not None:
            raise
        return f"<h2>Map</h2><p>No map: {escape(str(error))}</p>"
    if drawn is None:
        return ""
    ax, point = drawn
    values = ", ".join(f"{_math(s.name)} = {escape(str(v))}" for s, v in point.items())
    return f"<h2>Map</h2><figure>{svg(ax)}<figcaption>Held fixed: {values or 'nothing'}.</figcaption></figure>"


def _map(
    model: Model, eqs: Equilibria, x: Any, y: Any, at: Mapping[Any, Any] | None
) -> tuple[Axes, dict[Any, Any]] | None:
    """The map, and what is held fixed in it; None where fewer than two parameters matter."""
    from deterrence.plot import regions

    axes = map_axes(eqs, model.picture)
    if axes is None and (x is None or y is None):
        return None
    known = eqs.game.assumptions
    usual = [s for s in axes or () if s not in {known.resolve(a) for a in (x, y) if a is not None}]
    first = known.resolve(x) if x is not None else usual.pop(0)
    second = known.resolve(y) if y is not None else usual[0]
    point = {**model.sample_point(), **(known.exact_point(at) if at else {})}
    ax = regions(eqs, first, second, point)
    return ax, {s: v for s, v in point.items() if s not in (first, second)}


def _claims_html(results: Sequence[Any]) -> str:
    if not results:
        return ""
    rows = []
    for r in results:
        good = "ok" if r.as_expected else "no"
        verdict = escape(str(r.verdict))
        cells = [escape(r.claim.statement), escape(r.claim.citation), escape(r.claim.label)]
        rows.append(f'<tr>{"".join(f"<td>{c}</td>" for c in cells)}<td class="{good}">{verdict}</td></tr>')
    good = sum(r.as_expected for r in results)
    head = "<tr><th>Claim</th><th>Source</th><th>Kind</th><th>Verdict</th></tr>"
    return f"<h2>Claims</h2><p>{good} of {len(results)} as expected.</p><table>{head}{''.join(rows)}</table>"


def _math(text: str) -> str:
    """An expression in text with subscripts set low and relations as signs.

    Examples
    --------
    >>> _math("p_A >= 1/2")
    '<span class="math">p<sub>A</sub> ≥ 1/2</span>'
    """
    shown = escape(text).replace("&gt;=", "≥").replace("&lt;=", "≤").replace("==", "=").replace(" - ", " \u2212 ")
    shown = re.sub(r"\b([^\W\d_]+)_(\w+)", r"\1<sub>\2</sub>", shown)
    return f'<span class="math">{shown.replace("**2", "²").replace("*", "·")}</span>'


# -- LaTeX ---------------------------------------------------------------------------------------------


def _write_tex(model: Model, target: Path, results: Sequence[Any], options: Mapping[str, Any]) -> tuple[Path, ...]:
    import matplotlib.pyplot as plt

    eqs = model.solve()
    drawn = _map(model, eqs, options.get("x"), options.get("y"), options.get("at"))
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


def _game_latex(model: Model) -> str:
    """The tree, or the tables of a game that has some."""
    tables = tables_latex(model.game)
    if tables or not isinstance(model.game, ExtensiveGame):
        return tables or escaped(repr(model.game))
    return f"\\noindent\\resizebox{{\\linewidth}}{{!}}{{%\n{tikz_tree(model.game)}}}"


def tex_report(model: Model, results: Sequence[Any] = (), picture: str = "") -> str:
    """The report as a LaTeX document that needs `amsmath`, `amsthm`, `graphicx` and `tikz`."""
    eqs = model.solve()
    rows = "\n".join(rf"${as_latex(p.symbol)}$ & {escaped(p.description or p.domain)} \\" for p in model.parameters)
    assumed = ",\\; ".join(sp.latex(r) for r in model.game.assumptions.relations)
    parts = [
        r"\documentclass[11pt]{article}",
        r"\usepackage[utf8]{inputenc}",
        r"\usepackage{amsmath,amssymb,amsthm,graphicx,longtable,tikz}",
        r"\usepackage[margin=2.5cm]{geometry}",
        r"\newtheorem{proposition}{Proposition}",
        rf"\title{{{escaped(model.title)}}}\author{{}}\date{{}}",
        r"\begin{document}\maketitle\raggedright",
        rf"\noindent {escaped(model.citation)}\par" if model.citation else "",
        rf"\noindent\emph{{{escaped(model.question)}}}\par" if model.question else "",
        rf"\section{{The story}}{chr(10)}{escaped(model.story)}" if model.story else "",
        r"\section{The game}",
        _game_latex(model),
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
