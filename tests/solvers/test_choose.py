"""The entry point: its table, its limits, its refusals."""

import pytest

import deterrence as dt
from deterrence.errors import ConceptError, UnknownName


@pytest.fixture
def game():
    return dt.load("zagare_kilgour_2000/unilateral_deterrence").game


def test_the_default_follows_the_information(game):
    assert dt.solve(game).provenance.concept == "perfect bayesian"


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"concept": "perfect baysian"}, UnknownName, "Did you mean 'perfect bayesian'"),
        ({"concept": "sequential"}, UnknownName, "solution concept"),
        ({"beliefs": "pasive"}, UnknownName, "Did you mean 'passive'"),
        ({"concept": "weak perfect bayesian", "beliefs": "passive"}, ConceptError, "passive"),
        ({"time_limit": 0}, ConceptError, "greater than 0"),
        ({"time_limit": -1}, ConceptError, "greater than 0"),
        ({"time_limit": "5"}, ConceptError, "greater than 0"),
    ],
)
def test_misuse_is_refused(game, arguments, error, words):
    with pytest.raises(error, match=words):
        dt.solve(game, **arguments)


def test_something_that_is_no_game_is_refused():
    with pytest.raises(ConceptError, match=r"wanted an ExtensiveGame.*got dict"):
        dt.solve({})


def test_a_time_limit_keeps_what_is_found_and_says_what_is_left():
    game = dt.load("zagare_kilgour_2000/asymmetric_escalation").game
    eqs = dt.solve(game, time_limit=0.5)
    assert not eqs.complete
    assert "time limit of 0.5 s" in eqs.undecided[-1].reason


def test_an_interrupt_keeps_what_is_found(game):
    calls = []

    def stop(done, known):
        calls.append((done, known))
        if len(calls) == 3:
            raise KeyboardInterrupt

    eqs = dt.solve(game, progress=stop)
    assert len(eqs) + len(eqs.knife_edges) == 3
    assert not eqs.complete
    assert eqs.undecided[0].reason.startswith("interrupted, with ")
    assert all(done <= known for done, known in calls)


def test_progress_ends_with_everything_explored(game):
    calls = []
    dt.solve(game, progress=lambda done, known: calls.append((done, known)))
    assert calls == sorted(calls)
    assert len({known for _, known in calls}) == 1


def test_every_profile_of_supports_is_accounted_for(game):
    counts = dict(dt.solve(game).counts)
    total = counts.pop("supports")
    assert total == sum(counts.values())
    assert total == 3**6


def test_correlated_types_say_which_conditions_were_used():
    P = dt.Parameters()
    hh, hs, sh, ss = P.distribution("p_HH p_HS p_SH p_SS")
    a, b = P.positive("a b")
    tree = dt.move(
        "A",
        "go",
        stay=dt.outcome("s", A=0, B=0),
        go=dt.move(
            "B",
            "reply",
            fight=dt.outcome("f", A=dt.by_type(H=0, S=-a), B=dt.by_type("A", H=-1, S=b)),
            give=dt.outcome("g", A=1, B=dt.by_type(H=-b, S=0)),
        ),
    )
    prior = {("H", "H"): hh, ("H", "S"): hs, ("S", "H"): sh, ("S", "S"): ss}
    game = dt.ExtensiveGame(
        "correlated", parameters=P, players={"A": dt.types("H", "S"), "B": dt.types("H", "S")}, prior=prior, tree=tree
    )
    assert not game.independent
    eqs = dt.solve(game)
    assert eqs.complete
    assert eqs.provenance.conditions.startswith("1-2")
    assert eqs.covers().proved
