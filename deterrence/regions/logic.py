"""Formulas: boolean combinations of signs of polynomials.

A formula is True, False, a `Literal` (a polynomial compared with 0), or an `And` / `Or` of
formulas.  Polynomials belong to one ring; which one, the owner of the formula knows.  Formulas
are immutable, hashable and picklable, and two that are built alike are equal.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Union

import flint
import sympy as sp

from deterrence.polynomials import Key, Polynomial, Ring, key, to_flint

__all__ = [
    "And",
    "Formula",
    "Literal",
    "Or",
    "conjunction",
    "disjunction",
    "disjunctive",
    "holds",
    "holds_at",
    "literals",
    "map_literals",
    "negate",
    "opposite",
    "quick_key",
    "values_of",
]

OPERATORS = (">", ">=", "==", "!=")


def quick_key(poly: Polynomial) -> str:
    """Text that tells polynomials apart, several times faster to make than `polynomials.key`."""
    return f"{poly.context().nvars()}:{poly}"


class Literal:
    """``poly op 0``, with `op` one of ``>``, ``>=``, ``==``, ``!=``.

    Build it with `deterrence.regions.formula.normalise`, which brings the polynomial into
    canonical form; two literals are equal when operator and polynomial are.
    """

    __slots__ = ("_hash", "_key", "op", "poly")

    def __init__(self, op: str, poly: Polynomial) -> None:
        self.op: str = op
        self.poly: Polynomial = poly
        self._key: str | None = None
        self._hash: int | None = None

    @property
    def key(self) -> str:
        """Canonical text of the polynomial: FLINT writes terms in the order of the ring."""
        if self._key is None:
            self._key = quick_key(self.poly)
        return self._key

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return (
            isinstance(other, Literal) and self.op == other.op and hash(self) == hash(other) and self.key == other.key
        )

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash((self.op, self.key))
        return self._hash

    def __repr__(self) -> str:
        return f"({self.poly} {self.op} 0)"

    def __reduce__(self) -> tuple[Any, ...]:
        return _literal, (self.op, self.poly.context().nvars(), key(self.poly))

    def sign_holds(self, value: Any) -> bool:
        """Whether a number in place of the polynomial satisfies the comparison."""
        if self.op == ">":
            return bool(value > 0)
        if self.op == ">=":
            return bool(value >= 0)
        return bool((value == 0) == (self.op == "=="))


def _literal(op: str, width: int, terms: Key) -> Literal:
    """An unpickled literal."""
    context = flint.fmpq_mpoly_ctx.get([f"v{k}" for k in range(width)], "degrevlex")
    return Literal(op, context.from_dict({monomial: flint.fmpq(*map(int, c.split("/"))) for monomial, c in terms}))


class _Node:
    """And or Or: two parts or more, flattened, without repetition."""

    __slots__ = ("_hash", "parts")
    sign = ""

    def __init__(self, parts: Iterable[Formula]) -> None:
        self.parts: tuple[Formula, ...] = tuple(parts)
        self._hash: int | None = None

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return type(self) is type(other) and set(self.parts) == set(other.parts)

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash((self.sign, frozenset(self.parts)))
        return self._hash

    def __repr__(self) -> str:
        return "(" + f" {self.sign} ".join(map(repr, self.parts)) + ")"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.parts,)


class And(_Node):
    """All parts hold; build it with `conjunction`."""

    __slots__ = ()
    sign = "&"


class Or(_Node):
    """Some part holds; build it with `disjunction`."""

    __slots__ = ()
    sign = "|"


Formula = Union[bool, Literal, And, Or]  # noqa: UP007 - classes that are defined above, at run time


def conjunction(*parts: Formula) -> Formula:
    """All of them; True if there are none."""
    return _join(And, True, parts)


def disjunction(*parts: Formula) -> Formula:
    """At least one of them; False if there are none."""
    return _join(Or, False, parts)


def _join(kind: type[And] | type[Or], neutral: bool, parts: Iterable[Formula]) -> Formula:
    flat: dict[Formula, None] = {}
    for part in parts:
        if isinstance(part, bool):
            if part is not neutral:
                return part
        elif isinstance(part, kind):
            flat.update(dict.fromkeys(part.parts))
        else:
            flat[part] = None
    if any(isinstance(p, Literal) and opposite(p) in flat for p in flat):
        return not neutral
    if not flat:
        return neutral
    return next(iter(flat)) if len(flat) == 1 else kind(flat)


def opposite(literal: Literal) -> Literal:
    """The literal that holds exactly where this one does not."""
    if literal.op == ">":
        return Literal(">=", -literal.poly)
    if literal.op == ">=":
        return Literal(">", -literal.poly)
    return Literal("!=" if literal.op == "==" else "==", literal.poly)


def negate(formula: Formula) -> Formula:
    """The complement."""
    if isinstance(formula, bool):
        return not formula
    if isinstance(formula, Literal):
        return opposite(formula)
    join = disjunction if isinstance(formula, And) else conjunction
    return join(*map(negate, formula.parts))


def literals(formula: Formula) -> Iterator[Literal]:
    """Every literal that occurs, each once, in order."""
    seen: set[Literal] = set()
    todo: list[Formula] = [formula]
    while todo:
        part = todo.pop()
        if isinstance(part, Literal):
            if part not in seen:
                seen.add(part)
                yield part
        elif not isinstance(part, bool):
            todo.extend(reversed(part.parts))


def map_literals(formula: Formula, change: Callable[[Literal], Formula]) -> Formula:
    """The formula with every literal replaced by what `change` makes of it."""
    if isinstance(formula, bool):
        return formula
    if isinstance(formula, Literal):
        return change(formula)
    join = conjunction if isinstance(formula, And) else disjunction
    return join(*(map_literals(p, change) for p in formula.parts))


def disjunctive(formula: Formula, cap: int = 400) -> list[list[Literal]] | None:
    """Disjunctive normal form: a list of conjunctions of literals; None if more than `cap` would be needed."""
    if isinstance(formula, bool):
        return [[]] if formula else []
    if isinstance(formula, Literal):
        return [[formula]]
    pieces = [disjunctive(p, cap) for p in formula.parts]
    if any(p is None for p in pieces):
        return None
    known = [p for p in pieces if p is not None]
    if isinstance(formula, Or):
        merged = _absorbed(list(itertools.chain.from_iterable(known)))
        return merged if len(merged) <= cap else None
    result: list[list[Literal]] = [[]]
    for piece in sorted(known, key=len):
        if len(result) * len(piece) > 8 * cap:
            return None
        result = _absorbed([both for a in result for b in piece if (both := _merged(a, b)) is not None])
        if len(result) > cap:
            return None
    return result


def _merged(left: list[Literal], right: list[Literal]) -> list[Literal] | None:
    """Both conjunctions together, None if they contradict one another on their face."""
    present = set(left)
    if any(opposite(r) in present for r in right):
        return None
    return left + [r for r in right if r not in present]


def _absorbed(pieces: list[list[Literal]]) -> list[list[Literal]]:
    """Without pieces that contain all literals of another piece."""
    kept: list[tuple[frozenset[Literal], list[Literal]]] = []
    for piece in sorted(pieces, key=len):
        members = frozenset(piece)
        if not any(smaller <= members for smaller, _ in kept):
            kept.append((members, piece))
    return [piece for _, piece in kept]


def values_of(ring: Ring, point: Mapping[sp.Symbol, Any]) -> list[Any]:
    """The point's coordinates in ring order as FLINT rationals, 0 where the point says nothing."""
    values = [to_flint(sp.Rational(point[s])) if s in point else flint.fmpq(0) for s in ring.symbols]
    return values or [flint.fmpq(0)]


def holds_at(formula: Formula, values: Sequence[Any]) -> bool:
    """Whether the formula holds at a point given by FLINT rationals in ring order (exact)."""
    if isinstance(formula, Literal):
        return formula.sign_holds(formula.poly(*values))
    if isinstance(formula, bool):
        return formula
    if isinstance(formula, And):
        return all(holds_at(p, values) for p in formula.parts)
    return any(holds_at(p, values) for p in formula.parts)


def holds(formula: Formula, ring: Ring, point: Mapping[sp.Symbol, Any]) -> bool:
    """Whether the formula holds at a rational point that gives every symbol it uses (exact)."""
    return holds_at(formula, values_of(ring, point))
