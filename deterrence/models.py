"""The door to the published models: `deterrence.models.zagare_kilgour_2000.unilateral_deterrence` and its like.

In an installed wheel the folder of models lies inside the package and takes the place of this
module; in a checkout, or an installation that points to one, it lies beside the package.
"""

from __future__ import annotations

from pathlib import Path

__path__ = [str(Path(__file__).resolve().parent.parent / "models")]
