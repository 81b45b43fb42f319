"""Names and expressions as matplotlib writes them."""

from __future__ import annotations

import re
from typing import Any

from deterrence.regions.present import _Latex as _Spaced

__all__ = ["mathematics", "plain", "wrapped"]

_SPACED = {"mul_symbol": r"\, "}
_UNKNOWN = {r"\land": r"\wedge", r"\lor": r"\vee", r"\limits": "", r"\displaystyle": ""}


def mathematics(expr: Any) -> str:
    r"""An expression as mathematical text, fractions in full size.

    Examples
    --------
    >>> import sympy as sp
    >>> print(mathematics(sp.Symbol("a_DC") / 2))
    $\dfrac{a_{DC}}{2}$
    """
    return f"${body(_Spaced(_SPACED).doprint(expr))}$".replace(r"\frac", r"\dfrac")


def body(latex: str) -> str:
    """LaTeX within what matplotlib understands."""
    for word, known in _UNKNOWN.items():
        latex = latex.replace(word, known)
    latex = re.sub(r"\\text\{([^}]*)\}", r"\\mathrm{\1}", latex)
    return latex.replace(r"\left", "").replace(r"\right", "") if r"\frac" not in latex else latex


def plain(text: str) -> str:
    """A name that holds no mathematics."""
    return text.replace("$", r"\$")


def wrapped(text: str, width: int = 18) -> str:
    r"""A name in lines of about that many letters.

    Examples
    --------
    >>> wrapped("Limited-Response Deterrence", 16)
    'Limited-Response\nDeterrence'
    """
    lines: list[str] = []
    for word in plain(text).split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "\n".join(lines)
