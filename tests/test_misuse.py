"""Misuse is refused where it happens, in words that say what to write."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

import deterrence as dt
from deterrence.claims import always_exists, derived, exists_iff, holds, sign_of
from deterrence.cli import main
from deterrence.equilibria import Undecided
from deterrence.errors import FileError, ModelError


def threat(names=None, claims=()):
    P = dt.Parameters()
    p = P.probability("p", sample="1/3")
    g, w = P.positive("g w", samples=[1, 2])
    answer = dt.move("B", "answer", yield_=dt.outcome("Gain", A=g, B=0),
        fight=dt.outcome("War", A=-w, B=dt.by_type(Hard=1, Soft=-1)))  # fmt: skip
    tree = dt.move("A", "demand", no=dt.outcome("Peace", A=0, B=0), yes=answer)
    players = {"A": None, "B": dt.types(Hard=p, Soft=1 - p)}
    game = dt.ExtensiveGame("Threat", parameters=P, players=players, tree=tree)
    return dt.Model(title="Threat", game=game, names=names or {}, claims=claims)


@pytest.mark.parametrize("check", ["p >= 1/2", exists_iff, None])
def test_a_claim_without_a_check_is_refused_at_once(check):
    with pytest.raises(ModelError, match="exists_iff"):
        derived("It deters", check)


def test_a_direction_that_is_none_lists_all():
    with pytest.raises(ModelError, match="'weakly increasing', 'weakly decreasing', 'constant'"):
        sign_of("War", "p", "up", "Deterrence")


@pytest.mark.parametrize("write", [
    lambda model, path: model.solve().save(path + ".json"),
    lambda model, path: dt.report(model, path + ".html"),
    lambda model, path: dt.report(model, path + ".tex"),
    lambda model, path: dt.explore(model, path + ".html"),
])  # fmt: skip
def test_a_file_in_no_folder_is_refused(write, tmp_path):
    with pytest.raises(FileError, match=r"wanted a folder that exists, got .*nowhere'"):
        write(threat(), str(tmp_path / "nowhere" / "x"))


def test_a_page_ends_in_html(tmp_path):
    with pytest.raises(FileError, match=r"ends in \.html"):
        dt.explore(threat(), tmp_path / "a.txt")
    done = CliRunner().invoke(main, ["explore", "unilateral_deterrence", "-o", str(tmp_path / "a.txt")])
    assert done.exit_code == 2 and "ends in .html" in done.output


def test_a_number_beyond_the_last_says_how_many_there_are():
    eqs = threat().solve()
    with pytest.raises(IndexError, match=f"0 to {len(eqs) - 1}, got 7"):
        eqs[7]
    assert [eqs[k] for k in range(len(eqs))] == list(eqs)


def test_a_name_without_a_type_is_what_every_type_does():
    names = {"All fight": {("B", "answer"): "fight"}, "By type": {("B", "Hard", "answer"): "fight"}}
    model = threat(names)
    for e in (*model.solve(), *model.solve().knife_edges):
        rows = [e.strategy["B", kind, "answer"]["fight"] for kind in ("Hard", "Soft")]
        assert e.name == ("All fight" if rows == [1, 1] else "By type")


def test_two_names_with_one_pattern_are_refused():
    both = {("B", "Hard", "answer"): "fight", ("B", "Soft", "answer"): ("fight",)}
    with pytest.raises(ModelError, match='"One" and "Two"'):
        threat({"One": {("B", "answer"): "fight"}, "Two": both})


def test_an_interrupt_leaves_the_other_claims_undecided(tmp_path):
    class Interrupting:
        def verdict(self, context):
            raise KeyboardInterrupt

    claims = (derived("First", holds(True)), derived("Second", Interrupting()), derived("Third", holds(True)))
    results = threat(claims=claims).check()
    assert [r.verdict.reason for r in results][1:] == ["interrupted", "interrupted"]
    assert results[0].verdict.proved and results.interrupted and not results.as_expected


def test_no_claim_is_proved_of_an_answer_that_was_interrupted(monkeypatch):
    model = threat(claims=(derived("Some", always_exists()),))
    half = replace(model.solve(), undecided=(Undecided((), "interrupted, with 1 of 2 profiles of supports settled"),))
    monkeypatch.setattr(type(model), "solve", lambda self, *given, **options: half)
    assert model.check().interrupted
