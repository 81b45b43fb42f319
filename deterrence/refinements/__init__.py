"""Which equilibria survive when off-path beliefs must make sense: the criteria for signals.

`refine` asks of every equilibrium of an answer where it survives the intuitive criterion or D1
(Cho and Kreps 1987).  See `criteria.py` for their definitions and `surprises.py` for the games in
which they are defined.
"""

from deterrence.refinements.criteria import CRITERIA
from deterrence.refinements.refine import Refined, Refinement, refine

__all__ = ["CRITERIA", "Refined", "Refinement", "refine"]
