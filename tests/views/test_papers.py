"""Propositions, TikZ trees and reports."""

import re
from dataclasses import replace

import pytest
import sympy as sp
from click.testing import CliRunner

import deterrence as dt
from deterrence.claims import check_claims
from deterrence.claims.existence import ExistsIff
from deterrence.cli import main
from deterrence.errors import ModelError
from deterrence.regions import Verdict
from deterrence.views.latex import displayed
from deterrence.views.propositions import claims_latex, proof_kind, propositions_latex
from deterrence.views.report_html import html_report
from deterrence.views.report_tex import tex_report
from deterrence.views.tikz import tikz_tree

UNILATERAL = "zagare_kilgour_2000/unilateral_deterrence"


@pytest.fixture(scope="module")
def model():
    return dt.load(UNILATERAL)


def balanced(text):
    bare = re.sub(r"\\[{}]", "", text)
    opened = re.findall(r"\\begin\{(\w+)\}", text)
    return bare.count("{") == bare.count("}") and sorted(opened) == sorted(re.findall(r"\\end\{(\w+)\}", text))


def test_each_equilibrium_is_a_proposition(model):
    eqs = model.solve()
    text = propositions_latex(eqs)
    assert balanced(text)
    assert text.count(r"\begin{proposition}") == len(eqs) + len(eqs.knife_edges)
    assert "There is a perfect Bayesian equilibrium in which" in text
    for e in eqs:
        assert f"[{e.name}]" in text and (e.condition.latex() in text or e.condition.formula is True)


def test_a_checked_claim_says_how_it_is_known(model):
    claims = [c for c in model.claims if isinstance(c.check, ExistsIff) and c.check.names == ("Bluff",)][:1]
    results = check_claims(model, claims)
    assert results and balanced(claims_latex(results))
    assert proof_kind(results[0].verdict) in claims_latex(results)
    assert proof_kind(Verdict.unknown("time limit")) == "Undecided: time limit."


def existence_results(model):
    return check_claims(model, [c for c in model.claims if isinstance(c.check, ExistsIff)])


def propositions_of(eqs, results):
    """Name and text of each proposition."""
    text = propositions_latex(eqs, results)
    found = re.findall(r"\\begin\{proposition\}(?:\[(.*?)\])?\n(.*?)\\end\{proposition\}", text, re.DOTALL)
    return [(name, body.splitlines()[-1]) for name, body in found]


def test_a_proposition_carries_the_proof_of_its_own_statement_only(model):
    """A claim about all equilibria of a name says nothing of one of them; closures are not the open conditions."""
    found = propositions_of(model.solve(), existence_results(model))
    said = {name: end for name, end in found if "roved, " in end}
    assert all(not name for name, end in found if name not in said and name != "Steadfast Deterrence")
    assert "Steadfast Deterrence" not in said
    assert said["Separating"].startswith("Proved, ")
    assert said["Bluff"].startswith("Up to its boundary, the condition is proved, ")


def test_a_claim_under_another_concept_or_about_another_condition_proves_no_proposition(model):
    results = existence_results(model)
    eqs = model.solve()
    weak = replace(eqs, provenance=replace(eqs.provenance, concept="weak perfect bayesian"))
    assert not any("roved, " in end for _, end in propositions_of(weak, results))
    p_A = eqs.game.assumptions.resolve("p_A")
    cut = dict(propositions_of(eqs.assume(p_A < sp.Rational(1, 3)), results))
    assert "roved, " not in cut["Separating"]


def test_tikz_trees_hold_every_leaf_and_link():
    game = dt.load("generalized_mutual_deterrence").game
    text = tikz_tree(game)
    assert balanced(text) and text.count("dashed") == sum(len(x.positions) - 1 for x in game.labels.values())
    assert all(rf"\textbf{{{name}}}" in text for name in game.outcomes)


@pytest.mark.parametrize("name", ["posture_signal", "mutual_restraint", "generalized_mutual_deterrence"])
def test_no_dashed_link_runs_through_a_node_of_another_information_set(name):
    game = dt.load(name).game
    text = tikz_tree(game)
    at = {int(k): (float(x), float(y)) for k, x, y in re.findall(r"\(n(\d+)\) at \(([\d.]+),([\d.]+)\)", text)}
    straight = re.findall(r"\\draw\[dashed\] \(n(\d+)\) -- \(n(\d+)\);", text)
    for low, high in (map(int, pair) for pair in straight):
        own = next(x.positions for x in game.labels.values() if low in x.positions)
        (x, bottom), (other, top) = at[low], at[high]
        assert x == other and not [p for p, (u, v) in at.items() if u == x and bottom < v < top and p not in own]
    assert name != "posture_signal" or len(straight) < text.count("dashed")


def test_the_page_stands_alone(model):
    page = html_report(model)
    assert len(page) < 3_000_000 and "<svg" in page
    assert not re.findall(r'(?:src|href)="(?!#)[^"]*"', page.replace("xlink:href", "href"))
    for e in model.solve():
        assert e.name in page


def test_the_document_is_balanced(model, tmp_path):
    assert balanced(tex_report(model))
    files = dt.report(model, tmp_path / "out.tex", claims=False)
    assert [f.name for f in files] == ["out.tex", "out_map.pdf"] and all(f.stat().st_size for f in files)
    with pytest.raises(ModelError, match=r"\.html or \.tex"):
        dt.report(model, tmp_path / "out.doc")


def test_the_commands_write_files(tmp_path):
    def run(*words):
        return CliRunner().invoke(main, words)

    picture = tmp_path / "tree.svg"
    assert run("plot", UNILATERAL, "tree", "-o", str(picture)).exit_code == 0 and picture.stat().st_size
    bad = run("plot", UNILATERAL, "-x", "a_SQ", "-y", "p_B", "--at", "p_A=3/2", "-o", str(picture))
    assert bad.exit_code == 2 and "p_A < 1" in bad.output
    assert "--outcome" in run("plot", UNILATERAL, "statics", "-o", str(picture)).output
    assert ".html or .tex" in run("report", UNILATERAL, "-o", str(tmp_path / "x.doc")).output


@pytest.mark.parametrize("name", ["uniform_costs", "volunteers", "system_stability"])
def test_games_without_a_tree_have_documents_too(name, tmp_path):
    model = dt.load(name)
    eqs = model.solve()
    text = eqs.propositions()
    assert balanced(text) and text.count(r"\begin{proposition}") == len(eqs) + len(eqs.knife_edges)
    assert all(e.condition.formula is True or e.condition.latex() in text for e in eqs)
    assert balanced(tex_report(model))
    page = dt.report(model, tmp_path / "model.html", claims=False)[0].read_text(encoding="utf-8")
    assert all(e.name in page for e in eqs) and model.game.name in page


def test_a_long_condition_has_a_line_for_each_part():
    parts = [rf"x_{{{k}}} \geq \frac{{\text{{one long numerator}}}}{{\text{{one long denominator}}}}" for k in range(4)]
    text = displayed(r" \land ".join(parts))
    assert balanced(text) and text.count("\\\\\n") == 3 and all(part in text for part in parts)
    assert displayed(parts[0]) == rf"\[ {parts[0]}. \]"
