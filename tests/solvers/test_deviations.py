"""The deviations that `verify` names: exactly those that pay, with their exact gains, by plain arithmetic."""

import random
from fractions import Fraction as F

import pytest
import sympy as sp

import deterrence as dt
from deterrence.errors import ConceptError, GameError, UnknownName, UnknownParameter
from tests.referee.builders import divided, random_signalling
from tests.referee.check import check_nash
from tests.referee.numeric import from_game
from tests.solvers.compare import extensive

UNILATERAL = "zagare_kilgour_2000/unilateral_deterrence"
MESSAGES, TYPES = ("m", "n"), ("S0", "S1")


def sender_game(seed, replies):
    """A sender of two types, two messages, an untyped receiver with some replies; payoffs as a table."""
    draw = random.Random(seed)
    pay = {(p, t, m, a): F(draw.randint(-4, 4)) for p in "SR" for t in TYPES for m in MESSAGES for a in replies}
    prior = F(draw.randint(1, 3), 4)

    def end(m, a):
        mine = dt.by_type({t: pay["S", t, m, a] for t in TYPES})
        return dt.outcome(f"{m}{a}", S=mine, R=dt.by_type("S", {t: pay["R", t, m, a] for t in TYPES}))

    tree = dt.move("S", "send", {m: dt.move("R", f"on {m}", {a: end(m, a) for a in replies}) for m in MESSAGES})
    players = {"S": dt.types({"S0": prior, "S1": 1 - prior}), "R": None}
    return dt.ExtensiveGame("sender", players=players, tree=tree), pay, prior


def random_profile(seed, replies):
    draw = random.Random(seed)

    def row(actions):
        if draw.random() < 0.6:
            return {a: F(int(a == chosen)) for chosen in [draw.choice(actions)] for a in actions}
        weights = [draw.randint(0, 2) for _ in actions]
        weights[draw.randrange(len(actions))] += 1
        return {a: F(w, sum(weights)) for a, w in zip(actions, weights, strict=True)}

    return {
        **{("S", t, "send"): row(MESSAGES) for t in TYPES},
        **{("R", f"on {m}"): row(replies) for m in MESSAGES},
    }


def expected_gains(pay, prior, replies, profile):
    """At sets with a settled belief: what each change gains. At surprised sets: gains as functions of Pr(S0)."""
    settled, surprised = {}, {}
    for t in TYPES:
        worth = {m: sum(w * pay["S", t, m, a] for a, w in profile["R", f"on {m}"].items()) for m in MESSAGES}
        note(settled, ("S", t, "send"), worth, profile["S", t, "send"])
    for m in MESSAGES:
        mass = {t: q * profile["S", t, "send"][m] for t, q in zip(TYPES, (prior, 1 - prior), strict=True)}
        row = profile["R", f"on {m}"]
        if sum(mass.values()):
            note(settled, ("R", f"on {m}"), {a: average(pay, mass, m, a) for a in replies}, row)
        else:
            surprised["R", f"on {m}"] = lambda r, m=m: {a: average(pay, {"S0": r, "S1": 1 - r}, m, a) for a in replies}
    return settled, surprised


def average(pay, mass, m, a):
    return sum(mass[t] * pay["R", t, m, a] for t in TYPES) / sum(mass.values())


def note(table, s, worth, row):
    """Every change from an action in use to one that is worth more than it."""
    for used in (a for a, w in row.items() if w):
        for other, value in worth.items():
            if value > worth[used]:
                table[s, other, used] = value - worth[used]


@pytest.mark.parametrize("replies", [("l", "r"), ("l", "r", "s")], ids=len)
@pytest.mark.parametrize("seed", range(25))
def test_rows_are_the_changes_that_pay(seed, replies):
    game, pay, prior = sender_game(seed, replies)
    profile = random_profile(seed + 1000, replies)
    answer = dt.verify(game, profile, at={})
    rows = {(d.information_set, d.action, d.instead): F(int(d.gain.p), int(d.gain.q)) for d in answer.deviations}
    settled, surprised = expected_gains(pay, prior, replies, profile)
    reached = {k: v for k, v in rows.items() if k[0] not in surprised}
    assert all(settled[k] == v for k, v in reached.items())
    assert {k[0] for k in reached} == {k[0] for k in settled}
    for s, worth in surprised.items():
        check_surprised(worth, profile[s], {k[1:]: v for k, v in rows.items() if k[0] == s})
    assert answer.verdict.proved == (not rows)


def check_surprised(worth, row, listed):
    """Some belief makes all that is not listed useless, and no such belief makes a listed gain smaller."""
    *others, reference = [a for a, w in row.items() if w]  # everything is held against one action in use
    changes = [(b, reference) for b in row if b != reference] + [(reference, a) for a in others]
    kinks = {F(0), F(1)}
    for b, a in changes:
        low, high = (worth(F(k))[b] - worth(F(k))[a] for k in (0, 1))
        if low != high and 0 < low / (low - high) < 1:
            kinks.add(low / (low - high))
    good = [r for r in kinks if all(worth(r)[b] <= worth(r)[a] for b, a in changes if (b, a) not in listed)]
    assert good
    for (b, a), gain in listed.items():
        assert gain > 0 and (b, a) in changes
        assert gain == min(worth(r)[b] - worth(r)[a] for r in good)


def test_types_that_need_opposite_beliefs_are_at_odds():
    game = extensive(divided())
    profile = {("S", "enter"): "out", ("R", "reply"): "fight"}
    answer = dt.verify(game, profile)
    assert answer.verdict.refuted and answer.deviations
    assert dt.verify(game, profile, concept="weak perfect bayesian").verdict.proved
    here = dt.verify(game, profile, at={}).deviations
    # r1 fights iff Pr(S0) >= 2/3, r2 iff Pr(S0) <= 1/3 (S0 is the good type): one of them at the other's nearest belief
    assert [(d.action, d.instead) for d in here] == [("yield", "fight")]
    assert here[0].gain == 1


def test_symbolic_gains_are_kept_only_where_they_can_pay():
    game = dt.load(UNILATERAL).game
    separating = {
        ("Challenger", "Hard", "initiate"): "defect",
        ("Challenger", "Soft", "initiate"): "cooperate",
        ("Challenger", "Hard", "press"): "fight",
        ("Challenger", "Soft", "press"): "back_down",
        ("Defender", "Hard", "respond"): "resist",
        ("Defender", "Soft", "respond"): "concede",
    }
    answer = dt.verify(game, separating)
    assert {(d.information_set, d.action) for d in answer.deviations} == {
        (("Challenger", "Hard", "initiate"), "cooperate"),
        (("Challenger", "Soft", "initiate"), "defect"),
    }
    for d in answer.deviations:
        assert not dt.Region(d.gain > 0, game.assumptions).is_empty().proved
    assert "instead of" in answer.verdict.reason


def test_a_mixture_that_leaves_the_unit_interval_is_the_reason():
    model = dt.load(UNILATERAL)
    bluff = model.solve()["Bluff"]
    answer = dt.verify(model.game, bluff.strategy)
    assert answer.verdict.refuted and "the probability of" in answer.verdict.reason


@pytest.mark.parametrize("concept", [None, "weak perfect bayesian", "nash"])
def test_every_record_is_what_it_says(concept):
    game = dt.load("zagare_kilgour_2000/rudimentary_asymmetric_deterrence").game
    eqs = dt.solve(game, concept)
    for e in (*eqs, *eqs.knife_edges):
        answer = dt.verify(game, e, concept=concept)
        assert answer.verdict.proved and answer.deviations == (), (e.title, str(answer))


def test_a_family_is_checked_with_its_free_symbols():
    model = dt.load(UNILATERAL)
    family = next(e for e in model.solve() if e.free)
    assert dt.verify(model.game, family).verdict.proved
    answer = dt.verify(model.game, family.strategy)
    assert answer.verdict.refuted and answer.region.equals(family.free_range).proved
    here = dt.verify(model.game, family, at=model.sample_point())
    assert here.verdict.proved
    with pytest.raises(UnknownParameter):
        dt.verify(model.game, {s: dict.fromkeys(row, sp.Symbol("z")) for s, row in family.strategy.items()})


def test_a_record_at_a_point_is_checked_there():
    model = dt.load(UNILATERAL)
    for e in model.solve().at(model.sample_point()):
        assert dt.verify(model.game, e).verdict.proved


@pytest.mark.parametrize("seed", range(12))
def test_nash_gains_are_what_the_best_plan_brings(seed):
    numeric = random_signalling(seed, 2, 1, last_move=True)
    game = extensive(numeric)
    draw = random.Random(seed)
    profile = {s: draw.choice(game.labels[s[0], s[-1]].actions) for s in game.information_sets}
    answer = dt.verify(game, profile, at={}, concept="nash")
    plain = from_game(game, {})
    wrong = check_nash(plain, {s: {a: F(1)} for s, a in profile.items()})
    assert answer.verdict.proved == (not wrong)
    best = {}
    for d in answer.deviations:
        who = (d.information_set[0], plain.own_type(d.information_set))
        best[who] = max(best.get(who, 0), d.gain)
    # the referee weighs a type's gain by its probability
    chance = {("S", t): q for t, q in plain.marginals["S"].items()} | {("R", None): F(1)}
    assert {w: F(int(g.p), int(g.q)) * chance[w] for w, g in best.items()} == {
        (v.information_set[0], plain.own_type(v.information_set)): v.gain for v in wrong
    }


def entry():
    reply = {"fight": dt.outcome("War", A=-1, B=-1), "yield": dt.outcome("Peace", A=1, B=0)}
    tree = dt.move("A", "enter", out=dt.outcome("Out", A=0, B=2), go=dt.move("B", "reply", reply))
    return dt.ExtensiveGame("Entry", players=["A", "B"], tree=tree)


def test_the_incredible_threat_is_nash_and_not_perfect():
    threat = {("A", "enter"): "out", ("B", "reply"): "fight"}
    assert dt.verify(entry(), threat, concept="nash").verdict.proved
    perfect = dt.verify(entry(), threat)
    assert perfect.verdict.refuted
    assert [(d.information_set, d.action, d.gain) for d in perfect.deviations] == [(("B", "reply"), "yield", 1)]
    assert str(perfect.verdict) == "refuted: B, reply: yield instead of fight gains 1"


def test_a_subgame_with_a_hidden_move():
    pay = {("u", "x"): 1, ("u", "y"): -1, ("d", "x"): -1, ("d", "y"): 1}

    def second(a):
        return dt.move("B", "b", {b: dt.outcome(f"{a}{b}", A=pay[a, b], B=-pay[a, b]) for b in "xy"})

    stage = dt.move("A", "a", {a: second(a) for a in "ud"})
    hidden = dt.ExtensiveGame(
        "hidden",
        players=["A", "B"],
        tree=dt.move(
            "A", "go", out=dt.outcome("o", A=1, B=0), into=dt.move("B", "look", {"in": stage, "no": stage_end()})
        ),
    )
    half = {("A", "a"): {"u": "1/2", "d": "1/2"}, ("B", "b"): {"x": "1/2", "y": "1/2"}}
    assert dt.verify(hidden, {("A", "go"): "out", ("B", "look"): "in", **half}).verdict.proved
    skew = {**half, ("A", "a"): {"u": "3/4", "d": "1/4"}}
    answer = dt.verify(hidden, {("A", "go"): "out", ("B", "look"): "in", **skew})
    # against 3/4 u, y brings B 1/2 and x brings -1/2: each is in use, so y instead of x gains 1
    assert [(d.action, d.instead, d.gain) for d in answer.deviations] == [("y", "x", 1)]


def stage_end():
    return dt.outcome("n", A=0, B=-5)


def test_passive_beliefs_are_checked_as_such():
    game = extensive(divided())
    for e in dt.solve(game, beliefs="passive"):
        assert dt.verify(game, e, beliefs="passive").verdict.proved
    with pytest.raises(ConceptError):
        dt.verify(game, {}, concept="nash", beliefs="passive")
    with pytest.raises(UnknownName):
        dt.verify(game, {}, concept="nsh")


def three_way(seed):
    draw = random.Random(seed)
    ends = iter(range(8))

    def end():
        return dt.outcome(f"o{next(ends)}", {p: draw.randint(-9, 9) for p in "ABC"})

    tree = dt.move(
        "A", "a", {i: dt.move("B", "b", {j: dt.move("C", "c", {k: end() for k in "01"}) for j in "01"}) for i in "01"}
    )
    return dt.ExtensiveGame("three", players=list("ABC"), tree=tree)


def test_an_irrational_mixture_is_checked_too():
    for seed in range(40):
        game = three_way(seed)
        roots = [
            e
            for e in dt.solve(game)
            if any(p.is_number and not p.is_Rational for r in e.strategy.values() for p in r.values())
        ]
        if roots:
            assert dt.verify(game, roots[0]).verdict.proved
            assert dt.verify(game, roots[0], at={}).verdict.proved
            return
    pytest.fail("no game with an irrational equilibrium was drawn")


@pytest.mark.parametrize(("game", "profile"), [(None, {}), (entry(), None), (entry(), "out")])
def test_what_is_no_game_or_profile_is_refused(game, profile):
    with pytest.raises(GameError, match="wanted"):
        dt.verify(game, profile)


def test_an_equilibrium_of_another_game_is_refused():
    with pytest.raises(GameError, match="an equilibrium of this game"):
        dt.verify(dt.load(UNILATERAL).game, dt.solve(entry())[0])
