"""Claims about formulas and signs in the alliance models, held against the stories told again in plain fractions.

Each story is written from its words, not from the library; a sign is that of an exact finite difference.
"""

from fractions import Fraction

from tests.models.formulas import Said, chain, chance, number, points

STEP = Fraction(1, 10**6)


def moved(function, point, name, step=STEP):
    """By how much a function of a point changes if one value is raised a little."""
    return function(**{**point, name: point[name] + step}) - function(**point)


def succeeds(attack, defence, theta=1, m=1):
    return theta * attack**m / (theta * attack**m + defence**m)


# -- conquest in turn -------------------------------------------------------------------------------


def conquest(rng):
    point = {k: number(rng, 0, 4) + Fraction(1, 100) for k in ("th", "kappa", "D1", "D2")}
    return point | {"c": chance(rng) / 4, "K": chance(rng)}


def turn(th, kappa, D1, D2, c, K):
    """The chances in turn and together, and what the bystander gains by joining."""
    first, second = succeeds(1, D1, th), succeeds(1 + kappa * D1, D2, th)
    both = succeeds(1, D1 + D2, th)
    return first * second, both, -both - c + first * (second + c)


def test_offence_and_cumulativity_chain_the_gang():
    seen = set()
    for point in points(conquest, Said("theory/sequential_conquest")):
        in_turn, both, gain = turn(**point)
        more = {k: turn(**{**point, k: point[k] * 2})[2] for k in ("th", "kappa")}
        assert gain < 0 or (more["th"] >= 0 and more["kappa"] >= 0)  # a gang is not lost again
        pays = point["kappa"] * point["D2"] > point["c"] * (1 + point["kappa"] * point["D1"])
        assert gain < 0 or pays  # no offence advantage does it otherwise
        assert (in_turn >= both) == (point["th"] * point["kappa"] >= 1)
        assert not both < point["K"] < in_turn or point["th"] * point["kappa"] > 1
        seen.add((gain >= 0, in_turn >= both))
    assert len(seen) == 3


# -- a third state ----------------------------------------------------------------------------------


def third(rng):
    low, high = sorted((number(rng), number(rng)))
    return {"j": low, "i": high, "c": number(rng), "n": chance(rng)}


def spoils(own, other, c, m):
    return succeeds(own + c, other, m=m) * c / (own + c)


def test_decisiveness_and_the_side_of_a_third_state():
    seen = set()
    for point in points(third, Said("theory/third_state_alignment")):
        i, j, c = (point[k] for k in "ijc")
        assert spoils(i, j, c, 1) == spoils(j, i, c, 1)
        stronger = spoils(i, j, c, 3) >= spoils(j, i, c, 3)
        assert stronger == (c**2 <= i**2 - i * j + j**2)
        seen.add(stronger)
    assert len(seen) == 2


def threats(rng):
    names = ("c", "f_i", "f_j", "L")
    low, high = sorted((number(rng), number(rng)))
    return (
        {k: number(rng) for k in names} | {k: chance(rng) for k in ("y_i", "y_j", "h_i", "h_j")} | {"j": low, "i": high}
    )


def aligned(own, other, c, L, threat, danger, m):
    wins = succeeds(own + c, other, m=m)
    return wins * (c / (own + c) - L * threat) - (1 - wins) * L * danger


def test_power_and_threat_together():
    said = Said("theory/balance_of_threat")
    for point in points(threats, said):
        i, j, c, L, h_i, h_j = (point[k] for k in ("i", "j", "c", "L", "h_i", "h_j"))
        reach = {k: point["f_" + k] * point["y_" + k] * point[k] for k in "ij"}
        t_i, t_j = (point["h_" + k] * succeeds(reach[k], c) for k in "ij")
        gap = aligned(i, j, c, L, t_i, t_j, 1) - aligned(j, i, c, L, t_j, t_i, 1)
        assert gap == L * c * (t_j - t_i) / (i + j + c)
        stronger, weaker = aligned(i, j, c, L, h_i, h_i, 2), aligned(j, i, c, L, h_i, h_i, 2)
        assert stronger - weaker == spoils(i, j, c, 2) - spoils(j, i, c, 2)
        if c < j and aligned(i, j, c, L, h_i, h_j, 2) <= aligned(j, i, c, L, h_j, h_i, 2):
            assert h_i > h_j


# -- a bid for hegemony -----------------------------------------------------------------------------


def bids(rng):
    return {"h": number(rng, 0, 4) + STEP, "c": chance(rng), "s": chance(rng), "K": chance(rng)}


def test_when_two_never_balance_a_bid():
    strong = weak = 0
    for point in points(bids, Said("theory/hegemonic_bid")):
        h, c, s = (point[k] for k in "hcs")
        beside = 1 - succeeds(h, 2) - c
        aside = 1 - succeeds(h, 1) * (1 - s)
        strong += s * h >= 1 - 2 * s
        weak += h <= 2 * c
        assert beside < aside or (s * h < 1 - 2 * s and h > 2 * c)
    assert strong and weak


# -- signals ----------------------------------------------------------------------------------------


def looks(rng):
    q = Fraction(1, 2) + chance(rng) / 2
    return {"q": q, "p": chance(rng), "t": chance(rng), "G": 1 + number(rng), "k": number(rng, 1, 3) / 2}


def test_imitation_leaves_both_sides_indifferent():
    said = Said("theory/posture_signal")
    play, trust = (
        next(c for c in said.claims if type(c).__name__ == "InEquilibrium" and word in str(c.condition))
        for word in ("Eq(x", "Eq(y")
    )
    for point in points(looks, said):
        q, p, t, G = (point[k] for k in ("q", "p", "t", "G"))
        x = said.value(play.condition.rhs, point)
        greedy = p * (x * q + (1 - x) * (1 - q))  # the Greedy among those that look offensive
        assert greedy * (1 - t) == (1 - p) * (1 - q) * t  # trusting costs 1 with the Greedy, arming t
        y = said.value(trust.condition.rhs, point) / (G * q + q - 1)
        assert G * (q * y + 1 - q) == q + (1 - q) * y  # the Greedy, in either posture


def test_accuracy_widens_the_range_in_which_looks_matter():
    def fear(q, p, t, G, k):
        return t * q / (t * q + (1 - t) * (1 - q))  # the prior from which a defensive look leaves the belief at t

    def believed(q, p, t, G, k):
        return t * (1 - q) / (t * (1 - q) + (1 - t) * q)

    for point in points(looks, Said("theory/posture_signal")):
        q, t, prior = point["q"], point["t"], fear(**point)
        assert prior * (1 - q) / (prior * (1 - q) + (1 - prior) * q) == t
        assert moved(fear, point, "q") > 0 > moved(believed, point, "q")


# -- a protege and its defender ---------------------------------------------------------------------


def crisis(rng):
    protege, defender = chain(rng, 5), chain(rng, 5)
    point = dict(zip(("p_PL", "p_PRp", "p_PC", "p_C"), (protege[0], *protege[2:]), strict=True))
    point |= {"p_PRm": protege[0] - 1} | dict(zip(("d_PR", "d_Cm", "d_PL", "d_Cp", "d_PC"), defender, strict=True))
    return point | {"dl": chance(rng) / 4, "st": chance(rng) / 8}


def uncertain(dl, st, p_PL, p_PRp, p_PC, p_C, d_PR, d_Cm, d_PL, **_):
    """How often the Loyal hold, how often there is support, and what follows, from what leaves each indifferent."""
    doubt = (d_PL - d_Cm) / (d_PL - d_PR)  # d_Cm = doubt * d_PR + (1 - doubt) * d_PL
    hold = dl * (1 - doubt) / (doubt * (1 - dl))  # the Disloyal hold for sure: dl / (dl + (1 - dl) hold) = doubt
    support = (p_PC - p_PL) / (p_C - p_PL)
    return hold, (support - st) / (1 - st), (dl + (1 - dl) * hold) * support, (1 - dl) * (1 - hold)


def test_uncertain_support():
    said, seen = Said("zagare_kilgour_2003/protege_defender"), 0
    claims = {str(c.condition.lhs): c.condition.rhs for c in said.claims if type(c).__name__ == "InEquilibrium"
              and c.names == ("Uncertain support",) and str(c.condition).startswith("Eq(")}  # fmt: skip
    for point in points(crisis, said):
        hold, support, *_ = uncertain(**point)
        assert said.value(claims["h"], point) == hold and said.value(claims["s"], point) == support
        if said.exists(point, "Uncertain support"):
            assert 0 < hold < 1 and 0 < support < 1
            conflict, concession = (lambda k=k, **at: uncertain(**at)[k] for k in (2, 3))
            assert moved(conflict, point, "dl") > 0 and moved(conflict, point, "d_Cm") > 0
            assert moved(conflict, point, "st") == 0 and moved(concession, point, "dl") < 0
            seen += 1
    assert seen


# -- arms, interests and contributions --------------------------------------------------------------


def mixed(sigma, iota, kappa, theta, W, Y):
    """Arms and concessions at which one more unit of security costs the same either way, and what it is worth."""
    price = (W + theta * Y) / (sigma + iota + kappa)
    return W - kappa * price, Y - iota * price / theta


def political(rng):
    return {k: number(rng) for k in ("sigma", "iota", "kappa", "theta", "W", "Y")}


def test_signs_of_arms_and_interests():
    said, seen = Said("morrow_1993/arms_and_interests"), 0
    for point in points(political, said):
        arms, given = mixed(**point)
        if min(arms, given) <= 0:
            continue
        security = arms + point["theta"] * given
        assert point["sigma"] / security == point["kappa"] / (point["W"] - arms)  # the first-order conditions
        assert point["theta"] * point["sigma"] / security == point["iota"] / (point["Y"] - given)
        a, l = (lambda k=k, **at: mixed(**at)[k] for k in (0, 1))  # noqa: E741
        assert moved(l, point, "kappa") > 0 > moved(l, point, "W") and moved(a, point, "W") > 0
        assert moved(a, point, "Y") < 0 and moved(a, point, "theta") < 0
        seen += 1
    assert seen > 5


def shared(alpha, w_1, w_2):
    """What the two give if each gives what it would beside the other's gift: two linear equations."""
    reply = 1 - alpha  # q_1 = alpha w_1 - (1 - alpha) q_2
    return tuple((alpha * own - reply * alpha * other) / (1 - reply**2) for own, other in ((w_1, w_2), (w_2, w_1)))


def test_signs_of_contributions():
    said = Said("olson_zeckhauser_1966/contributions")

    def draw(rng):
        small, great = sorted((number(rng), number(rng)))
        return {"alpha": chance(rng), "w_2": small, "w_1": great}

    both = [p for p in points(draw, said) if min(shared(**p)) > 0]
    assert len(both) > 5 and all(said.exists(p, "Both contribute") for p in both)
    for point in both:
        great, small = shared(**point)
        assert great / point["w_1"] > small / point["w_2"]
        assert moved(lambda **at: shared(**at)[0], point, "w_2") < 0
