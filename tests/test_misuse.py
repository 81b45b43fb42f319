"""Misuse is refused where it happens, in words that say what to write."""

import copy
from dataclasses import replace

import pytest
from click.testing import CliRunner

import deterrence as dt
from deterrence.claims import always_exists, derived, exists_iff, holds, sign_of
from deterrence.cli import main
from deterrence.equilibria import Undecided
from deterrence.errors import ConceptError, FileError, ModelError, ParameterError, PointError


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


def test_relations_joined_by_and_get_a_hint(tmp_path):
    path = tmp_path / "m.py"
    path.write_text("import deterrence as dt\nP = dt.Parameters()\np = P.probability('p')\nq = p > 0 and p < 1\n")
    with pytest.raises(ModelError, match=r"line 4: .*join relations by & and \|"):
        dt.load(path)


@pytest.mark.parametrize(("declare", "hint"), [
    (lambda P: P.positive("c d", sample=[1, 2]), "write samples="),
    (lambda P: P.probability("r", samples="1/2"), "write sample='1/2'"),
    (lambda P: P.ordered("a < b", samples=3), "write sample=3"),
])  # fmt: skip
def test_one_sample_and_several_are_told_apart(declare, hint):
    with pytest.raises(ParameterError, match=hint):
        declare(dt.Parameters())


def test_a_misspelt_declaration_gets_the_nearest():
    with pytest.raises(AttributeError, match="Did you mean 'probability'"):
        dt.Parameters().probabilty("r")
    copied = copy.deepcopy(dt.Parameters())
    assert not hasattr(copied, "_nothing")


def test_every_missing_value_is_named_at_once():
    with pytest.raises(PointError, match="a value for p, g, w"):
        threat().solve().at({})


def test_advice_on_missing_values_is_what_can_be_done(tmp_path):
    path = tmp_path / "m.py"
    path.write_text(
        "import deterrence as dt\nP = dt.Parameters()\ng = P.positive('g')\nw = P.positive('w', sample=2)\n"
        "tree = dt.move('A', 'go', on=dt.outcome('War', A=g - w), off=dt.outcome('Peace', A=0))\n"
        "model = dt.Model(title='T', game=dt.ExtensiveGame('T', parameters=P, players=['A'], tree=tree))\n"
    )
    bare = CliRunner().invoke(main, ["solve", str(path), "--at", "g=1"])
    assert bare.exit_code == 2 and "--at w=2, or --at sample" in bare.output
    sampled = CliRunner().invoke(main, ["solve", str(path), "--at", "sample"])
    assert sampled.exit_code == 2 and "--at g=..." in sampled.output and "or --at sample" not in sampled.output
    words = ["plot", str(path), "statics", "--outcome", "War", "-x", "w", "-o", str(tmp_path / "a.svg")]
    drawn = CliRunner().invoke(main, words)
    assert drawn.exit_code == 2 and "--at g=..." in drawn.output and "at={" not in drawn.output


def test_solve_says_what_to_do_with_a_model():
    with pytest.raises(ConceptError, match=r"model\.solve\(\)"):
        dt.solve(threat())
