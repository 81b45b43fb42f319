"""What is shown means the same as what was found, and shows all of it."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

import deterrence as dt
from deterrence.expressions import as_text, presented
from deterrence.notation import parse, parse_condition
from deterrence.regions import Region
from deterrence.views.content import Content
from deterrence.views.latex import equilibria_latex, escaped
from deterrence.views.text import equilibria_text, equilibrium_text

NAMES = ["unilateral_deterrence", "protege_defender", "rudimentary_asymmetric_deterrence"]


@pytest.fixture(scope="module", params=NAMES)
def answer(request):
    return dt.load(request.param).solve(cache=False)


@pytest.fixture(scope="module")
def unilateral():
    return dt.load("unilateral_deterrence").solve(cache=False)


def everything(answer):
    return (*answer.generic, *answer.knife_edges)


def test_printed_conditions_read_back_as_the_same_region(answer):
    symbols = {p.name: p.symbol for p in answer.game.assumptions.parameters}
    for e in everything(answer):
        line = next(x for x in equilibrium_text(e).splitlines() if "exists iff" in x)
        read = Region(parse_condition(line.partition("iff")[2].strip(), symbols), answer.game.assumptions)
        assert read.equals(e.condition).proved


def test_printed_probabilities_read_back_as_the_same_numbers(answer):
    for e in everything(answer):
        c = Content(e)
        symbols = {p.name: p.symbol for p in answer.game.assumptions.parameters}
        symbols |= {short.name: long for long, short in c.short.items()}
        for name, shown in c.outcomes:
            assert sp.simplify(parse(as_text(shown).partition(" =")[0], symbols) - e.outcomes[name]) == 0
        for strategy in c.strategies:
            assert all(sp.simplify(sum(p for _, p in actions)) == 1 for _, actions in strategy.rows)


def test_denominators_and_factors_of_known_sign_are_printed_positive(unilateral):
    point = dt.load("unilateral_deterrence").sample_point()
    for e in everything(unilateral):
        c = Content(e)
        shown = [p for s in c.strategies for _, row in s.rows for _, p in row] + [p for _, p in c.outcomes]
        for expression in shown:
            numbers = {**{s: sp.Rational(1, 2) for s in expression.free_symbols}, **point}
            for power in expression.atoms(sp.Pow):
                assert power.subs(numbers) > 0
            assert not as_text(expression).startswith("-")


def test_the_bluff_reads_as_in_the_book(unilateral):
    text = equilibrium_text(unilateral["Bluff"])
    assert "p_A < (b_CD - b_DC)/(b_CD - b_DDm) and p_B < (a_DC - a_SQ)/(a_DC - a_CD)" in text
    assert "semi-separating" in text
    assert "defect with probability p_A*(b_DC - b_DDm)/((1 - p_A)*(b_CD - b_DC))" in text
    assert re.search(r"Defender believes at respond\n +Challenger Hard +\(b_CD - b_DC\)/\(b_CD - b_DDm\)", text)


def test_off_path_beliefs_show_what_they_must_satisfy(unilateral):
    text = equilibrium_text(unilateral["Certain Deterrence"])
    assert "Defender believes at respond, off the path" in text
    assert "r >= (b_CD - b_DC)/(b_CD - b_DDm)" in text


def test_a_family_shows_its_range(unilateral):
    family = next(e for e in unilateral if e.status == "family")
    text = equilibrium_text(family)
    assert "q = Pr(concede | Defender Soft), free" in text
    shown = Content(family).free_range.region
    (q,) = (s for s in shown.symbols if s.name == "q")
    point = {**dt.load("unilateral_deterrence").sample_point()}
    limit = (6 - 4) / (6 - 2)  # (a_DC - a_SQ)/(a_DC - a_DDp): the Hard challenger stays if resistance is as likely
    for value in (sp.Rational(1, 10), sp.Rational(9, 10)):
        resists = point[sp.Symbol("p_B", real=True)] * value + 1 - value
        assert shown.contains({**point, q: value}) == (resists >= limit)


def test_knife_edges_stand_apart(unilateral):
    text = equilibria_text(unilateral)
    before, heading, after = text.partition("Knife-edges")
    assert heading and "==" not in before and "p_A ==" in after
    assert f"{len(unilateral)} perfect Bayesian equilibria" in before


def test_what_stayed_undecided_is_listed(unilateral):
    partial = dt.solve(unilateral.game, time_limit=1e-9)
    for text in (str(partial), partial._repr_html_()):
        assert "time limit" in text and "ndecided" in text
    assert partial.to_json()["complete"] is False


def test_every_game_has_a_view_at_a_point(answer):
    model = next(m for m in map(dt.load, NAMES) if m.game == answer.game)
    here = answer.at(model.sample_point())
    assert len(here) > 0
    for view in (str(here), here.latex(), here._repr_html_(), json.dumps(here.to_json())):
        assert all(e.title in view or e.name in view for e in here)


def test_json_holds_all_of_it(answer):
    data = json.loads(json.dumps(answer.to_json()))
    declared = {p.name: p.symbol for p in answer.game.assumptions.parameters}
    for e, shown in zip(everything(answer), data["equilibria"] + data["knife_edges"], strict=True):
        values = [x for table in (e.strategy, e.beliefs) for row in table.values() for x in row.values()]
        free = {str(s): s for x in values for s in sp.sympify(x).free_symbols}
        symbols = {**free, **{s.name: s for s in e.free}, **declared}
        assert (shown["name"], shown["status"]) == (e.name, e.status)
        assert len(shown["strategy"]) == len(answer.game.information_sets)
        for row in shown["strategy"]:
            key = tuple(x for x in (row["player"], row["type"], row["label"]) if x is not None)
            for action, text in row["actions"].items():
                assert sp.simplify(parse(text, symbols) - e.strategy[key][action]) == 0
        for row in shown["beliefs"]:
            assert sp.simplify(sum(parse(h["probability"], symbols) for h in row["histories"]) - 1) == 0
        assert (
            Region(_boolean(shown["condition"]["relations"], symbols), answer.game.assumptions)
            .equals(e.condition)
            .proved
        )


def _boolean(relations, symbols):
    if isinstance(relations, bool):
        return sp.true if relations else sp.false
    if "op" in relations:
        return parse_condition(f"{relations['left']} {relations['op']} {relations['right']}", symbols)
    ((word, parts),) = relations.items()
    return (sp.And if word == "and" else sp.Or)(*(_boolean(part, symbols) for part in parts))


# -- escaping ---------------------------------------------------------------------------------------

NASTY = '<script>alert("x")</script> & $ % _ # { } ~ ^ \\'


@pytest.fixture(scope="module")
def nasty():
    P = dt.Parameters()
    low, high = P.ordered("low < high")
    p = P.probability("p")
    tree = dt.move(
        NASTY,
        "start <b>",
        {
            "stay & see": dt.outcome("Stay $1$", {NASTY: dt.by_type({"<u>": low, "soft": 0}), "B": 0}),
            "<i>go": dt.move(
                "B", "end", a=dt.outcome("X", {NASTY: high, "B": p}), b=dt.outcome("Y", {NASTY: 0, "B": p})
            ),
        },
    )
    players = {NASTY: dt.types({"<u>": p, "soft": 1 - p}), "B": None}
    return dt.solve(dt.ExtensiveGame(f"Game {NASTY}", parameters=P, players=players, tree=tree))


def test_html_escapes_everything(nasty):
    class Tags(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.add(tag)

    found = set()
    Tags().feed(nasty._repr_html_())
    assert found <= {"table", "caption", "tr", "th", "td", "br", "span", "sub"}


def test_latex_escapes_everything(nasty):
    for text in (nasty.latex(), *(e.latex() for e in nasty)):
        lines = "\n".join(line for line in text.splitlines() if not line.startswith("%"))
        bare = re.sub(r"\\[\\{}$&#_%]", "", lines)
        assert bare.count("{") == bare.count("}")
        assert bare.count("$") % 2 == 0
        assert "#" not in bare and "%" not in bare and "~" not in bare


def test_latex_table_has_three_columns_in_each_row(answer):
    rows = [x for x in equilibria_latex(answer).splitlines() if x.endswith(r"\\")]
    assert all(len(re.findall(r"(?<!\\)&", row)) == 2 for row in rows)


@given(st.text(alphabet=st.characters(codec="ascii", exclude_categories=["C"])))
def test_escaped_text_leaves_no_bare_special_letter(text):
    assert not re.search(r"[$&#%_^~]", re.sub(r"\\[$&#%_]", "", escaped(text)))


# -- expressions ------------------------------------------------------------------------------------


def test_an_expression_is_presented_without_change_of_value():
    P = dt.Parameters()
    a, b, c = P.ordered("a < b < c")
    p, q = P.probability("p q")
    scope = P.snapshot()
    cases = [(p * a - a) / (a - b), 1 - p * (c - a) / (q * (c - b)), (a - c) * (1 - p) / 4, p + q - p * q, a - b,
             (2 * a - 2 * c) / (4 * p - 4), sp.Rational(3, 4) - 3 * q / 8, 1 / (4 - 3 * q) / 4]  # fmt: skip
    for expression in cases:
        assert sp.simplify(presented(expression, scope) - expression) == 0
    assert as_text(presented((a - c) / (b - c), scope)) == "(c - a)/(c - b)"
    assert as_text(presented(1 / (4 - 3 * q), scope)) == "1/(4 - 3*q)"
    assert as_text(sp.Rational(1, 4)) == "1/4 = 0.25"
    assert as_text(sp.Rational(1, 3)) == "1/3 ~ 0.3333"


def test_a_map_that_nobody_chose_goes_over_what_changes_at_the_samples():
    """The action pays iff q + c < 4/3: of the samples q = 1/3 and c = 1/2 only c can change that, p nothing."""
    from deterrence.views.axes import map_axes

    P = dt.Parameters()
    p, q = P.probability("p q", samples=["1/3", "1/3"])
    c = P.positive("c", sample="1/4")
    yes = dt.outcome("Yes", A=sp.Rational(4, 3) - q - c + (p - 1) / 100)
    game = dt.ExtensiveGame(
        "Axes", parameters=P, players=["A"], tree=dt.move("A", "go", no=dt.outcome("No", A=0), yes=yes)
    )
    assert map_axes(dt.solve(game)) == (c, p)
    assert map_axes(dt.solve(game), ("p", "q")) == (p, q)


def test_a_nameless_equilibrium_goes_by_its_number_in_a_report(unilateral):
    from deterrence.views.report_html import equilibrium_row

    assert equilibrium_row(replace(unilateral.generic[-1], name=""), "E5")[0] == "E5"
    assert equilibrium_row(unilateral.generic[0], "E1")[0] == unilateral.generic[0].name
