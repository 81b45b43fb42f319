"""The report of a model as one HTML page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from deterrence.equilibria import Equilibria, Equilibrium
from deterrence.errors import DeterrenceError
from deterrence.expressions import as_text
from deterrence.markup import math, spoken, table
from deterrence.profiles import FormEquilibria
from deterrence.progress import Report
from deterrence.views.content import Content, headline
from deterrence.views.form_rows import completeness, form_table
from deterrence.views.games import body_html
from deterrence.views.html import mixed_html
from deterrence.views.map import map_of, svg
from deterrence.views.propositions import BOUNDARIES, compares_closures
from deterrence.views.records import parameters_html

if TYPE_CHECKING:
    from deterrence.model import Model

__all__ = ["HEADS", "equilibrium_row", "html_report"]

SHOWN = 12
HEADS = ("Equilibrium", "Exists if and only if", "Play", "Outcomes")
STYLE = """
body{font:17px/1.5 Georgia,'Times New Roman',serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#111}
h1{font-size:1.7rem;margin-bottom:.2rem} h2{font-size:1.25rem;border-bottom:1px solid #bbb;margin-top:2.2rem}
table{border-collapse:collapse;width:100%;font-size:.92rem} td,th{border-bottom:1px solid #ccc;padding:.35rem .5rem;
text-align:left;vertical-align:top} th{border-bottom:2px solid #444} figure{margin:1rem 0;overflow-x:auto}
svg{max-width:100%;height:auto} .cite{color:#444} .math{font-style:italic} .math sub{font-size:.72em}
.ok{color:#05612f}.no{color:#8a1500;font-weight:bold} details{margin:.4rem 0} figcaption{font-size:.88rem;color:#333}
"""


def html_report(
    model: Model,
    results: Sequence[Any] = (),
    *,
    x: Any = None,
    y: Any = None,
    at: Mapping[Any, Any] | None = None,
    progress: Report | None = None,
) -> str:
    """The report as one HTML page; see `deterrence.views.report.report`."""
    eqs = model.solve()
    parts = [
        f"<h1>{escape(model.title)}</h1>",
        f'<p class="cite">{escape(model.citation)}</p>' if model.citation else "",
        f"<p><em>{escape(model.question)}</em></p>" if model.question else "",
        f"<h2>The story</h2><p>{escape(model.story)}</p>" if model.story else "",
        f"<h2>The game</h2><figure>{body_html(model.game)}</figure>",
        _parameters(model),
        f"<h2>Equilibria</h2><p>{escape(headline(eqs))}. {_how(eqs)}</p>",
        _equilibria(eqs, progress),
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
    assumed = "" if eqs.assumed is None else f"Assuming also {math(str(eqs.assumed))}. "
    return (f"Conditions {escape(conditions)}. " if conditions else "") + assumed + completeness(eqs)


def _parameters(model: Model) -> str:
    return f"<details open><summary>Parameters</summary>{parameters_html(model.game.assumptions)}</details>"


def _equilibria(eqs: Equilibria, progress: Report | None) -> str:
    if isinstance(eqs, FormEquilibria):
        return form_table(eqs)
    total, rows = len(eqs.generic) + len(eqs.knife_edges), []
    for done, e in enumerate((*eqs.generic, *eqs.knife_edges)):
        if progress is not None:
            progress(done, total)
        rows.append(equilibrium_row(e, f"E{done + 1}" if done < len(eqs.generic) else ""))
    generic, edges = rows[: len(eqs.generic)], rows[len(eqs.generic) :]
    open_ = generic if len(generic) <= SHOWN else [r for r, e in zip(generic, eqs.generic, strict=True) if e.name]
    more = [r for r in generic if r not in open_]
    text = table(HEADS, open_) if open_ else ""
    text += _folded(f"{len(more)} more, without a published name", more)
    text += _folded(f"{len(edges)} on knife-edges, each where an equation among the parameters holds", edges)
    return text + "".join(f"<p>Undecided: {escape(str(u))}</p>" for u in eqs.undecided)


def _folded(summary: str, rows: Sequence[Sequence[str]]) -> str:
    return f"<details><summary>{summary}</summary>{table(HEADS, rows)}</details>" if rows else ""


def equilibrium_row(equilibrium: Equilibrium, number: str = "") -> tuple[str, ...]:
    """The cells of one equilibrium, as HTML, under `HEADS`; a nameless one goes by its number, as in pictures."""
    c = Content(equilibrium)
    plays = []
    for s in c.strategies:
        for kind, actions in s.rows:
            who = escape(" ".join(filter(None, (kind, s.player))))
            plays.append(f"{who} at {escape(spoken(s.label))}: {mixed_html(actions)}")
    plays += [f"{math(str(name))} = {escape(spoken(str(symbol)))}, free" for name, symbol in c.free]
    plays += [f"where {math(c.free_range.text)}"] if c.free_range is not None else []
    ends = [f"{escape(name)}: {math(as_text(p))}" for name, p in c.outcomes]
    name = escape(equilibrium.name or number or equilibrium.status)
    return name, math(c.condition.text), "<br>".join(plays), "<br>".join(ends)


def _map_html(model: Model, eqs: Equilibria, x: Any, y: Any, at: Mapping[Any, Any] | None) -> str:
    try:
        drawn = map_of(model, eqs, x, y, at)
    except DeterrenceError as error:
        if x is not None or y is not None or at is not None:
            raise
        return f"<h2>Map</h2><p>No map: {escape(str(error))}</p>"
    if drawn is None:
        return ""
    ax, point = drawn
    values = ", ".join(f"{math(s.name)} = {escape(str(v))}" for s, v in point.items())
    return f"<h2>Map</h2><figure>{svg(ax)}<figcaption>Held fixed: {values or 'nothing'}.</figcaption></figure>"


def _claims_html(results: Sequence[Any]) -> str:
    if not results:
        return ""
    rows = []
    for r in results:
        verdict = f'<span class="{"ok" if r.as_expected else "no"}">{escape(str(r.verdict))}</span>'
        rows.append((escape(r.claim.statement), escape(r.claim.citation), escape(r.claim.label), verdict))
    good = sum(r.as_expected for r in results)
    meant = f" {BOUNDARIES}" if any(map(compares_closures, results)) else ""
    body = table(("Claim", "Source", "Kind", "Verdict"), rows)
    return f"<h2>Claims</h2><p>{good} of {len(results)} as expected.{meant}</p>{body}"
