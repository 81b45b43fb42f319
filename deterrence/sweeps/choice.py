"""Which equilibrium a label names where several exist.

``first``
    The first one in the order given (the order of the answer unless the caller gives another).
``best for <player>``
    The one with the highest expected payoff of that player (or player and type); payoffs that
    differ by no more than `TIE` of their size count as equal, and the first one is taken.  A family
    whose payoff is open counts with the lowest.
``all``
    No choice: the label is the sum of 2**k over the equilibria k that exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from deterrence.sweeps.frame import Mask, uniform

TIE = 1e-9
NONE, OUTSIDE = -1, -2


def first(masks: Sequence[Mask], order: Sequence[int], inside: Mask) -> Iterator[tuple[int, Mask]]:
    """Each equilibrium with the points at which it is the first that exists."""
    left = inside
    for k in order:
        mask = masks[k]
        chosen = both(mask, left)
        if chosen is False:
            continue
        yield k, chosen
        left = without(left, mask)
        if left is False:
            return


def best(
    masks: Sequence[Mask], order: Sequence[int], payoffs: Sequence[Any], shape: tuple[int, ...]
) -> list[tuple[int, Mask]]:
    """Each equilibrium with the points at which its payoff is the highest."""
    height = np.full(shape, -np.inf)
    label = np.full(shape, NONE, dtype=np.int16)
    for k in order:
        if masks[k] is False:
            continue
        payoff = np.where(np.isnan(payoffs[k]), -np.inf, payoffs[k])
        with np.errstate(invalid="ignore"):
            margin = np.where(np.isfinite(height), TIE * np.maximum(1.0, np.abs(height)), 0.0)
            better = both(masks[k], (payoff > height + margin) | (label == NONE))
        if better is not False:
            np.copyto(height, payoff, where=better)
            np.copyto(label, k, where=better)
    chosen = ((k, uniform(label == k)) for k in order)
    return [(k, mask) for k, mask in chosen if mask is not False]


def both(a: Mask, b: Mask) -> Mask:
    """Where both hold."""
    if isinstance(a, bool):
        return b if a else False
    if isinstance(b, bool):
        return a if b else False
    return uniform(np.logical_and(a, b))


def without(a: Mask, b: Mask) -> Mask:
    """Where the first holds and the second does not."""
    if isinstance(b, bool):
        return False if b else a
    return uniform(np.logical_not(b)) if a is True else uniform(np.logical_and(a, np.logical_not(b)))
