"""Where text goes: names inside regions, equations in the margins, nothing over anything else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from scipy import ndimage

from deterrence.plot.style import settled

__all__ = ["Room", "arranged", "fitted", "spread"]

SIZE = 240
PASSES = 6


def arranged(ax: Axes, write: Callable[[Any], None], passes: int = PASSES) -> None:
    """Write what stands in and around an axes, anew until that no longer moves the axes.

    Text around the axes takes room from it, and by its size all text is placed.

    Parameters
    ----------
    ax : Axes
    write : function
        Adds artists, given the renderer that measures text.
    passes : int
        How often at most.
    """
    before = set(ax.get_children())
    renderer = settled(ax)
    for k in range(passes):
        box = ax.get_window_extent(renderer).bounds
        write(renderer)
        renderer = settled(ax)
        if k == passes - 1 or np.allclose(ax.get_window_extent(renderer).bounds, box, atol=0.5):
            break
        for artist in set(ax.get_children()) - before:
            artist.remove()


class Room:
    """The inside of an axes as a grid, and what is already taken of it.

    Parameters
    ----------
    ax : Axes
        Laid out, with its final limits.
    renderer : Renderer
        Measures text.
    """

    def __init__(self, ax: Axes, renderer: Any) -> None:
        self.ax, self.renderer = ax, renderer
        low_x, high_x = ax.get_xlim()
        low_y, high_y = ax.get_ylim()
        self.xs = low_x + (high_x - low_x) * (np.arange(SIZE) + 0.5) / SIZE
        self.ys = low_y + (high_y - low_y) * (np.arange(SIZE) + 0.5) / SIZE
        self.free = np.ones((SIZE, SIZE), dtype=bool)

    def block(self, xs: np.ndarray, ys: np.ndarray) -> None:
        """Keep text off a line."""
        steps = np.linspace(0, len(xs) - 1, 4 * SIZE)
        rows, columns = (
            np.clip(np.searchsorted(grid, np.interp(steps, np.arange(len(line)), line)), 0, SIZE - 1)
            for grid, line in ((self.ys, ys), (self.xs, xs))
        )
        self.free[rows, columns] = False

    def size(self, text: str, **style: Any) -> tuple[int, int]:
        """How many cells of the grid a text covers, in height and width."""
        probe = self.ax.text(0, 0, text, **style)
        box = probe.get_window_extent(self.renderer)
        probe.remove()
        inside = self.ax.get_window_extent(self.renderer)
        return int(np.ceil(SIZE * box.height / inside.height)), int(np.ceil(SIZE * box.width / inside.width))

    def place(self, mask: np.ndarray, text: str, margin: int = 3, **style: Any) -> Any | None:
        """Write a text where it fits into a region with most room around; None if it fits nowhere."""
        height, width = self.size(text, **style)
        allowed = mask & self.free
        if height + 2 * margin > SIZE or width + 2 * margin > SIZE:
            return None
        fits = ndimage.minimum_filter(allowed, size=(height + 2 * margin, width + 2 * margin), mode="constant", cval=0)
        if not fits.any():
            return None
        return self._write(_best(allowed, fits), (height, width), text, style)

    def beside(self, point: tuple[float, float], text: str, **style: Any) -> Any | None:
        """Write a text in the free place that is nearest to a point, but not on it."""
        height, width = self.size(text, **style)
        fits = ndimage.minimum_filter(self.free, size=(height + 2, width + 2), mode="constant", cval=0)
        row, column = int(np.searchsorted(self.ys, point[1])), int(np.searchsorted(self.xs, point[0]))
        rows, columns = np.indices(fits.shape)
        far = np.hypot(rows - row, columns - column)
        fits &= far > 12
        if not fits.any():
            return None
        where = np.unravel_index(int(np.argmin(np.where(fits, far, np.inf))), far.shape)
        return self._write((int(where[0]), int(where[1])), (height, width), text, style)

    def _write(self, at: tuple[int, int], size: tuple[int, int], text: str, style: Mapping[str, Any]) -> Any:
        """Write a text about a place and take its room."""
        (row, column), (height, width) = at, size
        top, left = max(0, row - height // 2 - 1), max(0, column - width // 2 - 1)
        self.free[top : row + height // 2 + 2, left : column + width // 2 + 2] = False
        return self.ax.text(self.xs[column], self.ys[row], text, ha="center", va="center", gid="name", **style)


def _best(allowed: np.ndarray, fits: np.ndarray) -> tuple[int, int]:
    """Among the places where a text fits, the one with most room, near the middle of its part."""
    depth = ndimage.distance_transform_edt(np.pad(allowed, 1))[1:-1, 1:-1]
    parts, _ = ndimage.label(allowed)
    deepest = np.unravel_index(int(np.argmax(depth * fits)), depth.shape)
    rows, columns = np.nonzero(parts == parts[deepest])
    far = np.hypot(
        *(axis - centre.mean() for axis, centre in zip(np.indices(depth.shape), (rows, columns), strict=True))
    )
    score = np.where(fits & (parts == parts[deepest]), np.minimum(depth, 30) - 0.3 * far, -np.inf)
    row, column = np.unravel_index(int(np.argmax(score)), score.shape)
    return int(row), int(column)


def spread(wanted: Sequence[float], sizes: Sequence[float], gap: float) -> list[float]:
    """Centres in the order of the wanted ones, moved as little as keeps them apart.

    Examples
    --------
    >>> spread([0.5, 0.5], [0.2, 0.2], 0.0)
    [0.4, 0.6]
    """
    blocks: list[list[Any]] = []  # [sum of (wanted - offset), count, offsets]
    for k, (centre, size) in enumerate(zip(wanted, sizes, strict=True)):
        blocks.append([centre, [(k, 0.0)], size, size])
        while len(blocks) > 1 and _touching(blocks[-2], blocks[-1], gap, sizes):
            _join(blocks, gap, sizes, wanted)
    result = [0.0] * len(wanted)
    for start, members, _, _ in blocks:
        for k, offset in members:
            result[k] = round(start + offset, 12)
    return result


def _touching(first: list[Any], second: list[Any], gap: float, sizes: Sequence[float]) -> bool:
    last, offset = first[1][-1]
    top = first[0] + offset + sizes[last] / 2
    bottom = second[0] - sizes[second[1][0][0]] / 2
    return bool(bottom < top + gap - 1e-12)


def _join(blocks: list[list[Any]], gap: float, sizes: Sequence[float], wanted: Sequence[float]) -> None:
    second, first = blocks.pop(), blocks[-1]
    last, offset = first[1][-1]
    shift = offset + sizes[last] / 2 + gap + sizes[second[1][0][0]] / 2
    first[1] += [(k, shift + o) for k, o in second[1]]
    first[0] = float(np.mean([wanted[k] - o for k, o in first[1]]))


def fitted(write: Callable[[str], Any | None], texts: Sequence[str]) -> Any | None:
    """The first text, from the fullest to the shortest, that finds a place."""
    for text in texts:
        found = write(text)
        if found is not None:
            return found
    return None
