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
    "by_cases",
    "compare",
    "compare_zero",
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
    "plainer",
    "relation_to_sympy",
    "to_sympy",
    "values_of",
]

SignOf = Callable[[Polynomial], int]
Factors = tuple[tuple[Polynomial, int], ...]
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_CACHE: dict[str, tuple[int, Factors]] = {}
_CACHE_SIZE = 200_000
_FACTORED_DEGREE = 400
_LARGEST_POWER = 1000


def factors(poly: Polynomial) -> tuple[int, Factors]:
    """Sign and primitive irreducible factors: ``poly = sign * positive number * prod(f**m)`` (0 for zero).

    Where the degree is so high that factoring might not end, the polynomial counts as one factor.
    """
    if poly == 0:
        return 0, ()
    if poly.total_degree() > _FACTORED_DEGREE:
        lead, part = primitive(poly)
        return lead, ((part, 1),)
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


def compare_zero(op: str, expr: sp.Expr, assumptions: Assumptions) -> Formula:
    """``expr op 0``, for a quotient of polynomials, as a formula over the parameters."""
    num, den = assumptions.ring.fraction(expr)
    return normalise(op, num, den, coordinates(assumptions).sign)


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
    if isinstance(condition, sp.logic.boolalg.Boolean) and not condition.is_Symbol:
        return from_sympy(plainer(condition), assumptions, sign_of)
    raise _no_condition(condition)


def plainer(condition: Any) -> Any:
    """A boolean that is no relation, "and" or "or", one step closer to these.

    Raises
    ------
    ParameterError
        If there is no such step.
    """
    if isinstance(condition, sp.Not) and isinstance(condition.args[0], Relational):
        return condition.args[0].negated
    if isinstance(condition, sp.Contains) and isinstance(condition.args[1], sp.Interval):
        return condition.args[1].as_relational(condition.args[0])
    found = condition.to_nnf(simplify=False)
    if found == condition:
        raise _no_condition(condition)
    return found


def _no_condition(condition: Any) -> ParameterError:
    return ParameterError(
        subject=f"condition {condition}",
        wanted="a SymPy relation, or a combination of relations with &, | and ~",
        got=f"{condition!r} ({type(condition).__name__})",
        hint="write for example p > 1/2 with the symbols that the parameters returned",
    )


def _relation(relation: Any, assumptions: Assumptions, sign_of: SignOf | None) -> Formula:
    cases = by_cases(relation)
    if cases is not None:
        return from_sympy(cases, assumptions, sign_of)
    names = {s: assumptions.resolve(s) for s in relation.free_symbols}
    floats = {f: exact_number(f, f"number in {relation}") for f in relation.atoms(sp.Float)}
    left, right = (assumptions.expand(side.xreplace({**names, **floats})) for side in relation.args)
    sign = sign_of or coordinates(assumptions).sign
    try:
        _check_powers(left - right)
        num, den = assumptions.ring.fraction(left - right)
        divisors = [assumptions.ring.fraction(d)[0] for d in _divisors(left - right)]
    except NotPolynomial as error:
        hint = error.hint
        if any(a.is_number and a.is_irrational and a.is_algebraic for a in sp.preorder_traversal(left - right)):
            hint = "an irrational number is written by its equation, as x**2 > 2 and x > 0 for x > sqrt(2)"
        raise NotPolynomial(subject=f"condition {relation}", wanted=error.wanted, got=error.got, hint=hint) from None
    # what is divided by must not vanish, even where it cancels: the relation as typed says nothing there
    defined = (normalise("!=", d, None, sign) for d in divisors)
    return conjunction(normalise(relation.rel_op, num, den, sign), *defined)


def by_cases(relation: Any) -> Any:
    """A relation with Abs, Min, Max or Piecewise in it as cases without the innermost of these; None if it has none."""
    found = [a for a in relation.atoms(*_CASES) if not any(arg.has(*_CASES) for arg in a.args)]
    if not found:
        return None
    atom = min(found, key=str)
    return sp.Or(
        *(sp.And(condition, relation.xreplace({atom: value}), evaluate=False) for value, condition in _cases_of(atom)),
        evaluate=False,
    )


_CASES = (sp.Abs, sp.Max, sp.Min, sp.Piecewise)


def _cases_of(atom: Any) -> list[tuple[Any, Any]]:
    """Each value that the function takes, with the condition under which it does."""
    if isinstance(atom, sp.Abs):
        (inside,) = atom.args
        return [(inside, inside >= 0), (-inside, inside < 0)]
    if isinstance(atom, sp.Piecewise):
        before = [condition for _, condition in atom.args]
        return [(v, sp.And(c, *(sp.Not(b) for b in before[:k]))) for k, (v, c) in enumerate(atom.args)]
    wins = sp.Ge if isinstance(atom, sp.Max) else sp.Le
    return [(a, sp.And(*(wins(a, b) for b in atom.args if b != a))) for a in atom.args]


def _divisors(expr: Any) -> list[Any]:
    """Everything that the expression divides by."""
    powers = (e for e in sp.preorder_traversal(expr) if e.is_Pow and e.exp.is_Integer and e.exp < 0)
    return list(dict.fromkeys(e.base for e in powers if e.base.free_symbols))


def _check_powers(expr: Any) -> None:
    """Refuse powers that no engine could take in."""
    for e in sp.preorder_traversal(expr):
        if e.is_Pow and e.exp.is_Integer and abs(e.exp) > _LARGEST_POWER:
            raise NotPolynomial(
                subject=f"expression {e}", wanted=f"powers up to {_LARGEST_POWER}", got=f"the power {e.exp}"
            )


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
