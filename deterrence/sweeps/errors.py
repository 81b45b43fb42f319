"""What can go wrong in a sweep that is no fault of the model."""

from __future__ import annotations

from deterrence.errors import DeterrenceError


class SweepError(DeterrenceError, ValueError):
    """Raised when a sweep is asked for wrongly: shapes, outputs, selection rules, numbers of jobs."""


class StoreError(DeterrenceError, OSError):
    """Raised when a file cannot be written or does not belong to the sweep; finished blocks are kept."""


class UncompiledCondition(DeterrenceError, ValueError):
    """Raised when a condition still has quantified symbols and cannot become an array program."""
