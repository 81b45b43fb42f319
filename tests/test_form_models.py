"""Models of games without a tree: names by what is chosen, claims about what follows, the same commands."""

import pytest
import sympy as sp
from click.testing import CliRunner

import deterrence as dt
from deterrence import claims as c
from deterrence.cli import main
from deterrence.errors import ModelError, PointError, UnknownName

X, Y = sp.symbols("x y", real=True)


def volunteer(*claims):
    P = dt.Parameters()
    cost, benefit = P.ordered("0 < cost < benefit")
    game = dt.SymmetricGame(
        "Volunteer",
        parameters=P,
        players=3,
        actions=["balance", "pass"],
        payoff=lambda own, others: benefit - cost if own == "balance" else benefit * min(1, others["balance"]),
    )
    names = {"One balances": {"balance": 1, "mixing": 0}, "All mix": {"mixing": "all"}, "Two mix": {"mixing": 2}}
    return dt.Model(title="Volunteer", game=game, names=names, claims=claims)


def public_good(*claims):
    """Two states that value a common good by v > w and pay for what they give: quadratic."""
    P = dt.Parameters()
    w, v = P.ordered("0 < w < v")
    game = dt.ContinuousGame(
        "Good",
        parameters=P,
        levels={"A": {X: (0, None)}, "B": {Y: (0, None)}},
        payoffs={"A": v * (X + Y) - (X + Y) ** 2 / 2 - X**2 / 2, "B": w * (X + Y) - (X + Y) ** 2 / 2 - Y**2 / 2},
    )
    names = {"Both give": {"A": "interior", "y": "interior"}, "A alone": {X: v / 2, "y": "low"}}
    return dt.Model(title="Good", game=game, names=names, claims=claims), v, w


def crisis():
    P = dt.Parameters()
    p, k = P.probability("p k")
    reply = dt.move(
        "B", "reply", accept=dt.outcome("Deal", A=X, B=1 - X), reject=dt.outcome("War", A=p - k, B=1 - p - k)
    )
    game = dt.BargainingGame("Crisis", parameters=P, players=["A", "B"], tree=dt.offer("A", "demand", X, reply))
    return game, p, k


def verdicts(model):
    return [result.verdict.status for result in model.check()]


def test_names_of_games_without_a_tree_follow_what_is_chosen():
    assert {e.name for e in volunteer().solve()} == {"One balances", "All mix", "Two mix"}
    model, *_ = public_good()
    assert {e.name: e.facts["places"] for e in model.solve() if e.name} == {
        "Both give": {"x": "interior", "y": "interior"},
        "A alone": {"x": "interior", "y": "low"},
    }
    game, p, k = crisis()
    model = dt.Model(title="C", game=game, names={"All": {("A", "demand"): 1}, "Part": {("A", "demand"): p + k}})
    assert [e.name for e in model.solve().at({p: "1/2", k: "1/4"})] == ["Part"]
    assert [e.name for e in model.solve().at({p: "3/4", k: "1/2"})] == ["All"]
    three = dt.CoalitionGame("Squares", players=["A", "B", "C"], worth=lambda members: len(members) ** 2)
    assert [e.name for e in dt.Model(title="S", game=three, names={"Grand": {"A": ("A", "B", "C")}}).solve()] == [
        "Grand"
    ]
    table = dt.StrategicGame("T", actions={"A": ["u", "d"]}, payoffs={("u",): (1,), ("d",): (0,)})
    assert [e.name for e in dt.Model(title="T", game=table, names={"Up": {"A": "u"}}).solve()] == ["Up"]


@pytest.mark.parametrize(
    ("game", "pattern", "message"),
    [
        (crisis()[0], {("A", "demmand"): 1}, "Did you mean 'A / demand'"),
        (crisis()[0], {("B", "reply"): "acept"}, "Did you mean 'accept'"),
        (public_good()[0].game, {"z": "low"}, "Known are 'x', 'y'"),
        (public_good()[0].game, {"x": "inside"}, "Known are 'interior', 'low', 'high'"),
        (volunteer().game, {"balence": 1}, "Did you mean 'balance'"),
    ],
)
def test_a_pattern_that_fits_nothing_is_refused(game, pattern, message):
    with pytest.raises(UnknownName, match=message):
        dt.Model(title="T", game=game, names={"N": pattern})


def test_what_is_no_game_is_still_refused():
    with pytest.raises(ModelError, match=r"wanted a game.*got int"):
        dt.Model(title="T", game=3)


def test_claims_about_many_states_alike():
    mixed = c.plays("3 players mixing", "balance")
    model = volunteer()
    cost, benefit = model.game.assumptions.symbols
    claims = (
        c.exists_iff("One balances", True),
        c.quantity("All mix", mixed, 1 - sp.sqrt(cost / benefit)),
        c.always_exists(),
        c.quantity("Two mix", c.plays("2 players mixing", "balance"), cost / benefit),
        c.never_coexist("One balances", "All mix"),
        c.unique_iff("One balances", False),
    )
    model = volunteer(*(c.derived("-", claim) for claim in claims))
    assert verdicts(model) == ["proved", "proved", "proved", "refuted", "refuted", "proved"]


def test_claims_about_levels_and_payoffs():
    model, v, w = public_good()
    both = ((2 * v - w) / 3, (2 * w - v) / 3)  # by hand: v - (x + y) - x = 0 and w - (x + y) - y = 0
    claims = (
        c.quantity("Both give", X, both[0]),
        c.quantity("Both give", X + Y, (v + w) / 3),
        c.quantity("Both give", c.chooses("y"), both[0]),
        c.quantity("A alone", c.earns("A"), v**2 / 4),
        c.sign_of("x", w, "decreasing", "Both give"),
        c.exists_iff("Both give", 2 * w > v),
        c.in_equilibrium("Both give", Y < X, {Y: c.chooses("y"), X: c.chooses("x")}),
        c.always_exists(),
        c.holds(v > w, on=model.solve()["Both give"].condition),
    )
    model = dt.Model(title="G", game=model.game, names=model.names, claims=[c.derived("-", x) for x in claims])
    assert verdicts(model) == [
        "proved",
        "proved",
        "refuted",
        "proved",
        "proved",
        "proved",
        "proved",
        "proved",
        "proved",
    ]


def test_claims_about_offers_and_coalitions():
    game, p, k = crisis()
    claims = [c.never_occurs("War"), c.quantity("Part", c.chooses("A demand"), p + k), c.exists_iff("All", p + k >= 1)]
    names = {"All": {("A", "demand"): 1}, "Part": {("A", "demand"): p + k}}
    assert (
        verdicts(dt.Model(title="C", game=game, names=names, claims=[c.derived("-", x) for x in claims]))
        == ["proved"] * 3
    )
    P = dt.Parameters()
    a, b, d = P.positive("a b d")
    game = dt.CoalitionGame("Balance", parameters=P, resources={"A": a, "B": b, "C": d})
    fair = sp.And(a <= b + d, b <= a + d, d <= a + b)
    claims = [c.region_is(dt.system_stable(game), fair), c.region_is(dt.system_stable(game), a <= b + d)]
    claims += [c.exists_iff("stable system", fair), c.holds(b <= a + d, on=dt.essential(game)["A"])]
    claims += [c.holds(a <= b + d, on=dt.winning(game, ["A"]))]
    model = dt.Model(title="B", game=game, claims=[c.derived("-", x) for x in claims])
    assert verdicts(model) == ["proved", "refuted", "proved", "proved", "refuted"]


FILE = """
import deterrence as dt, sympy as sp
from deterrence.claims import derived, quantity
P = dt.Parameters()
v, k = P.positive("v k", samples=[2, 1])
x = sp.Symbol("x", real=True)
game = dt.ContinuousGame("Arms", parameters=P, levels={"A": {x: (0, None)}}, payoffs={"A": v * x - k * x**2})
model = dt.Model(title="Arms", game=game, names={"Armed": {"x": "interior"}},
    claims=[derived("The level is v/(2 k)", quantity("Armed", "x", v / (2 * k)))])
"""


def test_the_commands_take_a_file_with_such_a_model(tmp_path):
    path = tmp_path / "arms.py"
    path.write_text(FILE)
    solved = CliRunner().invoke(main, ["solve", str(path), "--at", "sample"])
    assert solved.exit_code == 0
    assert "x: 1" in solved.output and "Armed" in solved.output
    checked = CliRunner().invoke(main, ["check", str(path)])
    assert checked.exit_code == 0
    assert "1 of 1 as expected" in checked.output


def test_what_a_point_lacks_is_asked_for(tmp_path):
    P = dt.Parameters()
    a = P.real("a")
    P.assume(a < 0)
    game = dt.ContinuousGame("Far", parameters=P, levels={"A": {X: (-5, 5)}}, payoffs={"A": a * X - sp.exp(-X)})
    for eq in dt.solve(game):
        with pytest.raises(PointError, match="a value for a"):
            eq.at({})
    path = tmp_path / "arms.py"
    path.write_text(FILE)
    result = CliRunner().invoke(main, ["solve", str(path), "--at", "v=1"])
    assert result.exit_code == 2 and "a value for k" in result.output


def test_a_game_without_a_tree_is_not_exported(tmp_path):
    path = tmp_path / "arms.py"
    path.write_text(FILE)
    result = CliRunner().invoke(main, ["export", str(path), "--efg"])
    assert result.exit_code == 2 and "a game with a tree, got ContinuousGame" in result.output


def test_claims_made_wrong_on_purpose_are_refuted():
    model, v, w = public_good()
    true = [
        c.derived("level", c.quantity("Both give", X, (2 * v - w) / 3)),
        c.derived("where", c.exists_iff("Both give", 2 * w > v)),
        c.derived("falls", c.sign_of("x", w, "decreasing", "Both give")),
    ]
    found = c.audit(model, true)
    assert len(found) > 5
    assert {a.outcome for a in found} <= {"refuted", "same meaning"}


def test_what_no_exact_question_can_be_made_of_is_undecided():
    model, v, w = public_good()
    claims = [
        c.exists_iff("Both give", sp.sqrt(v) > w),
        c.exists_iff("Both give", model.solve()["Both give"].condition),
    ]
    model = dt.Model(title="G", game=model.game, names=model.names, claims=[c.derived("-", x) for x in claims])
    assert verdicts(model) == ["undecided", "proved"]


def test_a_condition_that_is_not_exact_proves_and_refutes_no_existence():
    P = dt.Parameters()
    e = P.real("e")
    game = dt.ContinuousGame("Bend", parameters=P, levels={"A": {X: (-1, 1)}}, payoffs={"A": sp.exp(X) - 2 * X + e * X})
    names = {"Low": {X: "low"}, "High": {X: "high"}}
    claims = [c.exists_iff("Low", e <= 1), c.exists_iff("Low", True), c.always_exists(), c.always_exists("Low")]
    model = dt.Model(title="B", game=game, names=names, claims=[c.derived("-", x) for x in claims])
    assert {r.how_known for r in model.solve()} <= {"local", "numeric"}
    assert verdicts(model) == ["undecided"] * 4


def contest():
    """Two states share a prize by arms that have no closed form: each level is a root of two equations."""
    P = dt.Parameters()
    V, k = P.positive("V k", samples=[4, 1])
    pay = {"A": V * X / (1 + X + Y) - k * X, "B": V * Y / (1 + X + Y) - k * Y}
    game = dt.ContinuousGame("Arms", parameters=P, levels={"A": {X: (0, None)}, "B": {Y: (0, None)}}, payoffs=pay)
    return dt.Model(title="Arms", game=game, names={"Race": {X: "interior", Y: "interior"}}), V, k


def pact():
    """Two of three deter: all mix in two ways, each a root of a quadratic."""
    P = dt.Parameters()
    cost, gain = P.ordered("0 < cost < gain", samples=[1, 4])
    alone = P.positive("alone", sample="1/2")
    game = dt.SymmetricGame(
        "Pact", parameters=P, players=3, actions=["join", "stay"],
        payoff=lambda own, others: (
            gain * int(others["join"] + (own == "join") >= 2) + (alone - cost if own == "join" else 0)
        ),
    )  # fmt: skip
    return dt.Model(title="Pact", game=game, names={"All mix": {"mixing": "all"}}), cost


def test_a_level_that_solves_equations_moves_with_the_parameters():
    """By symmetry x = y solves k (1 + 2x)^2 = V (1 + x), so that arms fall as they get dearer."""
    model, V, k = contest()
    here = [model.solve()["Race"].at({V: 4, k: cost}) for cost in (1, 2)]
    first, second = (e.strategy["x"] for e in here)
    assert (
        abs((1 + 2 * first) ** 2 - 4 * (1 + first)) < 1e-9 and abs(2 * (1 + 2 * second) ** 2 - 4 * (1 + second)) < 1e-9
    )
    assert first > second
    asked = [c.derived("arms", c.sign_of("x", k, way, "Race")) for way in ("decreasing", "increasing", "constant")]
    assert [r.verdict.status for r in c.check_claims(model, asked)] == ["proved", "refuted", "refuted"]
    race = model.solve()["Race"]
    assert race.sign("x", k).direction == race.sign(X + Y, "k").direction == "decreasing"


def test_two_roots_of_one_equation_move_apart():
    model, cost = pact()
    roots = [e for e in model.solve() if e.name == "All mix"]
    ways = {r.sign("nobody: join", cost).direction for r in roots}
    assert len(roots) == 2 and ways == {"increasing", "decreasing"}
    assert [e.name for e in model.solve().at(model.sample_point()) if 3 in e.facts.values()].count("All mix") == 2
    for way in ("decreasing", "increasing", "constant"):
        (result,) = c.check_claims(model, [c.derived("x", c.sign_of("nobody: join", cost, way, "All mix"))])
        assert result.verdict.refuted


def test_where_a_root_may_turn_nothing_is_said_of_how_it_moves():
    from deterrence.statics import sign

    P = dt.Parameters()
    b = P.positive("b")
    root = P.real("root")
    found = sign(root, b, dt.Region(sp.Eq(root**2, b - 1), P), roots={root: root**2 - b + 1})
    assert found.direction == "undecided" and "dependent" in found.verdict.reason
    there = dt.Region(sp.And(sp.Eq(root**2, b - 1), root > 0), P)
    assert sign(root, b, there, roots={root: root**2 - b + 1}).direction == "increasing"
