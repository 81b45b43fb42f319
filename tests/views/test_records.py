"""Every public record shows itself in a notebook and, where it is for papers, in LaTeX."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
import sympy as sp

import deterrence as dt
from deterrence.expressions import as_latex
from deterrence.views.assumed import chains_text

UNILATERAL = "zagare_kilgour_2000/unilateral_deterrence"


@pytest.fixture(scope="module")
def model():
    return dt.load(UNILATERAL)


class Balanced(HTMLParser):
    """Tags that are opened are closed, in order."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in ("br", "meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def shown(record):
    """The text of a record's HTML, which must be whole."""
    page = record._repr_html_()
    parser = Balanced()
    parser.feed(page)
    assert not parser.open
    return unescape(re.sub(r"<[^>]+>", " ", page))


def test_models_parameters_and_verdicts(model):
    text = shown(model)
    assert all(words in text for words in (model.title, model.citation, model.story, *model.names))
    for record in (model, model.game.assumptions):
        assert all(p.description in shown(record) for p in model.parameters)
    eqs = model.solve()
    assert "proved" in shown(eqs.covers()) and "certified" in shown(eqs.covers())
    P = dt.Parameters()
    low, _ = P.ordered("low < high", samples=[1, 2])
    refuted = dt.Region(low > 0, P).covers()
    assert "low = " in shown(refuted) and "refuted" in shown(refuted)
    assert "Assumed: low < high" in re.sub(" +", " ", shown(P))


def test_equilibria_alone_and_together(model):
    eqs = model.solve()
    assert all(e.name in shown(eqs) and e.name in shown(e) for e in eqs)
    assert "back down" in shown(eqs["Bluff"]) and "back_down" not in shown(eqs["Bluff"])
    assert all(e.latex() in eqs._repr_latex_() for e in eqs)
    assert eqs.propositions().count(r"\begin{proposition}") == len(eqs) + len(eqs.knife_edges)
    assert eqs["Bluff"].proposition().startswith(r"\begin{proposition}[Bluff]")


def test_checked_claims_are_a_tuple_that_reads_as_a_table():
    model = dt.load("rudimentary_asymmetric_deterrence")
    results = model.check()
    assert isinstance(results, tuple) and len(results) == len(model.claims) == len(list(results))
    assert results.as_expected and str(results).splitlines()[-1] == f"{len(results)} of {len(results)} as expected"
    text = shown(results)
    assert all(r.claim.statement in text and r.claim.statement in shown(r) for r in results)
    assert results[0].claim.statement in shown(results[0].claim)
    assert results.latex().count(r"\begin{claim}") == len(results)
    seen = []
    model.check(lambda done, known: seen.append((done, known)))
    assert seen == [(k, len(results)) for k in range(len(results))]


def test_a_derivation_is_a_tuple_that_reads_as_a_text(model):
    steps = model.solve()["Bluff"].derivation()
    assert isinstance(steps, tuple) and all(str(step) in str(steps) for step in steps)
    text = shown(steps)
    assert all(", ".join(step.information_set) in text for step in steps)
    assert "indifferent between" in shown(next(s for s in steps if any(c.indifferent for c in s.comparisons)))


def test_a_verification_shows_what_pays(model):
    game = model.game
    profile = {s: next(iter(game.labels[s[0], s[-1]].actions)) for s in game.information_sets}
    answer = dt.verify(game, profile, at=model.sample_point())
    assert answer.verdict.refuted
    text = shown(answer)
    assert answer.deviations and all(d.action.replace("_", " ") in text for d in answer.deviations)
    assert answer._repr_html_().count("<tr>") >= len(answer.deviations) + 1


def forms():
    P = dt.Parameters()
    cost, benefit = P.ordered("0 < cost < benefit")
    x = sp.Symbol("x", real=True)
    yield dt.ContinuousGame(
        "Arms", parameters=P, levels={"A": {x: (0, None)}}, payoffs={"A": benefit * x - cost * x**2}
    )
    yield dt.CoalitionGame("Balance", resources={"A": 120, "B": 100, "C": 80})
    yield dt.CoalitionGame("Pie", players=["A", "B"], worth={("A", "B"): 5})
    pays = lambda own, others: benefit - cost if own == "keep_watch" else benefit * min(1, others["keep_watch"])  # noqa: E731
    yield dt.SymmetricGame("Volunteer", parameters=P, players=3, actions=["keep_watch", "pass"], payoff=pays)
    s = sp.Symbol("s", real=True)
    accept = dt.outcome("Deal", A=1 - s, B=s)
    reply = dt.move("B", "reply", accept=accept, refuse=dt.outcome("War", A=cost, B=0))
    yield dt.BargainingGame("Offer", parameters=P, players=["A", "B"], tree=dt.offer("A", "offer", s, reply))
    cells = {"a_1": {"c": (cost, 0), "d": (0, benefit)}, "b": {"c": (0, 0), "d": (1, 1)}}
    yield dt.StrategicGame("Table", parameters=P, actions={"A": ["a_1", "b"], "B": ["c", "d"]}, payoffs=cells)
    yield dt.StrategicGame(
        "Three", actions={p: ["u", "d"] for p in "XYZ"}, payoffs=lambda *a: tuple(k + a.count("u") for k in range(3))
    )


@pytest.mark.parametrize("game", list(forms()), ids=lambda g: f"{type(g).__name__} {g.name}")
def test_a_game_of_each_form_shows_itself(game):
    assert game.name in shown(game)
    text = game.latex()
    assert sorted(re.findall(r"\\begin\{(\w+)\}", text)) == sorted(re.findall(r"\\end\{(\w+)\}", text))
    outside = re.sub(r"\$[^$]*\$", "", text)
    assert "_" not in outside.replace(r"\_", "") or "verbatim" in text


def test_a_payoff_table_has_each_cell_once():
    table = next(g for g in forms() if g.name == "Table")
    rows = [line for line in table.latex().splitlines() if line.endswith(r"\\")]
    assert all(len(re.findall(r"(?<!\\)&", row)) == 2 for row in rows)
    assert rows[0] == r"a\_1 & $cost$, $0$ & $0$, $benefit$ \\"
    assert r"\begin{tikzpicture}" in dt.load(UNILATERAL).game.latex() == dt.load(UNILATERAL).game.tikz()


def test_names_keep_their_underscores_in_latex():
    written = {n: as_latex(sp.Symbol(n)) for n in ("p_very_long_name", "P_", "b_DDm", "alpha", "q1")}
    assert written["p_very_long_name"] == r"p_{\text{very\_long\_name}}"
    assert written["P_"] == r"\text{P\_}"
    assert (written["b_DDm"], written["alpha"], written["q1"]) == ("b_{DDm}", r"\alpha", "q_{1}")


def test_what_is_assumed_reads_as_chains():
    P = dt.Parameters()
    a, *_ = P.ordered("a < b < c")
    P.probability("p")
    P.assume(a > -1)
    assert chains_text(P.snapshot()) == ["a < b < c", "a > -1"]
