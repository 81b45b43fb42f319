"""Games in which each player chooses real levels: arms, contributions, interests given up."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

import sympy as sp

from deterrence.errors import GameError, NotPolynomial
from deterrence.games.declaration import read_assumptions
from deterrence.games.display import Displayed
from deterrence.games.expressions import exact_expression
from deterrence.games.labels import check_name
from deterrence.parameters import Assumptions, Parameter, Parameters
from deterrence.regions import Region
from deterrence.regions.coordinates import coordinates

__all__ = ["ContinuousGame", "Level"]

SECONDS = 2.0


class Level:
    """One level that a player chooses: its symbol, owner and bounds (None for no upper bound)."""

    __slots__ = ("high", "low", "owner", "symbol")

    def __init__(self, symbol: sp.Symbol, owner: str, low: sp.Expr, high: sp.Expr | None) -> None:
        self.symbol, self.owner, self.low, self.high = symbol, owner, low, high

    def __repr__(self) -> str:
        return f"{self.low} <= {self.symbol}" + (f" <= {self.high}" if self.high is not None else "")


class ContinuousGame(Displayed):
    """A game of levels with differentiable payoffs; with one player, a decision problem.

    Parameters
    ----------
    name : str
    parameters : Parameters or Assumptions, optional
    levels : mapping from player to mapping from symbol to (low, high)
        A level is a SymPy symbol of its own (not a declared parameter) or its name; `low` is a
        number or expression in the parameters, `high` the same or None for no bound.
    payoffs : mapping from player to expression
        In levels and parameters.  Sums, products, powers, logarithms, roots and exponentials.

    Raises
    ------
    GameError
        If a payoff is missing, uses an unknown symbol or cannot be differentiated, or it is not proved
        that a lower bound is less than the upper one.

    Examples
    --------
    >>> P = Parameters()
    >>> v, c = P.positive("v c")
    >>> x = sp.Symbol("x", real=True)
    >>> game = ContinuousGame("Arms", parameters=P, levels={"A": {x: (0, None)}}, payoffs={"A": v * x - c * x**2})
    >>> game.slope(x)
    -2*c*x + v
    """

    def __init__(
        self,
        name: str,
        *,
        parameters: Parameters | Assumptions | None = None,
        levels: Mapping[str, Mapping[Any, tuple[Any, Any]]],
        payoffs: Mapping[str, Any],
    ) -> None:
        self.name = check_name(name, "ContinuousGame", "game")
        self.subject = f'Game "{name}"'
        self.assumptions = read_assumptions(parameters, self.subject)
        self.levels = self._read_levels(levels)
        self.players = tuple(levels)
        if set(payoffs) != set(self.players):
            raise GameError(
                subject=f"{self.subject}, payoffs", wanted=f"one for each of {', '.join(self.players)}",
                got=", ".join(map(str, payoffs)) or "none",
            )  # fmt: skip
        self.payoffs = MappingProxyType({p: self._read_payoff(p, payoffs[p]) for p in self.players})

    def _read_levels(self, given: Mapping[str, Any]) -> tuple[Level, ...]:
        where = f"{self.subject}, levels"
        if not isinstance(given, Mapping) or not given:
            raise GameError(subject=where, wanted="a mapping from player to levels", got=repr(given))
        found: list[Level] = []
        for player, own in given.items():
            check_name(player, where, "player")
            if not isinstance(own, Mapping) or not own:
                raise GameError(
                    subject=f"{where} of {player}", wanted="a mapping from level to (low, high)", got=repr(own)
                )
            for key, bounds in own.items():
                found.append(self._read_level(player, key, bounds, {x.symbol for x in found}))
        return tuple(found)

    def _read_level(self, player: str, key: Any, bounds: Any, taken: set[sp.Symbol]) -> Level:
        where = f"{self.subject}, level {key} of {player}"
        symbol = sp.Symbol(key, real=True) if isinstance(key, str) else key
        if not isinstance(symbol, sp.Symbol) or symbol in taken or symbol in self.assumptions:
            raise GameError(
                subject=where, wanted="a symbol of its own, not used for another level or a parameter", got=repr(key)
            )
        if not isinstance(bounds, tuple | list) or len(bounds) != 2:
            raise GameError(subject=where, wanted="(low, high)", got=repr(bounds), hint="None stands for no bound")
        low = self._bound(bounds[0], f"{where}, lower bound")
        high = None if bounds[1] is None else self._bound(bounds[1], f"{where}, upper bound")
        if high is not None:
            self._check_order(low, high, where)
        return Level(symbol, player, low, high)

    def _check_order(self, low: sp.Expr, high: sp.Expr, where: str) -> None:
        """The lower bound must be proved to be less than the upper one."""
        width = high - low
        if width.is_number:
            if not low < high:
                raise GameError(subject=where, wanted="low < high", got=f"{low}, {high}")
            return
        try:
            num, den = self.assumptions.ring.fraction(width)
            sign = coordinates(self.assumptions).sign
            if sign(num) * sign(den) == 1:
                return
            proved = Region(sp.Le(width, 0), self.assumptions).is_empty(seconds=SECONDS, certify=False).proved
        except NotPolynomial:
            return
        if not proved:
            raise GameError(
                subject=where, wanted="bounds of which low < high is proved", got=f"{low}, {high}",
                hint=f"assume it: P.assume({low} < {high})",
            )  # fmt: skip

    def _bound(self, value: Any, where: str) -> sp.Expr:
        expression = self.assumptions.expand(exact_expression(value, where))
        for symbol in expression.free_symbols - set(self.assumptions.symbols):
            raise GameError(subject=where, wanted="declared parameters", got=f"the symbol {symbol}")
        return expression

    def _read_payoff(self, player: str, value: Any) -> sp.Expr:
        where = f"{self.subject}, payoff of {player}"
        expression = self.assumptions.expand(exact_expression(value, where))
        known = set(self.assumptions.symbols) | {x.symbol for x in self.levels}
        for symbol in sorted(expression.free_symbols - known, key=str):
            raise GameError(subject=where, wanted="levels and declared parameters", got=f"the symbol {symbol}")
        if expression.has(sp.Abs, sp.Max, sp.Min, sp.Piecewise, sp.sign, sp.floor):
            raise GameError(
                subject=where, wanted="a payoff that can be differentiated everywhere", got=str(expression),
                hint="give the pieces as games of their own, with bounds on the levels",
            )  # fmt: skip
        return expression

    def __getstate__(self) -> dict[str, Any]:
        """What is pickled: mappings as plain ones, nothing that is derived."""
        derived = ("by_symbol", "scope")
        kept = {k: v for k, v in self.__dict__.items() if k not in derived}
        return {**kept, "payoffs": dict(self.payoffs)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, payoffs=MappingProxyType(state["payoffs"]))

    @cached_property
    def by_symbol(self) -> Mapping[sp.Symbol, Level]:
        """The levels by symbol."""
        return MappingProxyType({x.symbol: x for x in self.levels})

    def own(self, player: str) -> tuple[Level, ...]:
        """The levels of one player."""
        return tuple(x for x in self.levels if x.owner == player)

    def slope(self, symbol: sp.Symbol) -> sp.Expr:
        """The derivative of its owner's payoff by a level."""
        return sp.diff(self.payoffs[self.by_symbol[symbol].owner], symbol)

    @cached_property
    def scope(self) -> Assumptions:
        """The assumptions with the levels as further symbols inside their bounds."""
        known = self.assumptions
        relations = list(known.relations)
        for x in self.levels:
            relations += [sp.Ge(x.symbol, x.low)]
            relations += [sp.Le(x.symbol, x.high)] if x.high is not None else []
        parameters = (*known.parameters, *(Parameter(x.symbol, "real") for x in self.levels))
        return Assumptions(parameters, tuple(relations), known.simplices, known.closed, known.definitions)

    def __repr__(self) -> str:
        return f'<ContinuousGame "{self.name}": {len(self.players)} players, {len(self.levels)} levels>'
