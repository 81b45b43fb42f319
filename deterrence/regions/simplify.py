"""Formulas as a theorist would print them: nothing superfluous, the fewest pieces, weak signs where they fit.

The formula is written as a union of conjunctions.  A literal goes if the rest implies it, or if the
union stays the same without it; a factor goes if the rest fixes its sign; a strict sign becomes weak
if the union stays the same; pieces inside the union of the others go; finally one conjunction (or one
disjunction of literals) is looked for.  Each step needs a proof that a conjunction is impossible;
where there is none, everything stays as it was.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from deterrence.parameters import Assumptions
from deterrence.polynomials import Polynomial
from deterrence.regions.coordinates import coordinates
from deterrence.regions.formula import factors, normalise
from deterrence.regions.logic import (
    Formula,
    Literal,
    conjunction,
    disjunction,
    disjunctive,
    negate,
    opposite,
)
from deterrence.regions.probe import Probe
from deterrence.regions.trust import Taken

__all__ = ["Simplified", "simplify"]

Piece = list[Literal]
_MOST_PIECES = 120
_MOST_FAILURES = 25


class _Oracle:
    """Answers "it is impossible that all of these hold", or nothing."""

    def __init__(self, assumptions: Assumptions, milliseconds: int, deadline: float) -> None:
        self.probe = Probe(assumptions)
        self.sign = coordinates(assumptions).sign
        self.milliseconds, self.deadline = milliseconds, deadline
        self.known: dict[frozenset[Formula], bool] = {}
        self.taken: dict[Formula, None] = {}
        self.unknown = 0

    def impossible(self, *formulas: Formula) -> bool:
        """True only with a proof."""
        together = conjunction(*formulas)
        if isinstance(together, bool):
            return not together
        k = frozenset(formulas)
        if k not in self.known:
            left = int(1000 * (self.deadline - time.monotonic()))
            # where the engine keeps failing, it gets less and less time to fail in, and then none
            if left <= 0 or self.unknown >= _MOST_FAILURES:
                return False
            limit = max(20, self.milliseconds * 3 // (3 + self.unknown))
            status = self.probe.check_with(together, milliseconds=min(left, limit))
            self.known[k] = status == "unsat"
            if self.known[k]:
                self.taken[together] = None
            self.unknown += status == "unknown"
        return self.known[k]

    def implies(self, premises: Iterable[Formula], conclusion: Formula) -> bool:
        """True only with a proof."""
        return self.impossible(*premises, negate(conclusion))


@dataclass(frozen=True)
class Simplified:
    """A shorter formula, and the impossibilities that were taken on an engine's word on the way."""

    formula: Formula
    taken: tuple[Taken, ...] = ()


def simplify(
    formula: Formula, assumptions: Assumptions, *, milliseconds: int = 250, seconds: float = 10.0
) -> Simplified:
    """The same set of points, written shorter.

    Parameters
    ----------
    formula : Formula
        Over ``assumptions.ring``.
    milliseconds : int
        Limit of one question to the engine.
    seconds : float
        Limit of the whole; what is not reached by then stays as it is.
    """
    if isinstance(formula, bool):
        return Simplified(formula)
    oracle = _Oracle(assumptions, milliseconds, time.monotonic() + seconds)
    pieces = disjunctive(formula, _MOST_PIECES)
    if pieces is None:
        return Simplified(formula)
    pieces = [p for p in pieces if not oracle.impossible(*p)]
    for _ in range(3):
        before = _union(pieces)
        pieces = _round(pieces, oracle)
        if _union(pieces) == before:
            break
    return Simplified(_union(pieces), tuple(Taken(f, assumptions) for f in oracle.taken))


def _union(pieces: Iterable[Sequence[Literal]]) -> Formula:
    return disjunction(*(conjunction(*p) for p in pieces))


def _round(pieces: list[Piece], oracle: _Oracle) -> list[Piece]:
    """One pass of all steps."""
    pieces = [_irredundant(p, oracle) for p in pieces]
    pieces = _without_covered(pieces, oracle)
    whole = _union(pieces)
    complement = negate(whole)
    pieces = [_widened(p, complement, oracle) for p in pieces]
    pieces = _without_covered(pieces, oracle)
    return _merged(pieces, oracle) if len(pieces) > 1 else pieces


def _cost(literal: Literal) -> tuple[int, int, int, str]:
    """How long a literal reads: equations and long polynomials first to go."""
    terms = len(literal.poly.coeffs())
    return (literal.poly.total_degree(), terms, sum(d > 0 for d in literal.poly.degrees()), literal.key)


def _length(piece: Piece) -> tuple[int, int]:
    return len(piece), sum(len(f.poly.coeffs()) for f in piece)


# -- one piece ------------------------------------------------------------------------------------


def _irredundant(piece: Piece, oracle: _Oracle) -> Piece:
    """Drop what the rest implies; drop factors whose sign the rest fixes."""
    current = list(piece)
    for literal in sorted(piece, key=_cost, reverse=True):
        rest = [f for f in current if f is not literal]
        if oracle.implies(rest, literal):
            current = rest
            continue
        reduced = _reduced(literal, rest, oracle)
        if reduced is not None:
            current = [*rest, *(f for f in reduced if f not in rest)]
    return current


def _reduced(literal: Literal, rest: Piece, oracle: _Oracle) -> Piece | None:
    """The literal without the factors whose sign the rest of the piece fixes, if that is a conjunction."""
    _, primes = factors(literal.poly)
    if len(primes) < 2:
        return None
    known = {id(p): _sign_under(p, rest, oracle) for p, _ in primes}
    if not any(known.values()):
        return None

    def sign(poly: Polynomial) -> int:
        return next((known[id(p)] for p, _ in primes if p == poly), 0)

    shorter = normalise(literal.op, literal.poly, None, sign)
    pieces = disjunctive(shorter, 1)
    return pieces[0] if pieces else None


def _sign_under(poly: Polynomial, rest: Piece, oracle: _Oracle) -> int:
    """The strict sign of a polynomial where the rest of the piece holds, 0 if not known."""
    if oracle.impossible(*rest, Literal(">=", -poly)):
        return 1
    return -1 if oracle.impossible(*rest, Literal(">=", poly)) else 0


def _widened(piece: Piece, complement: Formula, oracle: _Oracle) -> Piece:
    """Drop or weaken literals as far as the piece stays inside the union."""
    current = list(piece)
    for literal in sorted(piece, key=_cost, reverse=True):
        rest = [f for f in current if f is not literal]
        if oracle.impossible(*rest, opposite(literal), complement):
            current = rest
            continue
        for weak in _weaker(literal):
            if oracle.impossible(*rest, weak, complement):
                current = [weak if f is literal else f for f in current]
                break
    return current


def _weaker(literal: Literal) -> list[Literal]:
    if literal.op == ">":
        return [Literal("!=", _canonical(literal.poly)), Literal(">=", literal.poly)]
    if literal.op == "==":
        return [Literal(">=", literal.poly), Literal(">=", -literal.poly)]
    return []


def _canonical(poly: Polynomial) -> Polynomial:
    """The polynomial or its negative, whichever has a positive leading coefficient."""
    return poly if poly.leading_coefficient() > 0 else -poly


# -- several pieces --------------------------------------------------------------------------------


def _without_covered(pieces: list[Piece], oracle: _Oracle) -> list[Piece]:
    """Drop pieces that lie inside the union of the others, the longest first."""
    kept = list(pieces)
    for piece in sorted(pieces, key=_length, reverse=True):
        others = [p for p in kept if p is not piece]
        if len(others) < len(kept) and oracle.implies(piece, _union(others)):
            kept = others
    return kept


def _merged(pieces: list[Piece], oracle: _Oracle) -> list[Piece]:
    """One conjunction, one disjunction of literals, or neighbouring pieces joined."""
    whole = _union(pieces)
    hull = _hull(pieces, whole, oracle)
    if hull and oracle.impossible(*hull, negate(whole)):
        return [_irredundant(hull, oracle)]
    inner = [f for f in _atoms(pieces) if oracle.implies([f], whole)]
    if inner and len(inner) <= len(pieces) and oracle.implies([whole], disjunction(*inner)):
        return _without_covered([[f] for f in inner], oracle)
    return _joined(pieces, negate(whole), oracle)


def _joined(pieces: list[Piece], complement: Formula, oracle: _Oracle) -> list[Piece]:
    """Join pairs of pieces whose common hull stays inside the union."""
    current = list(pieces)
    changed = len(current) <= 12
    while changed and len(current) > 1:
        changed = False
        for i, j in itertools.combinations(range(len(current)), 2):
            hull = _hull([current[i], current[j]], _union([current[i], current[j]]), oracle)
            if hull and oracle.impossible(*hull, complement):
                joined = _irredundant(hull, oracle)
                current = [joined, *(p for k, p in enumerate(current) if k not in (i, j))]
                changed = True
                break
    return current


def _atoms(pieces: list[Piece]) -> list[Literal]:
    """The literals of all pieces, weak forms and single factors included, shortest first."""
    found: dict[Literal, None] = {}
    for literal in (f for p in pieces for f in p):
        forms = [literal]
        if literal.op in (">", ">="):
            primes = [p for p, _ in factors(literal.poly)[1]]
            forms += [Literal(literal.op, s) for p in primes if len(primes) > 1 for s in (p, -p)]
        if literal.op == "==":
            forms += [Literal(">=", literal.poly), Literal(">=", -literal.poly)]
        found.update(dict.fromkeys(forms))
        found.update({Literal(">=", f.poly): None for f in forms if f.op == ">"})
    return sorted(found, key=_cost)


def _hull(pieces: list[Piece], whole: Formula, oracle: _Oracle) -> Piece:
    """The literals at hand that hold on the whole union, the weak form only where the strict one fails."""
    hull: Piece = []
    for literal in _atoms(pieces):
        if all(oracle.implies(p, literal) for p in pieces):
            hull.append(literal)
    strict = {f.key for f in hull if f.op == ">"}
    return [f for f in hull if f.op != ">=" or f.key not in strict]
