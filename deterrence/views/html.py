"""Equilibria as an HTML table for notebooks; every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from deterrence.equilibria import Equilibria, Equilibrium
from deterrence.expressions import as_text
from deterrence.markup import lines, math, spoken, table
from deterrence.views.content import Content, Strategy, headline

__all__ = ["equilibria_html", "equilibrium_html", "mixed_html"]

_HEADS = ("", "Equilibrium", "Strategies", "Beliefs", "Exists if and only if", "Outcomes")


def equilibria_html(equilibria: Equilibria) -> str:
    """The whole answer as one table with a caption."""
    rows = [_row(str(k), e) for k, e in enumerate(equilibria.generic, 1)]
    rows += [_row("knife-edge", e) for e in equilibria.knife_edges]
    assumed = "" if equilibria.assumed is None else f", assuming also {equilibria.assumed}"
    left = "".join(f"<p>Undecided: {escape(str(u))}</p>" for u in equilibria.undecided)
    return table(_HEADS, rows, f"{equilibria.game.name}: {headline(equilibria)}{assumed}") + left


def equilibrium_html(equilibrium: Equilibrium) -> str:
    """One equilibrium as a table of one row."""
    return table(_HEADS, [_row("", equilibrium)], equilibrium.game.name)


def _row(number: str, equilibrium: Equilibrium) -> tuple[str, ...]:
    c = Content(equilibrium)
    return (
        number,
        lines([equilibrium.name or equilibrium.status]),
        "<br>".join([_strategy(s) for s in c.strategies] + _legend(c)),
        "<br>".join(_beliefs(c)),
        math(c.condition.text),
        "<br>".join(f"{escape(name)}: {math(as_text(p))}" for name, p in c.outcomes),
    )


def _strategy(strategy: Strategy) -> str:
    types = [f"{escape(kind)} {mixed_html(actions)}".strip() for kind, actions in strategy.rows]
    head = f"{strategy.player}, {spoken(strategy.label)}"
    return f"{escape(head)}: {'; '.join(types)} ({escape(spoken(strategy.kind))})"


def mixed_html(actions: Iterable[tuple[str, Any]]) -> str:
    """What is done with which probability."""
    return ", ".join(
        escape(spoken(a)) if p == 1 else f"{escape(spoken(a))} with {math(as_text(p))}" for a, p in actions
    )


def _beliefs(c: Content) -> list[str]:
    shown = []
    for belief in c.beliefs:
        who = f"{belief.kind} {belief.player}".strip()
        rows = ", ".join(f"{escape(name)} with {math(as_text(p))}" for name, p in belief.rows)
        off = "" if belief.reached else " (off the path)"
        shown.append(f"{escape(f'{who}, {spoken(belief.label)}')}: {rows}{off}")
    if c.open_beliefs and c.belief_range is not None:
        shown.append(f"where {math(c.belief_range.text)}")
    return shown


def _legend(c: Content) -> list[str]:
    shown = [f"{math(str(name))} = {escape(str(symbol))}" for name, symbol in (*c.free, *c.open_beliefs)]
    return shown + ([f"where {math(c.free_range.text)}"] if c.free_range is not None else [])
