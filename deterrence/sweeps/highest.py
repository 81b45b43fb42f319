"""The equilibrium with the highest payoff, whatever the unit of payoffs.

Floats settle what their error bounds settle.  Where two payoffs lie within these bounds of each
other they are compared again in exact arithmetic, so that a tie is a tie and the first one is taken.
A family whose payoff is open counts with the lowest.  Such payoffs, and those with roots, are compared
in floats: what differs by no more than `TIE` of its size counts as equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from deterrence.sweeps.choice import NONE
from deterrence.sweeps.families import value_range
from deterrence.sweeps.frame import Frame, Mask, uniform
from deterrence.sweeps.surds import number_at
from deterrence.sweeps.task import Entry, Range, Surd, Value
from deterrence.sweeps.values import error_at, exact_number

TIE = 1e-9


class Highest:
    """The search for the highest payoff at the points of a frame.

    Parameters
    ----------
    frame : Frame
    entries : sequence of Entry
        The payoff in each equilibrium.

    Attributes
    ----------
    redone : int
        Values and comparisons that were made again in exact arithmetic.
    """

    def __init__(self, frame: Frame, entries: Sequence[Entry]) -> None:
        self._frame, self._entries = frame, entries
        self._height = np.full(frame.shape, -np.inf)
        self._error = np.zeros(frame.shape)
        self._label = np.full(frame.shape, NONE, dtype=np.int16)
        self.redone = 0

    def chosen(self, masks: Sequence[Mask], order: Sequence[int]) -> list[tuple[int, Mask]]:
        """Each equilibrium with the points at which it is the first of those with the highest payoff."""
        for k in order:
            if masks[k] is not False:
                self._climb(k, masks[k])
        found = ((k, uniform(self._label == k)) for k in order)
        return [(k, mask) for k, mask in found if mask is not False]

    def _climb(self, k: int, mask: Mask) -> None:
        """Take equilibrium `k` where it is better than the best so far."""
        payoff, error = self._payoff(k, mask)
        apart, slack = payoff - self._height, error + self._error
        new = mask & (self._label == NONE)
        better = new | (mask & (apart > slack))
        doubtful = mask & ~better & ~(apart < -slack)
        if doubtful.any():
            self._settle(k, doubtful, better)
        np.copyto(self._height, payoff, where=better)
        np.copyto(self._error, error, where=better)
        np.copyto(self._label, k, where=better)

    def _payoff(self, k: int, mask: Mask) -> tuple[Any, Any]:
        """The floats of a payoff with a bound on their error; what is not settled counts as minus infinity."""
        entry = self._entries[k]
        if isinstance(entry, Range):
            return _settled(value_range(self._frame, entry, mask)[0])
        floats, redone = number_at(self._frame, entry, mask)
        self.redone += redone
        if isinstance(entry, Surd) or entry.node < 0:
            return _settled(floats)
        return floats, error_at(self._frame, entry, floats)

    def _settle(self, k: int, doubtful: Any, better: np.ndarray) -> None:
        """Compare exactly, point by point, with what is best so far."""
        mine = self._entries[k]
        for j in np.unique(self._label[doubtful]):
            other = self._entries[int(j)]
            if mine == other or not isinstance(mine, Value) or not isinstance(other, Value):
                continue
            places = np.argwhere(doubtful & (self._label == j))
            self.redone += len(places)
            for place in places:
                index = tuple(map(int, place))
                better[index] = self._exceeds(mine, other, index)

    def _exceeds(self, mine: Value, other: Value, index: tuple[int, ...]) -> bool:
        left, right = (exact_number(self._frame, v, index) for v in (mine, other))
        return left is not None and (right is None or bool(left > right))


def _settled(floats: Any) -> tuple[Any, Any]:
    """Payoffs that are compared in floats: what is not known counts as minus infinity."""
    floats = np.where(np.isnan(floats), -np.inf, floats)
    return floats, np.where(np.isfinite(floats), TIE * np.abs(floats), 0.0)
