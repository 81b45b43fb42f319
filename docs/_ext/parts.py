"""The parts of a catalogue page as MyST text."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

SHOWN = 12  # equilibria without a published name that are open on the page; the rest are folded
COLUMN = 736  # pixels of text width
_MARKUP = re.compile(r"([\\`*_{}\[\]<>$|#~])")


@dataclass(frozen=True)
class Wanted:
    """What is asked of a page."""

    solve: bool
    seconds: float
    claims: bool


def plain(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return _MARKUP.sub(r"\\\1", text)


def formula(latex: str) -> str:
    """A formula that may be broken at its outermost "and" and "or"."""
    from deterrence.views.latex import pieces

    return " ".join(f"{word} ${part}$".strip() for word, part in pieces(latex))


def condition(latex: str) -> str:
    """A condition in a sentence."""
    words = {r"\text{always}": "always", r"\text{never}": "never"}
    return words.get(latex, formula(latex))


def table(kind: str, widths: str, rows: Iterable[Iterable[str]]) -> str:
    """A list-table; the first row is its head."""
    lines = ["```{list-table}", ":header-rows: 1", f":class: {kind}", f":widths: {widths}", ""]
    for row in rows:
        lines += [f"{'* -' if k == 0 else '  -'} {cell}".rstrip() for k, cell in enumerate(row)]
    return "\n".join([*lines, "```"])


def picture(svg: str, caption: str = "") -> str:
    """An inline picture."""
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    natural = re.search(r'width="([\d.]+)pt"', svg)
    width = 4 / 3 * float(natural[1]) if natural else 0
    if width > COLUMN:  # what is wider than the text keeps its letters readable, and scrolls
        svg = svg.replace("<svg", f'<svg style="min-width:{min(width, 1.35 * COLUMN):.0f}px"', 1)
    return f'<figure class="picture">{svg}{below}</figure>'


def as_svg(ax: Any, name: str) -> str:
    """A matplotlib picture as SVG that may stand inside a page, the same at every build."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    buffer = io.StringIO()
    figure = ax.get_figure(root=True)
    with mpl.rc_context({"svg.hashsalt": name}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight")
    plt.close(figure)
    text = buffer.getvalue()
    text = re.sub(r"<metadata>.*?</metadata>", "", text[text.index("<svg") :], flags=re.DOTALL)
    label = html.escape(name, quote=True)
    return re.sub(r"\n\s*\n", "\n", text).replace("<svg", f'<svg role="img" aria-label="{label}"', 1)


# -- the parts -----------------------------------------------------------------------------------------


def head_part(model: Any) -> str:
    """Title, name, citation and story."""
    lines = [f"# {plain(model.title)}", "", f"`{model.name}`", ""]
    if model.citation:
        lines += [plain(model.citation), ""]
    if model.question:
        lines += [f"*{plain(model.question)}*", ""]
    return "\n".join([*lines, "## Story", "", plain(model.story)])


def game_part(model: Any) -> str:
    """Tree or tables, and parameters."""
    from deterrence.views.games import game_tables

    tables = [_game_table(t) for t in game_tables(model.game)]
    return "\n\n".join(["## Game", *(tables or [_tree(model)]), *_parameters(model)])


def _game_table(shown: Any) -> str:
    rows = [shown.head, *([_cell(c) for c in row] for row in shown.rows)]
    width = " ".join(["1"] * len(shown.head))
    return f"{plain(shown.caption)}.\n\n" + table("payoffs", width, rows)


def _cell(value: Any) -> str:
    from deterrence.expressions import as_latex

    if isinstance(value, tuple):
        return ", ".join(_cell(v) for v in value)
    return plain(value) if isinstance(value, str) else f"${as_latex(value)}$"


def _tree(model: Any) -> str:
    from deterrence import plot
    from deterrence.errors import DeterrenceError

    try:
        return picture(as_svg(plot.tree(model.game), f"Game tree of {model.title}"))
    except DeterrenceError as error:
        return f"{plain(str(error))}\n\n```text\n{model.game}\n```"


def _parameters(model: Any) -> Iterator[str]:
    from deterrence.expressions import as_latex
    from deterrence.views.assumed import DOMAINS, chains_latex

    rows = [("Parameter", "Meaning", "Domain", "Sample")]
    for p in model.parameters:
        sample = "" if p.sample is None else f"${as_latex(p.sample)}$"
        rows.append((f"${as_latex(p.symbol)}$", plain(p.description), DOMAINS.get(p.kind, p.domain), sample))
    yield "### Parameters"
    yield table("parameters", "12 58 20 10", rows)
    chains = chains_latex(model.game.assumptions)
    if chains:
        yield "Assumed: " + ", ".join(f"${chain}$" for chain in chains) + "."


def equilibria_part(eqs: Any) -> str:
    """Every equilibrium with its condition."""
    if eqs is None:
        return "## Equilibria\n\nNot solved when this page was built; `dt.load(...).solve()` does it."
    from deterrence.views.content import headline

    named, others = _parted(eqs.generic)
    how = eqs.provenance
    beliefs = f"; beliefs {how.beliefs}" if "bayesian" in how.concept else ""
    complete = "complete" if eqs.complete else "not complete: part of the search is undecided"
    lines = ["## Equilibria", "", f"{headline(eqs)}. Conditions {how.conditions}{beliefs}.", ""]
    lines += [f"The answer is [{complete}](../explanation/undecided.md#an-answer-that-is-not-complete)."]
    lines += [plain(note) + "." for note in getattr(eqs, "notes", ())]
    lines += ["", _overview(named), ""] if len(named) > 1 else [""]
    if len(named) <= SHOWN:
        opened = [*named, *others] if len(others) <= SHOWN else named
        for k, e in enumerate(opened, 1):
            lines += ["", f"### {k}. {plain(e.name or 'Without a name')}", "", *_equilibrium(e)]
    else:
        for name in dict.fromkeys(e.name for e in named):
            lines += _folded(name, [e for e in named if e.name == name])
    if len(others) > SHOWN or len(named) > SHOWN:
        lines += _folded("Without a name", others)
    lines += _folded("On knife-edges, each where an equation among the parameters holds", eqs.knife_edges)
    return "\n".join(lines)


def _parted(generic: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    """The equilibria with a published name, and the others."""
    generic = list(generic)
    return [e for e in generic if e.name], [e for e in generic if not e.name]


def _overview(named: list[Any]) -> str:
    from deterrence.profile import ProfileEquilibrium
    from deterrence.views.content import Content

    rows = [("Equilibrium", "Exists if and only if", "Outcomes that occur")]
    for e in named:
        if isinstance(e, ProfileEquilibrium):
            row = (
                plain(e.name),
                condition(e.condition.latex()),
                plain("; ".join(o for o, p in e.outcomes.items() if p)),
            )
        else:
            c = Content(e)
            row = (plain(e.name), condition(c.condition.latex), plain("; ".join(name for name, _ in c.outcomes)))
        if row not in rows:
            rows.append(row)
    return table("equilibria", "20 55 25", rows)


def _folded(title: str, group: Iterable[Any]) -> list[str]:
    """What is opened by a click; where there is much of it, as a table that is quick to load."""
    from deterrence.equilibria import Equilibrium
    from deterrence.markup import table as html_table
    from deterrence.views.report_html import HEADS, equilibrium_row

    group = list(group)
    if not group:
        return []
    if len(group) > SHOWN and isinstance(group[0], Equilibrium):
        body = ["", html_table(HEADS, [equilibrium_row(e) for e in group])]
    else:
        body = [
            line for k, e in enumerate(group, 1) for line in ("", f"**{k}.** {plain(e.name)}", "", *_equilibrium(e))
        ]
    count = f"{len(group)} equilibri{'um' if len(group) == 1 else 'a'}"
    return ["", "<details>", f"<summary>{html.escape(title)} ({count})</summary>", *body, "", "</details>"]


def _equilibrium(e: Any) -> Iterator[str]:
    """What one equilibrium is, as a list."""
    from deterrence.profile import ProfileEquilibrium

    if isinstance(e, ProfileEquilibrium):
        yield from _profile(e)
        return
    from deterrence.expressions import as_latex
    from deterrence.markup import spoken
    from deterrence.views.content import Content

    c = Content(e)
    where = condition(c.condition.latex)
    yield "Exists everywhere." if where == "always" else f"Exists if and only if {where}."
    yield ""
    for s in c.strategies:
        yield f"- {plain(s.player)} at {plain(spoken(s.label))}: {'; '.join(_choices(s.rows))}"
    for b in c.beliefs:
        who = " ".join(filter(None, (b.kind, b.player)))
        off = "" if b.reached else " (off the path)"
        shown = ", ".join(f"{plain(name)} with probability ${as_latex(p)}$" for name, p in b.rows)
        yield f"- {plain(who)} believes at {plain(spoken(b.label))}{off}: {shown}"
    for name, symbol in c.free:
        yield f"- ${as_latex(name)}$ is {plain(spoken(str(symbol)))}, free" + _range(c.free_range)
    for name, symbol in c.open_beliefs:
        yield f"- ${as_latex(name)}$ is {plain(spoken(str(symbol)))}, open" + _range(c.belief_range)
    yield "- Outcomes: " + "; ".join(f"{plain(name)} ${as_latex(p)}$" for name, p in c.outcomes)


def _profile(e: Any) -> Iterator[str]:
    """The same of a game without a tree."""
    where = condition(e.condition.latex())
    yield "Exists everywhere." if where == "always" else f"Exists if and only if {where}."
    yield ""
    for entry, value in e.strategy.items():
        yield f"- {plain(str(entry))}: {_chosen(value)}"
    for what, shown in (("Outcomes", e.outcomes), ("Payoffs", e.payoffs)):
        if shown:
            yield f"- {what}: " + "; ".join(f"{plain(str(name))} {_cell(value)}" for name, value in shown.items())
    for symbol, (equation, low, high) in e.implicit.items():
        yield f"- {_cell(symbol)} solves {_cell(equation)} $= 0$ between {_cell(low)} and {_cell(high)}"
    if e.how_known != "exact":
        yield f"- Known: {plain(e.how_known)}. {plain(e.evidence)}"


def _chosen(value: Any) -> str:
    if not isinstance(value, Mapping):
        return _cell(value)
    shares = [(a, p) for a, p in value.items() if p != 0]
    return ", ".join(plain(a) if p == 1 else f"{plain(a)} with probability {_cell(p)}" for a, p in shares)


def _choices(rows: Any) -> Iterator[str]:
    """What the types do, types that do the same together."""
    from deterrence.expressions import as_latex
    from deterrence.markup import spoken

    alike: dict[Any, list[str]] = {}
    for kind, actions in rows:
        alike.setdefault(actions, []).append(kind)
    for actions, kinds in alike.items():
        shown = ", ".join(
            plain(spoken(a)) if p == 1 else f"{plain(spoken(a))} with probability ${as_latex(p)}$" for a, p in actions
        )
        who = "" if kinds == [""] else "all types " if len(kinds) == len(rows) > 1 else f"{plain(', '.join(kinds))} "
        yield f"{who}{shown}"


def _range(shown: Any) -> str:
    return "" if shown is None else f", where {condition(shown.latex)}"


def map_svg(model: Any, x: Any, y: Any) -> str:
    """The map of a model over two parameters at its sample point."""
    from deterrence import plot

    point = {s.name: v for s, v in model.sample_point().items() if s.name not in (str(x), str(y))}
    return as_svg(plot.regions(model.solve(), str(x), str(y), point), f"Map of the equilibria of {model.title}")


def map_part(model: Any, eqs: Any) -> str:
    """Where each equilibrium exists, over two parameters that matter: probabilities if there are."""
    if eqs is None or not len(eqs):
        return ""
    from deterrence.errors import DeterrenceError
    from deterrence.views.axes import map_axes

    axes = map_axes(eqs, model.picture)
    if axes is None:
        return ""
    try:
        svg = map_svg(model, *axes)
    except DeterrenceError as error:
        return f"## Map\n\nNo map: {plain(str(error))}"
    return "## Map\n\n" + picture(svg, "All other parameters at their sample values.")


def claims_part(model: Any, eqs: Any, wanted: Wanted) -> str:
    """The claims with labels and verdicts."""
    if not model.claims:
        return ""
    head = "## Claims\n\nA claim is published, recalled (attributed, not looked up) or derived (ours)."
    if eqs is None or not wanted.claims:
        rows = [("Claim", "Label", "Expected")]
        rows += [(plain(c.statement), c.label, c.expected) for c in model.claims]
        return f"{head} They were not checked when this page was built.\n\n" + table("claims", "70 15 15", rows)
    results = model.check()
    good = sum(r.as_expected for r in results)
    text = f"{head} {good} of {len(results)} verdicts are as expected; what is often said and false is refuted.\n\n"
    rows = [("Claim", "Label", "Verdict")]
    rows += [(_statement(r.claim), r.claim.label, _verdict(r)) for r in results]
    return text + table("claims", "50 12 38", rows)


def _statement(claim: Any) -> str:
    return plain(claim.statement) + (f" ({plain(claim.citation)})" if claim.citation else "")


def _verdict(result: Any) -> str:
    mark = "" if result.as_expected else "**not as expected:** "
    return mark + plain(str(result.verdict))


def source_part(model: Any, text: str) -> str:
    """The file that the page was made from."""
    lines = ["## Source", "", f"`models/{model.name}.py`", "", "<details>", "<summary>The model's file</summary>", ""]
    return "\n".join([*lines, "```python", text.rstrip(), "```", "", "</details>"])
