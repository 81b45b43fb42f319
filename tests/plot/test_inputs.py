"""What pictures are drawn from: models and single equilibria are taken, other things refused in words."""

import pytest
import sympy as sp
from click.testing import CliRunner

from deterrence.cli import main
from deterrence.errors import ParameterError, PointError
from deterrence.plot import posterior, probability, regions, statics, tree
from deterrence.plot.words import broken, mathematics

AXES = ("p_A", "p_B")


def test_a_model_and_its_samples_are_enough(unilateral):
    ax = regions(unilateral, *AXES, at="sample")
    assert ax.get_xlabel() == "$p_{A}$"
    (bluff,) = unilateral.solve().named("Bluff")
    assert "Bluff" in {t.get_text() for t in regions(bluff, *AXES, at="sample").texts}


@pytest.mark.parametrize("draw", ["regions", "probability", "statics", "posterior"])
def test_what_holds_no_equilibria_is_refused(unilateral, draw):
    for wrong in (None, unilateral.game, 3, "answer", [1, 2], {}):
        with pytest.raises(ParameterError, match="wanted"):
            _drawn(draw, wrong, at="sample")
    with pytest.raises(ParameterError, match=r"dt\.solve\(game\)"):
        _drawn(draw, unilateral.game, at="sample")


def _drawn(draw, source, **options):
    if draw == "regions":
        return regions(source, *AXES, **options)
    if draw == "probability":
        return probability(source, "Conflict", *AXES, **options)
    if draw == "statics":
        return statics(source, "Conflict", "p_A", **options)
    return posterior(source, "Defender", "respond", "p_A", **options)


@pytest.mark.parametrize("draw", ["regions", "probability", "statics", "posterior"])
def test_options_of_the_wrong_kind_are_refused(unilateral, draw):
    with pytest.raises(ParameterError, match="matplotlib Axes"):
        _drawn(draw, unilateral, at="sample", ax=3)
    with pytest.raises(ParameterError, match="lower and a higher"):
        _drawn(draw, unilateral, at="sample", x_range=3)
    with pytest.raises(ParameterError, match="lower and a higher"):
        _drawn(draw, unilateral, at="sample", x_range=(1, 1))
    with pytest.raises(PointError, match="sample"):
        _drawn(draw, unilateral, at="samples")
    with pytest.raises(ParameterError, match="matplotlib Axes"):
        tree(unilateral, ax=3)


def test_names_of_several_parts_keep_them_apart():
    assert mathematics(sp.Symbol("p_very_long_name")) == r"$p_{\mathrm{very\:long\:name}}$"
    assert mathematics(sp.Symbol("a_DC")) == "$a_{DC}$"


def test_a_broken_formula_loses_nothing():
    a, b, c = sp.symbols("a b c")
    text = mathematics(sp.expand((a + b - c) ** 4))
    lines = broken(text, 30).split("\n")
    assert len(lines) > 2 and all(line.startswith("$") and line.endswith("$") for line in lines)
    assert "".join("".join(lines).replace("$", "").replace(r"\quad", "").split()) == "".join(text.strip("$").split())


def run(*words):
    return CliRunner().invoke(main, ["plot", *words])


def test_a_value_for_an_axis_is_refused(tmp_path):
    done = run("unilateral_deterrence", "-x", "p_A", "-y", "p_B", "--at", "p_A=3/2", "-o", str(tmp_path / "a.png"))
    assert done.exit_code == 2 and "p_A varies over this picture" in done.output


def test_a_file_that_cannot_be_written_is_refused_first(tmp_path):
    done = run("no_such_model", "-o", str(tmp_path / "missing" / "a.png"))
    assert done.exit_code == 2 and "folder that exists" in done.output


def test_beliefs_and_best_replies_are_drawn(tmp_path):
    belief, replies = tmp_path / "belief.png", tmp_path / "replies.svg"
    words = ("posterior", "--move", "Defender:respond", "--of", "Challenger:Hard", "-x", "p_A")
    assert run("unilateral_deterrence", *words, "--dpi", "40", "-o", str(belief)).exit_code == 0
    assert run("chicken", "best_replies", "-o", str(replies)).exit_code == 0
    assert belief.stat().st_size and replies.stat().st_size
    assert "--move" in run("unilateral_deterrence", "posterior", "-o", str(belief)).output
