"""Pieces of HTML that every view uses; every text is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["lines", "math", "spoken", "table"]

_LEFT = ' style="text-align:left"'


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "") -> str:
    """A table of cells that are HTML already; heads and caption are plain text.

    Examples
    --------
    >>> table(["Name"], [["<b>a</b>"]])
    '<table><tr><th style="text-align:left">Name</th></tr><tr><td style="text-align:left"><b>a</b></td></tr></table>'
    """
    top = f"<caption>{escape(caption)}</caption>" if caption else ""
    head = "".join(f"<th{_LEFT}>{escape(h)}</th>" for h in heads)
    body = "".join("<tr>" + "".join(f"<td{_LEFT}>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{top}{f'<tr>{head}</tr>' if any(heads) else ''}{body}</table>"


def lines(texts: Iterable[str]) -> str:
    """Plain lines below one another."""
    return "<br>".join(escape(text) for text in texts)


def spoken(name: str) -> str:
    """A label as it is read: ``back_down`` is "back down"."""
    return name.replace("_", " ").strip()


def math(text: str) -> str:
    """An expression in text with subscripts set low and relations as signs.

    Examples
    --------
    >>> math("p_A >= 1/2")
    '<span class="math">p<sub>A</sub> ≥ 1/2</span>'
    """
    shown = escape(text).replace("&gt;=", "≥").replace("&lt;=", "≤").replace("==", "=").replace(" - ", " \u2212 ")
    shown = re.sub(r"\b([^\W\d_]+)_(\w+)", r"\1<sub>\2</sub>", shown)
    return f'<span class="math">{shown.replace("**2", "²").replace("*", "·")}</span>'
