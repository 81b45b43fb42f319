"""One time limit for everything that a question sets in motion."""

from __future__ import annotations

import math
import time
from typing import Any

from deterrence.errors import ParameterError

__all__ = ["Clock"]


class Clock:
    """Counts down from a limit in seconds.

    Parameters
    ----------
    seconds : float
        Not negative.

    Raises
    ------
    ParameterError
        If it is no such number.

    Examples
    --------
    >>> Clock(0).left
    0.0
    >>> Clock("soon")
    Traceback (most recent call last):
    ...
    deterrence.errors.ParameterError: time limit: wanted a number of seconds, 0 or more, got 'soon'
    """

    def __init__(self, seconds: Any) -> None:
        number = isinstance(seconds, int | float) and not isinstance(seconds, bool)
        if not number or math.isnan(seconds) or seconds < 0:
            raise ParameterError(subject="time limit", wanted="a number of seconds, 0 or more", got=repr(seconds))
        self.start = time.monotonic()
        self.deadline = self.start + seconds

    @property
    def left(self) -> float:
        """Seconds that are left, at least 0."""
        return max(0.0, self.deadline - time.monotonic())

    @property
    def spent(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.start
