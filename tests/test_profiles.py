import json

import pytest
import sympy as sp

from deterrence.errors import PointError
from deterrence.games.symmetric import SymmetricGame
from deterrence.parameters import Parameters
from deterrence.profile_sweeps import form_sweep
from deterrence.solvers.symmetric import solve_symmetric


def answer():
    P = Parameters()
    c, b = P.ordered("0 < c < b")

    def payoff(own, others):
        return b * int(others["balance"] + (own == "balance") >= 2) - c * int(own == "balance")

    return solve_symmetric(
        SymmetricGame("Pair & more", parameters=P, players=3, actions=["balance", "pass"], payoff=payoff)
    ), (c, b)


def test_an_answer_is_text_data_latex_and_html(tmp_path):
    eqs, _ = answer()
    assert "where" in str(eqs) and "Knife-edges" in str(eqs) and "not complete" in str(eqs)
    data = eqs.to_json()
    assert json.loads(json.dumps(data)) == data and len(data["equilibria"]) == len(eqs) + len(eqs.knife_edges)
    assert data["complete"] is False
    assert eqs.latex().count("\\\\") == 1 + len(data["equilibria"])
    assert "Pair &amp; more" in eqs._repr_html_() and eqs._repr_html_().count("<tr>") == 1 + len(data["equilibria"])
    eqs.save(tmp_path / "answer.json")
    assert json.loads((tmp_path / "answer.json").read_text())["game"] == "Pair & more"


def test_points_and_assumptions():
    eqs, (c, b) = answer()
    here = eqs.at({c: 1, b: 4})
    assert 0 < len(here) <= len(eqs)
    assert all(sp.sympify(p).is_number for e in here for row in e.strategy.values() for p in row.values())
    narrowed = eqs.assume(c > b / 2)
    assert len(narrowed) < len(eqs)
    assert eqs.covers().proved
    assert eqs.named(eqs[0].title)[0] == eqs[0]


def test_sweeps_follow_levels_and_probabilities():
    P = Parameters()
    c, b = P.ordered("0 < c < b")

    def payoff(own, others):
        return b - c if own == "balance" else b * min(1, others["balance"])

    eqs = solve_symmetric(SymmetricGame("V", parameters=P, players=3, actions=["balance", "pass"], payoff=payoff))
    data = form_sweep(eqs, {c: ["1/4", 1, 4], b: 4})
    mixed = data.sel(equilibrium=next(e.title for e in eqs if e.facts["mixing"] == 3))
    assert list(mixed["exists"].values) == [True, True, False]  # the last point breaks c < b
    assert abs(float(mixed["strategy"].sel(strategy_name="3 players mixing: pass")[1]) - 0.5) < 1e-12
    assert abs(float(mixed["outcome"].sel(outcome_name="nobody: balance")[1]) - 0.125) < 1e-12


def test_a_sweep_counts_every_root_and_checks_best_replies():
    eqs, (c, b) = answer()
    data = form_sweep(eqs, {c: ["1/10", "1/2", "9/10"], b: 1})
    assert [int(v) for v in data["count"].sum("equilibrium")] == [
        len(eqs.at({c: v, b: 1})) + len(eqs.at({c: v, b: 1}).knife_edges) for v in ("1/10", "1/2", "9/10")
    ]
    with pytest.raises(PointError, match="200,000"):
        form_sweep(eqs, {c: range(1, 1000), b: range(1, 1000)})
