"""What the claims of a model say at a point, and random exact points to ask them at."""

import random
from fractions import Fraction
from random import Random

import sympy as sp

import deterrence as dt
from deterrence.claims.existence import ExistsIff

POINTS = 40
DRAWS = 24


class Said:
    """The formulas of a model's claims (those expected to be proved), evaluated at exact points."""

    def __init__(self, name):
        self.model = dt.load(name)
        self.game = self.model.game
        self.claims = [c.check for c in self.model.claims if c.expected == "proved"]

    def value(self, expression, point):
        """A formula at a point: a Fraction, or True or False."""
        known = self.game.assumptions
        exact = {known.resolve(k): sp.Rational(v.numerator, v.denominator) for k, v in point.items()}
        result = sp.sympify(known.expand(expression) if isinstance(expression, sp.Expr) else expression)
        result = result.subs(known.definitions).subs(exact)
        return bool(result) if result in (sp.true, sp.false) else Fraction(int(result.p), int(result.q))

    def exists(self, point, *names):
        """Whether the claims say that an equilibrium of these names exists."""
        check = next(c for c in self.claims if type(c).__name__ == "ExistsIff" and set(c.names) == set(names))
        return self.value(check.condition, point)

    def probability(self, point, name, outcome):
        """What probability the claims give to an outcome."""
        kinds = ("OutcomeProbability",)
        found = [c for c in self.claims if type(c).__name__ in kinds and name in c.names and c.outcome == outcome]
        return self.value(found[0].expression, point)

    def allows(self, point):
        """Whether the point satisfies the assumptions of the game."""
        exact = {k: sp.Rational(v.numerator, v.denominator) for k, v in point.items()}
        return self.game.assumptions.holds(self.game.assumptions.exact_point(exact))


def number(rng, low=1, high=12):
    """A positive fraction."""
    return Fraction(rng.randint(low * 997, high * 997), 991)


def chance(rng):
    """A fraction between 0 and 1."""
    below = rng.randint(300, 4000)
    return Fraction(rng.randint(1, below - 1), below)


def chain(rng, size):
    """Fractions in strictly increasing order, of either sign."""
    return sorted(Fraction(n, 7) for n in rng.sample(range(-60, 60), size))


def points(draw, said, seed=0):
    """Random points, made by a function, that satisfy the assumptions of a model."""
    rng = random.Random(seed)
    found = []
    while len(found) < POINTS:
        point = draw(rng)
        if said.allows(point):
            found.append(point)
    return found


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
