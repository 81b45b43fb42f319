"""Sampled parameters: against integrals known exactly, with honest standard errors."""

import numpy as np
import pytest
from scipy import stats

from deterrence.errors import DeterrenceError, PointError, UnknownParameter
from deterrence.sweeps import SweepError, sample
from tests.sweeps.points import FIXED, solved

UNIFORM = {**FIXED, "p_A": stats.uniform(), "p_B": stats.uniform()}


def test_probabilities_against_areas():
    """With these payoffs the regions are rectangles: thresholds 2/5 and 1/2 for p_B, 3/4 for p_A."""
    found = sample(solved("unilateral"), UNIFORM, 200_000, seed=1)
    areas = [1 / 2, 1, 1, 1 / 10, 1 / 4 * 2 / 5, 3 / 4 * 2 / 5]
    for k, area in enumerate(areas):
        assert abs(found.exists.values[k] - area) <= 4 * found.exists_se.values[k]
    assert found.none == 0 and found.attrs["accepted"] == found.attrs["drawn"] == 200_000


def test_probability_of_war_against_the_integral():
    eqs = solved("unilateral")
    order = [eqs[k].title for k in (3, 4, 5, 0)]
    found = sample(eqs, UNIFORM, 300_000, seed=2, order=order, payoffs=["Challenger"])
    # separating: E[p_A] * int_{2/5}^{1/2} p_B; attack: the same over p_A > 3/4, p_B < 2/5; bluff: p_A * 2/5
    separating = 0.5 * (0.25 - 0.16) / 2
    attack = (1 - 9 / 16) / 2 * 0.16 / 2
    bluff = (9 / 16) / 2 * 2 / 5 * 2 / 5
    war, error = (found[n].sel(outcome_name="Conflict").item() for n in ("outcome", "outcome_se"))
    assert abs(war - (separating + attack + bluff)) < 4 * error
    assert abs(found.outcome.sum().item() - 1) < 1e-12
    assert found.payoff.sizes == {"player": 1}


def test_what_the_choice_among_equilibria_can_change_is_told():
    """Peace at every point by the first choice; war is possible in another equilibrium that exists there."""
    found = sample(solved("unilateral"), UNIFORM, 100_000, seed=2)
    war = found.sel(outcome_name="Conflict")
    assert war.outcome == war.outcome_least == 0
    areas = 0.5 * (0.25 - 0.16) / 2 + (1 - 9 / 16) / 2 * 0.16 / 2 + (9 / 16) / 2 * 2 / 5 * 2 / 5
    assert abs(war.outcome_greatest - areas) < 4 * war.outcome_greatest_se


def test_standard_errors_cover():
    eqs = solved("unilateral")
    runs = [sample(eqs, UNIFORM, 2_000, seed=s) for s in range(60)]
    scores = [(r.exists.values[3] - 0.1) / r.exists_se.values[3] for r in runs]
    assert 0.7 < np.std(scores) < 1.35


def test_a_seed_repeats():
    eqs = solved("unilateral")
    one, two, other = (sample(eqs, UNIFORM, 1_000, seed=s) for s in (3, 3, 4))
    assert one.equals(two) and not one.equals(other)


def test_joint_draws_and_draws_outside():
    def costs(generator, size):
        return np.sort(generator.uniform(0, 10, (size, 5)), axis=1)

    eqs = solved("unilateral")
    rest = {k: v for k, v in FIXED.items() if k.startswith("b")} | {"p_A": stats.beta(2, 3), "p_B": "1/3"}
    names = ("a_DDm", "a_CD", "a_DDp", "a_SQ", "a_DC")
    found = sample(eqs, {**rest, names: costs}, 5_000, seed=1)
    assert found.attrs["accepted"] == 5_000
    alone = sample(eqs, {**rest, **{n: stats.uniform(0, 10) for n in names}}, 50_000, seed=1)
    share = alone.attrs["accepted"] / 50_000
    assert abs(share - 1 / 120) < 4 * np.sqrt(1 / 120 / 50_000)
    assert abs(found.exists.values[0] - alone.exists.values[0]) < 5 * alone.exists_se.values[0]


def test_a_multivariate_law_of_scipy():
    eqs = solved("unilateral")
    law = stats.multivariate_normal([0.5, 0.5], [[0.01, 0.005], [0.005, 0.01]])
    found = sample(eqs, {**FIXED, ("p_A", "p_B"): law}, 4_000, seed=1)
    assert 0.99 < found.attrs["accepted"] / 4_000 <= 1


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"p_A": stats.uniform(2, 1)}, PointError),
        ({"p_C": stats.uniform()}, UnknownParameter),
        ({"p_A": "1/2", "p_B": "1/2"}, SweepError),
        ({("p_A", "p_B"): lambda g, n: g.uniform(size=(n, 3))}, SweepError),
    ],
)
def test_bad_distributions_are_refused(values, error):
    with pytest.raises(error):
        sample(
            solved("unilateral"),
            {**UNIFORM, **values} if len(values) == 1 and ("p_A", "p_B") not in values else {**FIXED, **values},
            100,
        )


def test_bad_sizes_and_rules_are_refused():
    for options in ({"n": 1}, {"n": 2.5}, {"select": "all"}):
        with pytest.raises(SweepError):
            sample(solved("unilateral"), UNIFORM, **options)


MISUSE = {
    "too many draws": ({"p_A": lambda g, n: g.uniform(size=n + 1)}, "draws of shape"),
    "too few draws": ({"p_A": lambda g, n: g.uniform(size=n // 2)}, "draws of shape"),
    "no draws": ({"p_A": lambda g, n: None}, "draws of shape"),
    "one argument": ({"p_A": lambda n: np.ones(n) / 2}, "function of"),
    "not frozen": ({"p_A": stats.beta}, "frozen"),
    "no law": ({"p_A": None}, "number"),
    "values": ({"p_A": np.linspace(0.1, 0.9, 100)}, "use sweep"),
    "list": ({"p_A": [0.1, 0.9]}, "use sweep"),
}


@pytest.mark.parametrize("name", MISUSE)
def test_laws_that_cannot_be_drawn_from_are_refused_in_words(name):
    values, text = MISUSE[name]
    with pytest.raises(DeterrenceError, match=text):
        sample(solved("unilateral"), {**UNIFORM, **values}, 100)


@pytest.mark.parametrize("seed", ["x", -1, 1.5])
def test_bad_seeds_are_refused(seed):
    with pytest.raises(SweepError, match="seed"):
        sample(solved("unilateral"), UNIFORM, 100, seed=seed)


def test_what_is_no_mapping_is_refused():
    with pytest.raises(SweepError, match="mapping"):
        sample(solved("unilateral"), [("p_A", stats.uniform())], 100)


@pytest.mark.skipif(not hasattr(stats, "Uniform"), reason="SciPy before 1.15")
def test_the_newer_distributions_of_scipy():
    law = stats.Uniform(a=0, b=1)
    one, two = (sample(solved("unilateral"), {**UNIFORM, "p_A": law}, 2_000, seed=3) for _ in range(2))
    assert one.equals(two) and 0 < one.exists.values[5] < 1


def test_what_was_decided_again_is_counted_over_all_batches(monkeypatch):
    monkeypatch.setattr("deterrence.sweeps.sampling.BATCH", 100)
    values = {**FIXED, "p_A": lambda g, n: np.full(n, 0.75), "p_B": lambda g, n: np.full(n, 0.5)}
    counts = [sample(solved("unilateral"), values, n, seed=1).attrs["decided_again_exactly"] for n in (100, 300)]
    assert counts[1] == 3 * counts[0] > 0
