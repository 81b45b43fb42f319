"""The page as a file: self-contained, small, safe against what names contain; and what is refused."""

import re

import pytest
import sympy as sp
from click.testing import CliRunner

import deterrence as dt
from deterrence.cli import main
from deterrence.errors import DeterrenceError
from deterrence.explorer import page
from deterrence.explorer.sliders import sliders, start
from tests.explorer.pages import data_in, model, page_of


def dare(name="Dare", **options):
    tree = dt.move("A", "start", stay=dt.outcome("Stay", A=0), dare=dt.outcome("Dare", A=1))
    return dt.ExtensiveGame(name, players=["A"], tree=tree, **options)


def test_page_is_self_contained():
    text = page_of()
    assert len(text.encode()) < 3_000_000
    assert not re.search(r"https?://", text)
    assert not re.search(r"<(script|link|img|iframe)[^>]*\b(src|href)=(?!\"data:,\")", text)
    assert "default-src 'none'" in text
    assert "{{" not in text


def test_the_page_groups_by_name_and_by_outcome():
    eqs, data = model().solve(), data_in(page_of())
    ways = {w["way"]: w for w in data["ways"]}
    assert list(ways) == ["name", "outcome"]  # every equilibrium has a name, as on the map of dt.plot.regions
    assert data["groups"] == ways["name"]["groups"]
    assert [e["group"] for e in data["equilibria"]] == ways["name"]["members"]
    everyone = [*eqs.generic, *eqs.knife_edges]
    for way, wanted in (("name", [e.name for e in eqs]), ("outcome", [str(e.outcomes) for e in eqs])):
        members = ways[way]["members"]
        assert members[len(eqs) :] == [-1] * len(eqs.knife_edges) and len(members) == len(everyone)
        for k, one in enumerate(wanted):
            assert [members[k] == members[j] for j in range(len(eqs))] == [one == other for other in wanted]
    assert {g["title"] for g in ways["name"]["groups"]} == {e.name for e in eqs}
    assert "Certain Deterrence / Steadfast Deterrence" in {g["title"] for g in ways["outcome"]["groups"]}


def test_names_cannot_leave_the_data():
    text = page(dt.solve(dare("</script><script>alert(1)</script> {{DATA}}")))
    assert "<script>alert" not in text
    assert data_in(text)["title"] == "</script><script>alert(1)</script> {{DATA}}"


def test_game_without_parameters_has_a_page():
    data = data_in(page(dt.solve(dare())))
    assert data["parameters"] == []
    assert data["equilibria"][0]["condition"] is True


def test_sliders_start_inside_though_samples_are_missing():
    P = dt.Parameters()
    low, middle, high = P.ordered("low < middle < high")
    cost = P.positive("cost", sample=3)
    P.describe(middle, sample=5)
    assumptions = P.snapshot()
    point = start(assumptions)
    assert assumptions.holds(point)
    assert point[middle] == 5
    rows = {row["name"]: row for row in sliders(assumptions)}
    assert rows["low"]["low"] < point[low] < point[high] < rows["high"]["high"]
    assert rows["cost"]["low"] == 0
    assert start(dare(parameters=P).assumptions)[cost] == 3


def test_start_repairs_samples_that_break_an_assumption():
    P = dt.Parameters()
    low, _ = P.ordered("low < high", samples=[1, 2])
    P.assume(low > 3)
    assert P.snapshot().holds(start(P.snapshot()))
    assert all(isinstance(v, sp.Rational) for v in start(P.snapshot()).values())


def test_what_is_no_game_with_a_tree_is_refused():
    with pytest.raises(DeterrenceError, match="wanted a model, or the equilibria of a game with a tree, got int"):
        page(3)


def test_command_writes_the_page(tmp_path):
    target = tmp_path / "model.html"
    done = CliRunner().invoke(main, ["explore", "unilateral_deterrence", "-o", str(target)])
    assert done.exit_code == 0, done.output
    assert "6 equilibria" in done.output
    assert data_in(target.read_text(encoding="utf-8"))["citation"]


def test_command_says_that_it_cannot_write(tmp_path):
    done = CliRunner().invoke(main, ["explore", "unilateral_deterrence", "-o", str(tmp_path / "no" / "model.html")])
    assert done.exit_code == 2
    assert "a folder that exists" in done.output


def test_the_map_begins_with_the_axes_of_the_model_or_those_that_change_something():
    P = dt.Parameters()
    p, q = P.probability("p q", samples=["1/3", "1/3"])
    c = P.positive("c", sample="1/4")
    yes = dt.outcome("Yes", A=sp.Rational(4, 3) - q - c + (p - 1) / 100)
    tree = dt.move("A", "go", no=dt.outcome("No", A=0), yes=yes)
    game = dt.ExtensiveGame("Axes", parameters=P, players=["A"], tree=tree)
    assert data_in(page(dt.solve(game)))["axes"] == [2, 0]
    assert data_in(page(dt.Model(title="Axes", game=game, picture=("q", "p"))))["axes"] == [1, 0]
