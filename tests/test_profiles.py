import html
import json
from dataclasses import replace
from pathlib import Path

import pytest
import sympy as sp
import xarray as xr

from deterrence import (
    CoalitionGame,
    StrategicGame,
    core,
    dominance,
    grid,
    numeric_nash,
    payoff_dominance,
    response,
    shapley,
    solve,
    sweep,
    sweep_to,
    verify,
)
from deterrence.errors import ConceptError, DeterrenceError, PointError, UnknownName
from deterrence.games.continuous import ContinuousGame
from deterrence.games.symmetric import SymmetricGame
from deterrence.parameters import Parameters
from deterrence.solvers.symmetric.search import solve_symmetric

X, Y = sp.symbols("x y", real=True)


def c_only():
    P = Parameters()
    P.positive("k")
    return P


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
    assert data["complete"] is True and "not complete on knife-edges" in data["notes"][0]
    assert eqs.latex().count("\\\\") == 1 + len(data["equilibria"])
    assert "Pair &amp; more" in eqs._repr_html_() and eqs._repr_html_().count("<tr>") == 1 + len(data["equilibria"])
    with pytest.raises(ConceptError, match=r"a game with a tree for save, got SymmetricGame.*to_json"):
        eqs.save(tmp_path / "answer.json")
    with pytest.raises(ConceptError, match=r"Equilibria\.load"):
        type(eqs).load(tmp_path / "answer.json")
    for missing in (lambda: eqs[0].kind, eqs[0].derivation, lambda: eqs[0].posterior("A", "x")):
        with pytest.raises(ConceptError, match="a game with a tree"):
            missing()


def test_every_record_is_shown_in_a_notebook():
    eqs, _ = answer()
    for e in (*eqs, *eqs.knife_edges):
        assert e._repr_latex_().startswith("$") and r"\text{where}" in e._repr_latex_()
        assert e._repr_html_().count("<td ") == e._repr_html_().count("</td>") >= 6
    squares = CoalitionGame("S", players=["A", "B"], worth=lambda s: len(s) ** 2)
    table = StrategicGame("T", actions={"A": ["u", "d"], "B": ["l", "r"]}, payoffs=lambda x, y: (int(x == "u"), 0))
    cournot = ContinuousGame("D", parameters=c_only(), levels={"A": {X: (0, None)}}, payoffs={"A": X * (9 - X)})
    shown = [core(squares), shapley(squares), dominance(table), numeric_nash(table), payoff_dominance(table)]
    shown += [numeric_nash(table).profiles[0], verify(table, {"A": "d", "B": "l"})]
    shown += list(response(cournot, "k").values())
    for record in shown:
        text = record._repr_html_()
        assert text.startswith("<table><caption>") and "object at 0x" not in text


def test_points_and_assumptions():
    eqs, (c, b) = answer()
    here = eqs.at({c: 1, b: 4})
    assert 0 < len(here) <= len(eqs)
    assert all(sp.sympify(p).is_number for e in here for row in e.strategy.values() for p in row.values())
    narrowed = eqs.assume(c > b / 2)
    assert len(narrowed) < len(eqs)
    assert eqs.covers().proved
    assert eqs.named(eqs[0].title)[0] == eqs[0]


def test_what_was_assumed_is_asked_and_said_within():
    eqs, (c, b) = answer()
    narrowed = eqs.assume(c > b / 2)
    assert narrowed.covers().proved and narrowed.at({c: 3, b: 4}).covers().proved
    none = replace(narrowed, generic=(), knife_edges=(), notes=()).covers()
    assert none.refuted and none.counterexample[c] > none.counterexample[b] / 2
    with pytest.raises(PointError, match="choose values inside"):
        narrowed.at({c: 1, b: 4})
    said = str(narrowed.assumed)
    assert f"assuming also {said}" in str(narrowed) and f"assuming also {html.escape(said)}" in narrowed._repr_html_()
    assert said in narrowed.to_json()["assumptions"] and "assuming" in narrowed.latex()


def test_sweeps_follow_levels_and_probabilities():
    P = Parameters()
    c, b = P.ordered("0 < c < b")

    def payoff(own, others):
        return b - c if own == "balance" else b * min(1, others["balance"])

    eqs = solve_symmetric(SymmetricGame("V", parameters=P, players=3, actions=["balance", "pass"], payoff=payoff))
    data = sweep(eqs, {c: ["1/4", 1, 4], b: 4}, outputs=("exists", "strategy", "outcome"), select="all")
    mixed = data.sel(equilibrium=next(e.title for e in eqs if e.facts["mixing"] == 3))
    assert list(mixed["exists"].values) == [True, True, False]  # the last point breaks c < b
    assert abs(float(mixed["strategy"].sel(action="3 players mixing: pass")[1]) - 0.5) < 1e-12
    assert abs(float(mixed["outcome"].sel(outcome_name="nobody: balance")[1]) - 0.125) < 1e-12


def test_a_sweep_counts_every_root_and_checks_best_replies():
    eqs, (c, b) = answer()
    data = sweep(eqs, {c: ["1/10", "1/2", "9/10", 2], b: 1}, knife_edges=True)
    assert [int(v) for v in data["count"]] == [
        *(len(eqs.at({c: v, b: 1})) + len(eqs.at({c: v, b: 1}).knife_edges) for v in ("1/10", "1/2", "9/10")), -1
    ]  # fmt: skip
    with pytest.raises(PointError, match="200,000"):
        sweep(eqs, {c: range(1, 1000), b: range(1, 1000)})


def cornered():
    """One who chooses two levels, at the best corner: the other corner is only locally best."""
    P = Parameters()
    e, f = P.real("e f")
    payoffs = {"A": X * Y + e * X + f * X}
    return ContinuousGame("Corner", parameters=P, levels={"A": {X: (-1, 1), Y: (-1, 1)}}, payoffs=payoffs), e, f


def test_one_answer_has_one_sweep():
    game, e, f = cornered()
    eqs = solve(game)
    data = sweep(eqs, {e: [-1, 0, 1], f: ["-1/2", "1/2"]}, outputs=("exists", "count", "payoff", "strategy"))
    for i, a in enumerate((-1, 0, 1)):
        for j, b in enumerate((-sp.Rational(1, 2), sp.Rational(1, 2))):
            here = eqs.at({e: a, f: b})
            assert int(data["count"][i, j]) == len(here)
            best = max(x * y + (a + b) * x for x in (-1, 1) for y in (-1, 1))  # the payoff is bilinear
            assert float(data["payoff"].sel(player="A")[i, j]) == float(best)


def test_a_sweep_takes_what_other_sweeps_take(tmp_path):
    eqs, (c, b) = answer()
    pairs = xr.Dataset({"c": ("k", [0.25, 0.5]), "b": ("k", [1.0, 2.0])})
    last = max(k for k, e in enumerate(eqs) if e.at({c: "1/4", b: 1}))
    data = sweep(eqs, pairs, outputs=("label", "outside", "count"), order=[eqs[last].title])
    assert data["count"].dims == ("k",) and int(data["label"][0]) == last > 0
    written = sweep_to(tmp_path / "a.csv", eqs, {c: grid(0, 1, 5), b: 1})
    assert written.points == 3 and sum(written.labels.values()) == 3
    with pytest.raises(DeterrenceError, match="exists"):
        sweep_to(tmp_path / "a.csv", eqs, {c: grid(0, 1, 5), b: 1})
    with pytest.raises(UnknownName, match="best for"):
        sweep(eqs, {c: "1/2", b: 1}, select="best for Nobody")


def test_a_file_of_a_sweep_is_whole_or_as_it_was(tmp_path, monkeypatch):
    eqs, (c, b) = answer()
    target = tmp_path / "a.csv"
    sweep_to(target, eqs, {c: grid(0, 1, 5), b: 1})
    before = target.read_text()
    monkeypatch.setattr("pandas.DataFrame.to_csv", lambda frame, path, **more: Path(path).write_text("half") and 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sweep_to(target, eqs, {c: grid(0, 1, 9), b: 1}, overwrite=True)
    assert target.read_text() == before and list(tmp_path.iterdir()) == [target]
    sweep_to(tmp_path / "a.zarr", eqs, {c: grid(0, 1, 5), b: 1})
    sweep_to(tmp_path / "a.zarr", eqs, {c: grid(0, 1, 9), b: 1}, overwrite=True)
    assert xr.open_zarr(tmp_path / "a.zarr").sizes["c"] == 7  # strictly between
    (tmp_path / "mine.zarr").mkdir()
    (tmp_path / "mine.zarr" / "notes.txt").write_text("mine")
    with pytest.raises(DeterrenceError, match="Zarr store"):
        sweep_to(tmp_path / "mine.zarr", eqs, {c: grid(0, 1, 5), b: 1}, overwrite=True)


def test_a_sweep_spans_the_outcomes_of_all_equilibria():
    eqs, (c, b) = answer()
    values = ("1/10", "1/2", "9/10")
    data = sweep(eqs, {c: [*values, 2], b: 1}, knife_edges=True)
    for k, value in enumerate(values):
        here = eqs.at({c: value, b: 1})
        found = [e.every_outcome for e in (*here, *here.knife_edges)]
        for name in data["outcome_name"].values:
            ends = [float(f([sp.sympify(o[str(name)]) for o in found])) for f in (min, max)]
            got = [float(data[end].sel(outcome_name=name)[k]) for end in ("outcome_least", "outcome_greatest")]
            assert got == pytest.approx(ends, abs=1e-12)
    assert data["outcome_least"].isnull().all("outcome_name")[3]


@pytest.mark.parametrize("tilt", [sp.Rational(1, 10**30), -sp.Rational(1, 10**30)])
def test_the_best_is_best_by_exact_comparison(tilt):
    P = Parameters()
    e = P.real("e")
    payoffs = {"A": X * Y + e * (X + Y), "B": X * Y}
    eqs = solve(ContinuousGame("Meet", parameters=P, levels={"A": {X: (-1, 1)}, "B": {Y: (-1, 1)}}, payoffs=payoffs))
    data = sweep(eqs, {e: tilt}, outputs=("label", "strategy"), select="best for A")
    assert float(data["strategy"].sel(action="x")) == (1 if tilt > 0 else -1)


def test_what_is_known_only_locally_covers_nothing():
    P = Parameters()
    a = P.real("a")
    P.assume(a < 0)
    game = ContinuousGame("Far", parameters=P, levels={"A": {X: (-50, 50)}}, payoffs={"A": a * X - sp.exp(-X)})
    assert not solve(game).covers().proved
    assert not solve(cornered()[0]).covers().proved
    concave = ContinuousGame("Near", parameters=P, levels={"A": {X: (0, 50)}}, payoffs={"A": a * X - X**2})
    assert solve(concave).covers().proved
    convex = ContinuousGame("None", parameters=P, levels={"A": {X: (0, 1)}, "B": {Y: (0, 1)}},
                            payoffs={"A": a * X * Y + X, "B": Y - 2 * X * Y})  # fmt: skip
    verdict = solve(convex).covers()
    assert not verdict.refuted or len(solve(convex).at(verdict.counterexample)) == 0


def test_a_sign_is_not_refuted_where_the_equilibrium_may_not_exist():
    P = Parameters()
    a = P.real("a")
    game = ContinuousGame("Bend", parameters=P, levels={"A": {X: (-1, 1)}}, payoffs={"A": X**2 + a * X})
    eqs = solve(game)
    for eq in eqs:
        trend = eq.sign(eq.payoffs["A"], a)
        assert trend.direction != "not monotone" or eq.how_known == "exact"
