"""What the claims of a model say at a point, and random exact points to ask them at."""

import random
from fractions import Fraction

import sympy as sp

import deterrence as dt

POINTS = 40


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
