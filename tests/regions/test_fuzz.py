"""Simplification and elimination of 500 random regions each: no point moves, decided by exact arithmetic alone."""

import random

import pytest
from fibres import fibre_is_empty
from random_regions import points, region_formula, scopes

from deterrence.regions.eliminate import eliminate
from deterrence.regions.logic import conjunction, holds
from deterrence.regions.points import assumed
from deterrence.regions.simplify import simplify

SCOPES = scopes()
BLOCK = 25


@pytest.mark.parametrize("block", range(500 // BLOCK))
def test_simplification_moves_no_point(block):
    for seed in range(BLOCK * block, BLOCK * (block + 1)):
        rng = random.Random(f"simplify {seed}")
        scope = rng.choice(SCOPES)
        formula = region_formula(rng, scope, depth=rng.choice((1, 1, 1, 2)))
        short = simplify(formula, scope, milliseconds=40, seconds=0.5).formula
        for point in points(rng, scope, formula, 8) + points(rng, scope, short, 4):
            assert holds(short, scope.ring, point) is holds(formula, scope.ring, point), (seed, point)


@pytest.mark.parametrize("block", range(500 // BLOCK))
def test_elimination_moves_no_point(block):
    done = 0
    for seed in range(BLOCK * block, BLOCK * (block + 1)):
        rng = random.Random(f"eliminate {seed}")
        scope = rng.choice(SCOPES)
        formula = region_formula(rng, scope, depth=1)
        symbol = rng.choice(scope.ring.symbols)
        shadow = eliminate(formula, scope, [symbol], seconds=0.5)
        if shadow.pending:
            continue
        done += 1
        left = shadow.assumptions
        sampled = points(rng, scope, formula, 3) + points(rng, left, shadow.formula, 2)
        whole = conjunction(assumed(scope), formula)
        for point in ({s: v for s, v in p.items() if s != symbol} for p in sampled):
            if left.holds(point):
                there = holds(shadow.formula, left.ring, point)
                assert there is not fibre_is_empty(whole, scope.ring, symbol, point), (seed, symbol, point)
    assert done > 0.6 * BLOCK
