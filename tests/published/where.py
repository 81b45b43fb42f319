"""Where a published strategy profile is an equilibrium, as the union of the closures of its supports."""

import sympy as sp

import deterrence as dt


def matches(equilibrium, pattern):
    """Whether every named information set has exactly the named support."""
    return all(
        {a for a, p in equilibrium.strategy[s].items() if p != 0}
        == set(support if isinstance(support, tuple) else (support,))
        for s, support in pattern.items()
    )


def region_of(eqs, pattern):
    """The closure of where the pattern is played in some generic equilibrium."""
    found = [e.closure for e in eqs if matches(e, pattern)]
    union = dt.Region.nothing(eqs.game.assumptions)
    for r in found:
        union = union | r
    return union


def same(eqs, pattern, condition):
    """The verdict on: the pattern is an equilibrium exactly where the condition holds (closures)."""
    return region_of(eqs, pattern).equals(dt.Region(condition, eqs.game.assumptions))


def symbols(game):
    """The parameters by name."""
    return {p.name: p.symbol for p in game.assumptions.parameters}


ALWAYS = sp.true
