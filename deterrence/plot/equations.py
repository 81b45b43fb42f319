"""The equations of boundaries as a paper writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sympy as sp

from deterrence.plot.plane import Plane
from deterrence.plot.words import mathematics
from deterrence.polynomials import Polynomial, key, tidy
from deterrence.regions import Region
from deterrence.regions.logic import Literal, literals
from deterrence.regions.present import Atom, _Presenter

__all__ = ["equation_of", "equations", "for_axis", "held", "moved", "solved", "written"]


def equations(plane: Plane, regions: Iterable[Region], needed: Iterable[Polynomial]) -> dict[Any, str]:
    """For each needed curve of the plane its best equation over all parameters, if some atom gives it.

    One that is solved for an axis is better than one that is not, and a shorter one better than a longer.
    """
    wanted = {key(f) for f in needed}
    found: dict[Any, list[tuple[bool, str]]] = {}
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
                presenter = presenters.setdefault(bare.assumptions, _Presenter(bare.assumptions, (plane.y, plane.x)))
                atom = _for_some_axis(plane, presenter, literal)
                found.setdefault(key(factors[0]), []).append((atom.symbol not in (plane.x, plane.y), written(atom)))
    return {k: min(v, key=lambda entry: (entry[0], len(entry[1])))[1] for k, v in found.items()}


def _for_some_axis(plane: Plane, presenter: _Presenter, literal: Literal) -> Atom:
    """The equation of a boundary for one of the axes, if it is linear in one; else as it is printed elsewhere."""
    atom = for_axis(plane, presenter.atom(literal))
    if atom.symbol in (plane.x, plane.y):
        return atom
    solved = (presenter.solved_for(literal, axis) for axis in (plane.y, plane.x) if axis in plane.carriers)
    return next((a for a in solved if a is not None), atom)


def for_axis(plane: Plane, atom: Atom) -> Atom:
    """An equation for a named sum as one for the axis in it: ``q = t - p`` for ``s = t``, where ``s = p + q``."""
    if atom.symbol in (plane.x, plane.y):
        return atom
    known = plane.assumptions
    terms = [*sp.Add.make_args(known.expand(atom.left)), *(-t for t in sp.Add.make_args(known.expand(atom.right)))]
    for axis, carrier in ((plane.y, plane.carriers[1]), (plane.x, plane.carriers[0])):
        slope = sp.expand(sp.Add(*(sp.diff(t, carrier) for t in terms)))
        whole = sp.expand(known.expand(axis) - carrier)
        if slope in (1, -1) and carrier not in whole.free_symbols:
            return Atom(axis, atom.op, sp.Add(carrier, *(-t / slope for t in terms), whole), axis)
    return atom


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
            shown = sp.expand(root) if root.is_polynomial(plane.x, plane.y) else tidy(root)
            return f"{mathematics(axis)[:-1]} = {mathematics(shown)[1:]}"
    return f"{mathematics(expr)[:-1]} = 0$"


def held(fixed: Mapping[sp.Symbol, sp.Expr], used: Iterable[sp.Symbol], letters: int = 84) -> str:
    """What is held fixed among what matters, in lines of about that many letters."""
    matter = set(used)
    lines, length = [""], 0
    for symbol, value in ((s, v) for s, v in fixed.items() if s in matter):
        shown = len(symbol.name.replace("_", "")) + len(str(value)) + 4
        if length + shown > letters:
            lines.append("")
            length = 5
        lines[-1] += (", " if lines[-1] else "") + f"{mathematics(symbol)[:-1]} = {value}$"
        length += shown
    return ",\n     ".join(lines)


def moved(plane: Plane) -> list[str]:
    """Which parameter moves with an axis that is a named sum, in mathematical text."""
    return [
        f"{mathematics(axis)} moves with {mathematics(carrier)}: "
        f"{mathematics(axis)[:-1]} = {mathematics(plane.assumptions.expand(axis))[1:]}"
        for axis, carrier in zip((plane.x, plane.y), plane.carriers, strict=True)
        if axis != carrier
    ]
