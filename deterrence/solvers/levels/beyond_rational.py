"""Logarithms, roots, powers and exponentials where signs are to be proved: replaced by symbols.

``exp(e)`` becomes a positive symbol, ``log(e)`` a real one, ``b**(p/q)`` the p-th power of a positive
symbol whose q-th power is b.  What holds of all values of the symbols holds of the expression, so
that a sign proved there is proved; a point that is found there proves nothing.  `needs` lists where
an expression is defined in the first place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import sympy as sp

from deterrence.errors import NotPolynomial
from deterrence.parameters import Assumptions, Parameter
from deterrence.polynomials import Ring
from deterrence.regions import Verdict
from deterrence.regions.meeting import meeting

__all__ = ["is_rational", "needs", "never"]

OPS = {"<": sp.Lt, "<=": sp.Le, ">": sp.Gt, ">=": sp.Ge, "==": sp.Eq}


def is_rational(expr: sp.Expr) -> bool:
    """Whether an expression is a rational function with rational coefficients."""
    try:
        Ring(sorted(expr.free_symbols, key=str)).fraction(expr)
    except NotPolynomial:
        return False
    return True


def needs(expr: sp.Expr) -> list[Any]:
    """What must hold for an expression to be a real number: divisors, logarithms and roots."""
    found: dict[Any, None] = {}
    for part in sp.preorder_traversal(expr):
        if isinstance(part, sp.log):
            found[sp.Gt(part.args[0], 0)] = None
        elif isinstance(part, sp.tan | sp.sec):
            found[sp.Ne(sp.cos(part.args[0]), 0)] = None
        elif isinstance(part, sp.Pow) and part.exp.is_Integer:
            if part.exp < 0 and not part.base.is_number:
                found[sp.Ne(sp.together(part.base), 0)] = None
        elif isinstance(part, sp.Pow):
            positive = part.exp.is_Rational and part.exp < 0
            found[sp.Gt(part.base, 0) if positive else sp.Ge(part.base, 0)] = None
    return [r for r in found if r not in (sp.true, sp.false)] + [r for r in found if r == sp.false]


def never(op: str, expr: sp.Expr, scope: Assumptions, *, seconds: float = 2.0) -> Verdict:
    """Whether nowhere within the assumptions, as far as the expression is defined, ``expr op 0`` holds.

    Raises
    ------
    NotPolynomial
        If it holds a function that has no symbol here.
    """
    if expr.is_number and expr.is_rational is not False:
        holds = bool(OPS[op](expr, 0))
        return Verdict.refutation({}) if holds else Verdict.proof("certified")
    plain = is_rational(expr)
    known, shown, facts = (scope, expr, []) if plain else _abstracted(expr, scope)
    verdict = meeting([OPS[op](shown, 0), *facts], known).is_empty(seconds=seconds, certify=False)
    if verdict.proved or plain:
        return verdict
    return Verdict.unknown("not shown with symbols in place of roots, powers and logarithms")


def _abstracted(expr: sp.Expr, scope: Assumptions) -> tuple[Assumptions, sp.Expr, list[Any]]:
    """The scope with a symbol for each kernel, the expression in them, and what is known of them."""
    put: dict[sp.Expr, sp.Expr] = {}
    facts: list[Any] = []
    fresh: list[Parameter] = []
    for kernel in sorted(_kernels(expr), key=sp.default_sort_key):
        symbol = sp.Symbol(f"kernel {len(fresh) + 1}", real=True)
        fresh.append(Parameter(symbol, "real"))
        if isinstance(kernel, sp.log):
            put[kernel] = symbol
            facts.append(sp.Gt(kernel.args[0], 0))
            continue
        facts.append(sp.Gt(symbol, 0))
        if isinstance(kernel, sp.exp):
            put[kernel] = symbol
        else:
            base, root = kernel.base, kernel.exp
            facts.append(sp.Gt(base, 0))
            if root.is_Rational:
                facts.append(sp.Eq(symbol**root.q, base))
            put |= {p: symbol ** (p.exp / root) for p in expr.atoms(sp.Pow) if p.base == base and _multiple(p, root)}
    if sp.false in facts:
        raise NotPolynomial(subject=f"expression {expr}", wanted="roots and powers of what can be positive", got="0")
    known = replace(scope, parameters=(*scope.parameters, *fresh))
    return known, expr.xreplace(put), [f for f in facts if f != sp.true and _rational_relation(f)]


def _kernels(expr: sp.Expr) -> Iterator[sp.Expr]:
    """One kernel for each logarithm, exponential and base with a root or symbolic power."""
    seen: set[Any] = set()
    for part in expr.atoms(sp.log, sp.exp, sp.Pow):
        if isinstance(part, sp.Pow) and part.exp.is_Integer:
            continue
        kernel = part
        if isinstance(part, sp.Pow) and part.exp.is_Rational:
            kernel = sp.Pow(part.base, sp.Rational(1, part.exp.q), evaluate=False)
        if kernel not in seen:
            seen.add(kernel)
            yield kernel


def _multiple(power: sp.Pow, root: sp.Expr) -> bool:
    """Whether a power of the same base is a whole power of the kernel."""
    return bool((power.exp / root).is_Integer) and not power.exp.is_Integer


def _rational_relation(relation: Any) -> bool:
    return is_rational(relation.lhs - relation.rhs)
