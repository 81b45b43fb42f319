"""Refinements: against a checker in plain fractions, and against examples of the literature."""

from fractions import Fraction

import pytest
import sympy as sp

import deterrence as dt
from deterrence.errors import ConceptError, UnknownName
from deterrence.refinements.surprises import signals
from tests.refinements.oracle import MESSAGES, drawn, gain, survives_d1, survives_intuitive, written
from tests.solvers.compare import fractions


def unsent(strategy):
    """Messages that no type sends."""
    rows = [row for s, row in strategy.items() if s[0] == "S"]
    return [m for m in MESSAGES if all(row[m] == 0 for row in rows)]


def judged(game, strategy):
    """Whether an equilibrium in fractions survives the intuitive criterion, and D1."""
    reply = {m: strategy["R", f"reply to {m}"]["r"] for m in MESSAGES}
    sent = [next(m for m in MESSAGES if strategy["S", f"t{t}", "message"][m] != 0) for t in game.types]
    payoffs = [gain(game, t, m, reply[m], Fraction(0)) for t, m in zip(game.types, sent, strict=True)]
    intuitive = all(survives_intuitive(game, m, payoffs) for m in unsent(strategy))
    return intuitive, all(survives_d1(game, m, payoffs, reply[m]) for m in unsent(strategy))


VERDICTS = {(True, True), (True, False), (False, False)}  # D1 is the stronger of the two


@pytest.mark.parametrize(("types", "span", "seeds"), [(2, 2, 25), (2, 60, 25), (3, 2, 25), (3, 60, 25)])
def test_as_the_definitions_say(types, span, seeds):
    seen = set()
    for seed in range(seeds):
        game = drawn(seed, types, span)
        eqs = dt.solve(written(game))
        answers = [dt.refine(eqs, criterion) for criterion in ("intuitive criterion", "D1")]
        for pair in zip(*answers, strict=True):
            equilibrium = pair[0].equilibrium
            assessment = equilibrium.assessment_at({})
            expected = judged(game, fractions(assessment.strategy))
            member = _member(equilibrium, assessment)
            assert tuple(e.system.contains(member) for e in pair) == expected, (seed, equilibrium.title)
            seen.add(expected)
    assert {(True, True), (True, False)} <= seen <= VERDICTS


def _member(equilibrium, assessment):
    """The values that an assessment gives to what the equilibrium leaves free."""
    places = {p: (s, a) for s, row in equilibrium.strategy.items() for a, p in row.items() if p in equilibrium.free}
    return {symbol: assessment.strategy[s][a] for symbol, (s, a) in places.items()}


def beer_and_quiche():
    """Cho and Kreps 1987: breakfast 1, no fight 2, p the share of surly types."""
    P = dt.Parameters()
    p = P.probability("p")
    P.assume(p > sp.Rational(1, 2))

    def answer(meal, liked_by):
        def end(name, spared):
            pays = {t: 2 * spared + (t == liked_by) for t in ("Surly", "Wimp")}
            return dt.outcome(name, A=dt.by_type(pays), B=dt.by_type("A", Surly=int(spared), Wimp=int(not spared)))

        return dt.move("B", f"after {meal}", duel=end(f"duel after {meal}", False), leave=end(f"{meal} in peace", True))

    return dt.ExtensiveGame(
        "Beer and quiche",
        parameters=P,
        players={"A": dt.types(Surly=p, Wimp=1 - p), "B": None},
        tree=dt.move("A", "breakfast", beer=answer("beer", "Surly"), quiche=answer("quiche", "Wimp")),
    )


@pytest.mark.parametrize("criterion", ["intuitive criterion", "D1"])
def test_only_beer_is_left(criterion):
    refinement = dt.refine(dt.solve(beer_and_quiche()), criterion)
    kinds = {entry.equilibrium.kind["A", "breakfast"] for entry in refinement}
    assert kinds == {"pooling on beer", "pooling on quiche"}
    for entry in refinement:
        if entry.equilibrium.kind["A", "breakfast"] == "pooling on quiche":
            assert entry.survives.is_empty().proved
    assert {e.kind["A", "breakfast"] for e in refinement.survivors} == {"pooling on beer"}


def test_survivors_are_an_answer_like_any_other():
    eqs = dt.load("unilateral_deterrence").solve()
    left = dt.refine(eqs, "D1").survivors
    assert left.covers().proved
    assert {e.name for e in left.at(dt.load("unilateral_deterrence").sample_point())} == {"Bluff"}


def test_what_the_time_limit_leaves_out_is_undecided():
    eqs = dt.solve(beer_and_quiche())
    none = dt.refine(eqs, "D1", time_limit=0)
    assert not none.entries and len(none.undecided) == len(eqs) + len(eqs.knife_edges)
    assert "time limit of 0 s" in str(none) and not none.survivors.complete
    assert not dt.refine(eqs, "D1", time_limit=60).undecided


def test_what_is_no_signal_is_refused():
    with pytest.raises(ConceptError, match="just one other player has a choice"):
        signals(dt.load("asymmetric_escalation").game)
    eqs = dt.load("unilateral_deterrence").solve()
    with pytest.raises(UnknownName, match="Did you mean 'D1'"):
        dt.refine(eqs, "D11")
    with pytest.raises(ConceptError, match="perfect bayesian"):
        dt.refine(dt.load("unilateral_deterrence").solve("nash"), "D1")
    with pytest.raises(ConceptError, match="the answer of solve"):
        dt.refine(eqs[0], "D1")
