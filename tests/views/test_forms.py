"""Games without a drawn tree on pages and in reports: their tables, their equilibria, no tracebacks."""

import importlib
from html import escape
from pathlib import Path

import pytest
import sympy as sp

import deterrence as dt
from deterrence.claims import derived, exists_iff
from deterrence.views.games import game_tables, tables_latex

X, Y = sp.symbols("x y", real=True)
DOCS = Path(__file__).resolve().parents[2] / "docs" / "_ext"


def table():
    P = dt.Parameters()
    s, r, t = P.ordered("s < r < t", samples=[1, 2, 3])
    payoffs = {"give": {"give": (r, r), "take": (s, t)}, "take": {"give": (t, s), "take": (0, 0)}}
    actions = {"A": ["give", "take"], "B": ["give", "take"]}
    game = dt.StrategicGame("Table", parameters=P, actions=actions, payoffs=payoffs)
    return game, {"A gives": {"A": "give", "B": "take"}}, exists_iff("A gives", s >= 0)


def alike():
    P = dt.Parameters()
    c, b = P.ordered("0 < c < b", samples=[1, 2])
    pay = lambda own, others: b - c if own == "on" else b * min(1, others["on"])  # noqa: E731
    game = dt.SymmetricGame("Alike", parameters=P, players=3, actions=["on", "off"], payoff=pay)
    return game, {"One": {"on": 1, "mixing": 0}, "All mix": {"mixing": "all"}}, exists_iff("One", True)


def levels():
    P = dt.Parameters()
    v, k = P.positive("v k", samples=[2, 1])
    game = dt.ContinuousGame(
        "Levels", parameters=P, levels={"A": {X: (0, 1)}}, payoffs={"A": v * X - k * X**2 / 2}
    )  # fmt: skip
    return game, {"Some": {X: "interior"}, "All": {X: "high"}}, exists_iff("All", v >= k)


def coalitions():
    P = dt.Parameters()
    a, b, c = P.positive("a b c", samples=[3, 4, 5])
    game = dt.CoalitionGame("Coalitions", parameters=P, resources={"A": a, "B": b, "C": c})
    return game, {}, exists_iff("stable system", sp.And(a <= b + c, b <= a + c, c <= a + b))


def offers():
    P = dt.Parameters()
    p, k = P.probability("p k", samples=["1/2", "1/4"])
    war = dt.outcome("War", A=p - k, B=1 - p - k)
    reply = dt.move("B", "reply", accept=dt.outcome("Deal", A=X, B=1 - X), reject=war)
    game = dt.BargainingGame("Offers", parameters=P, players=["A", "B"], tree=dt.offer("A", "demand", X, reply))
    return game, {"All": {("A", "demand"): 1}}, exists_iff("All", p + k >= 1)


@pytest.fixture(params=[table, alike, levels, coalitions, offers], ids=lambda make: make.__name__)
def model(request):
    game, names, check = request.param()
    claims = [derived("What it is", check)]
    return dt.Model(title="A & B_c", game=game, names=names, story="It goes so.", question="How?", claims=claims)


def test_a_table_of_payoffs_holds_every_cell():
    game, *_ = table()
    (shown,) = game_tables(game)
    assert shown.head == ("", "give", "take")
    assert [row[0] for row in shown.rows] == ["give", "take"]
    for row in shown.rows:
        for column, cell in zip(shown.head[1:], row[1:], strict=True):
            assert cell == tuple(game.payoff_at(p, (row[0], column)) for p in game.players)


def test_a_table_of_players_alike_follows_the_payoffs():
    game, *_ = alike()
    (shown,) = game_tables(game)
    for row in shown.rows:
        on = int(row[0])
        assert row[1:] == tuple(game.payoff_of(a, {"on": on, "off": 2 - on}) for a in game.actions)


def test_reports_are_written(model, tmp_path):
    (page,) = dt.report(model, tmp_path / "r.html")
    text = page.read_text()
    assert "A &amp; B_c" in text and "How?" in text and "1 of 1 as expected" in text
    assert "<caption>" in text and "object at 0x" not in text
    for k, e in enumerate(model.solve(), 1):
        assert (e.name or f"E{k}") in text
    before = text.split("<h2>Map")[0]
    assert all(mark not in before for mark in ("$", "\\frac", "**"))
    for note in getattr(model.solve(), "notes", ()):
        assert text.count(f"<p>{escape(note)}</p>") == 1
    assert "every profile of supports" not in text or not getattr(model.solve(), "notes", ())
    latex = dt.report(model, tmp_path / "r.tex", claims=False)[0].read_text()
    assert tables_latex(model.game) in latex
    assert latex.count(r"\begin{tabular}") == latex.count(r"\end{tabular}") > 0


def test_pages_of_the_catalogue_show_tables_and_equilibria(model, monkeypatch):
    monkeypatch.syspath_prepend(str(DOCS))
    parts = importlib.import_module("parts")
    eqs = model.solve()
    page = "\n".join([parts.head_part(model), parts.game_part(model), parts.equilibria_part(eqs)])
    assert "*How?*" in page and ":class: payoffs" in page and "<svg" not in page
    for e in eqs:
        assert parts.condition(e.condition.latex()) in page
