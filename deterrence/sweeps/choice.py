"""Which equilibrium a label names where several exist.

``first``
    The first one in the order given (the order of the answer unless the caller gives another).
``best for <player>``
    The one with the highest expected payoff of that player (or player and type), the first of them
    where several are highest (see `deterrence.sweeps.highest`).
``all``
    No choice: the label is the sum of 2**k over the equilibria k that exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from deterrence.sweeps.frame import Mask, uniform

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
