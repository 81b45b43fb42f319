"""The published models: found by name, whole, with samples that fit and names that mean what the papers mean."""

import itertools
import pickle
import subprocess
import sys

import pytest
import sympy as sp

import deterrence as dt
from deterrence import catalogue
from deterrence.errors import DeterrenceError, ModelError, UnknownName

EXACT = {
    "unilateral_deterrence": {
        "Certain Deterrence": ("cooperate", "cooperate", "resist", "concede"),
        "Separating": ("defect", "cooperate", "resist", "concede"),
        "Attack": ("defect", "defect", "resist", "concede"),
        "Bluff": ("defect", "mix", "resist", "mix"),
    },
    "generalized_mutual_deterrence": {
        "Sure-Thing Deterrence": ("cooperate", "cooperate", "cooperate", "cooperate"),
        "Separating": ("defect", "cooperate", "defect", "cooperate"),
        "Bluff": ("defect", "mix", "defect", "mix"),
        "Hard types mix": ("mix", "cooperate", "mix", "cooperate"),
        "B attacks, A separates": ("defect", "cooperate", "defect", "defect"),
        "B attacks, A is deterred": ("cooperate", "cooperate", "defect", "defect"),
        "B attacks, Hard A mixes": ("mix", "cooperate", "defect", "defect"),
        "A attacks, B separates": ("defect", "defect", "defect", "cooperate"),
        "A attacks, B is deterred": ("defect", "defect", "cooperate", "cooperate"),
        "A attacks, Hard B mixes": ("defect", "defect", "mix", "cooperate"),
    },
    "protege_defender": {
        "Pooled support": ("hold", "hold", "support", "support"),
        "Pooled, ambiguous": ("hold", "hold", "support", "withhold"),
        "Uncertain support": ("hold", "mix", "support", "mix"),
        "Both concede": ("concede", "concede", "support", "withhold"),
        "Both concede, Perfidious mixes": ("concede", "concede", "support", "mix"),
    },
}
FIRST = {
    "unilateral_deterrence": [("Challenger", "initiate"), ("Defender", "respond")],
    "generalized_mutual_deterrence": [("A", "first"), ("B", "first")],
    "protege_defender": [("Protege", "answer"), ("Defender", "decide")],
}


@pytest.fixture(autouse=True, scope="module")
def own_cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DETERRENCE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.mark.parametrize("name", catalogue.names())
class TestEveryModel:
    def test_samples_satisfy_the_assumptions(self, name):
        model = dt.load(name)
        point = model.sample_point()
        assert set(point) == set(model.game.assumptions.symbols)
        assert model.game.assumptions.holds(point)

    def test_every_parameter_says_what_it_means(self, name):
        for parameter in dt.load(name).parameters:
            assert parameter.description
            assert parameter.domain
            assert parameter.kind == "defined" or parameter.sample is not None

    def test_it_says_where_it_comes_from(self, name):
        model = dt.load(name)
        assert model.name == name
        assert all([model.title, model.citation, model.strand, len(model.story) > 100])

    def test_it_stands_in_the_table_of_strands(self, name):
        model = dt.load(name)
        assert model.row in range(1, 16)
        assert model.question.endswith("?") and len(model.question) < 120

    def test_its_picture_and_its_sweep_lie_inside_the_assumptions(self, name):
        model = dt.load(name)
        assert model.picture or len(model.game.assumptions.symbols) < 2
        grids = {k: list(v) for k, v in model.swept.items() if k in model.sweep}
        assert grids
        ends = itertools.product(*(g[:: max(1, len(g) // 6)] for g in grids.values()))
        points = [{**model.sample_point(), **dict(zip(grids, values, strict=True))} for values in ends]
        known = model.game.assumptions
        inside = sum(known.holds(known.exact_point({str(k): v for k, v in p.items()})) for p in points)
        assert inside >= len(points) / 3

    def test_the_list_agrees_with_the_model(self, name):
        model = dt.load(name)
        entry = next(e for e in catalogue.entries() if e.name == name)
        assert (entry.title, entry.citation, entry.strand) == (model.title, model.citation, model.strand)
        assert (entry.row, entry.question) == (model.row, model.question)
        assert entry.claims == len(model.claims)

    def test_the_first_line_says_what_it_is(self, name):
        module = sys.modules["deterrence.models." + name.replace("/", ".")] if dt.load(name) else None
        first = module.__doc__.splitlines()[0]
        assert first.endswith(".")
        assert len(first) > 40


def _profile(model, e):
    """What each type does at the first label of each player: an action, or "mix"."""
    rows = [
        e.strategy[player, kind, label] for player, label in FIRST[model.name.rpartition("/")[2]]
        for kind in model.game.types[player]
    ]  # fmt: skip
    return tuple(next((a for a, p in row.items() if p == 1), "mix") for row in rows)


@pytest.mark.parametrize("name", EXACT)
def test_names_stand_on_exactly_the_published_strategies(name):
    model = dt.load(name)
    found = model.solve()
    for e in (*found.generic, *found.knife_edges):
        expected = next((n for n, profile in EXACT[name].items() if _profile(model, e) == profile), None)
        if e.name != "Steadfast Deterrence":
            assert e.name == (expected or "")
    assert set(EXACT[name]) <= {e.name for e in found}


def test_steadfast_deterrence_is_all_cooperation_against_a_resisting_hard_defender():
    model = dt.load("unilateral_deterrence")
    named = model.solve().named("Steadfast Deterrence")
    assert {_profile(model, e)[3] for e in named} == {"resist", "mix"}
    assert all(_profile(model, e)[:3] == ("cooperate", "cooperate", "resist") for e in named)


@pytest.mark.parametrize(
    ("name", "initiate", "responses", "escalates"),
    [
        ("No-Response (NRE)", "demand", ("concede",) * 4, "escalate"),
        ("Constrained Limited Response (CLRE1)", "demand", ("defy", "defy", "concede", "concede"), "desist"),
        ("Limited-Response Deterrence (Det2)", "cooperate", ("defy", "defy", "concede", "concede"), "desist"),
    ],
)
def test_escalation_names_match_the_published_strategies(name, initiate, responses, escalates):
    model = dt.load("asymmetric_escalation")
    rows = {("Challenger", kind, "initiate"): initiate for kind in ("Hard", "Soft")}
    rows |= {("Challenger", kind, "after defiance"): escalates for kind in ("Hard", "Soft")}
    rows |= {("Defender", kind, "respond"): a for kind, a in zip(("HH", "HS", "SH", "SS"), responses, strict=True)}
    assert model.names[name] == rows


def test_published_payoffs_of_the_escalation_example():
    sample = {s.name: v for s, v in dt.load("asymmetric_escalation").sample_point().items()}
    challenger = [sample["c_" + x] for x in ("DC", "SQ", "ED", "DD", "EEp", "DE", "EEm")]
    defender = [sample["d_" + x] for x in ("SQ", "DE", "DDp", "DC", "DDm", "EEp", "ED", "EEm")]
    assert challenger == [100, 60, 45, 40, 25, 20, 0]
    assert defender == [100, 90, 60, 50, 40, 30, 20, 0]


def test_reduced_payoffs_of_the_protege_subgame():
    """After withholding a Disloyal protege realigns and a Loyal one does not."""
    model = dt.load("protege_defender")
    found = model.solve()
    for e in (*found.generic, *found.knife_edges):
        assert e.strategy["Protege", "Disloyal", "realign"]["realign"] == 1
        assert e.strategy["Protege", "Loyal", "realign"]["stay"] == 1


def test_complete_information_in_escalation_never_ends_in_limited_war():
    """The orderings give the published outcome: concession to a Hard challenger unless the defender is HH."""
    game = dt.load("asymmetric_escalation").game
    point = {**dt.load("asymmetric_escalation").sample_point()}

    def best(position, types):
        node = game.positions[position]
        if not node.children:
            pay = {p: game.assumptions.expand(game.payoff(position, p, types)).subs(point) for p in game.players}
            return pay, node.node.name
        return max((best(c, types) for c in node.children), key=lambda found: found[0][node.node.player])

    for types in itertools.product(("Hard", "Soft"), ("HH", "HS", "SH", "SS")):
        expected = "Defender Concedes" if types[0] == "Hard" and types[1] != "HH" else "Status Quo"
        assert best(0, types)[1] == expected


# -- loading ----------------------------------------------------------------------------------------

FILE = """
import deterrence as dt
P = dt.Parameters()
low, high = P.ordered("low < high", samples=[0, 1])
game = dt.ExtensiveGame("Mine", parameters=P, players=["A"],
    tree=dt.move("A", "start", stay=dt.outcome("Stay", A=low), dare=dt.outcome("Dare", A=high)))
model = dt.Model(title="My model", game=game, names={"Daring": {("A", "start"): "dare"}})
"""


def test_a_file_of_ones_own_is_a_model(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(FILE)
    model = dt.load(path)
    assert (model.title, model.name) == ("My model", "mine")
    assert [e.name for e in model.solve()] == ["Daring"]
    assert dt.load(str(path)) == model
    assert pickle.loads(pickle.dumps(dt.load(path))) == model


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("x = 1\nmodel = (\n", None, "Python"),
        (FILE.replace('"low < high"', '"low < low"'), 4, "low"),
        ("import deterrence as dt\n\n1 / 0\n", 3, "ZeroDivisionError"),
        ("import deterrence as dt\n", None, "model = dt.Model"),
        ("model = 3\n", None, "got int"),
        (FILE.replace('"dare"}', '"daer"}'), 7, "Did you mean 'dare'"),
        (FILE.replace('("A", "start")', '("A", "begin")'), 7, "information set"),
        (FILE.replace("game=game", "game=P"), 7, "wanted a game"),
        ("import no_such_package\n", 1, "no_such_package"),
        ("low = 1\nprint(lwo)\n", 2, "Did you mean 'low'"),
        ("print(zebra)\n", 1, "Declare it first"),
        (FILE + "print(low > 1 & high > 2)\n", None, "each in brackets"),
    ],
)
def test_a_fault_in_a_file_is_named_with_its_line(tmp_path, text, line, message):
    path = tmp_path / "broken.py"
    path.write_text(text)
    with pytest.raises(ModelError) as caught:
        dt.load(path)
    assert "broken.py" in str(caught.value)
    assert message in str(caught.value)
    assert line is None or f"line {line}" in str(caught.value)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("zagare_kilgour_2000/unilateral_deterence", "zagare_kilgour_2000/unilateral_deterrence"),
        ("unilatral_deterrence", "unilateral_deterrence"),
        ("mutual_deterrence", "generalized_mutual_deterrence"),
    ],
)
def test_a_wrong_name_gets_the_nearest(wrong, right):
    with pytest.raises(UnknownName, match=right):
        dt.load(wrong)


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(ModelError, match="no file of that name"):
        dt.load(tmp_path / "nothing.py")


def test_a_name_in_the_catalogue_is_loaded_once():
    assert dt.load("unilateral_deterrence") is dt.load("zagare_kilgour_2000/unilateral_deterrence")


def test_claims_are_counted_without_running_a_file(tmp_path, monkeypatch):
    (tmp_path / "a.py").write_text(
        "CLAIMS = (1, 2, 3)\nmodel = dt.Model(title='T', citation='C', strand='S', claims=CLAIMS)"
    )
    monkeypatch.setattr(catalogue, "folder", lambda: tmp_path)
    assert catalogue._entry("a", tmp_path / "a.py") == catalogue.Entry("a", "T", "C", "S", 3)


def test_the_list_follows_the_rows_of_the_table():
    rows = [e.row for e in catalogue.entries()]
    assert rows == sorted(rows) and set(rows) == set(range(1, 16))


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("row", 0, "from 1 on"),
        ("row", "2", "whole number"),
        ("picture", "p_A", "two parameters"),
        ("picture", ("p_A", "p_C"), "p_C"),
        ("sweep", {"p_A": (0, 1)}, "low, high, count"),
        ("sweep", {"p_C": (0, 1, 5)}, "p_C"),
        ("sweep", ["p_A"], "sweep="),
    ],
)
def test_a_wrong_picture_or_sweep_is_refused(field, value, message):
    game = dt.load("unilateral_deterrence").game
    with pytest.raises(DeterrenceError, match=message):
        dt.Model(title="T", game=game, **{field: value})


def test_listing_imports_no_computer_algebra():
    code = "import sys, deterrence.catalogue as c; c.entries(); sys.exit('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_names_apply_to_the_first_pattern_that_fits():
    model = dt.load("unilateral_deterrence")
    bluff = model.solve()["Bluff"]
    everything = dt.Model(title="T", game=model.game, names={"Anything": {}, "Bluff": model.names["Bluff"]})
    assert everything.name_of(bluff) == "Anything"
    assert all(isinstance(p, sp.Expr) for row in bluff.strategy.values() for p in row.values())
