"""What the tests of the alliance models share: exact random points, and formulas of claims at them."""

from fractions import Fraction
from random import Random

import sympy as sp

import deterrence as dt
from deterrence.claims.existence import ExistsIff

DRAWS = 24


def draws(seed):
    """Generators of exact positive fractions, one for each repetition."""
    for k in range(DRAWS):
        random = Random(1000 * seed + k)
        yield lambda low=0, high=4, random=random: low + (high - low) * Fraction(random.randint(1, 9972), 9973)


def rational(value):
    return sp.Rational(value.numerator, value.denominator)


def point_of(model, **values):
    """The point in the model's symbols; every parameter is given, and the assumptions hold there."""
    known = model.game.assumptions
    point = {known.resolve(name): rational(Fraction(value)) for name, value in values.items()}
    assert set(point) == set(known.symbols)
    assert known.holds(point)
    return point


def existing(model, point):
    """By the conditions that the model claims: the names of equilibria that exist at a point."""
    table = {}
    for claim in model.claims:
        if isinstance(claim.check, ExistsIff) and claim.expected == "proved":
            table[claim.check.names] = bool(sp.sympify(claim.check.condition).xreplace(point))
    assert table
    return {name for names, there in table.items() if there for name in names}, {n for names in table for n in names}


def agrees(model, values, expected):
    """Whether the claimed conditions single out exactly the groups of names in which an expected one lies."""
    found, asked = existing(model, point_of(model, **values))
    return expected <= asked and expected <= found and (not found - expected or _grouped(model, found, expected))


def _grouped(model, found, expected):
    """Names beyond the expected ones are only those that a claim names together with one of them."""
    groups = [set(c.check.names) for c in model.claims if isinstance(c.check, ExistsIff) and c.expected == "proved"]
    return all(any(name in g and g & expected for g in groups) for name in found - expected)


def payoff(model, outcome, player, point, types=None):
    """What an outcome of the game is worth at a point."""
    game = model.game
    profile = types or tuple(kinds[0] for kinds in game.types.values())
    for position in game.positions:
        if getattr(position.node, "name", None) == outcome:
            return sp.sympify(game.payoff(position.index, player, profile)).subs(point)
    raise KeyError(outcome)


def load(name):
    return dt.load(f"theory/{name}")
