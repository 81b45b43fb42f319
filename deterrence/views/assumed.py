"""What is assumed of parameters, as a paper writes it: chains such as ``a < b < c``.

Facts that the table of domains says already, such as ``0 < p < 1``, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from deterrence.expressions import as_latex, as_text
from deterrence.parameters import Assumptions, Parameter

__all__ = ["DOMAINS", "chains_latex", "chains_text", "domain_text"]

DOMAINS = {"ordered": "ordered", "real": "real", "positive": "positive", "probability": "in (0, 1)"}
"""A kind of parameter in words; other kinds say it themselves."""
_LATEX = {"<": "<", "<=": r"\leq", ">": ">", ">=": r"\geq", "==": "=", "!=": r"\neq"}


def chains_text(known: Assumptions) -> list[str]:
    """Each chain as text.

    Examples
    --------
    >>> from deterrence.parameters import Parameters
    >>> P = Parameters()
    >>> a, b, c = P.ordered("a < b < c")
    >>> p = P.probability("p")
    >>> chains_text(P.snapshot())
    ['a < b < c']
    """
    return _chains(known, as_text, {sign: sign for sign in _LATEX})


def domain_text(known: Assumptions, parameter: Parameter) -> str:
    """Where a parameter lies: of one in an order the chains that it stands in, of others the domain in words.

    Examples
    --------
    >>> from deterrence.parameters import Parameters
    >>> P = Parameters()
    >>> low, high = P.ordered("0 < low < high")
    >>> domain_text(P.snapshot(), P["low"])
    '0 < low < high'
    """
    name = re.compile(rf"\b{re.escape(parameter.name)}\b")
    chains = [chain for chain in chains_text(known) if name.search(chain)] if parameter.kind == "ordered" else []
    return ", ".join(chains) or parameter.domain


def chains_latex(known: Assumptions) -> list[str]:
    """Each chain as LaTeX."""
    return _chains(known, as_latex, _LATEX)


def _chains(known: Assumptions, shown: Callable[[Any], str], signs: dict[str, str]) -> list[str]:
    chains: list[tuple[str, Any]] = []
    for r in known.relations:
        kinds = {known[s].kind for s in r.free_symbols}
        if len(r.free_symbols) == 1 and kinds & {"probability", "distribution", "positive"}:
            continue
        right = f" {signs[r.rel_op]} {shown(r.rhs)}"
        if chains and chains[-1][1] == r.lhs and r.lhs.is_Symbol:
            chains[-1] = (chains[-1][0] + right, r.rhs)
        else:
            chains.append((shown(r.lhs) + right, r.rhs))
    return [text for text, _ in chains]
