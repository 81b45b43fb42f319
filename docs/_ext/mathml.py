"""Formulas as MathML, which browsers draw by themselves: no script, no network, no LaTeX."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.util import logging

_TEXT = re.compile(r"\\text(?:bf)?\{((?:[^{}]|\\[{}]|\{\})*)\}")
_PLAIN = {r"\_": "_", r"\%": "%", r"\&": "&", r"\#": "#", r"\$": "$", r"\textbar{}": "|", r"\textless{}": "<"}
_WORD = re.compile(r"_\{([A-Za-z]{2,})\}")  # a subscript that is a word, not a product
_LOG = logging.getLogger(__name__)


def mathml(latex: str, display: str) -> str:
    """One formula; one that cannot be converted is shown as it was written, with a warning."""
    try:
        return convert(_WORD.sub(r"_{\\text{\1}}", _TEXT.sub(_plain, latex)), display=display)
    except Exception as error:  # noqa: BLE001 - the converter raises many kinds, and a page must not be lost
        _LOG.warning("formula %r: %s", latex, error)
        return f"<code>{nodes.Text(latex)}</code>"


def _plain(match: re.Match[str]) -> str:
    """Escapes inside text undone: MathML takes letters as they are."""
    text = match[0]
    for written, meant in _PLAIN.items():
        text = text.replace(written, meant)
    return text


def _inline(translator: Any, node: Any) -> None:
    translator.body.append(f'<span class="math">{mathml(node.astext(), "inline")}</span>')
    raise nodes.SkipNode


def _display(translator: Any, node: Any) -> None:
    translator.body.append(f'<div class="math">{mathml(node.astext(), "block")}</div>')
    raise nodes.SkipNode


def setup(app: Any) -> dict[str, Any]:
    """Register the renderer."""
    app.add_html_math_renderer("mathml", inline_renderers=(_inline, None), block_renderers=(_display, None))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
