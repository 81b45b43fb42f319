"""From relations between expressions to canonical formulas, and back.

Every relation becomes signs of polynomials: one fraction, its denominator cleared exactly (a
factor of known sign is dropped, another multiplies and must not be zero), the numerator
factored, factors of known sign dropped, even powers and products that vanish split.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from sympy.core.relational import Relational

from deterrence.errors import NotPolynomial, ParameterError
from deterrence.numbers import exact_number
from deterrence.parameters import Assumptions
from deterrence.polynomials import Polynomial, Ring, primitive
from deterrence.regions.coordinates import coordinates
from deterrence.regions.logic import (
    And,
    Formula,
    Literal,
    Or,
    conjunction,
    disjunction,
    disjunctive,
    holds,
    holds_at,
    literals,
    map_literals,
    negate,
    opposite,
    quick_key,
    values_of,
)

__all__ = [
    "And",
    "Formula",
    "Literal",
    "Or",
    "compare",
    "conjunction",
    "disjunction",
    "disjunctive",
    "factors",
    "from_sympy",
    "holds",
    "holds_at",
    "literals",
    "map_literals",
    "negate",
    "normalise",
    "opposite",
    "relation_to_sympy",
    "to_sympy",
    "values_of",
]

SignOf = Callable[[Polynomial], int]
Factors = tuple[tuple[Polynomial, int], ...]
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_CACHE: dict[str, tuple[int, Factors]] = {}
_CACHE_SIZE = 200_000


def factors(poly: Polynomial) -> tuple[int, Factors]:
    """Sign and primitive irreducible factors: ``poly = sign * positive number * prod(f**m)`` (0 for zero)."""
    if poly == 0:
        return 0, ()
    k = quick_key(poly)
    found = _CACHE.get(k)
    if found is None:
        constant, parts = poly.factor()
        sign = 1 if constant > 0 else -1
        primes = []
        for part, power in parts:
            lead, prime = primitive(part)
            sign *= lead if power % 2 else 1
            primes.append((prime, int(power)))
        if len(_CACHE) >= _CACHE_SIZE:
            _CACHE.clear()
        found = _CACHE[k] = (sign, tuple(primes))
    return found


def compare(op: str, poly: Polynomial, sign_of: SignOf) -> Formula:
    """``poly op 0`` as a canonical formula; `op` is any of the six comparisons."""
    return normalise(op, poly, None, sign_of)


def normalise(op: str, num: Polynomial, den: Polynomial | None, sign_of: SignOf) -> Formula:
    """``num/den op 0`` (with den not zero) as a canonical formula.

    Parameters
    ----------
    op : {"<", "<=", ">", ">=", "==", "!="}
    num, den : polynomial
        Of one ring; no denominator is the same as 1.
    sign_of : callable
        What is known of a polynomial's sign: 1, -1 strictly, 2, -2 weakly, 0 nothing.
    """
    if op in ("<", "<="):
        return normalise(_FLIPPED[op], -num, den, sign_of)
    sign, odd, even, defined = 1, [], [], []
    pieces = [(False, *factors(num))] + ([(True, *factors(den))] if den is not None else [])
    for below, lead, parts in pieces:
        sign *= lead
        for part, power in parts:
            known = sign_of(part)
            if abs(known) == 1:
                sign *= known if power % 2 else 1
                continue
            if abs(known) == 2 and power % 2:
                sign *= known // 2
            if below:
                defined.append(_nonzero(part, known))
                if power % 2 and abs(known) != 2:
                    odd.append((part, 0, True))
            elif power % 2:
                odd.append((part, known, False))
            else:
                even.append((part, known))
    return conjunction(_core(op, sign, odd, even), *defined)


def _nonzero(part: Polynomial, known: int) -> Formula:
    """``part != 0``, as a strict inequality where one side is excluded."""
    if abs(known) == 2:
        return Literal(">", part if known > 0 else -part)
    return Literal("!=", part)


def _zero(part: Polynomial, known: int) -> Formula:
    """``part == 0``, as a weak inequality where one side is excluded."""
    if abs(known) == 2:
        return Literal(">=", -part if known > 0 else part)
    return Literal("==", part)


def _core(op: str, sign: int, odd: list[Any], even: list[Any]) -> Formula:
    """The comparison once signs are known: `odd` and `even` hold what may still vanish or change sign."""
    vanishing = [(p, k) for p, k, below in odd if not below] + even
    if op in ("==", "!="):
        zero = sign == 0 or disjunction(*(_zero(p, k) for p, k in vanishing))
        return zero if op == "==" else negate(zero)
    if sign == 0:
        return op == ">="
    changing = [p for p, k, _ in odd if abs(k) != 2]
    touching = [(p, k) for p, k, _ in odd if abs(k) == 2] + even
    core: Formula = sign > 0
    if changing:
        product = changing[0]
        for p in changing[1:]:
            product = product * p
        # a product of primitive polynomials with positive leading coefficients is another
        core = Literal(op, product if sign > 0 else -product)
    if op == ">":
        return conjunction(core, *(_nonzero(p, k) for p, k in touching))
    return disjunction(core, *(_zero(p, k) for p, k in touching))


# -- SymPy ----------------------------------------------------------------------------------------


def from_sympy(condition: Any, assumptions: Assumptions, sign_of: SignOf | None = None) -> Formula:
    """Turn a SymPy relation or boolean combination of relations into a canonical formula.

    Parameters
    ----------
    condition : SymPy boolean or bool
    assumptions : Assumptions
    sign_of : callable, optional
        What is known of a polynomial's sign; by default what its coefficients say.

    Raises
    ------
    UnknownParameter
        If it uses a symbol that is not declared.
    NotPolynomial
        If a side is not a quotient of polynomials, with the relation named.
    ParameterError
        If it is no relation at all.
    """
    if condition is True or condition is False or condition in (sp.true, sp.false):
        return bool(condition)
    if isinstance(condition, Relational):
        return _relation(condition, assumptions, sign_of)
    if isinstance(condition, sp.And):
        return conjunction(*(from_sympy(a, assumptions, sign_of) for a in condition.args))
    if isinstance(condition, sp.Or):
        return disjunction(*(from_sympy(a, assumptions, sign_of) for a in condition.args))
    if isinstance(condition, sp.Not) and isinstance(condition.args[0], Relational):
        return _relation(condition.args[0].negated, assumptions, sign_of)
    if isinstance(condition, sp.logic.boolalg.Boolean) and not condition.is_Symbol:
        return from_sympy(condition.to_nnf(simplify=False), assumptions, sign_of)
    raise ParameterError(
        subject=f"condition {condition}",
        wanted="a SymPy relation, or a combination of relations with &, | and ~",
        got=f"{condition!r} ({type(condition).__name__})",
        hint="write for example p > 1/2 with the symbols that the parameters returned",
    )


def _relation(relation: Any, assumptions: Assumptions, sign_of: SignOf | None) -> Formula:
    names = {s: assumptions.resolve(s) for s in relation.free_symbols}
    floats = {f: exact_number(f, f"number in {relation}") for f in relation.atoms(sp.Float)}
    left, right = (assumptions.expand(side.xreplace({**names, **floats})) for side in relation.args)
    try:
        num, den = assumptions.ring.fraction(left - right)
    except NotPolynomial as error:
        raise NotPolynomial(
            subject=f"condition {relation}", wanted=error.wanted, got=error.got, hint=error.hint
        ) from None
    return normalise(relation.rel_op, num, den, sign_of or coordinates(assumptions).sign)


_RELATIONS = {">": sp.Gt, ">=": sp.Ge, "==": sp.Eq, "!=": sp.Ne}


def relation_to_sympy(literal: Literal, ring: Ring) -> Any:
    """One literal as a SymPy relation: what is positive on the left, what is negative on the right."""
    plus = ring.context.from_dict({m: c for m, c in literal.poly.to_dict().items() if c > 0})
    return _RELATIONS[literal.op](ring.to_sympy(plus), ring.to_sympy(plus - literal.poly))


def to_sympy(formula: Formula, ring: Ring) -> Any:
    """The formula as a SymPy boolean."""
    if isinstance(formula, bool):
        return sp.true if formula else sp.false
    if isinstance(formula, Literal):
        return relation_to_sympy(formula, ring)
    parts = [to_sympy(p, ring) for p in formula.parts]
    return sp.And(*parts) if isinstance(formula, And) else sp.Or(*parts)
