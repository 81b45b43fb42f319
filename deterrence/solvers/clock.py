"""What is left of a time limit."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

__all__ = ["Clock"]


@dataclass(frozen=True)
class Clock:
    """What is left of a time limit in seconds; None for no limit."""

    limit: float | None = None
    started: float = field(default_factory=time.perf_counter)

    @property
    def late(self) -> bool:
        """Whether the limit is reached."""
        return self.limit is not None and time.perf_counter() - self.started > self.limit

    def seconds(self, most: float) -> float:
        """At most so many seconds, and no more than are left."""
        if self.limit is None:
            return most
        return min(most, max(0.05, self.limit - (time.perf_counter() - self.started)))
