"""Many points: solve once, evaluate everywhere."""

from deterrence.sweeps.bimatrix import BimatrixEquilibria, solve_bimatrix
from deterrence.sweeps.errors import StoreError, SweepError, UncompiledCondition
from deterrence.sweeps.grids import Grid, grid
from deterrence.sweeps.numeric import solve_numeric
from deterrence.sweeps.run import sweep
from deterrence.sweeps.sampling import sample
from deterrence.sweeps.stores import Written
from deterrence.sweeps.stream import sweep_to

__all__ = [
    "BimatrixEquilibria",
    "Grid",
    "StoreError",
    "SweepError",
    "UncompiledCondition",
    "Written",
    "grid",
    "sample",
    "solve_bimatrix",
    "solve_numeric",
    "sweep",
    "sweep_to",
]
