"""The explorer: one self-contained page in which a reader moves parameters and sees what exists.

The page works offline. It computes with the exact conditions of the equilibria, compiled to tables
of polynomials (see `deterrence.explorer.compile`) that its script evaluates.
"""

from deterrence.explorer.build import explore, page

__all__ = ["explore", "page"]
