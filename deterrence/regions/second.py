"""The second engine: cvc5, if it is installed."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from functools import lru_cache

from deterrence.regions.logic import Formula
from deterrence.regions.workers import ask, smt_text

__all__ = ["ask_cvc5", "have_cvc5"]


@lru_cache(maxsize=1)
def have_cvc5() -> bool:
    """Whether the optional second engine is installed."""
    return importlib.util.find_spec("cvc5") is not None


def ask_cvc5(formulas: Iterable[Formula], width: int, milliseconds: int) -> str:
    """Ask the second engine whether the formulas can hold together: "sat", "unsat" or "unknown".

    Parameters
    ----------
    formulas : iterable of Formula
        Over a ring of `width` variables.
    milliseconds : int
        The time limit; it is kept to a quarter of a second.
    """
    if not have_cvc5() or milliseconds <= 0:
        return "unknown"
    answer = ask("cvc5_worker.py", {"text": smt_text(formulas, width)}, milliseconds)
    return "unknown" if answer is None else str(answer["status"])
