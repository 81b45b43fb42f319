"""Comparative statics: the probability of an outcome along a line, in every equilibrium."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes

from deterrence.plot.along import draw_bounds, draw_details, draw_names, draw_tracks, tracks
from deterrence.plot.groups import distinct, everyone, grouped, outcome_of
from deterrence.plot.placing import arranged
from deterrence.plot.plane import fixed_values, window
from deterrence.plot.style import new_axes, styled
from deterrence.plot.words import mathematics, plain
from deterrence.profiles import ProfileEquilibrium

__all__ = ["statics"]


def statics(
    equilibria: Any,
    outcome: str,
    x: Any,
    at: Mapping[Any, Any] | None = None,
    *,
    x_range: tuple[Any, Any] | None = None,
    knife_edges: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw how likely an outcome is as a parameter varies; of games of levels or offers also a level or share.

    Parameters
    ----------
    equilibria : Equilibria, or iterable of Equilibrium
    outcome : str
        An outcome; or the name of a level, or of an offer (player and label).
    x : sympy.Symbol or str
        The independent parameter that varies.
    at : mapping
        Exact values of the other parameters that matter.
    x_range : pair of numbers, optional
        By default what the assumptions leave.
    knife_edges : bool
        Include equilibria that need an equation among the parameters: a point or a line.
    ax : Axes, optional

    Returns
    -------
    Axes
        A line for each equilibrium where it exists, a hatched band where a family leaves the
        probability open; the boundaries are marked and labelled by their equations.

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
    with styled():
        ax = drawn = new_axes(ax, (6.8, 3.9))
        ax.set_xlim(float(span[0]), float(span[1]))
        level = all(isinstance(e, ProfileEquilibrium) and outcome not in e.every_outcome for e in members)
        if not level:
            ax.set_ylim(-0.03, 1.03)
        ax.set_xlabel(mathematics(symbol))
        ax.set_ylabel(plain(outcome) if level else f"Probability of {plain(outcome)}")
        names, ends = draw_tracks(ax, found, symbol, span)
        draw_details(ax, groups, found)

        def around(renderer: Any) -> None:
            draw_bounds(drawn, members, found, symbol, fixed, span, renderer)
            draw_names(drawn, names, ends, renderer)

        arranged(ax, around)
    return ax
