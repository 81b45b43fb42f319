"""What a picture is measured by."""

import itertools


def boxes(ax, wanted=lambda t: True):
    """Each visible text of an axes with its box in pixels."""
    figure = ax.get_figure()
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()
    texts = [t for t in ax.texts if t.get_text() and t.get_visible() and wanted(t)]
    found = [(t.get_text(), t.get_window_extent(renderer)) for t in texts]
    for text, (words, box) in zip(texts, found, strict=True):
        assert box.height >= ink(text, renderer) - 1, f"{words} is drawn higher than its box"
    return found


def ink(text, renderer):
    """How high the formulas of a text are, one line under the other, in pixels."""
    lines = [line for line in text.get_text().split("\n") if "$" in line]
    font = text.get_fontproperties()
    return sum(renderer.get_text_width_height_descent(line, font, ismath=True)[1] for line in lines)


def overlapping(found, slack=1.0):
    """Pairs of texts whose boxes meet by more than some pixels."""
    return [
        (a, b)
        for (a, p), (b, q) in itertools.combinations(found, 2)
        if min(p.x1, q.x1) - max(p.x0, q.x0) > slack and min(p.y1, q.y1) - max(p.y0, q.y0) > slack
    ]
