"""What is left of a time limit."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field

__all__ = ["Clock", "OutOfTime"]


class OutOfTime(Exception):
    """The time limit is passed."""


@dataclass(frozen=True)
class Clock:
    """A time limit in seconds from now; None for no limit."""

    limit: float | None = None
    started: float = field(default_factory=time.perf_counter)

    @property
    def spent(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self.started

    @property
    def left(self) -> float:
        """Seconds to the limit; at least a twentieth, so that what was begun can be finished."""
        return math.inf if self.limit is None else max(0.05, self.limit - self.spent)

    @property
    def late(self) -> bool:
        """Whether the limit is passed."""
        return self.limit is not None and self.spent > self.limit

    def at_most(self, seconds: float) -> float:
        """So many seconds, but no more than are left."""
        return min(seconds, self.left)

    def check(self) -> None:
        """Raise `OutOfTime` if the limit is passed."""
        if self.late:
            raise OutOfTime
