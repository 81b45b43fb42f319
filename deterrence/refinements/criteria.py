"""The intuitive criterion and D1, as regions (Cho and Kreps 1987; D1 also Banks and Sobel 1987).

For a surprise m, T the types of its sender, u*(t) what type t gets in the equilibrium, u(m, t, r)
what it would get by m against the response r, and BR(K) the responses that are best under some
belief on the types K, mixed ones included:

Intuitive criterion
    J: the types with u*(t) > u(m, t, r) for every r in BR(T).  The equilibrium fails if for some t
    outside J, u*(t) < u(m, t, r) for every r in BR(T - J).

D1
    D(t): the responses in BR(T) with u*(t) < u(m, t, r); D0(t): those with u*(t) = u(m, t, r).
    Type t is struck out if for some other type t', D(t') is not empty and contains both D(t) and D0(t).
    The equilibrium fails if no belief on the types that are left supports it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sympy as sp

from deterrence.refinements.surprises import Surprise
from deterrence.regions import Region
from deterrence.solvers.trees.supports import subsets

__all__ = ["CRITERIA"]


def intuitive(surprise: Surprise) -> Region:
    """Where the equilibrium survives the intuitive criterion at a surprise."""
    responses = surprise.best_responses(surprise.types)
    hopeless = {t: ~_some(surprise, responses, sp.Ge(surprise.gain(t), 0)) for t in surprise.types}
    survives = Region.everything(surprise.game.assumptions)
    for out in _proper_subsets(surprise.types):
        left = [t for t in surprise.types if t not in out]
        answers = surprise.best_responses(left)
        deterred = [_some(surprise, answers, sp.Le(surprise.gain(t), 0)) for t in left]
        case = _all([hopeless[t] if t in out else ~hopeless[t] for t in surprise.types])
        survives = survives & (~case | _all(deterred))
    return survives


def d1(surprise: Surprise) -> Region:
    """Where the equilibrium survives D1 at a surprise."""
    responses = surprise.best_responses(surprise.types)
    kept = {t: ~_struck_out(surprise, responses, t) for t in surprise.types}
    survives = None
    for face in subsets(surprise.types):
        case = _all([kept[t] for t in face]) & surprise.supported(face)
        survives = case if survives is None else survives | case
    assert survives is not None  # a player with types has at least one face
    return survives


CRITERIA: dict[str, Callable[[Surprise], Region]] = {"intuitive criterion": intuitive, "D1": d1}


def _struck_out(surprise: Surprise, responses: Region, kind: Any) -> Region:
    """Where some other type gains for every response for which this one does not lose, and for some."""
    mine = surprise.gain(kind)
    struck = None
    for other in surprise.types:
        if other == kind:
            continue
        theirs = surprise.gain(other)
        not_more = _some(surprise, responses, sp.And(sp.Ge(mine, 0), sp.Le(theirs, 0)))
        case = _some(surprise, responses, sp.Gt(theirs, 0)) & ~not_more
        struck = case if struck is None else struck | case
    assert struck is not None  # there are two types or more
    return struck


def _some(surprise: Surprise, responses: Region, relation: Any) -> Region:
    """Where a relation holds for some of the responses."""
    found = responses & Region(relation, surprise.scope)
    return found.eliminate(*(s for group in surprise.response_symbols for s in group)).simplify()


def _all(regions: list[Region]) -> Region:
    first, *others = regions
    for other in others:
        first = first & other
    return first


def _proper_subsets(types: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """The non-empty sets of types that leave some type out."""
    return (face for face in subsets(types) if len(face) < len(types))
