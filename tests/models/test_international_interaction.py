"""The International Interaction Game at every profile of strict preferences, by backward induction written here."""

from collections import Counter
from itertools import permutations
from random import Random

import pandas as pd
import pytest

import deterrence as dt

OUTCOMES = ("SQ", "AcqA", "AcqB", "Neg", "CapA", "CapB", "WarA", "WarB")
LIKED = [("SQ", "AcqA"), ("SQ", "CapA"), ("Neg", "AcqA"), ("Neg", "WarA"), ("Neg", "WarB"), ("CapB", "WarA")]
LIKED += [("CapB", "WarB"), ("AcqA", "CapA"), ("WarA", "WarB"), *(("AcqB", o) for o in OUTCOMES if o != "AcqB")]


def swapped(outcome):
    """The outcome with A and B exchanged."""
    return outcome[:-1] + {"A": "B", "B": "A"}.get(outcome[-1], outcome[-1]) if outcome != "SQ" else outcome


def rankings():
    """Every order of A's preferences that the restrictions allow, as ranks."""
    for order in permutations(OUTCOMES):
        rank = {o: 8 - n for n, o in enumerate(order)}
        if all(rank[better] > rank[worse] for better, worse in LIKED):
            yield rank


def crisis(u, first, second):
    """What a crisis leads to when `first` moves first."""
    attacked = max((f"War{first}", f"Cap{second}"), key=u[second].get)
    struck = max((f"War{second}", f"Cap{first}"), key=u[first].get)
    waited = max(("Neg", struck), key=u[second].get)
    return max((attacked, waited), key=u[first].get)


def outcome(u):
    """The subgame-perfect outcome, by backward induction."""
    demanded = max(("AcqB", crisis(u, "A", "B")), key=u["B"].get)
    answered = max(("AcqA", crisis(u, "B", "A")), key=u["A"].get)
    left = max(("SQ", answered), key=u["B"].get)
    return max((demanded, left), key=u["A"].get)


@pytest.fixture(scope="module")
def eqs():
    return dt.load("bueno_de_mesquita_lalman_1992/international_interaction_game").solve()


@pytest.fixture(scope="module")
def profiles():
    own = list(rankings())
    other = [{swapped(o): r for o, r in rank.items()} for rank in own]
    assert len(own) == 52
    return [{"A": a, "B": b} for a in own for b in other]


def test_every_profile_of_preferences(eqs, profiles):
    """At each of the 2,704 profiles exactly the equilibria with the outcome of backward induction exist."""
    assert not eqs.knife_edges and eqs.complete
    leads = [next(o for o, p in e.outcomes.items() if p == 1) for e in eqs]
    names = [f"{s.lower()}_{o}" for s in "AB" for o in OUTCOMES]
    table = pd.DataFrame([[u[n[0].upper()][n[2:]] for n in names] for u in profiles], columns=names)
    exists = dt.sweep(eqs, table, outputs=["exists"])["exists"].transpose(..., "equilibrium").to_numpy()
    found = Counter()
    for u, row in zip(profiles, exists, strict=True):
        there = {o for o, here in zip(leads, row, strict=True) if here}
        assert there == {outcome(u)}
        found.update(there)
    assert found == {"Neg": 1428, "AcqB": 824, "SQ": 232, "AcqA": 180, "WarA": 40}


def test_points_one_by_one(eqs, profiles):
    for u in Random(1).sample(profiles, 8):
        here = eqs.at({f"{s.lower()}_{o}": r for s, rank in u.items() for o, r in rank.items()})
        assert {o for e in here for o, p in e.outcomes.items() if p != 0} == {outcome(u)}


def test_basic_war_theorem(profiles):
    for u in profiles:
        a, b = u["A"], u["B"]
        theorem = a["CapA"] > a["WarB"] and a["WarA"] > a["AcqA"] and b["WarA"] > b["AcqB"] and b["CapA"] > b["Neg"]
        assert (outcome(u) == "WarA") == theorem
