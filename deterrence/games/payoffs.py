"""Payoffs: an exact expression, or one for each type of a player.

A payoff is a SymPy expression or a `ByType`: a function from the types of one player to payoffs.
Arithmetic acts type by type, so that the result is again one of the two.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import sympy as sp

from deterrence.errors import GameError
from deterrence.games.expressions import exact_expression
from deterrence.games.labels import named_items

__all__ = ["ByType", "Payoff", "by_type", "exact_payoff", "expressions_in", "resolve"]

Operation = Callable[[Any, Any], Any]


@dataclass(frozen=True)
class ByType:
    """A payoff that depends on the type of one player.

    Attributes
    ----------
    player : str or None
        Whose type decides; None means the player whose payoff it is.
    values : tuple of (type, payoff)
        One payoff for each type of that player, in the order written.
    """

    player: str | None
    values: tuple[tuple[str, Payoff], ...]

    def given(self, player: str | None, type_name: str) -> Payoff:
        """The payoff when `player` is known to be `type_name`; unchanged where it names no such type."""
        kept = tuple((name, _given(value, player, type_name)) for name, value in self.values)
        return (
            dict(kept).get(type_name, ByType(self.player, kept)) if player == self.player else ByType(self.player, kept)
        )

    def _apply(self, operation: Operation, other: Any, *, swapped: bool = False) -> ByType:
        """``operation(self, other)`` type by type, or ``operation(other, self)``."""
        operand = exact_payoff(other, "arithmetic with by_type")
        pairs = []
        for name, value in self.values:
            fellow = _given(operand, self.player, name)
            left, right = (fellow, value) if swapped else (value, fellow)
            pairs.append((name, _combine(operation, left, right)))
        return ByType(self.player, tuple(pairs))

    def __add__(self, other: Any) -> ByType:
        return self._apply(operator.add, other)

    def __radd__(self, other: Any) -> ByType:
        return self._apply(operator.add, other, swapped=True)

    def __sub__(self, other: Any) -> ByType:
        return self._apply(operator.sub, other)

    def __rsub__(self, other: Any) -> ByType:
        return self._apply(operator.sub, other, swapped=True)

    def __mul__(self, other: Any) -> ByType:
        return self._apply(operator.mul, other)

    def __rmul__(self, other: Any) -> ByType:
        return self._apply(operator.mul, other, swapped=True)

    def __truediv__(self, other: Any) -> ByType:
        return self._apply(operator.truediv, other)

    def __rtruediv__(self, other: Any) -> ByType:
        return self._apply(operator.truediv, other, swapped=True)

    def __pow__(self, other: Any) -> ByType:
        return self._apply(operator.pow, other)

    def __neg__(self) -> ByType:
        return self._apply(operator.mul, -1)

    def __pos__(self) -> ByType:
        return self

    def __str__(self) -> str:
        inner = ", ".join(f"{name}: {value}" for name, value in self.values)
        return f"{{{inner}}}" if self.player is None else f"{{{self.player} {inner}}}"


Payoff: TypeAlias = sp.Expr | ByType


def by_type(
    player: str | Mapping[str, Any] | None = None, values: Mapping[str, Any] | None = None, /, **named: Any
) -> ByType:
    """A payoff that depends on a type: the player's own, or that of another player.

    Parameters
    ----------
    player : str, optional
        Whose type decides, ``by_type("Defender", Hard=..., Soft=...)``; left out, the type of the
        player whose payoff it is.
    values : mapping, optional
        ``{type: payoff}`` in place of the keywords, where a type's name is no identifier.
    **named : number, expression or ByType
        The payoff for each type; these nest.

    Returns
    -------
    ByType
        Takes ``+ - * /`` with numbers, expressions and other `ByType`.

    Raises
    ------
    GameError
        If there is no type, a type twice, or a value that is no payoff.

    Examples
    --------
    >>> print(by_type(Hard=3, Soft="1/2") - 1)
    {Hard: 2, Soft: -1/2}
    >>> print(2 * by_type("Defender", Hard=1, Soft=0) + by_type(Hard=5, Soft=7))
    {Defender Hard: {Hard: 7, Soft: 9}, Soft: {Hard: 5, Soft: 7}}
    """
    if isinstance(player, Mapping) and values is None:
        return by_type(None, player, **named)
    subject = "by_type" if player is None else f'by_type("{player}")'
    if player is not None and not isinstance(player, str):
        raise GameError(
            subject="by_type",
            wanted="the name of a player, or one mapping from types to payoffs",
            got=f"{player!r} ({type(player).__name__})",
            hint='Write by_type(Hard=..., Soft=...) or by_type("Defender", Hard=..., Soft=...)',
        )
    pairs = named_items(values, named, subject=subject, kind="type")
    if not pairs:
        raise GameError(
            subject=subject, wanted="a payoff for each type", got="none", hint="Write by_type(Hard=..., Soft=...)"
        )
    return ByType(player, tuple((name, exact_payoff(value, f'{subject}, type "{name}"')) for name, value in pairs))


def exact_payoff(value: Any, subject: str) -> Payoff:
    """`value` as a payoff: a `ByType` as it is, anything else as an exact expression."""
    return value if isinstance(value, ByType) else exact_expression(value, subject)


def resolve(payoff: Payoff, owner: str, types: Mapping[str, str | None]) -> sp.Expr:
    """The payoff of `owner` as an expression when each player has the given type."""
    while isinstance(payoff, ByType):
        payoff = dict(payoff.values)[str(types[payoff.player or owner])]
    return payoff


def expressions_in(payoff: Payoff) -> Iterator[sp.Expr]:
    """Every expression that stands in a payoff."""
    if isinstance(payoff, ByType):
        for _, value in payoff.values:
            yield from expressions_in(value)
    else:
        yield payoff


def _given(payoff: Payoff, player: str | None, type_name: str) -> Payoff:
    """A payoff when a player's type is known."""
    return payoff.given(player, type_name) if isinstance(payoff, ByType) else payoff


def _combine(operation: Operation, left: Payoff, right: Payoff) -> Payoff:
    """Apply an operation to two payoffs, of which either may depend on types."""
    if isinstance(left, ByType) or isinstance(right, ByType):
        result: ByType = operation(left, right)
        return result
    return exact_expression(operation(left, right), "arithmetic with by_type")
