"""Refusing what cannot fit the memory, with its size and a way out."""

from __future__ import annotations

import os

from deterrence.sweeps.errors import SweepError


def check_memory(needed: int, subject: str, hint: str) -> None:
    """Refuse what is larger than the memory of this machine.

    Parameters
    ----------
    needed : int
        Bytes.
    subject, hint : str
        Who needs them, and what to try.

    Raises
    ------
    SweepError
        Naming the size.
    """
    whole = _memory()
    if needed > whole:
        raise SweepError(
            subject=subject, wanted=f"at most {whole / 1e9:,.0f} GB, the memory here", got=_size(needed), hint=hint
        )


def _memory() -> float:
    """Bytes of memory; infinite where the system does not tell."""
    try:
        return float(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    except (AttributeError, ValueError, OSError):
        return float("inf")


def _size(needed: int) -> str:
    return f"{needed / 1e12:,.1f} TB" if needed >= 1e12 else f"{needed / 1e9:,.1f} GB"
