"""How records are shown in a notebook: a table of their fields, formulas as LaTeX."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from fractions import Fraction
from html import escape
from typing import Any

import sympy as sp

from deterrence.markup import table

__all__ = ["ShownInNotebooks", "cell"]


class ShownInNotebooks:
    """A dataclass that a notebook shows as a table of its fields, the game by its name."""

    def _repr_html_(self) -> str:
        rows = [
            (f.name.replace("_", " "), cell(getattr(self, f.name)))
            for f in dataclasses.fields(self)  # type: ignore[arg-type]
            if f.repr and f.name != "game"
        ]
        game = getattr(self, "game", None)
        caption = type(self).__name__ + (f": {game.name}" if game is not None else "")
        return table(("", ""), rows, caption)


def cell(value: Any) -> str:
    r"""One value: expressions and regions as formulas, mappings and tuples line by line.

    Examples
    --------
    >>> p = sp.Symbol("p", real=True)
    >>> cell({("A", "choice"): {"go": p / 2}})
    'A, choice: go: $\\frac{p}{2}$'
    """
    if isinstance(value, Mapping):
        return "<br>".join(f"{escape(_key(k))}: {cell(v)}" for k, v in value.items()) or "none"
    if isinstance(value, Fraction):
        return escape(str(value))
    if isinstance(value, sp.Basic):
        return f"${escape(sp.latex(value), quote=False)}$"
    if isinstance(value, tuple | list | frozenset | set):
        return "<br>".join(cell(v) for v in value) or "none"
    latex = getattr(value, "latex", None)
    if callable(latex) and hasattr(value, "_repr_latex_"):
        return f"${escape(latex(), quote=False)}$"
    return escape(str(value))


def _key(key: Any) -> str:
    if isinstance(key, frozenset | set):
        return "{" + ", ".join(sorted(map(str, key))) + "}"
    return ", ".join(map(str, key)) if isinstance(key, tuple) else str(key)
