"""The equations of boundaries as a paper writes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp

from deterrence.plot.plane import Plane
from deterrence.plot.words import mathematics
from deterrence.polynomials import Polynomial, key
from deterrence.regions import Region
from deterrence.regions.logic import literals
from deterrence.regions.present import Atom, _Presenter
from deterrence.views.expressions import as_text

__all__ = ["equation_of", "equations", "written"]


def equations(plane: Plane, regions: Iterable[Region], needed: Iterable[Polynomial]) -> dict[Any, str]:
    """For each needed curve of the plane its shortest equation over all parameters, if some atom gives it."""
    wanted = {key(f) for f in needed}
    found: dict[Any, list[str]] = {}
    presenters: dict[Any, _Presenter] = {}
    done: set[Any] = set()
    for region in regions:
        bare = region.eliminate() if region.pending else region
        for literal in literals(bare.formula):
            if literal.key in done:
                continue
            done.add(literal.key)
            poly = plane.restricted(literal.poly, bare.assumptions.ring)
            factors = [] if poly is None else [f for f, _ in poly.factor()[1]]
            if len(factors) == 1 and key(factors[0]) in wanted:
                presenter = presenters.setdefault(bare.assumptions, _Presenter(bare.assumptions, _preferred(plane)))
                found.setdefault(key(factors[0]), []).append(written(presenter.atom(literal)))
    return {k: min(v, key=len) for k, v in found.items()}


def _preferred(plane: Plane) -> tuple[Any, ...]:
    """The axes that a paper would solve for: not payoffs, in which a threshold is no threshold."""
    payoffs = ("ordered", "real", "positive")
    return tuple(axis for axis in (plane.y, plane.x) if plane.assumptions[axis].kind not in payoffs)


def written(atom: Atom) -> str:
    """An atom as an equation in mathematical text."""
    left, right = atom.left, atom.right
    return f"{mathematics(left)[:-1]} = {mathematics(right)[1:]}"


def equation_of(plane: Plane, factor: Polynomial, known: dict[Any, str]) -> str:
    """The equation known for a curve; otherwise its equation in the plane."""
    return known.get(key(factor)) or solved(plane, factor)


def solved(plane: Plane, factor: Polynomial) -> str:
    """The equation of a curve in the two axes alone."""
    expr = plane.ring.to_sympy(factor)
    for axis in (plane.y, plane.x):
        if sp.degree(expr, axis) == 1:
            (root,) = sp.solve(expr, axis)
            return f"{mathematics(axis)[:-1]} = {mathematics(sp.factor(root))[1:]}"
    return f"{mathematics(expr)[:-1]} = 0$"


def held(plane: Plane) -> str:
    """What is held fixed, in one line of text."""
    return ", ".join(f"{s} = {as_text(v)}" for s, v in plane.fixed.items())
