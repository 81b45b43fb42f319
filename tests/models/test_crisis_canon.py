"""The crisis canon: the formulas of the claims against payoffs compared by hand."""

from fractions import Fraction

from deterrence.models.fearon_1995 import private_costs
from deterrence.models.theory import chicken

from tests.models.formulas import Said, chain, chance, number, points


def played(said, name, symbol):
    """The formula that a claim gives for a probability or belief in an equilibrium."""
    kinds = [c for c in said.claims if type(c).__name__ == "InEquilibrium" and name in c.names]
    return next(c.condition.rhs for c in kinds if str(c.condition.lhs) == symbol)


def test_chicken():
    said = Said("theory/chicken")
    draw = lambda rng: dict(zip(("P", "S", "R", "T"), chain(rng, 4), strict=True))  # noqa: E731
    for p in points(draw, said):
        d = said.value(played(said, "Both gamble", "x"), p)
        assert d * p["P"] + (1 - d) * p["T"] == d * p["S"] + (1 - d) * p["R"]
        assert said.probability(p, "Both gamble", "dare, dare") == d * d
        risk = said.value(chicken.critical, p)
        assert risk * p["P"] + (1 - risk) * p["T"] == p["S"]


def brink(rng):
    q_s, q_g = sorted([chance(rng), chance(rng)])
    return {"p": chance(rng), "q_s": q_s, "q_g": q_g, "w": 2 + number(rng)}


def test_cuban_missiles():
    """Every risk on offer, and none, by what each type of the Soviets does and what that is worth."""
    said, seen = Said("dixit_skeath/cuban_missiles"), set()
    for p in points(brink, said):
        worth = {"No threat": Fraction(-2)}
        for name, q in (("Small risk", p["q_s"]), ("Great risk", p["q_g"])):
            soft, hard = (war * q + 2 * (1 - q) > -4 for war in (-8, -4))  # who defies
            assert hard
            brought = -p["w"] * q - 2 * (1 - q)
            worth[name] = p["p"] * brought + (1 - p["p"]) * (brought if soft else 1)
        best = max(worth, key=worth.get)
        for name in worth:
            assert said.exists(p, name) == (name == best)
        seen.add(best)
    assert len(seen) == 3


def bargain(rng):
    c_T, c_W = sorted([chance(rng), chance(rng)])
    return {"p": chance(rng), "c_A": chance(rng), "c_T": c_T, "c_W": c_W, "w": chance(rng), "m": chance(rng)}


def test_private_costs():
    said = Said("fearon_1995/private_costs")
    for p in points(bargain, said):
        war = p["p"] - p["c_A"]
        little, much = (p["p"] + p[c] * (1 - p["m"]) for c in ("c_T", "c_W"))
        refuse = {c: 1 - p["p"] - p[c] for c in ("c_T", "c_W")}
        assert 1 - much > refuse["c_W"] and 1 - much < refuse["c_T"] and 1 - little > refuse["c_T"]
        risk = p["w"] * much + (1 - p["w"]) * war
        assert said.exists(p, "Risk") == (risk >= little)
        assert said.exists(p, "Safety") == (risk <= little)
        share = said.value(private_costs.w_star, p)
        assert share * much + (1 - share) * war == little


def test_inspection():
    said = Said("theory/inspection")
    for p in points(lambda rng: {n: number(rng) for n in "gfihd"}, said):
        mixes = p["i"] < p["h"] - p["d"]
        assert said.exists(p, "Cat and mouse") == mixes
        violate, inspect = (said.value(played(said, "Cat and mouse", s), p) for s in "xy") if mixes else (0, 0)
        if mixes:
            assert violate * (-p["d"] - p["i"]) - (1 - violate) * p["i"] == -violate * p["h"]
            assert (1 - inspect) * p["g"] - inspect * p["f"] == 0
            assert said.probability(p, "Cat and mouse", "violate, inspect") == violate * inspect


def test_reputation():
    said = Said("kreps_wilson_1982/two_entrants")

    def draw(rng):
        return {"b": chance(rng), "p": chance(rng), "a": 1 + number(rng), "z": 20 + number(rng)}

    for p in points(draw, said):
        b, prior = p["b"], p["p"]
        fight = Fraction(1)  # the Weak; less where the last Entrant would enter anyway
        if prior < b:
            fight = said.value(played(said, "Test", "x"), p)
            assert prior / (prior + (1 - prior) * fight) == b  # Bayes: the last Entrant is indifferent
        resisted = prior + (1 - prior) * fight
        enters = resisted * (b - 1) + (1 - resisted) * b
        if enters != 0 and prior != b:
            assert said.exists(p, "Test") == (enters > 0)
            assert said.exists(p, "Strength") == (prior > b)
            assert said.exists(p, "Reputation") == (enters < 0 and prior < b)
        out = said.value(played(said, "Test", "y"), p)
        assert -1 + out * p["a"] == 0  # the Weak are indifferent between fighting and not


def test_reputation_over_three_stages():
    """By the recursion of stages: with n to go an entrant stays out above b^n, and tested the Weak fight down to it."""
    said = Said("kreps_wilson_1982/three_entrants")
    names, seen = ("Test", "Reputation for one", "Reputation for two", "Strength"), set()

    def draw(rng):
        b = chance(rng)
        return {"b": b, "p": b ** rng.randint(0, 4) * chance(rng), "a": 1 + number(rng), "z": 20 + number(rng)}

    for p in points(draw, said):
        b, prior = p["b"], p["p"]
        out = sum(prior > b**n for n in (1, 2, 3))  # stages at which an entrant stays out
        for n, name in enumerate(names):
            assert said.exists(p, name) == (n == out)
        seen.add(out)
        if out < 2:  # the Weak fight as often as leaves the next entrant, with two stages to go, indifferent
            fight = said.value(played(said, "Test", "x"), p)
            assert prior / (prior + (1 - prior) * fight) == b * b
            resisted = prior + (1 - prior) * fight
            assert (resisted * (b - 1) + (1 - resisted) * b > 0) == (out == 0)
            assert said.probability(p, "Test", "acquiescence") == 1 - resisted
        stays = said.value(played(said, "Test", "y"), p)
        assert -1 + stays * p["a"] == 0  # what a fight costs is just made up for by one entrant that stays out
    assert seen == {0, 1, 2, 3}
