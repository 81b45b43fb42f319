"""Symmetric mixed equilibria in closed form for any number of players.

With two actions and a payoff that depends on how many others take the first - constant, apart from
the cases that nobody or everybody else does - the gain from taking part is
``B + A0 (1-p)**(n-1) + A1 p**(n-1)``, whatever n is.
"""

from __future__ import annotations

import sympy as sp

from deterrence.errors import ConceptError
from deterrence.games.symmetric import SymmetricGame
from deterrence.polynomials import tidy
from deterrence.profiles import FormEquilibria, ProfileEquilibrium, answer, provenance
from deterrence.regions import Region
from deterrence.regions.logic import conjunction
from deterrence.solvers.mixing import compare_zero

__all__ = ["any_number"]

NOTE = "not complete: with a symbolic number of players only the symmetric mixed equilibrium is given"
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
    values = [sp.sympify(game.payoff_of(a, others)) for a in game.actions]
    for value in values:
        _check_pieces(game, value, k, n)
    none, one, middle, every = (_gain(game, values, k, n, where) for where in ("none", "one", "middle", "every"))
    if one != middle:
        raise _refused(game, f"a gain that is {one} when one other takes part and {middle} when some do")
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


def _gain(game: SymmetricGame, values: list[sp.Expr], k: sp.Symbol, n: sp.Symbol, where: str) -> sp.Expr:
    """What the first action is worth beyond the second when nobody, one, some or all others take it."""
    number = {"none": 0, "one": 1, "middle": sp.Integer(10**6 + 3), "every": sp.Integer(10**9 + 7) - 1}[where]
    total = sp.Integer(10**9 + 7)
    gain = [sp.sympify(v).subs({k: number}) for v in values]
    plain = [sp.piecewise_fold(v.subs(n, total) if v.has(sp.Piecewise) else v) for v in gain]
    result = sp.simplify(plain[0] - plain[1])
    if result.has(sp.Piecewise) or n in result.free_symbols:
        raise _refused(game, f"the gain {result}")
    return game.assumptions.expand(result)


def _check_pieces(game: SymmetricGame, value: sp.Expr, k: sp.Symbol, n: sp.Symbol) -> None:
    """Pieces are constant, and told apart by whether nobody or everybody else takes part."""
    folded = sp.piecewise_fold(value)
    pieces = folded.args if isinstance(folded, sp.Piecewise) else ((folded, sp.true),)
    for constant, condition in pieces:
        if {k, n} & constant.free_symbols:
            raise _refused(game, f"the payoff {constant}")
        numbers = {abs(int(v)) for v in condition.atoms(sp.Integer)} | {int(v.q) for v in condition.atoms(sp.Rational)}
        if not numbers <= {0, 1}:
            raise _refused(game, f"a payoff that changes where {condition}")


def _refused(game: SymmetricGame, got: str) -> ConceptError:
    return ConceptError(
        subject=game.subject, wanted="a gain from the first action that is constant unless nobody or everybody else"
        " takes it", got=got, hint="give the number of players, or a range of numbers",
    )  # fmt: skip
