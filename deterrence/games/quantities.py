"""The rules on numbers: declared symbols, rational expressions, probabilities.

A rule that has to prove something asks first what exact algebra says, then the sign of
coefficients in positive coordinates, and only then the region engines.  What is refuted raises
with the counterexample; what is undecided is accepted, with a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import sympy as sp

from deterrence.errors import ContradictoryAssumptions, GameError, NotPolynomial, nearest
from deterrence.games.payoffs import expressions_in
from deterrence.games.tree import Chance, Outcome, described
from deterrence.parameters import Assumptions
from deterrence.regions.coordinates import coordinates
from deterrence.regions.verdict import Verdict

if TYPE_CHECKING:
    from deterrence.games.extensive import ExtensiveGame
__all__ = [
    "assumed",
    "check_assumptions",
    "check_probabilities",
    "check_rational",
    "check_symbols",
    "is_identically_zero",
    "never",
    "quantities",
]

TIME_LIMIT = 2.0
"""Seconds for one question about a probability; what takes longer is accepted with a note."""


def check_symbols(game: ExtensiveGame) -> None:
    """Every symbol of the game is a declared parameter."""
    declared = {p.symbol for p in game.assumptions.parameters}
    names = [p.name for p in game.assumptions.parameters]
    for where, expression in quantities(game):
        for symbol in sorted(expression.free_symbols - declared, key=str):
            raise GameError(
                subject=where,
                wanted="symbols that are declared parameters",
                got=f"the symbol {symbol} in {expression}",
                hint=_symbol_hint(str(symbol), names),
            )


def _symbol_hint(name: str, known: list[str]) -> str:
    """What to try for a symbol that is not declared."""
    if name in known:
        return f"A parameter of that name is declared, but it is another symbol: use P[{name!r}].symbol"
    near = nearest(name, known)
    return f"Did you mean {' or '.join(map(repr, near))}?" if near else f'Declare it, for example with P.real("{name}")'


def check_rational(game: ExtensiveGame) -> Iterator[str]:
    """Every quantity is a rational function whose denominator vanishes nowhere."""
    for where, expression in quantities(game):
        try:
            _, denominator = game.assumptions.ring.fraction(game.assumptions.expand(expression))
        except NotPolynomial as error:
            raise GameError(subject=where, wanted=error.wanted, got=error.got, hint=error.hint) from error
        if denominator.is_constant() or coordinates(game.assumptions).sign(denominator) in (1, -1):
            continue
        divisor = game.assumptions.ring.to_sympy(denominator)
        verdict = never(sp.Eq(divisor, 0), game.assumptions)
        if verdict.refuted:
            raise GameError(
                subject=where,
                wanted="a quantity that is defined wherever the assumptions hold",
                got=f"{expression}, whose denominator {divisor} is 0 at {_point(verdict, divisor.free_symbols)}",
                hint="Add an assumption that rules this out",
            )
        if verdict.undecided:
            yield f"{where}: whether the denominator {divisor} can be 0 is undecided ({verdict.reason})"


def check_assumptions(game: ExtensiveGame) -> Iterator[str]:
    """Some point satisfies all assumptions together."""
    leftover = coordinates(game.assumptions).leftover
    if not leftover:
        return
    verdict = never(sp.And(*leftover, evaluate=False), game.assumptions)
    if verdict.proved:
        raise ContradictoryAssumptions(
            subject=f'Game "{game.name}"',
            problem=f"the assumptions contradict one another: {game.assumptions}",
            hint="Drop or correct one of them",
        )
    if verdict.undecided:
        yield f'Game "{game.name}": whether the assumptions can hold together is undecided ({verdict.reason})'


def check_probabilities(game: ExtensiveGame) -> Iterator[str]:
    """The probabilities of every draw by Nature lie in [0, 1] and sum to 1."""
    for where, draws in _draws(game):
        for name, probability in draws:
            at = f"{where}, {name}"
            notes = [*_check_range(game.assumptions, at, probability)]
            yield from notes or _check_possible(game, at, probability)
        yield from _check_sum(game.assumptions, where, [probability for _, probability in draws])


def _check_range(assumptions: Assumptions, where: str, probability: sp.Expr) -> Iterator[str]:
    """One probability cannot leave [0, 1]."""
    if _is_never_negative(assumptions, probability) and _is_never_negative(assumptions, 1 - probability):
        return
    expanded = assumptions.expand(probability)
    verdict = never(sp.Or(sp.Lt(expanded, 0), sp.Gt(expanded, 1)), assumptions)
    if verdict.refuted:
        value = expanded.xreplace(dict(verdict.counterexample or {}))
        at = f" at {_point(verdict, expanded.free_symbols)}" if probability.free_symbols else ""
        raise GameError(
            subject=where,
            wanted="a probability that stays in [0, 1]",
            got=f"{probability}, which is {value}{at}" if at else str(probability),
            hint=f"Assumed is {assumed(assumptions, probability.free_symbols)}" if at else "",
        )
    if verdict.undecided:
        yield f"{where}: whether the probability {probability} stays in [0, 1] is undecided ({verdict.reason})"


def _check_possible(game: ExtensiveGame, where: str, probability: sp.Expr) -> Iterator[str]:
    """What is drawn can happen; only a profile of a joint prior may have probability 0, and then everywhere."""
    assumptions = game.assumptions
    numerator, denominator = assumptions.ring.fraction(assumptions.expand(probability))
    sign = coordinates(assumptions).sign
    if sign(numerator) * sign(denominator) == 1:
        return
    if numerator == 0 and not game.type_probabilities and ", prior, " in where:
        return
    verdict = never(sp.Eq(assumptions.expand(probability), 0), assumptions)
    if verdict.refuted:
        at = _point(verdict, assumptions.expand(probability).free_symbols) if probability.free_symbols else ""
        raise GameError(
            subject=where,
            wanted="a probability greater than 0",
            got=f"{probability}, which is 0 at {at}" if at else str(probability),
            hint="Leave out what cannot happen, and assume that the rest can, as P.probability does",
        )
    if verdict.undecided:
        yield f"{where}: whether the probability {probability} can be 0 is undecided ({verdict.reason})"


def _check_sum(assumptions: Assumptions, where: str, probabilities: list[sp.Expr]) -> Iterator[str]:
    """The probabilities of one draw sum to 1, as an identity or under the assumptions."""
    total = sp.cancel(sp.Add(*probabilities))
    if is_identically_zero(assumptions, total - 1):
        return
    verdict = never(sp.Ne(assumptions.expand(total), 1), assumptions)
    if verdict.undecided:
        yield f"{where}: whether the branch probabilities sum to 1 is undecided; they sum to {total} ({verdict.reason})"
    if verdict.refuted:
        near = total.is_number and abs(total - 1) < sp.Rational(1, 10**6)
        under = f" (under {assumed(assumptions, total.free_symbols)})" if total.free_symbols else ""
        raise GameError(
            subject=where,
            wanted="branch probabilities that sum to 1",
            got=str(total),
            problem=f"the branch probabilities sum to {total}, not 1{under}",
            hint='Write fractions exactly, such as "1/3": decimals are taken as they stand' if near else "",
        )


def is_identically_zero(assumptions: Assumptions, expression: Any) -> bool:
    """Whether an expression is 0 by algebra alone, definitions expanded."""
    numerator, _ = assumptions.ring.fraction(assumptions.expand(expression))
    return bool(numerator == 0)


def never(relation: Any, assumptions: Assumptions) -> Verdict:
    """The verdict on: this relation holds nowhere under the assumptions."""
    if relation == sp.false:
        return Verdict.proof("certified")
    if relation == sp.true and not coordinates(assumptions).leftover:
        return Verdict.refutation({})
    from deterrence.regions.decide import is_empty
    from deterrence.regions.formula import from_sympy

    formula = from_sympy(relation, assumptions)
    return is_empty(formula, assumptions, seconds=TIME_LIMIT, certify=False, second_engine=False)


def assumed(assumptions: Assumptions, symbols: Iterable[sp.Symbol]) -> str:
    """What is assumed of these symbols alone, for a message: ``0 < p < 1``."""
    chosen = set().union(*(assumptions.expand(symbol).free_symbols for symbol in symbols))
    relations = [r for r in assumptions.relations if r.free_symbols and r.free_symbols <= chosen]
    inside = [s for s in sorted(chosen, key=str) if {s > 0, s < 1} <= set(relations)]
    parts = [f"0 < {s} < 1" for s in inside]
    parts += [str(r) for r in relations if not any(r in (s > 0, s < 1) for s in inside)]
    return ", ".join(parts) or f"nothing of {', '.join(sorted(map(str, chosen)))}"


def _is_never_negative(assumptions: Assumptions, expression: Any) -> bool:
    """Whether coefficients in positive coordinates show that an expression is at least 0."""
    numerator, denominator = assumptions.ring.fraction(assumptions.expand(expression))
    sign = coordinates(assumptions).sign
    return bool(numerator == 0) or sign(numerator) * sign(denominator) > 0


def _point(verdict: Verdict, symbols: Iterable[sp.Symbol]) -> str:
    """The counterexample of a verdict in words, as far as it concerns these symbols."""
    chosen = set(symbols)
    return ", ".join(
        f"{symbol} = {value}" for symbol, value in (verdict.counterexample or {}).items() if symbol in chosen
    )


def _draws(game: ExtensiveGame) -> Iterator[tuple[str, list[tuple[str, sp.Expr]]]]:
    """Every draw by Nature, types first: where it is, and its named probabilities."""
    head = f'Game "{game.name}"'
    for player, probabilities in game.type_probabilities.items():
        yield f"{head}, types of {player}", [(f'type "{name}"', p) for name, p in probabilities.items()]
    if not game.type_probabilities:
        drawn = [(f"profile ({', '.join(map(str, profile))})", p) for profile, p in game.prior.items()]
        yield f"{head}, prior", drawn
    for node in _distinct_nodes(game):
        if isinstance(node, Chance):
            yield f"{head}, {described(node)}", [(f'event "{name}"', p) for name, p, _ in node.branches]


def quantities(game: ExtensiveGame) -> Iterator[tuple[str, sp.Expr]]:
    """Every expression of the game with where it stands, probabilities first."""
    for where, draws in _draws(game):
        for name, probability in draws:
            yield f"{where}, {name}", probability
    for node in _distinct_nodes(game):
        if isinstance(node, Outcome):
            for owner, payoff in node.payoffs:
                for expression in expressions_in(payoff):
                    yield f'Game "{game.name}", {described(node)}, payoff of {owner}', expression


def _distinct_nodes(game: ExtensiveGame) -> Iterator[Any]:
    """The nodes of the tree, each object once."""
    return iter({id(position.node): position.node for position in game.positions}.values())
