"""How it is solved: one file a solution concept, and one documented table that chooses."""

from deterrence.solvers.choose import CONCEPTS, solve
from deterrence.solvers.verify import Deviation, Verification, verify

__all__ = ["CONCEPTS", "Deviation", "Verification", "solve", "verify"]
