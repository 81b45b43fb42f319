"""Pictures: each function takes an Axes (or makes one) and returns it.

`tree` draws a game; `regions` and `probability` map a plane of two parameters; `statics` and
`posterior` follow a line; `best_replies` shows a game of two by two.  What is drawn is exact: fills
and boundaries come from the conditions themselves, never from a raster.
"""

from deterrence.plot.best_replies import best_replies
from deterrence.plot.posterior import posterior
from deterrence.plot.probability import probability
from deterrence.plot.regions import regions
from deterrence.plot.statics import statics
from deterrence.plot.tree import tree

__all__ = ["best_replies", "posterior", "probability", "regions", "statics", "tree"]
