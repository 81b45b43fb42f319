"""Nash equilibrium: every record passes the definition, and nothing of the referee's enumeration is missed."""

import pytest
import sympy as sp

import deterrence as dt
from deterrence.errors import ConceptError
from tests.referee.builders import random_signalling
from tests.referee.check import check_nash
from tests.referee.nash import enumerate_nash
from tests.referee.numeric import from_game
from tests.solvers.compare import extensive, fractions, records


def contains(equilibrium, strategy):
    """Whether a record holds a numeric strategy (information sets that it leaves out may be anything)."""
    exact = {s: {a: sp.Rational(str(row.get(a, 0))) for a in equilibrium.strategy[s]} for s, row in strategy.items()}
    values = {
        expr: exact[s][a]
        for s in exact
        for a, expr in equilibrium.strategy[s].items()
        if sp.sympify(expr) in equilibrium.free
    }
    for s, row in exact.items():
        if any(sp.sympify(equilibrium.strategy[s][a]).xreplace(values) != w for a, w in row.items()):
            return False
    try:
        return equilibrium.system.at(values).is_empty(certify=False).refuted
    except dt.errors.PointError:
        return False


@pytest.mark.parametrize("seed", range(8))
def test_right_and_complete_on_random_games(seed):
    game = extensive(random_signalling(seed, 2, 1, seed % 2 == 0, generic=seed % 4 < 2))
    eqs = dt.solve(game, "nash")
    assert eqs.complete
    numeric = from_game(game, {})
    for e in records(eqs):
        assert check_nash(numeric, fractions(e.assessment_at({}).strategy)) == []
    for found in enumerate_nash(numeric):
        assert any(contains(e, found.strategy) for e in records(eqs)), found


def entry():
    P = dt.Parameters()
    beaten, nothing, gain = P.ordered("war < nothing < gain")
    tree = dt.move(
        "Entrant",
        "enter",
        out=dt.outcome("Out", Entrant=nothing, Incumbent=gain),
        enter=dt.move(
            "Incumbent",
            "reply",
            fight=dt.outcome("War", Entrant=beaten, Incumbent=beaten),
            give_way=dt.outcome("Peace", Entrant=gain, Incumbent=nothing),
        ),
    )
    return dt.ExtensiveGame("Entry", parameters=P, players=["Entrant", "Incumbent"], tree=tree)


def test_the_incredible_threat_is_nash_and_not_perfect():
    nash = dt.solve(entry(), "nash")
    perfect = dt.solve(entry(), "subgame perfect")
    stays_out = [e for e in nash if e.strategy["Entrant", "enter"]["out"] == 1]
    assert stays_out
    assert stays_out[0].condition.equals(dt.Region.everything(nash.game.assumptions)).proved
    assert [e.strategy["Entrant", "enter"]["enter"] for e in perfect] == [1]


def test_a_game_too_large_for_plans_is_refused_with_its_size():
    model = dt.load("zagare_kilgour_2000/asymmetric_escalation")
    with pytest.raises(ConceptError, match="profiles of supports"):
        dt.solve(model.game, "nash")
