"""Relations beyond rational functions, decided by exact argument or not at all.

A root, a logarithm, an exponential or a power with a symbolic exponent is a *kernel*.  Kernels are
brought to common bases (``(c/b)**(3/2)`` is a polynomial in the roots of c and of b) and replaced by
fresh symbols, of which only what is true is said: ``t > 0`` and ``t**2 = c`` for a root; the sign of
``t - 1`` for a power or an exponential; the sign and ``1 - 1/u <= log(u) <= u - 1`` for a logarithm.
A relation that can hold nowhere in the new symbols holds nowhere.  The other way round nothing
follows: a refutation is a rational point at which interval arithmetic shows the relation.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import mpmath
import sympy as sp
from sympy.core.relational import Relational

from deterrence.errors import DeterrenceError, NotPolynomial
from deterrence.parameters import Assumptions, Parameter
from deterrence.polynomials import tidy
from deterrence.regions.coordinates import coordinates
from deterrence.regions.region import Region
from deterrence.regions.verdict import Verdict

__all__ = ["always", "defined", "never"]

SECONDS = 10.0
SIGN_SECONDS = 1.0
DIGITS = 60


def always(relation: Any, region: Region) -> Verdict:
    """The verdict on: the relation holds everywhere in the region, where it must also be defined."""
    if isinstance(relation, Region):
        return region.implies(relation)
    try:
        return region.implies(Region(relation, region.assumptions))
    except NotPolynomial:
        atoms = sorted(relation.atoms(Relational), key=str)
        return Verdict.all_of(
            [never(sp.Not(relation), region), *(defined(atom.lhs - atom.rhs, region) for atom in atoms)]
        )


def defined(expression: Any, region: Region, *, seconds: float = SECONDS) -> Verdict:
    """The verdict on: nowhere in the region does the denominator of the expression vanish.

    Examples
    --------
    >>> from deterrence.parameters import Parameters
    >>> P = Parameters()
    >>> p, q = P.probability("p q")
    >>> print(defined(p / (p - q), Region(p > q, P)))
    proved (certified)
    >>> defined(p / (p - q), Region.everything(P)).status
    'refuted'
    """
    below = sp.denom(sp.together(region.assumptions.expand(expression)))
    if not below.free_symbols:
        return Verdict.proof("certified", reason="no denominator")
    return never(sp.Eq(below, 0), region, seconds=seconds)


def never(relation: Any, region: Region, *, seconds: float = SECONDS) -> Verdict:
    """The verdict on: nowhere in the region does the relation hold.

    Parameters
    ----------
    relation : SymPy boolean
        Over the region's parameters.
    region : Region
    seconds : float

    Returns
    -------
    Verdict
        Undecided where neither an exact argument nor a point is found.

    Examples
    --------
    >>> from deterrence.parameters import Parameters
    >>> P = Parameters()
    >>> c, b = P.ordered("0 < c < b")
    >>> print(never(sp.sqrt(c / b) >= 1, Region.everything(P)))
    proved (certified)
    >>> print(never(sp.log(b) > 1, Region.everything(P)).status)
    refuted
    """
    try:
        return (region & Region(relation, region.assumptions)).is_empty(seconds=seconds)
    except NotPolynomial as error:
        got = error.got
    lift = _Lift(region)
    try:
        rational = lift.relation(relation)
        verdict = (region & lift.facts() & Region(rational, lift.scope)).is_empty(seconds=seconds)
    except (_Beyond, NotPolynomial) as error:
        verdict = Verdict.unknown(f"{relation} is beyond what is decided exactly ({error.args[0] or got})")
    if verdict.proved:
        return replace(verdict, reason=f"with {lift.words()}")
    point = _shown_at(relation, region, verdict)
    if point is not None:
        return Verdict.refutation(point, reason="interval arithmetic", tried=verdict.tried, seconds=verdict.seconds)
    if verdict.refuted:
        reason = f"what is known of {', '.join(str(k) for k in lift.kernels.values())} does not settle it"
        return Verdict.unknown(reason, tried=verdict.tried, seconds=verdict.seconds)
    return verdict


class _Beyond(Exception):
    """A function or a sign of which nothing is known."""


# -- kernels as symbols -----------------------------------------------------------------------------


@dataclass
class _Lift:
    """Kernels replaced by symbols, over one region.

    Attributes
    ----------
    region : Region
    kernels : dict of symbol to expression
        What each new symbol stands for.
    known : dict of symbol to SymPy boolean
        What is true of it.
    """

    region: Region
    kernels: dict[sp.Symbol, sp.Expr] = field(default_factory=dict)
    known: dict[sp.Symbol, Any] = field(default_factory=dict)

    @property
    def scope(self) -> Assumptions:
        """The region's assumptions with the new symbols, of which roots and powers are positive."""
        powers = [t for t, kernel in self.kernels.items() if not isinstance(kernel, sp.log)]
        scope = self.region.assumptions.extend(positive=powers)
        logarithms = [t for t in self.kernels if t not in powers]
        return replace(scope, parameters=scope.parameters + tuple(Parameter(t, "real") for t in logarithms))

    def facts(self) -> Region:
        """What is true of all new symbols, one by one and in pairs of a kind."""
        pairs = (_compared(*pair) for pair in itertools.combinations(self.kernels.items(), 2))
        return Region(sp.And(*self.known.values(), *pairs), self.scope)

    def words(self) -> str:
        """What the new symbols stand for."""
        return ", ".join(f"{t} = {kernel}" for t, kernel in self.kernels.items())

    def relation(self, relation: Any) -> Any:
        """The relation with kernels replaced."""
        if isinstance(relation, Relational):
            difference = self.region.assumptions.expand(relation.lhs - relation.rhs)
            return relation.func(sp.together(self.lifted(difference)), 0)
        if relation in (sp.true, sp.false, True, False):
            return relation
        return sp.to_nnf(relation, simplify=False).func(*(self.relation(a) for a in relation.args))

    def lifted(self, expr: sp.Expr) -> sp.Expr:
        """An expression as a rational function of parameters and new symbols."""
        if expr.is_Symbol or expr.is_Rational:
            return expr
        if isinstance(expr, sp.Add | sp.Mul):
            return expr.func(*(self.lifted(a) for a in expr.args))
        if isinstance(expr, sp.Pow) and expr.exp.is_Integer:
            return self.lifted(expr.base) ** expr.exp
        if isinstance(expr, sp.exp):
            return sp.Mul(*(self._exponential(c, m) for c, m in _terms(expr.args[0])))
        if isinstance(expr, sp.Pow):
            factors = self._spread(expr.base)
            return sp.Mul(*(self._power(f, c, m) for f, k in factors for c, m in _terms(k * expr.exp)))
        if isinstance(expr, sp.log):
            return sp.Add(*(self.lifted(sp.sympify(k)) * self._logarithm(f) for f, k in self._spread(expr.args[0])))
        raise _Beyond(str(expr))

    def _spread(self, base: sp.Expr) -> list[tuple[sp.Expr, sp.Expr]]:
        """A positive base as powers of positive factors, powers within it taken apart."""
        found: list[tuple[sp.Expr, sp.Expr]] = []
        rest: list[sp.Expr] = []
        for factor in sp.Mul.make_args(base):
            if factor.is_Pow and not factor.exp.is_Integer:
                found += [(f, k * factor.exp) for f, k in self._spread(factor.base)]
            else:
                rest.append(factor)
        return [*found, *self._factors(sp.Mul(*rest))]

    def _factors(self, base: sp.Expr) -> list[tuple[sp.Expr, int]]:
        """A positive base as a product of positive powers of what cannot be taken apart."""
        whole = tidy(base)
        parts = [(f.base, int(f.exp)) if f.is_Pow and f.exp.is_Integer else (f, 1) for f in sp.Mul.make_args(whole)]
        parts = [p for f, k in parts for p in (_primes(f, k) if f.is_Rational else [(f, k)])]
        signed = [(f, k, self._sign(f)) for f, k in parts]
        if all(s for *_, s in signed) and sum(k for _, k, s in signed if s < 0) % 2 == 0:
            return [(f if s > 0 else -f, k) for f, k, s in signed if f != -1]
        if whole == 1:
            return []
        if self._sign(whole) <= 0:
            raise _Beyond(f"{base}, which is not shown to be positive")
        return [(whole, 1)]

    def _sign(self, expr: sp.Expr) -> int:
        """The strict sign of an expression throughout the region; 0 if it is not known."""
        if expr.is_Rational:
            return int(sp.sign(expr))
        ring = self.region.assumptions.ring
        try:
            num, den = ring.fraction(expr)
        except NotPolynomial:
            return 0
        sign = coordinates(self.region.assumptions).sign
        if abs(sign(num)) == abs(sign(den)) == 1:
            return sign(num) * sign(den)
        for value, wrong in ((1, sp.Le(expr, 0)), (-1, sp.Ge(expr, 0))):
            inside = self.region & Region(wrong, self.region.assumptions)
            if inside.is_empty(seconds=SIGN_SECONDS, certify=False).proved:
                return value
        return 0

    # -- the kinds -------------------------------------------------------------------------------

    def _symbol(self, kernel: sp.Expr) -> sp.Symbol:
        for t, known in self.kernels.items():
            if known == kernel:
                return t
        taken = {s.name for s in self.region.assumptions.ring.symbols}
        name = next(n for k in range(1, 10**6) if (n := f"t{k}") not in taken | {t.name for t in self.kernels})
        t = sp.Symbol(name, real=True)
        self.kernels[t] = kernel
        return t

    def _power(self, base: sp.Expr, number: sp.Rational, part: sp.Expr) -> sp.Expr:
        """``base**(number * part)`` for a positive base."""
        if part == 1:
            whole = sp.floor(number)
            rest = number - whole
            return base**whole * (self._root(base, int(rest.q)) ** int(rest.p) if rest else 1)
        t = self._symbol(sp.Pow(base, part / number.q, evaluate=False))
        self.known[t] = _beside_one(t, (base - 1) * part)
        return t ** int(number.p)

    def _root(self, base: sp.Expr, degree: int) -> sp.Expr:
        t = self._symbol(sp.Pow(base, sp.Rational(1, degree), evaluate=False))
        self.known[t] = sp.Eq(t**degree, base)
        return t

    def _exponential(self, number: sp.Rational, part: sp.Expr) -> sp.Expr:
        kernel = sp.exp(part / number.q)
        t = self._symbol(kernel)
        self.known[t] = sp.And(_beside_one(t, part), t >= 1 + part / number.q)
        return t ** int(number.p)

    def _logarithm(self, base: sp.Expr) -> sp.Expr:
        t = self._symbol(sp.log(base, evaluate=False))
        bounds = sp.And(*_between(t, sp.log(base))) if base.is_Rational else sp.And(t <= base - 1, t >= 1 - 1 / base)
        self.known[t] = sp.And(_same_sign(t, base - 1), bounds)
        return t


def _beside_one(t: sp.Symbol, height: sp.Expr) -> Any:
    """``t - 1`` has the sign of the height."""
    return _same_sign(t - 1, height)


def _compared(first: tuple[sp.Symbol, sp.Expr], second: tuple[sp.Symbol, sp.Expr]) -> Any:
    """What is true of two kernels of one kind: each grows with its base (or falls, by the exponent's sign)."""
    (s, a), (t, b) = first, second
    if isinstance(a, sp.log) and isinstance(b, sp.log):
        u, v = a.args[0], b.args[0]
        return sp.And(_same_sign(s - t, u - v), v * (s - t) <= u - v, u * (s - t) >= u - v)
    if isinstance(a, sp.exp) and isinstance(b, sp.exp):
        return _same_sign(s - t, sp.together(a.args[0] - b.args[0]))
    if a.is_Pow and b.is_Pow and a.exp == b.exp and not a.exp.is_Rational:
        return _same_sign(s - t, sp.together((a.base - b.base) * a.exp))
    return sp.true


def _same_sign(left: sp.Expr, right: sp.Expr) -> Any:
    return sp.Or(
        sp.And(sp.Gt(left, 0), sp.Gt(right, 0)), sp.And(sp.Eq(left, 0), sp.Eq(right, 0)),
        sp.And(sp.Lt(left, 0), sp.Lt(right, 0)),
    )  # fmt: skip


def _between(t: sp.Symbol, number: sp.Expr) -> tuple[Any, Any]:
    """A number between two fractions, by interval arithmetic."""
    with mpmath.workdps(DIGITS):
        value = mpmath.iv.log(mpmath.iv.mpf(int(number.args[0].p)) / mpmath.iv.mpf(int(number.args[0].q)))
        low, high = (sp.Rational(sp.Float(mpmath.mpf(end), 30)) for end in (value.a, value.b))
    width = sp.Rational(1, 10**12)
    return t > low - width, t < high + width


def _terms(exponent: sp.Expr) -> list[tuple[sp.Rational, sp.Expr]]:
    """An exponent as a sum of numbers times parts without a numeric factor.

    Examples
    --------
    >>> n = sp.Symbol("n", real=True)
    >>> _terms(2 * n / (n - 1))
    [(2, 1), (2, 1/(n - 1))]
    """
    whole = sp.together(exponent)
    if len(whole.free_symbols) == 1:
        whole = sp.apart(whole, next(iter(whole.free_symbols)))
    found: dict[sp.Expr, sp.Rational] = {}
    for term in sp.Add.make_args(sp.expand_mul(whole)):
        number, part = term.as_coeff_Mul()
        if not number.is_Rational:
            raise _Beyond(str(exponent))
        found[part] = found.get(part, sp.S.Zero) + number
    return [(number, part) for part, number in found.items()]


def _primes(number: sp.Rational, power: int) -> Iterator[tuple[sp.Expr, int]]:
    """A rational number as powers of primes (and of -1)."""
    for prime, exponent in sp.factorrat(number).items():
        yield sp.Integer(prime), exponent * power


# -- points -------------------------------------------------------------------------------------------


def _shown_at(relation: Any, region: Region, verdict: Verdict) -> dict[sp.Symbol, Any] | None:
    """A rational point of the region at which interval arithmetic shows the relation."""
    for point in _points(region, verdict):
        whole = set(region.symbols) <= set(point) and all(sp.sympify(v).is_Rational for v in point.values())
        if whole and region.contains(point) and _true(relation, region.assumptions, point):
            return point
    return None


def _points(region: Region, verdict: Verdict) -> Iterator[dict[sp.Symbol, Any]]:
    """Points to try: of the relaxed question, of the region, and the sample values."""
    known = region.assumptions
    usual: dict[sp.Symbol, Any] = dict(known.sample_point())
    if verdict.counterexample is not None:
        yield {s: v for s, v in verdict.counterexample.items() if s in known}
    try:
        found = region.witness(seconds=SIGN_SECONDS)
    except DeterrenceError:
        found = None
    if found is not None:
        whole = {**found, **{s: v for s, v in usual.items() if s not in found}}
        yield whole
    if set(usual) == set(known.symbols):
        yield usual
    base = found or usual
    for scale in (sp.Rational(1, 8), sp.Integer(3), sp.Integer(10)):
        yield {s: v * scale for s, v in base.items()}


def _true(relation: Any, known: Assumptions, point: Mapping[sp.Symbol, Any]) -> bool:
    """Whether interval arithmetic shows the relation at a point."""
    if isinstance(relation, sp.And):
        return all(_true(a, known, point) for a in relation.args)
    if isinstance(relation, sp.Or):
        return any(_true(a, known, point) for a in relation.args)
    if isinstance(relation, sp.Not):
        return _true(sp.to_nnf(relation, simplify=False), known, point) if relation.args[0].args else False
    if not isinstance(relation, Relational):
        return relation == sp.true
    value = known.expand(relation.lhs - relation.rhs).subs(dict(point))
    if value.free_symbols or value.has(sp.zoo, sp.nan, sp.oo):
        return False
    low, high = _enclosed(value)
    return {">": low > 0, ">=": low >= 0, "<": high < 0, "<=": high <= 0, "!=": low > 0 or high < 0}.get(
        relation.rel_op, False
    )


def _enclosed(value: sp.Expr) -> tuple[Any, Any]:
    """Bounds of a real number."""
    if value.is_Rational:
        return value, value
    iv = mpmath.iv
    before, iv.dps = iv.dps, DIGITS
    try:
        names = {"log": iv.log, "exp": iv.exp, "sqrt": iv.sqrt}
        exact = value.xreplace({r: sp.Function("ratio")(r.p, r.q) for r in value.atoms(sp.Rational) if r.q != 1})
        found = iv.mpf(sp.lambdify([], exact, modules=[{**names, "ratio": lambda p, q: iv.mpf(p) / iv.mpf(q)}])())
        return found.a, found.b
    except (ValueError, ZeroDivisionError, TypeError, NameError, AttributeError, mpmath.libmp.ComplexResult):
        return mpmath.mpf("-inf"), mpmath.mpf("inf")
    finally:
        iv.dps = before
