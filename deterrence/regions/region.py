"""Regions: sets of parameter values given by exact conditions, with questions that are proved or refuted.

A region is the set of points where its assumptions hold and its condition too (for some values of the
quantified symbols, if it has any).  It is immutable; `&`, `|` and `~` build new ones.  Questions
return a `Verdict`, never a truth value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sympy as sp

from deterrence.errors import DeterrenceError, ParameterError, PointError
from deterrence.parameters import Assumptions, Parameters
from deterrence.polynomials import Ring
from deterrence.regions import combine, scope
from deterrence.regions.algebraic import holds_at_algebraic, is_irrational
from deterrence.regions.closures import closure_is_exact, relaxed, tightened
from deterrence.regions.decide import TIME_LIMIT, Answer, is_empty, satisfiable
from deterrence.regions.eliminate import eliminate
from deterrence.regions.formula import from_sympy, to_sympy
from deterrence.regions.given import Given, checked, combined, explained
from deterrence.regions.logic import (
    And,
    Formula,
    Literal,
    Or,
    conjunction,
    disjunction,
    holds,
    literals,
    negate,
)
from deterrence.regions.points import assumed
from deterrence.regions.simplify import simplify
from deterrence.regions.verdict import Verdict

__all__ = ["Region"]

_KEPT = "the quantified symbol {} could not be eliminated, so the complement has no form without quantifiers"


@dataclass(frozen=True, init=False, repr=False)
class Region:
    """A semialgebraic set of parameter values.

    Parameters
    ----------
    condition : SymPy relation or boolean, bool, or Formula over ``assumptions.ring``
        Symbols are resolved by name; dependent and defined ones are expanded.
    assumptions : Assumptions or Parameters
        What always holds.
    exists : iterable of sympy.Symbol
        Symbols that are quantified: "for some value". Declared ones keep what is assumed of them.

    Raises
    ------
    UnknownParameter
        If the condition uses a symbol that is not declared.
    NotPolynomial
        If a side of a relation is not a quotient of polynomials.

    Examples
    --------
    >>> from deterrence.parameters import Parameters
    >>> P = Parameters()
    >>> low, mid, high = P.ordered("low < mid < high")
    >>> p = P.probability("p")
    >>> region = Region(p * low + (1 - p) * high <= mid, P)
    >>> print(region)
    p >= (high - mid)/(high - low)
    >>> print(region.equals(Region(p >= (high - mid) / (high - low), P)))
    proved (certified)
    """

    formula: Formula
    assumptions: Assumptions
    pending: tuple[sp.Symbol, ...] = ()
    given: Given | None = field(default=None, compare=False)

    def __init__(
        self, condition: Any, assumptions: Assumptions | Parameters, *, exists: Iterable[sp.Symbol] = ()
    ) -> None:
        scope_ = assumptions.snapshot() if isinstance(assumptions, Parameters) else assumptions
        exists = tuple(exists)
        scope_ = scope.declared(scope_, exists)
        if isinstance(condition, bool | Literal | And | Or):
            formula, source = condition, Given("is", (condition,)) if isinstance(condition, bool) else None
        else:
            formula, source = from_sympy(condition, scope_), Given("is", (condition,))
        used = _symbols(formula, scope_.ring)
        pending = tuple(s for s in map(scope_.resolve, exists) if s in used or scope.relations_on(scope_, s))
        self._set(formula, scope_, pending, source)

    def _set(
        self, formula: Formula, assumptions: Assumptions, pending: tuple[sp.Symbol, ...], source: Given | None
    ) -> None:
        object.__setattr__(self, "formula", formula)
        object.__setattr__(self, "assumptions", assumptions)
        object.__setattr__(self, "pending", pending)
        object.__setattr__(self, "given", source)

    @classmethod
    def _made(
        cls,
        formula: Formula,
        assumptions: Assumptions,
        pending: tuple[sp.Symbol, ...] = (),
        source: Given | None = None,
    ) -> Region:
        region = object.__new__(cls)
        region._set(formula, assumptions, pending, source)
        return region

    @classmethod
    def everything(cls, assumptions: Assumptions | Parameters) -> Region:
        """All points that satisfy the assumptions."""
        return cls(True, assumptions)

    @classmethod
    def nothing(cls, assumptions: Assumptions | Parameters) -> Region:
        """No point."""
        return cls(False, assumptions)

    # -- algebra ---------------------------------------------------------------------------------

    def __and__(self, other: Region) -> Region:
        f, g, assumptions, pending = _together(self, other, open_up=False)
        return Region._made(conjunction(f, g), assumptions, pending, _given_by("and", self, other))

    def __or__(self, other: Region) -> Region:
        f, g, assumptions, pending = _together(self, other, open_up=True)
        return Region._made(disjunction(f, g), assumptions, pending, _given_by("or", self, other))

    def __invert__(self) -> Region:
        bare = self.eliminate() if self.pending else self
        if bare.pending:
            raise DeterrenceError(
                subject=f"complement of {self}",
                problem=_KEPT.format(", ".join(s.name for s in bare.pending)),
                hint="ask for disjoint(...) or is_empty() instead, which need no complement",
            )
        return Region._made(negate(bare.formula), bare.assumptions, (), combined("not", bare.given))

    # -- membership ------------------------------------------------------------------------------

    @property
    def symbols(self) -> tuple[sp.Symbol, ...]:
        """The parameters that the condition uses, in order of declaration."""
        used = _symbols(self.formula, self.assumptions.ring) - set(self.pending)
        return tuple(s for s in self.assumptions.ring.symbols if s in used)

    def contains(self, point: Mapping[Any, Any]) -> bool:
        """Whether a point lies in the region (exact).

        Parameters
        ----------
        point : mapping of symbol or name to number
            All parameters that the condition uses; others may be left out.

        Raises
        ------
        PointError
            If a parameter that is needed is missing, or a value is no exact number.
        """
        if any(map(is_irrational, point.values())):
            return holds_at_algebraic(self.to_sympy(), self.assumptions, point, self.pending)
        exact = self.assumptions.exact_point(point)
        missing = [s.name for s in self.symbols if s not in exact]
        if missing:
            raise PointError(
                subject="point", wanted=f"a value for {', '.join(missing)}", got=", ".join(map(str, exact)) or "none"
            )
        if self.assumptions.violated(exact):
            return False
        if not self.pending and not holds(self.formula, self.assumptions.ring, exact):
            return False
        return self._completes(exact)

    def _completes(self, exact: Mapping[sp.Symbol, Any]) -> bool:
        """Whether what the point leaves open can be filled in."""
        rest = combine.fixed(self.assumptions, exact)
        linked = any(r.free_symbols & set(exact) and r.free_symbols - set(exact) for r in self.assumptions.relations)
        if not self.pending and not linked:
            return True
        formula = combine.at_point(self.formula, self.assumptions, exact, rest) if self.pending else True
        answer = satisfiable(conjunction(assumed(rest), formula), rest)
        if answer.status == "unknown":
            raise DeterrenceError(
                subject="membership", problem=f"not decided within {TIME_LIMIT} s ({', '.join(answer.tried)})"
            )
        return answer.status == "sat"

    def at(self, point: Mapping[Any, Any]) -> Region:
        """The slice where some parameters have given values: a region over the others.

        Raises
        ------
        PointError
            If the values break an assumption.
        """
        exact = self.assumptions.exact_point(point)
        broken = self.assumptions.violated(exact)
        if broken:
            raise PointError(
                subject=", ".join(f"{s} = {v}" for s, v in exact.items()),
                wanted="a point where the assumptions hold",
                got=f"one that breaks {', '.join(map(str, broken))}",
            )
        rest = combine.fixed(self.assumptions, exact)
        formula = combine.at_point(self.formula, self.assumptions, exact, rest)
        return Region._made(formula, rest, tuple(s for s in self.pending if s not in exact))

    # -- questions -------------------------------------------------------------------------------

    def is_empty(self, *, seconds: float = TIME_LIMIT, certify: bool = True) -> Verdict:
        """Whether no point lies in the region; a refutation gives one that does."""
        verdict = is_empty(self.formula, self.assumptions, seconds=seconds, certify=certify)
        if certify and self.formula is False:
            verdict = explained(verdict, self.given, self.assumptions)
        return checked(verdict, self.given, self.assumptions)

    def implies(self, other: Region, *, seconds: float = TIME_LIMIT, certify: bool = True) -> Verdict:
        """Whether the region lies inside the other; a refutation gives a point outside."""
        return self._outside([other], seconds, certify)

    def covers(self, *others: Region, seconds: float = TIME_LIMIT, certify: bool = True) -> Verdict:
        """Whether the region and the others together contain every point that satisfies the assumptions."""
        return Region.everything(self.assumptions)._outside([self, *others], seconds, certify)

    def disjoint(self, other: Region, *, seconds: float = TIME_LIMIT, certify: bool = True) -> Verdict:
        """Whether the regions have no point in common; a refutation gives one."""
        return (self & other).is_empty(seconds=seconds, certify=certify)

    def equals(self, other: Region, *, seconds: float = TIME_LIMIT, certify: bool = True) -> Verdict:
        """Whether both are the same set; a refutation gives a point of one that is not in the other."""
        there = self.implies(other, seconds=seconds / 2, certify=certify)
        if there.refuted:
            return there
        back = other.implies(self, seconds=seconds / 2, certify=certify)
        return Verdict.all_of([there, back])

    def _outside(self, others: list[Region], seconds: float, certify: bool) -> Verdict:
        """Whether no point of this region lies outside all the others."""
        try:
            rest = self
            for other in others:
                rest = rest & ~other
        except DeterrenceError as error:
            return Verdict.unknown(str(error), tried=("elimination",))
        return rest.is_empty(seconds=seconds, certify=certify)

    def find(self, *, seconds: float = TIME_LIMIT) -> Answer:
        """Look for a point: "sat" with an exact one, "unsat", or "unknown" with the reason."""
        answer = satisfiable(self.formula, self.assumptions, seconds=seconds)
        verdict = Verdict.refutation(answer.point) if answer.status == "sat" else None
        if verdict is not None and checked(verdict, self.given, self.assumptions).undecided:
            return Answer("unknown", reason="the point found fails in the condition as it was given")
        return answer

    def witness(self, *, seconds: float = TIME_LIMIT) -> dict[sp.Symbol, Any] | None:
        """An exact point of the region, verified by substitution.

        Rational wherever the region has an interior, algebraic where no rational point was found.

        Returns
        -------
        dict of sympy.Symbol to number, or None
            None if the region is empty.

        Raises
        ------
        DeterrenceError
            If neither a point nor a proof of emptiness was found in time.
        """
        answer = self.find(seconds=seconds)
        if answer.status == "unknown":
            raise DeterrenceError(
                subject="witness",
                problem=f"undecided after {answer.seconds:.1f} s (tried {', '.join(answer.tried)}): {answer.reason}",
                hint="is_empty() gives the same answer as a verdict; more time or more assumptions may settle it",
            )
        return answer.point

    # -- other forms -----------------------------------------------------------------------------

    def eliminate(self, *symbols: Any, seconds: float = TIME_LIMIT) -> Region:
        """The values of the other parameters for which there are values of these (and of what is pending).

        Symbols that could not be eliminated stay quantified: see `pending`.
        """
        targets = [scope.independent(self.assumptions, s, f"elimination of {s}") for s in symbols]
        done = eliminate(self.formula, self.assumptions, [*targets, *self.pending], seconds=seconds)
        return Region._made(done.formula, done.assumptions, done.pending)

    def simplify(self, *, seconds: float = TIME_LIMIT) -> Region:
        """The same set with a shorter condition."""
        formula = simplify(self.formula, self.assumptions, seconds=seconds)
        used = _symbols(formula, self.assumptions.ring)
        pending = tuple(s for s in self.pending if s in used or scope.relations_on(self.assumptions, s))
        return Region._made(formula, self.assumptions, pending, self.given)

    @property
    def closure(self) -> Region:
        """The region with its boundary: strict signs of the simplified form made weak.

        It contains the topological closure (relative to the assumptions), and equals it wherever
        `closure_is_exact` says so.
        """
        simple = self.simplify()
        return Region._made(relaxed(simple.formula), self.assumptions, simple.pending).simplify()

    @property
    def interior(self) -> Region:
        """The region without its boundary: weak signs of the simplified form made strict.

        It is open and lies inside the region; it is the largest such set wherever the closure of the
        complement is exact.
        """
        simple = self.simplify()
        return Region._made(tightened(simple.formula), self.assumptions, simple.pending).simplify()

    def closure_is_exact(self) -> bool:
        """Whether it is shown that every point of `closure` is a limit of points of the region."""
        return not self.pending and closure_is_exact(self.simplify().formula, self.assumptions)

    def boundary(
        self,
        x: Any,
        y: Any,
        *,
        at: Mapping[Any, Any] | None = None,
        x_range: tuple[Any, Any] = (0, 1),
        y_range: tuple[Any, Any] = (0, 1),
    ) -> Any:
        """The exact arcs that bound a two-dimensional slice, each with its equation.

        Only what lies inside the window ``x_range`` by ``y_range`` is returned; the frame of the
        window is no boundary.
        """
        from deterrence.regions.boundary import boundary

        return boundary(self, x, y, at=at or {}, x_range=x_range, y_range=y_range)

    def to_sympy(self) -> Any:
        """The condition as a SymPy boolean (quantified symbols stand in it as they are)."""
        return to_sympy(self.formula, self.assumptions.ring)

    # -- printing --------------------------------------------------------------------------------

    def text(self, *prefer: Any, names: Mapping[Any, str] | None = None) -> str:
        """The condition in words, solved for preferred parameters first; `names` of thresholds replace them."""
        from deterrence.regions.present import text

        return text(self, prefer, names)

    def latex(self, *prefer: Any, names: Mapping[Any, str] | None = None) -> str:
        """The condition in LaTeX."""
        from deterrence.regions.present import latex

        return latex(self, prefer, names)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"Region({self.text()})"

    def _repr_latex_(self) -> str:
        return f"${self.latex()}$"


# -- helpers --------------------------------------------------------------------------------------


def _symbols(formula: Formula, ring: Ring) -> set[sp.Symbol]:
    return {s for f in literals(formula) for s in ring.used(f.poly)}


def _together(a: Region, b: Region, open_up: bool) -> tuple[Formula, Formula, Assumptions, tuple[sp.Symbol, ...]]:
    """Both formulas over one ring; quantified symbols kept apart."""
    if not isinstance(b, Region):
        raise ParameterError(subject="region", wanted="another Region to combine with", got=repr(b))
    f, scope_a, g, scope_b = a.formula, a.assumptions, b.formula, b.assumptions
    pending = b.pending
    if a.pending or b.pending:
        taken = {p.name for p in scope_a.parameters} if b.pending else set()
        g, scope_b, pending = combine.renamed(g, scope_b, b.pending, taken | {s.name for s in b.symbols})
        if open_up:
            f, scope_a = combine.opened(f, scope_a, a.pending)
            g, scope_b = combine.opened(g, scope_b, pending)
    f, g, assumptions = combine.aligned((f, scope_a), (g, scope_b))
    return f, g, assumptions, a.pending + pending


def _given_by(kind: str, a: Region, b: Region) -> Given | None:
    """Both conditions as given, where they speak of the same symbols under the same assumptions."""
    if a.pending or b.pending or a.assumptions != b.assumptions:
        return None
    if a.given is None and b.given is None:
        return None
    return combined(kind, *(r.given or Given("formula", (r.formula,)) for r in (a, b)))
