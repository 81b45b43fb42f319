"""Names and expressions as matplotlib writes them."""

from __future__ import annotations

import re
from typing import Any

import sympy as sp

from deterrence.regions.present import _Latex as _Spaced

__all__ = ["broken", "mathematics", "plain", "wrapped"]

SHORT_SIDE = 8  # letters of a left side that stays with what it equals
_SPACED = {"mul_symbol": r"\, "}
_UNKNOWN = {r"\land": r"\wedge", r"\lor": r"\vee", r"\limits": "", r"\displaystyle": ""}


def mathematics(expr: Any) -> str:
    r"""An expression as mathematical text, fractions in full size.

    Examples
    --------
    >>> import sympy as sp
    >>> print(mathematics(sp.Symbol("a_DC") / 2))
    $\dfrac{a_{DC}}{2}$
    >>> print(mathematics(sp.Symbol("cost_of_war")))
    $cost_{\mathrm{of\:war}}$
    """
    return f"${body(_printer().doprint(expr))}$".replace(r"\frac", r"\dfrac")


def _printer() -> _Names:
    return _Names(_SPACED)


class _Names(_Spaced):
    """Symbols whose name has several parts keep them apart."""

    def _print_Symbol(self, expr: sp.Symbol, style: str = "plain") -> str:  # noqa: N802 - SymPy calls it so
        base, *parts = expr.name.split("_")
        if len(parts) < 2 or not all(re.fullmatch(r"\w+", p) for p in (base, *parts)):
            return str(super()._print_Symbol(expr, style))
        space = ", " if all(p.isdigit() for p in parts) else r"\:"
        return rf"{super()._print_Symbol(sp.Symbol(base))}_{{\mathrm{{{space.join(parts)}}}}}"


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


def broken(text: str, letters: int = 60) -> str:
    r"""A formula in lines of about that many letters, broken before a plus or minus or after an equals sign.

    Examples
    --------
    >>> print(broken("$a + b - c$", 6))
    $a + b$
    $\quad - c$
    """
    if "$" not in text or _shown(text) <= letters:
        return text
    lines: list[str] = []
    for piece in (p for whole in _pieces(text.strip("$"), 0) for p in _fitting(whole, letters)):
        if lines and _shown(lines[-1]) + _shown(piece) <= letters:
            lines[-1] += piece
        else:
            lines.append(piece)
    return "\n".join(f"${line.strip()}$" if k == 0 else rf"$\quad {line.strip()}$" for k, line in enumerate(lines))


def _fitting(piece: str, letters: int) -> list[str]:
    """A piece too long for a line cut again, inside its brackets."""
    return [piece] if _shown(piece) <= letters or r"\left" in piece else _pieces(piece, 1)


def _pieces(latex: str, inside: int) -> list[str]:
    """A formula cut before each sign and factor in brackets that stands in no more than so many brackets."""
    pieces, braces, brackets, start = [], 0, 0, 0
    for k, letter in enumerate(latex):
        sign = latex[k : k + 3] in (" + ", " - ") or (latex[k : k + 3] == " = " and _shown(latex[:k]) > SHORT_SIDE)
        factor = letter == "(" and not latex[:k].endswith(r"\left")
        if braces == 0 and brackets <= inside and start < k and (sign or factor):
            pieces.append(latex[start:k])
            start = k
        braces += (letter == "{") - (letter == "}")
        brackets += (letter == "(") - (letter == ")")
    return [*pieces, latex[start:]]


def _shown(latex: str) -> int:
    """About how many letters a formula has in print."""
    bare = re.sub(r"\\[a-zA-Z]+|\\[,;]|[{}_^$]", "", latex)
    return len(bare) - bare.count(" ") // 2
