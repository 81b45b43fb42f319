"""The solver's answer at a point against the referee: every equilibrium right, none missing."""

from __future__ import annotations

from fractions import Fraction

import deterrence as dt
from tests.referee.check import check_perfect_bayesian, check_weak
from tests.referee.enumerate import enumerate_perfect_bayesian
from tests.referee.numeric import from_game


def fractions(table):
    """Exact rationals of a mapping of mappings (SymPy numbers that are rational)."""
    result = {}
    for key, row in table.items():
        assert all(v.is_Rational for v in row.values()), (key, row)
        result[key] = {k: Fraction(int(v.p), int(v.q)) for k, v in row.items()}
    return result


def plain(beliefs):
    """Beliefs with nodes as plain (position, types) pairs."""
    return {s: {(n.position, n.types): v for n, v in row.items()} for s, row in fractions(beliefs).items()}


def supports(strategy):
    """Which actions have positive probability at each information set."""
    return frozenset((s, frozenset(a for a, p in row.items() if p != 0)) for s, row in strategy.items())


def records(eqs):
    """Generic equilibria and knife-edges."""
    return (*eqs, *eqs.knife_edges)


def check_right(eqs, point, numeric, weak=False):
    """Every record that exists at the point passes the referee; returns their strategies."""
    judge = check_weak if weak else check_perfect_bayesian
    strategies = []
    for e in records(eqs):
        if e.condition.contains(point):
            assessment = e.assessment_at(point)
            strategy = fractions(assessment.strategy)
            wrong = judge(numeric, strategy, plain(assessment.beliefs))
            assert not wrong, (e.title, point, wrong)
            strategies.append(strategy)
    return strategies


def agree(eqs, game, point):
    """Right and complete at one point: the same supports as the referee's enumeration, and the same strategies."""
    assert eqs.complete
    numeric = from_game(game, point)
    strategies = check_right(eqs, point, numeric)
    enumeration = enumerate_perfect_bayesian(numeric, check=False)
    assert enumeration.complete
    ours = {supports(s) for s in strategies}
    theirs = {frozenset((k, frozenset(a)) for k, a in f.support.items()) for f in enumeration.found}
    assert ours == theirs, {"point": point, "missing": theirs - ours, "extra": ours - theirs}
    for f in enumeration.found:
        if f.status == "point":
            assert any(f.holds(s) for s in strategies), (point, f)
    return len(strategies)


def extensive(numeric, name="random"):
    """A game of the referee, written with the library's own words."""
    names = {p: [f"{p}{k}" for k in range(len(kinds))] for p, kinds in numeric.types.items()}

    def chances(player):
        kinds = numeric.types[player]
        if kinds == (None,):
            return None
        return dt.types({n: numeric.marginals[player][t] for n, t in zip(names[player], kinds, strict=True)})

    def payoff(place, player):
        return nested(list(numeric.players), {}, lambda profile: place.payoffs[player, profile])

    def nested(left, fixed, value):
        if not left:
            return value(tuple(fixed[p] for p in numeric.players))
        player, *rest = left
        kinds = numeric.types[player]
        if kinds == (None,):
            return nested(rest, {**fixed, player: None}, value)
        inner = [nested(rest, {**fixed, player: t}, value) for t in kinds]
        return dt.by_type(player, dict(zip(names[player], inner, strict=True)))

    def grow(index):
        place = numeric.places[index]
        if place.kind == "move":
            return dt.move(place.player, place.label, {a: grow(child) for a, child in place.branches})
        if place.kind == "chance":
            table = zip(place.branches, place.odds, strict=True)
            return dt.chance(f"chance {index}", {a: (p, grow(child)) for (a, child), p in table})
        return dt.outcome(f"end {index}", {p: payoff(place, p) for p in numeric.players})

    players = {p: chances(p) for p in numeric.players}
    return dt.ExtensiveGame(name, parameters=dt.Parameters(), players=players, tree=grow(0))
