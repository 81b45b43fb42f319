"""What a player believes of another's type as a parameter varies, in every equilibrium."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sympy as sp
from matplotlib.axes import Axes

from deterrence.equilibria import Equilibrium
from deterrence.errors import ParameterError, UnknownName
from deterrence.games import ExtensiveGame
from deterrence.plot.along import HEIGHT, PRIOR, Line, Profile, draw_profile
from deterrence.plot.extent import widened
from deterrence.plot.groups import distinct, everyone, grouped
from deterrence.plot.inputs import checked_axes
from deterrence.plot.plane import fixed_values, require, window
from deterrence.plot.style import new_axes, styled
from deterrence.plot.tracks import tracks
from deterrence.plot.words import plain

__all__ = ["posterior"]


def posterior(
    equilibria: Any,
    player: str,
    label: str,
    x: Any,
    at: Mapping[Any, Any] | str | None = None,
    *,
    of: str | None = None,
    kind: str | None = None,
    x_range: tuple[Any, Any] | None = None,
    held: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw a belief about a type as a parameter varies.

    Parameters
    ----------
    equilibria : Equilibria, Model, or iterable of Equilibrium
    player, label : str
        Who believes, and at which move.
    x : sympy.Symbol or str
        The independent parameter that varies.
    at : mapping or "sample"
        Exact values of the other parameters that matter.
    of, kind : str, optional
        Whose type and which; by default the first player with types, and its first type.
    x_range : pair of numbers, optional
    held : bool
        Write below what is held fixed.
    ax : Axes, optional

    Returns
    -------
    Axes
        A line for each equilibrium, one for all where they coincide; a hatched band where an
        off-path belief is open.  The prior is dotted.

    Raises
    ------
    UnknownName, ParameterError
        If there is no such move, player or type.
    """
    members = everyone(equilibria, f"Belief of {player}")
    game = members[0].game
    if not isinstance(game, ExtensiveGame):
        raise ParameterError(
            subject=f"Belief of {player}", wanted="a game with a tree and private types", got=type(game).__name__
        )
    of, kind = _whose(game, player, label, of, kind)
    known = game.assumptions
    subject = f'Belief of {player} in "{game.name}"'
    symbol = known.resolve(x)
    fixed = fixed_values(subject, known, symbol, at)
    groups = distinct(grouped(members, fixed, None))
    found = tracks(subject, groups, symbol, fixed, lambda e: _belief(e, player, label, (of, kind), fixed))
    span = window(subject, known, symbol, fixed, x_range)
    if x_range is None:
        span = widened(span, known, symbol, fixed, [e.condition for e in members])
    prior = Line(PRIOR, _prior(game, of, kind, symbol, fixed))
    profile = Profile(symbol, span, fixed, members, groups, found, prior)
    with styled():
        own = checked_axes(ax) is None
        ax = new_axes(ax, (6.8, HEIGHT))
        where = f"{plain(player)} at {plain(label.replace('_', ' '))}"
        ax.set_ylabel(f"{where}:\nprobability that {plain(of)} is {plain(kind)}")
        draw_profile(ax, profile, own, held)
    return ax


def _whose(game: ExtensiveGame, player: str, label: str, of: str | None, kind: str | None) -> tuple[str, str]:
    """The player and type that the belief is about."""
    if (player, label) not in game.labels:
        names = {f"{p}, {name}": None for p, name in game.labels}
        raise UnknownName(
            subject=f'Game "{game.name}"', wanted="a player's move", got=f"{player}, {label}", known=names
        )
    others = [p for p in game.players if p != player and game.types[p] != (None,)]
    if not others:
        raise ParameterError(subject=f'Game "{game.name}"', wanted=f"a player with types besides {player}", got="none")
    if of is not None and of not in others:
        raise UnknownName(subject=f'Game "{game.name}"', wanted="a player with types", got=of, known=others)
    whose = of or others[0]
    kinds = [str(t) for t in game.types[whose]]
    if kind is not None and kind not in kinds:
        raise UnknownName(subject=f'Game "{game.name}", {whose}', wanted="a type", got=kind, known=kinds)
    return whose, kind or kinds[0]


def _prior(game: ExtensiveGame, of: str, kind: str, x: sp.Symbol, fixed: Mapping[Any, Any]) -> sp.Expr:
    """How likely the type is before anything is played, over the parameter that varies."""
    place = game.players.index(of)
    known = game.assumptions
    total = sp.Add(*(p for types, p in game.prior.items() if str(types[place]) == kind))
    value = sp.sympify(known.expand(total)).xreplace(dict(fixed))
    require(f'Prior of {of} in "{game.name}"', known, tuple(s for s in known.symbols if s in value.free_symbols - {x}))
    return value


def _belief(e: Equilibrium, player: str, label: str, about: tuple[str, str], fixed: Mapping[Any, Any]) -> sp.Expr:
    own = next(s for s in e.game.information_sets if (s[0], s[-1]) == (player, label))
    small = replace(e.assessment, weights={own: e.assessment.weights[own]})
    known = e.game.assumptions
    value = small.substitute(fixed).posterior(player, label)[about[0]][about[1]]
    return known.expand(value).xreplace(dict(fixed))
