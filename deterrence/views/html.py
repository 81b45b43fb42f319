"""Equilibria as an HTML table for notebooks; every text is escaped."""

from __future__ import annotations

from html import escape

from deterrence.equilibria import Equilibria, Equilibrium
from deterrence.views.content import Content, Strategy, headline
from deterrence.views.expressions import as_text

__all__ = ["equilibria_html"]

_HEADS = ("", "Equilibrium", "Strategies", "Beliefs", "Exists if and only if", "Outcomes")


def equilibria_html(equilibria: Equilibria) -> str:
    """The whole answer as one table with a caption."""
    rows = [_row(str(k), e) for k, e in enumerate(equilibria.generic, 1)]
    rows += [_row("knife-edge", e) for e in equilibria.knife_edges]
    rows += [f'<tr><td>undecided</td><td colspan="5">{escape(str(u))}</td></tr>' for u in equilibria.undecided]
    head = "".join(f"<th>{name}</th>" for name in _HEADS)
    assumed = "" if equilibria.assumed is None else f", assuming also {equilibria.assumed}"
    caption = escape(f"{equilibria.game.name}: {headline(equilibria)}{assumed}")
    return "\n".join([f"<table><caption>{caption}</caption>", f"<tr>{head}</tr>", *rows, "</table>"])


def _row(number: str, equilibrium: Equilibrium) -> str:
    c = Content(equilibrium)
    cells = [
        number,
        _lines([equilibrium.name or equilibrium.status]),
        _lines([_strategy(s) for s in c.strategies] + _legend(c)),
        _lines(_beliefs(c)),
        _lines([c.condition.text]),
        _lines([f"{name}: {as_text(p)}" for name, p in c.outcomes]),
    ]
    return "<tr>" + "".join(f'<td style="text-align:left">{cell}</td>' for cell in cells) + "</tr>"


def _strategy(strategy: Strategy) -> str:
    types = []
    for kind, actions in strategy.rows:
        mixed = ", ".join(action if p == 1 else f"{action} with {as_text(p)}" for action, p in actions)
        types.append(f"{kind} {mixed}".strip())
    return f"{strategy.player}, {strategy.label}: {'; '.join(types)} ({strategy.kind})"


def _beliefs(c: Content) -> list[str]:
    lines = []
    for belief in c.beliefs:
        who = f"{belief.kind} {belief.player}".strip()
        shown = ", ".join(f"{name} with {as_text(p)}" for name, p in belief.rows)
        lines.append(f"{who}, {belief.label}: {shown}{'' if belief.reached else ' (off the path)'}")
    if c.open_beliefs and c.belief_range is not None:
        lines.append(f"where {c.belief_range.text}")
    return lines


def _legend(c: Content) -> list[str]:
    lines = [f"{name} = {symbol}" for name, symbol in (*c.free, *c.open_beliefs)]
    return lines + ([f"where {c.free_range.text}"] if c.free_range is not None else [])


def _lines(lines: list[str]) -> str:
    return "<br>".join(escape(line) for line in lines)
