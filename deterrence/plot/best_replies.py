"""Best replies of a game of two players with two actions each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp
from matplotlib.axes import Axes

from deterrence.errors import GameError, PointError
from deterrence.games.strategic import StrategicGame
from deterrence.plot.inputs import checked_axes, game_of, point_of
from deterrence.plot.plane import require
from deterrence.plot.style import colour, new_axes, styled
from deterrence.plot.words import plain

__all__ = ["best_replies", "equilibria_of", "reply"]

Pair = tuple[sp.Rational, sp.Rational]


def best_replies(game: Any, at: Mapping[Any, Any] | str | None = None, *, ax: Axes | None = None) -> Axes:
    """Draw both players' best replies, and the Nash equilibria where they meet.

    Parameters
    ----------
    game : StrategicGame or Model
        Two players with two actions each.
    at : mapping or "sample"
        Exact values of the parameters that the payoffs use.
    ax : Axes, optional

    Returns
    -------
    Axes
        Across and up: the probabilities of the players' first actions.

    Raises
    ------
    GameError
        If the game is not two by two.
    PointError
        If a value is missing.
    """
    game = game_of(game)
    first, second = _gains(game, at)
    (one, two), actions = game.players, game.actions
    with styled():
        ax = new_axes(checked_axes(ax), (4.6, 4.2))
        _replies(ax, (first, second), (plain(one), plain(two)))
        for k, (p, q) in enumerate(equilibria_of(first, second)):
            ring: dict[str, Any] = {"ms": 8, "mfc": "white", "mec": "black", "mew": 1.5, "zorder": 6}
            ax.plot(
                float(p),
                float(q),
                "o",
                ls="",
                clip_on=False,
                gid="equilibrium",
                label="equilibrium" if k == 0 else "",
                **ring,
            )
        ax.set_xlim(0, 1)
        ax.set_ylim(0, 1)
        ax.set_xlabel(f"Probability that {plain(one)} plays {plain(actions[one][0])}", fontsize=10.5)
        ax.set_ylabel(f"Probability that {plain(two)} plays {plain(actions[two][0])}", fontsize=10.5)
        ax.legend(
            loc="lower center", bbox_to_anchor=(0.5, 1.02), ncols=3, frameon=False, fontsize=9.5, columnspacing=1.2
        )
    return ax


def _replies(ax: Axes, gains: tuple[Pair, Pair], players: tuple[str, str]) -> None:
    """Both players' best replies, the first one's thicker and unbroken."""
    for k, (gain, player) in enumerate(zip(gains, players, strict=True)):
        points = reply(*gain)
        across = [float(p if k == 0 else q) for q, p in points]
        up = [float(q if k == 0 else p) for q, p in points]
        style: dict[str, Any] = {"color": colour((0, 5)[k]), "ls": ("-", (0, (5, 2)))[k], "lw": 2.4 - 0.6 * k}
        ax.plot(across, up, label=f"best reply of {player}", zorder=2 + k, clip_on=False, **style)


def _gains(game: StrategicGame, at: Mapping[Any, Any] | str | None) -> tuple[Pair, Pair]:
    """What the first action gains over the second against each action of the other, for both players."""
    shape = [len(a) for a in game.actions.values()] if isinstance(game, StrategicGame) else []
    if shape != [2, 2]:
        got = " x ".join(map(str, shape)) or type(game).__name__
        raise GameError(subject="best replies", wanted="a payoff table of two players with two actions each", got=got)
    known = game.assumptions
    subject = f'Best replies of "{game.name}"'
    point = known.exact_point(point_of(known, at, subject))
    broken = known.violated(point)
    if broken:
        raise PointError(subject=subject, wanted=f"values with {broken[0]}", got=str(point))
    a, b = (game.matrix(player) for player in game.players)
    pairs = ((a[0][0] - a[1][0], a[0][1] - a[1][1]), (b[0][0] - b[0][1], b[1][0] - b[1][1]))
    missing = {s for pair in pairs for e in pair for s in e.free_symbols} - point.keys()
    require(subject, known, tuple(s for s in known.symbols if s in missing))
    first, second = (tuple(sp.nsimplify(sp.expand(e.xreplace(point))) for e in pair) for pair in pairs)
    return (first[0], first[1]), (second[0], second[1])


def reply(yes: Any, no: Any) -> list[tuple[sp.Rational, sp.Rational]]:
    """Corner points (the other's probability, the own probability) of a best reply.

    Parameters
    ----------
    yes, no : numbers
        What the first action gains over the second, against the other's first and second action.

    Examples
    --------
    >>> reply(sp.Integer(-1), sp.Integer(1))
    [(0, 1), (1/2, 1), (1/2, 0), (1, 0)]
    """
    zero, one = sp.S.Zero, sp.S.One
    if yes == no == 0:
        return [(zero, zero), (zero, one), (one, one), (one, zero), (zero, zero)]
    left, right = (one if no > 0 else zero), (one if yes > 0 else zero)
    if no == 0:
        return [(zero, one - right), (zero, right), (one, right)]
    if yes == 0:
        return [(zero, left), (one, left), (one, one - left)]
    if left == right:
        return [(zero, left), (one, left)]
    switch = no / (no - yes)
    return [(zero, left), (switch, left), (switch, right), (one, right)]


def equilibria_of(first: Pair, second: Pair) -> list[tuple[sp.Rational, sp.Rational]]:
    """The corners and crossings (p, q) where each probability is a best reply to the other."""
    places = [sp.S.Zero, sp.S.One]
    ps = [*places, *_switch(second)]
    qs = [*places, *_switch(first)]
    return [(p, q) for p in ps for q in qs if _best(p, q, first) and _best(q, p, second)]


def _switch(gain: Pair) -> list[sp.Rational]:
    """The other's mixture that makes a player indifferent."""
    yes, no = gain
    return [no / (no - yes)] if yes * no < 0 else []


def _best(own: sp.Rational, other: sp.Rational, gain: Pair) -> bool:
    value = gain[0] * other + gain[1] * (1 - other)
    return bool((value <= 0 or own == 1) and (value >= 0 or own == 0))
