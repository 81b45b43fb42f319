"""What a sweep computes at a block of points: plain records that travel between processes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Union

from deterrence.sweeps.program import ExactPolynomial, Program


@dataclass(frozen=True)
class Sign:
    """A polynomial whose sign is asked for: the node of its floats, and the polynomial itself."""

    node: int
    exact: ExactPolynomial


@dataclass(frozen=True)
class Test:
    """``sign op 0``; `flipped` asks for the negative polynomial."""

    op: str
    sign: int
    flipped: bool


@dataclass(frozen=True)
class Every:
    """All parts hold."""

    parts: tuple[Check, ...]


@dataclass(frozen=True)
class Some:
    """At least one part holds."""

    parts: tuple[Check, ...]


Check = Union[bool, Test, Every, Some]  # noqa: UP007 - classes that are defined above, at run time


@dataclass(frozen=True)
class Value:
    """A number at each point: ``constant * product of signs**exponent``, and the node of its floats.

    A node of -1 says that there is no value: a denominator is zero at every point, or there is no program.
    """

    node: int
    constant: Fraction = Fraction(0)
    powers: tuple[tuple[int, int], ...] = ()


NO_VALUE = Value(-1)


@dataclass(frozen=True)
class Bound:
    """A bound on a free probability: where ``slope`` is positive it is at least ``-offset/slope``, else at most."""

    slope: Value
    offset: Value


@dataclass(frozen=True)
class Range:
    """A value that depends on a family's free probabilities.

    Over the free probabilities f it is a quotient of polynomials of degree at most one in each.

    Attributes
    ----------
    bounds : one tuple of `Bound` for each free probability; they lie between 0 and 1 besides
    above, below : mapping of the free probabilities' places to their coefficient
    known : bool
        False if the range is not settled by the corners of a box; it is left open then.
    """

    bounds: tuple[tuple[Bound, ...], ...] = ()
    above: tuple[tuple[tuple[int, ...], Value], ...] = ()
    below: tuple[tuple[tuple[int, ...], Value], ...] = ()
    known: bool = True


@dataclass(frozen=True)
class Surd:
    """``(a + b*sqrt(p/q)) / (c + d*sqrt(p/q))`` at each point."""

    a: Value
    b: Value
    c: Value
    d: Value
    p: Value
    q: Value

    @property
    def parts(self) -> tuple[Value, ...]:
        """Its polynomials, in the order of their names."""
        return (self.a, self.b, self.c, self.d, self.p, self.q)


Entry = Union[Value, Range, Surd]  # noqa: UP007


NO_PROGRAM = Program((), {}, {})


@dataclass(frozen=True)
class Task:
    """All that is computed at a block of points.

    Attributes
    ----------
    conditions : tuple of Check
        Where each equilibrium exists.
    values : mapping of group to name to one entry for each equilibrium
    outputs : tuple of str
    order : tuple of int
        The equilibria from first to last choice.
    rule : str
        "first", "all", or the name of the payoff that is to be best.
    dtype : str
        Of values.
    program : Program
    dims : tuple of str
        The dimensions of the sweep, in order.
    inputs : mapping of node to column name
    places : mapping of a generator's place to column name
    signs : tuple of Sign
    domain : Check
        Where the assumptions hold.
    """

    conditions: tuple[Check, ...]
    values: Mapping[str, Mapping[str, tuple[Entry, ...]]]
    outputs: tuple[str, ...]
    order: tuple[int, ...] = (0,)
    rule: str = "first"
    dtype: str = "float64"
    program: Program = NO_PROGRAM
    dims: tuple[str, ...] = ()
    inputs: Mapping[int, str] = field(default_factory=dict)
    places: Mapping[int, str] = field(default_factory=dict)
    signs: tuple[Sign, ...] = ()
    domain: Check = True

    @property
    def ranged(self) -> tuple[str, ...]:
        """The groups of which some value is a range."""
        return tuple(
            group
            for group, table in self.values.items()
            if group in self.outputs and any(isinstance(v, Range) for row in table.values() for v in row)
        )

    def writes(self, group: str) -> int:
        """How often the values of a group are written."""
        return int(group in self.outputs) + int(group == "outcome" and "outcome_range" in self.outputs)


def tests(check: Check) -> Iterator[Test]:
    """Every comparison in a check."""
    if isinstance(check, Test):
        yield check
    elif not isinstance(check, bool):
        for part in check.parts:
            yield from tests(part)
