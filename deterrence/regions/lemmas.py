"""Lemmas of a proof search: each a step of a certificate, with the formulas that it shows contradictory."""

from __future__ import annotations

from collections.abc import Iterable

import flint

from deterrence.polynomials import primitive
from deterrence.regions.coordinates import Coordinates
from deterrence.regions.identities import sign_identity
from deterrence.regions.logic import Formula, Literal
from deterrence.regions.proof import Cases, Identity, assumed_literals, case_needs

__all__ = ["GaveUp", "Lemmas"]


class GaveUp(Exception):
    """Raised when the search found no proof: a model, a hard case, or the end of the time."""


class Lemmas:
    """The steps found so far, and what each needs."""

    def __init__(self, coords: Coordinates) -> None:
        self.coords = coords
        self.known = assumed_literals(coords.assumptions)
        self.steps: list[Identity | Cases] = []
        self.needs: list[frozenset[Formula]] = []
        self._alone: dict[Literal, int | None] = {}

    def add(self, step: Identity | Cases) -> int:
        """Record a step; return its number."""
        if isinstance(step, Identity):
            needs = step.needs(self.known)
        else:
            found = case_needs(step, self.needs)
            if found is None:
                raise GaveUp
            needs = found
        self.steps.append(step)
        self.needs.append(needs)
        return len(self.steps) - 1

    def proof(self, last: int) -> tuple[Identity | Cases, ...]:
        """The steps that step number `last` rests on, in order and numbered afresh."""
        wanted, todo = {last}, [last]
        while todo:
            step = self.steps[todo.pop()]
            for k in step.steps if isinstance(step, Cases) else ():
                if k not in wanted:
                    wanted.add(k)
                    todo.append(k)
        number = {k: n for n, k in enumerate(sorted(wanted))}
        chosen = (self.steps[k] for k in sorted(wanted))
        return tuple(
            Cases(s.of, tuple(number[k] for k in s.steps), s.first) if isinstance(s, Cases) else s for s in chosen
        )

    def on_sight(self, held: frozenset[Formula], new: Iterable[Formula] | None = None) -> int | None:
        """A step that closes the case at once: an earlier one, a sign, or a pair that involves `new`."""
        for k, needs in enumerate(self.needs):
            if needs <= held:
                return k
        groups: dict[object, list[Literal]] = {}
        fresh = [f for f in (held if new is None else new) if isinstance(f, Literal)]
        for literal in fresh:
            closed = self._by_sign(literal)
            if closed is not None:
                return closed
        for literal in (f for f in held if isinstance(f, Literal)):
            groups.setdefault(_line(literal), []).append(literal)
        for literal in fresh:
            for other in groups.get(_line(literal), ()):
                pair = _opposed(self.coords, literal, other)
                if pair is not None:
                    return self.add(pair)
        return None

    def _by_sign(self, literal: Literal) -> int | None:
        if literal not in self._alone:
            identity = None if literal.op == "!=" else sign_identity(self.coords, literal)
            self._alone[literal] = None if identity is None else self.add(identity)
        return self._alone[literal]


def _line(literal: Literal) -> object:
    """The same for literals about the same polynomial, up to a factor."""
    return Literal("==", primitive(literal.poly)[1])


def _opposed(coords: Coordinates, left: Literal, right: Literal) -> Identity | None:
    """The identity of two literals about one polynomial that contradict one another."""
    if left.poly == 0 or right.poly == 0:
        return None
    ratio = flint.fmpq(left.poly.leading_coefficient()) / flint.fmpq(right.poly.leading_coefficient())
    one = flint.fmpq(1)
    ring = coords.user_ring
    if left.op == "==" or "!=" in (left.op, right.op):
        return None if left.op != "==" or right.op != ">" else _opposed(coords, right, left)
    if right.op == "==":
        strict = left.op == ">"
        zeros = ((right, ring.constant(-ratio)),)
        return Identity(ring, (), (left,), (), (((1,), one),), zeros) if strict else None
    if ratio > 0 or ">" not in (left.op, right.op):
        return None
    strict_first, other = (left, right) if left.op == ">" else (right, left)
    scale = -flint.fmpq(strict_first.poly.leading_coefficient()) / flint.fmpq(other.poly.leading_coefficient())
    return Identity(ring, (), (strict_first, other), (), (((1, 0), one), ((0, 1), scale)))
