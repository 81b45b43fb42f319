"""A picture along a line: strands, their names at the right, the boundaries above, notes below."""

from __future__ import annotations

import string
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import sympy as sp
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from deterrence.equilibria import Equilibrium
from deterrence.plot.equations import held
from deterrence.plot.groups import Group
from deterrence.plot.margins import Anchor, noted, write_margins
from deterrence.plot.notes import Note, draw_notes, reserve, sealed
from deterrence.plot.placing import arranged, spread
from deterrence.plot.style import HATCHES, colour, dash, measured
from deterrence.plot.tracks import Strand, Track, Window, strands
from deterrence.plot.words import mathematics, plain
from deterrence.polynomials import to_flint
from deterrence.regions import Region
from deterrence.regions.logic import literals
from deterrence.regions.present import _Presenter
from deterrence.regions.roots import Root, rational_root

__all__ = ["PRIOR", "Line", "Profile", "draw_profile"]

HEIGHT = 3.9  # inches of an own figure, without its notes
LETTERS = 28  # of a line of a name
LINES = 3  # of a name
PRIOR = "Prior"
CUT = "Cut off: a line runs beyond the picture, where it grows without bound or nearly so"
STEEP = 8.0  # times the height that holds nine tenths of all places, beyond which a picture is cut
DOTS: dict[str, Any] = {"color": "black", "ls": (0, (1, 1.6)), "lw": 1.4}


@dataclass(frozen=True)
class Line:
    """A line beside those of the equilibria: its name and its value over the parameter."""

    name: str
    value: sp.Expr


@dataclass(frozen=True)
class Profile:
    """What a picture along a line shows.

    Attributes
    ----------
    x : sympy.Symbol
    span : pair of numbers
    fixed : mapping
    members : tuple of Equilibrium
    groups : tuple of Group
    tracks : tuple of Track
    beside : Line or None
        Drawn dotted.
    probability : bool
        Whether the quantity lies between 0 and 1.
    """

    x: sp.Symbol
    span: Window
    fixed: Mapping[Any, Any]
    members: tuple[Equilibrium, ...]
    groups: tuple[Group, ...]
    tracks: tuple[Track, ...]
    beside: Line | None = None
    probability: bool = True


def draw_profile(ax: Axes, profile: Profile, own: bool, fixed: bool = False) -> None:
    """Draw a quantity in every equilibrium, on axes that are labelled already."""
    found = strands(profile.tracks, profile.span)
    ax.set_xlim(*(float(v) for v in profile.span))
    if profile.probability:
        ax.set_ylim(-0.03, 1.03)
    ax.set_xlabel(mathematics(profile.x))
    labels = _drawn(ax, profile, found)
    cut = not profile.probability and _cut(ax)
    bounds = _bounds(profile, found)
    figure: Any = ax.get_figure(root=True)
    written: list[Any] = []

    def around(renderer: Any) -> None:
        equations = _upright(ax, bounds)
        lettered = _names(ax, labels, renderer)
        notes = [
            *lettered,
            *([Note(CUT)] if cut else []),
            *_notes(profile, found, fixed),
            *(Note(text, ready=True) for text in equations),
        ]
        written[:], height = draw_notes(ax, notes)
        if own:
            reserve(figure, written, HEIGHT, height)

    arranged(ax, around)
    if own:
        sealed(figure, written)


def _drawn(ax: Axes, profile: Profile, found: tuple[Strand, ...]) -> dict[str, _Label]:
    """Draw every strand, and the line beside them; gives each name with where its line ends."""
    order = list(dict.fromkeys(t.name for t in profile.tracks))
    labels: dict[str, _Label] = {}
    for s in found:
        indices = [order.index(n) for n in s.names]
        end, at = _draw(ax, s, profile.x, indices)
        text = " / ".join(s.names)
        hatched = s.track.hatched or (text in labels and labels[text].hatched)
        if text not in labels or (not s.track.hatched and end >= labels[text].x):
            labels[text] = _Label(indices, end, at)
        labels[text] = replace(labels[text], hatched=hatched)
    if profile.beside is not None:
        labels[profile.beside.name] = _beside(ax, profile)
    return labels


def _cut(ax: Axes) -> bool:
    """Leave out heights that few places reach and that would flatten all others; whether that was needed."""
    heights = np.concatenate([np.asarray(line.get_ydata(), dtype=float) for line in ax.lines] or [np.zeros(1)])
    heights = heights[np.isfinite(heights)]
    if not heights.size:
        return False
    low, middle, high = np.quantile(heights, [0.05, 0.5, 0.95])
    least, most = heights.min(), heights.max()
    room = STEEP * max(high - low, 1e-9 * max(abs(most), abs(least)))
    bottom, top = max(least, middle - room), min(most, middle + room)
    if (bottom, top) == (least, most):
        return False
    margin = 0.05 * (top - bottom)
    ax.set_ylim(bottom - margin if bottom == least else bottom, top + margin if top == most else top)
    return True


@dataclass(frozen=True)
class _Label:
    """The equilibria of a line, by number, and where it ends; no numbers for the line beside them."""

    indices: list[int]
    x: float
    y: float
    hatched: bool = False


def _draw(ax: Axes, strand: Strand, x: sp.Symbol, indices: list[int]) -> tuple[float, float]:
    """Draw one strand; gives where it ends."""
    low, high = float(strand.start), float(strand.end)
    track, gid = strand.track, " / ".join(strand.names)
    margin = 1e-6 * (high - low)
    xs = np.linspace(low, high, 21 if track.hatched else 200)
    bottom, top = track.ends(x, np.clip(xs, low + margin, high - margin))
    if not track.hatched:
        marker: dict[str, Any] = {"marker": "D", "ms": 5} if low == high else {}
        for style in _strokes(indices):
            for line in (bottom,) if np.array_equal(bottom, top, equal_nan=True) else (bottom, top):
                ax.plot(xs, line, zorder=3, gid=gid, **style, **marker)
    else:
        ax.fill_between(xs, bottom, top, zorder=1, gid=gid, **_hatch(indices[0]))
    return high, float(top[-1] + bottom[-1]) / 2


def _hatch(k: int) -> dict[str, Any]:
    """The look of a band."""
    return {"facecolor": "none", "edgecolor": colour(k), "hatch": HATCHES[k % len(HATCHES)], "lw": 0.8, "alpha": 0.6}


def _strokes(indices: list[int]) -> list[dict[str, Any]]:
    """The style of a line; where several coincide one for each, their colours in turn."""
    if len(indices) == 1:
        return [{"color": colour(indices[0]), "ls": dash(indices[0]), "lw": 1.8}]
    if not indices:
        return [DOTS]
    shown = indices[: len(HATCHES)]
    step = 5.0
    return [
        {"color": colour(k), "ls": (-step * j, (step, step * (len(shown) - 1))), "lw": 2.4, "dash_capstyle": "butt"}
        for j, k in enumerate(shown)
    ]


def _beside(ax: Axes, profile: Profile) -> _Label:
    line = profile.beside
    assert line is not None
    xs = np.linspace(float(profile.span[0]), float(profile.span[1]), 200)
    ys = np.broadcast_to(np.asarray(sp.lambdify(profile.x, line.value, "numpy")(xs), dtype=float), xs.shape)
    ax.plot(xs, ys, zorder=2.5, gid=line.name, **DOTS)
    return _Label([], float(xs[-1]), float(ys[-1]))


def _names(ax: Axes, labels: Mapping[str, _Label], renderer: Any) -> list[Note]:
    """Each name at the right, beside a sample of its line; long ones get a letter, and a note."""
    box = ax.get_window_extent(renderer)
    (x0, x1), (y0, y1) = ax.get_xlim(), ax.get_ylim()
    letters = iter(string.ascii_uppercase + string.ascii_lowercase)
    order = sorted(labels, key=lambda n: labels[n].y)
    shown: dict[str, str] = {}
    notes: list[Note] = []
    for name in order:
        lines = textwrap.wrap(name, LETTERS)
        shown[name] = plain("\n".join(lines)) if len(lines) <= LINES else next(letters, "*")
        if len(lines) > LINES:
            notes.append(Note(f"{shown[name]}: {name}"))
    style: dict[str, Any] = {"fontsize": 9.5, "linespacing": 1.0}
    heights = [(measured(ax, shown[n], **style)[1] + 2) * renderer.dpi / 72 / box.height for n in order]
    wanted = [min(max((labels[n].y - y0) / (y1 - y0), 0.0), 1.0) for n in order]
    for name, y, place in zip(order, wanted, spread(wanted, heights, 0.015), strict=True):
        x = (labels[name].x - x0) / (x1 - x0)
        _stroke(ax, [x, 1.0, 1.03], [y, y, place], {"color": "0.6", "lw": 0.4, "ls": ":", "zorder": 0.5})
        _sample(ax, labels[name], place)
        ax.text(1.105, place, shown[name], transform=ax.transAxes, ha="left", va="center", gid="name", **style)
    return notes


def _sample(ax: Axes, label: _Label, place: float) -> None:
    """How the line or band of a name looks."""
    if label.hatched:
        patch = Rectangle((1.03, place - 0.02), 0.06, 0.04, transform=ax.transAxes, clip_on=False)
        patch.set(**_hatch(label.indices[0]))
        ax.add_patch(patch)
        return
    for style in _strokes(label.indices):
        _stroke(ax, [1.03, 1.09], [place, place], style)


def _stroke(ax: Axes, xs: list[float], ys: list[float], style: Mapping[str, Any]) -> None:
    """A line in fractions of the axes, also outside of it."""
    ax.plot(xs, ys, transform=ax.transAxes, clip_on=False, scalex=False, scaley=False, **style)


def _notes(profile: Profile, found: tuple[Strand, ...], fixed: bool) -> list[Note]:
    """What numbered names stand for, which bands are not known, and what is held fixed."""
    names = {n for s in found for n in s.names}
    notes = [Note(f"{g.name}: {g.detail}") for g in profile.groups if g.detail and g.name in names]
    bands = [s for s in found if s.track.hatched]
    if bands:
        notes.append(Note("Hatched: the equilibrium leaves it open within these bounds"))
    unknown = dict.fromkeys(n for s in bands if s.track.band and not s.track.band.known for n in s.names)
    if unknown:
        notes.append(Note(f"The bounds were not computed, and all of [0, 1] is hatched, for {', '.join(unknown)}"))
    if fixed and profile.fixed:
        notes.append(Note(f"Held fixed: {held(profile.fixed, profile.fixed)}", ready=True))
    return notes


# -- boundaries ------------------------------------------------------------------------------------------


def _bounds(profile: Profile, found: tuple[Strand, ...]) -> dict[Root, str]:
    """Where an equilibrium begins or ends inside the window, and the equation of that place."""
    first, last = (rational_root(to_flint(sp.Rational(v))) for v in profile.span)
    ends = {end for t in profile.tracks for end in (t.interval.start, t.interval.end) if end is not None}
    known = _equations(profile)
    return {
        p: known.get(p, f"{mathematics(profile.x)[:-1]} = {mathematics(p.exact)[1:]}")
        for p in sorted(end for end in ends if first < end < last)
    }


def _upright(ax: Axes, bounds: Mapping[Root, str]) -> list[str]:
    """A thin upright line at each place with its equation above; gives the notes for long ones."""
    (x0, x1) = ax.get_xlim()
    places: dict[str, Anchor] = {}
    for root, text in bounds.items():
        at = (float(root) - x0) / (x1 - x0)
        _stroke(ax, [at, at], [0, 1], {"color": "0.35", "lw": 0.6, "ls": ":", "zorder": 0.8})
        places[text] = Anchor(at, 1.0, True)
    return write_margins(ax, places, lambda text: noted(ax, text))


def _equations(profile: Profile) -> dict[Root, str]:
    """The shortest equation that gives each place on the line."""
    found: dict[Root, str] = {}
    done: set[Any] = set()
    for e in profile.members:
        bare: Region = e.condition.eliminate() if e.condition.pending else e.condition
        presenter = _Presenter(bare.assumptions, (profile.x,))
        for literal in literals(bare.formula):
            if literal.key in done:
                continue
            done.add(literal.key)
            expr = sp.expand(bare.assumptions.ring.to_sympy(literal.poly).xreplace(dict(profile.fixed)))
            if expr.free_symbols != {profile.x} or sp.degree(expr, profile.x) != 1:
                continue
            slope, offset = sp.Poly(expr, profile.x).all_coeffs()
            atom = presenter.atom(literal)
            text = f"{mathematics(atom.left)[:-1]} = {mathematics(atom.right)[1:]}"
            place = rational_root(to_flint(sp.Rational(-offset / slope)))
            if place not in found or len(text) < len(found[place]):
                found[place] = text
    return found
