r"""Equilibria as LaTeX: mathematics for a notebook cell, and a table for a paper.

The table needs no package beyond `amsmath`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from deterrence.equilibria import Equilibria, Equilibrium
from deterrence.expressions import as_latex
from deterrence.markup import spoken
from deterrence.views.content import Content, Strategy, headline

__all__ = ["displayed", "equilibria_latex", "equilibrium_latex", "escaped", "pieces"]

LINE = 150
"""Letters of LaTeX that one displayed line holds, about."""
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
}


def escaped(text: str) -> str:
    r"""Text that LaTeX prints as it stands.

    Examples
    --------
    >>> print(escaped("back_down & 50%"))
    back\_down \& 50\%
    """
    return "".join(_SPECIAL.get(letter, letter) for letter in text)


def pieces(latex: str) -> list[tuple[str, str]]:
    r"""A condition taken apart at its outermost "and" and "or": each piece after the word that joins it.

    Examples
    --------
    >>> pieces(r"p < \frac{a}{b} \land \left(q < 1 \lor r < 1\right)")
    [('', 'p < \\frac{a}{b}'), ('and', '\\left(q < 1 \\lor r < 1\\right)')]
    """
    found, depth, start, word = [], 0, 0, ""
    for match in re.finditer(r"[{}]|\\left|\\right| \\land | \\lor ", latex):
        depth += {"{": 1, "}": -1, r"\left": 1, r"\right": -1}.get(match[0], 0)
        if depth == 0 and match[0] in (r" \land ", r" \lor "):
            found.append((word, latex[start : match.start()]))
            start, word = match.end(), "and" if "land" in match[0] else "or"
    return [*found, (word, latex[start:])]


def displayed(latex: str) -> str:
    """A condition as displayed mathematics; one that is long has a line for each of its parts."""
    parts = pieces(latex)
    if len(latex) <= LINE or len(parts) == 1:
        return rf"\[ {latex}. \]"
    rows = [rf"\text{{{word} }} {part}" if word else part for word, part in parts]
    return "\n".join([r"\[ \begin{gathered}", " \\\\\n".join(rows) + ".", r"\end{gathered} \]"])


def equilibrium_latex(equilibrium: Equilibrium) -> str:
    """One equilibrium as displayed mathematics."""
    lines = [rf"{left} & {right} \\" for left, right in _rows(equilibrium)]
    body = "\n".join([r"\begin{array}{ll}", *lines, r"\end{array}"])
    return f"$\\displaystyle\n{body}\n$"


def equilibria_latex(equilibria: Equilibria) -> str:
    """The generic equilibria, then the knife-edges, as a table."""
    lines = [
        f"% {equilibria.game.name}: {headline(equilibria)}".replace("\n", " "),
        r"\begin{tabular}{lll}",
        r"\hline",
        r"Equilibrium & Strategies & Exists if and only if \\",
        r"\hline",
    ]
    if equilibria.assumed is not None:
        lines += [rf"\multicolumn{{3}}{{l}}{{assuming ${equilibria.assumed.latex()}$}} \\", r"\hline"]
    numbered = [(e, f"E{k}") for k, e in enumerate(equilibria.generic, 1)]
    for e, number in (*numbered, *((e, e.status) for e in equilibria.knife_edges)):
        lines += _table_rows(e, number)
        lines.append(r"\hline")
    return "\n".join([*lines, r"\end{tabular}"])


def _table_rows(equilibrium: Equilibrium, number: str) -> list[str]:
    """The name or number, as in pictures, and the condition once, beside one line for each label."""
    c = Content(equilibrium)
    name = equilibrium.name or number
    cells = [_strategy(s) for s in c.strategies] + [f"${line}$" for line in _legend(c)]
    first = rf"{escaped(name)} & {cells[0]} & ${c.condition.latex}$ \\"
    return [first, *(rf" & {cell} & \\" for cell in cells[1:])]


def _strategy(strategy: Strategy) -> str:
    """What the types do at one label, as text with mathematics in it."""
    types = []
    for kind, actions in strategy.rows:
        mixed = ", ".join(
            escaped(spoken(a)) if p == 1 else f"{escaped(spoken(a))} with ${as_latex(p)}$" for a, p in actions
        )
        types.append(f"{escaped(kind)}: {mixed}" if kind else mixed)
    return f"{escaped(strategy.player)}, {escaped(spoken(strategy.label))}: {'; '.join(types)}"


def _rows(equilibrium: Equilibrium) -> Iterable[tuple[str, str]]:
    """Left and right cells of the array of one equilibrium."""
    c = Content(equilibrium)
    yield rf"\textbf{{{escaped(equilibrium.title)}}}", ""
    yield r"\text{exists iff}", c.condition.latex
    for strategy in c.strategies:
        head = _text(f"{strategy.player}, {spoken(strategy.label)}")
        for k, (kind, actions) in enumerate(strategy.rows):
            yield head if k == 0 else "", _joined(kind, actions)
    for belief in c.beliefs:
        who = f"{belief.kind} {belief.player}".strip()
        off = "" if belief.reached else " (off the path)"
        head = _text(f"{who} believes at {spoken(belief.label)}{off}")
        yield head, r",\ ".join(rf"\Pr({_text(name)}) = {as_latex(p)}" for name, p in belief.rows)
    for line in _legend(c):
        yield "", line
    yield _text("outcomes"), r",\ ".join(rf"{_text(name)}: {as_latex(p)}" for name, p in c.outcomes)


def _joined(kind: str, actions: Iterable[tuple[str, Any]]) -> str:
    shown = r",\ ".join(
        _text(spoken(action)) if p == 1 else rf"{_text(spoken(action))}: {as_latex(p)}" for action, p in actions
    )
    return rf"{_text(kind + ':')}\ {shown}" if kind else shown


def _legend(c: Content) -> Iterable[str]:
    """What the short names mean and which values they take."""
    for name, symbol in (*c.free, *c.open_beliefs):
        yield rf"{as_latex(name)} = {_text(spoken(str(symbol)))}"
    for shown in (c.free_range, c.belief_range if c.open_beliefs else None):
        if shown is not None:
            yield shown.latex


def _text(text: str) -> str:
    return rf"\text{{{escaped(text)}}}"
