"""Answers with square roots: three states, each of which would rather let another one act (Diekmann 1985)."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
import sympy as sp
import xarray as xr

import deterrence as dt
from deterrence.errors import NotPolynomial
from deterrence.polynomials import Ring
from deterrence.sweeps import sweep, sweep_to
from deterrence.sweeps.radicals import read_radical, without_numbers
from deterrence.sweeps.source import Unwritten, source_of

pytestmark = pytest.mark.filterwarnings("error")
ACTIONS = ("go", "wait")


@pytest.fixture(scope="module")
def volunteers():
    """Acting costs each state its own c; all have 1 if somebody acts."""
    P = dt.Parameters()
    costs = dict(zip("ABC", (P.probability("c_A"), P.probability("c_B"), P.probability("c_C")), strict=True))

    def payoffs(profile):
        return tuple(int("go" in profile) - (costs[s] if a == "go" else 0) for s, a in zip("ABC", profile, strict=True))

    table = {profile: payoffs(profile) for profile in itertools.product(ACTIONS, repeat=3)}
    return dt.solve(dt.StrategicGame("Volunteers", parameters=P, actions=dict.fromkeys("ABC", ACTIONS), payoffs=table))


def mixed(eqs):
    """The place of the equilibrium in which all three mix."""
    return next(k for k, e in enumerate(eqs) if all(0 not in row.values() for row in e.strategy.values()))


def waiting(costs):
    """By hand: the others' waiting has probability c_i, so that i waits with sqrt(c_A*c_B*c_C)/c_i."""
    return np.sqrt(np.prod(costs, axis=0)) / costs


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_values_with_roots_are_those_by_hand(volunteers, dtype):
    costs = np.random.default_rng(1).uniform(0.01, 1, (3, 3_000))
    values = {f"c_{s}": xr.DataArray(row, dims="q") for s, row in zip("ABC", costs, strict=True)}
    found = sweep(volunteers, values, select="all", outputs=("exists", "outcome", "payoff", "strategy"), dtype=dtype)
    k = mixed(volunteers)
    wait = waiting(costs)
    exists = (wait < 1).all(axis=0)
    assert 0.1 < exists.mean() < 0.9 and (found.exists.values[k] == exists).all()
    rough = 1e-12 if dtype == "float64" else 1e-6
    for place, profile in enumerate(itertools.product(ACTIONS, repeat=3)):
        chance = np.prod([1 - w if a == "go" else w for w, a in zip(wait, profile, strict=True)], axis=0)
        got = found.outcome.values[k, place]
        assert np.allclose(got[exists], chance[exists], rtol=0, atol=rough) and np.isnan(got[~exists]).all()
    assert np.allclose(found.payoff.values[k][:, exists], 1 - costs[:, exists], atol=rough)  # as if one acted oneself
    shares = found.strategy.sel(action=[f"{s}, choice: wait" for s in "ABC"]).values[k]
    assert np.allclose(shares[:, exists], wait[:, exists], atol=rough)
    for other in range(len(volunteers)):
        here = found.exists.values[other]
        assert np.allclose(found.outcome.values[other][:, here].sum(axis=0), 1)


def test_what_cancels_is_made_again_from_exact_numbers(volunteers):
    """With costs next to 1 hardly anybody acts: the small probabilities are right to all digits."""
    near = [1 - Fraction(j, 10**12) for j in (3, 3, 4)]
    found = sweep(volunteers, dict(zip(("c_A", "c_B", "c_C"), near, strict=True)), select="all", outputs=("strategy",))
    product = sp.sqrt(sp.Rational(near[0] * near[1] * near[2]))
    k = mixed(volunteers)
    for s, cost in zip("ABC", near, strict=True):
        wanted = float(sp.N(1 - product / sp.Rational(cost), 40))
        got = found.strategy.sel(action=f"{s}, choice: go").values[k]
        assert wanted > 0 and abs(got / wanted - 1) < 1e-12
    same = dict.fromkeys(("c_A", "c_B", "c_C"), near[0])
    found = sweep(volunteers, same, select="all", outputs=("payoff",))
    assert np.allclose(found.payoff.values[k], 3e-12, rtol=1e-12, atol=0)


def test_roots_can_be_best_first_and_streamed(volunteers, tmp_path):
    values = {"c_A": dt.grid(0, 1, 7), "c_B": dt.grid(0, 1, 8), "c_C": "1/2"}
    k = mixed(volunteers)
    every = sweep(volunteers, values, select="all")
    found = sweep(volunteers, values, order=[volunteers[k].title])
    exists = every.exists.values[k]
    assert (found.label.values[exists] == k).all() and (found.label.values[~exists] != k).all()
    assert np.array_equal(found.outcome.values[:, exists], every.outcome.values[k][:, exists])
    best = sweep(volunteers, values, select="best for A")
    assert np.allclose(best.payoff.sel(player="A"), np.nanmax(every.payoff.sel(player="A"), axis=0))
    sweep_to(tmp_path / "out.nc", volunteers, values, select="all", block=13)
    file = xr.open_dataset(tmp_path / "out.nc", engine="h5netcdf").load()
    assert np.array_equal(file.outcome.values, every.outcome.values, equal_nan=True)


def test_expressions_with_a_root_and_powers_of_it():
    x, y = sp.symbols("x y", real=True)
    ring = Ring([x, y])
    s = sp.sqrt(x / (x + y))
    for expr in (s, 1 / s, s**3, (x + s) / (y - 2 * s**3), s**4 + s, (1 + s) ** 2 / (1 - s)):
        r = read_radical(expr, ring)
        a, b, c, d, p, q = (ring.to_sympy(part) for part in (r.a, r.b, r.c, r.d, r.p, r.q))
        root = sp.sqrt(p / q)
        at = {x: sp.Rational(2, 3), y: sp.Rational(5, 7)}
        assert abs(sp.N(((a + b * root) / (c + d * root) - expr).subs(at), 30)) < 1e-25


def test_numbers_with_roots_become_rational_numbers_nearby():
    x = sp.Symbol("x", real=True)
    number = sp.CRootOf(x**5 - x - 1, 0)
    found = without_numbers(x * sp.sqrt(5) + sp.cbrt(2) / x + number)
    assert found.atoms(sp.Pow) <= {1 / x} and not found.atoms(sp.CRootOf)
    assert abs(sp.N((found - x * sp.sqrt(5) - sp.cbrt(2) / x - number).subs(x, 3), 60)) < 1e-50


def test_other_roots_are_named_and_block_nothing(volunteers, monkeypatch):
    a, b = (volunteers.game.assumptions.resolve(n) for n in ("c_A", "c_B"))
    for expr in (sp.cbrt(a), sp.sqrt(a) + sp.sqrt(b)):
        with pytest.raises(NotPolynomial):
            read_radical(expr, Ring([a, b]))
    fresh = dt.Equilibria(volunteers.game, volunteers.generic, provenance=volunteers.provenance)
    source = source_of(fresh)
    known, k = source.entry, mixed(fresh)
    monkeypatch.setattr(source, "entry", lambda e: Unwritten("no program") if e.atoms(sp.Pow) else known(e))
    found = sweep(fresh, {"c_A": "1/2", "c_B": "1/2", "c_C": "1/2"}, select="all", outputs=("exists", "strategy"))
    assert fresh[k].title in found.attrs["without_values"]
    assert found.exists.values[k] and np.isnan(found.strategy.values[k]).any()
    assert np.isfinite(found.strategy.values[0]).all()
