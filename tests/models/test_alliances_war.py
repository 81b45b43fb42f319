"""Models of who fights beside whom: formulas against backward induction in plain fractions at random points."""

from fractions import Fraction
from itertools import product

import pytest

from .formulas import agrees, draws, existing, load, payoff, point_of, rational

HALF = Fraction(1, 2)


def chance(attack, defence, th=Fraction(1), m=1):
    """The probability that an attack succeeds, from the story and not from the library."""
    return th * attack**m / (th * attack**m + defence**m)


@pytest.fixture(autouse=True, scope="module")
def own_cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DETERRENCE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


def conquest(th, kappa, D1, D2, c, K):
    """What the bystander does when the first state is attacked, and whether the attacker attacks."""
    together, first = chance(Fraction(1), D1 + D2, th), chance(Fraction(1), D1, th)
    second = chance(1 + kappa * D1, D2, th)
    join = -together * 1 - c
    wait = first * (second * (-1 - c) + (1 - second) * (-c)) + (1 - first) * 0
    if join > wait:
        return "Chain gang" if together > K else "Deterred by the gang"
    return "Buck passed" if first * second > K else "Deterred though passed"


def test_conquest_in_turn():
    model, seen = load("sequential_conquest"), set()
    for draw in draws(1):
        values = {
            "th": draw(0, 8),
            "kappa": draw(0, 3),
            "D1": draw(0, 2),
            "D2": draw(0, 2),
            "c": draw(0, HALF),
            "K": draw(0, 1),
        }
        expected = conquest(**values)
        seen.add(expected)
        point = point_of(model, **values)
        gain = next(c.check.condition for c in model.claims if "joins exactly" in c.statement)
        assert bool(gain.subs(point)) == (expected in ("Chain gang", "Deterred by the gang"))
        if expected in ("Chain gang", "Buck passed"):
            claim = next(c for c in model.claims if getattr(c.check, "names", ()) == (expected,))
            assert bool(claim.check.condition.subs(point))
    assert len(seen) == 4


def test_offence_and_defence_are_the_poles_of_the_bystanders_choice():
    """Without offence advantage it waits; with a very great one it joins exactly where kappa D2 > c (1 + kappa D1)."""
    model = load("sequential_conquest")
    pole = next(c.check.condition for c in model.claims if c.statement.startswith("No offence advantage"))
    for draw in draws(2):
        kappa, D1, D2, c, K = draw(0, 2), draw(0, 2), draw(0, 2), draw(0, HALF), HALF
        assert conquest(1 / kappa - Fraction(1, 10**9), kappa, D1, D2, c, K) in (
            "Buck passed",
            "Deterred though passed",
        )
        joins = conquest(Fraction(10**9), kappa, D1, D2, c, K) in ("Chain gang", "Deterred by the gang")
        point = point_of(model, th=1, kappa=kappa, D1=D1, D2=D2, c=c, K=K)
        assert joins == (kappa * D2 > c * (1 + kappa * D1)) == bool(pole.xreplace(point))


def alignment(i, j, c, n, m=2):
    """The best of joining the stronger, joining the weaker, and neutrality."""
    options = {
        "Bandwagoning": chance(i + c, j, m=m) * c / (i + c),
        "Balancing": chance(j + c, i, m=m) * c / (j + c),
        "Neutrality": n,
    }
    return max(options, key=options.get)


def test_alignment_of_a_third_state():
    model, seen = load("third_state_alignment"), set()
    for draw in draws(3):
        j = draw(0, 2)
        values = {"j": j, "i": j + draw(0, 1), "c": draw(0, 6), "n": draw(0, Fraction(4, 5))}
        expected = alignment(**values)
        seen.add(expected)
        assert agrees(model, values, {expected})
    assert len(seen) == 3


def test_greater_decisiveness_turns_against_the_stronger_earlier():
    """With m = 3 the third state bandwagons up to c^2 = i^2 - i j + j^2, which is less than i^2 + j^2."""
    model, seen = load("third_state_alignment"), set()
    claimed = next(c.check.condition for c in model.claims if c.statement.startswith("With m = 3"))
    for draw in draws(4):
        j = draw(0, 2)
        i, c = j + draw(0, 2), draw(0, 4)
        assert bool(claimed.xreplace(point_of(model, i=i, j=j, c=c, n=HALF)))
        expected = "Bandwagoning" if c * c < i * i - i * j + j * j else "Balancing"
        seen.add(expected)
        assert alignment(i, j, c, Fraction(0), m=3) == expected
    assert len(seen) == 2


def threat(values, m=1):
    """Which of two rivals the third state joins, summing over who wins and whether the victor turns on it."""
    c, L = values["c"], values["L"]
    force = {s: values[s] * values[f"f_{s}"] * values[f"y_{s}"] for s in "ij"}
    prevails = {s: force[s] / (force[s] + c) for s in "ij"}

    def worth(own, other):
        total = Fraction(0)
        wins = chance(values[own] + c, values[other], m=m)
        for victor, turns, succeeds in product((own, other), (True, False), (True, False)):
            odds = wins if victor == own else 1 - wins
            odds *= values[f"h_{victor}"] if turns else 1 - values[f"h_{victor}"]
            odds *= prevails[victor] if succeeds else 1 - prevails[victor]
            spoils = c / (values[own] + c) if victor == own else 0
            total += odds * (spoils - (L if turns and succeeds else 0))
        return total

    return "Against the weaker" if worth("i", "j") > worth("j", "i") else "Against the stronger"


def test_balance_of_threat():
    model, seen = load("balance_of_threat"), set()
    for draw in draws(5):
        j = draw(0, 2)
        values = {
            "j": j,
            "i": j + draw(0, 1),
            "c": draw(0, 2),
            "f_i": draw(0, 2),
            "f_j": draw(0, 2),
            "y_i": draw(0, 1),
            "y_j": draw(0, 1),
            "L": draw(),
            "h_i": draw(0, 1),
        }
        values["h_j"] = draw(0, 1)
        expected = threat(values)
        seen.add(expected)
        assert agrees(model, values, {expected})
        if values["c"] < j and threat(values, m=2) == "Against the stronger":
            assert expected == "Against the stronger"
    assert len(seen) == 2


def saved(own, others, cost):
    """A state's expected payoff, summing over what the others do; `others` are their probabilities of passing."""
    total = Fraction(0)
    for does in product(("balance", "pass"), repeat=len(others)):
        odds = Fraction(1)
        for what, passes in zip(does, others, strict=True):
            odds *= passes if what == "pass" else 1 - passes
        total += odds * (int("balance" in (own, *does)) - (cost if own == "balance" else 0))
    return total


def test_passing_the_buck_is_an_equilibrium_of_the_stated_mixtures():
    """Each state that mixes is indifferent, and one that stands out does not want to balance."""
    model = load("buck_passing")
    for draw in draws(6):
        r = draw(0, 1)
        cost, point = r * r, point_of(model, r=r)
        assert saved("balance", (r, r), cost) == saved("pass", (r, r), cost)
        assert saved("balance", (1, cost), cost) == saved("pass", (1, cost), cost)
        assert saved("balance", (cost, cost), cost) < saved("pass", (cost, cost), cost)
        failures = {"Three mix": r * r * r, "First out": 1 * cost * cost}
        for claim in (c for c in model.claims if c.expected == "proved"):
            names = getattr(claim.check, "names", ())
            if getattr(claim.check, "outcome", "") == "pass, pass, pass" and hasattr(claim.check, "expression"):
                for name in set(names) & set(failures):
                    assert claim.check.expression.subs(point) == rational(failures[name])


def test_payoffs_are_in_the_units_of_the_story():
    model = load("sequential_conquest")
    for draw in draws(7):
        values = {"th": draw(), "kappa": draw(), "D1": draw(), "D2": draw(), "c": draw(), "K": draw()}
        point = point_of(model, **values)
        th, kappa, D1, D2, c, K = values.values()
        first, second, both = chance(Fraction(1), D1, th), chance(1 + kappa * D1, D2, th), chance(1, D1 + D2, th)
        worth = {"Joint War": (both - K, -both - c), "Wars in Turn": (first * second - K, -first * (second + c))}
        for name, pays in {**worth, "Status Quo": (Fraction(0), Fraction(0))}.items():
            for player, pay in zip(("Attacker", "Bystander"), pays, strict=True):
                assert payoff(model, name, player, point) == rational(pay)


def test_equilibrium_payoffs_are_shares_of_the_prize():
    eqs = load("third_state_alignment").solve()
    point = {"i": 3, "j": 2, "c": 1, "n": Fraction(1, 10)}
    (here,) = eqs.at(point)  # joins the stronger: wins with 16/20, of which a quarter is its share
    assert here.payoffs["Third"] == rational(Fraction(16, 20) * Fraction(1, 4))


def test_bid_for_hegemony():
    """Pure answers by trying every deviation of both states, and then the bid."""
    model, seen = load("hegemonic_bid"), set()
    for draw in draws(8):
        h, c, s, K = draw(0, 6), draw(0, Fraction(1, 4)), draw(0, HALF), draw(0, 1)

        def worth(own, other, h=h, c=c, s=s):
            against = (own == "resist") + (other == "resist")
            falls = h / (h + against)
            return 1 - falls + (falls * s if own == "accommodate" else -c)

        expected = set()
        for x, y in product(("resist", "accommodate"), repeat=2):
            if all(worth(x, y) >= worth(z, y) and worth(y, x) >= worth(z, x) for z in ("resist", "accommodate")):
                against = (x == "resist") + (y == "resist")
                bids = h / (h + against) > K
                expected.add(
                    {0: "Bandwagoning", 1: "one", 2: "Balanced by two" if bids else "Deterred by two"}[against]
                )
        found, _ = existing(model, point_of(model, h=h, c=c, s=s, K=K))
        assert ("Bandwagoning" in found) == ("Bandwagoning" in expected)
        assert ("Deterred by two" in found) == bool(expected & {"Balanced by two", "Deterred by two"})
        assert ("X balances" in found) == ("one" in expected)
        claim = next(c for c in model.claims if c.statement.startswith("Both resist and do not deter"))
        there = bool(claim.check.condition.xreplace(point_of(model, h=h, c=c, s=s, K=K)))
        assert there == ("Balanced by two" in expected)
        seen |= expected
    assert {"Bandwagoning", "one"} <= seen
    assert seen & {"Balanced by two", "Deterred by two"}
