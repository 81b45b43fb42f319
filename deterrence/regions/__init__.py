"""Where it holds: semialgebraic conditions on parameters, decided exactly."""

from deterrence.regions.region import Region
from deterrence.regions.verdict import Verdict

__all__ = ["Region", "Verdict"]
