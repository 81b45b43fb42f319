"""Trees, statics, beliefs and best replies by geometry."""

import itertools
import os
import subprocess
import sys

import numpy as np
import pytest
import sympy as sp

import deterrence as dt
from deterrence.errors import GameError, ParameterError, PointError, UnknownName
from deterrence.games.strategic import StrategicGame
from deterrence.plot import best_replies, posterior, statics, tree
from deterrence.plot.tracks import Band
from tests.plot.boxes import boxes, overlapping


def test_a_large_tree_is_drawn_smaller_and_says_so():
    def below(depth):
        leaf = dt.outcome(f"end {depth}", A=depth)
        return leaf if depth == 7 else dt.move("A", f"step {depth}", {"on": below(depth + 1), "off": leaf, "up": leaf})

    wide = dt.ExtensiveGame("Deep", players=["A"], tree=below(0))
    words = " ".join(text for text, _ in boxes(tree(wide, depth=3)))
    assert "further outcomes" in words and "depth 3 of 7" in words
    with pytest.raises(ParameterError, match="depth"):
        tree(wide, depth=0)


def test_a_tree_that_fits_on_no_page_is_refused():
    game = dt.ExtensiveGame(
        "Broad", players=["A"], tree=dt.move("A", "go", {str(k): dt.outcome(str(k), A=k) for k in range(60)})
    )
    with pytest.raises(ParameterError, match="at most 48"):
        tree(game)


def test_statics_follow_each_equilibrium(unilateral):
    eqs, at = unilateral.solve(), unilateral.sample_point()
    ax = statics(eqs, "Conflict", "p_B", at)
    (bluff,) = [line for line in ax.lines if line.get_gid() == "Bluff"]
    assert bluff.get_xdata()[0] == pytest.approx(0) and bluff.get_xdata()[-1] == pytest.approx(0.4)
    assert np.allclose(bluff.get_ydata(), 0.2)
    assert overlapping(boxes(ax)) == []
    assert len(boxes(ax, lambda t: t.get_gid() == "boundary")) == 2


def test_open_beliefs_are_bands_with_exact_ends(unilateral):
    ax = posterior(unilateral.solve(), "Defender", "respond", "p_A", unilateral.sample_point())
    (band,) = [c for c in ax.collections if c.get_gid() == "Steadfast Deterrence"]
    heights = band.get_paths()[0].vertices[:, 1]
    assert heights.min() == pytest.approx(0) and heights.max() == pytest.approx(0.75)
    assert overlapping(boxes(ax)) == []


def test_lines_that_coincide_share_one_label(unilateral):
    """Two equilibria without conflict: one line in both colours where both exist, one name for it."""
    ax = statics(unilateral, "Conflict", "p_B", "sample")
    names = [t.get_text().replace("\n", " ") for t in ax.texts if t.get_gid() == "name"]
    assert "Certain Deterrence / Steadfast Deterrence" in names
    both = [line for line in ax.lines if line.get_gid() == "Certain Deterrence / Steadfast Deterrence"]
    assert len({line.get_color() for line in both}) == 2
    assert {(line.get_xdata()[0], line.get_xdata()[-1]) for line in both} == {(0.5, 1.0)}
    for first, second in itertools.combinations([x for x in ax.lines if x.get_gid() in names], 2):
        assert first.get_gid() == second.get_gid() or not _meet(first, second)


def _meet(first, second):
    """Whether two lines lie on one another over some length."""
    low = max(first.get_xdata()[0], second.get_xdata()[0])
    high = min(first.get_xdata()[-1], second.get_xdata()[-1])
    xs = np.linspace(low, high, 9)[1:-1]
    return high - low > 1e-6 and np.allclose(np.interp(xs, *first.get_data()), np.interp(xs, *second.get_data()))


@pytest.mark.parametrize("name", ["unilateral_deterrence", "generalized_mutual_deterrence", "protege_defender"])
def test_names_of_lines_never_overlap(name):
    model = dt.load(name)
    x = next(p.name for p in model.parameters if p.kind == "probability")
    for outcome in model.game.outcomes:
        assert overlapping(boxes(statics(model, outcome, x, "sample"))) == []


def test_the_prior_is_dotted(unilateral):
    ax = posterior(unilateral, "Defender", "respond", "p_A", "sample")
    (prior,) = [line for line in ax.lines if line.get_gid() == "Prior"]
    assert np.allclose(prior.get_ydata(), prior.get_xdata()) and prior.get_linestyle() not in ("-", "None")
    assert "Prior" in {t.get_text() for t in ax.texts}


def test_bands_differ_in_pattern_and_not_in_colour_alone():
    ax = posterior(dt.load("costly_alliance"), "Challenger", "facing an alliance", "h", "sample")
    bands = {c.get_gid(): c.get_hatch() for c in ax.collections if c.get_hatch()}
    assert len(bands) > 1 and len(set(bands.values())) == len(bands)


def test_bounds_that_are_not_computed_are_said():
    x, q, r = sp.symbols("x q r", real=True)
    one = Band(None, q, x, {}, None)
    two = Band(None, q * r, x, {}, None)
    assert one.known and not two.known


def test_misuse_is_explained(unilateral):
    eqs, at = unilateral.solve(), unilateral.sample_point()
    with pytest.raises(PointError, match="a_DC"):
        statics(eqs, "Conflict", "p_B", {"p_A": "1/2"})
    with pytest.raises(UnknownName, match="Conflict"):
        statics(eqs, "Konflict", "p_B", at)
    with pytest.raises(UnknownName, match="respond"):
        posterior(eqs, "Defender", "respnd", "p_A", at)


def chicken():
    P = dt.Parameters()
    p, s, r, t = P.ordered("p < s < r < t")
    cells = {"swerve": {"swerve": (r, r), "dare": (s, t)}, "dare": {"swerve": (t, s), "dare": (p, p)}}
    actions = {"A": ["swerve", "dare"], "B": ["swerve", "dare"]}
    return StrategicGame("Chicken", parameters=P, actions=actions, payoffs=cells)


def test_best_replies_meet_in_the_equilibria():
    ax = best_replies(chicken(), {"p": 0, "s": 1, "r": 3, "t": 4})
    marks = {(*line.get_xdata(), *line.get_ydata()) for line in ax.lines if line.get_gid() == "equilibrium"}
    assert marks == {(0, 1), (1, 0), (0.5, 0.5)}


def test_best_replies_refuse_other_games(unilateral):
    with pytest.raises(PointError, match="value for"):
        best_replies(chicken(), {"p": 0})
    with pytest.raises(GameError, match="two players"):
        best_replies(unilateral.game)


def test_no_display_is_no_obstacle():
    code = (
        "import deterrence as dt, deterrence.plot as p\n"
        "m = dt.load('unilateral_deterrence'); p.tree(m.game)\n"
        "import matplotlib; print(matplotlib.get_backend())"
    )
    bare = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "MPLBACKEND")}
    done = subprocess.run([sys.executable, "-c", code], env=bare, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "agg" in done.stdout.lower(), done.stderr


def test_circles_of_best_replies_are_explained():
    ax = best_replies(dt.load("chicken"), "sample")
    assert [t.get_text() for t in ax.get_legend().get_texts()] == [
        "best reply of Row", "best reply of Column", "equilibrium",
    ]  # fmt: skip
