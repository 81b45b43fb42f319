"""Many points: solve once, evaluate everywhere."""

from deterrence.sweeps.errors import StoreError, SweepError, UncompiledCondition
from deterrence.sweeps.grids import Grid, grid
from deterrence.sweeps.run import sweep
from deterrence.sweeps.stream import Written, sweep_to

__all__ = ["Grid", "StoreError", "SweepError", "UncompiledCondition", "Written", "grid", "sweep", "sweep_to"]
