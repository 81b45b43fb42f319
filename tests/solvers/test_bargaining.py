import random
from fractions import Fraction

import numpy as np
import pytest
import sympy as sp

from deterrence.errors import ConceptError, GameError
from deterrence.games import ExtensiveGame, by_type, chance, move, outcome
from deterrence.games.bargaining import BargainingGame, offer
from deterrence.parameters import Parameters
from deterrence.regions import Region
from deterrence.solvers.offers import bargaining
from deterrence.solvers.offers.bargaining import solve_bargaining
from deterrence.solvers.offers.blocks import alternating_offers, nash_bargaining, ultimatum

x, y, z = sp.symbols("x y z", real=True)


def reply(who, war, deal=None, label="reply"):
    deal = deal or outcome("Deal", A=x, B=1 - x)
    return move(who, label, accept=deal, fight=war)


def crisis():
    P = Parameters()
    p, q = P.probability("p q")
    cA, cB = P.positive("cA cB")
    war = outcome("War", A=p - cA, B=1 - p - cB)
    tree = move(
        "A", "start", status_quo=outcome("Status quo", A=q, B=1 - q), demand=offer("A", "demand", x, reply("B", war))
    )
    return BargainingGame("Crisis", parameters=P, players=["A", "B"], tree=tree), (p, q, cA, cB), P


def test_crisis_bargaining_under_complete_information_never_ends_in_war():
    game, (p, q, _cA, cB), P = crisis()
    eqs = solve_bargaining(game)
    assert eqs.covers().proved and all(e.outcomes.get("War", 0) == 0 for e in eqs)
    demand = next(e for e in eqs if e.strategy.get("A demand") == p + cB)
    assert demand.condition.equals(Region((p + cB >= q) & (p + cB <= 1), P)).proved
    quo = next(e for e in eqs if "Status quo" in e.outcomes)
    assert quo.condition.equals(Region(q >= p + cB, P)).proved
    assert eqs.complete and any("knife-edges" in n for n in eqs.notes)


def screening():
    P = Parameters()
    p, r = P.probability("p r")
    lo, hi = P.ordered("0 < lo < hi")
    cA = P.positive("cA")

    def side(kind, cost):
        return reply("B", outcome("War", A=p - cA, B=1 - p - cost), label=f"reply of {kind}")

    tree = offer("A", "demand", x, chance("type", tough=(r, side("tough", lo)), weak=(1 - r, side("weak", hi))))
    return BargainingGame("Screening", parameters=P, players=["A", "B"], tree=tree), (p, r, lo, hi, cA), P


def test_screening_trades_risk_for_reward():
    """Fearon (1995) with two types: the larger demand is made iff the tough type is unlikely."""
    game, (p, r, lo, hi, cA), P = screening()
    eqs = solve_bargaining(game)
    assert eqs.covers().proved
    risky = next(e for e in eqs if e.strategy["A demand"] == p + hi)
    assert risky.outcomes["War"] == r
    assert risky.condition.equals(Region((p + hi <= 1) & (r * (cA + hi) <= hi - lo), P)).proved
    safe = next(e for e in eqs if e.strategy["A demand"] == p + lo)
    assert safe.outcomes.get("War", 0) == 0


def worth(p, r, lo, hi, cA, demand):
    """What a demand is worth to A, from the definition; who is indifferent accepts."""
    total = Fraction(0)
    for chance_, cost in ((r, lo), (1 - r, hi)):
        total += chance_ * (demand if 1 - demand >= 1 - p - cost else p - cA)
    return total


@pytest.mark.parametrize("listed", [True, False])
def test_no_demand_is_worth_more_at_random_points(listed, monkeypatch):
    if not listed:  # as if the conditions of each offer were too many cases for a list
        monkeypatch.setattr(bargaining, "disjunctive", lambda formula: None)
    game, symbols, _ = screening()
    eqs = solve_bargaining(game)
    rng = random.Random(11)
    for _ in range(500 if listed else 20):
        p, r = (Fraction(rng.randint(1, 29), 30) for _ in range(2))
        lo = Fraction(rng.randint(1, 20), 30)
        values = (p, r, lo, lo + Fraction(rng.randint(1, 20), 30), Fraction(rng.randint(1, 20), 20))
        here = eqs.at(dict(zip(symbols, values, strict=True)))
        assert len(here) >= 1
        best = max(worth(*values, d) for d in [Fraction(k, 60) for k in range(61)] + _ends(*values))
        for e in here:
            demand = e.strategy["A demand"]
            assert worth(*values, Fraction(int(demand.p), int(demand.q))) == best == e.payoffs["A"]


def _ends(p, r, lo, hi, cA):
    return [d for d in (p + lo, p + hi) if d <= 1]


def test_offers_that_will_be_refused_are_a_family():
    P = Parameters()
    p = P.probability("p")
    gain = P.positive("g")  # war pays: no share satisfies both
    war = outcome("War", A=p + gain, B=1 - p + gain)
    game = BargainingGame("War pays", parameters=P, players=["A", "B"], tree=offer("A", "demand", x, reply("B", war)))
    eqs = solve_bargaining(game)
    war_ = [e for e in eqs if e.outcomes.get("War") == 1]
    assert war_ and war_[0].status == "family" and war_[0].free == (x,) and war_[0].condition.covers().proved
    assert all(e.outcomes.get("War") == 1 for e in eqs)


def test_a_proposer_who_does_not_care_is_named():
    tree = offer("A", "gift", x, outcome("Done", A=1, B=x))
    eqs = solve_bargaining(BargainingGame("Gift", players=["A", "B"], tree=tree))
    assert {e.payoffs["B"] for e in eqs} == {0, 1}
    assert not eqs.complete and any("not complete: at A gift" in n for n in eqs.notes)


def alternating(rounds, d):
    """Offers in turn for some rounds, nothing after the last."""
    shares = sp.symbols(f"s1:{rounds + 1}", real=True)
    tree = outcome("Nothing", A=0, B=0)
    for k in range(rounds, 0, -1):
        who, other = ("A", "B") if k % 2 else ("B", "A")
        mine, scale = shares[k - 1], d ** (k - 1)
        deal = outcome(f"Deal {k}", {who: scale * mine, other: scale * (1 - mine)})
        tree = offer(who, f"demand {k}", mine, move(other, f"reply {k}", accept=deal, refuse=tree))
    return tree


def test_three_rounds_of_alternating_offers():
    P = Parameters()
    d = P.probability("d")
    game = BargainingGame("Three rounds", parameters=P, players=["A", "B"], tree=alternating(3, d))
    (only,) = solve_bargaining(game)
    assert sp.expand(only.strategy["A demand 1"] - (1 - d * (1 - d))) == 0 and only.outcomes == {"Deal 1": 1}


def test_two_rounds_with_outside_options_at_random_points():
    P = Parameters()
    d, a, b = P.probability("d a b")
    out = outcome("Outside", A=d * a, B=d * b)
    second = offer(
        "B", "counter", y, move("A", "second reply", accept=outcome("Late", A=d * y, B=d * (1 - y)), leave=out)
    )
    first = move("B", "reply", accept=outcome("Early", A=x, B=1 - x), refuse=second)
    game = BargainingGame("Two rounds", parameters=P, players=["A", "B"], tree=offer("A", "demand", x, first))
    eqs = solve_bargaining(game)
    assert eqs.covers().proved
    rng = random.Random(5)
    for _ in range(500):
        dd, aa, bb = (sp.Rational(rng.randint(1, 40), 41) for _ in range(3))
        later = (dd * aa, dd * max(1 - aa, bb))  # B holds A to its outside option, or takes its own
        best = max(1 - later[1], later[0])
        here = eqs.at({d: dd, a: aa, b: bb})
        assert here and {e.payoffs["A"] for e in here} == {best}
        assert all(e.payoffs["B"] == later[1] for e in here)


def test_rubinstein():
    P = Parameters()
    dA, dB = P.probability("dA dB")
    (only,) = alternating_offers({"A": dA, "B": dB}, parameters=P)
    assert sp.simplify(only.payoffs["A"] - (1 - dB) / (1 - dA * dB)) == 0 and only.condition.covers().proved
    assert only.sign(only.payoffs["A"], dA).direction == "increasing"


def test_outside_options_matter_only_when_they_bind():
    P = Parameters()
    d, b = P.probability("d b")
    eqs = alternating_offers({"A": d, "B": d}, outside={"B": b}, parameters=P)
    waits = next(e for e in eqs if e.facts["waits"]["B"])
    leaves = next(e for e in eqs if not e.facts["waits"]["B"])
    assert waits.condition.equals(Region(b <= d / (1 + d), P)).proved
    assert sp.simplify(waits.payoffs["A"] - 1 / (1 + d)) == 0 and leaves.payoffs["B"] == b
    assert eqs.covers().proved


def test_nash_bargaining_with_outside_options():
    P = Parameters()
    a, b = P.positive("a b")
    P.assume(a + b < 1)
    eqs = nash_bargaining({"A": a, "B": b}, parameters=P)
    (only,) = eqs
    assert sp.simplify(only.payoffs["A"] - (a + (1 - a - b) / 2)) == 0
    assert only.condition.covers().proved
    assert not list(nash_bargaining({"A": "2/3", "B": "2/3"}))


def best_division(first, second, steps=4000):
    """The share with the largest product of gains where both gain, on a grid."""
    grid = np.linspace(0, 1, steps + 1)
    one, two = (sp.lambdify(x, g, "numpy")(grid) * np.ones_like(grid) for g in (first, second))
    return grid[np.where((one > 0) & (two > 0), one * two, -1).argmax()]


def test_nash_bargaining_says_how_a_division_is_known_where_gains_are_not_concave():
    P = Parameters()
    a = P.positive("a")
    payoffs = {"A": 1 + a * x * (x - sp.Rational(1, 2)) * (x - 1), "B": 1 + x / 3}
    eqs = nash_bargaining({"A": 0, "B": 0}, payoffs=payoffs, parameters=P)
    assert not eqs.complete and all(e.how_known == "local" for e in eqs)
    for value in (1, 10, 20, 30):
        (here,) = eqs.at({a: value})
        filled = [sp.sympify(u).subs(a, value) for u in payoffs.values()]
        assert abs(float(here.strategy["x"]) - best_division(*filled)) < 1e-3 and here.how_known != "exact"
        shown = [u.subs(x, here.strategy["x"]) for u in filled]
        assert all(abs(float(v - w)) < 1e-12 for v, w in zip(here.payoffs.values(), shown, strict=True))
    (only,) = nash_bargaining({"A": 0, "B": 0}, payoffs={k: sp.sympify(u).subs(a, 10) for k, u in payoffs.items()})
    assert only.how_known == "certified" and only.strategy["x"].has(sp.CRootOf)


def test_nash_bargaining_over_what_is_worth_less_and_less():
    P = Parameters()
    b = P.probability("b")
    payoffs = {"A": x, "B": 1 - x**2}
    eqs = nash_bargaining({"A": "1/10", "B": b}, payoffs=payoffs, parameters=P)
    for value in (sp.Rational(1, 5), sp.Rational(1, 2), sp.Rational(9, 10)):
        (here,) = eqs.at({b: value})
        assert abs(float(here.strategy["x"]) - best_division(x - sp.Rational(1, 10), 1 - x**2 - value)) < 1e-3
        assert here.payoffs["A"] == here.strategy["x"]


def test_alliance_surplus_is_split():
    """Each gets its outside value and half of the surplus."""
    P = Parameters()
    m, S, o1, o2 = P.positive("m S o1 o2")
    P.assume(m * S > o1 + o2)
    (only,) = nash_bargaining({"A": o1, "B": o2}, payoffs={"A": m * S * x, "B": m * S * (1 - x)}, parameters=P)
    assert sp.simplify(only.payoffs["A"] - (o1 + (m * S - o1 - o2) / 2)) == 0


def test_ultimatum():
    P = Parameters()
    b = P.probability("b")
    a = P.positive("a")
    eqs = solve_bargaining(ultimatum({"A": a, "B": b}, parameters=P))
    deal = next(e for e in eqs if "Agreement" in e.outcomes)
    assert deal.strategy["A demand"] == 1 - b and deal.condition.equals(Region(a + b <= 1, P)).proved


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        (offer("A", "d", x, outcome("E", A=x**2, B=0)), "linear in x"),
        (offer("A", "d", x, outcome("E", A=x)), "a payoff for each of A, B"),
        (offer("A", "d", x, outcome("E", A=y, B=0)), "shares offered before"),
        (offer("C", "d", x, outcome("E", A=x, B=0)), "one of A, B"),
        (offer("A", "d", x, outcome("E", A=by_type(H=1, S=2), B=0)), "one expression"),
        (offer("A", "d", x, offer("A", "d", y, outcome("E", A=x, B=0))), "every label once"),
        (offer("A", "d", x, offer("B", "d", x, outcome("E", A=x, B=0))), "symbol of its own"),
    ],
)
def test_bad_trees(tree, words):
    with pytest.raises(GameError) as error:
        BargainingGame("Bad", players=["A", "B"], tree=tree)
    assert words in str(error.value)


def test_other_concepts_and_limits():
    game, *_ = screening()
    with pytest.raises(ConceptError, match="subgame perfect"):
        solve_bargaining(game, "nash")
    cut = solve_bargaining(game, time_limit=1e-9)
    assert not cut.complete and "time limit" in cut.undecided[0].reason
    with pytest.raises(ConceptError, match="two players"):
        nash_bargaining({"A": 0})


def test_replies_at_the_one_share_that_leaves_the_receiver_indifferent_are_found():
    """Only a demand of nothing is as good as the outside option: it may be accepted, and it may be refused."""
    eqs = solve_bargaining(ultimatum({"A": "-1/4", "B": 1}))
    assert {e.payoffs["A"] for e in eqs} == {0, sp.Rational(-1, 4)} and all(e.payoffs["B"] == 1 for e in eqs)
    (deal,) = (e for e in eqs if e.outcomes == {"Agreement": 1})
    assert deal.strategy["A demand"] == 0
    (only,) = solve_bargaining(ultimatum({"A": "1/4", "B": 1}))  # nothing is worth less than the outside option
    assert only.outcomes == {"Outside options": 1}


def test_a_reply_at_one_share_of_an_earlier_offer_is_followed_through_later_ones():
    """B is as well off going on after an offer of 0, and after no other: A may hope for that or deal early."""
    P = Parameters()
    a, b = P.positive("a b")
    late = move("A", "late reply", accept=outcome("Late", A=a + x, B=1 - x), refuse=outcome("Out", A=x, B=x + y))
    early = outcome("Early", A=b + x, B=1)
    tree = offer("A", "offer", x, move("B", "reply", accept=early, go_on=offer("B", "counter", y, late)))
    eqs = solve_bargaining(BargainingGame("Single", parameters=P, players=["A", "B"], tree=tree))
    for one, two in ((3, 1), (2, sp.Rational(1, 3)), (1, sp.Rational(1, 2)), (1, 2)):
        expected = {two + 1} | ({sp.sympify(one)} if one >= two + 1 else set())
        assert {e.payoffs["A"] for e in eqs.at({a: one, b: two})} == expected


def test_offers_that_hold_in_too_many_cases_are_undecided_below_other_offers(monkeypatch):
    monkeypatch.setattr(bargaining, "disjunctive", lambda formula: None)
    game = BargainingGame("Two rounds", players=["A", "B"], tree=alternating(2, sp.Rational(1, 2)))
    eqs = solve_bargaining(game)
    assert not len(eqs) and not eqs.complete and "B demand 2 has too many cases" in str(eqs)


def test_a_receiver_who_never_cares_makes_the_list_incomplete():
    tree = offer("A", "demand", x, move("B", "reply", yes=outcome("Deal", A=1 - x, B=0), no=outcome("None", A=0, B=0)))
    eqs = solve_bargaining(BargainingGame("Idle", players=["A", "B"], tree=tree))
    assert not eqs.complete and "at B reply the player is indifferent" in str(eqs)


def test_without_a_surplus_the_two_part_at_once():
    (only,) = alternating_offers({"A": "9/10", "B": "8/10"}, outside={"A": "7/10", "B": "6/10"})
    assert only.outcomes == {"Outside options": 1} and only.payoffs == {"A": sp.Rational(7, 10), "B": sp.Rational(3, 5)}
    P = Parameters()
    a, b = P.probability("a b")
    eqs = alternating_offers({"A": "1/2", "B": "1/2"}, outside={"A": a, "B": b}, parameters=P)
    assert eqs.covers().proved
    for one, two in ((sp.Rational(1, 5), sp.Rational(1, 7)), (sp.Rational(2, 3), sp.Rational(1, 2))):
        assert {"Agreement"} == set().union(*(e.outcomes for e in eqs.at({a: one, b: two}))) or one + two >= 1


@pytest.mark.parametrize("discount", [2, 0, -1])
def test_discount_factors_lie_between_nothing_and_one(discount):
    with pytest.raises(ConceptError, match="inside"):
        alternating_offers({"A": discount, "B": "1/2"})


def test_names_that_are_no_players_and_powers_that_are_not_positive():
    with pytest.raises(KeyError, match="'Z'"):
        alternating_offers({"A": "1/2", "B": "1/2"}, outside={"Z": 0})
    with pytest.raises(KeyError, match="'Q'"):
        nash_bargaining({"A": 0, "B": 0}, powers={"Q": 1})
    with pytest.raises(ConceptError, match="more than 0"):
        nash_bargaining({"A": 0, "B": 0}, powers={"A": -1})
    with pytest.raises(GameError, match="BargainingGame"):
        ExtensiveGame("Offers", players=["A", "B"], tree=offer("A", "d", x, outcome("E", A=x, B=0)))
