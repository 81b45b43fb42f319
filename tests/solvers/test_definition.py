"""The definition itself, on small games where a careless one errs (the games are the referee's)."""

import sympy as sp

import deterrence as dt
from tests.referee.builders import bystander, divided, dominated, twice
from tests.solvers.compare import extensive

HALF = sp.Rational(1, 2)


def strategies(eqs):
    """Pure strategies found, as information set -> action."""
    return [
        {s: next(a for a, p in row.items() if p == 1) for s, row in e.strategy.items()}
        for e in eqs
        if all(p in (0, 1) for row in e.strategy.values() for p in row.values())
    ]


def plays(eqs, **wanted):
    """Whether a pure equilibrium has these actions at these labels, for all types."""
    return any(
        all(action == wanted[s[-1]] for s, action in strategy.items() if s[-1] in wanted)
        for strategy in strategies(eqs)
    )


def test_a_receiver_who_moves_twice_carries_its_belief_on():
    game = extensive(twice())
    for concept in ("perfect bayesian", "weak perfect bayesian"):
        eqs = dt.solve(game, concept)
        assert eqs.complete
        assert not plays(eqs, enter="out", first="stop")
        assert plays(eqs, enter="in", first="go", second="left")
    stays_out = [
        e for e in dt.solve(game, "nash") if all(e.strategy["S", t, "enter"]["out"] == 1 for t in ("S0", "S1"))
    ]
    assert stays_out, "the threat to stop is incredible, but Nash equilibrium allows it"


def test_a_belief_may_rest_on_a_type_for_which_the_action_is_dominated():
    game = extensive(dominated())
    eqs = dt.solve(game)
    assert plays(eqs, enter="out", reply="fight")
    deterred = next(e for e in eqs if e.strategy["R", "reply"]["fight"] == 1)
    belief = deterred.assessment_at({}).posterior("R", "reply")["S"]
    assert belief["S1"] >= belief["S0"]
    undominated = dt.solve(game, beliefs="passive undominated")
    assert not plays(undominated, enter="out", reply="fight")


def test_types_that_need_different_beliefs_are_weak_only():
    game = extensive(divided())
    assert not plays(dt.solve(game), enter="out", reply="fight")
    assert plays(dt.solve(game, "weak perfect bayesian"), enter="out", reply="fight")


def test_a_deviation_carries_no_information_that_the_deviator_lacks():
    game = extensive(bystander())
    assert not plays(dt.solve(game), enter="out", reply="fight")
    assert plays(dt.solve(game, "weak perfect bayesian"), enter="out", reply="fight")


def test_passive_beliefs_keep_the_prior_after_a_surprise():
    game = extensive(divided())
    for e in dt.solve(game, beliefs="passive"):
        if all(e.strategy["S", t, "enter"]["out"] == 1 for t in ("S0", "S1")):
            assert e.posterior("R", "reply")["S"] == {"S0": HALF, "S1": HALF}
