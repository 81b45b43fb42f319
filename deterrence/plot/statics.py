"""Comparative statics: the probability of an outcome along a line, in every equilibrium."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes

from deterrence.plot.along import HEIGHT, Profile, draw_profile
from deterrence.plot.extent import widened
from deterrence.plot.groups import distinct, everyone, grouped, outcome_of
from deterrence.plot.inputs import checked_axes
from deterrence.plot.plane import fixed_values, window
from deterrence.plot.style import new_axes, styled
from deterrence.plot.tracks import tracks
from deterrence.plot.words import mathematics, plain
from deterrence.profile import ProfileEquilibrium

__all__ = ["statics"]


def statics(
    equilibria: Any,
    outcome: str,
    x: Any,
    at: Mapping[Any, Any] | str | None = None,
    *,
    x_range: tuple[Any, Any] | None = None,
    knife_edges: bool = False,
    held: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw how likely an outcome is as a parameter varies; of games of levels or offers also a level or share.

    Parameters
    ----------
    equilibria : Equilibria, Model, or iterable of Equilibrium
    outcome : str
        An outcome; or the name of a level, or of an offer (player and label).
    x : sympy.Symbol or str
        The independent parameter that varies.
    at : mapping or "sample"
        Exact values of the other parameters that matter.
    x_range : pair of numbers, optional
        By default what the assumptions leave.
    knife_edges : bool
        Include equilibria that need an equation among the parameters: a point or a line.
    held : bool
        Write below what is held fixed.
    ax : Axes, optional

    Returns
    -------
    Axes
        A line for each equilibrium where it exists, one for all where they coincide, a hatched band
        where a family leaves the probability open; the boundaries are marked and labelled by their
        equations.

    Raises
    ------
    UnknownName
        If the game has no such outcome.
    PointError
        If a value is missing or breaks an assumption.
    """
    members = everyone(equilibria, f"Statics of {outcome}", knife_edges)
    known = members[0].game.assumptions
    subject = f'Statics of "{members[0].game.name}"'
    symbol = known.resolve(x)
    fixed = fixed_values(subject, known, symbol, at)
    groups = distinct(grouped(members, fixed, None))
    found = tracks(subject, groups, symbol, fixed, lambda e: outcome_of(e, outcome, fixed))
    span = window(subject, known, symbol, fixed, x_range)
    if x_range is None:
        span = widened(span, known, symbol, fixed, [e.condition for e in members])
    level = all(isinstance(e, ProfileEquilibrium) and outcome not in e.every_outcome for e in members)
    profile = Profile(symbol, span, fixed, members, groups, found, probability=not level)
    with styled():
        own = checked_axes(ax) is None
        ax = new_axes(ax, (6.8, HEIGHT))
        ax.set_ylabel(_level(members[0], outcome) if level else f"Probability of {plain(outcome)}")
        draw_profile(ax, profile, own, held)
    return ax


def _level(equilibrium: Any, name: str) -> str:
    """A level as the symbol that it is; the name of a share."""
    symbols = {level.symbol.name: level.symbol for level in getattr(equilibrium.game, "levels", ())}
    return mathematics(symbols[name]) if name in symbols else plain(name)
