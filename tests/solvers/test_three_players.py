"""Three players: every equilibrium passes the referee, and no pure one is missed."""

import itertools
import random

import pytest

import deterrence as dt
from tests.referee.check import check_perfect_bayesian
from tests.referee.exists import exists_perfect_bayesian
from tests.referee.numeric import from_game
from tests.solvers.compare import fractions, plain, records, supports


def tripartite(seed, hidden):
    """A typed challenger, a protege and a typed defender, each moving once; payoffs drawn by types."""
    draw = random.Random(seed)
    kinds = {"Ch": ["H", "S"], "Def": ["T", "W"]}

    def pay(player):
        owner = player if player in kinds else draw.choice(list(kinds))
        return dt.by_type(owner, {t: draw.randint(-5, 5) for t in kinds[owner]})

    def leaf(name):
        return dt.outcome(name, {p: pay(p) for p in ("Ch", "Pro", "Def")})

    def defender(name):
        return dt.move("Def", "aid" if hidden else f"aid {name}", yes=leaf(f"{name} yes"), no=leaf(f"{name} no"))

    protege = dt.move("Pro", "stand", firm=defender("firm"), bend=defender("bend") if hidden else leaf("bend"))
    tree = dt.move("Ch", "demand", no=leaf("sq"), yes=protege)
    players = {"Ch": dt.types(H="1/3", S="2/3"), "Pro": None, "Def": dt.types(T="1/2", W="1/2")}
    return dt.ExtensiveGame(f"tripartite {seed}", players=players, tree=tree)


@pytest.mark.parametrize("hidden", [False, True], ids=["observed", "simultaneous"])
@pytest.mark.parametrize("seed", range(8))
def test_right_and_no_pure_one_missed(seed, hidden):
    game = tripartite(seed, hidden)
    assert game.observed_actions
    eqs = dt.solve(game)
    assert eqs.complete
    numeric = from_game(game, {})
    found = set()
    for e in records(eqs):
        assessment = e.assessment_at({})
        if all(p.is_Rational for row in assessment.strategy.values() for p in row.values()):
            strategy = fractions(assessment.strategy)
            assert check_perfect_bayesian(numeric, strategy, plain(assessment.beliefs)) == []
            found.add(supports(strategy))
    sets, decided = list(numeric.information_sets), 0
    for choice in itertools.product(*(numeric.actions(s) for s in sets)):
        pure = {s: {b: int(b == a) for b in numeric.actions(s)} for s, a in zip(sets, choice, strict=True)}
        exists = exists_perfect_bayesian(numeric, pure)
        decided += exists is not None
        assert exists in (None, supports(pure) in found), choice
    assert decided >= 2, "the referee decides products of two free beliefs only where one is settled"
