"""The steps of a derivation say what a theorist would write, and together they are the condition."""

import sympy as sp

import deterrence as dt

MODEL = "zagare_kilgour_2000/unilateral_deterrence"


def solved():
    model = dt.load(MODEL)
    return model, model.named(dt.solve(model.game)) if hasattr(model, "named") else dt.solve(model.game)


def test_attack_is_derived_as_by_hand():
    model, eqs = solved()
    v = {p.name: p.symbol for p in model.game.assumptions.parameters}
    steps = {s.information_set: s for s in eqs["Attack"].derivation()}
    soft = steps["Challenger", "Soft", "initiate"]
    assert soft.reached
    assert soft.worth["cooperate"] == v["a_SQ"]
    assert sp.expand(soft.worth["defect"] - (v["p_B"] * v["a_CD"] + (1 - v["p_B"]) * v["a_DC"])) == 0
    threshold = (v["a_DC"] - v["a_SQ"]) / (v["a_DC"] - v["a_CD"])
    (comparison,) = soft.comparisons
    assert comparison.condition.equals(dt.Region(v["p_B"] <= threshold, model.game.assumptions)).proved
    assert "iff" in str(comparison)
    assert "Challenger, Soft, initiate" in str(soft)


def test_all_steps_together_are_the_condition():
    _, eqs = solved()
    for e in eqs:
        whole = dt.Region.everything(e.system.assumptions)
        for step in e.derivation():
            for c in step.comparisons:
                if not c.indifferent:
                    whole = whole & dt.Region(sp.Le(c.gain, 0), e.system.assumptions)
        mixing = [c.gain for s in e.derivation() for c in s.comparisons if c.indifferent]
        if not e.free and e.kind["Challenger", "initiate"] != "semi-separating":
            assert whole.equals(e.system).proved, e.title
        assert all(sp.simplify(g) == 0 for g in mixing)


def test_what_is_off_the_path_is_said():
    _, eqs = solved()
    steps = {s.information_set: s for s in eqs["Certain Deterrence"].derivation()}
    assert not steps["Defender", "Soft", "respond"].reached
    assert "off the path" in str(steps["Defender", "Soft", "respond"])


def test_an_indifference_is_shown_before_it_is_solved():
    _, eqs = solved()
    bluff = eqs["Bluff"]
    mixing = {
        symbol: bluff.strategy[s][a]
        for s, row in bluff.strategy.items()
        for a, p in row.items()
        for symbol in [sp.Symbol(f"Pr({a} | {' '.join(s[:-1])})", real=True)]
        if p not in (0, 1)
    }
    shown = [c for step in bluff.derivation() for c in step.comparisons if c.indifferent]
    assert len(shown) == 2
    for c in shown:
        assert c.equation.free_symbols & set(mixing)
        assert sp.simplify(c.equation.xreplace(mixing)) == 0
