"""Quantities along a line through all equilibria: where each exists, what it says, and what bounds it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import sympy as sp
from matplotlib.axes import Axes

from deterrence.equilibria import Equilibrium
from deterrence.plot.groups import Group
from deterrence.plot.placing import spread
from deterrence.plot.plane import require, sliced
from deterrence.plot.style import colour, dash
from deterrence.plot.words import mathematics, plain
from deterrence.profiles import ProfileEquilibrium
from deterrence.regions import Region
from deterrence.regions.lines import Interval, intervals
from deterrence.regions.logic import literals
from deterrence.regions.present import _Presenter

__all__ = ["Track", "clipped", "draw_bounds", "draw_details", "draw_names", "draw_tracks", "tracks"]

Window = tuple[sp.Rational, sp.Rational]
Ends = tuple[list[str], dict[str, tuple[float, float]]]


@dataclass(frozen=True)
class Track:
    """One equilibrium on one interval of the line.

    Attributes
    ----------
    name : str
    interval : Interval
    value : sympy.Expr
        The quantity over the parameter that varies.
    band : _Band or None
        Its ends, where the equilibrium leaves it open.
    """

    name: str
    interval: Interval
    value: sp.Expr
    band: _Band | None = None

    def ends(self, x: sp.Symbol, xs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The lowest and highest value at each place."""
        if self.band is None:
            line = _values(self.value, x, xs)
            return line, line
        return self.band.ends(xs)


@dataclass(frozen=True)
class _Band:
    """A quantity that an equilibrium leaves open."""

    equilibrium: Equilibrium
    value: sp.Expr
    x: sp.Symbol
    fixed: Mapping[Any, Any] = field(hash=False)

    @property
    def isolated(self) -> bool:
        """Whether only the ends are values: the roots of an equation, and nothing between them."""
        return isinstance(self.equilibrium, ProfileEquilibrium) and not self.equilibrium.free

    def ends(self, xs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The exact ends at each place."""
        loose = self.value.free_symbols - {self.x}
        if len(loose) > 1:
            return np.zeros_like(xs), np.ones_like(xs)
        (symbol,) = loose
        rows = [self._at(symbol, sp.Rational(str(round(float(v), 9)))) for v in xs]
        return np.array([r[0] for r in rows]), np.array([r[1] for r in rows])

    def _at(self, symbol: sp.Symbol, place: sp.Rational) -> tuple[float, float]:
        system = self.equilibrium.system
        here = [sp.S.Zero, sp.S.One]
        if symbol in system.assumptions:
            others = [s for s in (*self.equilibrium.free, *self.equilibrium.free_beliefs) if s != symbol]
            region = system.eliminate(*others) if others else system
            spans = intervals(region, symbol, {**self.fixed, self.x: place})
            here = [end for span in spans for end in span.ends]
        ends = [float(sp.sympify(self.value.xreplace({self.x: place})).subs(symbol, v)) for v in here]
        return (min(ends), max(ends)) if ends else (float("nan"), float("nan"))


def tracks(
    subject: str,
    groups: tuple[Group, ...],
    x: sp.Symbol,
    fixed: Mapping[Any, Any],
    quantity: Callable[[Equilibrium], sp.Expr | None],
) -> tuple[Track, ...]:
    """Follow a quantity through each equilibrium; None where it says nothing of it.

    A quantity that rests on one free probability or belief runs between its ends at the ends of
    that one's exact range; of one that rests on several the whole of [0, 1] is shown.
    """
    members = [e for g in groups for e in g.members]
    known = members[0].game.assumptions
    used = {
        s for e in members for f in literals(e.condition.formula) for s in e.condition.assumptions.ring.used(f.poly)
    }
    require(subject, known, tuple(s for s in known.symbols if s in used - {*fixed, x}))
    found: dict[tuple[Any, ...], Track] = {}
    for name, e in ((g.name, e) for g in groups for e in g.members):
        value = quantity(e)
        if value is None:
            continue
        loose = value.free_symbols - {x}
        require(subject, known, tuple(s for s in known.symbols if s in loose))
        flat, rest = sliced(e.condition, fixed, x)
        for interval in intervals(flat, x, rest):
            found.setdefault(
                (name, interval, value),
                Track(name, interval, value, _Band(e, value, x, fixed) if loose else None),
            )
    return tuple(found.values())


def clipped(interval: Interval, span: Window) -> tuple[float, float] | None:
    """The part of an interval inside a window; None if there is none."""
    low = max(float(span[0]), -np.inf if interval.start is None else float(interval.start))
    high = min(float(span[1]), np.inf if interval.end is None else float(interval.end))
    return (low, high) if low <= high else None


def draw_tracks(ax: Axes, found: tuple[Track, ...], x: sp.Symbol, span: Window) -> Ends:
    """Draw every track; gives the names in order of their colours, and where each ends."""
    names = list(dict.fromkeys(t.name for t in found if clipped(t.interval, span) is not None))
    ends: dict[str, tuple[float, float]] = {}
    for t in found:
        part = clipped(t.interval, span)
        if part is None:
            continue
        k = names.index(t.name)
        xs = np.linspace(*part, 200 if t.band is None else 21)
        margin = 1e-6 * (part[1] - part[0])
        low, high = t.ends(x, np.clip(xs, part[0] + margin, part[1] - margin))
        if t.band is None or t.band.isolated:
            marker: dict[str, Any] = {"marker": "D", "ms": 5} if part[0] == part[1] else {}
            for line in (low,) if np.array_equal(low, high, equal_nan=True) else (low, high):
                ax.plot(xs, line, color=colour(k), ls=dash(k), lw=1.8, zorder=3, gid=t.name, **marker)
        else:
            band: dict[str, Any] = {
                "facecolor": "none",
                "edgecolor": colour(k),
                "hatch": "//",
                "lw": 0.8,
                "alpha": 0.45,
            }
            ax.fill_between(xs, low, high, zorder=1, gid=t.name, **band)
        place = float(high[-1] + low[-1]) / 2
        if t.name not in ends or (t.band is None and part[1] >= ends[t.name][0]):
            ends[t.name] = (part[1], place)
    return names, ends


def _values(expr: sp.Expr, x: sp.Symbol, xs: np.ndarray) -> np.ndarray:
    return np.broadcast_to(np.asarray(sp.lambdify(x, expr, "numpy")(xs), dtype=float), xs.shape)


def draw_names(ax: Axes, names: list[str], ends: dict[str, tuple[float, float]], renderer: Any) -> None:
    """Each name at the right, beside a sample of its line, joined to where the line ends."""
    box = ax.get_window_extent(renderer)
    (x0, x1), (y0, y1) = ax.get_xlim(), ax.get_ylim()
    order = sorted(names, key=lambda n: ends[n][1])
    wanted = [(ends[n][1] - y0) / (y1 - y0) for n in order]
    shown = {n: "\n".join(textwrap.wrap(plain(n), 34)[:3]) for n in order}
    heights = [(1.25 * (shown[n].count("\n") + 1) * 9.5 * renderer.dpi / 72) / box.height for n in order]
    for name, y, place in zip(order, wanted, spread(wanted, heights, 0.015), strict=True):
        k = names.index(name)
        ax.plot(
            [(ends[name][0] - x0) / (x1 - x0), 1.0, 1.03],
            [y, y, place],
            transform=ax.transAxes,
            color="0.6",
            lw=0.4,
            ls=":",
            clip_on=False,
            zorder=0.5,
            scalex=False,
            scaley=False,
        )
        ax.plot(
            [1.03, 1.09],
            [place, place],
            transform=ax.transAxes,
            color=colour(k),
            ls=dash(k),
            lw=1.8,
            clip_on=False,
            scalex=False,
            scaley=False,
        )
        ax.text(1.105, place, shown[name], transform=ax.transAxes, ha="left", va="center", fontsize=9.5, gid="name")


def draw_details(ax: Axes, groups: tuple[Group, ...], found: tuple[Track, ...]) -> None:
    """What numbered names stand for, below the axes."""
    shown = {t.name for t in found}
    notes = [f"{g.name}: {plain(g.detail)}" for g in groups if g.detail and g.name in shown]
    lines = [line for note in notes for line in textwrap.wrap(note, 100, subsequent_indent="     ")]
    if lines:
        place: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "ha": "left", "va": "top"}
        ax.annotate("\n".join(lines), (0, 0), (0, -34), fontsize=9, gid="notes", **place)


def draw_bounds(
    ax: Axes,
    members: tuple[Equilibrium, ...],
    found: tuple[Track, ...],
    x: sp.Symbol,
    fixed: Mapping[Any, Any],
    span: Window,
    renderer: Any,
) -> None:
    """A thin upright line wherever an equilibrium begins or ends, its equation above."""
    places = sorted(
        {
            end
            for t in found
            for end in (t.interval.start, t.interval.end)
            if end is not None and span[0] < end.exact < span[1]
        }
    )
    known = _equations(members, x, fixed)
    (x0, x1) = ax.get_xlim()
    box = ax.get_window_extent(renderer)
    rows = [
        ((float(p) - x0) / (x1 - x0), known.get(p, f"{mathematics(x)[:-1]} = {mathematics(p.exact)[1:]}"))
        for p in places
    ]
    probes = [ax.text(0, 0, text, fontsize=9) for _, text in rows]
    widths = [t.get_window_extent(renderer).width / box.width for t in probes]
    for probe in probes:
        probe.remove()
    for (at, text), place in zip(rows, spread([r[0] for r in rows], widths, 0.02), strict=True):
        ax.plot(
            [at, at, place],
            [0, 1, 1.045],
            transform=ax.transAxes,
            color="0.35",
            lw=0.6,
            ls=":",
            clip_on=False,
            zorder=0.8,
            scalex=False,
            scaley=False,
        )
        ax.text(place, 1.05, text, transform=ax.transAxes, ha="center", va="bottom", fontsize=9, gid="boundary")


def _equations(members: tuple[Equilibrium, ...], x: sp.Symbol, fixed: Mapping[Any, Any]) -> dict[Any, str]:
    """The shortest equation that gives each place on the line."""
    found: dict[Any, str] = {}
    done: set[Any] = set()
    for e in members:
        bare: Region = e.condition.eliminate() if e.condition.pending else e.condition
        presenter = _Presenter(bare.assumptions, (x,))
        for literal in literals(bare.formula):
            if literal.key in done:
                continue
            done.add(literal.key)
            expr = sp.expand(bare.assumptions.ring.to_sympy(literal.poly).xreplace(dict(fixed)))
            if expr.free_symbols != {x} or sp.degree(expr, x) != 1:
                continue
            slope, offset = sp.Poly(expr, x).all_coeffs()
            atom = presenter.atom(literal)
            text = f"{mathematics(atom.left)[:-1]} = {mathematics(atom.right)[1:]}"
            place = _root(-offset / slope)
            if place not in found or len(text) < len(found[place]):
                found[place] = text
    return found


def _root(number: sp.Rational) -> Any:
    from deterrence.polynomials import to_flint
    from deterrence.regions.roots import rational_root

    return rational_root(to_flint(sp.Rational(number)))
