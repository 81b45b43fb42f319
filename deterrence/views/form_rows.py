"""The equilibria of games without a tree as rows of a page that needs no mathematics of its own."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import sympy as sp

from deterrence.equilibria import Equilibrium
from deterrence.expressions import Shown, as_text, presented
from deterrence.markup import math, spoken, table
from deterrence.profile import ProfileEquilibrium
from deterrence.profiles import FormEquilibria

__all__ = ["FORM_HEADS", "completeness", "form_row", "form_table"]

FORM_HEADS = ("Equilibrium", "Exists if and only if", "What is chosen", "Known")


def form_table(eqs: FormEquilibria) -> str:
    """A row for each equilibrium, and below it what is undecided and each note once."""
    found = (*eqs.generic, *eqs.knife_edges)
    caption = f"{eqs.game.name}: {len(found)} equilibri{'um' if len(found) == 1 else 'a'}"
    body = table(FORM_HEADS, [form_row(e, f"E{k}") for k, e in enumerate(found, 1)], caption)
    below = [*(f"Undecided: {u}" for u in eqs.undecided), *dict.fromkeys(eqs.notes)]
    return body + "".join(f"<p>{escape(text)}</p>" for text in below)


def form_row(equilibrium: Equilibrium, number: str) -> tuple[str, ...]:
    """The cells of one equilibrium, as HTML, under `FORM_HEADS`; a nameless one goes by its number, as in pictures."""
    assert isinstance(equilibrium, ProfileEquilibrium)
    e = equilibrium
    chosen = [f"{_entry(e, key)}: {_chosen(e, value)}" for key, value in e.strategy.items()]
    for symbol, (equation, low, high) in e.implicit.items():
        ends = f"between {_shown(e, low)} and {_shown(e, high)}"
        chosen.append(f"where {math(str(symbol))} solves {_shown(e, equation)} = 0 {ends}")
    if e.free:
        names = ", ".join(math(str(s)) for s in e.free)
        chosen.append(f"{names} free, where {math(Shown(e.system).text)}")
    known = e.how_known + (f": {e.evidence}" if e.evidence else "")
    name = escape(e.name or (number if e.status != "knife-edge" else e.status))
    return name, math(Shown(e.condition).text), "<br>".join(chosen), escape(known)


def _entry(e: ProfileEquilibrium, key: Any) -> str:
    """A level or share is mathematics, a player a word."""
    levels = {x.symbol.name for x in getattr(e.game, "levels", ())}
    return math(str(key)) if str(key) in levels else escape(spoken(str(key)))


def _chosen(e: ProfileEquilibrium, value: Any) -> str:
    if isinstance(value, Mapping):
        row = [(str(action), p) for action, p in value.items() if p != 0]
        return ", ".join(escape(spoken(a)) if p == 1 else f"{escape(spoken(a))} with {_shown(e, p)}" for a, p in row)
    return _shown(e, value) if isinstance(value, sp.Basic) else escape(str(value))


def _shown(e: ProfileEquilibrium, value: Any) -> str:
    expr = sp.sympify(value)
    own = isinstance(expr, sp.Expr) and all(s in e.game.assumptions for s in expr.free_symbols)
    return math(as_text(presented(expr, e.game.assumptions) if own else expr))


def completeness(eqs: Any) -> str:
    """Whether an answer is complete, in a sentence that no note contradicts."""
    if isinstance(eqs, FormEquilibria):
        if not eqs.complete:
            return "The answer is not complete: what was left out stands below the table."
        if any("not complete" in note for note in eqs.notes):
            return "The answer is complete, save for the exceptions that stand below the table."
        return "The answer is complete."
    if eqs.complete:
        return "The answer is complete: every profile of supports was settled."
    return "The answer is not complete: part of the search is undecided."
