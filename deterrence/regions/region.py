"""Regions: sets of parameter values given by exact conditions, with questions that are proved or refuted.

A region is the set of points where its assumptions hold and its condition too (for some values of the
quantified symbols, if it has any).  It is immutable; `&`, `|` and `~` build new ones.  Questions
return a `Verdict`, never a truth value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sympy as sp

from deterrence.errors import DeterrenceError, ParameterError
from deterrence.parameters import Assumptions, Parameters
from deterrence.polynomials import Ring
from deterrence.regions import combine, scope
from deterrence.regions.clock import Clock
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
    literals,
    negate,
)
from deterrence.regions.membership import contains, sliced
from deterrence.regions.simplify import simplify
from deterrence.regions.trust import Taken, backed, merged
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
    taken : iterable of Taken
        What was taken on an engine's word when a formula was found (see `Region.taken`).

    Attributes
    ----------
    taken : tuple of Taken
        The impossibilities that elimination and simplification took on an engine's word on the way to
        this condition.  A proof about the region shows them again, and is graded by the weakest.

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
    taken: tuple[Taken, ...] = field(default=(), compare=False)

    def __init__(
        self,
        condition: Any,
        assumptions: Assumptions | Parameters,
        *,
        exists: Iterable[sp.Symbol] = (),
        taken: Iterable[Taken] = (),
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
        self._set(formula, scope_, pending, source, tuple(taken))

    def _set(
        self,
        formula: Formula,
        assumptions: Assumptions,
        pending: tuple[sp.Symbol, ...],
        source: Given | None,
        taken: tuple[Taken, ...],
    ) -> None:
        object.__setattr__(self, "formula", formula)
        object.__setattr__(self, "assumptions", assumptions)
        object.__setattr__(self, "pending", pending)
        object.__setattr__(self, "given", source)
        object.__setattr__(self, "taken", taken)

    @classmethod
    def _made(
        cls,
        formula: Formula,
        assumptions: Assumptions,
        pending: tuple[sp.Symbol, ...] = (),
        source: Given | None = None,
        taken: tuple[Taken, ...] = (),
    ) -> Region:
        region = object.__new__(cls)
        region._set(formula, assumptions, pending, source, taken)
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
        return self._joined("and", other)

    def __or__(self, other: Region) -> Region:
        return self._joined("or", other)

    def _joined(self, kind: str, other: Region) -> Region:
        _check_region(kind, other)
        f, g, assumptions, pending = combine.together(self, other, open_up=kind == "or")
        formula = conjunction(f, g) if kind == "and" else disjunction(f, g)
        return Region._made(
            formula, assumptions, pending, _given_by(kind, self, other), merged(self.taken, other.taken)
        )

    def __invert__(self) -> Region:
        return self._complement(Clock(TIME_LIMIT))

    def _complement(self, clock: Clock) -> Region:
        bare = self.eliminate(seconds=clock.left) if self.pending else self
        if bare.pending:
            raise DeterrenceError(
                subject=f"complement of {self}",
                problem=_KEPT.format(", ".join(s.name for s in bare.pending)),
                hint="ask for disjoint(...) or is_empty() instead, which need no complement",
            )
        return Region._made(negate(bare.formula), bare.assumptions, (), combined("not", bare.given), bare.taken)

    def __bool__(self) -> bool:
        raise TypeError(f"a Region is not a truth value (this one is {self}): ask is_empty() or contains(point)")

    # -- membership ------------------------------------------------------------------------------

    @property
    def symbols(self) -> tuple[sp.Symbol, ...]:
        """The parameters that the condition uses, in order of declaration."""
        used = _symbols(self.formula, self.assumptions.ring) - set(self.pending)
        return tuple(s for s in self.assumptions.ring.symbols if s in used)

    def contains(self, point: Mapping[Any, Any], *, seconds: float = TIME_LIMIT) -> bool:
        """Whether a point lies in the region (exact).

        Parameters
        ----------
        point : mapping of symbol or name to number
            All parameters that the condition uses; others may be left out.
        seconds : float
            Limit for what the point leaves open: quantified symbols, and parameters that are left out.

        Raises
        ------
        PointError
            If a parameter that is needed is missing, or a value is no exact number.
        DeterrenceError
            If that could not be decided in time.
        """
        return contains(self, point, Clock(seconds).left)

    def at(self, point: Mapping[Any, Any]) -> Region:
        """The slice where some parameters have given values: a region over the others.

        Raises
        ------
        PointError
            If the values break an assumption.
        """
        formula, rest, exact = sliced(self, point)
        return Region._made(formula, rest, tuple(s for s in self.pending if s not in exact), None, self.taken)

    # -- questions -------------------------------------------------------------------------------

    def is_empty(self, *, seconds: float = TIME_LIMIT, certify: bool = True) -> Verdict:
        """Whether no point lies in the region; a refutation gives one that does.

        Parameters
        ----------
        seconds : float
            Time limit of the whole.
        certify : bool
            Look for certificates; without them a proof rests on engines.
        """
        return self._emptiness(Clock(seconds), certify)

    def _emptiness(self, clock: Clock, certify: bool) -> Verdict:
        asking = clock.left / 2 if self.taken else clock.left
        verdict = is_empty(self.formula, self.assumptions, seconds=asking, certify=certify)
        if certify and self.formula is False:
            verdict = explained(verdict, self.given, self.assumptions)
        verdict = backed(verdict, self.taken, clock.left if certify else 0.0)
        return checked(verdict, self.given, self.assumptions)

    def implies(self, other: Region, *, seconds: float = TIME_LIMIT, certify: bool = True) -> Verdict:
        """Whether the region lies inside the other; a refutation gives a point outside."""
        return self._outside("implies", [other], Clock(seconds), certify)

    def covers(self, *others: Region, seconds: float = TIME_LIMIT, certify: bool = True) -> Verdict:
        """Whether the region and the others together contain every point that satisfies the assumptions."""
        everything = Region.everything(self.assumptions)
        return everything._outside("covers", [self, *others], Clock(seconds), certify)

    def disjoint(self, other: Region, *, seconds: float = TIME_LIMIT, certify: bool = True) -> Verdict:
        """Whether the regions have no point in common; a refutation gives one."""
        clock = Clock(seconds)
        _check_region("disjoint", other)
        return (self & other)._emptiness(clock, certify)

    def equals(self, other: Region, *, seconds: float = TIME_LIMIT, certify: bool = True) -> Verdict:
        """Whether both are the same set; a refutation gives a point of one that is not in the other."""
        clock = Clock(seconds)
        there = self._outside("equals", [other], Clock(clock.left / 2), certify)
        if there.refuted:
            return there
        return Verdict.all_of([there, other._outside("equals", [self], clock, certify)])

    def _outside(self, question: str, others: list[Region], clock: Clock, certify: bool) -> Verdict:
        """Whether no point of this region lies outside all the others."""
        for other in others:
            _check_region(question, other)
        try:
            rest = self
            for k, other in enumerate(others):
                # no longer than its share, so that something is left for the question itself
                rest = rest & other._complement(Clock(clock.left / (len(others) + 1 - k)))
        except DeterrenceError as error:
            return Verdict.unknown(str(error), tried=("elimination",), seconds=clock.spent)
        return rest._emptiness(clock, certify)

    def find(self, *, seconds: float = TIME_LIMIT) -> Answer:
        """Look for a point: "sat" with an exact one, "unsat", or "unknown" with the reason."""
        answer = satisfiable(self.formula, self.assumptions, seconds=Clock(seconds).left)
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
        done = eliminate(self.formula, self.assumptions, [*targets, *self.pending], seconds=Clock(seconds).left)
        return Region._made(done.formula, done.assumptions, done.pending, None, merged(self.taken, done.taken))

    def simplify(self, *, seconds: float = TIME_LIMIT) -> Region:
        """The same set with a shorter condition."""
        done = simplify(self.formula, self.assumptions, seconds=Clock(seconds).left)
        used = _symbols(done.formula, self.assumptions.ring)
        pending = tuple(s for s in self.pending if s in used or scope.relations_on(self.assumptions, s))
        return Region._made(done.formula, self.assumptions, pending, self.given, merged(self.taken, done.taken))

    @property
    def closure(self) -> Region:
        """The region with its boundary: strict signs of the simplified form made weak.

        It contains the topological closure (relative to the assumptions), and equals it wherever
        `closure_is_exact` says so.
        """
        return self._moved(relaxed)

    @property
    def interior(self) -> Region:
        """The region without its boundary: weak signs of the simplified form made strict.

        It is open and lies inside the region; it is the largest such set wherever the closure of the
        complement is exact.
        """
        return self._moved(tightened)

    def _moved(self, change: Callable[[Formula], Formula]) -> Region:
        """The simplified form with other signs, simplified again, all within one time limit."""
        clock = Clock(TIME_LIMIT)
        simple = self.simplify(seconds=clock.left / 2)
        moved = Region._made(change(simple.formula), self.assumptions, simple.pending, None, simple.taken)
        return moved.simplify(seconds=clock.left)

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
        seconds: float = 60.0,
    ) -> Any:
        """The exact arcs that bound a two-dimensional slice, each with its equation.

        Only what lies inside the window ``x_range`` by ``y_range`` is returned; the frame of the
        window is no boundary.
        """
        from deterrence.regions.boundary import boundary

        return boundary(self, x, y, at=at or {}, x_range=x_range, y_range=y_range, seconds=seconds)

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


def _check_region(question: str, other: Any) -> None:
    if not isinstance(other, Region):
        raise ParameterError(
            subject=f"region, {question}",
            wanted="another Region",
            got=f"{other!r} ({type(other).__name__})",
            hint="make one with Region(condition, parameters)",
        )


def _given_by(kind: str, a: Region, b: Region) -> Given | None:
    """Both conditions as given, where they speak of the same symbols under the same assumptions."""
    if a.pending or b.pending or a.assumptions != b.assumptions:
        return None
    if a.given is None and b.given is None:
        return None
    return combined(kind, *(r.given or Given("formula", (r.formula,)) for r in (a, b)))
