"""The crisis that a prepared Defender faces, as the models of denial and punishment share it."""

from __future__ import annotations

import sympy as sp

import deterrence as dt
from deterrence.games import Node

__all__ = ["facing"]


def facing(prepared: str, worth: sp.Expr, loss: sp.Expr, spent: sp.Expr) -> Node:
    """The Challenger sees what was prepared, and waits or attacks.

    Parameters
    ----------
    prepared : str
        What was prepared, in words; it names the move.
    worth : expression
        Of an attack on it, for the Challenger; to wait is worth 0.
    loss : expression
        Of the Defender in an attack.
    spent : expression
        By the Defender, in peace and in war.
    """
    return dt.move(
        "Challenger",
        f"facing {prepared}",
        wait=dt.outcome("Peace", Challenger=0, Defender=-spent),
        attack=dt.outcome("War", Challenger=worth, Defender=-loss - spent),
    )
