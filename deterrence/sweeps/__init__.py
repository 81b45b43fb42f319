"""Many points: solve once, evaluate everywhere."""

from deterrence.sweeps.errors import StoreError, SweepError, UncompiledCondition
from deterrence.sweeps.grids import Grid, grid
from deterrence.sweeps.run import sweep

__all__ = ["Grid", "StoreError", "SweepError", "UncompiledCondition", "grid", "sweep"]
