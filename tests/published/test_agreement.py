"""Every model at random exact points: each equilibrium passes the referee, and none that it finds is missing."""

import pytest

from tests.published.conftest import EXHAUSTIVE
from tests.referee.points import random_points
from tests.solvers.compare import agree

POINTS = {
    "zagare_kilgour_2000/rudimentary_asymmetric_deterrence": 300,
    "zagare_kilgour_2000/unilateral_deterrence": 300,
    "zagare_kilgour_2000/generalized_mutual_deterrence": 300,
    "zagare_kilgour_2003/protege_defender": 300,
    "zagare_kilgour_2000/asymmetric_escalation": 300 if EXHAUSTIVE else 20,
}


@pytest.mark.parametrize(("name", "count"), POINTS.items(), ids=str)
def test_right_and_complete_at_random_points(solution, name, count):
    game, eqs = solution(name)
    found = [agree(eqs, game, point) for point in random_points(game.assumptions, count, seed=20 + count)]
    assert len(found) == count
    assert min(found) >= 1
