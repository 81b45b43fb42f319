"""Array programs: many polynomials as one list of additions and multiplications, with shared parts.

A program is a directed graph without cycles.  Each node is an input, a constant, or an operation on
two nodes before it; equal parts are one node.  Polynomials are written in Horner's form, and factors
that depend on fewer axes are multiplied first, so that on a grid most of the work is done once an axis.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import flint

from deterrence.polynomials import Key, Polynomial, Ring, key, primitive, to_fraction
from deterrence.regions.logic import quick_key

INPUT, CONSTANT, ADD, SUBTRACT, MULTIPLY, DIVIDE = range(6)
Scaled = tuple[Fraction, int | None]


@dataclass(frozen=True)
class Node:
    """One step: its operation, the nodes it uses, and the dimensions that it varies along."""

    op: int
    left: int = -1
    right: int = -1
    dims: tuple[str, ...] = ()


@dataclass(frozen=True)
class Program:
    """The steps in order; `names` and `numbers` say what inputs and constants stand for."""

    nodes: tuple[Node, ...]
    names: Mapping[int, str]
    numbers: Mapping[int, Fraction]

    def __len__(self) -> int:
        return len(self.nodes)


class ExactPolynomial:
    """A polynomial that travels between processes and is evaluated in rational arithmetic."""

    __slots__ = ("places", "poly", "width")

    def __init__(self, poly: Polynomial) -> None:
        self.poly = poly
        self.width: int = poly.context().nvars()
        self.places: tuple[int, ...] = tuple(k for k, d in enumerate(poly.degrees()) if d > 0)

    def __call__(self, values: Mapping[int, Any]) -> Any:
        """The exact value; `values` gives the generators that occur, by place."""
        return self.poly(*(values.get(k, 0) for k in range(self.width)))

    def __repr__(self) -> str:
        return quick_key(self.poly)

    def __reduce__(self) -> tuple[Any, ...]:
        return _exact, (self.width, key(self.poly))


def _exact(width: int, terms: Key) -> ExactPolynomial:
    context = flint.fmpq_mpoly_ctx.get([f"v{k}" for k in range(width)], "degrevlex")
    return ExactPolynomial(context.from_dict({m: flint.fmpq(*map(int, c.split("/"))) for m, c in terms}))


class Builder:
    """Collects polynomials of one ring into a program.

    Parameters
    ----------
    ring : Ring
    dims : mapping of generator's place to tuple of str
        Along which dimensions each input varies; only these inputs may occur.
    """

    def __init__(self, ring: Ring, dims: Mapping[int, tuple[str, ...]]) -> None:
        self.ring = ring
        self._dims = dims
        self._nodes: list[Node] = []
        self._index: dict[tuple[Any, ...], int] = {}
        self._names: dict[int, str] = {}
        self._numbers: dict[int, Fraction] = {}
        self._memo: dict[str, int] = {}

    def program(self) -> Program:
        """What was collected so far."""
        return Program(tuple(self._nodes), dict(self._names), dict(self._numbers))

    def polynomial(self, poly: Polynomial) -> int:
        """The node that holds the value of a polynomial."""
        return self._times(*self._scaled(poly))

    def quotient(self, constant: Fraction, above: Iterable[Polynomial], below: Iterable[Polynomial]) -> int:
        """The node of ``constant * product(above) / product(below)``."""
        scale_below, lower = self._product(below)
        scale, upper = self._product(above, constant / scale_below)
        top = self._times(scale, upper)
        return top if lower is None else self._make(DIVIDE, top, lower)

    def input(self, place: int) -> int:
        """The node of a generator."""
        node = self._add((INPUT, place), Node(INPUT, dims=self._dims[place]))
        self._names[node] = self.ring.symbols[place].name
        return node

    def _product(self, parts: Iterable[Polynomial], scale: Fraction = Fraction(1)) -> Scaled:
        """The product of polynomials and a number; a minus sign turns a difference round."""
        nodes: list[int] = []
        for part in parts:
            c, node = self._scaled(part)
            scale *= c
            if node is not None:
                nodes.append(node)
        if scale < 0:
            for k, node in enumerate(nodes):
                step = self._nodes[node]
                if step.op == SUBTRACT:
                    nodes[k], scale = self._make(SUBTRACT, step.right, step.left), -scale
                    break
        return scale, self._chain(nodes)

    def _chain(self, nodes: list[int]) -> int | None:
        """The product of nodes, those that vary along the fewest dimensions first."""
        if not nodes:
            return None
        nodes = sorted(nodes, key=lambda n: (len(self._nodes[n].dims), self._nodes[n].dims, n))
        product = nodes[0]
        for node in nodes[1:]:
            product = self._make(MULTIPLY, product, node)
        return product

    def _scaled(self, poly: Polynomial) -> Scaled:
        """The polynomial as a rational number times a node (None for the number alone)."""
        if poly.is_constant():
            return (to_fraction(poly.coeffs()[0]) if poly != 0 else Fraction(0)), None
        _, part = primitive(poly)
        scale = to_fraction(poly.leading_coefficient()) / to_fraction(part.leading_coefficient())
        return scale, self._part(part)

    def _part(self, part: Polynomial) -> int:
        """The node of a primitive polynomial that is not constant."""
        name = quick_key(part)
        if name not in self._memo:
            self._memo[name] = self._horner(part)
        return self._memo[name]

    def _horner(self, part: Polynomial) -> int:
        """Split off the powers of one generator: ``x**e * q + r``."""
        terms = part.to_dict()
        place = self._pivot(terms)
        least = min(m[place] for m in terms if m[place])
        inside = {_lowered(m, place, least): c for m, c in terms.items() if m[place]}
        rest = {m: c for m, c in terms.items() if not m[place]}
        context = self.ring.context
        scale, node = self._scaled(context.from_dict(inside))
        power = self._power(self.input(place), int(least))
        product = power if node is None else self._chain([power, node])
        if not rest:
            return self._times(scale, product)
        return self._sum(scale, product, *self._scaled(context.from_dict(rest)))

    def _pivot(self, terms: Mapping[tuple[int, ...], Any]) -> int:
        """The generator in most terms; among equals one that never stands alone, then the one of most dimensions."""
        counts: dict[int, tuple[int, bool, int]] = {}
        for place in range(len(self.ring.symbols)):
            held = [m for m in terms if m[place]]
            if held:
                alone = any(sum(map(int, m)) == m[place] for m in held)
                counts[place] = (len(held), not alone, len(self._dims[place]))
        return max(counts, key=lambda k: counts[k])

    def _power(self, node: int, exponent: int) -> int:
        result = node
        for _ in range(exponent - 1):
            result = self._make(MULTIPLY, result, node)
        return result

    def _sum(self, a: Fraction, x: int | None, b: Fraction, y: int | None) -> int:
        """The node of ``a*x + b*y``."""
        if x is not None and y is not None and {a, b} == {1, -1}:
            return self._make(SUBTRACT, x, y) if a == 1 else self._make(SUBTRACT, y, x)
        if x is not None and a == -1:
            return self._make(SUBTRACT, self._times(b, y), x)
        if y is not None and b < 0:
            return self._make(SUBTRACT, self._times(a, x), self._times(-b, y))
        if y is None and b < 0:
            return self._make(SUBTRACT, self._times(a, x), self._constant(-b))
        return self._make(ADD, self._times(a, x), self._times(b, y))

    def _times(self, scale: Fraction, node: int | None) -> int:
        if node is None:
            return self._constant(scale)
        if scale == 1:
            return node
        inner = self._nodes[node]
        if inner.op == MULTIPLY and len(self._nodes[inner.left].dims) < len(inner.dims):
            return self._make(MULTIPLY, self._times(scale, inner.left), inner.right)
        return self._make(MULTIPLY, self._constant(scale), node)

    def _constant(self, number: Fraction) -> int:
        node = self._add((CONSTANT, number), Node(CONSTANT))
        self._numbers[node] = number
        return node

    def _make(self, op: int, left: int, right: int) -> int:
        if op in (ADD, MULTIPLY) and left > right:
            left, right = right, left
        dims = tuple(sorted({*self._nodes[left].dims, *self._nodes[right].dims}))
        return self._add((op, left, right), Node(op, left, right, dims))

    def _add(self, name: tuple[Any, ...], node: Node) -> int:
        if name not in self._index:
            self._index[name] = len(self._nodes)
            self._nodes.append(node)
        return self._index[name]


def _lowered(monomial: tuple[int, ...], place: int, by: int) -> tuple[int, ...]:
    return (*monomial[:place], monomial[place] - by, *monomial[place + 1 :])
