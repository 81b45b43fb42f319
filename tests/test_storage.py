"""Saved answers come back the same; the cache helps and never harms."""

import json
from dataclasses import replace

import pytest

import deterrence as dt
from deterrence.equilibria import Equilibria
from deterrence.errors import ModelError
from deterrence.storage import cache
from deterrence.storage.games import game_data, read_game

from .games import samples

SMALL = ["unilateral_deterrence", "rudimentary_asymmetric_deterrence", "protege_defender"]


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("DETERRENCE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def answer():
    return dt.solve(dt.load("unilateral_deterrence").game)


@pytest.mark.parametrize("name", SMALL)
def test_a_saved_answer_comes_back_equal(name, tmp_path):
    equilibria = dt.load(name).solve(cache=False)
    equilibria.save(tmp_path / "answer.json")
    again = Equilibria.load(tmp_path / "answer.json")
    assert again == equilibria
    assert again.game == equilibria.game
    assert [e.outcomes for e in again] == [e.outcomes for e in equilibria]
    assert [e.beliefs for e in again] == [e.beliefs for e in equilibria]


def test_an_answer_at_a_point_is_saved_too(answer, tmp_path):
    here = answer.at(dt.load("unilateral_deterrence").sample_point())
    here.save(tmp_path / "here.json")
    assert Equilibria.load(tmp_path / "here.json") == here


@pytest.mark.parametrize("make", [samples.unilateral, samples.mutual, samples.escalation])
def test_a_game_comes_back_equal(make):
    game = make()
    assert read_game(json.loads(json.dumps(game_data(game)))) == game


def test_correlated_types_and_chance_come_back():
    P = dt.Parameters()
    low, high = P.ordered("low < high", samples=[0, 1])
    q = P.probability("q")
    war = dt.outcome("War", A=dt.by_type("B", Weak=high, Strong=low) - 1, B=0)
    game = dt.ExtensiveGame(
        "Correlated",
        parameters=P,
        players={"A": dt.types("x", "y"), "B": dt.types("Weak", "Strong")},
        prior={("x", "Weak"): q / 2, ("x", "Strong"): (1 - q) / 2, ("y", "Weak"): "1/2"},
        tree=dt.move(
            "A", "go", stop=dt.outcome("Peace", A=0, B=0), go=dt.chance("luck", a=("1/3", war), b=("2/3", war))
        ),
    )
    assert read_game(json.loads(json.dumps(game_data(game)))) == game


@pytest.mark.parametrize("text", ["", "{}", "[1, 2]", '{"deterrence": 99}', '{"deterrence": 1, "game": 3}', "\x00"])
def test_a_file_that_is_no_answer_is_refused(text, tmp_path):
    path = tmp_path / "answer.json"
    path.write_text(text)
    with pytest.raises(ModelError):
        Equilibria.load(path)


def test_nothing_in_a_file_is_run(answer, tmp_path):
    path = tmp_path / "answer.json"
    answer.save(path)
    document = json.loads(path.read_text())
    document["answer"]["generic"][0]["strategy"][0][1][0][1] = f"__import__('os').mkdir('{tmp_path}/harm')"
    path.write_text(json.dumps(document))
    with pytest.raises(ModelError, match="damaged"):
        Equilibria.load(path)
    assert not (tmp_path / "harm").exists()


def test_the_second_question_comes_from_the_cache(answer, own_cache, monkeypatch):
    assert cache.solved(answer.game).generic == answer.generic
    assert len(list(own_cache.glob("*.json"))) == 1
    monkeypatch.setattr("deterrence.solvers.solve", None)
    assert cache.solved(answer.game).generic == answer.generic


def test_another_question_is_another_entry(answer, own_cache):
    places = {cache._place(answer.game, concept, rule) for concept in (None, "nash") for rule in ("free", "passive")}
    places.add(cache._place(samples.mutual(), None, "free"))
    assert len(places) == 5


def test_a_damaged_cache_is_ignored(answer, own_cache):
    cache.solved(answer.game)
    (entry,) = own_cache.glob("*.json")
    for damage in ("", "{", entry.read_text().replace("isolated", "unheard of"), "[]"):
        entry.write_text(damage)
        assert cache.solved(answer.game).generic == answer.generic


def test_a_cache_that_cannot_be_written_is_ignored(answer, tmp_path, monkeypatch):
    blocked = tmp_path / "a file"
    blocked.write_text("")
    for place in (blocked, blocked / "below"):
        monkeypatch.setenv("DETERRENCE_CACHE", str(place))
        assert cache.solved(answer.game).generic == answer.generic


def test_the_cache_can_be_turned_off(answer, monkeypatch):
    monkeypatch.setenv("DETERRENCE_CACHE", "")
    assert cache.folder() is None
    assert cache.solved(answer.game).generic == answer.generic


def test_an_incomplete_answer_is_not_kept(answer, own_cache):
    assert not cache.solved(answer.game, time_limit=1e-9).complete
    assert not own_cache.exists()


def test_a_model_remembers_what_it_solved(own_cache):
    model = dt.load("rudimentary_asymmetric_deterrence")
    first = model.solve()
    assert model.solve() is first


def test_a_saved_file_is_whole_or_not_there(answer, tmp_path):
    with pytest.raises(OSError):
        answer.save(tmp_path / "no folder" / "answer.json")
    answer.save(tmp_path / "answer.json")
    assert [path.name for path in tmp_path.iterdir()] == ["answer.json"]


def test_the_ranges_of_families_are_found_once_and_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("DETERRENCE_CACHE", str(tmp_path))
    model = replace(dt.load("unilateral_deterrence"))
    eqs = model.solve()
    families = [e for e in (*eqs.generic, *eqs.knife_edges) if e.free]
    seen = []
    model.settle_families(eqs, lambda done, known: seen.append((done, known)))
    assert seen == [(k, len(families)) for k in range(len(families))]
    again = replace(model).solve()
    stored = [e for e in (*again.generic, *again.knife_edges) if e.free]
    assert [(e.name, e.range_known) for e in stored] == [(e.name, True) for e in families]
    assert [e.free_range for e in stored] == [e.free_range for e in families]
    fresh = dt.solve(model.game)
    for e, known in zip((e for e in (*fresh.generic, *fresh.knife_edges) if e.free), stored, strict=True):
        assert not e.range_known and e.system.eliminate(*e.free_beliefs).equals(known.free_range).proved


def test_a_payoff_table_comes_back_as_a_payoff_table(tmp_path):
    P = dt.Parameters()
    low, high = P.ordered("low < high")
    payoffs = {"u": {"l": (high, low), "r": (low, low)}, "d": {"l": (low, high), "r": (high, high)}}
    actions = {"A": ["u", "d"], "B": ["l", "r"]}
    eqs = dt.solve(dt.StrategicGame("T", parameters=P, actions=actions, payoffs=payoffs, label="war?"))
    eqs.save(tmp_path / "t.json")
    back = dt.Equilibria.load(tmp_path / "t.json")
    assert type(back.game) is dt.StrategicGame
    assert (dict(back.game.table), back.game.label) == (dict(eqs.game.table), "war?")
    assert [str(e) for e in back] == [str(e) for e in eqs]
    assert dt.solve(back.game).counts == eqs.counts
