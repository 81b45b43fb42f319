"""Closed forms of first-order conditions with logarithms, roots and powers.

One unknown, or two through their ratio (contests are homogeneous).  Symbols are taken to be positive
only where that is proved.  Such a list is exhaustive only where the slope is shown to fall in its
level throughout, so that it vanishes once at most; it says so where that is not shown.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from deterrence.errors import NotPolynomial
from deterrence.games.continuous import ContinuousGame
from deterrence.parameters import Assumptions
from deterrence.regions.coordinates import coordinates
from deterrence.solvers.levels.beyond_rational import never
from deterrence.solvers.levels.notes import inside

__all__ = ["closed_forms", "vanishes_nowhere"]

Values = dict[sp.Symbol, sp.Expr]
NONE = "no closed form of the first-order conditions is known"
OTHERS = "first-order conditions hold functions beyond rational ones, and other solutions are not ruled out"


def closed_forms(
    game: ContinuousGame, equations: Sequence[sp.Expr], unknown: Sequence[sp.Symbol]
) -> tuple[list[Values], str]:
    """The solutions that are found, and why there may be others (empty if there are none)."""
    known = {s for s in unknown if _positive(game, s)}
    if len(unknown) == 1:
        found = _one(game, equations[0], unknown[0], known)
        return (found or [], NONE if not found else "" if _once(game, unknown[0]) else OTHERS)
    if len(unknown) == 2 and len(equations) == 2 and known == set(unknown):
        pairs = _by_ratio(game, equations, unknown, known)
        return (pairs or [], OTHERS if pairs else NONE)
    return [], NONE


def _positive(game: ContinuousGame, symbol: sp.Symbol) -> bool:
    """Whether a level inside its bounds, or a parameter, is shown to be positive."""
    known: Assumptions = game.assumptions
    if symbol in game.by_symbol:
        low = sp.sympify(game.by_symbol[symbol].low)
        num, den = known.ring.fraction(low)
        sign = coordinates(known).sign
        return bool(num == 0 or (sign(num) in (1, 2) and sign(den) == 1))
    return symbol in known.ring.index and coordinates(known).sign(known.ring.gen(symbol)) == 1


def _once(game: ContinuousGame, x: sp.Symbol) -> bool:
    """Whether the slope of a level falls throughout."""
    try:
        return never(">=", sp.diff(game.slope(x), x), inside(game)).proved
    except NotPolynomial:
        return False


def vanishes_nowhere(game: ContinuousGame, equation: sp.Expr) -> bool:
    """Whether a slope is shown to have no zero while all levels are inside their bounds."""
    try:
        return never("==", equation, inside(game)).proved
    except NotPolynomial:
        return False


def _standing_in(game: ContinuousGame, symbols: set[sp.Symbol], known: set[sp.Symbol]) -> dict[sp.Symbol, sp.Symbol]:
    """A symbol for each, positive where that is shown, so that powers combine."""
    return {
        s: sp.Dummy(s.name, positive=True) if s in known or _positive(game, s) else sp.Dummy(s.name, real=True)
        for s in symbols
    }


def _one(game: ContinuousGame, equation: sp.Expr, x: sp.Symbol, known: set[sp.Symbol]) -> list[Values] | None:
    """One equation in one unknown; only where SymPy finds a closed form."""
    put = _standing_in(game, equation.free_symbols | {x}, known)
    try:
        found = sp.solve(sp.powsimp(sp.together(equation.xreplace(put))), put[x])
    except (NotImplementedError, ValueError):
        return None
    back = {v: k for k, v in put.items()}
    real = [f for f in found if not f.has(sp.I)]
    if len(real) < len(found) or any(f.has(sp.LambertW, sp.Piecewise) for f in found):
        return None
    return [{x: f.xreplace(back)} for f in found]


def _by_ratio(
    game: ContinuousGame, equations: Sequence[sp.Expr], unknown: Sequence[sp.Symbol], known: set[sp.Symbol]
) -> list[Values] | None:
    """Put y = t x: solve one equation for x, then the other for t."""
    x, y = unknown
    put = _standing_in(game, {s for e in equations for s in e.free_symbols}, known)
    if x not in put or y not in put:
        return None
    t = sp.Dummy("t", positive=True)
    first, second = (
        sp.simplify(sp.powsimp(sp.expand_power_base(e.xreplace(put).subs(put[y], t * put[x]), force=True)))
        for e in equations
    )
    try:
        starts = sp.solve(first, put[x])
        pairs = []
        for start in starts:
            rest = sp.simplify(sp.powsimp(second.subs(put[x], start), force=True))
            pairs += [(start, ratio) for ratio in sp.solve(rest, t)]
    except (NotImplementedError, ValueError):
        return None
    back = {v: k for k, v in put.items()}
    return [
        {x: sp.simplify(start.subs(t, ratio)).xreplace(back), y: sp.simplify((t * start).subs(t, ratio)).xreplace(back)}
        for start, ratio in pairs
    ]
