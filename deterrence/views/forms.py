"""Equilibria of games without a tree as plain data, LaTeX and HTML."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import sympy as sp

from deterrence.expressions import Shown, about
from deterrence.markup import table
from deterrence.notebook import cell

if TYPE_CHECKING:
    from deterrence.profile import ProfileEquilibrium
    from deterrence.profiles import FormEquilibria
    from deterrence.regions import Region

__all__ = [
    "answer_html",
    "answer_json",
    "answer_latex",
    "choices_latex",
    "free_range",
    "record_html",
    "record_latex",
    "record_text",
]


def free_range(e: ProfileEquilibrium) -> Shown | None:
    """What an equilibrium says of what it leaves free, for print; None if that is nothing."""
    return about(e.free_range, e.free, {}) if e.free else None


def record_text(e: ProfileEquilibrium) -> str:
    """One equilibrium in lines: what is chosen, what is free, where it exists, how it is known."""
    known = "" if e.how_known == "exact" else f" [{e.how_known}: {e.evidence}]"
    lines = [e.title + ("" if e.status == "isolated" else f" ({e.status})")]
    lines += [e.choices] if e.name else []
    if e.free:
        shown = free_range(e)
        lines.append(", ".join(map(str, e.free)) + " free" + (f", where {shown.text}" if shown is not None else ""))
    return "\n  ".join([*lines, f"where {e.condition}{known}"])


def answer_json(answer: FormEquilibria) -> dict[str, Any]:
    """Plain data: expressions as text."""
    return {
        "game": answer.game.name,
        "concept": answer.provenance.concept,
        "complete": answer.complete,
        "assumptions": list(answer.assumptions),
        "equilibria": [_record_json(e) for e in _records(answer)],
        "undecided": [str(u) for u in answer.undecided],
        "notes": list(answer.notes),
        "seconds": round(answer.provenance.seconds, 6),
        "versions": dict(answer.provenance.versions),
    }


def _records(answer: FormEquilibria) -> list[ProfileEquilibrium]:
    found: list[Any] = [*answer.generic, *answer.knife_edges]
    return found


def _record_json(e: ProfileEquilibrium) -> dict[str, Any]:
    return {
        "name": e.name,
        "title": e.title,
        "status": e.status,
        "how_known": e.how_known,
        "evidence": e.evidence,
        "strategy": _plain(e.strategy),
        "payoffs": _plain(e.payoffs),
        "outcomes": _plain(e.outcomes),
        "free": [str(s) for s in e.free],
        "free_range": _region_json(e.free_range, *e.free) if e.free else None,
        "implicit": {str(s): [str(part) for part in parts] for s, parts in e.implicit.items()},
        "condition": _region_json(e.condition),
    }


def _region_json(region: Region, *prefer: sp.Symbol) -> dict[str, str]:
    return {"text": region.text(*prefer), "latex": region.latex(*prefer)}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    return str(value)


def answer_latex(answer: FormEquilibria) -> str:
    """A table with a row for each equilibrium."""
    rows = [
        f"{e.status} & ${choices_latex(e)}{_free_latex(e)}$ & ${e.condition.latex()}$ & {e.how_known} \\\\"
        for e in _records(answer)
    ]  # fmt: skip
    head = ["Kind & Strategies & Exists if and only if & Known \\\\", "\\hline"]
    if answer.assumed is not None:
        head += [f"\\multicolumn{{4}}{{l}}{{assuming ${answer.assumed.latex()}$}} \\\\", "\\hline"]
    return "\n".join(["\\begin{tabular}{llll}", "\\hline", *head, *rows, "\\hline", "\\end{tabular}"])


def choices_latex(e: ProfileEquilibrium) -> str:
    """What is chosen, as mathematics."""
    return ",\\; ".join(f"\\text{{{k}}}: {_expression(v)}" for k, v in e.strategy.items())


def _expression(value: Any) -> str:
    if isinstance(value, Mapping):
        shares = [(a, p) for a, p in value.items() if p != 0]
        if len(shares) == 1:
            return f"\\text{{{shares[0][0]}}}"
        return ",\\ ".join(f"{sp.latex(p)}\\ \\text{{{a}}}" for a, p in shares)
    return str(sp.latex(value))


def record_latex(e: ProfileEquilibrium) -> str:
    """What is chosen, and where that is an equilibrium."""
    return f"{choices_latex(e)}{_free_latex(e)}\\quad\\text{{where}}\\quad {e.condition.latex()}"


def _free_latex(e: ProfileEquilibrium) -> str:
    """What is free and which values it can take, after what is chosen."""
    shown = free_range(e)
    return f",\\; \\text{{for }} {shown.latex}" if shown is not None else ""


def record_html(e: ProfileEquilibrium) -> str:
    """One equilibrium as a table."""
    rows = [(name, _formula(v) if isinstance(v, Shown) else cell(v)) for name, v in _shown(e).items()]
    return table(("", ""), rows, f"{e.game.name}: {e.name or e.status}")


def _shown(e: ProfileEquilibrium) -> dict[str, Any]:
    known = e.how_known if not e.evidence else f"{e.how_known}: {e.evidence}"
    parts: dict[str, Any] = {"chosen": e.strategy}
    shown = free_range(e)
    if shown is not None:
        parts["free, where"] = shown
    parts |= {"exists where": e.condition, "payoffs": e.payoffs}
    if e.outcomes:
        parts["outcomes"] = e.outcomes
    if e.implicit:
        parts["solves"] = {s: sp.Eq(equation, 0) for s, (equation, *_) in e.implicit.items()}
    return {**parts, "known": known}


def _formula(shown: Shown) -> str:
    return f"${html.escape(shown.latex, quote=False)}$"


def answer_html(answer: FormEquilibria) -> str:
    """A table with a row for each equilibrium, and the notes under it."""
    rows = []
    for number, e in enumerate(_records(answer), 1):
        name = f"<b>{html.escape(e.name)}</b><br>" if e.name else ""
        shown = free_range(e)
        chosen = name + cell(e.strategy) + (f"<br>where {_formula(shown)}" if shown is not None else "")
        rows.append((str(number), e.status, chosen, cell(e.condition), html.escape(e.how_known)))
    head = ("", "Kind", "Strategies", "Exists if and only if", "Known")
    notes = "".join(f"<p>{html.escape(n)}</p>" for n in (*map(str, answer.undecided), *answer.notes))
    assumed = "" if answer.assumed is None else f", assuming also {answer.assumed}"
    caption = f"{answer.game.name}: {len(answer)} equilibria ({answer.provenance.concept}){assumed}"
    return table(head, rows, caption) + notes
