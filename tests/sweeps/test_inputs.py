"""What may be handed over, and what is refused."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import deterrence as dt
from deterrence.errors import DeterrenceError, PointError, UnknownParameter
from deterrence.sweeps import SweepError, grid, sweep
from tests.sweeps.points import FIXED, solved

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(scope="module")
def lottery():
    """One player may dare; the named expression p_win is made of two members of a distribution."""
    P = dt.Parameters()
    low, high = P.ordered("low < high")
    big, small, _ = P.distribution("big small lose")
    P.define("p_win", big + small)
    tree = dt.move(
        "A",
        "start",
        stay=dt.outcome("Stay", A=low),
        dare=dt.chance(
            "luck", win=(big + small, dt.outcome("Win", A=high)), lose=(1 - big - small, dt.outcome("Lose", A=0))
        ),
    )
    return dt.solve(dt.ExtensiveGame("Lottery", parameters=P, players=["A"], tree=tree))


def test_scalars_by_symbol_or_name_and_text():
    eqs = solved("unilateral")
    p_A = eqs.game.assumptions.resolve("p_A")
    found = sweep(eqs, {**FIXED, p_A: "1/4", "p_B": 0.4})
    assert found.exists.values[3]  # a float typed by hand means 2/5 exactly, the boundary
    assert found.p_A.attrs["exact"] == "1/4"
    assert found["count"].shape == ()


def test_floats_in_arrays_mean_their_binary_values():
    eqs = solved("unilateral")
    binary = Fraction(0.4)
    found = sweep(eqs, {**FIXED, "p_A": "1/4", "p_B": np.array([0.4])})
    assert found.exists.values[3, 0] == (binary >= Fraction(2, 5))
    typed = sweep(eqs, {**FIXED, "p_A": "1/4", "p_B": [0.4, "1/2", Fraction(1, 3)]})
    assert list(typed.exists.values[3]) == [True, True, False]


def test_only_needed_parameters_are_required():
    eqs = solved("unilateral")
    values = {k: v for k, v in FIXED.items() if k != "b_SQ"}
    found = sweep(eqs, {**values, "p_A": grid(0, 1, 5), "p_B": "1/4"}, outputs=("exists", "outcome"))
    assert found.exists.shape == (6, 3)
    with pytest.raises(PointError, match=r"b_SQ.*payoff"):
        sweep(eqs, {**values, "p_A": grid(0, 1, 5), "p_B": "1/4"})
    with pytest.raises(PointError, match="p_B"):
        sweep(eqs, {**values, "p_A": grid(0, 1, 5)})


def test_pandas_rows_and_labels():
    eqs = solved("unilateral")
    rows = pd.DataFrame({"p_A": [0.2, 0.6, 0.9], "p_B": [0.1, 0.45, 0.8]}, index=pd.Index(["x", "y", "z"], name="case"))
    found = sweep(eqs, {**FIXED, **{k: rows[k] for k in rows}})
    assert found["count"].dims == ("case",)
    assert list(found.case.values) == ["x", "y", "z"]
    whole = sweep(eqs, rows.assign(**FIXED))
    assert (whole.exists.values == found.exists.values).all()


def test_a_grid_beside_scattered_points():
    eqs = solved("unilateral")
    shared = xr.DataArray([0.2, 0.6, 0.9], dims="case")
    found = sweep(eqs, {**FIXED, "p_A": shared, "p_B": grid(0, 1, 6)})
    assert found["count"].dims == ("case", "p_B")
    for k, p in enumerate(shared.values):
        row = sweep(eqs, {**FIXED, "p_A": np.array([p]), "p_B": grid(0, 1, 6)})
        assert (row.outcome.values[:, 0] == found.outcome.values[:, k]).all()


def test_points_outside_the_assumptions_are_masked_and_counted():
    eqs = solved("unilateral")
    found = sweep(
        eqs,
        {**FIXED, "p_A": np.linspace(0, 1, 5), "p_B": np.array([0.25, 1.5])},
        outputs=("exists", "count", "label", "outcome", "outside"),
    )
    outside = np.array([[True, True], [False, True], [False, True], [False, True], [True, True]])
    assert (found.outside.values == outside).all()
    assert found.attrs["points_outside_assumptions"] == outside.sum() == 7
    assert (found.label.values[outside] == -2).all() and (found["count"].values[outside] == -1).all()
    assert not found.exists.values[:, outside].any()
    assert np.isnan(found.outcome.values[:, outside]).all()
    assert np.isfinite(found.outcome.values[:, ~outside]).all()


def test_the_ends_of_an_open_domain_are_left_out():
    eqs = solved("unilateral")
    found = sweep(eqs, {**FIXED, "a_SQ": grid(2, 6, 5), "p_A": grid(0, 1, 3), "p_B": grid("1/4", 1, 4)})
    assert list(found.a_SQ.values) == [3, 4, 5]
    assert list(found.p_A.values) == [0.5]
    assert list(found.p_B.values) == [0.25, 0.5, 0.75]


def test_missing_parameters_still_bind(lottery):
    """Where a middle parameter is left out, its neighbours must keep their order."""
    P = dt.Parameters()
    low, _, high = P.ordered("low < middle < high")
    tree = dt.move("A", "start", stay=dt.outcome("Stay", A=low), go=dt.outcome("Go", A=high))
    eqs = dt.solve(dt.ExtensiveGame("Order", parameters=P, players=["A"], tree=tree))
    found = sweep(eqs, {"low": np.array([0.0, 1.0, 2.0]), "high": 1}, outputs=("exists", "count"))
    assert list(found["count"].values) == [1, -1, -1]


def test_named_expressions_can_be_axes(lottery):
    found = sweep(lottery, {"low": 1, "high": 2, "p_win": grid(0, 1, 9)}, outputs=("exists", "label"))
    assert found.label.dims == ("p_win",)
    assert list(found.p_win.values) == [k / 8 for k in range(9)]
    assert list(found.label.values[[0, 8]]) == [-2, -2]  # big, small and lose must be positive
    dares = [next(k for k, e in enumerate(lottery) if e.outcomes["Stay"] == 0)]
    assert list(found.exists.values[dares[0]][1:8]) == [k / 8 * 2 >= 1 for k in range(1, 8)]
    by_parts = sweep(lottery, {"low": 1, "high": 2, "big": "1/8", "p_win": grid("1/4", "7/8", 6)}, outputs=("exists",))
    assert by_parts.exists.shape[-1] == 6


def test_a_dependent_probability_can_be_an_axis(lottery):
    found = sweep(lottery, {"low": 1, "high": 2, "lose": np.array([0.25, 0.5, 0.75, 1.0])}, outputs=("exists", "count"))
    assert list(found["count"].values) == [1, 2, 1, -1]


@pytest.mark.parametrize("first", ["p_win", "p_big"])
def test_a_ratio_can_be_an_axis_beside_its_denominator(first):
    P = dt.Parameters()
    big, small, _ = P.distribution("big small lose")
    P.define("p_win", big + small)
    P.define("p_big", big / (big + small))
    tree = dt.move("A", "start", stay=dt.outcome("Stay", A=big), dare=dt.outcome("Dare", A=small))
    eqs = dt.solve(dt.ExtensiveGame("Ratio", parameters=P, players=["A"], tree=tree))
    axes = {"p_win": grid(0, 1, 5), "p_big": grid(0, 1, 7)}
    found = sweep(eqs, {first: axes[first], **axes}, outputs=("exists", "label", "payoff")).transpose(..., *axes)
    dares = next(k for k, e in enumerate(eqs) if e.outcomes["Dare"] == 1)
    for i, win in enumerate(axes["p_win"]):
        for j, share in enumerate(axes["p_big"]):
            inside = 0 < win < 1 and 0 < share < 1
            assert (found.label.values[i, j] != -2) == inside
            if inside:
                assert found.exists.values[dares, i, j] == (share <= Fraction(1, 2))
                assert abs(found.payoff.values[0, i, j] - float(win * max(share, 1 - share))) < 1e-12
    with pytest.raises(PointError, match="denominator"):
        sweep(eqs, {"p_big": grid(0, 1, 5), "big": "1/8"})


def test_a_named_expression_that_follows_is_refused(lottery):
    with pytest.raises(PointError, match="leave out p_win"):
        sweep(lottery, {"low": 1, "high": 2, "big": "1/8", "small": "1/8", "p_win": grid("1/4", 1, 3)})


BAD = {
    "nan": ({"p_A": np.array([0.5, np.nan])}, PointError, "place 1"),
    "infinite": ({"p_A": np.array([np.inf, 0.5])}, PointError, "finite"),
    "text": ({"p_A": "a third"}, PointError, "number"),
    "unknown": ({"p_C": 1}, UnknownParameter, "Did you mean"),
    "outside": ({"p_A": "3/2"}, PointError, "p_A < 1"),
    "order": ({"a_SQ": 7}, PointError, "a_SQ < a_DC"),
    "two dimensions": ({"p_A": np.ones((2, 2))}, SweepError, "named dimensions"),
    "lengths": (
        {"p_A": xr.DataArray([0.5, 0.6], dims="q"), "p_B": xr.DataArray([0.5] * 3, dims="q")},
        SweepError,
        "3 values",
    ),
    "labels": (
        {"p_A": pd.Series([0.5, 0.6], index=["x", "y"]), "p_B": pd.Series([0.5, 0.6], index=["x", "z"])},
        SweepError,
        "labels",
    ),
    "other rows": (
        {"p_A": pd.Series([0.5, 0.6]), "p_B": pd.Series([0.5, 0.6], index=pd.RangeIndex(5, 7))},
        SweepError,
        "labels",
    ),
    "rows in another order": (
        {"p_A": pd.Series([0.5, 0.6]), "p_B": pd.Series([0.5, 0.6], index=[1, 0])},
        SweepError,
        "labels",
    ),
    "other pairs": (
        {
            "p_A": pd.Series([0.5, 0.6], index=pd.MultiIndex.from_tuples([(1, 2), (1, 3)])),
            "p_B": pd.Series([0.5, 0.6], index=pd.MultiIndex.from_tuples([(1, 3), (1, 2)])),
        },
        SweepError,
        "labels",
    ),
    "empty": ({"p_A": np.array([])}, SweepError, "at least one"),
    "truth": ({"p_A": np.array([True, False])}, PointError, "numbers"),
    "complex": ({"p_A": np.array([1j])}, PointError, "numbers"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_with_its_reason(name):
    values, error, text = BAD[name]
    with pytest.raises(error, match=text):
        sweep(solved("unilateral"), {**FIXED, "p_A": "1/2", "p_B": "1/2", **values})


@pytest.mark.parametrize("options", [{"n_jobs": 0}, {"n_jobs": "two"}, {"dtype": "int8"}])
def test_bad_options_are_refused(options):
    with pytest.raises(SweepError):
        sweep(solved("unilateral"), {**FIXED, "p_A": "1/2", "p_B": "1/2"}, **options)


@pytest.mark.parametrize(
    "options",
    [
        {"select": None},
        {"outputs": None},
        {"outputs": ()},
        {"outputs": 3},
        {"outcomes": 3},
        {"progress": 3},
        {"dtype": None},
    ],
)
def test_plain_misuse_is_refused_in_words(options):
    with pytest.raises(DeterrenceError, match="wanted"):
        sweep(solved("unilateral"), {**FIXED, "p_A": "1/2", "p_B": "1/2"}, **options)


def test_a_single_name_stands_for_a_list_of_one():
    eqs, point = solved("unilateral"), {**FIXED, "p_A": "1/4", "p_B": "1/4"}
    one = {"outputs": "outcome", "outcomes": "Conflict", "payoffs": "Challenger", "order": eqs[5].title}
    xr.testing.assert_identical(sweep(eqs, point, **one), sweep(eqs, point, **{k: [v] for k, v in one.items()}))


@pytest.mark.parametrize("name", ["player", "equilibrium", "outcome_name", "action", "label", "count", "outcome_least"])
def test_dimensions_that_the_result_needs_for_itself_are_refused(name):
    values = {"p_A": xr.DataArray([0.2, 0.6], dims=name), "p_B": "1/2"}
    with pytest.raises(SweepError, match=f'dimension "{name}"'):
        sweep(solved("unilateral"), {**FIXED, **values})


@pytest.mark.parametrize("name", ["p_B", "a_SQ"])
def test_dimensions_named_for_another_parameter_are_refused(name):
    values = {**FIXED, "p_B": "1/2", "p_A": pd.Series([0.2, 0.6], index=pd.Index([1, 2], name=name))}
    with pytest.raises(SweepError, match="name of a parameter"):
        sweep(solved("unilateral"), values)


def test_what_cannot_fit_the_memory_is_refused_with_its_size():
    big = grid(0, 1, 10**6)
    with pytest.raises(SweepError, match=r"TB.*sweep_to"):
        sweep(solved("unilateral"), {**FIXED, "p_A": big, "p_B": big})
    with pytest.raises(SweepError, match="TB"):
        sweep(solved("unilateral"), {**FIXED, "p_A": grid(0, 1, 10**12), "p_B": "1/2"})


def test_numbers_and_parts_of_a_grid():
    g = grid(0, 1, 5)
    assert g[1] == Fraction(1, 4) and g[-1] == 1 and list(g[1:3]) == [Fraction(1, 4), Fraction(1, 2)]
    with pytest.raises(IndexError):
        g[5]


def test_a_parameter_with_the_name_of_an_output_is_refused():
    P = dt.Parameters()
    count = P.positive("count")
    tree = dt.move("A", "start", stay=dt.outcome("Stay", A=1), go=dt.outcome("Go", A=count))
    eqs = dt.solve(dt.ExtensiveGame("Names", parameters=P, players=["A"], tree=tree))
    with pytest.raises(SweepError, match="parameter count"):
        sweep(eqs, {"count": np.array([0.5, 2.0])})


def test_several_threads_may_sweep_one_answer():
    from concurrent.futures import ThreadPoolExecutor

    eqs = dt.Equilibria(
        solved("unilateral").game, solved("unilateral").generic, provenance=solved("unilateral").provenance
    )

    def run(k):
        return sweep(eqs, {**FIXED, "a_DDm": -k, "p_A": grid(0, 1, 9), "p_B": "1/4"})

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(run, range(16)))
    for k in range(16):
        xr.testing.assert_identical(found[k], run(k))


def test_a_game_must_be_solved_first():
    with pytest.raises(SweepError, match=r"dt\.solve"):
        sweep(solved("unilateral").game, {})


@pytest.mark.parametrize("wrong", [(1, 0, 5), (0, 1, 1), (0, 1, 2.5), ("x", 1, 3)])
def test_grids_that_make_no_sense(wrong):
    with pytest.raises(DeterrenceError):
        grid(*wrong)


def test_grid_is_exact():
    g = grid("1/10", 0.9, 9)
    assert [str(x) for x in g][:3] == ["1/10", "1/5", "3/10"]
    assert np.asarray(g).tolist() == [k / 10 for k in range(1, 10)]


def test_workers_give_the_same():
    eqs = solved("unilateral")
    values = {**FIXED, "p_A": grid(0, 1, 401), "p_B": grid(0, 1, 501)}
    one, two = (sweep(eqs, values, n_jobs=n) for n in (1, 2))
    xr.testing.assert_equal(one, two)
    import joblib

    with joblib.parallel_config(backend="loky"):
        xr.testing.assert_equal(one, sweep(eqs, values, n_jobs=2))
