"""Against Gambit: Nash equilibria that it finds and that survive perfection are found on the path, and vice versa."""

import pytest

from tests.referee.numeric import from_game
from tests.referee.points import random_points
from tests.solvers.compare import fractions, records

pytestmark = pytest.mark.gambit

MODELS = {
    "zagare_kilgour_2000/rudimentary_asymmetric_deterrence": 15,
    "zagare_kilgour_2000/unilateral_deterrence": 15,
    "zagare_kilgour_2003/protege_defender": 15,
}


@pytest.mark.parametrize(("name", "count"), MODELS.items(), ids=str)
def test_outcomes_agree_with_gambit(solution, name, count):
    from tests.referee.gambit import outcome, surviving

    game, eqs = solution(name)
    fine = [p for k, p in enumerate(random_points(game.assumptions, 2 * count, seed=77)) if k % 2]
    for point in fine:
        numeric = from_game(game, point)
        ours = set()
        for e in records(eqs):
            if e.condition.contains(point):
                ours.add(outcome(numeric, fractions(e.assessment_at(point).strategy)))
        assert set(surviving(numeric)) <= ours
        assert ours
