"""Symmetric mixed equilibria in closed form for any number of players.

With two actions and a payoff that depends on how many others take the first - constant, apart from
the cases that nobody or everybody else does - the gain from taking part is
``B + A0 (1-p)**(n-1) + A1 p**(n-1)``, whatever n is.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.core.relational import Relational

from deterrence.errors import ConceptError
from deterrence.games.symmetric import SymmetricGame
from deterrence.polynomials import tidy
from deterrence.profile import ProfileEquilibrium
from deterrence.profiles import FormEquilibria, answer, provenance
from deterrence.regions import Region
from deterrence.regions.formula import compare_zero
from deterrence.regions.logic import conjunction

__all__ = ["any_number"]

NOTE = "not complete: with a symbolic number of players only the symmetric mixed equilibrium is given"
CASES = ("none", "some", "every")
METHOD = "closed form in the number of players"


def any_number(game: SymmetricGame) -> FormEquilibria:
    """The symmetric mixed equilibrium of a game of any number of players.

    Raises
    ------
    ConceptError
        If there are more than two actions, or the gain has no form that is solved for every number.
    """
    n, k = game.players, sp.Symbol("#others", integer=True, nonnegative=True)
    if len(game.actions) != 2:
        raise _refused(game, f"{len(game.actions)} actions")
    first, second = game.actions
    others = {first: k, second: n - 1 - k}
    values = [sp.piecewise_fold(sp.sympify(game.payoff_of(a, others))) for a in game.actions]
    none, middle, every = (_gain(game, values, k, n, case) for case in CASES)
    alone, together = tidy(none - middle), tidy(every - middle)
    if (alone != 0 and together != 0) or alone == together == 0:
        raise _refused(game, "a gain that changes both at nobody and at everybody, or nowhere")
    ratio = tidy(-middle / (alone if alone != 0 else together))
    root = ratio ** (1 / (n - 1))
    p = 1 - root if alone != 0 else root
    inside = conjunction(*(compare_zero(">", e, game.assumptions) for e in (ratio, 1 - ratio)))
    found: tuple[ProfileEquilibrium, ...] = ()
    if inside is not False:
        region = Region(inside, game.assumptions).simplify()
        strategy = {f"{n} players mixing": {first: p, second: 1 - p}}
        outcomes = {
            f"nobody: {first}": ratio ** (n / (n - 1)) if alone != 0 else (1 - p) ** n,
            f"nobody: {second}": p**n if alone != 0 else ratio ** (n / (n - 1)),
        }
        found = (ProfileEquilibrium(game, strategy, region, outcomes=outcomes, facts={"n": n, "mixing": n}),)
    made = provenance("nash", "no player gains by another action", METHOD, 0.0)
    return answer(game, found, made, notes=[NOTE])


def _gain(game: SymmetricGame, values: list[sp.Expr], k: sp.Symbol, n: sp.Symbol, case: str) -> sp.Expr:
    """What the first action is worth beyond the second when nobody, some or all of the others take it."""
    first, second = (_piece(game, v, k, n, case) for v in values)
    return game.assumptions.expand(first - second)


def _piece(game: SymmetricGame, value: sp.Expr, k: sp.Symbol, n: sp.Symbol, case: str) -> sp.Expr:
    """The piece of a payoff that holds in a case; it must be a constant."""
    pieces = value.args if isinstance(value, sp.Piecewise) else ((value, sp.true),)
    for constant, condition in pieces:
        truths = {r: _truth(game, r, k, n, case) for r in sp.sympify(condition).atoms(Relational)}
        if condition.xreplace(truths) == sp.true:
            if {k, n} & constant.free_symbols:
                raise _refused(game, f"the payoff {constant}")
            return constant
    raise _refused(game, f"the payoff {value}, which leaves a case open")


def _truth(game: SymmetricGame, relation: Any, k: sp.Symbol, n: sp.Symbol, case: str) -> Any:
    """Whether a relation holds in a case: it must compare whole numbers with how many take, or do not take, part.

    With j = n - 1 - k others who do not, "none" is k = 0 and j > 0, "some" k > 0 and j > 0, "every" k > 0 and j = 0.
    """
    j = sp.Symbol("#rest", integer=True, nonnegative=True)
    side = sp.expand(relation.lhs - relation.rhs)
    in_rest = sp.expand(side.subs(k, n - 1 - j))
    for symbol, expr, is_none in ((k, side, case == "none"), (j, in_rest, case == "every")):
        if expr.free_symbols == {symbol} and sp.Poly(expr, symbol).degree() == 1:
            if is_none:
                return relation.func(expr.subs(symbol, 0), 0)
            at_one, later = (relation.func(expr.subs(symbol, v), 0) for v in (1, 2))
            turn = sp.solve(expr, symbol)[0]
            if at_one == later and turn < 2:
                return at_one
    raise _refused(game, f"a payoff that changes where {relation}")


def _refused(game: SymmetricGame, got: str) -> ConceptError:
    return ConceptError(
        subject=game.subject, wanted="a gain from the first action that is constant unless nobody or everybody else"
        " takes it", got=got, hint="give the number of players, or a range of numbers",
    )  # fmt: skip
