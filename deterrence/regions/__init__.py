"""Where it holds: semialgebraic conditions on parameters, decided exactly.

`Region` is the set, `Verdict` the answer to a question about it.  Behind them, from the ground up:

- `logic`, `formula`: formulas over polynomials, and the normal form of a relation;
- `coordinates`, `points`, `signs`: positive coordinates, exact sample points, signs of polynomials;
- `engines`, `second`, `witness`, `decide`, `probe`: z3 and cvc5, and what is made of their answers;
- `certificate`, `proof`: emptiness shown by identities that anyone can check;
- `substitution`, `eliminate`, `simplify`, `closures`: quantifiers removed, conditions shortened;
- `trust`: what was taken on an engine's word on the way, shown again when a proof is asked for;
- `alike`, `limits`: conditions compared up to their boundaries;
- `clock`, `combine`, `membership`: one time limit for a question, regions brought together, points;
- `present`, `boundary`: what is printed and what is drawn.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deterrence.regions.region import Region
    from deterrence.regions.verdict import Verdict

__all__ = ["Region", "Verdict"]

_HOMES = {"Region": "deterrence.regions.region", "Verdict": "deterrence.regions.verdict"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
