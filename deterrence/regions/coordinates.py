"""Positive coordinates: where most signs can be read off the coefficients.

An order ``a < b < c`` becomes gaps (``b = a + g1``, ``c = b + g2``, all ``g > 0``), a
distribution becomes weights ``t_k > 0`` with ``p_k = t_k / (t_1 + ... + t_n)``.  A polynomial
over the parameters turns into one over these coordinates, homogeneous in the weights of each
distribution; if all its coefficients are positive, so is the polynomial wherever the assumptions
hold.  Going back is substitution alone: gaps become differences, weights become probabilities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import sympy as sp

from deterrence.parameters import Assumptions
from deterrence.polynomials import Key, Polynomial, Ring, key

Edge = tuple[Any, bool]  # (neighbour, strict)


@dataclass(frozen=True)
class Weights:
    """One distribution in positive coordinates.

    ``symbols`` are the independent probabilities, ``last`` stands for one minus their sum;
    ``closed`` says that members may be zero.
    """

    symbols: tuple[sp.Symbol, ...]
    last: sp.Symbol
    closed: bool


class Coordinates:
    """The change of coordinates that belongs to some assumptions.

    Attributes
    ----------
    ring : Ring
        The coordinates: free base values, gaps, weights.
    strict, weak : frozenset of sympy.Symbol
        Coordinates known to be greater than 0, and to be at least 0.
    leftover : tuple of SymPy relations
        Assumptions that the coordinates do not already contain.
    """

    def __init__(self, assumptions: Assumptions) -> None:
        self.assumptions = assumptions
        self.user_ring = assumptions.ring
        grouped = {s for g in assumptions.simplices + assumptions.closed for s in g}
        self.weights = tuple(
            Weights(g, sp.Symbol(f"1-{'-'.join(s.name for s in g)}", real=True), closed)
            for groups, closed in ((assumptions.simplices, False), (assumptions.closed, True))
            for g in groups
        )
        self.images: dict[sp.Symbol, sp.Expr] = {}
        self.gaps: dict[sp.Symbol, sp.Expr] = {}
        strict: set[sp.Symbol] = {s for w in self.weights if not w.closed for s in (*w.symbols, w.last)}
        weak: set[sp.Symbol] = {s for w in self.weights if w.closed for s in (*w.symbols, w.last)}
        used = self._orders(grouped, strict, weak)
        self.strict, self.weak = frozenset(strict), frozenset(weak)
        free = [s for s in self.user_ring.symbols if s not in self.images]
        self.ring = Ring([*free, *self.gaps, *(w.last for w in self.weights)])
        self.leftover = tuple(r for r in assumptions.relations if r not in used and not self._in_weights(r))
        self._signs: dict[Key, int] = {}

    # -- building ------------------------------------------------------------------------------

    def _in_weights(self, relation: Any) -> bool:
        return any(relation.free_symbols <= set(w.symbols) and self._implied(relation, w) for w in self.weights)

    @staticmethod
    def _implied(relation: Any, weights: Weights) -> bool:
        """Whether it is one of the relations that say: a distribution."""
        low, high = (relation.lhs, relation.rhs) if relation.rel_op in ("<", "<=") else (relation.rhs, relation.lhs)
        total = sp.Add(*weights.symbols)
        return (low == 0 and high in weights.symbols) or (high == 1 and low == total)

    def _orders(self, grouped: set[sp.Symbol], strict: set[sp.Symbol], weak: set[sp.Symbol]) -> set[Any]:
        """Turn the order relations into a forest of gaps; return the relations that it contains."""
        above: dict[Any, list[tuple[Any, bool, Any]]] = {}
        below: dict[Any, list[tuple[Any, bool, Any]]] = {}
        for r in self.assumptions.relations:
            if r.rel_op not in ("<", "<=", ">", ">="):
                continue
            low, high = (r.lhs, r.rhs) if r.rel_op in ("<", "<=") else (r.rhs, r.lhs)
            if any(not (e.is_Symbol or e.is_Rational) or e in grouped for e in (low, high)):
                continue
            above.setdefault(low, []).append((high, "=" not in r.rel_op, r))
            below.setdefault(high, []).append((low, "=" not in r.rel_op, r))
        used: set[Any] = set()
        placed: dict[Any, sp.Expr] = {e: e for e in {*above, *below} if e.is_Rational}
        for root in [*sorted(placed, key=abs), *self.user_ring.symbols]:
            if root in placed and root.is_Symbol:
                continue
            placed.setdefault(root, root)
            self._grow(root, above, below, placed, used, strict, weak)
        self.images.update({s: e for s, e in placed.items() if s.is_Symbol and e != s})
        return used

    def _grow(
        self,
        root: Any,
        above: dict[Any, list[tuple[Any, bool, Any]]],
        below: dict[Any, list[tuple[Any, bool, Any]]],
        placed: dict[Any, sp.Expr],
        used: set[Any],
        strict: set[sp.Symbol],
        weak: set[sp.Symbol],
    ) -> None:
        """Hang every symbol that an order reaches from `root` on it, by one gap each, longest chains first."""
        todo = [root]
        while todo:
            node = todo.pop(0)
            for direction, table in ((1, above), (-1, below)):
                for other, is_strict, relation in table.get(node, ()):
                    if other in placed or not self._ready(other, node, table is above, above, below, placed):
                        continue
                    gap = sp.Symbol(f"{other}-{node}" if direction > 0 else f"{node}-{other}", real=True)
                    self.gaps[gap] = direction * (other - node)
                    placed[other] = placed[node] + direction * gap
                    (strict if is_strict else weak).add(gap)
                    used.add(relation)
                    todo.append(other)

    @staticmethod
    def _ready(other: Any, node: Any, upward: bool, above: Any, below: Any, placed: Any) -> bool:
        """Going up, wait for a higher lower neighbour; going down, for a lower upper neighbour."""
        table, onward = (below, above) if upward else (above, below)
        rivals = [n for n, _, _ in table.get(other, ()) if n != node and n not in placed]
        reach, todo = set(), [node]
        while todo:
            for n, _, _ in onward.get(todo.pop(), ()):
                if n not in reach:
                    reach.add(n)
                    todo.append(n)
        return not any(r in reach for r in rivals)

    # -- there and back ------------------------------------------------------------------------

    @cached_property
    def _substitution(self) -> dict[sp.Symbol, Polynomial]:
        return {s: self.ring.from_sympy(sp.expand(e)) for s, e in self.images.items()}

    @cached_property
    def _places(self) -> list[tuple[tuple[int, ...], Polynomial]]:
        """For each distribution, the places of its independent weights and the sum of all weights."""
        return [
            (
                tuple(self.ring.index[s] for s in w.symbols),
                sum((self.ring.gen(s) for s in w.symbols), self.ring.gen(w.last)),
            )
            for w in self.weights
        ]

    @cached_property
    def _embedding(self) -> list[Polynomial]:
        """What each user symbol becomes, probabilities not yet homogeneous."""
        return [self._substitution.get(s, self.ring.gens[self.ring.index.get(s, 0)]) for s in self.user_ring.symbols]

    def to_positive(self, poly: Polynomial) -> Polynomial:
        """`poly` in positive coordinates, times a positive factor."""
        return self.lift([poly])[0]

    def lift(self, polys: Sequence[Polynomial]) -> list[Polynomial]:
        """Several polynomials in positive coordinates, all times the *same* positive factor."""
        images = [self.embed(p) for p in polys]
        for places, total in self._places:
            degree = max((degree_in(p, places) for p in images), default=0)
            images = [homogenise(self.ring, p, places, total, degree) for p in images]
        return images

    def embed(self, poly: Polynomial) -> Polynomial:
        """`poly` with gaps for differences; probabilities stay as they are."""
        if not self.user_ring.symbols:
            return self.ring.constant(poly.leading_coefficient() if poly != 0 else 0)
        return poly.compose(*self._embedding, ctx=self.ring.context)

    @cached_property
    def backward(self) -> list[Polynomial]:
        """Each coordinate as a polynomial over the user's symbols."""
        user = self.user_ring
        one_minus = {w.last: 1 - sp.Add(*w.symbols) for w in self.weights}
        return [user.from_sympy(self.gaps.get(s, one_minus.get(s, s))) for s in self.ring.symbols] or [user.zero]

    def from_positive(self, poly: Polynomial) -> Polynomial:
        """The polynomial over the user's symbols whose image this is (up to a positive factor)."""
        return poly.compose(*self.backward, ctx=self.user_ring.context)

    # -- signs ---------------------------------------------------------------------------------

    def sign(self, poly: Polynomial) -> int:
        """The sign of `poly` wherever the assumptions hold, as far as its coefficients tell.

        Returns
        -------
        int
            1 or -1: strictly positive or negative; 2 or -2: at least or at most zero;
            0 with `poly` zero, or nothing known.
        """
        if poly.is_constant():
            return _sign_of(poly.leading_coefficient()) if poly != 0 else 0
        k = key(poly)
        if k not in self._signs:
            self._signs[k] = self.coefficient_sign(self.to_positive(poly))
        return self._signs[k]

    def coefficient_sign(self, poly: Polynomial) -> int:
        """The same for a polynomial that is in positive coordinates already."""
        signs = {_sign_of(c) for c in poly.coeffs()}
        if len(signs) != 1:
            return 0
        free = self._free_places
        if free and any(m[k] % 2 for m in poly.monoms() for k in free):
            return 0
        return signs.pop() * (1 if self._stays_off_zero(poly) else 2)

    @cached_property
    def _free_places(self) -> tuple[int, ...]:
        return tuple(k for k, s in enumerate(self.ring.symbols) if s not in self.strict and s not in self.weak)

    @cached_property
    def _strict_places(self) -> frozenset[int]:
        return frozenset(self.ring.index[s] for s in self.strict)

    @cached_property
    def _closed_groups(self) -> tuple[frozenset[int], ...]:
        """The weights of each closed distribution: any of them but one may vanish."""
        index = self.ring.index
        return tuple(frozenset(index[s] for s in (*w.symbols, w.last)) for w in self.weights if w.closed)

    def _stays_off_zero(self, poly: Polynomial) -> bool:
        """Whether, at every corner of what may vanish, some term stays positive."""
        terms = ({k for k, e in enumerate(m) if e} for m in poly.monoms())
        return _some_stays({frozenset(term - self._strict_places) for term in terms}, self._closed_groups)


def _some_stays(terms: set[frozenset[int]], groups: Sequence[frozenset[int]]) -> bool:
    """Whether one of the terms is left, whichever one weight of each group is kept."""
    if frozenset() in terms:
        return True
    group = next((g for g in groups if any(term & g for term in terms)), frozenset())
    kept = [{term - {k} for term in terms if term & group <= {k}} for k in group]
    return bool(group) and all(_some_stays(rest, groups) for rest in kept)


def _sign_of(number: Any) -> int:
    return (number > 0) - (number < 0)


def degree_in(poly: Polynomial, places: tuple[int, ...]) -> int:
    """The degree of `poly` in the generators at `places` together."""
    return max((sum(m[k] for k in places) for m in poly.monoms()), default=0)


def homogenise(ring: Ring, poly: Polynomial, places: tuple[int, ...], total: Polynomial, degree: int) -> Polynomial:
    """Bring `poly` to one `degree` in the generators at `places` by powers of `total`, which is worth 1."""
    layers: dict[int, dict[tuple[int, ...], Any]] = {}
    for monomial, coefficient in poly.to_dict().items():
        layers.setdefault(sum(monomial[k] for k in places), {})[monomial] = coefficient
    if len(layers) <= 1 and all(layer == degree for layer in layers):
        return poly
    result = ring.zero
    for layer, terms in layers.items():
        result = result + ring.context.from_dict(terms) * total ** (degree - layer)
    return result


@lru_cache(maxsize=256)
def coordinates(assumptions: Assumptions) -> Coordinates:
    """The (cached) change of coordinates of some assumptions."""
    return Coordinates(assumptions)
